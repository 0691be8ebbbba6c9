"""What an owner states exactly: when these conditions hold, do that. And what errors cost.

Rules are an ordered list; the first enabled one whose conditions all hold decides. A rule
without conditions would hold for every message there is, so there is none.
"""

from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from uuid import UUID


class Outcome(StrEnum):
    """What a matching rule asks for; stored in `triage_rules.triage`."""

    IGNORE = "ignore"
    ESCALATE = "escalate"
    AUTO_REPLY = "auto_reply"
    """An answer, if the knowledge holds one: such a message is never ignored."""


class Sentiment(StrEnum):
    """The tone of a message, as far as words and punctuation show it."""

    POSITIVE = "positive"
    NEUTRAL = "neutral"
    NEGATIVE = "negative"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """A stretch of the day in a zone's own time, on some days of the week.

    From `start` up to but without `end`. An end before its start lies on the next day, and
    the stretch belongs to the day it begins on; an end equal to its start is a whole day.
    `outside` turns the condition round: it holds whenever the stretch does not.
    """

    start: time
    end: time
    days: tuple[int, ...] = (0, 1, 2, 3, 4, 5, 6)
    """0 is Monday, 6 is Sunday."""
    zone: str = "UTC"
    outside: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """What must hold, all of it; within one field any of its values is enough."""

    platforms: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    pattern: str | None = None
    languages: tuple[str, ...] = ()
    sentiment: Sentiment | None = None
    labels: tuple[str, ...] = ()
    hours: Hours | None = None

    @property
    def is_empty(self) -> bool:
        """Return whether nothing at all is asked."""
        return self == Conditions()


@dataclass(frozen=True, slots=True, kw_only=True)
class TriageRule:
    """One rule of the list, named by the owner."""

    id: UUID
    name: str
    conditions: Conditions
    outcome: Outcome
    enabled: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs:
    """What an error costs, in units of one needless escalation.

    The owner's figures: how many times a colleague may be asked in vain to avoid one wrong
    reply to a customer, and how many times to avoid one complaint that nobody saw.
    """

    wrong_reply: float = 4.0
    missed_complaint: float = 20.0


def reply_threshold(costs: Costs) -> float:
    """Return the probability of being right from which on answering is the cheaper choice.

    An answer that is right with probability p costs (1 - p) * W on average, W being the
    cost of a wrong reply. Escalating costs p * 1: it was needless exactly when the answer
    would have been right. Answering is cheaper when (1 - p) * W < p, that is from
    p = W / (W + 1) on. With W = 4, four fifths.
    """
    return costs.wrong_reply / (costs.wrong_reply + 1.0)


def complaint_threshold(costs: Costs) -> float:
    """Return the probability of being a complaint from which on a person should look.

    Leaving a message that is a complaint with probability q to the assistant costs q * M on
    average, M being the cost of a missed complaint. Escalating costs (1 - q) * 1: it was
    needless exactly when it was none. Escalating is cheaper when 1 - q < q * M, that is
    from q = 1 / (1 + M) on. With M = 20, about one in twenty.
    """
    return 1.0 / (1.0 + costs.missed_complaint)
