import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from core.assistant.late import LateAssistant
from core.assistant.state import Assistant
from tests.assistant.cases import case
from tests.doubles.scripted_assistant import ScriptedAssistant


class Door:
    def __init__(self) -> None:
        self.inside = ScriptedAssistant()
        self.opened = 0
        self.closed = 0

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Assistant]:
        self.opened += 1
        yield self.inside
        self.closed += 1


async def test_nothing_is_opened_before_something_is_asked() -> None:
    door = Door()
    async with AsyncExitStack() as stack:
        LateAssistant(door.open, stack)
    assert (door.opened, door.closed) == (0, 0)


async def test_two_who_ask_at_once_open_one_assistant_that_is_closed_at_the_end() -> None:
    door = Door()
    async with AsyncExitStack() as stack:
        late = LateAssistant(door.open, stack)
        first, second = case("one"), case("two")
        await asyncio.gather(late.consider(first), late.weigh(second))
        assert (door.opened, door.closed) == (1, 0)
        assert {each.fragments for each in door.inside.cases} == {("one",), ("two",)}
    assert door.closed == 1
