import pytest

from core.domain.attachment import MediaKind, OutgoingFile
from core.domain.errors import Refused
from core.domain.file_type import display_name, recognise
from tests.doubles import files

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


def a_file(name: str, content: bytes, mime_type: str | None = None) -> OutgoingFile:
    return OutgoingFile(name=name, content=content, mime_type=mime_type)


@pytest.mark.parametrize(
    ("name", "content", "mime_type", "kind"),
    [
        ("a.jpg", files.JPEG, "image/jpeg", MediaKind.IMAGE),
        ("A.JPEG", files.JPEG, "image/jpeg", MediaKind.IMAGE),
        ("a.png", files.PNG, "image/png", MediaKind.IMAGE),
        ("a.gif", files.GIF, "image/gif", MediaKind.IMAGE),
        ("a.webp", files.WEBP, "image/webp", MediaKind.IMAGE),
        ("a.pdf", files.PDF, "application/pdf", MediaKind.DOCUMENT),
        ("a.mp3", files.MP3, "audio/mpeg", MediaKind.AUDIO),
        ("a.aac", files.AAC, "audio/aac", MediaKind.AUDIO),
        ("a.amr", files.AMR, "audio/amr", MediaKind.AUDIO),
        ("a.wav", files.WAV, "audio/wav", MediaKind.AUDIO),
        ("a.opus", files.OPUS, "audio/ogg", MediaKind.AUDIO),
        ("a.m4a", files.M4A, "audio/mp4", MediaKind.AUDIO),
        ("a.m4a", files.MP4, "audio/mp4", MediaKind.AUDIO),
        ("a.mp4", files.MP4, "video/mp4", MediaKind.VIDEO),
        ("a.mov", files.MOV, "video/quicktime", MediaKind.VIDEO),
        ("a.3gp", files.THREE_GP, "video/3gpp", MediaKind.VIDEO),
        ("a.webm", files.WEBM, "video/webm", MediaKind.VIDEO),
        ("a.docx", files.office("word"), DOCX, MediaKind.DOCUMENT),
        ("a.xlsx", files.office("xl"), XLSX, MediaKind.DOCUMENT),
        ("a.pptx", files.office("ppt"), PPTX, MediaKind.DOCUMENT),
        ("a.doc", files.OLD_OFFICE, "application/msword", MediaKind.DOCUMENT),
        ("a.xls", files.OLD_OFFICE, "application/vnd.ms-excel", MediaKind.DOCUMENT),
        ("a.txt", "Où ?\r\n".encode(), "text/plain", MediaKind.DOCUMENT),
        ("a.csv", b"caf\xe9;2\n", "text/csv", MediaKind.DOCUMENT),
        ("scan", files.PDF, "application/pdf", MediaKind.DOCUMENT),
    ],
)
def test_file_is_known_by_its_bytes(
    name: str, content: bytes, mime_type: str, kind: MediaKind
) -> None:
    found = recognise(a_file(name, content))
    assert (found.mime_type, found.kind) == (mime_type, kind)


@pytest.mark.parametrize("kind", ["text", "spreadsheet", "presentation"])
def test_open_document_is_known_by_its_first_entry(kind: str) -> None:
    found = recognise(a_file("report", files.open_document(kind)))
    assert found.mime_type == f"application/vnd.oasis.opendocument.{kind}"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("invoice.pdf", files.PROGRAM),
        ("invoice.pdf", files.HTML),
        ("invoice.txt", files.HTML),
        ("photo.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>"),
        ("notes.txt", b"#!/bin/sh\nrm -rf ~\n"),
        ("notes.txt", b"\x00\x01\x02"),
        ("notes.txt", b"\xef\xbb\xbf  <html>"),
        ("all.zip", files.archive({"run.exe": files.PROGRAM})),
        ("broken.docx", b"PK\x03\x04" + bytes(30)),
        ("a.heic", b"\x00\x00\x00\x18ftypheic" + bytes(16)),
        ("film.avi", b"RIFF\x24\x00\x00\x00AVI LIST" + bytes(16)),
        ("film.ogv", b"OggS" + bytes(24) + b"\x80theora" + bytes(8)),
    ],
)
def test_what_is_not_in_the_table_is_not_sent(name: str, content: bytes) -> None:
    with pytest.raises(Refused, match="not sent"):
        recognise(a_file(name, content))


@pytest.mark.parametrize(
    ("name", "content", "mime_type"),
    [
        ("invoice.pdf.exe", files.PDF, None),
        ("invoice.exe", files.PDF, None),
        ("photo.jpg", files.PNG, None),
        ("photo\u202egpj.exe", files.JPEG, None),
        ("run.bat", b"echo hello\r\n", None),
        ("run.js", b"alert(1)", None),
        ("photo.png", files.PNG, "application/pdf"),
        ("photo.png", files.PNG, "text/html"),
        ("sound.mp4", files.MP4, "image/png"),
    ],
)
def test_name_or_type_that_lies_is_refused(
    name: str, content: bytes, mime_type: str | None
) -> None:
    with pytest.raises(Refused, match="not what it says"):
        recognise(a_file(name, content, mime_type))


@pytest.mark.parametrize(
    ("content", "mime_type"),
    [
        (files.PNG, "image/png"),
        (files.PNG, "IMAGE/PNG; charset=binary"),
        (files.PNG, "application/octet-stream"),
        (files.PNG, ""),
        (files.JPEG, "image/jpg"),
        (files.M4A, "audio/x-m4a"),
    ],
)
def test_usual_spellings_of_a_type_agree(content: bytes, mime_type: str) -> None:
    found = recognise(a_file("photo", content, mime_type))
    assert found == recognise(a_file("photo", content))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.doc", files.OLD_OFFICE_WITH_MACROS),
        ("a.docm", files.archive({"[Content_Types].xml": b"", "word/vbaProject.bin": b""})),
        (
            "a.ods",
            files.archive(
                {
                    "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
                    "Basic/Standard/Module1.xml": b"",
                }
            ),
        ),
    ],
)
def test_document_with_macros_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(Refused, match="macros"):
        recognise(a_file(name, content))


def test_empty_file_is_refused() -> None:
    with pytest.raises(Refused, match="empty"):
        recognise(a_file("a.txt", b""))


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("menu.pdf", "menu.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\zoe\\CON", "CON"),
        ("menu\u202efdp.exe", "menufdp.exe"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
        ("été 🎉.png", "été 🎉.png"),
        ("/", "file"),
        ("\u200b", "file"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_name_is_text_to_show_and_nothing_more(name: str, shown: str) -> None:
    assert display_name(name) == shown
