"""The assistant pane: rules are read, typed, saved, and never lost."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QLineEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from core.actions import configure
from core.domain.errors import Conflict, Refused
from tests.doubles.rules_pane import (
    RuleDesk,
    button,
    field,
    has_button,
    in_sight,
    press,
    toasts,
)

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def desk(qtbot: QtBot) -> RuleDesk:
    return RuleDesk(qtbot)


def line(parent: QWidget, name: str, at: int = 0) -> QLineEdit:
    fields = parent.findChildren(QLineEdit)
    return [f for f in fields if f.accessibleName() == name and f.isVisible()][at]


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
