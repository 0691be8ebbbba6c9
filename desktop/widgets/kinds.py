"""A message without words, as a list names it.

Core keeps `[image]` as the preview of a photo that came alone: a word for machines, since
only the window knows the reader's language. Here it becomes an icon and a word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication

from core.domain.message import MessageType

_STORED: Final = re.compile(rf"\[({'|'.join(MessageType)})\]")
_ICONS: Final = {
    MessageType.TEXT: "comment",
    MessageType.IMAGE: "photo",
    MessageType.AUDIO: "microphone",
    MessageType.VIDEO: "video",
    MessageType.DOCUMENT: "file",
    MessageType.STICKER: "sticker",
    MessageType.LOCATION: "place",
    MessageType.CONTACTS: "person",
    MessageType.INTERACTIVE: "check",
    MessageType.BUTTON: "check",
    MessageType.ORDER: "archive",
    MessageType.TEMPLATE: "quote",
    MessageType.SHARE: "link",
    MessageType.STORY_MENTION: "star",
    MessageType.STORY_REPLY: "star",
    MessageType.POSTBACK: "check",
    MessageType.CALL: "phone",
    MessageType.SYSTEM: "info",
    MessageType.UNSUPPORTED: "look",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """An icon and a word that stand for a message."""

    icon: str
    word: str


def kind_of(preview: str) -> Kind | None:
    """Return what a stored preview stands for; None when it holds the words themselves."""
    stored = _STORED.fullmatch(preview)
    if stored is None:
        return None
    kind = MessageType(stored[1])
    return Kind(icon=_ICONS[kind], word=_words()[kind])


def preview_words(preview: str) -> str:
    """Return a stored preview as a person reads it."""
    kind = kind_of(preview)
    return preview if kind is None else kind.word


def preview_icon(preview: str) -> str | None:
    """Return the icon before a stored preview, if it has one."""
    kind = kind_of(preview)
    return None if kind is None else kind.icon


def _words() -> dict[MessageType, str]:
    translate = QCoreApplication.translate
    choice = translate("Kind", "Choice from a menu")
    return {
        MessageType.TEXT: translate("Kind", "Message"),
        MessageType.IMAGE: translate("Kind", "Photo"),
        MessageType.AUDIO: translate("Kind", "Voice message"),
        MessageType.VIDEO: translate("Kind", "Video"),
        MessageType.DOCUMENT: translate("Kind", "Document"),
        MessageType.STICKER: translate("Kind", "Sticker"),
        MessageType.LOCATION: translate("Kind", "Place"),
        MessageType.CONTACTS: translate("Kind", "Contact"),
        MessageType.INTERACTIVE: choice,
        MessageType.BUTTON: choice,
        MessageType.ORDER: translate("Kind", "Order"),
        MessageType.TEMPLATE: translate("Kind", "Template"),
        MessageType.SHARE: translate("Kind", "Shared post"),
        MessageType.STORY_MENTION: translate("Kind", "Mention in a story"),
        MessageType.STORY_REPLY: translate("Kind", "Reply to your story"),
        MessageType.POSTBACK: choice,
        MessageType.CALL: translate("Kind", "Call"),
        MessageType.SYSTEM: translate("Kind", "Note from the platform"),
        MessageType.UNSUPPORTED: translate("Kind", "Message to see on the platform"),
    }
