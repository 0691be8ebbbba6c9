import asyncio
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from core.actions import log_in
from core.actions.log_in import Pasted, Wanted
from core.config.sealing import unseal
from core.config.secret import Secret
from core.domain.channel import PlatformName
from core.domain.errors import ChannelSignedOut, NotFound, NotSetUp, Refused
from core.domain.scopes import Use
from core.store import channels
from core.store.channel_tokens import refresh_cell
from tests.doubles.plain_platform import plain
from tests.fixtures.inbox import Arrange
from tests.fixtures.logins import ACCOUNT, Browse, LoginWorld


def wanted(logins: LoginWorld) -> Wanted:
    return Wanted(platform=PlatformName.INSTAGRAM, base_url=logins.server.url)


async def test_a_login_in_the_browser_connects_the_account_that_is_chosen(
    logins: LoginWorld, browse: Browse, arrange: Arrange
) -> None:
    logins.server.accounts = [ACCOUNT, "2000"]
    kit = await logins.kit("owner")
    attempt = await log_in.begin(kit, wanted(logins))
    waiting = asyncio.create_task(log_in.finish(kit, attempt))
    page = await browse(attempt.address)
    opened = await waiting
    assert page.status_code == 200
    assert [choice.account_id for choice in opened.choices] == [ACCOUNT, "2000"]
    connected = await log_in.choose(kit, opened, "2000")
    row = arrange.row("social_accounts", connected.channel_id)
    assert (row["account_id"], row["status"]) == ("2000", "active")
    assert row["metadata"] == {
        "k": "v",
        "flavour": "instagram",
        "base_url": logins.server.url,
    }
    assert row["scopes"] == ["basic", "manage_messages", "manage_comments"]
    assert row["token_expires_at"] is not None
    access, refresh = logins.server.seen
    of = (kit.member.tenant, connected.channel_id)
    assert unseal(kit.vault, channels.token_cell(*of), row["access_token"]) == Secret(
        access
    )
    assert unseal(kit.vault, refresh_cell(*of), row["refresh_token"]) == Secret(refresh)
    health = arrange.value(
        "select subscribed from channel_health where channel_id = %(id)s",
        id=connected.channel_id,
    )
    assert health is True


async def test_the_page_is_asked_with_a_challenge_and_a_state_of_its_own(
    logins: LoginWorld,
) -> None:
    kit = await logins.kit("owner")
    attempts = [await log_in.begin(kit, wanted(logins)) for _ in range(2)]
    queries = [parse_qs(urlsplit(attempt.address).query) for attempt in attempts]
    for attempt, query in zip(attempts, queries, strict=True):
        assert query["code_challenge_method"] == ["S256"]
        assert query["scope"] == ["basic,manage_messages,manage_comments"]
        assert attempt.verifier.reveal() not in attempt.address
        assert attempt.verifier.reveal() not in repr(attempt)
        assert query["state"][0] not in repr(attempt)
        await log_in.give_up(kit, attempt)
    assert queries[0]["state"] != queries[1]["state"]
    assert queries[0]["code_challenge"] != queries[1]["code_challenge"]


async def test_a_login_that_is_given_up_ends(logins: LoginWorld) -> None:
    kit = await logins.kit("owner")
    attempt = await log_in.begin(kit, wanted(logins))
    waiting = asyncio.create_task(log_in.finish(kit, attempt))
    await asyncio.sleep(0)
    await log_in.give_up(kit, attempt)
    with pytest.raises(Refused, match="cancelled"):
        await waiting


async def test_without_a_required_scope_the_account_is_not_connected(
    logins: LoginWorld, browse: Browse, arrange: Arrange
) -> None:
    logins.server.logins.refused = frozenset({"manage_messages"})
    kit = await logins.kit("owner")
    attempt = await log_in.begin(kit, wanted(logins))
    waiting = asyncio.create_task(log_in.finish(kit, attempt))
    await browse(attempt.address)
    opened = await waiting
    with pytest.raises(Refused, match=r"manage_messages.*reading and answering messages"):
        await log_in.choose(kit, opened, ACCOUNT)
    assert arrange.value("select count(*) from social_accounts") == 0


async def test_a_scope_that_can_be_missed_is_named_with_what_will_not_work(
    logins: LoginWorld, browse: Browse
) -> None:
    logins.server.logins.refused = frozenset({"manage_comments"})
    kit = await logins.kit("owner")
    attempt = await log_in.begin(kit, wanted(logins))
    waiting = asyncio.create_task(log_in.finish(kit, attempt))
    await browse(attempt.address)
    connected = await log_in.choose(kit, await waiting, ACCOUNT)
    assert connected.missing == ("manage_comments",)
    assert connected.lacking == (Use.COMMENTS,)


