"""Rules as plain JSON: what the database keeps of them, and what a file says.

What stands in no condition is left out, so that a rule reads as short as it is. Reading
names what it does not know: a misspelt condition that is skipped would make a rule hold
for messages it was never meant for.
"""

from collections.abc import Callable, Mapping
from datetime import time
from typing import Any, TypeVar
from uuid import UUID, uuid4

from core.domain.errors import Refused
from core.domain.rule import Conditions, Hours, Outcome, Sentiment, TriageRule

T = TypeVar("T")
_CONDITIONS = (
    "platforms",
    "keywords",
    "pattern",
    "languages",
    "sentiment",
    "labels",
    "hours",
)
_HOURS = ("start", "end", "days", "zone", "outside")
_RULE = ("id", "name", "conditions", "outcome", "enabled")
_EVERY_DAY = tuple(range(7))


def rule_json(rule: TriageRule) -> dict[str, Any]:
    """Return a rule as JSON values."""
    return {
        "id": str(rule.id),
        "name": rule.name,
        "conditions": conditions_json(rule.conditions),
        "outcome": rule.outcome.value,
        "enabled": rule.enabled,
    }


def conditions_json(asked: Conditions) -> dict[str, Any]:
    """Return conditions as JSON values, without those that ask for nothing."""
    values = {
        "platforms": list(asked.platforms),
        "keywords": list(asked.keywords),
        "pattern": asked.pattern,
        "languages": list(asked.languages),
        "sentiment": asked.sentiment.value if asked.sentiment else None,
        "labels": list(asked.labels),
        "hours": _hours_json(asked.hours) if asked.hours else None,
    }
    return {name: value for name, value in values.items() if value}


def _hours_json(hours: Hours) -> dict[str, Any]:
    return {
        "start": hours.start.isoformat("minutes"),
        "end": hours.end.isoformat("minutes"),
        "days": list(hours.days),
        "zone": hours.zone,
        "outside": hours.outside,
    }


def rule_from(values: Any, place: int) -> TriageRule:
    """Return the rule that stands at a place, counted from 1, of a list in a file.

    Raises:
        Refused: it is not in the form of a rule; says where and what to write.
    """
    where = f"Rule {place}"
    if not isinstance(values, Mapping):
        raise Refused(f"{where} is not an object.", f"Write {', '.join(_RULE)}.")
    name = _text(values.get("name"), f"{where}: name")
    where = f"Rule “{name}”"
    _known(values, _RULE, where)
    identity = values.get("id")
    return TriageRule(
        id=uuid4()
        if identity is None
        else _one_of(UUID, identity, f"{where}: id", "an id"),
        name=name,
        conditions=conditions_from(values.get("conditions", {}), where),
        outcome=_one_of(
            Outcome, values.get("outcome"), f"{where}: outcome", ", ".join(Outcome)
        ),
        enabled=_switch(values.get("enabled", True), f"{where}: enabled"),
    )


def conditions_from(values: Any, where: str) -> Conditions:
    """Return conditions from their JSON values; `where` begins the message of an error.

    Raises:
        Refused: something in there is no condition; says what and what to write.
    """
    if not isinstance(values, Mapping):
        raise Refused(f"{where}: conditions are not an object.")
    _known(values, _CONDITIONS, f"{where}: conditions")
    pattern, sentiment = values.get("pattern"), values.get("sentiment")
    hours = values.get("hours")
    return Conditions(
        platforms=_texts(values.get("platforms"), f"{where}: platforms"),
        keywords=_texts(values.get("keywords"), f"{where}: keywords"),
        pattern=_text(pattern, f"{where}: pattern") if pattern else None,
        languages=_texts(values.get("languages"), f"{where}: languages"),
        sentiment=_one_of(Sentiment, sentiment, f"{where}: sentiment", ", ".join(Sentiment))
        if sentiment
        else None,
        labels=_texts(values.get("labels"), f"{where}: labels"),
        hours=_hours_from(hours, f"{where}: hours") if hours else None,
    )


def _hours_from(values: Any, where: str) -> Hours:
    if not isinstance(values, Mapping):
        raise Refused(f"{where} are not an object.", f"Write {', '.join(_HOURS)}.")
    _known(values, _HOURS, where)
    days = values.get("days", list(_EVERY_DAY))
    if not isinstance(days, list | tuple) or not all(type(day) is int for day in days):
        raise Refused(f"{where}: days is not a list of numbers.", "0 is Monday, 6 Sunday.")
    return Hours(
        start=_clock(values.get("start"), f"{where}: start"),
        end=_clock(values.get("end"), f"{where}: end"),
        days=tuple(days),
        zone=_text(values.get("zone"), f"{where}: zone"),
        outside=_switch(values.get("outside", False), f"{where}: outside"),
    )


def _known(values: Mapping[str, Any], names: tuple[str, ...], where: str) -> None:
    for name in values:
        if name not in names:
            raise Refused(f"{where}: unknown “{name}”.", f"Use: {', '.join(names)}.")


def _text(value: Any, where: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise Refused(f"{where} is not a text.", "Write it in quotes.")
    return value


def _texts(value: Any, where: str) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list | tuple) or not all(
        isinstance(one, str) for one in value
    ):
        raise Refused(f"{where} is not a list of texts.", 'Write ["one", "another"].')
    return tuple(value)


def _switch(value: Any, where: str) -> bool:
    if not isinstance(value, bool):
        raise Refused(f"{where} is neither true nor false.")
    return value


def _clock(value: Any, where: str) -> time:
    found = _one_of(time.fromisoformat, value, where, "a time such as 09:30")
    if found.tzinfo is not None:
        raise Refused(f"{where} names a zone of its own.", "The zone stands in “zone”.")
    return found.replace(second=0, microsecond=0)


def _one_of(make: Callable[[str], T], value: Any, where: str, expected: str) -> T:
    """Return a value made from a text, or say what was expected."""
    try:
        return make(str(value))
    except ValueError as error:
        raise Refused(f"{where}: “{value}” is not possible.", f"Use {expected}.") from error
