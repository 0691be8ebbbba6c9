"""Read what happens on a Page's wall: comments, visitors' posts, mentions.

Comments on ads come without any word of the post they stand under (CONTRACTS 4), so a
comment is complete in itself here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from core.domain.incoming import (
    CommentKind,
    Incoming,
    IncomingComment,
    IncomingCommentChange,
    Sender,
)
from core.platforms.meta.envelope import UNREADABLE, Change, Entry, other
from core.platforms.untyped import (
    Unreadable,
    identifier,
    moment,
    optional_words,
    required,
    section,
    words,
)

Raw = Mapping[str, Any]

_FEED: Final = "feed"
_MENTION: Final = "mention"
_TEST_ACCOUNT: Final = "0"
_COMMENT: Final = "comment"
_POSTS: Final = frozenset({"post", "status", "photo", "video", "share"})
"""How a post comes to be called, by what is in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _News:
    """A change of the feed, with the ids that are the same in all of them."""

    entry: Entry
    value: Raw
    verb: str
    author: Sender | None

    @property
    def own(self) -> bool:
        """Return whether the Page itself did it."""
        return self.author is not None and self.author.platform_customer_id == self.entry.id

    @property
    def sub(self) -> str:
        """Return what tells one change from the next.

        `created_time` may be that of the comment, so that hiding it twice has the same
        one; the entry's time then makes the difference.
        """
        times = (self.value.get("created_time"), self.entry.raw.get("time"))
        return ":".join((self.verb, *(identifier(time) or "" for time in times)))


def read_change(entry: Entry, change: Change) -> Incoming:
    """Return the fact in a change; whatever is no comment or post is kept as it came."""
    try:
        return _read(entry, change)
    except Unreadable:
        return other(UNREADABLE, change.raw, account_id=entry.id, at=entry.at)


def _read(entry: Entry, change: Change) -> Incoming:
    reader = _reader(change)
    if reader is None or not change.value or entry.id == _TEST_ACCOUNT:
        return other(_name(change), change.raw, account_id=entry.id, at=entry.at)
    if not entry.id:
        raise Unreadable("entry.id")
    news = _News(
        entry=entry,
        value=change.value,
        verb=words(change.value.get("verb")),
        author=_author(change.value),
    )
    return reader(news)


def _name(change: Change) -> str:
    """Return a name for what we have no use for: `feed.reaction`, `ratings`."""
    item = words(change.value.get("item"))
    return f"{change.field}.{item}" if item else change.field


def _reader(change: Change) -> "Callable[[_News], Incoming] | None":
    item, verb = words(change.value.get("item")), words(change.value.get("verb"))
    if change.field == _MENTION:
        return _mention if verb in _ADDED else _COMMENT_VERBS.get(verb)
    if change.field != _FEED:
        return None
    if item == _COMMENT:
        return _COMMENT_VERBS.get(verb)
    return _POST_VERBS.get(verb) if item in _POSTS else None


def _author(value: Raw) -> Sender | None:
    """Return who did it: in `from`, or beside it in older samples; mentions name nobody."""
    source = section(value.get("from"))
    author_id = identifier(source.get("id")) or identifier(value.get("sender_id"))
    if author_id is None:
        return None
    name = optional_words(source.get("name")) or optional_words(value.get("sender_name"))
    return Sender(platform_customer_id=author_id, name=name)


def _comment(news: _News) -> Incoming:
    value = news.value
    comment_id = required(value.get("comment_id"), "comment_id")
    post_id = _post_of(news, comment_id)
    parent_id = identifier(value.get("parent_id"))
    return IncomingComment(
        account_id=news.entry.id,
        key=comment_id,
        at=moment(value.get("created_time"), news.entry.raw.get("time")),
        raw=value,
        post_id=post_id,
        sender=news.author,
        text=words(value.get("message")),
        parent_id=None if parent_id == post_id else parent_id,
        own=news.own,
        url=optional_words(section(value.get("post")).get("permalink_url")),
        hidden=False,
    )


def _post_of(news: _News, comment_id: str) -> str:
    """Return the post; where it is left out, the comment's id begins with the post's."""
    named = identifier(news.value.get("post_id"))
    if named is not None:
        return named
    post, joint, _ = comment_id.partition("_")
    return f"{news.entry.id}_{post}" if joint else ""


def _visitor_post(news: _News) -> Incoming:
    """Return a visitor's post as a comment of its own; ours are no news."""
    if news.own:
        name = f"{_FEED}.own_post"
        entry = news.entry
        return other(name, news.value, account_id=entry.id, at=entry.at)
    return _post(news, CommentKind.COMMENT)


def _mention(news: _News) -> Incoming:
    """Return a post or comment elsewhere that names the Page; its author is kept from us."""
    if identifier(news.value.get("comment_id")) is None:
        return _post(news, CommentKind.MENTION)
    return IncomingComment(
        account_id=news.entry.id,
        key=required(news.value.get("comment_id"), "comment_id"),
        at=moment(news.value.get("created_time"), news.entry.raw.get("time")),
        raw=news.value,
        post_id=identifier(news.value.get("post_id")) or "",
        sender=news.author,
        text=words(news.value.get("message")),
        own=news.own,
        kind=CommentKind.MENTION,
    )


def _post(news: _News, kind: CommentKind) -> Incoming:
    post_id = required(news.value.get("post_id"), "post_id")
    return IncomingComment(
        account_id=news.entry.id,
        key=post_id,
        at=moment(news.value.get("created_time"), news.entry.raw.get("time")),
        raw=news.value,
        post_id=post_id,
        sender=news.author,
        text=words(news.value.get("message")),
        own=news.own,
        kind=kind,
    )


def _changed(news: _News, **change: Any) -> Incoming:
    value, entry = news.value, news.entry
    target = identifier(value.get("comment_id")) or value.get("post_id")
    times = (moment(value.get("created_time")), moment(entry.raw.get("time")))
    return IncomingCommentChange(
        account_id=entry.id,
        key=required(target, "comment_id"),
        sub=news.sub,
        at=max(times),
        raw=value,
        comment_id=required(target, "comment_id"),
        post_id=identifier(value.get("post_id")),
        **change,
    )


def _edited(news: _News) -> Incoming:
    """Return the later text; without one there is nothing to show (a photo was changed)."""
    return _changed(news, text=optional_words(news.value.get("message")))


def _removed(news: _News) -> Incoming:
    return _changed(news, removed=True)


def _hidden(news: _News) -> Incoming:
    return _changed(news, hidden=True)


def _shown(news: _News) -> Incoming:
    return _changed(news, hidden=False)


_ADDED: Final = frozenset({"add", ""})
_CHANGES: Final[Mapping[str, Callable[[_News], Incoming]]] = {
    "edit": _edited,
    "edited": _edited,
    "remove": _removed,
    "delete": _removed,
    "hide": _hidden,
    "unhide": _shown,
}
_COMMENT_VERBS: Final[Mapping[str, Callable[[_News], Incoming]]] = {
    "add": _comment,
    **_CHANGES,
}
_POST_VERBS: Final[Mapping[str, Callable[[_News], Incoming]]] = {
    "add": _visitor_post,
    **_CHANGES,
}
