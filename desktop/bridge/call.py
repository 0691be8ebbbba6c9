"""Ask the engine something, and hear the answer on the UI thread.

    bridge.ask(self, decide.approve, draft.id).then(self._approved).failed(self._refused)

A call has exactly four endings. *Ok* reaches `then`. *Refused*, a foreseen error, reaches
`failed`, or the report when nobody asked to hear it. *Crashed*, a bug, always reaches the
report. *Cancelled* reaches nobody. `ended` hears all four, to give a control back. Nothing
is delivered to a receiver that is gone.
"""

import weakref
from collections.abc import Callable, Coroutine
from datetime import datetime
from typing import (
    TYPE_CHECKING,
    Any,
    Concatenate,
    Generic,
    ParamSpec,
    Protocol,
    Self,
    TypeVar,
)

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

from core.domain.errors import SocialSyncError
from desktop.bridge.report import Report
from desktop.bridge.thread import Ending, EngineThread, Job

if TYPE_CHECKING:
    from core.kit import Kit

P = ParamSpec("P")
C = ParamSpec("C")
T = TypeVar("T")
Action = Callable[Concatenate["Kit", P], Coroutine[Any, Any, T]]


class Call(Generic[T]):
    """One question on its way; lives on the UI thread.

    Listeners are bound methods of QObjects and are held weakly, so that a call never
    keeps a closed pane alive. What they need to know besides the answer travels as
    context: `then(self._on_page, request)` calls `_on_page(page, request)`.
    """

    def __init__(self, receiver: QObject, report: Report) -> None:
        self._receiver = weakref.ref(receiver)
        self._report = report
        self._on_ok: Callable[[T], None] | None = None
        self._on_refused: Callable[[SocialSyncError], None] | None = None
        self._on_ended: Callable[[], None] | None = None
        self._job: Job | None = None
        self._is_over = False

    @property
    def is_over(self) -> bool:
        """Return whether nothing more will come of it."""
        return self._is_over

    def then(
        self, bound: Callable[Concatenate[T, C], None], *context: C.args, **named: C.kwargs
    ) -> Self:
        """Call `bound(answer, *context)` when it went well."""
        method = weakref.WeakMethod(bound)

        def deliver(answer: T) -> None:
            if (listener := method()) is not None:
                listener(answer, *context, **named)

        self._on_ok = deliver
        return self

    def failed(
        self,
        bound: Callable[Concatenate[SocialSyncError, C], None],
        *context: C.args,
        **named: C.kwargs,
    ) -> Self:
        """Call `bound(error, *context)` on a foreseen error, instead of reporting it."""
        method = weakref.WeakMethod(bound)

        def deliver(error: SocialSyncError) -> None:
            if (listener := method()) is not None:
                listener(error, *context, **named)

        self._on_refused = deliver
        return self

    def ended(self, bound: Callable[[], None]) -> Self:
        """Call `bound()` last, however it ended, unless the receiver is gone."""
        method = weakref.WeakMethod(bound)

        def deliver() -> None:
            if (listener := method()) is not None:
                listener()

        self._on_ended = deliver
        return self

    def cancel(self) -> None:
        """Forget the answer, and end the query on the server if it still runs."""
        if self._is_over:
            return
        if self._job is not None:
            self._job.cancel()
        self._settle(Ending(cancelled=True))

    def carried_by(self, job: Job) -> None:
        """Remember the job that works on it, for `cancel`."""
        self._job = job

    def settle(self, ending: Ending) -> None:
        """Tell the listeners how it ended; later endings of the same call are ignored."""
        if not self._is_over:
            self._settle(ending)

    def _settle(self, ending: Ending) -> None:
        self._is_over = True
        receiver = self._receiver()
        alive = receiver is not None and isValid(receiver)
        if ending.error is not None:
            self._settle_error(ending.error, alive=alive)
        elif alive and not ending.cancelled and self._on_ok is not None:
            self._on_ok(ending.result)
        if alive and self._on_ended is not None:
            self._on_ended()

    def _settle_error(self, error: BaseException, *, alive: bool) -> None:
        """Part foreseen errors from bugs: only the former may have a listener."""
        if not isinstance(error, SocialSyncError):
            self._report.crashed(error)
        elif self._on_refused is None:
            self._report.refused(error)
        elif alive:
            self._on_refused(error)


class Bridge(Protocol):
    """What a pane may do with the engine: ask, and know what time it is."""

    def ask(
        self, receiver: QObject, action: Action[P, T], /, *args: P.args, **kwargs: P.kwargs
    ) -> Call[T]:
        """Run an action or a query with the kit, for `receiver`."""
        ...

    def now(self) -> datetime:
        """Return the time of the engine's clock, aware."""
        ...


class EngineBridge(QObject):
    """The bridge over a real engine thread; made and used on the UI thread only."""

    _settled = Signal(object, object)

    def __init__(
        self,
        thread: EngineThread,
        report: Report,
        clock: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._thread = thread
        self._report = report
        self._clock = clock
        self._settled.connect(self._on_settled, Qt.ConnectionType.QueuedConnection)

    def ask(
        self, receiver: QObject, action: Action[P, T], /, *args: P.args, **kwargs: P.kwargs
    ) -> Call[T]:
        """Run `action(kit, ...)` in the engine; the answer comes back through the call."""
        call: Call[T] = Call(receiver, self._report)

        def work(kit: "Kit") -> Coroutine[Any, Any, T]:
            return action(kit, *args, **kwargs)

        def settled(ending: Ending) -> None:
            self._settled.emit(call, ending)

        call.carried_by(self._thread.submit(work, settled))
        return call

    def now(self) -> datetime:
        """Return the clock's time, so that panes never read one of their own."""
        return self._clock()

    @Slot(object, object)
    def _on_settled(self, call: Call[Any], ending: Ending) -> None:
        call.settle(ending)
