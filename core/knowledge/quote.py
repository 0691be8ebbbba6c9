"""Cut out of a passage the sentence or two that answer: the customer reads these words.

Purely extractive. A quote is always the source's own text from one place to another, so
that it can be checked against the document it names.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from operator import mul

from core.domain.knowledge import Passage
from core.knowledge.chunking import pieces, word_count
from core.knowledge.excerpt import (
    MOST_WORDS,
    NEARLY_AS_GOOD,
    announces,
    best_of,
    chosen,
    fits,
    is_listed,
    under,
)
from core.knowledge.grams import gram_scores
from core.knowledge.kinds import NAMED_BY_ASKING, asked_kinds, names, share_held
from core.knowledge.sentences import Span, sentences
from core.llm.base import Embedder

FACT = 1.5
"""What the fact that is asked for counts, beside 1 for letters and 1 for nearness."""
SAID = 0.3
"""What it counts that a sentence with the fact also says what it is: "the price is €45"."""
_BESIDE = -1.5
"""What it counts that something announces no such fact, where others hold one."""
AT_ONCE = 2
"""Sentences that are read at once, to know which others need not be: as many as the local
model reads side by side."""
MOST_NEAR = 0.9
"""Nearer no sentence of four development sets comes to what it was not copied from."""
NEARER = 0.25
"""By no more a sentence is nearer than the nearest piece it stands in: of 3,384 in these sets
one in two hundred is by .21, a thousandth by .34."""
MUCH = 0.5
"""A sentence is as near as its nearest part when so much of it has been compared by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """The words, and where they stand in the document's stored text (not for FAQ)."""

    text: str
    start_char: int | None
    end_char: int | None


async def quote(
    embedder: Embedder, passage: Passage, query: str, *, searched: str | None = None
) -> Quote:
    """Return the part of `passage` that answers `query` best.

    The answer of a FAQ entry was written to be read whole, and is, unless it is long.
    `searched` is what the passage was found with, if not with the query itself.

    Raises:
        ModelDown: the embedder does not answer.
    """
    spans = sentences(passage.text)
    is_short_entry = passage.faq_id is not None and word_count(passage.text) <= MOST_WORDS
    if len(spans) < 2 or is_short_entry:
        return _quote(passage, Span(0, len(passage.text)))
    texts = [span.of(passage.text) for span in spans]
    is_compared = searched in (None, query) and passage.embedder == embedder.name
    near = _nearness(passage, spans) if is_compared else [_UNKNOWN] * len(spans)
    scores = await _scores(embedder, query, texts, near)
    return _quote(passage, chosen(texts, spans, scores, query))


@dataclass(frozen=True, slots=True)
class _Near:
    """How near a sentence is, as far as that is known, and how near it may be."""

    known: float | None
    most: float


_UNKNOWN = _Near(None, MOST_NEAR)


def _nearness(passage: Passage, spans: Sequence[Span]) -> Sequence[_Near]:
    """Return how near each sentence is by what the search has compared with the question.

    Of 1,784 quotes in four sets five are other ones than if every sentence were read, and
    six in ten of the words that the quote waits for are not read.
    """
    cut = pieces(passage.text)
    if len(cut) != len(passage.pieces):  # another version cut it, or it was joined
        return [_UNKNOWN] * len(spans)
    compared = dict(zip(cut, passage.pieces, strict=True))
    return [_near(passage.text, compared, span) for span in spans]


def _near(text: str, compared: Mapping[Span, float], span: Span) -> _Near:
    around = [
        cosine
        for piece, cosine in compared.items()
        if piece.start < span.end and span.start < piece.end
    ]
    parts = {
        piece: cosine
        for piece, cosine in compared.items()
        if span.start <= piece.start and piece.end <= span.end
    }
    words = sum(word_count(part.of(text)) for part in parts)
    is_known = parts and words >= MUCH * word_count(span.of(text))
    return _Near(
        known=max(parts.values()) if is_known else None,
        most=min(MOST_NEAR, max(0.0, *around) + NEARER) if around else MOST_NEAR,
    )


async def _scores(
    embedder: Embedder, query: str, texts: Sequence[str], near: Sequence[_Near]
) -> list[float]:
    """Return how well each sentence answers: by letters, nearness and the fact asked for.

    Reading sentences is the dearest part of a decision. One that is known to be so `near`
    is not read; one that could not be chosen, nor join the chosen one, as near as it may
    be, is not read at all: only its letters count.
    """
    shared, facts = gram_scores(query, texts), _facts(query, texts)
    most = max(shared) or 1.0
    scores = [
        letters / most + fact + max(0.0, one.known or 0.0)
        for letters, fact, one in zip(shared, facts, near, strict=True)
    ]
    unread = {at for at, one in enumerate(near) if one.known is None}
    most_near = [one.most for one in near]
    while wanted := _worth_reading(unread, texts, scores, most_near):
        asked, *vectors = await embedder.embed([query, *(texts[at] for at in wanted)])
        for at, vector in zip(wanted, vectors, strict=True):
            scores[at] += max(0.0, _dot(asked, vector))
        unread.difference_update(wanted)
    return scores


def _worth_reading(
    unread: Collection[int],
    texts: Sequence[str],
    scores: Sequence[float],
    most_near: Sequence[float],
) -> Sequence[int]:
    """Return which sentences to read next, the most promising first."""
    worth = [
        at for at in unread if _may_matter(at, scores[at] + most_near[at], texts, scores)
    ]
    if len(unread) == len(texts) and worth == [best_of(scores)]:
        return []  # however near it is, no other comes up to it
    return sorted(worth, key=lambda at: (-scores[at], at))[:AT_ONCE]


def _facts(query: str, texts: Sequence[str]) -> list[float]:
    """Return what the facts that each sentence holds count, of those asked for.

    What announces something holds what it announces, but hours, addresses and numbers, which
    stand in a line of their own. Where others hold the facts, one that announces none of them
    is worth less than nothing, however well it names the subject.
    """
    kinds = asked_kinds(query)
    if not kinds:
        return [0.0] * len(texts)
    is_in_lines = bool(kinds & NAMED_BY_ASKING)
    told = [
        text if not announces(text) else "" if is_in_lines else " ".join(under(texts, at))
        for at, text in enumerate(texts)
    ]
    held = [share_held(kinds, text) for text in told]
    if not any(held):
        return held
    nothing = [_BESIDE if announces(text) else 0.0 for text in texts]
    return [
        FACT * fact + SAID * any(names(kind, text) for kind in kinds) if fact else least
        for fact, text, least in zip(held, told, nothing, strict=True)
    ]


def _may_matter(
    at: int, most: float, texts: Sequence[str], scores: Sequence[float]
) -> bool:
    """Tell whether a sentence of at `most` this score is the best, or good beside it."""
    best = best_of(scores)
    if most >= scores[best]:
        return True
    if most < NEARLY_AS_GOOD * scores[best]:
        return False
    is_beside = abs(at - best) == 1 and fits(texts[at], texts[best])
    return is_beside or (is_listed(texts[at]) and is_listed(texts[best]))


def _quote(passage: Passage, span: Span) -> Quote:
    offset = passage.start_char
    return Quote(
        text=span.of(passage.text),
        start_char=None if offset is None else offset + span.start,
        end_char=None if offset is None else offset + span.end,
    )


def _dot(one: Sequence[float], other: Sequence[float]) -> float:
    cosine: float = sum(map(mul, one, other))
    return cosine
