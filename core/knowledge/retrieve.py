"""Find the passages of the knowledge base that answer a question.

Words and meaning are looked up together in one round trip; the letters of words and the
final order are worked out here, on some hundred candidates. A caller first understands
the question, which asks the embedder, and opens its transaction only to have it answered.
"""

from collections.abc import Sequence
from dataclasses import replace

from core.domain.errors import Unavailable
from core.domain.knowledge import Passage
from core.knowledge.asking import told
from core.knowledge.fusion import ranked
from core.knowledge.language import CERTAIN, guess, without_everyday_words
from core.knowledge.neighbours import joined
from core.llm.base import Embedder
from core.store import candidates
from core.store.candidates import AskedVector, Candidate, Question
from core.store.pool import Unit

EACH = 80
"""How many candidates each leg may put forward."""
SPARE = 5
"""Among so many times as many as are wanted, neighbours are looked for that belong together."""
READ_CHARS = 600
"""A question is looked up by its beginning: nobody needs 5,000 characters to ask."""


async def understood(
    embedders: Sequence[Embedder],
    query: str,
    *,
    lang: str | None,
    within: str | None = None,
) -> Question | None:
    """Return what to look up for a query; None when it has neither letters nor digits.

    `lang` is the language of the query where the caller knows it; otherwise it is detected.
    `within` keeps to texts of one language. Every embedder is asked, because the inbox may
    still be searched by another than the one this process is set to; one that is away is
    done without as long as another answers.

    Raises:
        ModelDown: no embedder answers.
    """
    text = query.replace("\x00", " ").strip()[:READ_CHARS]
    if not any(char.isalnum() for char in text):
        return None
    words = told(text)
    code, telling = _language(text, words, lang)
    return Question(
        text=text,
        told=words,
        telling=telling,
        lang_code=code,
        vectors=await _vectors(embedders, text),
        within=within,
    )


async def _vectors(embedders: Sequence[Embedder], text: str) -> tuple[AskedVector, ...]:
    found: list[AskedVector] = []
    away: Unavailable | None = None
    for embedder in embedders:
        try:
            (vector,) = await embedder.embed([text])
        except Unavailable as error:
            away = error
        else:
            found.append(AskedVector(embedder=embedder.name, vector=vector))
    if away is not None and not found:
        raise away
    return tuple(found)


async def answering(
    unit: Unit, question: Question, *, k: int, languages: Sequence[str] = ()
) -> list[Passage]:
    """Return the `k` best passages, documents and FAQ entries in one order.

    The best there is, near or not: `support` tells the difference. Where `languages` are
    named, texts of others are not looked at; the database weighs the words of each language
    by themselves, so that what several of them put forward can be put in one order.
    """
    asked = [replace(question, within=code) for code in dict.fromkeys(languages)]
    found: list[Candidate] = []
    for one in asked or [question]:
        near = await candidates.find(unit, one, each=EACH)
        # Languages without a dictionary of their own share one among the words.
        found += [text for text in near if one.within in (None, text.lang_code)]
    return joined(ranked(question.text, found, SPARE * k))[:k]


def _language(text: str, words: str, lang: str | None) -> tuple[str, str]:
    """Return the language and the words to look up in texts of other languages.

    Everyday words are only dropped when the language is certain: "die" is an article in
    one language and a word that matters in another.
    """
    if lang is not None:
        return lang, without_everyday_words(words, lang)
    seen = guess(text)
    if seen.confidence < CERTAIN:
        return seen.code, words
    return seen.code, without_everyday_words(words, seen.code)
