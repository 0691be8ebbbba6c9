"""Turn a planned post into what its platform is handed: files as bytes or as addresses."""

from core.domain.ids import TenantId
from core.domain.post import PlannedContent, PlannedMedia, Post
from core.kit import Kit
from core.net.media_urls import MediaTicket
from core.platforms.base import ChannelSession, Manifest
from core.platforms.publishing import PostContent, PostFormat, PostMedia
from core.store import attachments
from core.store.outbox import Failure

_FORMATS = frozenset(one.value for one in PostFormat)
_SHAPELESS = Failure(
    code=None,
    title="Nobody knows what kind of post this is.",
    next_step="Plan the post again.",
)
_GONE = Failure(
    code=None, title="A file of this post is gone.", next_step="Plan the post again."
)


def shaped(planned: PlannedContent, media: tuple[PostMedia, ...]) -> PostContent:
    """Return a post as platforms know it, with its files as given.

    Raises ValueError for a format that no platform has.
    """
    return PostContent(
        format=PostFormat(planned.format),
        text=planned.text,
        link=planned.link,
        media=media,
    )


async def enclosed(kit: Kit, opened: ChannelSession, post: Post) -> PostContent | Failure:
    """Return a post with its files, or why they cannot travel."""
    if post.content.format not in _FORMATS:
        return _SHAPELESS
    manifest = kit.platforms[post.platform].manifest
    files: list[PostMedia] = []
    for planned in post.content.media:
        one = await _file(kit, opened, manifest, post.tenant, planned)
        if isinstance(one, Failure):
            return one
        files.append(one)
    return shaped(post.content, tuple(files))


async def _file(
    kit: Kit,
    opened: ChannelSession,
    manifest: Manifest,
    tenant: TenantId,
    planned: PlannedMedia,
) -> PostMedia | Failure:
    if planned.attachment_id is None:
        return _media(planned, url=planned.url) if planned.url else _GONE
    async with kit.unit(tenant) as unit:
        if manifest.fetches_media:
            is_here = await attachments.is_stored(unit, planned.attachment_id)
            content = None
        else:
            found = await attachments.read(unit, planned.attachment_id)
            is_here = found is not None
            content = found.content if found else None
    if not is_here:
        return _GONE
    if not manifest.fetches_media:
        return _media(planned, content=content)
    ticket = MediaTicket(tenant=tenant, attachment=planned.attachment_id)
    lent = kit.media_urls
    url = lent.address(ticket, platform_url=opened.base_url) if lent else None
    if url is None:
        return Failure(
            code=None,
            title=f"{manifest.title} fetches files from a public address; none is set.",
            next_step="Set SOCIALSYNC_PUBLIC_URL to the companion's https address, "
            "then try the post again.",
        )
    return _media(planned, url=url)


def _media(
    planned: PlannedMedia, *, url: str | None = None, content: bytes | None = None
) -> PostMedia:
    return PostMedia(
        kind=planned.kind,
        mime_type=planned.mime_type,
        file_name=planned.file_name,
        alt_text=planned.alt_text,
        url=url,
        content=content,
    )
