"""The log of decisions: a page of it, and everything about one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from core.domain.channel import PlatformName
from core.domain.decision import Citation, Decision
from core.domain.ids import ConversationId, DecisionId
from core.kit import Kit

__all__ = ["DecisionDetail", "DecisionRow", "one", "page"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRow:
    """A decision as the log lists it; `corrected` is what a person said it should be."""

    id: DecisionId
    conversation_id: ConversationId
    customer: str
    platform: PlatformName
    text: str
    decision: Decision
    confidence: float
    reason: str
    matched_rule: str | None
    model: str | None
    duration_ms: int | None
    cost_credits: int
    created_at: datetime
    corrected: Decision | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionDetail:
    """A decision with its reply, the words it stood on, and what it can be replayed from."""

    row: DecisionRow
    reply: str | None
    citations: tuple[Citation, ...]
    snapshot: dict[str, Any]


async def page(
    kit: Kit,
    *,
    search: str = "",
    decision: Decision | None = None,
    before: UUID | None = None,
    limit: int = 50,
) -> list[DecisionRow]:
    """Return a page of the log, newest first: the top, or what is older than `before`.

    `search` looks in the message, the reason and the customer's name, whatever the accents.
    """
    raise NotImplementedError


async def one(kit: Kit, decision_id: DecisionId) -> DecisionDetail:
    """Return everything about a decision.

    Raises:
        NotFound: it is not in this inbox.
    """
    raise NotImplementedError
