"""The owner's rules in force."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core.domain.assistant_settings import AssistantSettings
from core.domain.errors import NotFound
from core.kit import Kit
from core.store import rules
from core.store.rules import RulesRow

__all__ = [
    "Curve",
    "CurvePoint",
    "RuleUse",
    "RulesRow",
    "assistant_settings",
    "current",
    "curve",
    "uses",
]


async def current(kit: Kit) -> RulesRow:
    """Return the rules of this member's inbox."""
    async with kit.mine() as unit:
        found = await rules.read(unit)
    if found is None:
        raise NotFound("This inbox has no rules.", "Run `migrate` once.")
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class CurvePoint:
    """What one cost of a wrong reply would mean: shares 0..1, errors per 100 messages."""

    wrong_reply_cost: float
    threshold: float
    answered: float
    escalated: float
    expected_errors: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """The points by rising cost, and how many messages they stand on."""

    points: tuple[CurvePoint, ...]
    messages: int


async def curve(kit: Kit, days: int = 30) -> Curve:
    """Return what each cost would mean for the messages of the last days."""
    raise NotImplementedError


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleUse:
    """How often a rule was met, and when last."""

    rule_id: UUID
    matches: int
    last_at: datetime


async def uses(kit: Kit, days: int = 30) -> tuple[RuleUse, ...]:
    """Return how often each rule was met in the last days."""
    raise NotImplementedError


async def assistant_settings(kit: Kit) -> AssistantSettings:
    """Return how the assistant of this member's inbox is set up."""
    raise NotImplementedError
