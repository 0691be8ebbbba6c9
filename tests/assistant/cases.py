"""Cases and passages for tests of the assistant, with everything but the point left out."""

import math
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID, uuid4

from core.assistant.state import Case, Rules
from core.domain.ids import ConversationId, DocumentId, FaqId, TenantId
from core.domain.knowledge import Passage
from core.domain.message import MessageType
from core.llm.base import ChunkText, ChunkVectors

TENANT = TenantId(UUID(int=7))


def case(*fragments: str, rules: Rules | None = None, threshold: float = 0.8) -> Case:
    """Return a case of text messages."""
    return Case(
        tenant=TENANT,
        conversation_id=ConversationId(uuid4()),
        thread_id=str(uuid4()),
        fragments=fragments,
        message_types=tuple(MessageType.TEXT for _ in fragments),
        has_media=False,
        history=(),
        customer_name="Léa Martin",
        rules=rules or Rules(version=3),
        threshold=threshold,
    )


def wordless(*types: MessageType) -> Case:
    """Return a case of files without words."""
    return replace(case(), message_types=types, has_media=True)


def entry(question: str, answer: str, language: str = "en") -> Passage:
    """Return a FAQ entry as the search finds it, right on the point."""
    return Passage(
        score=1.0,
        text=answer,
        title=question,
        name="",
        lang_code=language,
        faq_id=FaqId(uuid4()),
        question=question,
        words=1.0,
        grams=1.0,
        meaning=1.0,
        cosine=0.9,
    )


def chunk(
    text: str, *, title: str = "Handbook", language: str = "en", start: int = 0
) -> Passage:
    """Return a document's passage as the search finds it."""
    return Passage(
        score=0.9,
        text=text,
        title=title,
        name="handbook.md",
        lang_code=language,
        document_id=DocumentId(uuid4()),
        start_char=start,
        end_char=start + len(text),
        words=1.0,
        grams=1.0,
        meaning=1.0,
        cosine=0.8,
    )


class Shelf:
    """A knowledge base that finds the same passages whatever is asked, and notes questions."""

    def __init__(self, *passages: Passage) -> None:
        self.passages = list(passages)
        self.questions: list[str] = []
        self.asked_for: list[tuple[TenantId, str | None]] = []

    async def __call__(
        self, tenant: TenantId, query: str, lang: str | None, k: int
    ) -> list[Passage]:
        self.questions.append(query)
        self.asked_for.append((tenant, lang))
        return self.passages[:k]


class LetterEmbedder:
    """An embedder without a model: texts with the same letters point the same way."""

    name = "letters"
    dimensions = 26

    async def embed(self, texts: Sequence[str]) -> list[list[float]]:
        return [_direction(text.lower()) for text in texts]

    async def embed_chunks(self, chunks: Sequence[ChunkText]) -> list[ChunkVectors]:
        wholes = await self.embed([chunk.text for chunk in chunks])
        return [ChunkVectors(whole=whole, windows=()) for whole in wholes]


def _direction(text: str) -> list[float]:
    counts = [float(text.count(chr(ord("a") + at))) for at in range(26)]
    length = math.sqrt(sum(count * count for count in counts)) or 1.0
    return [count / length for count in counts]
