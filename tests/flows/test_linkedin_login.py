"""LinkedIn's login against the sandbox: a page is connected, announced to us, removed."""

import asyncio
from dataclasses import replace

import pytest

from core.actions import connect, log_in, proof
from core.actions.log_in import Wanted
from core.config.secret import Secret
from core.domain.channel import PlatformName
from core.domain.ids import ChannelId
from core.kit import Kit
from tests.fixtures.inbox import Arrange, KitOf
from tests.fixtures.logins import Browse
from tests.platforms.linkedin_stage import PAGE, SECRET, Stage, open_stage

NUMBER = "221195903"


async def kit_at(
    stage: Stage, kit_of: KitOf, principal: str, application: str | None
) -> Kit:
    kit = await kit_of(principal)
    settings = replace(
        kit.settings,
        public_url=stage.sandbox.url,
        linkedin_client_id="own-app",
        linkedin_client_secret=Secret(SECRET),
        linkedin_application=application,
    )
    base_urls = {PlatformName.LINKEDIN: stage.session.base_url}
    return replace(kit, settings=settings, base_urls=base_urls)


async def connected(stage: Stage, owner: Kit, browse: Browse) -> log_in.Connected:
    base_url = stage.session.base_url
    wanted = Wanted(platform=PlatformName.LINKEDIN, base_url=base_url)
    attempt = await log_in.begin(owner, wanted)
    waiting = asyncio.create_task(log_in.finish(owner, attempt))
    assert (await browse(attempt.address)).status_code == 200
    return await log_in.choose(owner, await waiting, PAGE)


async def look(companion: Kit) -> None:
    for due in await proof.due(companion, limit=9):
        await proof.one(companion, due)


async def test_a_page_is_subscribed_under_the_applications_number_and_left(
    kit_of: KitOf, browse: Browse, arrange: Arrange
) -> None:
    async with open_stage() as stage:
        owner = await kit_at(stage, kit_of, "owner", NUMBER)
        companion = await kit_at(stage, kit_of, "service", None)
        page = await connected(stage, owner, browse)
        assert page.subscribed is True
        [key] = stage.linkedin.subscriptions
        assert f"urn:li:developerApplication:{NUMBER}" in key
        row = arrange.row("social_accounts", page.channel_id)
        assert row["metadata"]["developer_application"] == NUMBER
        await connect.remove(owner, page.channel_id)
        await look(companion)
        assert stage.linkedin.subscriptions == {}
        assert arrange.row("social_accounts", page.channel_id)["access_token"] is None


@pytest.mark.parametrize("application", [NUMBER, None])
async def test_a_number_that_is_set_later_reaches_channels_that_are_there(
    application: str | None, kit_of: KitOf, browse: Browse, arrange: Arrange
) -> None:
    async with open_stage() as stage:
        owner = await kit_at(stage, kit_of, "owner", None)
        companion = await kit_at(stage, kit_of, "service", application)
        page = await connected(stage, owner, browse)
        assert page.subscribed is None
        await look(companion)
        assert subscribed(arrange, page.channel_id) is (True if application else None)


def subscribed(arrange: Arrange, channel: ChannelId) -> object:
    return arrange.value(
        "select subscribed from channel_health where channel_id = %(id)s", id=channel
    )
