"""A real platform's login against the sandbox: connected, renewed, looked at, removed."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from core.actions import carry_out, comment, connect, deliver, hear, log_in, proof, renew
from core.actions.comment import Answer
from core.actions.log_in import Wanted
from core.domain.channel import PlatformName
from core.domain.ids import ChannelId
from core.domain.incoming import IncomingComment
from core.domain.message import Origin
from core.kit import Kit
from core.sandbox.x_customers import post_publicly
from core.store import channels, deeds, outbox
from tests.fixtures.inbox import Arrange, KitOf
from tests.fixtures.logins import Browse
from tests.platforms.x.stage import ANNA, Stage, open_stage


async def kit_at(stage: Stage, kit_of: KitOf, principal: str, public_url: str) -> Kit:
    kit = await kit_of(principal)
    settings = replace(kit.settings, public_url=public_url)
    base_urls = {PlatformName.X: f"{stage.sandbox.url}/x"}
    return replace(kit, settings=settings, base_urls=base_urls)


async def connected(stage: Stage, owner: Kit, browse: Browse) -> ChannelId:
    wanted = Wanted(platform=PlatformName.X, base_url=f"{stage.sandbox.url}/x")
    attempt = await log_in.begin(owner, wanted)
    waiting = asyncio.create_task(log_in.finish(owner, attempt))
    await browse(attempt.address)
    opened = await waiting
    (choice,) = opened.choices
    return (await log_in.choose(owner, opened, choice.account_id)).channel_id


async def send_all(companion: Kit, limit: int = 99) -> None:
    async with companion.database.claim() as unit:
        due = await outbox.claim(unit, worker="w", limit=limit, lease=60, but=[])
    for item in due:
        await deliver.one(companion, item)


async def carry_out_all(companion: Kit) -> None:
    async with companion.database.claim() as unit:
        due = await deeds.claim(unit, worker="w", limit=9, lease=60)
    for deed in due:
        await carry_out.one(companion, deed)


def owed(arrange: Arrange, stage: Stage, channel: ChannelId, number: int) -> None:
    """Owe a message to a customer of its own, whom the sandbox knows."""
    conversation = arrange.conversation(channel)
    customer = arrange.value(
        "select u.platform_customer_id from conversations c join customers u"
        " on u.id = c.customer_id where c.id = %(id)s",
        id=conversation,
    )
    stage.sandbox.state.people[customer] = replace(ANNA, id=customer)
    arrange.owed(conversation, f"Number {number}", origin=Origin.MEMBER)


@pytest.mark.allows_log("channel.paused")
async def test_a_token_that_ends_between_two_messages_is_renewed_and_nothing_fails(
    kit_of: KitOf, browse: Browse, arrange: Arrange
) -> None:
    """RELIABILITY F11 on X, whose tokens live two hours."""
    async with open_stage() as stage:
        owner = await kit_at(stage, kit_of, "owner", "https://inbox.example")
        companion = await kit_at(stage, kit_of, "service", stage.sandbox.url)
        channel = await connected(stage, owner, browse)
        for number in range(6):
            owed(arrange, stage, channel, number)
        await send_all(companion, limit=3)
        assert len(stage.sandbox.sends()) == 3
        stage.hands.advance(timedelta(hours=3))
        await send_all(companion)
        assert arrange.row("social_accounts", channel)["status"] == "expired"
        states = "select array_agg(state order by state) from outbox_items"
        assert arrange.value(states) == ["accepted"] * 3 + ["queued"] * 3
        (due,) = await renew.due(companion, limit=9)
        await renew.one(companion, due)
        row = arrange.row("social_accounts", channel)
        assert (row["status"], row["paused_reason"]) == ("active", None)
        await send_all(companion)
        assert arrange.value(states) == ["accepted"] * 6
        texts = [str(sent.body["text"]) for sent in stage.sandbox.sends()]
        assert sorted(texts) == [f"Number {number}" for number in range(6)]
        assert await renew.due(companion, limit=9) == []


@pytest.mark.allows_log("channel.paused", "channel.signed_out")
async def test_where_the_grant_is_dead_a_message_waits_for_a_person(
    kit_of: KitOf, browse: Browse, arrange: Arrange
) -> None:
    async with open_stage() as stage:
        owner = await kit_at(stage, kit_of, "owner", "https://inbox.example")
        companion = await kit_at(stage, kit_of, "service", stage.sandbox.url)
        channel = await connected(stage, owner, browse)
        owed(arrange, stage, channel, 1)
        stage.sandbox.state.logins.clear()
        await send_all(companion)
        (due,) = await renew.due(companion, limit=9)
        await renew.one(companion, due)
        await send_all(companion)
        assert arrange.row("social_accounts", channel)["status"] == "expired"
        assert arrange.value("select state from outbox_items") == "queued"
        assert stage.sandbox.sends() == ()
        await connected(stage, owner, browse)
        await send_all(companion)
        assert arrange.value("select state from outbox_items") == "accepted"


@pytest.mark.allows_log("channel.paused")
async def test_a_public_answer_leaves_with_the_renewed_token(
    kit_of: KitOf, browse: Browse, arrange: Arrange
) -> None:
    async with open_stage() as stage:
        owner = await kit_at(stage, kit_of, "owner", "https://inbox.example")
        companion = await kit_at(stage, kit_of, "service", stage.sandbox.url)
        channel_id = await connected(stage, owner, browse)
        await post_publicly(stage.sandbox.world, ANNA, "Is @brulerie open?")
        (theirs,) = (one for one in stage.facts() if isinstance(one, IncomingComment))
        async with companion.unit(arrange.tenant) as unit:
            channel = await channels.get(unit, channel_id)
            assert channel is not None
            comment_id = await hear.comment(companion, unit, channel, theirs)
        await comment.reply(owner, Answer(comment=comment_id, text="Guji."))
        stage.hands.advance(timedelta(hours=3))
        await carry_out_all(companion)
        (due,) = await renew.due(companion, limit=9)
        await renew.one(companion, due)
        await carry_out_all(companion)
        assert arrange.value("select state from comment_deeds") == "accepted"


async def test_x_is_connected_renewed_looked_at_and_removed(
    kit_of: KitOf, browse: Browse, arrange: Arrange
) -> None:
    async with open_stage() as stage:
        # The sandbox's own courier plays what answers there; no look leaves this machine.
        owner = await kit_at(stage, kit_of, "owner", "https://inbox.example")
        companion = await kit_at(stage, kit_of, "service", stage.sandbox.url)
        attempt = await log_in.begin(
            owner, Wanted(platform=PlatformName.X, base_url=f"{stage.sandbox.url}/x")
        )
        assert attempt.address.startswith(f"{stage.sandbox.url}/x/i/oauth2/authorize?")
        waiting = asyncio.create_task(log_in.finish(owner, attempt))
        assert (await browse(attempt.address)).status_code == 200
        opened = await waiting
        (choice,) = opened.choices
        connected = await log_in.choose(owner, opened, choice.account_id)
        assert (connected.missing, connected.subscribed) == ((), True)
        first = arrange.row("social_accounts", connected.channel_id)
        arrange.run("update channel_health set renew_due_at = now()")
        (due,) = await renew.due(companion, limit=9)
        await renew.one(companion, due)
        second = arrange.row("social_accounts", connected.channel_id)
        assert second["refresh_token"] != first["refresh_token"]
        assert second["status"] == "active"
        (look,) = await proof.due(companion, limit=9)
        await proof.one(companion, look)
        health = arrange.value("select to_jsonb(h) from channel_health h")
        assert (health["trouble"], health["subscribed"]) == (None, True)
        assert health["missing_scopes"] == []
        await connect.remove(owner, connected.channel_id)
        (gone,) = await proof.due(companion, limit=9)
        await proof.one(companion, gone)
        assert arrange.row("social_accounts", connected.channel_id)["access_token"] is None
