"""Rules as JSON: there and back, and nothing misspelt is passed over."""

import json
from datetime import time
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.errors import Refused
from core.domain.rule import Conditions, Hours, Outcome, Sentiment, TriageRule
from core.domain.rule_form import conditions_from, conditions_json, rule_from, rule_json

words = st.lists(st.text(min_size=1, max_size=9), max_size=3).map(tuple)
clocks = st.times().map(lambda at: at.replace(second=0, microsecond=0))
conditions = st.builds(
    Conditions,
    platforms=words,
    keywords=words,
    pattern=st.none() | st.just(r"\d+"),
    languages=words,
    sentiment=st.none() | st.sampled_from(Sentiment),
    labels=words,
    hours=st.none()
    | st.builds(
        Hours,
        start=clocks,
        end=clocks,
        days=st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days))),
        zone=st.just("Europe/Paris"),
        outside=st.booleans(),
    ),
)


@given(conditions)
def test_conditions_come_back_from_json_as_they_went(asked: Conditions) -> None:
    kept = json.loads(json.dumps(conditions_json(asked)))
    assert conditions_from(kept, "Rule") == asked


@given(
    identity=st.uuids(),
    asked=conditions,
    outcome=st.sampled_from(Outcome),
    enabled=st.booleans(),
)
def test_a_rule_comes_back_from_json_as_it_went(
    identity: UUID, asked: Conditions, outcome: Outcome, *, enabled: bool
) -> None:
    rule = TriageRule(
        id=identity, name="Night", conditions=asked, outcome=outcome, enabled=enabled
    )
    assert rule_from(json.loads(json.dumps(rule_json(rule))), 1) == rule


def test_a_rule_reads_as_short_as_it_is() -> None:
    asked = Conditions(hours=Hours(start=time(9), end=time(18, 30), zone="UTC"))
    assert conditions_json(asked) == {
        "hours": {
            "start": "09:00",
            "end": "18:30",
            "days": [0, 1, 2, 3, 4, 5, 6],
            "zone": "UTC",
            "outside": False,
        }
    }


def test_a_rule_without_an_id_is_a_new_one() -> None:
    written = {"name": "Spam", "outcome": "ignore", "conditions": {"keywords": ["casino"]}}
    one, other = rule_from(written, 1), rule_from(written, 1)
    assert one.id != other.id
    assert one.enabled


def _rule(**changes: Any) -> dict[str, Any]:
    usual = {"name": "Night", "outcome": "escalate", "conditions": {"keywords": ["a"]}}
    return {**usual, **changes}


def _hours(**changes: Any) -> dict[str, Any]:
    usual = {"start": "09:00", "end": "18:00", "zone": "UTC"}
    return _rule(conditions={"hours": {**usual, **changes}})


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("Night", "Rule 3 is not an object"),
        (_rule(name=""), "Rule 3: name is not a text"),
        (_rule(then="escalate"), "Rule “Night”: unknown “then”. Use: id, name"),
        (_rule(id="7"), "Rule “Night”: id: “7” is not possible"),
        (_rule(outcome="reply"), "outcome: “reply” is not possible. Use ignore, escalate"),
        (_rule(outcome=None), "outcome: “None” is not possible"),
        (_rule(enabled="yes"), "enabled is neither true nor false"),
        (_rule(conditions=[]), "Rule “Night”: conditions are not an object"),
        (_rule(conditions={"keyword": ["a"]}), "conditions: unknown “keyword”"),
        (_rule(conditions={"keywords": "a"}), "keywords is not a list of texts"),
        (_rule(conditions={"labels": [1]}), "labels is not a list of texts"),
        (_rule(conditions={"pattern": 1}), "pattern is not a text"),
        (_rule(conditions={"sentiment": "sad"}), "sentiment: “sad” is not possible"),
        (_rule(conditions={"hours": "always"}), "hours are not an object"),
        (_hours(begin="09:00"), "hours: unknown “begin”"),
        (_hours(start="nine"), "hours: start: “nine” is not possible"),
        (_hours(start="09:00+02:00"), "start names a zone of its own"),
        (_hours(zone=None), "hours: zone is not a text"),
        (_hours(days=["Monday"]), "days is not a list of numbers"),
        (_hours(days=[True]), "days is not a list of numbers"),
        (_hours(outside=1), "outside is neither true nor false"),
    ],
)
def test_what_is_no_rule_is_refused_with_its_place(written: Any, why: str) -> None:
    with pytest.raises(Refused, match=why):
        rule_from(written, 3)
