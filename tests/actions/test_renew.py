import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from core.actions import deliver, renew, session, upkeep
from core.config.vault import Protection, Vault
from core.domain.errors import ChannelSignedOut
from core.domain.ids import ChannelId
from core.domain.message import Origin
from core.kit import Kit
from core.store import channels, outbox
from core.store.channel_health import ClaimedChannel
from tests.fixtures.inbox import Arrange
from tests.fixtures.logins import LoginWorld

pytestmark = pytest.mark.allows_log("channel.signed_out", "channel.paused")


class Stopped(Exception):
    """The process ends here."""


def make_due(arrange: Arrange, channel: ChannelId) -> None:
    arrange.run(
        "update channel_health set renew_due_at = now(), renew_lease_until = null"
        " where channel_id = %(id)s",
        id=channel,
    )


async def claim(kit: Kit) -> ClaimedChannel:
    (claimed,) = await renew.due(kit, limit=10)
    return claimed


def standing(arrange: Arrange, channel: ChannelId) -> dict[str, object]:
    row = arrange.row("social_accounts", channel)
    health = arrange.value(
        "select to_jsonb(h) from channel_health h where channel_id = %(id)s", id=channel
    )
    return {**row, **health}


async def test_a_token_is_renewed_when_a_third_of_its_life_is_left(
    logins: LoginWorld, arrange: Arrange
) -> None:
    owner, companion = await logins.kit("owner"), await logins.kit("service")
    channel = await logins.connected(owner, lives=timedelta(days=60))
    left = arrange.value(
        "select extract(day from a.token_expires_at - h.renew_due_at)::int"
        "  from channel_health h join social_accounts a on a.id = h.channel_id"
    )
    assert left in (19, 20)
    assert await renew.due(companion, limit=10) == []
    before = standing(arrange, channel)
    make_due(arrange, channel)
    await renew.one(companion, await claim(companion))
    after = standing(arrange, channel)
    assert logins.server.refreshes == 1
    assert after["access_token"] != before["access_token"]
    assert after["refresh_token"] != before["refresh_token"]
    assert (after["renew_begun_at"], after["renew_lease_until"]) == (None, None)
    assert after["status"] == "active"
    assert await renew.due(companion, limit=10) == []


async def test_one_companion_renews_at_a_time(logins: LoginWorld, arrange: Arrange) -> None:
    owner = await logins.kit("owner")
    first, second = await logins.kit("service"), await logins.kit("service")
    make_due(arrange, await logins.connected(owner))
    both = await asyncio.gather(renew.due(first, limit=9), renew.due(second, limit=9))
    assert sorted(map(len, both)) == [0, 1]


async def test_members_claim_no_renewals(logins: LoginWorld) -> None:
    owner = await logins.kit("owner")
    await logins.connected(owner)
    with pytest.raises(Exception, match="role"):
        await renew.due(owner, limit=1)


@pytest.mark.parametrize("point", ["renewal_begun", "renewal_kept"])
async def test_a_crash_around_the_call_costs_nothing(
    point: str, logins: LoginWorld, arrange: Arrange
) -> None:
    owner, companion = await logins.kit("owner"), await logins.kit("service")
    channel = await logins.connected(owner)
    make_due(arrange, channel)
    with pytest.raises(Stopped):
        await renew.one(_stopping_at(companion, point), await claim(companion))
    make_due(arrange, channel)
    await renew.one(companion, await claim(companion))
    assert standing(arrange, channel)["status"] == "active"


async def test_a_crash_after_a_rotation_is_tried_once_with_the_old_and_then_signed_out(
    logins: LoginWorld, arrange: Arrange
) -> None:
    owner, companion = await logins.kit("owner"), await logins.kit("service")
    channel = await logins.connected(owner)
    make_due(arrange, channel)
    with pytest.raises(Stopped):
        await renew.one(_stopping_at(companion, "renewal_answered"), await claim(companion))
    make_due(arrange, channel)
    await renew.one(companion, await claim(companion))
    row = standing(arrange, channel)
    assert (logins.server.refreshes, row["status"]) == (2, "expired")
    assert row["renew_due_at"] is None


async def test_a_lost_answer_that_rotated_nothing_is_mended_by_the_second_try(
    logins: LoginWorld, arrange: Arrange
) -> None:
    logins.server.rotates, logins.server.lose_answers = False, 1
    owner, companion = await logins.kit("owner"), await logins.kit("service")
    channel = await logins.connected(owner)
    for _ in range(2):
        make_due(arrange, channel)
        await renew.one(companion, await claim(companion))
    row = standing(arrange, channel)
    assert (row["status"], row["renew_lost"]) == ("active", 0)


