"""The page of missing answers: groups, the drafted entry, and what it changed."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from core.actions import gaps as closing
from core.actions.gaps import Measuring
from core.domain.errors import Conflict, DatabaseDown
from core.domain.gap import DraftedEntry, Effect, Gap, GapStatus
from core.domain.ids import FaqId, GapId
from core.domain.knowledge import Faq
from core.domain.wording import REMOVED
from core.queries import gaps, knowledge
from core.queries.gaps import GapDetail
from core.queries.knowledge import NearDuplicate
from desktop.bridge.feed import Feed
from desktop.panes.rules.gap_twins import GapTwins
from desktop.panes.rules.gaps_page import GapsPage
from desktop.widgets.chips import FilterChips
from desktop.widgets.growing_text import GrowingText
from desktop.widgets.row_list import RowList
from tests.doubles.fake_bridge import FakeBridge
from tests.doubles.gap_rows import (
    ENTRY,
    a_detail,
    a_draft,
    a_gap,
    a_message,
    an_effect,
    conversation_id,
    gap_id,
)
from tests.doubles.knowledge_pane import button, child, has_button, in_sight

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


class Loop:
    """A page, and the gaps that it gets."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot, self.bridge, self.feed = qtbot, FakeBridge(), Feed()
        self.gaps: list[Gap] = [a_gap(0), a_gap(1, "Is there parking?", messages=2)]
        self.draft: DraftedEntry = a_draft()
        self.effect: Effect | None = an_effect()
        self.can_change = True
        self.bridge.computes(gaps.list_all, lambda: list(self.gaps))
        self.bridge.computes(gaps.detail, self._detail)
        self.bridge.computes(
            closing.draft_entry, lambda gap: replace(self.draft, gap_id=gap)
        )
        self.bridge.computes(closing.approve, self._approve)
        self.bridge.computes(closing.measure, self._measure)
        self.bridge.computes(closing.dismiss, self._dismiss)
        self.bridge.answers(closing.look_again, None)
        self.bridge.answers(knowledge.near_duplicates, [])
        self._pages: list[GapsPage] = []

    def open(self) -> GapsPage:
        page = GapsPage(self.bridge, self.feed)
        self._pages.append(page)
        self.qtbot.addWidget(page)
        page.resize(1100, 900)
        with self.qtbot.waitExposed(page):
            page.show()
        return page

    def _detail(self, gap: GapId) -> GapDetail:
        (found,) = [one for one in self.gaps if one.id == gap]
        return a_detail(found, can_change=self.can_change)

    def _change(self, gap: GapId, **changes: Any) -> None:
        self.gaps = [replace(o, **changes) if o.id == gap else o for o in self.gaps]

    def _approve(
        self, gap: GapId, _entry: object, progress: Callable[[Measuring], None]
    ) -> Effect | None:
        progress(Measuring(done=1, total=6))
        self._change(gap, status=GapStatus.ANSWERED, effect=self.effect)
        return self.effect

    def _measure(self, gap: GapId, _progress: object) -> Effect:
        effect = an_effect(after=9)
        self._change(gap, effect=effect)
        return effect

    def _dismiss(self, gap: GapId) -> None:
        self._change(gap, status=GapStatus.DISMISSED)


@pytest.fixture
def loop(qtbot: QtBot) -> Loop:
    return Loop(qtbot)


def _listed(page: GapsPage) -> list[str]:
    model = child(page, RowList).model()
    rows = (model.index(at, 0) for at in range(model.rowCount()))
    return [index.data(Qt.ItemDataRole.UserRole).question for index in rows]


def _field(page: QWidget, name: str) -> QLineEdit:
    (found,) = [f for f in page.findChildren(QLineEdit) if f.accessibleName() == name]
    return found


def _show(page: GapsPage, key: str) -> None:
    child(page, FilterChips)._chips[key].click()


def test_groups_are_listed_and_the_first_is_open_with_its_draft(loop: Loop) -> None:
    page = loop.open()
    assert _listed(page) == ["Do you sell gift cards?", "Is there parking?"]
    words = in_sight(page)
    assert "Open · 2" in words
    assert "3 message(s)" in words
    assert "Your team: Hi! Yes, at the counter and online." in words
    assert "Drafted from 1 answer(s) of your team" in words
    assert _field(page, "Question").text() == ENTRY.question
    assert child(page, GrowingText).toPlainText() == ENTRY.answer


