"""A platform with logins of its own, over real HTTP: pages, tokens, accounts, messages.

`LoginServer` is its far side, built on the sandbox's `Logins`; `LoginPlatform` our side of
it: Instagram's dialect with a `Connecting` and a `CatchingUp` in place of its own.
"""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from typing_extensions import override

from core.config.secret import Secret
from core.domain.errors import ChannelSignedOut, PlatformDown, Refused
from core.domain.incoming import Incoming
from core.domain.outbox import AnswerClass, OutboxItem, SendAnswer
from core.net.client import Answer, Call, Http
from core.net.limits import Lane
from core.platforms.base import ChannelSession
from core.platforms.catching_up import Missed
from core.platforms.connecting import (
    AppCredentials,
    ConnectableAccount,
    Exchange,
    Flavour,
    Grant,
    SubscriptionReport,
    TokenReport,
)
from core.platforms.instagram import Instagram
from core.sandbox.logins import LoginRefused, Logins, Tokens
from core.sandbox.logins import Request as LoginRequest
from tests.doubles.loopback import serving

FIELDS = ("messages", "comments")
LANE = Lane(account_id="shop", endpoint="login-double", per_second=1000.0)
FLAVOUR = Flavour(
    key="instagram",
    title="Instagram",
    authorize_url="https://www.instagram.com/oauth/authorize",
    token_url="https://api.instagram.com/oauth/access_token",  # noqa: S106 - an address
    scopes=("basic", "manage_messages", "manage_comments"),
    required=("basic", "manage_messages"),
    scope_separator=",",
    pkce=True,
)


@dataclass(slots=True, kw_only=True)
class LoginServer:
    """What the far side knows; `accounts` are those that any login opens."""

    logins: Logins = field(default_factory=Logins)
    accounts: list[str] = field(default_factory=lambda: ["1784140"])
    subscribed: set[str] = field(default_factory=set)
    can_subscribe: bool = True
    away: bool = False
    lose_answers: int = 0
    refreshes: int = 0
    rotates: bool = True
    sent: list[str] = field(default_factory=list)
    attempts: int = 0
    dies_after: int | None = None
    seen: list[str] = field(default_factory=list)
    url: str = ""

    def now(self) -> datetime:
        return datetime.now(UTC)  # noqa: TID251 - the platform's own clock

    def routes(self) -> list[Route]:
        return [
            Route("/oauth/authorize", self._authorize),
            Route("/oauth/access_token", self._token, methods=["POST"]),
            Route("/me", self._me),
            Route("/subscribed", self._subscription, methods=["GET", "POST", "DELETE"]),
            Route("/send", self._send, methods=["POST"]),
        ]

    async def _authorize(self, request: Request) -> Response:
        query = request.query_params
        asked = LoginRequest(
            client_id=query["client_id"],
            redirect_uri=query["redirect_uri"],
            state=query["state"],
            scopes=tuple(query["scope"].split(",")),
            challenge=query.get("code_challenge"),
        )
        return RedirectResponse(self.logins.approve(asked, self.now()))

    async def _token(self, request: Request) -> Response:
        if self.away:
            return JSONResponse({"error": "away"}, status_code=503)
        form = {k: v[0] for k, v in parse_qs((await request.body()).decode()).items()}
        try:
            if form["grant_type"] == "refresh_token":
                tokens = self._refreshed(form["refresh_token"])
            else:
                tokens = self.logins.redeem(
                    form["code"],
                    redirect_uri=form["redirect_uri"],
                    verifier=form.get("code_verifier"),
                    now=self.now(),
                )
        except LoginRefused as refused:
            return JSONResponse({"error": str(refused)}, status_code=400)
        if form["grant_type"] == "refresh_token" and self.lose_answers:
            self.lose_answers -= 1
            return Response("<html>half an ans", status_code=200)
        self.seen += [tokens.access_token, tokens.refresh_token]
        return JSONResponse(
            {
                "access_token": tokens.access_token,
                "refresh_token": tokens.refresh_token,
                "expires_at": tokens.expires_at.isoformat(),
                "scopes": list(tokens.scopes),
            }
        )

    def _refreshed(self, token: str) -> Tokens:
        self.refreshes += 1
        if self.rotates:
            return self.logins.rotate(token, self.now())
        kept = self.logins._refresh[token]
        fresh = self.logins.issue(kept.scopes, self.now())
        return fresh

    def _scopes(self, request: Request) -> tuple[str, ...] | None:
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        return self.logins.scopes_of(token, self.now())

    async def _me(self, request: Request) -> Response:
        scopes = self._scopes(request)
        if scopes is None:
            return JSONResponse({"error": {"code": 190}}, status_code=401)
        return JSONResponse({"accounts": self.accounts, "scopes": list(scopes)})

    async def _subscription(self, request: Request) -> Response:
        if self._scopes(request) is None:
            return JSONResponse({"error": {"code": 190}}, status_code=401)
        if request.method == "POST" and self.can_subscribe:
            self.subscribed = set(FIELDS)
        if request.method == "DELETE":
            self.subscribed = set()
        return JSONResponse({"fields": sorted(self.subscribed)})

    async def _send(self, request: Request) -> Response:
        self.attempts += 1
        if self.dies_after is not None and len(self.sent) >= self.dies_after:
            self.dies_after = None
            self.end_access()
        if self._scopes(request) is None:
            return JSONResponse({"error": {"code": 190}}, status_code=401)
        self.sent.append(json.loads(await request.body())["text"])
        return JSONResponse({"id": f"mid.{len(self.sent)}"})

    def end_access(self) -> None:
        """Let every access token end; refresh tokens live on."""
        self.logins._tokens.clear()

    def end_everything(self) -> None:
        """Take all permissions back."""
        self.logins.clear()

    def grant(self, *, lives: timedelta = timedelta(days=60)) -> Grant:
        """Return tokens as if somebody had logged in."""
        self.logins.token_lifetime = lives
        tokens = self.logins.issue(FLAVOUR.scopes, self.now())
        self.seen += [tokens.access_token, tokens.refresh_token]
        return Grant(
            access_token=Secret(tokens.access_token),
            refresh_token=Secret(tokens.refresh_token),
            expires_at=tokens.expires_at,
            scopes=tokens.scopes,
        )


