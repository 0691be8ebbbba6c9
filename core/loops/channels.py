"""The lists that keep channels alive: tokens to renew, channels to look at."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

from core.actions import proof, renew
from core.kit import Kit
from core.loops.runner import WorkList
from core.store.channel_health import ClaimedChannel

_BATCH = 8

_Due = Callable[..., Awaitable[list[ClaimedChannel]]]
_One = Callable[[Kit, ClaimedChannel], Awaitable[None]]


def renewals(kit: Kit) -> WorkList:
    """Return the list of tokens to renew."""
    return _list(kit, "renewals", renew.due, renew.one)


def looks(kit: Kit) -> WorkList:
    """Return the list of channels to look at."""
    return _list(kit, "looks", proof.due, proof.one)


def _list(kit: Kit, name: str, due: _Due, one: _One) -> WorkList:
    return WorkList(
        name=name,
        round=partial(_round, kit, due, one),
        batch=_BATCH,
        poll=kit.settings.timings.poll,
    )


async def _round(kit: Kit, due: _Due, one: _One) -> int:
    """Deal with the due channels side by side; one that fails does not stop the others."""
    claimed = await due(kit, limit=_BATCH)
    endings = await asyncio.gather(
        *(one(kit, each) for each in claimed), return_exceptions=True
    )
    for ending in endings:
        if isinstance(ending, BaseException):
            raise ending
    return len(claimed)
