"""The inbox pane: list, conversation and customer side by side, kept live by the feed."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtCore import QT_TRANSLATE_NOOP, QPoint, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from core.domain.errors import SocialSyncError
from core.domain.ids import ConversationId
from core.queries import inbox
from core.queries.inbox import InboxRow
from desktop.bridge.call import Bridge
from desktop.bridge.feed import Feed
from desktop.bridge.trouble import trouble_of
from desktop.panes.inbox.columns import Columns
from desktop.panes.inbox.deeds import Deeds
from desktop.panes.inbox.list import ConversationList
from desktop.panes.inbox.menus import ConversationMenus
from desktop.panes.inbox.side import CustomerSide
from desktop.panes.inbox.thread import ThreadColumn
from desktop.style.tokens import Tone
from desktop.widgets.toast import ToastStack
from desktop.widgets.verb import Verb, add_verbs


class InboxPane(QWidget):
    """Everything one needs to answer customers."""

    NAME = "inbox"
    TITLE = str(QT_TRANSLATE_NOOP("Pane", "Inbox"))
    ICON = "inbox"
    SHORTCUT = "Ctrl+1"

    badge_changed = Signal(int)
    """How many conversations wait for a person."""
    open_conversation = Signal(object)
    """ConversationId that another pane should show; this one opens its own itself."""

    def __init__(self, bridge: Bridge, feed: Feed, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._row: InboxRow | None = None
        self._kept_unread: ConversationId | None = None
        self._list = ConversationList(bridge)
        self._thread = ThreadColumn(bridge)
        self._side = CustomerSide(bridge)
        self._columns = Columns(self._list, self._thread, self._side)
        self._deeds = Deeds(bridge, self)
        self._menus = ConversationMenus(bridge, self._deeds, self)
        self._toasts = ToastStack(self)
        self._arrange()
        self._connect_parts()
        self._connect_header()
        self._connect_feed(feed)
        add_verbs(self, self._verbs())
        self._list.start()

    def show_conversation(self, conversation_id: ConversationId) -> None:
        """Open a conversation that another part of the window asks for."""
        row = self._list.row(conversation_id)
        if row is not None:
            self._open(row)
        else:
            self._bridge.ask(self, inbox.row, conversation_id).then(self._on_row_found)

    def leave(self) -> None:
        """Keep what was typed; called when another pane is shown or the window closes."""
        self._thread.sender_of_replies.save()

    def _open(self, row: InboxRow) -> None:
        self._row = row
        self._kept_unread = None
        self._list.select(row.id)
        self._side.show_row(row)
        self._columns.show_customer()
        self._thread.open(row)
        if row.unread_count:
            self._deeds.mark_read(row.id)

    def _verbs(self) -> tuple[Verb, ...]:
        return (
            Verb("next", self.tr("Next conversation"), partial(self._list.step, 1), "J"),
            Verb(
                "back", self.tr("Previous conversation"), partial(self._list.step, -1), "K"
            ),
            Verb("search", self.tr("Search"), self._search, "/"),
            Verb("reply", self.tr("Write a reply"), self._thread.composer.focus_text, "R"),
            Verb("note", self.tr("Write a private note"), self._note, "N"),
            Verb(
                "approve", self.tr("Approve the suggestion"), self._approve, "Ctrl+Shift+A"
            ),
            Verb("assign", self.tr("Assign to me"), self._assign, "A"),
            Verb("archive", self.tr("Resolve"), self._archive, "E"),
            Verb("snooze", self.tr("Snooze"), self._snooze, "S"),
            Verb("unread", self.tr("Mark as unread"), self._leave_unread, "U"),
            Verb("list", self.tr("Back to the list"), self._back, "Escape"),
        )

    @Slot()
    def _search(self) -> None:
        self._columns.show_rows()
        self._list.focus_search()

    @Slot()
    def _note(self) -> None:
        self._columns.show_side()
        self._side.focus_note()

    @Slot()
    def _back(self) -> None:
        self._columns.show_rows()
        self._list.focus_rows()

    @Slot()
    def _approve(self) -> None:
        self._thread.advice.approve()

    @Slot()
    def _assign(self) -> None:
        self._with_open(self._deeds.assign_to_me)

    @Slot()
    def _archive(self) -> None:
        """Resolve what is open and go on to the next, as one works down a list."""
        done = self._row
        self._list.step(1)
        if done is not None:
            self._deeds.archive(done.id)

    @Slot()
    def _leave_unread(self) -> None:
        if self._row is not None:
            # Or the next change would mark it read again, since it is on the screen.
            self._kept_unread = self._row.id
            self._deeds.mark_unread(self._row.id)

    @Slot()
    def _snooze(self) -> None:
        if self._row is not None:
            button = self._thread.header.snooze_button()
            below = button.mapToGlobal(QPoint(0, button.height()))
            self._menus.open_snooze(self._row.id, below)

    def _with_open(self, deed: Callable[[ConversationId], None]) -> None:
        if self._row is not None:
            deed(self._row.id)

    # What the parts say

    @Slot(object)
    def _on_chosen(self, row: InboxRow) -> None:
        self._open(row)

    @Slot()
    def _on_opened(self) -> None:
        self._thread.composer.focus_text()

    @Slot(object, object)
    def _on_menu_wanted(self, row: InboxRow, at: QPoint) -> None:
        self._menus.open_for(row, at)

    def _on_row_found(self, row: InboxRow | None) -> None:
        if row is not None:
            self._open(row)

    @Slot()
    def _on_list_read(self) -> None:
        """Follow what the list learned about the conversation that is open."""
        row = None if self._row is None else self._list.row(self._row.id)
        if row is None or row == self._row:
            return
        self._row = row
        self._side.show_labels(row)
        in_sight = self.isVisible() and self.window().isActiveWindow()
        if row.unread_count and in_sight and row.id != self._kept_unread:
            self._deeds.mark_read(row.id)

    @Slot(object)
    def _on_done(self, conversation_id: ConversationId) -> None:
        self._read_again(frozenset({conversation_id}))

    @Slot(object)
    def _on_archived(self, conversation_id: ConversationId) -> None:
        toast = self._toasts.show_toast(
            self.tr("Conversation resolved"), Tone.GOOD, self.tr("Undo")
        )
        toast.acted.connect(partial(self._deeds.reopen, conversation_id))

    @Slot(object)
    def _on_refused(self, error: SocialSyncError) -> None:
        trouble = trouble_of(error)
        self._toasts.show_toast(f"{trouble.title}. {trouble.next_step}", Tone.WARNING)

    @Slot(int)
    def _on_source_opened(self, position: int) -> None:
        self._columns.show_side()
        self._side.show_source(position)

    @Slot(str)
    def _on_text_replaced(self, text: str) -> None:
        toast = self._toasts.show_toast(
            self.tr("The suggestion took the place of your text"),
            Tone.NEUTRAL,
            self.tr("Put it back"),
        )
        toast.acted.connect(partial(self._thread.sender_of_replies.put_back, text))

    # What the feed says

    @Slot(object)
    def _on_conversations_changed(self, ids: frozenset[UUID]) -> None:
        self._read_again(ids)

    @Slot()
    def _on_anything_changed(self) -> None:
        self._list.refresh()
        self._thread.refresh()

    def _read_again(self, ids: frozenset[UUID]) -> None:
        self._list.refresh(ids)
        if self._thread.conversation_id in ids:
            self._thread.refresh()

    def _connect_feed(self, feed: Feed) -> None:
        feed.conversations_changed.connect(self._on_conversations_changed)
        feed.escalations_changed.connect(self._on_anything_changed)
        feed.channels_changed.connect(self._on_anything_changed)
        feed.resync.connect(self._on_anything_changed)

    def _connect_parts(self) -> None:
        self._list.chosen.connect(self._on_chosen)
        self._list.opened.connect(self._on_opened)
        self._list.menu_wanted.connect(self._on_menu_wanted)
        self._list.was_read.connect(self._on_list_read)
        self._list.counted.connect(self.badge_changed)
        self._thread.detail_read.connect(self._side.show_detail)
        self._thread.refused.connect(self._on_refused)
        self._thread.source_opened.connect(self._on_source_opened)
        self._columns.narrowed.connect(self._thread.header.offer_customer)
        self._thread.header.customer_wanted.connect(self._columns.toggle_side)
        self._side.noted.connect(self._thread.refresh)
        self._side.refused.connect(self._on_refused)
        self._side.open_conversation.connect(self.show_conversation)
        self._deeds.done.connect(self._on_done)
        self._deeds.archived.connect(self._on_archived)
        self._deeds.refused.connect(self._on_refused)
        sender = self._thread.sender_of_replies
        sender.replaced.connect(self._on_text_replaced)
        sender.next_wanted.connect(partial(self._list.step, 1))

    def _connect_header(self) -> None:
        header, deeds = self._thread.header, self._deeds
        header.assign_wanted.connect(self._assign)
        header.archive_wanted.connect(self._archive)
        header.snooze_wanted.connect(self._snooze)
        header.release_wanted.connect(partial(self._with_open, deeds.release))
        header.reopen_wanted.connect(partial(self._with_open, deeds.reopen))
        header.pause_wanted.connect(partial(self._with_open, deeds.pause))
        header.resume_wanted.connect(partial(self._with_open, deeds.resume))

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._columns)
