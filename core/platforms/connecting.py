"""What connecting an account takes: a login in the browser, scopes, subscriptions.

Platforms describe their logins as data where they can (`Flavour`), and answer the rest
here. Who calls this owns the browser, the loopback address, `state` and the PKCE verifier.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, runtime_checkable

from core.config.secret import Secret
from core.net.client import Http
from core.platforms.base import ChannelSession


@dataclass(frozen=True, slots=True, kw_only=True)
class AppCredentials:
    """The developer app that asks: its id and, for confidential clients, its secret."""

    client_id: str
    client_secret: Secret | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Flavour:
    """One way to log in.

    `authorize_url` is the page for the browser, `token_url` where codes are exchanged;
    both are absolute, and replaced by a sandbox's where the API base is one. `required`
    scopes are those without which the channel is dead, `scopes` all we ask for.
    """

    key: str
    title: str
    authorize_url: str
    token_url: str
    scopes: tuple[str, ...]
    required: tuple[str, ...]
    scope_separator: str = " "
    pkce: bool = False
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """What the browser brought back, and what is needed to redeem it."""

    code: str = field(repr=False)
    redirect_uri: str
    verifier: str = field(repr=False)
    app: AppCredentials


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """Tokens as a platform gave them; `expires_at` None means: until they are taken back.

    `refresh_expires_at` is when refreshing ends for good, None where it never does or the
    platform does not say.
    """

    access_token: Secret
    refresh_token: Secret | None = None
    expires_at: datetime | None = None
    scopes: tuple[str, ...] = ()
    refresh_expires_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectableAccount:
    """An account that a grant opens; `grant` is the one to keep for it (a Page's own)."""

    account_id: str
    name: str
    grant: Grant
    username: str | None = None
    picture_url: str | None = None
    metadata: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenReport:
    """What a token turned out to be worth; `missing` are required scopes it lacks.

    `obstacles` are sentences about what else keeps the account from working, such as a
    number that was never registered.
    """

    account_name: str | None
    missing: tuple[str, ...] = ()
    expires_at: datetime | None = None
    obstacles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriptionReport:
    """Which webhook fields reach us; `missing` are those we need and do not have."""

    fields: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """Return whether everything we need is subscribed."""
        return not self.missing


class Connecting(Protocol):
    """Logging in to one platform and staying so."""

    @property
    def flavours(self) -> tuple[Flavour, ...]:
        """Return the logins there are, the usual one first; empty where a token is pasted."""
        ...

    async def redeem(self, http: Http, flavour: Flavour, exchange: Exchange, /) -> Grant:
        """Turn a code into a lasting grant.

        Raises:
            Refused: the code is spent, expired or not ours.
            Unavailable: the platform is away.
        """
        ...

    async def accounts(
        self, http: Http, base_url: str, flavour: Flavour, grant: Grant, /
    ) -> list[ConnectableAccount]:
        """Return the accounts a grant opens, each with the grant to keep."""
        ...

    async def refresh(
        self, http: Http, flavour: Flavour, grant: Grant, app: AppCredentials, /
    ) -> Grant | None:
        """Return a fresh grant, None where this kind cannot or need not be refreshed.

        The old refresh token may be dead once this returns: store the new one first.

        Raises:
            ChannelSignedOut: the grant is dead; only a person can connect again.
            Unavailable: try again.
        """
        ...

    async def inspect(self, session: ChannelSession, /) -> TokenReport:
        """Ask the platform who a token is and what it may do; raises as `refresh` does."""
        ...

    async def subscribe(self, session: ChannelSession, callback_url: str, /) -> None:
        """Have the platform deliver this account's webhooks; harmless when it does already."""
        ...

    async def subscription(self, session: ChannelSession, /) -> SubscriptionReport:
        """Return what is subscribed now, from the platform's own mouth."""
        ...


@runtime_checkable
class Unsubscribing(Protocol):
    """What a platform adds where webhooks of one account can be given up."""

    def subscribed_on(self, account_id: str, metadata: Mapping[str, Any], /) -> str:
        """Return the id that a channel's deliveries hang on.

        Channels may share one (two numbers of a business account, a Page and its Instagram
        account): as long as one of them is in use, deliveries must not be stopped.
        """
        ...

    async def unsubscribe(self, session: ChannelSession, /) -> None:
        """Stop the deliveries of this account; harmless when there are none.

        Raises as `Connecting.subscribe` does.
        """
        ...
