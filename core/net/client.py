"""Call a platform and tell three endings apart: answered, not sent, nobody knows.

The outbox may repeat a call of which no byte has left, and must never repeat one that may
have arrived. httpx's exceptions alone do not say which it was (a total time-out may strike
while connecting or while waiting for the answer), so every request carries a trace that
notes when its first byte was handed to the socket. Bodies, tokens and addresses are not
logged.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

import httpx

from core.clock import Clock
from core.config.secret import Secret
from core.domain.errors import OutcomeUnknown, PlatformDown
from core.net.fetcher import Fetcher, open_fetcher
from core.net.limits import Lane, Limiter

CONNECT_SECONDS: Final = 5.0
TOTAL_SECONDS: Final = 20.0
ANSWER_LIMIT_BYTES: Final = 4 * 1024 * 1024

_BEFORE_WRITING: Final = (
    httpx.ConnectError,  # DNS, refused, TLS
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.UnsupportedProtocol,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a platform said; header names are in lower case.

    `json` is None when the body of an error is not JSON: its status still says something.
    """

    status: int
    headers: Mapping[str, str]
    json: Any

    @property
    def good(self) -> bool:
        """Return whether the status is 2xx, which on Meta does not yet mean success."""
        return 200 <= self.status < 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file in a multipart form, as `part`, with the form's other fields.

    `may_be_empty` as in `Call`.
    """

    file_name: str
    content: bytes = field(repr=False)
    mime_type: str
    fields: Mapping[str, str]
    part: str = "file"
    may_be_empty: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """Any other request: at most one of `json`, `form`, `content`.

    `token` goes out as Bearer, `basic` (id and secret of an app) as Basic. `may_be_empty`
    says that a success without a body is a success (LinkedIn's 201, any 204). A lost answer
    to what `changes` nothing is PlatformDown, otherwise OutcomeUnknown.
    """

    method: str
    url: str
    token: Secret | None = None
    basic: tuple[str, Secret] | None = None
    params: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    json: Mapping[str, Any] | None = None
    form: Mapping[str, str] | None = None
    content: bytes | None = field(default=None, repr=False)
    may_be_empty: bool = False

    @property
    def changes(self) -> bool:
        """Return whether the call may change something over there."""
        return self.method not in ("GET", "HEAD")


class _Progress:
    """Notes whether a request may have left this machine; httpcore calls it."""

    def __init__(self) -> None:
        self.wrote = False

    async def __call__(self, event: str, _info: Mapping[str, Any]) -> None:
        if event.endswith("send_request_headers.started"):
            self.wrote = True


class Http:
    """Calls to platforms. One for the whole process, made by `open_http`.

    Raises PlatformDown when nothing was sent, OutcomeUnknown when a POST was sent and no
    readable answer came. Any status that arrives is an `Answer`, for the platform's own
    table to judge.
    """

    def __init__(
        self, client: httpx.AsyncClient, *, limits: Limiter, fetcher: Fetcher, clock: Clock
    ) -> None:
        self._client = client
        self.clock = clock
        self.limits = limits
        self.fetcher = fetcher

    async def post_json(
        self, url: str, body: Mapping[str, Any], *, token: Secret, lane: Lane
    ) -> Answer:
        """Post `body` as JSON."""
        build = _request(self._client, "POST", url, token, json=body)
        return await self._in_lane(lane, build)

    async def post_file(
        self, url: str, upload: Upload, *, token: Secret, lane: Lane
    ) -> Answer:
        """Post a file as a multipart form."""
        file = (upload.file_name, upload.content, upload.mime_type)
        build = _request(
            self._client, "POST", url, token, data=upload.fields, files={upload.part: file}
        )
        return await self._in_lane(lane, build, empty=upload.may_be_empty)

    async def get_json(
        self, url: str, params: Mapping[str, str], *, token: Secret, lane: Lane
    ) -> Answer:
        """Ask for `url`; a lost answer is PlatformDown here, since asking changes nothing."""
        build = _request(self._client, "GET", url, token, params=params)
        try:
            return await self._in_lane(lane, build)
        except OutcomeUnknown as lost:
            raise PlatformDown(lost.title) from lost

    async def call(self, call: Call, lane: Lane) -> Answer:
        """Make any call; its answer is for the platform's own table to judge."""
        try:
            return await self._in_lane(
                lane, partial(_built, self._client, call), empty=call.may_be_empty
            )
        except OutcomeUnknown as lost:
            if call.changes:
                raise
            raise PlatformDown(lost.title) from lost

    async def _in_lane(
        self, lane: Lane, build: Callable[[], httpx.Request], *, empty: bool = False
    ) -> Answer:
        try:
            request = build()
        except httpx.InvalidURL as error:
            raise PlatformDown("The platform's address cannot be called.") from error
        await self.limits.enter(lane)
        answer = await self._exchange(request, empty=empty)
        self.limits.learn(lane, answer.status, answer.headers)
        return answer

    async def _exchange(self, request: httpx.Request, *, empty: bool) -> Answer:
        progress = _Progress()
        request.extensions["trace"] = progress
        try:
            async with asyncio.timeout(TOTAL_SECONDS):
                response = await self._client.send(request, stream=True)
                try:
                    return _answer(response, await _read(response), empty=empty)
                finally:
                    await response.aclose()
        except (httpx.RequestError, TimeoutError) as error:
            raise _ending(error, progress) from error


def _request(
    client: httpx.AsyncClient, method: str, url: str, token: Secret, **content: Any
) -> Callable[[], httpx.Request]:
    """Return a call that builds the request, so that a bad address fails in one place."""
    headers = {"Authorization": f"Bearer {token.reveal()}"}
    return lambda: client.build_request(method, url, headers=headers, **content)


def _built(client: httpx.AsyncClient, call: Call) -> httpx.Request:
    headers = dict(call.headers)
    if call.token is not None:
        headers["Authorization"] = f"Bearer {call.token.reveal()}"
    request = client.build_request(
        call.method,
        call.url,
        headers=headers,
        params=dict(call.params) or None,
        json=call.json,
        data=call.form,
        content=call.content,
    )
    if call.basic is not None:
        user, secret = call.basic
        request = next(httpx.BasicAuth(user, secret.reveal()).auth_flow(request))
    return request


def _ending(error: Exception, progress: _Progress) -> PlatformDown | OutcomeUnknown:
    """Return what the failure means for whoever wanted to send.

    Two witnesses must agree that nothing left: the kind of the failure, and the trace.
    """
    early = isinstance(error, (*_BEFORE_WRITING, TimeoutError))
    if early and not progress.wrote:
        return PlatformDown("The platform could not be reached.")
    return OutcomeUnknown("The platform did not answer in a way we could read.")


async def _read(response: httpx.Response) -> bytes:
    parts = bytearray()
    async for part in response.aiter_bytes():
        parts += part
        if len(parts) > ANSWER_LIMIT_BYTES:
            raise OutcomeUnknown("The platform's answer is too long to read.")
    return bytes(parts)


def _answer(response: httpx.Response, body: bytes, *, empty: bool) -> Answer:
    """Return the answer; a success that cannot be read is not known to be one."""
    unread = response.is_success and not empty
    try:
        content = json.loads(body) if body or unread else None
    except (ValueError, RecursionError) as error:
        if response.is_success:
            raise OutcomeUnknown("The platform's answer cannot be read.") from error
        content = None
    return Answer(status=response.status_code, headers=dict(response.headers), json=content)


@asynccontextmanager
async def open_http(
    *,
    clock: Clock,
    loopback: Collection[str] = (),
    transport: httpx.AsyncBaseTransport | None = None,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> AsyncIterator[Http]:
    """Open the process's client; `loopback` lists base URLs of a sandbox on this machine.

    Proxies named in the environment are not used: tokens go where settings say, and
    nowhere else.
    """
    client = httpx.AsyncClient(
        timeout=httpx.Timeout(TOTAL_SECONDS, connect=CONNECT_SECONDS, pool=CONNECT_SECONDS),
        follow_redirects=False,
        trust_env=False,
        transport=transport,
    )
    async with client, open_fetcher(loopback=loopback, transport=transport) as fetcher:
        limits = Limiter(clock.elapsed, sleep, clock.now)
        yield Http(client, limits=limits, fetcher=fetcher, clock=clock)
