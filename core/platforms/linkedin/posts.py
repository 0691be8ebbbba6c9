"""The organisation's own posts, as LinkedIn lists them; and the notation of their text."""

import re
from dataclasses import dataclass
from typing import Any, Final

from core.platforms.base import ChannelSession
from core.platforms.commenting import PublishedPost
from core.platforms.linkedin.calls import FINDER, ask, content
from core.platforms.linkedin.limits import reading
from core.platforms.linkedin.urns import encoded, post_urn, urn
from core.platforms.untyped import items, moment, optional_words, section, words

POSTS: Final = "posts"
_MOST: Final = 100
_RESERVED: Final = re.compile(r"([\\|{}@\[\]()<>#*_~])")
_ESCAPED: Final = re.compile(r"\\([\\|{}@\[\]()<>#*_~])")
_HASHTAG: Final = re.compile(r"\{hashtag\|\\?#\|([^}]*)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedPost:
    """A post of ours; `assets` are the URNs of its files, `link` where its article leads."""

    published: PublishedPost
    assets: frozenset[str]
    link: str | None = None


def escaped(text: str) -> str:
    r"""Return a text as `commentary` wants it: `\ | { } @ [ ] ( ) < > # * _ ~` escaped.

    An unescaped bracket cuts a post off without an error (CONTRACTS 6).
    """
    return _RESERVED.sub(r"\\\1", text)


def unescaped(commentary: str) -> str:
    """Return the plain words of a `commentary`."""
    return _ESCAPED.sub(r"\1", _HASHTAG.sub(r"#\1", commentary))


async def latest(session: ChannelSession, limit: int) -> list[ListedPost]:
    """Return the organisation's latest posts, newest first; raises as `ask` does."""
    count = max(1, min(limit, _MOST))
    path = (
        f"{POSTS}?q=author&author={encoded(session.account_id)}"
        f"&count={count}&sortBy=CREATED"
    )
    answer = await ask(session, path, reading(session.account_id, POSTS), headers=FINDER)
    read = [_read(section(raw)) for raw in items(content(answer).get("elements"))]
    posts = [post for post in read if post is not None]
    return sorted(posts, key=lambda post: post.published.published_at, reverse=True)


def _read(raw: Any) -> ListedPost | None:
    name = post_urn(raw.get("id"))
    if name is None:
        return None
    shown = section(raw.get("content"))
    pictures = items(section(shown.get("multiImage")).get("images"))
    assets = (section(shown.get("media")), *map(section, pictures))
    return ListedPost(
        published=PublishedPost(
            platform_post_id=name,
            text=unescaped(words(raw.get("commentary"))),
            published_at=moment(
                raw.get("publishedAt"), raw.get("createdAt"), raw.get("lastModifiedAt")
            ),
            url=f"https://www.linkedin.com/feed/update/{name}",
        ),
        assets=frozenset(
            asset for one in assets if (asset := urn(one.get("id"))) is not None
        ),
        link=optional_words(section(shown.get("article")).get("source")),
    )
