"""Find where two documents state different values for the same thing.

A false alarm costs more than a miss: an owner who sees three of them stops looking. So
two values contradict only when they are of one kind, about the same words, and nothing
narrows them to different cases.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.knowledge.amounts import WORKING, Bound, Kind
from core.knowledge.facts import Fact
from core.knowledge.timetable import OPEN

FLAGGED = 0.72
"""From this score on, a pair is worth an owner's look."""
FAR = 0.3
"""Below this cosine two texts in one language speak of different things."""
LIKE = 0.7
"""Below this share of common words two facts are of different things, however near."""
ABROAD = 0.8
"""How much of the words must agree when the languages differ: few can."""

_ALWAYS_SAID = frozenset(("per", "place", "action", "when", "edge"))
"""Dimensions that only tell cases apart when both facts name one."""
_CLOSENESS_WEIGHT = 0.25
_CLOSE = 0.75
_MERELY_ABOVE = 0.8
_UNNAMED = 0.9
"""How alike two facts are that name nothing: "Saturday: 9 to 5" is about the house."""
_TELLING = 0.6
_CLOSEST = 0.85
_MORE_SPECIAL = 0.85
"""What is left of hours when one names a place more closely: garden, garden café."""
_OTHER_THING = 0.6
"""What is left of the likeness when each has a weighty word of its own: lemon, apple."""
_SILENCING = 0.2
"""How much less alike a counterpart that agrees may be and still settle the matter."""
_EQUALS = Decimal("0.04")
"""Spans of time this near are the same: a month and thirty days."""
_SAME = Decimal("0.0001")


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """Two facts that cannot both hold, and how sure it is that they mean the same thing."""

    one: Fact
    other: Fact
    kind: Kind
    score: float


@dataclass(frozen=True, slots=True)
class _Pair:
    one: int
    other: int
    likeness: float
    agrees: bool


def contradictions(
    one: Sequence[Fact], other: Sequence[Fact], *, closeness: float
) -> list[Contradiction]:
    """Return the contradictions between two texts, the surest first.

    `closeness` is the cosine of the two texts as the embedder sees them.
    """
    pairs = [
        _Pair(at, by, _likeness(fact, rival), _agree(fact, rival))
        for at, fact in enumerate(one)
        for by, rival in enumerate(other)
        if _comparable(fact, rival)
    ]
    found = [
        Contradiction(
            one=one[pair.one], other=other[pair.other], kind=one[pair.one].kind, score=score
        )
        for pair in pairs
        if not pair.agrees and _is_nearest(pair, pairs)
        for score in (_score(one[pair.one], other[pair.other], pair.likeness, closeness),)
        if score >= FLAGGED
    ]
    return sorted(found, key=lambda each: -each.score)


def _comparable(one: Fact, other: Fact) -> bool:
    if one.kind is not other.kind or not _same_unit(one, other):
        return False
    if "narrows" in one.scope or "narrows" in other.scope:
        return False
    dimensions = one.scope.keys() | other.scope.keys()
    return all(
        _same_case(dimension, one.scope.get(dimension), other.scope.get(dimension))
        for dimension in dimensions - {"ends"}
    )


def _same_unit(one: Fact, other: Fact) -> bool:
    if one.kind is Kind.PRICE:
        return not one.unit or not other.unit or one.unit == other.unit
    return one.kind is Kind.DURATION or one.unit == other.unit


def _same_case(
    dimension: str, one: frozenset[str] | None, other: frozenset[str] | None
) -> bool:
    if one and other:
        # Days need only overlap, a size must be the same.
        return (
            bool(one & other) if dimension in {"weekday", *_ALWAYS_SAID} else one == other
        )
    return dimension in _ALWAYS_SAID


def _likeness(one: Fact, other: Fact) -> float:
    """Return which part of what the two facts are about they share, 0..1."""
    total = sum(one.about.values()) + sum(other.about.values())
    if not total:
        return _UNNAMED if one.kind in {Kind.HOURS, Kind.PHONE} else 0.0
    likeness = (_shared(one, other) + _shared(other, one)) / total
    foreign = _foreign(one, other), _foreign(other, one)
    if min(foreign) >= _TELLING or _under_others(one, other):
        return likeness * _OTHER_THING
    if one.kind is Kind.HOURS and max(foreign) >= _CLOSEST:
        return likeness * _MORE_SPECIAL
    return likeness


def _under_others(one: Fact, other: Fact) -> bool:
    """Tell whether the facts stand under headings that have nothing in common."""
    if not one.above or not other.above:
        return False
    said, told = one.above | one.about.keys(), other.above | other.about.keys()
    return not (one.above & told or other.above & said)


