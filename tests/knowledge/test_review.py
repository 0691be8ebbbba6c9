"""What the owner is shown to put right: contradictions, expired dates, stale and unused."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from core.actions import ingest, review, teach
from core.domain.errors import AlreadyDecided, Refused
from core.domain.ids import ConflictId, DocumentId
from core.domain.knowledge import Side
from core.kit import Kit
from core.queries import knowledge
from core.queries.review import Review, doubts
from core.store import conflicts
from core.store.conflicts import NewConflict, NewExpiry, Place
from tests.fixtures.inbox import Arrange, KitOf
from tests.fixtures.team import Team

GUIDE = """# Guide 🚲

## Rental

A city bicycle with its helmet is rented for the day at the counter.

## Full service

The full service of a bicycle costs 59 euros and takes two days.
"""
PRICES = """# Prices

## Full service

The full service of a bicycle costs 75 euros.
"""
OFFER = """# Summer

Our summer offer is valid until 31 August 2026 and includes a free helmet.
"""


WELCOME = (
    "## Hello 🎈\n\n" + "We are glad that you are here, come in and look around. " * 20
)
LONGER = GUIDE.replace("## Full", f"{WELCOME}\n\n## Full")


async def _pair(team: Team) -> tuple[DocumentId, DocumentId]:
    return await team.add("guide.md", GUIDE), await team.add("prices.md", PRICES)


async def _open(kit: Kit) -> list[ConflictId]:
    return [one.id for one in (await doubts(kit)).conflicts]


async def _is_exact(kit: Kit, side: Side) -> bool:
    """Tell whether a side's value and sentence stand in the stored text where it says."""
    stored = (await knowledge.document(kit, side.document_id)).content
    return (
        stored[side.start_char : side.end_char] == side.value
        and side.sentence in stored
        and side.value in side.sentence
    )


async def test_two_prices_of_one_thing_are_shown_once_each_in_its_place(
    team: Team,
) -> None:
    guide, prices = await _pair(team)

    (found,) = (await doubts(team.owner)).conflicts

    sides = {side.document_id: side for side in (found.one, found.other)}
    assert found.kind == "price"
    assert 0 < found.score <= 1
    assert sides.keys() == {guide, prices}
    assert "59" in sides[guide].value
    assert "75" in sides[prices].value
    assert (sides[guide].name, sides[prices].name) == ("guide.md", "prices.md")
    assert await _is_exact(team.owner, found.one)
    assert await _is_exact(team.owner, found.other)


async def test_different_hours_are_shown_in_french_too(team: Team) -> None:
    await team.add("a.md", "# Horaires\n\nLa boutique ouvre le lundi de 9 h à 18 h.\n")
    await team.add("b.md", "# Horaires\n\nLa boutique ouvre le lundi de 10 h à 18 h.\n")

    (found,) = (await doubts(team.owner)).conflicts

    assert found.kind == "hours"
    assert await _is_exact(team.owner, found.one)
    assert await _is_exact(team.owner, found.other)


async def test_the_list_of_documents_counts_their_contradictions(team: Team) -> None:
    guide, prices = await _pair(team)
    hours = await team.add("hours.md", "# Hours\n\nWe open at nine on Mondays.\n")

    rows = (await knowledge.overview(team.owner)).documents

    assert {row.document.id: row.conflicts for row in rows} == {
        guide: 1,
        prices: 1,
        hours: 0,
    }


async def test_whichever_of_the_two_is_looked_at_it_stays_one(team: Team) -> None:
    guide, prices = await _pair(team)
    for document in (guide, prices, guide, guide):
        await review.document(team.companion, team.tenant, document)
    assert len(await _open(team.owner)) == 1


async def test_what_was_dismissed_stays_so_when_the_same_text_is_read_in_again(
    team: Team,
) -> None:
    guide, prices = await _pair(team)
    (shown,) = await _open(team.owner)

    await teach.dismiss_conflict(team.owner, shown)
    assert await _open(team.owner) == []
    for document in (guide, prices):
        await teach.reindex_document(team.owner, document)
        await team.work(document)

    assert await _open(team.owner) == []
    rows = (await knowledge.overview(team.owner)).documents
    assert [row.conflicts for row in rows] == [0, 0]
    with pytest.raises(AlreadyDecided):
        await teach.dismiss_conflict(team.owner, shown)


async def test_what_was_dismissed_moves_with_its_text(team: Team) -> None:
    await _pair(team)
    (shown,) = await _open(team.owner)
    await teach.dismiss_conflict(team.owner, shown)

    await team.add("guide.md", LONGER)

    assert await _open(team.owner) == []


async def test_what_was_dismissed_is_remembered_by_its_words(
    team: Team, arrange: Arrange
) -> None:
    """Another sentence of the passage was changed, so that its chunk is a new one."""
    guide, _ = await _pair(team)
    (shown,) = await _open(team.owner)
    await teach.dismiss_conflict(team.owner, shown)
    before = arrange.value("select array_agg(id) from knowledge_chunks")

    changed = PRICES + "\nA wash is free of charge on Mondays.\n"
    await team.add("prices.md", changed)
    assert arrange.value("select array_agg(id) from knowledge_chunks") != before
    assert await _open(team.owner) == []
    await review.document(team.companion, team.tenant, guide)
    assert await _open(team.owner) == []

    await team.add("prices.md", changed.replace("75", "80"))
    assert len(await _open(team.owner)) == 1


