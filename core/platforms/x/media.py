"""Files in direct messages: public ones by their address, private ones through the API.

Addresses of private files (`…/dm/<message>/<file>/<name>`) want a signature of the old
kind; API v2 hands out the same file under the same three parts to the channel's token. The
token goes to the API's own address and to no other, whatever a message names.
"""

import hashlib
import re
from typing import Final

from core.domain.errors import NotFound
from core.platforms.base import ChannelSession, FetchedMedia, PendingMedia

_PRIVATE: Final = re.compile(r"/data/dm/(\d+)/(\d+)/([\w.-]+)(?:[:?].*)?$", re.ASCII)


async def fetch_media(session: ChannelSession, media: PendingMedia) -> FetchedMedia:
    """Download a file from the address that its message named."""
    if media.source_url is None:
        raise NotFound("X named no address for the file.")
    private = _PRIVATE.search(media.source_url)
    if private is None:
        fetched = await session.http.fetcher.fetch(media.source_url)
    else:
        url = session.url("2/dm_conversations/media", *private.groups())
        fetched = await session.http.fetcher.fetch(url, token=session.token)
    return FetchedMedia(
        content=fetched.content,
        mime_type=fetched.mime_type,
        sha256=hashlib.sha256(fetched.content).digest(),
    )
