"""Comments as the window and the terminal show them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from core.domain.comment import Comment, Deed, DeedKind
from core.domain.errors import NotFound
from core.domain.ids import ChannelId, CommentId, MonitoredPostId
from core.domain.text_unit import TextLimit
from core.kit import Kit
from core.platforms.base import Manifest
from core.platforms.commenting import Obstacle, deeds_of, limit_of, obstacle_of
from core.store import comments, deeds
from core.store.comments import Place, Wanted

__all__ = [
    "CommentsPage",
    "Place",
    "ShownComment",
    "Wanted",
    "count_waiting",
    "one",
    "page",
    "thread",
    "waiting",
]

PAGE = 50
THREAD = 200
"""How much of a post's talk is shown: the newest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownComment:
    """A comment with what was asked for about it, oldest first.

    `obstacle` says why it cannot be answered from here, `can` what its platform lets us do,
    `limits` how long the words for it may be.
    `expired_by` is the title of the platform whose terms made us forget the words, empty
    where they stand.
    """

    comment: Comment
    deeds: tuple[Deed, ...]
    obstacle: Obstacle | None
    can: frozenset[DeedKind]
    limits: Mapping[DeedKind, TextLimit] = field(default_factory=dict)
    expired_by: str = ""

    @property
    def id(self) -> CommentId:
        """Return the comment's id, by which lists know their rows."""
        return self.comment.id


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentsPage:
    """One page of comments; `next` is where the next one begins, None at the end."""

    comments: tuple[ShownComment, ...]
    next: Place | None


async def page(kit: Kit, wanted: Wanted, after: Place | None = None) -> CommentsPage:
    """Return what others said, newest first."""
    async with kit.mine() as unit:
        found = await comments.page(unit, wanted, after=after, limit=PAGE)
        asked = await deeds.of_comments(unit, [one.id for one in found])
    last = found[-1] if len(found) == PAGE else None
    return CommentsPage(
        comments=_shown(kit, found, asked),
        next=None if last is None else Place(at=last.at, id=last.id),
    )


async def waiting(kit: Kit, channel: ChannelId | None = None) -> CommentsPage:
    """Return the comments nobody has dealt with, newest first."""
    return await page(kit, Wanted(waiting=True, channel=channel))


async def one(kit: Kit, comment: CommentId) -> ShownComment:
    """Return one comment; NotFound if it is not in this inbox."""
    async with kit.mine() as unit:
        found = await comments.get(unit, comment)
        asked = await deeds.of_comments(unit, [comment])
    if found is None:
        raise NotFound(f"The comment {comment} is not in this inbox.")
    return _shown(kit, [found], asked)[0]


async def thread(kit: Kit, post: MonitoredPostId) -> tuple[ShownComment, ...]:
    """Return the newest comments under a post with our own among them, oldest first."""
    async with kit.mine() as unit:
        found = await comments.thread(unit, post, limit=THREAD)
        asked = await deeds.of_comments(unit, [each.id for each in found])
    return _shown(kit, found[::-1], asked)


async def count_waiting(kit: Kit) -> int:
    """Return how many comments wait for us."""
    async with kit.mine() as unit:
        return await comments.count_waiting(unit)


def _shown(
    kit: Kit, found: Sequence[Comment], asked: Sequence[Deed]
) -> tuple[ShownComment, ...]:
    of: Mapping[CommentId, list[Deed]] = defaultdict(list)
    for deed in asked:
        of[deed.comment_id].append(deed)
    return tuple(
        ShownComment(
            comment=comment,
            deeds=tuple(of[comment.id]),
            obstacle=obstacle_of(kit.platforms, comment),
            can=deeds_of(kit.platforms[comment.platform].manifest),
            limits=_limits(kit.platforms[comment.platform].manifest),
            expired_by=_expired_by(kit, comment),
        )
        for comment in found
    )


def _limits(manifest: Manifest) -> dict[DeedKind, TextLimit]:
    return {kind: limit_of(manifest, kind) for kind in DeedKind if kind.speaks}


def _expired_by(kit: Kit, comment: Comment) -> str:
    if comment.expired_at is None or comment.text:
        return ""
    return kit.platforms[comment.platform].manifest.title