def test_approved_entry_is_kept_as_it_was_edited_and_its_effect_shown(loop: Loop) -> None:
    page = loop.open()
    child(page, GrowingText).setPlainText("Yes, from 20 to 100 €.")
    with loop.qtbot.waitSignal(page.told) as told:
        button(page, "Add to the FAQ").click()
    ((args, _),) = loop.bridge.asked(closing.approve)
    assert args[0] == gap_id(0)
    assert args[1] == replace(ENTRY, answer="Yes, from 20 to 100 €.")
    assert told.args == ["The entry is in the FAQ. Now answered: 7 of 9"]
    assert _listed(page) == ["Is there parking?"]
    words = in_sight(page)
    assert "Now answered: 7 of 9" in words
    assert "Before: 0" in words
    assert not has_button(page, "Add to the FAQ")


def test_entry_that_could_not_be_measured_says_only_that_it_is_kept(loop: Loop) -> None:
    loop.effect = None
    page = loop.open()
    with loop.qtbot.waitSignal(page.told) as told:
        button(page, "Add to the FAQ").click()
    assert told.args == ["The entry is in the FAQ"]


def test_progress_is_shown_and_nothing_can_be_pressed_twice(loop: Loop) -> None:
    page = loop.open()
    loop.bridge.holds(closing.approve)
    button(page, "Add to the FAQ").click()
    ((args, _),) = loop.bridge.asked(closing.approve)
    args[2](Measuring(done=4, total=6))
    assert "4 of 6 considered" in in_sight(page)
    for name in ("Add to the FAQ", "Measure", "Dismiss"):
        assert not button(page, name).isEnabled()
    loop.bridge.release(closing.approve)
    assert "considered" not in in_sight(page)


def test_refused_entry_stays_as_it_is_written(loop: Loop) -> None:
    loop.bridge.refuses(closing.approve, Conflict("“Vouchers?” asks the same already."))
    page = loop.open()
    child(page, GrowingText).setPlainText("Mine.")
    button(page, "Add to the FAQ").click()
    assert "“Vouchers?” asks the same already." in in_sight(page)
    assert child(page, GrowingText).toPlainText() == "Mine."
    assert button(page, "Add to the FAQ").isEnabled()


def test_hole_where_something_personal_was_must_be_filled_first(loop: Loop) -> None:
    loop.draft = a_draft(entry=replace(ENTRY, answer=f"Yes, {REMOVED}."), has_removed=True)
    page = loop.open()
    assert not button(page, "Add to the FAQ").isEnabled()
    assert f"taken out at {REMOVED}" in in_sight(page)
    child(page, GrowingText).setPlainText("Yes.")
    assert button(page, "Add to the FAQ").isEnabled()


def test_gap_that_nobody_answered_waits_for_words(loop: Loop) -> None:
    loop.draft = a_draft(entry=replace(ENTRY, answer=""), answers=0)
    page = loop.open()
    assert "Nobody of your team has answered yet" in in_sight(page)
    assert not button(page, "Add to the FAQ").isEnabled()


def test_gap_that_had_an_entry_changes_it(loop: Loop) -> None:
    loop.draft = a_draft(faq_id=FaqId(gap_id(3)))
    page = loop.open()
    assert "people still ask" in in_sight(page)
    assert has_button(page, "Change the entry")


def test_what_is_typed_stays_when_the_list_is_read_again(loop: Loop) -> None:
    page = loop.open()
    child(page, GrowingText).setPlainText("Half a sent")
    loop.feed.knowledge_changed.emit()
    assert child(page, GrowingText).toPlainText() == "Half a sent"
    rows = child(page, RowList)
    rows.setCurrentIndex(rows.model().index(1, 0))
    assert child(page, GrowingText).toPlainText() == ENTRY.answer
    rows.setCurrentIndex(rows.model().index(0, 0))
    assert child(page, GrowingText).toPlainText() == "Half a sent"


