"""What cannot be saved as it stands, said at the field where it is put right."""

from collections import Counter
from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QTimeZone

from core.actions import configure
from core.domain.errors import Refused
from core.domain.rule import Conditions, Hours, TriageRule
from desktop.panes.rules.form import Form
from desktop.panes.rules.words import number, part_words
from desktop.widgets.writing import one_line

MOST = {"instructions": 8_000, "tone": 500}
_MOST_EXAMPLES = 200
_EXAMPLES = ("ignore_examples", "escalate_examples", "respond_examples")


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong, where: `rule` None means the page of rules itself."""

    field: str
    words: str
    rule: UUID | None = None


def problems_of(form: Form) -> tuple[Problem, ...]:
    """Return everything that stands in the way of saving."""
    found = [Problem(field="links", words=words) for words in _link_problems(form)]
    found += _length_problems(form)
    names = Counter(rule.name.strip().casefold() for rule in form.triage_rules)
    shared = frozenset(name for name, count in names.items() if count > 1)
    for rule in form.triage_rules:
        found += problems_of_rule(rule, shared)
    return tuple(found)


def problems_of_rule(
    rule: TriageRule, shared: frozenset[str] = frozenset()
) -> list[Problem]:
    """Return what is wrong with one triage rule; `shared` are names that several have."""
    words = {
        "name": _name_problem(rule, shared),
        "pattern": _pattern_problem(rule),
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


def _length_problems(form: Form) -> list[Problem]:
    translate = QCoreApplication.translate
    found: list[Problem] = []
    for name, most in MOST.items():
        words = translate("Rules", "%1 is longer than %2 characters. Shorten it.")
        words = words.replace("%1", part_words(name)).replace("%2", number(most))
        if len(getattr(form, name)) > most:
            found.append(Problem(field=name, words=words))
    for name in _EXAMPLES:
        words = translate("Rules", "%1: more than %2. Keep those that differ most.")
        words = words.replace("%1", part_words(name)).replace("%2", number(_MOST_EXAMPLES))
        if len(getattr(form, name)) > _MOST_EXAMPLES:
            found.append(Problem(field=name, words=words))
    return found


def _name_problem(rule: TriageRule, shared: frozenset[str]) -> str:
    name = rule.name.strip()
    if not name:
        return QCoreApplication.translate("Rules", "Give the rule a name.")
    if name.casefold() in shared:
        return QCoreApplication.translate(
            "Rules", "Another rule has this name. Decisions name their rule: change one."
        )
    return ""


def _pattern_problem(rule: TriageRule) -> str:
    if rule.conditions.pattern is None:
        return ""
    try:
        configure.check_pattern(rule)
    except Refused as error:
        sentence = QCoreApplication.translate("Rules", "This pattern cannot be used. %1")
        return sentence.replace("%1", one_line(f"{error.title} {error.next_step}"))
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
