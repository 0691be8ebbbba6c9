"""One home for all commands of a module: the embedded server, held open between calls."""

import asyncio
import json
import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
import structlog

from core import paths
from core.cli import app
from core.domain.ids import TenantId
from core.store.embedded import open_embedded
from tests.crash.processes import Child
from tests.fixtures.homes import clear
from tests.fixtures.inbox import Arrange

RESOURCES = paths.installation_dir() / "resources"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a command printed, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Return what was printed as the one JSON value that it is."""
        assert self.code == 0, self.err
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        """Return what was printed as one JSON value a line."""
        assert self.code == 0, self.err
        return [json.loads(line) for line in self.out.splitlines()]


Call = Callable[..., Said]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home folder whose server runs until the module ends."""
    folder = tmp_path_factory.mktemp("home")
    with asyncio.Runner() as runner:
        stack = AsyncExitStack()
        runner.run(stack.enter_async_context(open_embedded(folder)))
        yield folder
        runner.run(stack.aclose())
    clear(folder)


@pytest.fixture
def call(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Call]:
    """Call the command line with arguments, as `socialsync-headless` does."""
    monkeypatch.setenv("SOCIALSYNC_HOME", str(home))
    monkeypatch.delenv("SOCIALSYNC_DATABASE_URL", raising=False)
    root, logged = logging.getLogger(), structlog.get_config()
    handlers, level = root.handlers[:], root.level

    def called(*arguments: object, stdin: str = "") -> Said:
        monkeypatch.setattr(sys, "argv", ["socialsync-headless", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", _Typed(stdin))
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            app.run()
        printed = capsys.readouterr()
        code = ended.value.code
        return Said(
            code=code if isinstance(code, int) else 0, out=printed.out, err=printed.err
        )

    yield called
    structlog.configure(**logged)
    root.handlers[:] = handlers
    root.setLevel(level)


class _Typed:
    """Standard input with words in it."""

    def __init__(self, words: str) -> None:
        self._words = words.splitlines(keepends=True)

    def readline(self) -> str:
        return self._words.pop(0) if self._words else ""


@pytest.fixture
def arrange_at_home(home: Path, call: Call) -> Iterator[Arrange]:
    """The hand that sets the stage in the home's own inbox."""
    assert call("status").code == 0  # founds the inbox, if this is the first command
    with asyncio.Runner() as runner:
        stack = AsyncExitStack()
        server = runner.run(stack.enter_async_context(open_embedded(home)))
        address = server.conninfo(user=server.superuser, password=server.password)
        with psycopg.connect(address, autocommit=True) as line:
            found = line.execute("select id from users").fetchone()
            assert found is not None
            yield Arrange(line=line, tenant=TenantId(found[0]))
        runner.run(stack.aclose())


TOKEN = "EAAG-token"  # noqa: S105 - the sandbox's, on this machine


@dataclass(frozen=True, slots=True, kw_only=True)
class SandboxAt:
    """A sandbox in a process of its own, and the WhatsApp number it hosts."""

    url: str
    number: str


@pytest.fixture(scope="module")
def sandbox_at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxAt]:
    """Run the sandbox beside the commands, which open the network themselves."""
    log = tmp_path_factory.mktemp("sandbox") / "log"
    child = Child(["-m", "core.sandbox", "--secret", "s", "--token", TOKEN], log)
    try:
        said = asyncio.run(child.said())
        channels = json.loads((RESOURCES / "demo" / "channels.json").read_text("utf-8"))
        number = next(one for one in channels if one["platform"] == "whatsapp")
        yield SandboxAt(url=said["url"], number=number["account_id"])
    finally:
        child.kill()
