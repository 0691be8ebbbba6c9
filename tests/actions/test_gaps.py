"""The gap loop: questions without an answer, grouped, answered once, and measured."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from time import perf_counter
from uuid import UUID, uuid4

import pytest
from psycopg.types.json import Jsonb

from core.actions import gaps, group_gaps, phrase, reply
from core.actions.gaps import Measuring
from core.assistant import saver
from core.assistant.graph import open_assistant
from core.domain.channel import AssistantMode
from core.domain.errors import AlreadyDecided, BadDocument, NotFound, NotSetUp, Refused
from core.domain.gap import Gap, GapStatus
from core.domain.ids import ConversationId, GapId, TenantId
from core.domain.knowledge import FaqText, Passage
from core.domain.wording import REMOVED
from core.kit import Kit
from core.knowledge.retrieve import answering, understood
from core.llm.base import Embedder
from core.llm.embed import LocalEmbedder
from core.queries import gaps as listed
from core.queries import knowledge
from tests.fixtures.inbox import Arrange, KitOf
from tests.knowledge.gap_needs import ENGLISH

GIFTS = (
    "Do you sell gift cards?",
    "Can I buy a gift card online?",
    "gift card available??",
    "Is there a gift card I can give to a friend?",
)
PARKING = ("Is there parking near the shop?", "Where can I park? Any parking?")
ANSWER = "Hi Nora!\nYes, gift cards of 20 to 100 € are sold at the counter and online.\nBest,\nLéa"


@dataclass(frozen=True, slots=True)
class Shop:
    """Who acts, and the hand that sets the stage."""

    owner: Kit
    companion: Kit
    arrange: Arrange

    @property
    def tenant(self) -> TenantId:
        return self.arrange.tenant

    def asked(
        self, text: str, *, lang: str = "en", reason: str = "missing_knowledge"
    ) -> ConversationId:
        """Have a customer ask what is handed to a person for want of an answer."""
        conversation = self.arrange.conversation()
        snapshot = {"reading": {"question": text, "language": lang}}
        self.arrange.run(
            "with d as (insert into ai_decisions (user_id, conversation_id, decision,"
            " confidence, reason, escalation_reason, message_text, snapshot_json) values"
            " (%(tenant)s, %(conversation)s, 'escalate', 0.9, 'unknown', %(reason)s,"
            " left(%(text)s, 500), %(snapshot)s) returning id)"
            " insert into support_escalations (user_id, conversation_id, decision_id, reason)"
            " select %(tenant)s, %(conversation)s, id, %(reason)s from d",
            conversation=conversation,
            reason=reason,
            text=text,
            snapshot=Jsonb(snapshot),
        )
        return conversation

    async def groups(self, *texts: str) -> list[Gap]:
        for text in texts:
            self.asked(text)
        await gaps.regroup(self.companion, self.tenant)
        return await listed.list_open(self.owner)

    async def writes(self, conversation: ConversationId, text: str) -> None:
        await reply.send(self.owner, conversation, text, key=uuid4())

    async def texts(self, gap: GapId) -> set[str]:
        found = await listed.detail(self.owner, gap)
        return {message.text for message in found.messages}


@pytest.fixture
async def shop(kit_of: KitOf, arrange: Arrange, embedder: Embedder) -> Shop:
    return Shop(
        replace(await kit_of("owner"), embedder=embedder),
        replace(await kit_of("service"), embedder=embedder),
        arrange,
    )


@asynccontextmanager
async def _thinking(kit: Kit) -> AsyncIterator[Kit]:
    """Yield the kit with the real assistant over its own knowledge base."""

    async def search(
        tenant: TenantId, query: str, lang: str | None, k: int
    ) -> list[Passage]:
        question = await understood(kit.embedders, query, lang=lang)
        if question is None:
            return []
        async with kit.unit(tenant) as unit:
            return await answering(unit, question, k=k)

    async with open_assistant(
        retrieve=search, embedder=kit.embedders[0], checkpointer=saver.in_memory()
    ) as assistant:
        yield replace(kit, assistant=assistant)


# Grouping


async def test_questions_of_one_need_stand_together_the_largest_first(shop: Shop) -> None:
    found = await shop.groups(*PARKING, *GIFTS)
    assert [gap.messages for gap in found] == [4, 2]
    assert await shop.texts(found[0].id) == set(GIFTS)
    assert found[0].question in GIFTS
    assert found[0].lang_code == "en"
    assert found[0].replied == 0
    assert found[0].effect is None


async def test_new_questions_join_and_the_group_keeps_its_id(shop: Shop) -> None:
    (before,) = await shop.groups(*GIFTS[:3])
    (after,) = await shop.groups(GIFTS[3])
    assert (after.id, after.messages) == (before.id, 4)


async def test_looking_twice_changes_nothing(shop: Shop) -> None:
    before = await shop.groups(*GIFTS, *PARKING)
    assert await gaps.regroup(shop.companion, shop.tenant) == 0
    assert await listed.list_open(shop.owner) == before


async def test_questions_that_stood_alone_come_together(shop: Shop) -> None:
    (first,) = await shop.groups(GIFTS[0])
    for text in GIFTS[1:]:
        await shop.groups(text)
    (found,) = await listed.list_open(shop.owner)
    assert (found.id, found.messages) == (first.id, 4)


async def test_languages_stand_apart(shop: Shop) -> None:
    shop.asked("Vendez-vous des cartes cadeaux ?", lang="fr")
    found = await shop.groups(GIFTS[0])
    assert {gap.lang_code for gap in found} == {"en", "fr"}


async def test_only_what_lacked_an_answer_is_grouped(shop: Shop) -> None:
    shop.asked("I want to talk to a person", reason="customer_request")
    shop.asked("This is a scandal", reason="policy")
    shop.asked("Do you sell gift cards?", reason="low_confidence")
    (found,) = await shop.groups()
    assert found.question == "Do you sell gift cards?"


async def test_question_of_a_group_names_nobody(shop: Shop) -> None:
    (found,) = await shop.groups("Gift card for nora.d@example.com, call 06 12 34 56 78?")
    assert found.question == f"Gift card for {REMOVED}, call {REMOVED}?"


async def test_erased_conversation_leaves_its_group(shop: Shop) -> None:
    conversations = [shop.asked(text) for text in GIFTS]
    (gap,) = await shop.groups()
    shop.arrange.run(
        "delete from conversations where id = any (%(ids)s)", ids=conversations[:3]
    )
    (left,) = await listed.list_open(shop.owner)
    assert (left.id, left.messages) == (gap.id, 1)
    shop.arrange.run("delete from conversations where id = %(id)s", id=conversations[3])
    await gaps.regroup(shop.companion, shop.tenant)
    assert await listed.list_open(shop.owner) == []


async def test_another_embedder_is_compared_with_its_own_vectors(shop: Shop) -> None:
    (gap,) = await shop.groups(*GIFTS[:2])
    shop.arrange.run("update knowledge_gap_messages set embedder = 'an older one'")
    (after,) = await shop.groups(GIFTS[2])
    assert (after.id, after.messages) == (gap.id, 3)
    names = "select string_agg(distinct embedder, ',') from knowledge_gap_messages"
    assert shop.arrange.value(names) == LocalEmbedder.name


async def test_what_waits_is_noticed_and_queued_once(shop: Shop) -> None:
    shop.asked(GIFTS[0])
    for _ in range(2):
        await group_gaps.notice(shop.companion)
    jobs = "select count(*) from procrastinate.procrastinate_jobs"
    assert shop.arrange.value(jobs) == 1
    await gaps.regroup(shop.companion, shop.tenant)
    shop.arrange.run("delete from procrastinate.procrastinate_jobs")
    await group_gaps.notice(shop.companion)
    assert shop.arrange.value(jobs) == 0


async def test_admins_ask_for_a_look_and_agents_do_not(shop: Shop, kit_of: KitOf) -> None:
    await gaps.look_again(shop.owner)
    with pytest.raises(Refused):
        await gaps.look_again(await kit_of("agent"))


async def test_two_thousand_escalations_are_grouped_within_a_minute(
    shop: Shop, arrange: Arrange
) -> None:
    words = [text for texts in ENGLISH.values() for text in texts]
    arrange.run(
        "with c as (insert into customers (user_id, social_account_id, platform_customer_id)"
        " select %(tenant)s, %(channel)s, n::text from generate_series(1, 2000) n"
        " returning id, user_id, social_account_id, platform_customer_id::int as n),"
        " v as (insert into conversations (user_id, social_account_id, customer_id, platform,"
        " priority) select user_id, social_account_id, id, 'whatsapp', n from c"
        " returning id, priority as n),"
        " d as (insert into ai_decisions (user_id, conversation_id, decision, confidence,"
        " reason, message_text, snapshot_json) select %(tenant)s, id, 'escalate', 0.9, 'x',"
        " (%(texts)s::text[])[1 + n %% cardinality(%(texts)s::text[])] || ' ' || n,"
        ' \'{"language": "en"}\' from v returning id, conversation_id)'
        " insert into support_escalations (user_id, conversation_id, decision_id, reason)"
        " select %(tenant)s, conversation_id, id, 'missing_knowledge' from d",
        channel=arrange.channel(),
        texts=words,
    )
    started = perf_counter()
    assert await gaps.regroup(shop.companion, shop.tenant) == 2000
    took = perf_counter() - started
    reading = perf_counter()
    found = await listed.list_open(shop.owner)
    read = perf_counter() - reading
    print(f"2,000: {took:.1f} s, {len(found)} groups, list {read * 1000:.0f} ms")  # noqa: T201
    assert sum(gap.messages for gap in found) == 2000
    assert took < 60


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
    async with _thinking(shop.owner) as kit:
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
    async with _thinking(shop.owner) as kit:
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
    async with _thinking(shop.owner) as kit:
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
    async with _thinking(shop.owner) as kit:
        await gaps.approve(kit, gap.id, entry)
    assert shop.arrange.value("select count(*) from outbox_items") == 0
    assert shop.arrange.row("social_accounts", channel)["assistant_mode"] == "auto"
