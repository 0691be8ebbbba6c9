"""Calls cross from the UI thread to the engine's and back, with four endings."""

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest
import shiboken6
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from core.domain.errors import AlreadyDecided, DatabaseDown, SocialSyncError
from desktop.bridge.call import EngineBridge
from desktop.bridge.garbage import GarbageOnUiThread
from desktop.bridge.report import Crash, Report
from desktop.bridge.thread import EngineThread, first_cause
from desktop.bridge.trouble import Trouble

if TYPE_CHECKING:
    from core.kit import Kit

pytestmark = pytest.mark.usefixtures("garbage_stays_here")

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def noon() -> datetime:
    return NOON


class FakeKit:
    """Collects what the engine's side saw."""

    def __init__(self) -> None:
        self.threads: list[str] = []
        self.began = threading.Event()
        self.was_cancelled = threading.Event()
        self.closed = threading.Event()


class Listener(QObject):
    """Keeps what arrived, and in which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.answers: list[Any] = []
        self.errors: list[SocialSyncError] = []
        self.endings = 0
        self.threads: set[str] = set()

    def on_answer(self, answer: Any, *context: Any) -> None:
        self.threads.add(threading.current_thread().name)
        self.answers.append((answer, *context) if context else answer)

    def on_error(self, error: SocialSyncError) -> None:
        self.errors.append(error)

    def on_ended(self) -> None:
        self.endings += 1


async def double(kit: "Kit", number: int, *, plus: int = 0) -> int:
    cast(FakeKit, kit).threads.append(threading.current_thread().name)
    return number * 2 + plus


async def refuse(_kit: "Kit") -> None:
    raise AlreadyDecided("Decided already.")


async def crash(_kit: "Kit") -> None:
    raise ZeroDivisionError("Bonjour, ma commande")


async def wait_forever(kit: "Kit") -> None:
    fake = cast(FakeKit, kit)
    fake.began.set()
    try:
        await asyncio.Event().wait()
    except asyncio.CancelledError:
        fake.was_cancelled.set()
        raise


@pytest.fixture
def garbage_stays_here(qapp: QObject) -> Iterator[None]:
    """What earlier tests left behind must not be destroyed by this test's thread."""
    garbage = GarbageOnUiThread(qapp)
    garbage.start()
    yield
    garbage.stop()


@pytest.fixture
def kit() -> FakeKit:
    return FakeKit()


@pytest.fixture
def report(tmp_path: Path) -> Report:
    return Report(tmp_path / "crashes", noon)


@pytest.fixture
def engine(qtbot: QtBot, kit: FakeKit) -> Iterator[EngineThread]:
    @asynccontextmanager
    async def open_kit() -> AsyncIterator["Kit"]:
        try:
            yield cast("Kit", kit)
        finally:
            kit.closed.set()

    thread = EngineThread(open_kit)
    with qtbot.waitSignal(thread.opened):
        thread.start()
    yield thread
    assert thread.stop()


@pytest.fixture
def bridge(engine: EngineThread, report: Report) -> EngineBridge:
    return EngineBridge(engine, report, noon)


def test_answer_is_made_in_the_engine_and_heard_in_the_ui_thread(
    qtbot: QtBot, bridge: EngineBridge, kit: FakeKit
) -> None:
    listener = Listener()
    bridge.ask(listener, double, 20, plus=2).then(listener.on_answer)
    qtbot.waitUntil(lambda: listener.answers == [42])
    assert kit.threads == ["engine"]
    assert listener.threads == {threading.main_thread().name}


def test_context_travels_with_the_answer(qtbot: QtBot, bridge: EngineBridge) -> None:
    listener = Listener()
    bridge.ask(listener, double, 1).then(listener.on_answer, "ticket", 7)
    qtbot.waitUntil(lambda: listener.answers == [(2, "ticket", 7)])


def test_foreseen_error_reaches_its_listener_and_not_the_report(
    qtbot: QtBot, bridge: EngineBridge, report: Report
) -> None:
    listener = Listener()
    troubles: list[Trouble] = []
    report.troubled.connect(troubles.append)
    bridge.ask(listener, refuse).failed(listener.on_error).ended(listener.on_ended)
    qtbot.waitUntil(lambda: listener.endings == 1)
    assert [type(error) for error in listener.errors] == [AlreadyDecided]
    assert troubles == []


def test_foreseen_error_without_listener_is_reported_in_words(
    qtbot: QtBot, bridge: EngineBridge, report: Report
) -> None:
    with qtbot.waitSignal(report.troubled) as heard:
        bridge.ask(report, refuse)
    trouble = heard.args[0]
    assert trouble.title == "Somebody has already decided this suggestion"
    assert trouble.detail == "Decided already."


