"""Signs that somebody is there: the read mark, and the typing sign.

Asked for by whoever opens a conversation or starts to think, made by the companion, in the
background: a courtesy delays nobody, and one that fails is not missed.
"""

from collections.abc import Awaitable, Callable

from core import logs
from core.actions import session
from core.domain.errors import SocialSyncError
from core.domain.ids import ConversationId, TenantId
from core.domain.outbox import SendAnswer
from core.kit import Kit
from core.platforms.base import Ability, ChannelSession, Platform
from core.store import channels, customers, reactions

_log = logs.logger(__name__)

_Courtesy = Callable[[Platform, ChannelSession, str, str], Awaitable[None]]


async def mark_read(kit: Kit, tenant: TenantId, conversation: ConversationId) -> None:
    """Let the customer see that their last message has been read."""
    await _do(kit, tenant, conversation, Ability.READ_MARK, _read)


async def show_typing(kit: Kit, tenant: TenantId, conversation: ConversationId) -> None:
    """Let the customer see that an answer is being written."""
    await _do(kit, tenant, conversation, Ability.TYPING, _typing)


async def _read(
    platform: Platform, opened: ChannelSession, customer: str, message: str
) -> None:
    await platform.mark_read(opened, customer, message)


async def _typing(
    platform: Platform, opened: ChannelSession, customer: str, message: str
) -> None:
    await platform.show_typing(opened, customer, message)


async def _do(
    kit: Kit,
    tenant: TenantId,
    conversation: ConversationId,
    ability: Ability,
    courtesy: _Courtesy,
) -> None:
    async with kit.unit(tenant) as unit:
        customer = await customers.of_conversation(unit, conversation)
        newest = await reactions.newest_platform_id(unit, conversation)
        if customer is None or newest is None:
            return
        channel = await channels.get(unit, customer.channel_id)
    if channel is None or channel.paused_reason is not None:
        return
    platform = kit.platforms[channel.platform]
    if ability not in platform.manifest.can:
        return
    opened = await session.opened(kit, channel)
    if isinstance(opened, SendAnswer):
        return
    try:
        await courtesy(platform, opened, customer.platform_customer_id, newest)
    except SocialSyncError as missed:
        _log.info("courtesy.missed", what=ability.value, why=missed.title)
