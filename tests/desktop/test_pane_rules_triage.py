"""Advanced rules in the assistant pane: ordered, written, put into words."""

from dataclasses import replace
from datetime import time

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLineEdit, QTimeEdit
from pytestqt.qtbot import QtBot

from core.domain.rule import Hours, Outcome, Sentiment, TriageRule
from core.queries import rights
from desktop.panes.rules.hours_field import HoursField
from desktop.panes.rules.pages import PageKey
from desktop.panes.rules.pane import RulesPane
from desktop.panes.rules.triage_editor import TriageEditor
from desktop.widgets.choice import Choice
from desktop.widgets.order_list import OrderList
from desktop.widgets.switch import Switch
from tests.doubles.rules_pane import RuleDesk, button, has_button, in_sight, press
from tests.doubles.rules_rows import a_rule, rule_id

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def desk(qtbot: QtBot) -> RuleDesk:
    return RuleDesk(qtbot)


def rows(pane: RulesPane) -> OrderList:
    found = pane.findChild(OrderList)
    assert isinstance(found, OrderList)
    return found


def listed(pane: RulesPane) -> list[str]:
    model = rows(pane).model()
    indexes = (model.index(at, 0) for at in range(model.rowCount()))
    return [index.data(Qt.ItemDataRole.UserRole).cell.title for index in indexes]


def editor(pane: RulesPane) -> TriageEditor:
    found = pane.findChild(TriageEditor)
    assert isinstance(found, TriageEditor)
    return found


def line(pane: RulesPane, name: str) -> QLineEdit:
    fields = editor(pane).findChildren(QLineEdit)
    return next(f for f in fields if f.accessibleName() == name and f.isVisible())


def choice(pane: RulesPane, name: str) -> Choice:
    boxes = editor(pane).findChildren(Choice)
    return next(box for box in boxes if box.accessibleName() == name)


def choose(box: Choice, value: object) -> None:
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


def typed(field: QLineEdit, words: str) -> None:
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, words)


def saved(desk: RuleDesk, pane: RulesPane) -> tuple[TriageRule, ...]:
    press(pane, "save")
    found = desk.saved()[-1].triage_rules
    assert found is not None
    return found


def test_rules_stand_in_their_order_with_what_they_ask(desk: RuleDesk) -> None:
    pane = desk.open(PageKey.TRIAGE)
    assert listed(pane) == ["Legal matters", "At night", "Praise"]
    model = rows(pane).model()
    QAbstractItemModelTester(model)
    spoken = model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == (
        "Legal matters, 1, Hand over, Comes by WhatsApp and contains “lawyer” or “refund”,"
        " 12 time(s) in 30 days"
    )


def test_rule_is_said_in_one_sentence(desk: RuleDesk) -> None:
    pane = desk.open(PageKey.TRIAGE)
    assert (
        "When a message comes by WhatsApp and contains “lawyer” or “refund”,"
        " hand it over to a person."
    ) in in_sight(pane)


def test_buttons_move_a_rule_up_and_down(desk: RuleDesk) -> None:
    pane = desk.open(PageKey.TRIAGE)
    assert not button(pane, "Move up").isEnabled()
    button(pane, "Move down").click()
    assert listed(pane) == ["At night", "Legal matters", "Praise"]
    assert rows(pane).chosen_id() == rule_id(0)
    button(pane, "Move down").click()
    assert not button(pane, "Move down").isEnabled()
    assert [rule.id for rule in saved(desk, pane)] == [rule_id(1), rule_id(2), rule_id(0)]


