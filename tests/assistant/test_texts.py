"""The small readers and writers: cleaning, words, greetings and notes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.assistant import cleaning, draft, handover
from core.assistant.triage import Sort
from core.assistant.words import Vocabulary, likeness, telling_words
from core.domain.knowledge import Passage
from tests.assistant.cases import chunk


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = cleaning.visible(text)
    assert cleaning.visible(once) == once


def test_hidden_characters_are_taken_out_and_visible_ones_stay() -> None:
    assert cleaning.visible("a\u200bb\u202ec\U000e0041d\x1b[31me\x00f\ufeff") == "abcdef"
    assert cleaning.visible("  Ça va ?\tمرحبا  ") == "Ça va ? مرحبا"
    assert cleaning.visible("👩\u200d🍳") == "👩\u200d🍳"


def test_what_is_too_long_is_cut_across_fragments() -> None:
    kept, is_cut = cleaning.bounded(["a" * 20_000, "b" * 20_000, "c"])
    assert is_cut
    assert sum(map(len, kept)) == cleaning.MOST_CHARS
    assert cleaning.bounded(["short"]) == (["short"], False)


def test_only_words_that_say_what_is_asked_are_telling() -> None:
    assert telling_words("Bonjour, est-ce que vous avez du café du Yémen ?", "fr") == [
        "cafe", "yemen",
    ]  # fmt: skip


def test_where_no_word_is_telling_those_that_ask_for_a_fact_are() -> None:
    assert telling_words("Quels sont vos horaires ?", "fr") == ["horaires"]
    assert telling_words("Quels sont les horaires du kiosque ?", "fr") == ["kiosque"]
    assert telling_words("Bonjour, merci beaucoup", "fr") == []


@pytest.mark.parametrize(
    ("one", "other"),
    [("abonnement", "abonnements"), ("somthing", "something"), ("roasted", "roasting")],
)
def test_words_of_one_stem_are_alike(one: str, other: str) -> None:
    assert Vocabulary(other).nearness(one) > 0.5


@pytest.mark.parametrize(
    ("one", "other"), [("compostable", "commande"), ("14", "140"), ("tea", "team")]
)
def test_words_that_only_begin_alike_are_not(one: str, other: str) -> None:
    assert Vocabulary(other).nearness(one) <= 0.6
    assert likeness(one, other) < 1


@pytest.mark.parametrize(
    ("name", "opening"),
    [
        ("Léa Martin", "Bonjour Léa,\n"),
        ("Jean-Paul", "Bonjour Jean-Paul,\n"),
        ("lea.martin", ""),
        ("+33 6 12 34 56 78", ""),
        ("https://evil.example", ""),
        ("", ""),
    ],
)
def test_only_a_first_name_is_greeted_by(name: str, opening: str) -> None:
    assert draft.greeting("fr", name) == opening


def test_quotes_lose_the_marks_of_their_file() -> None:
    assert draft.as_prose("- Monday: **closed** all day.") == "Monday: closed all day."
    assert draft.as_prose("## Hours\n\nOpen\ndaily.") == "Open daily."
    assert draft.as_prose("- a\n- b") == "- a\n- b"


def test_a_quoted_table_is_told_row_by_row() -> None:
    table = "| Bike | Per day | Per week |\n|---|:--|---|\n| City | €18 | €79 |\n| Cargo | | €210 |"
    told = "- City: Per day €18, Per week €79\n- Cargo: Per week €210"
    assert draft.as_prose(table) == told
    assert draft.as_prose(f"Prices:\n\n{table}") == f"Prices:\n\n{told}"
    assert draft.as_prose("| Cargo | €45 | €210 |") == "Cargo: €45, €210"
    assert draft.as_prose("||") == ""
    assert draft.as_prose("a | b") == "a | b"


def test_a_note_is_short_and_says_what_was_found() -> None:
    note = handover.unanswered("x " * 900, "en", chunk("Dogs " * 200), is_near=True)
    wants, found, check = note.splitlines()
    assert len(wants) < 320
    assert found.startswith("Found: Handbook")
    assert check.startswith("To check")


def test_a_note_tells_what_was_found_without_the_marks_of_its_file() -> None:
    page = chunk("# Returns\n\n## By post\n\n**Fourteen** days\nafter delivery.")
    assert "“Fourteen days after delivery.”" in _note(page)
    assert "“# Returns”" in _note(chunk("# Returns"))


def _note(passage: Passage) -> str:
    return handover.unanswered("May I?", "en", passage, is_near=True)


@pytest.mark.parametrize("sort", [Sort.COMPLAINT, Sort.WANTS_HUMAN, Sort.NEEDS_EYES])
def test_other_languages_get_an_english_note(sort: Sort) -> None:
    assert handover.of_sort(sort, "hola", "es") == handover.of_sort(sort, "hola", "en")
    assert handover.of_sort(sort, "hola", "fr") != handover.of_sort(sort, "hola", "en")
