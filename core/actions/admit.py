"""Look at a token before its account becomes a channel, and have its webhooks sent.

A channel that lacks what it cannot do without is not connected at all: it would look
alive and be deaf. What it could do without is named, with what will not work.
"""

from dataclasses import dataclass
from typing import Final

from core import logs
from core.actions import connect, developer_apps
from core.actions.connect import Account
from core.config.own_address import webhook_address
from core.domain import renewal
from core.domain.channel import AssistantMode, PlatformName
from core.domain.errors import NotSetUp, OutcomeUnknown, Refused, ScopeMissing, Unavailable
from core.domain.ids import ChannelId
from core.domain.scopes import Use, uses_of
from core.kit import Kit
from core.platforms.base import ChannelSession
from core.platforms.connecting import (
    ConnectableAccount,
    Connecting,
    Flavour,
    SubscriptionReport,
    TokenReport,
)
from core.store.channel_health import FirstFindings

_log = logs.logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An account to become a channel; `flavour` is None where its token was pasted."""

    platform: PlatformName
    account: ConnectableAccount
    base_url: str | None = None
    flavour: Flavour | None = None
    mode: AssistantMode = AssistantMode.DRAFT


@dataclass(frozen=True, slots=True, kw_only=True)
class Connected:
    """A channel as it begins: `lacking` is what will not work, `missing` the scopes for it.

    `subscribed` is None where the platform could not be asked yet; a companion goes on.
    """

    channel_id: ChannelId
    name: str
    missing: tuple[str, ...] = ()
    lacking: tuple[Use, ...] = ()
    subscribed: bool | None = None


async def admit(kit: Kit, candidate: Candidate) -> Connected:
    """Connect an account whose token is worth it.

    Raises:
        ScopeMissing: a permission is missing without which the channel would be dead.
        ChannelSignedOut: the platform does not take the token.
        Unavailable: the platform is away.
    """
    account = candidate.account
    session = ChannelSession(
        account_id=account.account_id,
        base_url=candidate.base_url or kit.base_urls[candidate.platform],
        token=account.grant.access_token,
        http=kit.http,
        metadata={
            **account.metadata,
            **developer_apps.noted(kit.settings, candidate.platform),
        },
        app_token=developer_apps.own_token(kit.settings, candidate.platform),
    )
    connecting = kit.platforms[candidate.platform].connecting
    report, subscription = TokenReport(account_name=None), None
    if connecting is not None:
        report = await connecting.inspect(session)
        _require(candidate, report.missing)
        address = webhook_address(kit.settings, candidate.platform, session.base_url)
        try:
            subscription = await subscribed(connecting, session, address)
        except NotSetUp as lacking:
            _log.info("channel.not_subscribed", why=lacking.title)
    name = account.name or report.account_name or account.username or account.account_id
    expires_at = account.grant.expires_at or report.expires_at
    connected = await connect.channel(
        kit,
        Account(
            platform=candidate.platform,
            account_id=account.account_id,
            name=name,
            token=account.grant.access_token,
            refresh_token=account.grant.refresh_token,
            expires_at=expires_at,
            scopes=account.grant.scopes,
            mode=candidate.mode,
            metadata=_metadata(candidate, session),
            findings=FirstFindings(
                subscribed=None if subscription is None else subscription.complete,
                fields=() if subscription is None else subscription.fields,
                missing_fields=() if subscription is None else subscription.missing,
                renew_due_at=renewal.due_at(expires_at, None, kit.clock.now()),
            ),
        ),
    )
    missing = not_given(candidate.flavour, account.grant.scopes)
    return Connected(
        channel_id=connected,
        name=name,
        missing=missing,
        lacking=uses_of(missing),
        subscribed=None if subscription is None else subscription.complete,
    )


async def subscribed(
    connecting: Connecting, session: ChannelSession, address: str | None
) -> SubscriptionReport | None:
    """Return what the platform delivers to us, after having asked it for all we need.

    None where it could not be asked, or where we have no address to deliver to.

    Raises:
        NotSetUp: this side lacks something, such as an address the platform would call.
    """
    try:
        report = await connecting.subscription(session)
        if not report.complete and address is not None:
            await connecting.subscribe(session, address)
            report = await connecting.subscription(session)
    except (Unavailable, OutcomeUnknown, Refused) as trouble:
        _log.info("channel.not_subscribed", why=trouble.title)
        return None
    return report


def not_given(flavour: Flavour | None, granted: tuple[str, ...]) -> tuple[str, ...]:
    """Return the scopes that were asked for and not given; a silent platform gave all."""
    if flavour is None or not granted:
        return ()
    return tuple(scope for scope in flavour.scopes if scope not in granted)


_NEXT: Final = "Log in again and leave all permissions switched on."


def _require(candidate: Candidate, missing: tuple[str, ...]) -> None:
    """Refuse an account without a scope it needs, naming what would not work."""
    lost = set(missing)
    if candidate.flavour is not None:
        asked = not_given(candidate.flavour, candidate.account.grant.scopes)
        lost |= set(asked) & set(candidate.flavour.required)
    if lost:
        names = tuple(sorted(lost))
        uses = ", ".join(use.value for use in uses_of(names))
        raise ScopeMissing(
            f"The platform did not give us {', '.join(names)}. Without it this would not "
            f"work: {uses}. The account is not connected.",
            _NEXT,
            about=names,
        )


def _metadata(candidate: Candidate, session: ChannelSession) -> dict[str, object]:
    """Return what to note of an account beside its tokens."""
    noted: dict[str, object] = dict(session.metadata)
    if candidate.flavour is not None:
        noted["flavour"] = candidate.flavour.key
    if candidate.base_url is not None:
        noted["base_url"] = candidate.base_url
    return noted
