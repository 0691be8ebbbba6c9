"""The files of a post as a member gives them: recognised, and read where they lie elsewhere."""

import asyncio
import mimetypes
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid5

from core.domain.attachment import MediaKind, OutgoingFile
from core.domain.errors import FileTooLarge, FileUnreadable, Refused
from core.domain.file_type import FileType, display_name, recognise
from core.domain.ids import AttachmentId, PostId
from core.domain.post import PlannedMedia
from core.kit import Kit
from core.platforms.base import Manifest
from core.platforms.publishing import PostMedia
from core.store.attachments import Upload

LARGEST_FILE = 200 * 1024 * 1024
"""Files live in the database; platforms' own limits are checked besides."""
_STAND_IN = "https://files.invalid/"
"""Where a platform that fetches would find a file of ours: only checked for being there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostFile:
    """A picture or film for a post: its bytes, or the address where it can be had."""

    file: OutgoingFile | None = None
    url: str | None = None
    alt_text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A file as it is kept, as it is noted and as the platform's check sees it."""

    upload: Upload | None
    planned: PlannedMedia
    checked: PostMedia


def read_file(path: Path) -> OutgoingFile:
    """Return a file of this machine; FileUnreadable or FileTooLarge if that cannot be."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise FileTooLarge(
                f"{path.name} is larger than 200 MB.", "Make the file smaller."
            )
        return OutgoingFile(name=path.name, content=path.read_bytes())
    except OSError as error:
        raise FileUnreadable(
            f"{path.name} cannot be read.", "Check that it still exists."
        ) from error


async def piece(
    kit: Kit, manifest: Manifest, given: PostFile, post: PostId, number: int
) -> Piece:
    """Return one file of a post; an address is read at once where bytes are wanted."""
    if given.file is not None:
        return await _of_bytes(given.file, given.alt_text, post, number)
    url = given.url or ""
    if urlsplit(url).scheme != "https":
        raise Refused(f"{url or 'Nothing'} is no https address of a file.", "Correct it.")
    if manifest.fetches_media:
        return _of_address(url, given.alt_text)
    fetched = await kit.http.fetcher.fetch(url)
    file = OutgoingFile(name=_name_in(url), content=fetched.content)
    return await _of_bytes(file, given.alt_text, post, number)


async def _of_bytes(file: OutgoingFile, alt_text: str, post: PostId, number: int) -> Piece:
    found: FileType = await asyncio.to_thread(recognise, file)
    upload = Upload(
        id=AttachmentId(uuid5(post, f"attachment.{number}")),
        blob_id=uuid5(post, f"blob.{number}"),
        kind=found.kind,
        mime_type=found.mime_type,
        file_name=display_name(file.name),
        content=file.content,
    )
    planned = PlannedMedia(
        kind=upload.kind,
        mime_type=upload.mime_type,
        file_name=upload.file_name,
        alt_text=alt_text,
        attachment_id=upload.id,
    )
    checked = replace(_checked(planned), url=_STAND_IN, content=file.content)
    return Piece(upload=upload, planned=planned, checked=checked)


def _of_address(url: str, alt_text: str) -> Piece:
    mime_type = mimetypes.guess_type(urlsplit(url).path)[0] or ""
    kind = mime_type.partition("/")[0]
    if kind not in (MediaKind.IMAGE, MediaKind.VIDEO):
        raise Refused(
            "The address does not say what kind of file it is.",
            "Use one that ends in .jpg or .mp4, or give the file itself.",
        )
    planned = PlannedMedia(
        kind=kind,
        mime_type=mime_type,
        file_name=_name_in(url),
        alt_text=alt_text,
        url=url,
    )
    return Piece(upload=None, planned=planned, checked=_checked(planned))


def _checked(planned: PlannedMedia) -> PostMedia:
    return PostMedia(
        kind=planned.kind,
        mime_type=planned.mime_type,
        file_name=planned.file_name,
        alt_text=planned.alt_text,
        url=planned.url,
    )


def _name_in(url: str) -> str:
    return display_name(urlsplit(url).path)
