"""Logging in to a platform from the terminal: the page's address, then the accounts."""

import sys

import typer

from core.actions import log_in
from core.actions.log_in import Attempt, Connected, Opened
from core.domain.channel import AssistantMode
from core.domain.errors import Refused
from core.kit import Kit


async def through_browser(
    kit: Kit, attempt: Attempt, account_id: str | None, mode: AssistantMode
) -> Connected:
    """Show the page's address, wait for the browser, and connect what is chosen."""
    typer.echo("Open this address in a browser of this machine:", err=True)
    typer.echo(attempt.address, err=True)
    opened = await log_in.finish(kit, attempt)
    return await log_in.choose(kit, opened, account_id or _chosen(opened), mode)


def _chosen(opened: Opened) -> str:
    """Return the account to connect: the only one, or the one somebody types.

    Raises:
        Refused: there are several, and nobody sits here to choose.
    """
    choices = opened.choices
    if len(choices) == 1:
        return choices[0].account_id
    for choice in choices:
        typer.echo(f"  {choice.account_id}  {choice.name}", err=True)
    if not sys.stdin.isatty():
        raise Refused(
            "The login opens several accounts.", "Name one of them as ACCOUNT_ID."
        )
    answer: str = typer.prompt("Which account", err=True)
    return answer.strip()


def told(connected: Connected) -> str:
    """Return what became of it, in words."""
    lines = [f"Connected {connected.channel_id}."]
    if connected.missing:
        uses = ", ".join(use.value for use in connected.lacking)
        lines.append(f"Not given: {', '.join(connected.missing)}. Will not work: {uses}.")
    if connected.subscribed is False:
        lines.append("The platform does not deliver all events yet; see: channels test.")
    return "\n".join(lines)
