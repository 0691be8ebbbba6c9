"""Connect an Instagram account: through Instagram's own login, or through Facebook's.

The two differ in host, token and scopes (CONTRACTS 3). Which one a channel came by is in
its metadata as `flavour`, and its API base follows from that.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from core.clock import SystemClock
from core.config.secret import Secret
from core.domain.errors import (
    ChannelSignedOut,
    NotFound,
    OutcomeUnknown,
    Refused,
    Unavailable,
)
from core.net.client import Answer, Call, Http
from core.net.limits import Lane
from core.platforms.base import ChannelSession
from core.platforms.connecting import (
    AppCredentials,
    ConnectableAccount,
    Exchange,
    Flavour,
    Grant,
    SubscriptionReport,
    TokenReport,
)
from core.platforms.instagram import probes
from core.platforms.instagram.flavours import (
    BY_FACEBOOK,
    BY_INSTAGRAM,
    FIELDS,
    LOGIN_SCOPES,
    NEEDED_FIELDS,
    PAGE_FIELDS,
)
from core.platforms.instagram.limits import ERRORS, side_lane
from core.platforms.meta.errors import content_of
from core.platforms.untyped import identifier, items, optional_words, section, words

YOUNGEST: Final = timedelta(hours=24)
"""A younger token cannot be refreshed, nor need it be (CONTRACTS 3)."""
LIFE: Final = timedelta(days=60)
LIFE_LIMIT: Final = timedelta(days=3650)
"""What claims to last longer has no end that we need to know of."""
_APP: Final = Lane(account_id="app", endpoint="login", per_second=5.0)
_TOKEN_HOSTS: Final = {"api.instagram.com": "graph.instagram.com"}
"""Codes are redeemed at one host, tokens exchanged and refreshed at the other."""
_RETURNED_WITH: Final = "#_"
"""What Instagram appends to a code on its way through the browser."""
_ME: Final = "user_id,username,name,profile_picture_url"
_PAGES: Final = (
    "id,name,access_token,instagram_business_account{id,username,name,profile_picture_url}"
)
_PAGE_COUNT: Final = "100"


@dataclass(frozen=True, slots=True, kw_only=True)
class Connecting:
    """Logging in to Instagram and staying so; `now` tells when tokens will expire."""

    now: Callable[[], datetime] = SystemClock().now

    @property
    def flavours(self) -> tuple[Flavour, ...]:
        """Return both logins, Instagram's own first."""
        return (BY_INSTAGRAM, BY_FACEBOOK)

    async def redeem(self, http: Http, flavour: Flavour, exchange: Exchange) -> Grant:
        """Turn a code into a token that lasts: sixty days, or until it is taken back."""
        code = exchange.code.removesuffix(_RETURNED_WITH)
        form = {
            **_app(exchange.app),
            "redirect_uri": exchange.redirect_uri,
            "code": code,
        }
        if flavour.key == BY_FACEBOOK.key:
            short = await _asked(http, _get(flavour.token_url, form))
            long = await self._facebook_exchange(http, flavour, short, exchange.app)
            return self._grant(long, await _granted(http, flavour, long))
        form["grant_type"] = "authorization_code"
        call = Call(method="POST", url=flavour.token_url, form=form)
        body = await _asked(http, call)
        short = section(next(iter(items(body.get("data"))), body))
        long = await _asked(
            http,
            _get(
                _graph(flavour, "access_token"),
                {
                    "grant_type": "ig_exchange_token",
                    "client_secret": form["client_secret"],
                    "access_token": words(short.get("access_token")),
                },
            ),
        )
        return self._grant(long, _scopes(short.get("permissions")))

    async def _facebook_exchange(
        self, http: Http, flavour: Flavour, grant: Mapping[str, Any], app: AppCredentials
    ) -> Mapping[str, Any]:
        params = {
            **_app(app),
            "grant_type": "fb_exchange_token",
            "fb_exchange_token": words(grant.get("access_token")),
        }
        return await _asked(http, _get(flavour.token_url, params))

    def _grant(self, body: Mapping[str, Any], scopes: tuple[str, ...]) -> Grant:
        token = words(body.get("access_token"))
        if not token:
            raise Refused("Instagram gave no token.", "Connect the account again.")
        seconds = body.get("expires_in")
        expires_at = None
        if isinstance(seconds, int) and 0 < seconds <= LIFE_LIMIT.total_seconds():
            expires_at = self.now() + timedelta(seconds=seconds)
        return Grant(access_token=Secret(token), expires_at=expires_at, scopes=scopes)

    async def accounts(
        self, http: Http, base_url: str, flavour: Flavour, grant: Grant
    ) -> list[ConnectableAccount]:
        """Return the professional accounts a grant opens.

        The id is `user_id`, which webhooks use; `id` is one that only our app knows.
        """
        base = base_url.rstrip("/")
        if flavour.key == BY_FACEBOOK.key:
            return await _of_pages(http, f"{base}/me/accounts", grant)
        call = _get(f"{base}/me", {"fields": _ME}, grant.access_token)
        me = await _asked(http, call)
        user_id = identifier(me.get("user_id"))
        if user_id is None:
            raise Refused(
                "Instagram did not say which account this is.",
                "Connect a professional account: a business or a creator.",
            )
        return [_account(me, user_id, grant, {"flavour": flavour.key})]

    async def refresh(
        self, http: Http, flavour: Flavour, grant: Grant, app: AppCredentials
    ) -> Grant | None:
        """Return a token for another sixty days; None where there is no need or no way.

        Page tokens end with a password or a role, not with time. A token that has expired
        is beyond refreshing.
        """
        if grant.expires_at is None:
            return None
        left = grant.expires_at - self.now()
        if left <= timedelta():
            raise ChannelSignedOut("The token has expired.", "Connect the channel again.")
        if left > LIFE - YOUNGEST:
            return None
        if flavour.key == BY_FACEBOOK.key:
            old = {"access_token": grant.access_token.reveal()}
            body = await self._facebook_exchange(http, flavour, old, app)
        else:
            params = {
                "grant_type": "ig_refresh_token",
                "access_token": grant.access_token.reveal(),
            }
            body = await _asked(http, _get(_graph(flavour, "refresh_access_token"), params))
        return self._grant(body, grant.scopes)

    async def inspect(self, session: ChannelSession) -> TokenReport:
        """Ask who the token is, and try what each of its scopes allows to read.

        Neither login tells a token's scopes to the token itself.
        """
        if session.flavour == BY_FACEBOOK.key:
            call = _get(session.url("me"), {"fields": _PAGES}, session.token)
            page = section(await _content(session, call))
            me = section(page.get("instagram_business_account"))
        else:
            call = _get(session.url("me"), {"fields": _ME}, session.token)
            me = section(await _content(session, call))
        scopes = LOGIN_SCOPES.get(session.flavour, BY_INSTAGRAM.scopes)
        missing = await probes.missing(session, scopes)
        return TokenReport(account_name=optional_words(me.get("username")), missing=missing)

    async def subscribe(self, session: ChannelSession, _callback_url: str) -> None:
        """Switch this account's webhooks on; where they go is set in the app's dashboard."""
        by_page = session.flavour == BY_FACEBOOK.key
        wanted = ",".join(PAGE_FIELDS if by_page else FIELDS)
        call = Call(
            method="POST",
            url=session.url("me", "subscribed_apps"),
            token=session.token,
            params={"subscribed_fields": wanted},
        )
        try:
            await _content(session, call)
        except OutcomeUnknown as lost:  # subscribing twice is subscribing
            raise Unavailable(lost.title) from lost

    async def subscription(self, session: ChannelSession) -> SubscriptionReport:
        """Return the fields that are subscribed.

        With Facebook's login the Page is asked: any of its fields lets the Instagram ones
        through, which the app's dashboard chooses.
        """
        call = _get(session.url("me", "subscribed_apps"), {}, session.token)
        apps = items((await _content(session, call)).get("data"))
        fields = tuple(
            name
            for app in map(section, apps)
            for name in map(words, app.get("subscribed_fields") or ())
        )
        by_page = session.flavour == BY_FACEBOOK.key
        needed = PAGE_FIELDS if by_page else NEEDED_FIELDS
        missing = tuple(name for name in needed if name not in fields)
        return SubscriptionReport(fields=fields, missing=missing)


