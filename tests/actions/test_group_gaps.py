"""Questions without an answer come together by what they ask."""

from time import perf_counter

import pytest

from core.actions import gaps, group_gaps
from core.domain.errors import Refused
from core.domain.wording import REMOVED
from core.llm.base import Embedder
from core.llm.embed import LocalEmbedder
from core.queries import gaps as listed
from tests.actions.gap_shop import GIFTS, PARKING, Shop, open_shop
from tests.fixtures.inbox import Arrange, KitOf
from tests.knowledge.gap_needs import ENGLISH


@pytest.fixture
async def shop(kit_of: KitOf, arrange: Arrange, embedder: Embedder) -> Shop:
    return await open_shop(kit_of, arrange, embedder)


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


async def test_two_thousand_escalations_are_grouped_in_one_look(
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
    assert took < 300
