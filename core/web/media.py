"""`/media/{token}`: hand a file to the platform that was given its address."""

from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from core.domain.errors import DatabaseDown
from core.kit import Kit
from core.store import attachments
from core.store.attachments import Content

_SHOWN: Final = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})
"""Types that a browser may show; all others it may only save."""
_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
}


class MediaFiles:
    """Serves exactly the files whose addresses this installation has signed."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit

    async def hand_out(self, request: Request) -> Response:
        """Answer with the file; every reason not to looks the same from outside."""
        try:
            found = await self._find(request.path_params["token"])
        except DatabaseDown:
            why = {"error": "The inbox cannot be reached; please ask again."}
            return JSONResponse(why, status_code=503)
        if found is None:
            return JSONResponse({"error": "There is no such file."}, status_code=404)
        mime_type = found.mime_type or "application/octet-stream"
        headers = dict(_HEADERS)
        if mime_type not in _SHOWN:
            headers["Content-Disposition"] = "attachment"
        return Response(found.content, media_type=mime_type, headers=headers)

    async def _find(self, token: str) -> Content | None:
        urls = self._kit.media_urls
        ticket = None if urls is None else urls.opened(token)
        if ticket is None:
            return None
        async with self._kit.unit(ticket.tenant) as unit:
            return await attachments.read(unit, ticket.attachment)
