"""Bring the files of messages home while the platform still has them."""

from uuid import uuid4

from core.actions import session
from core.domain.errors import ChannelSignedOut, Refused
from core.domain.ids import AttachmentId, ConversationId, TenantId
from core.domain.outbox import SendAnswer
from core.kit import Kit
from core.notices import NoticeKind
from core.platforms.base import PendingMedia
from core.store import attachments, channels
from core.store.attachments import Content


async def fetch(kit: Kit, tenant: TenantId, attachment: AttachmentId) -> None:
    """Fetch and store one file; platforms keep them for minutes to days only.

    Raises:
        Unavailable: the platform or the line is away; try again.
        ChannelSignedOut: the channel must be connected again first.
    """
    async with kit.unit(tenant) as unit:
        file = await attachments.pending(unit, attachment)
        channel = None if file is None else await channels.get(unit, file.channel_id)
    if file is None or channel is None:
        return
    opened = await session.opened(kit, channel)
    if isinstance(opened, SendAnswer):
        raise ChannelSignedOut(opened.title)
    wanted = PendingMedia(
        platform_media_id=file.platform_media_id,
        source_url=file.source_url,
        sha256=file.sha256,
    )
    try:
        fetched = await kit.platforms[channel.platform].fetch_media(opened, wanted)
    except Refused as gone:
        async with kit.unit(tenant) as unit:
            await attachments.fail(unit, attachment, gone.title)
            await unit.publish(
                NoticeKind.MESSAGE_CHANGED, ConversationId(file.conversation_id)
            )
        return
    async with kit.unit(tenant) as unit:
        content = Content(content=fetched.content, mime_type=fetched.mime_type)
        await attachments.store(unit, attachment, uuid4(), content)
        await unit.publish(NoticeKind.MESSAGE_CHANGED, ConversationId(file.conversation_id))
