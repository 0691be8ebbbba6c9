"""`channels`: the accounts customers write to."""

from typing import Annotated
from uuid import UUID

import typer

from core.actions import configure, connect, sync_templates
from core.actions.connect import Account
from core.cli.running import Json, run, show, signed_in
from core.config.secret import Secret
from core.config.settings import Settings
from core.domain.channel import AssistantMode, PlatformName
from core.domain.ids import ChannelId
from core.queries import health, templates
from core.queries.health import ChannelHealth
from core.queries.templates import Templates

app = typer.Typer(help="Connect accounts and see how they are.", no_args_is_help=True)


@app.command("add")
def add(  # noqa: PLR0913 - one option for each thing to know of an account
    platform: PlatformName,
    account_id: Annotated[str, typer.Argument(help="The account's id at the platform.")],
    name: Annotated[str, typer.Option(help="What to call it here.")],
    base_url: Annotated[
        str | None, typer.Option(help="Another API base, such as a sandbox's.")
    ] = None,
    business: Annotated[
        str | None,
        typer.Option(help="The id of the WhatsApp business account, for its notices."),
    ] = None,
    mode: AssistantMode = AssistantMode.DRAFT,
    as_json: Json = False,
) -> None:
    """Connect an account; the access token is read from standard input."""
    token = typer.get_text_stream("stdin").readline().strip()
    if not token:
        raise typer.BadParameter("the access token is expected on standard input")
    account = Account(
        platform=platform,
        account_id=account_id,
        name=name,
        token=Secret(token),
        mode=mode,
        metadata={
            name: noted
            for name, noted in {"base_url": base_url, "waba_id": business}.items()
            if noted
        },
    )

    async def work(own: Settings) -> ChannelId:
        async with signed_in(own) as engine:
            return await connect.channel(engine.kit, account)

    connected = run(work)
    show({"channel_id": connected}, lambda: f"Connected {connected}.", as_json=as_json)


@app.command("list")
def list_(as_json: Json = False) -> None:
    """List the channels and when something last arrived on each."""

    async def work(own: Settings) -> tuple[ChannelHealth, ...]:
        async with signed_in(own) as engine:
            return (await health.overview(engine.kit)).channels

    found = run(work)
    show(found, lambda: "\n".join(map(_line, found)) or "No channels yet.", as_json=as_json)


def _line(channel: ChannelHealth) -> str:
    heard = channel.last_inbound_at
    last = heard.astimezone().strftime("%Y-%m-%d %H:%M") if heard else "never"
    paused = f"  PAUSED: {channel.paused_reason}" if channel.paused_reason else ""
    return (
        f"{channel.id}  {channel.platform:<9}  {channel.status:<8}  assistant {channel.mode:<5}"
        f"  heard {last}  {channel.name}{paused}"
    )


@app.command("templates")
def templates_(
    channel: UUID,
    sync: Annotated[
        bool, typer.Option("--sync", help="Have them read again first.")
    ] = False,
    as_json: Json = False,
) -> None:
    """List the message templates of a channel."""

    async def work(own: Settings) -> Templates:
        async with signed_in(own) as engine:
            if sync:
                await sync_templates.ask(engine.kit, ChannelId(channel))
            return await templates.of_channel(engine.kit, ChannelId(channel))

    found = run(work)

    def words() -> str:
        head = "The companion reads them again now.\n" if sync else ""
        lines = [
            f"{one.status:<9}  {one.language:<6}  {one.name}: {one.body.text}"
            for one in found.templates
        ]
        return head + ("\n".join(lines) or "No templates are known.")

    show(found.templates, words, as_json=as_json)


@app.command("pause")
def pause(channel: UUID, as_json: Json = False) -> None:
    """Hold everything that would be sent on a channel."""

    async def work(own: Settings) -> None:
        async with signed_in(own) as engine:
            await connect.pause(engine.kit, ChannelId(channel))

    run(work)
    show({"paused": channel}, lambda: "Paused.", as_json=as_json)


@app.command("resume")
def resume(channel: UUID, as_json: Json = False) -> None:
    """Let a channel send again."""

    async def work(own: Settings) -> None:
        async with signed_in(own) as engine:
            await connect.resume(engine.kit, ChannelId(channel))

    run(work)
    show({"resumed": channel}, lambda: "Resumed.", as_json=as_json)


@app.command("mode")
def mode(channel: UUID, mode: AssistantMode, as_json: Json = False) -> None:
    """Say what the assistant may do on a channel: off, draft or auto."""

    async def work(own: Settings) -> None:
        async with signed_in(own) as engine:
            await configure.set_mode(engine.kit, ChannelId(channel), mode)

    run(work)
    show(
        {"mode": mode.value},
        lambda: f"The assistant's mode is {mode.value}.",
        as_json=as_json,
    )
