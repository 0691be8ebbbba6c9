"""Turn the body of an Instagram message into what a thread can show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from core.domain.attachment import IncomingMedia, MediaKind
from core.domain.message import MessageType
from core.platforms.untyped import identifier, items, optional_words, section, words

Raw = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a message says; `details` as in `IncomingMessage`."""

    type: MessageType
    text: str = ""
    media: tuple[IncomingMedia, ...] = ()
    details: Raw = field(default_factory=dict)


_SHARE: Final = (MessageType.SHARE, MediaKind.IMAGE)
_CLIP: Final = (MessageType.SHARE, MediaKind.VIDEO)

_ATTACHMENTS: Final[Mapping[str, tuple[MessageType, MediaKind]]] = {
    "image": (MessageType.IMAGE, MediaKind.IMAGE),
    "media": (MessageType.IMAGE, MediaKind.IMAGE),
    "like_heart": (MessageType.STICKER, MediaKind.STICKER),
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

_LEGACY_SHARE: Final = "share"
_REFERRAL: Final = {
    "referral": "ref",
    "source": "source",
    "ad_id": "ad_id",
    "referral_type": "type",
}
"""Our names for the members of a `referral` (CONTRACTS 3.2)."""


def read_content(message: Raw) -> Content:
    """Return the content of a message; one without anything we know is UNSUPPORTED."""
    attachments = [section(raw) for raw in items(message.get("attachments"))]
    known = _shown(attachments)
    return Content(
        type=_type(message, attachments, known),
        text=words(message.get("text")) or _title(known),
        media=_media(known),
        details=_details(message, known),
    )


def _shown(attachments: Sequence[Raw]) -> list[Raw]:
    """Return what we can show of a message's attachments.

    From November 2025 to February 2026 a shared post came as `share` and as `ig_post`,
    under two addresses; the older of the two says nothing that the newer does not.
    """
    known = [raw for raw in attachments if words(raw.get("type")) in _ATTACHMENTS]
    newer = [raw for raw in known if words(raw.get("type")) != _LEGACY_SHARE]
    shares = any(
        _ATTACHMENTS[words(raw.get("type"))][0] is MessageType.SHARE for raw in newer
    )
    return newer if shares else known


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
    """Return the files, each once."""
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


def _details(message: Raw, known: Sequence[Raw]) -> dict[str, Any]:
    """Return the rest: the story answered, the post shared, the button, the advertisement."""
    story = section(section(message.get("reply_to")).get("story"))
    shared = next(
        (raw for raw in known if _ATTACHMENTS[words(raw.get("type"))][0] in _OF_POSTS), {}
    )
    payload = section(shared.get("payload"))
    found = {
        "url": optional_words(story.get("url")) or optional_words(payload.get("url")),
        "story_id": identifier(story.get("id")),
        "post_id": identifier(payload.get("ig_post_media_id"))
        or identifier(payload.get("reel_video_id")),
        "payload": optional_words(section(message.get("quick_reply")).get("payload")),
        **referral_details(message.get("referral")),
    }
    return {name: value for name, value in found.items() if value is not None}


_OF_POSTS: Final = frozenset({MessageType.SHARE, MessageType.STORY_MENTION})


def referral_details(value: Any) -> dict[str, Any]:
    """Return what led the customer here: a link's `ref`, or an advertisement."""
    referral = section(value)
    context = section(referral.get("ads_context_data"))
    found = {name: identifier(referral.get(theirs)) for name, theirs in _REFERRAL.items()}
    found["ad_title"] = optional_words(context.get("ad_title"))
    return {name: value for name, value in found.items() if value is not None}
