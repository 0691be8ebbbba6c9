"""A member's reply leaves once, and what the platform says of it only moves it up."""

import asyncio
from itertools import permutations
from uuid import uuid4

import pytest

from core.actions import reply
from core.domain.channel import PlatformName
from core.domain.errors import WindowClosed
from core.domain.ids import ConversationId
from core.domain.message import DeliveryState, Message, Origin
from core.sandbox.accounts import ReceiptPlan, ReceiptTiming
from core.sandbox.state import Person
from tests.flows.conftest import OpenStage
from tests.flows.events import instagram_echo_of, status_of
from tests.flows.stage import AMAL, INES, Scene, Stage

UP = (DeliveryState.ACCEPTED, DeliveryState.DELIVERED, DeliveryState.READ)


async def began(stage: Stage, person: Person) -> ConversationId:
    """Let a customer write, and return the conversation."""
    await stage.sandbox.write(person, "Bonjour")
    return (await stage.conversation_of(person)).id


async def reached(
    stage: Stage, conversation: ConversationId, state: DeliveryState
) -> Message:
    """Return our message once it has come as far as `state`."""
    return await stage.message_when(conversation, lambda one: one.delivery is state)


@pytest.mark.parametrize("person", [AMAL, INES], ids=["whatsapp", "instagram"])
async def test_a_reply_reaches_the_platform_once(stage: Stage, person: Person) -> None:
    conversation = await began(stage, person)
    await reply.send(stage.kit, conversation, "Dès neuf heures.", key=uuid4())
    ours = await reached(stage, conversation, DeliveryState.ACCEPTED)
    [send] = stage.sandbox.sends()
    assert send.recipient == person.id
    assert ours.platform_message_id == send.message_id
    assert ours.origin is Origin.MEMBER
    assert (await stage.row(conversation)).unread_count == 0


async def test_send_pressed_twenty_times_is_one_message(stage: Stage) -> None:
    conversation = await began(stage, AMAL)
    key = uuid4()
    messages = await asyncio.gather(
        *(reply.send(stage.kit, conversation, "Oui.", key=key) for _ in range(20))
    )
    await reached(stage, conversation, DeliveryState.ACCEPTED)
    assert len(set(messages)) == 1
    assert len(stage.sandbox.sends()) == 1


async def test_replies_leave_in_the_order_they_were_written(stage: Stage) -> None:
    conversation = await began(stage, AMAL)
    words = [f"{number}." for number in range(5)]
    for word in words:
        await reply.send(stage.kit, conversation, word, key=uuid4())
    await stage.message_when(
        conversation,
        lambda one: one.text == words[-1] and one.delivery is DeliveryState.ACCEPTED,
    )
    assert [send.body["text"] for send in stage.sandbox.sends()] == [
        {"body": word, "preview_url": False} for word in words
    ]


async def test_statuses_of_the_platform_raise_the_message_to_read(
    on_stage: OpenStage,
) -> None:
    receipts = ReceiptPlan(delay_seconds=0.02)
    async with on_stage(Scene(receipts=receipts)) as stage:
        for person in (AMAL, INES):
            conversation = await began(stage, person)
            await reply.send(stage.kit, conversation, "Oui.", key=uuid4())
            await reached(stage, conversation, DeliveryState.READ)


async def test_statuses_in_any_order_end_at_the_highest(stage: Stage) -> None:
    conversation = await began(stage, AMAL)
    for order in permutations(UP):
        await reply.send(stage.kit, conversation, "Oui.", key=uuid4())
        await stage.until(lambda: _is_idle(stage))
        send = stage.sandbox.sends()[-1]
        for state in order:
            await stage.post(PlatformName.WHATSAPP, status_of(send, state))
            await stage.processed()
        ours = (await stage.thread(conversation))[-1]
        assert ours.delivery is DeliveryState.READ, order
        if (
            len(stage.sandbox.sends()) == 4
        ):  # a customer may be written to in bursts of five
            break


async def _is_idle(stage: Stage) -> bool:
    query = (
        "select count(*) from outbox_items where state in ('queued','claimed','sending')"
    )
    return await stage.count(query) == 0


async def test_a_status_that_outruns_the_answer_to_the_send_counts(
    on_stage: OpenStage,
) -> None:
    receipts = ReceiptPlan(delay_seconds=0, timing=ReceiptTiming.BEFORE_ANSWER)
    async with on_stage(Scene(receipts=receipts)) as stage:
        for person in (AMAL, INES):
            conversation = await began(stage, person)
            await reply.send(stage.kit, conversation, "Oui.", key=uuid4())
            await reached(stage, conversation, DeliveryState.READ)
            await stage.processed()
        assert len(stage.sandbox.sends()) == 2
        assert await stage.count("select count(*) from waiting_updates") == 0
        assert await stage.count("select count(*) from conversation_messages") == 4


async def test_a_reply_typed_in_the_platforms_app_is_shown_as_ours(stage: Stage) -> None:
    conversation = await began(stage, INES)
    echo = instagram_echo_of("typed-1", "Je vous réponds d'ici")
    await stage.post(PlatformName.INSTAGRAM, echo)
    shown = await stage.message_when(conversation, lambda one: one.text.startswith("Je"))
    assert shown.origin is Origin.ELSEWHERE
    row = await stage.row(conversation)
    assert (row.unread_count, row.preview) == (0, "Je vous réponds d'ici")


async def test_the_echo_of_our_own_reply_adds_no_message(on_stage: OpenStage) -> None:
    receipts = ReceiptPlan(instagram=("echo", "read"), delay_seconds=0.02, copies=2)
    async with on_stage(Scene(receipts=receipts)) as stage:
        conversation = await began(stage, INES)
        await reply.send(stage.kit, conversation, "Oui.", key=uuid4())
        await reached(stage, conversation, DeliveryState.READ)
        await stage.processed()
        assert len(await stage.thread(conversation)) == 2


async def test_a_closed_window_takes_no_reply(stage: Stage) -> None:
    conversation = await began(stage, AMAL)
    await stage.arrange("update conversations set reply_window_ends_at = now()")
    with pytest.raises(WindowClosed):
        await reply.send(stage.kit, conversation, "Trop tard", key=uuid4())
    assert len(await stage.thread(conversation)) == 1


async def test_a_cancelled_reply_never_leaves(stage: Stage) -> None:
    conversation = await began(stage, AMAL)
    await stage.arrange("update social_accounts set paused_at = now()")
    message = await reply.send(stage.kit, conversation, "Non.", key=uuid4())
    await reply.cancel(stage.kit, message)
    await stage.arrange("update social_accounts set paused_at = null")
    await reply.send(stage.kit, conversation, "Oui.", key=uuid4())
    await reached(stage, conversation, DeliveryState.ACCEPTED)
    assert [send.body["text"] for send in stage.sandbox.sends()] == [
        {"body": "Oui.", "preview_url": False}
    ]
