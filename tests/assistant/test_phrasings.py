"""What the assistant learns a FAQ from: its entries, as they are now and nothing else."""

from dataclasses import replace

from core.assistant.thinning import thinned
from core.domain.ids import FaqId
from core.domain.knowledge import FaqText
from core.queries.phrasings import KnownPhrasings
from core.store import faqs, phrasings
from core.store.pool import Login, open_database
from tests.assistant.cafe import Cafe, entries
from tests.doubles.embedders import WatchedEmbedder
from tests.fixtures.database import TestDatabase
from tests.fixtures.inbox import Arrange

PARKING = FaqText(
    question="Is there a car park?",
    answer="Yes, behind the house.",
    language="en",
    phrasings=("Where can I park?", "Do you have parking spaces?"),
)
PARKING_ABROAD = FaqText(question="May I park abroad?", answer="Ask there.", language="en")
_ESCALATED = """
insert into ai_decisions (user_id, decision, confidence, reason, escalation_reason,
                          message_text, model, duration_ms, cost_credits, created_at)
values (%(tenant)s, 'escalate', 0.9, 'Nothing known answers.', 'missing_knowledge',
        %(text)s, 'm', 1, 1, clock_timestamp())
"""

_ANSWERED = """
insert into ai_decisions (user_id, decision, confidence, reason, message_text, model,
                          duration_ms, cost_credits, created_at)
values (%(tenant)s, 'respond', 0.9, 'Answered.', %(text)s, 'm', 1, 1, clock_timestamp())
"""
_COMPARED = """
insert into ai_decisions (user_id, decision, confidence, reason, message_text, model,
                          duration_ms, cost_credits, created_at, snapshot_json)
values (%(tenant)s, 'respond', 0.9, 'Answered.', %(text)s, 'm', 1, 1, clock_timestamp(),
        jsonb_build_object('matched', jsonb_build_object('odds', 1.5)))
"""
_CORRECTED = """
insert into decision_corrections (tenant_id, decision_id, should, state, created_at)
select user_id, id, %(should)s, 'none', clock_timestamp() from ai_decisions
where user_id = %(tenant)s and message_text = %(text)s
"""


async def test_every_entry_comes_with_its_phrasings_and_their_vectors(cafe: Cafe) -> None:
    found = await cafe.phrasings.read(cafe.tenant)
    assert found.embedder == cafe.embedder.name
    assert len(found.entries) == len(entries())
    for entry in found.entries:
        assert len(entry.phrasings) == len(entry.vectors) >= 1
    one = found.entries[0]
    (vector,) = await cafe.embedder.embed([one.phrasings[0]])
    likeness = sum(a * b for a, b in zip(vector, one.vectors[0], strict=True))
    assert likeness > 0.999


async def test_an_entry_says_what_it_is_filed_under_in_words(cafe: Cafe) -> None:
    filed = replace(PARKING, category="car_park-access")
    await cafe.keep([filed, PARKING_ABROAD])
    found = {one.id: one for one in (await cafe.phrasings.read(cafe.tenant)).entries}
    category = found[await _parking(cafe)].category
    assert category is not None
    assert category.text == "car park access"
    assert [category.vector] == await cafe.embedder.embed(["car park access"])
    unfiled = [one for one in found.values() if one.category is None]
    assert [one.phrasings for one in unfiled] == [(PARKING_ABROAD.question,)]


async def test_longer_phrasings_come_with_copies_that_lack_words(cafe: Cafe) -> None:
    found = await cafe.phrasings.read(cafe.tenant)
    assert any(entry.copies for entry in found.entries)
    for entry in found.entries:
        made = {copy for text in entry.phrasings for copy in thinned(text)}
        assert {copy.text for copy in entry.copies} == made
        for copy in entry.copies:
            (vector,) = await cafe.embedder.embed([copy.text])
            assert copy.vector == vector


async def test_the_version_changes_with_the_entries_alone(cafe: Cafe) -> None:
    before = await cafe.phrasings.version(cafe.tenant)
    assert await cafe.phrasings.version(cafe.tenant) == before
    await cafe.keep([PARKING])
    added = await cafe.phrasings.version(cafe.tenant)
    await cafe.keep([PARKING])
    changed = await cafe.phrasings.version(cafe.tenant)
    parking = await _parking(cafe)
    async with cafe.database.unit(cafe.tenant) as unit:
        await faqs.disable(unit, parking)
    disabled = await cafe.phrasings.version(cafe.tenant)
    assert len({before, added, changed}) == 3
    assert disabled == before
    assert parking not in {
        one.id for one in (await cafe.phrasings.read(cafe.tenant)).entries
    }