def test_entries_that_ask_the_same_are_named(loop: Loop) -> None:
    twin = Faq(
        id=FaqId(gap_id(9)),
        question="Vouchers?",
        answer="Yes.",
        category=None,
        lang_code="en",
        phrasings=(),
        enabled=True,
    )
    loop.bridge.answers(
        knowledge.near_duplicates, [NearDuplicate(entry=twin, likeness=0.9)]
    )
    page = loop.open()
    loop.qtbot.waitUntil(child(page, GapTwins).isVisible)
    words = in_sight(page)
    assert "1 entry(ies) ask nearly the same" in words
    assert "Vouchers?" in words


def test_dismissed_gap_moves_to_its_list(loop: Loop) -> None:
    page = loop.open()
    button(page, "Dismiss").click()
    assert _listed(page) == ["Is there parking?"]
    _show(page, "dismissed")
    assert _listed(page) == ["Do you sell gift cards?"]
    assert not has_button(page, "Dismiss")


def test_answered_gap_is_measured_again(loop: Loop) -> None:
    loop.gaps = [a_gap(0, status=GapStatus.ANSWERED, effect=an_effect())]
    page = loop.open()
    _show(page, "answered")
    with loop.qtbot.waitSignal(page.told) as told:
        button(page, "Measure again").click()
    assert told.args == ["Now answered: 9 of 9"]
    assert "Now answered: 9 of 9" in in_sight(page)


def test_each_message_says_whether_it_is_answered_now(loop: Loop) -> None:
    messages = (a_message(0, answered_after=True), a_message(1, answered_after=False))
    loop.bridge.answers(gaps.detail, a_detail(messages=messages))
    words = in_sight(loop.open())
    assert "Answered now" in words
    assert "Not answered" in words


def test_conversation_of_a_message_can_be_opened(loop: Loop) -> None:
    page = loop.open()
    with loop.qtbot.waitSignal(page.open_conversation) as asked:
        button(page, "Open the conversation with Tom").click()
    assert asked.args == [conversation_id(1)]


def test_agents_read_and_see_why_they_may_not_write(loop: Loop) -> None:
    loop.can_change = False
    page = loop.open()
    for name in ("Add to the FAQ", "Measure", "Dismiss"):
        assert not button(page, name).isEnabled()
        assert "Only owners and admins" in button(page, name).accessibleDescription()
    assert _field(page, "Question").isReadOnly()


def test_new_questions_can_be_looked_for(loop: Loop) -> None:
    page = loop.open()
    with loop.qtbot.waitSignal(page.told):
        button(page, "Look for new questions now").click()
    assert len(loop.bridge.asked(closing.look_again)) == 1


def test_page_says_that_it_reads_that_there_is_nothing_and_that_it_failed(
    loop: Loop,
) -> None:
    loop.bridge.holds(gaps.list_all)
    page = loop.open()
    assert "Reading…" in in_sight(page)
    loop.gaps = []
    loop.bridge.release(gaps.list_all)
    assert "Nothing is unanswered" in in_sight(page)
    loop.bridge.refuses(gaps.list_all, DatabaseDown("Away."))
    loop.feed.resync.emit()
    loop.bridge.answers(gaps.list_all, [a_gap()])
    loop.gaps = [a_gap()]
    button(page, "Try again").click()
    assert _listed(page) == ["Do you sell gift cards?"]


def test_gap_that_is_gone_makes_room_for_the_next(loop: Loop) -> None:
    page = loop.open()
    loop.gaps = loop.gaps[1:]
    loop.bridge.answers(gaps.detail, a_detail(loop.gaps[0]))
    loop.feed.resync.emit()
    assert _field(page, "Question").text() == ENTRY.question
    assert child(page, RowList).chosen_id() == gap_id(1)


def test_everything_that_can_be_used_has_a_name(loop: Loop) -> None:
    page = loop.open()
    kinds = (QAbstractButton, QLineEdit, GrowingText, RowList)
    seen = [w for kind in kinds for w in page.findChildren(kind) if w.isVisible()]
    assert all(each.accessibleName() for each in seen)
