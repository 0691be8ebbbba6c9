"""The left column: what there is, filtered; below it what is on its way."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from core.domain.errors import SocialSyncError
from core.queries.knowledge import FaqRow
from desktop.models.list_model import ListModel
from desktop.panes.knowledge.adding import AddButton
from desktop.panes.knowledge.emptiness import Emptiness
from desktop.panes.knowledge.rights import locked_words
from desktop.panes.knowledge.rows import RowWriter, ShelfRow, Shown, is_choosable
from desktop.panes.knowledge.shelf import Shelf
from desktop.panes.knowledge.upload_panel import UploadPanel
from desktop.panes.knowledge.words import knowledge_trouble, size_words
from desktop.style.tokens import Space
from desktop.widgets.chips import FilterChips
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.label import PlainLabel, WrappedLabel
from desktop.widgets.meter import Meter
from desktop.widgets.row_list import RowList
from desktop.widgets.search_field import SearchField
from desktop.widgets.shelf_cell import (
    HEADING_HEIGHT,
    ROW_HEIGHT,
    ShelfCell,
    describe_shelf_cell,
)
from desktop.widgets.shelf_delegate import ShelfDelegate


def cell_of(row: ShelfRow) -> ShelfCell:
    """Return how a row looks."""
    return row.cell


def describe(row: ShelfRow) -> str:
    """Return what a screen reader says of a row."""
    return describe_shelf_cell(row.cell)


class KnowledgeColumn(QWidget):
    """Tells which row the person moved to; the pane decides what that shows."""

    chosen = Signal(object)
    """The ShelfRow the person moved to."""

    def __init__(
        self,
        shelf: Shelf,
        panel: UploadPanel,
        add: AddButton,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._shelf = shelf
        self._panel = panel
        self._add = add
        self._writer = RowWriter(self)
        self._edited: frozenset[object] = frozenset()
        self._meter = Meter()
        self._meter.hide()
        self._locked = WrappedLabel(role="small")
        self._locked.hide()
        self._chips = FilterChips(self.tr("What is listed"))
        self._chips.set_choices(self._choices(0))
        self._filter = SearchField(self.tr("Filter by name…"))
        self._filter.setAcceptDrops(False)
        self._model: ListModel[ShelfRow] = ListModel(describe, is_choosable, parent=self)
        self._list = RowList(self.tr("Knowledge"))
        self._list.set_rows(self._model)
        self._list.set_row_delegate(ShelfDelegate(cell_of, self), ROW_HEIGHT)
        self._loading = EmptyState("knowledge", self.tr("Reading what you know…"), "")
        self._empty = Emptiness()
        self._broken = EmptyState("failed", "", "", self.tr("Try again"))
        self._pages = QStackedWidget()
        self._arrange()
        self._connect()

    def shown(self) -> Shown:
        """Return which list is in sight."""
        return Shown(self._chips.current())

    def show_list(self, shown: Shown) -> None:
        """Bring a list into sight, unfiltered."""
        self._chips.choose(shown.value)
        self._filter.clear()
        self._start_over()

    def show_edited(self, edited: frozenset[object]) -> None:
        """Mark the entries with words that are not saved."""
        self._edited = edited
        self._lay_over()

    def select(self, row_id: object) -> None:
        """Mark the row of what is open; silent."""
        self._list.select(row_id)

    def selected(self) -> ShelfRow | None:
        """Return the row that is marked."""
        chosen = self._list.chosen_id()
        return None if chosen is None else self._model.row(chosen)

    def step(self, by: int) -> None:
        """Move to the next or the previous row, over headings."""
        current = self._list.currentIndex()
        start = current.row() if current.isValid() else -1
        at = self._model.neighbour(start, by)
        if at is not None:
            self._list.setCurrentIndex(self._model.index(at, 0))

    def focus_rows(self) -> None:
        """Give the keyboard to the rows."""
        self._list.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_filter(self) -> None:
        """Put the cursor into the filter."""
        self._filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._filter.selectAll()

    # What is read

    @Slot()
    def show_read(self) -> None:
        """Show the newest reading in place."""
        overview = self._shelf.overview
        if overview is None:
            return
        used, allowed = overview.storage.used, overview.storage.allowed
        words = self.tr("%1 used").replace("%1", size_words(used))
        if allowed is not None:
            words = self.tr("%1 of %2 used").replace("%1", size_words(used))
            words = words.replace("%2", size_words(allowed))
        self._meter.show()
        self._meter.show_use(used / allowed if allowed else None, words)
        self._locked.show_text(locked_words())
        self._locked.setVisible(not overview.can_change)
        self._lay_over()

    @Slot()
    def show_reviewed(self) -> None:
        """Count what should be looked at."""
        review = self._shelf.review
        if review is not None:
            parts = (review.conflicts, review.expired, review.stale, review.unused)
            label = self._choices(sum(map(len, parts)))[2][1]
            self._chips.set_label(Shown.REVIEW.value, label)
        self._lay_over()

    @Slot(object)
    def show_failure(self, error: SocialSyncError) -> None:
        """Say why the list cannot be read, unless an older one is in sight."""
        if self._model.rowCount():
            return
        trouble = knowledge_trouble(error)
        self._broken.show_words(trouble.title, trouble.next_step)
        self._show_page()

    def _rows(self) -> list[ShelfRow]:
        overview, review = self._shelf.overview, self._shelf.review
        words = self._filter.text().strip()
        if overview is None:
            return []
        if self.shown() is Shown.DOCUMENTS:
            return self._writer.documents(overview, words)
        if self.shown() is Shown.FAQ:
            return self._writer.entries(overview, words, self._is_edited)
        return [] if review is None else self._writer.review(review, words)

    def _is_edited(self, row: FaqRow) -> bool:
        return row.entry.id in self._edited

    def _lay_over(self) -> None:
        self._model.lay_over(self._rows())
        self._show_page()

    @Slot()
    def _start_over(self) -> None:
        self._model.start_over(self._rows())
        self._list.select(self._list.chosen_id())
        self._show_page()

    def _show_page(self) -> None:
        self._size_rows()
        if self._model.rowCount():
            self._pages.setCurrentWidget(self._list)
        elif (overview := self._shelf.overview) is None:
            failed = self._shelf.has_failed
            self._pages.setCurrentWidget(self._broken if failed else self._loading)
        else:
            self._empty.show_for(
                self.shown(), self._filter.text().strip(), can_change=overview.can_change
            )
            self._pages.setCurrentWidget(self._empty)

    def _size_rows(self) -> None:
        """Make headings lower than rows; only the review has some."""
        if self.shown() is not Shown.REVIEW:
            return
        for at in range(self._model.rowCount()):
            row = self._model.row_at(at)
            is_heading = row is not None and row.cell.is_heading
            self._list.setRowHeight(at, HEADING_HEIGHT if is_heading else ROW_HEIGHT)

    # What the person does

    @Slot(object)
    def _on_chosen(self, row_id: object) -> None:
        row = self._model.row(row_id)
        if row is not None and row.target is not None:
            self.chosen.emit(row)

    def _choices(self, to_review: int) -> list[tuple[str, str]]:
        review = self.tr("To review")
        return [
            (Shown.DOCUMENTS.value, self.tr("Documents")),
            (Shown.FAQ.value, self.tr("FAQ")),
            (Shown.REVIEW.value, f"{review} · {to_review}" if to_review else review),
        ]

    def _connect(self) -> None:
        self._shelf.read.connect(self.show_read)
        self._shelf.reviewed.connect(self.show_reviewed)
        self._shelf.failed.connect(self.show_failure)
        self._chips.chosen.connect(self._start_over)
        self._filter.textChanged.connect(self._start_over)
        self._list.chosen.connect(self._on_chosen)
        self._list.opened.connect(self._on_chosen)
        self._broken.acted.connect(self._shelf.start)
        self._empty.files_wanted.connect(self._add.choose_files)
        self._empty.entry_wanted.connect(self._add.entry_wanted)

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.addWidget(PlainLabel(self.tr("Knowledge"), "title"))
        top.addStretch()
        top.addWidget(self._add)
        head = QVBoxLayout()
        head.setContentsMargins(Space.L, Space.L, Space.L, Space.S)
        head.setSpacing(Space.M)
        head.addLayout(top)
        for part in (self._meter, self._locked, self._filter, self._chips):
            head.addWidget(part)
        for page in (self._loading, self._list, self._empty, self._broken):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._pages, 1)
        column.addWidget(self._panel)
        self.setProperty("role", "panel")
