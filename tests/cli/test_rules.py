"""`rules` and `models`: what is shown can be set, and what is misspelt is refused."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Call

EVERYTHING: dict[str, Any] = {
    "instructions": "Be kind.",
    "tone": "Warm and brief",
    "ignore_examples": ["Win a prize"],
    "escalate_examples": ["My parcel is broken"],
    "respond_examples": ["When do you open?"],
    "allow_listed_links": ["https://shop.example/returns"],
    "ai_control_enabled": True,
    "threshold": 0.75,
    "costs": {"wrong_reply": 9.0, "missed_complaint": 40.0},
    "triage_rules": [
        {
            "id": "00000000-0000-0000-0000-000000000001",
            "name": "Night",
            "conditions": {
                "platforms": ["instagram"],
                "keywords": ["refund"],
                "pattern": "order #?\\d+",
                "languages": ["fr", "en"],
                "sentiment": "negative",
                "labels": ["VIP"],
                "hours": {
                    "start": "09:00",
                    "end": "18:30",
                    "days": [0, 1, 2, 3, 4],
                    "zone": "Europe/Paris",
                    "outside": True,
                },
            },
            "outcome": "escalate",
            "enabled": True,
        }
    ],
    "auto_reply_enabled": False,
    "ai_enabled_for_conversations": True,
    "reply_lang": "fr",
    "doc_lang": ["fr", "en"],
    "model": "openai/gpt-4o-mini",
    "system_prompt": "You work for a roastery.",
    "temperature": 0.25,
    "max_tokens": 300,
}


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """Where a test keeps its rules."""
    return tmp_path / "rules.json"


def test_everything_that_is_set_is_shown(call: Call, kept: Path) -> None:
    kept.write_text(json.dumps(EVERYTHING))
    answer = call("rules", "set", "--file", kept, "--json").json
    shown = call("rules", "show", "--json").json
    assert shown == answer
    assert {name: shown[name] for name in EVERYTHING} == EVERYTHING
    assert set(shown) == {*EVERYTHING, "version"}


def test_what_is_shown_can_be_set_and_changes_nothing_but_the_version(
    call: Call, kept: Path
) -> None:
    kept.write_text(json.dumps(EVERYTHING))
    call("rules", "set", "--file", kept)
    before = call("rules", "show", "--json")
    kept.write_text(before.out)
    assert call("rules", "set", "--file", kept).code == 0
    after = call("rules", "show", "--json").json
    assert after == {**before.json, "version": before.json["version"] + 1}


def test_a_file_that_was_shown_before_a_colleague_saved_is_refused(
    call: Call, kept: Path
) -> None:
    kept.write_text(call("rules", "show", "--json").out)
    assert call("rules", "set", "--file", kept).code == 0
    stands = call("rules", "show", "--json").json
    said = call("rules", "set", "--file", kept)
    assert (said.code, said.err.count("\n")) == (1, 1)
    assert f"version {stands['version']} is in force" in said.err
    assert call("rules", "show", "--json").json == stands


def test_what_a_file_does_not_name_stays(call: Call, kept: Path) -> None:
    kept.write_text(json.dumps(EVERYTHING))
    call("rules", "set", "--file", kept)
    kept.write_text(json.dumps({"tone": "Formal", "costs": {"wrong_reply": 3}}))
    call("rules", "set", "--file", kept)
    shown = call("rules", "show", "--json").json
    changed = {
        "tone": "Formal",
        "threshold": 0.75,
        "costs": {"wrong_reply": 3.0, "missed_complaint": 40.0},
    }
    assert {name: shown[name] for name in EVERYTHING} == {**EVERYTHING, **changed}


def test_a_new_rule_needs_no_id(call: Call, kept: Path) -> None:
    rule = {"name": "Spam", "conditions": {"keywords": ["casino"]}, "outcome": "ignore"}
    kept.write_text(json.dumps({"triage_rules": [rule]}))
    (made,) = call("rules", "set", "--file", kept, "--json").json["triage_rules"]
    assert {name: made[name] for name in rule} == rule
    assert (made["enabled"], len(made["id"])) == (True, 36)


def test_the_rules_are_shown_in_words(call: Call, kept: Path) -> None:
    kept.write_text(json.dumps(EVERYTHING))
    call("rules", "set", "--file", kept)
    said = call("rules", "show").out
    for words in ("sends from 0.75", "as bad as 9", "Be kind.", "rule 1, escalate: Night"):
        assert words in said


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ({"cost": {}}, "unknown “cost”. Use: ai_control_enabled, "),
        ({"costs": 4}, "“costs” is not an object"),
        ({"costs": {"wrong": 4}}, "costs has an unknown “wrong”"),
        ({"costs": {"wrong_reply": "4"}}, "“wrong_reply” is not a number"),
        ({"costs": {"wrong_reply": -4}}, "costs: wrong_reply must be more than 0"),
        ({"triage_rules": {}}, "“triage_rules” is not a list of rules"),
        ({"triage_rules": [1]}, "Rule 1 is not an object"),
        (
            {"triage_rules": [{"name": "N", "outcome": "ignore", "conditions": {}}]},
            "Rule “N” has no condition",
        ),
        (
            {"triage_rules": [{"name": "N", "outcome": "ignore", "conditons": {}}]},
            "Rule “N”: unknown “conditons”",
        ),
        (
            {
                "triage_rules": [
                    {"name": "N", "outcome": "ignore", "conditions": {"pattern": "a**"}}
                ]
            },
            "Rule “N”: pattern: The pattern has two repetitions in a row",
        ),
        ({"doc_lang": ["French"]}, "doc_lang: “French” is no language"),
        ({"model": "gpt-9"}, "there is no “gpt-9” to choose"),
        ({"max_tokens": 0.5}, "“max_tokens” is not a whole number"),
        ({"version": "3"}, "“version” is not a whole number"),
    ],
    ids=str,
)
def test_what_cannot_be_meant_is_one_line_and_changes_nothing(
    call: Call, kept: Path, content: dict[str, Any], why: str
) -> None:
    before = call("rules", "show", "--json").json
    kept.write_text(json.dumps(content))
    said = call("rules", "set", "--file", kept)
    assert (said.code, said.err.count("\n")) == (1, 1)
    assert why in said.err
    assert call("rules", "show", "--json").json == before


def test_a_rule_of_a_platform_decides_about_messages_tried_there(
    call: Call, kept: Path
) -> None:
    rule = {
        "name": "Instagram",
        "conditions": {"platforms": ["instagram"]},
        "outcome": "escalate",
    }
    kept.write_text(json.dumps({"triage_rules": [rule]}))
    call("rules", "set", "--file", kept)
    there = call("triage", "ok thanks", "--platform", "instagram", "--json").json
    assert (there["decision"], there["matched_rule"]) == ("escalate", "Instagram")
    here = call("triage", "ok thanks", "--platform", "whatsapp", "--json").json
    assert (here["decision"], here["matched_rule"]) == ("ignore", None)
    assert call("triage", "ok", "--platform", "telegram").code == 2


def test_models_are_listed_added_changed_and_chosen(call: Call) -> None:
    listed = call("models", "list", "--json").json
    assert {"local/composer", "openai/gpt-4o"} <= {one["model"] for one in listed}
    added = call(
        "models", "set", "openai/tiny-1", "--input-cost", "0.001", "--context-window",
        "8000", "--use", "--json",
    ).json  # fmt: skip
    assert (added["provider"], added["name"], added["input_cost_per_1k"]) == (
        "openai",
        "tiny-1",
        0.001,
    )
    assert call("rules", "show", "--json").json["model"] == "openai/tiny-1"
    call("models", "set", "openai/tiny-1", "--description", "Small")
    (tiny,) = (m for m in call("models", "list", "--json").json if m["name"] == "tiny-1")
    assert tiny == {
        "model": "openai/tiny-1",
        "provider": "openai",
        "name": "tiny-1",
        "description": "Small",
        "input_cost_per_1k": 0.001,
        "output_cost_per_1k": 0.0,
        "context_window": 8000,
        "is_active": True,
        "is_chosen": True,
    }
    assert call("models", "set", "local/composer", "--use").code == 0
    call("models", "set", "openai/tiny-1", "--inactive")
    said = call("models", "set", "openai/tiny-1", "--use")
    assert (said.code, "no “openai/tiny-1” to choose" in said.err) == (1, True)


@pytest.mark.parametrize(
    ("arguments", "code", "why"),
    [
        (["gpt-4o", "--use"], 2, "provider/name"),
        (["openai/gpt-4o"], 2, "say what to change"),
        (["mistral/large", "--active"], 1, "“mistral” is no provider"),
        (["openai/", "--active"], 1, "The model has no name"),
        (["openai/x", "--input-cost", "-1"], 1, "costs cannot be negative"),
        (["openai/x", "--context-window", "0"], 1, "a positive number of tokens"),
    ],
    ids=str,
)
def test_models_that_make_no_sense_are_refused(
    call: Call, arguments: list[str], code: int, why: str
) -> None:
    said = call("models", "set", *arguments)
    assert (said.code, said.err.count("\n")) == (code, 1)
    assert why in said.err


def test_answers_are_looked_up_in_the_owners_languages_alone(
    call: Call, kept: Path
) -> None:
    assert call("demo", "load").code == 0
    asked = ("triage", "Vous êtes ouverts le dimanche ?", "--json")
    kept.write_text(json.dumps({"triage_rules": [], "doc_lang": []}))
    assert call("rules", "set", "--file", kept).code == 0
    assert call(*asked).json["citations"]
    kept.write_text(json.dumps({"doc_lang": ["de"]}))
    assert call("rules", "set", "--file", kept).code == 0
    nothing = call(*asked).json
    assert (nothing["decision"], nothing["citations"]) == ("escalate", [])
