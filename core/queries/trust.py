"""How far the assistant has earned to answer by itself, channel by channel, topic by topic.

What it decided is compared with what people did (`domain.agreement`). The board proposes;
only a person ever changes a mode.
"""

import asyncio
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from core.domain.agreement import Agreed, judge
from core.domain.certainty import clopper_pearson
from core.domain.channel import AssistantMode, Channel, PlatformName
from core.domain.decision import Decision
from core.domain.errors import Refused
from core.domain.ids import ChannelId
from core.domain.member import Role
from core.domain.topic import Topic, TopicKind, of_key, of_kind
from core.kit import Kit
from core.store import agreements, channels, topics
from core.store.agreements import FollowedRow

BAR = 0.95
DAYS = 30
ENOUGH = 30
"""Outcomes below which nothing is proposed, however good they are."""

_EVERYTHING = of_kind(TopicKind.EVERYTHING)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustRow:
    """One topic on one channel.

    `decided` are the decisions with an outcome, `agreed` those that people agreed with, and
    the true share lies between `low` and `high` (95 %). `ready` says that even `low` reaches
    the owner's bar, on enough outcomes.
    """

    platform: PlatformName
    channel_id: ChannelId
    channel_name: str
    topic: str
    kind: TopicKind
    key: str
    decided: int
    agreed: int
    open: int
    """Decisions that nothing tells about yet."""
    precision: float
    low: float
    high: float
    mode: AssistantMode
    is_released: bool
    """It goes out by itself, given confidence enough."""
    is_limited: bool
    """The channel sends listed topics only."""
    ready: bool
    may_change: bool

    @property
    def topic_of(self) -> Topic:
        """Return the topic as it is released."""
        return Topic(kind=self.kind, key=self.key, title=self.topic)

    @property
    def may_propose(self) -> bool:
        """Return whether the row is worth asking the owner about.

        Everything together is not proposed where single topics are listed: that would
        withdraw the owner's own limits.
        """
        if not self.ready or self.is_released or self.mode is AssistantMode.OFF:
            return False
        if self.kind is TopicKind.EVERYTHING:
            return not self.is_limited
        return self.topic_of.is_answer


class _Count:
    """Outcomes of one topic on one channel, while they are counted."""

    def __init__(self) -> None:
        self.agreed = 0
        self.decided = 0
        self.open = 0

    def add(self, outcome: Agreed) -> None:
        self.decided += outcome is not Agreed.UNKNOWN
        self.agreed += outcome is Agreed.YES
        self.open += outcome is Agreed.UNKNOWN


async def board(kit: Kit, *, days: int = DAYS, bar: float = BAR) -> list[TrustRow]:
    """Return the topics of each channel, the most decided first, after all replies together.

    Raises:
        Refused: the days or the bar make no sense.
    """
    if days < 1 or not 0.5 <= bar < 1.0:
        raise Refused("Ask for at least one day, and a bar from 0.5 to below 1.")
    since = kit.clock.now() - timedelta(days=days)
    async with kit.mine() as unit:
        found = await agreements.followed(unit, since)
        listed = await topics.released(unit)
        known = await channels.all_of(unit)
    # Comparing some thousand edited texts takes seconds, in which others are to be heard.
    counts = await asyncio.to_thread(_counted, found)
    for one in listed:
        counts[one.channel_id].setdefault(of_key(one.topic, one.title), _Count())
    released = {(one.channel_id, one.topic) for one in listed}
    may_change = kit.member.role is not Role.AGENT
    return [
        _row(
            channel,
            topic,
            count,
            _Measure(
                bar=bar,
                may_change=may_change,
                is_limited=any(of == channel.id for of, _ in released),
                is_listed=(channel.id, topic.key) in released,
            ),
        )
        for channel in known
        for topic, count in _ordered(counts[channel.id])
    ]


_Counts = dict[Topic, _Count]


def _counted(found: Iterable[FollowedRow]) -> dict[ChannelId, _Counts]:
    """Count the outcomes of each topic, and of all replies together, on each channel."""
    counts: dict[ChannelId, _Counts] = defaultdict(lambda: defaultdict(_Count))
    for row in found:
        outcome = judge(row.seen()).agreed
        of_channel = counts[row.channel_id]
        of_channel[row.topic()].add(outcome)
        if row.decision is Decision.RESPOND:
            of_channel[_EVERYTHING].add(outcome)
    return counts


def _ordered(counts: _Counts) -> list[tuple[Topic, _Count]]:
    return sorted(
        counts.items(),
        key=lambda item: (item[0] != _EVERYTHING, -item[1].decided, item[0].key),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Measure:
    """What a row is measured against, and what is allowed already."""

    bar: float
    may_change: bool
    is_limited: bool
    is_listed: bool


def _row(channel: Channel, topic: Topic, count: _Count, by: _Measure) -> TrustRow:
    limits = clopper_pearson(count.agreed, count.decided)
    is_auto = channel.assistant_mode is AssistantMode.AUTO
    return TrustRow(
        platform=channel.platform,
        channel_id=channel.id,
        channel_name=channel.account_name,
        topic=topic.title,
        kind=topic.kind,
        key=topic.key,
        decided=count.decided,
        agreed=count.agreed,
        open=count.open,
        precision=count.agreed / count.decided if count.decided else 0.0,
        low=limits.low,
        high=limits.high,
        mode=channel.assistant_mode,
        is_released=is_auto and (by.is_listed or not by.is_limited),
        is_limited=by.is_limited,
        ready=count.decided >= ENOUGH and limits.low >= by.bar,
        may_change=by.may_change,
    )
