"""A chat model that says again what one said then, and fails again where it failed.

A snapshot lists each call with its raw answer under `calls`; what a step made of them, and
what its trouble was, stands under the step's own name.

A replay has such a model alone. Elsewhere it may take the place of the real one for a while
(`as_then`): whoever decides anew about thousands of messages does not pay for them again.
"""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from core.assistant.rebuild import rebuilt
from core.domain.errors import BudgetSpent, Refused, SocialSyncError, TooLong
from core.llm.base import ChatModel, Completion

STEPS = {"triage": "opinion", "reply": "written"}
"""The steps that ask a model, in their order, and where each keeps what came of it."""
_FAILED = {"spent": BudgetSpent, "unusable": TooLong}
"""Troubles that are no answer of a model but an error in its place."""

Said = Completion | SocialSyncError


class RecordedModel:
    """Hands out what was answered, in the order in which it was asked for."""

    def __init__(self, said: Sequence[Said]) -> None:
        """Keep what is to be said."""
        self._left = list(said)
        self.name = "recorded"

    async def complete(self, *_turns: object, **_wishes: object) -> Completion:
        """Return what was answered at this point, or raise what was raised.

        Raises:
            Refused: no more was asked then.
        """
        if not self._left:
            raise Refused(
                "This decision cannot be replayed: the assistant would ask its model again.",
                "Compare it with what the assistant decides today.",
            )
        said = self._left.pop(0)
        if isinstance(said, SocialSyncError):
            raise said
        return said

    async def stream(self, *_turns: object, **_wishes: object) -> AsyncIterator[str]:
        """Yield what was answered, in one part; raises as `complete` does."""
        yield (await self.complete()).text


def recorded_model(snapshot: Mapping[str, Any]) -> RecordedModel | None:
    """Return the model of a snapshot; None where no model had a part in the run.

    Raises:
        KeyError, TypeError, ValueError: the record is damaged.
    """
    if "calls" not in snapshot:
        return None
    return RecordedModel([one for step in STEPS for one in _said(snapshot, step)])


_then: ContextVar[Mapping[str, Any] | None] = ContextVar("said_then", default=None)


@contextmanager
def as_then(snapshot: Mapping[str, Any]) -> Iterator[None]:
    """Have the assistant hear inside the block what its model said at a decision.

    Where it was not asked then, it is not asked now either.
    """
    token = _then.set(snapshot)
    try:
        yield
    finally:
        _then.reset(token)


def standing_in(step: str, model: ChatModel) -> ChatModel | None:
    """Return who answers at a step: `model`, or what was said then; None if nothing was."""
    snapshot = _then.get()
    if snapshot is None:
        return model
    try:
        said = _said(snapshot, step)
    except (KeyError, TypeError, ValueError):  # kept by another version, or damaged
        return None
    return RecordedModel(said) if said else None


def _said(snapshot: Mapping[str, Any], step: str) -> list[Said]:
    calls = snapshot.get("calls") or []
    said: list[Said] = [_completion(one) for one in calls if one["step"] == step]
    outcome = snapshot.get(STEPS[step]) or {}
    if outcome.get("trouble") in _FAILED:
        said.append(_FAILED[outcome["trouble"]](outcome["why"], ""))
    return said


def _completion(call: Mapping[str, Any]) -> Completion:
    return rebuilt(Completion, {**call, "text": call["raw"]})
