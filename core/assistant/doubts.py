"""Tell why a person should look at a reply before it goes, however likely it is right.

What is told here is seen in the words: of the question, the quote, and the rest of the page.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import ge
from typing import Any

from core.assistant import run
from core.assistant.answering import FEWEST_PHRASINGS
from core.assistant.lexicon import AFTER_THEIR_OWN, ASKS_TO_BUY, FOR_SALE
from core.assistant.names import called_by_name
from core.assistant.reading import Reading
from core.assistant.suitability import subject_of
from core.assistant.words import Vocabulary, telling_words
from core.knowledge.chunking import is_row
from core.knowledge.kinds import Kind, asked_kinds, share_held
from core.knowledge.language import straightened, unaccented
from core.knowledge.sentences import sentences

UNKNOWN_FROM = 0.4
"""So much of what was asked in nothing we know makes a reply doubtful."""
DIFFER = frozenset({Kind.PRICE, Kind.SPAN})
"""Kinds of fact that are other ones for another place or product."""
SURE_ANYWAY = 0.95
"""So sure, a reply may go by itself though part of what was asked is in nothing we know."""
SURE_OF_NO_FACT = 0.98
"""The same where no kind of fact was asked for that the reply could be seen to hold."""


def why_looked_at(
    drafted: Mapping[str, Any], passages: Sequence[Mapping[str, Any]], read: Reading
) -> str:
    """Return why a person looks before the reply goes, empty where nobody needs to."""
    if _is_thinly_phrased(drafted["passage"]):
        return "The entry knows too few ways to ask."
    if _is_off_hand(drafted, read.said):
        return "It mentions the matter, but maybe not what is wanted."
    told = _told(drafted, passages, read)
    if told is not None and (_is_of_one_case(told, read) or _is_one_of_several(told, read)):
        return "It may hold for another case than the one meant."
    if _lacks_the_fact(drafted):
        return "It does not state the fact that is asked for."
    if _asks_for_more(drafted):
        return "Part of the question is in nothing known."
    return ""


def _is_thinly_phrased(passage: Mapping[str, Any]) -> bool:
    """Return whether a FAQ entry is known in too few ways to be recognised with certainty.

    Such an entry is only ever suggested, never sent by itself. With one phrasing no method
    reaches a tenth of the questions at 95 % precision; with five, half of them (BANKING77,
    held out).
    """
    return passage["faq_id"] is not None and passage["phrasings"] < FEWEST_PHRASINGS


def _is_off_hand(drafted: Mapping[str, Any], said: str) -> bool:
    """Return whether a page mentions the matter, but not what the customer wants of it.

    "Where is my order?" is not answered by how long orders take, nor "do you sell helmets?"
    by helmets that come with a hire. An owner who wrote an entry for just that question has
    said what to answer.
    """
    folded = straightened(said)
    quoted = straightened(" ".join(one["quote"] for one in drafted["citations"]))
    is_unsold = ASKS_TO_BUY.search(folded) and not FOR_SALE.search(quoted)
    is_theirs = AFTER_THEIR_OWN.search(folded)
    return drafted["passage"]["faq_id"] is None and bool(is_unsold or is_theirs)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """The facts asked for that may be other ones in another case, and where they are told."""

    kinds: frozenset[Kind]
    quotes: Sequence[str]
    best: Mapping[str, Any]
    page: Sequence[Mapping[str, Any]]


def _told(
    drafted: Mapping[str, Any], passages: Sequence[Mapping[str, Any]], read: Reading
) -> _Told | None:
    """Return what a page tells that differs from case to case; None if that is not asked."""
    best, kinds = drafted["passage"], asked_kinds(read.said) & DIFFER
    if not kinds or best["faq_id"] is not None:
        return None
    return _Told(
        kinds=kinds,
        quotes=[one["quote"] for one in drafted["citations"]],
        best=best,
        page=[one for one in passages if one["document_id"] == best["document_id"]],
    )


def _is_of_one_case(told: _Told, read: Reading) -> bool:
    """Return whether a reply speaks of one case by name where a page tells several apart.

    "How long does shipping take?" finds how long it takes to Switzerland; other sections
    have other countries. Who named none of them has to be asked, or told all.
    """
    said = unaccented(read.said)
    names = [
        name
        for sentence in _sentences(told.quotes)
        if share_held(told.kinds, sentence) and not is_row(sentence)
        for name in called_by_name(sentence, told.best["lang_code"])
    ]
    if not names or any(name in said for name in names):
        return False
    return any(
        one["chunk_index"] != told.best["chunk_index"]
        and share_held(told.kinds, one["text"])
        for one in told.page
    )


def _is_one_of_several(told: _Told, read: Reading) -> bool:
    """Return whether the page has another such fact, and says as much of what was asked there.

    "How much is a workshop?" finds what one of two workshops costs.
    """
    words = telling_words(read.said, read.language)
    facts = " ".join(_with_facts(told.kinds, told.quotes))
    here = _nearness(words, told.best, facts)
    return any(here) and any(
        all(map(ge, _nearness(words, one, sentence), here))
        for one in told.page
        for sentence in _with_facts(told.kinds, [one["text"]])
        if not any(sentence in quoted for quoted in told.quotes)
    )


def _sentences(texts: Sequence[str]) -> list[str]:
    return [span.of(text) for text in texts for span in sentences(text)]


def _with_facts(kinds: frozenset[Kind], texts: Sequence[str]) -> list[str]:
    """Return the sentences of texts that hold all these kinds of fact."""
    return [one for one in _sentences(texts) if share_held(kinds, one) >= 1]


def _nearness(
    words: Sequence[str], passage: Mapping[str, Any], sentence: str
) -> list[float]:
    """Return how near a sentence, under its passage's headings, comes to each word."""
    vocabulary = Vocabulary(f"{subject_of(run.passage(passage))}\n{sentence}")
    return [vocabulary.nearness(word) for word in words]


def _lacks_the_fact(drafted: Mapping[str, Any]) -> bool:
    """Return whether the kind of fact that is asked for is not in the quote.

    "What is your address?" finds that there are two. Only where all else is overwhelming
    may such an answer go by itself.
    """
    seen = drafted["evidence"]
    lacks = seen["asks_fact"] and not seen["fitting"]
    return bool(lacks and drafted["confidence"] < SURE_ANYWAY)


def _asks_for_more(drafted: Mapping[str, Any]) -> bool:
    """Return whether much of what was asked is in nothing we know.

    "Can we hire the whole café for a birthday?" finds the birthday coffee. The same
    exception holds, a closer one where no fact can be seen to be there.
    """
    seen = drafted["evidence"]
    enough = SURE_ANYWAY if seen["asks_fact"] else SURE_OF_NO_FACT
    return bool(seen["unknown"] >= UNKNOWN_FROM and drafted["confidence"] < enough)
