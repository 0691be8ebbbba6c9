"""What can be done about the chosen comment: answer, in private, hide, remove, tick off."""

from datetime import datetime

from PySide6.QtCore import Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.domain.comment import DeedKind, DeedState
from core.queries.comments import ShownComment
from desktop.panes.comments.words import author_words
from desktop.style.channels import channel_mark
from desktop.style.tokens import Space, Tone
from desktop.widgets.banner import Banner
from desktop.widgets.buttons import primary, quiet, secondary
from desktop.widgets.engine_words import engine_words
from desktop.widgets.growing_text import GrowingText
from desktop.widgets.label import ElidedLabel
from desktop.widgets.links import is_followable
from desktop.widgets.text_counter import TextCounter
from desktop.widgets.when import time_left


class Answering(QWidget):
    """Says what the person wants; the text stays until it was taken."""

    reply_wanted = Signal(str)
    private_reply_wanted = Signal(str)
    hide_wanted = Signal()
    show_wanted = Signal()
    remove_wanted = Signal()
    done_wanted = Signal()
    reopen_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: ShownComment | None = None
        self._usable = True
        self._to = ElidedLabel(role="small")
        self._wall = Banner(Tone.WARNING)
        self._field = GrowingText(self.tr("Answer"))
        self._field.setPlaceholderText(self.tr("Write an answer"))
        self._counter = TextCounter()
        self._reply = primary(self.tr("Answer"), "send")
        self._private = secondary(self.tr("Answer in private"), "lock")
        self._hide = quiet(self.tr("Hide"), "spark-off")
        self._show = quiet(self.tr("Show again"), "look")
        self._remove = quiet(self.tr("Remove"), "trash")
        self._done = quiet(self.tr("Nothing to do"), "check")
        self._reopen = quiet(self.tr("Put back"), "refresh")
        self._open = quiet(self.tr("Open on the platform"), "link")
        self._arrange()
        self._connect()

    def show_comment(self, shown: ShownComment, now: datetime) -> None:
        """Offer what makes sense for a comment; words typed for another one go."""
        if self._shown is None or self._shown.id != shown.id:
            self._field.clear()
        self._shown = shown
        comment, can = shown.comment, shown.can
        gone = comment.deleted_at is not None
        self._show_wall(shown)
        in_public = not gone and shown.obstacle is None
        in_private = _may_answer_privately(shown, now)
        self._reply.setVisible(in_public)
        self._show_private(shown, now, offered=in_private)
        self._field.setVisible(in_public or in_private)
        self._to.show_text(self._reach(in_public=in_public, in_private=in_private))
        self._count()
        self._hide.setVisible(DeedKind.HIDE in can and not gone and not comment.hidden_at)
        self._show.setVisible(DeedKind.SHOW in can and not gone and bool(comment.hidden_at))
        self._remove.setVisible(DeedKind.DELETE in can and not gone)
        self._done.setVisible(comment.handled_at is None)
        self._reopen.setVisible(comment.handled_at is not None)
        self._open.setVisible(bool(self._address()))
        self._open.setText(
            self.tr("Open on %1").replace("%1", channel_mark(comment.platform).name)
        )

    def set_usable(self, *, usable: bool) -> None:
        """Block the buttons while a wish is on its way."""
        self._usable = usable
        for button in (
            self._reply,
            self._private,
            self._hide,
            self._show,
            self._remove,
            self._done,
            self._reopen,
        ):
            button.setEnabled(usable)
        self._field.setReadOnly(not usable)

    def clear_words(self) -> None:
        """Empty the field once its words were taken."""
        self._field.clear()

    def focus_words(self) -> None:
        """Put the keyboard into the field."""
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def words(self) -> str:
        """Return what was typed."""
        return self._field.toPlainText().strip()

    @Slot()
    def _count(self) -> None:
        """Count as where the words would go: in public, else in private."""
        limits = {} if self._shown is None else self._shown.limits
        public = self._shown is not None and self._shown.obstacle is None
        limit = limits.get(DeedKind.REPLY if public else DeedKind.PRIVATE_REPLY)
        if limit is None or self._field.isHidden():
            self._counter.hide()
        else:
            self._counter.show_left(limit.left(self.words()), limit.unit)

    def _show_wall(self, shown: ShownComment) -> None:
        wall = shown.obstacle
        if wall is None or shown.comment.deleted_at is not None:
            self._wall.hide()
            return
        said = engine_words(wall.title), engine_words(wall.next_step)
        self._wall.show_message(" ".join(said))

    def _reach(self, *, in_public: bool, in_private: bool) -> str:
        """Return who would read an answer, empty where none can be given from here."""
        if self._shown is None or not (in_public or in_private):
            return ""
        words = (
            self.tr("To %1, seen by everybody")
            if in_public
            else self.tr("To %1, in private")
        )
        return words.replace("%1", author_words(self._shown.comment))

    def _show_private(self, shown: ShownComment, now: datetime, *, offered: bool) -> None:
        """Offer the one private answer with the time that is left for it."""
        until = shown.comment.private_reply_ends_at
        self._private.setVisible(offered)
        if offered and until is not None:
            left = time_left(until, now)
            self._private.setText(self.tr("Answer in private · %1").replace("%1", left))

    def _address(self) -> str:
        """Return where the comment can be seen on its platform, empty where nobody said."""
        if self._shown is None:
            return ""
        wall = self._shown.obstacle
        url = (wall.url if wall is not None else None) or self._shown.comment.url or ""
        return url if is_followable(url) else ""

    @Slot()
    def _on_reply(self) -> None:
        if self._usable and self._reply.isVisible() and self.words():
            self.reply_wanted.emit(self.words())

    @Slot()
    def _on_private(self) -> None:
        if self.words():
            self.private_reply_wanted.emit(self.words())
        else:
            self.focus_words()

    @Slot()
    def _on_open(self) -> None:
        address = self._address()
        if address:
            QDesktopServices.openUrl(QUrl(address))

    def _connect(self) -> None:
        self._field.textChanged.connect(self._count)
        self._reply.clicked.connect(self._on_reply)
        self._field.submitted.connect(self._on_reply)
        self._private.clicked.connect(self._on_private)
        self._hide.clicked.connect(self.hide_wanted)
        self._show.clicked.connect(self.show_wanted)
        self._remove.clicked.connect(self.remove_wanted)
        self._done.clicked.connect(self.done_wanted)
        self._reopen.clicked.connect(self.reopen_wanted)
        self._open.clicked.connect(self._on_open)

    def _arrange(self) -> None:
        deeds = QHBoxLayout()
        deeds.setSpacing(Space.XS)
        for button in (
            self._done,
            self._reopen,
            self._hide,
            self._show,
            self._remove,
        ):
            deeds.addWidget(button)
        deeds.addStretch()
        deeds.addWidget(self._private)
        deeds.addWidget(self._reply)
        top = QHBoxLayout()
        top.addWidget(self._to, 1)
        top.addWidget(self._open)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.M, Space.L, Space.L)
        column.setSpacing(Space.S)
        column.addWidget(self._wall)
        column.addLayout(top)
        column.addWidget(self._field)
        column.addWidget(self._counter, 0, Qt.AlignmentFlag.AlignRight)
        column.addLayout(deeds)


def _may_answer_privately(shown: ShownComment, now: datetime) -> bool:
    """Return whether the one private answer is still to be given and its days last."""
    until = shown.comment.private_reply_ends_at
    used = any(
        deed.kind is DeedKind.PRIVATE_REPLY
        and deed.state not in (DeedState.FAILED, DeedState.CANCELLED)
        for deed in shown.deeds
    )
    return (
        DeedKind.PRIVATE_REPLY in shown.can
        and shown.comment.deleted_at is None
        and until is not None
        and until > now
        and not used
    )
