"""Find the passages of the knowledge base that answer a question.

Words and meaning are looked up together in one round trip; the letters of words and the
final order are worked out here, on some hundred candidates. A caller first understands
the question, which asks the embedder, and opens its transaction only to have it answered.
"""

from core.domain.knowledge import Passage
from core.knowledge.fusion import ranked
from core.knowledge.language import CERTAIN, guess, without_everyday_words
from core.llm.base import Embedder
from core.store import candidates
from core.store.candidates import Question
from core.store.pool import Unit

EACH = 50
"""How many candidates each leg may put forward."""
READ_CHARS = 600
"""A question is looked up by its beginning: nobody needs 5,000 characters to ask."""


async def understood(
    embedder: Embedder, query: str, *, lang: str | None
) -> Question | None:
    """Return what to look up for a query; None when it has neither letters nor digits.

    `lang` is the language of the query where the caller knows it; otherwise it is detected.

    Raises:
        ModelDown: the embedder does not answer.
    """
    text = query.replace("\x00", " ").strip()[:READ_CHARS]
    if not any(char.isalnum() for char in text):
        return None
    (vector,) = await embedder.embed([text])
    code, telling = _language(text, lang)
    return Question(
        text=text, telling=telling, lang_code=code, vector=vector, embedder=embedder.name
    )


async def answering(unit: Unit, question: Question, *, k: int) -> list[Passage]:
    """Return the `k` best passages, documents and FAQ entries in one order."""
    found = await candidates.find(unit, question, each=EACH)
    return ranked(question.text, found)[:k]


def _language(text: str, lang: str | None) -> tuple[str, str]:
    """Return the language and the words to look up in texts of other languages.

    Everyday words are only dropped when the language is certain: "die" is an article in
    one language and a word that matters in another.
    """
    seen = guess(text)
    if lang is not None:
        return lang, without_everyday_words(text, lang)
    if seen.confidence < CERTAIN:
        return seen.code, text
    return seen.code, without_everyday_words(text, seen.code)
