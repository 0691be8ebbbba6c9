"""A real platform's login against the sandbox: connected, renewed, looked at, removed."""

import asyncio
from dataclasses import replace

from core.actions import connect, log_in, proof, renew
from core.actions.log_in import Wanted
from core.domain.channel import PlatformName
from core.kit import Kit
from tests.fixtures.inbox import Arrange, KitOf
from tests.fixtures.logins import Browse
from tests.platforms.x.stage import Stage, open_stage


async def kit_at(stage: Stage, kit_of: KitOf, principal: str, public_url: str) -> Kit:
    kit = await kit_of(principal)
    settings = replace(kit.settings, public_url=public_url)
    base_urls = {PlatformName.X: f"{stage.sandbox.url}/x"}
    return replace(kit, settings=settings, base_urls=base_urls)


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
