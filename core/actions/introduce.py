"""Learn who a customer is, where their messages do not say."""

from core import logs, queue
from core.actions import session
from core.domain.errors import ChannelSignedOut, Refused
from core.domain.ids import CustomerId, TenantId
from core.domain.outbox import SendAnswer
from core.kit import Kit
from core.notices import NoticeKind
from core.queue import JobName
from core.store import channels, customers

_log = logs.logger(__name__)


async def customer(kit: Kit, tenant: TenantId, customer_id: CustomerId) -> None:
    """Ask the platform for a customer's name and show it.

    A platform may keep it to itself (Instagram does for people who only commented); the
    customer then goes on under their id.

    Raises:
        Unavailable: the platform or the line is away; try again.
        ChannelSignedOut: the channel must be connected again first.
    """
    async with kit.unit(tenant) as unit:
        nameless = await customers.nameless(unit, customer_id)
        channel = (
            None if nameless is None else await channels.get(unit, nameless.channel_id)
        )
    if nameless is None or channel is None:
        return
    opened = await session.opened(kit, channel)
    if isinstance(opened, SendAnswer):
        raise ChannelSignedOut(opened.title)
    try:
        profile = await kit.platforms[channel.platform].customer_profile(
            opened, nameless.platform_customer_id
        )
    except Refused as kept:
        _log.info("customer.unnamed", customer_id=str(customer_id), why=kept.title)
        return
    if profile is None:
        return
    async with kit.unit(tenant) as unit:
        await customers.introduce(
            unit,
            customer_id,
            name=profile.name,
            username=profile.username,
            picture_url=profile.picture_url,
        )
        if profile.picture_url is not None:
            await queue.put(unit, JobName.FETCH_PICTURE, customer_id)
        for conversation in await customers.conversations_of(unit, customer_id):
            await unit.publish(NoticeKind.CONVERSATION_CHANGED, conversation)
