"""Where the window is, remembered so that it never drifts off the screen.

Qt's own `restoreGeometry` reckons with the frame of a window manager; where there is none
the window moves down by a title bar at each start. Here the inside of the window is kept
and put back as it is, within a screen that exists today.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The inside of the window in pixels of the desktop, and whether it fills the screen."""

    inside: QRect
    is_maximized: bool = False


def place_of(window: QWidget) -> Place:
    """Return where a window is, or would be if it were not maximized."""
    return Place(
        inside=window.normalGeometry() if window.isMaximized() else window.geometry(),
        is_maximized=window.isMaximized(),
    )


def put(window: QWidget, place: Place) -> None:
    """Put a window that is not shown yet where it was, as far as the screens allow."""
    rooms = [screen.availableGeometry() for screen in window.screen().virtualSiblings()]
    window.setGeometry(within(place.inside, rooms))
    if place.is_maximized:
        window.setWindowState(window.windowState() | Qt.WindowState.WindowMaximized)


def within(wanted: QRect, rooms: Sequence[QRect]) -> QRect:
    """Return `wanted` moved and shrunk into the room that it covers most.

    One that lies outside all of them, on a screen that was unplugged, goes to the first.
    """
    room = max(rooms, key=lambda each: _area(each.intersected(wanted)))
    size = wanted.size().boundedTo(room.size())
    left = min(max(wanted.left(), room.left()), room.right() + 1 - size.width())
    top = min(max(wanted.top(), room.top()), room.bottom() + 1 - size.height())
    return QRect(left, top, size.width(), size.height())


def _area(rect: QRect) -> int:
    return rect.width() * rect.height() if rect.isValid() else 0
