"""What a question and a text share by their letters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.knowledge.asking import telling, tells, told
from core.knowledge.letters import BLOCK_WORDS, compared, folded


def bodies(told: str, *texts: str) -> list[float]:
    return [one.body for one in compared(told, texts, [()] * len(texts))]


def test_a_typo_or_a_missing_accent_still_shares_most_letters() -> None:
    right, wrong = bodies(
        "remboursment delai", "Délai de remboursement", "Horaires d'ouverture"
    )

    assert right > 2 * wrong


def test_the_whole_question_in_one_place_is_close_and_found() -> None:
    text = "Yes: the shop opens at nine on Monday, as ever."

    same, other = compared("shop opens at nine", [text, "Nothing of the kind."], [(), ()])

    assert same.close == pytest.approx(1.0)
    assert same.found == pytest.approx(1.0)
    assert other.close < 0.2
    assert other.found < 0.2


def test_words_in_the_order_of_the_question_are_closer() -> None:
    ordered, shuffled = compared(
        "red bike lock", ["the red bike lock", "the lock bike red"], [(), ()]
    )

    assert ordered.near > shuffled.near
    assert ordered.found == shuffled.found


def test_a_place_is_no_longer_than_two_blocks_of_words() -> None:
    filler = "word " * (2 * BLOCK_WORDS)

    near, far = compared(
        "crimson saddlebag",
        [f"crimson saddlebag {filler}", f"crimson {filler} saddlebag"],
        [(), ()],
    )

    assert near.close > far.close
    assert near.found == far.found


def test_two_places_in_different_texts_are_never_one() -> None:
    first, second, both = compared(
        "crimson saddlebag", ["a crimson", "saddlebag b", "crimson saddlebag"], [()] * 3
    )

    assert max(first.near, second.near) < both.near


def test_the_best_of_many_subjects_counts_and_not_their_sum() -> None:
    one = compared("red bike lock", ["It is here."], [("red bike lock",)])
    many = compared("red bike lock", ["It is here."], [("red", "bike", "lock")])

    assert one[0].close == pytest.approx(1.0)
    assert many[0].close < 0.6


def test_a_text_in_another_script_is_compared_too() -> None:
    right, wrong = bodies("часы работы", "Часы работы магазина", "Возврат товара")

    assert right > wrong


@given(
    told=st.text(max_size=30),
    texts=st.lists(st.text(max_size=60), min_size=1, max_size=5),
)
def test_shares_are_parts_of_what_was_asked(told: str, texts: list[str]) -> None:
    subjects = [tuple(texts[:at]) for at in range(len(texts))]

    found = compared(told, texts, subjects)

    assert len(found) == len(texts)
    assert all(0.0 <= one.close <= 1.0 + 1e-9 for one in found)
    assert all(0.0 <= one.found <= 1.0 + 1e-9 for one in found)
    assert all(min(one.body, one.subject, one.both, one.near) >= 0.0 for one in found)


def test_one_endless_token_is_compared_like_any_other() -> None:
    (long, other) = bodies("needle", "x" * 5000 + "needle", "nothing")

    assert long > other


def test_folding_keeps_words_between_single_spaces() -> None:
    assert folded("  Où est-ce,\n l'ÉTÉ ?") == " ou est ce l ete "
    assert folded("… \x00 !") == " "


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("How long do refunds take?", "do refunds take"),
        ("Is a long coffee dearer?", "is a long coffee dearer"),
        ("How many bikes do you rent?", "bikes do you rent"),
        ("Combien coûte l'expédition ?", "coute l expedition"),
        ("¿Cuánto cuesta y dónde?", "cuesta y"),
        ("Quand ?", "quand"),
    ],
)
def test_what_a_question_tells_is_left_when_the_asking_is_taken_out(
    question: str, left: str
) -> None:
    assert told(question) == left


def test_a_question_that_only_asks_tells_nothing() -> None:
    assert not tells("Combien ? Quand ?")
    assert not tells("Vous êtes où ?")
    assert not tells("Where are you?")
    assert not tells("…")
    assert tells("Combien coûte un vélo ?")


def test_everyday_words_are_not_what_a_question_is_about() -> None:
    assert telling("Do you sell red mugs?") == {"sell", "red", "mugs"}
    assert telling("do you have it") == {"do", "you", "have", "it"}


def test_only_telling_words_are_looked_for_one_by_one() -> None:
    texts, subjects = ["Do you sell coffee?", "Red mugs."], [(), ()]

    everyday, mug = compared("do you sell mugs", texts, subjects, telling={"mugs"})

    assert everyday.found == 0.0
    assert mug.found > 0.3


@given(st.text())
def test_letters_fold_alike_whatever_stands_beside_them(text: str) -> None:
    # A fraction or an emoji is taken apart first, and with it all that stands beside it.
    assert folded(f"{text} ½ 😀") == f"{folded(text).rstrip()} 1 2 "
    assert folded(f"ΑΣ {text}") == f" ασ {folded(text).lstrip()}"
