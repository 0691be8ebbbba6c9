"""Copies of phrasings that lack words."""

from itertools import pairwise

import pytest

from core.assistant.thinning import COPIES, thinned

PHRASING = "when will the coffee that I ordered on Monday leave your roastery by post"


def test_copies_lack_words_and_keep_the_order_of_the_others() -> None:
    copies = thinned(PHRASING)
    assert len(copies) == COPIES
    for copy in copies:
        places = [PHRASING.split().index(word) for word in copy.split()]
        assert all(one < next_one for one, next_one in pairwise(places))
        assert 0 < len(places) < len(PHRASING.split())


def test_the_same_phrasing_gives_the_same_copies() -> None:
    assert thinned(PHRASING) == thinned(PHRASING)
    assert len(set(thinned(PHRASING))) == COPIES


@pytest.mark.parametrize("text", ["", "   ", "hours", "営業時間は何時からですか", "\ud83d"])
def test_what_has_no_word_to_spare_has_no_copies(text: str) -> None:
    assert thinned(text) == ()


def test_about_a_fifth_of_the_words_goes() -> None:
    texts = [f"{PHRASING} number {at}" for at in range(200)]
    left = sum(len(copy.split()) for text in texts for copy in thinned(text))
    whole = sum(len(text.split()) for text in texts for _ in thinned(text))
    assert 0.75 < left / whole < 0.85
