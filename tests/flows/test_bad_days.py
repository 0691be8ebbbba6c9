"""What the platform's bad days do to a reply: it waits, fails with a reason, or is settled."""

from dataclasses import replace
from uuid import uuid4

import pytest

from core.actions import connect, reply
from core.domain.channel import AssistantMode, ChannelStatus, PlatformName
from core.domain.ids import ConversationId
from core.domain.message import DeliveryState
from core.domain.outbox import OutboxState
from core.queries import health
from core.sandbox.accounts import ReceiptPlan
from core.sandbox.faults import Endpoint, Fault, FaultRule
from core.sandbox.state import Person
from tests.crash.waiting import eventually
from tests.flows.conftest import OpenStage
from tests.flows.stage import AMAL, BEA, INES, TIMINGS, Scene, Stage, account_at

SPOILT = (Fault.ERROR_AFTER_ACCEPT, Fault.CUT_AFTER_ACCEPT, Fault.BROKEN_JSON)


async def answered_under(stage: Stage, person: Person, rule: FaultRule) -> ConversationId:
    """Let a customer write and a member answer, while the platform has a bad day."""
    await stage.sandbox.write(person, "Bonjour")
    conversation = (await stage.conversation_of(person)).id
    stage.sandbox.faults.add(rule)
    await reply.send(stage.kit, conversation, "Dès neuf heures.", key=uuid4())
    return conversation


async def state_of_the_item(stage: Stage) -> tuple[OutboxState, int]:
    """Return where the one item stands, and how many attempts count."""
    async with stage.companion.kit.unit(stage.database.tenant) as unit:
        [row] = await unit.tuples("select state, attempt from outbox_items")
    return OutboxState(row[0]), row[1]


async def test_too_fast_goes_back_to_the_queue_without_counting(stage: Stage) -> None:
    rule = FaultRule(kind=Fault.RATE_LIMITED, times=1, seconds=1)
    conversation = await answered_under(stage, AMAL, rule)
    await stage.message_when(
        conversation, lambda one: one.delivery is DeliveryState.ACCEPTED
    )
    assert len(stage.sandbox.sends()) == 1
    assert await state_of_the_item(stage) == (OutboxState.ACCEPTED, 1)


@pytest.mark.allows_log("channel.paused")
async def test_an_expired_token_pauses_the_channel_until_it_is_connected_again(
    stage: Stage,
) -> None:
    conversation = await answered_under(
        stage, AMAL, FaultRule(kind=Fault.TOKEN_EXPIRED, times=1)
    )
    await stage.until(lambda: _is_paused(stage))
    await reply.send(stage.kit, conversation, "Et le dimanche aussi.", key=uuid4())
    assert stage.sandbox.sends() == ()
    counts = await health.overview(stage.kit)
    assert counts.queued == 2
    account = account_at(stage.sandbox, PlatformName.WHATSAPP, AssistantMode.OFF)
    await connect.channel(stage.kit, account)
    await stage.message_when(
        conversation,
        lambda one: one.text.startswith("Et le") and one.delivery is DeliveryState.ACCEPTED,
    )
    assert len(stage.sandbox.sends()) == 2
    assert (await health.overview(stage.kit)).queued == 0


async def _is_paused(stage: Stage) -> bool:
    found = (await health.overview(stage.kit)).channels
    return any(one.status is ChannelStatus.EXPIRED and one.paused_reason for one in found)


async def test_a_window_that_has_closed_fails_with_a_reason(stage: Stage) -> None:
    conversation = await answered_under(stage, AMAL, FaultRule(kind=Fault.WINDOW_CLOSED))
    failed = await stage.message_when(
        conversation, lambda one: one.delivery is DeliveryState.FAILED
    )
    assert failed.failure
    assert stage.sandbox.sends() == ()


@pytest.mark.parametrize("fault", SPOILT)
async def test_a_spoilt_answer_is_settled_by_the_status_and_never_sent_again(
    on_stage: OpenStage, fault: Fault
) -> None:
    receipts = ReceiptPlan(whatsapp=("delivered",), delay_seconds=0.3)
    async with on_stage(Scene(receipts=receipts)) as stage:
        rule = FaultRule(kind=fault, endpoint=Endpoint.WHATSAPP_MESSAGES)
        conversation = await answered_under(stage, AMAL, rule)
        uncertain = await stage.message_when(
            conversation, lambda one: one.delivery is DeliveryState.UNCERTAIN
        )
        assert uncertain.failure
        await stage.message_when(
            conversation, lambda one: one.delivery is DeliveryState.DELIVERED
        )
        assert len(stage.sandbox.sends()) == 1
        assert await state_of_the_item(stage) == (OutboxState.DELIVERED, 1)


async def test_an_honest_error_is_not_known_to_be_one_and_goes_to_a_person(
    on_stage: OpenStage,
) -> None:
    timings = replace(TIMINGS, unknown_after=1.0, unknown_after_fast=1.0)
    async with on_stage(Scene(timings=timings)) as stage:
        await answered_under(stage, AMAL, FaultRule(kind=Fault.SERVER_ERROR))
        await eventually(lambda: _needs_a_person(stage))
        assert stage.sandbox.sends() == ()
        assert (await health.overview(stage.kit)).uncertain == 1


async def _needs_a_person(stage: Stage) -> bool:
    state, _attempt = await state_of_the_item(stage)
    return state is OutboxState.NEEDS_HUMAN


