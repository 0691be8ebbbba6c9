"""The widgets that came with the assistant pane: chips, ordered rows, names, a curve."""

import os
from time import perf_counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.panes.rules.curve_chart import CurveChart
from desktop.panes.rules.navigation import Entry, Navigation
from desktop.widgets.nav_button import NavButton
from desktop.widgets.toggle_chips import ToggleChips
from tests.doubles.rules_rows import a_curve

DAYS = [(str(day), f"Day number {day}") for day in range(7)]


def chips_of(qtbot: QtBot, width: int = 400) -> ToggleChips:
    chips = ToggleChips("Days")
    qtbot.addWidget(chips)
    chips.set_choices(DAYS)
    chips.resize(width, chips.heightForWidth(width))
    chips.show()
    return chips


def test_any_number_of_chips_may_be_on(qtbot: QtBot) -> None:
    chips = chips_of(qtbot)
    chips.choose(("1", "4"))
    assert chips.chosen() == ("1", "4")
    first = chips.findChildren(QPushButton)[0]
    with qtbot.waitSignal(chips.changed):
        QTest.keyClick(first, Qt.Key.Key_Space)
    assert chips.chosen() == ("0", "1", "4")


def test_chips_break_into_lines_and_none_is_cut_off(qtbot: QtBot) -> None:
    narrow, wide = chips_of(qtbot, 260), chips_of(qtbot, 900)
    assert narrow.heightForWidth(260) > wide.heightForWidth(900)
    for chip in narrow.findChildren(QPushButton):
        assert narrow.rect().contains(chip.geometry())


def test_chips_stand_on_the_right_where_one_reads_that_way(qtbot: QtBot) -> None:
    chips = chips_of(qtbot)
    chips.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    chips.resize(399, chips.height())
    first, second, *_ = chips.findChildren(QPushButton)
    assert first.x() > second.x()


def test_other_choices_keep_what_was_on(qtbot: QtBot) -> None:
    chips = chips_of(qtbot)
    chips.choose(("1", "4"))
    chips.set_choices(DAYS[:3])
    assert chips.chosen() == ("1",)


def test_mark_of_a_page_is_spoken(qtbot: QtBot) -> None:
    button = NavButton("Rules", "rules")
    qtbot.addWidget(button)
    button.show_mark("not saved")
    assert button.accessibleName() == "Rules, not saved"
    assert not button.grab().isNull()
    button.show_mark("")
    assert button.accessibleName() == "Rules"


def test_pages_are_walked_round(qtbot: QtBot) -> None:
    entries = [Entry(key=key, title=key, icon="rules") for key in ("a", "b", "c")]
    navigation = Navigation("Pages", entries)
    qtbot.addWidget(navigation)
    navigation.mark("a")
    with qtbot.waitSignal(navigation.chosen) as told:
        navigation.step(-1)
    assert told.args == ["c"]
    assert navigation.current() == "c"


def test_curve_is_painted_fast_enough_to_follow_the_hand(qtbot: QtBot) -> None:
    chart = CurveChart()
    qtbot.addWidget(chart)
    chart.resize(720, 260)
    chart.show_curve(a_curve().points)
    chart.show_cost(4, "")
    chart.grab()
    started = perf_counter()
    for _ in range(20):
        chart.grab()
    took = (perf_counter() - started) / 20
    # Forty times what was measured, for machines that do something else besides.
    assert took < 0.1 * max(1.0, os.getloadavg()[0])


@pytest.mark.parametrize("points", [0, 1])
def test_curve_of_hardly_any_points_is_painted_too(qtbot: QtBot, points: int) -> None:
    chart = CurveChart()
    qtbot.addWidget(chart)
    chart.resize(400, 260)
    chart.show_curve(a_curve().points[:points])
    chart.setFocus()
    assert not chart.grab().isNull()


def test_curve_that_may_only_be_looked_at_does_not_move(qtbot: QtBot) -> None:
    chart = CurveChart()
    qtbot.addWidget(chart)
    chart.resize(400, 260)
    chart.show_curve(a_curve().points)
    chart.allow_picking(allowed=False)
    with qtbot.assertNotEmitted(chart.picked):
        QTest.keyClick(chart, Qt.Key.Key_Right)
        QTest.mouseClick(chart, Qt.MouseButton.LeftButton)
