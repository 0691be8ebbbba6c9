"""Order the passages again by how well each suits the question, one by one.

The search compares passages with each other, over thousands; here a handful is left, and
each can be asked what the search cannot: does it have the rare words of the question, is
it *about* them, does it hold the kind of fact that is wanted? On held-out questions this
brings the right source first in every fourth case where the search did not.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from core.assistant.words import Vocabulary, telling_words, wanted
from core.domain.knowledge import Passage
from core.knowledge.excerpt import is_heading
from core.knowledge.kinds import NAMED_BY_ASKING, asked_kinds, share_held

FOUND, SUBJECT, HELD, MEANING = 0.3, 0.5, 0.3, 0.6
"""Weights beside the search's own score; chosen on the calibration questions."""
STATED = 1.0
"""What a fact counts that pages state without naming it: the search can only miss it."""
LIKE = 0.05
"""By no more than this, which of two addresses or timetables comes first is chance."""
_ALL = 1.0 + FOUND + SUBJECT + HELD + MEANING


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A passage with what was learnt about it; every number is 0..1.

    Only `suitability` may pass 1, where a fact counts what `STATED` says.
    `nearness` says for each telling word of the question how near the passage comes to it.
    """

    passage: Passage
    nearness: tuple[float, ...]
    found: float
    subject: float
    suitability: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """The candidates for a question, best first, and the question's telling words.

    `rarity` is the weight of each word: what few candidates have tells more.
    """

    words: tuple[str, ...]
    rarity: tuple[float, ...]
    candidates: tuple[Candidate, ...]


def ordered(question: str, language: str, passages: Sequence[Passage]) -> Field:
    """Return the passages as candidates, the most suitable first."""
    words = tuple(wanted(question, language))
    told = telling_words(question, language)
    texts = [Vocabulary(_whole_text(passage)) for passage in passages]
    nearness = [tuple(text.nearness(word) for word in words) for text in texts]
    spread = [sum(1 for row in nearness if row[at]) for at in range(len(words))]
    rarity = tuple(1.0 / max(1, count) for count in spread)
    kinds = asked_kinds(question)
    weight = STATED if kinds & NAMED_BY_ASKING else HELD
    candidates = []
    for passage, near in zip(passages, nearness, strict=True):
        found = weighted(near, rarity)
        subject = _agreement(told, telling_words(subject_of(passage), language))
        total = (
            passage.score
            + FOUND * found
            + SUBJECT * subject
            + weight * share_held(kinds, passage.text)
            + MEANING * max(0.0, passage.cosine)
        )
        candidates.append(
            Candidate(
                passage=passage,
                nearness=near,
                found=found,
                subject=subject,
                suitability=total / _ALL,
            )
        )
    candidates.sort(key=lambda one: -one.suitability)
    if candidates and kinds & NAMED_BY_ASKING:
        candidates = _main_first(candidates)
    return Field(words=words, rarity=rarity, candidates=tuple(candidates))


def _main_first(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates with the first of two like ones of a document in front.

    A house with a shop and a kiosk names the shop first, and means it by "our address".
    """
    best = candidates[0]
    like = [
        one
        for one in candidates
        if one.passage.document_id == best.passage.document_id
        and one.suitability >= best.suitability - LIKE
    ]
    first = min(like, key=lambda one: one.passage.chunk_index or 0)
    return [first, *(one for one in candidates if one is not first)]


def weighted(values: Sequence[float], weights: Sequence[float]) -> float:
    """Return the weighted mean; 0 when there is nothing to weigh."""
    total = sum(weights)
    if not total:
        return 0.0
    return sum(v * w for v, w in zip(values, weights, strict=True)) / total


def subject_of(passage: Passage) -> str:
    """Return what a passage says it is about: its entry's question, or its headings."""
    if passage.question:
        return passage.question
    lines = passage.text.splitlines()
    headings = takewhile(lambda line: not line.strip() or is_heading(line), lines)
    return f"{passage.title} {' '.join(headings)}"


def _whole_text(passage: Passage) -> str:
    return "\n".join((passage.title, passage.question or "", passage.text))


def _agreement(asked: Sequence[str], said: Sequence[str]) -> float:
    """Return how much two sets of telling words say the same (the F-measure), 0..1."""
    there = Vocabulary(" ".join(said)).share_of(asked)
    back = Vocabulary(" ".join(asked)).share_of(said)
    return 2 * there * back / (there + back) if there + back else 0.0
