"""Send what is in the outbox, each item at most once. The only caller of `send`.

Claimed and committed before sending: holding a row across the network would stall every
channel behind a slow one. Then marked `sending` and committed, then sent, then recorded
under the same fence. A crash between the last two leaves `sending`, which the sweeper
turns into `unknown`: no platform takes an idempotency key, so such an item is settled by
a status, an echo or a person, never by a second attempt. The named probes are where the
crash tests end or freeze this process.
"""

import asyncio
import random
from dataclasses import replace

from core import logs
from core.actions import mirror, session, waiting
from core.actions.enclose import enclose
from core.domain.errors import Conflict, DatabaseDown
from core.domain.message import DeliveryState
from core.domain.outbox import AnswerClass, OutboxItem, SendAnswer
from core.kit import Kit
from core.notices import NoticeKind
from core.store import channel_health, channel_tokens, channels, marks, outbox
from core.store.outbox import ClaimedItem, Failure
from core.store.pool import Unit

_log = logs.logger(__name__)

_PAIR_WAITS = (6.0, 24.0, 96.0)
"""Seconds a single customer rests after error 131056, by attempt (RELIABILITY 5.3)."""
_LONGEST_JITTER = 60.0
_REACTION_TRIES = 5
_RECORD_PAUSES = (0.1, 0.5, 2.0)
_jitter = random.SystemRandom()

_DELIVERY = {
    AnswerClass.NOT_SENT: DeliveryState.QUEUED,
    AnswerClass.SLOW_DOWN: DeliveryState.QUEUED,
    AnswerClass.WAIT_PAIR: DeliveryState.QUEUED,
    AnswerClass.RECONNECT: DeliveryState.QUEUED,
    AnswerClass.PERSON: DeliveryState.QUEUED,
    AnswerClass.WINDOW: DeliveryState.FAILED,
    AnswerClass.REFUSED: DeliveryState.FAILED,
    AnswerClass.UNKNOWN: DeliveryState.UNCERTAIN,
}
_NEXT_STEP = {
    AnswerClass.WINDOW: "Wait until the customer writes again, or send a template.",
    AnswerClass.REFUSED: "Change the message and send it again.",
}


async def one(kit: Kit, claimed: ClaimedItem) -> None:
    """Deliver one claimed item."""
    kit.probe("after_claim")
    async with kit.unit(claimed.tenant_id) as unit:
        item = await outbox.load(unit, claimed)
        if item is None:
            return
        channel = await channels.get(unit, item.channel_id)
    if channel is None:
        return
    opened = await session.opened(kit, channel)
    if isinstance(opened, SendAnswer):
        await _give_back_unsent(kit, item, opened)
        return
    letter = await enclose(kit, opened, item)
    if isinstance(letter, Failure):
        await _refuse(kit, item, letter)
        return
    if not await _mark_sending(kit, item):
        return
    kit.probe("before_http")
    answer = await kit.platforms[item.platform].send(opened, letter.item, letter.content)
    answer = _once_more(item, answer)
    kit.probe("after_http")
    await _keep(kit, item, answer)
    kit.probe("after_record")


def _once_more(item: OutboxItem, answer: SendAnswer) -> SendAnswer:
    """Return the answer, but an unknown reaction's as one that may be tried again.

    Setting the same reaction twice is setting it once; a person cannot be asked about what
    shows as no message. After some tries it counts as refused.
    """
    if item.message_id is not None or answer.result is not AnswerClass.UNKNOWN:
        return answer
    tried = item.attempt >= _REACTION_TRIES
    return replace(answer, result=AnswerClass.REFUSED if tried else AnswerClass.NOT_SENT)


async def _refuse(kit: Kit, item: OutboxItem, why: Failure) -> None:
    """End a claimed item whose file cannot be sent along, and say why on its message."""
    async with kit.unit(item.tenant) as unit:
        if await outbox.failed(unit, item, why):
            await mirror.show(
                unit,
                item,
                DeliveryState.FAILED,
                failure=f"{why.title} {why.next_step}",
            )
            await unit.publish(NoticeKind.OUTBOX_CHANGED, item.conversation_id)
    _log.info("outbox.not_enclosed", outbox_id=str(item.id), why=why.title)


async def _mark_sending(kit: Kit, item: OutboxItem) -> bool:
    """Take the last step before the socket; False means: walk away."""
    async with kit.unit(item.tenant) as unit:
        outcome = await outbox.mark_sending(
            unit, item, margin=kit.settings.timings.sending_margin
        )
        if outcome != "lost":
            await unit.publish(NoticeKind.OUTBOX_CHANGED, item.conversation_id)
    if outcome != "sending":
        _log.info("outbox.not_sent", outbox_id=str(item.id), outcome=outcome)
    return outcome == "sending"


