"""Facebook's login against the sandbox: a Page is connected with its own token."""

import asyncio
from dataclasses import replace

from core.actions import log_in, proof
from core.actions.log_in import Wanted
from core.domain.channel import PlatformName
from tests.fixtures.inbox import Arrange, KitOf
from tests.fixtures.logins import Browse
from tests.platforms.facebook.stage import PAGE, open_page


async def test_a_page_is_connected_and_looked_at(
    kit_of: KitOf, browse: Browse, arrange: Arrange
) -> None:
    async with open_page() as stage:
        base_url = stage.session.base_url
        kits = []
        for principal in ("owner", "service"):
            kit = await kit_of(principal)
            settings = replace(kit.settings, public_url=stage.sandbox.url)
            base_urls = {PlatformName.FACEBOOK: base_url}
            kits.append(replace(kit, settings=settings, base_urls=base_urls))
        owner, companion = kits
        attempt = await log_in.begin(
            owner, Wanted(platform=PlatformName.FACEBOOK, base_url=base_url)
        )
        waiting = asyncio.create_task(log_in.finish(owner, attempt))
        assert (await browse(attempt.address)).status_code == 200
        opened = await waiting
        (choice,) = opened.choices
        assert (choice.account_id, choice.name) == (PAGE.account_id, PAGE.name)
        connected = await log_in.choose(owner, opened, PAGE.account_id)
        assert (connected.missing, connected.subscribed) == ((), True)
        row = arrange.row("social_accounts", connected.channel_id)
        assert row["account_id"] == PAGE.account_id
        for due in await proof.due(companion, limit=9):
            await proof.one(companion, due)
        health = arrange.value("select to_jsonb(h) from channel_health h")
        assert (health["trouble"], health["subscribed"]) == (None, True)
