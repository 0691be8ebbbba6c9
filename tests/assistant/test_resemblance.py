"""The classifier under all of it: what it promises of any examples, however odd."""

from dataclasses import replace

import numpy as np
import pytest

from core.assistant import looks, regression, written
from core.assistant.letters import COLUMNS, Letters
from core.assistant.resemblance import Example, Resemblance, Tuning
from core.assistant.seeds import Seeds
from core.assistant.written import Kind
from core.llm.base import Embedder
from tests.assistant.cases import LetterEmbedder

TUNING = Tuning(letters=0.2, marks=0.2, ridge=0.02)


def test_examples_of_one_class_only_always_give_that_class() -> None:
    model = Resemblance([_example("a", 0), _example("b", 0)], 1, TUNING)
    assert np.exp(regression.log_shares(model.scores(["x"], [[1.0, 0.0]]))) == 1.0


def test_identical_examples_of_two_classes_are_a_tie() -> None:
    model = Resemblance([_example("same", 0), _example("same", 1)], 2, TUNING)
    (row,) = model.scores(["same"], [[1.0, 0.0]])
    assert row[0] == pytest.approx(row[1], abs=1e-6)


def test_vectors_without_direction_and_texts_without_words_are_taken() -> None:
    examples = [
        Example(text="", vector=[0.0, 0.0], label=0),
        Example(text="🙂", vector=[0.0, 0.0], label=1),
    ]
    scores = Resemblance(examples, 2, TUNING).scores(["", "a" * 100_000], [[0.0, 0.0]] * 2)
    assert np.isfinite(scores).all()


def test_more_examples_than_landmarks_are_all_learnt_from() -> None:
    random = np.random.default_rng(1)
    examples = [
        Example(
            text=f"word{at % 2}",
            vector=(random.normal(size=8) + 2 * (at % 2)).tolist(),
            label=at % 2,
        )
        for at in range(1500)
    ]
    model = Resemblance(examples, 2, TUNING)
    scores = model.scores([one.text for one in examples], [one.vector for one in examples])
    right = scores.argmax(axis=1) == [one.label for one in examples]
    assert right.mean() > 0.95


def test_regression_agrees_with_newton_where_there_are_two_classes() -> None:
    random = np.random.default_rng(2)
    rows = random.normal(size=(60, 3))
    right = (rows[:, 0] + random.normal(size=60) > 0).astype(float)
    found = regression.classes(
        rows, np.stack([1 - right, right], axis=1), np.ones(60), ridge=2.0, steps=100
    )
    # Two columns share the ridge of one: their difference has half of it.
    newton = regression.yes_or_no(rows, right, np.full(3, 1.0), np.zeros(3))
    assert found[:, 1] - found[:, 0] == pytest.approx(newton, abs=1e-3)


def test_least_squares_agree_with_the_normal_equations() -> None:
    random = np.random.default_rng(3)
    rows, targets = random.normal(size=(40, 3)), random.normal(size=(40, 2))
    weights = random.uniform(0.5, 2.0, size=40)
    found = regression.squares(rows, targets, weights, ridge=0.1)
    slope = rows.T @ (weights[:, None] * (rows @ found - targets)) + 0.1 * found
    assert np.abs(slope).max() < 1e-9


def test_a_second_opinion_is_added_to_the_first() -> None:
    examples = [_example("open", 0), _example("refund", 1)]
    (one,) = Resemblance(examples, 2, TUNING).scores(["open"], [[1.0, 0.0]])
    (both,) = Resemblance(examples, 2, replace(TUNING, second=5.0)).scores(
        ["open"], [[1.0, 0.0]]
    )
    assert both[0] - both[1] > one[0] - one[1] > 0


def test_letters_survive_a_typing_error() -> None:
    letters = Letters(["when does delivery arrive", "opening hours"])
    right, wrong, other = letters.rows(["delivery time", "delivrey time", "a red umbrella"])
    assert right @ wrong > 0.3 > right @ other
    assert letters.rows([""]).shape == (1, COLUMNS)
    assert not letters.rows(["", "  ?! "]).any()


@pytest.mark.parametrize("text", ["", "   ", "A" * 100_000, "\x00", "£££!!! 99999 WIN"])
def test_looks_are_numbers_about_one(text: str) -> None:
    assert all(0.0 <= mark <= 2.0 for mark in looks.marks(text))


def test_our_examples_are_many_different_and_of_each_kind() -> None:
    ours = written.examples()
    assert len({one.text for one in ours}) == len(ours)
    for kind in Kind:
        assert sum(one.kind is kind for one in ours) >= 50


async def test_owners_examples_of_what_a_person_answers_are_learnt(
    embedder: Embedder,
) -> None:
    seeds = Seeds(embedder)
    own = (("Ma machine à café fuit", "My coffee machine is leaking"), ())
    said = "hello, my coffee machine leaks"
    before = sum((await seeds.leaning(said)).values())
    after = sum((await seeds.leaning(said, own)).values())
    assert after > 0.2 > before


async def test_questions_of_a_faq_make_their_like_ordinary(embedder: Embedder) -> None:
    seeds = Seeds(embedder)
    questions = (
        "How do I cancel my subscription?",
        "My refund has not arrived, what can I do?",
        "What does it cost to cancel an order?",
        "How can I change my address?",
    )
    said = "i still havent got my refund for the order"
    before = sum((await seeds.leaning(said)).values())
    after = sum((await seeds.leaning(said, questions=questions)).values())
    assert after < before


async def test_an_entry_about_reaching_a_person_hides_no_wish_for_one(
    embedder: Embedder,
) -> None:
    seeds = Seeds(embedder)
    questions = ("I want to talk to a human", "How can I reach a person of your team?")
    for said in ("let me speak to a real person please", "connect me with an employee"):
        leaning = await seeds.leaning(said, questions=questions)
        assert sum(leaning.values()) > 0.5


@pytest.mark.parametrize("text", ["", "?", "z" * 100_000])
async def test_any_message_leans_somewhere_between_never_and_always(text: str) -> None:
    leaning = await Seeds(LetterEmbedder()).leaning(text, (("", ""), ("x" * 100_000,)))
    assert 0.0 <= sum(leaning.values()) <= 1.0


def _example(text: str, label: int) -> Example:
    return Example(text=text, vector=[1.0, 0.0], label=label)
