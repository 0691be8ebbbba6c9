"""Connect an account on X: OAuth 2.0 with PKCE, and tokens that rotate (CONTRACTS 5)."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from core.config.secret import Secret
from core.domain.errors import (
    ChannelSignedOut,
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
from core.platforms.untyped import section, words
from core.platforms.x import subscriptions
from core.platforms.x.calls import USER_FIELDS
from core.platforms.x.errors import content_of
from core.platforms.x.limits import Endpoint, lane
from core.platforms.x.posts import Account, read_account

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
        await subscriptions.make(session, callback_url)

    def subscribed_on(self, account_id: str, _metadata: Mapping[str, Any]) -> str:
        """Return the account: subscriptions are its own."""
        return account_id

    async def unsubscribe(self, session: ChannelSession) -> None:
        """End this account's subscriptions; the webhook stays, other accounts have it too."""
        await subscriptions.end(session)

    async def subscription(self, session: ChannelSession) -> SubscriptionReport:
        """Return which events of this account are subscribed."""
        return await subscriptions.report(session)


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
