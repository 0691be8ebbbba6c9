"""Open the containers of office documents and books, and the XML inside, without trust."""

import io
import zipfile
import zlib
from functools import cached_property
from typing import Any

from lxml import etree

from core.knowledge.reading.limits import HIGHEST_RATIO, MB, MOST_INFLATED, MOST_MEMBERS
from core.knowledge.reading.manuscript import Manuscript
from core.knowledge.reading.reasons import Reason, Unreadable

Element = Any
"""An element of lxml, which carries no types."""

_CENTRAL_MEMBER = b"PK\x01\x02"
_SMALL = 1 * MB
"""A tiny part of endless blanks is packed better than 100 to 1, and harms nobody."""
_ENCRYPTED = 0x1
_DOCTYPES = tuple("<!DOCTYPE".encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))
_MACRO_PARTS = ("vbaproject.bin", "basic/")


class Archive:
    """A zip file whose directory has been checked before anything is inflated."""

    def __init__(self, content: bytes) -> None:
        # Counted in the bytes: a million entries would fill the memory before they are
        # counted in a list.
        if content.count(_CENTRAL_MEMBER) > MOST_MEMBERS:
            raise Unreadable(Reason.BOMB)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
            raise Unreadable(Reason.BROKEN) from error
        self._check(self._zip.infolist())

    @cached_property
    def names(self) -> frozenset[str]:
        """Return the names of all parts."""
        return frozenset(self._zip.namelist())

    def _check(self, members: list[zipfile.ZipInfo]) -> None:
        if len(members) > MOST_MEMBERS:
            raise Unreadable(Reason.BOMB)
        if sum(member.file_size for member in members) > MOST_INFLATED:
            raise Unreadable(Reason.BOMB)
        for member in members:
            most = max(member.compress_size, 1) * HIGHEST_RATIO
            if member.file_size > max(most, _SMALL):
                raise Unreadable(Reason.BOMB)
        if any(member.flag_bits & _ENCRYPTED for member in members):
            raise Unreadable(Reason.ENCRYPTED)
        if any(_is_macro(member.filename.lower()) for member in members):
            raise Unreadable(Reason.MACROS)

    def read(self, name: str) -> bytes:
        """Return a part; `zipfile` stops at the size that the directory promised."""
        try:
            return self._zip.read(name)
        except KeyError as error:
            raise Unreadable(Reason.BROKEN) from error
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError) as error:
            raise Unreadable(Reason.BROKEN) from error
        except (RuntimeError, ValueError, OSError) as error:
            raise Unreadable(Reason.BROKEN) from error

    def xml(self, name: str) -> Element:
        """Return the root of a part that is XML."""
        return parsed(self.read(name))

    def xml_or_none(self, name: str) -> Element | None:
        """Return the root of a part that need not be there."""
        return self.xml(name) if name in self.names else None

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Return what a part of an office document points to: id to (type, part)."""
        folder, _, name = part.rpartition("/")
        root = self.xml_or_none(f"{folder}/_rels/{name}.rels".lstrip("/"))
        if root is None:
            return {}
        return {
            relation.get("Id", ""): (
                relation.get("Type", "").rpartition("/")[2],
                joined(folder, relation.get("Target", "")),
            )
            for relation in root
            if relation.get("TargetMode") != "External"
        }

    def main_part(self) -> str:
        """Return the part that an office document begins with."""
        for kind, part in self.relations("").values():
            if kind == "officeDocument":
                return part
        raise Unreadable(Reason.BROKEN)


def core_title(archive: Archive, manuscript: Manuscript) -> None:
    """Take the title that the properties of an office document give."""
    for kind, part in archive.relations("").values():
        root = archive.xml_or_none(part) if kind == "core-properties" else None
        title = (
            root.find("{http://purl.org/dc/elements/1.1/}title")
            if root is not None
            else None
        )
        if title is not None:
            manuscript.put_title(title.text or "")


SAFE_XML = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}
"""How other people's XML is parsed, whole or piece by piece."""


def parsed(content: bytes) -> Element:
    """Return the root of an XML text that declares no entities and fetches nothing."""
    refuse_entities(content)
    parser = etree.XMLParser(**SAFE_XML)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable(Reason.BROKEN) from error


def refuse_entities(content: bytes) -> None:
    """Raise `Unreadable` for a text with a DTD: no office program writes one."""
    if any(doctype in content for doctype in _DOCTYPES):
        raise Unreadable(Reason.ENTITIES)


def joined(folder: str, target: str) -> str:
    """Return the part that a relative name means; it cannot leave the archive."""
    steps = [] if target.startswith("/") else folder.split("/")
    for step in target.split("/"):
        if step == "..":
            steps = steps[:-1]
        elif step not in {"", "."}:
            steps.append(step)
    return "/".join(step for step in steps if step)


def _is_macro(name: str) -> bool:
    return name.endswith(_MACRO_PARTS[0]) or name.startswith(_MACRO_PARTS[1])
