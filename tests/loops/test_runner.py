import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from typing_extensions import override

from core.domain.errors import Conflict, PlatformDown
from core.loops import runner
from core.loops.runner import Wake, WorkList

PATIENCE = 5.0
NEVER = 3600.0
Answer = int | Exception


@dataclass
class Rounds:
    """A work list whose rounds find what a test says; then nothing, for ever."""

    answers: list[Answer]
    begun: asyncio.Queue[int] = field(default_factory=asyncio.Queue)
    count: int = 0

    async def one(self) -> int:
        self.count += 1
        self.begun.put_nowait(self.count)
        answer = self.answers.pop(0) if self.answers else 0
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def reach(self, count: int) -> None:
        """Wait until the round of that number has begun."""
        async with asyncio.timeout(PATIENCE):
            while await self.begun.get() < count:
                pass


@asynccontextmanager
async def running(
    rounds: Rounds, wake: Wake, *, poll: float = NEVER
) -> AsyncIterator[asyncio.Task[None]]:
    work = WorkList(name="test", round=rounds.one, batch=10, poll=poll)
    task = asyncio.create_task(runner.run(work, wake))
    yield task
    assert not task.done()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def settled() -> None:
    """Let everything run that can run without time passing."""
    for _ in range(20):
        await asyncio.sleep(0)


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Have the loop's back-off take no time; return how long it would have taken."""
    taken: list[float] = []
    real: Callable[[float], Awaitable[None]] = asyncio.sleep

    async def sleep(seconds: float) -> None:
        if seconds:
            taken.append(seconds)
        await real(0)

    monkeypatch.setattr("core.loops.runner.asyncio.sleep", sleep)
    return taken


async def test_a_full_batch_is_followed_by_another_round_at_once() -> None:
    rounds = Rounds([10, 10, 3])
    async with running(rounds, Wake()):
        await rounds.reach(3)
        await settled()
    assert rounds.count == 3


async def test_the_bell_begins_a_round() -> None:
    rounds, wake = Rounds([]), Wake()
    async with running(rounds, wake):
        await rounds.reach(1)
        wake.press()
        await rounds.reach(2)


async def test_a_bell_that_rings_during_a_round_is_not_lost() -> None:
    wake = Wake()

    class Ringing(Rounds):
        @override
        async def one(self) -> int:
            if self.count == 0:
                wake.press()
            return await super().one()

    rounds = Ringing([])
    async with running(rounds, wake):
        await rounds.reach(2)
        await settled()
    assert rounds.count == 2


async def test_a_bell_rings_once_however_often_it_is_pressed() -> None:
    rounds, wake = Rounds([]), Wake()
    async with running(rounds, wake):
        await rounds.reach(1)
        for _ in range(5):
            wake.press()
        await rounds.reach(2)
        await settled()
    assert rounds.count == 2


async def test_without_a_bell_the_list_is_looked_at_every_so_often() -> None:
    rounds = Rounds([])
    async with running(rounds, Wake(), poll=0.001):
        await rounds.reach(3)


async def test_trouble_backs_off_further_each_time_and_goes_on(
    pauses: list[float],
) -> None:
    trouble = [PlatformDown("Away."), Conflict("Moved."), *[PlatformDown("Away.")] * 3]
    rounds = Rounds([*trouble, 10, PlatformDown("Away."), 0])
    async with running(rounds, Wake()):
        await rounds.reach(8)
        await settled()
    assert pauses == [0.2, 1.0, 3.0, 5.0, 5.0, 0.2]


@pytest.mark.allows_log("loop.bug")
async def test_a_bug_is_logged_and_does_not_stop_the_list(
    pauses: list[float], caplog: pytest.LogCaptureFixture
) -> None:
    rounds = Rounds([ZeroDivisionError("a bug"), 0])
    async with running(rounds, Wake()):
        await rounds.reach(2)
    assert pauses == [5.0]
    assert "ZeroDivisionError: a bug" in caplog.text


async def test_a_list_stops_when_it_is_told_to() -> None:
    rounds = Rounds([])
    async with running(rounds, Wake()) as task:
        await rounds.reach(1)
    assert task.cancelled()