def _app(app: AppCredentials) -> dict[str, str]:
    secret = app.client_secret
    return {
        "client_id": app.client_id,
        "client_secret": "" if secret is None else secret.reveal(),
    }


def _graph(flavour: Flavour, path: str) -> str:
    """Return an address beside the one codes are redeemed at; a sandbox has one host."""
    parts = urlsplit(flavour.token_url)
    return f"{parts.scheme}://{_TOKEN_HOSTS.get(parts.netloc, parts.netloc)}/{path}"


def _get(url: str, params: Mapping[str, str], token: Secret | None = None) -> Call:
    return Call(method="GET", url=url, params=params, token=token)


async def _asked(http: Http, call: Call) -> Mapping[str, Any]:
    """Return the body of an answer about logins; NeedsPerson and Refused as they come."""
    try:
        answer = await http.call(call, _APP)
    except OutcomeUnknown as lost:
        raise Refused(
            "Instagram did not answer, and a code works only once.", "Log in again."
        ) from lost
    return _login_content(answer)


def _login_content(answer: Answer) -> Mapping[str, Any]:
    """Return the body; codes are refused in a shape of their own, without `error`."""
    body = section(answer.json)
    told = words(body.get("error_message"))
    if told:
        raise Refused(told, "Log in again.")
    try:
        return content_of(answer, ERRORS)
    except NotFound as error:
        raise Refused(error.title, "Log in again.") from error


