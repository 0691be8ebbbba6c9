"""A knowledge base for tests and pictures: documents, entries, texts, what is found."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from core.domain.decision import Citation
from core.domain.ids import ConflictId, DocumentId, FaqId
from core.domain.knowledge import (
    ChunkSpan,
    Conflict,
    Document,
    DocumentStatus,
    Expired,
    Faq,
    Passage,
    Side,
    Storage,
)
from core.queries.knowledge import (
    Answer,
    DocumentRow,
    DocumentText,
    FaqRow,
    LookUp,
    Overview,
)
from core.queries.review import Review

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)

DELIVERY = """# Delivery and shipping costs ☕

## When orders leave

We roast on Tuesdays and Thursdays 🚚. Orders placed before noon on Monday leave on Tuesday, orders placed before noon on Wednesday leave on Thursday.

## Shipping within France

Delivery to a pick-up point costs €3.90 and delivery to your door €5.90. It is free from €45. Allow 2 to 3 working days once the parcel has left.

## Shipping to Belgium, Luxembourg and Germany

Shipping to Belgium, Luxembourg and Germany costs €9.50 and is free from €80. Allow 4 to 6 working days.

## الشحن إلى المغرب

تكلفة الشحن إلى المغرب 14.90 يورو مهما كان المبلغ، ويستغرق من 5 إلى 8 أيام عمل.

## Bicycle courier in Lyon

In Lyon and Villeurbanne a bicycle courier delivers the same day for €4, Tuesday to Saturday, if you order before 11 am.
"""


def document_id(number: int) -> DocumentId:
    return DocumentId(UUID(int=5000 + number))


def faq_id(number: int) -> FaqId:
    return FaqId(UUID(int=6000 + number))


def conflict_id(number: int) -> ConflictId:
    return ConflictId(UUID(int=7000 + number))


def a_document(number: int, **changes: Any) -> Document:
    values: dict[str, Any] = {
        "id": document_id(number),
        "title": "Delivery and shipping costs",
        "name": f"delivery-{number}.md",
        "kind": "md",
        "lang_code": "en",
        "status": DocumentStatus.INDEXED,
        "error": None,
        "file_size_bytes": 1_840,
        "chunk_count": 5,
        "created_at": NOON - timedelta(days=40 + number),
        "last_ingested_at": NOON - timedelta(days=12),
        **changes,
    }
    return Document(**values)


def a_document_row(number: int, times_used: int = 0, **changes: Any) -> DocumentRow:
    conflicts = changes.pop("conflicts", 0)
    return DocumentRow(
        document=a_document(number, **changes),
        times_used=times_used,
        last_used_at=NOON - timedelta(days=1) if times_used else None,
        conflicts=conflicts,
    )


def an_entry(number: int, **changes: Any) -> Faq:
    values: dict[str, Any] = {
        "id": faq_id(number),
        "question": "Do you have wifi?",
        "answer": "Yes, it is free, and laptops are welcome from Tuesday to Friday.",
        "category": "on site",
        "lang_code": "en",
        "phrasings": ("Is there wifi?", "Can I work at your place?"),
        "enabled": True,
        **changes,
    }
    return Faq(**values)


def an_entry_row(number: int, times_used: int = 0, **changes: Any) -> FaqRow:
    return FaqRow(
        entry=an_entry(number, **changes),
        times_used=times_used,
        last_used_at=NOON - timedelta(days=2) if times_used else None,
    )


def an_overview(
    documents: tuple[DocumentRow, ...] = (),
    entries: tuple[FaqRow, ...] = (),
    **changes: Any,
) -> Overview:
    values: dict[str, Any] = {
        "documents": documents,
        "entries": entries,
        "storage": Storage(used=12_400_000, allowed=104_857_600),
        "can_change": True,
        **changes,
    }
    return Overview(**values)


def spans_of(content: str, lang_code: str = "en") -> tuple[ChunkSpan, ...]:
    """Cut a text at its second-rank headings, as the engine would."""
    starts = [at for at in range(len(content)) if content.startswith("## ", at)]
    ends = [*starts[1:], len(content)]
    return tuple(
        ChunkSpan(
            index=number,
            start_char=start,
            end_char=end,
            heading=content[start + 3 : content.index("\n", start)],
            page=1 + number // 2,
            lang_code=lang_code,
            token_count=len(content[start:end]) // 4,
        )
        for number, (start, end) in enumerate(zip(starts, ends, strict=True))
    )


def a_text(document: Document, content: str = DELIVERY) -> DocumentText:
    return DocumentText(document=document, content=content, chunks=spans_of(content))


def a_passage(number: int = 0, **changes: Any) -> Passage:
    text = "Delivery to a pick-up point costs €3.90 and delivery to your door €5.90."
    start = DELIVERY.index(text)
    values: dict[str, Any] = {
        "score": 0.9,
        "likely": 0.86,
        "text": text,
        "title": "Delivery and shipping costs",
        "name": f"delivery-{number}.md",
        "lang_code": "en",
        "document_id": document_id(number),
        "chunk_index": 1,
        "start_char": start,
        "end_char": start + len(text),
        "words": 0.9,
        "grams": 0.7,
        "place": 0.6,
        "meaning": 0.8,
        "cosine": 0.7,
        **changes,
    }
    return Passage(**values)


def found(question: str, passages: tuple[Passage, ...]) -> LookUp:
    best = passages[0] if passages and passages[0].likely >= 0.5 else None
    citations = () if best is None else (citation_of(best),)
    text = "" if best is None else best.text
    answer = Answer(question=question, text=text, citations=citations)
    return LookUp(passages=passages, answer=answer, bar=0.5)


def citation_of(passage: Passage) -> Citation:
    return Citation(
        title=passage.title,
        name=passage.name,
        quote=passage.text,
        document_id=passage.document_id,
        faq_id=passage.faq_id,
        start_char=passage.start_char,
        end_char=passage.end_char,
    )


def a_side(number: int, value: str, sentence: str, **changes: Any) -> Side:
    start = DELIVERY.find(value)
    values: dict[str, Any] = {
        "document_id": document_id(number),
        "title": "Delivery and shipping costs",
        "name": f"delivery-{number}.md",
        "sentence": sentence,
        "value": value,
        "start_char": max(0, start),
        "end_char": max(0, start) + len(value),
        **changes,
    }
    return Side(**values)


def a_conflict(number: int = 0) -> Conflict:
    return Conflict(
        id=conflict_id(number),
        kind="price",
        score=0.9,
        one=a_side(0, "€5.90", "Delivery to your door costs €5.90."),
        other=a_side(1, "€6.50", "Home delivery within France: €6.50 per parcel."),
    )


def an_expired(number: int = 0) -> Expired:
    sentence = "The winter blend is on offer until 31 January 2026."
    return Expired(
        document_id=document_id(number),
        title="Seasonal offers",
        name="offers.docx",
        sentence=sentence,
        value="31 January 2026",
        start_char=10,
        end_char=25,
    )


def a_review(**changes: Any) -> Review:
    values: dict[str, Any] = {
        "conflicts": (),
        "expired": (),
        "stale": (),
        "unused": (),
        **changes,
    }
    return Review(**values)
