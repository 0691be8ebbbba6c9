"""A part of the form: a heading, a sentence that says what it is for, and its fields."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.style.tokens import Space, Tone
from desktop.widgets.label import PlainLabel, WrappedLabel
from desktop.widgets.pill import Pill

WIDEST = 760


class Section(QWidget):
    """Says in its heading when something in it is not saved."""

    def __init__(
        self, title: str, hint: str, inner: QWidget, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._pill = Pill()
        self._problem = WrappedLabel(role="danger")
        self._problem.hide()
        head = QHBoxLayout()
        head.setSpacing(Space.S)
        head.addWidget(PlainLabel(title, "heading"))
        head.addWidget(self._pill)
        head.addStretch()
        words = WrappedLabel(role="muted")
        words.show_text(hint)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addLayout(head)
        column.addWidget(words)
        column.addWidget(inner)
        column.addWidget(self._problem)

    def show_problem(self, words: str) -> None:
        """Say what is wrong with its fields; empty takes it back."""
        self._problem.show_text(words)
        self._problem.setVisible(bool(words))

    def show_changed(self, *, changed: bool) -> None:
        """Say that something here is not saved, or take it back."""
        self._pill.show_text(self.tr("not saved") if changed else "", Tone.ACCENT)


class PageBody(QWidget):
    """What a page scrolls: as wide as the page, and only as high as its words then are.

    Labels that wrap ask for the height of a guessed width, and a page would end in a
    stretch of nothing.
    """

    @override
    def minimumSizeHint(self) -> QSize:
        """Ask for a little width; the height follows from the real one."""
        return QSize(200, 0)


def scrolled(inner: PageBody) -> QScrollArea:
    """Return a page that scrolls up and down only, not wider than is read well."""
    inner.setMaximumWidth(WIDEST)
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setWidget(inner)
    return scroll
