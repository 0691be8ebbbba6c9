from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from core.actions import connect, proof
from core.cli.channel_lines import listed, report
from core.domain.channel import AssistantMode, Channel, ChannelStatus, PlatformName
from core.domain.errors import NotFound
from core.domain.ids import ChannelId, TenantId
from core.domain.vitality import Ailment, Remedy
from core.queries import channels
from core.store import channels as store
from core.store.channels import KeptNotice
from tests.fixtures.inbox import Arrange
from tests.fixtures.logins import LoginWorld


async def test_a_channel_is_told_with_its_health_and_the_one_thing_to_do(
    logins: LoginWorld, arrange: Arrange
) -> None:
    owner, companion = await logins.kit("owner"), await logins.kit("service")
    channel = await logins.connected(owner)
    row = await channels.one(owner, channel)
    assert (row.ailment, row.remedy) == (Ailment.NOT_LOOKED, Remedy.WAIT)
    assert (row.can_log_in, row.is_renewed, row.subscribed) == (True, True, True)
    settings = replace(companion.settings, public_url=logins.server.url)
    for claimed in await proof.due(companion, limit=1):
        await proof.one(replace(companion, settings=settings), claimed)
    row = await channels.one(owner, channel)
    assert row.ailment is Ailment.UNREACHABLE
    assert "SOCIALSYNC_PUBLIC_URL" in report(row)
    arrange.run("update channel_health set reachable = true")
    row = await channels.one(owner, channel)
    assert row.ailment is Ailment.WAITING
    assert "waiting for the first event" in report(row)
    arrange.run("update social_accounts set last_inbound_at = now()")
    row = await channels.one(owner, channel)
    assert row.ailment is Ailment.WELL
    assert "renewed ahead" in report(row)
    assert listed(row).endswith("All is well.")


async def test_a_lost_permission_is_told_with_what_does_not_work(
    logins: LoginWorld, arrange: Arrange
) -> None:
    owner, companion = await logins.kit("owner"), await logins.kit("service")
    channel = await logins.connected(owner)
    arrange.run("update social_accounts set scopes = '{basic,manage_comments}'")
    for claimed in await proof.due(companion, limit=1):
        await proof.one(companion, claimed)
    row = await channels.one(owner, channel)
    assert row.ailment is Ailment.SCOPE_MISSING
    assert "manage_messages" in report(row)
    assert "reading and answering messages" in report(row)


async def test_what_the_platform_said_is_told_newest_first_and_survives_a_login(
    logins: LoginWorld,
) -> None:
    owner, companion = await logins.kit("owner"), await logins.kit("service")
    channel = await logins.connected(owner)
    async with companion.unit(owner.member.tenant) as unit:
        for hour, title in ((9, "Quality is low."), (7, "A limit is near."), (8, "Soon.")):
            kept = KeptNotice(
                kind="quality",
                weight="warning",
                title=title,
                at=datetime(2026, 11, 20, hour, tzinfo=UTC),
            )
            await store.keep_notice(unit, channel, kept)
    await logins.connected(owner)
    row = await channels.one(owner, channel)
    titles = [notice.title for notice in row.notices]
    assert titles == ["Quality is low.", "Soon.", "A limit is near."]
    said = report(row)
    assert said.index("Quality is low.") < said.index("A limit is near.")
    assert "Instagram said on 2026-11-20" in said
    assert "Quality is low." in listed(row)
    assert "A limit is near." not in listed(row)


def test_notices_that_nobody_can_read_are_left_out() -> None:
    kept = [{"title": "Fine", "at": "2026-11-20T09:00:00"}, {"at": "x"}, 5, None, {}]
    channel = Channel(
        id=ChannelId(uuid4()),
        tenant=TenantId(uuid4()),
        platform=PlatformName.X,
        account_id="1",
        account_name="Shop",
        status=ChannelStatus.ACTIVE,
        assistant_mode=AssistantMode.DRAFT,
        metadata={"notices": kept},
    )
    assert [notice.title for notice in channel.notices] == ["Fine"]
    assert replace(channel, metadata={"notices": "x"}).notices == ()


async def test_a_removed_channel_is_told_no_more(logins: LoginWorld) -> None:
    owner = await logins.kit("owner")
    channel = await logins.connected(owner)
    await connect.remove(owner, channel)
    with pytest.raises(NotFound):
        await channels.one(owner, channel)


async def test_what_can_be_connected_is_told_with_its_logins_and_ids(
    logins: LoginWorld,
) -> None:
    found = (await channels.overview(await logins.kit("owner"))).connectable
    by_name = {each.platform: each for each in found}
    instagram = by_name[PlatformName.INSTAGRAM]
    assert [login.key for login in instagram.logins] == ["instagram"]
    assert by_name[PlatformName.WHATSAPP].other_ids == ("waba_id",)


@pytest.mark.parametrize(
    ("principal", "manages", "removes"),
    [("agent", False, False), ("admin", True, False), ("owner", True, True)],
)
async def test_rights_are_told_early(
    principal: str,
    manages: bool,  # noqa: FBT001 - a parameter of pytest
    removes: bool,  # noqa: FBT001 - a parameter of pytest
    logins: LoginWorld,
) -> None:
    found = await channels.overview(await logins.kit(principal))
    assert (found.may_manage, found.may_remove) == (manages, removes)
    assert found.verify_token is None


async def test_a_tenant_sees_no_channel_of_another(
    logins: LoginWorld, arrange_elsewhere: Arrange
) -> None:
    theirs = arrange_elsewhere.channel()
    with pytest.raises(NotFound):
        await channels.one(await logins.kit("owner"), ChannelId(theirs))
