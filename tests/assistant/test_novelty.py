"""What a FAQ knows nothing about: what is learnt of it, and how often it is asked."""

import numpy as np
import pytest
from numpy.typing import NDArray

from core.assistant.novelty import (
    FEWEST_MESSAGES,
    MOST_EXAMPLES,
    USUAL_SHARE,
    Novelty,
    unknown_share,
)

Vectors = NDArray[np.float64]
WIDTH = 64


def test_other_words_for_an_entry_are_less_new_than_what_no_entry_says() -> None:
    random = np.random.default_rng(1)
    entries, strangers = _topics(random, 12), _topics(random, 12)
    novelty = _learnt(random, entries, 6)
    known = novelty.of(_said(random, entries, 20).tolist())
    unknown = novelty.of(_said(random, strangers, 20).tolist())
    assert np.quantile(known, 0.9) < 0 < np.quantile(unknown, 0.1)


def test_a_left_out_phrasing_is_about_as_new_as_a_customers_words() -> None:
    random = np.random.default_rng(2)
    entries = _topics(random, 12)
    novelty = _learnt(random, entries, 6)
    asked = novelty.of(_said(random, entries, 20).tolist())
    left_out = list(novelty.left_out.values())
    assert len(left_out) == 12 * 6
    assert abs(np.median(left_out) - np.median(asked)) < 0.5 * np.std(asked) + 0.5
    assert novelty.found > 0.9


@pytest.mark.parametrize("share", [0.0, 0.1, 0.4, 0.8])
def test_how_often_the_unknown_is_asked_is_learnt_from_unlabelled_messages(
    share: float,
) -> None:
    random = np.random.default_rng(3)
    entries, strangers = _topics(random, 20), _topics(random, 20)
    novelty = _learnt(random, entries, 6)
    unknown = _said(random, strangers, 20)[: int(400 * share)]
    known = _said(random, entries, 20)[: 400 - len(unknown)]
    found = unknown_share(novelty.of([*known.tolist(), *unknown.tolist()]).tolist())
    assert found == pytest.approx(share, abs=0.06)


def test_few_messages_tell_nothing_and_no_number_of_them_is_certain() -> None:
    assert unknown_share([]) == USUAL_SHARE
    assert unknown_share([9.0] * (FEWEST_MESSAGES - 1)) == USUAL_SHARE
    assert 0.9 < unknown_share([40.0] * 1000) < 1.0
    assert 0.0 < unknown_share([-40.0] * 1000) < 0.01


def test_messages_that_nothing_answered_are_no_longer_new() -> None:
    random = np.random.default_rng(4)
    entries, strangers = _topics(random, 12), _topics(random, 4)
    vectors = np.concatenate([_said(random, entries, 6), _said(random, strangers, 6)])
    labels = [at // 6 for at in range(len(vectors))]
    taught = Novelty(vectors.tolist(), labels, 12)
    later = _said(random, strangers, 10).tolist()
    assert taught.of(later).mean() < _learnt(random, entries, 6).of(later).mean() - 2


@pytest.mark.parametrize(
    ("entries", "phrasings"), [(1, 1), (1, 5), (2, 1), (3, 2), (80, 20)]
)
def test_any_size_of_faq_can_be_learnt(entries: int, phrasings: int) -> None:
    random = np.random.default_rng(5)
    topics = _topics(random, entries)
    novelty = _learnt(random, topics, phrasings)
    asked = [*_said(random, topics, 2).tolist(), [0.0] * WIDTH]
    assert np.isfinite(novelty.of(asked)).all()
    assert 0.0 < novelty.found < 1.0
    assert len(novelty.left_out) == min(MOST_EXAMPLES, entries * phrasings)
    assert len(novelty.of([])) == 0


def test_entries_asked_in_the_very_same_words_do_no_harm() -> None:
    random = np.random.default_rng(6)
    (topic,) = _topics(random, 1)
    novelty = Novelty([topic.tolist()] * 6, [0, 0, 1, 1, 2, 2], 3)
    assert np.isfinite(list(novelty.left_out.values())).all()
    assert np.isfinite(novelty.of([topic.tolist()])).all()


def _topics(random: np.random.Generator, count: int) -> Vectors:
    rows = random.normal(size=(count, WIDTH))
    result: Vectors = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return result


def _said(random: np.random.Generator, topics: Vectors, ways: int) -> Vectors:
    """Return `ways` ways to say each topic, topic by topic."""
    rows = np.repeat(topics, ways, axis=0)
    rows = rows + random.normal(scale=0.08, size=rows.shape)
    result: Vectors = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return result


def _learnt(random: np.random.Generator, topics: Vectors, ways: int) -> Novelty:
    labels = [at // ways for at in range(len(topics) * ways)]
    return Novelty(_said(random, topics, ways).tolist(), labels, len(topics))
