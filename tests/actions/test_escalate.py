from uuid import uuid4

import pytest

from core.actions import decide, escalate
from core.domain.decision import EscalationReason
from core.domain.errors import AlreadyDecided, NotFound, Refused
from core.domain.ids import ConversationId, EscalationId
from core.queries import escalations
from tests.actions.claims import ESCALATE, claimed
from tests.fixtures.inbox import Arrange, KitOf


async def test_a_member_escalates_a_conversation(kit_of: KitOf, arrange: Arrange) -> None:
    kit = await kit_of("agent")
    conversation = arrange.conversation(name="Nora", epoch=1)
    case = await escalate.open_by_hand(kit, conversation, "wants a refund")
    (row,) = await escalations.queue(kit)
    assert (row.id, row.conversation_id, row.customer_name) == (case, conversation, "Nora")
    assert (row.reason, row.summary) == (EscalationReason.MANUAL, "wants a refund")
    stored = arrange.row("conversations", conversation)
    assert (stored["status"], stored["epoch"]) == ("escalated", 2)


async def test_escalating_twice_is_one_case(kit_of: KitOf, arrange: Arrange) -> None:
    kit, conversation = await kit_of("agent"), arrange.conversation()
    first = await escalate.open_by_hand(kit, conversation, "wants a refund")
    assert await escalate.open_by_hand(kit, conversation, "again") == first
    assert len(await escalations.queue(kit)) == 1


