"""Tell what a value in a sentence belongs to, from where the words stand around it.

"Delivery to a pick-up point costs €3.90 and to your door €5.90" states two prices: each
takes the words of its own clause, and those it shares with the other count less.
"""

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

from core.knowledge.amounts import Bound, Found, Kind
from core.knowledge.moments import Days
from core.knowledge.sentences import Span
from core.knowledge.topics import NARROWING, Term

_CLAUSE = re.compile(
    r"[;()|]\s|,\s|\s-\s|\s(?:and|et|y|und|but|mais|pero|aber|then|puis)\s"
)
_NEGATION = re.compile(
    r"n't\b|\b(?:not|never|no(?! (?:later|more|less))|ne|n'|jamais|kein\w*|nicht|nunca|ningun\w*)\b"
)

OWN, BEFORE, AFTER, SHARED = 1.0, 0.7, 0.4, 0.3
"""What a word weighs in the value's clause, in a clause beside it, or beyond a value."""
_BEHIND = 0.5
"""Words after the value say less than those before: "4.20 € at the counter"."""
_STEP = 0.08
_LABELLING = 0.3
"""The name of another column of a table row: "Product: Espresso; Price: ..."."""
_ROW = re.compile(r"-\s[^:;]{1,40}:\s[^;]*;\s")
_COLUMN = re.compile(r"\s?:")

