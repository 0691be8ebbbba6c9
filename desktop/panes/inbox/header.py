"""The bar above a thread: who, where from, how long one may answer, and what to do."""

from datetime import datetime
from typing import Final

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from core.queries.conversation import ConversationDetail
from core.queries.inbox import InboxRow
from desktop.bridge.call import Bridge
from desktop.panes.inbox.words import handle_of
from desktop.style.channels import channel_mark
from desktop.style.tokens import Space, Tone
from desktop.widgets.buttons import icon_button, primary, secondary
from desktop.widgets.conversation_cell import window_mark
from desktop.widgets.label import ElidedLabel
from desktop.widgets.pill import Pill
from desktop.widgets.writing import safe_tooltip

_CLOCK_EVERY: Final = 20_000
_ROOM_FOR_CLOCK: Final = 580
_PAUSED_TONE: Final = Tone.WARNING


class ThreadHeader(QFrame):
    """Shows a conversation and says what the person pressed."""

    assign_wanted = Signal()
    release_wanted = Signal()
    archive_wanted = Signal()
    reopen_wanted = Signal()
    snooze_wanted = Signal()
    pause_wanted = Signal()
    resume_wanted = Signal()
    customer_wanted = Signal()
    """The customer and the notes, for which there is no room beside, or the list again."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self._bridge = bridge
        self._detail: ConversationDetail | None = None
        self._name = ElidedLabel(role="heading")
        self._line = ElidedLabel(role="small")
        self._clock = Pill()
        self._has_clock = False
        self._paused = Pill()
        self._pause = icon_button("pause", self.tr("Pause the assistant here"))
        self._resume = icon_button("play", self.tr("Let the assistant answer again"))
        self._customer = icon_button("person", self.tr("Customer and notes"))
        self._customer.hide()
        self._snooze = icon_button("snooze", self.tr("Snooze (S)"))
        self._assign = secondary(self.tr("Assign to me"))
        self._archive = primary(self.tr("Resolve"))
        self._reopen = secondary(self.tr("Reopen"))
        self._arrange()
        self._connect()

    def show_row(self, row: InboxRow) -> None:
        """Show what the list already knows, until the detail has been read."""
        self._detail = None
        self._name.show_text(row.customer_name)
        self._line.show_text(channel_mark(row.platform).name)
        self._show_clock(row.window_ends_at)
        self._show_state()

    def show_detail(self, detail: ConversationDetail) -> None:
        """Show a conversation."""
        self._detail = detail
        self._name.show_text(detail.customer.display_name)
        self._line.show_text(handle_of(detail))
        self._show_clock(detail.window_ends_at)
        self._show_state()

    @Slot(bool)
    def offer_customer(self, is_narrow: bool) -> None:  # noqa: FBT001 - a signal's argument
        """Offer the customer, who is out of sight in a narrow window."""
        self._customer.setVisible(is_narrow)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the name its room: the clock stands in the list as well."""
        super().resizeEvent(event)
        self._show_parts()

    def snooze_button(self) -> QWidget:
        """Return where a menu of times should open."""
        return self._snooze

    def _show_clock(self, until: datetime | None) -> None:
        self._has_clock = until is not None
        self._show_parts()
        if until is None:
            return
        mark = window_mark(until, self._bridge.now())
        self._clock.show_text(mark.word, mark.tone)
        self._clock.setToolTip(
            safe_tooltip(self.tr("How long this customer can be answered"))
        )

    def _show_parts(self) -> None:
        self._clock.setVisible(self._has_clock and self.width() >= _ROOM_FOR_CLOCK)

    def _show_state(self) -> None:
        """Offer what makes sense in the state the conversation is in."""
        detail = self._detail
        known = detail is not None
        archived = detail is not None and detail.status == "archived"
        paused = detail is not None and detail.assistant_paused
        self._pause.setVisible(not paused)
        self._resume.setVisible(paused)
        self._archive.setVisible(not archived)
        self._reopen.setVisible(archived)
        for button in (self._pause, self._snooze, self._assign, self._archive):
            button.setEnabled(known)
        assignee = detail.assignee_name if detail is not None else None
        self._assign.setText(assignee or self.tr("Assign to me"))
        self._assign.setAccessibleName(
            self.tr("Assigned to %1; press to release").replace("%1", assignee)
            if assignee
            else self.tr("Assign to me")
        )
        self._paused.show_text(self.tr("assistant paused") if paused else "", _PAUSED_TONE)

    @Slot()
    def _on_assign_clicked(self) -> None:
        assigned = self._detail is not None and self._detail.assignee_id is not None
        (self.release_wanted if assigned else self.assign_wanted).emit()

    @Slot()
    def _on_tick(self) -> None:
        if self._detail is not None:
            self._show_clock(self._detail.window_ends_at)

    def _connect(self) -> None:
        self._assign.clicked.connect(self._on_assign_clicked)
        self._archive.clicked.connect(self.archive_wanted)
        self._reopen.clicked.connect(self.reopen_wanted)
        self._snooze.clicked.connect(self.snooze_wanted)
        self._pause.clicked.connect(self.pause_wanted)
        self._resume.clicked.connect(self.resume_wanted)
        self._customer.clicked.connect(self.customer_wanted)
        ticking = QTimer(self)
        ticking.setInterval(_CLOCK_EVERY)
        ticking.timeout.connect(self._on_tick)
        ticking.start()

    def _arrange(self) -> None:
        who = QVBoxLayout()
        who.setSpacing(2)
        who.addWidget(self._name)
        who.addWidget(self._line)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.XL, Space.M, Space.XL, Space.M)
        row.setSpacing(Space.S)
        row.addLayout(who, 1)
        parts = (
            self._paused,
            self._clock,
            self._pause,
            self._resume,
            self._customer,
            self._snooze,
            self._assign,
            self._reopen,
            self._archive,
        )
        for part in parts:
            row.addWidget(part)
