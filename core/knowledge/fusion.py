"""Put the candidates of a search in one order, documents and FAQ entries together.

Each leg is stretched over the candidates to 0..1 and the three are added with fixed
weights. Ranks are never fused: where one leg is weak (the embedder speaks English best),
a sum of ranks lets it spoil the order, a sum of scores does not.
"""

from collections.abc import Sequence

from core.domain.ids import ChunkId, DocumentId, FaqId
from core.domain.knowledge import Passage
from core.knowledge.grams import gram_scores
from core.store.candidates import Candidate

WORDS, GRAMS, MEANING = 0.35, 0.35, 0.30


def ranked(question: str, candidates: Sequence[Candidate]) -> list[Passage]:
    """Return the candidates as passages, best first; the same input gives the same order.

    An entry's question is scored beside its answer and added, so that an entry asked in
    the customer's own words beats a document that mentions them.
    """
    grams = gram_scores(question, [candidate.text for candidate in candidates])
    question_grams = gram_scores(
        question, [" ".join(candidate.phrasings) for candidate in candidates]
    )
    words = _stretched([one.words + one.question_words for one in candidates])
    letters = _stretched([sum(pair) for pair in zip(grams, question_grams, strict=True)])
    meaning = _stretched([max(one.meaning, one.question_cosine) for one in candidates])
    passages = [
        _passage(one, words[at], letters[at], meaning[at])
        for at, one in enumerate(candidates)
    ]
    return sorted(passages, key=_order)


def _order(passage: Passage) -> tuple[float, str, int, str]:
    return (-passage.score, passage.title, passage.chunk_index or 0, passage.text)


def _stretched(scores: Sequence[float]) -> list[float]:
    """Map scores onto 0..1; when all are the same, they say all or nothing."""
    if not scores:
        return []
    low, high = min(scores), max(scores)
    if high == low:
        return [1.0 if high > 0 else 0.0] * len(scores)
    return [(score - low) / (high - low) for score in scores]


def _passage(one: Candidate, words: float, grams: float, meaning: float) -> Passage:
    is_entry = one.document_id is None
    return Passage(
        score=WORDS * words + GRAMS * grams + MEANING * meaning,
        text=one.text,
        title=one.title,
        name=one.name,
        lang_code=one.lang_code,
        document_id=None if one.document_id is None else DocumentId(one.document_id),
        chunk_id=None if is_entry else ChunkId(one.id),
        chunk_index=one.chunk_index,
        start_char=one.start_char,
        end_char=one.end_char,
        faq_id=FaqId(one.id) if is_entry else None,
        question=one.title if is_entry else None,
        words=words,
        grams=grams,
        meaning=meaning,
        cosine=max(one.cosine, one.question_cosine),
    )
