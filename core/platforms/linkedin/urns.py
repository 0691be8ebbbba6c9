"""LinkedIn's names for things, each brought to one spelling.

A post goes by `share` or `ugcPost` in the Posts API and by `activity` in comments, with
other digits; a comment's URN holds the post's. So a post is known by its Posts URN where
anything in a payload tells it, a comment by the URN whose thread is an activity.
"""

import re
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote, unquote

from typing_extensions import override

from core.platforms.untyped import identifier, words

_PREFIX: Final = "urn:li:"
_POST_KINDS: Final = ("share", "ugcPost", "groupPost")
_ACTIVITY: Final = "activity"
_COMMENT: Final = re.compile(
    r"urn:li:comment:\((?P<thread>[^(),]+),(?P<id>[0-9A-Za-z_-]+)\)"
)
_THREAD: Final = re.compile(r"urn:li:[A-Za-z]+:[0-9A-Za-z_-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentUrn:
    """A comment's URN, taken apart: the thread it hangs in and its own id."""

    thread: str
    id: str

    @override
    def __str__(self) -> str:
        return f"urn:li:comment:({self.thread},{self.id})"


def urn(value: Any) -> str | None:
    """Return a URN in full, None when it is none; `activity:9` has been seen in the wild."""
    text = identifier(value)
    if text is None:
        return None
    text = unquote(text).strip()
    if not text.startswith(_PREFIX):
        text = _PREFIX + text
    return text if text.count(":") > 2 and words(text) == text else None


def kind_of(name: str) -> str:
    """Return what a URN names: `share`, `activity`, `comment`, `organization`, `person`."""
    return name.removeprefix(_PREFIX).partition(":")[0]


def comment_urn(*candidates: Any) -> CommentUrn | None:
    """Return the comment that the candidates name, preferably through its activity.

    One payload can name a comment twice, once in a broken spelling
    (`urn:li:comment:(activity:9,7)`) and once through another name of its post.
    """
    found = [one for value in candidates if (one := _comment(value)) is not None]
    for one in found:
        if kind_of(one.thread) == _ACTIVITY and one.id == found[0].id:
            return one
    return found[0] if found else None


def _comment(value: Any) -> CommentUrn | None:
    matched = _COMMENT.fullmatch(urn(value) or "")
    thread = urn(matched["thread"]) if matched else None
    if matched is None or thread is None or not _THREAD.fullmatch(thread):
        return None
    return CommentUrn(thread=thread, id=matched["id"])


def post_urn(*candidates: Any) -> str | None:
    """Return the post that the candidates name, by its Posts URN if one of them is that."""
    found = [
        name
        for value in candidates
        if (name := urn(value)) is not None and _THREAD.fullmatch(name)
    ]
    posts = [name for name in found if kind_of(name) in _POST_KINDS]
    return next(iter([*posts, *found]), None)


def encoded(name: str) -> str:
    """Return a URN for use in a path or a query (Rest.li 2.0: every reserved character)."""
    return quote(name, safe="")
