"""FAQ entries as people write them: one at a time, or as the rows of a table."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from core.domain.errors import BadDocument
from core.domain.ids import FaqId
from core.domain.knowledge import Faq, FaqText
from core.knowledge import ingest
from core.knowledge.extract import decoded
from core.knowledge.language import detect, unaccented
from core.knowledge.reading.decoding import clean
from core.llm.base import Embedder
from core.store.faqs import NewFaq, Phrasing

COLUMNS = ("question", "answer", "category", "language", "phrasings")
BETWEEN_PHRASINGS = "|"

LONGEST_QUESTION = 500
LONGEST_ANSWER = 100_000
"""In characters; the database indexes questions whole, and of answers every word."""

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

    A long answer is read in pieces, like a chunk: nothing of it is cut off.

    Raises:
        ModelDown: the embedder does not answer.
    """
    asked = tuple(dict.fromkeys((entry.question, *entry.phrasings)))
    answer, *questions = await ingest.embedded(embedder, [entry.answer, *asked])
    return NewFaq(
        id=faq_id,
        key=key_of(entry),
        answer=entry.answer,
        category=entry.category,
        lang_code=language_of(entry),
        answer_vector=answer.whole,
        phrasings=tuple(
            Phrasing(text=text, vector=vectors.whole)
            for text, vectors in zip(asked, questions, strict=True)
        ),
    )


def checked(entry: FaqText, where: str = "") -> FaqText:
    """Return the entry without stray white space.

    Raises:
        BadDocument: a text is missing or too long; `where` says in which line.
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
    asked = max(map(len, (tidy.question, *tidy.phrasings)))
    if asked > LONGEST_QUESTION or len(tidy.answer) > LONGEST_ANSWER:
        raise BadDocument(
            f"A question has at most {LONGEST_QUESTION} characters, "
            f"an answer {LONGEST_ANSWER}{where}.",
            "Add long texts as a document.",
        )
    return tidy


def _tidy(text: str) -> str:
    return clean(text).strip()


_DELIMITERS = (",", ";", "\t")
"""Spreadsheets of countries with decimal commas put semicolons between cells."""
_SEPARATOR_LINE = re.compile(r"\Asep=.\n", re.IGNORECASE)
"""What a spreadsheet may put in front, to tell another one of its kind."""


def read_csv(content: bytes) -> list[FaqText]:
    """Return the entries of a table with the columns of `COLUMNS`, in any order.

    Raises:
        BadDocument: a column or a cell that every entry needs is missing; all or nothing.
    """
    whole = decoded(content)
    text = _SEPARATOR_LINE.sub("", whole, count=1)
    skipped = whole.count("\n") - text.count("\n")
    first = text.lstrip().partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    lines = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
    rows = list(_numbered(lines, skipped))
    names = [name.strip().lower() for name in rows[0][1]] if rows else []
    missing = [name for name in COLUMNS[:2] if name not in names]
    if missing:
        raise BadDocument(
            f"The table has no column “{missing[0]}”.",
            f"Its first line must name the columns: {', '.join(COLUMNS)}.",
        )
    return [
        checked(_entry(names, cells, line), f" (line {line})")
        for line, cells in rows[1:]
        if any(cell.strip() for cell in cells)
    ]


class _Lines(Protocol):
    """What `csv.reader` gives; its own class has no public name."""

    @property
    def line_num(self) -> int: ...

    def __next__(self) -> list[str]: ...


def _numbered(lines: _Lines, skipped: int) -> Iterator[tuple[int, list[str]]]:
    """Yield rows with the number of the line that they begin on."""
    while True:
        line = lines.line_num + skipped + 1
        try:
            cells = next(lines)
        except StopIteration:
            return
        except csv.Error as error:
            raise BadDocument(
                f"The quotation marks of the table do not match up (line {line}).",
                "Nothing was added.",
            ) from error
        if cells:
            yield line, cells


def _entry(names: Sequence[str], cells: Sequence[str], line: int) -> FaqText:
    if any(cell.strip() for cell in cells[len(names) :]):
        raise BadDocument(
            f"There are more cells than columns (line {line}).",
            "Put quotation marks around texts with a comma or semicolon in them.",
        )
    row = {name: _shown(cell) for name, cell in zip(names, cells, strict=False)}
    return FaqText(
        question=row.get("question", ""),
        answer=row.get("answer", ""),
        category=row.get("category"),
        language=row.get("language"),
        phrasings=tuple(_split(row.get("phrasings", ""))),
    )


def write_csv(entries: Iterable[Faq]) -> str:
    """Return the entries as a table that `read_csv` reads back to the letter.

    What a spreadsheet would take for a formula gets an apostrophe in front, which reading
    takes away again.
    """
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(COLUMNS)
    table.writerows(_row(entry) for entry in entries)
    return out.getvalue()


def _row(entry: Faq) -> Sequence[str]:
    phrasings = BETWEEN_PHRASINGS.join(map(_escaped, entry.phrasings))
    cells = (entry.question, entry.answer, entry.category or "", entry.lang_code, phrasings)
    return ["'" + cell if _FORMULA.match(cell) else cell for cell in cells]


_FORMULA = re.compile(r"'*[=+\-@\t\r]")
"""With apostrophes in front it is none, but must be told from one that we have disarmed."""


def _shown(cell: str) -> str:
    """Return a cell as a spreadsheet shows it: an apostrophe marks what is no formula."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


_ESCAPED = re.compile(r"[\\|]")
_PHRASING = re.compile(r"(?:\\[\\|]|[^|])+")


def _escaped(phrasing: str) -> str:
    return _ESCAPED.sub(r"\\\g<0>", phrasing)


def _split(cell: str) -> list[str]:
    """Take phrasings apart at each bar that has no backslash in front."""
    return [re.sub(r"\\([\\|])", r"\1", found) for found in _PHRASING.findall(cell)]
