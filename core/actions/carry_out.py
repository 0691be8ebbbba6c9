"""Do what was asked about comments, each deed at most once where somebody would read it.

The steps are those of `deliver`: claimed and committed, marked `sending` and committed,
called, recorded under the same fence. Acts that may be repeated without harm (hiding,
showing, removing) go back to the queue when their answer is lost; words never do.
"""

import random
from datetime import timedelta

from core import logs
from core.actions import session, settle_deed
from core.domain.comment import ClaimedDeed, Comment, Deed, DeedKind, DeedState
from core.domain.errors import SocialSyncError
from core.domain.outbox import AnswerClass, SendAnswer
from core.kit import Kit
from core.notices import NoticeKind
from core.platforms.base import ChannelSession
from core.platforms.commenting import Commenting, target_of
from core.store import channel_health, channel_tokens, channels, comments, deeds
from core.store.outbox import Failure
from core.store.pool import Unit

_log = logs.logger(__name__)

_LONGEST_JITTER = 60.0
_MOST_TRIES = 20
_CLOCK_SLACK = timedelta(seconds=5)
_jitter = random.SystemRandom()
_PAUSES = frozenset({AnswerClass.RECONNECT, AnswerClass.PERSON})
_ENDS = frozenset({AnswerClass.REFUSED, AnswerClass.WINDOW})


async def one(kit: Kit, claimed: ClaimedDeed) -> None:
    """Carry out one claimed deed."""
    found = await _loaded(kit, claimed)
    if found is None:
        return
    deed, comment, opened = found
    if isinstance(opened, SendAnswer):
        await _record(kit, claimed, deed, comment, opened)
        return
    async with kit.unit(claimed.tenant_id) as unit:
        begun = await deeds.begin(unit, claimed, margin=kit.settings.timings.sending_margin)
    if not begun:
        return
    kit.probe("before_deed")
    answer = await _do(_commenting(kit, comment), opened, comment, deed)
    kit.probe("after_deed")
    await _record(kit, claimed, deed, comment, answer)


async def _loaded(
    kit: Kit, claimed: ClaimedDeed
) -> tuple[Deed, Comment, ChannelSession | SendAnswer] | None:
    """Return a claimed deed, its comment and its channel's session; None if it was lost."""
    async with kit.unit(claimed.tenant_id) as unit:
        deed = await deeds.load(unit, claimed)
        channel = await channels.get(unit, claimed.channel_id)
        comment = None if deed is None else await comments.get(unit, deed.comment_id)
    if deed is None or channel is None or comment is None:
        return None
    return deed, comment, await session.opened(kit, channel)


def _commenting(kit: Kit, comment: Comment) -> Commenting | None:
    platform = kit.platforms.get(comment.platform)
    return None if platform is None else platform.comments


async def _do(
    commenting: Commenting | None, opened: ChannelSession, comment: Comment, deed: Deed
) -> SendAnswer:
    """Make the one call that a deed consists of."""
    if commenting is None:
        return SendAnswer(
            result=AnswerClass.REFUSED, title="This platform has no comments to answer."
        )
    target, text = target_of(comment), deed.text or ""
    match deed.kind:
        case DeedKind.REPLY:
            return await commenting.reply(opened, target, text)
        case DeedKind.PRIVATE_REPLY:
            return await commenting.reply_privately(opened, target, text)
        case DeedKind.HIDE:
            return await commenting.hide(opened, target, hidden=True)
        case DeedKind.SHOW:
            return await commenting.hide(opened, target, hidden=False)
        case DeedKind.DELETE:
            return await commenting.delete(opened, target)


async def _record(
    kit: Kit, claimed: ClaimedDeed, deed: Deed, comment: Comment, answer: SendAnswer
) -> None:
    """Write what came of it, under the fence of this claim."""
    async with kit.unit(claimed.tenant_id) as unit:
        if answer.result is AnswerClass.ACCEPTED:
            done = await deeds.accepted(
                unit, deed.id, answer.platform_message_id, fence=claimed.fence
            )
            if done:
                at = kit.clock.now()
                await settle_deed.as_done(
                    unit, comment, deed, answer.platform_message_id, at
                )
        else:
            await _record_failure(unit, claimed, deed, answer)
        await unit.publish(NoticeKind.COMMENT_CHANGED, comment.id)
    _log.info(
        "deed.answered",
        deed_id=str(deed.id),
        kind=deed.kind.value,
        attempt=claimed.attempt,
        result=answer.result.value,
        code=answer.code,
    )


