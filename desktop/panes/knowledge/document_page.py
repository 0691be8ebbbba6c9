"""One document: its header, and its text with the passages marked."""

from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from core.actions import teach
from core.domain.errors import Refused, SocialSyncError
from core.domain.ids import DocumentId
from core.domain.knowledge import ChunkSpan
from core.queries import knowledge
from core.queries.knowledge import DocumentRow, DocumentText
from desktop.bridge.call import Bridge, Call
from desktop.panes.knowledge.document_header import DocumentHeader
from desktop.panes.knowledge.words import knowledge_trouble, language_name
from desktop.style.tokens import Space
from desktop.widgets.confirm import Confirm
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.label import ElidedLabel
from desktop.widgets.save_place import SavePlace, write_whole
from desktop.widgets.text_pieces import Section, Span
from desktop.widgets.text_reader import TextReader


class DocumentPage(QWidget):
    """Reads the text when the document is opened, and again when it has changed."""

    refused = Signal(object)
    changed = Signal()
    """Something was done to the document: the list should be read again."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._row: DocumentRow | None = None
        self._text: DocumentText | None = None
        self._span: Span | None = None
        self._reading: Call[DocumentText] | None = None
        self._can_change = False
        self._header = DocumentHeader()
        self._reader = TextReader(self.tr("Text of the document"))
        self._details = ElidedLabel(role="small")
        self._foot = QFrame()
        self._loading = EmptyState("file", self.tr("Opening the text…"), "")
        self._nothing = EmptyState(
            "file",
            self.tr("There is no text to show yet"),
            self.tr("It appears here as soon as the file has been read."),
        )
        self._broken = EmptyState("failed", "", "", self.tr("Try again"))
        self._pages = QStackedWidget()
        self._place = SavePlace(self)
        self._arrange()
        self._header.again_wanted.connect(self.read_in_again)
        self._header.original_wanted.connect(self.save_original)
        self._header.remove_wanted.connect(self.ask_to_remove)
        self._header.stop_wanted.connect(self.stop)
        self._broken.acted.connect(self._read)
        self._reader.section_chosen.connect(self._on_section_chosen)
        self._place.chosen.connect(self._on_place_chosen)

    def document_id(self) -> DocumentId | None:
        """Return which document is open."""
        return None if self._row is None else self._row.document.id

    def open(self, row: DocumentRow, span: Span | None, *, can_change: bool) -> None:
        """Show a document, at a span of its text where one is meant."""
        is_same = self.document_id() == row.document.id
        self._row, self._span, self._can_change = row, span, can_change
        self._header.show_row(row, can_change=can_change)
        if is_same and self._text is not None:
            self._go_to_span()
            return
        self._text = None
        self._details.show_text("")
        self._pages.setCurrentWidget(self._loading)
        self._read()

    def show_row(self, row: DocumentRow, *, can_change: bool) -> None:
        """Follow the document that is open; its text only where that is another one."""
        before = self._row
        self._row, self._can_change = row, can_change
        self._header.show_row(row, can_change=can_change)
        if before is not None and _version(before) != _version(row):
            self._read()

    def focus_text(self) -> None:
        """Give the keyboard to the text."""
        self._reader.setFocus()

    # What one may do

    @Slot()
    def read_in_again(self) -> None:
        """Have it indexed again."""
        self._change(teach.reindex_document)

    @Slot()
    def stop(self) -> None:
        """Stop the indexing; a version before it stays."""
        self._change(teach.cancel_document)

    @Slot()
    def save_original(self) -> None:
        """Ask where the file should be saved."""
        if self._row is not None:
            self._place.ask(self.tr("Save the original file"), self._row.document.name)

    @Slot()
    def ask_to_remove(self) -> None:
        """Ask before it is removed."""
        if self._row is None or not self._can_change:
            return
        title = self.tr("Remove “%1”?").replace("%1", self._row.document.title)
        risk = self.tr(
            "The assistant answers nothing from it any more. Your own file stays where it is."
        )
        question = Confirm(title, risk, self.tr("Remove"), self)
        question.confirmed.connect(self._on_remove_confirmed)
        question.open()

    @Slot()
    def _on_remove_confirmed(self) -> None:
        self._change(teach.remove_document)

    def _change(self, action: Any) -> None:
        document_id = self.document_id()
        if document_id is not None and self._can_change:
            self._header.set_busy()
            self._bridge.ask(self, action, document_id).failed(self._on_refused).ended(
                self._on_changed
            )

    def _on_changed(self) -> None:
        if self._row is not None:
            self._header.show_row(self._row, can_change=self._can_change)
        self.changed.emit()

    def _on_refused(self, error: SocialSyncError) -> None:
        self.refused.emit(error)

    @Slot(str)
    def _on_place_chosen(self, place: str) -> None:
        document_id = self.document_id()
        if document_id is not None:
            self._bridge.ask(self, knowledge.original, document_id).then(
                self._on_original, place
            ).failed(self._on_refused)

    def _on_original(self, content: bytes, place: str) -> None:
        try:
            write_whole(place, content)
        except Refused as error:
            self.refused.emit(error)

    # The text

    @Slot()
    def _read(self) -> None:
        document_id = self.document_id()
        if document_id is None:
            return
        if self._reading is not None:
            self._reading.cancel()
        self._reading = (
            self._bridge.ask(self, knowledge.document, document_id)
            .then(self._on_text)
            .failed(self._on_unreadable)
        )

    def _on_text(self, text: DocumentText) -> None:
        if text.document.id != self.document_id():
            return
        sections = [self._section(chunk, text.content) for chunk in text.chunks]
        is_newer = self._text is not None
        self._text = text
        if is_newer:
            self._reader.show_same_text(text.content, sections)
        else:
            self._reader.show_text(text.content, sections)
        self._details.show_text(self._hint(len(sections)))
        self._pages.setCurrentWidget(self._reader if text.content else self._nothing)
        self._foot.setVisible(bool(text.content))
        self._go_to_span()

    def _on_unreadable(self, error: SocialSyncError) -> None:
        trouble = knowledge_trouble(error)
        self._broken.show_words(trouble.title, trouble.next_step)
        self._foot.hide()
        self._pages.setCurrentWidget(self._broken)

    def _go_to_span(self) -> None:
        if self._span is not None:
            self._reader.show_span(self._span)
            self._span = None

    def _section(self, chunk: ChunkSpan, content: str) -> Section:
        words = len(content[chunk.start_char : chunk.end_char].split())
        facts = [self.tr("%n word(s)", "", words)]
        if chunk.page is not None:
            facts.insert(0, self.tr("page %1").replace("%1", str(chunk.page)))
        return Section(
            start=chunk.start_char,
            end=chunk.end_char,
            number=str(chunk.index + 1),
            heading=chunk.heading,
            facts=" · ".join(facts),
        )

    def _hint(self, count: int) -> str:
        if not count:
            return self.tr("The passages are marked as soon as it has been read in.")
        passages = self.tr("%n passage(s)", "", count)
        return f"{passages} · " + self.tr("Click one to see more about it")

    @Slot(int)
    def _on_section_chosen(self, section: int) -> None:
        if self._text is None or section >= len(self._text.chunks):
            return
        chunk = self._text.chunks[section]
        whole = self.tr("Passage %1 of %2").replace("%1", str(chunk.index + 1))
        parts = [whole.replace("%2", str(len(self._text.chunks))), chunk.heading]
        if chunk.page is not None:
            parts.append(self.tr("page %1").replace("%1", str(chunk.page)))
        parts.append(self.tr("%n token(s)", "", chunk.token_count))
        parts.append(language_name(chunk.lang_code))
        self._details.show_text(" · ".join(part for part in parts if part))

    def _arrange(self) -> None:
        for page in (self._loading, self._reader, self._nothing, self._broken):
            self._pages.addWidget(page)
        self._foot.setProperty("role", "foot")
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(Space.XL, Space.S, Space.XL, Space.S)
        foot.addWidget(self._details)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(self._pages, 1)
        column.addWidget(self._foot)


def _version(row: DocumentRow) -> tuple[object, ...]:
    document = row.document
    return document.id, document.status, document.last_ingested_at, document.chunk_count