async def test_a_contradiction_is_gone_at_once_with_its_passage(
    team: Team, arrange: Arrange
) -> None:
    """Between the new text and the look at it nothing is shown that is not there."""
    await _pair(team)
    document = await teach.add_document(team.owner, "prices.md", b"# Prices\n\nAsk us.\n")
    await ingest.document(team.companion, team.tenant, document)

    assert await _open(team.owner) == []
    rows = (await knowledge.overview(team.owner)).documents
    assert [row.conflicts for row in rows] == [0, 0]
    await review.document(team.companion, team.tenant, document)
    assert arrange.value("select count(*) from knowledge_conflicts") == 0


async def test_the_places_move_with_the_text_above_them(team: Team) -> None:
    await _pair(team)
    await team.add("guide.md", LONGER)

    (found,) = (await doubts(team.owner)).conflicts

    assert await _is_exact(team.owner, found.one)
    assert await _is_exact(team.owner, found.other)


async def test_a_text_that_was_put_right_is_no_longer_shown(team: Team) -> None:
    await _pair(team)
    assert len(await _open(team.owner)) == 1

    await team.add("prices.md", PRICES.replace("75", "59"))

    assert await _open(team.owner) == []


async def test_a_removed_document_takes_its_contradictions_along(
    team: Team, arrange: Arrange
) -> None:
    _, prices = await _pair(team)
    await teach.remove_document(team.owner, prices)
    assert await _open(team.owner) == []
    assert arrange.value("select count(*) from knowledge_conflicts") == 0


async def test_what_goes_while_it_is_looked_at_is_passed_over(team: Team) -> None:
    guide, prices = await _pair(team)
    (found,) = (await doubts(team.owner)).conflicts
    async with team.companion.unit(team.tenant) as unit:
        (chunk, *_) = await conflicts.chunks_of(unit, guide)
        (gone,) = await conflicts.chunks_of(unit, prices)
    await teach.remove_document(team.owner, prices)

    one = Place(chunk=chunk.id, start=0, end=1, sentence="x")
    late = NewConflict(kind="price", score=0.9, one=one, other=replace(one, chunk=gone.id))
    passed = NewExpiry(place=replace(one, chunk=gone.id), until=date(2026, 1, 1))
    async with team.companion.unit(team.tenant) as unit:
        await conflicts.replace(unit, guide, [late], [passed])

    left = await doubts(team.owner)
    assert (found.kind, left.conflicts, left.expired) == ("price", (), ())


async def test_an_agent_sees_contradictions_and_leaves_them(
    team: Team, kit_of: KitOf
) -> None:
    await _pair(team)
    agent = await kit_of("agent")

    (shown,) = await _open(agent)
    with pytest.raises(Refused):
        await teach.dismiss_conflict(agent, shown)

    assert await _open(team.owner) == [shown]


async def test_another_inbox_sees_and_settles_nothing_of_ours(
    team: Team, kit_of: KitOf
) -> None:
    await _pair(team)
    await team.add("offer.md", OFFER)
    stranger = await kit_of("stranger")
    later = replace(stranger, clock=team.on(datetime(2030, 1, 1, tzinfo=UTC)).clock)

    theirs = await doubts(later)
    (shown,) = await _open(team.owner)
    with pytest.raises(AlreadyDecided):
        await teach.dismiss_conflict(stranger, shown)

    assert theirs == Review(conflicts=(), expired=(), stale=(), unused=())
    assert await _open(team.owner) == [shown]


async def test_the_same_words_in_two_inboxes_do_not_contradict(
    team: Team, kit_of: KitOf, arrange_elsewhere: Arrange
) -> None:
    stranger = replace(await kit_of("stranger"), embedder=team.owner.embedder)
    other = Team(owner=stranger, companion=team.companion, tenant=arrange_elsewhere.tenant)
    await team.add("guide.md", GUIDE)
    await other.add("prices.md", PRICES)
    assert await _open(team.owner) == await _open(stranger) == []


@pytest.mark.parametrize(
    ("today", "times"),
    [
        (datetime(2026, 8, 31, 23, 59, tzinfo=UTC), 0),
        (datetime(2026, 9, 1, 0, 1, tzinfo=UTC), 1),
    ],
)
async def test_an_offer_is_shown_once_its_last_day_is_over(
    team: Team, today: datetime, times: int
) -> None:
    document = await team.add("offer.md", OFFER)

    found = (await doubts(team.on(today))).expired

    assert [one.document_id for one in found] == [document] * times
    for one in found:
        assert "31 August 2026" in one.value
        assert OFFER[one.start_char : one.end_char] == one.value
        assert one.sentence in OFFER


async def test_a_document_is_stale_a_year_after_it_was_read_in(team: Team) -> None:
    document = await team.add("guide.md", GUIDE)
    (known,) = await knowledge.documents(team.owner)
    assert known.last_ingested_at is not None

    before = team.on(known.last_ingested_at + timedelta(days=365))
    after = team.on(known.last_ingested_at + timedelta(days=365, seconds=1))

    assert (await doubts(before)).stale == ()
    assert [row.document.id for row in (await doubts(after)).stale] == [document]


async def test_a_document_is_unused_a_month_after_it_came_and_never_before_it_is_indexed(
    team: Team,
) -> None:
    document = await team.add("guide.md", GUIDE)
    await teach.add_document(team.owner, "waiting.md", PRICES.encode())
    (known, _) = await knowledge.documents(team.owner)

    before = team.on(known.created_at + timedelta(days=30))
    after = team.on(known.created_at + timedelta(days=32))

    assert (await doubts(before)).unused == ()
    assert [row.document.id for row in (await doubts(after)).unused] == [document]