async def _content(session: ChannelSession, call: Call) -> Mapping[str, Any]:
    lane = side_lane(session.account_id, "account")
    return content_of(await session.http.call(call, lane), ERRORS)


def _scopes(value: Any) -> tuple[str, ...]:
    """Return scopes that came as a list or as one text."""
    listed = words(value).split(",") if isinstance(value, str) else value
    return tuple(filter(None, map(words, listed if isinstance(listed, list) else [])))


async def _granted(
    http: Http, flavour: Flavour, grant: Mapping[str, Any]
) -> tuple[str, ...]:
    """Return which permissions the person left ticked in Facebook's dialogue."""
    url = flavour.token_url.removesuffix("/oauth/access_token") + "/me/permissions"
    token = Secret(words(grant.get("access_token")))
    body = await _asked(http, _get(url, {}, token))
    rows = map(section, items(body.get("data")))
    return tuple(
        words(row.get("permission")) for row in rows if row.get("status") == "granted"
    )


async def _of_pages(http: Http, url: str, grant: Grant) -> list[ConnectableAccount]:
    """Return the accounts behind the person's Pages, each with its Page's token."""
    params = {"fields": _PAGES, "limit": _PAGE_COUNT}
    found: list[ConnectableAccount] = []
    while True:
        body = await _asked(http, _get(url, params, grant.access_token))
        for page in map(section, items(body.get("data"))):
            account = section(page.get("instagram_business_account"))
            user_id = identifier(account.get("id"))
            token = words(page.get("access_token"))
            if user_id is None or not token:
                continue
            own = Grant(access_token=Secret(token), scopes=grant.scopes)
            metadata = {"flavour": BY_FACEBOOK.key, "page_id": identifier(page.get("id"))}
            found.append(_account(account, user_id, own, metadata))
        paging = section(body.get("paging"))
        after = identifier(section(paging.get("cursors")).get("after"))
        if not paging.get("next") or after is None:
            return found
        params["after"] = after


def _account(
    told: Mapping[str, Any], user_id: str, grant: Grant, metadata: Mapping[str, Any]
) -> ConnectableAccount:
    username = optional_words(told.get("username"))
    return ConnectableAccount(
        account_id=user_id,
        name=words(told.get("name")) or username or user_id,
        grant=grant,
        username=username,
        picture_url=optional_words(told.get("profile_picture_url")),
        metadata=metadata,
    )
