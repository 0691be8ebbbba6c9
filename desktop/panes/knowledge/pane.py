"""The knowledge pane: what there is on the left, what it says on the right."""

from functools import partial

from PySide6.QtCore import QT_TRANSLATE_NOOP, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QWidget
from typing_extensions import override

from core.domain.errors import SocialSyncError
from desktop.bridge.call import Bridge
from desktop.bridge.feed import Feed
from desktop.panes.knowledge.adding import AddButton
from desktop.panes.knowledge.column import KnowledgeColumn
from desktop.panes.knowledge.drafts import Drafts
from desktop.panes.knowledge.openings import Openings
from desktop.panes.knowledge.rights import locked_words
from desktop.panes.knowledge.shelf import Shelf
from desktop.panes.knowledge.stage import Stage
from desktop.panes.knowledge.tables import FaqTables
from desktop.panes.knowledge.upload_panel import UploadPanel
from desktop.panes.knowledge.uploads import Uploads
from desktop.panes.knowledge.words import toast_of
from desktop.style.tokens import Tone
from desktop.widgets.drop_veil import DropVeil
from desktop.widgets.growing_text import local_files
from desktop.widgets.toast import ToastStack
from desktop.widgets.verb import Verb, add_verbs

_WIDTHS = (392, 938)


class KnowledgePane(QWidget):
    """Everything the assistant may answer from."""

    NAME = "knowledge"
    TITLE = str(QT_TRANSLATE_NOOP("Pane", "Knowledge"))
    ICON = "knowledge"
    SHORTCUT = "Ctrl+3"

    badge_changed = Signal(int)
    """How many contradictions and passed dates wait for the owner."""
    open_conversation = Signal(object)
    """ConversationId that another pane should show; this one asks for none."""

    def __init__(self, bridge: Bridge, feed: Feed, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drafts = Drafts()
        self._shelf = Shelf(bridge, self)
        self._uploads = Uploads(bridge, self)
        self._add = AddButton()
        self._tables = FaqTables(bridge, self)
        self._column = KnowledgeColumn(self._shelf, UploadPanel(self._uploads), self._add)
        self._stage = Stage(bridge, self._drafts)
        self._openings = Openings(self._shelf, self._column, self._stage, self)
        self._veil = DropVeil(self)
        self._toasts = ToastStack(self)
        self._arrange()
        self._connect_left()
        self._connect_right()
        feed.knowledge_changed.connect(self._shelf.refresh)
        feed.resync.connect(self._shelf.refresh)
        add_verbs(self, self._verbs())
        self._column.show_edited(self._drafts.entries())
        self._shelf.start()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Read again what no notice tells: how often a source was used."""
        super().showEvent(event)
        self._shelf.refresh()

    def leave(self) -> None:
        """Write down what is typed and not saved; called when the pane goes out of sight."""
        self._drafts.store()

    def _verbs(self) -> tuple[Verb, ...]:
        column, stage = self._column, self._stage
        return (
            Verb("next", self.tr("Next row"), partial(column.step, 1), "J"),
            Verb("back", self.tr("Previous row"), partial(column.step, -1), "K"),
            Verb("search", self.tr("Ask the knowledge base"), stage.focus_search, "/"),
            Verb("find", self.tr("Search"), stage.focus_search, "Ctrl+F"),
            Verb("filter", self.tr("Filter the list"), column.focus_filter, "F"),
            Verb("new", self.tr("New FAQ entry"), self._new_entry, "N"),
            Verb("save", self.tr("Save the entry"), stage.entry.save, "Ctrl+S"),
            Verb("files", self.tr("Add files"), self._choose_files, "Ctrl+O"),
            Verb("paste", self.tr("Add the copied files"), self._paste, "Ctrl+V"),
            Verb("remove", self.tr("Remove what is open"), self._remove, "Delete"),
            Verb("list", self.tr("Back to the list"), self._to_list, "Escape"),
        )

    # What the person does

    @Slot(list)
    def _add_paths(self, paths: list[str]) -> None:
        if self._shelf.can_change():
            self._uploads.add(paths)
        else:
            self._toasts.show_toast(locked_words(), Tone.WARNING)

    @Slot()
    def _choose_files(self) -> None:
        if self._shelf.can_change():
            self._add.choose_files()

    @Slot()
    def _paste(self) -> None:
        files = local_files(QGuiApplication.clipboard().mimeData())
        if files:
            self._add_paths(files)

    @Slot()
    def _new_entry(self) -> None:
        if self._shelf.can_change():
            self._openings.show_entry(None)
            self._stage.entry.focus_first()

    @Slot()
    def _remove(self) -> None:
        page = self._stage.open_page()
        if self._stage.is_searching():
            return
        if page is self._stage.document:
            self._stage.document.ask_to_remove()
        elif page is self._stage.entry:
            self._stage.entry.ask_to_remove()

    @Slot()
    def _to_list(self) -> None:
        if self._stage.is_searching():
            self._stage.close_search()
        self._column.focus_rows()

    # What is read

    @Slot()
    def _on_read(self) -> None:
        overview = self._shelf.overview
        if overview is None:
            return
        self._add.allow_changes(allowed=overview.can_change, reason=locked_words())
        self._stage.take_from(overview)
        rows = {row.document.id: row.document for row in overview.documents}
        self._uploads.follow(rows)
        self._openings.follow()
        self._stage.search.refresh()
        if overview.can_change:
            title = self.tr("Drop to add to the knowledge base")
            self._veil.set_words(title, self.tr("Files and whole folders"))
        else:
            self._veil.set_words(self.tr("You cannot add files"), locked_words())

    @Slot()
    def _on_missing(self) -> None:
        self._toasts.show_toast(self.tr("This is not here any more."), Tone.WARNING)

    @Slot()
    def _on_reviewed(self) -> None:
        review = self._shelf.review
        if review is not None:
            self.badge_changed.emit(len(review.conflicts) + len(review.expired))

    @Slot()
    def _on_saved(self) -> None:
        self._toasts.show_toast(self.tr("Saved"), Tone.GOOD)
        self._shelf.refresh()

    @Slot()
    def _on_closed(self) -> None:
        self._stage.show_nothing()
        self._shelf.refresh()

    @Slot()
    def _on_dismissed(self) -> None:
        self._stage.show_nothing()
        self._shelf.start()

    @Slot()
    def _on_drafts_changed(self) -> None:
        self._column.show_edited(self._drafts.entries())

    @Slot(object)
    def _on_refused(self, error: SocialSyncError) -> None:
        self._toasts.show_toast(toast_of(error), Tone.WARNING)
        self._shelf.refresh()

    @Slot()
    def _on_overflowed(self) -> None:
        self._toasts.show_toast(
            self.tr("More than 2,000 files at once: the rest was left out."), Tone.WARNING
        )

    @Slot(str)
    def _on_told(self, words: str) -> None:
        self._toasts.show_toast(words, Tone.GOOD)
        self._shelf.refresh()

    def _connect_left(self) -> None:
        self._column.chosen.connect(self._openings.show_row)
        self._openings.missing.connect(self._on_missing)
        self._veil.dropped.connect(self._add_paths)
        self._shelf.read.connect(self._on_read)
        self._shelf.reviewed.connect(self._on_reviewed)
        self._add.paths_chosen.connect(self._add_paths)
        self._add.entry_wanted.connect(self._new_entry)
        self._add.table_chosen.connect(self._tables.take)
        self._add.table_refused.connect(self._tables.refuse)
        self._add.export_wanted.connect(self._tables.give)
        self._tables.told.connect(self._on_told)
        self._tables.refused.connect(self._on_refused)
        self._uploads.added.connect(self._shelf.refresh)
        self._uploads.refused.connect(self._on_refused)
        self._uploads.overflowed.connect(self._on_overflowed)

    def _connect_right(self) -> None:
        stage = self._stage
        for page in (stage.document, stage.entry, stage.review):
            page.refused.connect(self._on_refused)
        stage.document.changed.connect(self._shelf.refresh)
        stage.entry.added.connect(self._openings.show_added)
        stage.entry.saved.connect(self._on_saved)
        stage.entry.closed.connect(self._on_closed)
        stage.entry.drafts_changed.connect(self._on_drafts_changed)
        stage.entry.twin_opened.connect(self._openings.show_twin)
        stage.review.changed.connect(self._on_dismissed)
        stage.review.place_opened.connect(self._openings.show_place)
        stage.search.passage_opened.connect(self._openings.show_passage)
        stage.search.citation_opened.connect(self._openings.show_citation)
        stage.search.entry_wanted.connect(self._openings.write_entry)

    def _arrange(self) -> None:
        columns = QSplitter(Qt.Orientation.Horizontal)
        columns.setChildrenCollapsible(False)
        columns.setHandleWidth(1)
        for column in (self._column, self._stage):
            columns.addWidget(column)
        columns.setStretchFactor(1, 1)
        columns.setSizes(list(_WIDTHS))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(columns)