async def _pause(unit: Unit, claimed: ClaimedDeed, answer: SendAnswer) -> None:
    """Stop a channel; one that is signed out has its token renewed at once.

    What was done with the token before says nothing of the one that is there now.
    """
    channel = claimed.channel_id
    signed_out = answer.result is AnswerClass.RECONNECT
    if signed_out and await channel_tokens.changed_since_doing(unit, claimed.deed_id):
        return
    if await channels.pause(unit, channel, answer.title, signed_out=signed_out):
        await unit.publish(NoticeKind.CHANNEL_CHANGED, channel)
        if signed_out:
            await channel_health.ask_renewal(unit, channel)


async def _record_failure(
    unit: Unit, claimed: ClaimedDeed, deed: Deed, answer: SendAnswer
) -> None:
    why = Failure(code=answer.code, title=answer.title, next_step=_next_step(answer))
    if answer.result in _PAUSES:
        await _pause(unit, claimed, answer)
    if answer.result in _ENDS or claimed.attempt > _MOST_TRIES:
        await deeds.failed(unit, claimed, why)
    elif answer.result is AnswerClass.UNKNOWN and deed.kind.speaks:
        await deeds.unknown(unit, claimed, why)
    else:
        counts = answer.result in (AnswerClass.NOT_SENT, AnswerClass.UNKNOWN)
        await deeds.back_to_queue(
            unit, claimed, why, delay=_delay(claimed, answer), forgiven=0 if counts else 1
        )


def _next_step(answer: SendAnswer) -> str:
    if answer.result is AnswerClass.WINDOW:
        return "Answer in public instead."
    return "Do it on the platform itself." if answer.result is AnswerClass.REFUSED else ""


def _delay(claimed: ClaimedDeed, answer: SendAnswer) -> float:
    """Return how many seconds a deed rests before its next try."""
    if answer.retry_after is not None:
        return answer.retry_after
    if answer.result in _PAUSES:
        return 0.0
    return _jitter.uniform(1.0, min(_LONGEST_JITTER, 2.0**claimed.attempt))


async def sweep(kit: Kit) -> None:
    """Free what dead workers held, and look for answers of unknown outcome."""
    async with kit.database.claim() as unit:
        moved = await deeds.sweep(unit, after=kit.settings.timings.unknown_after)
    for swept in moved:
        _log.info("deed.swept", deed_id=str(swept.deed_id), state=swept.state.value)
    async with kit.database.claim() as unit:
        unsettled = await deeds.unsettled(unit, limit=20)
    for claimed in unsettled:
        try:
            await _look_for(kit, claimed)
        except SocialSyncError as trouble:
            _log.info("deed.not_found", deed_id=str(claimed.deed_id), why=trouble.title)


async def _look_for(kit: Kit, claimed: ClaimedDeed) -> None:
    """Look on the platform for one answer whose outcome is unknown."""
    found = await _loaded(kit, claimed)
    if found is None:
        return
    deed, comment, opened = found
    commenting = _commenting(kit, comment)
    if (
        isinstance(opened, SendAnswer)
        or commenting is None
        or deed.kind is not DeedKind.REPLY
    ):
        return
    async with kit.unit(claimed.tenant_id) as unit:
        since = await deeds.sending_since(unit, deed.id)
    platform_id = await commenting.find_reply(
        opened, target_of(comment), deed.text or "", since - _CLOCK_SLACK
    )
    if platform_id is None or deed.state is not DeedState.UNKNOWN:
        return
    async with kit.unit(claimed.tenant_id) as unit:
        if await deeds.accepted(unit, deed.id, platform_id):
            await settle_deed.as_done(unit, comment, deed, platform_id, kit.clock.now())
