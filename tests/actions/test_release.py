"""Single topics that go out by themselves, and the way back."""

from dataclasses import replace

import pytest

from core.actions import configure, decide, release
from core.actions.decide import Outcome
from core.domain.channel import AssistantMode
from core.domain.decision import Citation
from core.domain.errors import Conflict, NotFound, Refused
from core.domain.ids import ChannelId, FaqId
from core.domain.topic import Topic, TopicKind, of_kind
from core.kit import Kit
from tests.actions.claims import RESPOND, looked_at
from tests.fixtures.inbox import Arrange, KitOf

DELIVERY = Topic(kind=TopicKind.CATEGORY, key="category:delivery", title="Delivery")
HOURS = Topic(kind=TopicKind.CATEGORY, key="category:hours", title="Hours")


def _entry(arrange: Arrange, category: str) -> FaqId:
    return FaqId(
        arrange.value(
            "insert into faq_qa (user_id, key, question, answer, category)"
            " values (%(tenant)s, %(category)s, 'How?', 'So.', %(category)s) returning id",
            category=category,
        )
    )


async def _answered(
    kit: Kit, arrange: Arrange, channel: ChannelId, *entries: FaqId
) -> Outcome:
    conversation = arrange.conversation(channel)
    arrange.inbound(conversation, "How?")
    quotes = tuple(
        Citation(title="How?", name="FAQ", quote="So.", faq_id=entry) for entry in entries
    )
    proposal = replace(RESPOND, citations=quotes)
    considered = await looked_at(kit, arrange, conversation, proposal)
    return await decide.act(kit, considered)


def _mode(arrange: Arrange, channel: ChannelId) -> str:
    mode: str = arrange.row("social_accounts", channel)["assistant_mode"]
    return mode


@pytest.mark.parametrize("login", ["service", "assistant"])
async def test_only_listed_topics_go_out_by_themselves(
    kit_of: KitOf, arrange: Arrange, login: str
) -> None:
    channel = arrange.channel()
    delivery, hours = _entry(arrange, "Delivery"), _entry(arrange, "Hours")
    owner, worker = await kit_of("owner"), await kit_of(login)
    await release.release_topic(owner, channel, DELIVERY)
    assert await _answered(worker, arrange, channel, delivery) is Outcome.DRAFTED

    await configure.set_mode(owner, channel, AssistantMode.AUTO)

    assert await _answered(worker, arrange, channel, delivery) is Outcome.SENT
    assert await _answered(worker, arrange, channel, hours) is Outcome.DRAFTED
    assert await _answered(worker, arrange, channel, delivery, hours) is Outcome.DRAFTED
    assert await _answered(worker, arrange, channel) is Outcome.DRAFTED


async def test_list_of_one_channel_says_nothing_about_another(
    kit_of: KitOf, arrange: Arrange
) -> None:
    limited = arrange.channel()
    open_to_all = arrange.channel(mode=AssistantMode.AUTO)
    hours = _entry(arrange, "Hours")
    await release.release_topic(await kit_of("owner"), limited, DELIVERY)
    worker = await kit_of("service")
    assert await _answered(worker, arrange, open_to_all, hours) is Outcome.SENT


async def test_last_topic_that_is_withdrawn_takes_the_mode_with_it(
    kit_of: KitOf, arrange: Arrange
) -> None:
    channel, owner = arrange.channel(), await kit_of("owner")
    for topic in (DELIVERY, HOURS):
        await release.release_topic(owner, channel, topic)
    await configure.set_mode(owner, channel, AssistantMode.AUTO)
    await release.withdraw_topic(owner, channel, HOURS.key)
    assert _mode(arrange, channel) == "auto"
    await release.withdraw_topic(owner, channel, DELIVERY.key)
    assert _mode(arrange, channel) == "draft"
    with pytest.raises(NotFound):
        await release.withdraw_topic(owner, channel, DELIVERY.key)


async def test_listing_again_changes_nothing(kit_of: KitOf, arrange: Arrange) -> None:
    channel, owner = arrange.channel(), await kit_of("owner")
    for _ in range(2):
        await release.release_topic(owner, channel, DELIVERY)
    assert arrange.value("select count(*) from released_topics") == 1


async def test_channel_that_sends_everything_is_not_narrowed_by_accident(
    kit_of: KitOf, arrange: Arrange
) -> None:
    channel = arrange.channel(mode=AssistantMode.AUTO)
    with pytest.raises(Conflict):
        await release.release_topic(await kit_of("owner"), channel, DELIVERY)


async def test_agents_and_strangers_release_nothing(
    kit_of: KitOf, arrange: Arrange, arrange_elsewhere: Arrange
) -> None:
    with pytest.raises(Refused):
        await release.release_topic(await kit_of("agent"), arrange.channel(), DELIVERY)
    with pytest.raises(Refused):
        await release.withdraw_topic(await kit_of("agent"), arrange.channel(), "x")
    owner, foreign = await kit_of("owner"), arrange_elsewhere.channel()
    with pytest.raises(NotFound):
        await release.release_topic(owner, foreign, DELIVERY)


async def test_what_is_never_answered_cannot_be_released(
    kit_of: KitOf, arrange: Arrange
) -> None:
    complaint = of_kind(TopicKind.COMPLAINT)
    with pytest.raises(Refused):
        await release.release_topic(await kit_of("owner"), arrange.channel(), complaint)
