"""Tokens of Instagram's two logins: codes redeemed, short tokens made to last, renewed."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlsplit, urlunsplit

from core.config.secret import Secret
from core.domain.errors import ChannelSignedOut, NotFound, OutcomeUnknown, Refused
from core.net.client import Answer, Call, Http
from core.net.limits import Lane
from core.platforms.connecting import AppCredentials, Exchange, Flavour, Grant
from core.platforms.instagram.flavours import BY_FACEBOOK
from core.platforms.instagram.limits import ERRORS
from core.platforms.meta.errors import content_of
from core.platforms.untyped import items, section, words

LIFE_LIMIT: Final = timedelta(days=3650)
"""What claims to last longer has no end that we need to know of."""
_APP: Final = Lane(account_id="app", endpoint="login", per_second=5.0)
_REDEEM_PATH: Final = "/oauth/access_token"
_TOKEN_HOSTS: Final = {"api.instagram.com": "graph.instagram.com"}
"""Codes are redeemed at one host, tokens exchanged and refreshed at the other."""
_RETURNED_WITH: Final = "#_"
"""What Instagram appends to a code on its way through the browser."""

Now = Callable[[], datetime]


async def of_instagram(http: Http, flavour: Flavour, exchange: Exchange, now: Now) -> Grant:
    """Redeem a code of Instagram's login for an hour's token, and that for sixty days'."""
    form = {**_redeeming(exchange), "grant_type": "authorization_code"}
    body = await asked(http, Call(method="POST", url=flavour.token_url, form=form))
    short = section(next(iter(items(body.get("data"))), body))
    params = {
        "grant_type": "ig_exchange_token",
        "client_secret": form["client_secret"],
        "access_token": words(short.get("access_token")),
    }
    long = await asked(http, get(_graph(flavour, "access_token"), params))
    return _grant(long, _scopes(short.get("permissions")), now)


async def of_facebook(http: Http, flavour: Flavour, exchange: Exchange, now: Now) -> Grant:
    """Redeem a code of Facebook's login for a user's token, and that for a lasting one."""
    short = await asked(http, get(flavour.token_url, _redeeming(exchange)))
    old = Secret(words(short.get("access_token")))
    long = await _exchanged(http, flavour, old, exchange.app)
    return _grant(long, await _granted(http, flavour, long), now)


async def renewed(
    http: Http, flavour: Flavour, grant: Grant, app: AppCredentials, now: Now
) -> Grant:
    """Return a token for another sixty days; ChannelSignedOut where only a person can help."""
    try:
        return _grant(await _renewed(http, flavour, grant, app), grant.scopes, now)
    except Refused as error:
        raise ChannelSignedOut(error.title, "Connect the channel again.") from error


async def _renewed(
    http: Http, flavour: Flavour, grant: Grant, app: AppCredentials
) -> Mapping[str, Any]:
    if flavour.key == BY_FACEBOOK.key:
        return await _exchanged(http, flavour, grant.access_token, app)
    params = {
        "grant_type": "ig_refresh_token",
        "access_token": grant.access_token.reveal(),
    }
    return await asked(http, get(_graph(flavour, "refresh_access_token"), params))


async def _exchanged(
    http: Http, flavour: Flavour, token: Secret, app: AppCredentials
) -> Mapping[str, Any]:
    params = {
        **_app(app),
        "grant_type": "fb_exchange_token",
        "fb_exchange_token": token.reveal(),
    }
    return await asked(http, get(flavour.token_url, params))


def _redeeming(exchange: Exchange) -> dict[str, str]:
    return {
        **_app(exchange.app),
        "redirect_uri": exchange.redirect_uri,
        "code": exchange.code.removesuffix(_RETURNED_WITH),
    }


def _grant(body: Mapping[str, Any], scopes: tuple[str, ...], now: Now) -> Grant:
    token = words(body.get("access_token"))
    if not token:
        raise Refused("Instagram gave no token.", "Connect the account again.")
    seconds = body.get("expires_in")
    expires_at = None
    if isinstance(seconds, int) and 0 < seconds <= LIFE_LIMIT.total_seconds():
        expires_at = now() + timedelta(seconds=seconds)
    return Grant(access_token=Secret(token), expires_at=expires_at, scopes=scopes)


def get(url: str, params: Mapping[str, str], token: Secret | None = None) -> Call:
    """Return a question."""
    return Call(method="GET", url=url, params=params, token=token)


def _app(app: AppCredentials) -> dict[str, str]:
    secret = app.client_secret
    return {
        "client_id": app.client_id,
        "client_secret": "" if secret is None else secret.reveal(),
    }


def _graph(flavour: Flavour, path: str) -> str:
    """Return an address beside the one codes are redeemed at; a sandbox has one host."""
    base = urlsplit(flavour.token_url.removesuffix(_REDEEM_PATH))
    host = _TOKEN_HOSTS.get(base.netloc, base.netloc)
    return urlunsplit((base.scheme, host, f"{base.path}/{path}", "", ""))


async def asked(http: Http, call: Call) -> Mapping[str, Any]:
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


def _scopes(value: Any) -> tuple[str, ...]:
    """Return scopes that came as a list or as one text."""
    listed = words(value).split(",") if isinstance(value, str) else value
    return tuple(filter(None, map(words, listed if isinstance(listed, list) else [])))


async def _granted(
    http: Http, flavour: Flavour, grant: Mapping[str, Any]
) -> tuple[str, ...]:
    """Return which permissions the person left ticked in Facebook's dialogue."""
    url = flavour.token_url.removesuffix(_REDEEM_PATH) + "/me/permissions"
    token = Secret(words(grant.get("access_token")))
    body = await asked(http, get(url, {}, token))
    rows = map(section, items(body.get("data")))
    return tuple(
        words(row.get("permission")) for row in rows if row.get("status") == "granted"
    )
