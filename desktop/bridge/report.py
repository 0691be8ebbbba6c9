"""Tell the person about errors: words for the foreseen, a crash file for bugs.

A crash file names the error's class and the lines of our code it flew through. It never
holds the error's own message: a database's complaint may quote what a customer wrote.
"""

import os
import platform
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Signal, qVersion

from core.domain.errors import SocialSyncError
from desktop.bridge.trouble import Trouble, trouble_of

_KEPT_FILES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Crash:
    """A bug as it is shown: where it was written down, and the text to copy."""

    path: Path | None
    text: str


class Report(QObject):
    """Where every error ends that nobody else handles; lives on the UI thread."""

    troubled = Signal(object)
    """A foreseen error, as Trouble."""
    crashed_badly = Signal(object)
    """A bug, as Crash. The same bug is told once per run, however often it strikes."""

    def __init__(
        self, folder: Path, clock: Callable[[], datetime], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._folder = folder
        self._clock = clock
        self._known: set[str] = set()

    def refused(self, error: SocialSyncError) -> None:
        """Say a foreseen error in words."""
        self.troubled.emit(trouble_of(error))

    def crashed(self, error: BaseException) -> None:
        """Write a bug down and offer it for copying."""
        text = crash_text(error)
        if text in self._known:
            return
        self._known.add(text)
        self.crashed_badly.emit(Crash(path=self._write(text), text=text))

    def ended_with(self, error: BaseException) -> Trouble | None:
        """Report what ended the engine; a foreseen error is returned for the window."""
        if isinstance(error, SocialSyncError):
            return trouble_of(error)
        self.crashed(error)
        return None

    def on_uncaught(
        self, _kind: type[BaseException], error: BaseException, _trace: TracebackType | None
    ) -> None:
        """Take what flew out of a slot; installed as `sys.excepthook` by the app."""
        self.crashed(error)

    def _write(self, text: str) -> Path | None:
        now = self._clock()
        path = self._folder / f"crash-{now:%Y%m%d-%H%M%S-%f}.txt"
        header = f"{now:%Y-%m-%d %H:%M:%S} UTC"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            path.write_text(f"{header}\n{text}", encoding="utf-8")
            os.chmod(path, 0o600)
            for old in sorted(self._folder.glob("crash-*.txt"))[:-_KEPT_FILES]:
                old.unlink(missing_ok=True)
        except OSError:
            # A full disk must not hide the bug: it is still shown and can be copied.
            return None
        return path


def crash_text(error: BaseException) -> str:
    """Return what may be written down about a bug: classes, files and lines, no contents."""
    about = (
        f"Python {platform.python_version()}, Qt {qVersion()}, "
        f"{platform.system()} {platform.release()}"
    )
    return "\n".join([about, "", *_story(error)])


def _story(error: BaseException) -> Iterator[str]:
    for each in _chain(error):
        yield f"{type(each).__module__}.{type(each).__qualname__}"
        for frame in traceback.extract_tb(each.__traceback__):
            yield f"  {frame.filename}:{frame.lineno} in {frame.name}"


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Yield the first cause first, as a traceback would print it; groups opened."""
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None:
        yield from _chain(cause)
    if isinstance(error, BaseExceptionGroup):
        for each in error.exceptions:
            yield from _chain(each)
    yield error
