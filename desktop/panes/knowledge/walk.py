"""Find the files in what was dropped, a few milliseconds at a time.

A folder may hold a hundred thousand files: the walk works in slices between the paints of
the window, and stops at a number that nobody drops on purpose. Folders behind links are
not entered, since they may lead in circles. What is hidden is passed over in silence;
what cannot be read here is told, so that nobody looks for it later.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from time import perf_counter
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

ENDINGS: Final = frozenset(
    {
        *("pdf", "docx", "pptx", "xlsx", "csv", "html", "htm", "md", "markdown"),
        *("txt", "rtf", "odt", "epub", "eml"),
    }
)
"""Endings of the kinds that the engine reads; it looks at the bytes itself afterwards."""
MOST_FILES: Final = 2_000

_SLICE_SECONDS: Final = 0.006
_NOISE: Final = frozenset({"thumbs.db", "desktop.ini", "__macosx"})


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFile:
    """A file, and what it will be called."""

    path: str
    name: str
    can_be_read: bool
    """Whether its ending is one of those that the engine reads."""


class FolderWalk(QObject):
    """Walks one drop after the other."""

    found = Signal(list)
    """FoundFiles of one slice."""
    ended = Signal()
    overflowed = Signal()
    """There were more files than anybody drops on purpose; the rest was left out."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: list[Iterator[FoundFile]] = []
        self._count = 0
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._on_turn)

    def is_walking(self) -> bool:
        """Tell whether there is something left to look at."""
        return bool(self._waiting)

    def walk(self, paths: Sequence[str]) -> None:
        """Find the files among `paths` and in the folders among them."""
        self._waiting.append(files_in(paths))
        self._timer.start()

    def stop(self) -> None:
        """Forget what has not been looked at."""
        self._waiting.clear()
        self._end()

    @Slot()
    def _on_turn(self) -> None:
        files = self._slice()
        room = MOST_FILES - self._count
        self._count += len(files[:room])
        if files[:room]:
            self.found.emit(files[:room])
        if len(files) > room:
            self._waiting.clear()
            self.overflowed.emit()
        if not self._waiting:
            self._end()

    def _slice(self) -> list[FoundFile]:
        until = perf_counter() + _SLICE_SECONDS
        files: list[FoundFile] = []
        while self._waiting and perf_counter() < until:
            file = next(self._waiting[0], None)
            if file is None:
                self._waiting.pop(0)
            else:
                files.append(file)
        return files

    def _end(self) -> None:
        self._timer.stop()
        self._count = 0
        self.ended.emit()


def files_in(paths: Sequence[str]) -> Iterator[FoundFile]:
    """Yield the files of a drop: single ones by their name, others from their folder on."""
    singles = [path for path in paths if not os.path.isdir(path)]
    names = [PurePath(path).name for path in singles]
    for path, name in zip(singles, names, strict=True):
        # Two "prices.pdf" out of different folders are two documents, not two versions.
        twin = names.count(name) > 1
        shown = f"{PurePath(path).parent.name}/{name}" if twin else name
        if not _is_hidden(name):
            yield _found(path, shown.lstrip("/"))
    for path in paths:
        if os.path.isdir(path):
            yield from _files_below(Path(path))


def _files_below(top: Path) -> Iterator[FoundFile]:
    base = top.parent
    for folder, inside, files in os.walk(top):
        inside[:] = sorted(name for name in inside if not _is_hidden(name))
        for name in sorted(files):
            if not _is_hidden(name):
                path = Path(folder, name)
                yield _found(str(path), path.relative_to(base).as_posix())


def _found(path: str, name: str) -> FoundFile:
    ending = PurePath(path).suffix.lstrip(".").lower()
    return FoundFile(path=path, name=name, can_be_read=ending in ENDINGS)


def _is_hidden(name: str) -> bool:
    return name.startswith((".", "~$")) or name.lower() in _NOISE
