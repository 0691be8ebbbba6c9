"""What a file really is: told from its bytes, never from its name.

The name and the declared type must agree with the bytes; a file that pretends to be
something else, or that could run something, does not leave. What is not in the table is
not sent: a list of what is dangerous would always be one kind short.
"""

import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from core.domain.attachment import MediaKind, OutgoingFile
from core.domain.errors import (
    FileMislabelled,
    FileNotTaken,
    FileUnreadable,
    FileUnsafe,
)

_LONGEST_NAME: Final = 120
_NO_CLAIM: Final = frozenset({"", "application/octet-stream"})


@dataclass(frozen=True, slots=True, kw_only=True)
class FileType:
    """One kind of file we send: its type, and the names and types that honestly mean it."""

    mime_type: str
    kind: MediaKind
    extensions: frozenset[str]
    aliases: frozenset[str] = frozenset()

    def is_called(self, extension: str) -> bool:
        """Return whether a name may end like this; one without an ending says nothing."""
        return not extension or extension in self.extensions

    def is_declared(self, mime_type: str) -> bool:
        """Return whether a declared type means this one, or claims nothing."""
        return mime_type in _NO_CLAIM | self.aliases | {self.mime_type}


def _type(mime_type: str, kind: MediaKind, extensions: str, aliases: str = "") -> FileType:
    return FileType(
        mime_type=mime_type,
        kind=kind,
        extensions=frozenset(extensions.split()),
        aliases=frozenset(aliases.split()),
    )


def _office(mime_type: str, extensions: str) -> FileType:
    return _type(mime_type, MediaKind.DOCUMENT, extensions)


_OPEN_XML: Final = "application/vnd.openxmlformats-officedocument."
_OPEN_DOCUMENT: Final = "application/vnd.oasis.opendocument."

_MP4 = _type("video/mp4", MediaKind.VIDEO, "mp4 m4v")
_M4A = _type("audio/mp4", MediaKind.AUDIO, "m4a mp4", "audio/m4a audio/x-m4a video/mp4")
_3GP = _type("video/3gpp", MediaKind.VIDEO, "3gp 3gpp")
_MOV = _type("video/quicktime", MediaKind.VIDEO, "mov qt")
_MP3 = _type("audio/mpeg", MediaKind.AUDIO, "mp3", "audio/mp3")
_AAC = _type("audio/aac", MediaKind.AUDIO, "aac", "audio/x-aac audio/aacp")
_OLD_OFFICE = (
    _office("application/msword", "doc"),
    _office("application/vnd.ms-excel", "xls"),
    _office("application/vnd.ms-powerpoint", "ppt"),
)
_TEXTS = (
    _type("text/plain", MediaKind.DOCUMENT, "txt"),
    _type("text/csv", MediaKind.DOCUMENT, "csv", "application/vnd.ms-excel text/plain"),
)

_SIGNATURES: Final[tuple[tuple[bytes, tuple[FileType, ...]], ...]] = (
    (b"\xff\xd8\xff", (_type("image/jpeg", MediaKind.IMAGE, "jpg jpeg jpe", "image/jpg"),)),
    (b"\x89PNG\r\n\x1a\n", (_type("image/png", MediaKind.IMAGE, "png"),)),
    (b"GIF87a", (_type("image/gif", MediaKind.IMAGE, "gif"),)),
    (b"GIF89a", (_type("image/gif", MediaKind.IMAGE, "gif"),)),
    (b"%PDF-", (_type("application/pdf", MediaKind.DOCUMENT, "pdf"),)),
    (b"ID3", (_MP3,)),
    (b"\xff\xfb", (_MP3,)),
    (b"\xff\xf3", (_MP3,)),
    (b"\xff\xf2", (_MP3,)),
    (b"\xff\xf1", (_AAC,)),
    (b"\xff\xf9", (_AAC,)),
    (b"#!AMR", (_type("audio/amr", MediaKind.AUDIO, "amr"),)),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _OLD_OFFICE),
)
_RIFFS: Final = {
    b"WAVE": _type("audio/wav", MediaKind.AUDIO, "wav", "audio/x-wav audio/wave"),
    b"WEBP": _type("image/webp", MediaKind.IMAGE, "webp"),
}
_BRANDS: Final[tuple[tuple[bytes, tuple[FileType, ...]], ...]] = (
    (b"M4A", (_M4A,)),
    (b"3g", (_3GP,)),
    (b"qt", (_MOV,)),
    *((brand, (_MP4, _M4A)) for brand in (b"iso", b"mp4", b"avc1", b"M4V", b"dash")),
)
"""The first brand of an MP4 family file; recorders also call their sound "mp42"."""
_OGG = _type("audio/ogg", MediaKind.AUDIO, "ogg oga opus", "application/ogg audio/opus")
_WEBM = _type("video/webm", MediaKind.VIDEO, "webm")
_ZIPPED: Final = (
    ("word/", _office(f"{_OPEN_XML}wordprocessingml.document", "docx")),
    ("xl/", _office(f"{_OPEN_XML}spreadsheetml.sheet", "xlsx")),
    ("ppt/", _office(f"{_OPEN_XML}presentationml.presentation", "pptx")),
)
_OPEN_DOCUMENTS: Final = (
    _office(f"{_OPEN_DOCUMENT}text", "odt"),
    _office(f"{_OPEN_DOCUMENT}spreadsheet", "ods"),
    _office(f"{_OPEN_DOCUMENT}presentation", "odp"),
)
_OLD_MACROS: Final = "_VBA_PROJECT".encode("utf-16-le")
_OPEN_MACROS: Final = ("vbaproject.bin", "basic/")
_CONTROL: Final = bytes({*range(32)} - {*b"\t\n\f\r"}) + b"\x7f"


