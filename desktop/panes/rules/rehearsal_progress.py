"""How far a rehearsal has come, and the way out of it."""

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.style.tokens import Space
from desktop.widgets.buttons import secondary
from desktop.widgets.label import PlainLabel
from desktop.widgets.progress_line import ProgressLine

_WIDTH = 340


class RehearsalProgress(QWidget):
    """Words over a bar over a button."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = PlainLabel(role="strong")
        self._bar = ProgressLine()
        self._bar.setFixedWidth(_WIDTH)
        self._cancel = secondary(self.tr("Cancel"))
        self._cancel.clicked.connect(self.cancelled)
        self.setFocusProxy(self._cancel)
        middle = QVBoxLayout()
        middle.setSpacing(Space.M)
        middle.addStretch(2)
        middle.addWidget(self._words)
        middle.addWidget(self._bar)
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(self._cancel)
        middle.addLayout(foot)
        middle.addStretch(3)
        row = QHBoxLayout(self)
        row.addStretch()
        row.addLayout(middle)
        row.addStretch()

    def show_progress(self, done: int, total: int) -> None:
        """Show how many messages are decided; before the first nobody knows the total."""
        words = self.tr("Reading the messages…")
        if total:
            words = self.tr("%1 of %2 messages decided again")
            words = words.replace("%1", QLocale().toString(done))
            words = words.replace("%2", QLocale().toString(total))
        self._words.setText(words)
        self._bar.show_part(done / total if total else -1.0, words)
