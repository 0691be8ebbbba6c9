"""`social_accounts`: the channels, and the doors to their tokens."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg.types.json import Jsonb

from core.config.sealing import Cell
from core.domain.channel import AssistantMode, Channel, ChannelStatus, PlatformName
from core.domain.ids import ChannelId, TenantId
from core.store.channel_tokens import SealedTokens
from core.store.pool import Unit

TABLE = "social_accounts"
PAUSED_BY_HAND = "Paused by a member."

_ONE = """
select id, user_id as tenant, platform, account_id, account_name, status, assistant_mode,
       paused_reason, last_inbound_at, token_expires_at, token_changed_at, scopes, removed_at,
       coalesce(metadata, '{}') as metadata
from social_accounts where user_id = %(tenant)s and id = %(id)s
"""
_ALL = """
select id, user_id as tenant, platform, account_id, account_name, status, assistant_mode,
       paused_reason, last_inbound_at, token_expires_at, token_changed_at, scopes, removed_at,
       coalesce(metadata, '{}') as metadata
from social_accounts where user_id = %(tenant)s and removed_at is null
order by account_name, platform, id
"""


async def get(unit: Unit, channel: ChannelId) -> Channel | None:
    """Return one channel."""
    return await unit.row(Channel, _ONE, {"tenant": unit.tenant, "id": channel})


async def all_of(unit: Unit) -> list[Channel]:
    """Return the tenant's channels by name, without those that were removed."""
    return await unit.rows(Channel, _ALL, {"tenant": unit.tenant})


_TOKEN = (
    "select access_token from social_accounts where user_id = %(tenant)s and id = %(id)s"  # noqa: S105
)


async def sealed_token(unit: Unit, channel: ChannelId) -> str | None:
    """Return the sealed access token; only the companion's login may read it."""
    sealed: str | None = await unit.value(_TOKEN, {"tenant": unit.tenant, "id": channel})
    return sealed


def token_cell(tenant: TenantId, channel: ChannelId) -> Cell:
    """Return the cell an access token is sealed for."""
    return Cell(tenant=tenant, table=TABLE, column="access_token", row=channel)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewChannel:
    """A channel to connect."""

    id: ChannelId
    platform: PlatformName
    account_id: str
    account_name: str
    tokens: SealedTokens
    mode: AssistantMode
    metadata: dict[str, Any]


_CONNECT = """
insert into social_accounts (id, user_id, platform, account_id, account_name, access_token,
                             refresh_token, token_expires_at, scopes, token_changed_at,
                             assistant_mode, metadata)
values (%(id)s, %(tenant)s, %(platform)s, %(account_id)s, %(name)s, %(token)s, %(refresh)s,
        %(expires_at)s, %(scopes)s, clock_timestamp(), %(mode)s, %(metadata)s)
on conflict (user_id, platform, account_id) do nothing
"""
_REFRESH = """
update social_accounts
   set account_name = %(name)s, access_token = %(token)s, refresh_token = %(refresh)s,
       token_expires_at = %(expires_at)s, scopes = %(scopes)s,
       token_changed_at = clock_timestamp(), status = 'active',
       metadata = %(metadata)s || case when metadata -> 'notices' is null then '{}'
                                  else jsonb_build_object('notices', metadata -> 'notices') end,
       paused_reason = null, paused_at = null, removed_at = null, updated_at = now()
 where user_id = %(tenant)s and id = %(id)s
"""
_FIND = """
select id from social_accounts
where user_id = %(tenant)s and platform = %(platform)s and account_id = %(account_id)s
"""


async def find(unit: Unit, platform: PlatformName, account_id: str) -> ChannelId | None:
    """Return the channel of an account."""
    found = await unit.value(
        _FIND, {"tenant": unit.tenant, "platform": platform, "account_id": account_id}
    )
    return None if found is None else ChannelId(found)


async def connect(unit: Unit, channel: NewChannel) -> bool:
    """Add a channel, or give an existing one (same id) a fresh token.

    Returns False if the account is connected under another id.
    """
    params = {
        "id": channel.id,
        "tenant": unit.tenant,
        "platform": channel.platform,
        "account_id": channel.account_id,
        "name": channel.account_name,
        "token": channel.tokens.access_token,
        "refresh": channel.tokens.refresh_token,
        "expires_at": channel.tokens.expires_at,
        "scopes": list(channel.tokens.scopes),
        "mode": channel.mode,
        "metadata": Jsonb(channel.metadata),
    }
    return (
        await unit.execute(_CONNECT, params) == 1
        or await unit.execute(_REFRESH, params) == 1
    )


_PAUSE = """
update social_accounts
   set paused_reason = %(reason)s, paused_at = coalesce(paused_at, now()), updated_at = now(),
       status = case when %(signed_out)s then 'expired' else status end
 where user_id = %(tenant)s and id = %(id)s and paused_reason is null
"""


async def pause(unit: Unit, channel: ChannelId, reason: str, *, signed_out: bool) -> bool:
    """Stop sending on a channel; return whether it was running until now."""
    params = {
        "tenant": unit.tenant,
        "id": channel,
        "reason": reason,
        "signed_out": signed_out,
    }
    return await unit.execute(_PAUSE, params) == 1


