"""Which rule a message falls under: the first whose conditions all hold, and no other."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, time
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.assistant.matching_rules import (
    Asked,
    first_match,
    held,
    sentiment_of,
)
from core.domain.rule import Conditions, Hours, Outcome, Sentiment, TriageRule

MONDAY_NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
ASKED = Asked(
    text="Bonjour, je veux être remboursé de la commande 48213 !",
    platform="instagram",
    language="fr",
    sentiment=Sentiment.NEUTRAL,
    labels=frozenset({"vip", "fidele"}),
    at=MONDAY_NOON,
)
MORNING = Hours(start=time(8), end=time(11))


def rule(name: str = "r", outcome: Outcome = Outcome.IGNORE, **asked: object) -> TriageRule:
    """Return a rule with some conditions."""
    conditions = Conditions(**asked)  # type: ignore[arg-type]
    return TriageRule(id=uuid4(), name=name, conditions=conditions, outcome=outcome)


@pytest.mark.parametrize(
    ("conditions", "because"),
    [
        (Conditions(platforms=("x", "instagram")), ("instagram",)),
        (Conditions(platforms=("x",)), None),
        (Conditions(keywords=("livraison", "REMBOURSE")), ("“REMBOURSE”",)),
        (Conditions(keywords=("commande 48213",)), ("“commande 48213”",)),
        (Conditions(keywords=("command",)), None),
        (Conditions(keywords=("rembours",)), None),
        (Conditions(pattern=r"commande \d{5}\b"), ("its pattern",)),
        (Conditions(pattern=r"^\d+$"), None),
        (Conditions(pattern="(a"), None),
        (Conditions(languages=("en", "fr")), ("fr",)),
        (Conditions(languages=("en",)), None),
        (Conditions(sentiment=Sentiment.NEUTRAL), ("neutral",)),
        (Conditions(sentiment=Sentiment.NEGATIVE), None),
        (Conditions(labels=("Grossiste", "Fidèle")), ("label “Fidèle”",)),
        (Conditions(labels=("Grossiste",)), None),
        (Conditions(hours=MORNING), None),
        (Conditions(hours=replace(MORNING, outside=True)), ("outside 08:00 to 11:00",)),
        (Conditions(), None),
        (
            Conditions(platforms=("instagram",), keywords=("remboursé",)),
            ("instagram", "“remboursé”"),
        ),
        (Conditions(platforms=("instagram",), keywords=("merci",)), None),
    ],
)
def test_all_conditions_of_a_rule_must_hold(
    conditions: Conditions, because: tuple[str, ...] | None
) -> None:
    assert held(conditions, ASKED) == because


def test_without_a_moment_no_hours_hold() -> None:
    unknown = replace(ASKED, at=None)
    assert held(Conditions(hours=MORNING), unknown) is None
    assert held(Conditions(hours=replace(MORNING, outside=True)), unknown) is None


@pytest.mark.parametrize(
    ("keyword", "text", "found"),
    [
        ("C++", "I wrote it in c++, mostly", True),
        ("#promo", "#PROMO now", True),
        ("l'addition", "L’addition, svp", True),
        ("gift  card", "a gift\ncard", True),
        ("art", "party", False),
        ("café", "le cafe est bon", True),
        ("a.b", "axb", False),
    ],
)
def test_a_keyword_is_a_whole_word_as_written(
    keyword: str, text: str, *, found: bool
) -> None:
    asked = replace(ASKED, text=text)
    assert (held(Conditions(keywords=(keyword,)), asked) is not None) is found


@pytest.mark.parametrize(
    ("said", "tone"),
    [
        ("This is unacceptable, I want my money back", Sentiment.NEGATIVE),
        ("Je suis très déçu", Sentiment.NEGATIVE),
        ("Merci beaucoup, à bientôt !", Sentiment.POSITIVE),
        ("Thanks, but when do you open?", Sentiment.NEUTRAL),
        ("Do you have decaf?", Sentiment.NEUTRAL),
        ("", Sentiment.NEUTRAL),
    ],
)
def test_the_tone_is_read_from_anger_and_courtesy(said: str, tone: Sentiment) -> None:
    assert sentiment_of(said) is tone


YES, NO = Conditions(platforms=("instagram",)), Conditions(platforms=("x",))
lists = st.lists(
    st.builds(
        TriageRule,
        id=st.uuids(),
        name=st.text(min_size=1, max_size=5),
        conditions=st.sampled_from([YES, NO, Conditions()]),
        outcome=st.sampled_from(Outcome),
        enabled=st.booleans(),
    ),
    max_size=8,
)


@given(lists)
def test_the_first_rule_in_use_that_holds_decides(rules: Sequence[TriageRule]) -> None:
    found = first_match(rules, ASKED)
    expected = next((one for one in rules if one.enabled and one.conditions == YES), None)
    assert (found.rule if found else None) == expected


@given(lists, lists)
def test_what_stands_behind_a_match_changes_nothing(
    first: list[TriageRule], behind: list[TriageRule]
) -> None:
    found = first_match(first, ASKED)
    if found is not None:
        assert first_match([*first, *behind], ASKED) == found
    else:
        assert first_match([*first, *behind], ASKED) == first_match(behind, ASKED)
