"""The assistant pane: its pages, leaving them, and what holds for all of them."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from core.queries import rules
from desktop.panes.rules.decisions_page import DecisionsPage
from desktop.panes.rules.leaving import LeaveQuestion
from desktop.panes.rules.pages import PageKey
from desktop.panes.rules.pane import RulesPane
from desktop.panes.rules.rules_page import RulesPage
from desktop.widgets.nav_button import NavButton
from tests.doubles.rules_pane import (
    RuleDesk,
    button,
    field,
    has_button,
    press,
    toasts,
)
from tests.doubles.rules_rows import a_rule

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def desk(qtbot: QtBot) -> RuleDesk:
    return RuleDesk(qtbot)


# Pages


def test_pages_are_walked_by_keys_and_the_last_one_is_remembered(desk: RuleDesk) -> None:
    pane = desk.open()
    pages = [each for each in pane.findChildren(NavButton) if each.isVisible()]
    assert [each.text() for each in pages] == [
        *("Rules", "Advanced rules", "Try it", "Rehearsal", "Decisions"),
        *("Trust", "Missing answers"),
    ]
    pages[0].setFocus()
    QTest.keyClick(pages[0], Qt.Key.Key_Down)
    focused = QApplication.focusWidget()
    assert focused is pages[1]
    press(pane, "page-next")
    assert has_button(pane, "Try it")
    again = RulesPane(desk.bridge, desk.feed)
    desk.qtbot.addWidget(again)
    checked = [each.text() for each in again.findChildren(NavButton) if each.isChecked()]
    assert checked == ["Try it"]


def test_page_key_that_no_longer_exists_opens_the_rules(desk: RuleDesk) -> None:
    ini, user = QSettings.Format.IniFormat, QSettings.Scope.UserScope
    QSettings(ini, user, "SocialSync", "drafts").setValue("rules/page", "gone")
    assert field(desk.open(), "Tone").isVisible()


def test_pages_are_made_when_they_are_first_looked_at(desk: RuleDesk) -> None:
    pane = RulesPane(desk.bridge, desk.feed)
    desk.qtbot.addWidget(pane)
    assert not desk.bridge.asked(rules.current)
    assert pane.findChild(RulesPage) is None
    pane = desk.open(PageKey.TRY)
    assert pane.findChild(DecisionsPage) is None
    assert desk.bridge.asked(rules.current)


# Leaving


class Neighbour(QWidget):
    """A window of two panes, of which one is in sight."""

    def __init__(self, pane: RulesPane) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.addWidget(pane)


def left(desk: RuleDesk, pane: RulesPane) -> Neighbour:
    window = Neighbour(pane)
    desk.held.append(window)
    with desk.qtbot.waitExposed(window):
        window.show()
    pane.leave()
    pane.hide()
    return window


def question_in(desk: RuleDesk, window: QWidget) -> LeaveQuestion:
    desk.qtbot.waitUntil(lambda: window.findChild(LeaveQuestion) is not None)
    question = window.findChild(LeaveQuestion)
    assert isinstance(question, LeaveQuestion)
    return question


def test_leaving_with_unsaved_words_asks_and_can_save_them(desk: RuleDesk) -> None:
    pane = desk.open()
    field(pane, "Tone").setPlainText("Formal")
    window = left(desk, pane)
    question = question_in(desk, window)
    assert "Not saved: Tone" in question.accessibleDescription()
    button(question, "Save").click()
    assert desk.saved()[0].tone == "Formal"
    assert toasts(window) == ["The rules are saved and in force"]


def test_leaving_can_discard(desk: RuleDesk) -> None:
    pane = desk.open()
    field(pane, "Tone").setPlainText("Formal")
    window = left(desk, pane)
    button(question_in(desk, window), "Discard").click()
    assert field(pane, "Tone").toPlainText() == "Friendly and short"


def test_leaving_with_everything_saved_asks_nothing(desk: RuleDesk) -> None:
    pane = desk.open()
    window = left(desk, pane)
    QApplication.sendPostedEvents()
    QApplication.processEvents()
    assert window.findChild(LeaveQuestion) is None


def test_words_outlive_the_window(desk: RuleDesk) -> None:
    pane = desk.open()
    four = (*desk.rules.triage_rules, a_rule(4, name="Fourth"))
    field(pane, "Tone").setPlainText("Formal")
    pane._book.edit(triage_rules=four)
    pane.leave()
    pane.hide()
    desk.rules = replace(desk.rules, instructions="New ones")
    again = desk.open()
    assert field(again, "Tone").toPlainText() == "Formal"
    assert field(again, "Instructions").toPlainText() == "New ones"
    press(again, "save")
    assert desk.saved()[0].triage_rules == four


def test_words_that_were_saved_do_not_come_back(desk: RuleDesk) -> None:
    pane = desk.open()
    field(pane, "Tone").setPlainText("Formal")
    pane.leave()
    press(pane, "save")
    desk.rules = replace(desk.rules, tone="Jolly")
    assert field(desk.open(), "Tone").toPlainText() == "Jolly"


# For everybody


@pytest.mark.parametrize("page", list(PageKey))
def test_every_control_has_a_name(desk: RuleDesk, page: PageKey) -> None:
    pane = desk.open(page)
    kinds = (QPushButton, QToolButton, QComboBox, QPlainTextEdit, QAbstractItemView)
    controls = [
        *(each for kind in (*kinds, QAbstractSpinBox, QSlider) for each in pane.findChildren(kind)),
        *(f for f in pane.findChildren(QLineEdit) if f.objectName() != "qt_spinbox_lineedit"),
    ]  # fmt: skip
    nameless = [
        each
        for each in controls
        if each.isVisible()
        and not each.accessibleName()
        and not isinstance(each.parent(), QLineEdit)
    ]
    assert not nameless


@pytest.mark.parametrize("page", list(PageKey))
def test_no_page_scrolls_sideways_in_a_small_window(desk: RuleDesk, page: PageKey) -> None:
    pane = desk.open(page)
    pane.resize(1036, 660)
    QApplication.processEvents()
    assert pane.minimumSizeHint().width() <= 1036
    for area in pane.findChildren(QScrollArea):
        if area.isVisible():
            inner = area.widget()
            assert inner is not None
            column = inner.layout()
            assert column is not None
            assert column.totalMinimumSize().width() <= area.viewport().width()
            assert inner.width() <= area.viewport().width()


def test_theme_that_changes_is_followed(desk: RuleDesk) -> None:
    pane = desk.open()
    for each in pane.findChildren(NavButton):
        QApplication.sendEvent(each, QEvent(QEvent.Type.PaletteChange))
    assert not pane.grab().isNull()
