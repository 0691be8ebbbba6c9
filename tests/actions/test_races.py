"""A person and the assistant at the same moment: never both, and never the person lost."""

import pytest

from tests.bench import _race
from tests.bench._race import PEOPLE, Score
from tests.fixtures.inbox import Arrange, KitOf

EACH = 6


@pytest.fixture
async def ring(kit_of: KitOf, arrange: Arrange) -> _race.Ring:
    return _race.open_ring(
        await kit_of("service"), await kit_of("agent"), await kit_of("owner"), arrange, 7
    )


@pytest.mark.parametrize("name", PEOPLE)
async def test_a_person_beats_the_assistant_whoever_is_first(
    ring: _race.Ring, name: str
) -> None:
    channel, score = _race.a_channel(ring), Score()
    for _ in range(EACH):
        await _race.meet(ring, name, channel, score)
    assert score.violations == []
    assert _race.deadlocks(ring) == 0


async def test_of_two_workers_on_one_conversation_one_answers(ring: _race.Ring) -> None:
    channel, score = _race.a_channel(ring), Score()
    for _ in range(EACH):
        await _race.two_workers(ring, channel, score)
    assert score.violations == []
    assert _race.deadlocks(ring) == 0


async def test_who_checks_first_and_sends_afterwards_is_found_out(
    ring: _race.Ring,
) -> None:
    """The judge must see what is wrong before it may say that nothing is."""
    channel, score = _race.a_channel(ring), Score()
    for _ in range(3 * EACH):
        await _race.meet(ring, "reply", channel, score, _race.carelessly)
        await _race.two_workers(ring, channel, score, _race.carelessly)
    assert score.violations
