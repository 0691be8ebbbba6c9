"""What the knowledge base holds, and what it answers."""

from dataclasses import dataclass

from core.domain.decision import Citation
from core.domain.errors import NotFound, NotSetUp
from core.domain.ids import DocumentId
from core.domain.knowledge import Document, Faq, Passage
from core.kit import Kit
from core.knowledge.quote import quote
from core.knowledge.retrieve import answering, understood
from core.knowledge.support import answers
from core.llm.base import Embedder
from core.store import documents as stored
from core.store import faqs


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHit:
    """One passage, in the fields that `kb search` prints.

    `quote` is the whole passage: the stored text from `start_char` to `end_char`. A FAQ
    entry has its question as `title`, its answer as `quote`, and no place in a document.
    """

    document_id: DocumentId | None
    title: str
    name: str
    chunk_index: int | None
    score: float
    quote: str
    start_char: int | None
    end_char: int | None
    lang: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentText:
    """A document with the text that its citations refer to."""

    document: Document
    content: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the knowledge base says to a question, in its own words.

    `text` is empty and there are no citations when nothing in it answers.
    """

    question: str
    text: str
    citations: tuple[Citation, ...]


async def search(
    kit: Kit, query: str, lang: str | None = None, k: int = 8
) -> list[SearchHit]:
    """Return the passages that answer a query, best first.

    Raises:
        NotSetUp: this process runs without an embedder.
        ModelDown: the embedder does not answer.
    """
    return [_hit(passage) for passage in await passages(kit, query, lang, k)]


async def passages(
    kit: Kit, query: str, lang: str | None = None, k: int = 8
) -> list[Passage]:
    """Return what `search` returns, with the scores that explain the order."""
    question = await understood(_embedder(kit), query, lang=lang)
    if question is None:
        return []
    async with kit.mine() as unit:
        return await answering(unit, question, k=k)


async def ask(kit: Kit, question: str, lang: str | None = None) -> Answer:
    """Answer a question with the words of the best passage, or with nothing.

    Raises:
        NotSetUp: this process runs without an embedder.
        ModelDown: the embedder does not answer.
    """
    found = await passages(kit, question, lang, k=1)
    if not found or not answers(found[0], question):
        return Answer(question=question, text="", citations=())
    best = found[0]
    words = await quote(_embedder(kit), best, question)
    citation = Citation(
        title=best.title,
        name=best.name,
        quote=words.text,
        document_id=best.document_id,
        faq_id=best.faq_id,
        start_char=words.start_char,
        end_char=words.end_char,
    )
    whole = best.text if best.faq_id is not None else words.text
    return Answer(question=question, text=whole, citations=(citation,))


async def documents(kit: Kit) -> list[Document]:
    """Return the documents by title."""
    async with kit.mine() as unit:
        return await stored.all_of(unit)


async def document(kit: Kit, document_id: DocumentId) -> DocumentText:
    """Return a document with its text.

    Raises:
        NotFound: it has been removed.
    """
    async with kit.mine() as unit:
        found = await stored.get(unit, document_id)
        source = await stored.source(unit, document_id)
    if found is None or source is None:
        raise NotFound("This document has been removed.")
    return DocumentText(document=found, content=source.content)


async def entries(kit: Kit) -> list[Faq]:
    """Return the FAQ entries by question."""
    async with kit.mine() as unit:
        return await faqs.all_of(unit)


def _hit(passage: Passage) -> SearchHit:
    return SearchHit(
        document_id=passage.document_id,
        title=passage.title,
        name=passage.name,
        chunk_index=passage.chunk_index,
        score=round(passage.score, 4),
        quote=passage.text,
        start_char=passage.start_char,
        end_char=passage.end_char,
        lang=passage.lang_code,
    )


def _embedder(kit: Kit) -> Embedder:
    if kit.embedder is None:
        raise NotSetUp(
            "This process runs without an embedder.", "Open the inbox with its models."
        )
    return kit.embedder
