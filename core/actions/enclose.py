"""Get a message's file ready for the platform: as bytes, or as an address to fetch."""

from dataclasses import dataclass, field, replace

from core.domain.ids import AttachmentId
from core.domain.outbox import OutboundMedia, OutboxItem
from core.kit import Kit
from core.net.media_urls import MediaTicket
from core.platforms.base import ChannelSession, Manifest
from core.store import attachments
from core.store.outbox import Failure

_GONE = Failure(
    code=None, title="The file of this message is gone.", next_step="Attach it again."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """An item with all that travels along."""

    item: OutboxItem
    content: bytes | None = field(default=None, repr=False)


async def enclose(kit: Kit, session: ChannelSession, item: OutboxItem) -> Letter | Failure:
    """Return an item with its file, or why the file cannot travel."""
    if item.media is None:
        return Letter(item=item)
    attachment = AttachmentId(item.media.attachment_id)
    manifest = kit.platforms[item.platform].manifest
    async with kit.unit(item.tenant) as unit:
        if manifest.fetches_media:
            is_here = await attachments.is_stored(unit, attachment)
            content = None
        else:
            found = await attachments.read(unit, attachment)
            is_here = found is not None
            content = found.content if found else None
    if not is_here:
        return _GONE
    if not manifest.fetches_media:
        return Letter(item=item, content=content)
    return _addressed(kit, session, item, item.media, manifest)


def _addressed(
    kit: Kit,
    session: ChannelSession,
    item: OutboxItem,
    media: OutboundMedia,
    manifest: Manifest,
) -> Letter | Failure:
    ticket = MediaTicket(tenant=item.tenant, attachment=AttachmentId(media.attachment_id))
    urls = kit.media_urls
    url = urls.address(ticket, platform_url=session.base_url) if urls else None
    if url is None:
        return Failure(
            code=None,
            title=f"{manifest.title} fetches files from a public address; none is set.",
            next_step="Set SOCIALSYNC_PUBLIC_URL to the companion's https address, "
            "then send the file again.",
        )
    return Letter(item=replace(item, media=replace(media, url=url)))
