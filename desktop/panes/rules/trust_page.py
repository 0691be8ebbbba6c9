"""How far the assistant may be trusted: what it would have done, beside what people did.

The page proposes. A mode changes when somebody in charge has pressed a button and said yes
to the question that follows.
"""

from itertools import groupby
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from core.actions import configure, release
from core.domain.channel import AssistantMode
from core.domain.errors import SocialSyncError
from core.domain.topic import TopicKind
from core.queries import trust
from core.queries.trust import TrustRow
from desktop.bridge.call import Bridge, Call
from desktop.bridge.feed import Feed
from desktop.bridge.trouble import trouble_of
from desktop.panes.rules.trust_row import TrustRowView, channel_head, rule_line
from desktop.panes.rules.trust_words import percent, topic_words
from desktop.style.tokens import Space, Tone
from desktop.widgets.banner import Banner
from desktop.widgets.choice import Choice
from desktop.widgets.confirm import Confirm
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.label import PlainLabel, WrappedLabel

_BARS: Final = (0.9, 0.95, 0.98, 0.99)
_DAYS: Final = (7, 30, 90)
_WIDEST: Final = 1080


class TrustPage(QWidget):
    """Channels with their topics; each row says whether the bar is reached."""

    told = Signal(str)

    def __init__(self, bridge: Bridge, feed: Feed, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._shown: tuple[list[TrustRow], float] | None = None
        self._asking: Call[list[TrustRow]] | None = None
        self._wanted: TrustRow | None = None
        self._bar = Choice(self.tr("Your bar"))
        self._days = Choice(self.tr("Days that count"))
        self._banner = Banner()
        self._scroll = QScrollArea()
        self._loading = EmptyState("insights", self.tr("Comparing…"), "")
        self._empty = EmptyState(
            "insights",
            self.tr("Nothing to compare yet"),
            self.tr(
                "As soon as the assistant has decided about messages, this shows how often"
                " your team did the same."
            ),
        )
        self._broken = EmptyState("failed", "", "", self.tr("Try again"))
        self._pages = QStackedWidget()
        self._fill_choices()
        self._arrange()
        self._bar.activated.connect(self._read)
        self._days.activated.connect(self._read)
        self._broken.acted.connect(self._on_again)
        feed.channels_changed.connect(self._on_news)
        feed.resync.connect(self._on_news)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Compare again what people did since."""
        super().showEvent(event)
        self._read()

    @Slot()
    def _on_news(self) -> None:
        if self.isVisible():
            self._read()

    @Slot()
    def _on_again(self) -> None:
        self._pages.setCurrentWidget(self._loading)
        self._read()

    @Slot()
    def _read(self) -> None:
        if self._asking is not None:
            self._asking.cancel()
        self._asking = (
            self._bridge.ask(
                self,
                trust.board,
                days=self._days.currentData(),
                bar=self._bar.currentData(),
            )
            .then(self._on_read, self._bar.currentData())
            .failed(self._on_failed)
        )

    def _on_read(self, rows: list[TrustRow], bar: float) -> None:
        if not rows:
            self._shown = None
            self._pages.setCurrentWidget(self._empty)
            return
        if (rows, bar) != self._shown:
            # Built anew only when it differs, so that the keyboard stays where it is.
            self._shown = (rows, bar)
            place = self._scroll.verticalScrollBar().value()
            self._scroll.setWidget(self._board(rows, bar))
            self._scroll.verticalScrollBar().setValue(place)
        self._pages.setCurrentWidget(self._scroll)

    def _on_failed(self, error: SocialSyncError) -> None:
        trouble = trouble_of(error)
        self._broken.show_words(trouble.title, trouble.next_step)
        self._pages.setCurrentWidget(self._broken)

    # What may be changed

    @Slot(object)
    def _on_release_wanted(self, row: TrustRow) -> None:
        self._wanted = row
        title = self.tr("Let the assistant answer “%1” by itself?")
        risk = self.tr(
            "On %1, replies about it leave without anybody reading them first, when the"
            " assistant is sure enough. Your team agreed in %2 of %3 cases."
        )
        if row.kind is TopicKind.EVERYTHING:
            title = self.tr("Let the assistant answer everything it can by itself?")
            risk = self.tr(
                "On %1, all replies leave without anybody reading them first, when the"
                " assistant is sure enough. Your team agreed in %2 of %3 cases."
            )
        words = risk.replace("%1", row.channel_name)
        words = words.replace("%2", str(row.agreed)).replace("%3", str(row.decided))
        question = Confirm(
            title.replace("%1", topic_words(row)), words, self.tr("Let it answer"), self
        )
        question.confirmed.connect(self._on_release_confirmed)
        question.open()

    @Slot()
    def _on_release_confirmed(self) -> None:
        row = self._wanted
        if row is None:
            return
        if row.kind is TopicKind.EVERYTHING:
            self._set_mode(None, row, AssistantMode.AUTO)
            return
        # First the list, then the mode: the other way round everything could leave between.
        self._bridge.ask(self, release.release_topic, row.channel_id, row.topic_of).then(
            self._set_mode, row, AssistantMode.AUTO
        ).failed(self._on_refused)

    @Slot(object)
    def _on_withdrawal_wanted(self, row: TrustRow) -> None:
        self._wanted = row
        question = Confirm(
            self.tr("Read “%1” before it is sent?").replace("%1", topic_words(row)),
            self.tr("On %1, the assistant only suggests these replies again.").replace(
                "%1", row.channel_name
            ),
            self.tr("Back to drafts"),
            self,
        )
        question.confirmed.connect(self._on_withdrawal_confirmed)
        question.open()

    @Slot()
    def _on_withdrawal_confirmed(self) -> None:
        row = self._wanted
        if row is None:
            return
        if row.kind is TopicKind.EVERYTHING:
            self._set_mode(None, row, AssistantMode.DRAFT)
            return
        self._bridge.ask(self, release.withdraw_topic, row.channel_id, row.key).then(
            self._on_done
        ).failed(self._on_refused)

    def _set_mode(self, _done: None, row: TrustRow, mode: AssistantMode) -> None:
        self._bridge.ask(self, configure.set_mode, row.channel_id, mode).then(
            self._on_done
        ).failed(self._on_refused)

    def _on_done(self, _nothing: None) -> None:
        self._banner.hide()
        self.told.emit(self.tr("Changed"))
        self._read()

    def _on_refused(self, error: SocialSyncError) -> None:
        trouble = trouble_of(error)
        self._banner.show_message(f"{trouble.title}. {trouble.next_step}")
        self._read()

    # How it looks

    def _board(self, rows: list[TrustRow], bar: float) -> QWidget:
        locked = self.tr("Only owners and admins change what leaves by itself.")
        inner = QWidget()
        inner.setMaximumWidth(_WIDEST)
        column = QVBoxLayout(inner)
        column.setContentsMargins(Space.XL, Space.S, Space.XL, Space.XL)
        column.setSpacing(Space.L)
        for _, group in groupby(rows, key=lambda row: row.channel_id):
            topics = list(group)
            card = QFrame()
            card.setProperty("role", "card")
            card.setAccessibleName(topics[0].channel_name)
            lines = QVBoxLayout(card)
            lines.setContentsMargins(0, 0, 0, Space.S)
            lines.setSpacing(0)
            lines.addWidget(channel_head(topics[0]))
            for row in topics:
                view = TrustRowView(row, bar, locked)
                view.release_wanted.connect(self._on_release_wanted)
                view.withdrawal_wanted.connect(self._on_withdrawal_wanted)
                lines.addWidget(rule_line())
                lines.addWidget(view)
            column.addWidget(card)
        column.addStretch()
        return inner

    def _fill_choices(self) -> None:
        for bar in _BARS:
            self._bar.addItem(percent(bar), bar)
        self._bar.setCurrentIndex(_BARS.index(trust.BAR))
        for days in _DAYS:
            self._days.addItem(self.tr("%n day(s)", "", days), days)
        self._days.setCurrentIndex(_DAYS.index(trust.DAYS))

    def _arrange(self) -> None:
        hint = WrappedLabel(role="muted")
        hint.show_text(
            self.tr(
                "What the assistant decided, beside what your team did. The band shows where"
                " the true share lies, 95 times in 100; once all of it stands right of your"
                " bar, you may let the assistant answer by itself."
            )
        )
        head = QHBoxLayout()
        head.setSpacing(Space.S)
        head.addWidget(PlainLabel(self.tr("Trust"), "title"), 1)
        for words, field in (
            (self.tr("Your bar"), self._bar),
            (self.tr("Last"), self._days),
        ):
            head.addSpacing(Space.S)
            head.addWidget(PlainLabel(words, "small"))
            head.addWidget(field)
        top = QVBoxLayout()
        top.setContentsMargins(Space.XL, Space.L, Space.XL, Space.S)
        top.setSpacing(Space.S)
        top.addLayout(head)
        top.addWidget(hint)
        top.addWidget(self._banner)
        self._banner.set_tone(Tone.WARNING)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for page in (self._loading, self._scroll, self._empty, self._broken):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self._pages, 1)
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
