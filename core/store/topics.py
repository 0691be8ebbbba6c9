"""`released_topics`, and what a reply is about: the entries and documents that it quotes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.domain.decision import Citation
from core.domain.ids import ChannelId, MemberId
from core.domain.topic import Source, Topic, of_source
from core.store.pool import Unit

_SOURCES = """
select n.faq_id, f.question, f.category, n.document_id, d.title
from unnest(%(entries)s::uuid[], %(documents)s::uuid[]) as n(faq_id, document_id)
left join faq_qa f on f.user_id = %(tenant)s and f.id = n.faq_id
left join knowledge_documents d on d.user_id = %(tenant)s and d.id = n.document_id
"""


async def of_citations(unit: Unit, citations: Sequence[Citation]) -> frozenset[str]:
    """Return the keys of the topics that a reply with these citations is about."""
    params = {
        "tenant": unit.tenant,
        "entries": [citation.faq_id for citation in citations],
        "documents": [citation.document_id for citation in citations],
    }
    found = await unit.rows(Source, _SOURCES, params)
    return frozenset(of_source(source).key for source in found)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedTopic:
    """A topic that goes out by itself on a channel whose mode is automatic."""

    channel_id: ChannelId
    topic: str
    title: str
    released_at: datetime


_RELEASED = """
select channel_id, topic, title, released_at from released_topics
where tenant_id = %(tenant)s order by channel_id, title, topic
"""


async def released(unit: Unit) -> list[ReleasedTopic]:
    """Return the released topics of all channels."""
    return await unit.rows(ReleasedTopic, _RELEASED, {"tenant": unit.tenant})


_RELEASE = """
insert into released_topics (tenant_id, channel_id, topic, title, released_by)
values (%(tenant)s, %(channel)s, %(topic)s, %(title)s, %(by)s)
on conflict (tenant_id, channel_id, topic) do nothing
"""


async def release(unit: Unit, channel: ChannelId, topic: Topic, by: MemberId) -> None:
    """List a topic for a channel; one that is listed stays as it is."""
    params = {
        "tenant": unit.tenant,
        "channel": channel,
        "topic": topic.key,
        "title": topic.title or topic.kind.value,
        "by": by,
    }
    await unit.execute(_RELEASE, params)


_WITHDRAW = """
delete from released_topics
where tenant_id = %(tenant)s and channel_id = %(channel)s and topic = %(topic)s
"""
_LEFT = """
select count(*) from released_topics
where tenant_id = %(tenant)s and channel_id = %(channel)s
"""


async def withdraw(unit: Unit, channel: ChannelId, key: str) -> bool:
    """Take a topic off the list of a channel; return False when it was not on it."""
    params = {"tenant": unit.tenant, "channel": channel, "topic": key}
    return await unit.execute(_WITHDRAW, params) > 0


async def count_released(unit: Unit, channel: ChannelId) -> int:
    """Return how many topics are listed for a channel."""
    params = {"tenant": unit.tenant, "channel": channel}
    return int(await unit.value(_LEFT, params))
