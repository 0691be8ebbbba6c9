"""What mistakes cost the owner, and what follows from it for what is sent."""

from dataclasses import replace

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from core.domain.errors import SocialSyncError
from core.domain.rule import complaint_threshold, reply_threshold
from core.queries import rules
from core.queries.rules import Curve
from desktop.bridge.call import Bridge, Call
from desktop.bridge.trouble import trouble_of
from desktop.panes.rules.book import RuleBook
from desktop.panes.rules.cost_row import CostRow
from desktop.panes.rules.curve_chart import CurveChart
from desktop.panes.rules.curve_reading import at_cost, summary_of, threshold_words
from desktop.panes.rules.words import percent
from desktop.style.tokens import Space
from desktop.widgets.label import WrappedLabel


class CostSection(QWidget):
    """The curve is read once for what is kept, and followed while the slider moves."""

    def __init__(
        self, bridge: Bridge, book: RuleBook, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._book = book
        self._curve: Curve | None = None
        self._asking: Call[Curve] | None = None
        self._wrong = CostRow(
            self.tr("A wrong reply costs as much as this many needless handovers:")
        )
        self._missed = CostRow(
            self.tr("A missed complaint costs as much as this many needless handovers:")
        )
        self._chart = CurveChart()
        self._threshold = WrappedLabel(role="strong")
        self._summary = WrappedLabel(role="muted")
        self._complaints = WrappedLabel(role="muted")
        self._instead = WrappedLabel(role="muted")
        self._pages = QStackedWidget()
        self._arrange()
        self._wrong.changed.connect(self._on_wrong)
        self._missed.changed.connect(self._on_missed)
        self._chart.picked.connect(self._on_wrong)
        book.read.connect(self.show_form)
        book.edited.connect(self.show_form)
        book.saved.connect(self.read_curve)

    @Slot()
    def read_curve(self) -> None:
        """Read what each cost would mean for the messages of the last weeks."""
        if self._asking is not None:
            self._asking.cancel()
        self._asking = (
            self._bridge.ask(self, rules.curve).then(self._on_curve).failed(self._on_failed)
        )

    @Slot()
    def show_form(self) -> None:
        """Show the costs as they stand in the form."""
        costs = self._book.form.costs
        self._wrong.show_cost(costs.wrong_reply)
        self._missed.show_cost(costs.missed_complaint)
        self._threshold.show_text(threshold_words(reply_threshold(costs)))
        self._complaints.show_text(
            self.tr(
                "A message that may be a complaint goes to a person from %1 likelihood on."
            ).replace("%1", percent(complaint_threshold(costs)))
        )
        for control in (self._wrong, self._missed):
            control.set_read_only(read_only=not self._book.can_change)
        self._chart.allow_picking(allowed=self._book.can_change)
        self._show_here()

    def _show_here(self) -> None:
        if self._curve is None or not self._curve.points:
            return
        cost = self._book.form.costs.wrong_reply
        here = at_cost(self._curve.points, cost)
        words = summary_of(here, self._curve.messages)
        self._summary.show_text(words)
        self._chart.show_cost(cost, words)

    def _on_curve(self, curve: Curve) -> None:
        self._curve = curve
        if not curve.points:
            self._tell_instead(
                self.tr(
                    "When customers have written for some days, a curve here shows what"
                    " each cost would mean."
                )
            )
            return
        self._chart.show_curve(curve.points)
        self._pages.setCurrentWidget(self._chart)
        self._show_here()

    def _on_failed(self, error: SocialSyncError) -> None:
        trouble = trouble_of(error)
        self._tell_instead(f"{trouble.title}. {trouble.next_step}")

    def _tell_instead(self, words: str) -> None:
        self._curve = None
        self._instead.show_text(words)
        self._summary.show_text("")
        self._pages.setCurrentWidget(self._instead)

    @Slot(float)
    def _on_wrong(self, cost: float) -> None:
        self._book.edit(costs=replace(self._book.form.costs, wrong_reply=cost))

    @Slot(float)
    def _on_missed(self, cost: float) -> None:
        self._book.edit(costs=replace(self._book.form.costs, missed_complaint=cost))

    def _arrange(self) -> None:
        self._instead.show_text(self.tr("Reading the last 30 days…"))
        for page in (self._instead, self._chart):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        column.addWidget(self._wrong)
        column.addWidget(self._threshold)
        column.addWidget(self._pages)
        column.addWidget(self._summary)
        column.addSpacing(Space.S)
        column.addWidget(self._missed)
        column.addWidget(self._complaints)
