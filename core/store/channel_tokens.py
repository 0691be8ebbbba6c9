"""`social_accounts`, its sealed tokens: read and renewed by the companion alone."""

from dataclasses import dataclass
from datetime import datetime

from core.config.sealing import Cell
from core.domain.ids import ChannelId, DeedId, OutboxId, TenantId
from core.store.pool import Unit


def refresh_cell(tenant: TenantId, channel: ChannelId) -> Cell:
    """Return the cell a refresh token is sealed for."""
    return Cell(tenant=tenant, table="social_accounts", column="refresh_token", row=channel)


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedTokens:
    """What a channel signs in with, sealed for `token_cell` and `refresh_cell`."""

    access_token: str
    refresh_token: str | None = None
    expires_at: datetime | None = None
    scopes: tuple[str, ...] = ()


_TOKENS = """
select access_token, refresh_token, token_expires_at as expires_at, scopes
from social_accounts
where user_id = %(tenant)s and id = %(id)s and access_token is not null
"""


async def sealed_tokens(unit: Unit, channel: ChannelId) -> SealedTokens | None:
    """Return all that a channel signs in with; only the companion's login may read it."""
    return await unit.row(SealedTokens, _TOKENS, {"tenant": unit.tenant, "id": channel})


_RENEWED = """
update social_accounts
   set access_token = %(token)s, refresh_token = %(refresh)s,
       token_expires_at = %(expires_at)s,
       scopes = case when cardinality(%(scopes)s::text[]) > 0 then %(scopes)s else scopes end,
       token_changed_at = clock_timestamp(), updated_at = now()
 where user_id = %(tenant)s and id = %(id)s and access_token = %(was)s
   and removed_at is null
"""


async def renewed(
    unit: Unit, channel: ChannelId, tokens: SealedTokens, *, was: str
) -> bool:
    """Put fresh tokens in place of those they were made from; False when these are gone."""
    params = {
        "tenant": unit.tenant,
        "id": channel,
        "token": tokens.access_token,
        "refresh": tokens.refresh_token,
        "expires_at": tokens.expires_at,
        "scopes": list(tokens.scopes),
        "was": was,
    }
    return await unit.execute(_RENEWED, params) == 1


_STILL = """
select exists (select 1 from social_accounts
                where user_id = %(tenant)s and id = %(id)s and access_token = %(was)s)
"""


async def still(unit: Unit, channel: ChannelId, was: str) -> bool:
    """Return whether a channel still has the token that something was tried with."""
    params = {"tenant": unit.tenant, "id": channel, "was": was}
    found: bool = await unit.value(_STILL, params)
    return found


_CHANGED_SINCE = """
select exists (
    select 1 from outbox_items o
      join social_accounts a on a.user_id = o.tenant_id and a.id = o.channel_id
     where o.tenant_id = %(tenant)s and o.id = %(item)s and a.token_changed_at > o.sending_at)
"""


async def changed_since_sending(unit: Unit, item: OutboxId) -> bool:
    """Return whether an item was sent with a token that has been replaced meanwhile."""
    found: bool = await unit.value(_CHANGED_SINCE, {"tenant": unit.tenant, "item": item})
    return found


_CHANGED_SINCE_DEED = """
select exists (
    select 1 from comment_deeds d
      join social_accounts a on a.user_id = d.tenant_id and a.id = d.channel_id
     where d.tenant_id = %(tenant)s and d.id = %(deed)s and a.token_changed_at > d.sending_at)
"""


async def changed_since_doing(unit: Unit, deed: DeedId) -> bool:
    """Return the same of something that was done about a comment."""
    params = {"tenant": unit.tenant, "deed": deed}
    found: bool = await unit.value(_CHANGED_SINCE_DEED, params)
    return found


_RESEAL = """
update social_accounts set access_token = %(token)s, refresh_token = %(refresh)s
 where user_id = %(tenant)s and id = %(id)s and access_token = %(was)s
"""


async def reseal(unit: Unit, channel: ChannelId, tokens: SealedTokens, *, was: str) -> None:
    """Replace a sealed form by another of the same tokens, unless they have changed."""
    params = {
        "tenant": unit.tenant,
        "id": channel,
        "token": tokens.access_token,
        "refresh": tokens.refresh_token,
        "was": was,
    }
    await unit.execute(_RESEAL, params)


_FORGET_TOKENS = """
update social_accounts
   set access_token = null, refresh_token = null, token_expires_at = null, scopes = '{}'
 where user_id = %(tenant)s and id = %(id)s and removed_at is not null
"""


async def forget_tokens(unit: Unit, channel: ChannelId) -> bool:
    """Delete the tokens of a removed channel."""
    return await unit.execute(_FORGET_TOKENS, {"tenant": unit.tenant, "id": channel}) == 1
