"""The text surface, and the small widgets that the knowledge pane is made of."""

from dataclasses import dataclass
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop.models.list_model import ListModel
from desktop.widgets.emphasis import MarkedWords, matching_words
from desktop.widgets.line_list import LineList
from desktop.widgets.text_pieces import LONGEST, NO_SECTION, Section, Span, TextPieces
from desktop.widgets.text_reader import TextReader

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

TEXT = (
    "# Prices ☕🚚\n\nDoor: €5.90 🎉 a parcel.\nLong "
    + "word " * 900
    + "\n\nشحن 🚚 إلى المغرب\n"
)


def sections_of(text: str, *starts: int) -> list[Section]:
    ends = [*starts[1:], len(text)]
    return [
        Section(start=start, end=end, number=str(number + 1))
        for number, (start, end) in enumerate(zip(starts, ends, strict=True))
    ]


def a_reader(qtbot: QtBot, text: str, *starts: int) -> TextReader:
    reader = TextReader("Text")
    qtbot.addWidget(reader)
    reader.resize(640, 300)
    reader.show()
    reader.show_text(text, sections_of(text, *starts) if starts else [])
    return reader


def test_pieces_hold_every_letter_once() -> None:
    pieces = TextPieces(TEXT, sections_of(TEXT, 12, 40))
    held = "".join(pieces.shown(at) for at in range(len(pieces)))
    assert held.replace("\n", "") == TEXT.replace("\n", "")
    assert max(pieces.lengths()) <= LONGEST


def test_sections_may_leave_gaps_and_overlap() -> None:
    text = "before first second behind"
    marked = [
        Section(start=7, end=16, number="1"),
        Section(start=13, end=19, number="2"),
    ]
    pieces = TextPieces(text, marked)
    found = [(pieces.section(at), pieces.shown(at)) for at in range(len(pieces))]
    assert found == [
        (NO_SECTION, "before "),
        (0, "first "),
        (1, "second"),
        (NO_SECTION, " behind"),
    ]


