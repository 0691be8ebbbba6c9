"""The crash run: processes that send, a nemesis that kills them, and the account of it.

A few seeds run in `make test`; `python -m tests.crash.run --seeds 20` runs more of them.
"""

import argparse
import asyncio
import random
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from core.actions import reply
from core.domain.errors import AlreadyDecided, DatabaseDown
from core.domain.ids import ConversationId, MessageId
from core.domain.outbox import OutboxState
from tests.crash.checker import ENDS, Verdict, check
from tests.crash.processes import Child, Life
from tests.crash.waiting import eventually
from tests.crash.world import LEASE, World, open_world, seconds
from tests.fixtures.database import TestDatabase

_LONGEST_FREEZE = LEASE + 1.5
"""Past the lease, and back before a person can have given the message up."""
_PRESSES = 5
_CUT = """
select count(pg_terminate_backend(pid)) from pg_stat_activity
where datname = current_database() and application_name = 'socialsync service'
  and random() < %(share)s
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What one run is made of; everything random comes from `seed`."""

    seed: int
    conversations: int = 48
    each: int = 5
    chaos_seconds: float = 12.0
    workers: int = 3
    exits: float = 0.02
    freezes: float = 0.012
    naive: bool = False


@dataclass(kw_only=True)
class Account:
    """What happened in a run."""

    seed: int
    kills: int = 0
    freezes: int = 0
    cuts: int = 0
    taken: int = 0
    by_a_person: int = 0
    took_seconds: float = 0.0
    verdict: Verdict | None = None

    def line(self) -> str:
        """Return the account in one line, for whoever watches."""
        verdict = self.verdict
        assert verdict is not None
        states = " ".join(f"{state}={count}" for state, count in verdict.states.items())
        return (
            f"seed {self.seed}: {self.kills} kills, {self.freezes} freezes, {self.cuts} "
            f"cuts; {self.taken} taken; duplicates {len(verdict.duplicates)}, lost "
            f"{len(verdict.lost)}, reordered {len(verdict.reordered)}, ambiguous "
            f"{len(verdict.ambiguous)}, settled by a person {self.by_a_person}; {states}; "
            f"{self.took_seconds:.0f} s"
        )


async def crash_run(plan: Plan, database: TestDatabase, home: Path) -> Account:
    """Run one plan from the first customer to the last settled message."""
    account = Account(seed=plan.seed)
    began = seconds()
    async with open_world(database, home) as world:
        companion = world.child("companion", ("web", "inbound"))
        try:
            await world.listen_at(str((await companion.said())["url"]))
            await _chaos_then_calm(world, plan, account)
        finally:
            companion.kill()
        taken = await world.taken()
        account.taken = len(taken)
        account.verdict = check(taken, await world.items())
    account.took_seconds = seconds() - began
    return account


async def _chaos_then_calm(world: World, plan: Plan, account: Account) -> None:
    """Send under attack, then let one quiet worker and a person finish what is left."""
    nemesis = Nemesis(plan, world, account)
    conversations = await _customers_write(world, plan.conversations)
    await _spoil(world, plan.seed)
    await asyncio.gather(nemesis.rage(), _answer(world, conversations, plan))
    await world.clear_faults()
    calm = world.child("calm", () if plan.naive else ("outbox",), naive=plan.naive)
    try:
        await calm.said()
        await eventually(lambda: _all_settled(world, account), patience=60, pause=0.5)
    finally:
        calm.kill()


async def _customers_write(world: World, count: int) -> list[ConversationId]:
    """Begin the conversations: a reply needs one."""
    await asyncio.gather(*(world.write(number, "Bonjour") for number in range(count)))
    return await world.conversations(count)


async def _spoil(world: World, seed: int) -> None:
    """Have the platform lie in six calls of a hundred, and fail honestly in some."""
    for number, (kind, probability) in enumerate(
        (
            ("500-after-accept", 0.03),
            ("accept-then-cut", 0.03),
            ("500", 0.03),
            ("429", 0.01),
        )
    ):
        await world.add_fault(
            kind=kind,
            endpoint="whatsapp.messages",
            probability=probability,
            seed=seed * 10 + number,
            seconds=1,
        )


