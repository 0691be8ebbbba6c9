"""Files that Meta announces by address: signed, open without a token, for a while."""

import hashlib

from core.domain.errors import NotFound
from core.platforms.base import ChannelSession, FetchedMedia, PendingMedia


async def fetch_media(
    session: ChannelSession, media: PendingMedia, platform: str = "The platform"
) -> FetchedMedia:
    """Download a file from the address its webhook named; NotFound if `platform` named none."""
    if media.source_url is None:
        raise NotFound(f"{platform} named no address for the file.")
    fetched = await session.http.fetcher.fetch(media.source_url)
    return FetchedMedia(
        content=fetched.content,
        mime_type=fetched.mime_type,
        sha256=hashlib.sha256(fetched.content).digest(),
    )
