"""Whether the confidence keeps what it promises in an inbox, as its people have shown."""

import pytest
from psycopg.types.json import Jsonb

from core.assistant import answering
from core.assistant.calibrated import FEWEST_OUTCOMES
from core.domain.errors import Refused
from core.queries.confidence import standing
from tests.fixtures.inbox import Arrange, KitOf

_JUDGED = """
with put as (
    insert into ai_decisions (user_id, conversation_id, decision, confidence, reason,
                              message_text, model, duration_ms, cost_credits, snapshot_json)
    select %(tenant)s, %(conversation)s, 'respond', 0.9, 'Answered.', 'm', 'm', 1, 1, %(snapshot)s
    from generate_series(1, %(count)s)
    returning id)
insert into drafts (id, tenant_id, conversation_id, decision_id, text, citations, confidence,
                    threshold, epoch, newest_inbound_id, state)
select gen_random_uuid(), %(tenant)s, %(conversation)s, id, 'x', '[]', 0.9, 0.9, 1, %(inbound)s,
       %(state)s
from put
"""


class Judged:
    """Suggestions that people have judged, put there all at once."""

    def __init__(self, arrange: Arrange) -> None:
        self.arrange = arrange
        self.conversation = arrange.conversation(arrange.channel())
        self.inbound = arrange.inbound(self.conversation, "When do you open?")

    def add(self, count: int, state: str, likely: float) -> None:
        self.arrange.run(
            _JUDGED,
            count=count,
            state=state,
            conversation=self.conversation,
            inbound=self.inbound,
            snapshot=Jsonb({"shipped": likely, "weights": answering.VERSION}),
        )


@pytest.fixture
def judged(arrange: Arrange) -> Judged:
    return Judged(arrange)


async def test_nothing_is_promised_before_anybody_has_judged(kit_of: KitOf) -> None:
    found = await standing(await kit_of("owner"))
    assert (found.outcomes, found.learns, found.bar) == (0, False, None)


async def test_the_bar_lies_where_suggestions_were_right(
    judged: Judged, kit_of: KitOf
) -> None:
    judged.add(80, "approved", 0.97)
    judged.add(30, "approved", 0.6)
    judged.add(30, "dismissed", 0.6)
    found = await standing(await kit_of("owner"))
    assert (found.outcomes, found.right, found.learns) == (140, 110, True)
    assert found.bar is not None
    assert found.bar > 0.8
    assert (await standing(await kit_of("owner"), precision=0.99)).bar is None


async def test_an_overconfident_inbox_is_put_right(judged: Judged, kit_of: KitOf) -> None:
    judged.add(60, "approved", 0.9)
    judged.add(60, "dismissed", 0.9)
    found = await standing(await kit_of("agent"))
    assert found.error_shipped == pytest.approx(0.4)
    assert found.error_learnt < 0.2


async def test_few_outcomes_are_counted_and_not_learnt_from(
    judged: Judged, kit_of: KitOf
) -> None:
    judged.add(FEWEST_OUTCOMES - 1, "approved", 0.9)
    assert not (await standing(await kit_of("owner"))).learns


async def test_another_inbox_sees_none_of_it(judged: Judged, kit_of: KitOf) -> None:
    judged.add(60, "approved", 0.9)
    assert (await standing(await kit_of("stranger"))).outcomes == 0


@pytest.mark.parametrize("precision", [0.0, 0.3, 1.0, float("nan")])
async def test_a_precision_that_makes_no_sense_is_refused(
    precision: float, kit_of: KitOf
) -> None:
    with pytest.raises(Refused, match="precision"):
        await standing(await kit_of("owner"), precision=precision)
