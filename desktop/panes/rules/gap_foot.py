"""What one may do with a gap, and how far it has come."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop.style.tokens import Space
from desktop.widgets.buttons import primary, quiet, secondary
from desktop.widgets.label import PlainLabel
from desktop.widgets.progress_line import ProgressLine
from desktop.widgets.writing import safe_tooltip


@dataclass(frozen=True, slots=True, kw_only=True)
class Possible:
    """What can be done now."""

    may_change: bool
    is_open: bool
    is_complete: bool
    is_busy: bool
    has_entry: bool
    has_effect: bool


class GapFoot(QFrame):
    """Three buttons, and a bar while messages are considered."""

    approve_wanted = Signal()
    measure_wanted = Signal()
    dismissal_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "foot")
        self._approve = primary(self.tr("Add to the FAQ"), "check")
        self._measure = secondary(self.tr("Measure"), "refresh")
        self._dismiss = quiet(self.tr("Dismiss"), "close")
        self._bar = ProgressLine()
        self._words = PlainLabel(role="small")
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.XL, Space.M, Space.XL, Space.M)
        row.setSpacing(Space.S)
        row.addWidget(self._approve)
        row.addWidget(self._measure)
        row.addWidget(self._bar, 1)
        row.addWidget(self._words)
        row.addStretch()
        row.addWidget(self._dismiss)
        self._approve.clicked.connect(self.approve_wanted)
        self._measure.clicked.connect(self.measure_wanted)
        self._dismiss.clicked.connect(self.dismissal_wanted)
        self._hide_progress()

    def show_possible(self, now: Possible) -> None:
        """Offer what can be done, and say why the rest cannot."""
        deed = self.tr("Change the entry") if now.has_entry else self.tr("Add to the FAQ")
        self._approve.setText(deed)
        self._approve.setAccessibleName(deed)
        again = self.tr("Measure again") if now.has_effect else self.tr("Measure")
        self._measure.setText(again)
        self._measure.setAccessibleName(again)
        self._approve.setVisible(now.is_open)
        self._dismiss.setVisible(now.is_open)
        reason = self.tr("Only owners and admins change the knowledge base.")
        reason = "" if now.may_change else reason
        for control in (self._approve, self._measure, self._dismiss):
            control.setEnabled(now.may_change and not now.is_busy)
            control.setAccessibleDescription(reason)
            control.setToolTip(safe_tooltip(reason) if reason else "")
        if not now.is_complete:
            self._approve.setEnabled(False)
        if not now.is_busy:
            self._hide_progress()

    def show_progress(self, done: int, total: int) -> None:
        """Show how many messages have been considered."""
        words = self.tr("%1 of %2 considered").replace("%1", str(done))
        words = words.replace("%2", str(total))
        self._words.setText(words)
        self._bar.show_part(done / total if total else -1.0, words)
        self._bar.show()
        self._words.show()

    def _hide_progress(self) -> None:
        self._bar.hide()
        self._words.hide()
