"""The knowledge pane: its lists, a document, what a member may do, and both languages."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from core.actions import phrase, teach
from core.domain.errors import DatabaseDown, NotFound, Refused
from core.domain.knowledge import DocumentStatus, Storage
from core.knowledge.reading import reasons, refusals
from core.queries import knowledge
from desktop.panes.knowledge.adding import AddButton
from desktop.panes.knowledge.document_page import DocumentPage
from desktop.panes.knowledge.refusals import in_our_words
from desktop.panes.knowledge.words import warning_words
from desktop.widgets.confirm import Confirm
from desktop.widgets.meter import Meter
from desktop.widgets.save_place import plain_name
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
    with_document,
)
from tests.doubles.knowledge_rows import (
    DELIVERY,
    a_conflict,
    a_document_row,
    a_review,
    an_entry_row,
    an_expired,
    an_overview,
    document_id,
)

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_documents_are_listed_with_their_state_and_use(library: Library) -> None:
    pane = library.open()
    spoken = rows_of(pane).model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert listed(pane) == ["Delivery and shipping costs", "Returns"]
    assert "Ready" in spoken
    assert "Used 12" in spoken


def test_filter_hides_what_has_another_name(library: Library) -> None:
    pane = library.open()
    field = next(f for f in pane.findChildren(QLineEdit) if "Filter" in f.accessibleName())
    QTest.keyClicks(field, "return")
    assert listed(pane) == ["Returns"]
    QTest.keyClicks(field, "zzz")
    assert "Nothing has this name" in in_sight(pane)


@pytest.mark.parametrize(
    ("used", "colour"), [(10, "accent"), (80, "warning"), (100, "danger")]
)
def test_meter_turns_amber_and_then_red(library: Library, used: int, colour: str) -> None:
    library.overview = replace(library.overview, storage=Storage(used=used, allowed=100))
    pane = library.open()
    meter = child(pane, Meter)
    assert meter.colour == colour
    assert "used" in meter.accessibleName()


def test_storage_without_a_limit_has_no_bar(library: Library) -> None:
    library.overview = replace(library.overview, storage=Storage(used=2048, allowed=None))
    pane = library.open()
    assert child(pane, Meter).accessibleName() == "2.0 kB used"


def test_document_opens_with_its_passages_marked(library: Library) -> None:
    pane = library.open()
    choose(pane, 0)
    reader = child(pane, TextReader)
    assert reader.isVisible()
    assert reader.text() == DELIVERY
    assert reader.count() == 5
    assert reader.spoken_item(1).startswith("2, Shipping within France, page 1")


def test_passage_that_is_clicked_tells_more_about_itself(library: Library) -> None:
    pane = library.open()
    choose(pane, 0)
    reader = child(pane, TextReader)
    QTest.keyClick(reader, Qt.Key.Key_Down)
    QTest.keyClick(reader, Qt.Key.Key_Down)
    assert "Passage 2 of 5" in in_sight(pane)


def test_warnings_and_failure_are_said_in_words(library: Library) -> None:
    row = a_document_row(
        0,
        status=DocumentStatus.FAILED,
        error="The file is damaged.",
        warnings=("scanned_pages:3,4", "made_up:7"),
    )
    library.overview = an_overview((row,))
    pane = library.open()
    choose(pane, 0)
    words = in_sight(pane)
    assert "The file is damaged." in words
    assert "likely scans: 3, 4." in words
    assert "made up:7" in words
    button(pane, "Try again").click()
    assert library.bridge.asked(teach.reindex_document) == [((document_id(0),), {})]


def test_every_warning_of_the_engine_has_words() -> None:
    unknown = [each for each in reasons.ReadWarning if "check: " in warning_words(each)]
    assert unknown == []


def test_every_refusal_of_the_engine_is_said_in_french(
    speak: Callable[[str], None],
) -> None:
    speak("fr")
    errors = [refusals.refusal(reason) for reason in refusals._WORDS]
    # A limit in the sentence makes it another one with each limit.
    said = [text for e in errors for text in (e.title, e.next_step) if "than" not in text]
    assert [text for text in said if in_our_words(text) == text] == []


def test_document_is_removed_only_after_a_question(library: Library) -> None:
    pane = library.open()
    choose(pane, 0)
    press(pane, "remove")
    question = child(pane, Confirm)
    assert "Delivery and shipping costs" in question.windowTitle()
    assert library.bridge.asked(teach.remove_document) == []
    button(question, "Remove").click()
    assert library.bridge.asked(teach.remove_document) == [((document_id(0),), {})]


def test_original_is_saved_where_the_person_says(library: Library, tmp_path: Path) -> None:
    pane = library.open()
    choose(pane, 0)
    button(pane, "Save original…").click()
    dialog = child(pane, QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "copy.md"))
    dialog.close()
    assert (tmp_path / "copy.md").read_bytes() == b"bytes"


def test_original_that_is_not_kept_is_explained(library: Library, tmp_path: Path) -> None:
    error = NotFound(
        "The original file of this document is not kept here.", "Add it again."
    )
    library.bridge.refuses(knowledge.original, error)
    pane = library.open()
    choose(pane, 0)
    child(pane, DocumentPage)._place.chosen.emit(str(tmp_path / "x"))
    assert "not kept here" in toasts(pane)[0]


def test_change_keeps_the_choice_and_the_place_in_the_text(library: Library) -> None:
    pane = library.open()
    choose(pane, 1)
    reader = child(pane, TextReader)
    reader.resize(500, 120)
    reader.verticalScrollBar().setValue(90)
    before = reader.verticalScrollBar().value()
    rows = (a_document_row(7, title="A first one"), *library.overview.documents)
    library.show(an_overview(rows, library.overview.entries))
    assert listed(pane)[0] == "A first one"
    assert rows_of(pane).chosen_id() == document_id(1)
    assert reader.verticalScrollBar().value() == before


def test_document_that_is_read_in_shows_its_progress(library: Library) -> None:
    pane = library.open()
    choose(pane, 0)
    going = DocumentStatus.PROCESSING
    library.show(
        with_document(library.overview, 0, status=going, chunks_done=2, chunks_total=5)
    )
    spoken = rows_of(pane).model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Reading in, 40%" in spoken
    button(pane, "Stop").click()
    assert library.bridge.asked(teach.cancel_document) == [((document_id(0),), {})]


def test_document_that_is_gone_leaves_the_right_side(library: Library) -> None:
    pane = library.open()
    choose(pane, 0)
    library.show(an_overview(library.overview.documents[1:]))
    assert not child(pane, TextReader).isVisible()
    assert "What the assistant knows" in in_sight(pane)


def test_resync_reads_everything_again(library: Library) -> None:
    pane = library.open()
    library.overview = an_overview((a_document_row(3, title="Only this"),))
    library.feed.resync.emit()
    assert listed(pane) == ["Only this"]


def test_list_that_cannot_be_read_offers_to_try_again(library: Library) -> None:
    library.bridge.refuses(knowledge.overview, DatabaseDown("Away."))
    pane = library.open()
    again = button(pane, "Try again")
    library.bridge.answers(knowledge.overview, library.overview)
    again.click()
    assert len(listed(pane)) == 2


def test_list_says_that_it_is_being_read(library: Library) -> None:
    library.bridge.holds(knowledge.overview)
    pane = library.open()
    assert "Reading what you know…" in in_sight(pane)
    library.bridge.release(knowledge.overview)
    assert len(listed(pane)) == 2


def test_empty_knowledge_base_says_what_to_drop(library: Library) -> None:
    library.overview = an_overview()
    pane = library.open()
    assert "Drop your documents here" in in_sight(pane)


def test_agent_is_not_asked_to_drop_anything(library: Library) -> None:
    library.overview = an_overview(can_change=False)
    pane = library.open()
    assert "No documents yet" in in_sight(pane)
    assert not has_button(pane, "Choose files…")


def test_agent_sees_everything_and_changes_nothing(library: Library) -> None:
    library.overview = replace(library.overview, can_change=False)
    library.review = a_review(conflicts=(a_conflict(),))
    pane = library.open()
    choose(pane, 0)
    reason = "Only owners and admins change the knowledge base."
    for words in ("Read in again", "Remove"):
        assert not button(pane, words).isEnabled()
        assert button(pane, words).accessibleDescription() == reason
    assert button(pane, "Save original…").isEnabled()
    press(pane, "remove")
    press(pane, "new")
    child(pane, AddButton).paths_chosen.emit(["/nowhere.pdf"])
    assert reason in toasts(pane)
    show(pane, "faq")
    choose(pane, 0)
    fields = [f for f in pane.findChildren(QPlainTextEdit) if f.isVisible()]
    assert all(field.isReadOnly() for field in fields)
    assert not has_button(pane, "Remove this way to ask: Is there wifi?")
    show(pane, "review")
    choose(pane, 1)
    assert not button(pane, "They do not contradict").isEnabled()
    asked = (teach.remove_document, teach.add_file, phrase.add_faq)
    assert [library.bridge.asked(action) for action in asked] == [[], [], []]


def test_refusal_is_told_and_gives_the_control_back(library: Library) -> None:
    library.bridge.refuses(teach.reindex_document, Refused("No.", "Ask somebody."))
    pane = library.open()
    choose(pane, 0)
    button(pane, "Read in again").click()
    assert toasts(pane) == ["No. Ask somebody."]
    assert button(pane, "Read in again").isEnabled()


def test_models_keep_the_promises_of_qt(library: Library) -> None:
    library.review = a_review(conflicts=(a_conflict(), a_conflict(1)))
    pane = library.open()
    model = rows_of(pane).model()
    strict = QAbstractItemModelTester.FailureReportingMode.Fatal
    tester = QAbstractItemModelTester(model, strict)
    library.show(an_overview((a_document_row(5, title="Z"), *library.overview.documents)))
    library.show(an_overview(library.overview.documents[::-1]))
    show(pane, "review")
    library.review = a_review(conflicts=(a_conflict(1),))
    library.feed.resync.emit()
    assert tester.model() is model


KINDS = (QAbstractButton, QLineEdit, QPlainTextEdit, QAbstractItemView, QComboBox)


@pytest.mark.parametrize("code", ["en", "fr"])
def test_every_control_of_every_page_has_a_name(
    code: str, speak: Callable[[str], None], library: Library
) -> None:
    speak(code)
    library.review = a_review(conflicts=(a_conflict(),), expired=(an_expired(),))
    pane = library.open()
    nameless: list[QWidget] = []
    for key, at in (("documents", 0), ("faq", 0), ("review", 1), ("review", 3)):
        show(pane, key)
        choose(pane, at)
        nameless += [each for each in controls(pane) if not spoken(each)]
    assert [*map(type, nameless)] == []


@pytest.mark.parametrize("key", ["documents", "faq", "review"])
def test_french_pane_says_nothing_in_english(
    key: str, speak: Callable[[str], None], library: Library
) -> None:
    library.review = a_review(conflicts=(a_conflict(),), expired=(an_expired(),))
    said: list[set[str]] = []
    for code in ("en", "fr"):
        speak(code)
        pane = library.open()
        show(pane, key)
        choose(pane, 1)
        said.append(set(in_sight(pane).splitlines()))
        pane.hide()
    theirs = [
        "Delivery",
        "delivery",
        "Dogs",
        "wifi",
        "laptops",
        "on site",
        "Can I work",
        "€",
        "English",
        "Home",
        "Returns",
    ]
    ours = {
        each
        for each in said[0] & said[1]
        if any(len(word) > 2 and word.isalpha() for word in each.split())
        and not any(word in each for word in theirs)
    }
    assert ours <= {"Documents", "FAQ", "QUESTION", "Question", "DOCX"}


def controls(pane: QWidget) -> list[QWidget]:
    found = [each for kind in KINDS for each in pane.findChildren(kind)]
    return [e for e in found if e.isVisible() and not isinstance(e.parent(), QLineEdit)]


def spoken(widget: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def test_pane_speaks_french_with_its_plurals(
    speak: Callable[[str], None], library: Library
) -> None:
    speak("fr")
    library.overview = an_overview(
        (a_document_row(0, 1), a_document_row(1, 2)), (an_entry_row(0),)
    )
    pane = library.open()
    rows = rows_of(pane).model()
    said = [rows.index(at, 0).data(Qt.ItemDataRole.AccessibleTextRole) for at in (0, 1)]
    assert "1 utilisation" in said[0]
    assert "2 utilisations" in said[1]
    assert "Prêt" in said[0]
    assert has_button(pane, "À revoir")


def test_name_of_a_stranger_keeps_nothing_of_a_path() -> None:
    assert plain_name("../..\\evil/.bashrc") == "bashrc"
    assert plain_name("tarifs/pro 2026.xlsx") == "pro 2026.xlsx"
