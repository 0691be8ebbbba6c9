"""Each match of a rule is logged with the decision it led to, and only then."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest

from core.actions import configure, decide
from core.actions.configure import RuleSet
from core.domain.decision import Proposal
from core.domain.ids import ConversationId
from core.domain.rule import Conditions, Outcome, TriageRule
from core.store import labels, triage_rules
from tests.actions.claims import ESCALATE, IGNORE, RESPOND, claimed
from tests.fixtures.inbox import Arrange, KitOf

SPAM = TriageRule(
    id=uuid4(),
    name="Spam",
    conditions=Conditions(keywords=("casino",)),
    outcome=Outcome.IGNORE,
)
RULES = RuleSet(instructions="", ignore_examples=(), triage_rules=(SPAM,))


def under(proposal: Proposal, rule: UUID, outcome: str) -> Proposal:
    """Return a proposal for a message that fell under a rule."""
    matched = {"id": str(rule), "name": "Spam", "outcome": outcome, "because": ["“casino”"]}
    return replace(proposal, snapshot={"rule": matched, "rules_version": 4})


def log_of(arrange: Arrange) -> dict[str, Any]:
    """Return the one row of the log."""
    return arrange.row(
        "ai_triage_rules_advanced",
        arrange.value("select id from ai_triage_rules_advanced"),
    )


@pytest.mark.parametrize("login", ["service", "assistant"])
@pytest.mark.parametrize(
    ("proposal", "outcome"),
    [(IGNORE, "ignore"), (ESCALATE, "escalate"), (RESPOND, "auto_reply")],
)
async def test_a_match_is_logged_in_the_shape_of_the_reference(
    kit_of: KitOf, arrange: Arrange, login: str, *, proposal: Proposal, outcome: str
) -> None:
    await configure.set_rules(await kit_of("owner"), RULES)
    kit = await kit_of(login)
    case = await claimed(kit, arrange, proposal=under(proposal, SPAM.id, outcome))
    await decide.act(kit, case.considered)
    row = log_of(arrange)
    assert (row["message_id"], row["triage"]) == (case.considered.newest, outcome)
    assert (float(row["confidence"]), row["reason"]) == (
        proposal.verdict.confidence,
        proposal.verdict.reason,
    )
    owned = "select id from ai_rules where user_id = %(tenant)s"
    assert (row["rule_id"], row["triage_rule_id"]) == (arrange.value(owned), SPAM.id)
    assert row["snapshot_json"] == {
        "rule": case.considered.proposal.snapshot["rule"],
        "rules_version": 4,
        "decision": proposal.verdict.decision.value,
        "decision_id": str(arrange.value("select id from ai_decisions")),
    }


async def test_a_rule_that_was_removed_meanwhile_is_logged_by_name(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit = await kit_of("service")
    case = await claimed(kit, arrange, proposal=under(IGNORE, uuid4(), "ignore"))
    await decide.act(kit, case.considered)
    row = log_of(arrange)
    assert row["triage_rule_id"] is None
    assert row["snapshot_json"]["rule"]["name"] == "Spam"


async def test_a_run_that_came_too_late_logs_nothing(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit = await kit_of("service")
    case = await claimed(kit, arrange, proposal=under(IGNORE, SPAM.id, "ignore"))
    await decide.act(kit, replace(case.considered, epoch=case.considered.epoch - 1))
    assert arrange.value("select count(*) from ai_triage_rules_advanced") == 0


async def test_members_of_another_inbox_do_not_see_how_often_a_rule_was_met(
    kit_of: KitOf, arrange: Arrange
) -> None:
    await configure.set_rules(await kit_of("owner"), RULES)
    kit = await kit_of("service")
    case = await claimed(kit, arrange, proposal=under(IGNORE, SPAM.id, "ignore"))
    await decide.act(kit, case.considered)
    async with (await kit_of("agent")).mine() as unit:
        assert [use.matches for use in await triage_rules.uses(unit, days=1)] == [1]
    async with (await kit_of("stranger")).mine() as unit:
        assert await triage_rules.uses(unit, days=1) == []


def labelled(arrange: Arrange, conversation: ConversationId, name: str) -> None:
    """Put a label on a conversation."""
    arrange.run(
        "with l as (insert into labels (tenant_id, name) values (%(tenant)s, %(name)s)"
        " returning id) insert into conversation_labels (tenant_id, conversation_id, label_id)"
        " select %(tenant)s, %(conversation)s, id from l",
        name=name,
        conversation=conversation,
    )


@pytest.mark.parametrize("login", ["service", "assistant"])
async def test_a_person_carries_the_labels_of_all_their_conversations(
    kit_of: KitOf, arrange: Arrange, login: str
) -> None:
    here, there, strange = (arrange.conversation(name=name) for name in "abc")
    labelled(arrange, here, "regular")
    labelled(arrange, there, "wholesale")
    labelled(arrange, strange, "lawyer")
    arrange.run(
        "with p as (insert into people (tenant_id, display_name) values (%(tenant)s, 'Nora')"
        " returning id) update customers set person_id = p.id from p where name in ('a', 'b')"
    )
    kit = await kit_of(login)
    async with kit.unit(arrange.tenant) as unit:
        assert await labels.around(unit, here) == ("regular", "wholesale")
        assert await labels.around(unit, strange) == ("lawyer",)
