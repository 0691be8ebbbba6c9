"""Over the fields of a FAQ entry: its question, its use, and whether it is in use."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from core.queries.knowledge import FaqRow
from desktop.panes.knowledge.rights import allow
from desktop.panes.knowledge.words import day_words
from desktop.style.tokens import Space
from desktop.widgets.label import ElidedLabel
from desktop.widgets.switch import Switch


class FaqHeader(QFrame):
    """The switch acts at once; nobody should have to save it."""

    switched = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self._title = ElidedLabel(role="heading")
        self._facts = ElidedLabel(role="small")
        self._enabled = Switch(self.tr("The assistant may use it"))
        self._enabled.clicked.connect(self.switched)
        names = QVBoxLayout()
        names.setSpacing(2)
        names.addWidget(self._title)
        names.addWidget(self._facts)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.XL, Space.M, Space.XL, Space.M)
        row.setSpacing(Space.M)
        row.addLayout(names, 1)
        row.addWidget(self._enabled)

    def show_row(self, row: FaqRow | None, *, can_change: bool) -> None:
        """Show an entry as it now stands; None is the one that is new."""
        title = self.tr("New FAQ entry") if row is None else row.entry.question
        self._title.show_text(title)
        self._facts.show_text(self._use_of(row))
        self._enabled.setVisible(row is not None)
        self._enabled.setChecked(row is not None and row.entry.enabled)
        allow((self._enabled,), allowed=can_change)

    def _use_of(self, row: FaqRow | None) -> str:
        if row is None:
            return self.tr("The assistant answers with exactly these words.")
        if not row.times_used or row.last_used_at is None:
            return self.tr("Not used in an answer yet")
        used = self.tr("Used in %n answer(s)", "", row.times_used)
        last = self.tr("last %1", "used").replace("%1", day_words(row.last_used_at))
        return f"{used} · {last}"