class LoginConnecting:
    """Our side of the logins; answers to DELETE as well."""

    @property
    def flavours(self) -> tuple[Flavour, ...]:
        return (FLAVOUR,)

    async def redeem(self, http: Http, flavour: Flavour, exchange: Exchange, /) -> Grant:
        form = {
            "grant_type": "authorization_code",
            "code": exchange.code,
            "redirect_uri": exchange.redirect_uri,
            "code_verifier": exchange.verifier,
            "client_id": exchange.app.client_id,
        }
        answer = await http.call(
            Call(method="POST", url=flavour.token_url, form=form), LANE
        )
        if not answer.good:
            raise Refused("The platform does not take the code.", "Log in again.")
        return _grant(answer)

    async def accounts(
        self, http: Http, base_url: str, _flavour: Flavour, grant: Grant, /
    ) -> list[ConnectableAccount]:
        answer = await http.call(
            Call(method="GET", url=f"{base_url}/me", token=grant.access_token), LANE
        )
        return [
            ConnectableAccount(
                account_id=account, name=f"Shop {account}", grant=grant, metadata={"k": "v"}
            )
            for account in answer.json["accounts"]
        ]

    async def refresh(
        self, http: Http, flavour: Flavour, grant: Grant, _app: AppCredentials, /
    ) -> Grant | None:
        if grant.refresh_token is None:
            return None
        form = {
            "grant_type": "refresh_token",
            "refresh_token": grant.refresh_token.reveal(),
        }
        answer = await http.call(
            Call(method="POST", url=flavour.token_url, form=form), LANE
        )
        if answer.status >= 500:
            raise PlatformDown("The platform is away.")
        if not answer.good:
            raise ChannelSignedOut("The platform takes the login no longer.")
        return _grant(answer)

    async def inspect(self, session: ChannelSession, /) -> TokenReport:
        answer = await _ask(session, "GET", "me")
        missing = set(FLAVOUR.required) - set(answer.json["scopes"])
        return TokenReport(account_name="Shop", missing=tuple(sorted(missing)))

    async def subscribe(self, session: ChannelSession, _callback_url: str, /) -> None:
        await _ask(session, "POST", "subscribed")

    async def subscription(self, session: ChannelSession, /) -> SubscriptionReport:
        answer = await _ask(session, "GET", "subscribed")
        there = tuple(answer.json["fields"])
        return SubscriptionReport(
            fields=there, missing=tuple(name for name in FIELDS if name not in there)
        )

    def subscribed_on(self, account_id: str, metadata: Mapping[str, Any], /) -> str:
        return str(metadata.get("page_id", account_id))

    async def unsubscribe(self, session: ChannelSession, /) -> None:
        await _ask(session, "DELETE", "subscribed")


class History:
    """What the platform would tell of the past."""

    def __init__(self) -> None:
        self.facts: tuple[Incoming, ...] = ()
        self.complete = True
        self.asked: list[datetime] = []

    async def since(self, _session: ChannelSession, moment: datetime, /) -> Missed:
        self.asked.append(moment)
        facts = tuple(fact for fact in self.facts if fact.at >= moment)
        return Missed(facts=facts, complete=self.complete)


class LoginPlatform(Instagram):
    """Instagram with logins, history and sending of the double's."""

    def __init__(self) -> None:
        self.history = History()
        self._connecting = LoginConnecting()

    @property
    @override
    def connecting(self) -> Any:
        return self._connecting

    @property
    @override
    def catching_up(self) -> Any:
        return self.history

    @override
    async def send(
        self, session: ChannelSession, item: OutboxItem, _media: bytes | None
    ) -> SendAnswer:
        answer = await session.http.call(
            Call(
                method="POST",
                url=session.url("send"),
                token=session.token,
                json={"text": item.text},
            ),
            LANE,
        )
        if answer.status == 401:
            return SendAnswer(result=AnswerClass.RECONNECT, title="Signed out.", code="190")
        return SendAnswer(
            result=AnswerClass.ACCEPTED, platform_message_id=answer.json["id"], title=""
        )


async def _ask(session: ChannelSession, method: str, path: str) -> Answer:
    answer = await session.http.call(
        Call(method=method, url=session.url(path), token=session.token), LANE
    )
    if answer.status == 401:
        raise ChannelSignedOut("The platform takes the login no longer.")
    return answer


def _grant(answer: Answer) -> Grant:
    return Grant(
        access_token=Secret(answer.json["access_token"]),
        refresh_token=Secret(answer.json["refresh_token"]),
        expires_at=datetime.fromisoformat(answer.json["expires_at"]),
        scopes=tuple(answer.json["scopes"]),
    )


@asynccontextmanager
async def open_login_server() -> AsyncIterator[LoginServer]:
    """Serve the far side until the block ends."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = LoginServer(url=f"http://127.0.0.1:{listener.getsockname()[1]}")
    async with serving(listener, server.routes(), asyncio.Event()):
        yield server
