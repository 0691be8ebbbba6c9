"""One FAQ entry being looked at, written or changed."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from core.actions import phrase
from core.domain.errors import SocialSyncError
from core.domain.ids import FaqId
from core.domain.knowledge import FaqText
from core.queries.knowledge import FaqRow, Overview
from desktop.bridge.call import Bridge
from desktop.panes.knowledge.drafts import Drafts
from desktop.panes.knowledge.faq_form import FaqForm, text_of
from desktop.panes.knowledge.faq_header import FaqHeader
from desktop.panes.knowledge.rights import allow
from desktop.panes.knowledge.twins import Twins
from desktop.style.tokens import Space
from desktop.widgets.buttons import primary, quiet, secondary
from desktop.widgets.confirm import Confirm

_WIDEST = 760


class FaqPage(QWidget):
    """Words that are not saved stay with their entry until they are saved or discarded."""

    refused = Signal(object)
    saved = Signal()
    """What was written, or switched, is now kept."""
    added = Signal(object)
    """FaqId of an entry that is new."""
    closed = Signal()
    """The entry is gone, or the new one was discarded."""
    drafts_changed = Signal()
    twin_opened = Signal(str)

    def __init__(
        self, bridge: Bridge, drafts: Drafts, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._drafts = drafts
        self._row: FaqRow | None = None
        self._codes: frozenset[str] = frozenset()
        self._can_change = False
        self._is_busy = False
        self._header = FaqHeader()
        self._form = FaqForm()
        self._twins = Twins(bridge)
        self._save = primary(self.tr("Save"), "check")
        self._discard = secondary(self.tr("Discard"))
        self._remove = quiet(self.tr("Remove"), "trash")
        self._arrange()
        self._form.edited.connect(self._on_edited)
        self._twins.opened.connect(self.twin_opened)
        self._save.clicked.connect(self.save)
        self._discard.clicked.connect(self.discard)
        self._remove.clicked.connect(self.ask_to_remove)
        self._header.switched.connect(self._on_switched)

    def entry_id(self) -> FaqId | None:
        """Return which entry is open; None for the new one."""
        return None if self._row is None else self._row.entry.id

    def open(self, row: FaqRow | None, overview: Overview, question: str = "") -> None:
        """Show an entry, or a new one that may begin with a question."""
        self._row = row
        self._take_from(overview)
        kept = self._drafts.of(self.entry_id())
        saved = self._saved()
        if row is None and question:
            kept = replace(kept or saved, question=question)
            self._drafts.keep(None, kept)
            self.drafts_changed.emit()
        self._twins.forget()
        self._form.show_text(kept or saved, self._codes)
        self._show_head()
        if kept is not None:
            self._twins.look_for(kept, self.entry_id())

    def show_row(self, row: FaqRow, overview: Overview) -> None:
        """Follow the entry that is open; what is being written stays."""
        before, self._row = self._row, row
        self._take_from(overview)
        is_other = before is None or before.entry != row.entry
        if is_other and self._drafts.of(row.entry.id) is None:
            self._form.show_text(self._saved(), self._codes)
        self._show_head()

    def focus_first(self) -> None:
        """Put the cursor where one would begin."""
        self._form.focus_first()

    # What one may do

    @Slot()
    def save(self) -> None:
        """Keep what is written."""
        if self._is_busy or not (self._can_change and self._form.is_complete()):
            return
        text, entry_id = self._form.text(), self.entry_id()
        self._set_busy(busy=True)
        if entry_id is None:
            self._bridge.ask(self, phrase.add_faq, text).then(self._on_added).failed(
                self._on_refused
            ).ended(self._on_ended)
        else:
            self._bridge.ask(self, phrase.change_faq, entry_id, text).then(
                self._on_saved, entry_id
            ).failed(self._on_refused).ended(self._on_ended)

    @Slot()
    def discard(self) -> None:
        """Go back to what is kept."""
        self._drafts.forget(self.entry_id())
        self._twins.forget()
        self._form.show_text(self._saved(), self._codes)
        self._show_head()
        self.drafts_changed.emit()
        if self._row is None:
            self.closed.emit()

    @Slot()
    def ask_to_remove(self) -> None:
        """Ask before the entry is removed."""
        if self._row is None or not self._can_change:
            return
        title = self.tr("Remove “%1”?").replace("%1", self._row.entry.question)
        risk = self.tr("The answer and all its ways to ask are deleted.")
        question = Confirm(title, risk, self.tr("Remove"), self)
        question.confirmed.connect(self._on_remove_confirmed)
        question.open()

    @Slot()
    def _on_remove_confirmed(self) -> None:
        entry_id = self.entry_id()
        if entry_id is not None:
            self._bridge.ask(self, phrase.remove_faq, entry_id).then(
                self._on_removed, entry_id
            ).failed(self._on_refused)

    @Slot(bool)
    def _on_switched(self, on: bool) -> None:  # noqa: FBT001 - Qt's own signal
        entry_id = self.entry_id()
        if entry_id is None:
            return
        action = phrase.enable_faq if on else phrase.disable_faq
        self._set_busy(busy=True)
        self._bridge.ask(self, action, entry_id).then(self._on_saved_switch).failed(
            self._on_refused
        ).ended(self._on_ended)

    def _on_added(self, entry_id: FaqId) -> None:
        self.added.emit(entry_id)
        self._on_saved(None, None)

    def _on_saved(self, _nothing: None, entry_id: FaqId | None) -> None:
        self._drafts.forget(entry_id)
        self._twins.forget()
        self.drafts_changed.emit()
        self.saved.emit()

    def _on_saved_switch(self, _nothing: None) -> None:
        self.saved.emit()

    def _on_removed(self, _nothing: None, entry_id: FaqId) -> None:
        self._drafts.forget(entry_id)
        self.drafts_changed.emit()
        self.closed.emit()

    def _on_refused(self, error: SocialSyncError) -> None:
        self._header.show_row(self._row, can_change=self._can_change)
        self.refused.emit(error)

    def _on_ended(self) -> None:
        self._set_busy(busy=False)

    # What is shown

    @Slot()
    def _on_edited(self) -> None:
        text = self._form.text()
        if text == self._saved():
            self._drafts.forget(self.entry_id())
        else:
            self._drafts.keep(self.entry_id(), text)
        self._twins.look_for(text, self.entry_id())
        self._show_buttons()
        self.drafts_changed.emit()

    def _saved(self) -> FaqText:
        if self._row is None:
            return FaqText(question="", answer="")
        return text_of(self._row.entry)

    def _take_from(self, overview: Overview) -> None:
        self._can_change = overview.can_change
        entries = [row.entry for row in overview.entries]
        self._codes = frozenset(entry.lang_code for entry in entries)
        self._form.offer_categories(each.category for each in entries if each.category)

    def _set_busy(self, *, busy: bool) -> None:
        self._is_busy = busy
        self._show_buttons()

    def _show_head(self) -> None:
        self._header.show_row(self._row, can_change=self._can_change)
        self._form.set_read_only(read_only=not self._can_change)
        self._show_buttons()

    def _show_buttons(self) -> None:
        is_edited = self._drafts.of(self.entry_id()) is not None
        allow((self._save, self._discard, self._remove), allowed=self._can_change)
        if self._can_change:
            ready = is_edited and self._form.is_complete() and not self._is_busy
            self._save.setEnabled(ready)
            self._discard.setEnabled((is_edited or self._row is None) and not self._is_busy)
        self._remove.setVisible(self._row is not None)

    def _arrange(self) -> None:
        inner = QWidget()
        inner.setMaximumWidth(_WIDEST)
        body = QVBoxLayout(inner)
        body.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        body.setSpacing(Space.L)
        body.addWidget(self._form)
        body.addWidget(self._twins)
        body.addStretch()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inner)
        below = QFrame()
        below.setProperty("role", "foot")
        foot = QHBoxLayout(below)
        foot.setContentsMargins(Space.XL, Space.M, Space.XL, Space.M)
        foot.setSpacing(Space.S)
        foot.addWidget(self._save)
        foot.addWidget(self._discard)
        foot.addStretch()
        foot.addWidget(self._remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(scroll, 1)
        column.addWidget(below)
