from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from core.actions import connect, proof, reply, upkeep
from core.config.secret import Secret
from core.config.webhook_keys import verify_token
from core.domain.channel import PlatformName
from core.domain.errors import Refused
from core.domain.ids import ChannelId
from core.domain.incoming import IncomingMessage, Sender
from core.domain.message import MessageType
from core.kit import Kit
from core.store.health import Worker
from core.web.app import open_web
from tests.doubles.plain_platform import plain
from tests.fixtures.inbox import Arrange
from tests.fixtures.logins import ACCOUNT, LoginWorld

pytestmark = pytest.mark.allows_log("channel.signed_out", "channel.missed")
COMPANION = Worker(
    id="00000000-0000-0000-0000-00000000c0de", kind="companion", host="here", pid=1
)


def said(key: str, *, ago: timedelta) -> IncomingMessage:
    return IncomingMessage(
        account_id=ACCOUNT,
        key=key,
        at=datetime.now(UTC) - ago,  # noqa: TID251 - the platform's own clock
        raw={},
        sender=Sender(platform_customer_id="99", name="Inès"),
        type=MessageType.TEXT,
        text="Bonjour",
    )


def health(arrange: Arrange, channel: ChannelId) -> dict[str, Any]:
    found: dict[str, Any] = arrange.value(
        "select to_jsonb(h) from channel_health h where channel_id = %(id)s", id=channel
    )
    return found


async def look(kit: Kit, arrange: Arrange) -> None:
    arrange.run("update channel_health set look_due_at = now(), look_lease_until = null")
    for claimed in await proof.due(kit, limit=10):
        await proof.one(kit, claimed)


def connected_since(arrange: Arrange, ago: str) -> None:
    arrange.run(
        "update social_accounts set token_changed_at = now() - %(ago)s::interval", ago=ago
    )
    arrange.run(
        "update channel_health set polled_until = now() - %(ago)s::interval", ago=ago
    )


async def test_a_look_finds_the_address_the_subscription_and_the_token_in_order(
    logins: LoginWorld, arrange: Arrange
) -> None:
    owner, companion = await logins.kit("owner"), await logins.kit("service")
    settings = replace(companion.settings, port=0)
    async with open_web(replace(companion, settings=settings)) as url:
        companion = replace(companion, settings=replace(settings, public_url=url))
        channel = await logins.connected(owner)
        await look(companion, arrange)
    found = health(arrange, channel)
    assert (found["reachable"], found["subscribed"], found["trouble"]) == (True, True, None)
    assert found["fields"] == ["comments", "messages"]
    assert found["looked_at"] is not None
    assert await proof.due(companion, limit=1) == []


async def test_a_look_at_what_was_connected_anew_meanwhile_is_forgotten(
    logins: LoginWorld, arrange: Arrange
) -> None:
    owner, companion = await logins.kit("owner"), await logins.kit("service")
    channel = await logins.connected(owner)
    arrange.run("update channel_health set look_due_at = now(), look_lease_until = null")
    [claimed] = await proof.due(companion, limit=1)
    await logins.connected(owner)
    await proof.one(companion, claimed)
    assert health(arrange, channel)["looked_at"] is None
    [again] = await proof.due(companion, limit=1)
    await proof.one(companion, again)
    assert health(arrange, channel)["looked_at"] is not None
    assert await proof.due(companion, limit=1) == []


async def test_an_address_that_is_not_ours_is_told_from_one_that_is_silent(
    logins: LoginWorld, arrange: Arrange
) -> None:
    owner, companion = await logins.kit("owner"), await logins.kit("service")
    channel = await logins.connected(owner)
    for address, words in (
        (logins.server.url, "Something else answers"),
        ("http://127.0.0.1:9", "Nothing answers"),
    ):
        settings = replace(companion.settings, public_url=address)
        await look(replace(companion, settings=settings), arrange)
        found = health(arrange, channel)
        assert found["reachable"] is False
        assert words in found["unreachable_why"]


async def test_a_companion_with_another_verify_token_is_not_ours(
    logins: LoginWorld, arrange: Arrange
) -> None:
    owner, companion = await logins.kit("owner"), await logins.kit("service")
    channel = await logins.connected(owner)
    settings = replace(companion.settings, port=0)
    other = replace(settings, meta_verify_token=verify_token(settings, companion.vault))
    async with open_web(replace(companion, settings=other)) as url:
        mine = replace(settings, public_url=url, meta_verify_token=Secret("another"))
        await look(replace(companion, settings=mine), arrange)
    assert "HTTP 403" in health(arrange, channel)["unreachable_why"]


