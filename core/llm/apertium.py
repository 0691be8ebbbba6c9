"""Turn short texts into rough English with Apertium, where this machine has it.

Apertium and its language data are programs of their own (GPL), installed by whoever wants
them and never shipped by us. Each direction is a chain of small programs that stay up: a
text goes in ended by a zero byte and comes out the same way, in 2 ms where starting them
anew takes 200. They are told nothing but the text and have nothing but their data.
"""

from __future__ import annotations

import asyncio
import re
import shlex
import shutil
import subprocess
import threading
from collections.abc import AsyncIterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from core import logs
from core.domain.errors import ModelDown

PACKAGES = ("apertium", "apertium-fr-es", "apertium-eng-spa")
"""What Debian and Ubuntu call the programs and the data."""
WAYS: Mapping[str, tuple[str, ...]] = {"es": ("spa-eng",), "fr": ("fr-es", "spa-eng")}
"""The directions that lead to English; there is no direct one from French."""
FOLDERS = (Path("/usr/share/apertium/modes"), Path("/usr/local/share/apertium/modes"))
ANSWER_SECONDS = 10.0
"""A chain that is longer at one text hangs; it is started anew."""

_log = logs.logger(__name__)


def modes_folder(folders: tuple[Path, ...] = FOLDERS) -> Path | None:
    """Return the folder that describes every direction we need, if there is one."""
    needed = {direction for way in WAYS.values() for direction in way}
    for folder in folders:
        chains = [_mode_file(folder, direction) for direction in needed]
        if all(file.is_file() and _runnable(file) for file in chains):
            return folder
    return None


class Translator:
    """Translates in a thread per direction; its methods may be called from any loop."""

    def __init__(self, folder: Path) -> None:
        """Describe the chains; each is started at its first text."""
        self._chains = {
            direction: _Chain(_commands(_mode_file(folder, direction)))
            for way in WAYS.values()
            for direction in way
        }

    @classmethod
    @asynccontextmanager
    async def open(cls, folder: Path) -> AsyncIterator[Translator]:
        """Give a translator over the directions in `folder`; end its processes after use."""
        translator = cls(folder)
        try:
            yield translator
        finally:
            await asyncio.to_thread(translator.close)

    async def english(self, text: str, lang_code: str) -> str:
        """Return the text in English, or as it is where no way leads there.

        Words that Apertium does not know stay as they are.

        Raises:
            ModelDown: its programs fail or hang; they are started anew for the next text.
        """
        for direction in WAYS.get(lang_code, ()):
            text = await self._chains[direction].ask(text)
        return text

    def close(self) -> None:
        """End the processes and their threads."""
        for chain in self._chains.values():
            chain.close()


_SPECIAL = re.compile(r"[\[\]{}^$@/\\<>]")
"""What has a meaning in Apertium's stream format is sent behind a backslash."""
_ESCAPED = re.compile(r"\\(.)")
_END = ".[][]\n"
"""A full stop of our own, so that the last sentence is one; cut off again."""


@dataclass(frozen=True, slots=True)
class _Running:
    programs: list[subprocess.Popen[bytes]]

    def translate(self, text: str) -> str:
        """Return what comes out for one text; raises `OSError` when the chain is broken."""
        questions, answers = self.programs[0].stdin, self.programs[-1].stdout
        if questions is None or answers is None:
            raise OSError("no pipes")
        questions.write((_SPECIAL.sub(r"\\\g<0>", text) + _END).encode() + b"\0")
        questions.flush()
        out = bytearray()
        while not out.endswith(b"\0"):
            part = answers.read1(65536)  # type: ignore[attr-defined] # Popen's are buffered
            if not part:
                raise OSError("the chain has ended")
            out += part
        said, _, _ = out[:-1].decode("utf-8", "replace").partition("[][]")
        return _ESCAPED.sub(r"\1", said.removesuffix("."))

    def end(self) -> None:
        """Kill every program; a read that waits for one ends at once."""
        for program in self.programs:
            program.kill()
        for program in self.programs:
            program.wait()
            for pipe in (program.stdin, program.stdout):
                if pipe is not None:
                    with suppress(OSError):  # what was still to be written is of no use
                        pipe.close()


class _Chain:
    """One direction, whichever processes run it just now."""

    def __init__(self, commands: list[list[str]]) -> None:
        self._commands = commands
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="translator")
        self._guard = threading.Lock()
        self._running: _Running | None = None
        self._closed = False

    async def ask(self, text: str) -> str:
        plain = " ".join(text.replace("\0", " ").split())
        if not plain:
            return plain
        asked = self._thread.submit(
            self._translate, plain.encode("utf-8", "replace").decode()
        )
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                return await asyncio.wrap_future(asked)
        except TimeoutError as error:
            self._drop()
            raise ModelDown(
                "Apertium does not answer.", "It is started anew; try again."
            ) from error

    def _translate(self, text: str) -> str:
        try:
            return self._up().translate(text)
        except OSError as error:
            _log.info("translator.ended", error=str(error))
            self._drop()
            raise ModelDown(
                "Apertium stopped while it was translating.",
                f"If it happens again, reinstall {', '.join(PACKAGES)}.",
            ) from error

    def _up(self) -> _Running:
        with self._guard:
            if self._closed:
                raise OSError("closed")
            if self._running is None:
                self._running = _started(self._commands)
            return self._running

    def _drop(self) -> None:
        with self._guard:
            running, self._running = self._running, None
        if running is not None:
            running.end()

    def close(self) -> None:
        """End the processes first: the thread may be waiting for them."""
        with self._guard:
            self._closed = True
        self._drop()
        self._thread.shutdown(cancel_futures=True)


def _started(commands: list[list[str]]) -> _Running:
    programs: list[subprocess.Popen[bytes]] = []
    try:
        for command in commands:
            before = programs[-1].stdout if programs else subprocess.PIPE
            programs.append(
                subprocess.Popen(  # noqa: S603 -- from a file of the system's, no shell
                    command,
                    stdin=before,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    env={"LC_ALL": "C.UTF-8"},
                    start_new_session=True,  # Ctrl-C is for us; it ends with its input
                )
            )
            if len(programs) > 1 and (handed_on := programs[-2].stdout) is not None:
                handed_on.close()
    except OSError:
        _Running(programs).end()
        raise
    return _Running(programs)


def _commands(file: Path) -> list[list[str]]:
    """Return the programs of a direction with their arguments, told to flush after a zero.

    A mode file is a line of shell: programs joined by `|`, with two variables that
    Apertium's own script fills, here so that unknown words carry no mark.
    """
    commands: list[list[str]] = [[]]
    for word in shlex.split(file.read_text("utf-8")):
        if word == "|":
            commands.append([])
        elif word != "$2":
            commands[-1].append("-n" if word == "$1" else word)
    return [
        [shutil.which(program) or program, "-z", *arguments]
        for program, *arguments in commands
    ]


def _mode_file(folder: Path, direction: str) -> Path:
    return folder / f"{direction}.mode"


def _runnable(file: Path) -> bool:
    return all(Path(program).is_file() for program, *_ in _commands(file))
