"""uvicorn's HTTP protocol, with an end to its patience.

uvicorn waits for ever for the head of a request, so a caller who sends a byte now and then
could hold any number of connections (RELIABILITY F27). The body's time is the handler's.
"""

import asyncio

from typing_extensions import override
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_SECONDS = 10.0


class HurriedProtocol(HttpToolsProtocol):
    """Closes a connection whose request has not shown its whole head in time."""

    _deadline: asyncio.TimerHandle | None = None

    @override
    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._hurry()

    @override
    def on_message_begin(self) -> None:
        self._hurry()
        super().on_message_begin()

    @override
    def on_headers_complete(self) -> None:
        self._relax()
        super().on_headers_complete()

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        self._relax()
        super().connection_lost(exc)

    def _hurry(self) -> None:
        if self._deadline is None:
            self._deadline = self.loop.call_later(HEAD_SECONDS, self.transport.abort)

    def _relax(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None
