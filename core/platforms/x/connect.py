"""Connect an account: OAuth 2.0 with PKCE, tokens that rotate, webhooks, subscriptions.

X lets only the developer app itself, by its own token, register a webhook and list what is
subscribed; private events are subscribed to by the account's token (CONTRACTS 5, 5.1).
"""

import contextlib
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from core.config.secret import Secret
from core.domain.errors import (
    ChannelSignedOut,
    NotFound,
    NotSetUp,
    OutcomeUnknown,
    PlatformDown,
    Refused,
)
from core.net.client import Answer, Call, Http
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
from core.platforms.untyped import Unreadable, identifier, items, required, section, words
from core.platforms.x.calls import USER_FIELDS
from core.platforms.x.errors import content_of, read_problem
from core.platforms.x.limits import Endpoint, lane
from core.platforms.x.posts import Account, Raw, read_account

SCOPES: Final = (
    "tweet.read",
    "tweet.write",
    "tweet.moderate.write",
    "users.read",
    "dm.read",
    "dm.write",
    "media.write",
    "offline.access",
)
_OPTIONAL: Final = frozenset({"tweet.moderate.write", "media.write"})
EVENTS: Final = (
    "post.mention.create",
    "post.reply.create",
    "post.quote.create",
    "dm.received",
    "dm.sent",
    "dm.read",
    "post.create",
    "post.delete",
)
"""What a channel needs; mentions, replies and quotes each tell of posts the others do not."""
_WELCOME: Final = ("chat.received", "oauth.revoke")
"""What is good to know; X refuses these to some apps."""
_SUBSCRIPTIONS: Final = "2/activity/subscriptions"
_LOGIN: Final = Flavour(
    key="x",
    title="X",
    authorize_url="https://x.com/i/oauth2/authorize",
    token_url="https://api.x.com/2/oauth2/token",  # noqa: S106 - an address
    scopes=SCOPES,
    required=tuple(scope for scope in SCOPES if scope not in _OPTIONAL),
    pkce=True,
)
_EARLY: Final = timedelta(minutes=1)
_NOBODY: Final = ""
_CONFLICT: Final = 409
"""X's answer to what is subscribed already."""


class Connect:
    """Logging in to X and staying so."""

    @property
    def flavours(self) -> tuple[Flavour, ...]:
        """Return the one login there is."""
        return (_LOGIN,)

    async def redeem(self, http: Http, flavour: Flavour, exchange: Exchange) -> Grant:
        """Turn a code, which lives thirty seconds, into a grant."""
        form = {
            "grant_type": "authorization_code",
            "code": exchange.code,
            "redirect_uri": exchange.redirect_uri,
            "code_verifier": exchange.verifier,
        }
        try:
            return await _token(http, flavour, exchange.app, form)
        except ChannelSignedOut as error:
            raise Refused(error.title, "Start the login again.") from error

    async def accounts(
        self, http: Http, base_url: str, _flavour: Flavour, grant: Grant
    ) -> list[ConnectableAccount]:
        """Return the one account that a grant opens."""
        account = await _me(http, base_url, grant.access_token, _NOBODY)
        return [
            ConnectableAccount(
                account_id=account.id,
                name=account.name or account.username or account.id,
                grant=grant,
                username=account.username,
                picture_url=account.picture_url,
            )
        ]

    async def refresh(
        self, http: Http, flavour: Flavour, grant: Grant, app: AppCredentials
    ) -> Grant | None:
        """Return fresh tokens; the old refresh token is dead once X has answered.

        A lost answer is Unavailable: trying again tells whether the old one still lives.
        """
        if grant.refresh_token is None:
            return None
        form = {
            "grant_type": "refresh_token",
            "refresh_token": grant.refresh_token.reveal(),
        }
        return await _token(http, flavour, app, form)

    async def inspect(self, session: ChannelSession) -> TokenReport:
        """Ask who the token is; which scopes it has X tells only when it gives it out."""
        account = await _me(
            session.http, session.base_url, session.token, session.account_id
        )
        return TokenReport(account_name=account.username or account.name)

    async def subscribe(self, session: ChannelSession, callback_url: str) -> None:
        """Register the webhook where it is not, and subscribe to what is missing."""
        webhook_id = await _webhook(session, callback_url)
        there = await _subscribed(session)
        for event in EVENTS:
            await _subscribe(session, event, webhook_id, there.get(event))
        for event in _WELCOME:
            with contextlib.suppress(Refused):
                await _subscribe(session, event, webhook_id, there.get(event))

    def subscribed_on(self, account_id: str, _metadata: Mapping[str, Any]) -> str:
        """Return the account: subscriptions are its own."""
        return account_id

    async def unsubscribe(self, session: ChannelSession) -> None:
        """End this account's subscriptions; the webhook stays, other accounts have it too."""
        for one in (await _subscribed(session)).values():
            known = identifier(one.get("subscription_id"))
            if known is not None:
                with contextlib.suppress(NotFound):
                    await _told(session, "DELETE", f"{_SUBSCRIPTIONS}/{known}", None)

    async def subscription(self, session: ChannelSession) -> SubscriptionReport:
        """Return which events of this account are subscribed."""
        there = await _subscribed(session)
        return SubscriptionReport(
            fields=tuple(sorted(there)),
            missing=tuple(event for event in EVENTS if event not in there),
        )


