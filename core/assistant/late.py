"""An assistant that is opened when it is first asked something.

The library of the graph takes a second to load. A window is opened many times a day, and a
message is tried out in it now and then: that second belongs to the first trial.
"""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from importlib import import_module

from core.assistant.state import Assistant, Case
from core.domain.decision import Proposal

_LIBRARY = "langgraph.graph"


class LateAssistant:
    """Opens another assistant once, and passes everything on to it."""

    def __init__(
        self,
        opening: Callable[[], AbstractAsyncContextManager[Assistant]],
        stack: AsyncExitStack,
    ) -> None:
        """Take what opens the assistant, and what closes it again with everything else."""
        self._opening = opening
        self._stack = stack
        self._opened: Assistant | None = None
        self._lock = asyncio.Lock()

    async def consider(self, case: Case) -> Proposal:
        """Return what to do about a case; raises as the other assistant does."""
        return await (await self._open()).consider(case)

    async def weigh(self, case: Case) -> Proposal:
        """Return the same for a case that nobody waits in; raises as `consider` does."""
        return await (await self._open()).weigh(case)

    async def _open(self) -> Assistant:
        async with self._lock:
            if self._opened is None:
                # In a thread of its own, so that the inbox is read meanwhile.
                await asyncio.to_thread(import_module, _LIBRARY)
                self._opened = await self._stack.enter_async_context(self._opening())
            return self._opened
