"""Channels kept alive by a real companion, as a member sees it."""

from pathlib import Path

import pytest

from core.cli.channel_lines import report
from core.cli.channels import looked_at
from core.domain.channel import PlatformName
from core.domain.vitality import Ailment
from core.engine import Part
from tests.fixtures.database import TestDatabase
from tests.flows.stage import LISTENING, Scene, open_stage, sweep

WATCHED = Scene(parts=LISTENING | {Part.TICKER})


async def test_a_member_has_a_channel_looked_at_by_the_companion(
    shared_database: TestDatabase, tmp_path: Path
) -> None:
    sweep(shared_database)
    async with open_stage(shared_database, tmp_path, WATCHED) as stage:
        channel = stage.channels[PlatformName.INSTAGRAM]
        row = await looked_at(stage.kit, channel)
        assert row.looked_at is not None
        assert row.reachable
        assert row.ailment is Ailment.WAITING
        assert "Nothing answers at the public address." not in report(row)
        again = await looked_at(stage.kit, channel)
        assert again.looked_at is not None
        assert again.looked_at > row.looked_at


@pytest.mark.allows_log("companion.was_silent")
async def test_a_companion_that_comes_back_after_days_marks_what_may_be_missing(
    shared_database: TestDatabase, tmp_path: Path
) -> None:
    """RELIABILITY F30."""
    sweep(shared_database)
    async with open_stage(shared_database, tmp_path, WATCHED) as stage:
        await looked_at(stage.kit, stage.channels[PlatformName.WHATSAPP])
        await stage.arrange(
            "update app_private.workers set beat_at = beat_at - interval '8 days'"
        )
        found = "select count(*) from channel_gaps where state <> 'open'"
        while not await stage.count(found):
            await stage.news.next()
        row = await looked_at(stage.kit, stage.channels[PlatformName.WHATSAPP])
        assert row.gap is not None
        assert (row.gap.to_at - row.gap.from_at).days == 8
