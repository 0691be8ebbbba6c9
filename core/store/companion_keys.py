"""`companion_keys`: what members on other machines seal tokens to."""

from core.store.pool import Unit

_CURRENT = "select public_key from companion_keys order by published_at desc limit 1"


async def current(unit: Unit) -> bytes | None:
    """Return the companion's public key, None before a companion has run."""
    found = await unit.value(_CURRENT)
    return None if found is None else bytes(found)


_PUBLISH = """
insert into companion_keys (public_key) values (%(key)s)
on conflict (public_key) do update set published_at = clock_timestamp()
"""


async def publish(unit: Unit, public_key: bytes) -> None:
    """Make a key the current one; services only."""
    if await current(unit) != public_key:
        await unit.execute(_PUBLISH, {"key": public_key})
