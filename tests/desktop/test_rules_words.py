"""The assistant pane's values and words, without a window."""

from dataclasses import replace
from datetime import time

import pytest

from core.actions.rehearse import Change
from core.domain.decision import Decision
from core.domain.errors import DatabaseDown, Refused
from core.domain.rule import Conditions, Costs, Hours, Outcome, Sentiment, TriageRule
from desktop.panes.rules.change_rows import count_words, counted, describe, row_of
from desktop.panes.rules.checks import problems_of, problems_of_rule
from desktop.panes.rules.curve_reading import (
    STEPS,
    at_cost,
    nearest_step,
    step_from,
    summary_of,
)
from desktop.panes.rules.form import NAMES, Form, form_of, merge, rule_set_of
from desktop.panes.rules.memory import Memory
from desktop.panes.rules.scores import facts_of, timings_of
from desktop.panes.rules.triage_words import conditions_of, day_words, sentence_of
from desktop.panes.rules.try_page import fragments_of
from desktop.panes.rules.words import (
    duration_words,
    language_name,
    part_words,
    refused_words,
)
from tests.doubles.rules_rows import (
    a_change,
    a_curve,
    a_decision,
    a_detail,
    a_rule,
    some_rules,
)

pytestmark = pytest.mark.usefixtures("qapp")

BASE = Form(instructions="a", tone="b", costs=Costs(wrong_reply=4))


def test_form_holds_what_is_kept_and_gives_it_back_whole() -> None:
    row = some_rules()
    form = form_of(row)
    written = rule_set_of(form, enabled=False, expected_version=7)
    assert all(getattr(written, name) == getattr(row, name) for name in NAMES)
    assert (written.enabled, written.expected_version) == (False, 7)
    assert written.threshold is None


def test_merging_takes_each_sides_own_changes() -> None:
    mine, theirs = replace(BASE, tone="mine"), replace(BASE, instructions="theirs")
    merged = merge(BASE, mine, theirs)
    assert merged.form == Form(instructions="theirs", tone="mine", costs=BASE.costs)
    assert merged.clashes == ()


def test_merging_keeps_what_was_typed_and_names_the_clash() -> None:
    merged = merge(BASE, replace(BASE, tone="mine"), replace(BASE, tone="theirs"))
    assert (merged.form.tone, merged.clashes) == ("mine", ("tone",))


def test_same_change_on_both_sides_is_no_clash() -> None:
    same = replace(BASE, tone="same")
    assert merge(BASE, same, same).clashes == ()


def test_every_part_of_the_form_has_a_name() -> None:
    assert all(part_words(name) for name in NAMES)


def test_form_survives_the_memory_of_the_machine() -> None:
    hours = Hours(start=time(9, 30), end=time(18), days=(0, 4), zone="Europe/Paris")
    asked = Conditions(sentiment=Sentiment.NEGATIVE, hours=hours, pattern="x")
    form = replace(BASE, triage_rules=(a_rule(1), replace(a_rule(0), conditions=asked)))
    Memory().keep_words(BASE, form)
    assert Memory().words() == (BASE, form)
    Memory().keep_words(form, form)
    assert Memory().words() is None


@pytest.mark.parametrize("stored", ["no json", "[]", '{"tone": 1}', '{"costs": {"x": 1}}'])
def test_memory_that_was_touched_by_hand_is_nothing(stored: str) -> None:
    memory = Memory()
    memory._stored.setValue("rules/base", stored)
    memory._stored.setValue("rules/form", stored)
    assert memory.words() is None


@pytest.mark.parametrize(
    "link", ["example.com", "https://example.com/a?b=c", "sub.example.com:8080/x", "é.fr"]
)
def test_addresses_are_taken(link: str) -> None:
    assert not problems_of(Form(allow_listed_links=(link,)))


@pytest.mark.parametrize("link", ["shop", "a b.com", "ftp://example.com", "https://", "[x"])
def test_what_is_no_address_is_a_problem(link: str) -> None:
    (problem,) = problems_of(Form(allow_listed_links=(link,)))
    assert (problem.field, problem.rule) == ("links", None)
    assert link in problem.words


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": "  "}, "name"),
        ({"conditions": Conditions()}, "conditions"),
        ({"conditions": Conditions(pattern="[")}, "pattern"),
        (
            {"conditions": Conditions(hours=Hours(start=time(9), end=time(10), days=()))},
            "hours",
        ),
        (
            {
                "conditions": Conditions(
                    hours=Hours(start=time(9), end=time(10), zone="Mars/Olympus")
                )
            },
            "hours",
        ),
    ],
)
def test_rule_that_cannot_be_saved_says_where(
    changes: dict[str, object], field: str
) -> None:
    values = {name: getattr(a_rule(0), name) for name in TriageRule.__slots__}
    problems = problems_of_rule(TriageRule(**{**values, **changes}))
    assert [each.field for each in problems] == [field]


def test_two_rules_of_one_name_are_a_problem_at_both() -> None:
    form = Form(triage_rules=(a_rule(0), a_rule(1, name="legal MATTERS ")))
    assert [(each.field, each.rule) for each in problems_of(form)] == [
        ("name", rule.id) for rule in form.triage_rules
    ]


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (Form(tone="x" * 501), "tone"),
        (Form(instructions="x" * 8_001), "instructions"),
        (Form(ignore_examples=tuple(map(str, range(201)))), "ignore_examples"),
    ],
)
def test_what_is_too_long_names_its_field(form: Form, field: str) -> None:
    (problem,) = problems_of(form)
    assert problem.field == field


