"""Put the hours of a sentence together with the days they belong to."""

import re
from dataclasses import dataclass, field
from decimal import Decimal

from core.knowledge.amounts import Found, Kind
from core.knowledge.moments import Days
from core.knowledge.surroundings import Sentence

OPEN, CLOSED = "open", "closed"

_STATE = re.compile(
    r"\b(?:(?P<closed>closed|fermee?s?|cerrad[oa]s?|geschlossen)"
    r"|(?P<open>open|opens|ouvre|ouvrons|abrimos|ouverte?s?|abiert[oa]s?|geoffnet))\b"
)
_DENIED = re.compile(r"(?:\bnot|n't|\bne|\bn'|\bno|\bnicht|\bnever|\bjamais)\s*(?:\w+\s)?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of a timetable: hours, or open or closed, on some days."""

    found: Found
    scope: dict[str, frozenset[str]]


@dataclass(slots=True)
class _Group:
    """What has been read for some days so far."""

    days: Days | None = None
    hours: list[Found] = field(default_factory=list)
    state: re.Match[str] | None = None
    led_by_days: bool = False

    @property
    def has_content(self) -> bool:
        return bool(self.hours or self.state)


def timetable(sentence: Sentence) -> list[Entry]:
    """Return the opening hours a sentence states, several stretches of a day together."""
    groups = _groups(sentence)
    entries = [_entry(group) for group in groups]
    return [entry for entry in entries if entry]


def _groups(sentence: Sentence) -> list[_Group]:
    span = sentence.span
    items: list[tuple[int, Days | Found | re.Match[str]]] = [
        *((each.start, each) for each in sentence.days),
        *((each.start, each) for each in sentence.values if each.kind is Kind.HOURS),
        *(
            (match.start(), match)
            for match in _STATE.finditer(sentence.plain, span.start, span.end)
        ),
    ]
    groups = [_Group()]
    for _, item in sorted(items, key=lambda each: each[0]):
        _add(groups, item)
    return groups


def _add(groups: list[_Group], item: Days | Found | re.Match[str]) -> None:
    group = groups[-1]
    if isinstance(item, Days):
        if group.days:
            group = _Group()
            groups.append(group)
        group.days = item
        group.led_by_days = not group.hours
    elif isinstance(item, Found):
        if group.days and group.hours and not group.led_by_days:
            group = _Group()
            groups.append(group)
        group.hours.append(item)
    else:
        if group.days and group.has_content:
            group = _Group()
            groups.append(group)
        group.state = item


def _entry(group: _Group) -> Entry | None:
    scope: dict[str, frozenset[str]] = {}
    if group.days:
        scope["weekday"] = frozenset(str(day) for day in group.days.days)
    if group.hours:
        value: tuple[Decimal | None, ...] = tuple(
            part for each in group.hours for part in each.value
        )
        first, last = group.hours[0], group.hours[-1]
        return Entry(
            found=Found(kind=Kind.HOURS, start=first.start, end=last.end, value=value),
            scope=scope,
        )
    if group.state and group.days:
        word = CLOSED if group.state["closed"] or _is_denied(group.state) else OPEN
        return Entry(
            found=Found(
                kind=Kind.HOURS,
                start=group.state.start(),
                end=group.state.end(),
                word=word,
            ),
            scope=scope,
        )
    return None


def _is_denied(state: re.Match[str]) -> bool:
    """Tell "we do not open on Mondays"."""
    return bool(_DENIED.search(state.string, max(0, state.start() - 16), state.start()))
