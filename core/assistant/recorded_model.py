"""A chat model that says again what one said then, and fails again where it failed.

A snapshot lists each call with its raw answer under `calls`; what a step made of them, and
what its trouble was, stands under the step's own name.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

from core.assistant.rebuild import rebuilt
from core.domain.errors import BudgetSpent, Refused, SocialSyncError, TooLong
from core.llm.base import Completion

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
    said: list[Said] = []
    for step, name in STEPS.items():
        said += [_completion(one) for one in snapshot["calls"] if one["step"] == step]
        outcome = snapshot.get(name) or {}
        if outcome.get("trouble") in _FAILED:
            said.append(_FAILED[outcome["trouble"]](outcome["why"], ""))
    return RecordedModel(said)


def _completion(call: Mapping[str, Any]) -> Completion:
    return rebuilt(Completion, {**call, "text": call["raw"]})
