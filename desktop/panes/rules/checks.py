"""What cannot be saved as it stands, said at the field where it is put right."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QTimeZone

from core.domain.rule import Conditions, Hours, TriageRule
from desktop.panes.rules.form import Form

_LONGEST_PATTERN = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong, where: `rule` None means the page of rules itself."""

    field: str
    words: str
    rule: UUID | None = None


def problems_of(form: Form) -> tuple[Problem, ...]:
    """Return everything that stands in the way of saving."""
    found = [Problem(field="links", words=words) for words in _link_problems(form)]
    for rule in form.triage_rules:
        found += problems_of_rule(rule)
    return tuple(found)


def problems_of_rule(rule: TriageRule) -> list[Problem]:
    """Return what is wrong with one triage rule."""
    words = {
        "name": _name_problem(rule),
        "pattern": _pattern_problem(rule.conditions.pattern),
        "hours": _hours_problem(rule.conditions.hours),
        "conditions": _emptiness(rule.conditions),
    }
    return [
        Problem(rule=rule.id, field=field, words=each)
        for field, each in words.items()
        if each
    ]


def _link_problems(form: Form) -> list[str]:
    sentence = QCoreApplication.translate(
        "Rules", "“%1” is no web address. Write it like example.com/shop."
    )
    return [
        sentence.replace("%1", link)
        for link in form.allow_listed_links
        if not _is_address(link)
    ]


def _is_address(link: str) -> bool:
    if any(letter.isspace() for letter in link):
        return False
    try:
        found = urlsplit(link if "://" in link else f"https://{link}")
    except ValueError:
        return False
    return found.scheme in {"http", "https"} and "." in (found.hostname or "")


def _name_problem(rule: TriageRule) -> str:
    if rule.name.strip():
        return ""
    return QCoreApplication.translate("Rules", "Give the rule a name.")


def _pattern_problem(pattern: str | None) -> str:
    if pattern is None:
        return ""
    if len(pattern) > _LONGEST_PATTERN:
        return QCoreApplication.translate(
            "Rules", "The pattern is longer than 500 characters. Shorten it."
        )
    try:
        re.compile(pattern)
    except re.error as error:
        sentence = QCoreApplication.translate("Rules", "This is no valid pattern: %1.")
        return sentence.replace("%1", str(error))
    return ""


def _hours_problem(hours: Hours | None) -> str:
    translate = QCoreApplication.translate
    if hours is None:
        return ""
    if not hours.days:
        return translate("Rules", "Choose at least one day.")
    if not QTimeZone(hours.zone.encode()).isValid():
        return translate("Rules", "Choose a time zone from the list.")
    return ""


def _emptiness(conditions: Conditions) -> str:
    if not conditions.is_empty:
        return ""
    return QCoreApplication.translate(
        "Rules", "Choose at least one condition, or the rule would decide every message."
    )
