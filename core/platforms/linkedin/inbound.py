"""Read LinkedIn's notifications: pure, from JSON to facts.

A webhook and the backfill bring the same notifications (CONTRACTS 6). They name no author
and hold no words unless they come decorated; lists of comments bring both. A fact's `key`
is the comment, its `sub` the notification, so that a list can add what a webhook lacked.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypedDict

from core.domain.errors import BadPayload
from core.domain.incoming import (
    CommentKind,
    Incoming,
    IncomingComment,
    IncomingCommentChange,
    IncomingOther,
    Sender,
)
from core.platforms.linkedin.urns import CommentUrn, comment_urn, kind_of, post_urn, urn
from core.platforms.untyped import (
    Unreadable,
    fingerprint,
    identifier,
    moment,
    optional_words,
    section,
    words,
)

EVENT_TYPE: Final = "ORGANIZATION_SOCIAL_ACTION_NOTIFICATIONS"
UNREADABLE: Final = "unreadable"
FEED: Final = "https://www.linkedin.com/feed/update/"

Raw = Mapping[str, Any]


class _Common(TypedDict):
    account_id: str
    at: datetime
    raw: Raw


@dataclass(frozen=True, slots=True, kw_only=True)
class _Notification:
    """One notification, opened: what everything in it shares."""

    common: _Common
    raw: Raw
    made: Raw
    """What was done, where LinkedIn decorates it: a comment or a share."""
    sub: str
    post_id: str

    @property
    def text(self) -> str | None:
        """Return the words: `text`, `message.text` or `message`, None when not told."""
        message = self.made.get("message")
        found = (
            self.made.get("text"),
            section(message).get("text"),
            message,
            self.made.get("commentary"),
        )
        return next((words(value) for value in found if isinstance(value, str)), None)

    @property
    def sender(self) -> Sender | None:
        """Return who did it, None where LinkedIn keeps that to itself."""
        return person_of(self.made.get("owner"), self.made.get("actor"))


def read(payload: Any) -> list[Incoming]:
    """Return the facts of a webhook body; BadPayload if it is not LinkedIn's.

    The same notification twice in a batch is one fact.
    """
    if not _is_envelope(payload):
        raise BadPayload("This is not a webhook about a LinkedIn organisation.")
    return distinct([read_notification(raw) for raw in payload["notifications"]])


def _is_envelope(payload: Any) -> bool:
    return (
        isinstance(payload, dict)
        and payload.get("type") == EVENT_TYPE
        and isinstance(payload.get("notifications"), list)
    )


def read_notification(raw: Any) -> Incoming:
    """Return the fact in one notification; what cannot be read is kept as it came."""
    opened = section(raw)
    action = words(opened.get("action"))
    try:
        return _READERS.get(action, _other)(_open(opened))
    except Unreadable:
        return _kept(UNREADABLE, raw)


def distinct(facts: Sequence[Incoming]) -> list[Incoming]:
    """Return the facts without repetitions, in their order."""
    seen: dict[tuple[str, str, str, str], Incoming] = {}
    for fact in facts:
        seen.setdefault((type(fact).__name__, fact.account_id, fact.key, fact.sub), fact)
    return list(seen.values())


def _open(raw: Raw) -> _Notification:
    account = urn(raw.get("organizationalEntity"))
    if account is None:
        raise Unreadable("organizationalEntity")
    decorated = section(raw.get("decoratedGeneratedActivity"))
    made = section(decorated.get("comment")) or section(decorated.get("share")) or decorated
    source = section(raw.get("decoratedSourcePost"))
    notification = identifier(raw.get("notificationId")) or fingerprint(raw)
    changed = identifier(raw.get("lastModifiedAt")) or ""
    return _Notification(
        common={"account_id": account, "at": moment(raw.get("lastModifiedAt")), "raw": raw},
        raw=raw,
        made=made,
        sub=f"{notification}:{changed}",
        post_id=post_urn(source.get("entity"), raw.get("sourcePost"), made.get("object"))
        or "",
    )


def _which(told: _Notification) -> CommentUrn:
    """Return the comment that a notification is about.

    `generatedActivity` has been captured without `urn:li:` inside, while the decoration
    held the whole of it.
    """
    found = comment_urn(told.made.get("entity"), told.raw.get("generatedActivity"))
    if found is None:
        raise Unreadable("generatedActivity")
    return found


def _comment(told: _Notification) -> Incoming:
    return _told_comment(told, own=urn(told.made.get("owner")) == told.common["account_id"])


def _own_comment(told: _Notification) -> Incoming:
    return _told_comment(told, own=True)


def _told_comment(told: _Notification, *, own: bool) -> Incoming:
    name = _which(told)
    source = section(told.raw.get("decoratedSourcePost"))
    ours = urn(source.get("owner")) == told.common["account_id"]
    return IncomingComment(
        **told.common,
        key=str(name),
        sub=told.sub,
        post_id=told.post_id or name.thread,
        sender=told.sender,
        text=told.text or "",
        parent_id=parent_of(told.made),
        own=own,
        url=FEED + name.thread,
        post_text=optional_words(source.get("text")) if ours else None,
    )


def _edit(told: _Notification) -> Incoming:
    return IncomingCommentChange(
        **told.common,
        key=str(_which(told)),
        sub=told.sub,
        comment_id=str(_which(told)),
        post_id=told.post_id or None,
        text=told.text,
    )


def _deletion(told: _Notification) -> Incoming:
    return IncomingCommentChange(
        **told.common,
        key=str(_which(told)),
        sub=told.sub,
        comment_id=str(_which(told)),
        post_id=told.post_id or None,
        removed=True,
    )


def _mention(told: _Notification) -> Incoming:
    """Return a post of somebody's that names the organisation."""
    theirs = post_urn(told.made.get("entity"), told.raw.get("generatedActivity"))
    if theirs is None:
        raise Unreadable("generatedActivity")
    return _public_word(told, theirs, CommentKind.MENTION)


