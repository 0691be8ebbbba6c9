"""Lets a screen reader walk the messages of a thread.

The thread paints its bubbles itself, so Qt knows of no child that could be read. Here the
view is a list and each message an item of it; items are made when they are asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget
from typing_extensions import override

from desktop.widgets.bubble import spoken

if TYPE_CHECKING:
    from desktop.widgets.thread_surface import ThreadSurface


# The stubs promise an interface where C++ allows a null pointer, and a list that has no
# such child must say so; hence the ignored overrides below.
class AccessibleThread(QAccessibleWidget):
    """The view as a list of messages."""

    def __init__(self, view: ThreadSurface) -> None:
        super().__init__(view, QAccessible.Role.List, view.accessibleName())
        self._view = view
        self._items: dict[int, AccessibleMessage] = {}

    @override
    def childCount(self) -> int:
        """Return how many messages there are."""
        return self._view.count()

    @override
    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """Return the message at `index`."""
        if not 0 <= index < self._view.count():
            return None
        if index not in self._items:
            item = AccessibleMessage(self._view, index)
            QAccessible.registerAccessibleInterface(item)
            self._items[index] = item
        return self._items[index]

    @override
    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Return the place of a message."""
        return child.index if isinstance(child, AccessibleMessage) else -1

    @override
    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """Return the message at a position on the screen."""
        index = self._view.index_at_screen(x, y)
        return None if index is None else self.child(index)

    @override
    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]
        """Return the message that the keyboard is on."""
        current = self._view.current()
        return None if current is None else self.child(current)


class AccessibleMessage(QAccessibleInterface):
    """One message: its words are asked for anew each time, since they change."""

    def __init__(self, view: ThreadSurface, index: int) -> None:
        super().__init__()
        self._view = view
        self.index = index

    @override
    def isValid(self) -> bool:
        """Tell whether there still is such a message."""
        return self.index < self._view.count()

    @override
    def object(self) -> Any:
        """Return nothing: there is no widget behind a message."""
        return None

    @override
    def parent(self) -> QAccessibleInterface:
        """Return the list."""
        return QAccessible.queryAccessibleInterface(self._view)

    @override
    def role(self) -> QAccessible.Role:
        """Return that it is an item of a list."""
        return QAccessible.Role.ListItem

    @override
    def state(self) -> QAccessible.State:
        """Return the empty state; focus is told by `focusChild` and by events."""
        return QAccessible.State()

    @override
    def text(self, what: QAccessible.Text) -> str:
        """Return who wrote, when, what, and how far it has come."""
        if what is not QAccessible.Text.Name or not self.isValid():
            return ""
        return spoken(self._view.bubble(self.index))

    @override
    def setText(self, what: QAccessible.Text, text: str) -> None:
        """Change nothing: a message is not edited here."""

    @override
    def rect(self) -> QRect:
        """Return where it is on the screen."""
        return self._view.screen_rect(self.index)

    @override
    def childCount(self) -> int:
        """Return that nothing lies below a message."""
        return 0

    @override
    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """Return nothing."""
        return None

    @override
    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """Return nothing."""
        return None

    @override
    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Return that there is no such child."""
        return -1


def install_accessible_thread() -> None:
    """Teach Qt to describe thread views; harmless when called again."""
    QAccessible.installFactory(_interface_for)


def _interface_for(_key: str, subject: QObject) -> QAccessibleInterface | None:
    make = getattr(subject, "accessible_interface", None)
    return make() if make is not None else None