async def _give_back_unsent(kit: Kit, item: OutboxItem, answer: SendAnswer) -> None:
    """Return a claimed item that cannot even be tried, and pause its channel."""
    async with kit.unit(item.tenant) as unit:
        await outbox.unclaim(unit, item)
        await _pause_channel(unit, item, answer)


async def _keep(kit: Kit, item: OutboxItem, answer: SendAnswer) -> None:
    """Record an answer, also through a short absence of the database.

    A lost answer costs a person's time; recording it twice changes nothing.
    """
    for pause in _RECORD_PAUSES:
        try:
            async with kit.unit(item.tenant) as unit:
                await record(unit, item, answer)
        except (DatabaseDown, Conflict):
            await asyncio.sleep(pause)
        else:
            return
    async with kit.unit(item.tenant) as unit:
        await record(unit, item, answer)


async def record(unit: Unit, item: OutboxItem, answer: SendAnswer) -> None:
    """Write what the platform answered, under the fence of this claim."""
    if answer.result is AnswerClass.ACCEPTED:
        await _record_accepted(unit, item, answer)
    else:
        recorded = await _record_failure(unit, item, answer)
        if recorded:
            await mirror.show(unit, item, _DELIVERY[answer.result], failure=answer.title)
    _log.info(
        "outbox.answered",
        outbox_id=str(item.id),
        attempt=item.attempt,
        fence=item.fence,
        result=answer.result.value,
        code=answer.code,
    )
    await unit.publish(NoticeKind.OUTBOX_CHANGED, item.conversation_id)


async def _record_accepted(unit: Unit, item: OutboxItem, answer: SendAnswer) -> None:
    recorded = await outbox.accepted(unit, item, answer.platform_message_id)
    if answer.platform_message_id is not None:
        await mirror.note_platform_id(unit, item, answer.platform_message_id)
    if recorded:
        await mirror.show(unit, item, DeliveryState.ACCEPTED)
        told = await marks.standing(unit, item.conversation_id)
        await marks.repeat(unit, item.conversation_id, told)
    if answer.platform_message_id is not None:
        await waiting.catch_up(unit, item.channel_id, answer.platform_message_id)


async def _record_failure(unit: Unit, item: OutboxItem, answer: SendAnswer) -> bool:
    """Write a send that was not accepted; False if the fence has moved on."""
    why = Failure(
        code=answer.code, title=answer.title, next_step=_NEXT_STEP.get(answer.result, "")
    )
    if answer.result is AnswerClass.UNKNOWN:
        return await outbox.unknown(unit, item, why)
    if answer.result in (AnswerClass.WINDOW, AnswerClass.REFUSED):
        return await outbox.failed(unit, item, why)
    if answer.result in (AnswerClass.RECONNECT, AnswerClass.PERSON):
        await _pause_channel(unit, item, answer)
    return await outbox.back_to_queue(
        unit, item, why, delay=_delay(item, answer), forgiven=0 if _counts(answer) else 1
    )


def _counts(answer: SendAnswer) -> bool:
    """Return whether an attempt counts: not when a limit on all, or our own, held it back.

    The platform's word that this customer was written to too fast does, since each such
    word makes the next rest longer.
    """
    if answer.result is AnswerClass.WAIT_PAIR:
        return answer.code is not None
    return answer.result is AnswerClass.NOT_SENT


def _delay(item: OutboxItem, answer: SendAnswer) -> float:
    """Return how many seconds an unsent item rests before its next try."""
    if answer.retry_after is not None:
        return answer.retry_after
    if answer.result is AnswerClass.WAIT_PAIR:
        return _PAIR_WAITS[min(item.attempt, len(_PAIR_WAITS)) - 1]
    if answer.result in (AnswerClass.RECONNECT, AnswerClass.PERSON):
        return 0.0
    return _jitter.uniform(1.0, min(_LONGEST_JITTER, 2.0**item.attempt))


async def _pause_channel(unit: Unit, item: OutboxItem, answer: SendAnswer) -> None:
    """Stop a signed-out or blocked channel; its items stay queued, its people are told once.

    One that is signed out has its token renewed at once, and goes on if that helps. What
    was sent with the token before says nothing of the one that is there now.
    """
    signed_out = answer.result is not AnswerClass.PERSON
    if signed_out and await channel_tokens.changed_since_sending(unit, item.id):
        return
    channel = item.channel_id
    if await channels.pause(unit, channel, answer.title, signed_out=signed_out):
        _log.warning("channel.paused", channel_id=str(channel), code=answer.code)
        await unit.publish(NoticeKind.CHANNEL_CHANGED, channel)
        if signed_out:
            await channel_health.ask_renewal(unit, channel)
