import asyncio
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from core.actions import reply
from core.domain.channel import PlatformName
from core.domain.errors import AlreadyDecided, NotFound, Refused, WindowClosed
from core.domain.ids import ConversationId, MessageId
from core.domain.message import DeliveryState, Origin
from core.domain.outbox import OutboxState
from core.queries import conversation as query
from tests.fixtures.inbox import Arrange, KitOf

PAST = datetime(2020, 1, 1, tzinfo=UTC)
WHATSAPP_CHARACTERS = 4096
INSTAGRAM_BYTES = 1000


async def test_an_agent_answers_a_customer(kit_of: KitOf, arrange: Arrange) -> None:
    kit = await kit_of("agent")
    conversation = arrange.conversation(unread_count=2, epoch=3, snoozed_until=PAST)
    message = await reply.send(kit, conversation, "  At nine. ", key=uuid4())
    (shown,) = (await query.thread(kit, conversation)).messages
    assert (shown.id, shown.text, shown.delivery) == (
        message,
        "At nine.",
        DeliveryState.QUEUED,
    )
    assert (shown.origin, shown.sender_name) == (Origin.MEMBER, kit.member.name)
    row = arrange.row("conversations", conversation)
    assert (row["unread_count"], row["epoch"], row["last_preview"]) == (0, 4, "At nine.")


@pytest.mark.parametrize("text", ["", "   ", "\n\t"])
async def test_an_empty_reply_is_refused(
    kit_of: KitOf, arrange: Arrange, text: str
) -> None:
    kit, conversation = await kit_of("agent"), arrange.conversation()
    with pytest.raises(Refused, match="empty"):
        await reply.send(kit, conversation, text, key=uuid4())


async def test_whatsapp_counts_characters(kit_of: KitOf, arrange: Arrange) -> None:
    kit, conversation = await kit_of("agent"), arrange.conversation()
    await reply.send(kit, conversation, "é" * WHATSAPP_CHARACTERS, key=uuid4())
    with pytest.raises(Refused, match="too long for WhatsApp: 4097 of 4096"):
        await reply.send(kit, conversation, "é" * (WHATSAPP_CHARACTERS + 1), key=uuid4())


