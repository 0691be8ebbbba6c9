"""The middle column: the open conversation, the assistant's advice and the reply field."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QPoint, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from core.domain.decision import OpenDraft
from core.domain.errors import SocialSyncError
from core.domain.ids import ConversationId
from core.domain.message import Message
from core.domain.rich import RichKind
from core.queries.conversation import ConversationDetail
from core.queries.inbox import InboxRow
from desktop.bridge.call import Bridge
from desktop.bridge.trouble import trouble_of
from desktop.panes.inbox.advice import Advice
from desktop.panes.inbox.attaching import Attaching
from desktop.panes.inbox.bubbles import bubble_of
from desktop.panes.inbox.files import Files
from desktop.panes.inbox.header import ThreadHeader
from desktop.panes.inbox.photos import Photos
from desktop.panes.inbox.quoting import Quoting
from desktop.panes.inbox.reader import Reader
from desktop.panes.inbox.repair import Repair
from desktop.panes.inbox.rewording import Reworded, Rewording
from desktop.panes.inbox.sender import Sender
from desktop.panes.inbox.template_form import TemplateForm
from desktop.panes.inbox.templating import Templating
from desktop.style.tokens import Space
from desktop.widgets.bubble import Bubble
from desktop.widgets.composer import Composer
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.thread_view import ThreadView
from desktop.widgets.writing import one_line

_LONGEST_NAME = 28
"""In the reply field, which is two lines high while it is empty."""
_OPENABLE = ("http", "https", "mailto", "tel")


class ThreadColumn(QWidget):
    """Shows one conversation at a time, or says that none is chosen."""

    detail_read = Signal(object)
    """ConversationDetail of the open conversation, for the panel beside."""
    refused = Signal(object)
    """A foreseen error of something tried here."""
    source_opened = Signal(int)

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.header = ThreadHeader(bridge)
        self.advice = Advice(bridge)
        self.composer = Composer()
        self.reader = Reader(bridge, self)
        self._attaching = Attaching(self.composer, bridge, self)
        self._quoting = Quoting(self.composer, self)
        self.sender_of_replies = Sender(
            self.composer, self._attaching, self._quoting, bridge, self
        )
        self._template_form = TemplateForm()
        self.templating = Templating(self._template_form, self.composer, bridge, self)
        self._rewording = Rewording(self.composer, bridge, self)
        self._photos = Photos(bridge, self)
        self._repair = Repair(bridge, self._quoting, self)
        self._files = Files(bridge, self)
        self._view = ThreadView(now=bridge.now)
        self._view.set_photo_provider(self._photos.photo)
        self._customer = ""
        self._messages: dict[Any, Message] = {}
        self._nothing = EmptyState(
            "inbox",
            self.tr("No conversation chosen"),
            self.tr(
                "J and K walk through the list, Ctrl+K finds anything, ? shows all keys."
            ),
        )
        self._broken = EmptyState("failed", "", "", self.tr("Try again"))
        self._open = QWidget()
        self._pages = QStackedWidget()
        self._arrange()
        self._connect()

    @property
    def conversation_id(self) -> ConversationId | None:
        """Return which conversation is open, or None."""
        return self.reader.conversation_id

    def open(self, row: InboxRow) -> None:
        """Open a conversation: what the list knows at once, the rest as it is read."""
        self._customer = row.customer_name
        self._messages = {}
        self._view.clear()
        self.advice.clear()
        self.header.show_row(row)
        name = one_line(row.customer_name, _LONGEST_NAME).rstrip()
        placeholder = self.tr("Reply to %1…").replace("%1", name)
        self.composer.set_placeholder(placeholder)
        self._rewording.open(row.id)
        self.sender_of_replies.open(row.id)
        self.templating.open(row.id)
        self._pages.setCurrentWidget(self._open)
        self.reader.open(row.id)

    def show_nothing(self) -> None:
        """Show that no conversation is chosen."""
        self._rewording.stop()
        self.sender_of_replies.save()
        self.reader.close()
        self._pages.setCurrentWidget(self._nothing)

    def refresh(self) -> None:
        """Read again what is open."""
        self._photos.try_again()
        self.reader.refresh()

    @Slot(object)
    def _on_detail(self, detail: ConversationDetail) -> None:
        self._customer = detail.customer.display_name
        self.header.show_detail(detail)
        self.advice.show_detail(detail)
        self.sender_of_replies.show_detail(detail)
        self.templating.show_detail(detail)
        self._repair.offer_reactions(
            offered=RichKind.REACTION in detail.rich and detail.can_reply
        )
        self._pages.setCurrentWidget(self._open)
        self.detail_read.emit(detail)

    @Slot(object)
    def _on_thread(self, messages: tuple[Message, ...]) -> None:
        """Change as little as possible, so that nothing under the reader's eyes moves."""
        fresh = {message.id: message for message in messages}
        before, self._messages = self._messages, fresh
        known, count = list(before), len(before)
        if known and list(fresh)[:count] == known:
            self._view.append(self._bubbles(messages[count:]))
        elif known and list(fresh)[-count:] == known:
            self._view.prepend(self._bubbles(messages[:-count]))
        else:
            self._view.set_bubbles(self._bubbles(messages))
            return
        changed = [each for each in messages if before.get(each.id, each) != each]
        for bubble in self._bubbles(changed):
            self._view.update_bubble(bubble)

    def _bubbles(self, messages: Sequence[Message]) -> list[Bubble]:
        return [bubble_of(message, self._customer) for message in messages]

    @Slot(object)
    def _on_read_failed(self, error: SocialSyncError) -> None:
        """Show an error in place of an empty thread; a thread in sight stays."""
        if self._messages:
            self.refused.emit(error)
            return
        trouble = trouble_of(error)
        self._broken.show_words(trouble.title, trouble.next_step)
        self._pages.setCurrentWidget(self._broken)

    @Slot(object, str)
    def _on_edit_wanted(self, draft: OpenDraft, text: str) -> None:
        self.sender_of_replies.edit(draft, text)

    @Slot(object)
    def _on_reworded(self, found: Reworded) -> None:
        self.sender_of_replies.reword(found.conversation_id, found.text, found.before)

    @Slot(object, QPoint)
    def _on_menu_wanted(self, message_id: object, at: QPoint) -> None:
        if (message := self._messages.get(message_id)) is not None:
            self._repair.open_menu(message, at)

    @Slot(object)
    def _on_quote_wanted(self, message: Message) -> None:
        self._quoting.choose(message, self._customer)

    @Slot(str)
    def _on_attachment_opened(self, key: str) -> None:
        found = (
            each for message in self._messages.values() for each in message.attachments
        )
        for attachment in found:
            if str(attachment.id) == key:
                self._files.save(attachment)

    @Slot(str)
    def _on_link(self, link: str) -> None:
        url = QUrl(link, QUrl.ParsingMode.StrictMode)
        if url.isValid() and url.scheme() in _OPENABLE:
            QDesktopServices.openUrl(url)

    def _connect(self) -> None:
        self.reader.detail_read.connect(self._on_detail)
        self.reader.thread_read.connect(self._on_thread)
        self.reader.failed.connect(self._on_read_failed)
        self._broken.acted.connect(self.refresh)
        self._view.attachment_opened.connect(self._on_attachment_opened)
        self._files.refused.connect(self.refused)
        self._attaching.refused.connect(self.refused)
        self._view.older_wanted.connect(self.reader.older)
        self._view.link_opened.connect(self._on_link)
        self._view.menu_wanted.connect(self._on_menu_wanted)
        self._view.look_wanted.connect(self._on_menu_wanted)
        self._photos.arrived.connect(self._view.photo_arrived)
        self.advice.edit_wanted.connect(self._on_edit_wanted)
        self.advice.settled.connect(self.refresh)
        self.advice.refused.connect(self._on_deed_refused)
        self.advice.source_opened.connect(self.source_opened)
        self._rewording.reworded.connect(self._on_reworded)
        self._rewording.refused.connect(self.refused)
        self._repair.quote_wanted.connect(self._on_quote_wanted)
        self._repair.settled.connect(self.refresh)
        self._repair.refused.connect(self._on_deed_refused)
        self.templating.sent.connect(self.refresh)
        self.templating.refused.connect(self._on_deed_refused)
        self.sender_of_replies.sent.connect(self.refresh)
        self.sender_of_replies.refused.connect(self._on_deed_refused)

    @Slot(object)
    def _on_deed_refused(self, error: SocialSyncError) -> None:
        """Say it, and read again: a refusal often means that the world moved on."""
        self.refused.emit(error)
        self.refresh()

    def _arrange(self) -> None:
        foot = QVBoxLayout()
        foot.setContentsMargins(Space.XL, Space.S, Space.XL, Space.L)
        foot.setSpacing(Space.M)
        foot.addWidget(self.advice)
        foot.addWidget(self._template_form)
        foot.addWidget(self.composer)
        inner = QVBoxLayout(self._open)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addWidget(self.header)
        inner.addWidget(self._view, 1)
        inner.addLayout(foot)
        for page in (self._nothing, self._open, self._broken):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._pages)
        self.setProperty("role", "panel")