async def test_a_lost_subscription_is_made_again_and_said_where_it_cannot(
    logins: LoginWorld, arrange: Arrange
) -> None:
    owner, companion = await logins.kit("owner"), await logins.kit("service")
    channel = await logins.connected(owner)
    logins.server.subscribed.clear()
    await look(companion, arrange)
    assert logins.server.subscribed == {"messages", "comments"}
    logins.server.subscribed.clear()
    logins.server.can_subscribe = False
    await look(companion, arrange)
    found = health(arrange, channel)
    assert (found["subscribed"], found["missing_fields"]) == (
        False,
        ["messages", "comments"],
    )


async def test_a_message_no_webhook_brought_arrives_once_and_is_counted(
    logins: LoginWorld, arrange: Arrange
) -> None:
    owner, companion = await logins.kit("owner"), await logins.kit("service")
    channel = await logins.connected(owner)
    connected_since(arrange, "1 hour")
    logins.platform.history.facts = (said("mid.1", ago=timedelta(minutes=30)),)
    for _ in range(2):
        await look(companion, arrange)
    assert arrange.value("select count(*) from conversation_messages") == 1
    found = health(arrange, channel)
    assert found["missed"] == 1
    assert found["missed_at"] is not None
    assert arrange.row("social_accounts", channel)["last_inbound_at"] is None


async def test_a_message_whose_webhook_may_still_come_is_not_missed(
    logins: LoginWorld, arrange: Arrange
) -> None:
    owner, companion = await logins.kit("owner"), await logins.kit("service")
    channel = await logins.connected(owner)
    connected_since(arrange, "1 hour")
    logins.platform.history.facts = (said("mid.1", ago=timedelta(seconds=20)),)
    await look(companion, arrange)
    assert arrange.value("select count(*) from conversation_messages") == 1
    assert health(arrange, channel)["missed"] == 0


async def test_what_was_written_before_the_channel_was_connected_is_not_missed(
    logins: LoginWorld, arrange: Arrange
) -> None:
    owner, companion = await logins.kit("owner"), await logins.kit("service")
    channel = await logins.connected(owner)
    logins.platform.history.facts = (said("mid.1", ago=timedelta(minutes=4)),)
    await look(companion, arrange)
    assert health(arrange, channel)["missed"] == 0


async def be_silent(kit: Kit, arrange: Arrange, hours: int) -> None:
    """Let no companion have lived for a while, and one start again."""
    await upkeep.beat(kit, COMPANION)
    arrange.run(
        "update app_private.workers set beat_at = now() - make_interval(hours => %(h)s)",
        h=hours,
    )
    await upkeep.beat(kit, COMPANION)


@pytest.mark.allows_log("companion.was_silent")
@pytest.mark.parametrize(("complete", "state"), [(True, "closed"), (False, "possible")])
async def test_after_an_outage_history_closes_the_gap_or_says_that_it_cannot(
    complete: bool,  # noqa: FBT001 - a parameter of pytest
    state: str,
    logins: LoginWorld,
    arrange: Arrange,
) -> None:
    """RELIABILITY F30."""
    owner, companion = await logins.kit("owner"), await logins.kit("service")
    channel = await logins.connected(owner)
    connected_since(arrange, "10 days")
    await be_silent(companion, arrange, 8 * 24)
    logins.platform.history.facts = (said("mid.1", ago=timedelta(days=4)),)
    logins.platform.history.complete = complete
    await look(companion, arrange)
    gap = arrange.value("select to_jsonb(g) from channel_gaps g")
    assert (gap["state"], gap["found"]) == (state, 1)
    assert health(arrange, channel)["missed"] == 0
    await look(companion, arrange)
    assert arrange.value("select count(*) from channel_gaps") == 1


@pytest.mark.allows_log("companion.was_silent")
@pytest.mark.parametrize(("hours", "state"), [(35, "closed"), (37, "possible")])
async def test_what_is_delivered_again_leaves_no_gap_even_where_history_is_cut_short(
    hours: int, state: str, logins: LoginWorld, arrange: Arrange
) -> None:
    companion = await logins.kit("service")
    await logins.connected(await logins.kit("owner"))
    connected_since(arrange, "10 days")
    await be_silent(companion, arrange, hours)
    logins.platform.history.complete = False
    await look(companion, arrange)
    assert arrange.value("select state from channel_gaps") == state