async def test_where_no_quotes_are_shown_none_is_promised(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit = await kit_of("agent")
    conversation = arrange.conversation(arrange.channel(platform=PlatformName.INSTAGRAM))
    theirs = arrange.inbound(conversation, "Is it open?")
    with pytest.raises(Refused, match="Instagram shows no quotes") as refused:
        await reply.send(kit, conversation, "Yes", key=uuid4(), quoting=theirs)
    assert refused.value.next_step == "Send the reply without a quote."
    assert arrange.value("select count(*) from outbox_items") == 0


async def test_a_message_of_another_conversation_cannot_be_quoted(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit, conversation = await kit_of("agent"), arrange.conversation()
    other = arrange.inbound(arrange.conversation(), "Is it open?")
    with pytest.raises(NotFound, match="cannot be quoted"):
        await reply.send(kit, conversation, "Yes", key=uuid4(), quoting=other)
    assert arrange.value("select count(*) from outbox_items") == 0


async def test_instagram_counts_bytes(kit_of: KitOf, arrange: Arrange) -> None:
    kit = await kit_of("agent")
    channel = arrange.channel(platform=PlatformName.INSTAGRAM)
    conversation = arrange.conversation(channel)
    await reply.send(kit, conversation, "é" * (INSTAGRAM_BYTES // 2), key=uuid4())
    with pytest.raises(Refused, match="too long for Instagram: 1002 of 1000"):
        await reply.send(kit, conversation, "é" * (INSTAGRAM_BYTES // 2 + 1), key=uuid4())


async def test_spaces_around_a_reply_do_not_count(kit_of: KitOf, arrange: Arrange) -> None:
    kit, conversation = await kit_of("agent"), arrange.conversation()
    await reply.send(kit, conversation, f" {'a' * WHATSAPP_CHARACTERS} ", key=uuid4())
    assert arrange.value("select count(*) from outbox_items") == 1


async def test_a_closed_window_is_said_and_nothing_is_written(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit = await kit_of("agent")
    conversation = arrange.conversation(reply_window_ends_at=PAST)
    with pytest.raises(WindowClosed) as closed:
        await reply.send(kit, conversation, "At nine.", key=uuid4())
    assert "template" in closed.value.next_step
    assert arrange.value("select count(*) from conversation_messages") == 0


async def test_the_same_key_twice_is_one_message(kit_of: KitOf, arrange: Arrange) -> None:
    kit, conversation, key = await kit_of("agent"), arrange.conversation(), uuid4()
    sent = await asyncio.gather(
        *(reply.send(kit, conversation, "At nine.", key=key) for _ in range(4))
    )
    assert len(set(sent)) == 1
    assert arrange.value("select count(*) from conversation_messages") == 1
    assert arrange.value("select count(*) from outbox_items") == 1
    assert arrange.row("conversations", conversation)["epoch"] == 1


async def test_replies_keep_the_order_in_which_they_were_sent(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit, conversation = await kit_of("agent"), arrange.conversation()
    sent = [
        await reply.send(kit, conversation, text, key=uuid4()) for text in ("one", "two")
    ]
    assert [arrange.item_of(message)["seq"] for message in sent] == [1, 2]


async def test_a_conversation_of_another_inbox_cannot_be_answered(
    kit_of: KitOf, arrange_elsewhere: Arrange
) -> None:
    kit = await kit_of("owner")
    for nowhere in (arrange_elsewhere.conversation(), ConversationId(uuid4())):
        with pytest.raises(NotFound):
            await reply.send(kit, nowhere, "At nine.", key=uuid4())


async def test_a_person_silences_what_the_assistant_has_queued(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit, conversation = await kit_of("agent"), arrange.conversation()
    queued = arrange.owed(conversation, origin=Origin.ASSISTANT)
    await reply.send(kit, conversation, "At nine.", key=uuid4())
    assert arrange.item_of(queued)["state"] == "cancelled"
    assert arrange.row("conversation_messages", queued)["delivery"] == "cancelled"


async def test_a_closed_conversation_returns_when_somebody_answers(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit, conversation = await kit_of("agent"), arrange.conversation(status="archived")
    await reply.send(kit, conversation, "One more thing.", key=uuid4())
    assert arrange.row("conversations", conversation)["status"] == "active"


@pytest.mark.parametrize(
    "state", [OutboxState.QUEUED, OutboxState.CLAIMED, OutboxState.HELD]
)
async def test_what_has_not_begun_to_leave_can_be_taken_back(
    kit_of: KitOf, arrange: Arrange, state: OutboxState
) -> None:
    kit, conversation = await kit_of("agent"), arrange.conversation()
    message = arrange.owed(conversation, state=state)
    await reply.cancel(kit, message)
    assert arrange.item_of(message)["state"] == "cancelled"
    with pytest.raises(AlreadyDecided):
        await reply.cancel(kit, message)


@pytest.mark.parametrize(
    "state", [OutboxState.SENDING, OutboxState.UNKNOWN, OutboxState.ACCEPTED]
)
async def test_what_may_be_gone_cannot_be_taken_back(
    kit_of: KitOf, arrange: Arrange, state: OutboxState
) -> None:
    kit, conversation = await kit_of("agent"), arrange.conversation()
    message = arrange.owed(conversation, state=state)
    with pytest.raises(AlreadyDecided):
        await reply.cancel(kit, message)
    assert arrange.item_of(message)["state"] == state


async def test_a_held_reply_is_released_as_a_persons(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit, conversation = await kit_of("agent"), arrange.conversation()
    message = arrange.owed(conversation, state=OutboxState.HELD)
    await reply.release(kit, message)
    item = arrange.item_of(message)
    assert (item["state"], item["origin"]) == ("queued", "member")
    with pytest.raises(AlreadyDecided):
        await reply.release(kit, message)


@pytest.mark.parametrize("state", [OutboxState.UNKNOWN, OutboxState.NEEDS_HUMAN])
async def test_an_uncertain_message_is_sent_again_as_a_new_one_that_names_it(
    kit_of: KitOf, arrange: Arrange, state: OutboxState
) -> None:
    kit, conversation = await kit_of("agent"), arrange.conversation()
    old = arrange.owed(conversation, "At nine.", state=state)
    fresh = await reply.resend(kit, old, key=uuid4())
    item = arrange.item_of(fresh)
    assert (item["state"], item["text"]) == ("queued", "At nine.")
    assert item["resend_of"] == arrange.item_of(old)["id"]
    assert arrange.item_of(old)["state"] == "failed"


async def test_sending_again_twice_is_once(kit_of: KitOf, arrange: Arrange) -> None:
    kit, conversation, key = await kit_of("agent"), arrange.conversation(), uuid4()
    old = arrange.owed(conversation, state=OutboxState.NEEDS_HUMAN)
    first = await reply.resend(kit, old, key=key)
    assert await reply.resend(kit, old, key=key) == first
    assert arrange.value("select count(*) from outbox_items") == 2


async def test_what_was_delivered_meanwhile_is_not_sent_again(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit, conversation = await kit_of("agent"), arrange.conversation()
    message = arrange.owed(conversation, state=OutboxState.DELIVERED)
    with pytest.raises(AlreadyDecided):
        await reply.resend(kit, message, key=uuid4())


@pytest.mark.parametrize(
    ("act", "state", "delivery"),
    [
        (reply.confirm_sent, "accepted", "accepted"),
        (reply.mark_not_sent, "failed", "failed"),
    ],
)
async def test_a_person_who_looked_settles_an_uncertain_message(
    kit_of: KitOf, arrange: Arrange, act: object, state: str, delivery: str
) -> None:
    kit, conversation = await kit_of("agent"), arrange.conversation()
    message = arrange.owed(
        conversation, state=OutboxState.NEEDS_HUMAN, delivery=DeliveryState.UNCERTAIN
    )
    assert callable(act)
    await act(kit, message)
    assert arrange.item_of(message)["state"] == state
    assert arrange.row("conversation_messages", message)["delivery"] == delivery
    with pytest.raises(AlreadyDecided):
        await act(kit, message)


@pytest.mark.parametrize(
    "act", [reply.cancel, reply.release, reply.confirm_sent, reply.mark_not_sent]
)
async def test_a_message_of_another_inbox_is_not_found(
    kit_of: KitOf, arrange_elsewhere: Arrange, act: object
) -> None:
    kit = await kit_of("owner")
    theirs = arrange_elsewhere.owed(arrange_elsewhere.conversation())
    assert callable(act)
    for message in (theirs, MessageId(uuid4())):
        with pytest.raises(NotFound):
            await act(kit, message)
    assert arrange_elsewhere.item_of(theirs)["state"] == "queued"
