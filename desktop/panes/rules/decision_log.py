"""The log of decisions: searched, filtered, and read page by page."""

from uuid import UUID

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from core.domain.decision import Decision
from core.domain.errors import SocialSyncError
from core.queries import decisions
from core.queries.decisions import DecisionRow
from desktop.bridge.call import Bridge, Call
from desktop.bridge.trouble import trouble_of
from desktop.models.row_model import RowModel
from desktop.models.row_window import Direction, Page, PageRequest, WindowSizes
from desktop.panes.rules.decision_rows import cell_of, newest_first
from desktop.panes.rules.words import decision_words
from desktop.style.tokens import Space
from desktop.widgets.chips import FilterChips
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.label import PlainLabel
from desktop.widgets.row_list import RowList
from desktop.widgets.search_field import SearchField
from desktop.widgets.shelf_cell import ROW_HEIGHT, ShelfCell, describe_shelf_cell
from desktop.widgets.shelf_delegate import ShelfDelegate

_PAGE = 50
_ALL = "all"
_SIZES = WindowSizes(held=1_000_000, page=_PAGE, prefetch=20)
"""Nothing is let go: the log is read downwards only, and a row is small."""


class DecisionLog(QWidget):
    """Tells which decision the person moved to."""

    chosen = Signal(object)
    """The DecisionRow, or None when the list begins anew."""
    opened = Signal(object)

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._calls: list[Call[list[DecisionRow]]] = []
        self._refreshing: Call[list[DecisionRow]] | None = None
        self._is_stale = False
        self._search = SearchField(self.tr("Search messages, reasons, customers…"))
        self._search.setAcceptDrops(False)
        self._chips = FilterChips(self.tr("Decision"))
        self._chips.set_choices(
            [(_ALL, self.tr("All"))]
            + [(each.value, decision_words(each)) for each in Decision]
        )
        self._model: RowModel[DecisionRow] = RowModel(
            key=newest_first, describe=self._describe, sizes=_SIZES, parent=self
        )
        self._list = RowList(self.tr("Decisions"))
        self._list.set_rows(self._model, at_newest=self._model.at_newest)
        self._list.set_row_delegate(ShelfDelegate(self._cell, self), ROW_HEIGHT)
        self._loading = EmptyState("assistant", self.tr("Reading the decisions…"), "")
        self._empty = EmptyState("assistant", "", "")
        self._broken = EmptyState("failed", "", "", self.tr("Try again"))
        self._pages = QStackedWidget()
        self._arrange()
        self._model.page_wanted.connect(self._on_page_wanted)
        self._search.searched.connect(self.start)
        self._chips.chosen.connect(self.start)
        self._broken.acted.connect(self.start)
        self._list.chosen.connect(self._on_chosen)
        self._list.opened.connect(self.opened)
        self._list.range_shown.connect(self._model.look_at)

    @Slot()
    def start(self) -> None:
        """Read the log from its newest decision."""
        for call in self._calls:
            call.cancel()
        self._calls = []
        self._pages.setCurrentWidget(self._loading)
        self._list.select(None)
        self.chosen.emit(None)
        self._model.reset()

    @Slot()
    def refresh(self) -> None:
        """Read the newest page again, in place; overlapping calls become one more."""
        if self._pages.currentWidget() is not self._list:
            self.start()
        elif self._refreshing is not None and not self._refreshing.is_over:
            self._is_stale = True
        else:
            self._is_stale = False
            self._refreshing = self._ask(None)
            self._refreshing.then(self._on_newer).failed(self._on_not_refreshed).ended(
                self._on_refreshed
            )

    def _on_not_refreshed(self, _error: SocialSyncError) -> None:
        """Leave what is shown: it is read again with the next notice."""

    def _on_refreshed(self) -> None:
        if self._is_stale:
            self.refresh()

    def step(self, by: int) -> None:
        """Move to the next or the previous row."""
        current = self._list.currentIndex()
        index = self._model.index(current.row() + by if current.isValid() else 0, 0)
        if index.isValid():
            self._list.setCurrentIndex(index)

    @Slot()
    def focus_search(self) -> None:
        """Put the cursor into the search."""
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    def _ask(self, before: UUID | None) -> Call[list[DecisionRow]]:
        kind = self._chips.current()
        self._calls = [call for call in self._calls if not call.is_over]
        call = self._bridge.ask(
            self,
            decisions.page,
            search=self._search.text().strip(),
            decision=None if kind == _ALL else Decision(kind),
            before=before,
            limit=_PAGE,
        )
        self._calls.append(call)
        return call

    @Slot(object)
    def _on_page_wanted(self, request: PageRequest) -> None:
        if request.direction is Direction.NEWER:
            self._model.splice(Page(request=request, rows=(), complete=True))
            return
        before = None if request.cursor is None else UUID(int=request.cursor[1])
        self._ask(before).then(self._on_page, request).failed(self._on_failed, request)

    def _on_page(self, rows: list[DecisionRow], request: PageRequest) -> None:
        complete = len(rows) < _PAGE
        self._model.splice(Page(request=request, rows=rows, complete=complete))
        self._show_page()

    def _on_newer(self, rows: list[DecisionRow]) -> None:
        for row in rows:
            if self._model.row(row.id) != row:
                self._model.upsert(row)
        chosen = self._model.row(self._list.chosen_id())
        if chosen is not None:
            self.chosen.emit(chosen)

    def _on_failed(self, error: SocialSyncError, request: PageRequest) -> None:
        self._model.give_up(request)
        trouble = trouble_of(error)
        self._broken.show_words(trouble.title, trouble.next_step)
        self._pages.setCurrentWidget(self._broken)

    def _show_page(self) -> None:
        if self._model.rowCount():
            self._pages.setCurrentWidget(self._list)
            return
        if self._search.text().strip() or self._chips.current() != _ALL:
            title = self.tr("Nothing found")
            hint = self.tr("Search for other words, or choose All.")
        else:
            title = self.tr("No decisions yet")
            hint = self.tr("Each message the assistant looks at appears here, with why.")
        self._empty.show_words(title, hint)
        self._pages.setCurrentWidget(self._empty)

    @Slot(object)
    def _on_chosen(self, row_id: object) -> None:
        self.chosen.emit(self._model.row(row_id))

    def _cell(self, row: DecisionRow) -> ShelfCell:
        return cell_of(row, self._bridge.now())

    def _describe(self, row: DecisionRow) -> str:
        return describe_shelf_cell(self._cell(row))

    def _arrange(self) -> None:
        for page in (self._loading, self._list, self._empty, self._broken):
            self._pages.addWidget(page)
        head = QVBoxLayout()
        head.setContentsMargins(Space.L, Space.L, Space.L, Space.S)
        head.setSpacing(Space.M)
        head.addWidget(PlainLabel(self.tr("Decisions"), "title"))
        head.addWidget(self._search)
        head.addWidget(self._chips)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._pages, 1)
