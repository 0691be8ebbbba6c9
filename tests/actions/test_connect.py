from dataclasses import replace
from uuid import uuid4

import pytest

from core.actions import connect
from core.actions.connect import Account
from core.config.sealing import unseal
from core.config.secret import Secret
from core.domain.channel import AssistantMode, PlatformName
from core.domain.errors import NotFound, Refused
from core.domain.ids import ChannelId
from core.domain.message import Origin
from core.domain.outbox import OutboxState
from core.platforms.instagram import Instagram
from core.store import channels, outbox
from tests.fixtures.inbox import Arrange, KitOf

SHOP = Account(
    platform=PlatformName.WHATSAPP,
    account_id="106540352242922",
    name="Shop",
    token=Secret("EAAG-first"),
)


async def test_a_channel_starts_with_drafts_and_a_sealed_token(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit = await kit_of("owner")
    channel = await connect.channel(kit, SHOP)
    row = arrange.row("social_accounts", channel)
    assert (row["assistant_mode"], row["status"]) == ("draft", "active")
    assert "EAAG" not in row["access_token"]
    cell = channels.token_cell(kit.member.tenant, channel)
    assert unseal(kit.vault, cell, row["access_token"]) == SHOP.token


async def test_no_member_reads_even_the_sealed_token(kit_of: KitOf) -> None:
    kit = await kit_of("owner")
    channel = await connect.channel(kit, SHOP)
    with pytest.raises(Refused):
        async with kit.mine() as unit:
            await channels.sealed_token(unit, channel)


async def test_the_companion_reads_the_sealed_token(
    kit_of: KitOf, arrange: Arrange
) -> None:
    channel = await connect.channel(await kit_of("owner"), SHOP)
    companion = await kit_of("service")
    async with companion.unit(arrange.tenant) as unit:
        assert await channels.sealed_token(unit, channel)


async def test_connecting_again_revives_a_paused_channel_with_the_new_token(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit = await kit_of("owner")
    channel = await connect.channel(kit, replace(SHOP, mode=AssistantMode.AUTO))
    arrange.run(
        "update social_accounts set status = 'expired', paused_at = now(),"
        " paused_reason = 'signed out' where id = %(id)s",
        id=channel,
    )
    again = await connect.channel(kit, replace(SHOP, token=Secret("EAAG-second")))
    row = arrange.row("social_accounts", again)
    assert again == channel
    assert (row["status"], row["paused_reason"], row["paused_at"]) == ("active", None, None)
    assert row["assistant_mode"] == "auto"
    cell = channels.token_cell(kit.member.tenant, channel)
    assert unseal(kit.vault, cell, row["access_token"]) == Secret("EAAG-second")


@pytest.mark.parametrize(
    "account",
    [
        replace(SHOP, account_id="  "),
        replace(SHOP, token=Secret("")),
    ],
    ids=["no account", "no token"],
)
async def test_an_account_that_cannot_work_is_refused(
    kit_of: KitOf, account: Account
) -> None:
    kit = await kit_of("owner")
    with pytest.raises(Refused):
        await connect.channel(kit, account)


async def test_a_platform_that_is_not_spoken_here_is_refused(kit_of: KitOf) -> None:
    spoken = {PlatformName.INSTAGRAM: Instagram()}
    kit = replace(await kit_of("owner"), platforms=spoken)
    with pytest.raises(Refused):
        await connect.channel(kit, replace(SHOP, platform=PlatformName.LINKEDIN))


async def test_an_agent_connects_nothing(kit_of: KitOf, arrange: Arrange) -> None:
    agent = await kit_of("agent")
    with pytest.raises(Refused):
        await connect.channel(agent, SHOP)
    await connect.channel(await kit_of("owner"), SHOP)
    with pytest.raises(Refused):
        await connect.channel(agent, SHOP)
    assert arrange.value("select count(*) from social_accounts") == 1


async def test_a_paused_channel_says_why_until_it_is_resumed(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit, channel = await kit_of("owner"), arrange.channel()
    await connect.pause(kit, channel)
    await connect.pause(kit, channel)
    row = arrange.row("social_accounts", channel)
    assert row["paused_reason"] == "Paused by a member."
    assert row["status"] == "active"
    await connect.resume(kit, channel)
    row = arrange.row("social_accounts", channel)
    assert (row["paused_reason"], row["paused_at"]) == (None, None)


@pytest.mark.parametrize("act", [connect.pause, connect.resume])
async def test_an_agent_neither_pauses_nor_resumes(
    kit_of: KitOf, arrange: Arrange, act: object
) -> None:
    kit, channel = await kit_of("agent"), arrange.channel()
    assert callable(act)
    with pytest.raises(Refused, match="Your role does not allow this"):
        await act(kit, channel)


@pytest.mark.parametrize("act", [connect.pause, connect.resume])
async def test_a_channel_that_is_not_here_is_not_found(kit_of: KitOf, act: object) -> None:
    kit = await kit_of("owner")
    assert callable(act)
    with pytest.raises(NotFound):
        await act(kit, ChannelId(uuid4()))


REMOVED = "The channel was removed before this was sent."


async def test_what_waits_on_a_removed_channel_never_leaves(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit, companion = await kit_of("owner"), await kit_of("service")
    channel, other = await connect.channel(kit, SHOP), arrange.channel()
    waiting = [
        arrange.owed(arrange.conversation(channel), origin=Origin.MEMBER, state=state)
        for state in (OutboxState.QUEUED, OutboxState.HELD, OutboxState.CLAIMED)
    ]
    gone = arrange.owed(
        arrange.conversation(channel), origin=Origin.MEMBER, state=OutboxState.SENDING
    )
    elsewhere = arrange.owed(arrange.conversation(other), origin=Origin.MEMBER)
    await connect.remove(kit, channel)
    for message in waiting:
        assert arrange.item_of(message)["state"] == "cancelled"
        row = arrange.row("conversation_messages", message)
        assert (row["delivery"], row["failure"]) == ("cancelled", REMOVED)
    assert arrange.item_of(gone)["state"] == "sending"
    assert arrange.item_of(elsewhere)["state"] == "queued"
    arrange.run("update outbox_items set state = 'queued' where state = 'sending'")
    await connect.channel(kit, SHOP)
    assert arrange.item_of(gone)["state"] == "cancelled"
    async with companion.database.claim() as unit:
        due = await outbox.claim(unit, worker="w", limit=9, lease=60, but=[])
    assert [one.channel_id for one in due] == [other]


async def test_nothing_is_cancelled_on_a_channel_that_is_in_use(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit = await kit_of("owner")
    channel = await connect.channel(kit, SHOP)
    message = arrange.owed(arrange.conversation(channel), origin=Origin.MEMBER)
    async with kit.mine() as unit:
        assert await channels.cancel_waiting(unit, channel) == 0
    await connect.channel(kit, replace(SHOP, token=Secret("EAAG-second")))
    assert arrange.item_of(message)["state"] == "queued"
