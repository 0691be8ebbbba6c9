"""A database whose user may be ended at either side of every commit."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from enum import StrEnum

from typing_extensions import override

from core.domain.ids import TenantId
from core.store.pool import Database, Unit


class Side(StrEnum):
    """Where a unit stands."""

    WRITTEN = "written"
    """It has done everything but commit."""
    COMMITTED = "committed"


class DoomedDatabase(Database):
    """Calls `pass_by` at both sides of every commit; it may raise, or end the process."""

    def __init__(self, real: Database, pass_by: Callable[[Side], None]) -> None:
        self.login = real.login
        self._real = real
        self._pass_by = pass_by

    @override
    @asynccontextmanager
    async def unit(self, tenant: TenantId) -> AsyncIterator[Unit]:
        async with self._real.unit(tenant) as unit:
            yield unit
            self._pass_by(Side.WRITTEN)
        self._pass_by(Side.COMMITTED)


class Killed(Exception):
    """Stands in for the end of a process."""


class Reaper:
    """Raises `Killed` the n-th time that a unit comes by at this side."""

    def __init__(self, side: Side, time: int) -> None:
        self._side = side
        self._left = time

    def __call__(self, side: Side) -> None:
        if side is self._side:
            self._left -= 1
            if self._left == 0:
                raise Killed
