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

    An entry is judged by its question and its answer, half and half: asked in nearly the
    customer's words it beats a document that mentions them, and a word in common with one
    of many questions does not push it in front of the document that answers.
    """
    texts = gram_scores(question, [one.text for one in candidates])
    asked = _best_phrasings(question, candidates)
    letters = [
        _of_both(one, text, best)
        for one, text, best in zip(candidates, texts, asked, strict=True)
    ]
    words = [_of_both(one, one.words, one.question_words) for one in candidates]
    meaning = [_of_both(one, one.meaning, one.question_cosine) for one in candidates]
    legs = zip(
        candidates, _stretched(words), _stretched(letters), _stretched(meaning), strict=True
    )
    return sorted((_passage(*leg) for leg in legs), key=_order)


def _of_both(one: Candidate, text: float, question: float) -> float:
    """Return the score of a candidate from those of its fields; a chunk has only one."""
    return text if one.document_id is not None else (text + question) / 2


def _best_phrasings(question: str, candidates: Sequence[Candidate]) -> list[float]:
    """Return for every candidate the gram score of the phrasing nearest to the question."""
    phrasings = [text for one in candidates for text in one.phrasings]
    scores = iter(gram_scores(question, phrasings))
    return [max((next(scores) for _ in one.phrasings), default=0.0) for one in candidates]


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
        phrasings=len(one.phrasings) if is_entry else 0,
        words=words,
        grams=grams,
        meaning=meaning,
        cosine=max(one.cosine, one.question_cosine),
    )
