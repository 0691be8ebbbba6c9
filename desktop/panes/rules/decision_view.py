"""One decision: the message, what was made of it, by what, and how it is put right."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from core.domain.errors import SocialSyncError
from core.domain.opinion import Opinion
from core.queries import decisions
from core.queries.decisions import DecisionDetail, DecisionRow
from desktop.bridge.call import Bridge, Call
from desktop.bridge.trouble import trouble_of
from desktop.panes.rules.book import RuleBook
from desktop.panes.rules.correction import Correction
from desktop.panes.rules.facts import FactTable
from desktop.panes.rules.opinion_card import OpinionCard
from desktop.panes.rules.replay_view import ReplayView
from desktop.panes.rules.scores import facts_of, timings_of
from desktop.panes.rules.section import PageBody, scrolled
from desktop.panes.rules.words import should_words
from desktop.style.channels import channel_mark
from desktop.style.tokens import Space, Tone
from desktop.widgets.banner import Banner
from desktop.widgets.buttons import quiet, secondary
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.label import ElidedLabel, PlainLabel, WrappedLabel
from desktop.widgets.when import clock_time, day_heading


class DecisionView(QWidget):
    """Shows what the log row holds at once, and the rest when it is read."""

    open_conversation = Signal(object)
    corrected = Signal()

    def __init__(
        self, bridge: Bridge, book: RuleBook, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._row: DecisionRow | None = None
        self._asking: Call[DecisionDetail] | None = None
        self._name = ElidedLabel(role="heading")
        self._where = ElidedLabel(role="small")
        self._open = secondary(self.tr("Open the conversation"), "inbox")
        self._text = WrappedLabel()
        self._wrong = Banner(Tone.WARNING)
        self._card = OpinionCard()
        self._replay = ReplayView(bridge)
        self._correction = Correction(bridge, book)
        self._facts = FactTable()
        self._timings = FactTable()
        self._more = quiet(self.tr("Scores and timings"), "chevron-down")
        self._more.setCheckable(True)
        self._body = QFrame()
        self._body.setProperty("role", "fact")
        self._nothing = EmptyState(
            "assistant",
            self.tr("No decision chosen"),
            self.tr("J and K walk through the log. You see why each was made."),
        )
        self._broken = EmptyState("failed", "", "", self.tr("Try again"))
        self._pages = QStackedWidget()
        self._arrange()
        self._open.clicked.connect(self.ask_conversation)
        self._more.toggled.connect(self._on_more)
        self._broken.acted.connect(self._ask)
        self._correction.corrected.connect(self.corrected)

    @Slot(object)
    def show_row(self, row: DecisionRow | None) -> None:
        """Show a decision of the log; None when none is chosen."""
        before, self._row = self._row, row
        if row is None:
            self._pages.setCurrentWidget(self._nothing)
            return
        if before is not None and before == row:
            return
        self._name.show_text(row.customer)
        day = day_heading(row.created_at, self._bridge.now())
        self._where.show_text(
            f"{channel_mark(row.platform).name} · {day}, {clock_time(row.created_at)}"
        )
        self._text.show_text(row.text or self.tr("A message without words"))
        self._show_wrong(row)
        self._correction.show_decision(row)
        self._pages.setCurrentIndex(0)
        if before is None or before.id != row.id:
            self._replay.show_decision(row.id)
            self._card.show_opinion(_opinion(row, None))
            self._facts.show_lines([])
            self._timings.show_lines([])
            self._ask()

    @Slot()
    def ask_conversation(self) -> None:
        """Ask for the conversation of the decision."""
        if self._row is not None:
            self.open_conversation.emit(self._row.conversation_id)

    @Slot()
    def replay(self) -> None:
        """Decide again."""
        self._replay.run()

    @Slot()
    def correct(self) -> None:
        """Say that it was wrong."""
        self._correction.open()

    @Slot()
    def _ask(self) -> None:
        if self._row is None:
            return
        if self._asking is not None:
            self._asking.cancel()
        self._asking = (
            self._bridge.ask(self, decisions.one, self._row.id)
            .then(self._on_read)
            .failed(self._on_failed)
        )

    def _on_read(self, detail: DecisionDetail) -> None:
        self._card.show_opinion(_opinion(detail.row, detail.reply), detail.citations)
        self._facts.show_lines(facts_of(detail))
        self._timings.show_lines(timings_of(detail.snapshot))
        self._pages.setCurrentIndex(0)

    def _on_failed(self, error: SocialSyncError) -> None:
        trouble = trouble_of(error)
        self._broken.show_words(trouble.title, trouble.next_step)
        self._pages.setCurrentWidget(self._broken)

    def _show_wrong(self, row: DecisionRow) -> None:
        self._wrong.setVisible(row.corrected is not None)
        if row.corrected is not None:
            words = self.tr("This was wrong. It should have been: %1")
            self._wrong.show_message(words.replace("%1", should_words(row.corrected)))

    @Slot()
    def _on_more(self) -> None:
        on = self._more.isChecked()
        self._body.setVisible(on)
        self._more.set_icon_name("chevron-up" if on else "chevron-down")

    def _arrange(self) -> None:
        names = QVBoxLayout()
        names.setSpacing(1)
        names.addWidget(self._name)
        names.addWidget(self._where)
        head = QHBoxLayout()
        head.setSpacing(Space.S)
        head.addLayout(names, 1)
        head.addWidget(self._open)
        said = QFrame()
        said.setProperty("role", "fact")
        words = QVBoxLayout(said)
        words.setContentsMargins(Space.M, Space.S, Space.M, Space.S)
        words.addWidget(self._text)
        self._arrange_facts()
        inner = PageBody()
        column = QVBoxLayout(inner)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.XL)
        column.setSpacing(Space.M)
        column.addLayout(head)
        deeds = QHBoxLayout()
        deeds.setSpacing(Space.S)
        deeds.addWidget(self._replay.button)
        deeds.addWidget(self._correction.button)
        deeds.addStretch()
        for part in (said, self._wrong, self._card):
            column.addWidget(part)
        column.addLayout(deeds)
        column.addWidget(self._correction)
        column.addWidget(self._replay)
        more = QHBoxLayout()
        more.addWidget(self._more)
        more.addStretch()
        column.addLayout(more)
        column.addWidget(self._body)
        column.addStretch()
        for page in (scrolled(inner), self._nothing, self._broken):
            self._pages.addWidget(page)
        self._pages.setCurrentWidget(self._nothing)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._pages)

    def _arrange_facts(self) -> None:
        body = QVBoxLayout(self._body)
        body.setContentsMargins(Space.M, Space.M, Space.M, Space.M)
        body.setSpacing(Space.M)
        body.addWidget(self._facts)
        body.addWidget(PlainLabel(self.tr("TIME BY STEP"), "section"))
        body.addWidget(self._timings)
        self._body.hide()


def _opinion(row: DecisionRow, reply: str | None) -> Opinion:
    return Opinion(
        decision=row.decision,
        confidence=row.confidence,
        reason=row.reason,
        reply=reply,
    )
