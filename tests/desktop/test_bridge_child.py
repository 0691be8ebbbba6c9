"""The companion is started, watched and stopped, with a tiny program in its place."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from pytestqt.qtbot import QtBot
from qasync import QEventLoop

from core import paths
from desktop.bridge.child import Child, ChildState

OBEDIENT = "import sys; print('up', flush=True); sys.stdin.read(); print('bye')"
ONE_OF_TWO = "print('A companion is running already.')"


def companion(tmp_path: Path, program: str) -> Child:
    log = tmp_path / "logs" / "companion.log"
    return Child([sys.executable, "-c", program], folder=tmp_path, log=log, settled_after=1)


def stop(qtbot: QtBot, child: Child) -> None:
    del qtbot  # the fixture owns the application whose loop runs here
    with QEventLoop() as loop:
        loop.run_until_complete(child.stop())


def test_companion_ends_by_itself_when_its_input_closes(
    qtbot: QtBot, tmp_path: Path
) -> None:
    child = companion(tmp_path, OBEDIENT)
    child.start()
    qtbot.waitUntil(lambda: child.state is ChildState.RUNNING)
    log = tmp_path / "logs" / "companion.log"
    qtbot.waitUntil(lambda: log.exists() and "up" in log.read_text())
    stop(qtbot, child)
    assert child.state is ChildState.STOPPED
    assert log.read_text().split() == ["up", "bye"]


def test_killed_companion_is_started_again(qtbot: QtBot, tmp_path: Path) -> None:
    child = companion(tmp_path, OBEDIENT)
    states: list[ChildState] = []
    child.state_changed.connect(states.append)
    child.start()
    qtbot.waitUntil(lambda: child.state is ChildState.RUNNING)
    first = child.pid
    os.kill(first, signal.SIGKILL)
    qtbot.waitUntil(lambda: child.pid not in (0, first))
    qtbot.waitUntil(lambda: child.state is ChildState.RUNNING)
    assert states == [
        ChildState.STARTING,
        ChildState.RUNNING,
        ChildState.RESTARTING,
        ChildState.RUNNING,
    ]
    stop(qtbot, child)


def test_companion_that_finds_another_one_at_work_is_left_alone(
    qtbot: QtBot, tmp_path: Path
) -> None:
    child = companion(tmp_path, ONE_OF_TWO)
    child.start()
    qtbot.waitUntil(lambda: child.state is ChildState.ELSEWHERE)
    stop(qtbot, child)
    assert child.state is ChildState.STOPPED


def test_companion_that_cannot_be_started_is_tried_again(
    qtbot: QtBot, tmp_path: Path
) -> None:
    child = Child(
        [str(tmp_path / "missing")], folder=tmp_path, log=tmp_path / "companion.log"
    )
    child.start()
    qtbot.waitUntil(lambda: child.state is ChildState.RESTARTING)
    stop(qtbot, child)
    assert child.state is ChildState.STOPPED


PARENT = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from core import paths
from desktop.bridge.child import Child

app = QCoreApplication([])
folder = Path(sys.argv[1])
child = Child([sys.executable, "-c", sys.argv[2]], folder=folder, log=folder / "child.log")
child.start()
app.exec()
"""


def test_child_ends_when_its_desktop_is_killed(qtbot: QtBot, tmp_path: Path) -> None:
    desktop = subprocess.Popen(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", PARENT, str(tmp_path), OBEDIENT],
        cwd=paths.installation_dir(),
    )
    log = tmp_path / "child.log"
    qtbot.waitUntil(lambda: log.exists() and "up" in log.read_text(), timeout=20_000)
    desktop.kill()
    desktop.wait()
    qtbot.waitUntil(lambda: "bye" in log.read_text())
    assert log.read_text().split() == ["up", "bye"]
