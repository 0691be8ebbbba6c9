"""What platforms tell in any order, and more than once, ends in the same conversation.

A sample; `bench order` goes through every order and a hundred thousand random ones.
"""

import random

import pytest

from core.domain.channel import PlatformName
from tests.bench._order_scripts import SCRIPTS
from tests.bench._order_talk import MORE, moment
from tests.bench.order import KEPT, Order, Stage, connect, tell, with_copies
from tests.fixtures.inbox import Arrange, KitOf

SAMPLE = 40


@pytest.mark.parametrize("acts", [MORE, KEPT], ids=["taken back", "kept"])
@pytest.mark.parametrize("platform", sorted(SCRIPTS), ids=str)
async def test_every_order_ends_alike(
    platform: PlatformName, acts: Order, kit_of: KitOf, arrange: Arrange
) -> None:
    chance = random.Random(7)  # noqa: S311 - a repeatable shuffle
    connect(arrange)
    stage = Stage(companion=await kit_of("service"), arrange=arrange, random=chance)
    orders = [with_copies(chance, acts) for _ in range(SAMPLE)]
    straight = sorted(acts, key=moment)
    ends = await tell(stage, platform, [straight, straight[::-1], *orders])
    odd = [order for order, end in zip(orders, ends[2:], strict=True) if end != ends[0]]
    assert not odd
    assert ends[1] == ends[0]
    script = SCRIPTS[platform]
    if "delete" in acts:
        assert script.gone not in ends[0]
    else:
        assert script.last_words in ends[0]
