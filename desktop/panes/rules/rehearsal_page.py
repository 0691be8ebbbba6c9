"""The rules of the form against the messages of the last days: what would have changed?"""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSpinBox,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from core.actions import rehearse
from core.actions.rehearse import Progress, Rehearsal
from core.domain.errors import SocialSyncError
from desktop.bridge.call import Bridge, Call
from desktop.bridge.relay import Relay
from desktop.models.list_model import ListModel
from desktop.panes.rules.book import RuleBook
from desktop.panes.rules.change_rows import (
    ChangeRow,
    cell_of,
    count_words,
    counted,
    describe,
    key_of,
    kind_of,
    row_of,
)
from desktop.panes.rules.change_view import ChangeView
from desktop.panes.rules.rehearsal_progress import RehearsalProgress
from desktop.panes.rules.words import refused_words
from desktop.style.tokens import Space, Tone
from desktop.widgets.buttons import primary
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.label import PlainLabel, WrappedLabel
from desktop.widgets.pill import Pill
from desktop.widgets.row_list import RowList
from desktop.widgets.shelf_cell import ROW_HEIGHT
from desktop.widgets.shelf_delegate import ShelfDelegate
from desktop.widgets.toggle_chips import ToggleChips

_DAYS, _MOST_DAYS = 7, 90
_WIDTHS = (330, 470)


