"""FAQ entries in the knowledge pane: written, changed, compared, imported."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QFile, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit

from core.actions import phrase
from core.domain.errors import Conflict, NotFound
from core.domain.knowledge import FaqText
from core.queries import knowledge
from core.queries.knowledge import NearDuplicate
from desktop.panes.knowledge.adding import AddButton
from desktop.panes.knowledge.column import KnowledgeColumn
from desktop.panes.knowledge.faq_form import FaqForm
from desktop.panes.knowledge.pane import KnowledgePane
from desktop.panes.knowledge.rows import Shown
from desktop.panes.knowledge.twins import Twins
from desktop.widgets.confirm import Confirm
from desktop.widgets.growing_text import GrowingText
from desktop.widgets.switch import Switch
from tests.doubles.knowledge_pane import (
    Library,
    button,
    child,
    choose,
    in_sight,
    listed,
    press,
    rows_of,
    toasts,
)
from tests.doubles.knowledge_rows import an_entry, an_entry_row, an_overview, faq_id

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def opened(library: Library, at: int = 0) -> KnowledgePane:
    pane = library.open()
    child(pane, KnowledgeColumn).show_list(Shown.FAQ)
    choose(pane, at)
    return pane


def field(pane: KnowledgePane, name: str) -> QLineEdit:
    fields = pane.findChildren(QLineEdit)
    return next(f for f in fields if f.accessibleName() == name and f.isVisible())


def answer(pane: KnowledgePane) -> GrowingText:
    return child(pane, GrowingText)


def test_entry_is_shown_with_its_ways_to_ask(library: Library) -> None:
    pane = opened(library)
    assert field(pane, "Question").text() == "Do you have wifi?"
    assert child(pane, FaqForm).text().phrasings == (
        "Is there wifi?",
        "Can I work at your place?",
    )
    assert "only suggests this answer" in in_sight(pane)
    assert not button(pane, "Save").isEnabled()


def test_fifth_way_to_ask_takes_the_hint_away(library: Library) -> None:
    pane = opened(library)
    add = field(pane, "Another way to ask it, then Enter")
    for words in ("Wifi?", "Internet?"):
        QTest.keyClicks(add, words)
        QTest.keyClick(add, Qt.Key.Key_Return)
    assert len(child(pane, FaqForm).text().phrasings) == 4
    assert "only suggests this answer" not in in_sight(pane)


def test_change_is_saved_as_it_is_written(library: Library) -> None:
    pane = opened(library)
    answer(pane).setPlainText("Yes ☕")
    button(pane, "Remove this way to ask: Is there wifi?").click()
    button(pane, "Save").click()
    wanted = FaqText(
        question="Do you have wifi?",
        answer="Yes ☕",
        category="on site",
        language="en",
        phrasings=("Can I work at your place?",),
    )
    assert library.bridge.asked(phrase.change_faq) == [((faq_id(0), wanted), {})]
    assert toasts(pane) == ["Saved"]


def test_new_entry_begins_empty_and_is_opened_when_it_is_saved(library: Library) -> None:
    pane = library.open()
    press(pane, "new")
    assert field(pane, "Question").hasFocus()
    QTest.keyClicks(field(pane, "Question"), "Gift cards?")
    assert not button(pane, "Save").isEnabled()
    answer(pane).setPlainText("Yes.")
    rows = (*library.overview.entries, an_entry_row(9, question="Gift cards?"))
    library.overview = an_overview(library.overview.documents, rows)
    press(pane, "save")
    text = FaqText(question="Gift cards?", answer="Yes.")
    assert library.bridge.asked(phrase.add_faq) == [((text,), {})]
    assert rows_of(pane).chosen_id() == faq_id(9)
    assert "Gift cards?" in listed(pane)


def test_words_that_are_not_saved_wait_with_their_entry(library: Library) -> None:
    pane = opened(library)
    answer(pane).setPlainText("Half an ans")
    spoken = rows_of(pane).model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Not saved" in spoken
    choose(pane, 1)
    assert answer(pane).toPlainText() != "Half an ans"
    choose(pane, 0)
    assert answer(pane).toPlainText() == "Half an ans"
    button(pane, "Discard").click()
    assert answer(pane).toPlainText().startswith("Yes, it is free")


def test_words_that_are_not_saved_outlive_the_window(library: Library) -> None:
    pane = opened(library)
    answer(pane).setPlainText("Half an ans")
    pane.leave()
    pane.close()
    again = opened(library)
    assert answer(again).toPlainText() == "Half an ans"
    stored = QSettings(
        QSettings.Format.IniFormat, QSettings.Scope.UserScope, "SocialSync", "drafts"
    )
    others = QFile.Permission.ReadOther | QFile.Permission.ReadGroup
    assert not QFile.permissions(stored.fileName()) & others


def test_window_without_such_words_writes_nothing(library: Library, tmp_path: Path) -> None:
    pane = opened(library)
    pane.leave()
    assert not list(tmp_path.rglob("drafts.ini"))


def test_change_of_a_colleague_does_not_take_what_is_being_written(
    library: Library,
) -> None:
    pane = opened(library)
    answer(pane).setPlainText("Mine")
    rows = (an_entry_row(0, answer="Theirs"), *library.overview.entries[1:])
    library.show(an_overview(library.overview.documents, rows))
    assert answer(pane).toPlainText() == "Mine"
    button(pane, "Discard").click()
    assert answer(pane).toPlainText() == "Theirs"


def test_twins_are_told_when_the_writing_pauses_and_open(library: Library) -> None:
    twin = NearDuplicate(entry=an_entry(1, question="Dogs allowed?"), likeness=0.87)
    library.bridge.answers(knowledge.near_duplicates, [twin])
    pane = opened(library)
    QTest.keyClicks(field(pane, "Question"), "x")
    twins = child(pane, Twins)
    library.qtbot.waitUntil(twins.isVisible)
    (asked,) = library.bridge.asked(knowledge.near_duplicates)
    assert asked[0][1] == faq_id(0)
    assert "Dogs allowed?" in in_sight(twins)
    assert "87%" in in_sight(twins)
    button(twins, "Open").click()
    assert field(pane, "Question").text() == "Dogs allowed?"


def test_refusal_of_a_save_keeps_the_words(library: Library) -> None:
    library.bridge.refuses(phrase.change_faq, Conflict("Another entry asks the same."))
    pane = opened(library)
    answer(pane).setPlainText("Mine")
    button(pane, "Save").click()
    assert answer(pane).toPlainText() == "Mine"
    assert button(pane, "Save").isEnabled()
    assert toasts(pane)


def test_switch_acts_at_once_and_comes_back_when_it_is_refused(library: Library) -> None:
    pane = opened(library)
    switch = child(pane, Switch)
    switch.click()
    assert library.bridge.asked(phrase.disable_faq) == [((faq_id(0),), {})]
    library.bridge.refuses(phrase.disable_faq, NotFound("This entry has been removed."))
    library.show(library.overview)
    assert switch.isChecked()
    switch.click()
    assert switch.isChecked()
    assert "This entry has been removed." in toasts(pane)


def test_entry_that_is_off_looks_off(library: Library) -> None:
    library.overview = an_overview((), (an_entry_row(0, enabled=False),))
    pane = opened(library)
    spoken = rows_of(pane).model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Off" in spoken
    child(pane, Switch).click()
    assert library.bridge.asked(phrase.enable_faq) == [((faq_id(0),), {})]


def test_entry_is_removed_only_after_a_question(library: Library) -> None:
    pane = opened(library)
    press(pane, "remove")
    question = child(pane, Confirm)
    rows = library.overview.entries[1:]
    library.overview = an_overview(library.overview.documents, rows)
    button(question, "Remove").click()
    assert library.bridge.asked(phrase.remove_faq) == [((faq_id(0),), {})]
    assert listed(pane) == ["Dogs allowed?"]


def test_table_is_imported_whole(library: Library, tmp_path: Path) -> None:
    table = tmp_path / "faq.csv"
    table.write_bytes(b"question,answer\na,b\n")
    pane = library.open()
    dialog = child(pane, AddButton).choose_table()
    dialog.fileSelected.emit(str(table))
    dialog.close()
    assert library.bridge.asked(phrase.import_faq_csv) == [((table.read_bytes(),), {})]
    assert "added" in toasts(pane)[0]


def test_table_that_is_too_large_is_not_even_read(library: Library, tmp_path: Path) -> None:
    table = tmp_path / "faq.csv"
    with table.open("wb") as file:
        file.truncate(6_000_000)
    pane = library.open()
    child(pane, AddButton)._on_table(str(table))
    assert library.bridge.asked(phrase.import_faq_csv) == []
    assert "too large" in toasts(pane)[0]


def test_entries_are_exported_so_that_spreadsheets_read_them(
    library: Library, tmp_path: Path
) -> None:
    pane = library.open()
    child(pane, AddButton).export_wanted.emit()
    dialog = child(pane, QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "faq.csv"))
    dialog.close()
    assert (tmp_path / "faq.csv").read_text("utf-8-sig") == "question,answer\né,è\n"
    assert (tmp_path / "faq.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_agent_may_take_the_entries_along(library: Library) -> None:
    library.overview = replace(library.overview, can_change=False)
    pane = library.open()
    actions = child(pane, AddButton).menu().actions()
    usable = [each.text() for each in actions if each.isEnabled() and each.text()]
    assert usable == ["Export FAQ as CSV…"]


def test_saved_words_stay_in_sight_until_they_are_read_again(library: Library) -> None:
    pane = opened(library)
    answer(pane).setPlainText("New words")
    library.bridge.holds(knowledge.overview)
    button(pane, "Save").click()
    assert answer(pane).toPlainText() == "New words"
    rows = (an_entry_row(0, answer="New words"), *library.overview.entries[1:])
    library.overview = an_overview(library.overview.documents, rows)
    library.bridge.release(knowledge.overview)
    assert answer(pane).toPlainText() == "New words"
    assert not button(pane, "Save").isEnabled()


def test_added_entry_is_opened_once_the_list_has_it(library: Library) -> None:
    pane = library.open()
    press(pane, "new")
    QTest.keyClicks(field(pane, "Question"), "Gift cards?")
    answer(pane).setPlainText("Yes.")
    library.bridge.holds(knowledge.overview)
    press(pane, "save")
    assert toasts(pane) == ["Saved"]
    rows = (*library.overview.entries, an_entry_row(9, question="Gift cards?"))
    library.overview = an_overview(library.overview.documents, rows)
    library.bridge.release(knowledge.overview)
    assert rows_of(pane).chosen_id() == faq_id(9)
    assert toasts(pane) == ["Saved"]
