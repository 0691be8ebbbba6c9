"""Where a person writes a reply.

It grows with the text, counts near the limit of the platform, and says in words why it
cannot be used when it cannot. It does not send: `submitted` carries the text away and
the text stays until the pane clears it, so that a refused send loses nothing. Nor does
it read files: it offers what is dropped, pasted or wanted, and shows what was taken.
"""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from core.domain.text_unit import TextUnit
from desktop.style.tokens import Space, Tone
from desktop.widgets.banner import Banner
from desktop.widgets.bubble import Quote
from desktop.widgets.buttons import icon_button, primary
from desktop.widgets.file_chip import FileChip
from desktop.widgets.growing_text import GrowingText, local_files
from desktop.widgets.label import ElidedLabel
from desktop.widgets.quote_strip import QuoteStrip
from desktop.widgets.text_counter import TextCounter
from desktop.widgets.wording import WordingButton
from desktop.widgets.writing import safe_tooltip


class _File(Enum):
    """Whether a file will go with the text."""

    NONE = auto()
    ARRIVING = auto()
    READY = auto()


class Composer(QWidget):
    """A growing field with a send button; Ctrl+Enter sends, with Shift sends and goes on."""

    submitted = Signal(str)
    submitted_and_next = Signal(str)
    text_edited = Signal(str)
    """The text after a change made by the person, for keeping it as a draft."""
    attach_wanted = Signal()
    """The person wants to choose a file."""
    files_offered = Signal(list)
    """Paths of files that the person dropped or pasted."""
    picture_offered = Signal(QImage)
    """A picture that the person pasted."""
    file_removed = Signal()
    quote_removed = Signal()
    wording_wanted = Signal(object)
    """A `Wording` that somebody should do to the text."""
    wording_stopped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._limit: int | None = None
        self._unit = TextUnit.CHARS
        self._reason: str | None = None
        self._is_reworded = False
        self._setting = 0
        self._file = _File.NONE
        self._file_hint: str | None = None
        self._banner = Banner(Tone.WARNING)
        self._field = GrowingText(self.tr("Reply"))
        self._counter = TextCounter()
        self._hint = ElidedLabel(self.tr("Ctrl+Enter sends"), "caption")
        self._chip = FileChip()
        self._quote = QuoteStrip()
        self._attach = icon_button("attach", self.tr("Attach a file"))
        self._wording = WordingButton()
        self._send = primary(self.tr("Send"), "send")
        self._field.textChanged.connect(self._on_changed)
        self._field.submitted.connect(self._on_submitted)
        self._field.submitted_and_next.connect(self._on_submitted_and_next)
        self._field.files_offered.connect(self.files_offered)
        self._field.picture_offered.connect(self.picture_offered)
        self._chip.removed.connect(self.file_removed)
        self._quote.removed.connect(self.quote_removed)
        self._attach.clicked.connect(self.attach_wanted)
        self._wording.wanted.connect(self.wording_wanted)
        self._wording.stopped.connect(self.wording_stopped)
        self._send.clicked.connect(self._on_submitted)
        self.setAcceptDrops(True)
        self._lay_out()
        self._refresh()

    def text(self) -> str:
        """Return what is written, as it is."""
        return self._field.toPlainText()

    def set_text(self, text: str) -> None:
        """Put `text` in the field, cursor at its end; not an edit of the person's."""
        self._setting += 1
        self._field.setPlainText(text)
        self._field.moveCursor(self._field.textCursor().MoveOperation.End)
        self._setting -= 1
        self._refresh()

    def clear(self) -> None:
        """Empty the field, after its text was taken over."""
        self.set_text("")

    def focus_text(self) -> None:
        """Put the keyboard into the field."""
        self._field.setFocus()

    def set_placeholder(self, words: str) -> None:
        """Say to whom one writes."""
        self._field.setPlaceholderText(words)
        self._field.setAccessibleName(words)

    def set_limit(self, limit: int | None, unit: TextUnit = TextUnit.CHARS) -> None:
        """Hold the text to `limit`, counted as the platform counts."""
        self._limit = limit
        self._unit = unit
        self._refresh()

    def offer_wording(self, *, offered: bool) -> None:
        """Offer to have the text reworded, where there is who can."""
        self._wording.setVisible(offered)

    def set_reworded(self, *, being_reworded: bool) -> None:
        """Show that somebody writes in the field; the person can stop them."""
        self._is_reworded = being_reworded
        self._wording.show_running(running=being_reworded)
        self._refresh()

    def set_disabled_reason(self, reason: str | None) -> None:
        """Close the field and say why, or open it again with None; the text stays."""
        self._reason = reason
        self._refresh()

    def set_banner(self, words: str | None) -> None:
        """Say something above the field, such as that the reply window has closed."""
        if words is None:
            self._banner.hide()
        else:
            self._banner.show_message(words)

    def set_file_hint(self, words: str | None) -> None:
        """Say which files may go with the text; with None, none may."""
        self._file_hint = words
        self._attach.setToolTip(safe_tooltip(words or self.tr("Attach a file")))
        self._attach.setAccessibleDescription(words or "")
        self._refresh()

    def show_file(self, name: str, size: int) -> None:
        """Show the file that will go with the text."""
        self._chip.show_file(name, size)
        self._set_file(_File.READY)

    def show_arriving_file(self, name: str) -> None:
        """Show a file that is still being read; nothing can be sent without it meanwhile."""
        self._chip.show_arriving(name)
        self._set_file(_File.ARRIVING)

    def show_no_file(self) -> None:
        """Show that the text goes by itself."""
        self._chip.hide()
        self._set_file(_File.NONE)

    def show_quote(self, quote: Quote | None) -> None:
        """Show the message that the reply will stand under, or that there is none."""
        if quote is None:
            self._quote.hide()
        else:
            self._quote.show_quote(quote)

    def can_send(self) -> bool:
        """Tell whether sending would do anything now."""
        has_content = bool(self.text().strip()) or self._file is _File.READY
        is_whole = self._file is not _File.ARRIVING and self._left() >= 0
        is_open = self._reason is None and not self._is_reworded
        return is_open and has_content and is_whole

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome files on the whole of the composer, not only on its field."""
        if self._takes_files() and local_files(event.mimeData()):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        """Offer the files that were dropped beside the field."""
        self.files_offered.emit(local_files(event.mimeData()))
        event.acceptProposedAction()

    @Slot()
    def _on_changed(self) -> None:
        self._refresh()
        if not self._setting:
            self.text_edited.emit(self.text())

    @Slot()
    def _on_submitted(self) -> None:
        if self.can_send():
            self.submitted.emit(self.text())

    @Slot()
    def _on_submitted_and_next(self) -> None:
        if self.can_send():
            self.submitted_and_next.emit(self.text())

    def _set_file(self, file: _File) -> None:
        self._file = file
        self._refresh()

    def _takes_files(self) -> bool:
        return self._reason is None and self._file_hint is not None

    def _left(self) -> int:
        if self._limit is None:
            return 0
        return self._limit - self._unit.measure(self.text().strip())

    def _refresh(self) -> None:
        closed = self._reason is not None
        self._field.setEnabled(not closed)
        self._field.setReadOnly(self._is_reworded)
        self._wording.setEnabled(
            self._is_reworded or (not closed and bool(self.text().strip()))
        )
        self._field.take_files(taken=self._takes_files())
        self._attach.setEnabled(self._takes_files())
        self._chip.setEnabled(not closed)
        self._quote.setEnabled(not closed)
        self._send.setEnabled(self.can_send())
        self._hint.show_text(self._reason or self._advice())
        left = None if self._limit is None else self._left()
        self._counter.show_left(left, self._unit)

    def _advice(self) -> str:
        """Return what to know before sending: the limits, while there is a file to send."""
        if self._file is _File.NONE or self._file_hint is None:
            return self.tr("Ctrl+Enter sends")
        return self._file_hint

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(Space.S)
        line.addWidget(self._attach, 0, Qt.AlignmentFlag.AlignBottom)
        line.addWidget(self._field, 1)
        line.addWidget(self._wording, 0, Qt.AlignmentFlag.AlignBottom)
        line.addWidget(self._send, 0, Qt.AlignmentFlag.AlignBottom)
        foot = QHBoxLayout()
        foot.setContentsMargins(Space.XS, 0, Space.XS, 0)
        foot.addWidget(self._hint, 1)
        foot.addWidget(self._counter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S - 2)
        column.addWidget(self._banner)
        column.addWidget(self._quote)
        column.addWidget(self._chip)
        column.addLayout(line)
        column.addLayout(foot)
        # Tab leads from the words to Send; the paper clip comes last.
        QWidget.setTabOrder(self._field, self._send)
        QWidget.setTabOrder(self._send, self._wording)
        QWidget.setTabOrder(self._wording, self._attach)
