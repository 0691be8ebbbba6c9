"""The window of a long list: what it asks, keeps and lets go, and that nothing jumps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication

from desktop.models.row_model import ROW_ROLE, RowModel
from desktop.models.row_window import Direction, Page, PageRequest, WindowSizes
from desktop.widgets.row_list import RowList

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

ROW_HEIGHT = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    id: int
    at: float
    words: str = ""


class Archive:
    """A list of any size that answers requests at once, newest first."""

    def __init__(self, model: RowModel[Line], size: int) -> None:
        self.model = model
        self.size = size
        self.answered = 0

    def answer(self, request: PageRequest) -> None:
        self.answered += 1
        self.model.splice(self.page(request))

    def page(self, request: PageRequest) -> Page[Line]:
        # Line n has key n; the newest is size - 1.
        if request.direction is Direction.OLDER:
            top = self.size if request.cursor is None else request.cursor
            bottom = max(0, top - request.limit)
            complete = bottom == 0
        else:
            assert request.cursor is not None
            bottom = request.cursor + 1
            top = min(self.size, bottom + request.limit)
            complete = top == self.size
        rows = [Line(id=n, at=n) for n in range(top - 1, bottom - 1, -1)]
        return Page(request=request, rows=rows, complete=complete)


def make_model(sizes: WindowSizes | None = None) -> RowModel[Line]:
    return RowModel(
        key=lambda line: line.at, describe=lambda line: f"line {line.id}", sizes=sizes
    )


def ids(model: RowModel[Line]) -> list[int]:
    return [model.index(row, 0).data(ROW_ROLE).id for row in range(model.rowCount())]


@pytest.fixture
def model(qapp: QApplication) -> RowModel[Line]:
    made = make_model(WindowSizes(held=50, page=10, prefetch=12))
    made.setParent(qapp)
    # Fatal: a broken promise to the views fails the test there and then.
    QAbstractItemModelTester(
        made, QAbstractItemModelTester.FailureReportingMode.Fatal, made
    )
    return made


@pytest.fixture
def requests(model: RowModel[Line]) -> list[PageRequest]:
    asked: list[PageRequest] = []
    model.page_wanted.connect(asked.append)
    return asked


@pytest.fixture
def archive(model: RowModel[Line]) -> Archive:
    made = Archive(model, 1_000)
    model.page_wanted.connect(made.answer)
    return made


def test_reset_asks_for_the_newest_page(
    model: RowModel[Line], requests: list[PageRequest]
) -> None:
    model.reset()
    assert [(r.direction, r.cursor, r.limit) for r in requests] == [
        (Direction.OLDER, None, 10)
    ]


@pytest.mark.usefixtures("archive")
def test_first_page_is_shown_newest_first(model: RowModel[Line]) -> None:
    model.reset()
    assert ids(model)[:3] == [999, 998, 997]
    assert model.at_newest()


@pytest.mark.usefixtures("archive")
def test_nearing_the_bottom_asks_beyond_the_last_row(
    model: RowModel[Line], requests: list[PageRequest]
) -> None:
    model.reset()
    requests.clear()
    last = model.rowCount() - 1
    model.look_at(last - 5, last)
    assert requests[0].direction is Direction.OLDER


def test_one_request_at_a_time_and_direction(
    model: RowModel[Line], requests: list[PageRequest]
) -> None:
    model.reset()
    model.look_at(0, 5)
    model.look_at(0, 6)
    assert len(requests) == 1


@pytest.mark.usefixtures("archive")
def test_window_never_holds_more_than_its_size_plus_a_page(model: RowModel[Line]) -> None:
    model.reset()
    for _ in range(200):
        last = model.rowCount() - 1
        model.look_at(last - 5, last)
    assert model.rowCount() <= 60
    assert not model.at_newest()


@pytest.mark.usefixtures("archive")
def test_rows_let_go_come_back_in_order(model: RowModel[Line]) -> None:
    model.reset()
    for _ in range(40):
        last = model.rowCount() - 1
        model.look_at(last - 5, last)
    for _ in range(80):
        model.look_at(0, 5)
    assert model.at_newest()
    assert ids(model) == list(range(999, 999 - model.rowCount(), -1))


def test_answer_asked_before_a_reset_is_dropped(
    model: RowModel[Line], requests: list[PageRequest]
) -> None:
    model.reset()
    late = requests[0]
    model.reset()
    model.splice(Page(request=late, rows=[Line(id=1, at=1)], complete=True))
    assert model.rowCount() == 0


def test_answer_for_an_edge_that_was_let_go_is_dropped(
    model: RowModel[Line], archive: Archive, requests: list[PageRequest]
) -> None:
    model.reset()
    for _ in range(20):
        last = model.rowCount() - 1
        model.look_at(last - 5, last)
    model.page_wanted.disconnect(archive.answer)
    requests.clear()
    model.look_at(0, 5)
    newer = next(r for r in requests if r.direction is Direction.NEWER)
    last = model.rowCount() - 1
    model.look_at(last - 5, last)
    older = next(r for r in requests if r.direction is Direction.OLDER)
    model.splice(archive.page(older))
    before = ids(model)
    model.splice(archive.page(newer))
    assert ids(model) == before


def test_failed_request_is_asked_again_at_the_next_look(
    model: RowModel[Line], archive: Archive, requests: list[PageRequest]
) -> None:
    model.reset()
    model.page_wanted.disconnect(archive.answer)
    requests.clear()
    last = model.rowCount() - 1
    model.look_at(last - 5, last)
    model.give_up(requests[0])
    model.look_at(last - 5, last)
    assert len(requests) == 2
    assert requests[0].ticket != requests[1].ticket


@pytest.mark.usefixtures("archive")
def test_new_row_enters_at_the_top(model: RowModel[Line]) -> None:
    model.reset()
    model.upsert(Line(id=5_000, at=5_000))
    assert ids(model)[:2] == [5_000, 999]


@pytest.mark.usefixtures("archive")
def test_row_beyond_an_unreached_end_is_not_shown(model: RowModel[Line]) -> None:
    model.reset()
    count = model.rowCount()
    model.upsert(Line(id=5_000, at=1))
    assert model.rowCount() == count


@pytest.mark.usefixtures("archive")
def test_changed_row_keeps_its_place_and_says_so(
    model: RowModel[Line], qtbot: QtBot
) -> None:
    model.reset()
    with qtbot.wait_signal(model.dataChanged):
        model.upsert(Line(id=998, at=998, words="edited"))
    row = model.row_at(1)
    assert row is not None
    assert row.words == "edited"


@pytest.mark.usefixtures("archive")
def test_row_with_a_newer_key_moves_to_the_top(model: RowModel[Line], qtbot: QtBot) -> None:
    model.reset()
    with qtbot.wait_signal(model.rowsMoved):
        model.upsert(Line(id=995, at=2_000))
    assert ids(model)[:5] == [995, 999, 998, 997, 996]


@pytest.mark.usefixtures("archive")
def test_row_with_an_older_key_moves_down(model: RowModel[Line]) -> None:
    model.reset()
    model.upsert(Line(id=998, at=996.5))
    assert ids(model)[:4] == [999, 997, 998, 996]


@pytest.mark.usefixtures("archive")
def test_row_that_falls_below_the_window_leaves_it(model: RowModel[Line]) -> None:
    model.reset()
    model.upsert(Line(id=999, at=-1_000))
    assert 999 not in ids(model)


@pytest.mark.usefixtures("archive")
def test_removed_row_leaves(model: RowModel[Line]) -> None:
    model.reset()
    model.remove(998)
    assert ids(model)[:2] == [999, 997]


def test_row_removed_while_its_page_travels_does_not_appear(
    model: RowModel[Line], requests: list[PageRequest]
) -> None:
    model.reset()
    model.remove(2)
    rows = [Line(id=3, at=3), Line(id=2, at=2)]
    model.splice(Page(request=requests[0], rows=rows, complete=True))
    assert ids(model) == [3]


@pytest.mark.usefixtures("archive")
def test_row_known_already_is_not_doubled_by_a_page(model: RowModel[Line]) -> None:
    model.reset()
    model.upsert(Line(id=900, at=3_000))
    for _ in range(12):
        last = model.rowCount() - 1
        model.look_at(last - 20, last)
    assert len(ids(model)) == len(set(ids(model)))


@pytest.mark.usefixtures("archive")
def test_description_is_what_a_screen_reader_says(model: RowModel[Line]) -> None:
    model.reset()
    assert model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "line 999"


# With the view


@pytest.fixture
def shown(qtbot: QtBot) -> tuple[RowList, RowModel[Line], Archive]:
    model = make_model()
    view = RowList("Lines")
    qtbot.addWidget(view)
    view.set_row_delegate(view.itemDelegate(), ROW_HEIGHT)
    view.set_rows(model, model.at_newest)
    view.range_shown.connect(model.look_at)
    archive = Archive(model, 1_000_000)
    model.page_wanted.connect(archive.answer)
    view.resize(300, 600)
    view.show()
    qtbot.waitExposed(view)
    model.reset()
    return view, model, archive


def top_of(view: RowList) -> tuple[int, int]:
    index = view.indexAt(QPoint(1, 0))
    return index.data(ROW_ROLE).id, view.visualRect(index).top()


def test_no_anchor_jump_in_a_thousand_steps_over_a_million_rows(
    shown: tuple[RowList, RowModel[Line], Archive],
) -> None:
    view, model, archive = shown
    bar = view.verticalScrollBar()
    jumps = 0
    for step in range(1_000):
        down = step % 250 < 200
        delta = 370 if down else -410
        row, top = top_of(view)
        position = (999_999 - row) * ROW_HEIGHT - top
        bar.setValue(bar.value() + delta)
        row, top = top_of(view)
        moved = (999_999 - row) * ROW_HEIGHT - top - position
        jumps += moved != max(delta, -position)
    assert jumps == 0
    assert archive.answered > 20
    assert model.rowCount() <= 600


def test_reader_at_the_top_sees_a_new_row(
    shown: tuple[RowList, RowModel[Line], Archive],
) -> None:
    view, model, _ = shown
    model.upsert(Line(id=2_000_000, at=2_000_000))
    assert top_of(view) == (2_000_000, 0)


def test_reader_in_the_middle_is_not_moved_by_a_new_row(
    shown: tuple[RowList, RowModel[Line], Archive],
) -> None:
    view, model, _ = shown
    view.verticalScrollBar().setValue(1_015)
    before = top_of(view)
    model.upsert(Line(id=2_000_000, at=2_000_000))
    assert top_of(view) == before


def test_reader_keeps_its_place_when_the_top_row_moves_away(
    shown: tuple[RowList, RowModel[Line], Archive],
) -> None:
    view, model, _ = shown
    view.verticalScrollBar().setValue(1_015)
    row, _top = top_of(view)
    model.upsert(Line(id=row, at=3_000_000))
    assert top_of(view) == (row - 1, -15)


def test_keys_j_and_k_choose_rows(shown: tuple[RowList, RowModel[Line], Archive]) -> None:
    view, _, _ = shown
    heard: list[object] = []
    view.chosen.connect(heard.append)
    for key in (Qt.Key.Key_J, Qt.Key.Key_J, Qt.Key.Key_K):
        QTest.keyClick(view, key)
    assert heard == [999_999, 999_998, 999_999]


def test_rows_coming_and_going_choose_nothing(
    shown: tuple[RowList, RowModel[Line], Archive],
) -> None:
    view, model, _ = shown
    QTest.keyClick(view, Qt.Key.Key_J)
    heard: list[object] = []
    view.chosen.connect(heard.append)
    model.remove(999_999)
    model.upsert(Line(id=999_998, at=4_000_000))
    assert heard == []
    assert view.chosen_id() == 999_999


def test_chosen_row_is_marked_again_when_it_returns(
    shown: tuple[RowList, RowModel[Line], Archive],
) -> None:
    view, model, _ = shown
    QTest.keyClick(view, Qt.Key.Key_J)
    model.remove(999_999)
    assert not view.currentIndex().isValid()
    model.upsert(Line(id=999_999, at=5_000_000))
    assert view.currentIndex().data(ROW_ROLE).id == 999_999


def test_enter_opens_the_current_row(
    shown: tuple[RowList, RowModel[Line], Archive], qtbot: QtBot
) -> None:
    view, _, _ = shown
    QTest.keyClick(view, Qt.Key.Key_J)
    with qtbot.wait_signal(view.opened) as opened:
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert opened.args == [999_999]
