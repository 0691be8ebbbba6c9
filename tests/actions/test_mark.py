"""A mark that names a time counts for all that was sent by then, and for nothing else."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from core.actions import apply, deliver, settle
from core.actions.settle import Report
from core.domain.channel import PlatformName
from core.domain.ids import ChannelId, ConversationId, EventId, MessageId
from core.domain.incoming import IncomingDeliveryMark, IncomingReadMark
from core.domain.message import DeliveryState, Origin
from core.domain.outbox import AnswerClass, OutboxState, SendAnswer
from core.kit import Kit
from core.store import channels, outbox, settlements
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
    mark: IncomingReadMark | IncomingDeliveryMark,
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


@pytest.mark.parametrize(("kind", "state"), [("read", "read"), ("delivered", "delivered")])
async def test_a_mark_that_overtakes_the_answer_counts_once_that_is_recorded(
    kind: str, state: str, kit_of: KitOf, arrange: Arrange, channel: ChannelId
) -> None:
    """Messenger tells that somebody read what it has not yet told us it accepted."""
    kit = await kit_of("service")
    conversation = arrange.conversation(channel)
    customer = customer_of(arrange, conversation)
    first, second = (
        sent(
            arrange,
            conversation,
            NOON + timedelta(minutes=minutes),
            state=OutboxState.SENDING,
            delivery=DeliveryState.QUEUED,
        )
        for minutes in (0, 5)
    )
    for minutes in (1, 2):
        at = NOON + timedelta(minutes=minutes)
        mark = read_by(customer, at) if kind == "read" else arrived_at(customer, at)
        await hear(kit, arrange, channel, mark)
    assert arrange.value(KEPT) == 1
    await accept(kit, arrange, second, "mid.2")
    assert state_of(arrange, second)[0] == "accepted"
    assert arrange.value(KEPT) == 1
    await accept(kit, arrange, first, "mid.1")
    assert state_of(arrange, first)[0] == state
    item = "select state from outbox_items where message_id = %(id)s"
    assert arrange.value(item, id=first) == state
    assert arrange.value(KEPT) == 0


async def test_an_echo_that_settles_a_lost_answer_brings_the_mark_to_bear(
    kit_of: KitOf, arrange: Arrange, channel: ChannelId
) -> None:
    kit = await kit_of("service")
    conversation = arrange.conversation(channel)
    message = sent(
        arrange,
        conversation,
        NOON,
        state=OutboxState.UNKNOWN,
        delivery=DeliveryState.UNCERTAIN,
    )
    customer = customer_of(arrange, conversation)
    await hear(kit, arrange, channel, read_by(customer, NOON + timedelta(minutes=1)))
    assert state_of(arrange, message)[0] == "uncertain"
    async with kit.unit(arrange.tenant) as unit:
        standing = await settlements.by_message(unit, message)
        assert standing is not None
        await settle.report(unit, standing, Report.arrived_at_platform("mid.1", NOON))
    assert state_of(arrange, message)[0] == "read"


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
    assert arrange.value(KEPT) == 0


KEPT = "select count(*) from waiting_updates"


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
