"""Rows of the trust page, with limits that belong to their counts."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from core.domain.certainty import clopper_pearson
from core.domain.channel import AssistantMode, PlatformName
from core.domain.ids import ChannelId
from core.domain.topic import TopicKind
from core.queries.trust import ENOUGH, TrustRow

CHANNEL = ChannelId(UUID(int=1))
OTHER_CHANNEL = ChannelId(UUID(int=2))
BAR = 0.95


def a_row(
    topic: str = "Delivery",
    decided: int = 100,
    agreed: int = 100,
    *,
    kind: TopicKind = TopicKind.CATEGORY,
    channel: ChannelId = CHANNEL,
    **changes: Any,
) -> TrustRow:
    """Return a topic of a channel."""
    limits = clopper_pearson(agreed, decided)
    known = kind in {TopicKind.CATEGORY, TopicKind.QUESTION, TopicKind.DOCUMENT}
    row = TrustRow(
        platform=PlatformName.WHATSAPP if channel == CHANNEL else PlatformName.INSTAGRAM,
        channel_id=channel,
        channel_name="Shop" if channel == CHANNEL else "roastery.lyon",
        topic=topic if known else "",
        kind=kind,
        key=f"{kind.value}:{topic.casefold()}" if known else kind.value,
        decided=decided,
        agreed=agreed,
        open=0,
        precision=agreed / decided if decided else 0.0,
        low=limits.low,
        high=limits.high,
        mode=AssistantMode.DRAFT,
        is_released=False,
        is_limited=False,
        ready=decided >= ENOUGH and limits.low >= BAR,
        may_change=True,
    )
    return replace(row, **changes)
