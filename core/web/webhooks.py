"""`/webhooks/{platform}`: verify, keep, answer. Nothing else (journey, step 1)."""

import asyncio

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from core import logs
from core.config.webhook_keys import SANDBOX_SECRET, signing_keys, verify_token
from core.domain.channel import PlatformName
from core.domain.errors import Conflict, DatabaseDown
from core.kit import Kit
from core.platforms.base import Platform
from core.web.intake import Intake
from core.web.metrics import Counters

__all__ = ["SANDBOX_SECRET", "Webhooks", "signing_keys"]

_log = logs.logger(__name__)

BODY_LIMIT = 4 * 1024 * 1024
"""Meta promises 3 MB; more than 4 is refused (RELIABILITY F27)."""
BODY_SECONDS = 10.0


class Webhooks:
    """The two verbs of the webhook address of every platform."""

    def __init__(self, kit: Kit, intake: Intake, counters: Counters) -> None:
        self._platforms = kit.platforms
        self._intake = intake
        self._counters = counters
        self._keys = signing_keys(kit.settings, kit.vault)
        self._verify_token = verify_token(kit.settings, kit.vault).reveal()

    def _platform(self, request: Request) -> Platform | None:
        name = request.path_params["platform"]
        known = name in PlatformName.__members__.values()
        return self._platforms.get(PlatformName(name)) if known else None

    async def shake_hands(self, request: Request) -> Response:
        """Answer the platform's question whether this address is ours."""
        platform = self._platform(request)
        if platform is None:
            return _unknown()
        answer = platform.handshake(
            request.query_params, self._verify_token, self._keys[platform.manifest.name]
        )
        return Response(
            answer.body, status_code=answer.status, media_type=answer.media_type
        )

    async def receive(self, request: Request) -> Response:
        """Keep a delivery: 200 after the commit, 401, 404, 413 or 503 otherwise."""
        platform = self._platform(request)
        if platform is None:
            return _unknown()
        name = platform.manifest.name
        try:
            async with asyncio.timeout(BODY_SECONDS):
                body = await _body(request)
        except (TimeoutError, ClientDisconnect):
            return _refused(408, "The body did not arrive in time.")
        if body is None:
            self._counters.count(name, 413)
            return _refused(413, "The body is larger than 4 MB.")
        if not platform.verify(body, request.headers, self._keys[name]):
            self._counters.count(name, 401)
            return _refused(401, "The signature is missing or wrong.")
        try:
            await self._intake.keep(name.value, body)
        except (DatabaseDown, Conflict):
            self._counters.count(name, 503)
            return _refused(503, "The inbox cannot be reached; please deliver again.")
        self._counters.count(name, 200)
        return JSONResponse({"received": True})


async def _body(request: Request) -> bytes | None:
    """Return the raw bytes, or None as soon as they are more than we take."""
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > BODY_LIMIT:
        return None
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > BODY_LIMIT:
            return None
        parts.append(part)
    return b"".join(parts)


def _unknown() -> Response:
    return _refused(404, "There is no such platform.")


def _refused(status: int, why: str) -> Response:
    return JSONResponse({"error": why}, status_code=status)
