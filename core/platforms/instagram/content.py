"""Turn the body of an Instagram message into what a thread can show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from core.domain.attachment import IncomingMedia, MediaKind
from core.domain.message import MessageType
from core.platforms.untyped import items, optional_words, section, words

Raw = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a message says."""

    type: MessageType
    text: str = ""
    media: tuple[IncomingMedia, ...] = ()


_SHARE: Final = (MessageType.SHARE, MediaKind.IMAGE)
_CLIP: Final = (MessageType.SHARE, MediaKind.VIDEO)

_ATTACHMENTS: Final[Mapping[str, tuple[MessageType, MediaKind]]] = {
    "image": (MessageType.IMAGE, MediaKind.IMAGE),
    "media": (MessageType.IMAGE, MediaKind.IMAGE),
    "audio": (MessageType.AUDIO, MediaKind.AUDIO),
    "video": (MessageType.VIDEO, MediaKind.VIDEO),
    "file": (MessageType.DOCUMENT, MediaKind.DOCUMENT),
    "story_mention": (MessageType.STORY_MENTION, MediaKind.IMAGE),
    "share": _SHARE,
    "ig_post": _SHARE,
    "story": _SHARE,
    "ig_story": _SHARE,
    "template": _SHARE,
    "ig_reel": _CLIP,
    "reel": _CLIP,
}
"""Whether a story or a shared post is a picture or a film shows only when it is fetched."""


def read_content(message: Raw) -> Content:
    """Return the content of a message; one without anything we know is UNSUPPORTED."""
    attachments = [section(raw) for raw in items(message.get("attachments"))]
    known = [raw for raw in attachments if words(raw.get("type")) in _ATTACHMENTS]
    text = words(message.get("text")) or _title(known)
    return Content(type=_type(message, attachments, known), text=text, media=_media(known))


def _type(message: Raw, attachments: Sequence[Raw], known: Sequence[Raw]) -> MessageType:
    if message.get("is_unsupported"):
        return MessageType.UNSUPPORTED
    if section(message.get("reply_to")).get("story"):
        return MessageType.STORY_REPLY
    if known:
        return _ATTACHMENTS[words(known[0].get("type"))][0]
    if message.get("quick_reply"):
        return MessageType.INTERACTIVE
    if attachments or not words(message.get("text")):
        return MessageType.UNSUPPORTED
    return MessageType.TEXT


def _media(attachments: Sequence[Raw]) -> tuple[IncomingMedia, ...]:
    """Return the files, each once: a shared post came as `share` and `ig_post` for months."""
    found: dict[str | None, IncomingMedia] = {}
    for attachment in attachments:
        url = optional_words(section(attachment.get("payload")).get("url"))
        kind = _ATTACHMENTS[words(attachment.get("type"))][1]
        if url is not None:
            found.setdefault(url, IncomingMedia(kind=kind, url=url))
    return tuple(found.values())


def _title(attachments: Sequence[Raw]) -> str:
    """Return the title of what was shared, where the platform gives one."""
    titles = (words(section(raw.get("payload")).get("title")) for raw in attachments)
    return next(filter(None, titles), "")