def test_alt_and_an_arrow_move_the_chosen_rule(desk: RuleDesk) -> None:
    pane = desk.open(PageKey.TRIAGE)
    table = rows(pane)
    table.setCurrentIndex(table.model().index(2, 0))
    QTest.keyClick(table, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert listed(pane) == ["Legal matters", "Praise", "At night"]
    QTest.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert listed(pane) == ["Legal matters", "At night", "Praise"]


def test_rows_make_way_while_one_is_dragged(desk: RuleDesk) -> None:
    pane = desk.open(PageKey.TRIAGE)
    table = rows(pane)
    places = [table.visualRect(table.model().index(at, 0)).center() for at in range(3)]
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(table.viewport(), left, pos=places[0])
    QTest.mouseMove(table.viewport(), places[0] + QPoint(0, 30))
    QTest.mouseMove(table.viewport(), places[1])
    assert listed(pane) == ["At night", "Legal matters", "Praise"]
    QTest.mouseMove(table.viewport(), places[2] + QPoint(0, 900))
    QTest.mouseRelease(table.viewport(), left, pos=places[2])
    assert listed(pane) == ["At night", "Praise", "Legal matters"]


def test_new_rule_asks_for_a_condition_before_it_can_be_saved(desk: RuleDesk) -> None:
    pane = desk.open(PageKey.TRIAGE)
    button(pane, "New rule").click()
    assert listed(pane)[-1] == "New rule"
    assert "Choose at least one condition" in in_sight(pane)
    assert not button(pane, "Save").isEnabled()
    typed(line(pane, "Name of the rule"), "Press")
    typed(line(pane, "A word, then Enter"), "journalist")
    assert "Choose at least one condition" not in in_sight(pane)
    rule = saved(desk, pane)[-1]
    assert (rule.name, rule.conditions.keywords) == ("Press", ("journalist",))
    assert rule.outcome is Outcome.ESCALATE


def test_every_condition_reaches_the_rule(desk: RuleDesk) -> None:
    pane = desk.open(PageKey.TRIAGE)
    button(editor(pane), "Instagram").click()
    button(editor(pane), "Français").click()
    typed(line(pane, "Pattern"), r"\d+")
    typed(line(pane, "A label, then Enter"), "vip")
    choose(choice(pane, "Mood"), Sentiment.NEGATIVE)
    choose(choice(pane, "What then"), Outcome.IGNORE)
    next(s for s in editor(pane).findChildren(Switch) if s.text() == "On").click()
    rule = saved(desk, pane)[0]
    asked = rule.conditions
    assert set(asked.platforms) == {"whatsapp", "instagram"}
    assert (asked.languages, asked.pattern, asked.labels) == (("fr",), r"\d+", ("vip",))
    assert asked.sentiment is Sentiment.NEGATIVE
    assert (rule.outcome, rule.enabled) == (Outcome.IGNORE, False)


def test_hours_are_shown_and_changed(desk: RuleDesk) -> None:
    pane = desk.open(PageKey.TRIAGE)
    rows(pane).setCurrentIndex(rows(pane).model().index(1, 0))
    hours = editor(pane).findChild(HoursField)
    assert isinstance(hours, HoursField)
    start, end = hours.findChildren(QTimeEdit)
    assert (start.time().hour(), end.time().hour()) == (20, 8)
    start.setTime(start.time().addSecs(1800))
    choose(choice(pane, "Within or outside these hours"), value=True)
    button(hours, "Sun").click()
    changed = saved(desk, pane)[1].conditions.hours
    assert changed == Hours(
        start=time(20, 30),
        end=time(8),
        days=(0, 1, 2, 3, 4, 5),
        zone="Europe/Paris",
        outside=True,
    )


def test_hours_can_be_given_up(desk: RuleDesk) -> None:
    pane = desk.open(PageKey.TRIAGE)
    rows(pane).setCurrentIndex(rows(pane).model().index(1, 0))
    switches = editor(pane).findChildren(Switch)
    next(s for s in switches if s.text() == "Only at certain hours").click()
    assert "Choose at least one condition" in in_sight(pane)
    typed(line(pane, "A word, then Enter"), "late")
    assert saved(desk, pane)[1].conditions.hours is None


@pytest.mark.parametrize(
    ("name", "words", "problem"),
    [
        ("Name of the rule", " ", "Give the rule a name."),
        ("Name of the rule", "at night", "Another rule has this name."),
        ("Pattern", "(", "This pattern cannot be used."),
    ],
)
def test_field_says_what_is_wrong_with_it(
    desk: RuleDesk, name: str, words: str, problem: str
) -> None:
    pane = desk.open(PageKey.TRIAGE)
    typed(line(pane, name), words)
    assert in_sight(editor(pane)).count(problem) == 1
    assert not button(pane, "Save").isEnabled()


def test_problem_on_another_page_is_one_press_away(desk: RuleDesk) -> None:
    pane = desk.open(PageKey.TRIAGE)
    rows(pane).setCurrentIndex(rows(pane).model().index(2, 0))
    typed(line(pane, "Pattern"), "(")
    pane.show_page(PageKey.RULES)
    button(pane, "Show").click()
    assert editor(pane).isVisible()
    assert rows(pane).chosen_id() == rule_id(2)


def test_new_rules_have_names_of_their_own(desk: RuleDesk) -> None:
    pane = desk.open(PageKey.TRIAGE)
    button(pane, "New rule").click()
    button(pane, "New rule").click()
    assert listed(pane)[-2:] == ["New rule", "New rule 2"]


def test_copy_stands_behind_its_original(desk: RuleDesk) -> None:
    pane = desk.open(PageKey.TRIAGE)
    button(pane, "Duplicate").click()
    assert listed(pane)[:2] == ["Legal matters", "Legal matters (copy)"]
    first, second, *_ = saved(desk, pane)
    assert first.id != second.id
    assert first.conditions == second.conditions


def test_removed_rule_leaves_its_neighbour_chosen(desk: RuleDesk) -> None:
    pane = desk.open(PageKey.TRIAGE)
    button(pane, "Remove").click()
    assert listed(pane) == ["At night", "Praise"]
    assert rows(pane).chosen_id() == rule_id(1)


def test_page_without_rules_offers_to_write_the_first(desk: RuleDesk) -> None:
    desk.rules = replace(desk.rules, triage_rules=())
    pane = desk.open(PageKey.TRIAGE)
    assert "No advanced rules" in in_sight(pane)
    button(pane, "Write the first rule").click()
    assert listed(pane) == ["New rule"]
    assert rows(pane).currentIndex().row() == 0


def test_key_for_a_new_rule_works_from_any_page(desk: RuleDesk) -> None:
    pane = desk.open(PageKey.TRY)
    press(pane, "new")
    assert listed(pane)[-1] == "New rule"
    assert line(pane, "Name of the rule").hasFocus()


def test_agent_reads_rules_and_moves_none(desk: RuleDesk) -> None:
    desk.bridge.answers(rights.may_change_rules, value=False)
    pane = desk.open(PageKey.TRIAGE)
    table = rows(pane)
    table.setCurrentIndex(table.model().index(1, 0))
    QTest.keyClick(table, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert listed(pane)[0] == "Legal matters"
    assert not button(pane, "New rule").isEnabled()
    assert line(pane, "Name of the rule").isReadOnly()
    assert not has_button(pane, "Save")


def test_rule_that_a_colleague_changed_is_shown_anew(desk: RuleDesk) -> None:
    pane = desk.open(PageKey.TRIAGE)
    desk.somebody_saves(triage_rules=(a_rule(0, name="Law"), a_rule(1)))
    assert listed(pane) == ["Law", "Legal matters"]
    assert line(pane, "Name of the rule").text() == "Law"
