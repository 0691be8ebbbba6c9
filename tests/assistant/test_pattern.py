"""Patterns find what regular expressions find, and never hang."""

import re
from contextlib import suppress
from hashlib import shake_128
from time import perf_counter

import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from core.assistant import pattern, pattern_syntax
from core.assistant.pattern import Pattern, compiled
from core.domain.errors import Refused

ATOMS = [
    "a", "b", "1", " ", ".", "\\d", "\\w", "\\s", "\\W", "\\D", "\\S",
    "[ab]", "[^a]", "[a-c1]", "[^\\d]", "\\b", "^", "$", "\\.", "_",
]  # fmt: skip
COUNTS = ["*", "+", "?", "{2}", "{1,3}", "{2,}", "*?", "+?"]

patterns = st.recursive(
    st.sampled_from(ATOMS),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map(lambda pair: f"(?:{pair[0]}|{pair[1]})"),
        st.tuples(inner, st.sampled_from(COUNTS)).map(lambda pair: f"({pair[0]}){pair[1]}"),
    ),
    max_leaves=8,
)
texts = st.text("ab1 _.\nc", max_size=12)


@settings(max_examples=1000, suppress_health_check=[HealthCheck.filter_too_much])
@given(patterns, texts)
def test_what_is_found_is_what_regular_expressions_find(typed: str, text: str) -> None:
    try:
        machine = Pattern(pattern_syntax.parsed(typed))
    except Refused:
        reject()
    assert machine.is_in(text) is bool(re.search(typed, text, re.MULTILINE))


@pytest.mark.parametrize(
    ("typed", "text", "found"),
    [
        (r"order #?\d{4,}", "About Order 48213, please", True),
        (r"order #?\d{4,}", "about order 12", False),
        (r"\bremboursé(e|s)?\b", "je veux être REMBOURSÉ", True),
        (r"\brembourse\b", "Remboursé !", True),
        (r"^stop$", "Bonjour\nSTOP\nmerci", True),
        (r"^stop$", "don't stop", False),
        (r"[A-Z]{2}\d+", "ab12", True),
        (r"(?i)casino", "CASINO", True),
        (r"prix|price", "What is the Price?", True),
        (r"\(refund\)", "a (Refund) for me", True),
        (r"[\]a]", "]", True),
        (r"[]]", "x]", True),
        (r"10\s?%", "10 % de remise", True),
        (r"[^a-z]{3}", "a123", True),
    ],
)
def test_case_and_accents_do_not_matter(typed: str, text: str, *, found: bool) -> None:
    assert compiled(typed).is_in(text) is found


@pytest.mark.parametrize(
    "typed",
    [
        r"(\w+\s?)+!",
        r"(a+)+$b",
        r"(a|aa)+c",
        r"(a|a)*c",
        r"(x+x+)+y",
        r"(.*a){20}z",
        r"([a-z]+)*\d",
        r"(a?){60}a{60}c",
        r"(a|b)*a(a|b){75}c",
    ],
)
def test_what_hangs_elsewhere_ends_here(typed: str) -> None:
    """Python's `re` would need longer than the universe for the first of these."""
    mixed = "".join("ab"[byte % 2] for byte in shake_128(b"mixed").digest(20_000))
    started = perf_counter()
    for text in ("a" * 20_000, "ab" * 10_000, "abba" * 5_000, mixed):
        assert compiled(typed).is_in(text) is False
    assert perf_counter() - started < 5


@settings(max_examples=200, deadline=5000)
@given(st.text(max_size=60), st.text(max_size=300))
def test_anything_typed_is_searched_or_refused(typed: str, text: str) -> None:
    with suppress(Refused):
        compiled(typed).is_in(text)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("a*", "matches nothing at all"),
        ("", "matches nothing at all"),
        ("x|", "matches nothing at all"),
        ("(a", "opens a “\\(”"),
        ("a)", "closes a “\\)”"),
        ("*a", "repeats nothing with “\\*”"),
        ("a{x}", "“{” without a count"),
        ("a{5,2}", "ends before it starts"),
        ("a{1000}", "more than 100 times"),
        ("a**", "two repetitions in a row"),
        ("^*", "repeats a place"),
        (r"(a)\1", "“\\\\1”, which is not possible"),
        (r"\Aa", "“\\\\A”, which is not possible"),
        ("(?=a)", "looks around or names a group"),
        ("(?<!a)b", "looks around or names a group"),
        ("(?P<n>a)", "looks around or names a group"),
        ("[z-a]", "a range “z-a”"),
        ("[a", "ends too early"),
        ("a\\", "ends too early"),
        ("x" * 201, "longer than 200"),
        ("((a{50}){50}){50}", "too large"),
        ("(" * 30 + "a" + ")" * 30, "too many brackets"),
    ],
)
def test_what_cannot_be_searched_is_refused_with_a_reason(typed: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        compiled(typed)


def test_a_message_is_searched_up_to_a_limit() -> None:
    assert compiled("needle").is_in("x" * (pattern.READ_CHARS - 6) + "needle")
    assert not compiled("needle").is_in("x" * pattern.READ_CHARS + "needle")
