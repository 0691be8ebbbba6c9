"""Entries are edited, enabled, and moved between inboxes as tables."""

import asyncio
from dataclasses import replace

import pytest

from core.actions import phrase
from core.domain.errors import BadDocument, BudgetSpent, Conflict, NotFound, Refused
from core.domain.ids import FaqId
from core.domain.knowledge import Faq, FaqText
from core.kit import Kit
from core.queries import knowledge
from tests.fixtures.inbox import Arrange, KitOf
from tests.fixtures.team import Team
from tests.sql.words import recount

WIFI = FaqText(
    question="Is there wifi?",
    answer="Yes, it is free.",
    category="in the café",
    phrasings=("internet access", "wireless code"),
)


async def _best(kit: Kit, query: str) -> FaqId | None:
    found = await knowledge.passages(kit, query)
    return found[0].faq_id if found else None


async def _only(kit: Kit) -> Faq:
    (entry,) = await knowledge.entries(kit)
    return entry


async def test_a_changed_entry_keeps_its_id_and_is_found_by_its_new_words(
    team: Team, arrange: Arrange
) -> None:
    entry = await phrase.add_faq(team.owner, WIFI)
    changed = FaqText(
        question="Do you repair punctures?",
        answer="While you wait, for nine euros.",
        phrasings=("flat tyre",),
    )

    await phrase.change_faq(team.owner, entry, changed)

    kept = await _only(team.owner)
    assert (kept.id, kept.question, kept.answer, kept.category, kept.phrasings) == (
        entry,
        changed.question,
        changed.answer,
        None,
        ("flat tyre",),
    )
    assert await _best(team.owner, "i have a flat tire") == entry
    assert await _best(team.owner, "is there wifi") is None
    assert recount(arrange.line) == []
    assert arrange.value("select count(*) from knowledge_vectors") == 3


async def test_an_entry_that_changes_its_language_is_indexed_in_the_new_one(
    team: Team, arrange: Arrange
) -> None:
    same = FaqText(question="Wifi?", answer="Code 1234", language="en")
    entry = await phrase.add_faq(team.owner, same)

    await phrase.change_faq(team.owner, entry, replace(same, language="fr"))

    assert (await _only(team.owner)).lang_code == "fr"
    assert arrange.value("select array_agg(distinct language) from knowledge_words") == [
        "fr"
    ]
    assert recount(arrange.line) == []
    assert await _best(team.owner, "wifi") == entry


async def test_the_same_question_may_be_answered_in_two_languages(team: Team) -> None:
    english = await phrase.add_faq(
        team.owner, FaqText(question="Wifi?", answer="Free.", language="en")
    )
    french = await phrase.add_faq(
        team.owner, FaqText(question="Wifi ?", answer="Gratuit.", language="fr")
    )
    assert english != french

    with pytest.raises(Conflict, match=r"“Wifi\?” asks the same already"):
        await phrase.change_faq(
            team.owner, french, FaqText(question="wifi", answer="Gratuit.", language="en")
        )

    answers = {(one.lang_code, one.answer) for one in await knowledge.entries(team.owner)}
    assert answers == {("en", "Free."), ("fr", "Gratuit.")}


async def test_an_entry_does_not_conflict_with_itself(team: Team) -> None:
    entry = await phrase.add_faq(team.owner, WIFI)
    await phrase.change_faq(team.owner, entry, replace(WIFI, question="is there WIFI"))
    assert (await _only(team.owner)).question == "is there WIFI"


async def test_of_two_renames_to_one_question_at_once_one_is_refused(
    light_team: Team,
) -> None:
    entries = [
        await phrase.add_faq(light_team.owner, FaqText(question=text, answer="Yes."))
        for text in ("Tea?", "Coffee?")
    ]
    wanted = FaqText(question="Drinks?", answer="Both.", language="en")

    ends = await asyncio.gather(
        *(phrase.change_faq(light_team.owner, entry, wanted) for entry in entries),
        return_exceptions=True,
    )

    assert sorted(type(end).__name__ for end in ends) == ["Conflict", "NoneType"]


async def test_an_entry_that_vanished_cannot_be_changed(light_team: Team) -> None:
    entry = await phrase.add_faq(light_team.owner, WIFI)
    await phrase.remove_faq(light_team.owner, entry)
    for act in (
        phrase.change_faq(light_team.owner, entry, WIFI),
        phrase.enable_faq(light_team.owner, entry),
        phrase.disable_faq(light_team.owner, entry),
    ):
        with pytest.raises(NotFound, match="has been removed"):
            await act
    assert await knowledge.entries(light_team.owner) == []


async def test_an_agent_changes_nothing(light_team: Team, kit_of: KitOf) -> None:
    entry = await phrase.add_faq(light_team.owner, WIFI)
    agent = replace(await kit_of("agent"), embedder=light_team.owner.embedder)
    for act in (
        phrase.add_faq(agent, FaqText(question="Tea?", answer="Yes.")),
        phrase.change_faq(agent, entry, replace(WIFI, answer="No.")),
        phrase.disable_faq(agent, entry),
        phrase.remove_faq(agent, entry),
        phrase.import_faq_csv(agent, b"question,answer\nTea?,Yes.\n"),
    ):
        with pytest.raises(Refused, match="Only owners and admins"):
            await act
    kept = await _only(agent)
    assert (kept.answer, kept.enabled) == (WIFI.answer, True)


