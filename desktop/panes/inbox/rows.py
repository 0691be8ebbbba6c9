"""The list's rows, kept equal to what the query returns for the filter in force.

Nothing here decides which conversation belongs to a filter: after each change the newest
page is read again and laid over the rows that are held. Rows further down, which that
page does not reach, are read one by one.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot

from core.domain.errors import SocialSyncError
from core.domain.ids import ConversationId
from core.queries import inbox
from core.queries.inbox import Cursor, InboxFilter, InboxPage, InboxRow
from desktop.bridge.call import Bridge, Call
from desktop.models.row_model import RowModel
from desktop.models.row_window import Direction, Page, PageRequest

_LAID_OVER: Final = 200
"""Rows read again after a change: more than a screen shows, 2 ms to read."""
_SINGLES: Final = 20
"""Changed rows beyond those that are worth a query each."""


def key_of(row: InboxRow) -> tuple[datetime, UUID]:
    """Return what orders the list: newest last message first."""
    return (row.last_message_at, row.id)


class ConversationRows(QObject):
    """Feeds a row model from the inbox query, and lays changes over it."""

    loaded = Signal()
    """The first page of the filter has arrived."""
    failed = Signal(object)
    """The first page cannot be read; carries the error."""

    def __init__(
        self, bridge: Bridge, describe: Callable[[InboxRow], str], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._filter = InboxFilter.ALL
        self._search = ""
        self._reads: list[Call[Any]] = []
        self._refresh: Call[InboxPage] | None = None
        self._changed: set[UUID] = set()
        self._is_loaded = False
        self._kept: UUID | None = None
        self.model: RowModel[InboxRow] = RowModel(
            key=key_of, describe=describe, parent=self
        )
        self.model.page_wanted.connect(self._on_page_wanted)

    def show_filter(self, chosen: InboxFilter) -> None:
        """Show the conversations of a filter, from the newest."""
        self._filter = chosen
        self.reload()

    def show_search(self, words: str) -> None:
        """Show only what matches the words, within the filter."""
        self._search = words
        self.reload()

    def reload(self) -> None:
        """Throw away what is shown and read from the newest."""
        self._kept = None
        self._cancel_reads()
        self._is_loaded = False
        self.model.reset()

    def keep(self, conversation_id: UUID) -> None:
        """Hold on to the row that is being read, although reading takes it out of a filter.

        Nobody wants the line under their eyes to vanish; it goes when they go on.
        """
        if conversation_id != self._kept:
            self._kept = conversation_id
            self.refresh()

    def refresh(self, changed: frozenset[UUID] = frozenset()) -> None:
        """Lay the newest page over what is shown; calls that overlap become one more."""
        self._changed |= changed
        if not self._is_loaded or self._is_refreshing:
            return
        asked = frozenset(self._changed)
        self._changed.clear()
        self._refresh = (
            self._bridge.ask(
                self, inbox.page, filter=self._filter, search=self._search, limit=_LAID_OVER
            )
            .then(self._on_refreshed, asked)
            .ended(self._on_refresh_ended)
        )

    @property
    def _is_refreshing(self) -> bool:
        return self._refresh is not None and not self._refresh.is_over

    @Slot(object)
    def _on_page_wanted(self, request: PageRequest) -> None:
        cursor = None
        if request.cursor is not None:
            at, conversation_id = request.cursor
            cursor = Cursor(last_message_at=at, id=ConversationId(conversation_id))
        newer = request.direction is Direction.NEWER
        self._reads = [call for call in self._reads if not call.is_over]
        self._reads.append(
            self._bridge.ask(
                self,
                inbox.page,
                filter=self._filter,
                search=self._search,
                before=None if newer else cursor,
                after=cursor if newer else None,
                limit=request.limit,
            )
            .then(self._on_page, request)
            .failed(self._on_page_failed, request)
        )

    def _on_page(self, page: InboxPage, request: PageRequest) -> None:
        self.model.splice(Page(request=request, rows=page.rows, complete=not page.has_more))
        if request.cursor is None:
            self._is_loaded = True
            self.loaded.emit()
            if self._changed:
                self.refresh()

    def _on_page_failed(self, error: SocialSyncError, request: PageRequest) -> None:
        self.model.give_up(request)
        if request.cursor is None:
            self.failed.emit(error)

    def _on_refreshed(self, page: InboxPage, changed: frozenset[UUID]) -> None:
        self._drop_missing(page)
        for row in page.rows:
            if self.model.row(row.id) != row:
                self.model.upsert(row)
        beyond = changed - {row.id for row in page.rows}
        held = [each for each in beyond if self.model.row(each) is not None]
        for each in held[:_SINGLES]:
            self._bridge.ask(self, inbox.row, ConversationId(each)).then(self._on_row, each)
        self.loaded.emit()

    def _on_refresh_ended(self) -> None:
        if self._changed:
            self.refresh()

    def _on_row(self, row: InboxRow | None, conversation_id: UUID) -> None:
        if row is None:
            self.model.remove(conversation_id)
        elif self.model.row(conversation_id) is not None:
            self.model.upsert(row)

    def _drop_missing(self, page: InboxPage) -> None:
        """Take out the rows that lie within the page's reach and are not in it."""
        found = {row.id for row in page.rows}
        reach = key_of(page.rows[-1]) if page.rows and page.has_more else None
        rows = (self.model.row_at(at) for at in range(self.model.rowCount()))
        gone = [
            row.id
            for row in rows
            if row is not None
            and row.id not in found
            and row.id != self._kept
            and (reach is None or key_of(row) >= reach)
        ]
        for row_id in gone:
            self.model.remove(row_id)

    def _cancel_reads(self) -> None:
        self._changed.clear()
        for call in self._reads:
            call.cancel()
        self._reads.clear()
        if self._refresh is not None:
            self._refresh.cancel()
