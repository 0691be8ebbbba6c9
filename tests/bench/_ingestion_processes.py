"""What this process and those around it take: memory at its peak, and processor time.

Read from /proc. Processor time tells more than the clock on a machine that others use too:
what a page costs divides two cores whether or not we had both of them.
"""

import os
import re
import resource
import threading
from pathlib import Path
from time import process_time
from typing import Self

_PEAK = re.compile(r"VmHWM:\s+(\d+) kB")
_TICKS = os.sysconf("SC_CLK_TCK")
_MARKS = {"embed_worker": "embedding_worker", "reading.child": "reading_child"}


class MemoryWatch:
    """Looks at the children again and again while its block runs: some live briefly."""

    def __init__(self, pause: float) -> None:
        self.peaks_mb: dict[str, float] = {}
        self._pause = pause
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look_on, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()
        self._note("own_process", os.getpid())

    def _look_on(self) -> None:
        while not self._over.wait(self._pause):
            for child in _children(os.getpid()):
                name = _name_of(child)
                if name is not None:
                    self._note(name, child)

    def _note(self, name: str, pid: int) -> None:
        found = _PEAK.search(_read(f"/proc/{pid}/status"))
        if found is not None:
            peak = round(int(found[1]) / 1024, 1)
            self.peaks_mb[name] = max(peak, self.peaks_mb.get(name, 0.0))


def processor_seconds(data_dir: Path) -> dict[str, float]:
    """Return what was used so far, here and by the server of the given data."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    worker = [pid for pid in _children(os.getpid()) if _name_of(pid) == "embedding_worker"]
    server = int(_read(f"{data_dir}/postmaster.pid").split("\n", 1)[0] or 0)
    return {
        "own_process": process_time(),
        "reading_children": ended.ru_utime + ended.ru_stime,
        "embedding_worker": sum(map(_seconds_of, worker)),
        "postgres": sum(map(_seconds_of, (server, *_children(server)))),
    }


def _seconds_of(pid: int) -> float:
    """Return the time of a process and of those of its children that have ended."""
    fields = _read(f"/proc/{pid}/stat").rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / _TICKS


def _children(pid: int) -> list[int]:
    """Return the processes that any thread of this one has started."""
    found: list[int] = []
    tasks = Path(f"/proc/{pid}/task")
    for task in tasks.iterdir() if tasks.is_dir() else ():
        found += map(int, _read(f"{task}/children").split())
    return found


def _name_of(pid: int) -> str | None:
    command = _read(f"/proc/{pid}/cmdline")
    return next((name for mark, name in _MARKS.items() if mark in command), None)


def _read(file: str) -> str:
    """Return a file of /proc, or nothing when its process has just ended."""
    try:
        return Path(file).read_text("utf-8", "replace")
    except OSError:
        return ""
