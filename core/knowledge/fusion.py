"""Put the candidates of a search in one order, documents and FAQ entries together.

Each leg is stretched over the candidates to 0..1 and they are added with fixed weights.
Ranks are never fused: where one leg is weak (the embedder speaks English best), a sum of
ranks lets it spoil the order, a sum of scores does not.

The legs: `words` in common, wherever they stand; the `letters` of words, which survive
typos and endings; the letters in one `place` of the text, which tell a passage that speaks
of the question from one that mentions its words here and there; and the `meaning`. A source
of which several passages come near gets a little more for each of them: it is probably
about the matter.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from core.domain.ids import ChunkId, DocumentId, FaqId
from core.domain.knowledge import Passage
from core.knowledge.asking import telling, told
from core.knowledge.letters import Shared, compared
from core.knowledge.likelihood import Look, likelihoods
from core.llm.pivot import PivotEmbedder
from core.store.candidates import Candidate


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """How much each leg counts; they add up to one."""

    words: float
    letters: float
    place: float
    meaning: float


USUAL = Weights(words=0.20, letters=0.28, place=0.30, meaning=0.22)
"""Near the best of each development set; tests/bench/_fit_ranking.py fits them anew."""
TRANSLATED = Weights(words=0.10, letters=0.25, place=0.25, meaning=0.40)
"""With a language pack the meaning can be trusted in every language."""
QUESTION = 0.55
"""How much the question of an entry counts beside its answer."""
KINDRED = 0.15
"""How much of the score of the best other passage of its source a passage gets."""
ALONE = 0.6
"""A source with one passage is taken to have another, this much as good."""
_DIGITS = 4
"""Of the cosines that are kept: as many as 16 bits hold."""


@dataclass(frozen=True, slots=True)
class Legs:
    """A candidate with its legs, each stretched to 0..1, and what it shares in letters."""

    candidate: Candidate
    shared: Shared
    words: float
    letters: float
    place: float
    meaning: float

    @property
    def sum(self) -> float:
        """Return the weighted sum of the legs, 0..1."""
        weights = _weights(self.candidate.embedder)
        return (
            weights.words * self.words
            + weights.letters * self.letters
            + weights.place * self.place
            + weights.meaning * self.meaning
        )


def ranked(
    question: str, candidates: Sequence[Candidate], most: int | None = None
) -> list[Passage]:
    """Return the candidates as passages, best first; the same input gives the same order.

    At most so many, but all are weighed against each other.
    """
    rows = legs_of(question, candidates)
    found = sorted(
        zip(rows, fused(rows), strict=True),
        key=lambda pair: _order(pair[0].candidate, pair[1]),
    )
    likely = likelihoods([look_at(row, score) for row, score in found])
    return [
        _passage(row, score, chance)
        for (row, score), chance in zip(found[:most], likely[:most], strict=True)
    ]


def legs_of(question: str, candidates: Sequence[Candidate]) -> list[Legs]:
    """Return the candidates with their legs.

    An entry is judged by its question and its answer: asked in nearly the customer's words
    it beats a document that mentions them, and a word in common with one of many questions
    does not push it in front of the document that answers.
    """
    shared = compared(
        told(question),
        [one.text for one in candidates],
        [one.phrasings or (_subject(one),) for one in candidates],
        telling=telling(question),
    )
    legs = zip(
        candidates,
        shared,
        _stretched([_of_both(one, one.words, one.question_words) for one in candidates]),
        _stretched(
            [
                _of_both(candidate, one.body, one.subject)
                if _is_entry(candidate)
                else one.both
                for candidate, one in zip(candidates, shared, strict=True)
            ]
        ),
        _stretched([one.near for one in shared]),
        _stretched([_of_both(one, one.meaning, one.question_cosine) for one in candidates]),
        strict=True,
    )
    return [Legs(*leg) for leg in legs]


def fused(rows: Sequence[Legs]) -> list[float]:
    """Return the score of each candidate, 0..1 among them."""
    sums = [row.sum for row in rows]
    kindred = _kindred([row.candidate for row in rows], sums)
    return [
        (one + KINDRED * other) / (1 + KINDRED)
        for one, other in zip(sums, kindred, strict=True)
    ]


def look_at(row: Legs, score: float) -> Look:
    """Return what a candidate is weighed by, to say how likely it answers."""
    one = row.candidate
    return Look(
        source=one.title,
        score=score,
        cosine=_nearest(one),
        close=row.shared.close,
        found=row.shared.found,
        lang_code=one.lang_code,
    )


def _weights(embedder: str) -> Weights:
    return TRANSLATED if embedder == PivotEmbedder.name else USUAL


def _is_entry(one: Candidate) -> bool:
    return one.document_id is None


def _subject(one: Candidate) -> str:
    """Return what a chunk is about: its document's title and the headings above it."""
    return f"{one.title} {one.heading}"


def _nearest(one: Candidate) -> float:
    """Return the highest cosine of any of its texts."""
    return max(one.cosine, one.question_cosine)


def _of_both(one: Candidate, text: float, question: float) -> float:
    """Return the score of a candidate from those of its fields; a chunk has only one."""
    return (1 - QUESTION) * text + QUESTION * question if _is_entry(one) else text


def _kindred(candidates: Sequence[Candidate], sums: Sequence[float]) -> list[float]:
    """Return for each candidate the sum of the best other one of its source."""
    best: dict[str, list[float]] = {}
    for one, total in zip(candidates, sums, strict=True):
        if not _is_entry(one):
            best[one.title] = sorted([*best.get(one.title, []), total])[-2:]
    return [
        _best_other(total, [] if _is_entry(one) else best[one.title])
        for one, total in zip(candidates, sums, strict=True)
    ]


def _best_other(total: float, best: Sequence[float]) -> float:
    """Return the higher of the two best sums of a source that is not `total` itself."""
    if len(best) < 2:
        return ALONE * total
    return best[0] if total == best[1] else best[1]


def _order(one: Candidate, score: float) -> tuple[float, str, int, str]:
    return (-score, one.title, one.chunk_index or 0, one.text)


def _stretched(scores: Sequence[float]) -> list[float]:
    """Map scores onto 0..1; when all are the same, they say all or nothing."""
    if not scores:
        return []
    low, high = min(scores), max(scores)
    if high == low:
        return [1.0 if high > 0 else 0.0] * len(scores)
    return [(score - low) / (high - low) for score in scores]


def _passage(row: Legs, score: float, likely: float) -> Passage:
    one = row.candidate
    return Passage(
        score=score,
        text=one.text,
        title=one.title,
        name=one.name,
        lang_code=one.lang_code,
        document_id=None if one.document_id is None else DocumentId(one.document_id),
        chunk_id=None if _is_entry(one) else ChunkId(one.id),
        chunk_index=one.chunk_index,
        start_char=one.start_char,
        end_char=one.end_char,
        gap=one.gap,
        page=one.page,
        heading=one.heading,
        faq_id=FaqId(one.id) if _is_entry(one) else None,
        question=one.title if _is_entry(one) else None,
        phrasings=len(one.phrasings),
        words=row.words,
        grams=row.letters,
        place=row.place,
        meaning=row.meaning,
        cosine=_nearest(one),
        likely=likely,
        embedder=one.embedder,
        pieces=tuple(round(cosine, _DIGITS) for cosine in one.piece_cosines),
    )
