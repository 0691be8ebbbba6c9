"""The log of decisions: in order, searched whatever the accents, a page at a time."""

from uuid import uuid4

import pytest

from core.actions import correct
from core.domain.decision import Decision
from core.domain.errors import NotFound
from core.domain.ids import DecisionId
from core.queries import decisions
from tests.assistant.cases import entry
from tests.fixtures.inbox import Arrange, KitOf
from tests.fixtures.mind import Mind

DOGS = entry("Are dogs allowed?", "Yes, on a lead.")


async def test_a_line_tells_who_wrote_what_and_what_was_decided(mind: Mind) -> None:
    mind.shelf.passages = [DOGS]
    made = await mind.decides("Hello!", "Are dogs allowed?", name="Léa")
    (row,) = await decisions.page(mind.owner)
    assert row.id == made
    assert (row.customer, row.platform) == ("Léa", "whatsapp")
    assert row.text == "Hello!\nAre dogs allowed?"
    assert (row.decision, row.reason) == (
        Decision.RESPOND,
        "Answered by “Are dogs allowed?”. The entry knows too few ways to ask.",
    )
    assert (row.model, row.cost_credits, row.corrected) == ("letters", 1, None)


async def test_one_holds_the_reply_and_the_words_it_stood_on(mind: Mind) -> None:
    mind.shelf.passages = [DOGS]
    made = await mind.decides("Are dogs allowed?", name="Léa")
    found = await decisions.one(mind.agent, made)
    assert found.reply == "Hi Léa,\nYes, on a lead."
    assert [one.quote for one in found.citations] == ["Yes, on a lead."]
    assert found.snapshot["passages"][0]["text"] == "Yes, on a lead."


async def test_pages_follow_each_other_without_a_gap(
    kit_of: KitOf, arrange: Arrange
) -> None:
    made = _decisions(arrange, 7)
    owner = await kit_of("owner")
    first = await decisions.page(owner, limit=3)
    second = await decisions.page(owner, before=first[-1].id, limit=3)
    third = await decisions.page(owner, before=second[-1].id, limit=3)
    assert [row.id for row in (*first, *second, *third)] == made[::-1]


async def test_decisions_of_the_same_moment_are_not_lost_between_pages(
    kit_of: KitOf, arrange: Arrange
) -> None:
    made = _decisions(arrange, 6)
    arrange.run("update ai_decisions set created_at = '2026-01-01 00:00Z'")
    owner = await kit_of("owner")
    seen = await decisions.page(owner, limit=2)
    while len(page := await decisions.page(owner, before=seen[-1].id, limit=2)) > 0:
        seen += page
    assert sorted(row.id for row in seen) == sorted(made)


async def test_only_one_kind_is_shown_where_that_is_asked(
    kit_of: KitOf, arrange: Arrange
) -> None:
    _decisions(arrange, 2)
    (wanted,) = _decisions(arrange, 1, decision="ignore")
    found = await decisions.page(await kit_of("owner"), decision=Decision.IGNORE)
    assert [row.id for row in found] == [wanted]


@pytest.mark.parametrize(
    "search", ["horaires d'ete", "HORAIRES", "dépassé", "depasse", "Zoé", "zoe", "l'été  ?"]
)
async def test_a_search_looks_at_message_reason_and_name_whatever_the_accents(
    kit_of: KitOf, arrange: Arrange, search: str
) -> None:
    _decisions(arrange, 3)
    conversation = arrange.conversation(name="Zoé Lefèvre")
    wanted = arrange.value(
        "insert into ai_decisions (user_id, conversation_id, decision, confidence, reason,"
        " message_text) values (%(tenant)s, %(conversation)s, 'escalate', 0.9,"
        " 'Délai dépassé.', 'Horaires d''été, vos horaires de l''été ?') returning id",
        conversation=conversation,
    )
    found = await decisions.page(await kit_of("owner"), search=f" {search} ")
    assert [row.id for row in found] == [wanted]


@pytest.mark.parametrize("search", ["%", "_", "\\", "\x00", "nothing like it"])
async def test_signs_are_searched_for_and_mean_nothing_else(
    kit_of: KitOf, arrange: Arrange, search: str
) -> None:
    _decisions(arrange, 1)
    found = await decisions.page(await kit_of("owner"), search=search)
    assert len(found) == (1 if search == "\x00" else 0)


async def test_search_filter_and_place_go_together(kit_of: KitOf, arrange: Arrange) -> None:
    made = _decisions(arrange, 4)
    _decisions(arrange, 2, decision="ignore")
    owner = await kit_of("owner")
    found = await decisions.page(
        owner, search="number", decision=Decision.ESCALATE, before=made[2], limit=1
    )
    assert [row.id for row in found] == [made[1]]


async def test_a_correction_stands_in_the_log(mind: Mind) -> None:
    made = await mind.decides("Do you sell bicycles?")
    await correct.was_wrong(mind.owner, made, Decision.IGNORE)
    (row,) = await decisions.page(mind.agent)
    assert row.corrected is Decision.IGNORE


async def test_another_inboxs_log_is_not_shown(kit_of: KitOf, arrange: Arrange) -> None:
    (made,) = _decisions(arrange, 1)
    stranger = await kit_of("stranger")
    assert await decisions.page(stranger) == []
    assert await decisions.page(stranger, search="number") == []
    with pytest.raises(NotFound):
        await decisions.one(stranger, made)
    with pytest.raises(NotFound):
        await decisions.page(stranger, before=made)


async def test_a_place_that_is_gone_is_said_to_be(kit_of: KitOf) -> None:
    with pytest.raises(NotFound, match="no longer in the log"):
        await decisions.page(await kit_of("owner"), before=uuid4())


def _decisions(
    arrange: Arrange, count: int, *, decision: str = "escalate"
) -> list[DecisionId]:
    """Put plain decisions into the log, the oldest first."""
    conversation = arrange.conversation(name="Max")
    return [
        DecisionId(
            arrange.value(
                "insert into ai_decisions (user_id, conversation_id, decision, confidence,"
                " reason, message_text) values (%(tenant)s, %(conversation)s, %(decision)s,"
                " 0.9, 'Nothing known answers.', %(text)s) returning id",
                conversation=conversation,
                decision=decision,
                text=f"Number {at}",
            )
        )
        for at in range(count)
    ]
