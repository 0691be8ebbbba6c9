"""Check a reply against the words it stands on, whoever wrote it.

A reply that is quoted word for word always passes. The guard is for everything else that
may one day write replies: a price, a date or a link that no source holds must never reach
a customer, however sure the writer sounds.
"""

import re
from collections.abc import Sequence

from core.assistant import orders
from core.assistant.draft import GREETINGS, as_prose
from core.assistant.words import Vocabulary, telling_words
from core.domain.decision import Citation
from core.domain.knowledge import Passage
from core.knowledge.language import unaccented
from core.knowledge.sentences import sentences

SUPPORTED = 0.75
"""The part of a sentence's telling words that one quote must hold."""

_NUMBER = r"\d+(?:[ .,:]\d+)*"
_HARD_FACTS = re.compile(
    r"https?://[^\s<>\"')\]]+|\bwww\.[^\s<>\"')\]]+|\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?<!\w)\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|net|org|io|fr|eu|shop|app|example)\b(?:/\S*)?"
    rf"|(?:\+|00)?{_NUMBER}(?:\s?(?:%|€|\$|£|h\b|[ap]m\b|kg\b|g\b|km\b))?"
)
"""What must stand in a quote to the letter: links, addresses, and every number."""
_SPACES = re.compile(r"\s+")
_TRAILING = ".,;:!?"


def objections(
    reply: str, citations: Sequence[Citation], passages: Sequence[Passage], language: str
) -> list[str]:
    """Return what is wrong with a reply, in words for a colleague; empty when nothing is."""
    body = without_greeting(reply)
    quotes = [_plain(as_prose(citation.quote)) for citation in citations]
    return [
        *_invented_quotes(citations, passages),
        *orders.objections(citations, passages),
        *_unquoted_facts(body, quotes),
        *_unsupported(body, quotes, language),
    ]


def without_greeting(reply: str) -> str:
    """Return a reply without the frame `draft` gives it."""
    for pattern in GREETINGS.values():
        opening = re.escape(pattern).replace(r"\{name\}", r"[^\W\d_]+(?:[-'’][^\W\d_]+)?")
        found = re.match(rf"{opening},\n", reply)
        if found:
            return reply[found.end() :]
    return reply


def _invented_quotes(
    citations: Sequence[Citation], passages: Sequence[Passage]
) -> list[str]:
    if not citations:
        return ["The reply names no source."]
    return [
        f"“{citation.title}” does not hold the words quoted from it."
        for citation in citations
        if not any(_holds(passage, citation) for passage in passages)
    ]


def _holds(passage: Passage, citation: Citation) -> bool:
    source = (passage.document_id, passage.faq_id)
    if source != (citation.document_id, citation.faq_id):
        return False
    if citation.start_char is None or passage.start_char is None:
        return bool(citation.quote) and citation.quote in passage.text
    start = citation.start_char - passage.start_char
    return start >= 0 and passage.text.startswith(citation.quote, start)


def _unquoted_facts(body: str, quotes: Sequence[str]) -> list[str]:
    said = hard_facts(_plain(body))
    held = {fact for quote in quotes for fact in hard_facts(quote)}
    return [f"No source says “{fact}”." for fact in said if fact not in held]


def hard_facts(text: str) -> list[str]:
    """Return the links, addresses and numbers of a text, as they must be repeated."""
    found = (match.group().rstrip(_TRAILING) for match in _HARD_FACTS.finditer(text))
    return list(dict.fromkeys(_SPACES.sub("", fact) for fact in found if fact))


def _unsupported(body: str, quotes: Sequence[str], language: str) -> list[str]:
    vocabularies = [Vocabulary(quote) for quote in quotes]
    return [
        f"No source supports: “{words[:120]}”"
        for words in (span.of(body) for span in sentences(body))
        if not _is_supported(words, quotes, vocabularies, language)
    ]


def _is_supported(
    sentence: str, quotes: Sequence[str], vocabularies: Sequence[Vocabulary], language: str
) -> bool:
    plain = _plain(sentence)
    if any(plain in quote for quote in quotes):
        return True
    words = telling_words(sentence, language)
    return bool(words) and any(
        vocabulary.share_of(words) >= SUPPORTED for vocabulary in vocabularies
    )


def _plain(text: str) -> str:
    return _SPACES.sub(" ", unaccented(text)).strip()
