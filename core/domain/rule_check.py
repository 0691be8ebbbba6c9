"""What a list of rules must be before it may decide about anybody's message.

Each refusal names the rule, the field, and what to do. The patterns are read where they
are searched, see `core.assistant.pattern`.
"""

import re
from collections.abc import Callable, Sequence
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from core.domain.channel import PlatformName
from core.domain.errors import Refused
from core.domain.rule import Conditions, Costs, Hours, TriageRule
from core.domain.storable import require_storable

MOST_RULES = 100
MOST_NAME = 80
MOST_VALUES = 100
MOST_VALUE = 100
MOST_COST = 1000.0
MOST_INSTRUCTIONS = 8_000
MOST_TONE = 500
MOST_EXAMPLES = 200
MOST_EXAMPLE = 1_000
MOST_LINK = 300

_LANGUAGE = re.compile(r"[a-z]{2,3}")


def check_rules(rules: Sequence[TriageRule]) -> None:
    """Refuse a list of rules that cannot be meant as it stands.

    Raises:
        Refused: says which rule, which field, and what to do.
    """
    if len(rules) > MOST_RULES:
        raise Refused(f"There are more than {MOST_RULES} rules.", "Join or remove some.")
    names: set[str] = set()
    ids = set()
    for rule in rules:
        _check_name(rule.name)
        if rule.name.casefold() in names:
            raise Refused(
                f"Two rules are called “{rule.name}”.",
                "Give them different names: decisions name the rule that made them.",
            )
        if rule.id in ids:
            raise Refused(f"Rule “{rule.name}” has the id of another.", "Leave its id out.")
        names.add(rule.name.casefold())
        ids.add(rule.id)
        check_conditions(rule.conditions, f"Rule “{rule.name}”")


def _check_name(name: str) -> None:
    if not name.strip():
        raise Refused("A rule has no name.", "Name it after what it is for.")
    require_storable(name, "The name of a rule")
    if len(name) > MOST_NAME:
        raise Refused(
            f"Rule “{name[:30]}…”: its name is longer than {MOST_NAME} characters."
        )


def check_conditions(asked: Conditions, where: str) -> None:
    """Refuse conditions that can never hold, or that always do.

    Raises:
        Refused: `where`, the field, and what to do.
    """
    if asked.is_empty:
        raise Refused(
            f"{where} has no condition, so it would hold for every message.",
            "Say which messages it is for, or remove it.",
        )
    _check_values(asked.keywords, f"{where}: keywords", _is_word, "a word or words")
    _check_values(asked.labels, f"{where}: labels", bool, "the name of a label")
    _check_values(
        asked.platforms,
        f"{where}: platforms",
        _is_platform,
        f"one of {', '.join(PlatformName)}",
    )
    _check_values(
        asked.languages, f"{where}: languages", _is_language, "a code such as “fr”"
    )
    require_storable(asked.pattern or "", f"{where}: pattern")
    if asked.hours is not None:
        _check_hours(asked.hours, f"{where}: hours")


def _check_values(
    values: Sequence[str], where: str, fits: Callable[[str], bool], expected: str
) -> None:
    if len(values) > MOST_VALUES:
        raise Refused(f"{where} are more than {MOST_VALUES}.", "Split the rule in two.")
    for value in values:
        if len(value) > MOST_VALUE:
            raise Refused(
                f"{where}: “{value[:30]}…” is longer than {MOST_VALUE} characters."
            )
        require_storable(value, where)
        if not value.strip() or not fits(value):
            raise Refused(f"{where}: “{value}” is not possible.", f"Write {expected}.")


def _is_word(value: str) -> bool:
    return any(char.isalnum() for char in value)


def _is_platform(value: str) -> bool:
    return value in set(PlatformName)


def _is_language(value: str) -> bool:
    return _LANGUAGE.fullmatch(value) is not None


def _check_hours(hours: Hours, where: str) -> None:
    if not hours.days or len(set(hours.days)) < len(hours.days):
        raise Refused(
            f"{where}: days names no day, or one twice.", "0 is Monday, 6 Sunday."
        )
    if not set(hours.days) <= set(range(7)):
        raise Refused(
            f"{where}: days has a number that is no day.", "0 is Monday, 6 Sunday."
        )
    if hours.outside and hours.start == hours.end and len(hours.days) == 7:
        raise Refused(f"{where} are outside of always, which is never.", "Set the hours.")
    try:
        ZoneInfo(hours.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise Refused(
            f"{where}: “{hours.zone}” is not a time zone.", "Write one as “Europe/Paris”."
        ) from error


def check_costs(costs: Costs) -> None:
    """Refuse costs that are no costs.

    Raises:
        Refused: which, and what is possible.
    """
    for name, cost in (
        ("wrong_reply", costs.wrong_reply),
        ("missed_complaint", costs.missed_complaint),
    ):
        if not 0.0 < cost <= MOST_COST:
            raise Refused(
                f"costs: {name} must be more than 0 and at most {MOST_COST:.0f}.",
                "It says how many needless escalations are as bad as one such error.",
            )


def check_words(instructions: str, tone: str) -> None:
    """Refuse instructions or a tone beyond what the database takes.

    Raises:
        Refused: says which, and how long it may be.
    """
    for name, text, most in (
        ("instructions", instructions, MOST_INSTRUCTIONS),
        ("tone", tone, MOST_TONE),
    ):
        if len(text) > most:
            raise Refused(f"{name}: longer than {most} characters.", "Shorten the text.")
        require_storable(text, name)


def check_texts(name: str, texts: Sequence[str], longest: int = MOST_EXAMPLE) -> None:
    """Refuse a list of examples or links beyond what the database takes.

    Raises:
        Refused: says which list, which of them, and what to do.
    """
    if len(texts) > MOST_EXAMPLES:
        raise Refused(f"{name}: more than {MOST_EXAMPLES}.", "Keep those that differ most.")
    for place, text in enumerate(texts, 1):
        if not text.strip():
            raise Refused(f"{name}: number {place} is empty.", "Write it, or remove it.")
        if len(text) > longest:
            raise Refused(
                f"{name}: number {place} is longer than {longest} characters.",
                "Keep the sentence that matters.",
            )
        require_storable(text, f"{name}: number {place}")
