"""Documents, FAQ entries, and the passages found in them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.domain.ids import ChunkId, DocumentId, FaqId


class DocumentStatus(StrEnum):
    """How far a document has come into the knowledge base."""

    PROCESSING = "processing"
    INDEXED = "indexed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A row of `knowledge_documents` without its text; `name` is the file as it was added."""

    id: DocumentId
    title: str
    name: str
    lang_code: str
    status: DocumentStatus
    error: str | None
    file_size_bytes: int
    chunk_count: int
    created_at: datetime
    last_ingested_at: datetime | None


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
class Passage:
    """A retrieved piece of knowledge, best first by `score` in 0..1.

    `text` is the chunk (or the FAQ's answer); `question` is set for FAQ entries. The
    three legs explain the score: words, character grams, meaning, each 0..1.
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
    faq_id: FaqId | None = None
    question: str | None = None
    phrasings: int = 0
    """In how many ways the question of a FAQ entry is known; 0 for a document."""
    words: float = 0.0
    grams: float = 0.0
    meaning: float = 0.0
    cosine: float = 0.0
    """Raw cosine of the best window: comparable between queries, unlike the fused score."""
