"""The gap loop: what a person answered becomes an entry, and its effect is measured."""

from uuid import UUID

import pytest

from core.actions import gaps, phrase
from core.actions.gaps import Measuring
from core.domain.channel import AssistantMode
from core.domain.errors import AlreadyDecided, BadDocument, NotFound, NotSetUp, Refused
from core.domain.gap import GapStatus
from core.domain.ids import GapId
from core.domain.knowledge import FaqText
from core.domain.wording import REMOVED
from core.llm.base import Embedder
from core.queries import gaps as listed
from core.queries import knowledge
from tests.actions.gap_shop import ANSWER, GIFTS, Shop, open_shop, thinking
from tests.fixtures.inbox import Arrange, KitOf


@pytest.fixture
async def shop(kit_of: KitOf, arrange: Arrange, embedder: Embedder) -> Shop:
    return await open_shop(kit_of, arrange, embedder)


# The draft


async def test_answer_of_a_person_becomes_the_draft_without_its_frame(shop: Shop) -> None:
    conversations = [shop.asked(text) for text in GIFTS]
    (gap,) = await shop.groups()
    await shop.writes(conversations[1], ANSWER)
    draft = await gaps.draft_entry(shop.owner, gap.id)
    answer = "Yes, gift cards of 20 to 100 € are sold at the counter and online."
    assert draft.entry.answer == answer
    assert draft.entry.question == gap.question
    assert {draft.entry.question, *draft.entry.phrasings} <= set(GIFTS)
    assert len(draft.entry.phrasings) >= 2
    assert (draft.answers, draft.has_removed, draft.faq_id) == (1, False, None)


async def test_nobody_has_answered_so_the_answer_is_left_to_write(shop: Shop) -> None:
    (gap,) = await shop.groups(*GIFTS)
    draft = await gaps.draft_entry(shop.owner, gap.id)
    assert (draft.entry.answer, draft.answers) == ("", 0)


async def test_answer_that_most_give_outweighs_the_newest(shop: Shop) -> None:
    conversations = [shop.asked(text) for text in GIFTS[:3]]
    (gap,) = await shop.groups()
    for conversation, text in zip(
        conversations,
        (
            "Yes, gift cards are sold at the counter.",
            "We sell gift cards at the counter, yes.",
            "Which city?",
        ),
        strict=True,
    ):
        await shop.writes(conversation, text)
    draft = await gaps.draft_entry(shop.owner, gap.id)
    assert "counter" in draft.entry.answer
    assert draft.answers == 3


async def test_what_belongs_to_a_customer_leaves_a_hole_one_can_see(shop: Shop) -> None:
    conversation = shop.asked(GIFTS[0])
    (gap,) = await shop.groups()
    await shop.writes(conversation, "Yes. Nora, your order #48213 leaves today.")
    draft = await gaps.draft_entry(shop.owner, gap.id)
    assert draft.entry.answer == f"Yes. {REMOVED}, your order {REMOVED} leaves today."
    assert draft.has_removed


async def test_what_was_written_before_the_question_is_no_answer(shop: Shop) -> None:
    conversation = shop.asked(GIFTS[0])
    await shop.writes(conversation, "We open at nine.")
    shop.arrange.run(
        "update support_escalations set created_at = now() + interval '1 hour'"
    )
    (gap,) = await shop.groups()
    assert (await gaps.draft_entry(shop.owner, gap.id)).answers == 0


# Approving and measuring


async def test_entry_answers_the_group_and_the_effect_is_kept(shop: Shop) -> None:
    conversations = [shop.asked(text) for text in GIFTS]
    (gap,) = await shop.groups()
    await shop.writes(conversations[0], ANSWER)
    draft = await gaps.draft_entry(shop.owner, gap.id)
    seen: list[Measuring] = []
    async with thinking(shop.owner) as kit:
        effect = await gaps.approve(kit, gap.id, draft.entry, seen.append)
    assert effect is not None
    assert (effect.before, effect.total) == (0, 4)
    assert effect.after >= 3
    assert (seen[0].done, seen[-1].done, seen[-1].total) == (1, 8, 8)
    assert await listed.list_open(shop.owner) == []
    (kept,) = await listed.list_all(shop.owner)
    assert kept.status is GapStatus.ANSWERED
    assert kept.effect == effect
    (entry,) = await knowledge.entries(shop.owner)
    assert (entry.id, entry.question) == (kept.faq_id, gap.question)
    messages = (await listed.detail(shop.owner, gap.id)).messages
    assert {message.answered_before for message in messages} == {False}
    assert sum(message.answered_after is True for message in messages) == effect.after


async def test_measuring_again_sees_what_changed_since(shop: Shop) -> None:
    (gap,) = await shop.groups(*GIFTS)
    entry = FaqText(question=GIFTS[0], answer="Yes, at the counter.", phrasings=GIFTS[1:])
    async with thinking(shop.owner) as kit:
        first = await gaps.approve(kit, gap.id, entry)
        (kept,) = await knowledge.entries(kit)
        await phrase.disable_faq(kit, kept.id)
        again = await gaps.measure(kit, gap.id)
    assert first is not None
    assert first.after > again.after == 0
    assert (again.before, again.total) == (0, 4)


