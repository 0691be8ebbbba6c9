"""The file that will go with a reply: what it is called, how large it is, and a way out."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QLocale, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop.style.tokens import Space
from desktop.widgets.buttons import icon_button
from desktop.widgets.icon_label import IconLabel
from desktop.widgets.label import ElidedLabel, PlainLabel

_ICON: Final = 16
_TRADITIONAL: Final = QLocale.DataSizeFormat.DataSizeTraditionalFormat
"""Powers of 1024 under the usual names, as the platforms count their limits."""


class FileChip(QFrame):
    """Hidden until there is a file, or one is being read."""

    removed = Signal()
    """The person does not want to send it after all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "fact")
        self._name = ElidedLabel(role="strong")
        self._size = PlainLabel(role="caption")
        self._remove = icon_button("close", self.tr("Remove the file"))
        self._remove.clicked.connect(self._on_remove)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.S, Space.XS, Space.XS, Space.XS)
        row.setSpacing(Space.S)
        row.addWidget(IconLabel("attach", "muted", _ICON))
        row.addWidget(self._name, 1)
        row.addWidget(self._size)
        row.addWidget(self._remove)
        self.hide()

    def show_file(self, name: str, size: int) -> None:
        """Show a file that is ready to go."""
        self._show(name, QLocale().formattedDataSize(size, 1, _TRADITIONAL))

    def show_arriving(self, name: str) -> None:
        """Show a file that is still being read and checked."""
        self._show(name, self.tr("Reading…"))

    def _show(self, name: str, size: str) -> None:
        self._name.show_text(name)
        self._size.setText(size)
        self.setAccessibleName(f"{name}, {size}")
        self.show()

    @Slot()
    def _on_remove(self) -> None:
        self.removed.emit()