async def test_a_full_plan_refuses_longer_entries_and_takes_shorter_ones(
    light_team: Team, arrange: Arrange
) -> None:
    long = FaqText(question="Tea?", answer="tea " * 10_000)
    entry = await phrase.add_faq(light_team.owner, long)
    arrange.run("update user_subscriptions set storage_limit_mb = 0.01")

    with pytest.raises(BudgetSpent):
        await phrase.change_faq(
            light_team.owner, entry, replace(long, answer=long.answer + "more")
        )
    with pytest.raises(BudgetSpent):
        await phrase.add_faq(light_team.owner, WIFI)
    await phrase.add_faq(light_team.owner, replace(long, answer="tea " * 9_000))
    await phrase.change_faq(light_team.owner, entry, replace(long, answer="tea " * 8_000))

    assert (await _only(light_team.owner)).answer == ("tea " * 8_000).strip()


async def test_a_table_of_ours_brings_back_the_same_entries(team: Team) -> None:
    for one in (
        replace(WIFI, phrasings=("a|b", "C:\\menu", "=1+1")),
        FaqText(question="- how?", answer="- on foot\n- by bus", language="fr"),
        FaqText(question="=2?", answer="=SUM(A1)", category="@us"),
        FaqText(question="'=3?", answer='\'tis free; "yes", and open'),
    ):
        await phrase.add_faq(team.owner, one)
    before = await knowledge.entries(team.owner)
    table = await knowledge.faq_table(team.owner)

    again = await phrase.import_faq_csv(team.owner, table.encode())
    assert (again.added, again.replaced) == (0, 4)
    assert await knowledge.entries(team.owner) == before

    for entry in before:
        await phrase.remove_faq(team.owner, entry.id)
    anew = await phrase.import_faq_csv(team.owner, table.encode("utf-16"))
    assert (anew.added, anew.replaced) == (4, 0)
    after = await knowledge.entries(team.owner)
    assert [
        replace(one, id=old.id) for one, old in zip(after, before, strict=True)
    ] == before


async def test_the_last_of_two_lines_that_ask_the_same_stands(light_team: Team) -> None:
    table = b"question;answer;language\nTea?;No;en\nCoffee?;Yes;en\ntea;Green;en\n"
    imported = await phrase.import_faq_csv(light_team.owner, table)
    assert (imported.added, imported.replaced) == (2, 0)
    answers = {
        one.question: one.answer for one in await knowledge.entries(light_team.owner)
    }
    assert answers == {"Coffee?": "Yes", "tea": "Green"}


async def test_a_table_with_one_bad_line_changes_nothing(light_team: Team) -> None:
    await phrase.add_faq(light_team.owner, WIFI)
    before = await knowledge.entries(light_team.owner)
    table = "question,answer\nIs there wifi?,No.\nTea?,Yes.\nCoffee?,\n"

    with pytest.raises(BadDocument, match=r"\(line 4\)"):
        await phrase.import_faq_csv(light_team.owner, table.encode())

    assert await knowledge.entries(light_team.owner) == before


async def test_a_table_that_is_too_much_in_its_middle_is_not_half_kept(
    light_team: Team, arrange: Arrange
) -> None:
    rows = "".join(f"Question {n}?,{'tea ' * 4_000}\n" for n in range(4))
    arrange.run("update user_subscriptions set storage_limit_mb = 0.03")
    with pytest.raises(BudgetSpent):
        await phrase.import_faq_csv(light_team.owner, f"question,answer\n{rows}".encode())
    assert await knowledge.entries(light_team.owner) == []


async def test_an_entry_that_is_asked_nearly_the_same_is_named(team: Team) -> None:
    hours = await phrase.add_faq(
        team.owner,
        FaqText(
            question="What are your opening hours?",
            answer="Nine to six.",
            phrasings=("When do you open?",),
        ),
    )
    await phrase.add_faq(team.owner, WIFI)
    wish = FaqText(question="What are the opening hours of your shop?", answer="Ten.")

    (near,) = await knowledge.near_duplicates(team.owner, wish)
    (same,) = await knowledge.near_duplicates(
        team.owner, FaqText(question="Other?", answer="", phrasings=("when do you open",))
    )

    assert near.entry.id == same.entry.id == hours
    assert near.likeness < same.likeness == 1.0
    assert await knowledge.near_duplicates(team.owner, wish, besides=hours) == []
    assert (
        await knowledge.near_duplicates(
            team.owner, FaqText(question="Do you sell bicycles?", answer="")
        )
        == []
    )


async def test_what_another_inbox_asks_is_no_duplicate(team: Team, kit_of: KitOf) -> None:
    await phrase.add_faq(team.owner, WIFI)
    stranger = replace(await kit_of("stranger"), embedder=team.owner.embedder)
    assert await knowledge.near_duplicates(stranger, WIFI) == []
    assert len(await knowledge.near_duplicates(team.owner, WIFI)) == 1
