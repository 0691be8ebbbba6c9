"""The ordered list of triage rules beside the one that is looked at."""

from dataclasses import replace
from functools import partial
from itertools import count
from uuid import UUID, uuid4

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from core.domain.errors import SocialSyncError
from core.domain.rule import Conditions, Outcome, TriageRule
from core.queries.rules import RuleUse, uses
from desktop.bridge.call import Bridge
from desktop.models.list_model import ListModel
from desktop.panes.rules.book import RuleBook
from desktop.panes.rules.section import scrolled
from desktop.panes.rules.triage_editor import TriageEditor
from desktop.panes.rules.triage_rows import TriageRow, cell_of, describe, row_of
from desktop.style.tokens import Space
from desktop.widgets.buttons import icon_button, secondary
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.label import PlainLabel, WrappedLabel
from desktop.widgets.order_list import OrderList
from desktop.widgets.shelf_cell import ROW_HEIGHT
from desktop.widgets.shelf_delegate import ShelfDelegate

_WIDTHS = (330, 470)


class TriagePage(QWidget):
    """The first rule that holds decides, so their order is part of what they say."""

    def __init__(
        self, bridge: Bridge, book: RuleBook, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._uses: dict[UUID, int] = {}
        self._book = book
        self._model: ListModel[TriageRow] = ListModel(describe, parent=self)
        self._list = OrderList(self.tr("Advanced rules, in their order"))
        self._list.set_rows(self._model)
        self._list.set_row_delegate(ShelfDelegate(cell_of, self), ROW_HEIGHT)
        self._editor = TriageEditor()
        self._scroll = scrolled(self._editor)
        self._shown: UUID | None = None
        self._add = secondary(self.tr("New rule"), "plus")
        self._up = icon_button("chevron-up", self.tr("Move up"))
        self._down = icon_button("chevron-down", self.tr("Move down"))
        self._copy = icon_button("copy", self.tr("Duplicate"))
        self._remove = icon_button("trash", self.tr("Remove"))
        self._none = EmptyState(
            "filter",
            self.tr("No advanced rules"),
            self.tr(
                "A rule decides by words, channel, language, mood, label or hour, before the"
                " assistant thinks about the message itself."
            ),
            self.tr("Write the first rule"),
        )
        self._unchosen = EmptyState(
            "filter", self.tr("No rule chosen"), self.tr("Choose one on the left.")
        )
        self._lists = QStackedWidget()
        self._pages = QStackedWidget()
        self._arrange()
        self._connect()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Read how often each rule was met; without it the page is as useful."""
        super().showEvent(event)
        self._bridge.ask(self, uses).then(self._on_uses).failed(self._on_unknown)

    def _on_uses(self, found: tuple[RuleUse, ...]) -> None:
        self._uses = {each.rule_id: each.matches for each in found}
        self.show_rules()

    def _on_unknown(self, _error: SocialSyncError) -> None:
        self._uses = {}

    @Slot()
    def add(self) -> None:
        """Put a new rule at the end of the order, and write it."""
        if self._book.can_change:
            self._insert(
                TriageRule(
                    id=uuid4(),
                    name=self._free_name(self.tr("New rule")),
                    conditions=Conditions(),
                    outcome=Outcome.ESCALATE,
                )
            )
            self._editor.focus_first()

    def choose(self, rule_id: UUID) -> None:
        """Show a rule."""
        self._list.select(rule_id)
        self._show_chosen()

    @Slot()
    def show_rules(self) -> None:
        """Show the rules as they stand in the form."""
        rules = self._book.form.triage_rules
        wrong = {problem.rule for problem in self._book.problems}
        self._model.lay_over(
            [
                row_of(
                    rule,
                    place,
                    is_wrong=rule.id in wrong,
                    matches=self._uses.get(rule.id, 0),
                )
                for place, rule in enumerate(rules, start=1)
            ]
        )
        self._lists.setCurrentWidget(self._list if rules else self._none)
        self._pages.setVisible(bool(rules))
        self._none.setEnabled(self._book.can_change)
        chosen = self._chosen() or (rules[0] if rules else None)
        # Also the same one again: a list that was empty has forgotten the mark.
        self._list.select(None if chosen is None else chosen.id)
        self._show_chosen()

    # What one may do

    @Slot(object)
    def _on_edited(self, rule: TriageRule) -> None:
        self._change(
            tuple(
                rule if each.id == rule.id else each
                for each in self._book.form.triage_rules
            )
        )

    @Slot(object, int)
    def _on_moved(self, rule_id: UUID, at: int) -> None:
        rules = list(self._book.form.triage_rules)
        old = next((i for i, each in enumerate(rules) if each.id == rule_id), None)
        if old is not None and self._book.can_change:
            rules.insert(at, rules.pop(old))
            self._change(tuple(rules))

    def _step(self, by: int) -> None:
        rules, chosen = self._book.form.triage_rules, self._chosen()
        if chosen is not None:
            at = rules.index(chosen) + by
            if 0 <= at < len(rules):
                self._on_moved(chosen.id, at)

    @Slot()
    def _on_copy(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            name = self._free_name(self.tr("%1 (copy)").replace("%1", chosen.name))
            self._insert(replace(chosen, id=uuid4(), name=name), after=chosen)
            self._editor.focus_first()

    @Slot()
    def _on_remove(self) -> None:
        chosen, rules = self._chosen(), self._book.form.triage_rules
        if chosen is None:
            return
        at = rules.index(chosen)
        rest = tuple(each for each in rules if each.id != chosen.id)
        self._list.select(rest[min(at, len(rest) - 1)].id if rest else None)
        self._change(rest)
        self._list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _free_name(self, wanted: str) -> str:
        taken = {each.name.strip().casefold() for each in self._book.form.triage_rules}
        tries = (f"{wanted} {at}" if at > 1 else wanted for at in count(1))
        return next(each for each in tries if each.casefold() not in taken)

    def _insert(self, rule: TriageRule, after: TriageRule | None = None) -> None:
        rules = list(self._book.form.triage_rules)
        at = len(rules) if after is None else rules.index(after) + 1
        rules.insert(at, rule)
        self._list.select(rule.id)
        self._change(tuple(rules))

    def _change(self, rules: tuple[TriageRule, ...]) -> None:
        self._book.edit(triage_rules=rules)

    # What is shown

    @Slot()
    def _show_chosen(self) -> None:
        chosen, allowed = self._chosen(), self._book.can_change
        rules = self._book.form.triage_rules
        self._pages.setCurrentIndex(0 if chosen is None else 1)
        if chosen is not None:
            if chosen.id != self._shown:
                self._shown = chosen.id
                self._scroll.verticalScrollBar().setValue(0)
            self._editor.offer_platforms(self._book.platforms)
            self._editor.show_rule(chosen)
            self._editor.show_problems(
                each for each in self._book.problems if each.rule == chosen.id
            )
        self._editor.set_read_only(read_only=not allowed)
        self._list.allow_moving(allowed=allowed)
        at = rules.index(chosen) if chosen is not None else 0
        can = allowed and chosen is not None
        self._add.setEnabled(allowed)
        self._up.setEnabled(can and at > 0)
        self._down.setEnabled(can and at < len(rules) - 1)
        self._copy.setEnabled(can)
        self._remove.setEnabled(can)

    def _chosen(self) -> TriageRule | None:
        wanted = self._list.chosen_id()
        found = (each for each in self._book.form.triage_rules if each.id == wanted)
        return next(found, None)

    def _connect(self) -> None:
        self._list.chosen.connect(self._show_chosen)
        self._list.moved.connect(self._on_moved)
        self._list.opened.connect(self._editor.focus_first)
        self._editor.edited.connect(self._on_edited)
        self._add.clicked.connect(self.add)
        self._none.acted.connect(self.add)
        self._up.clicked.connect(partial(self._step, -1))
        self._down.clicked.connect(partial(self._step, 1))
        self._copy.clicked.connect(self._on_copy)
        self._remove.clicked.connect(self._on_remove)
        self._book.read.connect(self.show_rules)
        self._book.edited.connect(self.show_rules)
        self._book.channels_read.connect(self.show_rules)

    def _arrange(self) -> None:
        for page in (self._list, self._none):
            self._lists.addWidget(page)
        self._pages.addWidget(self._unchosen)
        self._pages.addWidget(self._scroll)
        head = QVBoxLayout()
        head.setContentsMargins(Space.L, Space.L, Space.L, Space.S)
        head.setSpacing(Space.S)
        head.addWidget(PlainLabel(self.tr("Advanced rules"), "title"))
        hint = WrappedLabel(role="muted")
        hint.show_text(
            self.tr("From top to bottom: the first rule that holds decides. Drag to order.")
        )
        head.addWidget(hint)
        buttons = QHBoxLayout()
        buttons.setSpacing(Space.XS)
        buttons.addWidget(self._add)
        buttons.addStretch()
        for button in (self._up, self._down, self._copy, self._remove):
            buttons.addWidget(button)
        head.addLayout(buttons)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._lists, 1)
        columns = QSplitter(Qt.Orientation.Horizontal)
        columns.setChildrenCollapsible(False)
        columns.setHandleWidth(1)
        columns.addWidget(left)
        columns.addWidget(self._pages)
        columns.setStretchFactor(1, 1)
        columns.setSizes(list(_WIDTHS))
        row = QVBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(columns)
