"""bm25s over the same texts, stemmed by Snowball: the ranking that libraries offer."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import bm25s
import Stemmer

STEMMERS = {"en": "english", "es": "spanish", "fr": "french"}
DEEP = 10


def bm25s_search(
    documents: Sequence[dict[str, Any]], lang: str
) -> Callable[[str], Awaitable[list[str]]]:
    """Return what finds the names of documents for a query."""
    names = [str(document["id"]) for document in documents]
    texts = [f"{document['title']} {document['text']}" for document in documents]
    stemmer = Stemmer.Stemmer(STEMMERS[lang])
    index = bm25s.BM25(k1=1.2, b=0.75)
    index.index(
        bm25s.tokenize(texts, stopwords=lang, stemmer=stemmer, show_progress=False),
        show_progress=False,
    )

    async def search(query: str) -> list[str]:
        tokens = bm25s.tokenize(
            [query], stopwords=lang, stemmer=stemmer, show_progress=False
        )
        found, _ = index.retrieve(tokens, k=DEEP, show_progress=False)
        return [names[place] for place in found[0]]

    return search
