"""The comments pane: what people say under our posts, and our answers to it."""

from functools import partial

from PySide6.QtCore import QT_TRANSLATE_NOOP, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QWidget

from core.domain.errors import SocialSyncError
from desktop.bridge.call import Bridge
from desktop.bridge.feed import Feed
from desktop.bridge.trouble import trouble_of
from desktop.panes.comments.queue import CommentQueue
from desktop.panes.comments.talk import Talk
from desktop.style.tokens import Tone
from desktop.widgets.toast import ToastStack
from desktop.widgets.verb import Verb, add_verbs

_WIDTHS = (372, 958)


class CommentsPane(QWidget):
    """Everything that is said in public."""

    NAME = "comments"
    TITLE = str(QT_TRANSLATE_NOOP("Pane", "Comments"))
    ICON = "comment"
    SHORTCUT = "Ctrl+5"

    badge_changed = Signal(int)
    """How many comments wait for an answer."""
    open_conversation = Signal(object)
    """ConversationId that another pane should show."""

    def __init__(self, bridge: Bridge, feed: Feed, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._queue = CommentQueue(bridge)
        self._talk = Talk(bridge)
        self._toasts = ToastStack(self)
        self._arrange()
        self._queue.chosen.connect(self._talk.show_comment)
        self._queue.opened.connect(self._talk.focus_words)
        self._queue.counted.connect(self.badge_changed)
        self._talk.settled.connect(self._queue.refresh)
        self._talk.refused.connect(self._on_refused)
        feed.comments_changed.connect(self._on_changed)
        feed.resync.connect(self._on_changed)
        add_verbs(self, self._verbs())
        self._queue.start()

    def leave(self) -> None:
        """Nothing is kept: an answer that was begun stays in its field while we run."""

    def _verbs(self) -> tuple[Verb, ...]:
        talk = self._talk
        return (
            Verb("next", self.tr("Next comment"), partial(self._queue.step, 1), "J"),
            Verb("back", self.tr("Previous comment"), partial(self._queue.step, -1), "K"),
            Verb("answer", self.tr("Write an answer"), talk.focus_words, "R"),
            Verb("hide", self.tr("Hide, or show again"), talk.hide_or_show, "H"),
            Verb("done", self.tr("Nothing to do"), talk.tick_off, "E"),
        )

    @Slot()
    def _on_changed(self) -> None:
        self._queue.refresh()
        self._talk.refresh()

    @Slot(object)
    def _on_refused(self, error: SocialSyncError) -> None:
        trouble = trouble_of(error)
        self._toasts.show_toast(f"{trouble.title}. {trouble.next_step}", Tone.WARNING)

    def _arrange(self) -> None:
        columns = QSplitter(Qt.Orientation.Horizontal)
        columns.setChildrenCollapsible(False)
        columns.setHandleWidth(1)
        for column in (self._queue, self._talk):
            columns.addWidget(column)
        columns.setStretchFactor(1, 1)
        columns.setSizes(list(_WIDTHS))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(columns)
