"""A sandbox over real HTTP for each test."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager

import httpx
import pytest

from core.sandbox.accounts import ReceiptPlan, SandboxConfig
from core.sandbox.sandbox import Sandbox
from core.sandbox.server import open_sandbox
from tests.sandbox.stage import (
    NUMBER,
    PAGE,
    SECRET,
    Listener,
    OpenSandbox,
    Watch,
    client_of,
)


@pytest.fixture
def listener() -> Listener:
    return Listener()


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def opened(listener: Listener, watch: Watch) -> OpenSandbox:
    """Return how to open a sandbox with a receipt plan of the test's own."""

    def open_with(receipts: ReceiptPlan) -> AbstractAsyncContextManager[Sandbox]:
        return open_sandbox(
            SandboxConfig(
                app_secret=SECRET,
                now=watch.now,
                accounts=(NUMBER, PAGE),
                webhook_base="http://companion.invalid/webhooks",
                receipts=receipts,
                redelivery_seconds=(1, 2),
                post=listener.post,
                sleep=watch.sleep,
            )
        )

    return open_with


@pytest.fixture
async def sandbox(opened: OpenSandbox) -> AsyncIterator[Sandbox]:
    async with opened(ReceiptPlan()) as running:
        yield running


@pytest.fixture
async def graph(sandbox: Sandbox) -> AsyncIterator[httpx.AsyncClient]:
    """Return a client that carries the token and speaks to the pinned version."""
    async with client_of(sandbox) as client:
        yield client
