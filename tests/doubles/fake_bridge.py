"""A bridge without an engine: it answers at once, in the test's own thread.

bridge = FakeBridge()
bridge.answers(inbox.page, InboxPage(rows=(), has_more=False))
bridge.refuses(decide.approve, AlreadyDecided("..."))
bridge.holds(reply.send)          # stays on its way until bridge.release(reply.send)
assert bridge.asked(reply.send) == [((conversation, "Hello"), {"key": ...})]
"""

from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Self, TypeVar

from PySide6.QtCore import QObject
from typing_extensions import override

from core.domain.errors import SocialSyncError
from desktop.bridge.call import Call
from desktop.bridge.report import Report
from desktop.bridge.thread import Ending

if TYPE_CHECKING:
    from core.kit import Kit

P = ParamSpec("P")
T = TypeVar("T")
Action = Callable[Concatenate["Kit", P], Coroutine[Any, Any, T]]

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


class FakeCall(Call[T]):
    """A call whose ending may be known before anybody listens."""

    def __init__(self, receiver: QObject, report: Report) -> None:
        super().__init__(receiver, report)
        self._ready: Ending | None = None

    def end(self, ending: Ending) -> None:
        """End now for who listens already, and at once for who listens later."""
        self._ready = ending
        self.settle(ending)

    @override
    def then(self, bound: Any, *context: Any, **named: Any) -> Self:
        super().then(bound, *context, **named)
        if self._ready and self._on_ok and not (self._ready.error or self._ready.cancelled):
            self._on_ok(self._ready.result)
        return self

    @override
    def failed(self, bound: Any, *context: Any, **named: Any) -> Self:
        super().failed(bound, *context, **named)
        error = self._ready.error if self._ready else None
        if self._on_refused and isinstance(error, SocialSyncError):
            self._on_refused(error)
        return self

    @override
    def ended(self, bound: Callable[[], None]) -> Self:
        super().ended(bound)
        if self._ready and self._on_ended:
            self._on_ended()
        return self


class FakeBridge:
    """Implements `Bridge` with canned answers and remembers what was asked."""

    def __init__(self) -> None:
        self.time = NOON
        # Foreseen errors end here when their listener is attached after they happened.
        self._report = Report(Path("unused"), self.now)
        self._answers: dict[Any, Callable[..., Any]] = {}
        self._held: dict[
            Any, list[tuple[FakeCall[Any], tuple[Any, ...], dict[str, Any]]]
        ] = {}
        self._asked: list[tuple[Any, tuple[Any, ...], dict[str, Any]]] = []

    def answers(self, action: Callable[..., Any], value: Any) -> None:
        """Answer `action` with `value` from now on."""
        self.computes(action, lambda *_args, **_named: value)

    def computes(self, action: Callable[..., Any], make: Callable[..., Any]) -> None:
        """Answer `action` with what `make` returns or raises for its arguments."""
        self._answers[action] = make

    def refuses(self, action: Callable[..., Any], error: SocialSyncError) -> None:
        """Answer `action` with a foreseen error from now on."""

        def refuse(*_args: Any, **_named: Any) -> None:
            raise error

        self._answers[action] = refuse

    def holds(self, action: Callable[..., Any]) -> None:
        """Keep calls of `action` on their way until they are released."""
        self._held.setdefault(action, [])

    def release(self, action: Callable[..., Any]) -> None:
        """Answer the calls that are held, and later ones at once."""
        for call, args, named in self._held.pop(action):
            if not call.is_over:
                call.end(self._ending(action, args, named))

    def asked(
        self, action: Callable[..., Any]
    ) -> list[tuple[tuple[Any, ...], dict[str, Any]]]:
        """Return arguments of each call of `action`, in order."""
        return [(args, named) for each, args, named in self._asked if each is action]

    def ask(
        self, receiver: QObject, action: Action[P, T], /, *args: P.args, **kwargs: P.kwargs
    ) -> Call[T]:
        """Answer at once, unless the action is held."""
        self._asked.append((action, args, dict(kwargs)))
        call: FakeCall[T] = FakeCall(receiver, self._report)
        if action in self._held:
            self._held[action].append((call, args, dict(kwargs)))
        else:
            call.end(self._ending(action, args, dict(kwargs)))
        return call

    def now(self) -> datetime:
        """Return the time of the test."""
        return self.time

    def _ending(self, action: Any, args: tuple[Any, ...], named: dict[str, Any]) -> Ending:
        make = self._answers.get(action)
        assert make is not None, f"no answer for {action.__module__}.{action.__name__}"
        try:
            return Ending(result=make(*args, **named))
        except SocialSyncError as error:
            return Ending(error=error)
