"""The right column: a post, what is said under it, and the answer to the chosen comment."""

from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from core.actions import comment as act
from core.actions.comment import Answer
from core.clock import time_ordered_id
from core.domain.comment import DeedKind
from core.domain.errors import SocialSyncError, TooLong
from core.domain.ids import CommentId, DeedId, MonitoredPostId
from core.queries import comments
from core.queries.comments import ShownComment
from desktop.bridge.call import Bridge
from desktop.panes.comments.answering import Answering
from desktop.panes.comments.card import CommentCard
from desktop.style.channels import channel_mark
from desktop.style.tokens import Space, Tone
from desktop.widgets.confirm import Confirm
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.label import ElidedLabel, PlainLabel, WrappedLabel
from desktop.widgets.pill import Pill
from desktop.widgets.writing import shortened

_CAPTION = 280
_WIDEST = 860
_INDENT = 36


class Talk(QWidget):
    """Shows the talk under the post of the chosen comment."""

    settled = Signal()
    refused = Signal(object)

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._chosen: ShownComment | None = None
        self._post: MonitoredPostId | None = None
        self._key: DeedId | None = None
        self._cards: dict[CommentId, CommentCard] = {}
        self._channel = Pill("", Tone.NEUTRAL)
        self._account = ElidedLabel(role="small")
        self._caption = WrappedLabel()
        self._thread = QVBoxLayout()
        self._answering = Answering()
        self._nothing = EmptyState(
            "comment",
            self.tr("No comment chosen"),
            self.tr("J and K walk through the comments, Enter writes an answer."),
        )
        self._page = QWidget()
        self._pages = QStackedWidget()
        self._arrange()
        self._connect()

    @Slot(object)
    def show_comment(self, shown: ShownComment) -> None:
        """Choose a comment, and read what else is said under its post."""
        self._chosen = shown
        self._key = None
        comment = shown.comment
        if comment.monitored_post_id != self._post:
            self._post = comment.monitored_post_id
            self._lay((shown,))
        mark = channel_mark(comment.platform)
        self._channel.show_text(mark.name, Tone.NEUTRAL)
        self._account.show_text(comment.account_name)
        caption = comment.post_caption or self.tr("A post without words")
        self._caption.show_text(shortened(caption, _CAPTION))
        self._answering.show_comment(shown, self._bridge.now())
        self._pages.setCurrentWidget(self._page)
        self._mark_chosen()
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Read the talk that is shown again."""
        if self._post is not None:
            self._bridge.ask(self, comments.thread, self._post).then(
                self._on_read, self._post
            ).failed(self._on_refused)

    def focus_words(self) -> None:
        """Put the keyboard into the answer."""
        if self._chosen is not None:
            self._answering.focus_words()

    def hide_or_show(self) -> None:
        """Hide the chosen comment, or show it again."""
        if self._chosen is not None:
            hidden = self._chosen.comment.hidden_at is not None
            self._do(act.show if hidden else act.hide, self._chosen.id)

    def tick_off(self) -> None:
        """Say that there is nothing to do about the chosen comment."""
        if self._chosen is not None and self._chosen.comment.handled_at is None:
            self._do(act.handled, self._chosen.id)

    def _on_read(self, found: Sequence[ShownComment], post: MonitoredPostId) -> None:
        if post != self._post:
            return
        self._lay(found)
        for shown in found:
            if self._chosen is not None and shown.id == self._chosen.id:
                self._chosen = shown
                self._answering.show_comment(shown, self._bridge.now())
        self._mark_chosen()

    def _lay(self, found: Sequence[ShownComment]) -> None:
        """Show the cards of a talk: answers under what they answer, oldest first."""
        while (item := self._thread.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self._cards = {}
        for shown in _threaded(found):
            card = CommentCard(shown, self._bridge.now())
            card.pressed.connect(self._on_pressed)
            card.was_sent.connect(self._on_was_sent)
            card.was_not_sent.connect(self._on_was_not_sent)
            card.cancel_wanted.connect(self._on_cancel)
            self._cards[shown.id] = card
            self._thread.addWidget(_placed(card, shown))
        self._thread.addStretch()

    def _mark_chosen(self) -> None:
        for comment_id, card in self._cards.items():
            chosen = self._chosen is not None and comment_id == self._chosen.id
            card.choose(chosen=chosen)
            if chosen:
                # The card gets its place with the next turn of the loop.
                QTimer.singleShot(0, self._scroll_to_chosen)

    @Slot()
    def _scroll_to_chosen(self) -> None:
        card = self._cards.get(self._chosen.id) if self._chosen is not None else None
        if card is not None:
            self._scroll.ensureWidgetVisible(card, 0, Space.L)

    @Slot(object)
    def _on_pressed(self, shown: ShownComment) -> None:
        if not shown.comment.own:
            self.show_comment(shown)

    @Slot(str)
    def _on_reply(self, text: str) -> None:
        self._speak(DeedKind.REPLY, text)

    @Slot(str)
    def _on_private_reply(self, text: str) -> None:
        self._speak(DeedKind.PRIVATE_REPLY, text)

    def _speak(self, kind: DeedKind, text: str) -> None:
        """Send an answer under one id, so that pressing twice sends it once."""
        if self._chosen is None or not self._fits(kind, text):
            return
        self._key = self._key or DeedId(time_ordered_id())
        answer = Answer(comment=self._chosen.id, text=text, id=self._key)
        self._answering.set_usable(usable=False)
        action = act.reply if kind is DeedKind.REPLY else act.reply_privately
        self._bridge.ask(self, action, answer).then(self._on_spoken).failed(
            self._on_refused
        ).ended(self._on_ended)

    def _fits(self, kind: DeedKind, text: str) -> bool:
        """Refuse what the engine would refuse, before anything is asked of it."""
        limit = None if self._chosen is None else self._chosen.limits.get(kind)
        try:
            if limit is not None:
                limit.require_fits(text)
        except TooLong as error:
            self._on_refused(error)
            return False
        return True

    def _on_spoken(self, _deed: object) -> None:
        self._key = None
        self._answering.clear_words()
        self._on_settled(None)

    @Slot()
    def _on_hide(self) -> None:
        self.hide_or_show()

    @Slot()
    def _on_remove(self) -> None:
        if self._chosen is None:
            return
        question = Confirm(
            self.tr("Remove this comment?"),
            self.tr("It disappears from the platform for everybody, and cannot come back."),
            self.tr("Remove"),
            self,
        )
        question.confirmed.connect(self._on_remove_confirmed)
        question.open()

    @Slot()
    def _on_remove_confirmed(self) -> None:
        if self._chosen is not None:
            self._do(act.remove, self._chosen.id)

    @Slot()
    def _on_done(self) -> None:
        self.tick_off()

    @Slot()
    def _on_reopen(self) -> None:
        if self._chosen is not None:
            self._do(act.reopen, self._chosen.id)

    @Slot(object)
    def _on_was_sent(self, deed: DeedId) -> None:
        self._do(act.was_sent, deed)

    @Slot(object)
    def _on_was_not_sent(self, deed: DeedId) -> None:
        self._do(act.was_not_sent, deed)

    @Slot(object)
    def _on_cancel(self, deed: DeedId) -> None:
        self._do(act.cancel, deed)

    def _do(self, action: Callable[..., Coroutine[Any, Any, Any]], *args: Any) -> None:
        self._answering.set_usable(usable=False)
        self._bridge.ask(self, action, *args).then(self._on_settled).failed(
            self._on_refused
        ).ended(self._on_ended)

    def _on_settled(self, _result: object) -> None:
        self.refresh()
        self.settled.emit()

    def _on_refused(self, error: SocialSyncError) -> None:
        self.refused.emit(error)

    def _on_ended(self) -> None:
        self._answering.set_usable(usable=True)

    def _connect(self) -> None:
        self._answering.reply_wanted.connect(self._on_reply)
        self._answering.private_reply_wanted.connect(self._on_private_reply)
        self._answering.hide_wanted.connect(self._on_hide)
        self._answering.show_wanted.connect(self._on_hide)
        self._answering.remove_wanted.connect(self._on_remove)
        self._answering.done_wanted.connect(self._on_done)
        self._answering.reopen_wanted.connect(self._on_reopen)

    def _arrange(self) -> None:
        inside = QWidget()
        inside.setMaximumWidth(_WIDEST)
        self._thread.setContentsMargins(Space.L, 0, Space.L, Space.M)
        self._thread.setSpacing(Space.XS)
        inside.setLayout(self._thread)
        self._scroll = QScrollArea()
        self._scroll.setAccessibleName(self.tr("Comments under the post"))
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inside)
        column = QVBoxLayout(self._page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        column.addWidget(self._scroll, 1)
        column.addWidget(self._answering)
        self._answering.setMaximumWidth(_WIDEST)
        for page in (self._nothing, self._page):
            self._pages.addWidget(page)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._pages)
        self.setProperty("role", "panel")

    def _head(self) -> QFrame:
        """Return the post: whose it is, and what it says."""
        line = QHBoxLayout()
        line.setSpacing(Space.S)
        line.addWidget(self._channel)
        line.addWidget(self._account, 1)
        card = QFrame()
        card.setProperty("role", "card")
        card.setMaximumWidth(_WIDEST - 2 * Space.L)
        inner = QVBoxLayout(card)
        inner.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        inner.setSpacing(Space.S)
        inner.addWidget(PlainLabel(self.tr("POST"), "section"))
        inner.addWidget(self._caption)
        inner.addLayout(line)
        frame = QFrame()
        outer = QVBoxLayout(frame)
        outer.setContentsMargins(Space.L, Space.L, Space.L, Space.M)
        outer.addWidget(card)
        return frame


def _placed(card: CommentCard, shown: ShownComment) -> QWidget:
    """Return a card in its place: an answer stands in from what it answers."""
    if shown.comment.parent_id is None:
        return card
    place = QWidget()
    row = QHBoxLayout(place)
    row.setContentsMargins(_INDENT, 0, 0, 0)
    row.addWidget(card)
    return place


def _threaded(found: Sequence[ShownComment]) -> list[ShownComment]:
    """Return comments in reading order: each top one with its answers below it.

    An answer to an answer stands with the others: platforms show two levels.
    """
    by_platform_id = {shown.comment.platform_comment_id: shown for shown in found}
    answers: dict[str, list[ShownComment]] = {}
    tops = []
    for shown in found:
        top = _top_of(shown, by_platform_id)
        if top is shown:
            tops.append(shown)
        else:
            answers.setdefault(top.comment.platform_comment_id, []).append(shown)
    return [
        each
        for top in tops
        for each in (top, *answers.get(top.comment.platform_comment_id, ()))
    ]


def _top_of(shown: ShownComment, known: dict[str, ShownComment]) -> ShownComment:
    """Return the highest comment above this one that is shown; itself where none is."""
    seen = {shown.comment.platform_comment_id}
    while (parent := known.get(shown.comment.parent_id or "")) is not None:
        if parent.comment.platform_comment_id in seen:
            break
        seen.add(parent.comment.platform_comment_id)
        shown = parent
    return shown
