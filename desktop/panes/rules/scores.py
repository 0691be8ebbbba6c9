"""What a decision was weighed by, and what took how long, in plain words."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication

from core.queries.decisions import DecisionDetail
from desktop.panes.rules.words import (
    duration_words,
    language_name,
    number,
    percent,
    quoted,
)

Line = tuple[str, str]


def facts_of(detail: DecisionDetail) -> list[Line]:
    """Return pairs of a name and a value; what was not kept is left out."""
    row, kept = detail.row, detail.snapshot
    translate = QCoreApplication.translate
    lines: list[Line | None] = [
        _text(translate("Decision", "Decided by the rule"), row.matched_rule),
        _language(kept),
        _share(translate("Decision", "Best answer on file fits"), kept.get("likely")),
        _share(
            translate("Decision", "Asked for, to send by itself"), kept.get("threshold")
        ),
        _passages(kept),
        _objections(kept),
        _took(row.duration_ms),
        (translate("Decision", "Model"), row.model) if row.model else None,
        (translate("Decision", "Credits"), number(row.cost_credits)),
        _version(kept),
    ]
    return [line for line in lines if line is not None]


def timings_of(snapshot: Mapping[str, Any]) -> list[Line]:
    """Return each step of thinking and how long it took, longest first."""
    kept = snapshot.get("timings_ms")
    if not isinstance(kept, Mapping):
        return []
    times = {str(k): v for k, v in kept.items() if isinstance(v, int | float)}
    longest = sorted(times.items(), key=lambda each: -each[1])
    return [(_step(name), duration_words(took)) for name, took in longest]


def _step(name: str) -> str:
    translate = QCoreApplication.translate
    known = {
        "read": translate("Decision", "Reading the message"),
        "reading": translate("Decision", "Reading the message"),
        "rules": translate("Decision", "Going through the rules"),
        "triage": translate("Decision", "Telling what kind it is"),
        "retrieve": translate("Decision", "Looking for an answer"),
        "draft": translate("Decision", "Writing the reply"),
        "guard": translate("Decision", "Checking the reply"),
        "verdict": translate("Decision", "Deciding"),
        "confidence": translate("Decision", "Weighing how sure it is"),
    }
    return known.get(name, name.replace("_", " ").capitalize())


def _text(name: str, value: str | None) -> Line | None:
    return (name, quoted(value, 120)) if value else None


def _share(name: str, value: object) -> Line | None:
    return (name, percent(float(value))) if isinstance(value, int | float) else None


def _took(milliseconds: int | None) -> Line | None:
    if milliseconds is None:
        return None
    name = QCoreApplication.translate("Decision", "Thought for")
    return name, duration_words(milliseconds)


def _language(kept: Mapping[str, Any]) -> Line | None:
    code = kept.get("language")
    if not isinstance(code, str) or not code:
        return None
    return QCoreApplication.translate("Decision", "Language"), language_name(code)


def _passages(kept: Mapping[str, Any]) -> Line | None:
    found = kept.get("passages")
    if not isinstance(found, list):
        return None
    name = QCoreApplication.translate("Decision", "Passages looked at")
    return name, number(len(found))


def _objections(kept: Mapping[str, Any]) -> Line | None:
    found = kept.get("objections")
    if not isinstance(found, list) or not found:
        return None
    words = [
        str(each.get("reason", "")) if isinstance(each, Mapping) else str(each)
        for each in found
    ]
    told = "; ".join(word for word in words if word)
    name = QCoreApplication.translate("Decision", "Held back because")
    return (name, told) if told else None


def _version(kept: Mapping[str, Any]) -> Line | None:
    version = kept.get("rules_version")
    if not isinstance(version, int):
        return None
    return QCoreApplication.translate("Decision", "Version of the rules"), number(version)
