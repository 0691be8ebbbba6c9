"""The log of decisions in the assistant pane: found, explained, replayed, put right."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from core.actions import correct, replay_decision
from core.domain.decision import Decision
from core.domain.errors import DatabaseDown, NotFound, Refused
from core.notices import Notice, NoticeKind
from core.queries import decisions, rights
from desktop.panes.rules.decision_log import DecisionLog
from desktop.panes.rules.pages import PageKey
from desktop.panes.rules.pane import RulesPane
from desktop.widgets.row_list import RowList
from tests.doubles.rules_pane import (
    RuleDesk,
    button,
    field,
    has_button,
    in_sight,
    press,
    toasts,
)
from tests.doubles.rules_rows import a_decision, a_proposal, a_replay, decision_id

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def desk(qtbot: QtBot) -> RuleDesk:
    return RuleDesk(qtbot)


def log(pane: RulesPane) -> DecisionLog:
    found = pane.findChild(DecisionLog)
    assert isinstance(found, DecisionLog)
    return found


def rows(pane: RulesPane) -> RowList:
    found = log(pane).findChild(RowList)
    assert isinstance(found, RowList)
    return found


def listed(pane: RulesPane) -> list[object]:
    model = rows(pane).model()
    role = Qt.ItemDataRole.UserRole
    return [model.index(at, 0).data(role).id for at in range(model.rowCount())]


def opened(desk: RuleDesk, at: int = 0) -> RulesPane:
    pane = desk.open(PageKey.DECISIONS)
    rows(pane).setCurrentIndex(rows(pane).model().index(at, 0))
    return pane


def test_decisions_are_listed_newest_first(desk: RuleDesk) -> None:
    pane = desk.open(PageKey.DECISIONS)
    assert listed(pane) == [row.id for row in desk.rows]
    QAbstractItemModelTester(rows(pane).model())
    spoken = rows(pane).model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("Maëlle Kerguélen, Answered, Bonjour")


def test_log_is_read_page_by_page(desk: RuleDesk) -> None:
    desk.rows = [a_decision(number) for number in range(120)]
    pane = desk.open(PageKey.DECISIONS)
    held = len(listed(pane))
    assert 50 <= held < 120
    rows(pane).scrollToBottom()
    rows(pane).scrollToBottom()
    desk.qtbot.waitUntil(lambda: len(listed(pane)) == 120)
    asked = [named["before"] for _, named in desk.bridge.asked(decisions.page)]
    assert asked[0] is None
    assert decision_id(49) in asked
    assert decision_id(99) in asked


def test_search_and_filter_are_asked_of_the_query(desk: RuleDesk) -> None:
    pane = desk.open(PageKey.DECISIONS)
    press(pane, "find")
    search = log(pane).findChild(QLineEdit)
    assert isinstance(search, QLineEdit)
    assert search.hasFocus()
    QTest.keyClicks(search, "guru")
    QTest.keyClick(search, Qt.Key.Key_Return)
    assert listed(pane) == [decision_id(2), decision_id(5)]
    button(log(pane), "Handed over").click()
    assert "Nothing found" in in_sight(pane)
    search.clear()
    assert listed(pane) == [decision_id(1), decision_id(4)]


def test_empty_log_says_what_will_appear(desk: RuleDesk) -> None:
    desk.rows = []
    assert "No decisions yet" in in_sight(desk.open(PageKey.DECISIONS))


def test_log_that_cannot_be_read_offers_to_try_again(desk: RuleDesk) -> None:
    desk.bridge.refuses(decisions.page, DatabaseDown("Away."))
    pane = desk.open(PageKey.DECISIONS)
    assert "The inbox cannot reach its database" in in_sight(pane)
    desk.bridge.computes(decisions.page, desk._page)
    button(pane, "Try again").click()
    assert len(listed(pane)) == 6


def test_new_decision_comes_in_without_moving_the_choice(desk: RuleDesk) -> None:
    pane = opened(desk, 1)
    newer = a_decision(0, id=decision_id(77), created_at=desk.bridge.time)
    desk.rows.insert(0, newer)
    with desk.qtbot.waitSignal(desk.feed.conversations_changed):
        desk.feed.put(Notice(NoticeKind.CONVERSATION_CHANGED, newer.conversation_id))
    assert newer.id in listed(pane)
    assert rows(pane).chosen_id() == decision_id(1)


def test_many_notices_while_one_reading_is_under_way_become_one_more(
    desk: RuleDesk,
) -> None:
    pane = opened(desk, 1)
    desk.bridge.holds(decisions.page)
    before = len(desk.bridge.asked(decisions.page))
    for _ in range(5):
        log(pane).refresh()
    assert len(desk.bridge.asked(decisions.page)) == before + 1
    desk.bridge.release(decisions.page)
    assert len(desk.bridge.asked(decisions.page)) == before + 2


def test_keys_walk_the_log(desk: RuleDesk) -> None:
    pane = desk.open(PageKey.DECISIONS)
    press(pane, "next")
    press(pane, "next")
    press(pane, "back")
    assert rows(pane).chosen_id() == decision_id(0)


def test_decision_is_explained_with_reply_quotes_and_scores(desk: RuleDesk) -> None:
    pane = opened(desk)
    button(pane, "Show quotes").click()
    button(pane, "Scores and timings").click()
    spoken = [each.accessibleName() for each in pane.findChildren(QWidget)]
    words = "\n".join([in_sight(pane), *spoken])
    for part in (
        "91% sure that the reply is right.",
        "Un gâteau pour dix coûte 38 €.",
        "“A birthday cake for ten costs 38 €.”",
        "Best answer on file fits: 91%",
        "Asked for, to send by itself: 80%",
        "Looking for an answer: 31 ms",
        "Going through the rules: 0.4 ms",
        "Language: Français",
    ):
        assert part in words


def test_detail_that_is_gone_says_so(desk: RuleDesk) -> None:
    desk.bridge.refuses(decisions.one, NotFound("Gone."))
    assert "It is not here any more" in in_sight(opened(desk))


def test_conversation_of_a_decision_is_asked_of_the_window(desk: RuleDesk) -> None:
    pane = opened(desk, 2)
    with desk.qtbot.waitSignal(pane.open_conversation) as asked:
        button(pane, "Open the conversation").click()
    assert asked.args == [desk.rows[2].conversation_id]


def test_strangers_words_are_shown_as_they_are(desk: RuleDesk) -> None:
    desk.rows = [a_decision(0, text="<b>Hi</b> <img src=x>", customer="<i>Eve</i>")]
    words = in_sight(opened(desk))
    assert "<b>Hi</b> <img src=x>" in words
    assert "<i>Eve</i>" in words


# Replay


def test_replay_shows_todays_decision_and_what_is_different(desk: RuleDesk) -> None:
    pane = opened(desk)
    button(pane, "Replay").click()
    assert desk.bridge.asked(replay_decision.replay) == [((decision_id(0),), {})]
    words = in_sight(pane)
    assert "From what was kept, the same is decided again." in words
    assert "Under today's rules" in words
    assert "Yes, on Sunday too." in words
    assert "• “Prices” was added since." in words
    assert "Decided again" not in words


def test_replay_that_differs_shows_both(desk: RuleDesk) -> None:
    desk.bridge.answers(replay_decision.replay, a_replay(same=False))
    pane = opened(desk)
    press(pane, "replay")
    assert "something else is decided now" in in_sight(pane)
    assert "Decided again" in in_sight(pane)


def test_replay_that_is_refused_says_why(desk: RuleDesk) -> None:
    error = Refused("An earlier version kept too little.")
    desk.bridge.refuses(replay_decision.replay, error)
    pane = opened(desk)
    press(pane, "replay")
    assert "An earlier version kept too little." in in_sight(pane)
    assert button(pane, "Replay").isEnabled()


def test_replay_of_another_decision_does_not_arrive_here(desk: RuleDesk) -> None:
    desk.bridge.holds(replay_decision.replay)
    pane = opened(desk)
    press(pane, "replay")
    press(pane, "next")
    desk.bridge.release(replay_decision.replay)
    assert "Under today's rules" not in in_sight(pane)


# Put right


def test_owner_makes_an_example_of_a_wrong_decision(desk: RuleDesk) -> None:
    pane = opened(desk)
    button(pane, "This was wrong").click()
    assert not has_button(pane, "Answer it")
    button(pane, "Hand it over to a person").click()
    field(pane, "Note").setPlainText(" Price has changed ")
    desk.rows[0] = replace(desk.rows[0], corrected=Decision.ESCALATE)
    button(pane, "Add the example").click()
    assert desk.bridge.asked(correct.was_wrong) == [
        ((decision_id(0), Decision.ESCALATE), {"note": "Price has changed"})
    ]
    assert toasts(pane) == ["The example is in the rules"]
    assert "It should have been: Hand it over to a person" in in_sight(pane)
    assert not has_button(pane, "This was wrong")


def test_agent_proposes_an_example(desk: RuleDesk) -> None:
    desk.bridge.answers(rights.may_change_rules, value=False)
    pane = opened(desk)
    press(pane, "wrong")
    assert "the owner accepts it" in in_sight(pane)
    assert field(pane, "Note").hasFocus()
    button(pane, "Propose the example").click()
    assert toasts(pane) == ["The example is proposed to the owner"]
    assert not desk.bridge.asked(correct.pending_examples)


def test_correction_that_is_refused_stays_open(desk: RuleDesk) -> None:
    desk.bridge.refuses(correct.was_wrong, Refused("There are no words to learn from."))
    pane = opened(desk)
    press(pane, "wrong")
    field(pane, "Note").setPlainText("Why")
    button(pane, "Add the example").click()
    assert "There are no words to learn from." in in_sight(pane)
    assert field(pane, "Note").toPlainText() == "Why"
    button(pane, "Cancel").click()
    assert has_button(pane, "This was wrong")


def test_proposed_examples_are_accepted_and_put_aside(desk: RuleDesk) -> None:
    waiting = [a_proposal(0), a_proposal(1)]
    desk.bridge.computes(correct.pending_examples, lambda: list(waiting))
    pane = desk.open(PageKey.DECISIONS)
    with desk.qtbot.waitSignal(pane.badge_changed) as told:
        desk.feed.knowledge_changed.emit()
    assert told.args == [2]
    button(pane, "Look at them").click()
    assert "Inès: was “Handed over”, should have been “Answer it”." in in_sight(pane)
    assert "It is in the allergens list." in in_sight(pane)
    waiting.pop(0)
    button(pane, "Accept").click()
    assert desk.bridge.asked(correct.accept_example) == [((decision_id(0),), {})]
    waiting.clear()
    button(pane, "Put aside").click()
    assert desk.bridge.asked(correct.refuse_example) == [((decision_id(1),), {})]
    assert not has_button(pane, "Look at them")
    assert rows(pane).isVisible()


def test_proposal_that_cannot_be_taken_says_why(desk: RuleDesk) -> None:
    desk.bridge.answers(correct.pending_examples, [a_proposal(0)])
    desk.bridge.refuses(correct.accept_example, Refused("Nothing is proposed any more."))
    pane = desk.open(PageKey.DECISIONS)
    button(pane, "Look at them").click()
    button(pane, "Accept").click()
    assert "Nothing is proposed any more." in in_sight(pane)
    assert button(pane, "Accept").isEnabled()
    button(pane, "Back to the decisions").click()
    assert rows(pane).isVisible()
