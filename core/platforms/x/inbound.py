"""Read X's webhooks: the X Activity API, and the Account Activity API it replaces.

The new one delivers one event in `data`, about the account in its `filter`; the old one
lists of things that happened to `for_user_id`. Every event's own id (`event_uuid`) is not
a message's: facts are keyed by the ids that polls see too, what is kept aside by the
event's.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from core.domain.errors import BadPayload
from core.domain.incoming import (
    CommentKind,
    Incoming,
    IncomingCommentChange,
    IncomingNotice,
    IncomingOther,
    NoticeWeight,
)
from core.platforms.untyped import (
    Unreadable,
    fingerprint,
    identifier,
    items,
    moment,
    optional_words,
    required,
    section,
    words,
)
from core.platforms.x import direct
from core.platforms.x.facts import Context, facts_of
from core.platforms.x.posts import (
    Account,
    Post,
    Raw,
    read_account,
    read_accounts,
    read_old_post,
    read_post,
)

UNREADABLE: Final = "unreadable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event of the X Activity API."""

    type: str
    account_id: str
    payload: Raw
    includes: Raw
    raw: Raw


def read(payload: Any) -> list[Incoming]:
    """Return the facts of a webhook body; BadPayload if it is not X's."""
    whole = section(payload)
    events = items(whole.get("data"))
    if any(_is_event(raw) for raw in events):
        return [fact for raw in events for fact in _read_event(section(raw))]
    if identifier(whole.get("for_user_id")) or section(whole.get("user_event")):
        return _read_old(whole)
    raise BadPayload("This is not a webhook of X.")


def _is_event(raw: Any) -> bool:
    """Return whether this is an event, and not a subscription or a message from a list."""
    event = section(raw)
    return bool(words(event.get("event_type"))) and "payload" in event


def _read_event(raw: Raw) -> list[Incoming]:
    event = Event(
        type=words(raw.get("event_type")),
        account_id=_account_of(raw),
        payload=section(raw.get("payload")),
        includes=section(raw.get("includes")),
        raw=raw,
    )
    reader = _READERS.get(event.type)
    if reader is None or not event.account_id:
        return [_aside(event.type, event)]
    try:
        return reader(event)
    except Unreadable:
        return [_aside(UNREADABLE, event)]


def _account_of(raw: Raw) -> str:
    """Return whose event it is; a revocation is about who is named in it."""
    payload = section(raw.get("payload"))
    filtered = identifier(section(raw.get("filter")).get("user_id"))
    return filtered or identifier(payload.get("user_id")) or ""


def _messages(event: Event) -> list[Incoming]:
    people = _old_people(event.payload.get("users"))
    raws = items(event.payload.get("direct_message_events"))
    if not raws:
        raise Unreadable("direct_message_events")
    return [
        _one(
            raw,
            event.account_id,
            lambda one: direct.read_event(one, event.account_id, people),
        )
        for raw in raws
    ]


def _read_marks(event: Event) -> list[Incoming]:
    raws = items(event.payload.get("direct_message_mark_read_events"))
    return [
        _one(
            raw, event.account_id, lambda one: direct.read_read_mark(one, event.account_id)
        )
        for raw in raws or [event.payload]
    ]


def _secret(event: Event) -> list[Incoming]:
    return [direct.read_secret(event.payload, event.account_id)]


def _posted(told: CommentKind | None) -> Callable[[Event], list[Incoming]]:
    def posted(event: Event) -> list[Incoming]:
        context = Context(
            account_id=event.account_id,
            people=read_accounts(items(event.includes.get("users"))),
            posts=posts_by_id(event.includes),
            told=told,
        )
        return facts_of(read_post(event.payload), context)

    return posted


def _deleted(event: Event) -> list[Incoming]:
    post_id = required(event.payload.get("id"), "id")
    return [
        IncomingCommentChange(
            account_id=event.account_id,
            key=post_id,
            sub="removed",
            at=moment(event.payload.get("created_at"), event.payload.get("timestamp_ms")),
            raw=event.payload,
            comment_id=post_id,
            removed=True,
        )
    ]


def _revoked(event: Event) -> list[Incoming]:
    return [_revocation(event.account_id, event.payload, event.raw)]


def _revocation(account_id: str, payload: Raw, raw: Raw) -> Incoming:
    return IncomingNotice(
        account_id=account_id,
        key=identifier(raw.get("event_uuid")) or fingerprint(raw),
        at=moment(payload.get("date_time")),
        raw=raw,
        kind="oauth.revoke",
        weight=NoticeWeight.SIGNED_OUT,
        title="The account has taken back its permission on X.",
    )


