"""`knowledge_uses`: which document or entry stood behind which answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.domain.decision import Citation
from core.domain.ids import DecisionId, DocumentId, FaqId
from core.store.pool import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """How often a source was quoted in answers, and when last."""

    source: DocumentId | FaqId
    times: int
    last_at: datetime


_NOTE = """
insert into knowledge_uses (tenant_id, decision_id, document_id, faq_id)
select distinct %(tenant)s::uuid, %(decision)s::uuid, d.id, f.id
from unnest(%(documents)s::uuid[], %(entries)s::uuid[]) as n(document_id, faq_id)
left join knowledge_documents d on d.user_id = %(tenant)s and d.id = n.document_id
left join faq_qa f on f.user_id = %(tenant)s and f.id = n.faq_id
where num_nonnulls(d.id, f.id) = 1
on conflict do nothing
"""


async def note(unit: Unit, decision: DecisionId, citations: Sequence[Citation]) -> None:
    """Remember what an answer quotes; a source that is gone meanwhile is passed over."""
    await unit.execute(
        _NOTE,
        {
            "tenant": unit.tenant,
            "decision": decision,
            "documents": [citation.document_id for citation in citations],
            "entries": [citation.faq_id for citation in citations],
        },
    )


_OF_DOCUMENTS = """
select document_id as source, count(*) as times, max(used_at) as last_at
from knowledge_uses where tenant_id = %(tenant)s and document_id is not null
group by document_id
"""
_OF_ENTRIES = """
select faq_id as source, count(*) as times, max(used_at) as last_at
from knowledge_uses where tenant_id = %(tenant)s and faq_id is not null group by faq_id
"""


async def of_documents(unit: Unit) -> dict[DocumentId | FaqId, Use]:
    """Return the use of every document that was used at all."""
    found = await unit.rows(Use, _OF_DOCUMENTS, {"tenant": unit.tenant})
    return {use.source: use for use in found}


async def of_entries(unit: Unit) -> dict[DocumentId | FaqId, Use]:
    """Return the use of every FAQ entry that was used at all."""
    found = await unit.rows(Use, _OF_ENTRIES, {"tenant": unit.tenant})
    return {use.source: use for use in found}