def recognise(file: OutgoingFile) -> FileType:
    """Return what the bytes are, if name and declared type say the same.

    Raises:
        FileNotTaken: nobody can tell what it is.
        FileMislabelled: it pretends to be something else.
        FileUnsafe: it carries macros.
    """
    if not file.content:
        raise FileUnreadable("The file is empty.", "Choose another file.")
    possible = _sniff(file.content)
    if not possible:
        raise FileNotTaken(
            "Files of this kind are not sent.",
            "Send a photo, an audio or video file, a PDF, or an Office or text document.",
        )
    extension, declared = _extension(file.name), _essence(file.mime_type)
    for candidate in possible:
        if candidate.is_called(extension) and candidate.is_declared(declared):
            return candidate
    raise FileMislabelled(
        f"The file is not what it says: it holds {possible[0].mime_type}.",
        "Give it the right name, or save it again in the format its name says.",
    )


def picture_type(content: bytes) -> str | None:
    """Return the type of a picture by its bytes, None if they are no picture we know."""
    for found in _sniff(content):
        if found.kind is MediaKind.IMAGE:
            return found.mime_type
    return None


def display_name(name: str) -> str:
    """Return a file's name as text to show: no path, nothing that hides or turns letters."""
    last = name.replace("\\", "/").rpartition("/")[2]
    plain = "".join(letter for letter in last if letter.isprintable()).strip()
    return plain[-_LONGEST_NAME:] or "file"


def _extension(name: str) -> str:
    stem, dot, extension = display_name(name).rpartition(".")
    return extension.lower() if dot and stem else ""


def _essence(mime_type: str | None) -> str:
    """Return a declared type without its parameters."""
    return (mime_type or "").partition(";")[0].strip().lower()


def _sniff(content: bytes) -> tuple[FileType, ...]:
    """Return what the bytes can be, likeliest first; empty if it is nothing we send."""
    for signature, types in _SIGNATURES:
        if content.startswith(signature):
            old_macros = types is _OLD_OFFICE and _OLD_MACROS in content
            return _without_macros(types, has_macros=old_macros)
    if content.startswith(b"PK\x03\x04"):
        return _zipped(content)
    if content[4:8] == b"ftyp":
        return _first(_BRANDS, content[8:12])
    if content.startswith(b"RIFF"):
        riff = _RIFFS.get(content[8:12])
        return (riff,) if riff else ()
    return _streamed(content[:64]) or _text(content)


def _first(
    table: Iterable[tuple[bytes, tuple[FileType, ...]]], start: bytes
) -> tuple[FileType, ...]:
    return next((types for prefix, types in table if start.startswith(prefix)), ())


def _streamed(head: bytes) -> tuple[FileType, ...]:
    if head.startswith(b"OggS") and (b"OpusHead" in head or b"\x01vorbis" in head):
        return (_OGG,)
    if head.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in head:
        return (_WEBM,)
    return ()


def _zipped(content: bytes) -> tuple[FileType, ...]:
    """Return which office document a zip archive is; other archives are not sent."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return ()
    has_macros = any(_is_macro(name.lower()) for name in names)
    if "[Content_Types].xml" in names:
        found = tuple(
            each for folder, each in _ZIPPED if any(n.startswith(folder) for n in names)
        )
        return _without_macros(found, has_macros=has_macros)
    # An open document begins with its own type, stored as it is, before the next entry.
    start = content[30:120]
    found = tuple(
        each
        for each in _OPEN_DOCUMENTS
        if start.startswith(b"mimetype" + each.mime_type.encode() + b"PK")
    )
    return _without_macros(found, has_macros=has_macros)


def _is_macro(name: str) -> bool:
    return name.startswith(_OPEN_MACROS) or name.endswith(_OPEN_MACROS[0])


def _without_macros(
    types: tuple[FileType, ...], *, has_macros: bool
) -> tuple[FileType, ...]:
    if has_macros and types:
        raise FileUnsafe(
            "The document carries macros, which run on the customer's machine.",
            "Save it without macros, or as a PDF.",
        )
    return types


def _text(content: bytes) -> tuple[FileType, ...]:
    """Return the kinds of plain text, unless it is markup or a script."""
    begins = content.removeprefix(b"\xef\xbb\xbf").lstrip()[:2]
    if begins.startswith((b"<", b"#!")) or content.translate(None, _CONTROL) != content:
        return ()
    return _TEXTS
