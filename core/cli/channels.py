"""`channels`: the accounts customers write to."""

import asyncio
import contextlib
from typing import Annotated
from uuid import UUID

import typer

from core.actions import configure, connect, log_in, sync_templates
from core.actions.log_in import Connected, Pasted, Wanted
from core.cli.channel_lines import listed, report
from core.cli.channel_login import through_browser, told
from core.cli.running import Json, run, show, signed_in
from core.config.secret import Secret
from core.config.settings import Settings
from core.domain.channel import AssistantMode, PlatformName
from core.domain.errors import Unavailable
from core.domain.ids import ChannelId
from core.engine import Part
from core.kit import Kit
from core.notices import Subscription
from core.queries import channels, templates
from core.queries.channels import ChannelRow
from core.queries.templates import Templates

app = typer.Typer(help="Connect accounts and see how they are.", no_args_is_help=True)

_LOOK_SECONDS = 60.0
Login = Annotated[
    bool, typer.Option("--login", help="Log in with a browser instead of pasting a token.")
]


@app.command("add")
def add(  # noqa: PLR0913 - an option for each thing one may say
    platform: PlatformName,
    account_id: Annotated[
        str | None, typer.Argument(help="The account's id at the platform.")
    ] = None,
    name: Annotated[str, typer.Option(help="What to call it here.")] = "",
    base_url: Annotated[
        str | None, typer.Option(help="Another API base, such as a sandbox's.")
    ] = None,
    mode: AssistantMode = AssistantMode.DRAFT,
    login: Login = False,
    flavour: Annotated[str | None, typer.Option(help="Which of its logins.")] = None,
    other_id: Annotated[
        list[str] | None, typer.Option("--id", help="Another id, as waba_id=102290…")
    ] = None,
    as_json: Json = False,
) -> None:
    """Connect an account: by a login, or by an access token read from standard input."""
    ids = _ids(other_id or [])
    if login:
        wanted = Wanted(platform=platform, flavour=flavour, base_url=base_url)

        async def work(own: Settings) -> Connected:
            async with signed_in(own) as engine:
                attempt = await log_in.begin(engine.kit, wanted)
                return await through_browser(engine.kit, attempt, account_id, mode)

    else:
        if account_id is None:
            raise typer.BadParameter("the account's id is needed with a pasted token")
        pasted = Pasted(
            platform=platform,
            account_id=account_id,
            token=_read_token(),
            name=name,
            base_url=base_url,
            mode=mode,
            ids=ids,
        )

        async def work(own: Settings) -> Connected:
            async with signed_in(own) as engine:
                return await log_in.paste(engine.kit, pasted)

    connected = run(work)
    show(connected, lambda: told(connected), as_json=as_json)


@app.command("reconnect")
def reconnect(channel: UUID, login: Login = False, as_json: Json = False) -> None:
    """Sign a channel in again: by a login, or by a token read from standard input."""
    token = None if login else _read_token()

    async def work(own: Settings) -> Connected:
        async with signed_in(own) as engine:
            kit, channel_id = engine.kit, ChannelId(channel)
            if token is not None:
                return await log_in.paste_again(kit, channel_id, token)
            attempt = await log_in.begin_again(kit, channel_id)
            return await through_browser(kit, attempt, None, AssistantMode.DRAFT)

    connected = run(work)
    show(connected, lambda: told(connected), as_json=as_json)


@app.command("list")
def list_(as_json: Json = False) -> None:
    """List the channels, when something last arrived on each, and how it is."""

    async def work(own: Settings) -> tuple[ChannelRow, ...]:
        async with signed_in(own) as engine:
            return (await channels.overview(engine.kit)).rows

    found = run(work)
    show(
        found, lambda: "\n".join(map(listed, found)) or "No channels yet.", as_json=as_json
    )


@app.command("test")
def look(channel: UUID, as_json: Json = False) -> None:
    """Have the companion look at a channel: token, permissions, subscription, address."""

    async def work(own: Settings) -> ChannelRow:
        async with signed_in(own, Part.RELAY) as engine:
            return await looked_at(engine.kit, ChannelId(channel))

    row = run(work)
    show(row, lambda: report(row), as_json=as_json)


async def looked_at(kit: Kit, channel: ChannelId) -> ChannelRow:
    """Return how a channel is once a companion has looked at it anew.

    Raises:
        NotFound: there is no such channel.
        Unavailable: no companion runs, or the platform takes too long.
    """
    before = (await channels.one(kit, channel)).looked_at
    with kit.notices.subscribed() as news:
        await connect.test(kit, channel)
        try:
            async with asyncio.timeout(_LOOK_SECONDS):
                while (row := await channels.one(kit, channel)).looked_at == before:
                    await _next_or_tick(news)
        except TimeoutError:
            raise Unavailable(
                "No companion has looked at the channel within a minute.",
                "Start one with `serve`, then try again.",
            ) from None
    return row


async def _next_or_tick(news: Subscription) -> None:
    """Wait for a notice, or a second: the relay may begin to listen after it was sent."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(1.0):
            await news.next()


@app.command("remove")
def remove(
    channel: UUID,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: Json = False,
) -> None:
    """Take a channel out of use: its token is deleted, its conversations are kept."""
    if not yes:
        typer.confirm(
            "Nothing will arrive or be sent there any more. Remove it?", abort=True
        )

    async def work(own: Settings) -> None:
        async with signed_in(own) as engine:
            await connect.remove(engine.kit, ChannelId(channel))

    run(work)
    show(
        {"removed": channel},
        lambda: "Removed; a companion ends its subscription and deletes its token.",
        as_json=as_json,
    )


@app.command("seen")
def seen(channel: UUID, as_json: Json = False) -> None:
    """Say that you know of a channel's possible gaps."""

    async def work(own: Settings) -> None:
        async with signed_in(own) as engine:
            await connect.acknowledge_gaps(engine.kit, ChannelId(channel))

    run(work)
    show({"seen": channel}, lambda: "Noted.", as_json=as_json)


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


def _read_token() -> Secret:
    token = typer.get_text_stream("stdin").readline().strip()
    if not token:
        raise typer.BadParameter("the access token is expected on standard input")
    return Secret(token)


def _ids(given: list[str]) -> dict[str, str]:
    pairs = [each.partition("=") for each in given]
    if not all(name and value for name, _, value in pairs):
        raise typer.BadParameter("write other ids as name=value")
    return {name: value for name, _, value in pairs}


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