async def test_logging_in_again_has_to_be_with_the_channels_own_account(
    logins: LoginWorld, browse: Browse
) -> None:
    kit = await logins.kit("owner")
    channel = await logins.connected(kit)
    logins.server.accounts = ["2000"]
    attempt = await log_in.begin_again(kit, channel)
    waiting = asyncio.create_task(log_in.finish(kit, attempt))
    await browse(attempt.address)
    with pytest.raises(Refused, match="another account: Shop 2000"):
        await waiting


async def test_logging_in_again_revives_the_channel_and_keeps_its_mode(
    logins: LoginWorld, browse: Browse, arrange: Arrange
) -> None:
    kit = await logins.kit("owner")
    channel = await logins.connected(kit)
    arrange.run(
        "update social_accounts set status = 'revoked', assistant_mode = 'off',"
        " paused_reason = 'x', paused_at = now() where id = %(id)s",
        id=channel,
    )
    attempt = await log_in.begin_again(kit, channel)
    waiting = asyncio.create_task(log_in.finish(kit, attempt))
    await browse(attempt.address)
    connected = await log_in.choose(kit, await waiting, ACCOUNT)
    row = arrange.row("social_accounts", channel)
    assert connected.channel_id == channel
    assert (row["status"], row["paused_at"], row["assistant_mode"]) == (
        "active",
        None,
        "off",
    )


async def test_a_pasted_token_is_looked_at_before_it_is_kept(
    logins: LoginWorld, arrange: Arrange
) -> None:
    kit = await logins.kit("owner")
    grant = logins.server.grant()
    pasted = Pasted(
        platform=PlatformName.INSTAGRAM,
        account_id=ACCOUNT,
        token=grant.access_token,
        base_url=logins.server.url,
        ids={"waba_id": "77"},
    )
    connected = await log_in.paste(kit, pasted)
    assert connected.name == "Shop"
    assert (
        arrange.row("social_accounts", connected.channel_id)["metadata"]["waba_id"] == "77"
    )
    logins.server.end_everything()
    with pytest.raises(ChannelSignedOut):
        await log_in.paste_again(kit, connected.channel_id, grant.access_token)


async def test_where_there_is_no_login_the_token_is_pasted(logins: LoginWorld) -> None:
    kit = await logins.kit("owner")
    sandbox = plain(kit.platforms[PlatformName.SANDBOX])
    kit = replace(kit, platforms={**kit.platforms, PlatformName.SANDBOX: sandbox})
    pasted = Pasted(
        platform=PlatformName.SANDBOX,
        account_id="1065",
        token=Secret("EAAG"),
        name="Shop",
        base_url=logins.server.url,
    )
    assert (await log_in.paste(kit, pasted)).subscribed is None
    with pytest.raises(Refused, match="no login"):
        await log_in.begin(kit, Wanted(platform=PlatformName.SANDBOX))


async def test_a_login_of_the_real_platform_needs_an_app(logins: LoginWorld) -> None:
    kit = await logins.kit("owner")
    with pytest.raises(NotSetUp, match="SOCIALSYNC_INSTAGRAM_APP_ID"):
        await log_in.begin(
            kit,
            Wanted(platform=PlatformName.INSTAGRAM, base_url="https://graph.instagram.com"),
        )
    with pytest.raises(Refused, match="Use one of: instagram"):
        await log_in.begin(kit, Wanted(platform=PlatformName.INSTAGRAM, flavour="page"))


async def test_only_what_the_login_opened_can_be_chosen(
    logins: LoginWorld, browse: Browse
) -> None:
    kit = await logins.kit("owner")
    attempt = await log_in.begin(kit, wanted(logins))
    waiting = asyncio.create_task(log_in.finish(kit, attempt))
    await browse(attempt.address)
    with pytest.raises(NotFound):
        await log_in.choose(kit, await waiting, "elsewhere")


async def test_no_token_is_written_down_anywhere(
    logins: LoginWorld,
    browse: Browse,
    arrange: Arrange,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level("DEBUG")
    kit = await logins.kit("owner")
    attempt = await log_in.begin(kit, wanted(logins))
    waiting = asyncio.create_task(log_in.finish(kit, attempt))
    page = await browse(attempt.address)
    opened = await waiting
    connected = await log_in.choose(kit, opened, ACCOUNT)
    out, err = capfd.readouterr()
    rows = arrange.row("social_accounts", connected.channel_id)
    ours = [record.getMessage() for record in caplog.records if record.name[:4] == "core"]
    written = "\n".join(
        [
            *ours,
            out,
            err,
            page.text,
            repr(opened),
            repr(attempt),
            repr(connected),
            str(rows),
        ]
    )
    for canary in logins.server.seen:
        assert canary not in written
