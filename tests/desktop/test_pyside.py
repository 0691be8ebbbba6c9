"""What the window needs of PySide itself, so that an upgrade that breaks it is seen."""

import sys

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

CALLS = 2_000


def test_calls_that_return_nothing_leave_none_alone(qtbot: QtBot) -> None:
    """Some releases dropped a reference to None per call, until Python aborted at exit."""
    button = QPushButton()
    qtbot.addWidget(button)
    before = sys.getrefcount(None)

    for _ in range(CALLS):
        button.setEnabled(True)

    assert abs(sys.getrefcount(None) - before) < CALLS // 10
