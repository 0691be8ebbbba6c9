"""Connecting and removing channels from the terminal."""

import asyncio

import pytest

from core.actions import log_in
from core.actions.log_in import Wanted
from core.cli.channel_login import through_browser, told
from core.domain.channel import AssistantMode, PlatformName
from core.domain.errors import Refused
from tests.cli.conftest import TOKEN, Call, SandboxAt
from tests.fixtures.inbox import Arrange
from tests.fixtures.logins import ACCOUNT, Browse, LoginWorld


def test_a_channel_is_removed_and_its_conversations_stay(
    call: Call, arrange_at_home: Arrange, sandbox_at: SandboxAt
) -> None:
    added = call(
        "channels", "add", "whatsapp", sandbox_at.number, "--name", "Shop", "--id",
        "waba_id=77", "--base-url", sandbox_at.url, "--json", stdin=f"{TOKEN}\n",
    )  # fmt: skip
    channel = added.json["channel_id"]
    row = arrange_at_home.row("social_accounts", channel)
    assert row["metadata"] == {"waba_id": "77", "base_url": sandbox_at.url}
    arrange_at_home.conversation(channel)
    assert "No companion has looked yet." in call("channels", "list").out
    call("channels", "seen", channel)
    call("channels", "remove", channel, "--yes")
    ids = [one["id"] for one in call("channels", "list", "--json").json]
    assert channel not in ids
    kept = "select count(*) from conversations where social_account_id = %(id)s"
    assert arrange_at_home.value(kept, id=channel) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["channels", "add", "whatsapp"],
        ["channels", "add", "whatsapp", "1", "--id", "waba_id"],
        ["channels", "add", "whatsapp", "1"],
        ["channels", "reconnect", "x"],
        ["channels", "test"],
    ],
    ids=" ".join,
)
def test_a_wrong_call_is_told_as_one(call: Call, arguments: list[str]) -> None:
    assert call(*arguments).code == 2


def test_a_platform_without_a_login_says_to_paste(call: Call) -> None:
    said = call("channels", "add", "sandbox", "--login")
    assert said.code == 1
    assert "Paste a token" in said.err


async def test_the_address_is_shown_and_the_browser_awaited(
    logins: LoginWorld, browse: Browse, capfd: pytest.CaptureFixture[str]
) -> None:
    kit = await logins.kit("owner")
    attempt = await log_in.begin(
        kit, Wanted(platform=PlatformName.INSTAGRAM, base_url=logins.server.url)
    )
    waiting = asyncio.create_task(through_browser(kit, attempt, None, AssistantMode.DRAFT))
    await browse(attempt.address)
    connected = await waiting
    out, err = capfd.readouterr()
    assert attempt.address in err
    assert told(connected) == f"Connected {connected.channel_id}."
    for canary in logins.server.seen:
        assert canary not in out + err


async def test_of_several_accounts_one_has_to_be_named(
    logins: LoginWorld, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    logins.server.accounts = [ACCOUNT, "2000"]
    kit = await logins.kit("owner")
    for account, good in ((None, False), ("2000", True)):
        attempt = await log_in.begin(
            kit, Wanted(platform=PlatformName.INSTAGRAM, base_url=logins.server.url)
        )
        waiting = asyncio.create_task(
            through_browser(kit, attempt, account, AssistantMode.DRAFT)
        )
        await browse(attempt.address)
        if good:
            assert (await waiting).name == "Shop 2000"
        else:
            with pytest.raises(Refused, match="several accounts"):
                await waiting
