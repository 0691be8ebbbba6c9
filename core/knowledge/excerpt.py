"""Choose what to quote once every sentence of a passage has its score.

Sentences are of one text in its order, and are named by their place in it.
"""

import re
from collections.abc import Sequence
from itertools import accumulate, takewhile

from core.knowledge.asking import telling
from core.knowledge.chunking import is_item, is_row, reads_like_title, word_count
from core.knowledge.grams import gram_share
from core.knowledge.opening import is_timetable
from core.knowledge.sentences import Span

MOST_WORDS = 60
"""What a customer reads in one breath; a list is quoted up to here."""
NEARLY_AS_GOOD = 0.75
"""A neighbour of the best sentence joins it from this share of its score on."""
FEWEST_ITEMS = 3
"""So many items of a list that answer alike are quoted together."""
FEWEST_LINES = 2
"""The same for lines of a timetable."""
SAME_WORD = 0.6
"""Words that have so much of their letters in common are forms of the same."""

_HEADING = re.compile(r"#{1,6}\s")
_UNDERLINE = re.compile(r"[=\-|: ]+$")


def chosen(
    texts: Sequence[str], spans: Sequence[Span], scores: Sequence[float], query: str
) -> Span:
    """Return the best sentence with what belongs to it.

    A row of a table is quoted with its table, an item of a list with those that answer
    alike. A heading or a line that ends in a colon only announces the answer: what follows
    it is quoted. Otherwise the better neighbour joins when it answers nearly as well, or
    else the next sentence when it goes on about the same.
    """
    first, last = _answer(texts, scores, query)
    return Span(spans[first].start, spans[last].end)


def _answer(texts: Sequence[str], scores: Sequence[float], query: str) -> tuple[int, int]:
    """Return the first and last sentence to quote."""
    best = best_of(scores)
    if is_row(texts[best]):
        # A row says little without the one that names its columns.
        return _around(texts, best, [is_row(text) for text in texts])
    if announces(texts[best]) and best + 1 < len(texts):
        return _below(texts, best)
    good = [score >= NEARLY_AS_GOOD * scores[best] for score in scores]
    alike = [is_listed(text) and ok for text, ok in zip(texts, good, strict=True)]
    first, last = _around(texts, best, alike)
    if last - first + 1 >= (FEWEST_LINES if is_timetable(texts[best]) else FEWEST_ITEMS):
        return first, last
    near = [
        at
        for at in (best - 1, best + 1)
        if 0 <= at < len(texts) and good[at] and fits(texts[at], texts[best])
    ]
    also = max(near, key=lambda at: (scores[at], at), default=best)
    if also == best and _goes_on(query, texts, best):
        also = best + 1
    return min(best, also), max(best, also)


def _goes_on(query: str, texts: Sequence[str], best: int) -> bool:
    """Tell whether the next sentence has all words of the question that the best one has.

    "We take book tokens" is half an answer without "No bank cheques".
    """
    after = texts[best + 1] if best + 1 < len(texts) else ""
    held = [word for word in telling(query) if _has(texts[best], word)]
    return (
        bool(held and after)
        and fits(after, texts[best])
        and not announces(after)
        and all(_has(after, word) for word in held)
    )


def _has(text: str, word: str) -> bool:
    """Tell whether a text has a word, whatever its ending."""
    return gram_share(word, text) >= SAME_WORD


def best_of(scores: Sequence[float]) -> int:
    """Return the place of the best sentence, the first of equals."""
    return max(range(len(scores)), key=lambda at: (scores[at], -at))


def _around(texts: Sequence[str], best: int, belongs: Sequence[bool]) -> tuple[int, int]:
    """Return the first and last of those that belong together around the best.

    It stands alone if it does not belong, or if together they are too long.
    """
    first = last = best
    while belongs[best] and first > 0 and belongs[first - 1]:
        first -= 1
    while belongs[best] and last + 1 < len(texts) and belongs[last + 1]:
        last += 1
    words = sum(map(word_count, texts[first : last + 1]))
    return (first, last) if words <= MOST_WORDS else (best, best)


def fits(beside: str, best: str) -> bool:
    """Tell whether a sentence can be quoted together with the best one."""
    is_short = word_count(beside) + word_count(best) <= MOST_WORDS
    return is_short and not is_heading(beside) and not is_row(beside)


def is_heading(text: str) -> bool:
    """Tell whether a sentence is a heading or the line under one."""
    return bool(_HEADING.match(text) or _UNDERLINE.match(text) or reads_like_title(text))


def is_listed(text: str) -> bool:
    """Tell whether a sentence is an item of a list, or a line of a timetable."""
    return is_item(text) or is_timetable(text)


def announces(text: str) -> bool:
    """Tell whether a sentence only announces what comes after it."""
    return is_heading(text) or text.rstrip("*_ ").endswith(":")


def under(texts: Sequence[str], at: int) -> Sequence[str]:
    """Return the sentences that one announces, as many as are quoted with it."""
    first, last = _below(texts, at)
    return texts[first : last + 1]


def _below(texts: Sequence[str], best: int) -> tuple[int, int]:
    """Return the first and last sentence to quote for one that announces them."""
    first = best
    while is_heading(texts[first]) and first + 1 < len(texts):
        first += 1
    rest = takewhile(lambda text: not is_heading(text), texts[first:])
    totals = accumulate(map(word_count, rest))
    fitting = sum(1 for total in totals if total <= MOST_WORDS)
    return first, first + max(1, fitting) - 1
