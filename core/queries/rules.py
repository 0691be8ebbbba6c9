"""The owner's rules in force, what they are set against, and what other costs would change."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from core.domain.assistant_settings import AssistantSettings, ModelRow
from core.domain.errors import NotFound, Refused
from core.domain.rule import Costs, reply_threshold
from core.kit import Kit
from core.store import assistant_settings as settings_store
from core.store import rules, triage_rules, weights
from core.store.rules import RulesRow
from core.store.triage_rules import RuleUse
from core.store.weights import Band, Sum

__all__ = [
    "Curve",
    "CurvePoint",
    "RuleUse",
    "RulesRow",
    "assistant_settings",
    "current",
    "curve",
    "models",
    "uses",
]

GRID = (0.25, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 7.0, 9.0, 12.0, 19.0, 32.0, 49.0, 99.0)
"""Costs of a wrong reply the curve is worked out for: thresholds from a fifth to 99 %."""
MOST_DAYS = 366


async def current(kit: Kit) -> RulesRow:
    """Return the rules of this member's inbox."""
    async with kit.mine() as unit:
        found = await rules.read(unit)
    if found is None:
        raise NotFound("This inbox has no rules.", "Run `migrate` once.")
    return found


async def assistant_settings(kit: Kit) -> AssistantSettings:
    """Return how the assistant of this member's inbox is set up."""
    async with kit.mine() as unit:
        found = await settings_store.read(unit)
    if found is None:
        raise NotFound("This inbox has no settings.", "Run `migrate` once.")
    return found


async def models(kit: Kit) -> tuple[ModelRow, ...]:
    """Return the models there are to choose from, also those no longer offered."""
    async with kit.mine() as unit:
        return tuple(await settings_store.models(unit))


async def uses(kit: Kit, days: int = 30) -> tuple[RuleUse, ...]:
    """Return how often each rule was met in the last days."""
    async with kit.mine() as unit:
        return tuple(await triage_rules.uses(unit, days=_days(days)))


@dataclass(frozen=True, slots=True, kw_only=True)
class CurvePoint:
    """What would have happened if a wrong reply cost this much.

    `answered` and `escalated` are shares of all messages; the rest was ignored. Escalated
    is whatever a person would have got to see, as a suggestion or as a case of its own.
    `expected_errors` are wrong answers per 100 messages.
    """

    wrong_reply_cost: float
    threshold: float
    answered: float
    escalated: float
    expected_errors: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """The choice an owner has, cheapest errors first; without messages there is none."""

    points: tuple[CurvePoint, ...]
    messages: int


async def curve(kit: Kit, days: int = 30) -> Curve:
    """Return what other costs of a wrong reply would have changed in the last days.

    The owner's own cost is one of the points.
    """
    async with kit.mine() as unit:
        own = await rules.read(unit)
        costs = sorted({*GRID, own.costs.wrong_reply if own else Costs().wrong_reply})
        thresholds = [reply_threshold(Costs(wrong_reply=cost)) for cost in costs]
        total = await weights.total(unit, days=_days(days))
        found = await weights.bands(unit, days=days, thresholds=thresholds)
    if not total.decisions:
        return Curve(points=(), messages=0)
    return Curve(points=_points(costs, thresholds, total, found), messages=total.decisions)


def _points(
    costs: Sequence[float], thresholds: Sequence[float], total: Sum, found: Sequence[Band]
) -> tuple[CurvePoint, ...]:
    """Add up the bands from the surest downwards: each threshold answers all above it."""
    by_place = {band.place: band for band in found}
    places = range(len(thresholds), 0, -1)
    answered = list(accumulate(_decisions(by_place.get(one)) for one in places))[::-1]
    errors = list(accumulate(_errors(by_place.get(one)) for one in places))[::-1]
    open_to_answer = sum(band.decisions for band in found)
    return tuple(
        CurvePoint(
            wrong_reply_cost=cost,
            threshold=threshold,
            answered=sent / total.decisions,
            escalated=(total.always_escalated + open_to_answer - sent) / total.decisions,
            expected_errors=100.0 * wrong / total.decisions,
        )
        for cost, threshold, sent, wrong in zip(
            costs, thresholds, answered, errors, strict=True
        )
    )


def _decisions(band: Band | None) -> int:
    return 0 if band is None else band.decisions


def _errors(band: Band | None) -> float:
    return 0.0 if band is None else band.errors


def _days(days: int) -> int:
    if not 1 <= days <= MOST_DAYS:
        raise Refused(f"The number of days must lie between 1 and {MOST_DAYS}.")
    return days
