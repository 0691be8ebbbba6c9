"""Read the comments under our posts: what webhooks never tell, and what they missed.

Posts are listed now and then and the newest ones read for some days. A reading goes
from the newest comment back, page by page, and stops early where nothing on a page is
news; one that is cut short goes on from its checkpoint. The lease bounds a reading, so
that a post with a hundred thousand comments takes several.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from core import logs
from core.actions import apply, hear, session
from core.domain.channel import Channel
from core.domain.errors import NotFound, SocialSyncError, Unavailable
from core.domain.ids import ChannelId, MonitoredPostId, TenantId
from core.domain.incoming import Incoming, IncomingComment
from core.domain.outbox import SendAnswer
from core.kit import Kit
from core.notices import NoticeKind
from core.platforms.base import Ability, ChannelSession
from core.platforms.commenting import Commenting, CommentPage, PublishedPost
from core.platforms.pace import ReadingPace
from core.store import channels, comments, monitoring
from core.store.comments import KnownPost
from core.store.monitoring import ClaimedPost, MonitoringRule, TenantChannel
from core.store.pool import Unit

_log = logs.logger(__name__)

_PAUSE_AFTER_TROUBLE = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """A claimed post with all that reading it needs."""

    claimed: ClaimedPost
    channel: Channel
    opened: ChannelSession
    commenting: Commenting
    pace: ReadingPace


async def read_post(kit: Kit, claimed: ClaimedPost) -> int:
    """Read one claimed post; returns how many comments were news."""
    async with kit.unit(claimed.tenant_id) as unit:
        place = await monitoring.load(unit, claimed)
        channel = await channels.get(unit, claimed.channel_id)
    if place is None or channel is None:
        return 0
    opened = await session.opened(kit, channel)
    platform = kit.platforms[channel.platform]
    commenting, pace = platform.comments, platform.manifest.reading
    if isinstance(opened, SendAnswer) or commenting is None:
        await _give_back(kit, claimed, pace.every.total_seconds())
        return 0
    reading = _Reading(
        claimed=claimed, channel=channel, opened=opened, commenting=commenting, pace=pace
    )
    try:
        news = await _read(kit, reading, place.platform_post_id, place.cursor)
    except SocialSyncError as trouble:
        _log.info("post.not_read", post_id=str(claimed.post_id), why=trouble.title)
        await _give_back(kit, claimed, _pause_after(trouble))
        return 0
    return news


async def _read(kit: Kit, reading: _Reading, post: str, cursor: str | None) -> int:
    """Read pages until the end, until nothing is news, or until it is enough for now."""
    news, resumed = 0, cursor is not None
    for _ in range(reading.pace.pages):
        page = await reading.commenting.page(reading.opened, post, cursor)
        fresh = await _take(kit, reading, page)
        news += fresh
        cursor = page.cursor
        if cursor is None or (page.facts and not fresh and not resumed):
            cursor = None
            break
    async with kit.unit(reading.claimed.tenant_id) as unit:
        await monitoring.keep_place(unit, reading.claimed, cursor)
        pause = reading.pace.every if cursor is None else reading.pace.resumes_after
        await monitoring.was_read(unit, reading.claimed, pause=pause.total_seconds())
    return news


def _pause_after(trouble: SocialSyncError) -> float:
    """Return how many seconds a post rests; as long as its platform asks us to, or more."""
    asked = trouble.retry_after if isinstance(trouble, Unavailable) else None
    return max(_PAUSE_AFTER_TROUBLE, asked or 0.0)


async def _take(kit: Kit, reading: _Reading, page: CommentPage) -> int:
    """Apply one page in one transaction; returns how much of it was news."""
    news = 0
    async with kit.unit(reading.claimed.tenant_id) as unit:
        for fact in page.facts:
            news += await _take_one(kit, unit, reading.channel, fact)
    return news


async def _take_one(kit: Kit, unit: Unit, channel: Channel, fact: Incoming) -> bool:
    if isinstance(fact, IncomingComment):
        return await hear.shown(kit, unit, channel, fact)
    await apply.directly(kit, unit, channel, fact)
    return False


async def _give_back(kit: Kit, claimed: ClaimedPost, pause: float) -> None:
    async with kit.unit(claimed.tenant_id) as unit:
        await monitoring.was_read(unit, claimed, pause=pause)


async def look_for_posts(kit: Kit) -> None:
    """List the newest posts of every channel that has comments, and begin to read them."""
    names = [
        name
        for name, platform in kit.platforms.items()
        if Ability.COMMENT in platform.manifest.can
    ]
    async with kit.database.claim() as unit:
        found = await monitoring.channels_of(unit, names)
    for one in found:
        try:
            if await _is_list_due(kit, one):
                await find_posts(kit, one.tenant_id, one.channel_id)
        except SocialSyncError as trouble:
            _log.info("posts.not_listed", channel_id=str(one.channel_id), why=trouble.title)


async def _is_list_due(kit: Kit, one: TenantChannel) -> bool:
    """Return whether its platform lets us list a channel's posts again."""
    async with kit.unit(one.tenant_id) as unit:
        channel = await channels.get(unit, one.channel_id)
        if channel is None:
            return False
        every = kit.platforms[channel.platform].manifest.reading.lists_every
        return await monitoring.list_now(unit, channel.id, every)


async def find_posts(kit: Kit, tenant: TenantId, channel_id: ChannelId) -> int:
    """List one channel's newest posts and begin to read those its rule asks for.

    Returns how many posts are new to us. Raises Unavailable and NeedsPerson as
    the platform's `posts` does.
    """
    async with kit.unit(tenant) as unit:
        rule = await monitoring.rule(unit, channel_id)
        channel = await channels.get(unit, channel_id)
    commenting = None if channel is None else kit.platforms[channel.platform].comments
    if not rule.enabled or channel is None or commenting is None:
        return 0
    opened = await session.opened(kit, channel)
    if isinstance(opened, SendAnswer):
        return 0
    posts = await commenting.posts(opened, rule.count)
    async with kit.unit(tenant) as unit:
        return await _begin(unit, channel_id, posts, rule)


async def _begin(
    unit: Unit, channel: ChannelId, posts: Sequence[PublishedPost], rule: MonitoringRule
) -> int:
    begun = 0
    ids = [post.platform_post_id for post in posts]
    for comment in await comments.under_unlisted(unit, channel, ids):
        await unit.publish(NoticeKind.COMMENT_CHANGED, comment)
    for post in posts:
        known = KnownPost(
            platform_post_id=post.platform_post_id,
            caption=post.text or None,
            media_url=post.media_url,
            posted_at=post.published_at,
        )
        row = (await comments.post(unit, channel, known)).id
        ends = post.published_at + timedelta(days=rule.days)
        begun += await monitoring.monitor(unit, row, ends_at=ends)
    return begun


async def watch(kit: Kit, post: MonitoredPostId, days: int) -> None:
    """Read a post for so many more days; NotFound if it is not in this inbox."""
    await _watch(kit, post, timedelta(days=days), enabled=True)


async def unwatch(kit: Kit, post: MonitoredPostId) -> None:
    """Read a post no longer; NotFound as above."""
    await _watch(kit, post, timedelta(), enabled=False)


async def _watch(
    kit: Kit, post: MonitoredPostId, time: timedelta, *, enabled: bool
) -> None:
    async with kit.mine() as unit:
        ends_at = kit.clock.now() + time
        if not await monitoring.watch(unit, post, ends_at=ends_at, enabled=enabled):
            raise NotFound(f"The post {post} is not in this inbox.")