async def test_after_two_lost_answers_nothing_is_tried_again(
    logins: LoginWorld, arrange: Arrange
) -> None:
    logins.server.rotates, logins.server.lose_answers = False, 2
    owner, companion = await logins.kit("owner"), await logins.kit("service")
    channel = await logins.connected(owner)
    for _ in range(3):
        make_due(arrange, channel)
        await renew.one(companion, await claim(companion))
    assert logins.server.refreshes == 2
    assert standing(arrange, channel)["status"] == "expired"


async def test_a_platform_that_is_away_is_asked_again_and_loses_nothing(
    logins: LoginWorld, arrange: Arrange
) -> None:
    owner, companion = await logins.kit("owner"), await logins.kit("service")
    channel = await logins.connected(owner)
    logins.server.away = True
    for _ in range(4):
        make_due(arrange, channel)
        await renew.one(companion, await claim(companion))
    row = standing(arrange, channel)
    assert (row["status"], row["renew_lost"]) == ("active", 0)
    assert await renew.due(companion, limit=1) == []


async def test_a_late_companion_does_not_overwrite_a_newer_token(
    logins: LoginWorld, arrange: Arrange
) -> None:
    owner, companion = await logins.kit("owner"), await logins.kit("service")
    channel = await logins.connected(owner)
    make_due(arrange, channel)
    frozen = await claim(companion)

    async def meanwhile() -> None:
        await logins.connected(owner)

    kit = _pausing(companion)
    task = asyncio.create_task(renew.one(kit.kit, frozen))
    await asyncio.wait_for(kit.reached.wait(), 20)
    await meanwhile()
    newest = standing(arrange, channel)["access_token"]
    kit.go.set()
    await task
    row = standing(arrange, channel)
    assert (row["access_token"], row["status"]) == (newest, "active")


async def test_a_dead_grant_signs_the_channel_out_with_one_notice(
    logins: LoginWorld, arrange: Arrange
) -> None:
    owner, companion = await logins.kit("owner"), await logins.kit("service")
    channel = await logins.connected(owner)
    logins.server.end_everything()
    make_due(arrange, channel)
    await renew.one(companion, await claim(companion))
    row = standing(arrange, channel)
    assert (row["status"], row["paused_at"] is None) == ("expired", False)
    assert await renew.due(companion, limit=1) == []


async def test_a_token_that_dies_in_the_middle_is_renewed_and_the_rest_goes_on(
    logins: LoginWorld, arrange: Arrange
) -> None:
    """RELIABILITY F11: 100 due, the token ends after the 50th, none fails."""
    owner, companion = await logins.kit("owner"), await logins.kit("service")
    channel = await logins.connected(owner)
    for number in range(100):
        arrange.owed(
            arrange.conversation(channel), f"Number {number}", origin=Origin.MEMBER
        )
    logins.server.dies_after = 50
    await _send_all(companion)
    assert len(logins.server.sent) == 50
    assert standing(arrange, channel)["status"] == "expired"
    await renew.one(companion, await claim(companion))
    assert standing(arrange, channel)["status"] == "active"
    await _send_all(companion)
    assert len(set(logins.server.sent)) == len(logins.server.sent) == 100
    assert logins.server.refreshes == 1
    states = arrange.value("select array_agg(distinct state) from outbox_items")
    assert states == ["accepted"]


async def test_a_revoked_channel_makes_no_storm_and_fails_nothing(
    logins: LoginWorld, arrange: Arrange
) -> None:
    """RELIABILITY F12: 200 due, everything taken back after the 10th."""
    owner, companion = await logins.kit("owner"), await logins.kit("service")
    channel = await logins.connected(owner)
    for number in range(200):
        arrange.owed(
            arrange.conversation(channel), f"Number {number}", origin=Origin.MEMBER
        )
    logins.server.dies_after = 10
    await _send_all(companion)
    logins.server.end_everything()
    await renew.one(companion, await claim(companion))
    for _ in range(3):
        await _send_all(companion)
        assert await renew.due(companion, limit=9) == []
    assert len(logins.server.sent) == 10
    assert logins.server.attempts <= 20
    assert standing(arrange, channel)["status"] == "expired"
    waiting = arrange.value("select count(*) from outbox_items where state = 'queued'")
    assert waiting == 190