async def test_a_message_that_nothing_answered_counts_until_its_entry_is_written(
    cafe: Cafe,
) -> None:
    await cafe.keep([PARKING])
    await _escalate(cafe, "Do you repair bicycles?")
    await _escalate(cafe, "Do you repair bicycles?")
    await _escalate(cafe, "Where can I park my van?")
    before = {one.text for one in (await cafe.phrasings.read(cafe.tenant)).unanswered}
    assert before == {"Do you repair bicycles?", "Where can I park my van?"}

    await cafe.keep([PARKING])
    after = {one.text for one in (await cafe.phrasings.read(cafe.tenant)).unanswered}
    assert after == {"Do you repair bicycles?"}


async def test_what_people_said_counts_instead_of_what_was_thought(
    cafe: Cafe, arrange: Arrange
) -> None:
    await _escalate(cafe, "Do you repair bicycles?")
    await _escalate(cafe, "Can I pay by card?")
    arrange.run(_ANSWERED, text="May I film in your café?")
    arrange.run(_CORRECTED, text="Can I pay by card?", should="respond")
    arrange.run(_CORRECTED, text="May I film in your café?", should="escalate")
    found = {one.text for one in (await cafe.phrasings.read(cafe.tenant)).unanswered}
    assert found == {"Do you repair bicycles?", "May I film in your café?"}


async def test_only_messages_that_were_compared_with_the_faq_tell_of_what_is_asked(
    cafe: Cafe, arrange: Arrange
) -> None:
    arrange.run(_ANSWERED, text="Thank you!")
    for text in ("Can I pay by card?", "Do you repair bicycles?", "Can I pay by card?"):
        arrange.run(_COMPARED, text=text)
    found = (await cafe.phrasings.read(cafe.tenant)).recent
    assert [one.text for one in found] == [
        "Can I pay by card?",
        "Do you repair bicycles?",
        "Can I pay by card?",
    ]
    (vector,) = await cafe.embedder.embed(["Do you repair bicycles?"])
    assert found[1].vector == vector


async def test_a_faq_that_changes_has_only_what_is_new_read(
    cafe: Cafe, arrange: Arrange
) -> None:
    arrange.run(_COMPARED, text="Can I pay by card?")
    watched = WatchedEmbedder(cafe.embedder)
    known = KnownPhrasings(cafe.database, [watched])
    first = await known.read(cafe.tenant)
    assert "Can I pay by card?" in watched.asked
    watched.asked.clear()

    arrange.run(_COMPARED, text="Do you repair bicycles?")
    again = await known.read(cafe.tenant)

    assert watched.asked == ["Do you repair bicycles?"]
    assert again.entries == first.entries


async def test_a_long_log_is_not_opened_for_a_few_messages(
    cafe: Cafe, arrange: Arrange
) -> None:
    arrange.run(_COMPARED, text="Can I pay by card?")
    for _ in range(10):
        arrange.run(_ANSWERED, text="Thank you!")
    async with cafe.database.unit(cafe.tenant) as unit:
        assert await phrasings.recent(unit, 1) == []
        assert await phrasings.recent(unit, 3) == ["Can I pay by card?"]


async def test_a_process_that_only_answers_reads_them_too(
    cafe: Cafe, fresh_database: TestDatabase
) -> None:
    await _escalate(cafe, "Do you repair bicycles?")
    async with open_database(fresh_database.assistant, login=Login.ASSISTANT) as database:
        found = await KnownPhrasings(database, [cafe.embedder]).read(cafe.tenant)
    assert [one.text for one in found.unanswered] == ["Do you repair bicycles?"]


async def _parking(cafe: Cafe) -> FaqId:
    async with cafe.database.unit(cafe.tenant) as unit:
        kept = await faqs.all_of(unit)
    return next(one.id for one in kept if one.question == PARKING.question)


async def _escalate(cafe: Cafe, text: str) -> None:
    async with cafe.database.unit(cafe.tenant) as unit:
        await unit.execute(_ESCALATED, {"tenant": cafe.tenant, "text": text})
