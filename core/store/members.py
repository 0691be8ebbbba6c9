"""`team_members`: who works in an inbox."""

from core.domain.ids import TenantId
from core.domain.member import Member
from core.store.pool import Unit

_ALL = """
select user_id as id, tenant_id as tenant, display_name as name, role
from team_members where tenant_id = %(tenant)s and revoked_at is null
order by display_name, user_id
"""
_ME = """
select user_id as id, tenant_id as tenant, display_name as name, role
from team_members where user_id = app.uid() and revoked_at is null
order by (role = 'owner') desc, created_at limit 1
"""


async def all_of(unit: Unit) -> list[Member]:
    """Return the members of the tenant."""
    return await unit.rows(Member, _ALL, {"tenant": unit.tenant})


async def me(unit: Unit) -> Member | None:
    """Return whose login this is; None for services and revoked members."""
    return await unit.row(Member, _ME)


_FIRST_TENANT = "select app.first_tenant_v1()"


async def first_tenant(unit: Unit) -> TenantId | None:
    """Return the oldest inbox of this database: the one of a machine that works alone."""
    found = await unit.value(_FIRST_TENANT)
    return None if found is None else TenantId(found)
