import asyncio
from dataclasses import dataclass, replace
from uuid import uuid4

import pytest

from core.actions import assign, decide, escalate, reply
from core.actions.decide import Outcome
from core.domain.channel import AssistantMode
from core.domain.decision import (
    EscalationReason,
    Proposal,
)
from core.domain.errors import (
    StaleDraft,
)
from core.queries import conversation as query
from core.store import attention, conversations
from core.store.conversations import Wrote
from tests.actions.claims import (
    ESCALATE,
    HOURS,
    IGNORE,
    PAST,
    RESPOND,
    claimed,
    drafted,
    looked_at,
)
from tests.fixtures.inbox import Arrange, KitOf

AUTO, DRAFT = AssistantMode.AUTO, AssistantMode.DRAFT


@dataclass(frozen=True, slots=True, kw_only=True)
class Acting:
    """Who acts, and on what."""

    kit_of: KitOf
    arrange: Arrange


@pytest.fixture
def acting(kit_of: KitOf, arrange: Arrange) -> Acting:
    return Acting(kit_of=kit_of, arrange=arrange)


@pytest.mark.parametrize("login", ["service", "assistant"])
@pytest.mark.parametrize(
    ("proposal", "mode", "ends"),
    [
        (RESPOND, AUTO, (Outcome.SENT, "answered")),
        (RESPOND, DRAFT, (Outcome.DRAFTED, "drafted")),
        (IGNORE, AUTO, (Outcome.IGNORED, "ignored")),
        (ESCALATE, DRAFT, (Outcome.ESCALATED, "escalated")),
    ],
)
async def test_a_proposal_becomes_what_the_owner_allows(
    acting: Acting, login: str, proposal: Proposal, mode: AssistantMode, ends: object
) -> None:
    kit = await acting.kit_of(login)
    case = await claimed(kit, acting.arrange, mode=mode, proposal=proposal)
    outcome = await decide.act(kit, case.considered)
    row = acting.arrange.row("conversations", case.conversation)
    assert (outcome, row["assistant_state"]) == ends
    assert (row["assistant_due_at"], row["assistant_lease_until"]) == (None, None)


async def test_a_sent_reply_stands_in_the_outbox(kit_of: KitOf, arrange: Arrange) -> None:
    kit = await kit_of("service")
    case = await claimed(kit, arrange, mode=AssistantMode.AUTO)
    await decide.act(kit, case.considered)
    item = arrange.row("outbox_items", arrange.value("select id from outbox_items"))
    assert (item["text"], item["origin"], item["state"]) == (
        "We open at nine.",
        "assistant",
        "queued",
    )
    assert item["decision_id"] is not None


async def test_a_draft_keeps_its_words_and_their_source(
    kit_of: KitOf, arrange: Arrange
) -> None:
    member, conversation, _ = await drafted(kit_of, arrange)
    detail = await query.detail(member, conversation)
    assert detail.draft is not None
    assert (detail.draft.text, detail.draft.citations) == ("We open at nine.", (HOURS,))
    assert (detail.draft.confidence, detail.draft.threshold) == (0.9, 0.8)
    assert detail.last_decision is not None
    assert detail.last_decision.citations == (HOURS,)
    assert arrange.value("select count(*) from outbox_items") == 0


