"""Read a post, in the shape of today and in that of the old Account Activity API.

Both become a `Post`. What matters beyond the words is how they reach us: a reply carries
the names of those it answers in front of its text without its author having typed them,
and X lets us answer only who named or quoted us on purpose (CONTRACTS 5).
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from core.platforms.untyped import (
    identifier,
    items,
    moment,
    optional_words,
    required,
    section,
    words,
)

Raw = Mapping[str, Any]

_EPOCH_MS: Final = 1288834974657
"""When the ids of X began to hold their time: 4 November 2010."""
_ID_SHIFT: Final = 22
_FIRST_TIMED_ID: Final = 10**12
_NAMES: Final = re.compile(r"@\w+\s+")
_SHORTENED: Final = re.compile(r"\s*https://t\.co/\w+$")
_SCHEME: Final = re.compile(r"https?://")
_MEDIA: Final = re.compile(r"/(?:photo|video)/\d+$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Somebody on X."""

    id: str
    name: str | None = None
    username: str | None = None
    picture_url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A post; `text` is what its author typed, addresses as they were before shortening.

    `first_id` is the id it had before it was edited, its own where it never was. `names`
    are accounts that the author named on purpose. `quoted_author` is None where the
    payload does not tell.
    """

    id: str
    first_id: str
    text: str
    at: datetime
    author_id: str | None
    conversation_id: str
    replied_to: str | None = None
    replied_to_user: str | None = None
    quoted: str | None = None
    quoted_author: str | None = None
    reposted: bool = False
    names: frozenset[str] = frozenset()
    like_count: int | None = None
    raw: Raw

    @property
    def parent_id(self) -> str | None:
        """Return the comment it answers, None directly under the conversation's post."""
        return None if self.replied_to == self.conversation_id else self.replied_to


def read_post(raw: Raw) -> Post:
    """Return a post in the shape of API v2; Unreadable without an id."""
    post_id = required(raw.get("id"), "id")
    history = [
        found
        for one in _list(raw.get("edit_history_tweet_ids"))
        if (found := identifier(one))
    ]
    references = {
        words(section(one).get("type")): identifier(section(one).get("id"))
        for one in items(raw.get("referenced_tweets"))
    }
    replied_to = identifier(raw.get("in_reply_to_tweet_id")) or references.get("replied_to")
    entities, quoted = section(raw.get("entities")), references.get("quoted")
    text = words(raw.get("text"))
    start = _start(raw, text) if replied_to else 0
    likes = section(raw.get("public_metrics")).get("like_count")
    return Post(
        id=post_id,
        first_id=history[0] if history else post_id,
        text=_shown(text, entities, start, quoted),
        at=moment(raw.get("created_at"), _time_of(post_id)),
        author_id=identifier(raw.get("author_id")),
        conversation_id=identifier(raw.get("conversation_id")) or post_id,
        replied_to=replied_to,
        replied_to_user=identifier(raw.get("in_reply_to_user_id")),
        quoted=quoted,
        reposted="retweeted" in references,
        names=_named(text, items(entities.get("mentions")), start),
        like_count=likes if isinstance(likes, int) and 0 <= likes < 2**31 else None,
        raw=raw,
    )


def read_old_post(raw: Raw) -> Post:
    """Return a post in the shape of API 1.1: only `id_str` is exact, and long texts are cut."""
    post_id = required(words(raw.get("id_str")), "id_str")
    extended = section(raw.get("extended_tweet"))
    entities = section(extended.get("entities")) or section(raw.get("entities"))
    text = words(extended.get("full_text")) or words(raw.get("full_text"))
    text = text or words(raw.get("text"))
    replied_to = optional_words(raw.get("in_reply_to_status_id_str"))
    start = _start({**raw, **extended}, text) if replied_to else 0
    quoted = section(raw.get("quoted_status"))
    quoted_id = optional_words(raw.get("quoted_status_id_str"))
    mentions = [
        {**section(one), "id": section(one).get("id_str")}
        for one in items(entities.get("user_mentions"))
    ]
    return Post(
        id=post_id,
        first_id=post_id,
        text=_shown(text, entities, start, quoted_id),
        at=moment(raw.get("timestamp_ms"), _time_of(post_id)),
        author_id=optional_words(section(raw.get("user")).get("id_str")),
        conversation_id=replied_to or post_id,
        replied_to=replied_to,
        replied_to_user=optional_words(raw.get("in_reply_to_user_id_str")),
        quoted=quoted_id,
        quoted_author=optional_words(section(quoted.get("user")).get("id_str")),
        reposted=bool(section(raw.get("retweeted_status"))),
        names=_named(text, mentions, start),
        raw=raw,
    )


