"""A member plans a post, moves it, takes it back, or says what became of it.

Nothing here talks to a platform but to fetch a file from an address: what a platform would
never take is refused at once, in words; the companion publishes (`publish`).
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfoNotFoundError

from core.actions import post_media
from core.actions.post_files import Piece, PostFile, piece
from core.clock import time_ordered_id
from core.domain.attachment import MediaKind
from core.domain.channel import Channel
from core.domain.errors import (
    AlreadyDecided,
    NotFound,
    Refused,
)
from core.domain.ids import ChannelId, PostId
from core.domain.post import PlannedContent, PlannedMedia, PostStatus, zone_of
from core.kit import Kit
from core.notices import NoticeKind
from core.platforms.base import Manifest
from core.platforms.publishing import PostFormat
from core.store import attachments, channels, posts
from core.store.posts import NewPost

_SLACK = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A post to publish at `at`, None for now; the same `id` twice is one post.

    Without a `format`, what it consists of says which it is. `time_zone` is an IANA name.
    """

    channel: ChannelId
    text: str = ""
    link: str | None = None
    files: tuple[PostFile, ...] = ()
    format: PostFormat | None = None
    at: datetime | None = None
    time_zone: str = "UTC"
    id: PostId | None = None


async def schedule(kit: Kit, plan: Plan) -> PostId:
    """Queue a post.

    Raises:
        NotFound: there is no such channel in this inbox.
        Refused: the platform would never take it, a file is none we know, or the time is
            over; the error says why.
        Unavailable: a file could not be fetched just now.
    """
    channel = await _channel(kit, plan.channel)
    manifest = kit.platforms[channel.platform].manifest
    at = _time(plan.at, kit.clock.now(), plan.time_zone)
    post = plan.id or PostId(time_ordered_id())
    pieces = [
        await piece(kit, manifest, one, post, number)
        for number, one in enumerate(plan.files)
    ]
    content = _content(plan, manifest, pieces)
    _check(kit, channel, content, pieces)
    new = NewPost(
        id=post,
        channel=channel.id,
        content=content,
        at=at,
        time_zone=plan.time_zone,
        member=kit.member.id,
    )
    async with kit.mine() as unit:
        for each in pieces:
            if each.upload is not None:
                await attachments.keep(unit, each.upload)
        await posts.add(unit, new)
        await unit.publish(NoticeKind.POST_CHANGED, post)
    return post


async def move(kit: Kit, post: PostId, at: datetime | None) -> None:
    """Publish a post at another time, None for now.

    Raises:
        NotFound: there is no such post in this inbox, or it is a colleague's.
        AlreadyDecided: it is being published, or over.
        Refused: the time is over.
    """
    when = _time(at, kit.clock.now(), "UTC")
    async with kit.mine() as unit:
        outcome = await posts.move(unit, post, when)
    _explain(outcome, post)


async def cancel(kit: Kit, post: PostId) -> None:
    """Take back a post that nobody has seen yet; raises as `move` does."""
    await _settle(kit, post, PostStatus.CANCELLED)


async def retry_failed(kit: Kit, post: PostId) -> None:
    """Publish a post that has failed after all; raises as `move` does."""
    await _settle(kit, post, PostStatus.QUEUED)


async def mark_published(kit: Kit, post: PostId) -> None:
    """Say that an uncertain post is there; raises as `move` does."""
    await _settle(kit, post, PostStatus.PUBLISHED)


async def mark_not_published(kit: Kit, post: PostId) -> None:
    """Say that an uncertain post is not there, so that it may be tried again; as `move`."""
    await _settle(kit, post, PostStatus.FAILED)


async def _settle(kit: Kit, post: PostId, status: PostStatus) -> None:
    async with kit.mine() as unit:
        outcome = await posts.settle(unit, post, status)
    _explain(outcome, post)


def _explain(outcome: str, post: PostId) -> None:
    match outcome:
        case "not_found":
            raise NotFound(f"There is no post {post} in this inbox.")
        case "not_yours":
            raise NotFound(
                "That post is a colleague's.", "Ask them, or an admin of the inbox."
            )
        case "too_late":
            raise AlreadyDecided(
                "It is too late for that: the post has gone further, or is over.",
                "Look at its state.",
            )


def _time(at: datetime | None, now: datetime, zone: str) -> datetime | None:
    try:
        zone_of(zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise Refused(
            f"{zone} is no time zone.", "Give a name such as Europe/Paris."
        ) from error
    if at is None:
        return None
    if at.tzinfo is None:
        raise Refused("The time has no zone.", "Write it as 2026-12-24T09:00+01:00.")
    if at < now - _SLACK:
        raise Refused("That time is over.", "Give one that is still to come.")
    return at.astimezone(UTC)


async def _channel(kit: Kit, channel_id: ChannelId) -> Channel:
    async with kit.mine() as unit:
        channel = await channels.get(unit, channel_id)
    if channel is None:
        raise NotFound(f"There is no channel {channel_id} in this inbox.")
    if channel.removed_at is not None:
        raise Refused("This channel has been removed.", "Connect it again.")
    return channel


def _content(plan: Plan, manifest: Manifest, pieces: list[Piece]) -> PlannedContent:
    planned = tuple(each.planned for each in pieces)
    format_ = plan.format or _told_by(plan, planned)
    if format_.value not in manifest.formats:
        known = ", ".join(sorted(manifest.formats)) or "none"
        raise Refused(
            f"{manifest.title} has no posts of the kind {format_.value}.",
            f"What it takes: {known}.",
        )
    return PlannedContent(
        format=format_.value, text=plan.text.strip(), link=plan.link, media=planned
    )


def _told_by(plan: Plan, media: tuple[PlannedMedia, ...]) -> PostFormat:
    """Return what kind of post the parts of one make."""
    if len(media) > 1:
        return PostFormat.CAROUSEL
    if media:
        kinds = {MediaKind.VIDEO: PostFormat.VIDEO, MediaKind.DOCUMENT: PostFormat.DOCUMENT}
        return kinds.get(MediaKind(media[0].kind), PostFormat.IMAGE)
    return PostFormat.LINK if plan.link else PostFormat.TEXT


def _check(
    kit: Kit, channel: Channel, content: PlannedContent, pieces: list[Piece]
) -> None:
    platform = kit.platforms[channel.platform]
    if platform.publishing is None:
        raise Refused(
            f"{platform.manifest.title} does not let us publish.", "Publish it there."
        )
    whole = post_media.shaped(content, tuple(each.checked for each in pieces))
    if problem := platform.publishing.problem(whole):
        raise Refused(problem, "Change the post, then plan it again.")
