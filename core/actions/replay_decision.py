"""Decide again about a message: as it was decided then, and as it would be today."""

from dataclasses import dataclass

from core.domain.ids import DecisionId
from core.domain.opinion import Opinion
from core.kit import Kit

__all__ = ["Opinion", "Replayed", "replay"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """A decision three times: as kept, from what was recorded, and as of today.

    `same` tells whether the recorded inputs gave the stored decision again;
    `differences` says in words what today is not what it was.
    """

    stored: Opinion
    again: Opinion
    today: Opinion
    same: bool
    differences: tuple[str, ...]


async def replay(kit: Kit, decision_id: DecisionId) -> Replayed:
    """Return a decision as it was kept, made again, and made anew.

    Raises:
        NotFound: it is not in this inbox.
        Refused: it was made by an earlier version, which kept too little.
        NotSetUp: this process runs without the assistant.
        ModelDown: a model does not answer.
    """
    raise NotImplementedError
