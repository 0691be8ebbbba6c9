"""Publish what is due, each post at most once, in steps that survive a crash.

A claim takes one step: what was reached is read, the platform is called, and what it has
come to is stored under the claim's fence before anybody takes the next one. The step that
others see is begun in a transaction of its own first, as a send is marked `sending`; from
then on a platform looks before it leaps, whoever takes the step again. **The only caller
of `Publishing.step`.**
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta

from core import logs
from core.actions import post_media, post_verdict, session
from core.domain.channel import Channel
from core.domain.errors import (
    ChannelSignedOut,
    NeedsPerson,
    RateLimited,
    Refused,
    Unavailable,
)
from core.domain.outbox import AnswerClass, SendAnswer
from core.domain.post import ClaimedPost, Post, PostStatus, StoredProgress, run_of
from core.kit import Kit
from core.notices import NoticeKind
from core.platforms.base import ChannelSession, Manifest
from core.platforms.publishing import (
    PostContent,
    Publishing,
    PublishPhase,
    PublishProgress,
    Quota,
)
from core.store import channel_health, channels, comments, monitoring, posts
from core.store.comments import KnownPost
from core.store.outbox import Failure
from core.store.pool import Unit
from core.store.posts import Reached

_log = logs.logger(__name__)

_QUOTA_PAUSE = timedelta(hours=1)
"""An allowance is a rolling period: it comes back post by post."""
_TURN_PAUSE = 10.0
"""Until a post asks again whether the one before it on its channel is through."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    """A claimed post with the channel it goes to."""

    claimed: ClaimedPost
    post: Post
    stored: StoredProgress
    channel: Channel

    @property
    def progress(self) -> PublishProgress:
        """Return what was reached, as the platform knows it."""
        return PublishProgress(
            phase=PublishPhase(self.stored.phase),
            handles=self.stored.handles,
            platform_post_id=self.stored.platform_post_id,
            begun_at=self.stored.begun_at,
        )


async def step(kit: Kit, claimed: ClaimedPost) -> None:
    """Take the next step of one claimed post."""
    task = await _loaded(kit, claimed)
    if task is None:
        return
    async with _held(kit, claimed):
        before, after = await _taken(kit, task)
    manifest = kit.platforms[task.post.platform].manifest
    reached = (
        post_verdict.stopped(before, after)
        if isinstance(after, Failure)
        else post_verdict.reached(before, after, task.stored.tries, manifest.title)
    )
    answer = None if isinstance(after, Failure) else after.answer
    await _record(kit, task, reached, answer)
    kit.probe("after_post_record")


async def _loaded(kit: Kit, claimed: ClaimedPost) -> _Task | None:
    async with kit.unit(claimed.tenant_id) as unit:
        found = await posts.load(unit, claimed)
        channel = await channels.get(unit, claimed.channel_id)
    if found is None or channel is None:
        return None
    return _Task(claimed=claimed, post=found.post, stored=found.progress, channel=channel)


@contextlib.asynccontextmanager
async def _held(kit: Kit, claimed: ClaimedPost) -> AsyncIterator[None]:
    """Keep a claim while its step lasts: uploading a film takes longer than a lease."""
    lease = kit.settings.timings.lease

    async def extend() -> None:
        while True:
            await asyncio.sleep(lease / 3)
            with contextlib.suppress(Unavailable):
                async with kit.unit(claimed.tenant_id) as unit:
                    if not await posts.extend(unit, claimed, lease=lease):
                        return

    extending = asyncio.create_task(extend())
    try:
        yield
    finally:
        extending.cancel()
        await asyncio.gather(extending, return_exceptions=True)


async def _taken(
    kit: Kit, task: _Task
) -> tuple[PublishProgress, PublishProgress | Failure]:
    """Return what was stored when the platform was called, and what came of that."""
    progress = task.progress
    platform = kit.platforms[task.post.platform]
    publishing = platform.publishing
    if publishing is None:
        title = f"{platform.manifest.title} does not let us publish."
        return progress, Failure(code=None, title=title)
    opened = await session.opened(kit, task.channel)
    if isinstance(opened, SendAnswer):
        return progress, replace(progress, answer=opened)
    content = await post_media.enclosed(kit, opened, task.post)
    if isinstance(content, Failure):
        return progress, content
    if progress.phase is PublishPhase.READY:
        waiting = await _allowed(publishing, opened, progress, platform.manifest)
        if waiting is not None:
            return progress, waiting
        begun = await _begun(kit, task, progress)
        if begun is None:
            return progress, replace(progress, wait=timedelta(seconds=_TURN_PAUSE))
        progress = begun
    kit.probe("before_post_step")
    after = await _stepped(publishing, opened, content, progress)
    kit.probe("after_post_step")
    return progress, after


async def _begun(
    kit: Kit, task: _Task, progress: PublishProgress
) -> PublishProgress | None:
    """Store that the post is being published; None: somebody else's turn, or lost."""
    run = run_of(task.post.id, task.post.publish_at, task.post.time_zone)
    margin = kit.settings.timings.sending_margin
    kit.probe("before_post_begin")
    async with kit.unit(task.claimed.tenant_id) as unit:
        at = await posts.begin(unit, task.claimed, run, margin=margin)
    if at is None:
        return None
    kit.probe("after_post_begin")
    return replace(progress, phase=PublishPhase.PUBLISHING, begun_at=at)


