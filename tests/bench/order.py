"""In whatever order platforms tell what happened, and however often, the end is the same.

Every order of seven acts for each platform, and many random orders with repetitions, cut
into bodies at random places, go through the receiver into a real database; afterwards each
conversation is compared with the one whose acts were told in their order. The comparison
in the same run is a receiver that believes what it is told last: it must be found out.
"""

import json
import os
import random
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import permutations
from time import perf_counter
from typing import Any
from uuid import uuid4

import psycopg
from psycopg.conninfo import make_conninfo

from core.actions import receive
from core.config.settings import Settings
from core.domain.channel import PlatformName
from core.domain.ids import EventId
from core.engine import open_engine
from core.kit import Kit
from core.store import webhook_events
from core.store.embedded import open_embedded
from core.store.pool import Login
from core.store.webhook_events import ReceivedBody
from tests.bench._order_scripts import SCRIPTS
from tests.bench._order_talk import ACTS, MORE, Script, Talk, moment
from tests.fixtures.homes import passing_home
from tests.fixtures.inbox import Arrange

SHUFFLES = 100_000
SEED = 20261128
_AT_ONCE = 250
_MOST_COPIES = 3
KEPT = tuple(act for act in MORE if act != "delete")

Order = Sequence[str]


@dataclass(slots=True, kw_only=True)
class Ends:
    """How many conversations ended how; the first odd ones with the order that led there."""

    counts: dict[str, int] = field(default_factory=dict)
    first: dict[str, Order] = field(default_factory=dict)

    def add(self, end: str, order: Order) -> None:
        """Count one conversation."""
        self.counts[end] = self.counts.get(end, 0) + 1
        self.first.setdefault(end, order)

    def odd(self, right: str) -> list[dict[str, Any]]:
        """Return the ends that are not the right one."""
        return [
            {"order": list(self.first[end]), "end": end, "times": count}
            for end, count in self.counts.items()
            if end != right
        ][:3]


