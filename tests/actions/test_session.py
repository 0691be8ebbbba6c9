"""A channel's API base follows from its own address, else from the login it came by."""

from dataclasses import replace
from uuid import uuid4

import pytest

from core.actions import connect, session
from core.actions.connect import Account
from core.config.secret import Secret
from core.domain.channel import PlatformName
from core.domain.ids import ChannelId
from core.domain.outbox import SendAnswer
from core.store import channels
from tests.fixtures.inbox import Arrange, KitOf

BASES = {
    PlatformName.INSTAGRAM: "https://graph.instagram.example",
    PlatformName.FACEBOOK: "https://graph.facebook.example",
}


@pytest.mark.parametrize(
    ("metadata", "base", "flavour"),
    [
        ({}, "https://graph.instagram.example", ""),
        (
            {"flavour": "instagram_login"},
            "https://graph.instagram.example",
            "instagram_login",
        ),
        (
            {"flavour": "facebook_login"},
            "https://graph.facebook.example",
            "facebook_login",
        ),
        ({"flavour": 5}, "https://graph.instagram.example", ""),
        (
            {"flavour": "facebook_login", "base_url": "http://127.0.0.1:9"},
            "http://127.0.0.1:9",
            "facebook_login",
        ),
    ],
    ids=["pasted", "instagram", "facebook", "nonsense", "sandbox"],
)
async def test_the_login_decides_the_host(
    kit_of: KitOf, arrange: Arrange, metadata: dict[str, object], base: str, flavour: str
) -> None:
    account = Account(
        platform=PlatformName.INSTAGRAM,
        account_id=uuid4().hex,
        name="Shop",
        token=Secret("own"),
        metadata=dict(metadata),
    )
    connected: ChannelId = await connect.channel(await kit_of("owner"), account)
    companion = replace(await kit_of("service"), base_urls=BASES)
    async with companion.unit(arrange.tenant) as unit:
        channel = await channels.get(unit, connected)
    assert channel is not None
    opened = await session.opened(companion, channel)
    assert not isinstance(opened, SendAnswer)
    assert (opened.base_url, opened.flavour) == (base, flavour)
