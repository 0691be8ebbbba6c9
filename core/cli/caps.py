"""`rules caps`: how far the assistant may go in a day and a month."""

from collections.abc import Sequence
from dataclasses import asdict, fields, replace
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any

import typer

from core.actions import limit
from core.cli.running import Json, run, show, signed_in
from core.config.settings import Settings
from core.queries import caps as caps_query
from core.queries.caps import Caps, Standing

_NAMES = tuple(field.name for field in fields(Caps))


def caps(
    changes: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME=VALUE]...", help=", ".join(_NAMES))
    ] = None,
    as_json: Json = False,
) -> None:
    """Show the assistant's caps, or set those that are named; the others stay."""
    wanted = _read(changes or ())

    async def work(own: Settings) -> Standing:
        async with signed_in(own) as engine:
            standing = await caps_query.current(engine.kit)
            if wanted:
                await limit.set_caps(engine.kit, replace(standing.caps, **wanted))
                standing = await caps_query.current(engine.kit)
            return standing

    found = run(work)
    as_values = {"caps": asdict(found.caps), "used": asdict(found.used)}
    show(as_values, lambda: in_words(found), as_json=as_json)


def in_words(standing: Standing) -> str:
    """Return the caps as lines, each with what the inbox has used of it."""
    lines = []
    for name in _NAMES:
        used = "" if "customer" in name else f" ({getattr(standing.used, name)} used)"
        lines.append(f"{name}: {getattr(standing.caps, name)}{used}")
    return "\n".join(lines)


def _read(changes: Sequence[str]) -> dict[str, Any]:
    wanted: dict[str, Any] = {}
    for change in changes:
        name, _, value = change.partition("=")
        if name not in _NAMES:
            raise typer.BadParameter(
                f"“{change}” names no cap; use NAME=VALUE with {', '.join(_NAMES)}"
            )
        try:
            wanted[name] = Decimal(value) if name.startswith("usd") else int(value)
        except (InvalidOperation, ValueError) as error:
            raise typer.BadParameter(f"“{value}” is not a number ({name})") from error
    return wanted