class RehearsalPage(QWidget):
    """Nothing is sent and nothing is saved."""

    open_conversation = Signal(object)

    def __init__(
        self, bridge: Bridge, book: RuleBook, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._book = book
        self._asking: Call[Rehearsal] | None = None
        self._relay = Relay(self)
        self._rows: list[ChangeRow] = []
        self._days = QSpinBox()
        self._days.setRange(1, _MOST_DAYS)
        self._days.setValue(_DAYS)
        self._days.setFixedWidth(72)
        self._days.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._days.setMinimumHeight(36)
        self._days.setAccessibleName(self.tr("Days to go back"))
        self._start = primary(self.tr("Start"), "play")
        self._under = Pill()
        self._stale = WrappedLabel(role="warning")
        self._summary = WrappedLabel(role="strong")
        self._kinds = ToggleChips(self.tr("Kinds of change"))
        self._model: ListModel[ChangeRow] = ListModel(describe, parent=self)
        self._list = RowList(self.tr("Changed decisions"))
        self._list.set_rows(self._model)
        self._list.set_row_delegate(ShelfDelegate(cell_of, self), ROW_HEIGHT)
        self._view = ChangeView()
        self._found = QWidget()
        self._waiting = EmptyState(
            "play",
            self.tr("See what your rules would have done"),
            self.tr(
                "The messages of the last days are decided again under the rules of the"
                " form. You see each decision that would change. Nothing is sent."
            ),
        )
        self._same = EmptyState("check", self.tr("Nothing would change"), "")
        self._broken = EmptyState("failed", "", "", self.tr("Try again"))
        self._running = RehearsalProgress()
        self._pages = QStackedWidget()
        self._arrange()
        self._connect()
        self._pages.setCurrentWidget(self._waiting)

    @Slot()
    def start(self) -> None:
        """Begin a rehearsal; one that runs is given up."""
        if not self._book.is_read or self._book.problems:
            return
        self.cancel()
        self._stale.hide()
        self._running.show_progress(0, 0)
        self._pages.setCurrentWidget(self._running)
        self._running.setFocus()
        self._start.setEnabled(False)
        self._asking = (
            self._bridge.ask(
                self,
                rehearse.rehearse,
                self._book.rule_set(),
                days=self._days.value(),
                progress=self._relay.tell,
            )
            .then(self._on_rehearsed)
            .failed(self._on_failed)
            .ended(self._on_ended)
        )

    @Slot()
    def cancel(self) -> None:
        """Give up the rehearsal that runs."""
        if self._asking is not None and not self._asking.is_over:
            self._asking.cancel()
            self._pages.setCurrentWidget(self._found if self._rows else self._waiting)

    @Slot(object)
    def _on_progress(self, progress: Progress) -> None:
        # What is still on its way may belong to a rehearsal that was given up.
        if self._asking is not None and not self._asking.is_over:
            self._running.show_progress(progress.done, progress.total)

    def _on_rehearsed(self, found: Rehearsal) -> None:
        self._rows = [row_of(change) for change in found.changes]
        if not found.changes:
            hint = self.tr(
                "%n message(s) would be decided as they were.", "", found.messages
            )
            if self._book.is_changed("costs"):
                # A decision to answer stays one, whether it is sent or suggested.
                costs = self.tr("What is sent by itself at other costs: see the curve.")
                hint = f"{hint} {costs}"
            nothing = self.tr("Nobody has written in these days.")
            title = self.tr("Nothing would change")
            self._same.show_words(title, hint if found.messages else nothing)
            self._pages.setCurrentWidget(self._same)
            return
        self._summary.show_text(
            self.tr("%n decision(s) of %1 would change.", "", len(found.changes)).replace(
                "%1", str(found.messages)
            )
        )
        kinds = [
            (key_of(kind), count_words(kind, count))
            for kind, count in counted(found.changes)
        ]
        self._kinds.set_choices([])
        self._kinds.set_choices(kinds)
        self._kinds.choose([key for key, _ in kinds])
        self._show_rows()
        self._pages.setCurrentWidget(self._found)

    @Slot()
    def _show_rows(self) -> None:
        chosen = self._kinds.chosen()
        shown = [row for row in self._rows if key_of(kind_of(row.change)) in chosen]
        self._model.start_over(shown)
        self._view.setVisible(bool(shown))
        if shown:
            self._list.select(shown[0].id)
            self._view.show_change(shown[0].change)

    @Slot(object)
    def _on_chosen(self, row_id: object) -> None:
        row = self._model.row(row_id)
        if row is not None:
            self._view.show_change(row.change)

    @Slot()
    def _on_opened(self) -> None:
        row = self._model.row(self._list.chosen_id())
        if row is not None:
            self.open_conversation.emit(row.change.conversation_id)

    def _on_failed(self, error: SocialSyncError) -> None:
        self._broken.show_words(self.tr("The rehearsal stopped"), refused_words(error))
        self._pages.setCurrentWidget(self._broken)

    def _on_ended(self) -> None:
        self._start.setEnabled(not self._book.problems)

    @Slot()
    def _show_rules(self) -> None:
        if self._book.is_edited:
            self._under.show_text(self.tr("with your unsaved changes"), Tone.ACCENT)
        else:
            self._under.show_text(self.tr("with the rules in force"), Tone.NEUTRAL)
        is_running = self._asking is not None and not self._asking.is_over
        self._start.setEnabled(not self._book.problems and not is_running)
        self._stale.setVisible(
            bool(self._rows) and self._pages.currentWidget() is self._found
        )

    def _connect(self) -> None:
        self._relay.told.connect(self._on_progress)
        self._start.clicked.connect(self.start)
        self._running.cancelled.connect(self.cancel)
        self._broken.acted.connect(self.start)
        self._kinds.changed.connect(self._show_rows)
        self._list.chosen.connect(self._on_chosen)
        self._list.opened.connect(self._on_opened)
        self._view.open_conversation.connect(self.open_conversation)
        self._book.edited.connect(self._show_rules)
        self._book.read.connect(self._show_rules)

    def _arrange(self) -> None:
        self._stale.show_text(
            self.tr("The rules have changed since this rehearsal. Start it again.")
        )
        self._stale.hide()
        head = QHBoxLayout()
        head.setSpacing(Space.S)
        head.addWidget(PlainLabel(self.tr("Rehearsal"), "title"))
        head.addWidget(self._under)
        head.addStretch()
        head.addWidget(PlainLabel(self.tr("Last days:")))
        head.addWidget(self._days)
        head.addWidget(self._start)
        top = QVBoxLayout()
        top.setContentsMargins(Space.XL, Space.L, Space.XL, Space.M)
        top.addLayout(head)
        top.addWidget(self._stale)
        columns = QSplitter(Qt.Orientation.Horizontal)
        columns.setChildrenCollapsible(False)
        columns.setHandleWidth(1)
        columns.addWidget(self._list)
        columns.addWidget(self._view)
        columns.setStretchFactor(1, 1)
        columns.setSizes(list(_WIDTHS))
        sums = QVBoxLayout()
        sums.setContentsMargins(Space.XL, 0, Space.XL, Space.M)
        sums.setSpacing(Space.S)
        sums.addWidget(self._summary)
        sums.addWidget(self._kinds)
        found = QVBoxLayout(self._found)
        found.setContentsMargins(0, 0, 0, 0)
        found.setSpacing(0)
        found.addLayout(sums)
        found.addWidget(columns, 1)
        for page in (
            self._waiting,
            self._running,
            self._found,
            self._same,
            self._broken,
        ):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self._pages, 1)
