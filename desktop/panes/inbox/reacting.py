"""The menu of reactions under a message's menu."""

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from core.domain.message import DeliveryState, Message, MessageType

USUAL = ("👍", "❤️", "😂", "😮", "😢", "🙏")
"""Those that phones offer first."""

_UNTOUCHABLE = (MessageType.SYSTEM, MessageType.CALL, MessageType.UNSUPPORTED)
_GONE = (None, DeliveryState.ACCEPTED, DeliveryState.DELIVERED, DeliveryState.READ)


def is_at_platform(message: Message) -> bool:
    """Return whether a message is at its platform, where it can be marked or answered."""
    return (
        message.platform_message_id is not None
        and message.deleted_at is None
        and message.type not in _UNTOUCHABLE
        and message.delivery in _GONE
    )


def add_reactions(
    menu: QMenu, title: str, remove: str, message: Message, react: Callable[[str], None]
) -> QMenu:
    """Add a menu of signs that calls `react` with the one that is chosen; returns it."""
    signs = menu.addMenu(title)
    for emoji in USUAL:
        action = QAction(emoji, signs)
        action.setCheckable(True)
        action.setChecked(emoji == message.own_reaction)
        action.triggered.connect(partial(_call, react, emoji))
        signs.addAction(action)
    if message.own_reaction is not None:
        signs.addSeparator()
        action = QAction(remove, signs)
        action.triggered.connect(partial(_call, react, ""))
        signs.addAction(action)
    return signs


def _call(react: Callable[[str], None], emoji: str, _checked: object = None) -> None:
    react(emoji)
