"""Serve a double over real HTTP on any free port of loopback."""

import asyncio
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.routing import Route
from uvicorn import Config, Server


@asynccontextmanager
async def serving(
    listener: socket.socket, routes: Sequence[Route], closing: asyncio.Event
) -> AsyncIterator[None]:
    """Serve `routes` until the block ends; `closing` is set for whoever still waits."""
    config = Config(
        Starlette(routes=list(routes)),
        lifespan="off",
        ws="none",
        log_config=None,
        access_log=False,
    )
    server = Server(config)
    config.load()
    server.lifespan = config.lifespan_class(config)
    await server.startup(sockets=[listener])
    try:
        yield
    finally:
        closing.set()
        for listening in server.servers:
            listening.close()
        for connection in list(server.server_state.connections):
            connection.transport.abort()
        await asyncio.gather(*server.server_state.tasks)