async def test_who_takes_a_case_has_its_conversation(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit, conversation = await kit_of("agent"), arrange.conversation()
    case = await escalate.open_by_hand(kit, conversation, "")
    await escalate.take(kit, case)
    (row,) = await escalations.queue(kit)
    assert (row.status, row.assigned_to) == ("in_progress", kit.member.id)
    assert arrange.row("conversations", conversation)["assignee_user_id"] == kit.member.id


async def test_taking_a_case_twice_is_no_quarrel_with_oneself(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit = await kit_of("agent")
    case = await escalate.open_by_hand(kit, arrange.conversation(), "")
    await escalate.take(kit, case)
    await escalate.take(kit, case)
    assert [row.status for row in await escalations.queue(kit)] == ["in_progress"]


async def test_a_colleague_who_is_slower_is_told(kit_of: KitOf, arrange: Arrange) -> None:
    kit, colleague = await kit_of("agent"), await kit_of("admin")
    case = await escalate.open_by_hand(kit, arrange.conversation(), "")
    await escalate.take(kit, case)
    with pytest.raises(AlreadyDecided, match="A colleague has taken this"):
        await escalate.take(colleague, case)
    assert (await escalations.queue(kit))[0].assigned_to == kit.member.id


async def test_a_resolved_case_frees_its_conversation(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit = await kit_of("agent")
    conversation = arrange.conversation(assistant_state="escalated")
    case = await escalate.open_by_hand(kit, conversation, "wants a refund")
    await escalate.resolve(kit, case, " refunded ")
    assert await escalations.queue(kit) == ()
    (row,) = await escalations.queue(kit, status="resolved")
    assert row.notes == "refunded"
    stored = arrange.row("conversations", conversation)
    assert (stored["status"], stored["assistant_state"]) == ("active", None)


async def test_a_case_is_resolved_once(kit_of: KitOf, arrange: Arrange) -> None:
    kit = await kit_of("agent")
    case = await escalate.open_by_hand(kit, arrange.conversation(), "")
    await escalate.resolve(kit, case)
    with pytest.raises(AlreadyDecided):
        await escalate.resolve(kit, case)
    with pytest.raises(AlreadyDecided):
        await escalate.take(kit, case)


async def test_a_conversation_is_given_back_to_the_assistant(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit, conversation = await kit_of("agent"), arrange.conversation()
    await escalate.open_by_hand(kit, conversation, "")
    await escalate.give_back(kit, conversation)
    assert arrange.row("conversations", conversation)["status"] == "active"
    with pytest.raises(NotFound, match="not escalated"):
        await escalate.give_back(kit, conversation)


async def test_the_queue_shows_who_waits_longest_first_and_taken_cases_last(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit = await kit_of("agent")
    cases = []
    for name, hours in (("short", 1), ("long", 9), ("taken", 20)):
        conversation = arrange.conversation(name=name)
        arrange.run(
            "update conversations set last_inbound_at = now() - make_interval(hours =>"
            " %(hours)s) where id = %(id)s",
            hours=hours,
            id=conversation,
        )
        cases.append(await escalate.open_by_hand(kit, conversation, ""))
    await escalate.take(kit, cases[-1])
    queue = await escalations.queue(kit)
    assert [row.customer_name for row in queue] == ["long", "short", "taken"]


async def test_another_inbox_has_neither_our_conversations_nor_our_cases(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit, stranger = await kit_of("agent"), await kit_of("stranger")
    conversation = arrange.conversation()
    case = await escalate.open_by_hand(kit, conversation, "")
    assert await escalations.queue(stranger) == ()
    with pytest.raises(AlreadyDecided):
        await escalate.take(stranger, case)
    with pytest.raises(NotFound):
        await escalate.open_by_hand(stranger, conversation, "")


async def test_a_case_that_never_was_is_not_taken(kit_of: KitOf) -> None:
    kit = await kit_of("agent")
    with pytest.raises(AlreadyDecided):
        await escalate.take(kit, EscalationId(uuid4()))
    with pytest.raises(NotFound):
        await escalate.give_back(kit, ConversationId(uuid4()))


async def test_everything_about_a_case_can_be_read(kit_of: KitOf, arrange: Arrange) -> None:
    service, kit = await kit_of("service"), await kit_of("agent")
    case = await claimed(service, arrange, proposal=ESCALATE)
    await decide.act(service, case.considered)
    (row,) = await escalations.queue(kit)
    decision = arrange.value("select id from ai_decisions")
    assert (row.decision_id, row.message_id) == (decision, case.considered.newest)
    assert (row.status, row.summary, row.notes) == ("open", ESCALATE.summary, "")
    assert (row.assigned_to, row.resolved_at) == (None, None)
    await escalate.resolve(kit, row.id, "refunded")
    (row,) = await escalations.queue(kit, status="resolved")
    assert (row.status, row.notes) == ("resolved", "refunded")
    assert row.resolved_at is not None
    assert row.updated_at is not None
    assert row.created_at <= row.resolved_at <= row.updated_at


async def test_a_case_is_handed_to_a_colleague_and_back_to_all(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit, colleague = await kit_of("agent"), await kit_of("admin")
    conversation = arrange.conversation()
    case = await escalate.open_by_hand(kit, conversation, "")
    await escalate.take(kit, case)
    await escalate.assign(kit, case, colleague.member.id)
    (row,) = await escalations.queue(kit)
    assert (row.status, row.assigned_to) == ("in_progress", colleague.member.id)
    stored = arrange.row("conversations", conversation)
    assert stored["assignee_user_id"] == colleague.member.id
    await escalate.assign(colleague, case, None)
    (row,) = await escalations.queue(kit)
    assert (row.status, row.assigned_to) == ("open", None)
    assert arrange.row("conversations", conversation)["assignee_user_id"] is None


async def test_a_case_is_not_given_to_a_stranger_or_taken_by_one(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit, stranger = await kit_of("agent"), await kit_of("stranger")
    case = await escalate.open_by_hand(kit, arrange.conversation(), "note")
    with pytest.raises(NotFound):
        await escalate.assign(kit, case, stranger.member.id)
    with pytest.raises(AlreadyDecided):
        await escalate.assign(stranger, case, stranger.member.id)
    with pytest.raises(NotFound):
        await escalate.write_notes(stranger, case, "mine")
    (row,) = await escalations.queue(kit)
    assert (row.assigned_to, row.notes) == (None, "note")


async def test_a_resolved_case_is_not_handed_on(kit_of: KitOf, arrange: Arrange) -> None:
    kit = await kit_of("agent")
    case = await escalate.open_by_hand(kit, arrange.conversation(), "")
    await escalate.resolve(kit, case)
    with pytest.raises(AlreadyDecided):
        await escalate.assign(kit, case, kit.member.id)


async def test_what_the_team_knows_is_kept_while_a_case_is_open_and_after(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit = await kit_of("agent")
    case = await escalate.open_by_hand(kit, arrange.conversation(), "wants a refund")
    await escalate.write_notes(kit, case, " Order 4821, paid twice. ")
    (row,) = await escalations.queue(kit)
    assert (row.summary, row.notes) == ("wants a refund", "Order 4821, paid twice.")
    await escalate.resolve(kit, case)
    (row,) = await escalations.queue(kit, status="resolved")
    assert row.notes == "Order 4821, paid twice."
    await escalate.write_notes(kit, case, "Refunded on Monday.")
    (row,) = await escalations.queue(kit, status="resolved")
    assert row.notes == "Refunded on Monday."


async def test_a_second_note_joins_the_first(kit_of: KitOf, arrange: Arrange) -> None:
    kit, conversation = await kit_of("agent"), arrange.conversation()
    await escalate.open_by_hand(kit, conversation, "wants a refund")
    await escalate.open_by_hand(kit, conversation, "and is in a hurry")
    (row,) = await escalations.queue(kit)
    assert row.notes == "wants a refund\nand is in a hurry"


async def test_a_note_without_end_is_refused(kit_of: KitOf, arrange: Arrange) -> None:
    kit, conversation = await kit_of("agent"), arrange.conversation()
    endless = "x" * (escalate.MOST_NOTES + 1)
    with pytest.raises(Refused, match="at most 4000"):
        await escalate.open_by_hand(kit, conversation, endless)
    case = await escalate.open_by_hand(kit, conversation, "")
    with pytest.raises(Refused, match="at most 4000"):
        await escalate.write_notes(kit, case, endless)
    with pytest.raises(Refused, match="at most 4000"):
        await escalate.resolve(kit, case, endless)


async def test_given_back_the_assistant_waits_for_the_next_message(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit, conversation = await kit_of("agent"), arrange.conversation()
    arrange.inbound(conversation, "Hello?")
    await escalate.open_by_hand(kit, conversation, "")
    await escalate.give_back(kit, conversation)
    assert arrange.row("conversations", conversation)["assistant_due_at"] is None


async def test_given_back_with_nothing_open_the_assistant_waits(
    kit_of: KitOf, arrange: Arrange
) -> None:
    service, kit = await kit_of("service"), await kit_of("agent")
    case = await claimed(service, arrange, proposal=ESCALATE)
    await decide.act(service, case.considered)
    await escalate.give_back(kit, case.conversation)
    row = arrange.row("conversations", case.conversation)
    assert (row["status"], row["assistant_due_at"]) == ("active", None)
