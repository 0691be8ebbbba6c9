"""The assistant pane: what acts at once, what mistakes cost, who may change it."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QDoubleSpinBox,
    QSlider,
)
from pytestqt.qtbot import QtBot

from core.actions import configure
from core.actions.configure import Switch as OnOff
from core.domain.assistant_settings import AssistantSettings
from core.domain.channel import AssistantMode
from core.domain.errors import DatabaseDown, Refused
from core.domain.rule import Costs
from core.queries import rights, rules
from core.queries.rules import Curve
from desktop.panes.rules.curve_chart import CurveChart
from desktop.panes.rules.pane import RulesPane
from desktop.panes.rules.switch_section import ModeRow
from desktop.widgets.choice import Choice
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
from tests.doubles.rules_rows import a_channel

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def desk(qtbot: QtBot) -> RuleDesk:
    return RuleDesk(qtbot)


def cost(pane: RulesPane, at: int = 0) -> QDoubleSpinBox:
    return pane.findChildren(QDoubleSpinBox)[at]


def choice(pane: RulesPane, name: str) -> Choice:
    return next(c for c in pane.findChildren(Choice) if c.accessibleName() == name)


def choose(box: Choice, value: object) -> None:
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


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


def test_language_of_replies_acts_at_once_and_leaves_other_settings(
    desk: RuleDesk,
) -> None:
    settings = AssistantSettings(reply_lang="fr", temperature=0.2)
    desk.bridge.answers(rules.assistant_settings, settings)
    pane = desk.open()
    box = choice(pane, "Language when the customer's cannot be told")
    assert box.currentText() == "Français"
    choose(box, "")
    kept = AssistantSettings(reply_lang=None, temperature=0.2)
    assert desk.bridge.asked(configure.set_assistant_settings) == [((kept,), {})]


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
    desk.bridge.answers(rights.may_change_rules, value=False)
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
