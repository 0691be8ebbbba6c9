"""The rows of the left column: documents, entries, and what should be looked at."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Final

from PySide6.QtCore import QObject

from core.domain.knowledge import Conflict, DocumentStatus, Expired
from core.queries.knowledge import DocumentRow, FaqRow, Overview
from core.queries.review import Review
from desktop.panes.knowledge.upload import part_of, percent
from desktop.panes.knowledge.words import day_words, kind_letters
from desktop.style.tokens import Tone
from desktop.widgets.shelf_cell import ShelfCell, ShelfMark
from desktop.widgets.writing import isolate

FEW_PHRASINGS: Final = 5
"""With fewer ways to ask, the assistant only suggests the answer of an entry."""

Target = DocumentRow | FaqRow | Conflict | Expired | None


class Shown(Enum):
    """Which of the three lists is in sight; the value is the key of its chip."""

    DOCUMENTS = "documents"
    FAQ = "faq"
    REVIEW = "review"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfRow:
    """A row: who it is, how it looks, and what it stands for; a heading for nothing."""

    id: object
    cell: ShelfCell
    target: Target = None


def is_choosable(row: ShelfRow) -> bool:
    """Tell whether a row can be walked onto."""
    return not row.cell.is_heading


class RowWriter(QObject):
    """Writes the rows; a QObject, because plural forms need one.

    A document that has not changed keeps its row: while one of thousands is read in, the
    list is read again several times a second.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._written: dict[DocumentRow, ShelfRow] = {}

    def documents(self, overview: Overview, words: str) -> list[ShelfRow]:
        """Return the documents whose title or file name has `words`."""
        kept = self._written
        self._written = {
            row: kept.get(row) or self._document(row) for row in overview.documents
        }
        if not words:
            return list(self._written.values())
        return [
            shown
            for row, shown in self._written.items()
            if _has(words, row.document.title, row.document.name)
        ]

    def entries(
        self, overview: Overview, words: str, is_edited: Callable[[FaqRow], bool]
    ) -> list[ShelfRow]:
        """Return the entries with `words` in their question, category or phrasings."""
        return [
            self._entry(row, is_edited=is_edited(row))
            for row in overview.entries
            if _has(
                words,
                row.entry.question,
                row.entry.category or "",
                *row.entry.phrasings,
            )
        ]

    def review(self, review: Review, words: str) -> list[ShelfRow]:
        """Return what should be looked at, in groups."""
        groups = (
            (
                self.tr("CONTRADICTIONS"),
                [self._conflict(each) for each in review.conflicts],
            ),
            (
                self.tr("DATES THAT HAVE PASSED"),
                [_expired(each) for each in review.expired],
            ),
            (
                self.tr("NOT CHANGED FOR A YEAR"),
                [self._aged("stale", each) for each in review.stale],
            ),
            (
                self.tr("NEVER USED IN AN ANSWER"),
                [self._aged("unused", each) for each in review.unused],
            ),
        )
        rows: list[ShelfRow] = []
        for title, found in groups:
            kept = [row for row in found if _has(words, row.cell.title, row.cell.subtitle)]
            if kept:
                heading = ShelfCell(title=f"{title} · {len(kept)}", is_heading=True)
                rows += [ShelfRow(id=("heading", title), cell=heading), *kept]
        return rows

    def used(self, times: int) -> ShelfMark:
        """Return in how many answers something was used."""
        if not times:
            return ShelfMark(icon="spark-off", words=self.tr("Not used yet"))
        return ShelfMark(icon="assistant", words=self.tr("Used %n time(s)", "", times))

    def _document(self, row: DocumentRow) -> ShelfRow:
        document = row.document
        marks = [self.used(row.times_used)]
        if row.conflicts:
            words = self.tr("%n contradiction(s)", "", row.conflicts)
            marks.append(ShelfMark(icon="escalation", words=words, tone=Tone.WARNING))
        if document.warnings:
            words = self.tr("%n warning(s)", "", len(document.warnings))
            marks.append(ShelfMark(icon="info", words=words, tone=Tone.WARNING))
        is_going = document.status is DocumentStatus.PROCESSING
        pill, tone = self._status(document.status)
        known = document.chunks_total > 0
        part = part_of(document)
        words = (
            self.tr("Reading in, %1").replace("%1", percent(part))
            if known
            else self.tr("Reading in…")
        )
        cell = ShelfCell(
            title=document.title,
            subtitle=_joined(document.name, document.lang_code.upper()),
            badge=kind_letters(document.kind),
            badge_tone=Tone.ACCENT,
            pill=pill,
            pill_tone=tone,
            progress=(part if known else -1.0) if is_going else None,
            progress_words=words if is_going else "",
            marks=tuple(marks),
        )
        return ShelfRow(id=document.id, cell=cell, target=row)

    def _status(self, status: DocumentStatus) -> tuple[str, Tone]:
        return {
            DocumentStatus.PROCESSING: (self.tr("In work"), Tone.ACCENT),
            DocumentStatus.INDEXED: (self.tr("Ready"), Tone.GOOD),
            DocumentStatus.FAILED: (self.tr("Failed"), Tone.DANGER),
        }[status]

    def _entry(self, row: FaqRow, *, is_edited: bool) -> ShelfRow:
        entry = row.entry
        count = len(entry.phrasings) + 1
        few = count < FEW_PHRASINGS
        ways = ShelfMark(
            icon="comment",
            words=self.tr("%n way(s) to ask", "", count),
            tone=Tone.WARNING if few else Tone.NEUTRAL,
        )
        pill, tone = "", Tone.NEUTRAL
        if not entry.enabled:
            pill = self.tr("Off")
        if is_edited:
            pill, tone = self.tr("Not saved"), Tone.WARNING
        cell = ShelfCell(
            title=entry.question,
            subtitle=_joined(entry.category or "", entry.answer),
            badge=entry.lang_code.upper()[:4],
            badge_tone=Tone.ACCENT if entry.enabled else Tone.NEUTRAL,
            pill=pill,
            pill_tone=tone,
            marks=(ways, self.used(row.times_used)),
            is_dimmed=not entry.enabled,
        )
        return ShelfRow(id=entry.id, cell=cell, target=row)

    def _conflict(self, conflict: Conflict) -> ShelfRow:
        one, other = conflict.one, conflict.other
        cell = ShelfCell(
            title=f"{isolate(one.value)} ≠ {isolate(other.value)}",
            subtitle=_joined(one.title, other.title),
            icon="escalation",
            badge_tone=Tone.WARNING,
            marks=(ShelfMark(icon="quote", words=self.kind(conflict)),),
        )
        return ShelfRow(id=conflict.id, cell=cell, target=conflict)

    def kind(self, conflict: Conflict) -> str:
        """Return about what two statements disagree."""
        kinds = {
            "price": self.tr("Different prices"),
            "date": self.tr("Different dates"),
            "hours": self.tr("Different hours"),
            "duration": self.tr("Different durations"),
            "age": self.tr("Different ages"),
            "phone": self.tr("Different phone numbers"),
            "email": self.tr("Different e-mail addresses"),
            "capability": self.tr("One says yes, the other no"),
            "percent": self.tr("Different percentages"),
            "quantity": self.tr("Different quantities"),
        }
        return kinds.get(conflict.kind, self.tr("Different statements"))

    def _aged(self, group: str, row: DocumentRow) -> ShelfRow:
        document = row.document
        since = document.last_ingested_at or document.created_at
        words = self.tr("Since %1").replace("%1", day_words(since))
        cell = ShelfCell(
            title=document.title,
            subtitle=_joined(document.name, document.lang_code.upper()),
            badge=kind_letters(document.kind),
            marks=(ShelfMark(icon="clock", words=words), self.used(row.times_used)),
        )
        return ShelfRow(id=(group, document.id), cell=cell, target=row)


def _expired(each: Expired) -> ShelfRow:
    cell = ShelfCell(
        title=each.value,
        subtitle=each.sentence,
        icon="calendar",
        badge_tone=Tone.WARNING,
        marks=(ShelfMark(icon="file", words=each.title),),
    )
    return ShelfRow(id=expired_id(each), cell=cell, target=each)


def expired_id(each: Expired) -> object:
    """Return who a passed date is: its document and where in it."""
    return ("expired", each.document_id, each.start_char)


def _has(words: str, *texts: str) -> bool:
    wanted = words.casefold().split()
    whole = " ".join(texts).casefold()
    return all(word in whole for word in wanted)


def _joined(*parts: str) -> str:
    return " · ".join(isolate(part) for part in _given(parts))


def _given(parts: Iterable[str]) -> list[str]:
    return [part for part in parts if part]
