"""One comment in the talk under a post, with what was asked for about it."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from core.domain.comment import Deed, DeedState
from core.queries.comments import ShownComment
from desktop.panes.comments.words import author_words, deed_words, mark_of, text_words
from desktop.style.tokens import Space
from desktop.widgets.avatar import Avatar
from desktop.widgets.buttons import quiet
from desktop.widgets.label import PlainLabel, WrappedLabel
from desktop.widgets.pill import Pill
from desktop.widgets.when import short_time
from desktop.widgets.writing import shortened

_NAME = 48


class CommentCard(QFrame):
    """Shows a comment; tells that it was pressed, and what a person settles by hand."""

    pressed = Signal(object)
    """The ShownComment this card is of."""
    was_sent = Signal(object)
    was_not_sent = Signal(object)
    cancel_wanted = Signal(object)
    """DeedIds."""

    def __init__(
        self, shown: ShownComment, now: datetime, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._shown = shown
        self.setProperty("role", "remark")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        comment = shown.comment
        self.setAccessibleName(f"{author_words(comment)}: {text_words(shown)}")
        words = WrappedLabel(role="muted" if comment.deleted_at or shown.expired_by else "")
        words.show_text(text_words(shown))
        column = QVBoxLayout()
        column.setSpacing(Space.XS)
        column.addLayout(self._head(now))
        column.addWidget(words)
        for deed in shown.deeds:
            self._add_deed(column, deed)
        avatar = Avatar(28)
        avatar.set_person(author_words(comment))
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.M, Space.S, Space.M, Space.S)
        row.setSpacing(Space.M)
        row.addWidget(avatar, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)

    def choose(self, *, chosen: bool) -> None:
        """Show that the answer below is for this comment."""
        self.setProperty("role", "remark-chosen" if chosen else "remark")
        self.style().unpolish(self)
        self.style().polish(self)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the comment that is pressed."""
        super().mousePressEvent(event)
        self.pressed.emit(self._shown)

    def _head(self, now: datetime) -> QHBoxLayout:
        comment = self._shown.comment
        head = QHBoxLayout()
        head.setSpacing(Space.S)
        head.addWidget(PlainLabel(shortened(author_words(comment), _NAME), "strong"))
        mark = mark_of(self._shown)
        if mark is not None:
            head.addWidget(Pill(*mark))
        head.addStretch()
        when = short_time(comment.at, now)
        if comment.edited_at is not None and comment.deleted_at is None:
            when = self.tr("%1 · edited").replace("%1", when)
        head.addWidget(PlainLabel(when, "small"))
        return head

    def _add_deed(self, column: QVBoxLayout, deed: Deed) -> None:
        """Show how a deed stands, why, and what a person can do about it."""
        words = deed_words(deed)
        if words is None:
            return
        line = QHBoxLayout()
        line.setSpacing(Space.S)
        line.addWidget(Pill(*words))
        line.addStretch()
        for title, signal in self._buttons(deed):
            button = quiet(title)
            button.clicked.connect(partial(signal, deed.id))
            line.addWidget(button)
        column.addLayout(line)
        said = " ".join(part for part in (deed.error_title, deed.error_next) if part)
        for text in (deed.text if deed.state is not DeedState.ACCEPTED else None, said):
            if text:
                label = WrappedLabel(role="small")
                label.show_text(text)
                column.addWidget(label)

    def _buttons(self, deed: Deed) -> list[tuple[str, Callable[[object], None]]]:
        if deed.state is DeedState.QUEUED:
            return [(self.tr("Cancel"), self.cancel_wanted.emit)]
        if deed.state in (DeedState.UNKNOWN, DeedState.NEEDS_HUMAN):
            return [
                (self.tr("It was sent"), self.was_sent.emit),
                (self.tr("It was not sent"), self.was_not_sent.emit),
            ]
        return []