async def run() -> dict[str, Any]:
    """Tell it in every order, and in many random ones."""
    shuffles = int(os.environ.get("SHUFFLES", SHUFFLES))  # noqa: TID251 - a bench's own size
    async with _stage() as stage:
        return {
            "seed": SEED,
            "permutations": await _each(stage, _permuted),
            "shuffles": await _shuffled(stage, shuffles),
            "believing_the_last_word": _believing(),
            "goal": "one end for each platform; the believing receiver has many",
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """The receiver and the database behind it."""

    companion: Kit
    arrange: Arrange
    random: random.Random


async def _each(stage: Stage, orders: Any) -> dict[str, Any]:
    return {
        platform.value: await _told(stage, platform, list(orders()), ACTS)
        for platform in SCRIPTS
    }


def _permuted() -> Iterator[Order]:
    return permutations(ACTS)


async def _shuffled(stage: Stage, count: int) -> dict[str, Any]:
    """Tell random orders with repetitions, the platforms sharing the number.

    Half of them without the deletion, which would hide what became of the words.
    """
    share = count // len(SCRIPTS)
    figures = {}
    for platform in SCRIPTS:
        for name, acts in (("taken back", MORE), ("kept", KEPT)):
            orders = [with_copies(stage.random, acts) for _ in range(share // 2)]
            figures[f"{platform}, {name}"] = await _told(stage, platform, orders, acts)
    return figures


def with_copies(chance: random.Random, acts: Order) -> Order:
    """Return acts in a random order, each told one to three times."""
    order = [act for act in acts for _ in range(chance.randint(1, _MOST_COPIES))]
    chance.shuffle(order)
    return order


async def _told(
    stage: Stage, platform: PlatformName, orders: Sequence[Order], straight: Order
) -> dict[str, Any]:
    """Tell each order in a conversation of its own; returns how they ended.

    `straight` are the same acts in their own order, by which the others are judged.
    """
    started, ends, acts = perf_counter(), Ends(), 0
    right = (await tell(stage, platform, [_by_time(straight)]))[0]
    for start in range(0, len(orders), _AT_ONCE):
        some = orders[start : start + _AT_ONCE]
        for order, end in zip(some, await tell(stage, platform, some), strict=True):
            ends.add(end, order)
            acts += len(order)
    seconds = perf_counter() - started
    return {
        "conversations": len(orders),
        "acts": acts,
        "ends": len(ends.counts),
        "as_told_in_order": ends.counts.get(right, 0),
        "odd": ends.odd(right),
        "right_end": right,
        "seconds": round(seconds, 1),
        "acts_per_second": round(acts / seconds),
    }


def _by_time(acts: Order) -> Order:
    return sorted(acts, key=moment)


async def tell(stage: Stage, platform: PlatformName, orders: Sequence[Order]) -> list[str]:
    """Tell each order in a conversation of its own and return how each looks at the end."""
    script = SCRIPTS[platform]
    talks = _open(stage.arrange, platform, script, len(orders))
    bodies: list[list[bytes]] = [
        list(_bodies(stage.random, script, talk, order))
        for talk, order in zip(talks, orders, strict=True)
    ]
    for step in range(max(map(len, bodies))):
        await _receive(
            stage.companion, platform, [own[step] for own in bodies if step < len(own)]
        )
    ends = [_end(stage.arrange, script, talk) for talk in talks]
    _clear(stage.arrange)
    return ends


def _bodies(
    chance: random.Random, script: Script, talk: Talk, order: Order
) -> Iterator[bytes]:
    """Cut an order into bodies of one to all acts; each is unlike any other, as a body is."""
    left = [script.item(act, talk) for act in order]
    while left:
        size = chance.randint(1, len(left))
        body = script.body(left[:size])
        yield json.dumps({**body, "delivery": uuid4().hex}).encode()
        left = left[size:]


async def _receive(kit: Kit, platform: PlatformName, bodies: Sequence[bytes]) -> None:
    """Keep and process bodies as the companion does, none before those of the last call."""
    received = [
        ReceivedBody(
            id=EventId(uuid4()),
            platform=platform.value,
            body=body,
            sha256=sha256(body).digest(),
        )
        for body in bodies
    ]
    async with kit.database.claim() as unit:
        await webhook_events.insert(unit, received)
    while True:
        async with kit.database.claim() as unit:
            claimed = await webhook_events.claim(unit, limit=200, lease=60)
        if not claimed:
            return
        await receive.events(kit, claimed)


_numbers = iter(range(1, 10**9))


def _open(
    arrange: Arrange, platform: PlatformName, script: Script, count: int
) -> list[Talk]:
    """Set up conversations in which a message of ours has left and nothing was heard yet."""
    talks = [Talk(number=next(_numbers), opaque=str(uuid4())) for _ in range(count)]
    arrange.run(
        script.ground.opening,
        platform=platform.value,
        account=script.account,
        numbers=[talk.number for talk in talks],
        items=[talk.opaque for talk in talks],
    )
    return talks


def _end(arrange: Arrange, script: Script, talk: Talk) -> str:
    """Return everything a person could see of a conversation, without its ids."""
    return str(arrange.value(script.ground.end, item=talk.opaque, number=str(talk.number)))


def _clear(arrange: Arrange) -> None:
    """Forget what has been compared, so that the last batch is as fast as the first."""
    for table in (
        "delete from outbox_items where tenant_id = %(tenant)s",
        "delete from conversations where user_id = %(tenant)s",
        "delete from monitored_posts where user_id = %(tenant)s",
        "delete from customers where user_id = %(tenant)s",
        "delete from inbound_keys where tenant_id = %(tenant)s",
        "delete from waiting_updates where tenant_id = %(tenant)s",
        "delete from webhook_events",
    ):
        arrange.run(table)


def _believing() -> dict[str, int]:
    """Count the ends of a receiver that takes every word as the newest, in all orders."""
    ends = set()
    for order in permutations(ACTS):
        state = {"text": "", "deleted": False, "delivery": "sending", "reactions": ()}
        for act in order:
            state |= _WORDS[act]
        ends.add(tuple(state.items()))
    return {"orders": 5040, "ends": len(ends)}


_WORDS: dict[str, dict[str, Any]] = {
    "message": {"text": "Hello", "deleted": False},
    "edit": {"text": "Hello there", "deleted": False},
    "reaction": {"reactions": ("🙂",)},
    "delete": {"text": "", "deleted": True},
    "sent": {"delivery": "accepted"},
    "delivered": {"delivery": "delivered"},
    "read": {"delivery": "read"},
}


@asynccontextmanager
async def _stage() -> AsyncIterator[Stage]:
    with passing_home() as home:
        own = Settings(home=home)
        async with (
            open_engine(own, login=Login.SERVICE) as companion,
            open_engine(own, login=Login.MEMBER) as member,
            open_embedded(own.home) as server,
        ):
            privileged = make_conninfo(
                server.conninfo(user=server.superuser, password=server.password),
                options="-c search_path=public,extensions -c synchronous_commit=off",
            )
            with psycopg.connect(privileged, autocommit=True) as line:
                arrange = Arrange(line=line, tenant=member.kit.member.tenant)
                connect(arrange)
                yield Stage(
                    companion=companion.kit,
                    arrange=arrange,
                    random=random.Random(SEED),  # noqa: S311 - a repeatable shuffle
                )


def connect(arrange: Arrange) -> None:
    """Connect the account of every script."""
    for platform, script in SCRIPTS.items():
        arrange.run(
            "insert into social_accounts (user_id, platform, account_id, account_name)"
            " values (%(tenant)s, %(platform)s, %(account)s, 'S')",
            platform=platform.value,
            account=script.account,
        )
