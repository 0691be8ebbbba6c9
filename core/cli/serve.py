"""`serve`: the companion, until it is told to stop."""

import asyncio
import contextlib
import os
import signal
import sys
import threading
from collections.abc import Iterable
from dataclasses import replace
from typing import Annotated

import typer

from core import garbage, logs
from core.cli.running import at_pace, run
from core.config.settings import Settings
from core.engine import LOOPS, Overrides, Part, open_engine
from core.store.embedded_locks import FileLock
from core.store.pool import Login

_log = logs.logger(__name__)

DEMO_PAUSE = 1.2
"""Seconds of quiet before the assistant answers in the demo: people there are watching."""


def serve(
    loops: Annotated[
        str, typer.Option(help="Work to do here: " + ", ".join(sorted(LOOPS)) + ", or all.")
    ] = "all",
    demo: Annotated[
        bool, typer.Option("--demo", help="Talk to the sandbox of `demo customers`.")
    ] = False,
    exit_with_stdin: Annotated[
        bool,
        typer.Option(
            "--exit-with-stdin", hidden=True, help="Stop when standard input ends."
        ),
    ] = False,
) -> None:
    """Receive webhooks, answer, and send what is in the outbox, until stopped."""
    parts = _parts(loops)
    garbage.collect_seldom()

    async def work(own: Settings) -> None:
        await _serve(own, parts, demo=demo, exit_with_stdin=exit_with_stdin)

    run(work, quiet=False)


def _parts(loops: str) -> frozenset[Part]:
    """Return the parts behind `--loops`; who receives also listens and ticks."""
    if loops == "all":
        chosen = LOOPS
    else:
        names = {name.strip() for name in loops.split(",") if name.strip()}
        unknown = names - {part.value for part in LOOPS}
        if unknown or not names:
            known = ", ".join(sorted(LOOPS))
            raise typer.BadParameter(
                f"unknown loop {', '.join(sorted(unknown)) or '(none)'}; there are: {known}"
            )
        chosen = frozenset(Part(name) for name in names)
    return chosen | {Part.WEB, Part.TICKER} if Part.INBOUND in chosen else chosen


def sandbox_url(own: Settings) -> str:
    """Return where the demo's sandbox listens: the port after the companion's."""
    return f"http://127.0.0.1:{own.port + 1}"


async def _serve(
    own: Settings, parts: frozenset[Part], *, demo: bool, exit_with_stdin: bool
) -> None:
    login = Login.ASSISTANT if parts == {Part.ASSISTANT} else Login.SERVICE
    overrides = Overrides()
    if demo:
        own = at_pace(own, pause=DEMO_PAUSE)
        overrides = replace(overrides, loopback=(sandbox_url(own),))
    own.home.mkdir(parents=True, exist_ok=True)
    lock = FileLock(own.home / f"companion-{'-'.join(sorted(parts))}.lock")
    if not lock.try_exclusive():
        typer.echo("A companion of this home is running already; nothing to do.")
        return
    try:
        stop = asyncio.Event()
        _stop_on_signals(stop)
        if exit_with_stdin:
            stop_at_end_of_stdin(stop)
        async with open_engine(own, parts, login=login, overrides=overrides) as engine:
            if engine.web_url is not None:
                typer.echo(f"Listening on {engine.web_url}")
            stopping = asyncio.create_task(stop.wait())
            running = asyncio.create_task(engine.run())
            await asyncio.wait({stopping, running}, return_when=asyncio.FIRST_COMPLETED)
            for task in (stopping, running):
                task.cancel()
            await asyncio.gather(stopping, return_exceptions=True)
            await _outcome(running)
    finally:
        lock.release()


async def _outcome(running: asyncio.Task[None]) -> None:
    """Raise what the engine died of, if it died."""
    try:
        await running
    except asyncio.CancelledError:
        return


def _stop_on_signals(stop: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()
    for wanted in _signals():
        if sys.platform == "win32":
            signal.signal(wanted, lambda *_: loop.call_soon_threadsafe(stop.set))
        else:
            loop.add_signal_handler(wanted, stop.set)


def _signals() -> Iterable[signal.Signals]:
    return (signal.SIGINT, signal.SIGTERM)


def stop_at_end_of_stdin(stop: asyncio.Event) -> None:
    """Stop when whoever started us goes away, however it went: its pipe ends with it."""
    loop = asyncio.get_running_loop()
    stdin = sys.stdin.fileno()

    def wait() -> None:
        # The descriptor itself: a buffered reader is locked while it waits, and an
        # interpreter that ends meanwhile aborts over that lock.
        while os.read(stdin, 4096):
            pass
        with contextlib.suppress(RuntimeError):  # the loop has ended by itself
            loop.call_soon_threadsafe(stop.set)

    threading.Thread(target=wait, name="stdin watch", daemon=True).start()
