"""Where the window is put: where it was, and always on a screen that exists."""

from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.window.place import Place, place_of, put, within
from desktop.window.preferences import Preferences

LEFT, RIGHT = QRect(0, 0, 1400, 900), QRect(1400, 0, 1920, 1080)


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        (QRect(100, 50, 1000, 700), QRect(100, 50, 1000, 700)),
        (QRect(0, 30, 1400, 900), QRect(0, 0, 1400, 900)),
        (QRect(-500, -80, 1000, 700), QRect(0, 0, 1000, 700)),
        (QRect(1300, 40, 1000, 700), QRect(1400, 40, 1000, 700)),
        (QRect(0, 0, 9000, 9000), QRect(1400, 0, 1920, 1080)),
        (QRect(9000, 9000, 1000, 700), QRect(400, 200, 1000, 700)),
    ],
)
def test_window_lies_within_the_screen_it_covers_most(wanted: QRect, given: QRect) -> None:
    assert within(wanted, [LEFT, RIGHT]) == given


def test_window_does_not_drift_from_start_to_start(qtbot: QtBot, tmp_path: Path) -> None:
    Preferences(tmp_path).keep_place(Place(inside=QRect(20, 30, 500, 400)))
    for _start in range(3):
        window = QWidget()
        qtbot.addWidget(window)
        kept = Preferences(tmp_path).place
        assert kept is not None
        put(window, kept)
        window.show()
        Preferences(tmp_path).keep_place(place_of(window))
    assert Preferences(tmp_path).place == Place(inside=QRect(20, 30, 500, 400))


def test_maximized_window_comes_back_maximized(qtbot: QtBot, tmp_path: Path) -> None:
    Preferences(tmp_path).keep_place(
        Place(inside=QRect(20, 30, 500, 400), is_maximized=True)
    )
    window = QWidget()
    qtbot.addWidget(window)
    kept = Preferences(tmp_path).place
    assert kept is not None
    put(window, kept)
    assert window.isMaximized()


def test_first_start_has_no_place(tmp_path: Path) -> None:
    assert Preferences(tmp_path).place is None
