"""Simulated people who comment: each post has its own, who speak one after the other.

The business's posts are published at once, people begin a little later, post after post.
"""

import asyncio
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from core.domain.channel import PlatformName
from core.sandbox.accounts import Sleep
from core.sandbox.customers import Pace, person_of
from core.sandbox.script import Place, ScriptedComment, ScriptedPost
from core.sandbox.state import Person
from core.sandbox.writing import Written


class Stage(Protocol):
    """Where posts and comments are made; `Sandbox` is one."""

    def publish(self, platform: PlatformName, text: str) -> str:
        """Publish as the business and return the post's id."""
        ...

    async def comment(
        self, person: Person, post_id: str, text: str, parent_id: str | None = None
    ) -> Written:
        """Return once the companion has taken the comment."""
        ...

    async def mention(self, person: Person, text: str) -> Written:
        """Return once the companion has taken a post that names the business."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayedComment:
    """A comment that has been taken, or given up; `post_id` is that of our post."""

    line: ScriptedComment
    post_id: str
    written: Written


STARTS_BETWEEN = 4
"""So many conversations begin between two posts' first comments."""
OnCommented = Callable[[PlayedComment], None]


async def run_commenters(
    posts: Sequence[ScriptedPost],
    *,
    stage: Stage,
    pace: Pace,
    on_written: OnCommented = lambda _played: None,
    sleep: Sleep = asyncio.sleep,
    run_id: str | None = None,
) -> tuple[PlayedComment, ...]:
    """Publish the posts, have everybody comment, and return it all in the script's order.

    Pauses are stretched as in conversations; so are runs and their people.
    """
    run = run_id or secrets.token_hex(6)
    published = [(post, stage.publish(post.platform, post.text)) for post in posts]

    async def play(position: int, post: ScriptedPost, post_id: str) -> list[PlayedComment]:
        await sleep((position * STARTS_BETWEEN + 2) / pace.starts_per_second)
        played: dict[str, PlayedComment] = {}
        for line in post.comments:
            await sleep(line.after_seconds * pace.gap_scale)
            above = None if line.under is None else played[line.under].written.id
            written = await _say(stage, line, person_of(line, run), post_id, above)
            played[line.key] = PlayedComment(line=line, post_id=post_id, written=written)
            on_written(played[line.key])
        return list(played.values())

    async with asyncio.TaskGroup() as group:
        acts = [
            group.create_task(play(position, post, post_id))
            for position, (post, post_id) in enumerate(published)
        ]
    return tuple(played for act in acts for played in act.result())


async def _say(
    stage: Stage, line: ScriptedComment, person: Person, post_id: str, above: str | None
) -> Written:
    if line.place is Place.ELSEWHERE:
        return await stage.mention(person, line.text)
    return await stage.comment(person, post_id, line.text, above)