def test_bug_is_written_down_without_the_words_of_the_error(
    qtbot: QtBot, bridge: EngineBridge, report: Report
) -> None:
    listener = Listener()
    with qtbot.waitSignal(report.crashed_badly) as heard:
        bridge.ask(listener, crash).failed(listener.on_error)
    told: Crash = heard.args[0]
    assert told.path is not None
    written = told.path.read_text("utf-8")
    assert "ZeroDivisionError" in written
    assert "in crash" in written
    assert "Bonjour" not in written
    assert listener.errors == []


def test_same_bug_is_told_once(qtbot: QtBot, bridge: EngineBridge, report: Report) -> None:
    told: list[Crash] = []
    report.crashed_badly.connect(told.append)
    listener = Listener()
    for _ in range(3):
        bridge.ask(listener, crash).ended(listener.on_ended)
    qtbot.waitUntil(lambda: listener.endings == 3)
    assert len(told) == 1


def test_answer_for_a_deleted_receiver_is_dropped(
    qtbot: QtBot, bridge: EngineBridge
) -> None:
    gone, here = Listener(), Listener()
    bridge.ask(gone, double, 1).then(gone.on_answer)
    shiboken6.delete(gone)
    bridge.ask(here, double, 2).then(here.on_answer)
    qtbot.waitUntil(lambda: here.answers == [4])
    assert gone.answers == []


def test_call_does_not_keep_its_receiver_alive(qtbot: QtBot, bridge: EngineBridge) -> None:
    here = Listener()
    call = bridge.ask(Listener(), double, 1)
    bridge.ask(here, double, 2).then(here.on_answer)
    qtbot.waitUntil(lambda: here.answers == [4])
    assert call.is_over


def test_cancelled_call_ends_the_work_and_tells_nobody(
    qtbot: QtBot, bridge: EngineBridge, kit: FakeKit
) -> None:
    listener = Listener()
    call = (
        bridge.ask(listener, wait_forever)
        .then(listener.on_answer)
        .failed(listener.on_error)
        .ended(listener.on_ended)
    )
    assert kit.began.wait(5)
    call.cancel()
    assert kit.was_cancelled.wait(5)
    assert (listener.answers, listener.errors, listener.endings) == ([], [], 1)
    bridge.ask(listener, double, 3).then(listener.on_answer)
    qtbot.waitUntil(lambda: listener.answers == [6])
    assert listener.endings == 1


def test_stop_closes_the_engine_and_ends_the_thread(
    qtbot: QtBot, engine: EngineThread, kit: FakeKit
) -> None:
    with qtbot.waitSignal(engine.ended) as heard:
        assert engine.stop()
    assert kit.closed.is_set()
    assert heard.args == [None]
    assert not engine.is_running


def test_call_in_flight_is_finished_before_the_engine_closes(
    qtbot: QtBot, engine: EngineThread, bridge: EngineBridge, kit: FakeKit
) -> None:
    listener = Listener()
    bridge.ask(listener, double, 4).then(listener.on_answer)
    engine.stop()
    qtbot.waitUntil(lambda: listener.answers == [8])
    assert kit.threads == ["engine"]


def test_call_after_the_end_is_cancelled(
    qtbot: QtBot, engine: EngineThread, bridge: EngineBridge
) -> None:
    engine.stop()
    listener = Listener()
    bridge.ask(listener, double, 4).then(listener.on_answer).ended(listener.on_ended)
    qtbot.waitUntil(lambda: listener.endings == 1)
    assert listener.answers == []


def test_engine_that_does_not_open_tells_why_and_may_be_tried_again(
    qtbot: QtBot, kit: FakeKit
) -> None:
    failures = [DatabaseDown("The server does not start.")]

    @asynccontextmanager
    async def open_kit() -> AsyncIterator["Kit"]:
        if failures:
            raise failures.pop()
        yield cast("Kit", kit)

    thread = EngineThread(open_kit)
    with qtbot.waitSignal(thread.ended) as heard:
        thread.start()
    assert isinstance(heard.args[0], DatabaseDown)
    thread.stop()
    with qtbot.waitSignal(thread.opened) as opened:
        thread.start()
    assert opened.args == [kit]
    assert thread.stop()


def test_foreseen_error_explains_a_group_of_failed_parts() -> None:
    foreseen = DatabaseDown("Away.")
    group = ExceptionGroup("parts", [ValueError(), ExceptionGroup("inner", [foreseen])])
    assert first_cause(group) is foreseen