async def test_an_ignored_message_no_longer_waits_to_be_read(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit = await kit_of("service")
    case = await claimed(kit, arrange, proposal=IGNORE)
    await decide.act(kit, case.considered)
    assert arrange.row("conversations", case.conversation)["unread_count"] == 0
    newest = arrange.row("conversation_messages", case.considered.newest)
    assert (newest["triage"], float(newest["confidence"])) == ("ignore", 0.95)


async def test_an_escalation_says_why_and_what_to_know(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit = await kit_of("service")
    case = await claimed(kit, arrange, proposal=ESCALATE)
    await decide.act(kit, case.considered)
    found = (await query.detail(await kit_of("agent"), case.conversation)).escalation
    assert found is not None
    assert found.reason is EscalationReason.CUSTOMER_REQUEST
    assert (found.summary, found.confidence) == ("Wants a refund for the grinder.", 0.9)


@pytest.mark.parametrize("proposal", [RESPOND, IGNORE, ESCALATE])
async def test_every_decision_is_kept_with_its_grounds_and_charged_once(
    kit_of: KitOf, arrange: Arrange, proposal: Proposal
) -> None:
    before = arrange.value("select credits_remaining from user_credits")
    kit = await kit_of("service")
    case = await claimed(kit, arrange, proposal=proposal)
    await decide.act(kit, case.considered)
    row = arrange.row("ai_decisions", arrange.value("select id from ai_decisions"))
    assert (row["decision"], row["message_id"]) == (
        proposal.verdict.decision,
        case.considered.newest,
    )
    assert row["snapshot_json"]["fragments"] == [str(case.considered.newest)]
    assert (
        arrange.value(
            "select credits_remaining from user_credits where user_id = %(tenant)s"
        )
        == before - decide.DECISION_COST
    )


@pytest.mark.parametrize(
    "veto",
    [
        "update ai_rules set ai_control_enabled = false",
        "update ai_settings set ai_enabled_for_conversations = false",
        "update social_accounts set assistant_mode = 'off'",
        "update conversations set assistant_paused = true",
    ],
)
async def test_a_switch_pulled_while_it_thought_leaves_nothing_written(
    kit_of: KitOf, arrange: Arrange, veto: str
) -> None:
    kit = await kit_of("service")
    case = await claimed(kit, arrange, mode=AssistantMode.AUTO)
    arrange.line.execute(veto.encode())
    assert await decide.act(kit, case.considered) is Outcome.STOOD_DOWN
    assert (
        arrange.value(
            "select (select count(*) from ai_decisions) + (select count(*) from outbox_items)"
            " + (select count(*) from drafts)"
        )
        == 0
    )


async def test_automatic_replies_off_leave_a_draft(kit_of: KitOf, arrange: Arrange) -> None:
    kit = await kit_of("service")
    case = await claimed(kit, arrange, mode=AssistantMode.AUTO)
    arrange.run("update ai_settings set auto_reply_enabled = false")
    assert await decide.act(kit, case.considered) is Outcome.DRAFTED


async def test_too_little_confidence_leaves_a_draft(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit = await kit_of("service")
    case = await claimed(kit, arrange, mode=AssistantMode.AUTO)
    considered = replace(case.considered, threshold=0.91)
    assert await decide.act(kit, considered) is Outcome.DRAFTED


async def test_a_closed_window_leaves_a_draft(kit_of: KitOf, arrange: Arrange) -> None:
    kit = await kit_of("service")
    case = await claimed(kit, arrange, mode=AssistantMode.AUTO)
    arrange.run("update conversations set reply_window_ends_at = %(past)s", past=PAST)
    assert await decide.act(kit, case.considered) is Outcome.DRAFTED


async def test_a_person_who_answered_meanwhile_wins(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit = await kit_of("service")
    case = await claimed(kit, arrange, mode=AssistantMode.AUTO)
    await reply.send(await kit_of("agent"), case.conversation, "At nine!", key=uuid4())
    assert await decide.act(kit, case.considered) is Outcome.STOOD_DOWN
    assert (
        arrange.value("select count(*) from outbox_items where origin = 'assistant'") == 0
    )
    row = arrange.row("conversations", case.conversation)
    assert (row["assistant_due_at"], row["assistant_lease_until"]) == (None, None)


async def test_what_the_customer_wrote_after_the_person_is_still_looked_at(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit = await kit_of("service")
    case = await claimed(kit, arrange)
    await reply.send(await kit_of("agent"), case.conversation, "At nine!", key=uuid4())
    async with kit.unit(arrange.tenant) as unit:
        wrote = Wrote(
            at=kit.clock.now(), preview="", window_ends_at=None, pause=0.0, cap=0.0
        )
        await conversations.customer_wrote(unit, case.conversation, wrote)
    assert await decide.act(kit, case.considered) is Outcome.STOOD_DOWN
    async with kit.database.claim() as unit:
        due = await attention.claim_due(unit, limit=5, lease=60)
    assert [one.conversation_id for one in due] == [case.conversation]


async def test_a_customer_who_wrote_on_is_looked_at_again_with_everything(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit = await kit_of("service")
    case = await claimed(kit, arrange)
    later = arrange.inbound(case.conversation, "On Sunday, I mean", age=1)
    assert await decide.act(kit, case.considered) is Outcome.OVERTAKEN
    assert arrange.value("select count(*) from ai_decisions") == 0
    again = await looked_at(kit, arrange, case.conversation, RESPOND)
    assert (len(again.fragments), again.newest) == (2, later)


async def test_a_claim_that_was_taken_over_writes_nothing(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit = await kit_of("service")
    case = await claimed(kit, arrange)
    await looked_at(kit, arrange, case.conversation, RESPOND)
    with pytest.raises(StaleDraft):
        await decide.act(kit, case.considered)
    assert arrange.value("select count(*) from ai_decisions") == 0


async def test_acting_twice_on_the_same_words_is_once(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit = await kit_of("service")
    case = await claimed(kit, arrange, mode=AssistantMode.AUTO)
    ends = await asyncio.gather(
        *(decide.act(kit, case.considered) for _ in range(2)), return_exceptions=True
    )
    assert sorted(map(str, ends)) == ["overtaken", "sent"]
    assert arrange.value("select count(*) from outbox_items") == 1


async def test_a_new_suggestion_replaces_the_one_that_waits(
    kit_of: KitOf, arrange: Arrange
) -> None:
    member, conversation, first = await drafted(kit_of, arrange)
    kit = await kit_of("service")
    arrange.inbound(conversation, "And on Sunday?", age=0)
    again = await looked_at(kit, arrange, conversation, replace(RESPOND, reply="At ten."))
    await decide.act(kit, again)
    assert arrange.row("drafts", first)["state"] == "superseded"
    detail = await query.detail(member, conversation)
    assert detail.draft is not None
    assert detail.draft.text == "At ten."


async def test_an_open_case_is_not_opened_twice(kit_of: KitOf, arrange: Arrange) -> None:
    kit = await kit_of("service")
    case = await claimed(kit, arrange, proposal=ESCALATE)
    await decide.act(kit, case.considered)
    async with kit.unit(arrange.tenant) as unit:
        await decide.out_of_credits(unit, case.considered.claimed)
    assert arrange.value("select count(*) from support_escalations") == 1


async def test_without_credits_a_person_takes_over(kit_of: KitOf, arrange: Arrange) -> None:
    kit = await kit_of("service")
    case = await claimed(kit, arrange)
    async with kit.unit(arrange.tenant) as unit:
        await decide.out_of_credits(unit, case.considered.claimed)
    found = (await query.detail(await kit_of("agent"), case.conversation)).escalation
    assert found is not None
    assert found.reason is EscalationReason.USAGE_LIMIT
    assert arrange.row("conversations", case.conversation)["assistant_state"] == "escalated"


@pytest.mark.parametrize("act", [assign.archive, escalate.open_by_hand])
async def test_a_persons_own_course_makes_a_run_in_flight_stale(
    kit_of: KitOf, arrange: Arrange, act: object
) -> None:
    kit = await kit_of("service")
    case = await claimed(kit, arrange, mode=AssistantMode.AUTO)
    member = await kit_of("agent")
    if act is assign.archive:
        await assign.archive(member, case.conversation)
    else:
        await escalate.open_by_hand(member, case.conversation, "")
    assert await decide.act(kit, case.considered) is Outcome.STOOD_DOWN
