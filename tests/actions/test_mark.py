"""A mark that names a time counts for all that was sent by then, and for nothing else."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from core.actions import apply, deliver
from core.domain.channel import PlatformName
from core.domain.ids import ChannelId, ConversationId, EventId, MessageId
from core.domain.incoming import (
    Incoming,
    IncomingDeliveryMark,
    IncomingEcho,
    IncomingReaction,
    IncomingReadMark,
    Sender,
)
from core.domain.message import DeliveryState, MessageType, Origin
from core.domain.outbox import AnswerClass, OutboxState, SendAnswer
from core.kit import Kit
from core.store import channels, outbox
from core.store.outbox import ClaimedItem
from tests.fixtures.inbox import Arrange, KitOf

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)


def sent(
    arrange: Arrange,
    conversation: ConversationId,
    at: datetime,
    *,
    state: OutboxState = OutboxState.ACCEPTED,
    delivery: DeliveryState = DeliveryState.ACCEPTED,
) -> MessageId:
    """Put a message of ours there whose one try began at `at`, long after it was written."""
    message = arrange.owed(
        conversation, origin=Origin.MEMBER, state=state, delivery=delivery
    )
    written = NOON - timedelta(days=1)
    arrange.run(
        "update outbox_items set sending_at = %(at)s where message_id = %(id)s",
        at=at,
        id=message,
    )
    arrange.run(
        "update conversation_messages set platform_at = %(at)s where id = %(id)s",
        at=written,
        id=message,
    )
    return message


def typed_elsewhere(
    arrange: Arrange, conversation: ConversationId, at: datetime
) -> MessageId:
    """Put a message of ours there that no item carries."""
    return MessageId(
        arrange.value(
            "insert into conversation_messages (user_id, conversation_id, direction, origin,"
            " platform_message_id, text, platform_at, delivery) values (%(tenant)s,"
            " %(conversation)s, 'outbound', 'elsewhere', %(mid)s, 'Hello', %(at)s,"
            " 'accepted') returning id",
            conversation=conversation,
            mid=str(uuid4()),
            at=at,
        )
    )


def customer_of(arrange: Arrange, conversation: ConversationId) -> str:
    return str(
        arrange.value(
            "select u.platform_customer_id from conversations c join customers u"
            " on u.id = c.customer_id where c.id = %(id)s",
            id=conversation,
        )
    )


def state_of(arrange: Arrange, message: MessageId) -> tuple[str, datetime | None]:
    row = arrange.row("conversation_messages", message)
    return row["delivery"], row["read_at"] or row["delivered_at"]


@pytest.fixture
def channel(arrange: Arrange) -> ChannelId:
    return arrange.channel(platform=PlatformName.FACEBOOK)


async def hear(
    kit: Kit,
    arrange: Arrange,
    channel: ChannelId,
    mark: Incoming,
) -> None:
    """Apply a mark as the receiver does, once for each webhook body."""
    event = EventId(
        arrange.value(
            "insert into webhook_events (id, platform, body, body_sha256)"
            " values (gen_random_uuid(), 'facebook', ''::bytea, %(digest)s)"
            " returning id",
            digest=uuid4().bytes * 2,
        )
    )
    async with kit.unit(arrange.tenant) as unit:
        found = await channels.get(unit, channel)
        assert found is not None
        await apply.fact(kit, unit, found, event, mark)


def read_by(customer: str, at: datetime) -> IncomingReadMark:
    return IncomingReadMark(
        account_id="any",
        key=customer,
        sub=str(at.timestamp()),
        at=at,
        customer_id=customer,
    )


def arrived_at(customer: str, at: datetime) -> IncomingDeliveryMark:
    return IncomingDeliveryMark(
        account_id="any",
        key=customer,
        sub=str(at.timestamp()),
        at=at,
        customer_id=customer,
    )


async def test_what_was_sent_by_then_is_read_and_what_came_later_is_not(
    kit_of: KitOf, arrange: Arrange, channel: ChannelId
) -> None:
    kit = await kit_of("service")
    conversation = arrange.conversation(channel)
    before = sent(arrange, conversation, NOON - timedelta(seconds=1))
    elsewhere = typed_elsewhere(arrange, conversation, NOON)
    after = sent(arrange, conversation, NOON + timedelta(seconds=1))
    await hear(kit, arrange, channel, read_by(customer_of(arrange, conversation), NOON))
    assert state_of(arrange, before) == ("read", NOON)
    assert state_of(arrange, elsewhere) == ("read", NOON)
    assert state_of(arrange, after) == ("accepted", None)
    assert arrange.item_of(before)["state"] == "read"
    assert arrange.item_of(after)["state"] == "accepted"


async def test_a_delivery_mark_raises_and_never_lowers(
    kit_of: KitOf, arrange: Arrange, channel: ChannelId
) -> None:
    kit = await kit_of("service")
    conversation = arrange.conversation(channel)
    accepted = sent(arrange, conversation, NOON)
    read = sent(
        arrange,
        conversation,
        NOON,
        state=OutboxState.READ,
        delivery=DeliveryState.READ,
    )
    customer = customer_of(arrange, conversation)
    await hear(kit, arrange, channel, arrived_at(customer, NOON))
    assert state_of(arrange, accepted) == ("delivered", NOON)
    assert state_of(arrange, read)[0] == "read"
    assert arrange.item_of(accepted)["state"] == "delivered"
    later = NOON + timedelta(minutes=1)
    await hear(kit, arrange, channel, read_by(customer, later))
    assert state_of(arrange, accepted) == ("read", later)


async def test_a_mark_proves_nothing_about_what_may_not_have_left(
    kit_of: KitOf, arrange: Arrange, channel: ChannelId
) -> None:
    kit = await kit_of("service")
    conversation = arrange.conversation(channel)
    uncertain = sent(
        arrange,
        conversation,
        NOON - timedelta(hours=1),
        state=OutboxState.UNKNOWN,
        delivery=DeliveryState.UNCERTAIN,
    )
    failed = sent(
        arrange,
        conversation,
        NOON - timedelta(hours=1),
        state=OutboxState.FAILED,
        delivery=DeliveryState.FAILED,
    )
    await hear(kit, arrange, channel, read_by(customer_of(arrange, conversation), NOON))
    assert state_of(arrange, uncertain)[0] == "uncertain"
    assert state_of(arrange, failed)[0] == "failed"


async def test_a_mark_stays_in_its_conversation_and_channel(
    kit_of: KitOf, arrange: Arrange, channel: ChannelId
) -> None:
    kit = await kit_of("service")
    theirs, others = arrange.conversation(channel), arrange.conversation(channel)
    other = sent(arrange, others, NOON)
    await hear(kit, arrange, channel, read_by(customer_of(arrange, theirs), NOON))
    elsewhere = arrange.channel(platform=PlatformName.FACEBOOK)
    await hear(kit, arrange, elsewhere, read_by(customer_of(arrange, others), NOON))
    await hear(kit, arrange, channel, arrived_at("a stranger", NOON))
    assert state_of(arrange, other) == ("accepted", None)


async def test_a_later_mark_of_the_same_customer_counts_as_well(
    kit_of: KitOf, arrange: Arrange, channel: ChannelId
) -> None:
    kit = await kit_of("service")
    conversation = arrange.conversation(channel)
    customer = customer_of(arrange, conversation)
    await hear(kit, arrange, channel, read_by(customer, NOON))
    message = sent(arrange, conversation, NOON + timedelta(minutes=1))
    await hear(kit, arrange, channel, read_by(customer, NOON))
    assert state_of(arrange, message)[0] == "accepted"
    await hear(kit, arrange, channel, read_by(customer, NOON + timedelta(minutes=2)))
    assert state_of(arrange, message)[0] == "read"


def echo(customer: str, at: datetime, *, opaque: str | None = None) -> IncomingEcho:
    return IncomingEcho(
        account_id="any",
        key=f"mid.{at.isoformat()}",
        at=at,
        customer=Sender(platform_customer_id=customer),
        type=MessageType.TEXT,
        text="On my way.",
        opaque_id=opaque,
    )


@pytest.mark.parametrize("kind", [read_by, arrived_at], ids=["read", "delivered"])
async def test_a_mark_counts_for_what_we_hear_of_only_afterwards(
    kind: Callable[[str, datetime], Incoming],
    kit_of: KitOf,
    arrange: Arrange,
    channel: ChannelId,
) -> None:
    kit = await kit_of("service")
    conversation = arrange.conversation(channel)
    customer = customer_of(arrange, conversation)
    leaving = sent(
        arrange,
        conversation,
        NOON - timedelta(seconds=1),
        state=OutboxState.SENDING,
        delivery=DeliveryState.SENDING,
    )
    mark = kind(customer, NOON)
    await hear(kit, arrange, channel, mark)
    assert state_of(arrange, leaving)[0] == "sending"
    item = str(arrange.item_of(leaving)["id"])
    await hear(kit, arrange, channel, echo(customer, NOON, opaque=item))
    told = "read" if isinstance(mark, IncomingReadMark) else "delivered"
    assert state_of(arrange, leaving) == (told, NOON)
    assert arrange.item_of(leaving)["state"] == told


async def test_a_mark_of_somebody_unknown_waits_for_the_first_words_to_them(
    kit_of: KitOf, arrange: Arrange, channel: ChannelId
) -> None:
    kit = await kit_of("service")
    await hear(kit, arrange, channel, arrived_at("77001", NOON + timedelta(minutes=2)))
    await hear(kit, arrange, channel, read_by("77001", NOON))
    await hear(kit, arrange, channel, echo("77001", NOON))
    await hear(kit, arrange, channel, echo("77001", NOON + timedelta(minutes=1)))
    await hear(kit, arrange, channel, echo("77001", NOON + timedelta(minutes=3)))
    states = arrange.value(
        "select array_agg(delivery order by platform_at) from conversation_messages"
        " where user_id = %(tenant)s"
    )
    assert states == ["read", "delivered", "accepted"]
    assert arrange.value("select count(*) from waiting_updates") == 0


@pytest.mark.parametrize("backwards", [False, True])
async def test_of_two_reactions_of_ours_the_later_one_stands(
    backwards: bool,  # noqa: FBT001 - both orders
    kit_of: KitOf,
    arrange: Arrange,
    channel: ChannelId,
) -> None:
    kit = await kit_of("service")
    conversation = arrange.conversation(channel)
    message = typed_elsewhere(arrange, conversation, NOON)
    target = str(arrange.row("conversation_messages", message)["platform_message_id"])
    told = [
        IncomingReaction(
            account_id="any",
            key=f"{target}.{emoji}",
            at=NOON + timedelta(seconds=second),
            target_id=target,
            sender=Sender(platform_customer_id=customer_of(arrange, conversation)),
            emoji=emoji,
            own=True,
        )
        for second, emoji in enumerate("👍❤")
    ]
    for reaction in reversed(told) if backwards else told:
        await hear(kit, arrange, channel, reaction)
    assert arrange.row("conversation_messages", message)["own_reaction"] == "❤"


async def test_a_mark_and_an_answer_that_come_at_once_both_count(
    kit_of: KitOf, arrange: Arrange, channel: ChannelId
) -> None:
    """Whichever is first in the database: the other finds what it left."""
    kit = await kit_of("service")
    conversation = arrange.conversation(channel)
    customer = customer_of(arrange, conversation)
    messages = []
    for number in range(12):
        at = NOON + timedelta(minutes=number)
        message = sent(
            arrange,
            conversation,
            at,
            state=OutboxState.SENDING,
            delivery=DeliveryState.QUEUED,
        )
        messages.append(message)
        await asyncio.gather(
            hear(kit, arrange, channel, read_by(customer, at)),
            accept(kit, arrange, message, f"mid.{number}"),
        )
    assert {state_of(arrange, message)[0] for message in messages} == {"read"}


async def accept(kit: Kit, arrange: Arrange, message: MessageId, mid: str) -> None:
    """Record what the platform answered to a send, as the outbox does."""
    item_id = arrange.value(
        "select id from outbox_items where message_id = %(id)s", id=message
    )
    claimed = ClaimedItem(
        tenant_id=arrange.tenant,
        outbox_id=item_id,
        channel_id=ChannelId(uuid4()),
        fence=1,
        attempt=1,
    )
    async with kit.unit(arrange.tenant) as unit:
        item = await outbox.load(unit, claimed)
        assert item is not None
        answer = SendAnswer(result=AnswerClass.ACCEPTED, platform_message_id=mid)
        await deliver.record(unit, item, answer)
