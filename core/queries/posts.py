"""Posts as the terminal shows them, and later the calendar."""

from core.domain.errors import NotFound
from core.domain.ids import PostId
from core.domain.post import Post
from core.kit import Kit
from core.store import posts
from core.store.posts import WantedPosts

__all__ = ["WantedPosts", "one", "page"]

PAGE = 200


async def page(kit: Kit, wanted: WantedPosts) -> tuple[Post, ...]:
    """Return posts, the latest time first; at most 200."""
    async with kit.mine() as unit:
        return tuple(await posts.page(unit, wanted, limit=PAGE))


async def one(kit: Kit, post: PostId) -> Post:
    """Return one post; NotFound if it is not in this inbox."""
    async with kit.mine() as unit:
        found = await posts.get(unit, post)
    if found is None:
        raise NotFound(f"There is no post {post} in this inbox.")
    return found