_LEAST_NEARNESS = {"role": BEFORE, "when": OWN, "per": OWN, "edge": OWN}
"""Dimensions whose words narrow only what stands near them."""
_NOT_FROM_ABOVE = frozenset(("role", "when", "per", "edge", "place"))
_PARTS_OF_DAY = frozenset(
    f"period:{part}" for part in ("lunch", "morning", "afternoon", "evening")
)
_APART = frozenset(("when", "per"))
"""Dimensions whose words only narrow: they say nothing about what a value belongs to."""
_MEASURES = frozenset((Kind.QUANTITY, Kind.DURATION, Kind.AGE, Kind.HOURS))
_COUNT = re.compile(
    r"(?<![\w.,])(?:\d{1,4}|two|three|four|five|six|ten|twelve|deux|trois|quatre|cinq|dix|douze"
    r"|dos|tres|cuatro|cinco|diez|zwei|drei|vier|funf|zehn)(?!\w)"
)
"""How many of something a price is for: "ten lessons", "menu of three courses"."""
_STAY = frozenset(("event:checkin", "event:checkout"))
"""Only hours belong to them: "after the departure of the parcel" is no check-out."""
_DISCOUNT = frozenset(("role:discount",))
_PURCHASE = frozenset(("is:order", "is:purchase"))
_APART_HOURS = _APART | {"edge", "place", "weekday"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence with everything that was found in it, by code points of the text."""

    span: Span
    plain: str
    edges: tuple[int, ...]
    terms: tuple[Term, ...]
    rest: str
    values: tuple[Found, ...]
    days: tuple[Days, ...]
    above: tuple[Term, ...]
    path: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The words a value belongs to with their weights, and the cases it applies to."""

    about: Mapping[str, float]
    scope: Mapping[str, frozenset[str]]


def surroundings(sentence: Sentence, value: Found) -> Surroundings:
    """Return what a value of a sentence is about."""
    near = _weighed(sentence, value)
    about: dict[str, float] = {}
    scope = _scope(sentence, value, near)
    apart = _APART_HOURS if value.kind is Kind.HOURS else _APART
    implied = _implied(value, scope)
    for term, weight, _ in near:
        if term.dimension not in apart and term.name not in implied:
            about[term.name] = max(about.get(term.name, 0.0), weight)
    if not about:
        about = {term.name: SHARED for term in sentence.above}
    return Surroundings(about, scope)


def _implied(value: Found, scope: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Return the words that such a value stands with as a matter of course."""
    if value.kind is Kind.PERCENT:
        return _DISCOUNT
    return _PURCHASE if "role:threshold" in scope.get("role", ()) else frozenset()


def clause_edges(plain: str, span: Span) -> tuple[int, ...]:
    """Return where the clauses of a sentence begin, but for the first."""
    return tuple(match.end() for match in _CLAUSE.finditer(plain, span.start, span.end))


def _weighed(sentence: Sentence, value: Found) -> list[tuple[Term, float, float]]:
    """Return the terms with their weight, and with how near their clause is."""
    own = bisect_right(sentence.edges, value.start)
    rivals = [
        bisect_right(sentence.edges, each.start)
        for each in sentence.values
        if each.kind is value.kind and each.start != value.start
    ]
    terms = [term for term in sentence.terms if not value.start <= term.start < value.end]
    lead = sum(1 for term in terms if term.start < value.start)
    clauses = [bisect_right(sentence.edges, term.start) for term in terms]
    nearnesses = [_nearness(clause, own, rivals) for clause in clauses]
    has_lead = any(nearness >= BEFORE for nearness in nearnesses[:lead])
    is_row = bool(_ROW.match(sentence.plain, sentence.span.start, sentence.span.end))
    weighed = []
    for at, (term, nearness) in enumerate(zip(terms, nearnesses, strict=True)):
        between = lead - 1 - at if at < lead else at - lead
        weight = nearness / (1 + _STEP * between)
        if at >= lead and has_lead:
            weight *= _BEHIND
        if is_row and clauses[at] != own and _COLUMN.match(sentence.plain, term.end):
            weight *= _LABELLING
        weighed.append((term, weight, nearness))
    return weighed


def _nearness(clause: int, own: int, rivals: list[int]) -> float:
    if clause == own:
        return OWN
    low, high = min(clause, own), max(clause, own)
    if any(low <= rival <= high and rival != own for rival in rivals):
        return SHARED
    return BEFORE if clause < own else AFTER


def _scope(
    sentence: Sentence, value: Found, near: list[tuple[Term, float, float]]
) -> dict[str, frozenset[str]]:
    said = _said(value, near)
    scope = _inherited(sentence, said) | said | _beside(sentence, value)
    if value.kind is Kind.HOURS and value.value:
        # The hours themselves tell the part of the day, and when a place opens.
        scope.pop("edge", None)
        scope["period"] = scope.get("period", set()) - _PARTS_OF_DAY
    if value.kind is Kind.PERCENT:
        # "10% for students" is a discount whether it says so or not.
        scope["role"] = scope.get("role", set()) - _DISCOUNT
    return {dimension: frozenset(names) for dimension, names in scope.items() if names}


def _said(value: Found, near: list[tuple[Term, float, float]]) -> dict[str, set[str]]:
    """Return how the words of the sentence narrow a value."""
    said: dict[str, set[str]] = {}
    for term, _, nearness in near:
        least = _LEAST_NEARNESS.get(term.dimension, AFTER)
        is_stay = term.name in _STAY and value.kind is not Kind.HOURS
        if term.dimension in NARROWING and nearness >= least and not is_stay:
            said.setdefault(term.dimension, set()).add(term.name)
    return said | _action(value, near)


def _inherited(sentence: Sentence, said: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """Return how the headings narrow a value, in what the sentence leaves open."""
    inherited: dict[str, set[str]] = {}
    for term in sentence.path:
        is_narrowing = term.dimension in NARROWING or term.dimension == "date"
        if is_narrowing and term.dimension not in _NOT_FROM_ABOVE | said.keys():
            inherited.setdefault(term.dimension, set()).add(term.name)
    return inherited


def _action(value: Found, near: list[tuple[Term, float, float]]) -> dict[str, set[str]]:
    """Return what is done: the deed named last before the value, else first after it."""
    deeds = [
        term
        for term, _, nearness in near
        if term.dimension == "action" and nearness >= AFTER
    ]
    before = [term for term in deeds if term.start < value.start]
    chosen = before[-1:] or deeds[:1]
    return {"action": {term.name for term in chosen}} if chosen else {}


def _beside(sentence: Sentence, value: Found) -> dict[str, set[str]]:
    """Return how the other values of the sentence, and its small words, narrow this one."""
    edges = (sentence.span.start, *sentence.edges, sentence.span.end)
    own = bisect_right(sentence.edges, value.start)
    start, end = edges[own], edges[own + 1]
    beside: dict[str, set[str]] = {}
    if value.kind is not Kind.DATE:
        dates = (each for each in sentence.values if each.kind is Kind.DATE)
        beside["date"] = {f"{each.bound} {written(each)}" for each in dates}
    if value.kind in {Kind.PRICE, Kind.PERCENT}:
        beside["amount"] = {
            f"{written(each)} {each.unit}"
            for each in sentence.values
            if start <= each.start < end and each.kind in _MEASURES
        }
        beside["count"] = {
            match.group() for match in _COUNT.finditer(sentence.rest, start, end)
        }
        beside["weekday"] = {
            str(day)
            for each in sentence.days
            if start <= each.start < end
            for day in each.days
        }
    if value.kind is Kind.PRICE and _is_threshold(sentence, value):
        beside["role"] = {"role:threshold"}
    if value.kind is not Kind.CAPABILITY and _NEGATION.search(
        sentence.plain, start, value.start
    ):
        beside["not"] = {"yes"}
    return {dimension: names for dimension, names in beside.items() if names}


def written(value: Found) -> str:
    """Return a value in a form in which equal ones look the same."""
    return "-".join("" if part is None else f"{part.normalize():f}" for part in value.value)


def _is_threshold(sentence: Sentence, value: Found) -> bool:
    """Tell "free from €45" from a price: an amount from which something else holds."""
    if value.bound is not Bound.FROM:
        return False
    is_free = any(
        each.kind is Kind.PRICE and each.value[0] == 0 for each in sentence.values
    )
    return is_free or any(term.name in _PURCHASE for term in sentence.terms)
