"""Read the statements of a value out of a text: what it says, of what, in which case.

A fact is exact to the letter, so that it can be shown in its place. What it is about is
told by the words around it, those of its own clause most; what narrows it (the days, the
size, the country, who pays) is kept apart, because it makes two values compatible.
"""

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date
from decimal import Decimal

from core.knowledge.amounts import (
    LINK,
    Bound,
    Found,
    Kind,
    addresses,
    amounts,
    blanked,
    phones,
)
from core.knowledge.capability import capability
from core.knowledge.headings import Headings
from core.knowledge.moments import dates, times, weekdays, years
from core.knowledge.sentences import Span, sentences
from core.knowledge.surroundings import Sentence, Surroundings, clause_edges, surroundings
from core.knowledge.timetable import timetable
from core.knowledge.topics import folded, terms

MOST_VALUES = 24
"""How many values of one sentence are read: what holds more was never written by hand."""
_ENDS_ON = {"offer", "giftcard", "exhibition", "subscription", "entry"}
"""The topics that a year or a day ends even when no word such as "until" says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One value a text states; `start` and `end` are code points of that text.

    `value` holds numbers that compare (`amounts`, `moments`), `word` what has none.
    `about` weighs the words the value belongs to, `above` are those of the heading, and
    `scope` says, by dimension, to which cases alone the value applies.
    """

    kind: Kind
    start: int
    end: int
    sentence: Span
    value: tuple[Decimal | None, ...]
    unit: str
    bound: Bound
    word: str
    about: Mapping[str, float]
    above: frozenset[str]
    scope: Mapping[str, frozenset[str]]
    lang: str


def facts(text: str, lang: str, *, heading: str = "") -> list[Fact]:
    """Return the facts of a text in the language `lang`, in order.

    `heading` is the path of headings above the text where it does not hold them itself.
    """
    plain = folded(text)
    values, rest = _values(plain)
    days = weekdays(rest, lang)
    for each in days:
        rest = rest[: each.start] + "\0" * (each.end - each.start) + rest[each.end :]
    headings = Headings.above(heading, lang)
    found: list[Fact] = []
    for span in sentences(text):
        inside = [each for each in values if span.start <= each.start < span.end]
        inside = inside[:MOST_VALUES]
        told = tuple(terms(rest, span.start, span.end, lang))
        named = [each for each in days if span.start <= each.start < span.end]
        is_heading = not named and headings.enter(span.of(text), told, inside)
        sentence = Sentence(
            span=span,
            plain=plain,
            edges=clause_edges(plain, span),
            terms=told,
            rest=rest,
            values=tuple(inside),
            days=tuple(named),
            above=() if is_heading else headings.nearest,
            path=() if is_heading else headings.path,
        )
        found += _stated(sentence, lang)
    return sorted(found, key=lambda fact: (fact.start, fact.end))


def expired(found: Iterable[Fact], today: date) -> list[Fact]:
    """Return the facts whose day lies in the past, so that the text is due for a look.

    A day counts when it ends something ("until 31 March 2025") or dates an offer, an
    event or opening hours. A day without its year never does.
    """
    days = ((fact, last_day(fact)) for fact in found)
    return [fact for fact, day in days if day is not None and day < today]


def last_day(fact: Fact) -> date | None:
    """Return the day after which a statement has passed; None when it never does.

    What is not said is the last of its kind: "2024" ends on 31 December.
    """
    if fact.kind is not Kind.DATE or fact.bound is Bound.FROM:
        return None
    if fact.bound is not Bound.UP_TO and "ends" not in fact.scope:
        return None
    year, month, day = fact.value[-3:]
    if year is None or not MINYEAR <= year <= MAXYEAR:
        return None
    last = monthrange(int(year), int(month or 12))[1]
    return date(int(year), int(month or 12), min(int(day or last), last))


def _values(plain: str) -> tuple[list[Found], str]:
    rest = plain
    found: list[Found] = []
    # Each reader is spared what those before it have taken: 15/09/2026 is no telephone.
    for read in (addresses, dates, phones, years, times):
        fresh = _apart(read(rest))
        rest = blanked(rest, fresh)
        found += fresh
    last, rest = amounts(rest)
    rest = blanked(rest, last)
    return sorted([*found, *last], key=lambda each: each.start), rest


def _apart(found: Iterable[Found]) -> list[Found]:
    """Return what was found without what overlaps something found before it."""
    kept: list[Found] = []
    for each in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return kept


def _stated(sentence: Sentence, lang: str) -> list[Fact]:
    stated = [each for each in sentence.values if each.kind is not Kind.HOURS]
    found = [
        _fact(sentence, each, surroundings(sentence, each), lang)
        for each in stated
        if each.unit != LINK and not _is_conditional(sentence, each)
    ]
    for entry in timetable(sentence):
        around = surroundings(sentence, entry.found)
        scope = {**around.scope, **entry.scope}
        if entry.found.word:
            scope.pop("not", None)
        found.append(_fact(sentence, entry.found, Surroundings(around.about, scope), lang))
    if not found:
        able = capability(sentence)
        if able:
            around = surroundings(sentence, able)
            found.append(_fact(sentence, able, around, lang))
    return found


_CLOSED = re.compile(r"\b(?:closed|fermee?s?|cerrad[oa]s?|geschlossen)\b")
_IF = re.compile(r"\b(?:if|when|si|wenn|sofern|sauf|except|unless|for the first|pendant)\b")


def _is_conditional(sentence: Sentence, value: Found) -> bool:
    """Tell whether something is free on a condition only, which is no price."""
    if value.kind is not Kind.PRICE or value.value[0] != 0:
        return False
    after = sentence.plain[value.end : sentence.span.end]
    if _IF.search(after):
        return True
    return any(
        other.bound is Bound.FROM and other.value[0] != 0 and other.kind is not Kind.DATE
        for other in sentence.values
        if other is not value and other.start > value.start
    ) or any(
        other.kind is Kind.PRICE and other.bound is Bound.FROM for other in sentence.values
    )


def _fact(sentence: Sentence, value: Found, around: Surroundings, lang: str) -> Fact:
    above = frozenset(term.name for term in sentence.above)
    scope = dict(around.scope)
    if value.kind is Kind.DATE:
        names = {name.partition(":")[2] for name in (*around.about, *above)}
        if names & _ENDS_ON or scope.get("event") or scope.get("period"):
            scope["ends"] = frozenset(("yes",))
    if _only_narrows(sentence, value):
        scope["narrows"] = frozenset(("yes",))
    return Fact(
        kind=value.kind,
        start=value.start,
        end=value.end,
        sentence=sentence.span,
        value=value.value,
        unit=value.unit,
        bound=value.bound,
        word=value.word,
        about=around.about,
        above=above,
        scope=scope,
        lang=lang,
    )


def _only_narrows(sentence: Sentence, value: Found) -> bool:
    """Tell whether a value is there for the sake of another: "250 g for 12 €"."""
    if value.kind is Kind.DATE:
        has_edge = any(term.dimension == "edge" for term in sentence.terms)
        # A place closes on many days, and a market is held on many.
        is_one_of_many = value.bound is Bound.EXACT and (
            not has_edge
            or bool(_CLOSED.search(sentence.plain, sentence.span.start, sentence.span.end))
        )
        return is_one_of_many or any(
            each.kind in {Kind.PRICE, Kind.HOURS} for each in sentence.values
        )
    is_measure = value.kind in {Kind.QUANTITY, Kind.DURATION, Kind.AGE}
    return is_measure and any(
        each.kind in {Kind.PRICE, Kind.PERCENT} and each.value[0] != 0
        for each in sentence.values
    )
