"""Documents, FAQ entries, and the passages found in them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from core.domain.ids import ChunkId, ConflictId, DocumentId, FaqId


class DocumentStatus(StrEnum):
    """How far a document has come into the knowledge base."""

    PROCESSING = "processing"
    INDEXED = "indexed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A row of `knowledge_documents` without its text; `name` is the file as it was added.

    While a new version is being read in, `chunks_done` of `chunks_total` are ready; the
    version before it goes on answering, and `is_replacing` says that there is one.
    """

    id: DocumentId
    title: str
    name: str
    kind: str
    """What the bytes are, in lower case: pdf, docx, md …"""
    lang_code: str
    status: DocumentStatus
    error: str | None
    warnings: tuple[str, ...] = ()
    """What the owner should know about how it was read, as codes of `reading`."""
    file_size_bytes: int
    page_count: int = 0
    """Pages, slides or sheets; 0 where the kind has none."""
    chunk_count: int
    chunks_done: int = 0
    chunks_total: int = 0
    is_replacing: bool = False
    created_at: datetime
    last_ingested_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChunkSpan:
    """Where a chunk stands in its document's stored text; offsets are code points."""

    index: int
    start_char: int
    end_char: int
    heading: str
    page: int | None
    """The page, slide or sheet it begins on, from 1; None where the kind has none."""
    lang_code: str
    token_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Storage:
    """How much a tenant keeps and how much its plan allows, in bytes; None is no limit."""

    used: int
    allowed: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unembedded:
    """A text that an embedder has not seen: of a chunk, an entry's answer or a phrasing."""

    id: UUID
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FaqText:
    """A FAQ entry as a person writes it; without a `language` the text tells it."""

    question: str
    answer: str
    category: str | None = None
    language: str | None = None
    phrasings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Faq:
    """A row of `faq_qa` with its other phrasings."""

    id: FaqId
    question: str
    answer: str
    category: str | None
    lang_code: str
    phrasings: tuple[str, ...]
    enabled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of two statements that do not agree; the span is of the value that differs."""

    document_id: DocumentId
    title: str
    name: str
    sentence: str
    value: str
    start_char: int
    end_char: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Two documents that say different things about the same; `kind` is price, date …"""

    id: ConflictId
    kind: str
    score: float
    one: Side
    other: Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Expired:
    """A date in a document that lies in the past, such as the end of an offer."""

    document_id: DocumentId
    title: str
    name: str
    sentence: str
    value: str
    start_char: int
    end_char: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A retrieved piece of knowledge, best first by `score` in 0..1.

    `text` is the chunk (or the FAQ's answer); `question` is set for FAQ entries. The legs
    explain the score, each 0..1 among the passages found: words, letters of words
    (`grams`), the letters in one place of the text, and meaning.
    """

    score: float
    text: str
    title: str
    name: str
    lang_code: str
    document_id: DocumentId | None = None
    chunk_id: ChunkId | None = None
    chunk_index: int | None = None
    start_char: int | None = None
    end_char: int | None = None
    gap: str = ""
    """The white space between it and the passage after it in the document."""
    page: int | None = None
    heading: str = ""
    faq_id: FaqId | None = None
    question: str | None = None
    phrasings: int = 0
    """In how many ways the question of a FAQ entry is known; 0 for a document."""
    words: float = 0.0
    grams: float = 0.0
    place: float = 0.0
    meaning: float = 0.0
    cosine: float = 0.0
    """Raw cosine of the best window: comparable between queries, unlike the fused score."""
    likely: float = 0.0
    """How likely it answers, 0..1: comparable between queries, and falling with `score`."""
    embedder: str = ""
    """Whose cosines these are; empty when the inbox is searched by words alone."""
    pieces: tuple[float, ...] = ()
    """Raw cosines of its pieces in their order, see `chunking.pieces`; empty when it is one."""
