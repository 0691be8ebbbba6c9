"""The queue's rows: pages of the query, and the newest page laid over them after a change."""

from datetime import datetime
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot

from core.domain.errors import SocialSyncError
from core.domain.ids import CommentId
from core.queries import comments
from core.queries.comments import CommentsPage, Place, ShownComment, Wanted
from desktop.bridge.call import Bridge, Call
from desktop.models.row_model import RowModel
from desktop.models.row_window import Page, PageRequest
from desktop.panes.comments.words import author_words, mark_of, text_words
from desktop.style.tokens import Tone
from desktop.widgets.conversation_cell import ConversationCell, describe_conversation
from desktop.widgets.writing import one_line, shortened

_CAPTION = 34


def key_of(row: ShownComment) -> tuple[datetime, UUID]:
    """Return what orders the queue: the newest comment first."""
    return (row.comment.at, row.comment.id)


def cell_of(row: ShownComment) -> ConversationCell:
    """Return the cell of a comment: how it stands, else which post it is under."""
    about = shortened(row.comment.post_caption or "", _CAPTION)
    word, tone = mark_of(row) or (about or None, Tone.NEUTRAL)
    return ConversationCell(
        name=author_words(row.comment),
        platform=row.comment.platform,
        preview=one_line(text_words(row)),
        at=row.comment.at,
        label=word,
        label_tone=tone,
    )


class CommentRows(QObject):
    """Feeds a row model from the comments query."""

    loaded = Signal()
    failed = Signal(object)

    def __init__(self, bridge: Bridge, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._wanted = Wanted(waiting=True)
        self._refresh: Call[CommentsPage] | None = None
        self._is_stale = False
        self._kept: UUID | None = None
        self.model: RowModel[ShownComment] = RowModel(
            key=key_of, describe=self._describe, parent=self
        )
        self.model.page_wanted.connect(self._on_page_wanted)

    def show(self, *, waiting: bool) -> None:
        """Show the comments that wait for us, or all, from the newest."""
        self._wanted = Wanted(waiting=waiting)
        self.reload()

    def reload(self) -> None:
        """Throw away what is shown and read from the newest."""
        self._kept = None
        self.model.reset()

    def keep(self, comment: UUID | None) -> None:
        """Hold on to the row that is being read, although an answer takes it off the list."""
        self._kept = comment

    def refresh(self) -> None:
        """Lay the newest page over what is shown; calls that overlap become one more."""
        if self._refresh is not None and not self._refresh.is_over:
            self._is_stale = True
            return
        self._is_stale = False
        self._refresh = (
            self._bridge.ask(self, comments.page, self._wanted)
            .then(self._on_refreshed)
            .ended(self._on_ended)
        )

    @Slot(object)
    def _on_page_wanted(self, request: PageRequest) -> None:
        after = None
        if request.cursor is not None:
            at, comment = request.cursor
            after = Place(at=at, id=CommentId(comment))
        self._bridge.ask(self, comments.page, self._wanted, after).then(
            self._on_page, request
        ).failed(self._on_failed, request)

    def _on_page(self, page: CommentsPage, request: PageRequest) -> None:
        rows = page.comments
        self.model.splice(Page(request=request, rows=rows, complete=page.next is None))
        if request.cursor is None:
            self.loaded.emit()

    def _on_failed(self, error: SocialSyncError, request: PageRequest) -> None:
        self.model.give_up(request)
        if request.cursor is None:
            self.failed.emit(error)

    def _on_refreshed(self, page: CommentsPage) -> None:
        found = {row.id for row in page.comments}
        reach = key_of(page.comments[-1]) if page.next is not None else None
        held = [self.model.row_at(at) for at in range(self.model.rowCount())]
        for row in held:
            if row is None or row.id in found or row.id == self._kept:
                continue
            if reach is None or key_of(row) >= reach:
                self.model.remove(row.id)
        for row in page.comments:
            if self.model.row(row.id) != row:
                self.model.upsert(row)
        if self._kept is not None and self._kept not in found:
            kept = CommentId(self._kept)
            self._bridge.ask(self, comments.one, kept).then(self._on_kept)
        self.loaded.emit()

    def _on_kept(self, row: ShownComment) -> None:
        """Show how the row that is held on to stands by now."""
        if row.id == self._kept and self.model.row(row.id) is not None:
            self.model.upsert(row)

    def _on_ended(self) -> None:
        if self._is_stale:
            self.refresh()

    def _describe(self, row: ShownComment) -> str:
        return describe_conversation(cell_of(row), self._bridge.now())
