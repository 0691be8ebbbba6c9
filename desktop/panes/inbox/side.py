"""The right column: who the customer is, what the answer stood on, and private notes."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from core.actions import annotate
from core.domain.decision import Citation
from core.domain.errors import SocialSyncError
from core.domain.ids import ConversationId, CustomerId
from core.queries.conversation import ConversationDetail, NoteRow
from core.queries.inbox import InboxRow
from desktop.bridge.call import Bridge
from desktop.panes.inbox.faces import FacesCard
from desktop.panes.inbox.portraits import Portraits
from desktop.panes.inbox.words import handle_of, since_words
from desktop.style.channels import channel_mark
from desktop.style.tokens import Space, Tone
from desktop.widgets.avatar import Avatar
from desktop.widgets.buttons import secondary
from desktop.widgets.growing_text import GrowingText
from desktop.widgets.label import ElidedLabel, PlainLabel, WrappedLabel
from desktop.widgets.pill import Pill
from desktop.widgets.when import short_time
from desktop.widgets.writing import shortened

_QUOTE = 180
_FACE = 40


class CustomerSide(QFrame):
    """Empty until a conversation is open."""

    refused = Signal(object)
    noted = Signal()
    open_conversation = Signal(object)
    """ConversationId of the same person on another channel."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "side")
        self._bridge = bridge
        self._open: ConversationId | None = None
        self._avatar = Avatar(_FACE)
        self._name = ElidedLabel(role="strong")
        self._handle = ElidedLabel(role="small")
        self._count = WrappedLabel(role="small")
        self._pills = QHBoxLayout()
        self._customer: CustomerId | None = None
        self._portraits = Portraits(bridge, self)
        self._faces = FacesCard(bridge)
        self._sources = QVBoxLayout()
        self._sources_title = PlainLabel(self.tr("KNOWLEDGE USED"), "section")
        self._no_sources = WrappedLabel(
            self.tr("The passages an answer stands on appear here."), "small"
        )
        self._notes = QVBoxLayout()
        self._field = GrowingText(self.tr("Write a private note"))
        self._field.setPlaceholderText(self.tr("Only your team sees notes"))
        self._field.setProperty("role", "note")
        self._add = secondary(self.tr("Add note"), "note")
        self._inside = QWidget()
        self._arrange()
        self._add.clicked.connect(self._on_add)
        self._field.submitted.connect(self._on_add)
        self._portraits.arrived.connect(self._on_portrait)
        self._faces.open_conversation.connect(self.open_conversation)
        self._faces.refused.connect(self.refused)
        self._inside.hide()

    def show_row(self, row: InboxRow) -> None:
        """Show what the list already knows of the customer."""
        if row.id != self._open:
            self._field.clear()
            self._faces.hide()
        self._open = row.id
        self._inside.show()
        self._avatar.set_person(row.customer_name, row.platform)
        self._name.show_text(row.customer_name)
        self._handle.show_text(channel_mark(row.platform).name)
        self._count.show_text("")
        self.show_labels(row)
        self._show_sources(())
        self._show_notes(())

    def show_labels(self, row: InboxRow) -> None:
        """Show the labels of the conversation."""
        _empty(self._pills)
        for label in row.labels:
            self._pills.addWidget(Pill(label, Tone.ACCENT))
        self._pills.addStretch()

    def show_detail(self, detail: ConversationDetail) -> None:
        """Show everything that has been read."""
        self._customer = detail.customer.id
        self._portraits.ask_again(detail.customer.id)
        self._on_portrait(detail.customer.id)
        self._faces.show_customer(detail.customer.id)
        self._handle.show_text(handle_of(detail))
        count = self.tr("%n message(s)", None, detail.message_count)
        self._count.show_text(f"{since_words(detail)}\n{count}")
        used: Sequence[Citation] = ()
        if detail.draft is not None:
            used = detail.draft.citations
        elif detail.last_decision is not None:
            used = detail.last_decision.citations
        self._show_sources(used)
        self._show_notes(detail.notes)

    def focus_note(self) -> None:
        """Put the keyboard into the note field."""
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot(int)
    def show_source(self, position: int) -> None:
        """Bring a source into view, and into focus for a screen reader."""
        item = self._sources.itemAt(position)
        card = item.widget() if item is not None else None
        if card is not None:
            self._scroll.ensureWidgetVisible(card)
            card.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _on_portrait(self, customer: CustomerId) -> None:
        if customer == self._customer:
            ratio = self.devicePixelRatioF()
            self._avatar.set_picture(self._portraits.portrait(customer, _FACE, ratio))

    def _show_sources(self, citations: Sequence[Citation]) -> None:
        _empty(self._sources)
        for citation in citations:
            self._sources.addWidget(
                _card(citation.title, shortened(citation.quote, _QUOTE))
            )
        self._no_sources.setVisible(not citations)

    def _show_notes(self, notes: Sequence[NoteRow]) -> None:
        _empty(self._notes)
        for note in notes:
            when = short_time(note.created_at, self._bridge.now())
            self._notes.addWidget(_card(f"{note.author_name} · {when}", note.text))

    @Slot()
    def _on_add(self) -> None:
        text = self._field.toPlainText().strip()
        if self._open is None or not text:
            return
        self._set_usable(usable=False)
        self._bridge.ask(self, annotate.note, self._open, text).then(
            self._on_noted, self._open
        ).failed(self._on_refused).ended(self._on_ended)

    def _on_noted(self, _result: object, conversation_id: ConversationId) -> None:
        if conversation_id == self._open:
            self._field.clear()
        self.noted.emit()

    def _on_refused(self, error: SocialSyncError) -> None:
        self.refused.emit(error)

    def _on_ended(self) -> None:
        self._set_usable(usable=True)

    def _set_usable(self, *, usable: bool) -> None:
        self._add.setEnabled(usable)
        self._field.setReadOnly(not usable)

    def _arrange(self) -> None:
        who = QVBoxLayout()
        who.setSpacing(2)
        for line in (self._name, self._handle, self._count):
            who.addWidget(line)
        head = QHBoxLayout()
        head.setSpacing(Space.M)
        head.addWidget(self._avatar, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(who, 1)
        inner = QVBoxLayout(self._inside)
        inner.setContentsMargins(Space.L, Space.L, Space.L, Space.L)
        inner.setSpacing(Space.M)
        inner.addWidget(PlainLabel(self.tr("CUSTOMER"), "section"))
        inner.addLayout(head)
        inner.addLayout(self._pills)
        inner.addWidget(self._faces)
        inner.addSpacing(Space.S)
        inner.addWidget(self._sources_title)
        inner.addWidget(self._no_sources)
        inner.addLayout(self._sources)
        inner.addStretch()
        inner.addWidget(PlainLabel(self.tr("PRIVATE NOTES"), "section"))
        inner.addLayout(self._notes)
        inner.addWidget(self._field)
        inner.addWidget(self._add, 0, Qt.AlignmentFlag.AlignRight)
        self._scroll = QScrollArea()
        self._scroll.setAccessibleName(self.tr("Customer"))
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self._inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._scroll)


def _card(title: str, text: str) -> QFrame:
    """Return a title over a few words, on a ground of its own."""
    card = QFrame()
    card.setProperty("role", "fact")
    card.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    card.setAccessibleName(f"{title}: {text}")
    words = WrappedLabel(role="small")
    words.show_text(text)
    column = QVBoxLayout(card)
    column.setContentsMargins(Space.M, Space.S, Space.M, Space.S)
    column.setSpacing(2)
    column.addWidget(ElidedLabel(title, "strong"))
    column.addWidget(words)
    return card


def _empty(layout: QLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.deleteLater()