_SIGN_OUT = """
update social_accounts
   set status = case when status = 'revoked' then status else %(status)s end,
       paused_reason = coalesce(paused_reason, %(reason)s),
       paused_at = coalesce(paused_at, now()), updated_at = now()
 where user_id = %(tenant)s and id = %(id)s
   and (status = 'active' or (status = 'expired' and %(status)s = 'revoked'))
"""


async def sign_out(
    unit: Unit, channel: ChannelId, status: ChannelStatus, reason: str
) -> bool:
    """Note that the platform takes our token no longer; return whether that is news."""
    params = {
        "tenant": unit.tenant,
        "id": channel,
        "status": status.value,
        "reason": reason,
    }
    return await unit.execute(_SIGN_OUT, params) == 1


_RECOVER = """
update social_accounts
   set status = 'active', updated_at = now(),
       paused_reason = case when paused_reason = %(by_hand)s then paused_reason end,
       paused_at = case when paused_reason = %(by_hand)s then paused_at end
 where user_id = %(tenant)s and id = %(id)s and status = 'expired'
"""


async def recover(unit: Unit, channel: ChannelId) -> bool:
    """Let a channel that was signed out run again; one that a person paused stays so."""
    params = {"tenant": unit.tenant, "id": channel, "by_hand": PAUSED_BY_HAND}
    return await unit.execute(_RECOVER, params) == 1


_RESUME = """
update social_accounts
   set paused_reason = null, paused_at = null, status = 'active', updated_at = now()
 where user_id = %(tenant)s and id = %(id)s and status <> 'revoked' and removed_at is null
"""


async def resume(unit: Unit, channel: ChannelId) -> bool:
    """Let a channel send again; return whether there is such a channel."""
    return await unit.execute(_RESUME, {"tenant": unit.tenant, "id": channel}) == 1


_REMOVE = """
update social_accounts
   set removed_at = coalesce(removed_at, now()), status = 'revoked',
       paused_reason = 'Removed by a member.', paused_at = coalesce(paused_at, now()),
       updated_at = now()
 where user_id = %(tenant)s and id = %(id)s
"""


async def remove(unit: Unit, channel: ChannelId) -> bool:
    """Take a channel out of use; its conversations stay, its token until it is forgotten."""
    return await unit.execute(_REMOVE, {"tenant": unit.tenant, "id": channel}) == 1


_CANCEL_REMOVED = "select app.cancel_removed_v1(%(channel)s)"


async def cancel_waiting(unit: Unit, channel: ChannelId) -> int:
    """Cancel what waits to be sent on a removed channel; return how much that was.

    Nothing happens to a channel that is in use.
    """
    found: int = await unit.value(_CANCEL_REMOVED, {"channel": channel})
    return found


_SET_MODE = """
update social_accounts set assistant_mode = %(mode)s, updated_at = now()
 where user_id = %(tenant)s and id = %(id)s
"""


async def set_mode(unit: Unit, channel: ChannelId, mode: AssistantMode) -> bool:
    """Set what the assistant may do on a channel; return whether there is such a channel."""
    return (
        await unit.execute(_SET_MODE, {"tenant": unit.tenant, "id": channel, "mode": mode})
        == 1
    )


_HEARD = """
update social_accounts set last_inbound_at = greatest(last_inbound_at, now())
 where user_id = %(tenant)s and id = %(id)s
   and (last_inbound_at is null or last_inbound_at < now() - interval '10 seconds')
"""


def heard_from(unit: Unit, channel: ChannelId) -> None:
    """Record the proof of life: something truly arrived. Written at most every 10 s."""
    unit.lastly(_HEARD, {"tenant": unit.tenant, "id": channel})


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptNotice:
    """What a platform said about a channel, as its metadata keeps the newest ones."""

    kind: str
    weight: str
    title: str
    at: datetime


_KEEP_NOTICE = """
update social_accounts
   set metadata = jsonb_set(metadata, '{notices}', (
           select jsonb_agg(newest.notice order by newest.place)
             from (select notice, place
                     from jsonb_array_elements(
                              jsonb_build_array(%(notice)s::jsonb)
                              || coalesce(metadata -> 'notices', '[]'))
                          with ordinality as told (notice, place)
                    order by place limit %(limit)s) newest)),
       updated_at = now()
 where user_id = %(tenant)s and id = %(id)s
"""
NOTICES_KEPT = 20


async def keep_notice(unit: Unit, channel: ChannelId, notice: KeptNotice) -> None:
    """Put a notice in front of the ones that are kept."""
    told = {
        "kind": notice.kind,
        "weight": notice.weight,
        "title": notice.title,
        "at": notice.at.isoformat(),
    }
    params = {
        "tenant": unit.tenant,
        "id": channel,
        "notice": Jsonb(told),
        "limit": NOTICES_KEPT,
    }
    await unit.execute(_KEEP_NOTICE, params)
