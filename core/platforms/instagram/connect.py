"""Connect an Instagram account: through Instagram's own login, or through Facebook's.

The two differ in host, token and scopes (CONTRACTS 3). Which one a channel came by is in
its metadata as `flavour`, and its API base follows from that.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from core.clock import SystemClock
from core.config.secret import Secret
from core.domain.errors import (
    ChannelSignedOut,
    OutcomeUnknown,
    Refused,
    Unavailable,
)
from core.net.client import Call, Http
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
from core.platforms.instagram import probes, tokens
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
        if flavour.key == BY_FACEBOOK.key:
            return await tokens.of_facebook(http, flavour, exchange, self.now)
        return await tokens.of_instagram(http, flavour, exchange, self.now)

    async def accounts(
        self, http: Http, base_url: str, flavour: Flavour, grant: Grant
    ) -> list[ConnectableAccount]:
        """Return the professional accounts a grant opens.

        The id is `user_id`, which webhooks use; `id` is one that only our app knows.
        """
        base = base_url.rstrip("/")
        if flavour.key == BY_FACEBOOK.key:
            return await _of_pages(http, f"{base}/me/accounts", grant)
        call = tokens.get(f"{base}/me", {"fields": _ME}, grant.access_token)
        me = await tokens.asked(http, call)
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
        return await tokens.renewed(http, flavour, grant, app, self.now)

    async def inspect(self, session: ChannelSession) -> TokenReport:
        """Ask who the token is, and try what each of its scopes allows to read.

        Neither login tells a token's scopes to the token itself.
        """
        if session.flavour == BY_FACEBOOK.key:
            call = tokens.get(session.url("me"), {"fields": _PAGES}, session.token)
            page = section(await _content(session, call))
            me = section(page.get("instagram_business_account"))
        else:
            call = tokens.get(session.url("me"), {"fields": _ME}, session.token)
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

    def subscribed_on(self, account_id: str, metadata: Mapping[str, Any]) -> str:
        """Return the Page that tells of the account with Facebook's login, else the account."""
        return identifier(metadata.get("page_id")) or account_id

    async def unsubscribe(self, session: ChannelSession) -> None:
        """Switch this account's webhooks off for our app alone."""
        url = session.url("me", "subscribed_apps")
        await _content(session, Call(method="DELETE", url=url, token=session.token))

    async def subscription(self, session: ChannelSession) -> SubscriptionReport:
        """Return the fields that are subscribed.

        With Facebook's login the Page is asked: any of its fields lets the Instagram ones
        through, which the app's dashboard chooses.
        """
        call = tokens.get(session.url("me", "subscribed_apps"), {}, session.token)
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


async def _content(session: ChannelSession, call: Call) -> Mapping[str, Any]:
    lane = side_lane(session.account_id, "account")
    return content_of(await session.http.call(call, lane), ERRORS)


async def _of_pages(http: Http, url: str, grant: Grant) -> list[ConnectableAccount]:
    """Return the accounts behind the person's Pages, each with its Page's token."""
    params = {"fields": _PAGES, "limit": _PAGE_COUNT}
    found: list[ConnectableAccount] = []
    while True:
        body = await tokens.asked(http, tokens.get(url, params, grant.access_token))
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
