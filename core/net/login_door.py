"""The loopback address to which the browser returns after a login (RFC 8252 7.3).

One door opens for one login: it takes one answer, on one exact path, with the `state` of
this login and the `Host` it was told, and closes after ten minutes. Other requests to the
port, which any page in the browser can make, are turned away and change nothing. No page
shows what was brought, and nothing here is logged.
"""

import asyncio
import contextlib
import secrets
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from core.config.secret import Secret
from core.domain.errors import LoginDenied, LoginFailed, LoginLate, NotSetUp

HOST: Final = "127.0.0.1"
PATH: Final = "/login"
OPEN_SECONDS: Final = 600.0
"""RELIABILITY S29."""
_HEAD_LIMIT: Final = 16 * 1024
_HEAD_SECONDS: Final = 5.0
_AGAIN: Final = "Begin the login again."

_PAGES: Final = {
    "en": {
        HTTPStatus.OK: "You may close this page and go back to SocialSync.",
        HTTPStatus.GONE: "This login was used already. Begin again in SocialSync.",
        HTTPStatus.BAD_REQUEST: "This is not the login that SocialSync waits for.",
    },
    "fr": {
        HTTPStatus.OK: "Vous pouvez fermer cette page et revenir à SocialSync.",
        HTTPStatus.GONE: "Cette connexion a déjà servi. Recommencez dans SocialSync.",
        HTTPStatus.BAD_REQUEST: "Ce n’est pas la connexion que SocialSync attend.",
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """The head of one request."""

    method: str
    target: str
    hosts: tuple[str, ...]
    language: str


class LoginDoor:
    """Waits for the browser; made by `open_door`."""

    def __init__(self, state: str) -> None:
        self._state = state
        self._answer: asyncio.Future[Secret] = asyncio.get_running_loop().create_future()
        self._server: asyncio.Server | None = None
        self._closing: asyncio.TimerHandle | None = None
        self._port = 0

    @property
    def redirect_uri(self) -> str:
        """Return the address the platform sends the browser to."""
        return f"http://{HOST}:{self._port}{PATH}"

    async def code(self) -> Secret:
        """Wait for the code that the browser brings, once.

        Raises:
            LoginDenied: the person did not allow it.
            LoginLate: nobody came in time.
        """
        try:
            return await asyncio.shield(self._answer)
        finally:
            self.close()

    def close(self) -> None:
        """Take no more requests; harmless when closed already."""
        if self._closing is not None:
            self._closing.cancel()
        if self._server is not None:
            self._server.close()
        self._fail(LoginLate("The login was cancelled.", _AGAIN))

    async def listen(self, port: int) -> None:
        """Bind the port; raises NotSetUp when it is taken."""
        try:
            self._server = await asyncio.start_server(
                self._serve, HOST, port, limit=_HEAD_LIMIT
            )
        except OSError as error:
            raise NotSetUp(
                f"Port {port} on {HOST} is taken, so that a login could not come back.",
                "Stop the other program, or set SOCIALSYNC_LOGIN_PORT to another port.",
            ) from error
        self._port = self._server.sockets[0].getsockname()[1]
        loop = asyncio.get_running_loop()
        self._closing = loop.call_later(OPEN_SECONDS, self._expire)

    def _expire(self) -> None:
        self._fail(LoginLate("Nobody logged in within 10 minutes.", _AGAIN))
        self.close()

    def _fail(self, why: LoginFailed) -> None:
        if not self._answer.done():
            self._answer.set_exception(why)
            # Somebody who has stopped waiting does not have to hear of it.
            self._answer.exception()

    async def _serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        with contextlib.suppress(OSError, TimeoutError):
            try:
                async with asyncio.timeout(_HEAD_SECONDS):
                    asked = await _head(reader)
                status = HTTPStatus.BAD_REQUEST if asked is None else self._judge(asked)
                language = "en" if asked is None else asked.language
                writer.write(_page(status, language))
                await writer.drain()
            finally:
                writer.close()

    def _judge(self, asked: _Asked) -> HTTPStatus:
        """Take the answer if it is ours; return what to say."""
        if asked.hosts != (f"{HOST}:{self._port}",):
            return HTTPStatus.MISDIRECTED_REQUEST
        parts = urlsplit(asked.target)
        if parts.scheme or parts.netloc or parts.path != PATH:
            return HTTPStatus.NOT_FOUND
        if asked.method != "GET":
            return HTTPStatus.METHOD_NOT_ALLOWED
        pairs = parse_qsl(parts.query, keep_blank_values=True)
        brought = dict(pairs)
        if len(brought) != len(pairs) or not self._is_ours(brought.get("state", "")):
            return HTTPStatus.BAD_REQUEST
        if self._answer.done():
            return HTTPStatus.GONE
        return self._take(brought)

    def _is_ours(self, state: str) -> bool:
        return secrets.compare_digest(state.encode(), self._state.encode())

    def _take(self, brought: dict[str, str]) -> HTTPStatus:
        if brought.get("code"):
            self._answer.set_result(Secret(brought["code"]))
        elif brought.get("error"):
            denied = LoginDenied(
                "The login was not allowed on the platform's page.",
                "Begin again and allow it, or paste a token.",
            )
            self._fail(denied)
        else:
            return HTTPStatus.BAD_REQUEST
        return HTTPStatus.OK


async def open_door(state: str, *, port: int = 0) -> LoginDoor:
    """Open a door for one login, at `port` or any free one.

    Raises:
        NotSetUp: the port is taken.
    """
    door = LoginDoor(state)
    await door.listen(port)
    return door


async def _head(reader: asyncio.StreamReader) -> _Asked | None:
    """Return the head of a request, None for what is not HTTP."""
    try:
        raw = await reader.readuntil(b"\r\n\r\n")
        first, *lines = raw.decode("ascii").split("\r\n")
        method, target, _version = first.split(" ")
        urlsplit(target)
    except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError):
        return None
    headers = [line.partition(":") for line in lines if line]
    values = [(name.strip().lower(), value.strip()) for name, _, value in headers]
    return _Asked(
        method=method,
        target=target,
        hosts=tuple(value for name, value in values if name == "host"),
        language=_language(dict(values).get("accept-language", "")),
    )


def _language(accepted: str) -> str:
    first = accepted.split(",")[0].split("-")[0].strip().lower()
    return first if first in _PAGES else "en"


def _page(status: HTTPStatus, language: str) -> bytes:
    words = _PAGES[language].get(status, _PAGES[language][HTTPStatus.BAD_REQUEST])
    body = (
        f'<!doctype html><html lang="{language}"><meta charset="utf-8">'
        f"<title>SocialSync</title><p>{words}</p></html>"
    ).encode()
    head = (
        f"HTTP/1.1 {status.value} {status.phrase}\r\n"
        "Content-Type: text/html; charset=utf-8\r\n"
        f"Content-Length: {len(body)}\r\n"
        "Cache-Control: no-store\r\n"
        "Referrer-Policy: no-referrer\r\n"
        "X-Content-Type-Options: nosniff\r\n"
        "Content-Security-Policy: default-src 'none'\r\n"
        "Connection: close\r\n\r\n"
    )
    return head.encode("ascii") + body
