"""`demo`: a small café-roastery whose customers write, without any account or key."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from core import paths
from core.actions import demo
from core.actions.demo import Loaded
from core.cli import indexing
from core.cli.running import Json, at_pace, run, show, signed_in
from core.cli.serve import sandbox_url, stop_at_end_of_stdin
from core.cli.verdicts import Judge
from core.clock import SystemClock
from core.config.secret import Secret
from core.config.settings import Settings
from core.config.vault import open_vault
from core.engine import COMPANION, Engine, Overrides, Part, open_engine
from core.sandbox.accounts import SandboxConfig, read_accounts
from core.sandbox.commenters import run_commenters
from core.sandbox.customers import OnWritten, Pace, PlayedConversation, run_customers
from core.sandbox.sandbox import Sandbox
from core.sandbox.script import ScriptedConversation, read_posts, read_script
from core.sandbox.server import open_sandbox
from core.sandbox.whatsapp_state import read_templates
from core.store.pool import Login
from core.web.webhooks import SANDBOX_SECRET

app = typer.Typer(help="Try the product without any account.", no_args_is_help=True)

_TOKEN = "sandbox/token"  # noqa: S105 - the secret's name in the vault
_PAUSE = 0.8
_GAPS = 0.25
"""Bursts are typed as much faster as the assistant is made to wait less."""


def folder() -> Path:
    """Return the folder of the demo's content."""
    return paths.resources_dir() / "demo"


@app.command("load")
def load(as_json: Json = False) -> None:
    """Fill the inbox with the demo's channels, documents, FAQ and rules."""

    async def work(own: Settings) -> Loaded:
        async with signed_in(own, Part.KNOWLEDGE) as engine:
            return await _load(own, engine, sandbox_url(own))

    loaded = run(work)
    show(
        loaded,
        lambda: (
            f"{loaded.channels} channels, {len(loaded.documents)} documents, "
            f"{loaded.faq_entries} FAQ entries."
        ),
        as_json=as_json,
    )


async def _load(own: Settings, engine: Engine, url: str) -> Loaded:
    """Load the demo and wait until its documents can be quoted."""
    token = open_vault(own.secrets_dir, own.vault_key).get_or_create(_TOKEN)
    async with indexing.working(own, engine.kit):
        loaded = await demo.load(engine.kit, folder(), base_url=url, token=token)
        await indexing.until_indexed(engine.kit, loaded.documents)
    return loaded


@app.command("run")
def run_(
    pace: Annotated[
        float, typer.Option(min=0.1, max=20.0, help="Conversations begun per second.")
    ] = 4.0,
    as_json: Json = False,
) -> None:
    """Let the demo's customers write, and print what the assistant decides for each."""

    async def work(own: Settings) -> bool:
        return await _play(
            own, Pace(starts_per_second=pace, gap_scale=_GAPS), as_json=as_json
        )

    if not run(work):
        raise typer.Exit(1)


async def _play(own: Settings, pace: Pace, *, as_json: bool) -> bool:
    """Play the script against a whole companion in this process; True if none was lost."""
    own = replace(at_pace(own, pause=_PAUSE), port=0)
    async with _sandbox(own, port=0) as sandbox:
        overrides = Overrides(loopback=(sandbox.url,))
        async with (
            open_engine(own, COMPANION, overrides=overrides) as companion,
            open_engine(
                own,
                frozenset({Part.KNOWLEDGE, Part.RELAY}),
                login=Login.MEMBER,
                overrides=Overrides(
                    embedder=companion.kit.embedder, standbys=companion.kit.standbys
                ),
            ) as member,
        ):
            await _load(own, member, sandbox.url)
            sandbox.listen_at(f"{companion.web_url}/webhooks")
            judge = Judge(member.kit, as_json=as_json)
            script = read_script(folder() / "conversations.json")
            async with judge.watching(len(script)) as watched:
                await _write(sandbox, script, pace, judge.expect)
                await watched
    return judge.complete


async def _write(
    sandbox: Sandbox,
    script: tuple[ScriptedConversation, ...],
    pace: Pace,
    on_written: OnWritten,
) -> None:
    """Let everybody write, and comment under the business's posts meanwhile."""
    posts = read_posts(folder() / "posts.json")
    async with asyncio.TaskGroup() as group:
        group.create_task(
            run_customers(script, write=sandbox.write, on_written=on_written, pace=pace)
        )
        group.create_task(run_commenters(posts, stage=sandbox, pace=pace))


@asynccontextmanager
async def _sandbox(own: Settings, *, port: int) -> AsyncIterator[Sandbox]:
    vault = open_vault(own.secrets_dir, own.vault_key)
    config = SandboxConfig(
        app_secret=vault.get_or_create(SANDBOX_SECRET).reveal(),
        now=SystemClock().now,
        accounts=read_accounts(
            folder() / "channels.json", vault.get_or_create(_TOKEN).reveal()
        ),
        templates=read_templates(folder() / "templates.json"),
        port=port,
    )
    async with open_sandbox(config) as sandbox:
        yield sandbox


@app.command("customers")
def customers(
    pace: Annotated[float, typer.Option(min=0.05, max=20.0)] = 0.5,
    exit_with_stdin: Annotated[
        bool, typer.Option("--exit-with-stdin", hidden=True)
    ] = False,
) -> None:
    """Play the platform and its customers for a companion that runs with `serve --demo`."""

    async def work(own: Settings) -> None:
        stop = asyncio.Event()
        if exit_with_stdin:
            stop_at_end_of_stdin(stop)
        playing = asyncio.create_task(_play_for_companion(own, pace))
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait({playing, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if playing.done():
            playing.result()
        playing.cancel()
        await asyncio.gather(playing, return_exceptions=True)

    run(work)


async def _play_for_companion(own: Settings, pace: float) -> None:
    """Be the platform until cancelled: load the demo, let everybody write, keep answering."""
    async with _sandbox(own, port=own.port + 1) as sandbox:
        async with signed_in(own, Part.KNOWLEDGE) as engine:
            await _load(own, engine, sandbox.url)
        sandbox.listen_at(f"http://{own.host}:{own.port}/webhooks")
        script = read_script(folder() / "conversations.json")

        def written(played: PlayedConversation) -> None:
            typer.echo(json.dumps({"written": played.line.key, "arrived": played.arrived}))

        await _write(
            sandbox, script, Pace(starts_per_second=pace, gap_scale=_GAPS), written
        )
        await asyncio.Event().wait()


@app.command("secret")
def secret(as_json: Json = False) -> None:
    """Print the secret that signs webhooks for `/webhooks/sandbox`."""

    async def work(own: Settings) -> Secret:
        return open_vault(own.secrets_dir, own.vault_key).get_or_create(SANDBOX_SECRET)

    found = run(work).reveal()
    show({"secret": found}, lambda: found, as_json=as_json)
