"""Over the text of a document: what it is, how it fares, and what one may do with it."""

from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from core.domain.knowledge import Document, DocumentStatus
from core.queries.knowledge import DocumentRow
from desktop.panes.knowledge.refusals import in_our_words
from desktop.panes.knowledge.rights import allow
from desktop.panes.knowledge.upload import part_of, percent
from desktop.panes.knowledge.words import (
    day_words,
    kind_letters,
    language_name,
    size_words,
    warning_words,
)
from desktop.style.tokens import Space, Tone
from desktop.widgets.banner import Banner
from desktop.widgets.buttons import secondary
from desktop.widgets.label import ElidedLabel
from desktop.widgets.pill import Pill
from desktop.widgets.progress_line import ProgressLine
from desktop.widgets.writing import safe_tooltip

_NARROW: Final = 760
"""Below this width the title needs the room of the buttons' words."""


class DocumentHeader(QFrame):
    """Title, facts, buttons, and a line for what is wrong."""

    again_wanted = Signal()
    original_wanted = Signal()
    remove_wanted = Signal()
    stop_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self._kind = Pill("", Tone.ACCENT)
        self._title = ElidedLabel(role="heading")
        self._file = ElidedLabel(role="small")
        self._facts = ElidedLabel(role="small")
        self._again = secondary(self.tr("Read in again"), "refresh")
        self._save = secondary(self.tr("Save original…"), "download")
        self._remove = secondary(self.tr("Remove"), "trash")
        self._failure = Banner(Tone.DANGER)
        self._warnings = Banner(Tone.WARNING)
        self._progress_words = ElidedLabel(role="small")
        self._progress = ProgressLine()
        self._stop = secondary(self.tr("Stop"))
        self._working = QWidget()
        self._arrange()
        self._again.clicked.connect(self.again_wanted)
        self._failure.action_taken.connect(self.again_wanted)
        self._save.clicked.connect(self.original_wanted)
        self._remove.clicked.connect(self.remove_wanted)
        self._stop.clicked.connect(self.stop_wanted)

    def show_row(self, row: DocumentRow, *, can_change: bool) -> None:
        """Show a document as it now stands."""
        document = row.document
        self._kind.show_text(kind_letters(document.kind), Tone.ACCENT)
        self._title.show_text(document.title)
        self._file.show_text(document.name)
        self._facts.show_text(" · ".join([*self._about(document), *self._use(row)]))
        self._show_state(document)
        is_going = document.status is DocumentStatus.PROCESSING
        allow((self._again, self._remove, self._stop), allowed=can_change)
        self._again.setVisible(not is_going)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the title its room: buttons keep their icons where it is narrow."""
        super().resizeEvent(event)
        is_narrow = self.width() < _NARROW
        for button in (self._again, self._save, self._remove):
            words = button.accessibleName()
            button.setText("" if is_narrow else words)
            if button.isEnabled():
                button.setToolTip(safe_tooltip(words) if is_narrow else "")

    @Slot()
    def set_busy(self) -> None:
        """Wait for the answer to a change; the next reading gives the buttons back."""
        for button in (self._again, self._remove, self._stop):
            button.setEnabled(False)

    def _about(self, document: Document) -> list[str]:
        facts = [language_name(document.lang_code), size_words(document.file_size_bytes)]
        if document.page_count:
            facts.insert(0, self.tr("%n page(s)", "", document.page_count))
        if document.chunk_count:
            facts.append(self.tr("%n passage(s)", "", document.chunk_count))
        added = self.tr("added %1").replace("%1", day_words(document.created_at))
        facts.append(added)
        if document.last_ingested_at is not None:
            read = day_words(document.last_ingested_at)
            facts.append(self.tr("read in %1").replace("%1", read))
        return facts

    def _use(self, row: DocumentRow) -> list[str]:
        if not row.times_used or row.last_used_at is None:
            return [self.tr("not used yet")]
        last = day_words(row.last_used_at)
        return [
            self.tr("used %n time(s)", "", row.times_used),
            self.tr("last %1", "used").replace("%1", last),
        ]

    def _show_state(self, document: Document) -> None:
        self._show_failure(document)
        if document.warnings:
            self._warnings.show_message("\n".join(map(warning_words, document.warnings)))
        else:
            self._warnings.hide()
        is_going = document.status is DocumentStatus.PROCESSING
        self._working.setVisible(is_going)
        if is_going:
            part = part_of(document) if document.chunks_total else -1.0
            words = self._progress_of(document)
            self._progress_words.show_text(words)
            self._progress.show_part(part, words)

    def _show_failure(self, document: Document) -> None:
        if document.status is not DocumentStatus.FAILED:
            self._failure.hide()
            return
        why = in_our_words(document.error or "") or self.tr("It could not be read in.")
        if document.is_replacing:
            why += " " + self.tr("The version before it goes on answering.")
        self._failure.show_message(why, self.tr("Try again"))

    def _progress_of(self, document: Document) -> str:
        if not document.chunks_total:
            return self.tr("Reading in…")
        words = self.tr("Reading in, %1").replace("%1", percent(part_of(document)))
        if document.is_replacing:
            words += " · " + self.tr("the version before it goes on answering")
        return words

    def _arrange(self) -> None:
        names = QVBoxLayout()
        names.setSpacing(2)
        title = QHBoxLayout()
        title.setSpacing(Space.S)
        title.addWidget(self._kind)
        title.addWidget(self._title, 1)
        names.addLayout(title)
        names.addWidget(self._file)
        head = QHBoxLayout()
        head.setSpacing(Space.S)
        head.addLayout(names, 1)
        for button in (self._again, self._save, self._remove):
            head.addWidget(button)
        working = QHBoxLayout(self._working)
        working.setContentsMargins(0, 0, 0, 0)
        working.setSpacing(Space.M)
        bar = QVBoxLayout()
        bar.setSpacing(Space.XS)
        bar.addWidget(self._progress_words)
        bar.addWidget(self._progress)
        working.addLayout(bar, 1)
        working.addWidget(self._stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.M, Space.XL, Space.M)
        column.setSpacing(Space.S)
        column.addLayout(head)
        column.addWidget(self._facts)
        for part in (self._working, self._failure, self._warnings):
            column.addWidget(part)
