"""Log in to a platform in the system's browser, and choose what to connect of it.

    begin    opens the loopback address and returns the page for the browser
    finish   waits for the browser, redeems the code on this machine, lists the accounts
    choose   connects one of them

The verifier and the code never leave this process; `state` and the verifier are made for
one login, and forgotten with it.
"""

import secrets
from dataclasses import dataclass, field

from core.actions import admit, developer_apps
from core.actions.admit import Candidate, Connected
from core.config.secret import Secret
from core.domain.channel import AssistantMode, Channel, PlatformName
from core.domain.errors import NotFound, NothingToConnect, OtherAccount, Refused
from core.domain.ids import ChannelId
from core.kit import Kit
from core.net.login_door import LoginDoor, open_door
from core.platforms import authorising
from core.platforms.connecting import (
    AppCredentials,
    ConnectableAccount,
    Connecting,
    Exchange,
    Flavour,
    Grant,
)
from core.store import channels

__all__ = ["Connected", "Secret"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A login that is wanted; the usual flavour unless one is named.

    `only` is the account that is connected again.
    """

    platform: PlatformName
    flavour: str | None = None
    base_url: str | None = None
    only: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """A login under way: `address` is the page for the browser."""

    wanted: Wanted
    address: str = field(repr=False)
    flavour: Flavour = field(repr=False)
    app: AppCredentials = field(repr=False)
    verifier: Secret
    door: LoginDoor = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """An account that a login opened."""

    account_id: str
    name: str
    username: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What a login opened; the tokens stay in `accounts`."""

    wanted: Wanted
    flavour: Flavour = field(repr=False)
    accounts: tuple[ConnectableAccount, ...] = field(repr=False)

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Return what to choose from."""
        return tuple(
            Choice(account_id=each.account_id, name=each.name, username=each.username)
            for each in self.accounts
        )


async def begin(kit: Kit, wanted: Wanted) -> Attempt:
    """Open the loopback address of a login, for ten minutes.

    Raises:
        Refused: the platform has no such login.
        NotSetUp: no developer app is set for it, or the port is taken.
    """
    connecting = _connecting(kit, wanted.platform)
    real = _flavour(connecting, wanted.flavour)
    base_url = wanted.base_url or kit.base_urls[wanted.platform]
    app = developer_apps.credentials(kit.settings, real, base_url)
    flavour = authorising.at_base(real, base_url)
    state, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(48)
    door = await open_door(state, port=kit.settings.login_port)
    address = authorising.page(
        flavour, app, redirect_uri=door.redirect_uri, state=state, verifier=verifier
    )
    return Attempt(
        wanted=wanted,
        address=address,
        flavour=flavour,
        app=app,
        verifier=Secret(verifier),
        door=door,
    )


async def begin_again(kit: Kit, channel_id: ChannelId) -> Attempt:
    """Begin the login of a channel that is signed out, or lacks a permission.

    Raises as `begin` does, and NotFound where there is no such channel.
    """
    channel = await _channel(kit, channel_id)
    known = {flavour.key for flavour in _connecting(kit, channel.platform).flavours}
    return await begin(
        kit,
        Wanted(
            platform=channel.platform,
            flavour=channel.flavour if channel.flavour in known else None,
            base_url=channel.base_url,
            only=channel.account_id,
        ),
    )


async def finish(kit: Kit, attempt: Attempt) -> Opened:
    """Wait for the browser and return what the login opened.

    Raises:
        LoginFailed: it was not allowed, nobody came, or there is no account to connect.
        Refused: the code is not taken.
        Unavailable: the platform is away.
    """
    wanted = attempt.wanted
    connecting = _connecting(kit, wanted.platform)
    code = await attempt.door.code()
    grant = await connecting.redeem(
        kit.http,
        attempt.flavour,
        Exchange(
            code=code.reveal(),
            redirect_uri=attempt.door.redirect_uri,
            verifier=attempt.verifier.reveal(),
            app=attempt.app,
        ),
    )
    base_url = wanted.base_url or kit.base_urls[wanted.platform]
    accounts = await connecting.accounts(kit.http, base_url, attempt.flavour, grant)
    found = [each for each in accounts if wanted.only in (None, each.account_id)]
    if not found:
        _refuse_others(accounts)
    return Opened(wanted=wanted, flavour=attempt.flavour, accounts=tuple(found))


async def give_up(_kit: Kit, attempt: Attempt) -> None:
    """Close the loopback address of a login that is no longer wanted."""
    attempt.door.close()


async def choose(
    kit: Kit,
    opened: Opened,
    account_id: str,
    mode: AssistantMode = AssistantMode.DRAFT,
) -> Connected:
    """Connect one of the accounts of a login; raises as `admit` does."""
    for account in opened.accounts:
        if account.account_id == account_id:
            return await admit.admit(
                kit,
                Candidate(
                    platform=opened.wanted.platform,
                    account=account,
                    base_url=opened.wanted.base_url,
                    flavour=opened.flavour,
                    mode=mode,
                ),
            )
    raise NotFound("The login does not open that account.", "Choose one of the list.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pasted:
    """A token that somebody made elsewhere, with the ids that belong to it."""

    platform: PlatformName
    account_id: str
    token: Secret
    name: str = ""
    base_url: str | None = None
    mode: AssistantMode = AssistantMode.DRAFT
    ids: dict[str, str] = field(default_factory=dict)


async def paste(kit: Kit, pasted: Pasted) -> Connected:
    """Connect an account with a token that was made elsewhere; raises as `admit` does."""
    if pasted.platform not in kit.platforms:
        known = ", ".join(sorted(kit.platforms))
        raise Refused(f"{pasted.platform} cannot be connected.", f"Use one of: {known}.")
    if not pasted.account_id.strip() or not pasted.token:
        raise Refused("The account's id and token are both needed.")
    account = ConnectableAccount(
        account_id=pasted.account_id.strip(),
        name=pasted.name,
        grant=Grant(access_token=pasted.token),
        metadata=pasted.ids,
    )
    return await admit.admit(
        kit,
        Candidate(
            platform=pasted.platform,
            account=account,
            base_url=pasted.base_url,
            mode=pasted.mode,
        ),
    )


async def paste_again(kit: Kit, channel_id: ChannelId, token: Secret) -> Connected:
    """Give a connected channel another token; raises as `paste` does."""
    channel = await _channel(kit, channel_id)
    ids = {
        name: value
        for name, value in channel.metadata.items()
        if name not in ("base_url", "flavour") and isinstance(value, str)
    }
    return await paste(
        kit,
        Pasted(
            platform=channel.platform,
            account_id=channel.account_id,
            token=token,
            name=channel.account_name,
            base_url=channel.base_url,
            ids=ids,
        ),
    )


async def _channel(kit: Kit, channel_id: ChannelId) -> Channel:
    async with kit.mine() as unit:
        channel = await channels.get(unit, channel_id)
    if channel is None:
        raise NotFound("That channel is not in this inbox.")
    return channel


def _connecting(kit: Kit, platform: PlatformName) -> Connecting:
    known = kit.platforms.get(platform)
    connecting = None if known is None else known.connecting
    if connecting is None or not connecting.flavours:
        raise Refused(f"There is no login for {platform}.", "Paste a token instead.")
    return connecting


def _flavour(connecting: Connecting, key: str | None) -> Flavour:
    if key is None:
        return connecting.flavours[0]
    for flavour in connecting.flavours:
        if flavour.key == key:
            return flavour
    known = ", ".join(flavour.key for flavour in connecting.flavours)
    raise Refused(f"There is no login “{key}”.", f"Use one of: {known}.")


def _refuse_others(accounts: list[ConnectableAccount]) -> None:
    """Say that a login opened nothing of use."""
    if not accounts:
        raise NothingToConnect(
            "The login opens no account that can be connected.",
            "Log in with the account, or with one that manages it.",
        )
    names = tuple(account.name for account in accounts)
    raise OtherAccount(
        f"This login opens another account: {', '.join(names)}.",
        "Log in with the channel's account.",
        about=names,
    )
