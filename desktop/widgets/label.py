"""Labels that never read markup.

`QLabel` guesses whether a text is HTML, and a customer may choose a name that looks like
it. These labels take every text literally (RELIABILITY S56).
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QStyle, QStyleOption, QWidget
from typing_extensions import override

from desktop.widgets.writing import breakable, direction_of, one_line, safe_tooltip

_START: Final = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter


class PlainLabel(QLabel):
    """One or more lines of literal text; `role` picks its look in the stylesheet."""

    def __init__(
        self, text: str = "", role: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setOpenExternalLinks(False)
        self.setProperty("role", role)
        self.setText(text)


class WrappedLabel(PlainLabel):
    """Literal text over as many lines as it needs, in its own writing direction."""

    def __init__(
        self, text: str = "", role: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(text, role, parent)
        self.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_text(self, text: str) -> None:
        """Show `text`, aligned to the side where its first strong character begins."""
        # QLabel runs a text in the direction of its widget, whatever the text is.
        self.setLayoutDirection(direction_of(text, QGuiApplication.layoutDirection()))
        # QLabel breaks between words only, and lets a longer one run out of sight.
        self.setText(breakable(text))


class ElidedLabel(PlainLabel):
    """One line that ends in an ellipsis where room ends; the rest is in its tooltip."""

    def __init__(
        self, text: str = "", role: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__("", role, parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.show_text(text)

    def show_text(self, text: str) -> None:
        """Show `text` on one line; a screen reader gets all of it."""
        self.setText(one_line(text))
        self.setAccessibleName(one_line(text))
        self._tell_rest()

    @override
    def minimumSizeHint(self) -> QSize:
        """Ask for the height of a line and hardly any width."""
        return QSize(24, super().sizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Offer the whole text as a tooltip when it no longer fits."""
        super().resizeEvent(event)
        self._tell_rest()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the part that fits."""
        painter = QPainter(self)
        painter.setLayoutDirection(direction_of(self.text(), self.layoutDirection()))
        option = QStyleOption()
        option.initFrom(self)
        shown = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, self.width()
        )
        self.style().drawItemText(
            painter,
            self.contentsRect(),
            QStyle.visualAlignment(self.layoutDirection(), _START),
            option.palette,
            self.isEnabled(),
            shown,
            self.foregroundRole(),
        )
        painter.end()

    def _tell_rest(self) -> None:
        wider = self.fontMetrics().horizontalAdvance(self.text()) > self.width()
        self.setToolTip(safe_tooltip(self.text()) if wider else "")
