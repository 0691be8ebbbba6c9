"""Files as small as they may be and still be what they say."""

import io
import zipfile
from collections.abc import Mapping

JPEG = b"\xff\xd8\xff\xe0" + bytes(16)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(16)
GIF = b"GIF89a" + bytes(16)
WEBP = b"RIFF\x10\x00\x00\x00WEBPVP8 " + bytes(16)
PDF = b"%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n"
MP3 = b"ID3\x04" + bytes(16)
AAC = b"\xff\xf1" + bytes(16)
AMR = b"#!AMR\n" + bytes(16)
WAV = b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(16)
OPUS = b"OggS" + bytes(24) + b"OpusHead" + bytes(8)
MP4 = b"\x00\x00\x00\x18ftypisom" + bytes(16)
M4A = b"\x00\x00\x00\x18ftypM4A " + bytes(16)
MOV = b"\x00\x00\x00\x14ftypqt  " + bytes(16)
THREE_GP = b"\x00\x00\x00\x14ftyp3gp5" + bytes(16)
WEBM = b"\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm" + bytes(16)
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
OLD_OFFICE_WITH_MACROS = OLD_OFFICE + "_VBA_PROJECT".encode("utf-16-le")
HTML = b"<!doctype html><script>alert(1)</script>"
PROGRAM = b"MZ\x90\x00" + bytes(16)


def archive(entries: Mapping[str, bytes]) -> bytes:
    """Return a zip archive whose entries are stored as they are, in this order."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as zipped:
        for name, content in entries.items():
            zipped.writestr(name, content)
    return buffer.getvalue()


def office(folder: str) -> bytes:
    """Return an Office document: `folder` is word, xl or ppt."""
    return archive({"[Content_Types].xml": b"", f"{folder}/document.xml": b""})


def open_document(kind: str) -> bytes:
    """Return an open document: `kind` is text, spreadsheet or presentation."""
    mime_type = f"application/vnd.oasis.opendocument.{kind}".encode()
    return archive({"mimetype": mime_type, "content.xml": b""})
