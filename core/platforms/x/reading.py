"""Lists of posts: our own, those that name us, those of a conversation."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from core.domain.incoming import Incoming, IncomingOther
from core.platforms.base import ChannelSession
from core.platforms.untyped import Unreadable, items, optional_words, section
from core.platforms.x.calls import POST_FIELDS, USER_FIELDS, ask
from core.platforms.x.facts import Context, facts_of
from core.platforms.x.inbound import posts_by_id
from core.platforms.x.limits import PAGE, Endpoint
from core.platforms.x.posts import Post, Raw, read_accounts, read_post

_FIELDS: Final = {
    "tweet.fields": POST_FIELDS,
    "expansions": "author_id,referenced_tweets.id",
    "user.fields": USER_FIELDS,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One page of posts; `beside` is what came with them, `cursor` leads to the next."""

    posts: tuple[Post, ...]
    beside: Raw
    cursor: str | None


async def listed(
    session: ChannelSession, path: str, params: Mapping[str, str], endpoint: Endpoint
) -> Listed:
    """Return a page of posts, as X orders them; an unreadable one is left out."""
    wanted = {**_FIELDS, "max_results": str(PAGE), **params}
    found = await ask(session, path, wanted, endpoint)
    posts = []
    for raw in items(found.get("data")):
        try:
            posts.append(read_post(section(raw)))
        except Unreadable:
            continue
    return Listed(
        posts=tuple(posts),
        beside=section(found.get("includes")),
        cursor=optional_words(section(found.get("meta")).get("next_token")),
    )


async def own_posts(session: ChannelSession, params: Mapping[str, str]) -> tuple[Post, ...]:
    """Return our latest posts, newest first."""
    path = f"2/users/{session.account_id}/tweets"
    return (await listed(session, path, params, Endpoint.TIMELINE)).posts


async def conversation(session: ChannelSession, query: str, cursor: str | None) -> Listed:
    """Return posts that a query finds, of the last seven days."""
    params = {"query": query, **({"next_token": cursor} if cursor is not None else {})}
    return await listed(session, "2/tweets/search/recent", params, Endpoint.SEARCH)


def facts_in(session: ChannelSession, page: Listed) -> list[Incoming]:
    """Return what a page of posts says to us, oldest first; what is kept aside is left out."""
    context = Context(
        account_id=session.account_id,
        people=read_accounts(items(page.beside.get("users"))),
        posts=posts_by_id(page.beside),
    )
    found = [fact for post in reversed(page.posts) for fact in facts_of(post, context)]
    return [fact for fact in found if not isinstance(fact, IncomingOther)]


def newest(posts: tuple[Post, ...]) -> str | None:
    """Return the highest id; ids grow with time."""
    return max(
        (post.id for post in posts), key=lambda each: (len(each), each), default=None
    )