async def test_what_a_person_marks_as_not_sent_lets_the_next_reply_go(
    on_stage: OpenStage,
) -> None:
    timings = replace(TIMINGS, unknown_after=1.0, unknown_after_fast=1.0)
    async with on_stage(Scene(timings=timings)) as stage:
        rule = FaultRule(kind=Fault.SERVER_ERROR, times=1)
        conversation = await answered_under(stage, AMAL, rule)
        uncertain = await stage.message_when(
            conversation, lambda one: one.delivery is DeliveryState.UNCERTAIN
        )
        await reply.send(stage.kit, conversation, "Je répète.", key=uuid4())
        await reply.mark_not_sent(stage.kit, uncertain.id)
        await stage.message_when(
            conversation, lambda one: one.delivery is DeliveryState.ACCEPTED
        )
        [send] = stage.sandbox.sends()
        assert send.body["text"] == {"body": "Je répète.", "preview_url": False}


@pytest.mark.parametrize("fault", SPOILT)
async def test_instagram_is_settled_by_the_echo(on_stage: OpenStage, fault: Fault) -> None:
    receipts = ReceiptPlan(instagram=("echo",), delay_seconds=0.1)
    async with on_stage(Scene(receipts=receipts)) as stage:
        stage.sandbox.faults.add(
            FaultRule(kind=Fault.SERVER_ERROR, endpoint=Endpoint.INSTAGRAM_THREADS)
        )
        rule = FaultRule(kind=fault, endpoint=Endpoint.INSTAGRAM_MESSAGES)
        conversation = await answered_under(stage, INES, rule)
        ours = await stage.message_when(
            conversation, lambda one: one.delivery is DeliveryState.ACCEPTED
        )
        [send] = stage.sandbox.sends()
        assert ours.platform_message_id == send.message_id
        assert len(await stage.thread(conversation)) == 2


@pytest.mark.parametrize("fault", SPOILT)
async def test_instagram_is_settled_by_its_own_history(stage: Stage, fault: Fault) -> None:
    rule = FaultRule(kind=fault, endpoint=Endpoint.INSTAGRAM_MESSAGES)
    conversation = await answered_under(stage, INES, rule)
    ours = await stage.message_when(
        conversation, lambda one: one.delivery is DeliveryState.ACCEPTED
    )
    [send] = stage.sandbox.sends()
    assert ours.platform_message_id == send.message_id


async def test_a_customer_written_to_too_fast_rests_and_nobody_else_does(
    stage: Stage,
) -> None:
    rule = FaultRule(kind=Fault.PAIR_LIMITED, recipient=AMAL.id)
    await answered_under(stage, AMAL, rule)
    await eventually(lambda: _rests(stage, attempt=1))
    await stage.sandbox.write(BEA, "Bonjour")
    other = (await stage.conversation_of(BEA)).id
    await reply.send(stage.kit, other, "Bonjour Béa.", key=uuid4())
    await stage.message_when(other, lambda one: one.delivery is DeliveryState.ACCEPTED)
    assert [send.recipient for send in stage.sandbox.sends()] == [BEA.id]


async def test_our_own_pace_towards_a_customer_costs_seconds_and_no_attempt(
    stage: Stage,
) -> None:
    await stage.sandbox.write(AMAL, "Bonjour")
    conversation = (await stage.conversation_of(AMAL)).id
    await stage.arrange("update social_accounts set paused_at = now()")
    for number in range(6):
        await reply.send(stage.kit, conversation, f"{number}.", key=uuid4())
    # As if workers had died with it in their hands.
    await stage.arrange("update outbox_items set attempt = 4 where seq = 6")
    await stage.arrange("update social_accounts set paused_at = null")
    await eventually(lambda: _rests(stage, attempt=4))
    assert len(stage.sandbox.sends()) == 5


async def _rests(stage: Stage, *, attempt: int) -> bool:
    """Return whether an item that has been tried waits for some seconds, not minutes."""
    async with stage.companion.kit.unit(stage.database.tenant) as unit:
        return bool(await unit.value(_RESTING, {"attempt": attempt}))


_RESTING = """
select exists (
    select 1 from outbox_items
    where state = 'queued' and attempt = %(attempt)s and error_title is not null
      and due_at between now() + interval '1 second' and now() + interval '7 seconds')
"""


async def test_a_platform_that_takes_its_time_holds_back_its_own_channel_only(
    stage: Stage,
) -> None:
    """The slow call is still under way when the other channel's reply has arrived."""
    await stage.sandbox.write(AMAL, "Bonjour")
    await stage.sandbox.write(INES, "Bonjour")
    slow, quick = await stage.conversation_of(AMAL), await stage.conversation_of(INES)
    stage.sandbox.faults.add(
        FaultRule(kind=Fault.SLOW, endpoint=Endpoint.WHATSAPP_MESSAGES, seconds=3)
    )
    await reply.send(stage.kit, slow.id, "À tout de suite.", key=uuid4())
    await stage.message_when(slow.id, lambda one: one.delivery is DeliveryState.SENDING)
    await reply.send(stage.kit, quick.id, "Dès neuf heures.", key=uuid4())
    await stage.message_when(
        quick.id, lambda one: one.delivery in (DeliveryState.ACCEPTED, DeliveryState.READ)
    )
    [held_up] = [one for one in await stage.thread(slow.id) if one.delivery is not None]
    assert held_up.delivery is DeliveryState.SENDING
