"""Trying a message and rehearsing the past, in the assistant pane."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QPushButton, QSpinBox
from pytestqt.qtbot import QtBot

from core.actions import rehearse
from core.actions.rehearse import Progress, Rehearsal, Trial
from core.domain.decision import Decision
from core.domain.errors import ModelDown, Refused
from core.domain.rule import Costs
from desktop.panes.rules.change_view import ChangeView
from desktop.panes.rules.pages import PageKey
from desktop.panes.rules.pane import RulesPane
from desktop.panes.rules.rehearsal_page import RehearsalPage
from desktop.panes.rules.try_page import TryPage
from desktop.widgets.progress_line import ProgressLine
from desktop.widgets.row_list import RowList
from tests.doubles.rules_pane import (
    RuleDesk,
    button,
    field,
    has_button,
    in_sight,
    press,
)
from tests.doubles.rules_rows import a_rehearsal, a_try

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def desk(qtbot: QtBot) -> RuleDesk:
    return RuleDesk(qtbot)


def run(pane: RulesPane) -> QPushButton:
    """Return the button, which has the name of its page."""
    page = pane.findChild(TryPage)
    assert isinstance(page, TryPage)
    return next(b for b in page.findChildren(QPushButton) if b.text() == "Try it")


def tried(desk: RuleDesk, text: str = "Open on Sunday?") -> RulesPane:
    pane = desk.open(PageKey.TRY)
    field(pane, "Message of a customer").setPlainText(text)
    run(pane).click()
    return pane


def start(pane: RulesPane) -> QPushButton:
    page = pane.findChild(RehearsalPage)
    assert isinstance(page, RehearsalPage)
    return next(b for b in page.findChildren(QPushButton) if b.text() == "Start")


def rehearsed(desk: RuleDesk) -> RulesPane:
    pane = desk.open(PageKey.REHEARSAL)
    start(pane).click()
    return pane


def rows(pane: RulesPane) -> RowList:
    page = pane.findChild(RehearsalPage)
    assert isinstance(page, RehearsalPage)
    found = page.findChild(RowList)
    assert isinstance(found, RowList)
    return found


def test_empty_lines_part_a_message_into_fragments(desk: RuleDesk) -> None:
    tried(desk, "Hello!\n\nAre you open\non Sunday?\n \n")
    (asked,) = desk.bridge.asked(rehearse.try_message)
    assert asked[0][0] == Trial(
        fragments=("Hello!", "Are you open\non Sunday?"), platform="whatsapp"
    )


def test_rules_of_the_form_are_tried_saved_or_not(desk: RuleDesk) -> None:
    pane = desk.open()
    field(pane, "Tone").setPlainText("Formal")
    pane.show_page(PageKey.TRY)
    assert "with your unsaved changes" in in_sight(pane)
    field(pane, "Message of a customer").setPlainText("Open?")
    run(pane).click()
    assert desk.bridge.asked(rehearse.try_message)[0][0][1].tone == "Formal"


def test_answer_is_shown_with_certainty_reason_reply_and_time(desk: RuleDesk) -> None:
    words = in_sight(tried(desk))
    for part in (
        "Answered",
        "91% sure that the reply is right.",
        "Answered by “Prices”.",
        "Un gâteau pour dix coûte 38 €.",
        "Thought for 41 ms.",
        "It would go out by itself where the channel allows it (from 80% on).",
    ):
        assert part in words


def test_quotes_unfold(desk: RuleDesk) -> None:
    pane = tried(desk)
    button(pane, "Show quotes").click()
    assert "“A birthday cake for ten costs 38 €.”" in in_sight(pane)
    assert not has_button(pane, "Open Prices")


@pytest.mark.parametrize(
    ("changes", "fate"),
    [
        ({"confidence": 0.7}, "below the 80% that you ask for"),
        ({"needs_review": True}, "a person should look first"),
        ({"matched_rule": "Press"}, "Decided by “Press”"),
    ],
)
def test_fate_of_a_reply_is_told(
    desk: RuleDesk, changes: dict[str, Any], fate: str
) -> None:
    desk.bridge.answers(rehearse.try_message, a_try(**changes))
    assert fate in in_sight(tried(desk))


def test_hand_over_shows_what_the_colleague_would_read(desk: RuleDesk) -> None:
    desk.bridge.answers(rehearse.try_message, a_try(Decision.ESCALATE))
    words = in_sight(tried(desk))
    assert "Handed over" in words
    assert "Wants a refund for order 48213." in words
    assert "by itself" not in words


def test_trial_that_fails_offers_to_try_again(desk: RuleDesk) -> None:
    desk.bridge.refuses(rehearse.try_message, ModelDown("Away."))
    pane = tried(desk)
    assert "The language model does not answer" in in_sight(pane)
    desk.bridge.answers(rehearse.try_message, a_try())
    button(pane, "Try again").click()
    assert "Thought for 41 ms." in in_sight(pane)


def test_only_the_newest_trial_is_shown(desk: RuleDesk) -> None:
    desk.bridge.holds(rehearse.try_message)
    pane = tried(desk)
    assert "Thinking…" in in_sight(pane)
    run(pane).click()
    desk.bridge.release(rehearse.try_message)
    assert "Thought for 41 ms." in in_sight(pane)
    assert len(desk.bridge.asked(rehearse.try_message)) == 2


def test_key_leads_to_the_message_and_ctrl_enter_tries_it(desk: RuleDesk) -> None:
    pane = desk.open()
    press(pane, "try")
    box = field(pane, "Message of a customer")
    assert box.hasFocus()
    assert not run(pane).isEnabled()
    QTest.keyClicks(box, "Open?")
    QTest.keyClick(box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert len(desk.bridge.asked(rehearse.try_message)) == 1


def test_rehearsal_lists_each_change_and_counts_the_kinds(desk: RuleDesk) -> None:
    pane = rehearsed(desk)
    words = in_sight(pane)
    assert "4 decision(s) of 214 would change." in words
    assert "2 would be answered instead of handed over" in words
    assert "1 would be ignored instead of answered" in words
    assert rows(pane).model().rowCount() == 4
    QAbstractItemModelTester(rows(pane).model())


def test_change_shows_before_and_after_with_the_reply(desk: RuleDesk) -> None:
    pane = rehearsed(desk)
    view = pane.findChild(ChangeView)
    assert isinstance(view, ChangeView)
    assert "Would be" in in_sight(view)
    assert "Yes, we are open on Sunday from 9 to 17." in in_sight(view)
    rows(pane).setCurrentIndex(rows(pane).model().index(2, 0))
    assert "growth.guru" in in_sight(view)


def test_kind_that_is_turned_off_leaves_the_list(desk: RuleDesk) -> None:
    pane = rehearsed(desk)
    button(pane, "2 would be answered instead of handed over").click()
    assert rows(pane).model().rowCount() == 2


def test_conversation_of_a_change_is_asked_of_the_window(desk: RuleDesk) -> None:
    pane = rehearsed(desk)
    change = a_rehearsal().changes[0]
    with desk.qtbot.waitSignal(pane.open_conversation) as asked:
        button(pane, "Open the conversation").click()
    assert asked.args == [change.conversation_id]
    with desk.qtbot.waitSignal(pane.open_conversation):
        QTest.keyClick(rows(pane), Qt.Key.Key_Return)


def test_progress_is_shown_and_cancel_ends_it(desk: RuleDesk) -> None:
    desk.bridge.holds(rehearse.rehearse)
    pane = rehearsed(desk)
    assert "Reading the messages…" in in_sight(pane)
    (_, named) = desk.bridge.asked(rehearse.rehearse)[0]
    assert named["days"] == 7
    named["progress"](Progress(done=64, total=214))
    assert "64 of 214 messages decided again" in in_sight(pane)
    assert pane.findChildren(ProgressLine)
    assert not start(pane).isEnabled()
    button(pane, "Cancel").click()
    assert "See what your rules would have done" in in_sight(pane)
    assert start(pane).isEnabled()
    named["progress"](Progress(done=65, total=214))
    desk.bridge.release(rehearse.rehearse)
    assert "See what your rules would have done" in in_sight(pane)


def test_days_are_chosen(desk: RuleDesk) -> None:
    pane = desk.open(PageKey.REHEARSAL)
    days = pane.findChild(QSpinBox)
    assert isinstance(days, QSpinBox)
    days.setValue(30)
    start(pane).click()
    assert desk.bridge.asked(rehearse.rehearse)[0][1]["days"] == 30


@pytest.mark.parametrize(
    ("messages", "hint"),
    [(214, "214 message(s) would be decided"), (0, "Nobody has written in these days")],
)
def test_rehearsal_without_changes_says_so(
    desk: RuleDesk, messages: int, hint: str
) -> None:
    desk.bridge.answers(rehearse.rehearse, Rehearsal(messages=messages, changes=()))
    words = in_sight(rehearsed(desk))
    assert "Nothing would change" in words
    assert hint in words


def test_other_costs_change_no_decision_and_the_curve_is_named(desk: RuleDesk) -> None:
    desk.bridge.answers(rehearse.rehearse, Rehearsal(messages=9, changes=()))
    pane = desk.open(PageKey.REHEARSAL)
    pane._book.edit(costs=Costs(wrong_reply=30))
    start(pane).click()
    assert "What is sent by itself at other costs: see the curve." in in_sight(pane)


def test_rehearsal_that_is_refused_says_why(desk: RuleDesk) -> None:
    desk.bridge.refuses(rehearse.rehearse, Refused("There are too many days.", "Take 30."))
    pane = rehearsed(desk)
    assert "There are too many days. Take 30." in in_sight(pane)
    assert start(pane).isEnabled()


def test_saving_offers_to_rehearse_the_form_first(desk: RuleDesk) -> None:
    pane = desk.open()
    assert not button(pane, "Rehearse first").isEnabled()
    field(pane, "Tone").setPlainText("Formal")
    button(pane, "Rehearse first").click()
    assert desk.bridge.asked(rehearse.rehearse)[0][0][0].tone == "Formal"
    assert "with your unsaved changes" in in_sight(pane)
    press(pane, "save")
    assert desk.saved()[0].tone == "Formal"


def test_rules_changed_since_a_rehearsal_make_it_stale(desk: RuleDesk) -> None:
    pane = rehearsed(desk)
    pane._book.edit(tone="Formal")
    assert "The rules have changed since this rehearsal." in in_sight(pane)
    start(pane).click()
    assert "The rules have changed since this rehearsal." not in in_sight(pane)
