"""What messages that are alike say of each other, and what they must not."""

import numpy as np
from numpy.typing import NDArray

from core.assistant.neighbours import MOST, Neighbours
from core.assistant.novelty import FEWEST_MESSAGES

Vectors = NDArray[np.float64]
WIDTH = 64
SURE = 6.0
"""Log-odds of a message whose novelty is plain, and scores of one that asks plainly."""
ENTRIES = 3


def test_a_message_among_clearly_known_ones_is_less_new() -> None:
    random = np.random.default_rng(1)
    known, new = _direction(random), _direction(random)
    neighbours = _told(random, known=known, new=new)
    assert neighbours.say(_near(random, known)) < -0.5


def test_a_message_among_new_ones_or_alone_is_as_new_as_before() -> None:
    random = np.random.default_rng(2)
    known, new = _direction(random), _direction(random)
    neighbours = _told(random, known=known, new=new)
    assert neighbours.say(_near(random, new)) == 0.0
    assert abs(neighbours.say(_direction(random).tolist())) < 0.05
    assert abs(neighbours.say([0.0] * WIDTH)) < 0.05


def test_the_message_itself_and_its_very_words_are_no_second_opinion() -> None:
    random = np.random.default_rng(3)
    asked = _direction(random)
    others = [_direction(random).tolist() for _ in range(FEWEST_MESSAGES)]
    neighbours = Neighbours(
        [*others, *[asked.tolist()] * 20],
        np.array([SURE] * FEWEST_MESSAGES + [-SURE] * 20),
        _direction(random)[None],
        0.5,
        _asked([0] * FEWEST_MESSAGES + [1] * 20),
    )
    alone = neighbours.suggest(_direction(random).tolist())
    assert np.allclose(neighbours.suggest(asked.tolist()), alone, atol=0.05)
    assert abs(neighbours.say(asked.tolist())) < 0.05


def test_no_crowd_of_neighbours_says_more_than_so_much() -> None:
    random = np.random.default_rng(4)
    known = _direction(random)
    crowd = [_near(random, known) for _ in range(1000)]
    nothing = _asked([0] * 1000)
    neighbours = Neighbours(crowd, np.full(1000, -40.0), known[None], 0.9, nothing)
    assert neighbours.say(_near(random, known)) == -MOST


def test_few_messages_say_nothing() -> None:
    random = np.random.default_rng(5)
    known = _direction(random)
    for count in (0, FEWEST_MESSAGES - 1):
        few = [_near(random, known) for _ in range(count)]
        nothing = _asked([0] * count)
        neighbours = Neighbours(few, np.full(count, -SURE), known[None], 0.3, nothing)
        assert neighbours.say(_near(random, known)) == 0.0
        assert neighbours.suggest(_near(random, known)) == 0.0


def test_a_message_leans_to_what_those_like_it_ask() -> None:
    random = np.random.default_rng(6)
    one, other = _direction(random), _direction(random)
    neighbours = _told(random, known=one, new=other)
    leaning = np.asarray(neighbours.suggest(_near(random, one)))
    assert leaning.shape == (ENTRIES,)
    assert leaning.argmax() == 0
    assert np.asarray(neighbours.suggest(_near(random, other))).argmax() == 1


def test_who_is_like_nobody_leans_nowhere() -> None:
    random = np.random.default_rng(7)
    neighbours = _told(random, known=_direction(random), new=_direction(random))
    leaning = np.asarray(neighbours.suggest(_direction(random).tolist()))
    assert leaning.max() - leaning.min() < 0.05


def _told(random: np.random.Generator, *, known: Vectors, new: Vectors) -> Neighbours:
    """Return neighbours of two kinds, half of which the FAQ, far from both, knows."""
    each = FEWEST_MESSAGES
    messages = [_near(random, one) for one in (known, new) for _ in range(each)]
    novelties = np.repeat([-SURE, SURE], each)
    asked = _asked([0] * each + [1] * each)
    return Neighbours(messages, novelties, _direction(random)[None], 0.5, asked)


def _asked(entries: list[int]) -> Vectors:
    """Return scores of messages that plainly ask these entries."""
    result: Vectors = SURE * np.eye(ENTRIES)[entries]
    return result


def _direction(random: np.random.Generator) -> Vectors:
    row = random.normal(size=WIDTH)
    result: Vectors = row / np.linalg.norm(row)
    return result


def _near(random: np.random.Generator, direction: Vectors) -> list[float]:
    row = direction + random.normal(scale=0.04, size=WIDTH)
    return [float(part) for part in row / np.linalg.norm(row)]
