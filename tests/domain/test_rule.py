"""Hours as a person reads them, costs as they are weighed, lists that cannot be meant."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.errors import Refused
from core.domain.rule import (
    Conditions,
    Costs,
    Hours,
    Outcome,
    Sentiment,
    TriageRule,
    complaint_threshold,
    holds_at,
    reply_threshold,
)
from core.domain.rule_check import check_costs, check_rules, check_texts, check_words

PARIS = ZoneInfo("Europe/Paris")
OFFICE = Hours(
    start=time(9), end=time(18), days=(0, 1, 2, 3, 4), zone="Europe/Paris", outside=False
)
NIGHT = Hours(start=time(22), end=time(6), days=(4,), zone="Europe/Paris", outside=False)

times = st.times().map(lambda at: at.replace(second=0, microsecond=0))
zones = st.sampled_from(["UTC", "Europe/Paris", "America/New_York", "Asia/Kathmandu"])
hours = st.builds(
    Hours,
    start=times,
    end=times,
    days=st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days))),
    zone=zones,
)
moments = st.integers(1_577_836_800, 1_893_456_000).map(
    lambda seconds: datetime.fromtimestamp(seconds, UTC)
)


def paris(day: int, hour: int, minute: int = 0, *, month: int = 6) -> datetime:
    """Return a moment of 2026 on the clocks of Paris; 1 June is a Monday."""
    return datetime(2026, month, day, hour, minute, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("at", "open_"),
    [
        (paris(1, 8, 59), False),
        (paris(1, 9), True),
        (paris(1, 17, 59), True),
        (paris(1, 18), False),
        (paris(6, 12), False),
        (datetime(2026, 6, 1, 7, 0, tzinfo=UTC), True),
        (datetime(2026, 1, 5, 7, 0, tzinfo=UTC), False),
    ],
)
def test_hours_go_by_the_zones_own_clock(at: datetime, *, open_: bool) -> None:
    assert holds_at(OFFICE, at) is open_
    assert holds_at(replace(OFFICE, outside=True), at) is not open_


@pytest.mark.parametrize(
    ("at", "is_night"),
    [
        (paris(5, 21, 59), False),
        (paris(5, 22), True),
        (paris(6, 5, 59), True),
        (paris(6, 6), False),
        (paris(6, 22), False),
        (paris(5, 1), False),
    ],
)
def test_a_night_belongs_to_the_day_it_begins_on(at: datetime, *, is_night: bool) -> None:
    assert holds_at(NIGHT, at) is is_night


def test_a_stretch_that_ends_when_it_starts_is_a_whole_day() -> None:
    sunday = Hours(start=time(0), end=time(0), days=(6,), zone="Europe/Paris")
    assert holds_at(sunday, paris(7, 0))
    assert holds_at(sunday, paris(7, 23, 59))
    assert not holds_at(sunday, paris(8, 0))


def test_the_hour_that_clocks_skip_never_comes() -> None:
    skipped = Hours(start=time(2), end=time(3), days=(6,), zone="Europe/Paris")
    midnight = datetime(2026, 3, 29, 0, tzinfo=PARIS).astimezone(UTC)
    assert not any(holds_at(skipped, midnight + timedelta(minutes=m)) for m in range(1380))


def test_the_hour_that_clocks_repeat_comes_twice() -> None:
    repeated = Hours(start=time(2), end=time(3), days=(6,), zone="Europe/Paris")
    midnight = datetime(2026, 10, 25, 0, tzinfo=PARIS).astimezone(UTC)
    held = sum(holds_at(repeated, midnight + timedelta(minutes=m)) for m in range(1500))
    assert held == 120


def test_a_night_over_the_change_of_clocks_has_no_hole() -> None:
    night = Hours(start=time(22), end=time(6), days=(5,), zone="Europe/Paris")
    for evening in (paris(28, 22, month=3), paris(24, 22, month=10)):
        begins = evening.astimezone(UTC)
        ends = (evening + timedelta(hours=8)).astimezone(UTC)  # eight hours on the wall
        minutes = int((ends - begins).total_seconds() // 60)
        assert minutes in (420, 540)
        assert all(holds_at(night, begins + timedelta(minutes=m)) for m in range(minutes))
        assert not holds_at(night, begins - timedelta(minutes=1))
        assert not holds_at(night, ends)


@given(hours, moments)
def test_a_moment_lies_either_within_or_outside(stretch: Hours, at: datetime) -> None:
    assert holds_at(stretch, at) is not holds_at(replace(stretch, outside=True), at)


@given(hours, moments)
def test_the_time_of_day_and_the_day_it_began_decide(stretch: Hours, at: datetime) -> None:
    local = at.astimezone(ZoneInfo(stretch.zone))
    length = (_minute(stretch.end) - _minute(stretch.start)) % 1440 or 1440
    expected = any(
        (local.weekday() - back) % 7 in stretch.days
        and _minute(stretch.start)
        <= _exact(local.time()) + 1440 * back
        < _minute(stretch.start) + length
        for back in (0, 1)
    )
    assert holds_at(stretch, at) is expected


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute


def _exact(at: time) -> float:
    return at.hour * 60 + at.minute + (at.second + at.microsecond / 1e6) / 60


def test_in_a_zone_nobody_knows_nothing_holds() -> None:
    lost = replace(OFFICE, zone="Europe/Atlantis")
    assert not holds_at(lost, paris(1, 12))
    assert not holds_at(replace(lost, outside=True), paris(1, 12))


@given(st.floats(0.01, 1000), st.floats(0, 1))
def test_answering_from_the_threshold_on_is_the_cheaper_choice(
    cost: float, p: float
) -> None:
    threshold = reply_threshold(Costs(wrong_reply=cost))
    answering, escalating = (1 - p) * cost, p
    if p > threshold + 1e-9:
        assert answering < escalating
    if p < threshold - 1e-9:
        assert answering > escalating


@given(st.floats(0.01, 1000), st.floats(0, 1))
def test_showing_a_likely_complaint_is_the_cheaper_choice(cost: float, q: float) -> None:
    threshold = complaint_threshold(Costs(missed_complaint=cost))
    leaving, showing = q * cost, 1 - q
    if q > threshold + 1e-9:
        assert showing < leaving
    if q < threshold - 1e-9:
        assert showing > leaving


def test_the_usual_costs_are_the_usual_thresholds() -> None:
    assert reply_threshold(Costs()) == pytest.approx(0.8)
    assert complaint_threshold(Costs()) == pytest.approx(1 / 21)


@pytest.mark.parametrize("cost", [0.0, -1.0, 1000.5, float("nan"), float("inf")])
def test_a_cost_that_is_none_is_refused_by_name(cost: float) -> None:
    with pytest.raises(Refused, match="costs: wrong_reply must be"):
        check_costs(Costs(wrong_reply=cost))
    with pytest.raises(Refused, match="costs: missed_complaint must be"):
        check_costs(Costs(missed_complaint=cost))


def rule(name: str = "Night", **conditions: object) -> TriageRule:
    asked = Conditions(**(conditions or {"keywords": ("refund",)}))  # type: ignore[arg-type]
    return TriageRule(id=uuid4(), name=name, conditions=asked, outcome=Outcome.ESCALATE)


def test_a_rule_with_every_condition_is_accepted() -> None:
    check_rules(
        [
            rule(
                platforms=("instagram", "x"),
                keywords=("remboursement", "money back"),
                pattern=r"order #?\d+",
                languages=("fr", "en"),
                sentiment=Sentiment.NEGATIVE,
                labels=("VIP",),
                hours=OFFICE,
            )
        ]
    )


@pytest.mark.parametrize(
    ("rules", "why"),
    [
        ([rule(keywords=())], "Rule “Night” has no condition"),
        ([rule(""), rule("b")], "A rule has no name"),
        ([rule("x" * 81)], "its name is longer than 80"),
        ([rule("a\x00")], "The name of a rule holds a character that cannot be stored"),
        ([rule(keywords=("a\ud800",))], "keywords holds a character that cannot"),
        ([rule(pattern="a\x00")], "pattern holds a character that cannot"),
        ([rule("Night"), rule("NIGHT")], "Two rules are called “NIGHT”"),
        ([rule(str(place)) for place in range(101)], "more than 100 rules"),
        ([rule(keywords=(" ",))], "Rule “Night”: keywords: “ ” is not possible"),
        ([rule(keywords=("!!",))], "keywords: “!!” is not possible"),
        ([rule(keywords=("x" * 101,))], "keywords: “x+…” is longer than 100"),
        ([rule(keywords=("x",) * 101)], "keywords are more than 100"),
        ([rule(platforms=("telegram",))], "platforms: “telegram” is not possible"),
        ([rule(languages=("French",))], "languages: “French” is not possible"),
        ([rule(hours=replace(OFFICE, days=()))], "hours: days names no day"),
        ([rule(hours=replace(OFFICE, days=(1, 1)))], "hours: days names no day, or one"),
        ([rule(hours=replace(OFFICE, days=(7,)))], "days has a number that is no day"),
        ([rule(hours=replace(OFFICE, zone="Paris"))], "“Paris” is not a time zone"),
        ([rule(hours=replace(OFFICE, zone="../etc"))], "is not a time zone"),
        (
            [rule(hours=Hours(start=time(0), end=time(0), outside=True))],
            "outside of always",
        ),
    ],
)
def test_rules_that_cannot_be_meant_are_refused_with_their_name(
    rules: list[TriageRule], why: str
) -> None:
    with pytest.raises(Refused, match=why):
        check_rules(rules)


def test_the_same_id_twice_is_refused() -> None:
    one = rule("one")
    with pytest.raises(Refused, match="has the id of another"):
        check_rules([one, replace(one, name="two")])


def test_texts_beyond_their_limits_are_refused_with_their_place() -> None:
    with pytest.raises(Refused, match="instructions: longer than 8000"):
        check_words("x" * 8001, "")
    with pytest.raises(Refused, match="tone: longer than 500"):
        check_words("", "x" * 501)
    with pytest.raises(Refused, match="respond_examples: number 2 is empty"):
        check_texts("respond_examples", ("a", "  "))
    with pytest.raises(Refused, match="ignore_examples: number 1 is longer than 1000"):
        check_texts("ignore_examples", ("x" * 1001,))
    with pytest.raises(Refused, match="ignore_examples: more than 200"):
        check_texts("ignore_examples", ("x",) * 201)
    with pytest.raises(Refused, match="cannot be stored"):
        check_texts("ignore_examples", ("a\x00",))
