"""Open the sandbox: bind loopback, serve Graph, remember what was sent.

async with open_sandbox(config) as sandbox:
    sandbox.listen_at("http://127.0.0.1:8710/webhooks")
    sandbox.faults.add(FaultRule(kind=Fault.CUT_AFTER_ACCEPT, nth=3))
    await sandbox.write(person, "Bonjour")
    assert sandbox.sends()
"""

import contextlib
import socket
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from core.domain.errors import NotSetUp
from core.sandbox.accounts import SandboxConfig
from core.sandbox.call import World
from core.sandbox.courier import Courier
from core.sandbox.faults import Faults
from core.sandbox.sandbox import Sandbox
from core.sandbox.state import SandboxState

if TYPE_CHECKING:
    from starlette.types import Scope
    from uvicorn import Server

HOST = "127.0.0.1"


@contextlib.asynccontextmanager
async def open_sandbox(config: SandboxConfig) -> AsyncIterator[Sandbox]:
    """Serve on `config.port` (0: any free one) until the block ends.

    Closing drops calls and receipts that are still under way.

    Raises:
        NotSetUp: the port is taken.
    """
    # The libraries of a server are loaded by who opens one, not by who names a type.
    from uvicorn import Config, Server

    from core.sandbox.app import build_app
    from core.sandbox.control import control_routes

    try:
        listener = socket.create_server((HOST, config.port))
    except OSError as error:
        raise NotSetUp(
            f"Port {config.port} on {HOST} is taken.",
            "Stop the other program, or set SOCIALSYNC_PORT: the sandbox takes the next port.",
        ) from error
    url = f"http://{HOST}:{listener.getsockname()[1]}"
    sandbox = Sandbox(world=_world(config, url), faults=Faults())
    app = build_app(
        sandbox.world,
        sandbox.faults,
        cut=lambda scope: _abort(server, scope),
        control=control_routes(sandbox),
    )
    server = Server(
        Config(
            app,
            lifespan="off",
            ws="none",
            log_config=None,
            access_log=False,
            proxy_headers=False,
        )
    )
    async with _serving(server, listener):
        try:
            yield sandbox
        finally:
            await sandbox.world.courier.stop()


def _world(config: SandboxConfig, url: str) -> World:
    courier = Courier(
        post=config.post,
        sleep=config.sleep,
        app_secret=config.app_secret,
        redelivery_seconds=config.redelivery_seconds,
        webhook_base=config.webhook_base,
    )
    state = SandboxState(accounts=config.accounts)
    state.whatsapp.templates.update({one.id: one for one in config.templates})
    return World(config=config, state=state, courier=courier, url=url)


@contextlib.asynccontextmanager
async def _serving(server: "Server", listener: socket.socket) -> AsyncIterator[None]:
    """Run uvicorn inside this loop, without its `serve`, which takes over the signals.

    The process belongs to the companion or to a test; Ctrl-C is theirs to handle.
    """
    server.config.load()
    server.lifespan = server.config.lifespan_class(server.config)
    await server.startup(sockets=[listener])
    try:
        yield
    finally:
        for listening in server.servers:
            listening.close()
        for connection in list(server.server_state.connections):
            connection.transport.abort()
        for task in list(server.server_state.tasks):
            task.cancel()


def _abort(server: "Server", scope: "Scope") -> None:
    """Close the caller's socket at once; on loopback its address names the connection."""
    for connection in server.server_state.connections:
        if connection.transport.get_extra_info("peername") == tuple(scope["client"]):
            connection.transport.abort()
