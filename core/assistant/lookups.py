"""What a run asks of a model, under a name: answered anew, or as it was answered then.

An embedder's numbers cannot be had again once it has been replaced, so a decision could
not be replayed without them. Every step asks through a `Look` and gets JSON; what was
answered is noted beside the step's findings and kept in the snapshot.
"""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Protocol

from core.domain.errors import Refused

Ask = Callable[[], Awaitable[Any]]

_noted: ContextVar[dict[str, Any] | None] = ContextVar("noted", default=None)


class Look(Protocol):
    """Answers a question to a model; `ask` puts it, if it has to be put."""

    async def __call__(self, name: str, ask: Ask) -> Any:
        """Return the answer, JSON values only."""
        ...


async def anew(name: str, ask: Ask) -> Any:
    """Ask, and note the answer for the step that is under way."""
    answer = await ask()
    noted = _noted.get()
    if noted is not None:
        noted[name] = answer
    return answer


@contextmanager
def noting() -> Iterator[dict[str, Any]]:
    """Give the notes of what is answered inside the block."""
    notes: dict[str, Any] = {}
    token = _noted.set(notes)
    try:
        yield notes
    finally:
        _noted.reset(token)


@dataclass(frozen=True, slots=True)
class Recorded:
    """Answers as they were given then; nothing is asked."""

    answers: Mapping[str, Any]

    async def __call__(self, name: str, ask: Ask) -> Any:
        """Return what was answered.

        Raises:
            Refused: this was not asked then; the assistant asks more today.
        """
        del ask
        if name not in self.answers:
            raise Refused(
                f"This decision cannot be replayed: it holds nothing about “{name}”.",
                "Compare it with what the assistant decides today.",
            )
        return self.answers[name]