@given(st.text(alphabet="aé☕🚚\n م", max_size=200), st.data())
def test_mark_covers_exactly_the_span(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    pieces = TextPieces(text)
    marked = ""
    for at in range(len(pieces)):
        part = pieces.within(at, Span(start=start, end=end))
        if part is not None:
            units = pieces.shown(at).encode("utf-16-le")
            cut = units[part[0] * 2 : (part[0] + part[1]) * 2]
            marked += cut.decode("utf-16-le")
    whole_is_shown = not text.isspace()
    assert not whole_is_shown or marked == text[start:end].replace("\n", "")


def test_span_behind_emoji_is_marked_exactly_and_brought_into_sight(qtbot: QtBot) -> None:
    reader = a_reader(qtbot, TEXT, 0, TEXT.index("Long"), TEXT.index("شحن"))
    for words in ("€5.90 🎉", "إلى", "☕🚚"):
        start = TEXT.index(words)
        reader.show_span(Span(start=start, end=start + len(words)))
        assert reader.marked_words() == [words]
    start = TEXT.index("شحن")
    reader.show_span(Span(start=start, end=start + 3))
    assert 2 in {reader.section_at(y) for y in range(0, 300, 10)}


def test_disguising_characters_are_not_laid_out(qtbot: QtBot) -> None:
    reader = a_reader(qtbot, "safe \u202egnp.exe")
    reader.show_span(Span(start=6, end=13))
    assert reader.marked_words() == ["gnp.exe"]
    assert "\u202e" not in reader._column.layout(0).text()


def test_two_megabytes_open_at_once(qtbot: QtBot) -> None:
    block = "Delivery to your door costs €5.90 ☕ and takes three days. " * 9 + "\n\n"
    text = block * (2_000_000 // len(block.encode()) + 1)
    reader = a_reader(qtbot, "nothing yet")
    marked = sections_of(text, *range(0, len(text), len(block) * 2))
    started = perf_counter()
    reader.show_text(text, marked)
    reader.grab()
    taken = perf_counter() - started
    assert len(marked) > 1_500
    # 35 ms where it was written; the bound leaves room for a machine at work.
    assert taken < 1.0


def test_scrolling_back_up_does_not_jump(qtbot: QtBot) -> None:
    text = "\n".join(f"{number}: " + "word " * (number % 40) for number in range(400))
    reader = a_reader(qtbot, text)
    bar = reader.verticalScrollBar()
    bar.setValue(bar.maximum())
    for _ in range(30):
        index = reader._column.index_at(bar.value() + 100)
        before = reader._column.top(index) - bar.value()
        bar.setValue(bar.value() - 60)
        assert reader._column.top(index) - bar.value() - before == 60


def test_sections_are_walked_and_copied_with_the_keyboard(qtbot: QtBot) -> None:
    reader = a_reader(qtbot, TEXT, 0, TEXT.index("Long"))
    with qtbot.waitSignal(reader.section_chosen) as chosen:
        QTest.keyClick(reader, Qt.Key.Key_Down)
    assert chosen.args == [0]
    QTest.keyClick(reader, Qt.Key.Key_Down)
    QTest.keyClick(reader, Qt.Key.Key_Down)
    assert reader.current() == 1
    QTest.keyClick(reader, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == TEXT[TEXT.index("Long") :]


def test_section_under_the_mouse_is_chosen(qtbot: QtBot) -> None:
    reader = a_reader(qtbot, "one\ntwo\n", 0, 4)
    view = reader.viewport()
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(40, 20))
    assert reader.current() == 0
    below = QPoint(40, reader._column.top(1) + 20)
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=below)
    assert reader.current() == 1


def test_page_keys_and_ends_of_the_text(qtbot: QtBot) -> None:
    reader = a_reader(qtbot, TEXT)
    bar = reader.verticalScrollBar()
    QTest.keyClick(reader, Qt.Key.Key_End)
    assert bar.value() == bar.maximum() > 0
    QTest.keyClick(reader, Qt.Key.Key_PageUp)
    assert bar.value() < bar.maximum()
    QTest.keyClick(reader, Qt.Key.Key_Home)
    assert bar.value() == 0


def test_screen_reader_walks_the_sections(qtbot: QtBot) -> None:
    reader = a_reader(qtbot, "one\ntwo\n", 0, 4)
    view = QAccessible.queryAccessibleInterface(reader)
    assert view.role() == QAccessible.Role.List
    assert view.childCount() == 2
    item = view.child(1)
    assert item.text(QAccessible.Text.Name) == "2, two\n"
    assert item.rect().width() > 0
    assert view.indexOfChild(item) == 1
    assert item.parent().object() is reader


def test_words_are_matched_in_other_forms_and_without_accents() -> None:
    text = "Les livraisons gratuites dès 45 €, livrées à l'été."
    found = [
        text[a:b] for a, b in matching_words(text, "Quelle livraison gratuite ete 45 ?")
    ]
    assert found == ["livraisons", "gratuites", "45", "été"]


def test_everyday_words_of_a_question_are_not_matched() -> None:
    assert matching_words("what the courier does", "What does the price cost?") == []


def test_bold_words_keep_their_place_behind_emoji(qtbot: QtBot) -> None:
    words = MarkedWords(2)
    qtbot.addWidget(words)
    text = "☕🚚 price: five 🎉 euros " + "and more " * 200
    words.show_words(text, matching_words(text, "euros price"))
    assert words.bold_words() == ["price", "euros"]
    assert words.heightForWidth(300) == 2 * words.minimumSizeHint().height()
    words.resize(300, words.heightForWidth(300))
    assert not words.grab().isNull()


def test_lines_are_added_pasted_and_removed(qtbot: QtBot) -> None:
    lines = LineList("Way", "Remove", "Add, then Enter")
    qtbot.addWidget(lines)
    lines.show()
    lines.show_texts(("one",))
    add = next(f for f in lines.findChildren(QLineEdit) if f.accessibleName() != "Way")
    QTest.keyClicks(add, "two")
    with qtbot.waitSignal(lines.changed):
        QTest.keyClick(add, Qt.Key.Key_Return)
    QGuiApplication.clipboard().setText("three\nONE\n\nfour")
    QTest.keyClick(add, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert lines.texts() == ("one", "two", "three", "four")
    lines._lines[1].remove.click()
    QTest.keyClicks(add, "typed")
    assert lines.texts() == ("one", "three", "four", "typed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row of the list that is tested."""

    id: int
    words: str = ""


ids = st.lists(st.integers(0, 12), unique=True, max_size=8)


@given(before=ids, after=ids)
def test_list_becomes_the_newer_reading_step_by_step(
    before: list[int], after: list[int]
) -> None:
    model: ListModel[Line] = ListModel(lambda row: row.words)
    strict = QAbstractItemModelTester.FailureReportingMode.Fatal
    tester = QAbstractItemModelTester(model, strict)
    model.start_over([Line(id=number) for number in before])
    model.lay_over([Line(id=number, words="new") for number in after])
    rows = [model.row_at(at) for at in range(model.rowCount())]
    assert rows == [Line(id=number, words="new") for number in after]
    assert tester.model() is model
