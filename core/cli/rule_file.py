"""Rules as a JSON file: what `rules show --json` prints is what `rules set` takes.

What a file does not name stays as it is; what it names and we do not know is refused.
"""

import json
from collections.abc import Callable
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any

from core.actions.configure import RuleSet
from core.domain.assistant_settings import AssistantSettings
from core.domain.errors import BadDocument
from core.domain.rule import Costs
from core.domain.rule_form import rule_from, rule_json
from core.store.rules import RulesRow

Json = dict[str, Any]
_SETTINGS = tuple(field.name for field in fields(AssistantSettings))
_COSTS = tuple(field.name for field in fields(Costs))


def shown(rules: RulesRow, settings: AssistantSettings) -> Json:
    """Return everything the owner can set, as JSON values."""
    plain = {
        **asdict(rules),
        "triage_rules": [rule_json(rule) for rule in rules.triage_rules],
    }
    return {**plain, **asdict(settings)}


def read(file: Path) -> Json:
    """Return what a file says, each value of the kind it has to be.

    Raises:
        BadDocument: it does not hold rules; the error says why.
    """
    try:
        content = json.loads(file.read_text("utf-8"))
    except ValueError as error:
        raise BadDocument(f"{file.name} is not JSON: {error}.") from error
    if not isinstance(content, dict):
        raise BadDocument(f"{file.name} is not a JSON object.")
    _check(content, _FIELDS, file.name)
    if "costs" in content:
        _check(content["costs"], dict.fromkeys(_COSTS, _NUMBER), f"{file.name}: costs")
    return content


def changed(content: Json, rules: RulesRow, settings: AssistantSettings) -> RuleSet:
    """Return the rules in force with the changes of a file.

    A file that was shown carries its version: it is not written over a later one.

    Raises:
        Refused: one of its rules is not in the form of a rule.
    """
    given = content.get
    own = {name: content[name] for name in _SETTINGS if name in content}
    if "doc_lang" in own:
        own["doc_lang"] = tuple(own["doc_lang"])
    listed = given("triage_rules")
    costs = given("costs")
    return RuleSet(
        instructions=given("instructions", rules.instructions),
        tone=given("tone", rules.tone),
        ignore_examples=tuple(given("ignore_examples", rules.ignore_examples)),
        escalate_examples=tuple(given("escalate_examples", rules.escalate_examples)),
        respond_examples=tuple(given("respond_examples", rules.respond_examples)),
        allow_listed_links=tuple(given("allow_listed_links", rules.allow_listed_links)),
        enabled=given("ai_control_enabled", rules.ai_control_enabled),
        threshold=given("threshold"),
        costs=None if costs is None else replace(rules.costs, **costs),
        triage_rules=None
        if listed is None
        else tuple(rule_from(one, place) for place, one in enumerate(listed, 1)),
        expected_version=given("version"),
        settings=replace(settings, **own) if own else None,
    )


def _check(content: Json, known: "dict[str, _Kind]", where: str) -> None:
    for name, value in content.items():
        if name not in known:
            raise BadDocument(
                f"{where} has an unknown “{name}”.", f"Use: {', '.join(sorted(known))}."
            )
        kind, fits = known[name]
        if not fits(value):
            raise BadDocument(f"{where}: “{name}” is not {kind}.")


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_text_or_nothing(value: object) -> bool:
    return value is None or _is_text(value)


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


def _is_switch(value: object) -> bool:
    return isinstance(value, bool)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value < 2**31


def _is_list(value: object) -> bool:
    return isinstance(value, list)


def _is_object(value: object) -> bool:
    return isinstance(value, dict)


_Kind = tuple[str, Callable[[object], bool]]
_TEXT: _Kind = ("a text", _is_text)
_TEXT_OR_NOTHING: _Kind = ("a text or null", _is_text_or_nothing)
_TEXTS: _Kind = ("a list of texts", _is_texts)
_SWITCH: _Kind = ("true or false", _is_switch)
_NUMBER: _Kind = ("a number", _is_number)
_WHOLE: _Kind = ("a whole number", _is_whole)
_FIELDS: dict[str, _Kind] = {
    "instructions": _TEXT,
    "tone": _TEXT,
    "ignore_examples": _TEXTS,
    "escalate_examples": _TEXTS,
    "respond_examples": _TEXTS,
    "allow_listed_links": _TEXTS,
    "ai_control_enabled": _SWITCH,
    "threshold": _NUMBER,
    "costs": ("an object", _is_object),
    "triage_rules": ("a list of rules", _is_list),
    "version": _WHOLE,
    "auto_reply_enabled": _SWITCH,
    "ai_enabled_for_conversations": _SWITCH,
    "reply_lang": _TEXT_OR_NOTHING,
    "doc_lang": _TEXTS,
    "model": _TEXT_OR_NOTHING,
    "system_prompt": _TEXT,
    "temperature": _NUMBER,
    "max_tokens": _WHOLE,
}