async def test_without_an_assistant_the_entry_is_kept_and_measured_later(
    shop: Shop,
) -> None:
    (gap,) = await shop.groups(*GIFTS)
    entry = FaqText(question=GIFTS[0], answer="Yes, at the counter.", phrasings=GIFTS[1:])
    assert await gaps.approve(shop.owner, gap.id, entry) is None
    assert len(await knowledge.entries(shop.owner)) == 1
    with pytest.raises(NotSetUp):
        await gaps.measure(shop.owner, gap.id)
    async with thinking(shop.owner) as kit:
        effect = await gaps.measure(kit, gap.id)
    assert effect.before is None
    assert effect.after >= 3


async def test_new_question_opens_an_answered_gap_with_its_entry(shop: Shop) -> None:
    (gap,) = await shop.groups(*GIFTS[:3])
    entry = FaqText(question=GIFTS[0], answer="Yes, at the counter.", language="en")
    await gaps.approve(shop.owner, gap.id, entry)
    (again,) = await shop.groups(GIFTS[3])
    assert (again.id, again.status, again.messages) == (gap.id, GapStatus.OPEN, 4)
    draft = await gaps.draft_entry(shop.owner, gap.id)
    (standing,) = await knowledge.entries(shop.owner)
    assert draft.faq_id == standing.id
    assert (draft.entry.question, draft.entry.answer) == (GIFTS[0], "Yes, at the counter.")
    assert GIFTS[3] in draft.entry.phrasings
    await gaps.approve(shop.owner, gap.id, draft.entry)
    (changed,) = await knowledge.entries(shop.owner)
    assert changed.id == standing.id
    assert GIFTS[3] in changed.phrasings


async def test_dismissed_gap_takes_in_its_like_and_stays_dismissed(shop: Shop) -> None:
    (gap,) = await shop.groups(GIFTS[0])
    await gaps.dismiss(shop.owner, gap.id)
    assert await shop.groups(GIFTS[1]) == []
    (found,) = await listed.list_all(shop.owner)
    assert (found.id, found.status, found.messages) == (gap.id, GapStatus.DISMISSED, 2)


async def test_entry_that_cannot_be_kept_changes_nothing(shop: Shop) -> None:
    (gap,) = await shop.groups(*GIFTS)
    with pytest.raises(BadDocument):
        await gaps.approve(shop.owner, gap.id, FaqText(question="", answer=""))
    assert [one.status for one in await listed.list_open(shop.owner)] == [GapStatus.OPEN]
    assert await knowledge.entries(shop.owner) == []


async def test_of_two_who_approve_the_second_is_told(shop: Shop) -> None:
    (gap,) = await shop.groups(GIFTS[0])
    entry = FaqText(question=GIFTS[0], answer="Yes.")
    await gaps.approve(shop.owner, gap.id, entry)
    with pytest.raises(AlreadyDecided):
        await gaps.approve(shop.owner, gap.id, entry)


async def test_agents_look_and_do_not_touch(shop: Shop, kit_of: KitOf) -> None:
    (gap,) = await shop.groups(GIFTS[0])
    agent = await kit_of("agent")
    found = await listed.detail(agent, gap.id)
    assert (len(found.messages), found.can_change) == (1, False)
    entry = FaqText(question="a", answer="b")
    for refused in (
        gaps.approve(agent, gap.id, entry),
        gaps.dismiss(agent, gap.id),
        gaps.measure(agent, gap.id),
    ):
        with pytest.raises(Refused):
            await refused


async def test_gaps_of_another_inbox_are_not_there(
    shop: Shop, arrange_elsewhere: Arrange
) -> None:
    other = Shop(shop.owner, shop.companion, arrange_elsewhere)
    other.asked(GIFTS[0])
    await gaps.regroup(shop.companion, other.tenant)
    foreign: UUID = arrange_elsewhere.value("select id from knowledge_gaps")
    assert await listed.list_all(shop.owner) == []
    for missing in (
        listed.detail(shop.owner, GapId(foreign)),
        gaps.draft_entry(shop.owner, GapId(foreign)),
        gaps.dismiss(shop.owner, GapId(foreign)),
    ):
        with pytest.raises(NotFound):
            await missing


async def test_sends_and_switches_are_left_alone(shop: Shop) -> None:
    channel = shop.arrange.channel(mode=AssistantMode.AUTO)
    (gap,) = await shop.groups(*GIFTS)
    entry = FaqText(question=GIFTS[0], answer="Yes.", phrasings=GIFTS[1:])
    async with thinking(shop.owner) as kit:
        await gaps.approve(kit, gap.id, entry)
    assert shop.arrange.value("select count(*) from outbox_items") == 0
    assert shop.arrange.row("social_accounts", channel)["assistant_mode"] == "auto"