@pytest.mark.allows_log("companion.was_silent")
@pytest.mark.parametrize(("hours", "state"), [(8 * 24, "possible"), (24, "closed")])
async def test_where_nothing_can_be_asked_a_long_outage_stays_a_possible_gap(
    hours: int, state: str, logins: LoginWorld, arrange: Arrange
) -> None:
    companion = await logins.kit("service")
    companion = replace(
        companion,
        base_urls={**companion.base_urls, PlatformName.WHATSAPP: logins.server.url},
        platforms={
            **companion.platforms,
            PlatformName.WHATSAPP: plain(companion.platforms[PlatformName.WHATSAPP]),
        },
    )
    channel = await connect.channel(
        await logins.kit("owner"),
        connect.Account(
            platform=PlatformName.WHATSAPP,
            account_id="1065",
            name="Shop",
            token=logins.server.grant().access_token,
        ),
    )
    await be_silent(companion, arrange, hours)
    await look(companion, arrange)
    assert arrange.value("select state from channel_gaps") == state
    member = await logins.kit("agent")
    await connect.acknowledge_gaps(member, channel)
    unseen = (
        "select count(*) from channel_gaps where state = 'possible' and seen_at is null"
    )
    assert arrange.value(unseen) == 0


@pytest.mark.allows_log("companion.was_silent")
async def test_a_companion_that_never_rested_marks_no_gap(
    logins: LoginWorld, arrange: Arrange
) -> None:
    companion = await logins.kit("service")
    await logins.connected(await logins.kit("owner"))
    for _ in range(3):
        await upkeep.beat(companion, COMPANION)
    assert arrange.value("select count(*) from channel_gaps") == 0


async def test_a_dead_token_is_found_by_a_look_and_told_once(
    logins: LoginWorld, arrange: Arrange
) -> None:
    owner, companion = await logins.kit("owner"), await logins.kit("service")
    channel = await logins.connected(owner)
    logins.server.end_everything()
    await look(companion, arrange)
    row = arrange.row("social_accounts", channel)
    assert (row["status"], row["paused_at"] is None) == ("expired", False)
    assert health(arrange, channel)["renew_due_at"] is not None


async def test_removing_ends_the_deliveries_and_deletes_the_token_but_no_conversation(
    logins: LoginWorld, arrange: Arrange
) -> None:
    owner, companion = await logins.kit("owner"), await logins.kit("service")
    channel = await logins.connected(owner)
    arrange.inbound(arrange.conversation(channel))
    await connect.remove(owner, channel)
    await look(companion, arrange)
    row = arrange.row("social_accounts", channel)
    assert (row["access_token"], row["refresh_token"], row["status"]) == (
        None,
        None,
        "revoked",
    )
    assert logins.server.subscribed == set()
    assert arrange.value("select count(*) from conversation_messages") == 1
    assert await proof.due(companion, limit=9) == []
    await logins.connected(owner)
    again = arrange.row("social_accounts", channel)
    assert (again["removed_at"], again["status"]) == (None, "active")


async def test_deliveries_that_another_channel_lives_on_do_not_end(
    logins: LoginWorld, arrange: Arrange
) -> None:
    owner, companion = await logins.kit("owner"), await logins.kit("service")
    channel = await logins.connected(owner)
    other = arrange.channel(platform=PlatformName.INSTAGRAM)
    arrange.run(
        "update social_accounts set metadata = jsonb_build_object('page_id', %(page)s::text)"
        " where id = %(id)s",
        id=other,
        page=ACCOUNT,
    )
    await connect.remove(owner, channel)
    await look(companion, arrange)
    assert arrange.row("social_accounts", channel)["access_token"] is None
    assert logins.server.subscribed == {"messages", "comments"}


async def test_only_an_owner_removes_a_channel(logins: LoginWorld) -> None:
    channel = await logins.connected(await logins.kit("owner"))
    for principal in ("agent", "admin"):
        with pytest.raises(Refused):
            await connect.remove(await logins.kit(principal), channel)


async def test_the_usual_silence_is_the_longest_of_the_last_weeks(
    logins: LoginWorld, arrange: Arrange
) -> None:
    owner, companion = await logins.kit("owner"), await logins.kit("service")
    channel = await logins.connected(owner)
    conversation = arrange.conversation(channel)
    for number in range(40):
        arrange.inbound(conversation, age=3600.0 * number)
    arrange.inbound(conversation, age=3600.0 * 50)
    await look(companion, arrange)
    assert health(arrange, channel)["usual_silence"] == pytest.approx(3600 * 11, rel=0.01)


async def test_nothing_is_written_on_a_channel_that_was_removed(
    logins: LoginWorld, arrange: Arrange
) -> None:
    owner = await logins.kit("owner")
    channel = await logins.connected(owner)
    conversation = arrange.conversation(channel)
    await connect.remove(owner, channel)
    with pytest.raises(Refused, match="removed"):
        await reply.send(owner, conversation, "Hello", key=uuid4())
