"""The companion's web application, and the server that runs it."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from typing_extensions import override

from core.config.settings import Settings
from core.domain.errors import DatabaseDown, NotSetUp
from core.kit import Kit
from core.net import media_urls
from core.queries import health
from core.web import patience
from core.web.intake import Intake
from core.web.media import MediaFiles
from core.web.metrics import Counters, Metrics
from core.web.openapi import OPENAPI
from core.web.protocol import HurriedProtocol
from core.web.webhooks import Webhooks

_DRAIN_SECONDS = 10


def application(kit: Kit, intake: Intake) -> Starlette:
    """Return the ASGI application."""
    counters = Counters()
    webhooks = Webhooks(kit, intake, counters)
    metrics = Metrics(kit, counters)
    files = MediaFiles(kit)

    async def live(_request: Request) -> Response:
        return JSONResponse({"live": True})

    async def ready(_request: Request) -> Response:
        try:
            async with patience.in_time():
                report = await health.readiness(kit)
        except DatabaseDown as down:
            return JSONResponse({"ready": False, "why": down.title}, status_code=503)
        return JSONResponse({"ready": True, **report})

    async def openapi(_request: Request) -> Response:
        return JSONResponse(OPENAPI)

    return Starlette(
        routes=[
            Route("/webhooks/{platform}", webhooks.shake_hands, methods=["GET"]),
            Route("/webhooks/{platform}", webhooks.receive, methods=["POST"]),
            Route(f"{media_urls.PATH}/{{token}}", files.hand_out),
            Route("/livez", live),
            Route("/readyz", ready),
            Route("/metrics", metrics.page),
            Route("/openapi.json", openapi),
        ]
    )


@asynccontextmanager
async def open_web(kit: Kit) -> AsyncIterator[str]:
    """Serve until the block ends; yields the address, with the port that was bound.

    Raises:
        NotSetUp: the port is taken, as by another companion on this machine.
    """
    intake = Intake(kit.database)
    async with asyncio.TaskGroup() as group:
        keeping = group.create_task(intake.run())
        try:
            async with open_server(application(kit, intake), kit.settings) as address:
                yield address
        finally:
            keeping.cancel()


@asynccontextmanager
async def open_server(app: Starlette, settings: Settings) -> AsyncIterator[str]:
    """Serve an application where the settings say; raises as `open_web` does."""
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        http=HurriedProtocol,
        ws="none",
        loop="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_DRAIN_SECONDS,
    )
    server = _Server(config)
    async with asyncio.TaskGroup() as group:
        serving = group.create_task(server.serve())
        try:
            await server.bound(serving)
            yield server.address
        finally:
            server.should_exit = True
            with contextlib.suppress(SystemExit):
                await serving


class _Server(uvicorn.Server):
    """uvicorn without its signal handlers: the engine decides when to stop."""

    @contextlib.contextmanager
    @override
    def capture_signals(self) -> Iterator[None]:
        """Leave signals to the process."""
        yield

    @property
    def address(self) -> str:
        """Return the base URL of the bound socket."""
        host, port = self.servers[0].sockets[0].getsockname()[:2]
        return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

    async def bound(self, serving: asyncio.Task[None]) -> None:
        """Wait until the socket is bound; say so plainly if it cannot be."""
        while not self.started:
            if serving.done():
                raise NotSetUp(
                    f"Port {self.config.port} on {self.config.host} is taken.",
                    "Stop the other program, or set SOCIALSYNC_PORT to a free port.",
                )
            await asyncio.sleep(0.01)