def _share(told: _Notification) -> Incoming:
    """Return a post of ours that somebody passed on: with words of theirs, a quote."""
    theirs = post_urn(told.made.get("entity"), told.raw.get("generatedActivity"))
    if theirs is None or not told.text:
        return _other(told)
    return _public_word(told, theirs, CommentKind.QUOTE)


def _public_word(told: _Notification, theirs: str, kind: CommentKind) -> Incoming:
    return IncomingComment(
        **told.common,
        key=theirs,
        sub=told.sub,
        post_id=theirs,
        sender=told.sender,
        text=told.text or "",
        kind=kind,
        url=FEED + theirs,
    )


def _other(told: _Notification) -> Incoming:
    """Keep a like, a share without words, or what LinkedIn adds one day."""
    activity = urn(told.raw.get("generatedActivity"))
    return IncomingOther(
        **told.common,
        key=activity or fingerprint(told.raw),
        sub=told.sub,
        kind=words(told.raw.get("action")).lower() or UNREADABLE,
    )


def _kept(kind: str, raw: Any) -> IncomingOther:
    whole = section(raw) or {"value": raw}
    return IncomingOther(
        account_id=urn(whole.get("organizationalEntity")) or "",
        key=fingerprint(raw),
        at=moment(whole.get("lastModifiedAt")),
        raw=whole,
        kind=kind,
    )


_READERS: Final[Mapping[str, Callable[[_Notification], Incoming]]] = {
    "COMMENT": _comment,
    "ADMIN_COMMENT": _own_comment,
    "COMMENT_EDIT": _edit,
    "COMMENT_DELETE": _deletion,
    "SHARE_MENTION": _mention,
    "SHARE": _share,
}


def parent_of(made: Raw) -> str | None:
    """Return the comment that one answers, in the spelling of comments' keys."""
    found = comment_urn(made.get("parentComment"), made.get("object"))
    return None if found is None else str(found)


def person_of(*candidates: Any) -> Sender | None:
    for value in candidates:
        name = urn(value)
        if name is not None and kind_of(name) in ("person", "organization", "member"):
            return Sender(platform_customer_id=name)
    return None
