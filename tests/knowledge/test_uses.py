"""How often a source stood behind an answer, counted with the decision itself."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

from core.actions import decide, phrase, teach
from core.domain.decision import Citation, Proposal
from core.domain.ids import DecisionId, DocumentId, FaqId
from core.domain.knowledge import FaqText
from core.queries import knowledge, review
from core.store import uses
from tests.actions.claims import ESCALATE, IGNORE, RESPOND, claimed
from tests.fixtures.inbox import Arrange, KitOf
from tests.fixtures.team import Team


def _of_document(document: DocumentId, name: str = "guide.md") -> Citation:
    return Citation(title="Guide", name=name, quote="At nine.", document_id=document)


def _of_entry(entry: FaqId) -> Citation:
    return Citation(title="Wifi?", name="", quote="Yes.", faq_id=entry)


async def _guide(team: Team, name: str = "guide.md") -> DocumentId:
    return await team.add(name, f"# {name}\n\nWe open at nine on Mondays.\n")


async def _decide(team: Team, arrange: Arrange, proposal: Proposal) -> None:
    """Let a customer write and the assistant answer with a proposal."""
    case = await claimed(team.companion, arrange, proposal=proposal)
    await decide.act(team.companion, case.considered)


async def _counted(team: Team) -> dict[UUID, int]:
    whole = await knowledge.overview(team.owner)
    return {row.document.id: row.times_used for row in whole.documents} | {
        row.entry.id: row.times_used for row in whole.entries
    }


async def test_each_answer_counts_once_for_every_source_it_quotes(
    light_team: Team, arrange: Arrange
) -> None:
    guide, menu = await _guide(light_team), await _guide(light_team, "menu.md")
    wifi = await phrase.add_faq(light_team.owner, FaqText(question="Wifi?", answer="Yes."))
    tea = await phrase.add_faq(light_team.owner, FaqText(question="Tea?", answer="Yes."))
    twice = replace(
        RESPOND, citations=(_of_document(guide), _of_document(guide), _of_entry(wifi))
    )

    await _decide(light_team, arrange, twice)
    await _decide(light_team, arrange, replace(RESPOND, citations=(_of_document(guide),)))

    assert await _counted(light_team) == {guide: 2, menu: 0, wifi: 1, tea: 0}
    rows = (await knowledge.overview(light_team.owner)).documents
    used = {one.document.id: one for one in rows}
    assert used[guide].last_used_at is not None
    assert used[menu].last_used_at is None


async def test_what_was_not_answered_used_nothing(
    light_team: Team, arrange: Arrange
) -> None:
    guide = await _guide(light_team)
    for proposal in (ESCALATE, IGNORE):
        cited = replace(proposal, citations=(_of_document(guide),))
        await _decide(light_team, arrange, cited)

    assert await _counted(light_team) == {guide: 0}


async def test_a_source_that_was_removed_meanwhile_is_passed_over(
    light_team: Team, arrange: Arrange
) -> None:
    guide, gone = await _guide(light_team), await _guide(light_team, "gone.md")
    entry = await phrase.add_faq(light_team.owner, FaqText(question="Tea?", answer="Yes."))
    await teach.remove_document(light_team.owner, gone)
    await phrase.remove_faq(light_team.owner, entry)
    cited = (_of_document(gone), _of_document(guide), _of_entry(entry))

    await _decide(light_team, arrange, replace(RESPOND, citations=cited))

    assert await _counted(light_team) == {guide: 1}


async def test_a_decision_that_is_noted_again_counts_once(
    light_team: Team, arrange: Arrange
) -> None:
    guide = await _guide(light_team)
    await _decide(light_team, arrange, replace(RESPOND, citations=(_of_document(guide),)))
    decision = DecisionId(arrange.value("select id from ai_decisions"))

    async with light_team.companion.unit(light_team.tenant) as unit:
        await uses.note(unit, decision, (_of_document(guide),))
        await uses.note(unit, decision, ())

    assert await _counted(light_team) == {guide: 1}


async def test_a_new_version_keeps_the_count_and_a_removed_source_takes_it_along(
    light_team: Team, arrange: Arrange
) -> None:
    guide = await _guide(light_team)
    await _decide(light_team, arrange, replace(RESPOND, citations=(_of_document(guide),)))

    await light_team.add("guide.md", "# Guide\n\nWe open at ten.\n")
    assert await _counted(light_team) == {guide: 1}

    await teach.remove_document(light_team.owner, guide)
    assert arrange.value("select count(*) from knowledge_uses") == 0
    assert arrange.value("select count(*) from ai_decisions") == 1


async def test_sources_of_another_inbox_are_neither_counted_nor_seen(
    light_team: Team, arrange: Arrange, kit_of: KitOf, arrange_elsewhere: Arrange
) -> None:
    stranger = replace(await kit_of("stranger"), embedder=light_team.owner.embedder)
    other = Team(
        owner=stranger, companion=light_team.companion, tenant=arrange_elsewhere.tenant
    )
    theirs, guide = await _guide(other), await _guide(light_team)
    cited = (_of_document(theirs), _of_document(guide))

    await _decide(light_team, arrange, replace(RESPOND, citations=cited))

    assert await _counted(light_team) == {guide: 1}
    assert await _counted(other) == {theirs: 0}
    assert arrange.value("select count(*) from knowledge_uses") == 1


async def test_a_document_that_was_used_is_not_among_the_unused(
    light_team: Team, arrange: Arrange
) -> None:
    guide, menu = await _guide(light_team), await _guide(light_team, "menu.md")
    await _decide(light_team, arrange, replace(RESPOND, citations=(_of_document(guide),)))
    known = await knowledge.documents(light_team.owner)
    later = light_team.on(max(one.created_at for one in known) + timedelta(days=31))

    unused = (await review.doubts(later)).unused

    assert [row.document.id for row in unused] == [menu]


async def test_a_source_nobody_has_is_passed_over(
    light_team: Team, arrange: Arrange
) -> None:
    await _decide(
        light_team,
        arrange,
        replace(RESPOND, citations=(_of_document(DocumentId(uuid4())),)),
    )
    assert arrange.value("select count(*) from ai_decisions") == 1
    assert await _counted(light_team) == {}
