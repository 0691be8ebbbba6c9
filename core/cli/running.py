"""What all commands share: a loop, an engine, and one clear line for every error."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import asdict, is_dataclass, replace
from typing import Annotated, Any, NoReturn, TypeVar

import typer

from core import logs
from core.config import settings
from core.config.settings import Settings
from core.domain.errors import SocialSyncError
from core.engine import Engine, Part, open_engine
from core.store.pool import Login

T = TypeVar("T")

Json = Annotated[bool, typer.Option("--json", help="Print JSON, for other programs.")]


def run(work: Callable[[Settings], Coroutine[Any, Any, T]], *, quiet: bool = True) -> T:
    """Run a command's work to its end; a foreseen error is one line and exit code 1.

    `quiet` commands log warnings and above; servers log everything.
    """
    try:
        own = settings.load()
        logs.configure(style=own.log)
        if quiet:
            logs.only_warnings()
        with asyncio.Runner(loop_factory=_loop_factory()) as runner:
            return runner.run(work(own))
    except SocialSyncError as error:
        fail(error)
    except KeyboardInterrupt:
        raise typer.Exit(130) from None


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop]:
    """Return uvloop where it exists, the selector loop elsewhere (psycopg needs one)."""
    if sys.platform == "win32":
        return asyncio.SelectorEventLoop
    import uvloop

    return uvloop.new_event_loop


def fail(error: SocialSyncError) -> NoReturn:
    """Say what went wrong on standard error and end with code 1."""
    typer.echo(f"Error: {error}", err=True)
    raise typer.Exit(1)


@asynccontextmanager
async def signed_in(own: Settings, *parts: Part) -> AsyncIterator[Engine]:
    """Open an engine for the member of this machine."""
    async with open_engine(own, frozenset(parts), login=Login.MEMBER) as engine:
        yield engine


@asynccontextmanager
async def as_service(own: Settings, *parts: Part) -> AsyncIterator[Engine]:
    """Open an engine as the companion does."""
    async with open_engine(own, frozenset(parts), login=Login.SERVICE) as engine:
        yield engine


def show(value: Any, lines: Callable[[], str], *, as_json: bool) -> None:
    """Print a result: as JSON, or in the words `lines` makes."""
    typer.echo(dumped(value) if as_json else lines())


def dumped(value: Any) -> str:
    """Return a value of ours as JSON."""
    return json.dumps(_plain(value), ensure_ascii=False, default=str)


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return _plain(asdict(value))
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value


def at_pace(own: Settings, *, pause: float) -> Settings:
    """Return the settings with the short pauses of a demo."""
    timings = replace(own.timings, burst_pause=pause, burst_cap=pause * 5, poll=1.0)
    return replace(own, timings=timings)
