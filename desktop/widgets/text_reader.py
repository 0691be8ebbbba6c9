"""The surface of a long text, with the mouse, the keyboard and a screen reader."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QAccessibleInterface,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
)
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from desktop.widgets.accessible_items import AccessibleItems, install_accessible_items
from desktop.widgets.text_pieces import Span
from desktop.widgets.text_surface import TextSurface

_STEPS: Final = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_PAGES: Final = {
    Qt.Key.Key_PageDown: 1,
    Qt.Key.Key_Space: 1,
    Qt.Key.Key_PageUp: -1,
}


class TextReader(TextSurface):
    """Sections are chosen by a click or with the arrows, and copied with Ctrl+C."""

    section_chosen = Signal(int)

    def __init__(self, accessible_name: str, parent: QWidget | None = None) -> None:
        super().__init__(accessible_name, parent)
        self._accessible: AccessibleItems | None = None
        install_accessible_items()

    def accessible_interface(self) -> QAccessibleInterface:
        """Return the description of this view for screen readers."""
        # Qt keeps the C++ half; without a reference Python would drop the other half.
        if self._accessible is None:
            self._accessible = AccessibleItems(self)
        return self._accessible

    def index_at_screen(self, x: int, y: int) -> int | None:
        """Return the section at a position on the screen."""
        local = self.viewport().mapFromGlobal(QPoint(x, y))
        inside = self.viewport().rect().contains(local)
        return self.section_at(local.y()) if inside else None

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the section under the mouse."""
        section = self.section_at(event.position().y())
        if section is not None:
            self._tell(section)
        event.accept()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Take what belongs to the press."""
        event.accept()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk through the sections, turn pages, copy."""
        key = Qt.Key(event.key())
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        elif key in _STEPS:
            self._walk(_STEPS[key])
        elif key in _PAGES:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + _PAGES[key] * (bar.pageStep() - 44))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            bar = self.verticalScrollBar()
            bar.setValue(bar.maximum() if key == Qt.Key.Key_End else 0)
        else:
            super().keyPressEvent(event)

    def _walk(self, step: int) -> None:
        if not self.count():
            return
        current = self.current()
        first = self.section_at(8) or 0
        wanted = first if current is None else current + step
        section = max(0, min(wanted, self.count() - 1))
        found = self._column.pieces.sections[section]
        self._go_to(
            self._column.pieces.first_of(section), Span(start=found.start, end=found.end)
        )
        self._tell(section)

    def _tell(self, section: int) -> None:
        self.choose(section)
        event = QAccessibleEvent(self, QAccessible.Event.Focus)
        event.setChild(section)
        QAccessible.updateAccessibility(event)
        self.section_chosen.emit(section)

    def _copy(self) -> None:
        current = self.current()
        if current is not None:
            QGuiApplication.clipboard().setText(self.words_of(current))