async def _token(
    http: Http, flavour: Flavour, app: AppCredentials, form: Mapping[str, str]
) -> Grant:
    """Ask the token endpoint; a confidential client signs in by Basic, a public one by name."""
    basic = None if app.client_secret is None else (app.client_id, app.client_secret)
    named = {} if basic is not None else {"client_id": app.client_id}
    call = Call(method="POST", url=flavour.token_url, basic=basic, form={**form, **named})
    try:
        answer = await http.call(call, lane(app.client_id, Endpoint.HOOKS))
    except OutcomeUnknown as lost:
        raise PlatformDown(lost.title) from lost
    found = section(answer.json)
    if not answer.good or not words(found.get("access_token")):
        raise _token_refusal(answer)
    seconds = found.get("expires_in")
    lasts = timedelta(seconds=seconds) if isinstance(seconds, int | float) else None
    refresh = words(found.get("refresh_token"))
    return Grant(
        access_token=Secret(words(found.get("access_token"))),
        refresh_token=Secret(refresh) if refresh else None,
        expires_at=None
        if lasts is None
        else http.clock.now() + max(lasts - _EARLY, _EARLY),
        scopes=tuple(words(found.get("scope")).split()),
    )


def _token_refusal(answer: Answer) -> ChannelSignedOut | PlatformDown:
    found = section(answer.json)
    why = words(found.get("error_description")) or words(found.get("error"))
    if answer.status >= 500 or answer.status == 429:
        return PlatformDown(why or "X does not answer.")
    return ChannelSignedOut(why or "X refused the login.", "Connect the channel again.")


async def _me(http: Http, base_url: str, token: Secret, account_id: str) -> Account:
    way = lane(account_id, Endpoint.USERS)
    call = Call(
        method="GET",
        url=f"{base_url.rstrip('/')}/2/users/me",
        token=token,
        params={"user.fields": USER_FIELDS},
    )
    answer = await http.call(call, way)
    found = content_of(answer, http.limits.closed_for(way))
    account = read_account(section(found.get("data")))
    if account is None:
        raise PlatformDown("X did not say whose token this is.")
    return account


async def _webhook(session: ChannelSession, callback_url: str) -> str:
    """Return the id of the webhook at this address, registered or validated as needed."""
    if urlsplit(callback_url).port is not None and _is_x(session):
        raise NotSetUp(
            "X calls no address with a port.",
            "Give the companion an https address without.",
        )
    found = await _told(session, "GET", "2/webhooks", None)
    for hook in map(section, items(found.get("data"))):
        if words(hook.get("url")) == callback_url:
            if hook.get("valid") is False:
                await _told(session, "PUT", f"2/webhooks/{_id_of(hook)}", None)
            return _id_of(hook)
    made = await _told(session, "POST", "2/webhooks", {"url": callback_url})
    return _id_of(section(made.get("data")) or made)


def _is_x(session: ChannelSession) -> bool:
    return (urlsplit(session.base_url).hostname or "").endswith("x.com")


def _id_of(hook: Raw) -> str:
    try:
        return required(hook.get("id"), "id")
    except Unreadable as error:
        raise PlatformDown("X named no id for the webhook.") from error


async def _subscribed(session: ChannelSession) -> dict[str, Raw]:
    """Return this account's subscriptions, by event."""
    found = await _told(session, "GET", _SUBSCRIPTIONS, None)
    return {
        words(one.get("event_type")): one
        for one in map(section, items(found.get("data")))
        if section(one.get("filter")).get("user_id") == session.account_id
    }


async def _subscribe(
    session: ChannelSession, event: str, webhook_id: str, there: Raw | None
) -> None:
    """Subscribe to an event, or send what is subscribed to this webhook if it goes elsewhere."""
    if there is None:
        body = {
            "event_type": event,
            "filter": {"user_id": session.account_id},
            "tag": event,
            "webhook_id": webhook_id,
        }
        await _told(session, "POST", _SUBSCRIPTIONS, body)
        return
    elsewhere = words(there.get("webhook_id")) not in ("", webhook_id)
    known = identifier(there.get("subscription_id"))
    if elsewhere and known is not None:
        path = f"{_SUBSCRIPTIONS}/{known}"
        await _told(session, "PUT", path, {"webhook_id": webhook_id})


async def _told(
    session: ChannelSession, method: str, path: str, body: Mapping[str, Any] | None
) -> Mapping[str, Any]:
    """Make a call of the app's; creating a subscription alone is the account's own."""
    private = method == "POST" and path == _SUBSCRIPTIONS
    way = lane(session.account_id, Endpoint.HOOKS)
    call = Call(
        method=method,
        url=session.url(path),
        token=session.token if private else session.app_token or session.token,
        json=body,
    )
    try:
        answer = await session.http.call(call, way)
    except OutcomeUnknown as lost:
        raise PlatformDown(lost.title) from lost
    if private and answer.status == _CONFLICT:
        return {}
    if not private and session.app_token is None and _wants_app(answer):
        raise NotSetUp(
            "X lets only the developer app itself manage webhooks.",
            "Set the app's own token, or register the address in X's developer console.",
        )
    return content_of(answer, session.http.limits.closed_for(way))


def _wants_app(answer: Answer) -> bool:
    problem = read_problem(answer.json)
    return (
        answer.status in (401, 403)
        and problem is not None
        and problem.kind == "unsupported-authentication"
    )
