from datetime import UTC, datetime
from uuid import uuid4

import pytest

from core.actions import assign, escalate
from core.domain.errors import NotFound
from core.domain.ids import ConversationId, MemberId
from core.queries import inbox
from core.queries.inbox import InboxFilter
from tests.fixtures.database import TestDatabase
from tests.fixtures.inbox import Arrange, KitOf

LATER = datetime(2100, 1, 1, tzinfo=UTC)


async def test_a_member_takes_a_conversation(kit_of: KitOf, arrange: Arrange) -> None:
    kit, conversation = await kit_of("agent"), arrange.conversation()
    await assign.to_me(kit, conversation)
    assert arrange.row("conversations", conversation)["assignee_user_id"] == kit.member.id


async def test_a_conversation_can_be_given_to_a_colleague_and_to_nobody(
    kit_of: KitOf, arrange: Arrange, fresh_database: TestDatabase
) -> None:
    kit, conversation = await kit_of("agent"), arrange.conversation()
    await assign.to(kit, conversation, MemberId(fresh_database.admin_id))
    row = await inbox.row(kit, conversation)
    assert row is not None
    assert row.assignee_name == "admin of ours"
    await assign.to(kit, conversation, None)
    assert arrange.row("conversations", conversation)["assignee_user_id"] is None


async def test_a_conversation_cannot_be_given_to_somebody_of_another_team(
    kit_of: KitOf, arrange: Arrange, fresh_database: TestDatabase
) -> None:
    kit, conversation = await kit_of("agent"), arrange.conversation()
    with pytest.raises(NotFound):
        await assign.to(kit, conversation, MemberId(fresh_database.stranger_id))


async def test_a_conversation_of_another_inbox_cannot_be_taken(
    kit_of: KitOf, arrange_elsewhere: Arrange
) -> None:
    kit = await kit_of("agent")
    with pytest.raises(NotFound, match="not in this inbox"):
        await assign.to_me(kit, arrange_elsewhere.conversation())


async def test_closing_a_conversation_silences_the_assistant(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit = await kit_of("agent")
    conversation = arrange.conversation(
        epoch=4, assistant_due_at=LATER, assistant_first_due_at=LATER, unread_count=2
    )
    await assign.archive(kit, conversation)
    row = arrange.row("conversations", conversation)
    assert (row["status"], row["epoch"], row["unread_count"]) == ("archived", 5, 0)
    assert (row["assistant_due_at"], row["assistant_first_due_at"]) == (None, None)


async def test_closing_twice_is_closing_once(kit_of: KitOf, arrange: Arrange) -> None:
    kit, conversation = await kit_of("agent"), arrange.conversation()
    await assign.archive(kit, conversation)
    await assign.archive(kit, conversation)
    assert arrange.row("conversations", conversation)["epoch"] == 1


async def test_closing_a_conversation_closes_its_escalation(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit, conversation = await kit_of("agent"), arrange.conversation()
    case = await escalate.open_by_hand(kit, conversation, "wants a refund")
    await assign.archive(kit, conversation)
    row = arrange.row("support_escalations", case)
    assert (row["status"], row["notes"]) == ("resolved", "wants a refund")
    assert arrange.row("conversations", conversation)["status"] == "archived"


async def test_a_closed_conversation_returns_to_the_list(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit, conversation = await kit_of("agent"), arrange.conversation(status="archived")
    await assign.reopen(kit, conversation)
    row = arrange.row("conversations", conversation)
    assert (row["status"], row["epoch"]) == ("active", 1)


async def test_an_escalated_conversation_is_not_reopened_past_its_case(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit, conversation = await kit_of("agent"), arrange.conversation(status="escalated")
    await assign.reopen(kit, conversation)
    assert arrange.row("conversations", conversation)["status"] == "escalated"


@pytest.mark.parametrize("act", [assign.archive, assign.reopen])
async def test_what_is_not_there_cannot_be_closed_or_reopened(
    kit_of: KitOf, act: object
) -> None:
    kit = await kit_of("agent")
    assert callable(act)
    with pytest.raises(NotFound):
        await act(kit, ConversationId(uuid4()))


async def test_reading_and_unreading_change_the_count(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit, conversation = await kit_of("agent"), arrange.conversation(unread_count=3)
    await assign.mark_unread(kit, conversation)
    assert arrange.row("conversations", conversation)["unread_count"] == 3
    await assign.mark_read(kit, conversation)
    assert arrange.row("conversations", conversation)["unread_count"] == 0
    await assign.mark_unread(kit, conversation)
    assert arrange.row("conversations", conversation)["unread_count"] == 1


async def test_reading_leaves_the_assistant_alone(kit_of: KitOf, arrange: Arrange) -> None:
    kit = await kit_of("agent")
    conversation = arrange.conversation(unread_count=1, assistant_due_at=LATER)
    await assign.mark_read(kit, conversation)
    row = arrange.row("conversations", conversation)
    assert (row["epoch"], row["assistant_due_at"]) == (0, LATER)


async def test_a_snoozed_conversation_is_hidden_and_can_be_brought_back(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit, conversation = await kit_of("agent"), arrange.conversation()
    await assign.snooze(kit, conversation, LATER)
    assert (await inbox.page(kit, filter=InboxFilter.ALL)).rows == ()
    await assign.snooze(kit, conversation, None)
    assert [row.id for row in (await inbox.page(kit)).rows] == [conversation]
