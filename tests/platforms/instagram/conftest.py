"""Instagram over real HTTP: the sandbox on one side, our platform on the other."""

from collections.abc import AsyncIterator
from datetime import datetime

import pytest

from core.config.secret import Secret
from core.net.client import Http, open_http
from core.platforms.base import ChannelSession
from core.sandbox.accounts import ReceiptPlan, SandboxConfig
from core.sandbox.sandbox import Sandbox
from core.sandbox.server import open_sandbox
from tests.sandbox.stage import PAGE, SECRET, TOKEN, Listener, Watch


class HurriedClock:
    """A clock by which ten seconds pass between any two looks at it, so that no lane fills."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def now(self) -> datetime:
        raise AssertionError("platforms tell the time")

    def elapsed(self) -> float:
        self.seconds += 10
        return self.seconds


@pytest.fixture
def listener() -> Listener:
    return Listener()


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
async def sandbox(listener: Listener, watch: Watch) -> AsyncIterator[Sandbox]:
    config = SandboxConfig(
        app_secret=SECRET,
        now=watch.now,
        accounts=(PAGE,),
        webhook_base="http://companion.invalid/webhooks",
        receipts=ReceiptPlan(instagram=()),
        post=listener.post,
        sleep=watch.sleep,
    )
    async with open_sandbox(config) as running:
        yield running


@pytest.fixture
async def http(sandbox: Sandbox, watch: Watch) -> AsyncIterator[Http]:
    async with open_http(
        clock=HurriedClock(), loopback=[sandbox.url], sleep=watch.sleep
    ) as opened:
        yield opened


@pytest.fixture
def session(sandbox: Sandbox, http: Http) -> ChannelSession:
    return ChannelSession(
        account_id=PAGE.account_id,
        base_url=sandbox.url,
        token=Secret(TOKEN),
        http=http,
        flavour="instagram_login",
    )
