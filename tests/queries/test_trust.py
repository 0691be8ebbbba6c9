"""The board: what people did about decisions, counted by channel and topic."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from psycopg.types.json import Jsonb

from core.actions import configure, decide, escalate, release, reply
from core.domain.channel import AssistantMode
from core.domain.decision import Citation, Proposal
from core.domain.errors import Refused
from core.domain.ids import ChannelId, ConversationId, FaqId
from core.domain.topic import TopicKind
from core.kit import Kit
from core.queries import conversation as query
from core.queries import trust
from core.queries.trust import TrustRow
from tests.actions.claims import ESCALATE, IGNORE, RESPOND, looked_at
from tests.fixtures.inbox import Arrange, KitOf
from tests.fixtures.team import StoppedClock


class Shop:
    """A channel with an assistant that drafts, and a member who acts on it."""

    def __init__(self, arrange: Arrange, worker: Kit, member: Kit) -> None:
        self.arrange, self.worker, self.member = arrange, worker, member
        self.channel: ChannelId = arrange.channel()
        self.entry = FaqId(
            arrange.value(
                "insert into faq_qa (user_id, key, question, answer, category) values"
                " (%(tenant)s, 'h', 'When?', 'We open at nine.', 'Hours') returning id"
            )
        )
        hours = Citation(
            title="When?", name="FAQ", quote="We open at nine.", faq_id=self.entry
        )
        self.answer = replace(RESPOND, citations=(hours,))

    async def decides(self, proposal: Proposal) -> ConversationId:
        conversation = self.arrange.conversation(self.channel)
        self.arrange.inbound(conversation, "When do you open?")
        await self.goes_on(conversation, proposal)
        return conversation

    async def goes_on(self, conversation: ConversationId, proposal: Proposal) -> None:
        considered = await looked_at(self.worker, self.arrange, conversation, proposal)
        await decide.act(self.worker, considered)

    async def writes(self, conversation: ConversationId, text: str) -> None:
        await reply.send(self.member, conversation, text, key=uuid4())

    async def settles(self, conversation: ConversationId, text: str | None = None) -> None:
        draft = (await query.detail(self.member, conversation)).draft
        assert draft is not None
        if text is None:
            await decide.approve(self.member, draft.id)
        else:
            await decide.approve_edited(self.member, draft.id, text)

    async def row(self, kind: TopicKind) -> TrustRow:
        (found,) = [row for row in await trust.board(self.member) if row.kind is kind]
        return found


@pytest.fixture
async def shop(kit_of: KitOf, arrange: Arrange) -> Shop:
    return Shop(arrange, await kit_of("service"), await kit_of("owner"))


async def test_replies_are_counted_by_the_category_they_quote(shop: Shop) -> None:
    await shop.settles(await shop.decides(shop.answer))
    await shop.settles(await shop.decides(shop.answer), "We open at nine. See you!")
    await shop.settles(await shop.decides(shop.answer), "We open at ten.")
    await shop.writes(await shop.decides(shop.answer), "Open at nine, every day")
    await shop.writes(await shop.decides(shop.answer), "Which shop do you mean, please?")
    await shop.decides(shop.answer)

    row = await shop.row(TopicKind.CATEGORY)

    assert (row.topic, row.key, row.channel_name) == ("Hours", "category:hours", "Shop")
    assert (row.decided, row.agreed, row.open) == (5, 3, 1)
    assert row.precision == pytest.approx(0.6)
    assert row.low < 0.6 < row.high
    whole = await shop.row(TopicKind.EVERYTHING)
    assert (whole.decided, whole.agreed) == (5, 3)


async def test_dismissed_suggestion_is_a_no(shop: Shop) -> None:
    conversation = await shop.decides(shop.answer)
    draft = (await query.detail(shop.member, conversation)).draft
    assert draft is not None
    await decide.dismiss(shop.member, draft.id)
    row = await shop.row(TopicKind.CATEGORY)
    assert (row.decided, row.agreed) == (1, 0)


async def test_answer_is_held_against_the_decision_it_followed(shop: Shop) -> None:
    conversation = await shop.decides(IGNORE)
    shop.arrange.inbound(conversation, "And when do you open?", age=0)
    await shop.goes_on(conversation, shop.answer)
    await shop.settles(conversation)
    assert (await shop.row(TopicKind.OTHER)).agreed == 1
    assert (await shop.row(TopicKind.CATEGORY)).agreed == 1


async def test_ignored_message_that_was_answered_is_a_no(shop: Shop) -> None:
    await shop.writes(await shop.decides(IGNORE), "We have received your application.")
    row = await shop.row(TopicKind.OTHER)
    assert (row.decided, row.agreed) == (1, 0)


async def test_escalation_is_right_when_answered_and_wrong_when_given_back(
    shop: Shop,
) -> None:
    await shop.writes(await shop.decides(ESCALATE), "I will refund you today.")
    await escalate.give_back(shop.member, await shop.decides(ESCALATE))
    await shop.decides(ESCALATE)
    row = await shop.row(TopicKind.WANTS_PERSON)
    assert (row.decided, row.agreed, row.open) == (2, 1, 1)
    assert not row.may_propose


async def test_what_went_out_by_itself_counts_only_when_a_person_stood_in(
    shop: Shop,
) -> None:
    await configure.set_mode(shop.member, shop.channel, AssistantMode.AUTO)
    await shop.decides(shop.answer)
    conversation = await shop.decides(shop.answer)
    shop.arrange.run("update outbox_items set state = 'accepted'")
    shop.arrange.run(
        "update conversation_messages set delivery = 'accepted' where direction = 'outbound'"
    )
    await shop.writes(conversation, "We open at nine, as said.")
    row = await shop.row(TopicKind.CATEGORY)
    assert (row.decided, row.agreed, row.open) == (1, 0, 1)
    assert row.is_released


def _many(shop: Shop, times: int, *, wrong: int = 0) -> None:
    """Put decisions with approved drafts there, and some that were dismissed."""
    snapshot = {"citations": [{"faq_id": str(shop.entry), "title": "When?", "quote": "x"}]}
    shop.arrange.run(
        "with d as (insert into ai_decisions (user_id, conversation_id, decision, confidence,"
        " reason, snapshot_json) select user_id, id, 'respond', 0.9, 'hours', %(snapshot)s"
        " from conversations cross join generate_series(1, %(times)s)"
        " where id = %(conversation)s returning id, conversation_id),"
        " n as (select d.*, row_number() over () as at from d)"
        " insert into drafts (tenant_id, conversation_id, decision_id, text, confidence,"
        " threshold, epoch, newest_inbound_id, state)"
        " select %(tenant)s, conversation_id, id, 'At nine.', 0.9, 0.8, 0, %(message)s,"
        " case when at <= %(wrong)s then 'dismissed' else 'approved' end from n",
        snapshot=Jsonb(snapshot),
        times=times,
        wrong=wrong,
        conversation=(conversation := shop.arrange.conversation(shop.channel)),
        message=shop.arrange.inbound(conversation),
    )


@pytest.mark.parametrize(
    ("times", "wrong", "bar", "ready"),
    [
        (29, 0, 0.8, False),
        (30, 0, 0.88, True),
        (30, 0, 0.89, False),
        (72, 0, 0.95, True),
        (71, 0, 0.95, False),
        (100, 2, 0.92, True),
        (100, 2, 0.95, False),
    ],
)
async def test_topic_is_ready_when_even_the_lower_limit_reaches_the_bar(
    shop: Shop, times: int, wrong: int, bar: float, *, ready: bool
) -> None:
    _many(shop, times, wrong=wrong)
    rows = await trust.board(shop.member, bar=bar)
    (row,) = [row for row in rows if row.kind is TopicKind.CATEGORY]
    assert (row.decided, row.agreed) == (times, times - wrong)
    assert row.ready is row.may_propose is ready
    assert row.mode is AssistantMode.DRAFT


async def test_released_topic_is_shown_also_without_decisions(shop: Shop) -> None:
    _many(shop, 80)
    (row,) = [r for r in await trust.board(shop.member) if r.kind is TopicKind.CATEGORY]
    await release.release_topic(shop.member, shop.channel, row.topic_of)
    await configure.set_mode(shop.member, shop.channel, AssistantMode.AUTO)
    shop.arrange.run("delete from ai_decisions")
    (left,) = await trust.board(shop.member)
    assert (left.topic, left.key, left.decided) == ("Hours", "category:hours", 0)
    assert left.is_released
    assert left.is_limited
    assert not left.ready


async def test_everything_is_not_proposed_where_the_owner_lists_topics(shop: Shop) -> None:
    _many(shop, 80)
    whole = await shop.row(TopicKind.EVERYTHING)
    assert whole.may_propose
    topic = (await shop.row(TopicKind.CATEGORY)).topic_of
    await release.release_topic(shop.member, shop.channel, topic)
    assert not (await shop.row(TopicKind.EVERYTHING)).may_propose


async def test_only_the_asked_days_count(shop: Shop) -> None:
    _many(shop, 40)
    later: datetime = shop.member.clock.now() + timedelta(days=31)
    shop.member = replace(shop.member, clock=StoppedClock(later))
    assert await trust.board(shop.member, days=30) == []
    assert await trust.board(shop.member, days=32) != []


async def test_agents_see_the_board_and_change_nothing(shop: Shop, kit_of: KitOf) -> None:
    _many(shop, 2)
    rows = await trust.board(await kit_of("agent"))
    assert [row.may_change for row in rows] == [False, False]


async def test_other_inboxes_are_not_counted(
    shop: Shop, arrange_elsewhere: Arrange
) -> None:
    other = Shop(arrange_elsewhere, shop.worker, shop.member)
    _many(other, 40)
    assert await trust.board(shop.member) == []


@pytest.mark.parametrize(("days", "bar"), [(0, 0.9), (30, 1.0), (30, 0.2)])
async def test_senseless_measures_are_refused(shop: Shop, days: int, bar: float) -> None:
    with pytest.raises(Refused):
        await trust.board(shop.member, days=days, bar=bar)