async def _allowed(
    publishing: Publishing,
    opened: ChannelSession,
    progress: PublishProgress,
    manifest: Manifest,
) -> PublishProgress | None:
    """Return how a post waits for its platform's allowance; None when it may go."""
    try:
        quota = await publishing.quota(opened)
    except (Unavailable, NeedsPerson, Refused) as trouble:
        return replace(progress, answer=_answer(trouble))
    if quota is None or not _is_spent(quota):
        return None
    hours = round(quota.period / timedelta(hours=1))
    wait = min(quota.period, _QUOTA_PAUSE)
    title = (
        f"{manifest.title} takes {quota.total} posts in {hours} hours, and they are used "
        "up: the post waits until it may go."
    )
    answer = SendAnswer(
        result=AnswerClass.SLOW_DOWN, title=title, retry_after=wait.total_seconds()
    )
    return replace(progress, wait=wait, answer=answer)


def _is_spent(quota: Quota) -> bool:
    return quota.used is not None and quota.total is not None and quota.used >= quota.total


async def _stepped(
    publishing: Publishing,
    opened: ChannelSession,
    content: PostContent,
    progress: PublishProgress,
) -> PublishProgress:
    """Take the platform's step; what it raises is an answer like any other.

    A refusal after the post was begun tells nothing of whether it is there.
    """
    try:
        return await publishing.step(opened, content, progress)
    except Refused as refusal:
        begun = progress.phase is PublishPhase.PUBLISHING
        end = PublishPhase.UNCERTAIN if begun else PublishPhase.FAILED
        return replace(progress, phase=end, answer=_answer(refusal))
    except (Unavailable, NeedsPerson) as trouble:
        return replace(progress, answer=_answer(trouble))


def _answer(trouble: Unavailable | NeedsPerson | Refused) -> SendAnswer:
    retry_after = trouble.retry_after if isinstance(trouble, Unavailable) else None
    match trouble:
        case RateLimited():
            result = AnswerClass.SLOW_DOWN
        case Unavailable():
            result = AnswerClass.NOT_SENT
        case ChannelSignedOut():
            result = AnswerClass.RECONNECT
        case NeedsPerson():
            result = AnswerClass.PERSON
        case _:
            result = AnswerClass.REFUSED
    return SendAnswer(result=result, title=trouble.title, retry_after=retry_after)


async def _record(
    kit: Kit, task: _Task, reached: Reached, answer: SendAnswer | None
) -> None:
    """Write what came of a step, under the fence of this claim."""
    post = task.post
    async with kit.unit(task.claimed.tenant_id) as unit:
        if not await posts.record(unit, task.claimed, reached):
            return
        run = run_of(post.id, post.publish_at, post.time_zone)
        await posts.end_run(unit, task.claimed, run, reached)
        if answer is not None and post_verdict.pauses(reached, answer):
            await _pause(unit, task.claimed, answer)
        if reached.status is PostStatus.PUBLISHED and reached.platform_post_id:
            await _watch(kit, unit, task, reached.platform_post_id)
        await unit.publish(NoticeKind.POST_CHANGED, post.id)
    _log.info(
        "post.stepped",
        post_id=str(post.id),
        phase=reached.phase,
        status=reached.status.value,
        code=reached.why.code if reached.why else None,
    )


async def _pause(unit: Unit, claimed: ClaimedPost, answer: SendAnswer) -> None:
    """Stop a channel; one that is signed out has its token renewed at once."""
    channel = claimed.channel_id
    signed_out = answer.result is AnswerClass.RECONNECT
    if await channels.pause(unit, channel, answer.title, signed_out=signed_out):
        await unit.publish(NoticeKind.CHANNEL_CHANGED, channel)
        if signed_out:
            await channel_health.ask_renewal(unit, channel)


async def _watch(kit: Kit, unit: Unit, task: _Task, platform_post_id: str) -> None:
    """Have the comments under a new post read, as the channel's rule says."""
    known = KnownPost(
        platform_post_id=platform_post_id,
        caption=task.post.content.text or task.post.content.link or "",
        posted_at=kit.clock.now(),
        source="scheduled",
    )
    row = await comments.post(unit, task.channel.id, known)
    rule = await monitoring.rule(unit, task.channel.id)
    if rule.enabled:
        ends_at = kit.clock.now() + timedelta(days=rule.days)
        await monitoring.monitor(unit, row.id, ends_at=ends_at)
