"""The sources of a suggestion: their names on one line, their exact words on request."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.style.tokens import Space
from desktop.widgets.buttons import ActionButton, quiet
from desktop.widgets.label import ElidedLabel, PlainLabel, WrappedLabel


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A passage that was used: where it stands, and its words."""

    title: str
    quote: str
    place: str = ""
    """Section or page, as a person would say it."""


class Quotes(QWidget):
    """Closed until the person asks to see the words."""

    opened = Signal(int)
    """The document of the source at this position should be shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = ElidedLabel(role="small")
        self._toggle = quiet(self.tr("Show quotes"), "chevron-down")
        self._toggle.setCheckable(True)
        self._toggle.toggled.connect(self._on_toggled)
        self._body = QWidget()
        self._quotes = QVBoxLayout(self._body)
        self._quotes.setContentsMargins(0, 0, 0, 0)
        self._quotes.setSpacing(Space.S)
        self._openers: list[ActionButton] = []
        self._can_open = True
        head = QHBoxLayout()
        head.addWidget(self._names, 1)
        head.addWidget(self._toggle)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        column.addLayout(head)
        column.addWidget(self._body)
        self._body.hide()
        self.hide()

    def show_sources(self, sources: Sequence[Source]) -> None:
        """Show the names of `sources`, with their words behind the button."""
        self._toggle.setChecked(False)
        while (item := self._quotes.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self._openers = []
        for source in sources:
            self._quotes.addWidget(self._make_quote(source))
        names = " · ".join(_name(source) for source in sources)
        label = self.tr("%n source(s): %1", "", len(sources)).replace("%1", names)
        self._names.show_text(label)
        self.setVisible(bool(sources))

    def quote_only(self) -> None:
        """Offer no way to the documents, where nobody listens for it."""
        self._can_open = False

    def is_open(self) -> bool:
        """Tell whether the words are in sight."""
        return self._toggle.isChecked()

    def open(self) -> None:
        """Show the words, as if the person had asked."""
        self._toggle.setChecked(True)

    def _make_quote(self, source: Source) -> QFrame:
        frame = QFrame()
        frame.setProperty("role", "quote")
        title = PlainLabel(_name(source), "strong")
        opener = quiet(self.tr("Open"))
        opener.setAccessibleName(self.tr("Open %1").replace("%1", _name(source)))
        opener.clicked.connect(self._on_open_clicked)
        if not self._can_open:
            opener.hide()
        self._openers.append(opener)
        words = WrappedLabel(role="muted")
        words.show_text(self.tr("“%1”").replace("%1", source.quote))
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        head = QHBoxLayout()
        head.addWidget(title, 1)
        head.addWidget(opener)
        column = QVBoxLayout(frame)
        column.setContentsMargins(Space.M, Space.S, Space.M, Space.S)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(words)
        return frame

    @Slot()
    def _on_toggled(self) -> None:
        on = self.is_open()
        self._body.setVisible(on)
        self._toggle.setText(self.tr("Hide quotes") if on else self.tr("Show quotes"))
        self._toggle.setAccessibleName(self._toggle.text())
        self._toggle.set_icon_name("chevron-up" if on else "chevron-down")

    @Slot()
    def _on_open_clicked(self) -> None:
        sender = self.sender()
        places = [i for i, opener in enumerate(self._openers) if opener is sender]
        for place in places:
            self.opened.emit(place)


def _name(source: Source) -> str:
    return f"{source.title} {source.place}".strip()
