"""Files on WhatsApp: fetch a customer's, upload ours."""

import base64
import binascii
import hashlib
from dataclasses import dataclass
from typing import Final

from core.domain.errors import NotFound, PlatformDown
from core.domain.outbox import OutboundMedia
from core.net.client import Answer, Upload
from core.platforms.base import ChannelSession, FetchedMedia, PendingMedia
from core.platforms.meta.errors import content_of
from core.platforms.untyped import Unreadable, optional_words, required
from core.platforms.whatsapp.limits import ERRORS, side_lane

_LANE: Final = "media"
_DIGEST_BYTES: Final = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where a file can be had at the moment, and what it should be."""

    url: str
    mime_type: str | None = None
    sha256: str | None = None


async def fetch_media(session: ChannelSession, media: PendingMedia) -> FetchedMedia:
    """Download a file: its id is exchanged for an address that lives five minutes.

    The address is asked for anew once if the file is not behind it, and the token goes
    along, since WhatsApp hands files to nobody else.
    """
    try:
        return await _fetch_once(session, media)
    except NotFound:
        if media.platform_media_id is None:
            raise
        return await _fetch_once(session, media)


async def upload_media(
    session: ChannelSession, media: OutboundMedia, content: bytes
) -> Answer:
    """Store a file with WhatsApp; the answer's `id` can be sent for thirty days."""
    return await session.http.post_file(
        session.url(session.account_id, "media"),
        Upload(
            file_name=media.file_name,
            content=content,
            mime_type=media.mime_type,
            fields={"messaging_product": "whatsapp", "type": media.mime_type},
        ),
        token=session.token,
        lane=side_lane(session.account_id, _LANE),
    )


async def _fetch_once(session: ChannelSession, media: PendingMedia) -> FetchedMedia:
    place = await _look_up(session, media)
    fetched = await session.http.fetcher.fetch(place.url, token=session.token)
    digest = hashlib.sha256(fetched.content).digest()
    promised = read_digest(place.sha256) or read_digest(media.sha256)
    if promised is not None and promised != digest:
        raise PlatformDown("The file arrived damaged.")
    return FetchedMedia(
        content=fetched.content,
        mime_type=place.mime_type or fetched.mime_type,
        sha256=digest,
    )


async def _look_up(session: ChannelSession, media: PendingMedia) -> _Place:
    if media.platform_media_id is None:
        if media.source_url is None:
            raise NotFound("WhatsApp could not keep this file.")
        return _Place(url=media.source_url)
    answer = await session.http.get_json(
        session.url(media.platform_media_id),
        {"phone_number_id": session.account_id},
        token=session.token,
        lane=side_lane(session.account_id, _LANE),
    )
    found = content_of(answer, ERRORS)
    try:
        url = required(found.get("url"), "url")
    except Unreadable as error:
        raise PlatformDown("WhatsApp named no address for the file.") from error
    return _Place(
        url=url,
        mime_type=optional_words(found.get("mime_type")),
        sha256=optional_words(found.get("sha256")),
    )


def read_digest(value: str | None) -> bytes | None:
    """Return a SHA-256 digest written in hex or base64; None when it is neither.

    Webhooks use base64; a look-up has been seen in hex.
    """
    if value is None:
        return None
    for decode in (bytes.fromhex, _from_base64):
        try:
            digest = decode(value)
        except (ValueError, binascii.Error):
            continue
        if len(digest) == _DIGEST_BYTES:
            return digest
    return None


def _from_base64(value: str) -> bytes:
    return base64.b64decode(value, validate=True)
