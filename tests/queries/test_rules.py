"""What other costs of a wrong reply would have changed, from decisions as they were kept."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import pytest
from psycopg.types.json import Jsonb

from core.actions import configure
from core.actions.configure import RuleSet
from core.domain.errors import Refused
from core.domain.rule import Costs, reply_threshold
from core.kit import Kit
from core.queries import rules
from core.queries.rules import CurvePoint
from tests.fixtures.inbox import Arrange, KitOf


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """Enters decisions of a conversation."""

    arrange: Arrange

    def decision(
        self,
        decision: str,
        *,
        sort: str | None = "question",
        likely: float | None = None,
        objections: tuple[str, ...] = (),
        days_ago: int = 1,
    ) -> UUID:
        """Keep a decision as the assistant keeps it."""
        snapshot: dict[str, Any] = {
            "likely": likely,
            "sorted": None if sort is None else {"sort": sort},
            "objections": list(objections),
            "passages": [{"text": "x" * 200}],
        }
        found: UUID = self.arrange.value(
            "insert into ai_decisions (user_id, conversation_id, decision, confidence, reason,"
            " snapshot_json, created_at) select user_id, id, %(decision)s, 0.5, '', %(snapshot)s,"
            " now() - make_interval(days => %(days)s) from conversations limit 1 returning id",
            decision=decision,
            snapshot=Jsonb(snapshot),
            days=days_ago,
        )
        return found

    def draft(self, decision: UUID, state: str) -> None:
        """Keep what became of a suggestion."""
        self.arrange.run(
            "insert into drafts (id, tenant_id, conversation_id, decision_id, text, confidence,"
            " threshold, state, epoch, newest_inbound_id) select %(id)s, d.user_id,"
            " d.conversation_id, d.id, 'At nine.', 0.5, 0.8, %(state)s, 0, m.id"
            " from ai_decisions d join conversation_messages m on"
            " m.conversation_id = d.conversation_id where d.id = %(decision)s limit 1",
            id=uuid4(),
            decision=decision,
            state=state,
        )


@pytest.fixture
def book(arrange: Arrange) -> Book:
    arrange.inbound(arrange.conversation())
    return Book(arrange=arrange)


async def at_cost(kit: Kit, cost: float, days: int = 30) -> CurvePoint:
    """Return the point of a cost on the curve."""
    found = await rules.curve(kit, days)
    return next(point for point in found.points if point.wrong_reply_cost == cost)


async def test_without_messages_there_is_no_curve(kit_of: KitOf) -> None:
    assert await rules.curve(await kit_of("agent")) == rules.Curve(points=(), messages=0)


async def test_a_dearer_error_answers_less_and_errs_less(kit_of: KitOf, book: Book) -> None:
    for likely in (0.05, 0.3, 0.55, 0.72, 0.85, 0.93, 0.97, 0.995):
        book.decision("respond" if likely >= 0.6 else "escalate", likely=likely)
    found = await rules.curve(await kit_of("agent"))
    answered = [point.answered for point in found.points]
    errors = [point.expected_errors for point in found.points]
    assert found.messages == 8
    assert answered == sorted(answered, reverse=True)
    assert errors == sorted(errors, reverse=True)
    assert all(point.answered + point.escalated == 1 for point in found.points)
    assert all(
        point.threshold == reply_threshold(Costs(wrong_reply=point.wrong_reply_cost))
        for point in found.points
    )


async def test_a_point_says_what_a_cost_would_have_done(kit_of: KitOf, book: Book) -> None:
    book.decision("respond", likely=0.9)
    book.decision("respond", likely=0.7)
    book.decision("escalate", likely=0.4)
    book.decision("escalate", sort="wants_human")
    book.decision("ignore", sort="courtesy")
    kit = await kit_of("agent")
    usual = await at_cost(kit, 4.0)
    assert (usual.answered, usual.escalated) == (1 / 5, 3 / 5)
    assert usual.expected_errors == pytest.approx(100 * 0.1 / 5)
    bold = await at_cost(kit, 1.0)
    assert (bold.answered, bold.escalated) == (2 / 5, 2 / 5)
    assert bold.expected_errors == pytest.approx(100 * (0.1 + 0.3) / 5)
    careful = await at_cost(kit, 99.0)
    assert (careful.answered, careful.escalated) == (0, 4 / 5)
    assert careful.expected_errors == 0


async def test_exactly_at_the_threshold_an_answer_leaves(kit_of: KitOf, book: Book) -> None:
    book.decision("respond", likely=0.8)
    kit = await kit_of("agent")
    assert (await at_cost(kit, 4.0)).answered == 1
    assert (await at_cost(kit, 5.0)).answered == 0


async def test_what_became_of_a_draft_outweighs_what_was_expected(
    kit_of: KitOf, book: Book
) -> None:
    for state in ("approved", "edited", "dismissed", "superseded"):
        book.draft(book.decision("respond", likely=0.9), state)
    usual = await at_cost(await kit_of("agent"), 4.0)
    assert usual.expected_errors == pytest.approx(100 * (0 + 1 + 1 + 0.1) / 4)


async def test_no_cost_answers_what_the_guard_held_back_or_a_rule_decided(
    kit_of: KitOf, book: Book
) -> None:
    book.decision("escalate", likely=0.97, objections=("An amount nobody wrote.",))
    book.decision("escalate", sort=None)
    book.decision("escalate", sort="complaint", likely=0.9)
    book.decision("ignore", sort=None)
    cheapest = await at_cost(await kit_of("agent"), rules.GRID[0])
    assert (cheapest.answered, cheapest.escalated) == (0, 3 / 4)


async def test_only_the_days_that_are_asked_for_count(kit_of: KitOf, book: Book) -> None:
    book.decision("respond", likely=0.9)
    book.decision("respond", likely=0.9, days_ago=20)
    kit = await kit_of("agent")
    assert (await rules.curve(kit, 7)).messages == 1
    assert (await rules.curve(kit, 30)).messages == 2
    with pytest.raises(Refused, match="between 1 and 366"):
        await rules.curve(kit, 0)


async def test_the_owners_own_cost_is_a_point(kit_of: KitOf, book: Book) -> None:
    book.decision("respond", likely=0.9)
    kit = await kit_of("owner")
    own = RuleSet(instructions="", ignore_examples=(), costs=Costs(wrong_reply=6.5))
    await configure.set_rules(kit, own)
    costs = [point.wrong_reply_cost for point in (await rules.curve(kit)).points]
    assert 6.5 in costs
    assert costs == sorted(costs)


async def test_another_inbox_is_not_counted(kit_of: KitOf, book: Book) -> None:
    book.decision("respond", likely=0.9)
    assert (await rules.curve(await kit_of("stranger"))).messages == 0


async def test_a_snapshot_of_another_shape_has_no_likelihood(
    kit_of: KitOf, book: Book
) -> None:
    decision = book.decision("escalate")
    book.arrange.run("alter table ai_decisions disable trigger user")
    for odd in ('{"likely": "high"}', '{"sorted": 3}', "[]", '"x"'):
        book.arrange.run(
            "update ai_decisions set snapshot_json = %(odd)s::jsonb where id = %(id)s",
            odd=odd,
            id=decision,
        )
    assert (await at_cost(await kit_of("agent"), 4.0)).escalated == 1


async def test_the_models_to_choose_from_are_listed_local_ones_first(kit_of: KitOf) -> None:
    found = await rules.models(await kit_of("agent"))
    assert found[0].key == "local/composer"
    assert {"openai/gpt-4o", "openai/gpt-4o-mini"} <= {one.key for one in found}
