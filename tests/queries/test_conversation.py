from datetime import UTC, datetime
from uuid import uuid4

import pytest

from core.domain.channel import PlatformName
from core.domain.errors import NotFound
from core.domain.ids import AttachmentId, ConversationId, MessageId
from core.domain.message import DeliveryState, Direction, Origin, Quoted
from core.domain.outbox import OutboxState
from core.domain.text_unit import TextUnit
from core.queries import conversation as query
from core.queries.conversation import MessageCursor
from core.store.threads import QUOTED_CHARS
from tests.fixtures.inbox import Arrange, KitOf

PAST, FUTURE = datetime(2020, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


def stored_file(arrange: Arrange, message: MessageId) -> AttachmentId:
    """Have a picture of five bytes come with a message."""
    return AttachmentId(
        arrange.value(
            "with b as (insert into blobs (tenant_id, content, size_bytes, sha256, mime_type)"
            " values (%(tenant)s, 'bytes', 5, sha256('bytes'), 'image/png') returning id)"
            " insert into attachments (tenant_id, message_id, kind, state, blob_id, mime_type,"
            " file_name, size_bytes) select %(tenant)s, %(message)s, 'image', 'stored', id,"
            " 'image/png', 'bag.png', 5 from b returning id",
            message=message,
        )
    )


async def test_a_thread_reads_from_old_to_new(kit_of: KitOf, arrange: Arrange) -> None:
    kit, conversation = await kit_of("agent"), arrange.conversation()
    new = arrange.inbound(conversation, "And on Sunday?", age=1)
    old = arrange.inbound(conversation, "When do you open?", age=9)
    page = await query.thread(kit, conversation)
    assert [message.id for message in page.messages] == [old, new]
    assert page.messages[0].direction is Direction.INBOUND
    assert not page.has_more


async def test_a_message_comes_with_what_it_answers(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit, conversation = await kit_of("agent"), arrange.conversation()
    asked = arrange.inbound(conversation, "When do you open? " * 40, age=9)
    gone = arrange.inbound(conversation, "Never mind", age=8)
    arrange.run(
        "update conversation_messages set deleted_at = now(), text = null where id = %(id)s",
        id=gone,
    )
    names = {
        one: str(arrange.row("conversation_messages", one)["platform_message_id"])
        for one in (asked, gone)
    }
    answers = {
        arrange.inbound(conversation, "This", age=age): name
        for age, name in ((3, names[asked]), (2, names[gone]), (1, "wamid.elsewhere"))
    }
    for message, name in answers.items():
        arrange.run(
            "update conversation_messages set quoted_platform_id = %(name)s"
            " where id = %(id)s",
            id=message,
            name=name,
        )
    first, _, *found = (await query.thread(kit, conversation)).messages
    assert first.quoted is None
    known, deleted, unknown = (one.quoted for one in found)
    assert known is not None
    assert (known.id, known.origin, known.is_deleted) == (asked, Origin.CUSTOMER, False)
    assert known.text == ("When do you open? " * 40)[:QUOTED_CHARS]
    assert deleted is not None
    assert (deleted.id, deleted.text, deleted.is_deleted) == (gone, "", True)
    assert unknown == Quoted()


@pytest.mark.parametrize("limit", [1, 3, 7, 50])
async def test_pages_of_a_thread_meet_without_gap_or_overlap(
    kit_of: KitOf, arrange: Arrange, limit: int
) -> None:
    kit, conversation = await kit_of("agent"), arrange.conversation()
    arrange.run(
        "insert into conversation_messages (user_id, conversation_id, direction, origin,"
        " platform_message_id, text, platform_at) select %(tenant)s, %(id)s, 'inbound',"
        " 'customer', n::text, n::text, %(past)s + make_interval(secs => n / 4)"
        " from generate_series(1, 30) n",
        id=conversation,
        past=PAST,
    )
    whole = (await query.thread(kit, conversation, limit=1000)).messages
    page = await query.thread(kit, conversation, limit=limit)
    walked = page.messages
    while page.has_more:
        first = walked[0]
        place = MessageCursor(at=first.at, id=first.id)
        page = await query.thread(kit, conversation, before=place, limit=limit)
        walked = page.messages + walked
    assert walked == whole
    assert len(whole) == 30


async def test_a_message_shows_why_it_was_not_sent(kit_of: KitOf, arrange: Arrange) -> None:
    kit, conversation = await kit_of("agent"), arrange.conversation()
    message = arrange.owed(
        conversation, state=OutboxState.UNKNOWN, delivery=DeliveryState.UNCERTAIN
    )
    arrange.run(
        "update outbox_items set error_title = 'Nobody knows.' where message_id = %(id)s",
        id=message,
    )
    (shown,) = (await query.thread(kit, conversation)).messages
    assert (shown.delivery, shown.failure) == (DeliveryState.UNCERTAIN, "Nobody knows.")


async def test_a_message_brings_its_files(kit_of: KitOf, arrange: Arrange) -> None:
    kit, conversation = await kit_of("agent"), arrange.conversation()
    file = stored_file(arrange, arrange.inbound(conversation, ""))
    arrange.inbound(conversation, "That one", age=1)
    first, second = (await query.thread(kit, conversation)).messages
    assert [(one.id, one.file_name, one.size_bytes) for one in first.attachments] == [
        (file, "bag.png", 5)
    ]
    assert second.attachments == ()
    assert await query.media(kit, file) == b"bytes"


async def test_a_file_of_another_inbox_is_not_found(
    kit_of: KitOf, arrange: Arrange
) -> None:
    conversation = arrange.conversation()
    file = stored_file(arrange, arrange.inbound(conversation))
    with pytest.raises(NotFound):
        await query.media(await kit_of("stranger"), file)


async def test_a_file_that_is_still_to_be_fetched_is_not_found(
    kit_of: KitOf, arrange: Arrange
) -> None:
    message = arrange.inbound(arrange.conversation())
    pending = arrange.value(
        "insert into attachments (tenant_id, message_id, kind) values (%(tenant)s,"
        " %(message)s, 'image') returning id",
        message=message,
    )
    with pytest.raises(NotFound):
        await query.media(await kit_of("agent"), AttachmentId(pending))


async def test_the_surroundings_say_what_a_pane_shows(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit = await kit_of("agent")
    channel = arrange.channel(platform=PlatformName.INSTAGRAM)
    conversation = arrange.conversation(
        channel, name="Nora", epoch=3, assistant_paused=True, assignee_user_id=kit.member.id
    )
    arrange.inbound(conversation)
    arrange.inbound(conversation)
    detail = await query.detail(kit, conversation)
    assert (detail.customer.display_name, detail.channel.id) == ("Nora", channel)
    assert (detail.text_limit, detail.text_limit_unit) == (1000, TextUnit.UTF8_BYTES)
    assert (detail.epoch, detail.assistant_paused, detail.message_count) == (3, True, 2)
    assert detail.assignee_name == kit.member.name
    assert (detail.draft, detail.escalation, detail.last_decision) == (None, None, None)


@pytest.mark.parametrize(
    ("window", "reason"), [(PAST, "window_closed"), (None, ""), (FUTURE, "")]
)
async def test_the_surroundings_say_whether_a_reply_is_possible(
    kit_of: KitOf, arrange: Arrange, window: datetime | None, reason: str
) -> None:
    conversation = arrange.conversation(reply_window_ends_at=window)
    detail = await query.detail(await kit_of("agent"), conversation)
    assert (detail.can_reply, detail.cannot_reply_reason) == (not reason, reason)


async def test_a_conversation_of_another_inbox_shows_nothing(
    kit_of: KitOf, arrange: Arrange
) -> None:
    conversation = arrange.conversation()
    arrange.inbound(conversation)
    stranger = await kit_of("stranger")
    for nowhere in (conversation, ConversationId(uuid4())):
        assert (await query.thread(stranger, nowhere)).messages == ()
        with pytest.raises(NotFound):
            await query.detail(stranger, nowhere)