def _foreign(one: Fact, other: Fact) -> float:
    """Return how much the weightiest word of one fact weighs that the other lacks."""
    return max(
        (
            weight
            for name, weight in one.about.items()
            if not _presence(name, other.about, other.above)
        ),
        default=0.0,
    )


def _shared(one: Fact, other: Fact) -> float:
    return sum(
        weight * _presence(name, other.about, other.above)
        for name, weight in one.about.items()
    )


def _presence(name: str, about: Mapping[str, float], above: frozenset[str]) -> float:
    if name in about:
        return 1.0
    return _MERELY_ABOVE if name in above else 0.0


def _is_nearest(pair: _Pair, pairs: Sequence[_Pair]) -> bool:
    """Tell whether neither fact has a counterpart more like it, or one that agrees."""
    return not any(
        rival.likeness > pair.likeness
        or (rival.agrees and rival.likeness >= pair.likeness - _SILENCING)
        for rival in pairs
        if rival is not pair and (rival.one == pair.one or rival.other == pair.other)
    )


def _score(one: Fact, other: Fact, likeness: float, closeness: float) -> float:
    if one.lang != other.lang:
        return likeness if likeness >= ABROAD else 0.0
    if closeness < FAR or likeness < LIKE:
        return 0.0
    near = min(1.0, max(0.0, closeness) / _CLOSE)
    return (1 - _CLOSENESS_WEIGHT) * likeness + _CLOSENESS_WEIGHT * near


def _agree(one: Fact, other: Fact) -> bool:
    """Tell whether two values of one kind can both hold."""
    if one.kind is Kind.HOURS:
        return _hours_agree(one, other)
    if one.kind is Kind.DATE:
        return _dates_agree(one, other)
    if one.word or other.word:
        return one.word == other.word or one.kind is Kind.EMAIL
    return _ranges_agree(one, other)


def _hours_agree(one: Fact, other: Fact) -> bool:
    if one.word and other.word:
        return one.word == other.word
    if one.word or other.word:
        return OPEN in {one.word, other.word}
    if len(one.value) == len(other.value):
        return all(
            left is None or right is None or left == right
            for left, right in zip(one.value, other.value, strict=True)
        )
    # One text leaves the lunch break out: only the ends of the day compare.
    ends = ((one.value[0], other.value[0]), (one.value[-1], other.value[-1]))
    return all(None in pair or pair[0] == pair[1] for pair in ends)


def _dates_agree(one: Fact, other: Fact) -> bool:
    if len(one.value) != len(other.value) or one.bound is not other.bound:
        return True
    if one.value[1] is None or other.value[1] is None:
        return True
    return all(
        left is None or right is None or left == right
        for left, right in zip(one.value, other.value, strict=True)
    )


def _ranges_agree(one: Fact, other: Fact) -> bool:
    low, high = _range(one)
    least, most = _range(other)
    if one.bound is other.bound is not Bound.EXACT:
        # Two lower limits overlap whatever they are, and yet only one can be right.
        return _nearly(one, other)
    if one.unit != other.unit and WORKING in {one.unit, other.unit}:
        return _overlap(_calendar(one), _calendar(other))
    return _overlap((low, high), (least, most)) or _nearly(one, other)


def _range(fact: Fact) -> tuple[Decimal, Decimal]:
    low, high = fact.value[0] or Decimal(0), fact.value[-1] or Decimal(0)
    is_limit = fact.kind is Kind.DURATION and _is_deadline(fact)
    if fact.bound is Bound.FROM and not is_limit:
        return low, Decimal("Infinity")
    if fact.bound is Bound.UP_TO and not is_limit:
        return Decimal(0), high
    return low, high


def _is_deadline(fact: Fact) -> bool:
    """Tell whether "at least" and "at most" mean the same, as they do before a date."""
    return fact.bound is Bound.UP_TO or "when" in fact.scope


def _calendar(fact: Fact) -> tuple[Decimal, Decimal]:
    """Return a stretch of working days in days of the calendar, a weekend more or less."""
    low, high = _range(fact)
    if fact.unit != WORKING:
        return low, high
    return low, high * Decimal("1.4") + 2 * 1440


def _overlap(one: tuple[Decimal, Decimal], other: tuple[Decimal, Decimal]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _nearly(one: Fact, other: Fact) -> bool:
    margin = _EQUALS if one.kind is Kind.DURATION else _SAME
    return all(
        abs((left or Decimal(0)) - (right or Decimal(0)))
        <= margin * max(left or Decimal(0), right or Decimal(0))
        for left, right in zip(one.value, other.value, strict=True)
    )
