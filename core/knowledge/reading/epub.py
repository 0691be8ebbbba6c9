"""Read a book: its chapters in the order in which they are bound."""

from collections.abc import Iterator
from posixpath import dirname
from urllib.parse import unquote

from core.knowledge.reading import markup
from core.knowledge.reading.archive import Archive, Element, joined
from core.knowledge.reading.decoding import decoded
from core.knowledge.reading.manuscript import Manuscript
from core.knowledge.reading.reasons import Reason, Unreadable

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_FONT_MANGLING = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
"""Ways of making fonts useless outside the book; the text is plain."""
_CHAPTERS = frozenset({"application/xhtml+xml", "text/html"})


def read(content: bytes, manuscript: Manuscript) -> None:
    """Write the chapters of a book."""
    archive = Archive(content)
    if _CONTAINER not in archive.names:
        raise Unreadable(Reason.MISLABELLED)
    _refuse_locked(archive)
    package = _package_of(archive)
    root = archive.xml(package)
    for title in root.iterfind(".//{*}metadata/{http://purl.org/dc/elements/1.1/}title"):
        manuscript.put_title("".join(title.itertext()))
    for chapter in _chapters(root, dirname(package)):
        if chapter in archive.names:
            markup.write(decoded(archive.read(chapter)), manuscript)


def _package_of(archive: Archive) -> str:
    for file in archive.xml(_CONTAINER).iterfind(".//{*}rootfile"):
        return str(file.get("full-path", ""))
    raise Unreadable(Reason.BROKEN)


def _refuse_locked(archive: Archive) -> None:
    root = archive.xml_or_none(_ENCRYPTION)
    if root is None:
        return
    for method in root.iterfind(".//{*}EncryptedData/{*}EncryptionMethod"):
        if method.get("Algorithm") not in _FONT_MANGLING:
            raise Unreadable(Reason.ENCRYPTED)


def _chapters(root: Element, folder: str) -> Iterator[str]:
    files = {
        item.get("id"): joined(folder, unquote(item.get("href", "")))
        for item in root.iterfind(".//{*}manifest/{*}item")
        if item.get("media-type") in _CHAPTERS and "nav" not in item.get("properties", "")
    }
    seen: set[str] = set()
    for reference in root.iterfind(".//{*}spine/{*}itemref"):
        file = files.get(reference.get("idref"))
        # A spine that names a chapter a million times is no book.
        if file is not None and file not in seen:
            seen.add(file)
            yield file