async def test_a_late_refusal_of_the_old_token_does_not_stop_the_new_one(
    logins: LoginWorld, arrange: Arrange
) -> None:
    owner, companion = await logins.kit("owner"), await logins.kit("service")
    channel = await logins.connected(owner)
    arrange.owed(arrange.conversation(channel), "On its way", origin=Origin.MEMBER)
    logins.server.dies_after = 0
    (item,) = await _claim_items(companion)
    paused = _pausing(companion, at="after_http")
    task = asyncio.create_task(deliver.one(paused.kit, item))
    await asyncio.wait_for(paused.reached.wait(), 20)
    make_due(arrange, channel)
    await renew.one(companion, await claim(companion))
    paused.go.set()
    await task
    assert standing(arrange, channel)["status"] == "active"


async def test_a_fresh_token_that_is_refused_is_not_renewed_again(
    logins: LoginWorld, arrange: Arrange
) -> None:
    owner, companion = await logins.kit("owner"), await logins.kit("service")
    channel = await logins.connected(owner)
    make_due(arrange, channel)
    await renew.one(companion, await claim(companion))
    logins.server.end_access()
    arrange.owed(arrange.conversation(channel), "Refused", origin=Origin.MEMBER)
    await _send_all(companion)
    await renew.one(companion, await claim(companion))
    assert logins.server.refreshes == 1
    assert standing(arrange, channel)["status"] == "expired"


async def test_a_token_from_another_machine_opens_for_the_companion_alone(
    logins: LoginWorld, arrange: Arrange
) -> None:
    owner, companion = await logins.kit("owner"), await logins.kit("service")
    await upkeep.publish_key(companion)
    folder = owner.settings.home / "laptop"
    folder.mkdir()
    laptop = replace(owner, vault=Vault(folder, b"l" * 32, Protection.FILE_PERMISSIONS))
    channel = await logins.connected(laptop)
    async with companion.unit(arrange.tenant) as unit:
        found = await channels.get(unit, channel)
    assert found is not None
    foreign = replace(companion, vault=laptop.vault)
    with pytest.raises(ChannelSignedOut):
        await session.held(foreign, found)
    before = standing(arrange, channel)["access_token"]
    held = await session.held(companion, found)
    assert held.grant.access_token.reveal() in logins.server.seen
    after = standing(arrange, channel)["access_token"]
    assert after != before
    assert held.sealed == after
    assert (await session.held(companion, found)).grant == held.grant


def _stopping_at(kit: Kit, point: str) -> Kit:
    def probe(reached: str) -> None:
        if reached == point:
            raise Stopped

    return replace(kit, probe=probe)


class _pausing:  # noqa: N801 - reads as the verb it is
    """Freezes a companion at a point until it is let go; asyncio has no threads to stop."""

    def __init__(self, kit: Kit, at: str = "") -> None:
        self.reached, self.go = asyncio.Event(), asyncio.Event()
        platforms = dict(kit.platforms)
        self.kit = replace(kit, platforms=platforms)
        for name, platform in platforms.items():
            platforms[name] = _Slow(platform, self, at)  # type: ignore[assignment]


class _Slow:
    """A platform whose answers wait at the door."""

    def __init__(self, platform: object, pause: _pausing, at: str) -> None:
        self._platform, self._pause, self._at = platform, pause, at

    def __getattr__(self, name: str) -> object:
        found = getattr(self._platform, name)
        if name == "connecting" and found is not None and not self._at:
            return _Slow(found, self._pause, "refresh")
        if name in ("refresh", "send") and self._at:
            return self._late(found)
        return found

    def _late(self, call: object) -> object:
        async def late(*args: object) -> object:
            answer = await call(*args)  # type: ignore[operator]
            self._pause.reached.set()
            await self._pause.go.wait()
            return answer

        return late


async def _claim_items(kit: Kit, limit: int = 10) -> list[outbox.ClaimedItem]:
    async with kit.database.claim() as unit:
        return await outbox.claim(unit, worker="w", limit=limit, lease=60, but=[])


async def _send_all(kit: Kit) -> None:
    while items := await _claim_items(kit):
        await asyncio.gather(*(deliver.one(kit, item) for item in items))


async def test_no_token_is_written_down_while_it_is_renewed(
    logins: LoginWorld,
    arrange: Arrange,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level("DEBUG")
    owner, companion = await logins.kit("owner"), await logins.kit("service")
    channel = await logins.connected(owner)
    make_due(arrange, channel)
    await renew.one(companion, await claim(companion))
    logins.server.end_everything()
    make_due(arrange, channel)
    await renew.one(companion, await claim(companion))
    out, err = capfd.readouterr()
    ours = [record.getMessage() for record in caplog.records if record.name[:4] == "core"]
    written = "\n".join([*ours, out, err, str(standing(arrange, channel))])
    assert "channel.renewed" in written
    assert len(logins.server.seen) == 4
    for canary in logins.server.seen:
        assert canary not in written
