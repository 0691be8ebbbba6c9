"""Apply a batch of facts, the messages of different customers side by side.

A message takes a handful of statements that wait for each other; those of another
customer need not wait for them. On one connection they share the way to the database and
back, so that a batch costs a few such ways instead of a few hundred. Within a conversation
messages keep their order, and every other kind of fact is applied alone, between what came
before it and what came after.
"""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from core.actions import apply
from core.domain.channel import Channel
from core.domain.errors import Unavailable
from core.domain.ids import ChannelId
from core.domain.incoming import Incoming, IncomingMessage
from core.kit import Kit
from core.store.pool import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A fact that is new, and the channel it is for."""

    channel: Channel
    fact: Incoming


async def apply_all(kit: Kit, unit: Unit, told: Sequence[Told]) -> None:
    """Apply facts in their order; raises what the first of them that fails raises."""
    for are_messages, group in groupby(told, key=_is_message):
        some = list(group)
        rows = by_customer(some) if are_messages else [some]
        if len(rows) > 1:
            async with unit.pipelined():
                await _side_by_side(kit, unit, rows)
        else:
            await _in_turn(kit, unit, rows[0])


def _is_message(told: Told) -> bool:
    return isinstance(told.fact, IncomingMessage)


async def _side_by_side(kit: Kit, unit: Unit, rows: Sequence[Sequence[Told]]) -> None:
    """Apply rows at the same time, and let all of them end before saying what failed.

    After an error the database answers the others with a refusal, which here looks like an
    outage: it is said only if there was nothing else.
    """
    ends = await asyncio.gather(
        *(_in_turn(kit, unit, row) for row in rows), return_exceptions=True
    )
    failures = [end for end in ends if isinstance(end, BaseException)]
    for failure in sorted(failures, key=lambda one: isinstance(one, Unavailable)):
        raise failure


async def _in_turn(kit: Kit, unit: Unit, row: Sequence[Told]) -> None:
    for told in row:
        await apply.directly(kit, unit, told.channel, told.fact)


def by_customer(told: Sequence[Told]) -> list[list[Told]]:
    """Return messages in rows, one for each customer, who may go by several ids."""
    rows: dict[tuple[ChannelId, str], list[int]] = {}
    for place, one in enumerate(told):
        names = [(one.channel.id, name) for name in _names(one.fact)]
        known = {id(rows[name]): rows[name] for name in names if name in rows}
        merged = sorted({place, *(place for row in known.values() for place in row)})
        for name in [*names, *(name for name, row in rows.items() if id(row) in known)]:
            rows[name] = merged
    distinct = {id(row): row for row in rows.values()}
    return [[told[place] for place in row] for row in distinct.values()]


def _names(fact: Incoming) -> Iterator[str]:
    if isinstance(fact, IncomingMessage):
        yield fact.sender.platform_customer_id
        yield from fact.sender.other_ids
