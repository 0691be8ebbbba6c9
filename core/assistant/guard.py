"""Check a reply against the words it stands on, whoever wrote it.

A reply that is quoted word for word always passes `objections`. What a language model
wrote is held against much more: it may be wrong, or in the hands of whoever wrote to us.
What no honest model would write is a `danger` and goes to a person; what is merely not in
the words it quotes is `ungrounded`.
"""

import re
from collections.abc import Sequence

from core.assistant import fence, grounding, links, orders
from core.assistant.draft import GREETINGS, as_prose
from core.assistant.words import Vocabulary, telling_words
from core.domain.decision import Citation
from core.domain.knowledge import Passage
from core.knowledge.language import unaccented
from core.knowledge.sentences import Span, sentences
from core.llm.pii import holds_token
from core.llm.prompt_files import prompt

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

MOST_CHARS = 2_000
"""What a customer is sent at once, at most."""
_MARKUP = re.compile(
    r"<\s*[/!?]?\s*[a-zA-Z]|&(?:#\w+|[a-zA-Z]{2,8});|!\[|\]\s*[(\[]|\[[^\]]*\]:|```"
    r"|^\s*#{1,6}\s|\*\*|__|\x1b",
    re.MULTILINE,
)
_SHINGLE = 8
"""So many words in a row of our instructions are no coincidence."""
_WORDS = re.compile(r"[^\W_]+")


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


def dangers(
    body: str, passages: Sequence[Passage], allowed_links: Sequence[str]
) -> list[str]:
    """Return what no honest model would write, in words for a colleague."""
    found = []
    if len(body) > MOST_CHARS:
        found.append(f"The reply is longer than {MOST_CHARS} characters.")
    sources = [passage.text for passage in passages]
    read = body[: 2 * MOST_CHARS]
    if _MARKUP.search(read):
        found.append("The reply holds markup.")
    if fence.holds_mark(read) or _repeats_instructions(read, sources):
        found.append("The reply repeats its instructions.")
    if holds_token(read):
        found.append("The reply holds a placeholder for hidden data.")
    if links.unknown_links(read, sources, allowed_links):
        # Not repeated here: a colleague could follow it.
        found.append("The reply holds a link or an address that no source holds.")
    return found


def ungrounded(
    body: str, citations: Sequence[Citation], passages: Sequence[Passage], language: str
) -> list[str]:
    """Return what of a written reply its quotes do not hold, in words for a colleague."""
    invented = _invented_quotes(citations, passages)
    if invented:
        return invented
    ordered = orders.objections(citations, passages)
    if ordered:
        return ordered
    quotes = [
        as_prose(_in_whole_sentences(passage, citation))
        for citation in citations
        for passage in passages
        if _holds(passage, citation)
    ]
    return grounding.ungrounded(body, quotes, language)


def _in_whole_sentences(passage: Passage, citation: Citation) -> str:
    """Return the sentences that quoted words stand in: half of one may say the opposite."""
    if citation.start_char is None or passage.start_char is None:
        start = passage.text.find(citation.quote)
    else:
        start = citation.start_char - passage.start_char
    end = start + len(citation.quote)
    touched = [
        span for span in sentences(passage.text) if span.start < end and start < span.end
    ]
    if not touched:
        return citation.quote
    return Span(touched[0].start, touched[-1].end).of(passage.text)


def _repeats_instructions(body: str, sources: Sequence[str]) -> bool:
    own = _shingles(prompt("reply").template.template)
    own |= _shingles(prompt("triage").template.template)
    quoted = _shingles(" ".join(sources))
    return bool((_shingles(body) & own) - quoted)


def _shingles(text: str) -> set[tuple[str, ...]]:
    words = _WORDS.findall(unaccented(text))
    return {tuple(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1)}