_READERS: Final[Mapping[str, Callable[[Event], list[Incoming]]]] = {
    "dm.received": _messages,
    "dm.sent": _messages,
    "dm.read": _read_marks,
    "chat.received": _secret,
    "chat.sent": _secret,
    "post.mention.create": _posted(CommentKind.MENTION),
    "post.reply.create": _posted(CommentKind.COMMENT),
    "post.quote.create": _posted(CommentKind.QUOTE),
    "post.create": _posted(None),
    "post.delete": _deleted,
    "oauth.revoke": _revoked,
}
"""What is read; profile changes, follows, likes and what X thinks up are kept aside."""


def posts_by_id(includes: Raw) -> dict[str, Post]:
    """Return the posts that stand beside another, by id."""
    found = {}
    for raw in map(section, items(includes.get("tweets"))):
        if identifier(raw.get("id")) is not None:
            post = read_post(raw)
            found[post.id] = post
    return found


def _read_old(whole: Raw) -> list[Incoming]:
    """Return the facts of the old envelope; lists without a reader are kept entry by entry."""
    revoked = section(section(whole.get("user_event")).get("revoke"))
    if revoked:
        account_id = identifier(section(revoked.get("source")).get("user_id"))
        return [_revocation(account_id or "", revoked, whole)]
    account_id = identifier(whole.get("for_user_id")) or ""
    people = _old_people(whole.get("users"))
    readers: Mapping[str, Callable[[Raw], list[Incoming]]] = {
        "direct_message_events": lambda raw: [direct.read_event(raw, account_id, people)],
        "direct_message_mark_read_events": lambda raw: [
            direct.read_read_mark(raw, account_id)
        ],
        "tweet_create_events": lambda raw: _old_posted(raw, account_id),
        "tweet_delete_events": lambda raw: [_old_deleted(raw, account_id)],
    }
    found: list[Incoming] = []
    for name in whole:
        if name not in ("users", "apps") and isinstance(whole[name], list | dict):
            found += _old_list(whole[name], readers.get(name), (name, account_id))
    return found or [_kept(UNREADABLE, whole, account_id)]


def _old_list(
    value: Any, reader: Callable[[Raw], list[Incoming]] | None, of: tuple[str, str]
) -> list[Incoming]:
    name, account_id = of
    found: list[Incoming] = []
    for raw in items(value):
        try:
            found += (
                [_kept(name, raw, account_id)] if reader is None else reader(section(raw))
            )
        except Unreadable:
            found.append(_kept(UNREADABLE, raw, account_id))
    return found


def _old_posted(raw: Raw, account_id: str) -> list[Incoming]:
    post = read_old_post(raw)
    quoted = section(raw.get("quoted_status"))
    context = Context(
        account_id=account_id,
        people=read_accounts([raw.get("user")]),
        posts={post.quoted: read_old_post(quoted)} if post.quoted and quoted else {},
    )
    return facts_of(post, context)


def _old_deleted(raw: Raw, account_id: str) -> Incoming:
    post_id = required(section(raw.get("status")).get("id"), "id")
    return IncomingCommentChange(
        account_id=account_id,
        key=post_id,
        sub="removed",
        at=moment(raw.get("timestamp_ms")),
        raw=raw,
        comment_id=post_id,
        removed=True,
    )


def _old_people(value: Any) -> dict[str, Account]:
    """Return the accounts of a `users` object, whose keys are their ids."""
    found = (read_account(section(raw)) for raw in section(value).values())
    return {account.id: account for account in found if account is not None}


def _one(raw: Any, account_id: str, reader: Callable[[Raw], Incoming]) -> Incoming:
    try:
        return reader(section(raw))
    except Unreadable:
        return _kept(UNREADABLE, raw, account_id)


def _aside(kind: str, event: Event) -> Incoming:
    payload = event.payload
    return IncomingOther(
        account_id=event.account_id,
        key=identifier(event.raw.get("event_uuid")) or fingerprint(event.raw),
        at=moment(
            payload.get("created_at"), payload.get("timestamp_ms"), payload.get("date_time")
        ),
        raw=event.raw or {"value": None},
        kind=kind or UNREADABLE,
    )


def _kept(kind: str, raw: Any, account_id: str) -> Incoming:
    whole = section(raw) or {"value": raw}
    return IncomingOther(
        account_id=account_id,
        key=optional_words(whole.get("id_str"))
        or identifier(whole.get("id"))
        or fingerprint(raw),
        at=moment(whole.get("created_timestamp"), whole.get("timestamp_ms")),
        raw=whole,
        kind=kind,
    )
