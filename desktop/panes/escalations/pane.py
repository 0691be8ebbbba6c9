"""The escalations pane: the queue beside the case that is being looked at."""

from functools import partial

from PySide6.QtCore import QT_TRANSLATE_NOOP, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QWidget

from core.domain.errors import SocialSyncError
from desktop.bridge.call import Bridge
from desktop.bridge.feed import Feed
from desktop.bridge.trouble import trouble_of
from desktop.panes.escalations.case import EscalationCase
from desktop.panes.escalations.queue import EscalationQueue
from desktop.style.tokens import Tone
from desktop.widgets.toast import ToastStack
from desktop.widgets.verb import Verb, add_verbs

_WIDTHS = (372, 958)


class EscalationsPane(QWidget):
    """What only a person can settle."""

    NAME = "escalations"
    TITLE = str(QT_TRANSLATE_NOOP("Pane", "Escalations"))
    ICON = "escalation"
    SHORTCUT = "Ctrl+2"

    badge_changed = Signal(int)
    """How many escalations are open."""
    open_conversation = Signal(object)
    """ConversationId that another pane should show."""

    def __init__(self, bridge: Bridge, feed: Feed, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._queue = EscalationQueue(bridge)
        self._case = EscalationCase(bridge)
        self._toasts = ToastStack(self)
        self._arrange()
        self._queue.chosen.connect(self._case.show_row)
        self._queue.opened.connect(self._case.ask_conversation)
        self._queue.counted.connect(self.badge_changed)
        self._case.open_conversation.connect(self.open_conversation)
        self._case.settled.connect(self._queue.refresh)
        self._case.refused.connect(self._on_refused)
        feed.escalations_changed.connect(self._queue.refresh)
        feed.conversations_changed.connect(self._queue.refresh)
        feed.resync.connect(self._queue.refresh)
        add_verbs(self, self._verbs())
        self._queue.start()

    def leave(self) -> None:
        """Nothing is typed here that must survive: a note belongs to its case."""

    def _verbs(self) -> tuple[Verb, ...]:
        case = self._case
        return (
            Verb("next", self.tr("Next escalation"), partial(self._queue.step, 1), "J"),
            Verb(
                "back", self.tr("Previous escalation"), partial(self._queue.step, -1), "K"
            ),
            Verb("take", self.tr("Take it"), case.take, "A"),
            Verb("open", self.tr("Open the conversation"), case.ask_conversation, "O"),
            Verb("note", self.tr("Write how it was resolved"), case.focus_note, "N"),
        )

    @Slot(object)
    def _on_refused(self, error: SocialSyncError) -> None:
        trouble = trouble_of(error)
        self._toasts.show_toast(f"{trouble.title}. {trouble.next_step}", Tone.WARNING)
        self._queue.refresh()

    def _arrange(self) -> None:
        columns = QSplitter(Qt.Orientation.Horizontal)
        columns.setChildrenCollapsible(False)
        columns.setHandleWidth(1)
        for column in (self._queue, self._case):
            columns.addWidget(column)
        columns.setStretchFactor(1, 1)
        columns.setSizes(list(_WIDTHS))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(columns)
