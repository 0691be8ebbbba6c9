"""`decision_rules`: the rules that decisions were made under, once per version."""

from typing import Any

from psycopg.types.json import Jsonb

from core.store.pool import Unit

_KEEP = """
insert into decision_rules (tenant_id, digest, rules)
values (%(tenant)s, %(digest)s, %(rules)s)
on conflict (tenant_id, digest) do nothing
"""


async def keep(unit: Unit, digest: bytes, rules: dict[str, Any]) -> None:
    """Keep rules under their digest, unless they are here already."""
    params = {"tenant": unit.tenant, "digest": digest, "rules": Jsonb(rules)}
    await unit.execute(_KEEP, params)


_GET = """
select rules from decision_rules where tenant_id = %(tenant)s and digest = %(digest)s
"""


async def get(unit: Unit, digest: bytes) -> dict[str, Any] | None:
    """Return the rules with this digest."""
    found = await unit.value(_GET, {"tenant": unit.tenant, "digest": digest})
    return None if found is None else dict(found)
