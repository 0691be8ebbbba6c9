"""Keep the process that runs the local model: start it, feed it, replace it when it dies.

Two threads per process stand between it and the event loops: one writes questions, one
reads answers, so nothing here waits in a loop (and none of asyncio's own processes, which
a selector loop on Windows does not have). The process is started at the first question.
"""

import itertools
import subprocess
import sys
import threading
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue
from typing import IO

from core import logs, paths
from core.domain.errors import ModelDown
from core.llm.base import Vector
from core.llm.embed_frames import Question, Reply, Status, Urgency, read_frame

WORKER_OPTION = "--embed-worker"
"""Hidden first argument of the companion: become the worker (bundles have no `-m`)."""
TRIES = 2
"""A question that has seen so many processes die is not asked again."""
_GOODBYE_SECONDS = 2.0

_log = logs.logger(__name__)


def worker_command(folder: Path, indexing: int) -> list[str]:
    """Return the command line of the worker, in a checkout and in a bundle."""
    arguments = [str(folder), str(indexing)]
    if paths.frozen():
        return [*paths.companion_command(), WORKER_OPTION, *arguments]
    return [sys.executable, "-m", "core.llm.embed_worker", *arguments]


@dataclass(slots=True, kw_only=True)
class _Asked:
    """A question under way."""

    number: int
    frame: bytes
    answer: Future[Vector]
    tries: int = 0


@dataclass(slots=True, eq=False)
class _Running:
    """A process, and what it has been asked and not yet answered."""

    process: subprocess.Popen[bytes]
    questions: IO[bytes]
    answers: IO[bytes]
    unanswered: dict[int, _Asked] = field(default_factory=dict)


class ModelProcess:
    """The worker process, whichever it is just now. Its methods may be called anywhere."""

    def __init__(self, command: list[str]) -> None:
        """Remember how a worker is started; nothing runs yet."""
        self._command = command
        self._numbers = itertools.count()
        # A question, a process that has ended, or None: the end of the service.
        self._orders: SimpleQueue[_Asked | _Running | None] = SimpleQueue()
        self._opening = threading.Lock()
        self._feeder: threading.Thread | None = None
        self._running: _Running | None = None
        self._closed = False

    @property
    def pid(self) -> int | None:
        """Return the number of the process that runs, if one does."""
        running = self._running
        return None if running is None else running.process.pid

    def ask(self, text: str, urgency: Urgency) -> Future[Vector]:
        """Return the vector to come.

        It ends in `ModelDown` when no process can answer. Whoever no longer wants it
        cancels; a question that was sent is then answered into the void.
        """
        number = next(self._numbers) & 0xFFFFFFFF
        question = Question(number=number, urgency=urgency, text=text)
        asked = _Asked(number=number, frame=question.pack(), answer=Future())
        with self._opening:
            if self._closed:
                raise _stopped()
            if self._feeder is None:
                self._feeder = threading.Thread(
                    target=self._feed, name="embedder", daemon=True
                )
                self._feeder.start()
            self._orders.put(asked)
        return asked.answer

    def replace(self) -> None:
        """End the process that runs now; its questions are asked again elsewhere."""
        running = self._running
        if running is not None:
            running.process.kill()

    def close(self) -> None:
        """End the process and the threads; what is still unanswered fails."""
        with self._opening:
            self._closed = True
            feeder = self._feeder
            self._orders.put(None)
        if feeder is None:
            return
        feeder.join(2 * _GOODBYE_SECONDS)
        if feeder.is_alive():
            self.replace()  # it is writing to a process that no longer reads
            feeder.join()

    def _feed(self) -> None:
        """Carry out the orders one by one: the feeder's whole life."""
        while (order := self._orders.get()) is not None:
            if isinstance(order, _Asked):
                self._send(order)
            else:
                self._bury(order)
        if self._running is not None:
            self._dismiss(self._running)
        while not self._orders.empty():
            left = self._orders.get()
            if isinstance(left, _Asked):
                _fail(left, _stopped())

    def _send(self, asked: _Asked) -> None:
        if asked.answer.cancelled():
            return
        if self._running is None:
            try:
                self._running = self._start()
            except OSError as error:
                _log.warning("embedder.not_started", error=str(error))
                _fail(asked, _down())
                return
        running = self._running
        asked.tries += 1
        running.unanswered[asked.number] = asked
        try:
            running.questions.write(asked.frame)
            running.questions.flush()
        except OSError:
            return  # it is gone; its reader notices and has this question asked again

    def _start(self) -> _Running:
        process = subprocess.Popen(  # noqa: S603 -- our own program, no shell
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=paths.installation_dir(),
            start_new_session=True,  # Ctrl-C is for us; it ends with its input
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        if process.stdin is None or process.stdout is None:
            raise OSError("no pipes")
        running = _Running(process, process.stdin, process.stdout)
        threading.Thread(
            target=self._read, args=(running,), name="embedder-answers", daemon=True
        ).start()
        return running

    def _read(self, running: _Running) -> None:
        """Hand the answers of one process out until it ends."""
        try:
            while (content := read_frame(running.answers)) is not None:
                reply = Reply.unpack(content)
                asked = running.unanswered.pop(reply.number)
                if reply.status is Status.ANSWERED:
                    _answer(asked, reply.vector)
                else:
                    _fail(asked, _damaged())
        finally:
            self._orders.put(running)

    def _bury(self, ended: _Running) -> None:
        """Note the end of a process, and ask its open questions once more."""
        if ended is self._running:
            self._running = None
        ended.process.kill()  # one that closes its output without ending is no use either
        code = ended.process.wait()
        _release(ended)
        _log.info("embedder.ended", code=code, unanswered=len(ended.unanswered))
        for asked in ended.unanswered.values():
            if asked.tries < TRIES:
                self._send(asked)
            else:
                _fail(asked, _down())

    def _dismiss(self, running: _Running) -> None:
        """End a process that is no longer needed, politely if it listens."""
        self._running = None
        _close(running.questions)
        try:
            running.process.wait(_GOODBYE_SECONDS)
        except subprocess.TimeoutExpired:
            running.process.kill()
            running.process.wait()
        # Its reader has put it among the orders when it has let go of the answers.
        while (order := self._orders.get()) is not running:
            if isinstance(order, _Asked):
                _fail(order, _stopped())
        _release(running)
        for asked in running.unanswered.values():
            _fail(asked, _stopped())


def _answer(asked: _Asked, vector: Vector) -> None:
    if asked.answer.set_running_or_notify_cancel():
        asked.answer.set_result(vector)


def _fail(asked: _Asked, error: ModelDown) -> None:
    if asked.answer.set_running_or_notify_cancel():
        asked.answer.set_exception(error)


def _release(running: _Running) -> None:
    _close(running.questions)
    _close(running.answers)


def _close(stream: IO[bytes]) -> None:
    try:
        stream.close()
    except OSError:
        return  # what was still to be written has nobody to read it


def _down() -> ModelDown:
    return ModelDown(
        "The local model stopped while it was reading.",
        "Close programs that need much memory, and try again.",
    )


def _damaged() -> ModelDown:
    return ModelDown(
        "The local model cannot be loaded.", "Reinstall SocialSync to restore its files."
    )


def _stopped() -> ModelDown:
    return ModelDown("The local model has been closed.")