async def _answer(world: World, conversations: list[ConversationId], plan: Plan) -> None:
    """Write the replies, in an order of chance, over the first half of the chaos."""
    draw = random.Random(plan.seed)  # noqa: S311 - to be repeated, not secret
    due = [one for one in conversations for _ in range(plan.each)]
    draw.shuffle(due)
    pause = plan.chaos_seconds / 2 / len(due)
    for number, conversation in enumerate(due):
        await _press_send(world, conversation, f"Réponse {number}")
        await asyncio.sleep(pause)


async def _press_send(world: World, conversation: ConversationId, text: str) -> None:
    """Send as a window does: a lost connection is tried again under the same key.

    A process frozen inside a transaction holds its conversation, and everybody waits.
    """
    key = uuid4()
    for _ in range(_PRESSES):
        try:
            await reply.send(world.kit, conversation, text, key=key)
        except DatabaseDown:
            continue
        return
    raise AssertionError("A reply could not be written.")


async def _all_settled(world: World, account: Account) -> bool:
    """Do what a person does about the uncertain ones; True once every item has ended."""
    items = await world.items()
    for item in items:
        if item.state is OutboxState.NEEDS_HUMAN:
            try:
                await reply.mark_not_sent(world.kit, MessageId(item.message_id))
            except AlreadyDecided:
                continue
            account.by_a_person += 1
    return all(item.state in ENDS - {OutboxState.UNKNOWN} for item in items)


@dataclass(kw_only=True)
class _Post:
    """One place of work: whoever fills it is replaced when it dies."""

    child: Child
    freeze_seconds: float = 0.0


class Nemesis:
    """Keeps processes at work that die and freeze, and cuts what connects them."""

    def __init__(self, plan: Plan, world: World, account: Account) -> None:
        self._plan = plan
        self._world = world
        self._account = account
        self._draw = random.Random(plan.seed + 1)  # noqa: S311 - to be repeated
        self._posts: list[_Post] = []

    async def rage(self) -> None:
        """Let things go wrong for as long as the plan says.

        Whoever is left is killed at its end, frozen ones included: no call of theirs comes
        later, and nobody frozen between two statements holds a conversation for ever.
        """
        try:
            await self._rage()
        finally:
            self._stop()

    async def _rage(self) -> None:
        until = seconds() + self._plan.chaos_seconds
        next_cut = seconds() + 2.0
        self._posts = [_Post(child=self._hire()) for _ in range(self._plan.workers)]
        while seconds() < until:
            for post in self._posts:
                self._look_after(post)
            if seconds() > next_cut:
                self._account.cuts += await self._world.sql(_CUT, {"share": 0.3})
                next_cut = seconds() + self._draw.uniform(1.0, 3.0)
            await asyncio.sleep(0.05)

    def _stop(self) -> None:
        for post in self._posts:
            post.child.kill()

    def _look_after(self, post: _Post) -> None:
        before = post.child.life
        life = post.child.look()
        if life is Life.DEAD:
            self._account.kills += 1
            post.child = self._hire()
        elif life is Life.FROZEN and before is not Life.FROZEN:
            self._account.freezes += 1
            post.freeze_seconds = self._draw.uniform(LEASE, _LONGEST_FREEZE)
        elif life is Life.FROZEN and post.child.frozen_seconds > post.freeze_seconds:
            post.child.thaw()

    def _hire(self) -> Child:
        parts = () if self._plan.naive else ("outbox",)
        return self._world.child(
            "worker",
            parts,
            seed=self._draw.randrange(2**31),
            exits=self._plan.exits,
            freezes=self._plan.freezes,
            naive=self._plan.naive,
        )


def main() -> None:
    """Run more seeds than `make test` does."""
    parser = argparse.ArgumentParser(prog="python -m tests.crash.run")
    parser.add_argument("--seeds", type=int, default=20)
    options = parser.parse_args()
    tests = str(Path(__file__).with_name("test_crash.py"))
    pytest = [sys.executable, "-m", "pytest", tests, "-s", "-k", "seed"]
    sys.exit(subprocess.call([*pytest, f"--seeds={options.seeds}"]))  # noqa: S603 - ours


if __name__ == "__main__":
    main()
