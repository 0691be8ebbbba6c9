"""An assistant pane over rules that a test can change, and ways to use it."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from core.actions import configure, correct, rehearse, replay_decision
from core.actions import gaps as closing
from core.actions.configure import RuleSet
from core.domain.assistant_settings import AssistantSettings
from core.domain.decision import Decision
from core.domain.ids import DecisionId
from core.queries import decisions, gaps, health, knowledge, rights, rules, trust
from core.queries.decisions import DecisionDetail, DecisionRow
from core.queries.rules import RulesRow
from desktop.bridge.feed import Feed
from desktop.panes.rules.form import NAMES
from desktop.panes.rules.pages import PageKey
from desktop.panes.rules.pane import RulesPane
from desktop.widgets.toast import Toast
from tests.doubles import gap_rows
from tests.doubles.fake_bridge import FakeBridge
from tests.doubles.rules_rows import (
    a_curve,
    a_decision,
    a_detail,
    a_rehearsal,
    a_replay,
    a_try,
    a_use,
    some_health,
    some_rules,
)
from tests.doubles.trust_rows import a_row

QUIET = (
    configure.set_master,
    configure.set_mode,
    configure.set_assistant_settings,
    correct.was_wrong,
    correct.accept_example,
    correct.refuse_example,
)


class RuleDesk:
    """A pane, and the answers that it gets."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.bridge = FakeBridge()
        self.feed = Feed()
        self.rules = some_rules()
        self.rows = [a_decision(number) for number in range(6)]
        # A pane has cycles: unheld, the collector might take it in the middle of a paint.
        self.held: list[QWidget] = []
        self.bridge.computes(rules.current, lambda: self.rules)
        self.bridge.answers(rules.curve, a_curve())
        self.bridge.answers(rules.uses, (a_use(0),))
        self.bridge.answers(rules.assistant_settings, AssistantSettings(reply_lang="fr"))
        self.bridge.answers(trust.board, [a_row()])
        self.bridge.answers(gaps.list_all, [gap_rows.a_gap()])
        self.bridge.answers(gaps.detail, gap_rows.a_detail())
        self.bridge.answers(closing.draft_entry, gap_rows.a_draft())
        self.bridge.answers(closing.look_again, None)
        self.bridge.answers(knowledge.near_duplicates, [])
        self.bridge.answers(rights.may_change_rules, value=True)
        self.bridge.answers(health.overview, some_health())
        self.bridge.computes(configure.set_rules, self._set)
        self.bridge.answers(rehearse.try_message, a_try())
        self.bridge.answers(rehearse.rehearse, a_rehearsal())
        self.bridge.computes(decisions.page, self._page)
        self.bridge.computes(decisions.one, self._one)
        self.bridge.answers(replay_decision.replay, a_replay())
        self.bridge.answers(correct.pending_examples, [])
        for action in QUIET:
            self.bridge.answers(action, None)

    def open(self, page: PageKey = PageKey.RULES) -> RulesPane:
        pane = RulesPane(self.bridge, self.feed)
        self.held.append(pane)
        self.qtbot.addWidget(pane)
        pane.resize(1040, 700)
        with self.qtbot.waitExposed(pane):
            pane.show()
        pane.activateWindow()
        self.qtbot.waitUntil(pane.isActiveWindow)
        pane.show_page(page)
        return pane

    def somebody_saves(self, **changes: Any) -> None:
        """Change the rules as a colleague elsewhere would, and tell the pane."""
        self.rules = replace(self.rules, version=self.rules.version + 1, **changes)
        self.feed.knowledge_changed.emit()

    def saved(self) -> list[RuleSet]:
        return [args[0] for args, _ in self.bridge.asked(configure.set_rules)]

    def _set(self, new: RuleSet) -> None:
        kept = {name: getattr(new, name) for name in NAMES}
        self.rules = replace(self.rules, version=self.rules.version + 1, **kept)

    def _page(
        self, *, search: str, decision: Decision | None, before: UUID | None, limit: int
    ) -> list[DecisionRow]:
        found = [
            row
            for row in self.rows
            if search.lower() in f"{row.text} {row.customer}".lower()
            and decision in (None, row.decision)
        ]
        ids = [row.id for row in found]
        start = 0 if before is None else ids.index(DecisionId(before)) + 1
        return found[start : start + limit]

    def _one(self, wanted: DecisionId) -> DecisionDetail:
        return a_detail(next(row for row in self.rows if row.id == wanted))


def press(pane: QWidget, name: str) -> None:
    action = pane.findChild(QAction, name)
    assert isinstance(action, QAction)
    action.trigger()


def button(parent: QWidget, words: str) -> QAbstractButton:
    """Return the button in sight with these words, seen or spoken."""
    every = parent.findChildren(QAbstractButton)
    seen = [b for b in every if b.isVisible() and words in (b.text(), b.accessibleName())]
    assert seen, f"no button {words}"
    return seen[0]


def has_button(parent: QWidget, words: str) -> bool:
    return any(
        b.isVisible() and words in (b.text(), b.accessibleName())
        for b in parent.findChildren(QAbstractButton)
    )


def field(parent: QWidget, name: str) -> QPlainTextEdit:
    every = parent.findChildren(QPlainTextEdit)
    return next(each for each in every if each.accessibleName() == name)


def in_sight(parent: QWidget) -> str:
    """Return everything that is written or spoken in what is in sight."""
    seen = [each for each in parent.findChildren(QWidget) if each.isVisible()]
    words = [each.property("text") or each.accessibleName() for each in seen]
    return "\n".join(str(each) for each in words if each)


def toasts(pane: QWidget) -> list[str]:
    return [each.accessibleName() for each in pane.findChildren(Toast) if each.isVisible()]


def unsaved(row: RulesRow) -> RuleSet:
    """Return rules as they would be written when nothing was typed."""
    return RuleSet(**{name: getattr(row, name) for name in NAMES})
