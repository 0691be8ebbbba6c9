"""How likely a passage answers, from what is known of the best ones."""

from dataclasses import replace

import pytest

from core.domain.knowledge import Passage
from core.knowledge.likelihood import WEIGHTS, Look, evidence, likelihoods
from core.knowledge.support import ANSWERS, NEAR, answers, is_near

SURE = Look(source="Refunds", score=0.9, cosine=0.7, close=0.9, found=0.95, lang_code="en")
VAGUE = replace(SURE, source="Weather", score=0.4, cosine=0.15, close=0.1, found=0.1)


def test_a_passage_that_shares_the_question_answers_and_a_vague_one_does_not() -> None:
    (sure, _) = likelihoods([SURE, VAGUE])
    (vague,) = likelihoods([replace(VAGUE, score=1.0)])

    assert sure >= ANSWERS
    assert vague < NEAR


def test_likelihood_falls_with_the_score() -> None:
    found = likelihoods([SURE, replace(SURE, score=0.7), VAGUE, replace(VAGUE, score=0.1)])

    assert found == sorted(found, reverse=True)
    assert len(set(found)) == len(found)


def test_a_rival_from_the_same_source_takes_nothing_away() -> None:
    rival = replace(SURE, source="Prices", score=0.89)

    same_source = likelihoods([SURE, replace(SURE, score=0.89), VAGUE])[0]
    other_source = likelihoods([SURE, rival, VAGUE])[0]

    assert same_source > other_source


@pytest.mark.parametrize(
    "less",
    [
        replace(SURE, cosine=SURE.cosine - 0.3),
        replace(SURE, close=SURE.close - 0.3),
        replace(SURE, found=SURE.found - 0.3),
    ],
)
def test_more_in_common_is_more_likely(less: Look) -> None:
    assert likelihoods([less, VAGUE])[0] < likelihoods([SURE, VAGUE])[0]


def test_the_evidence_has_a_weight_for_each_name() -> None:
    assert evidence([SURE]).keys() == WEIGHTS.keys()


def test_nothing_found_has_no_likelihood() -> None:
    assert likelihoods([]) == []


def test_a_sure_passage_answers_only_a_question_that_tells_something() -> None:
    passage = Passage(
        score=1.0, text="40 €", title="Prices", name="p.md", lang_code="en", likely=0.99
    )

    assert answers(passage, "how much is a repair?")
    assert not answers(passage, "how much?")
    assert not answers(replace(passage, likely=ANSWERS - 0.01), "how much is a repair?")
    assert is_near(replace(passage, likely=NEAR))
    assert not is_near(replace(passage, likely=NEAR / 2))
