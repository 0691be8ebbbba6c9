"""FAQ entries as people write them: one at a time, or as the rows of a table."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

from core.domain.errors import BadDocument
from core.domain.ids import FaqId
from core.domain.knowledge import Faq, FaqText
from core.knowledge.extract import decoded
from core.knowledge.language import detect, unaccented
from core.llm.base import Embedder
from core.store.faqs import NewFaq, Phrasing

COLUMNS = ("question", "answer", "category", "language", "phrasings")
BETWEEN_PHRASINGS = "|"

_NOT_WORD = re.compile(r"[\W_]+")


def key_of(entry: FaqText) -> str:
    """Return what two ways of writing the same question have in common."""
    return _NOT_WORD.sub(" ", unaccented(entry.question)).strip()


def language_of(entry: FaqText) -> str:
    """Return the language an entry is written in."""
    return entry.language or detect(f"{entry.question} {entry.answer}")


def size_of(entry: FaqText) -> int:
    """Return how many bytes an entry adds to the storage of the plan."""
    return len(entry.question.encode()) + len(entry.answer.encode())


async def embedded(embedder: Embedder, entry: FaqText, faq_id: FaqId) -> NewFaq:
    """Return the entry with its vectors: each phrasing is looked up on its own.

    Raises:
        ModelDown: the embedder does not answer.
    """
    asked = tuple(dict.fromkeys((entry.question, *entry.phrasings)))
    answer, *questions = await embedder.embed([entry.answer, *asked])
    return NewFaq(
        id=faq_id,
        key=key_of(entry),
        answer=entry.answer,
        category=entry.category,
        lang_code=language_of(entry),
        answer_vector=answer,
        phrasings=tuple(
            Phrasing(text=text, vector=vector)
            for text, vector in zip(asked, questions, strict=True)
        ),
    )


def checked(entry: FaqText, where: str = "") -> FaqText:
    """Return the entry without stray white space.

    Raises:
        BadDocument: the question or the answer is missing; `where` says in which line.
    """
    tidy = FaqText(
        question=_tidy(entry.question),
        answer=_tidy(entry.answer),
        category=_tidy(entry.category or "") or None,
        language=_tidy(entry.language or "").lower()[:2] or None,
        phrasings=tuple(filter(None, map(_tidy, entry.phrasings))),
    )
    if not key_of(tidy) or not tidy.answer:
        raise BadDocument(
            f"An entry needs a question and an answer{where}.", "Nothing was added."
        )
    return tidy


def _tidy(text: str) -> str:
    return text.replace("\x00", "").strip()


def read_csv(content: bytes) -> list[FaqText]:
    """Return the entries of a table with the columns of `COLUMNS`, in any order.

    Raises:
        BadDocument: a column or a cell that every entry needs is missing; all or nothing.
    """
    lines = csv.DictReader(io.StringIO(decoded(content)), strict=False)
    lines.fieldnames = [name.strip().lower() for name in lines.fieldnames or ()]
    missing = [name for name in COLUMNS[:2] if name not in lines.fieldnames]
    if missing:
        raise BadDocument(
            f"The table has no column “{missing[0]}”.",
            f"Its first line must name the columns: {', '.join(COLUMNS)}.",
        )
    return [
        checked(_entry(row), f" (line {lines.line_num})")
        for row in lines
        if any(isinstance(cell, str) and cell.strip() for cell in row.values())
    ]


def _entry(row: dict[str, str | None]) -> FaqText:
    return FaqText(
        question=row["question"] or "",
        answer=row["answer"] or "",
        category=row.get("category"),
        language=row.get("language"),
        phrasings=tuple((row.get("phrasings") or "").split(BETWEEN_PHRASINGS)),
    )


_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_csv(entries: Iterable[Faq]) -> str:
    """Return the entries as a table that `read_csv` reads back.

    What a spreadsheet would take for a formula gets an apostrophe in front, and keeps it.
    """
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(COLUMNS)
    table.writerows(_row(entry) for entry in entries)
    return out.getvalue()


def _row(entry: Faq) -> Sequence[str]:
    phrasings = BETWEEN_PHRASINGS.join(entry.phrasings)
    cells = (entry.question, entry.answer, entry.category or "", entry.lang_code, phrasings)
    return [f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells]
