"""Which embedder an inbox is searched with, and how that changes.

Vectors of two embedders cannot be compared, so an inbox has one at a time
(`ai_settings.embedder`), whatever this process is set to. When settings name another, its
vectors are made beside the old ones, and searches switch when they are complete.
"""

from collections.abc import Sequence

from core import queue
from core.domain.errors import Conflict, NotSetUp
from core.domain.ids import TenantId
from core.domain.knowledge import Unembedded
from core.kit import Kit
from core.knowledge import ingest
from core.llm.base import Embedder
from core.queue import JobName
from core.store import vectors
from core.store.pool import Unit


async def searched_with(kit: Kit, unit: Unit) -> Embedder:
    """Return the embedder that the unit's inbox is searched with.

    Raises:
        NotSetUp: this process does not have it.
    """
    return _named(kit, await vectors.searched_embedder(unit))


async def hold(unit: Unit, embedder: Embedder) -> None:
    """Make sure that the inbox is still searched with `embedder`, and stays so in the unit.

    Raises:
        Conflict: searches have switched meanwhile.
    """
    if await vectors.held_embedder(unit) != embedder.name:
        raise Conflict("The inbox has changed to another embedder.", "Try again.")


def _named(kit: Kit, name: str | None) -> Embedder:
    for embedder in kit.embedders:
        if embedder.name == name:
            return embedder
    raise NotSetUp(
        f"The knowledge base is searched with “{name}”, which this machine is not set to.",
        "Set the embedder's provider, model and key here too.",
    )


async def notice(kit: Kit) -> None:
    """Queue the change of every inbox that is searched otherwise than settings say.

    A companion without an embedder has no say.
    """
    if kit.embedder is None:
        return
    async with kit.database.claim() as unit:
        tenants = await vectors.searched_otherwise(unit, kit.embedder.name)
    for tenant in tenants:
        async with kit.unit(tenant) as unit:
            if not await _suits(kit, unit):
                await queue.put_once(unit, JobName.REEMBED_KNOWLEDGE, tenant)


async def wish(kit: Kit) -> bool:
    """Queue the change of this inbox to what this machine's settings name, if it differs.

    Raises:
        Refused: this member is no admin.
    """
    async with kit.mine() as unit:
        if await _suits(kit, unit):
            return False
        await queue.put_once(unit, JobName.REEMBED_KNOWLEDGE, kit.member.tenant)
    return True


async def _suits(kit: Kit, unit: Unit) -> bool:
    """Return whether the unit's inbox may stay with the embedder it is searched with."""
    (wanted, *_) = kit.embedders
    return await vectors.searched_embedder(unit) in {wanted.name, *kit.accepted}


async def change(kit: Kit, tenant: TenantId) -> None:
    """Make what is missing of the wanted embedder's vectors, then switch; resumable.

    Raises:
        ModelDown: the embedder does not answer; what was made is kept.
        Conflict: something was added at the last moment; run it again.
    """
    (wanted, *_) = kit.embedders
    while True:
        async with kit.unit(tenant) as unit:
            if await _suits(kit, unit):
                break
            missing = await vectors.missing(unit, wanted.name, limit=ingest.BATCH)
            if not missing and not await vectors.switch(unit, wanted.name):
                raise Conflict("Something was added meanwhile.", "Try again.")
        if missing:
            await _make(kit, tenant, wanted, missing)
    await _tidy(kit, tenant, wanted.name)


async def _make(
    kit: Kit, tenant: TenantId, embedder: Embedder, missing: Sequence[Unembedded]
) -> None:
    ready = await ingest.embedded(embedder, [one.text for one in missing])
    async with kit.unit(tenant) as unit:
        await vectors.add(unit, embedder.name, list(zip(missing, ready, strict=True)))


async def _tidy(kit: Kit, tenant: TenantId, name: str) -> None:
    """Bring the reference's own columns up to date, some at a time, and drop the old."""
    while True:
        async with kit.unit(tenant) as unit:
            if not await vectors.copy_into_rows(unit, name, limit=500):
                await vectors.drop_others(unit, name)
                return
