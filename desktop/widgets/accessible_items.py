"""Lets a screen reader walk the parts of a view that paints them itself.

Qt knows of no child that could be read. Here the view is a list and each part an item of
it; items are made when they are asked for.
"""

from __future__ import annotations

from typing import Any, Protocol, cast

from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget
from typing_extensions import override


class ItemView(Protocol):
    """What a view must tell about its parts."""

    def accessibleName(self) -> str:
        """Return what the list is called."""

    def count(self) -> int:
        """Return how many parts there are."""

    def current(self) -> int | None:
        """Return the part that the keyboard is on."""

    def spoken_item(self, index: int, /) -> str:
        """Return a part as a screen reader says it."""

    def screen_rect(self, index: int, /) -> QRect:
        """Return where a part is on the screen."""

    def index_at_screen(self, x: int, y: int) -> int | None:
        """Return the part at a position on the screen."""


# The stubs promise an interface where C++ allows a null pointer, and a list that has no
# such child must say so; hence the ignored overrides below.
class AccessibleItems(QAccessibleWidget):
    """The view as a list."""

    def __init__(self, view: ItemView) -> None:
        super().__init__(
            cast("QWidget", view), QAccessible.Role.List, view.accessibleName()
        )
        self._view = view
        self._items: dict[int, AccessibleItem] = {}

    @override
    def childCount(self) -> int:
        """Return how many parts there are."""
        return self._view.count()

    @override
    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """Return the part at `index`."""
        if not 0 <= index < self._view.count():
            return None
        if index not in self._items:
            item = AccessibleItem(self._view, index)
            QAccessible.registerAccessibleInterface(item)
            self._items[index] = item
        return self._items[index]

    @override
    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Return the place of a part."""
        return child.index if isinstance(child, AccessibleItem) else -1

    @override
    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """Return the part at a position on the screen."""
        index = self._view.index_at_screen(x, y)
        return None if index is None else self.child(index)

    @override
    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]
        """Return the part that the keyboard is on."""
        current = self._view.current()
        return None if current is None else self.child(current)


class AccessibleItem(QAccessibleInterface):
    """One part: its words are asked for anew each time, since they change."""

    def __init__(self, view: ItemView, index: int) -> None:
        super().__init__()
        self._view = view
        self.index = index

    @override
    def isValid(self) -> bool:
        """Tell whether there still is such a part."""
        return self.index < self._view.count()

    @override
    def object(self) -> Any:
        """Return nothing: there is no widget behind a part."""
        return None

    @override
    def parent(self) -> QAccessibleInterface:
        """Return the list."""
        return QAccessible.queryAccessibleInterface(cast("QWidget", self._view))

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
        """Return the words of the part."""
        if what is not QAccessible.Text.Name or not self.isValid():
            return ""
        return self._view.spoken_item(self.index)

    @override
    def setText(self, what: QAccessible.Text, text: str) -> None:
        """Change nothing: a part is not edited here."""

    @override
    def rect(self) -> QRect:
        """Return where it is on the screen."""
        return self._view.screen_rect(self.index)

    @override
    def childCount(self) -> int:
        """Return that nothing lies below a part."""
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


def install_accessible_items() -> None:
    """Teach Qt to describe such views; harmless when called again."""
    QAccessible.installFactory(_interface_for)


def _interface_for(_key: str, subject: QObject) -> QAccessibleInterface | None:
    make = getattr(subject, "accessible_interface", None)
    return make() if make is not None else None
