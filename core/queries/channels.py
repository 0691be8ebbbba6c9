"""The channels of an inbox, how each is, and what can be connected."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from core.config.own_address import webhook_address
from core.config.secret import Secret
from core.config.webhook_keys import known_verify_token
from core.domain import vitality
from core.domain.channel import (
    AssistantMode,
    Channel,
    ChannelStatus,
    PlatformName,
    PlatformNotice,
)
from core.domain.errors import NotFound
from core.domain.ids import ChannelId
from core.domain.member import Role
from core.domain.scopes import Use, uses_of
from core.domain.vitality import Ailment, Gap, Remedy, Vitals
from core.kit import Kit
from core.store import channel_gaps, channel_health, channels, health
from core.store.channel_gaps import GapRow
from core.store.channel_health import HealthRow

_MANAGES: Final = frozenset({Role.ADMIN, Role.OWNER})


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelRow:
    """One channel: what it is, how it is, and the one thing to do.

    `can_log_in` says that its platform has a login in the browser; `missing_uses` is what
    does not work for lack of `missing_scopes`; `usual_silence` is in seconds. `notices` are
    what the platform said about the account, newest first.
    """

    id: ChannelId
    name: str
    platform: PlatformName
    title: str
    account_id: str
    status: ChannelStatus
    mode: AssistantMode
    paused_reason: str | None
    last_inbound_at: datetime | None
    ailment: Ailment
    remedy: Remedy
    can_log_in: bool = False
    looked_at: datetime | None = None
    trouble: str | None = None
    scopes: tuple[str, ...] = ()
    missing_scopes: tuple[str, ...] = ()
    missing_uses: tuple[Use, ...] = ()
    subscribed: bool | None = None
    fields: tuple[str, ...] = ()
    missing_fields: tuple[str, ...] = ()
    reachable: bool | None = None
    unreachable_why: str | None = None
    missed: int = 0
    usual_silence: float | None = None
    gap: Gap | None = None
    expires_at: datetime | None = None
    is_renewed: bool = False
    address: str | None = None
    notes: tuple[str, ...] = ()
    notices: tuple[PlatformNotice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """One way to log in to a platform."""

    key: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Connectable:
    """A platform that an account can be connected of; no logins where tokens are pasted.

    `other_ids` are asked for beside the account's id where a token is pasted.
    """

    platform: PlatformName
    title: str
    logins: tuple[Login, ...] = ()
    other_ids: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """Everything the channels' page shows."""

    rows: tuple[ChannelRow, ...] = ()
    connectable: tuple[Connectable, ...] = ()
    companion_alive: bool = True
    may_manage: bool = True
    may_remove: bool = True
    verify_token: Secret | None = field(default=None, repr=False)


async def overview(kit: Kit) -> Overview:
    """Return the channels of this member's inbox, and what can be connected."""
    async with kit.mine() as unit:
        found = await channels.all_of(unit)
        states = await channel_health.all_of(unit)
        gaps = await channel_gaps.unseen(unit)
        counts = await health.counts(unit)
    role = kit.member.role
    return Overview(
        rows=tuple(
            _row(kit, channel, states.get(channel.id), _gap_of(gaps, channel.id))
            for channel in found
        ),
        connectable=tuple(_connectable(kit, name) for name in kit.platforms),
        companion_alive=counts.companion_alive,
        may_manage=role in _MANAGES,
        may_remove=role is Role.OWNER,
        verify_token=known_verify_token(kit.settings, kit.vault)
        if role in _MANAGES
        else None,
    )


async def one(kit: Kit, channel_id: ChannelId) -> ChannelRow:
    """Return one channel; raises NotFound."""
    for row in (await overview(kit)).rows:
        if row.id == channel_id:
            return row
    raise NotFound("That channel is not in this inbox.")


def _gap_of(gaps: list[GapRow], channel: ChannelId) -> Gap | None:
    """Return the whole time for which a channel's messages are not known to be here."""
    own = [gap for gap in gaps if gap.channel_id == channel]
    if not own:
        return None
    return Gap(from_at=own[0].from_at, to_at=max(gap.to_at for gap in own))


def _row(
    kit: Kit, channel: Channel, state: HealthRow | None, gap: Gap | None
) -> ChannelRow:
    known = kit.platforms.get(channel.platform)
    seen = state or HealthRow(channel_id=channel.id, polled_until=kit.clock.now())
    is_renewed = _is_renewed(seen, channel.token_expires_at)
    ailment = vitality.ailment(
        Vitals(
            status=channel.status,
            paused_reason=channel.paused_reason,
            looked_at=seen.looked_at,
            trouble=seen.trouble,
            missing_scopes=seen.missing_scopes,
            subscribed=seen.subscribed,
            missing_fields=seen.missing_fields,
            reachable=seen.reachable,
            last_inbound_at=channel.last_inbound_at,
            missed_at=seen.missed_at,
            usual_silence=_seconds(seen.usual_silence),
            gap=gap,
            expires_at=channel.token_expires_at,
            is_renewed=is_renewed,
        ),
        kit.clock.now(),
    )
    connecting = None if known is None else known.connecting
    base_url = channel.base_url or kit.base_urls.get(channel.platform, "")
    return ChannelRow(
        id=channel.id,
        name=channel.account_name,
        platform=channel.platform,
        title=channel.platform.title() if known is None else known.manifest.title,
        account_id=channel.account_id,
        status=channel.status,
        mode=channel.assistant_mode,
        paused_reason=channel.paused_reason,
        last_inbound_at=channel.last_inbound_at,
        ailment=ailment,
        remedy=vitality.remedy(ailment),
        can_log_in=connecting is not None and bool(connecting.flavours),
        looked_at=seen.looked_at,
        trouble=seen.trouble,
        scopes=channel.scopes,
        missing_scopes=seen.missing_scopes,
        missing_uses=uses_of(seen.missing_scopes),
        subscribed=seen.subscribed,
        fields=seen.fields,
        missing_fields=seen.missing_fields,
        reachable=seen.reachable,
        unreachable_why=seen.unreachable_why,
        missed=seen.missed,
        usual_silence=seen.usual_silence,
        gap=gap,
        expires_at=channel.token_expires_at,
        is_renewed=is_renewed,
        address=webhook_address(kit.settings, channel.platform, base_url),
        notes=() if known is None else known.manifest.notes,
        notices=channel.notices,
    )


def _is_renewed(seen: HealthRow, expires_at: datetime | None) -> bool:
    """Return whether a token is renewed ahead; one that cannot be is only due at its end."""
    due = seen.renew_due_at
    return due is not None and expires_at is not None and due < expires_at


def _seconds(value: float | None) -> timedelta | None:
    return None if value is None else timedelta(seconds=value)


def _connectable(kit: Kit, name: PlatformName) -> Connectable:
    platform = kit.platforms[name]
    connecting = platform.connecting
    flavours = () if connecting is None else connecting.flavours
    return Connectable(
        platform=name,
        title=platform.manifest.title,
        logins=tuple(Login(key=each.key, title=each.title) for each in flavours),
        other_ids=platform.manifest.other_ids,
        notes=platform.manifest.notes,
    )
