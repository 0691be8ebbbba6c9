"""What the knowledge pane says should be looked at."""

import pytest
from PySide6.QtWidgets import QAbstractButton

from core.actions import teach
from core.domain.errors import Refused
from desktop.widgets.text_reader import TextReader
from tests.doubles.knowledge_pane import (
    Library,
    button,
    child,
    choose,
    has_button,
    in_sight,
    listed,
    press,
    rows_of,
    show,
    toasts,
)
from tests.doubles.knowledge_rows import (
    a_conflict,
    a_document_row,
    a_review,
    an_expired,
    conflict_id,
    document_id,
)

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_badge_counts_what_the_owner_should_put_right(library: Library) -> None:
    library.review = a_review(
        conflicts=(a_conflict(),), expired=(an_expired(),), stale=(a_document_row(0),)
    )
    pane = library.open()
    with library.qtbot.waitSignal(pane.badge_changed) as told:
        library.feed.resync.emit()
    assert told.args == [2]


def test_review_is_grouped_and_counted(library: Library) -> None:
    library.review = a_review(conflicts=(a_conflict(),), expired=(an_expired(),))
    pane = library.open()
    assert has_button(pane, "To review · 2")
    show(pane, "review")
    assert listed(pane)[0] == "CONTRADICTIONS · 1"
    press(pane, "next")
    assert rows_of(pane).chosen_id() == conflict_id(0)
    press(pane, "next")
    assert rows_of(pane).currentIndex().row() == 3


def test_contradiction_shows_both_statements_and_opens_each(library: Library) -> None:
    library.review = a_review(conflicts=(a_conflict(),))
    pane = library.open()
    show(pane, "review")
    choose(pane, 1)
    words = in_sight(pane)
    assert "Delivery to your door costs €5.90." in words
    assert "Home delivery within France: €6.50 per parcel." in words
    openers = [
        b
        for b in pane.findChildren(QAbstractButton)
        if b.isVisible() and b.text() == "Open"
    ]
    openers[0].click()
    reader = child(pane, TextReader)
    assert reader.isVisible()
    assert reader.marked_words() == ["€5.90"]


def test_contradiction_that_is_none_is_put_away(library: Library) -> None:
    library.review = a_review(conflicts=(a_conflict(),))
    pane = library.open()
    show(pane, "review")
    choose(pane, 1)
    library.review = a_review()
    button(pane, "They do not contradict").click()
    assert library.bridge.asked(teach.dismiss_conflict) == [((conflict_id(0),), {})]
    assert "Nothing to review" in in_sight(pane)


def test_refused_dismissal_gives_the_button_back(library: Library) -> None:
    library.review = a_review(conflicts=(a_conflict(),))
    library.bridge.refuses(teach.dismiss_conflict, Refused("No."))
    pane = library.open()
    show(pane, "review")
    choose(pane, 1)
    button(pane, "They do not contradict").click()
    assert toasts(pane) == ["No."]
    assert button(pane, "They do not contradict").isEnabled()


def test_date_that_has_passed_opens_where_it_stands(library: Library) -> None:
    library.review = a_review(expired=(an_expired(),))
    pane = library.open()
    show(pane, "review")
    choose(pane, 1)
    assert "The winter blend is on offer until 31 January 2026." in in_sight(pane)
    button(pane, "Open Seasonal offers").click()
    assert child(pane, TextReader).isVisible()


def test_old_and_unused_documents_open(library: Library) -> None:
    rows = (a_document_row(0),)
    library.review = a_review(stale=rows, unused=rows)
    pane = library.open()
    show(pane, "review")
    assert listed(pane)[::2] == [
        "NOT CHANGED FOR A YEAR · 1",
        "NEVER USED IN AN ANSWER · 1",
    ]
    choose(pane, 3)
    assert child(pane, TextReader).isVisible()
    assert rows_of(pane).chosen_id() == ("unused", document_id(0))


def test_review_that_changes_keeps_the_choice(library: Library) -> None:
    library.review = a_review(conflicts=(a_conflict(), a_conflict(1)))
    pane = library.open()
    show(pane, "review")
    choose(pane, 2)
    library.review = a_review(conflicts=(a_conflict(1),))
    library.feed.resync.emit()
    library.qtbot.waitUntil(lambda: len(listed(pane)) == 2)
    assert rows_of(pane).chosen_id() == conflict_id(1)
