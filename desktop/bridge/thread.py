"""Run the engine in a thread with its own loop, so that no query delays a repaint.

The thread opens the engine through a callable it is handed, serves calls until it is told
to stop, and unwinds the engine before it ends. What the window learns from it arrives as
signals of an object born on the UI thread: a sender born in the worker would run plain
functions connected to it in the worker, and a dead sender raises.
"""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from core.domain.errors import SocialSyncError

if TYPE_CHECKING:
    from core.kit import Kit

OpenKit = Callable[[], "AbstractAsyncContextManager[Kit]"]
"""Open the engine and hand out its kit; leaving the context closes everything."""

Work = Callable[["Kit"], Coroutine[Any, Any, Any]]

_GRACE_SECONDS = 2.0
"""How long a stop waits for calls in flight: a draft being saved outlives the window."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How a piece of work ended: an error, a cancellation, or neither."""

    result: Any = None
    error: BaseException | None = None
    cancelled: bool = False


@dataclass(slots=True, eq=False)
class Job:
    """One piece of work on its way through the engine; `cancel` may be called at any time."""

    work: Work
    settled: Callable[[Ending], None]
    """Called in the engine's thread, exactly once."""
    _thread: "EngineThread"
    _cancelled: bool = False
    _task: asyncio.Task[Any] | None = field(default=None, repr=False)

    def cancel(self) -> None:
        """Stop waiting for it, and stop its query on the server if that has begun."""
        self._cancelled = True
        self._thread.post(self._cancel_task)

    def begin(self, kit: "Kit") -> asyncio.Task[Any] | None:
        """Start it, in the engine's thread, unless it was cancelled before its turn."""
        if self._cancelled:
            self.settled(Ending(cancelled=True))
            return None
        self._task = asyncio.create_task(self.work(kit))
        self._task.add_done_callback(self._on_done)
        return self._task

    def _cancel_task(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _on_done(self, task: asyncio.Task[Any]) -> None:
        if task.cancelled():
            self.settled(Ending(cancelled=True))
        elif error := task.exception():
            self.settled(Ending(error=error))
        else:
            self.settled(Ending(result=task.result()))


class EngineThread(QObject):
    """Own the thread in which the engine lives; made, started and stopped on the UI thread."""

    opened = Signal(object)
    """The engine is ready; carries its kit. Emitted in the engine's thread, so that a
    subscriber to notices can be attached there before the first one arrives."""
    ended = Signal(object)
    """The thread is over: None after a stop, else the error that ended it."""

    def __init__(self, open_kit: OpenKit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open_kit = open_kit
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping: asyncio.Event | None = None
        self._kit: Kit | None = None
        self._serving: asyncio.Task[None] | None = None
        self._tasks: set[asyncio.Task[Any]] = set()

    def start(self) -> None:
        """Open the engine in a new thread; also after it has ended, to try again."""
        if self.is_running:
            return
        self._thread = threading.Thread(target=self._run, name="engine", daemon=True)
        self._thread.start()

    def ask_to_stop(self) -> None:
        """Close the engine, also one that is still opening; `ended` tells when it has."""
        self.post(self._on_stop_asked)

    def stop(self, *, wait_seconds: float = 10.0) -> bool:
        """Close the engine and wait for its thread; returns whether it ended in time."""
        if self._thread is None:
            return True
        self.ask_to_stop()
        self._thread.join(wait_seconds)
        return not self._thread.is_alive()

    @property
    def is_running(self) -> bool:
        """Return whether the thread is alive."""
        return self._thread is not None and self._thread.is_alive()

    def submit(self, work: Work, settled: Callable[[Ending], None]) -> Job:
        """Run `work` with the kit; `settled` is called in the engine's thread, once."""
        job = Job(work, settled, self)
        if not self.post(self._begin, job):
            settled(Ending(cancelled=True))
        return job

    def post(self, step: Callable[..., None], *args: Any) -> bool:
        """Run a plain step in the engine's thread; False when there is no engine."""
        loop = self._loop
        if loop is None or loop.is_closed():
            return False
        try:
            loop.call_soon_threadsafe(step, *args)
        except RuntimeError:  # the loop closed between the question and the call
            return False
        return True

    def _begin(self, job: Job) -> None:
        if self._kit is None:
            job.settled(Ending(cancelled=True))
            return
        task = job.begin(self._kit)
        if task is not None:
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    def _on_stop_asked(self) -> None:
        if self._stopping is not None:
            self._stopping.set()
        if self._kit is None and self._serving is not None:
            # Still opening: nobody waits for the event yet.
            self._serving.cancel()

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
            self._loop = runner.get_loop()
            error = runner.run(self._outlive())
        self._loop = None
        self.ended.emit(error)

    async def _outlive(self) -> BaseException | None:
        """Serve until the end and return what ended it, instead of raising in a thread."""
        self._stopping = asyncio.Event()
        self._serving = asyncio.create_task(self._serve(self._stopping))
        await asyncio.wait({self._serving})
        self._kit = None
        if self._serving.cancelled():
            return None
        error = self._serving.exception()
        return None if error is None else first_cause(error)

    async def _serve(self, stopping: asyncio.Event) -> None:
        async with self._open_kit() as kit:
            self._kit = kit
            self.opened.emit(kit)
            await stopping.wait()
            await self._finish_calls()

    async def _finish_calls(self) -> None:
        """Give calls in flight a moment, then cancel them; with none this takes no time."""
        if not self._tasks:
            return
        _, late = await asyncio.wait(set(self._tasks), timeout=_GRACE_SECONDS)
        for task in late:
            task.cancel()
        if late:
            await asyncio.wait(late)


def first_cause(error: BaseException) -> BaseException:
    """Return the error a person should hear of when a group of parts failed together.

    A foreseen error explains more than the cancellations that it caused in its neighbours.
    """
    if not isinstance(error, BaseExceptionGroup):
        return error
    causes = [first_cause(each) for each in error.exceptions]
    foreseen = [each for each in causes if isinstance(each, SocialSyncError)]
    return (foreseen or causes)[0]
