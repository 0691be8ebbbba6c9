"""`kb gaps`: what customers ask and nothing answers."""

from dataclasses import dataclass
from typing import Annotated

import typer

from core.actions import gaps as closing
from core.cli.running import Json, as_service, run, show, signed_in
from core.config.settings import Settings
from core.domain.errors import NotSetUp
from core.domain.gap import Gap, GapMessage
from core.engine import Part
from core.queries import gaps


@dataclass(frozen=True, slots=True, kw_only=True)
class _Listed:
    """A gap with its messages."""

    gap: Gap
    messages: tuple[GapMessage, ...]


def list_gaps(
    every: Annotated[
        bool, typer.Option("--all", help="Also those that were answered or dismissed.")
    ] = False,
    regroup: Annotated[
        bool, typer.Option("--regroup", help="Look for new questions first.")
    ] = False,
    as_json: Json = False,
) -> None:
    """List what customers asked and nothing answered, grouped, the largest group first."""

    async def work(own: Settings) -> list[_Listed]:
        if regroup:
            await _regroup(own)
        async with signed_in(own) as engine:
            found = await (gaps.list_all if every else gaps.list_open)(engine.kit)
            details = [await gaps.detail(engine.kit, gap.id) for gap in found]
        return [_Listed(gap=one.gap, messages=one.messages) for one in details]

    listed = run(work)
    show(
        listed,
        lambda: "\n".join(map(_words, listed)) or "Nothing is unanswered.",
        as_json=as_json,
    )


async def _regroup(own: Settings) -> None:
    async with as_service(own, Part.KNOWLEDGE) as engine:
        if engine.tenant is None:
            raise NotSetUp("There is no inbox here yet.", "Run `status` once.")
        await closing.regroup(engine.kit, engine.tenant)


def _words(one: _Listed) -> str:
    gap = one.gap
    effect = (
        f", now answered: {gap.effect.after} of {gap.effect.total}" if gap.effect else ""
    )
    head = f"{gap.id}  {gap.status:<9} {gap.lang_code:<3} {gap.messages:>4}  {gap.question}{effect}"
    return "\n".join([head, *(f"    {message.text}" for message in one.messages[:5])])
