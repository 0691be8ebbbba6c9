"""Tell the assistant that it was wrong, so that it learns the owner's way."""

from dataclasses import dataclass
from datetime import datetime

from core.domain.decision import Decision
from core.domain.ids import DecisionId
from core.kit import Kit

__all__ = [
    "PendingExample",
    "accept_example",
    "pending_examples",
    "refuse_example",
    "was_wrong",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingExample:
    """An example that a colleague proposes and somebody in charge has not yet taken."""

    decision_id: DecisionId
    text: str
    decided: Decision
    should: Decision
    note: str
    member_name: str
    created_at: datetime


async def was_wrong(
    kit: Kit, decision_id: DecisionId, should: Decision, *, note: str = ""
) -> None:
    """Keep what a decision should have been, and make an example of its message.

    Whoever may change the rules does so at once; anybody else proposes the example.

    Raises:
        NotFound: the decision is not in this inbox.
        Refused: it was decided like that, or there are no words to learn from.
    """
    raise NotImplementedError


async def pending_examples(kit: Kit) -> list[PendingExample]:
    """Return the examples that wait for somebody in charge, oldest first."""
    raise NotImplementedError


async def accept_example(kit: Kit, decision_id: DecisionId) -> None:
    """Take a proposed example into the rules, as a new version of them.

    Raises:
        NotFound: nothing is proposed for this decision.
        Refused: this member may not change the rules.
    """
    raise NotImplementedError


async def refuse_example(kit: Kit, decision_id: DecisionId) -> None:
    """Put a proposed example aside; the correction itself stays.

    Raises:
        NotFound: nothing is proposed for this decision.
        Refused: this member may not change the rules.
    """
    raise NotImplementedError