def read_account(raw: Raw) -> Account | None:
    """Return an account in any of X's shapes (`data` around it, or the old names)."""
    inner = section(raw.get("data")) or raw
    account_id = optional_words(inner.get("id_str")) or identifier(inner.get("id"))
    if account_id is None:
        return None
    return Account(
        id=account_id,
        name=optional_words(inner.get("name")),
        username=optional_words(inner.get("username"))
        or optional_words(inner.get("screen_name")),
        picture_url=optional_words(inner.get("profile_image_url"))
        or optional_words(inner.get("profile_image_url_https")),
    )


def read_accounts(raws: Sequence[Any]) -> dict[str, Account]:
    """Return accounts by their ids."""
    found = (read_account(section(raw)) for raw in raws)
    return {account.id: account for account in found if account is not None}


def plain(text: str) -> str:
    """Return a text without X's three escapes; the ampersand last, or it would open others."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def without_last_link(text: str) -> str:
    """Return a message without the shortened address that stands for its file."""
    return _SHORTENED.sub("", text)


def same_words(one: str, other: str) -> bool:
    """Return whether two texts say the same, whatever X made of their blanks and addresses."""
    return _normal(one) == _normal(other)


def _normal(text: str) -> str:
    bare = _SCHEME.sub("", unicodedata.normalize("NFC", text))
    return " ".join(word.rstrip("/") for word in bare.split())


def id_at(at: datetime) -> str:
    """Return the smallest id that something made at `at` can have; ids hold their time."""
    milliseconds = int(at.timestamp() * 1000) - _EPOCH_MS
    return str(max(1, milliseconds) << _ID_SHIFT)


def _time_of(post_id: str) -> float | None:
    if not (post_id.isascii() and post_id.isdigit() and len(post_id) < 20):
        return None
    number = int(post_id)
    return (number >> _ID_SHIFT) + _EPOCH_MS if number >= _FIRST_TIMED_ID else None


def _list(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else []


def _start(raw: Raw, text: str) -> int:
    """Return where the typed text begins; a reply's names stand before.

    Where the payload does not say, every name in front counts as put there by X.
    """
    found = _list(raw.get("display_text_range"))
    known = bool(found) and isinstance(found[0], int) and found[0] >= 0
    return found[0] if known else len(text)


def _lead(text: str, start: int) -> int:
    """Return the length of the names in front that the author did not type.

    X's offset is taken as a bound, not as a place to cut: it counts in units of its own.
    """
    end = 0
    while end < start and (name := _NAMES.match(text, end)):
        end = name.end()
    return end


def _shown(text: str, entities: Raw, start: int, quoted: str | None) -> str:
    shown = text[_lead(text, start) :]
    for entity in map(section, items(entities.get("urls"))):
        short, long = words(entity.get("url")), words(entity.get("expanded_url"))
        stands_for_part = _MEDIA.search(long) or "media_key" in entity
        stands_for_quote = quoted is not None and long.endswith(f"/status/{quoted}")
        if short and long and not (stands_for_part or stands_for_quote):
            shown = shown.replace(short, long)
        elif short and long:
            shown = shown.replace(short, "")
    return plain(shown).strip()


def _named(text: str, mentions: Sequence[Any], start: int) -> frozenset[str]:
    lead = _lead(text, start)
    found = set()
    for mention in map(section, mentions):
        indices = _list(mention.get("indices"))
        position = mention.get("start", indices[0] if indices else 0)
        named = identifier(mention.get("id"))
        if named is not None and isinstance(position, int) and position >= lead:
            found.add(named)
    return frozenset(found)
