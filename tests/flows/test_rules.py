"""The owner's rules at work: from a customer's message to the log of what was matched."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from uuid import uuid4

import pytest
from typing_extensions import override

from core.actions import configure, escalate
from core.actions.configure import RuleSet
from core.assistant import saver
from core.assistant.graph import open_assistant
from core.assistant.state import Assistant, Case
from core.domain.channel import AssistantMode
from core.domain.decision import Decision, EscalationReason, Proposal
from core.domain.ids import ConversationId
from core.domain.rule import Conditions, Outcome, TriageRule
from core.engine import Part
from core.queries import escalations, rules
from core.queries.conversation import DecisionRow
from tests.assistant.cases import LetterEmbedder, Shelf, entry
from tests.doubles.scripted_assistant import ScriptedAssistant
from tests.flows.conftest import OpenStage
from tests.flows.stage import AMAL, BEA, INES, LISTENING, Scene, Stage

DOGS = entry("Are dogs allowed?", "Yes, on a lead.")


@dataclass
class Thinking(ScriptedAssistant):
    """The real assistant, over a shelf instead of a knowledge base."""

    behind: Assistant | None = None

    @override
    async def consider(self, case: Case) -> Proposal:
        assert self.behind is not None
        self.cases.append(case)
        return await self.behind.consider(case)


@pytest.fixture
async def shop(on_stage: OpenStage) -> AsyncIterator[Stage]:
    """A shop that answers by itself, without any rules yet."""
    async with open_assistant(
        retrieve=Shelf(DOGS), embedder=LetterEmbedder(), checkpointer=saver.in_memory()
    ) as behind:
        scene = Scene(
            parts=LISTENING | {Part.ASSISTANT},
            mode=AssistantMode.AUTO,
            assistant=Thinking(behind=behind),
        )
        async with on_stage(scene) as opened:
            yield opened
            await opened.arrange("delete from triage_rules")


async def under(shop: Stage, name: str, outcome: Outcome, **asked: object) -> TriageRule:
    """Set one rule, as the owner does."""
    conditions = Conditions(**asked)  # type: ignore[arg-type]
    rule = TriageRule(id=uuid4(), name=name, conditions=conditions, outcome=outcome)
    own = RuleSet(instructions="", ignore_examples=(), triage_rules=(rule,))
    await configure.set_rules(shop.kit, own)
    return rule


async def decided(shop: Stage, conversation: ConversationId) -> DecisionRow:
    """Return the last decision about a conversation, once there is one."""

    async def look() -> DecisionRow | None:
        return (await shop.detail(conversation)).last_decision

    return await shop.until(look)


async def test_a_matching_rule_decides_and_is_logged_with_its_message(shop: Stage) -> None:
    rule = await under(shop, "Raffles", Outcome.IGNORE, keywords=("raffle",))
    await shop.sandbox.write(AMAL, "Are dogs in the raffle?")
    conversation = (await shop.conversation_of(AMAL)).id
    decision = await decided(shop, conversation)
    assert (decision.decision, decision.matched_rule) == (Decision.IGNORE, "Raffles")
    assert shop.sandbox.sends() == ()
    logged = (
        "select count(*) from ai_triage_rules_advanced l"
        " join conversation_messages m on m.user_id = l.user_id and m.id = l.message_id"
        " join ai_rules r on r.user_id = l.user_id and r.id = l.rule_id"
        " join ai_decisions d on d.id::text = l.snapshot_json ->> 'decision_id'"
        " join triage_rules t on t.tenant_id = l.user_id and t.id = l.triage_rule_id"
        " where t.name = 'Raffles' and l.triage = 'ignore'"
        " and l.confidence = 1 and l.reason = d.reason and m.ai_decision_id = d.id"
        " and l.snapshot_json -> 'rule' ->> 'name' = 'Raffles'"
    )
    assert await shop.count(logged) == 1
    (use,) = await rules.uses(shop.kit)
    assert (use.rule_id, use.matches) == (rule.id, 1)


async def test_a_message_that_matches_nothing_is_answered_and_not_logged(
    shop: Stage,
) -> None:
    await under(shop, "Raffles", Outcome.IGNORE, keywords=("raffle",))
    await shop.sandbox.write(AMAL, "Are dogs allowed?")
    conversation = (await shop.conversation_of(AMAL)).id
    decision = await decided(shop, conversation)
    assert (decision.decision, decision.matched_rule) == (Decision.RESPOND, None)
    assert await rules.uses(shop.kit) == ()


async def test_a_rule_of_one_platform_leaves_the_others_alone(shop: Stage) -> None:
    await under(shop, "Instagram", Outcome.ESCALATE, platforms=("instagram",))
    await shop.sandbox.write(INES, "Are dogs allowed?")
    conversation = (await shop.conversation_of(INES)).id
    decision = await decided(shop, conversation)
    assert (decision.decision, decision.matched_rule) == (Decision.ESCALATE, "Instagram")
    (case,) = await escalations.queue(shop.kit)
    assert case.reason is EscalationReason.POLICY
    assert "your rule “Instagram”" in case.summary
    await shop.sandbox.write(AMAL, "Are dogs allowed?")
    other = (await shop.conversation_of(AMAL)).id
    assert (await decided(shop, other)).decision is Decision.RESPOND


async def test_a_rule_of_a_label_is_for_customers_who_carry_it(shop: Stage) -> None:
    await under(shop, "VIP", Outcome.ESCALATE, labels=("vip",))
    await shop.sandbox.write(BEA, "Are dogs allowed?")
    conversation = (await shop.conversation_of(BEA)).id
    assert (await decided(shop, conversation)).matched_rule is None
    await shop.arrange("insert into labels (tenant_id, name) select id, 'VIP' from users")
    await shop.arrange(
        "insert into conversation_labels (tenant_id, conversation_id, label_id)"
        " select c.user_id, c.id, l.id from conversations c"
        " join labels l on l.tenant_id = c.user_id"
    )
    await shop.sandbox.write(BEA, "Are dogs allowed?")

    async def escalated() -> bool:
        return (await shop.row(conversation)).status == "escalated"

    await shop.until(escalated)
    assert (await decided(shop, conversation)).matched_rule == "VIP"
    await shop.arrange("delete from labels")


async def test_an_escalated_conversation_is_silent_until_it_is_given_back(
    shop: Stage,
) -> None:
    await under(shop, "Refunds", Outcome.ESCALATE, keywords=("refund",))
    await shop.sandbox.write(AMAL, "I want a refund")
    conversation = (await shop.conversation_of(AMAL)).id
    assert (await decided(shop, conversation)).decision is Decision.ESCALATE
    await shop.sandbox.write(AMAL, "Are dogs allowed?")
    await shop.message_when(conversation, lambda one: one.text == "Are dogs allowed?")
    await shop.processed()
    due = "select count(*) from conversations where assistant_due_at is not null"
    assert await shop.count(due) == 0
    assert len(shop.assistant.cases) == 1
    await escalate.give_back(shop.kit, conversation)
    # What was said meanwhile has been in a person's hands.
    assert await shop.count(due) == 0
    await shop.sandbox.write(AMAL, "And cats?")

    async def suggested() -> bool:
        return (await shop.detail(conversation)).draft is not None

    await shop.until(suggested)
    assert shop.assistant.cases[1].fragments == ("And cats?",)


async def test_a_case_knows_where_and_when_it_was_written(shop: Stage) -> None:
    await shop.sandbox.write(INES, "Are dogs allowed?")
    conversation = (await shop.conversation_of(INES)).id
    await decided(shop, conversation)
    (case,) = shop.assistant.cases
    written = (await shop.thread(conversation))[0]
    assert (case.platform, case.labels) == ("instagram", ())
    assert case.at == written.at
