"""Measure how well the best passage answers a question, in numbers that can be weighed.

No single number decides. The cosine of an English-centred embedder is low for right
answers in French and high for wrong ones; a fused score is stretched over the candidates,
so that the best of a bad lot looks like the best of a good one. What tells most is
whether the question's own words are anywhere to be found: nobody who is asked about
capsules should answer from a passage that never mentions them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from core.assistant.kinds import asked_kinds, share_held
from core.assistant.words import Vocabulary, telling_words
from core.domain.knowledge import Passage
from core.knowledge.quote import is_heading


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What speaks for answering with the first passage; every number is 0..1."""

    cosine: float
    """Nearness in meaning, as the embedder sees it."""
    found: float
    """The part of the question's telling words in the passage; rare words count more."""
    told: float
    """How much of them there is, which grows with every rare word that was found."""
    unknown: float
    """The part of them that no retrieved passage has."""
    quoted: float
    """The part of them in the words that would be quoted, or in the FAQ's question."""
    subject: float
    """How much the question and the passage's heading, or the entry's own question, share."""
    margin: float
    """How far the next different source is behind."""
    weakest_leg: float
    """The lowest of words, letters and meaning: whether all three agree."""
    fitting: float
    """Whether the quote holds the kind of fact that is asked for, such as a price."""
    is_entry: float
    is_english: float
    cosine_in_english: float
    """The cosine again where the embedder is at home, 0 elsewhere."""


def measure(
    question: str, language: str, passages: Sequence[Passage], quote: str
) -> Evidence:
    """Return the evidence for answering `question` with `quote` from the first passage."""
    best = passages[0]
    is_english = float(language == "en")
    words = telling_words(question, language)
    everywhere = [Vocabulary(whole_text(passage)) for passage in passages]
    nearness = [[text.nearness(word) for text in everywhere] for word in words]
    rarity = [1.0 / max(1, sum(1 for near in row if near)) for row in nearness]
    told = sum(row[0] * rare for row, rare in zip(nearness, rarity, strict=True))
    quote_words = Vocabulary(f"{best.question or best.title} {quote}")
    return Evidence(
        cosine=_within(best.cosine),
        found=_weighted([row[0] for row in nearness], rarity),
        told=told / (1.0 + told),
        unknown=_weighted([1.0 - max(row) for row in nearness], rarity),
        quoted=_weighted([quote_words.nearness(word) for word in words], rarity),
        subject=_agreement(words, telling_words(_subject(best), language)),
        margin=_within(best.score - _next_source(passages)),
        weakest_leg=_within(min(best.words, best.grams, best.meaning)),
        fitting=share_held(asked_kinds(question), quote),
        is_entry=float(best.faq_id is not None),
        is_english=is_english,
        cosine_in_english=_within(best.cosine) * is_english,
    )


def whole_text(passage: Passage) -> str:
    """Return all the words a passage can be found by."""
    return f"{passage.title} {passage.question or ''} {passage.text}"


def same_source(one: Passage, other: Passage) -> bool:
    """Tell whether two passages come from the same document or the same entry."""
    return (one.document_id, one.faq_id) == (other.document_id, other.faq_id)


def _subject(passage: Passage) -> str:
    """Return what a passage says it is about: its entry's question, or its headings."""
    if passage.question:
        return passage.question
    lines = passage.text.splitlines()
    headings = takewhile(lambda line: not line.strip() or is_heading(line), lines)
    return f"{passage.title} {' '.join(headings)}"


def _agreement(asked: Sequence[str], said: Sequence[str]) -> float:
    """Return how much two sets of telling words say the same (the F-measure), 0..1."""
    there = Vocabulary(" ".join(said)).share_of(asked)
    back = Vocabulary(" ".join(asked)).share_of(said)
    return 2 * there * back / (there + back) if there + back else 0.0


def _next_source(passages: Sequence[Passage]) -> float:
    """Return the score of the best passage from elsewhere, in the same language."""
    best = passages[0]
    return next(
        (
            other.score
            for other in passages[1:]
            if not same_source(best, other) and other.lang_code == best.lang_code
        ),
        0.0,
    )


def _weighted(values: Sequence[float], weights: Sequence[float]) -> float:
    total = sum(weights)
    if not total:
        return 0.0
    return sum(v * w for v, w in zip(values, weights, strict=True)) / total


def _within(value: float) -> float:
    return min(1.0, max(0.0, value))
