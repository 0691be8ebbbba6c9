"""What the knowledge base holds, what it answers, and what in it wants a look."""

from dataclasses import dataclass
from datetime import datetime

from core.domain.decision import Citation
from core.domain.errors import NotFound
from core.domain.ids import DocumentId, FaqId
from core.domain.knowledge import (
    ChunkSpan,
    Document,
    Faq,
    FaqText,
    Passage,
    Storage,
)
from core.domain.member import Role
from core.kit import Kit
from core.knowledge import duplicates, faq, support
from core.knowledge.quote import quote
from core.knowledge.retrieve import answering, understood
from core.store import chunks, conflicts, faqs, storage, uses, vectors
from core.store import documents as stored

MOST_DUPLICATES = 5


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
    """A document with the text that its citations refer to, and where it was cut."""

    document: Document
    content: str
    chunks: tuple[ChunkSpan, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the knowledge base says to a question, in its own words.

    `text` is empty and there are no citations when nothing in it answers.
    """

    question: str
    text: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LookUp:
    """What the assistant would find for a question, and what it would say.

    `passages` are best first with the score of each leg; none when nothing is near enough
    (`answer.text` is then empty too). `bar` is the score from which a passage answers.
    """

    passages: tuple[Passage, ...]
    answer: Answer
    bar: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRow:
    """A document as the list shows it."""

    document: Document
    times_used: int
    """In how many of the assistant's answers it was quoted."""
    last_used_at: datetime | None
    conflicts: int
    """How many open contradictions with other sources it is part of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FaqRow:
    """An entry as the list shows it."""

    entry: Faq
    times_used: int
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The whole of a knowledge base, without its texts.

    `can_change` says whether this member may add and remove.
    """

    documents: tuple[DocumentRow, ...]
    entries: tuple[FaqRow, ...]
    storage: Storage
    can_change: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NearDuplicate:
    """An entry that asks nearly the same; `likeness` in 0..1."""

    entry: Faq
    likeness: float


async def search(
    kit: Kit, query: str, lang: str | None = None, k: int = 8, within: str | None = None
) -> list[SearchHit]:
    """Return the passages that answer a query, best first.

    `lang` is the language of the query where it is known; `within` keeps to texts in one
    language. Empty when nothing in the knowledge base speaks of it.

    Raises:
        NotSetUp: this process runs without an embedder.
        ModelDown: the embedder does not answer.
    """
    return [_hit(passage) for passage in await passages(kit, query, lang, k, within)]


async def passages(
    kit: Kit, query: str, lang: str | None = None, k: int = 8, within: str | None = None
) -> list[Passage]:
    """Return what `search` returns, with the scores that explain the order.

    None at all when not even the best is near: that is then the honest answer.
    """
    question = await understood(kit.embedders, query, lang=lang, within=within)
    if question is None:
        return []
    async with kit.mine() as unit:
        found = await answering(unit, question, k=k)
    return found if found and support.is_near(found[0]) else []


async def ask(kit: Kit, question: str, lang: str | None = None) -> Answer:
    """Answer a question with the words of the best passage, or with nothing.

    Raises:
        NotSetUp: this process runs without an embedder.
        ModelDown: the embedder does not answer.
    """
    found = await passages(kit, question, lang, k=1)
    return await _answer(kit, question, found)


async def look_up(
    kit: Kit, query: str, lang: str | None = None, within: str | None = None, k: int = 8
) -> LookUp:
    """Return what is found for a query together with what would be answered.

    Raises:
        NotSetUp: this process runs without an embedder.
        ModelDown: the embedder does not answer.
    """
    found = await passages(kit, query, lang, k, within)
    return LookUp(
        passages=tuple(found),
        answer=await _answer(kit, query, found),
        bar=support.ANSWERS,
    )


async def _answer(kit: Kit, question: str, found: list[Passage]) -> Answer:
    if not found or not support.answers(found[0], question):
        return Answer(question=question, text="", citations=())
    best = found[0]
    words = await quote(kit.embedders[0], best, question)
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


async def overview(kit: Kit) -> Overview:
    """Return all documents by title and all entries by question, with their use."""
    async with kit.mine() as unit:
        found = await stored.all_of(unit)
        entries = await faqs.all_of(unit)
        of_documents = await uses.of_documents(unit)
        of_entries = await uses.of_entries(unit)
        disputed = await conflicts.counts(unit)
        kept = await storage.of_tenant(unit)
    return Overview(
        documents=tuple(_row(one, of_documents, disputed) for one in found),
        entries=tuple(
            FaqRow(
                entry=one,
                times_used=of_entries[one.id].times if one.id in of_entries else 0,
                last_used_at=of_entries[one.id].last_at if one.id in of_entries else None,
            )
            for one in entries
        ),
        storage=kept,
        can_change=kit.member.role is not Role.AGENT,
    )


def _row(
    document: Document,
    used: dict[DocumentId | FaqId, uses.Use],
    disputed: dict[DocumentId, int],
) -> DocumentRow:
    use = used.get(document.id)
    return DocumentRow(
        document=document,
        times_used=0 if use is None else use.times,
        last_used_at=None if use is None else use.last_at,
        conflicts=disputed.get(document.id, 0),
    )


async def documents(kit: Kit) -> list[Document]:
    """Return the documents by title."""
    async with kit.mine() as unit:
        return await stored.all_of(unit)


async def document(kit: Kit, document_id: DocumentId) -> DocumentText:
    """Return a document with its text; one that is read in for the first time has it too.

    Raises:
        NotFound: it has been removed.
    """
    async with kit.mine() as unit:
        found = await stored.get(unit, document_id)
        content = await stored.shown_text(unit, document_id)
        cut = await chunks.spans(unit, document_id)
    if found is None or content is None:
        raise NotFound("This document has been removed.")
    return DocumentText(document=found, content=content, chunks=tuple(cut))


async def original(kit: Kit, document_id: DocumentId) -> bytes:
    """Return the file as it was added.

    Raises:
        NotFound: the document is gone, or was added before files were kept.
    """
    async with kit.mine() as unit:
        content = await stored.original(unit, document_id)
    if content is None:
        raise NotFound(
            "The original file of this document is not kept here.", "Add it again."
        )
    return content


async def unembedded(kit: Kit) -> int | None:
    """Return how many texts the set embedder has still to see before it is searched with.

    None when the inbox is searched with it already.
    """
    (wanted, *_) = kit.embedders
    async with kit.mine() as unit:
        if await vectors.searched_embedder(unit) == wanted.name:
            return None
        return await vectors.count_missing(unit, wanted.name)


async def entries(kit: Kit) -> list[Faq]:
    """Return the FAQ entries by question."""
    async with kit.mine() as unit:
        return await faqs.all_of(unit)


async def entry(kit: Kit, entry_id: FaqId) -> Faq:
    """Return an entry.

    Raises:
        NotFound: it has been removed.
    """
    for found in await entries(kit):
        if found.id == entry_id:
            return found
    raise NotFound("This entry has been removed.")


async def faq_table(kit: Kit) -> str:
    """Return the entries as a CSV table, in the form that the import reads."""
    return faq.write_csv(await entries(kit))


async def near_duplicates(
    kit: Kit, entry: FaqText, besides: FaqId | None = None
) -> list[NearDuplicate]:
    """Return the entries that ask nearly what `entry` asks, the likest first.

    `besides` is the entry that is being edited. Empty when this process lacks the embedder
    that the inbox is searched with.

    Raises:
        NotSetUp: this process runs without an embedder.
        ModelDown: the embedder does not answer.
    """
    asked = [text for text in (entry.question, *entry.phrasings) if text.strip()]
    async with kit.mine() as unit:
        searched = await vectors.searched_embedder(unit)
    embedder = next((one for one in kit.embedders if one.name == searched), None)
    if embedder is None or not asked:
        return []
    near_to = await embedder.embed(asked)
    async with kit.mine() as unit:
        near = await faqs.nearest(
            unit, embedder.name, near_to, bar=duplicates.FARTHEST, besides=besides
        )
        known = {one.id: one for one in await faqs.all_of(unit)} if near else {}
    found = [
        NearDuplicate(
            entry=known[one.id],
            likeness=duplicates.likeness(asked, one, known[one.id].lang_code),
        )
        for one in near
        if one.id in known
    ]
    same = [one for one in found if one.likeness >= duplicates.SAME]
    return sorted(same, key=lambda one: -one.likeness)[:MOST_DUPLICATES]


def _hit(passage: Passage) -> SearchHit:
    return SearchHit(
        document_id=passage.document_id,
        title=passage.title,
        name=passage.name,
        chunk_index=passage.chunk_index,
        score=round(passage.likely, 4),
        quote=passage.text,
        start_char=passage.start_char,
        end_char=passage.end_char,
        lang=passage.lang_code,
    )