def test_whole_day_is_lawful() -> None:
    hours = Hours(start=time(9), end=time(9), zone="Europe/Paris")
    assert not problems_of_rule(a_rule(0, conditions=Conditions(hours=hours)))


@pytest.mark.parametrize(
    ("conditions", "outcome", "sentence"),
    [
        (
            Conditions(keywords=("a", "b", "c")),
            Outcome.IGNORE,
            "When a message contains “a”, “b” or “c”, ignore it.",
        ),
        (
            Conditions(sentiment=Sentiment.NEGATIVE, labels=("vip",)),
            Outcome.ESCALATE,
            "When a message sounds negative and carries the label “vip”,"
            " hand it over to a person.",
        ),
        (
            Conditions(pattern=r"\d", languages=("fr", "en")),
            Outcome.AUTO_REPLY,
            "When a message matches the pattern “\\d” and is written in Français or"
            " English, answer it when an answer is on file.",
        ),
        (
            Conditions(keywords=("%1 %2", "100%1")),
            Outcome.IGNORE,
            "When a message contains “%1 %2” or “100%1”, ignore it.",
        ),
        (Conditions(), Outcome.IGNORE, "Nothing is asked of the message yet."),
    ],
)
def test_sentence_says_what_a_rule_does(
    conditions: Conditions, outcome: Outcome, sentence: str
) -> None:
    assert sentence_of(a_rule(0, conditions=conditions, outcome=outcome)) == sentence


def test_hours_are_said_within_and_outside() -> None:
    hours = Hours(start=time(9), end=time(18), days=(0, 1, 2, 3, 4))
    inside = a_rule(0, conditions=Conditions(hours=hours))
    outside = a_rule(0, conditions=Conditions(hours=replace(hours, outside=True)))
    assert conditions_of(inside).startswith("Arrives between")
    assert conditions_of(outside).startswith("Arrives outside")
    assert conditions_of(inside).endswith("on working days")


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ((0, 1, 2, 3, 4, 5, 6), "any day"),
        ((6, 5), "weekends"),
        ((2, 0), "Monday and Wednesday"),
    ],
)
def test_days_are_said_as_people_do(days: tuple[int, ...], words: str) -> None:
    assert day_words(days) == words


def test_curve_is_read_between_its_points_and_held_at_its_ends() -> None:
    points = a_curve().points
    inside = at_cost(points, 5)
    assert points[4].answered > inside.answered > points[5].answered
    assert at_cost(points, 4).answered == points[4].answered
    assert at_cost(points, 0.1).answered == points[0].answered
    assert at_cost(points, 900).answered == points[-1].answered


def test_summary_says_what_a_cost_means_for_a_hundred_messages() -> None:
    point = replace(
        a_curve().points[0], answered=0.62, escalated=0.38, expected_errors=1.25
    )
    assert summary_of(point, 412) == (
        "Of 100 messages like the last 412: 62 are answered by itself, 38 come to a person,"
        " and about 1.2 get a wrong answer."
    )


def test_steps_go_up_and_down_and_stop_at_the_ends() -> None:
    assert (step_from(4, 1), step_from(4, -1)) == (5, 3)
    assert (step_from(4.4, 1), step_from(4.4, -1)) == (5, 4)
    assert (step_from(500, 1), step_from(0.1, -1)) == (STEPS[-1], STEPS[0])
    assert STEPS[nearest_step(19)] == 20


def test_changes_are_counted_by_kind_most_first() -> None:
    answer, hand_over = Decision.RESPOND, Decision.ESCALATE
    changes: list[Change] = [
        a_change(0, answer, hand_over),
        a_change(1, hand_over, answer),
        a_change(2, hand_over, answer),
        a_change(3, answer, answer),
    ]
    told = [count_words(kind, count) for kind, count in counted(changes)]
    assert told == [
        "2 would be answered instead of handed over",
        "1 would be handed over instead of answered",
        "1 would get another reply",
    ]
    assert describe(row_of(changes[1])).endswith("Handed over, Answered")


def test_snapshot_of_another_version_gives_fewer_facts_and_no_error() -> None:
    row = a_decision(1, model=None, duration_ms=None)
    odd = {"likely": "high", "passages": 3, "timings_ms": [1], "objections": [{}]}
    detail = replace(a_detail(row), snapshot=odd)
    assert facts_of(detail) == [("Credits", "1")]
    assert timings_of(odd) == []


def test_timings_stand_longest_first_and_unknown_steps_keep_their_name() -> None:
    lines = timings_of({"timings_ms": {"rules": 0.4, "own_step": 1200.0}})
    assert lines == [("Own step", "1.2 s"), ("Going through the rules", "0.4 ms")]


def test_duration_is_said_in_the_unit_that_fits() -> None:
    words = [duration_words(ms) for ms in (0.36, 9.0, 41, 1500)]
    assert words == ["0.4 ms", "9 ms", "41 ms", "1.5 s"]


def test_languages_are_named_without_a_country() -> None:
    names = [language_name(code) for code in ("en", "es", "fr", "xx")]
    assert names == ["English", "Español", "Français", "xx"]


def test_refusal_speaks_for_itself_and_other_errors_in_our_words() -> None:
    assert refused_words(Refused("No.", "Do that.")) == "No. Do that."
    assert "database" in refused_words(DatabaseDown("Away."))


def test_fragments_are_parted_by_empty_lines() -> None:
    assert fragments_of("a\nb\n\n \n c \n") == ("a\nb", "c")
    assert fragments_of(" \n\n ") == ()
