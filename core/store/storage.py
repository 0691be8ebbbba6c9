"""How much of its plan's storage a tenant uses; the database keeps the sum (`sql/0026`)."""

from core.domain.knowledge import Storage
from core.store.pool import Unit

_STORAGE = """
select (select coalesce(sum(greatest(d.file_size_bytes, v.file_size_bytes)), 0)::bigint
        from knowledge_documents d
        left join document_versions v on v.tenant_id = d.user_id and v.document_id = d.id
        where d.user_id = %(tenant)s)
       + (select coalesce(sum(text_size_bytes), 0)::bigint from faq_qa
          where user_id = %(tenant)s) as used,
       (select (storage_limit_mb * 1048576)::bigint from user_subscriptions
        where user_id = %(tenant)s and status = 'active'
        order by storage_limit_mb desc nulls first limit 1) as allowed
"""


async def of_tenant(unit: Unit) -> Storage:
    """Return what the knowledge base takes up and what the tenant's plan allows."""
    found = await unit.row(Storage, _STORAGE, {"tenant": unit.tenant})
    return found or Storage(used=0, allowed=None)


_SIZE_NAMED = """
select greatest(d.file_size_bytes, v.file_size_bytes) from knowledge_documents d
left join document_versions v on v.tenant_id = d.user_id and v.document_id = d.id
where d.user_id = %(tenant)s and d.name = %(name)s
order by d.created_at, d.id limit 1
"""


async def size_named(unit: Unit, name: str) -> int:
    """Return how many bytes the document of this name takes up; 0 when there is none."""
    found = await unit.value(_SIZE_NAMED, {"tenant": unit.tenant, "name": name})
    return int(found or 0)
