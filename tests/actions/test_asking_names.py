"""Somebody whose name no payload tells is asked for at their platform, and not too often."""

from datetime import UTC, datetime, timedelta

import pytest

from core.actions import together
from core.actions.together import Told
from core.domain.ids import ChannelId
from core.domain.incoming import IncomingMessage, Sender
from core.domain.message import MessageType
from core.kit import Kit
from core.store import channels
from tests.fixtures.inbox import Arrange, KitOf

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)


async def write(
    kit: Kit, arrange: Arrange, channel: ChannelId, number: int, *, name: str | None = None
) -> None:
    """Have customer 77 write three messages at once."""
    async with kit.unit(arrange.tenant) as unit:
        where = await channels.get(unit, channel)
        assert where is not None
        said = [
            IncomingMessage(
                account_id="any",
                key=f"mid.{number}.{part}",
                at=NOON + timedelta(seconds=number),
                sender=Sender(platform_customer_id="77", name=name),
                type=MessageType.TEXT,
                text="Hello",
            )
            for part in range(3)
        ]
        await together.apply_all(kit, unit, [Told(channel=where, fact=one) for one in said])


def asked(arrange: Arrange) -> int:
    return int(
        arrange.value(
            "select count(*) from procrastinate.procrastinate_jobs"
            " where task_name = 'fetch_profile'"
        )
    )


@pytest.mark.parametrize(("minutes", "times"), [(9, 1), (11, 2)])
async def test_who_writes_often_is_asked_for_once_in_ten_minutes(
    minutes: int, times: int, kit_of: KitOf, arrange: Arrange
) -> None:
    kit, channel = await kit_of("service"), arrange.channel()
    await write(kit, arrange, channel, 1)
    assert asked(arrange) == 1
    arrange.run(
        "update customers set profile_asked_at ="
        " profile_asked_at - make_interval(mins => %(minutes)s)",
        minutes=minutes,
    )
    await write(kit, arrange, channel, 2)
    assert asked(arrange) == times


async def test_whose_name_is_told_is_not_asked_for(kit_of: KitOf, arrange: Arrange) -> None:
    kit, channel = await kit_of("service"), arrange.channel()
    await write(kit, arrange, channel, 1, name="Nora")
    await write(kit, arrange, channel, 2)
    assert asked(arrange) == 0
