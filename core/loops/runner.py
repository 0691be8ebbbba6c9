"""The one loop all work lists share.

A list is asked for due rows in batches: at once after a full batch, when a notice says
there may be work, and every few seconds in any case, so that a lost notice costs a
moment and never a message. Trouble with the database or a platform backs off and goes
on; a bug in one round is logged with its traceback and must not stop the others' work.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from core import logs
from core.domain.errors import Conflict, Unavailable

_log = logs.logger(__name__)
_BACK_OFF = (0.2, 1.0, 3.0, 5.0)


class Wake:
    """A doorbell: rings once however often it is pressed before someone looks."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def press(self) -> None:
        """Say that there may be work."""
        self._event.set()

    async def wait(self, seconds: float) -> None:
        """Return when the bell rings, or after `seconds`."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._event.wait()
        self._event.clear()


async def _nothing_left() -> None:
    """Close a list whose rounds finish what they begin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkList:
    """A named source of due work.

    `round` claims a batch, deals with it, and returns how many rows it had; `batch` is
    how many it asks for, so that a full one means "there is more". `close` is awaited
    when the list is stopped, for work that outlives its round.
    """

    name: str
    round: Callable[[], Awaitable[int]]
    batch: int
    poll: float
    close: Callable[[], Awaitable[None]] = _nothing_left


async def run(work: WorkList, wake: Wake) -> None:
    """Work through a list until cancelled, then let it close."""
    try:
        await _rounds(work, wake)
    finally:
        await work.close()


async def _rounds(work: WorkList, wake: Wake) -> None:
    failures = 0
    while True:
        try:
            done = await work.round()
            failures = 0
        except (Unavailable, Conflict) as trouble:
            failures += 1
            _log.info("loop.waits", loop=work.name, why=trouble.title)
            await asyncio.sleep(_BACK_OFF[min(failures, len(_BACK_OFF)) - 1])
            continue
        except Exception:  # noqa: BLE001 - logged; one list must not stop the others
            failures += 1
            _log.exception("loop.bug", loop=work.name)
            await asyncio.sleep(_BACK_OFF[-1])
            continue
        if done < work.batch:
            await wake.wait(work.poll)
