"""Cyclic garbage is collected where Qt objects may be destroyed."""

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject

from desktop.bridge.garbage import GarbageOnUiThread


class Knot:
    """Refers to itself, so that only the collector can free it; says where it was freed."""

    def __init__(self, freed: list[str]) -> None:
        self.itself = self
        self._freed = freed

    def __del__(self) -> None:
        self._freed.append(threading.current_thread().name)


@pytest.fixture
def garbage(qapp: QObject) -> Iterator[GarbageOnUiThread]:
    made = GarbageOnUiThread(qapp)
    made.start()
    yield made
    made.stop()


def allocate() -> None:
    kept = [[number] for number in range(20_000)]
    assert kept


def test_other_threads_never_collect(garbage: GarbageOnUiThread) -> None:
    freed: list[str] = []
    Knot(freed)
    thread = threading.Thread(target=allocate, name="engine")
    thread.start()
    thread.join()
    assert freed == []
    allocated = [[number] for number in range(20_000)]
    garbage.collect_due()
    assert freed == [threading.main_thread().name]
    assert allocated


def test_automatic_collector_comes_back(garbage: GarbageOnUiThread) -> None:
    assert not gc.isenabled()
    garbage.stop()
    assert gc.isenabled()
