"""Keep other programs of ours running beside a desktop that works alone.

The companion receives and sends; without it the window only shows the past. In the demo a
second one plays the customers. Each is a child process that ends with us: its standard
input is a pipe that we hold open, and it exits when that pipe closes, which the system
sees to even if we are killed. When it dies by itself it is started again, later after
every quick death.
"""

import asyncio
from collections.abc import Sequence
from enum import Enum
from pathlib import Path
from typing import Final

from PySide6.QtCore import QElapsedTimer, QObject, QProcess, QTimer, Signal, Slot

_FIRST_PAUSE: Final = 500
_LONGEST_PAUSE: Final = 30_000
_STAYED_UP: Final = 60_000
"""Milliseconds after which a death counts as a first one again."""
_GIVEN_UP_AFTER: Final = 8
_STOP_PATIENCE: Final = 8.0
"""Seconds to finish a call to a platform before it is cut short."""
_ELSEWHERE_PAUSE: Final = 30_000


class ChildState(Enum):
    """How a child is."""

    STARTING = "starting"
    RUNNING = "running"
    ELSEWHERE = "elsewhere"
    """Another one already does its work for this inbox; tried again from time to time."""
    RESTARTING = "restarting"
    GIVEN_UP = "given up"
    STOPPED = "stopped"


class Child(QObject):
    """Starts, watches and stops one program; lives on the UI thread."""

    state_changed = Signal(object)
    """ChildState; `RUNNING` after `RESTARTING` means that it was restarted."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        folder: Path,
        log: Path,
        settled_after: int = 5_000,
        parent: QObject | None = None,
    ) -> None:
        """Take the command line, the folder to run in, and the file for what it prints.

        After a death it counts as running again once it has lived for `settled_after`
        milliseconds: what dies at every start must not be announced as saved each time.
        """
        super().__init__(parent)
        self._folder = folder
        self._command = tuple(command)
        self._log = log
        self._deaths = 0
        self._stopping = False
        self._state = ChildState.STOPPED
        self._up = QElapsedTimer()
        self._process: QProcess | None = None
        self._ended: asyncio.Event | None = None
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(settled_after)
        self._settling.timeout.connect(self._on_settled)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._launch)

    @property
    def state(self) -> ChildState:
        """Return how it is."""
        return self._state

    @property
    def pid(self) -> int:
        """Return its process id, 0 when it does not run."""
        return 0 if self._process is None else int(self._process.processId())

    def start(self) -> None:
        """Start it, and from now on again whenever it ends by itself."""
        if self._process is not None or self._pause.isActive():
            return
        self._stopping = False
        self._tell(ChildState.STARTING)
        self._launch()

    async def stop(self) -> None:
        """Ask it to finish what it does and wait for its end; kill it if it takes too long.

        Runs on the UI's own loop: the window goes on painting meanwhile.
        """
        self._stopping = True
        self._pause.stop()
        if self._process is None:
            self._tell(ChildState.STOPPED)
            return
        self._ended = asyncio.Event()
        self._process.closeWriteChannel()
        try:
            async with asyncio.timeout(_STOP_PATIENCE):
                await self._ended.wait()
        except TimeoutError:
            self._process.kill()
            await self._ended.wait()

    @Slot()
    def _launch(self) -> None:
        self._log.parent.mkdir(parents=True, exist_ok=True)
        process = QProcess(self)
        process.setWorkingDirectory(str(self._folder))
        process.setStandardOutputFile(str(self._log), QProcess.OpenModeFlag.Append)
        process.setStandardErrorFile(str(self._log), QProcess.OpenModeFlag.Append)
        process.started.connect(self._on_started)
        process.finished.connect(self._on_finished)
        process.errorOccurred.connect(self._on_error)
        self._process = process
        self._up.start()
        process.start(self._command[0], list(self._command[1:]))

    @Slot()
    def _on_started(self) -> None:
        if self._deaths:
            self._settling.start()
        else:
            self._tell(ChildState.RUNNING)

    @Slot()
    def _on_settled(self) -> None:
        if self._process is not None:
            self._tell(ChildState.RUNNING)

    @Slot(int, QProcess.ExitStatus)
    def _on_finished(self, code: int, status: QProcess.ExitStatus) -> None:
        self._forget()
        if self._stopping:
            self._tell(ChildState.STOPPED)
        elif code == 0 and status is QProcess.ExitStatus.NormalExit:
            # Another one of this home is at work, and ours saw no need to stay.
            self._tell(ChildState.ELSEWHERE)
            self._pause.start(_ELSEWHERE_PAUSE)
        else:
            self._again()

    @Slot(QProcess.ProcessError)
    def _on_error(self, error: QProcess.ProcessError) -> None:
        # Every other error is followed by `finished`.
        if error is QProcess.ProcessError.FailedToStart:
            self._forget()
            self._again()

    def _forget(self) -> None:
        self._settling.stop()
        if self._process is not None:
            self._process.deleteLater()
            self._process = None
        if self._ended is not None:
            self._ended.set()

    def _again(self) -> None:
        self._deaths = 1 if self._up.elapsed() > _STAYED_UP else self._deaths + 1
        if self._deaths > _GIVEN_UP_AFTER:
            self._tell(ChildState.GIVEN_UP)
            return
        self._tell(ChildState.RESTARTING)
        self._pause.start(min(_LONGEST_PAUSE, _FIRST_PAUSE * 2 ** (self._deaths - 1)))

    def _tell(self, state: ChildState) -> None:
        if state is not self._state:
            self._state = state
            self.state_changed.emit(state)
