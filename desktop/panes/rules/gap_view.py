"""One gap: its messages, the entry that would close it, and what the entry has changed."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from core.actions import gaps as closing
from core.actions.gaps import Measuring
from core.domain.errors import SocialSyncError
from core.domain.gap import DraftedEntry, Effect, GapStatus
from core.domain.ids import GapId
from core.domain.knowledge import FaqText
from core.queries import gaps
from core.queries.gaps import GapDetail
from desktop.bridge.call import Bridge, Call
from desktop.bridge.relay import Relay
from desktop.bridge.trouble import trouble_of
from desktop.panes.rules.gap_foot import GapFoot, Possible
from desktop.panes.rules.gap_form import GapForm
from desktop.panes.rules.gap_messages import GapMessages
from desktop.panes.rules.gap_rows import asked_words, before_words, effect_words
from desktop.panes.rules.gap_twins import GapTwins
from desktop.style.tokens import Space, Tone
from desktop.widgets.banner import Banner
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.label import PlainLabel, WrappedLabel
from desktop.widgets.pill import Pill

_WIDEST = 760


class GapView(QWidget):
    """What is typed for a gap stays with it while the page is open."""

    changed = Signal()
    told = Signal(str)
    conversation_opened = Signal(object)

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._relay = Relay(self)
        self._id: GapId | None = None
        self._detail: GapDetail | None = None
        self._draft: DraftedEntry | None = None
        self._typed: dict[GapId, FaqText] = {}
        self._reading: Call[GapDetail] | None = None
        self._is_busy = False
        self._title = WrappedLabel(role="title")
        self._asked = PlainLabel(role="small")
        self._effect = Pill()
        self._before = PlainLabel(role="small")
        self._banner = Banner()
        self._messages = GapMessages()
        self._form = GapForm()
        self._hint = WrappedLabel(role="muted")
        self._twins = GapTwins(bridge)
        self._foot = GapFoot()
        self._nothing = EmptyState(
            "knowledge", self.tr("Choose a question"), self.tr("Its messages appear here.")
        )
        self._loading = EmptyState("knowledge", self.tr("Reading…"), "")
        self._broken = EmptyState("failed", "", "", self.tr("Try again"))
        self._shown = QWidget()
        self._pages = QStackedWidget()
        self._arrange()
        self._connect()

    def gap_id(self) -> GapId | None:
        """Return which gap is shown."""
        return self._id

    def show_gap(self, gap: GapId | None) -> None:
        """Show another gap, or none."""
        if gap != self._id:
            self._id, self._detail, self._draft = gap, None, None
            self._banner.hide()
            self._twins.forget()
            self._pages.setCurrentWidget(self._loading if gap else self._nothing)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Read the gap again; what is typed stays."""
        if self._id is None or self._is_busy:
            return
        if self._reading is not None:
            self._reading.cancel()
        self._reading = (
            self._bridge.ask(self, gaps.detail, self._id)
            .then(self._on_read)
            .failed(self._on_failed)
        )

    def _on_read(self, detail: GapDetail) -> None:
        self._detail = detail
        self._show_head(detail)
        self._messages.show_messages(detail.messages)
        self._pages.setCurrentWidget(self._shown)
        if detail.gap.status is GapStatus.OPEN and self._id not in self._typed:
            self._bridge.ask(self, closing.draft_entry, detail.gap.id).then(
                self._on_drafted
            ).failed(self._on_refused)
        self._show_controls()

    def _on_drafted(self, draft: DraftedEntry) -> None:
        if draft.gap_id != self._id or self._id in self._typed:
            return
        is_new = self._draft is None or self._draft != draft
        self._draft = draft
        if is_new:
            self._form.show_text(draft.entry)
            self._twins.look_for(draft.entry, draft.faq_id)
        self._show_controls()

    def _on_failed(self, error: SocialSyncError) -> None:
        trouble = trouble_of(error)
        self._broken.show_words(trouble.title, trouble.next_step)
        self._pages.setCurrentWidget(self._broken)

    # What one may do

    @Slot()
    def approve(self) -> None:
        """Keep the entry and measure what it changes."""
        if self._id is None or self._is_busy or not self._form.is_complete():
            return
        self._begin()
        self._bridge.ask(
            self, closing.approve, self._id, self._form.text(), self._relay.tell
        ).then(self._on_approved, self._id).failed(self._on_refused).ended(self._on_ended)

    @Slot()
    def measure(self) -> None:
        """Ask the assistant about the messages again."""
        if self._id is None or self._is_busy:
            return
        self._begin()
        self._bridge.ask(self, closing.measure, self._id, self._relay.tell).then(
            self._on_measured
        ).failed(self._on_refused).ended(self._on_ended)

    @Slot()
    def dismiss(self) -> None:
        """Put the gap aside."""
        if self._id is None or self._is_busy:
            return
        self._begin()
        self._bridge.ask(self, closing.dismiss, self._id).then(
            self._on_dismissed, self._id
        ).failed(self._on_refused).ended(self._on_ended)

    def _begin(self) -> None:
        self._is_busy = True
        self._banner.hide()
        self._show_controls()

    @Slot(object)
    def _on_progress(self, step: Measuring) -> None:
        if self._is_busy:
            self._foot.show_progress(step.done, step.total)

    def _on_approved(self, effect: Effect | None, gap: GapId) -> None:
        self._typed.pop(gap, None)
        words = self.tr("The entry is in the FAQ")
        self.told.emit(f"{words}. {effect_words(effect)}" if effect else words)

    def _on_measured(self, effect: Effect) -> None:
        self.told.emit(effect_words(effect))

    def _on_dismissed(self, _nothing: None, gap: GapId) -> None:
        self._typed.pop(gap, None)
        self.told.emit(self.tr("Dismissed"))

    def _on_refused(self, error: SocialSyncError) -> None:
        trouble = trouble_of(error)
        self._banner.show_message(f"{trouble.title}. {trouble.detail or trouble.next_step}")

    def _on_ended(self) -> None:
        self._is_busy = False
        self._show_controls()
        self.refresh()
        self.changed.emit()

    @Slot()
    def _on_edited(self) -> None:
        if self._id is None:
            return
        self._typed[self._id] = self._form.text()
        self._twins.look_for(self._form.text(), self._draft.faq_id if self._draft else None)
        self._show_controls()

    # How it looks

    def _show_head(self, detail: GapDetail) -> None:
        gap = detail.gap
        self._title.show_text(gap.question)
        self._asked.setText(asked_words(gap))
        self._effect.setVisible(gap.effect is not None)
        self._before.setVisible(gap.effect is not None)
        if gap.effect is not None:
            tone = Tone.GOOD if gap.effect.after else Tone.WARNING
            self._effect.show_text(effect_words(gap.effect), tone)
            self._before.setText(before_words(gap.effect))
        kept = self._typed.get(gap.id)
        if kept is not None and kept != self._form.text():
            self._form.show_text(kept)

    def _show_controls(self) -> None:
        detail, may = self._detail, self._detail is not None and self._detail.can_change
        is_open = detail is not None and detail.gap.status is GapStatus.OPEN
        self._form.setVisible(is_open)
        self._form.set_read_only(read_only=not may or self._is_busy)
        self._hint.setVisible(is_open)
        self._hint.show_text(self._hint_words())
        if not is_open:
            self._twins.hide()
        self._foot.show_possible(
            Possible(
                may_change=may,
                is_open=is_open,
                is_complete=self._form.is_complete(),
                is_busy=self._is_busy,
                has_entry=self._draft is not None and self._draft.faq_id is not None,
                has_effect=detail is not None and detail.gap.effect is not None,
            )
        )

    def _hint_words(self) -> str:
        if self._draft is None:
            return ""
        if self._draft.faq_id is not None:
            return self.tr(
                "An entry was written for this, and people still ask. Add their ways to ask"
                " it, or say it better."
            )
        if not self._draft.answers:
            return self.tr("Nobody of your team has answered yet: write the answer here.")
        return self.tr(
            "Drafted from %n answer(s) of your team. Read it before you keep it.",
            "",
            self._draft.answers,
        )

    def _connect(self) -> None:
        self._form.edited.connect(self._on_edited)
        self._foot.approve_wanted.connect(self.approve)
        self._foot.measure_wanted.connect(self.measure)
        self._foot.dismissal_wanted.connect(self.dismiss)
        self._broken.acted.connect(self.refresh)
        self._messages.opened.connect(self.conversation_opened)
        self._relay.told.connect(self._on_progress)

    def _arrange(self) -> None:
        marks = QHBoxLayout()
        marks.setSpacing(Space.S)
        for mark in (self._asked, self._effect, self._before):
            marks.addWidget(mark)
        marks.addStretch()
        inner = QWidget()
        inner.setMaximumWidth(_WIDEST)
        body = QVBoxLayout(inner)
        body.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        body.setSpacing(Space.M)
        body.addWidget(self._title)
        body.addLayout(marks)
        for part in (self._banner, self._messages, self._hint, self._twins, self._form):
            body.addWidget(part)
        body.addStretch()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inner)
        column = QVBoxLayout(self._shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(scroll, 1)
        column.addWidget(self._foot)
        for page in (self._nothing, self._loading, self._broken, self._shown):
            self._pages.addWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._pages)
