"""The assistant pane: rules are read, typed, saved, and never lost."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDoubleSpinBox,
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

from core.actions import configure, speak
from core.actions.configure import Switch as OnOff
from core.domain.channel import AssistantMode
from core.domain.errors import Conflict, DatabaseDown, Refused
from core.domain.rule import Costs
from core.queries import rights, rules
from core.queries.rules import Curve
from desktop.panes.rules.curve_chart import CurveChart
from desktop.panes.rules.leaving import LeaveQuestion
from desktop.panes.rules.pages import PageKey
from desktop.panes.rules.pane import RulesPane
from desktop.panes.rules.switch_section import ModeRow
from desktop.widgets.choice import Choice
from desktop.widgets.nav_button import NavButton
from desktop.widgets.switch import Switch
from tests.doubles.rules_pane import (
    RuleDesk,
    button,
    field,
    has_button,
    in_sight,
    press,
    toasts,
)
from tests.doubles.rules_rows import a_channel, a_rule

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def desk(qtbot: QtBot) -> RuleDesk:
    return RuleDesk(qtbot)


def line(parent: QWidget, name: str, at: int = 0) -> QLineEdit:
    fields = parent.findChildren(QLineEdit)
    return [f for f in fields if f.accessibleName() == name and f.isVisible()][at]


def cost(pane: RulesPane, at: int = 0) -> QDoubleSpinBox:
    return pane.findChildren(QDoubleSpinBox)[at]


def choice(pane: RulesPane, name: str) -> Choice:
    return next(c for c in pane.findChildren(Choice) if c.accessibleName() == name)


def choose(box: Choice, value: object) -> None:
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


def test_rules_are_shown_as_they_are_kept(desk: RuleDesk) -> None:
    pane = desk.open()
    assert field(pane, "Instructions").toPlainText() == desk.rules.instructions
    assert field(pane, "Tone").toPlainText() == "Friendly and short"
    assert line(pane, "Example", 1).text() == "Thanks!"
    assert "Everything is saved." in in_sight(pane)
    assert not button(pane, "Save").isEnabled()


def test_what_is_typed_is_shown_as_not_saved(desk: RuleDesk) -> None:
    pane = desk.open()
    field(pane, "Tone").setPlainText("Formal")
    assert "Not saved: Tone" in in_sight(pane)
    assert has_button(pane, "Rules, not saved")
    assert button(pane, "Save").isEnabled()


def test_saving_writes_the_whole_form_over_the_version_that_was_read(
    desk: RuleDesk,
) -> None:
    pane = desk.open()
    field(pane, "Tone").setPlainText("Formal")
    press(pane, "save")
    (saved,) = desk.saved()
    assert saved.tone == "Formal"
    assert saved.ignore_examples == ("Buy followers now", "Thanks!")
    assert saved.triage_rules == desk.rules.triage_rules
    assert (saved.enabled, saved.expected_version) == (True, 3)
    assert toasts(pane) == ["The rules are saved and in force"]
    assert "Everything is saved." in in_sight(pane)


def test_discarding_goes_back_to_what_is_kept(desk: RuleDesk) -> None:
    pane = desk.open()
    field(pane, "Tone").setPlainText("Formal")
    button(pane, "Discard").click()
    assert field(pane, "Tone").toPlainText() == "Friendly and short"
    assert not desk.saved()


def test_several_pasted_lines_become_several_examples(desk: RuleDesk) -> None:
    pane = desk.open()
    add = line(pane, "A message, then Enter; paste several lines to add several")
    QGuiApplication.clipboard().setText("Win a prize\n\nCheap loans\n")
    add.setFocus()
    QTest.keyClick(add, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    press(pane, "save")
    assert desk.saved()[0].ignore_examples[2:] == ("Win a prize", "Cheap loans")


def test_example_is_changed_and_removed(desk: RuleDesk) -> None:
    pane = desk.open()
    first = line(pane, "Example")
    first.setFocus()
    first.selectAll()
    QTest.keyClicks(first, "Spam")
    button(pane, "Remove this example: Thanks!").click()
    press(pane, "save")
    assert desk.saved()[0].ignore_examples == ("Spam",)


def test_link_that_is_none_is_refused_at_its_field(desk: RuleDesk) -> None:
    pane = desk.open()
    add = line(pane, "example.com/shop, then Enter")
    add.setFocus()
    QTest.keyClicks(add, "our shop")
    QTest.keyClick(add, Qt.Key.Key_Return)
    assert in_sight(pane).count("“our shop” is no web address") >= 2
    assert not button(pane, "Save").isEnabled()
    press(pane, "save")
    assert not desk.saved()


def test_refusal_of_the_engine_is_told_and_keeps_what_was_typed(desk: RuleDesk) -> None:
    desk.bridge.refuses(configure.set_rules, Refused("The tone is too long.", "Cut it."))
    pane = desk.open()
    field(pane, "Tone").setPlainText("Formal")
    press(pane, "save")
    assert toasts(pane) == ["The tone is too long. Cut it."]
    assert field(pane, "Tone").toPlainText() == "Formal"


def test_pressing_save_twice_writes_once(desk: RuleDesk) -> None:
    desk.bridge.holds(configure.set_rules)
    pane = desk.open()
    field(pane, "Tone").setPlainText("Formal")
    press(pane, "save")
    press(pane, "save")
    assert "Saving…" in in_sight(pane)
    desk.bridge.release(configure.set_rules)
    assert len(desk.saved()) == 1


# Somebody else saves


def test_part_that_only_a_colleague_changed_comes_in(desk: RuleDesk) -> None:
    pane = desk.open()
    field(pane, "Tone").setPlainText("Formal")
    desk.somebody_saves(instructions="New ones")
    assert field(pane, "Instructions").toPlainText() == "New ones"
    assert field(pane, "Tone").toPlainText() == "Formal"
    assert not has_button(pane, "Take theirs")


def test_part_that_both_changed_keeps_what_was_typed_until_one_decides(
    desk: RuleDesk,
) -> None:
    pane = desk.open()
    field(pane, "Tone").setPlainText("Formal")
    desk.somebody_saves(tone="Jolly")
    assert field(pane, "Tone").toPlainText() == "Formal"
    assert "Somebody saved other rules meanwhile (Tone)" in in_sight(pane)
    button(pane, "Take theirs").click()
    assert field(pane, "Tone").toPlainText() == "Jolly"
    assert not has_button(pane, "Take theirs")


def test_conflict_found_while_saving_is_shown_before_it_is_overwritten(
    desk: RuleDesk,
) -> None:
    pane = desk.open()
    field(pane, "Tone").setPlainText("Formal")
    desk.rules = replace(desk.rules, tone="Jolly", version=9)
    press(pane, "save")
    assert not desk.saved()
    assert has_button(pane, "Take theirs")
    press(pane, "save")
    assert [(each.tone, each.expected_version) for each in desk.saved()] == [("Formal", 9)]
    assert not has_button(pane, "Take theirs")


def test_conflict_of_the_last_moment_is_read_again(desk: RuleDesk) -> None:
    def too_late(_rules: object) -> None:
        desk.rules = replace(desk.rules, tone="Jolly", version=9)
        raise Conflict("The rules were changed meanwhile.")

    desk.bridge.computes(configure.set_rules, too_late)
    pane = desk.open()
    field(pane, "Tone").setPlainText("Formal")
    press(pane, "save")
    assert has_button(pane, "Take theirs")
    assert field(pane, "Tone").toPlainText() == "Formal"
    assert not toasts(pane)


def test_reading_again_does_not_move_the_cursor_of_who_is_typing(desk: RuleDesk) -> None:
    pane = desk.open()
    tone = field(pane, "Tone")
    tone.setFocus()
    QTest.keyClicks(tone, "Very ")
    desk.somebody_saves(instructions="New ones")
    QTest.keyClicks(tone, "much ")
    assert tone.toPlainText() == "Very much Friendly and short"


# Switches


def test_master_switch_acts_at_once_and_is_not_part_of_the_form(desk: RuleDesk) -> None:
    pane = desk.open()
    master = next(s for s in pane.findChildren(Switch) if s.text() == "The assistant works")
    desk.rules = replace(desk.rules, ai_control_enabled=False)
    master.click()
    assert desk.bridge.asked(configure.set_master) == [((OnOff.OFF,), {})]
    assert "It neither drafts nor sends" in in_sight(pane)
    assert "Everything is saved." in in_sight(pane)


def test_refused_switch_goes_back(desk: RuleDesk) -> None:
    desk.bridge.refuses(configure.set_master, Refused("Your role does not allow this."))
    pane = desk.open()
    master = next(s for s in pane.findChildren(Switch) if s.text() == "The assistant works")
    master.click()
    assert master.isChecked()
    assert toasts(pane) == ["Your role does not allow this."]


def test_mode_of_a_channel_acts_at_once_and_is_explained(desk: RuleDesk) -> None:
    pane = desk.open()
    assert "It sends what it is sure of, and suggests the rest." in in_sight(pane)
    choose(choice(pane, "What the assistant does on Café Lumière"), AssistantMode.OFF)
    assert desk.bridge.asked(configure.set_mode) == [
        ((a_channel(0).id, AssistantMode.OFF), {})
    ]
    assert len(pane.findChildren(ModeRow)) == 2


def test_language_of_replies_acts_at_once(desk: RuleDesk) -> None:
    pane = desk.open()
    box = choice(pane, "Language when the customer's cannot be told")
    assert box.currentText() == "Français"
    choose(box, "")
    assert desk.bridge.asked(speak.set_reply_language) == [((None,), {})]


# Costs


def test_cost_moves_the_marker_and_says_what_follows(desk: RuleDesk) -> None:
    pane = desk.open()
    assert "from 80% certainty on" in in_sight(pane)
    cost(pane).setValue(19)
    assert "from 95% certainty on" in in_sight(pane)
    chart = pane.findChild(CurveChart)
    assert isinstance(chart, CurveChart)
    assert "Of 100 messages like the last 412" in chart.accessibleDescription()
    press(pane, "save")
    assert desk.saved()[0].costs == Costs(wrong_reply=19.0, missed_complaint=20.0)


def test_slider_and_number_follow_each_other(desk: RuleDesk) -> None:
    pane = desk.open()
    slider = pane.findChildren(QSlider)[1]
    slider.setValue(slider.maximum())
    assert cost(pane, 1).value() == 100
    assert "from 1% likelihood on" in in_sight(pane)
    cost(pane, 1).setValue(3)
    assert slider.value() == 4


def test_arrows_and_mouse_move_the_marker_of_the_curve(desk: RuleDesk) -> None:
    pane = desk.open()
    chart = pane.findChild(CurveChart)
    assert isinstance(chart, CurveChart)
    chart.setFocus()
    QTest.keyClick(chart, Qt.Key.Key_Right)
    assert cost(pane).value() == 5
    left = chart.rect().center()
    left.setX(50)
    QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=left)
    assert cost(pane).value() == 0.5


def test_inbox_without_messages_says_so_in_place_of_the_curve(desk: RuleDesk) -> None:
    desk.bridge.answers(rules.curve, Curve(points=(), messages=0))
    pane = desk.open()
    assert "When customers have written for some days" in in_sight(pane)


def test_curve_that_cannot_be_read_leaves_the_page_usable(desk: RuleDesk) -> None:
    desk.bridge.refuses(rules.curve, DatabaseDown("Away."))
    pane = desk.open()
    assert "The inbox cannot reach its database" in in_sight(pane)
    cost(pane).setValue(19)
    assert button(pane, "Save").isEnabled()


# Rights


def test_agent_sees_everything_and_is_told_once_why_nothing_is_saved(
    desk: RuleDesk,
) -> None:
    desk.bridge.answers(rights.may_change_rules, False)
    pane = desk.open()
    assert field(pane, "Tone").toPlainText() == "Friendly and short"
    assert field(pane, "Tone").isReadOnly()
    assert in_sight(pane).count("Owners and admins save the rules") == 1
    assert not has_button(pane, "Save")
    press(pane, "save")
    press(pane, "new")
    assert not desk.saved()


# Reading


def test_rules_that_cannot_be_read_offer_to_try_again(desk: RuleDesk) -> None:
    desk.bridge.refuses(rules.current, DatabaseDown("Away."))
    pane = desk.open()
    assert "The inbox cannot reach its database" in in_sight(pane)
    desk.bridge.computes(rules.current, lambda: desk.rules)
    button(pane, "Try again").click()
    assert field(pane, "Tone").isVisible()


def test_reading_is_shown_while_it_lasts(desk: RuleDesk) -> None:
    desk.bridge.holds(rules.current)
    pane = desk.open()
    assert "Reading the rules…" in in_sight(pane)
    desk.bridge.release(rules.current)
    assert "Reading the rules…" not in in_sight(pane)


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
    field(pane, "Tone").setPlainText("Formal")
    pane._book.edit(triage_rules=(*desk.rules.triage_rules, a_rule(4)))
    pane.leave()
    pane.hide()
    desk.rules = replace(desk.rules, instructions="New ones")
    again = desk.open()
    assert field(again, "Tone").toPlainText() == "Formal"
    assert field(again, "Instructions").toPlainText() == "New ones"
    press(again, "save")
    assert desk.saved()[0].triage_rules == (*desk.rules.triage_rules, a_rule(4))[:4]


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
            assert inner.minimumSizeHint().width() <= area.viewport().width()
            assert inner.width() <= area.viewport().width()


def test_theme_that_changes_is_followed(desk: RuleDesk) -> None:
    pane = desk.open()
    for each in pane.findChildren(NavButton):
        QApplication.sendEvent(each, QEvent(QEvent.Type.PaletteChange))
    assert not pane.grab().isNull()
