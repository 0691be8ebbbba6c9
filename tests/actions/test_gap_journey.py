"""From a question that nobody could answer to the answer that waits for the next who asks."""

from dataclasses import replace

import pytest

from core.actions import decide, gaps, triage
from core.domain.channel import AssistantMode
from core.domain.ids import ConversationId
from core.domain.topic import TopicKind
from core.kit import Kit
from core.llm.base import Embedder
from core.queries import conversation as query
from core.queries import gaps as listed
from core.queries import trust
from core.store import attention
from tests.actions.gap_shop import ANSWER, GIFTS, Shop, open_shop, thinking
from tests.fixtures.inbox import Arrange, KitOf


@pytest.fixture
async def shop(kit_of: KitOf, arrange: Arrange, embedder: Embedder) -> Shop:
    return await open_shop(kit_of, arrange, embedder)


async def _asks(shop: Shop, worker: Kit, text: str) -> ConversationId:
    """Have a customer ask, and the assistant look, as its loop does."""
    conversation = shop.arrange.conversation(
        shop.arrange.value("select id from social_accounts")
    )
    shop.arrange.inbound(conversation, text)
    shop.arrange.run(
        "update conversations set assistant_due_at = now() - interval '1 s' where id = %(id)s",
        id=conversation,
    )
    async with worker.database.claim() as unit:
        (due,) = await attention.claim_due(unit, limit=1, lease=60)
    await triage.conversation(worker, due)
    return conversation


async def test_question_nobody_could_answer_is_answered_for_the_next(shop: Shop) -> None:
    shop.arrange.channel(mode=AssistantMode.DRAFT)
    async with thinking(replace(shop.owner)) as member, thinking(shop.companion) as worker:
        first = [await _asks(shop, worker, text) for text in GIFTS[:3]]
        state = shop.arrange.row("conversations", first[0])["assistant_state"]
        assert state == "escalated"
        await shop.writes(first[0], ANSWER)

        await gaps.regroup(worker, shop.tenant)
        (gap,) = await listed.list_open(member)
        draft = await gaps.draft_entry(member, gap.id)
        effect = await gaps.approve(member, gap.id, draft.entry)
        assert effect is not None
        assert (gap.messages, effect.before, effect.total) == (3, 0, 3)
        assert effect.after >= 2

        later = await _asks(shop, worker, GIFTS[0])
        suggestion = (await query.detail(member, later)).draft
        assert suggestion is not None
        assert "20 to 100 €" in suggestion.text
        await decide.approve(member, suggestion.id)

    rows = {row.kind: row for row in await trust.board(member)}
    known = rows[TopicKind.QUESTION]
    assert (known.topic, known.decided, known.agreed) == (draft.entry.question, 1, 1)
    unknown = rows[TopicKind.NOTHING_KNOWN]
    assert (unknown.decided, unknown.agreed, unknown.open) == (1, 1, 2)
