"""Read a curve between its points, and say in words what stands there."""

from collections.abc import Sequence
from math import log

from PySide6.QtCore import QCoreApplication

from core.queries.rules import CurvePoint
from desktop.panes.rules.words import number, percent

STEPS = (0.5, 1, 1.5, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50, 75, 100)
"""Costs that the sliders and the arrows stop at; the number beside takes any."""


def nearest_step(cost: float) -> int:
    """Return the position of the step that is nearest to a cost, as the eye sees it."""
    return min(range(len(STEPS)), key=lambda at: abs(log(STEPS[at]) - log(max(cost, 0.01))))


def step_from(cost: float, by: int) -> float:
    """Return the next step above or below a cost."""
    if by > 0:
        return next((step for step in STEPS if step > cost), STEPS[-1])
    return next((step for step in reversed(STEPS) if step < cost), STEPS[0])


def at_cost(points: Sequence[CurvePoint], cost: float) -> CurvePoint:
    """Return what a cost means, between the two points around it."""
    above = next((p for p in points if p.wrong_reply_cost >= cost), points[-1])
    below = next((p for p in reversed(points) if p.wrong_reply_cost <= cost), points[0])
    low, high = below.wrong_reply_cost, above.wrong_reply_cost
    part = (log(cost) - log(low)) / (log(high) - log(low)) if low < cost < high else 0.0

    def between(one: float, other: float) -> float:
        return one + (other - one) * part

    return CurvePoint(
        wrong_reply_cost=cost,
        threshold=between(below.threshold, above.threshold),
        answered=between(below.answered, above.answered),
        escalated=between(below.escalated, above.escalated),
        expected_errors=between(below.expected_errors, above.expected_errors),
    )


def summary_of(point: CurvePoint, messages: int) -> str:
    """Return what a point means for a hundred messages."""
    sentence = QCoreApplication.translate(
        "CostCurve",
        "Of 100 messages like the last %1: %2 are answered by itself, %3 come to a person,"
        " and about %4 get a wrong answer.",
    )
    values = (
        number(messages, 0),
        number(point.answered * 100, 0),
        number(point.escalated * 100, 0),
        number(point.expected_errors, 1),
    )
    for place, value in enumerate(values, start=1):
        sentence = sentence.replace(f"%{place}", value)
    return sentence


def threshold_words(threshold: float) -> str:
    """Return what follows from the cost for what is sent."""
    sentence = QCoreApplication.translate(
        "CostCurve", "A reply goes out by itself from %1 certainty on."
    )
    return sentence.replace("%1", percent(threshold))
