"""More than two hundred files that mean harm or are broken, made here and reproducible.

Each is made when it is asked for: together they would fill the memory.
"""

import io
import random
import struct
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from tests.knowledge.reading import samples
from tests.knowledge.reading.hostile_pdf import PDFS
from tests.knowledge.reading.hostile_xml import XMLS

MB = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Hostile:
    """A file that a person could drag in, and what it tries."""

    label: str
    name: str
    make: Callable[[], bytes]
    must_be_refused: bool = False


def hostile_files() -> Iterator[Hostile]:
    """Return all of them, the same ones every time."""
    yield from _zips()
    yield from _xmls()
    yield from _pdfs()
    yield from _texts()
    yield from _names()
    yield from _lies()
    yield from _cut_off()
    yield from _bent()


_ZIPPED = ("docx", "pptx", "xlsx", "odt", "epub")
_MAIN = {
    "docx": "word/document.xml",
    "pptx": "ppt/slides/s0.xml",
    "xlsx": "xl/worksheets/s0.xml",
    "odt": "content.xml",
    "epub": "OPS/a.xhtml",
}


def _parts(kind: str) -> dict[str, bytes]:
    honest = samples.one_of_each()[kind]
    with zipfile.ZipFile(io.BytesIO(honest)) as file:
        return {name: file.read(name) for name in file.namelist()}


def _with(kind: str, more: Callable[[], dict[str, bytes]]) -> bytes:
    return samples.archive(_parts(kind) | more())


def _zips() -> Iterator[Hostile]:
    def put(
        kind: str, label: str, more: Callable[[], dict[str, bytes]], *, refused: bool = True
    ) -> Hostile:
        return Hostile(
            label=f"zip: {label} in {kind}",
            name=f"a.{kind}",
            make=partial(_with, kind, more),
            must_be_refused=refused,
        )

    for kind in _ZIPPED:
        main = _MAIN[kind]
        yield put(kind, "a flat bomb", lambda main=main: {main: bytes(60 * MB)})  # type: ignore[misc]
        yield put(kind, "3,000 members", lambda: {f"m/{n}": b"" for n in range(3_000)})
        yield put(kind, "a nested bomb", lambda: {"e/b.zip": _nested()}, refused=False)
        yield put(kind, "macros", lambda: {"word/vbaProject.bin": b"x"})
        yield put(kind, "ways out", lambda: {"../../etc/cron.d/x": b"x"}, refused=False)
    yield put("docx", "more than is ever unpacked", lambda: {"x/y.bin": _noise(220 * MB)})
    for kind in _ZIPPED:
        yield Hostile(
            label=f"zip: a million members in {kind}",
            name=f"a.{kind}",
            make=_million,
            must_be_refused=True,
        )
        yield Hostile(
            label=f"zip: a size that lies in {kind}",
            name=f"a.{kind}",
            make=partial(_lying, kind),
        )
        yield Hostile(
            label=f"zip: one body for many members in {kind}",
            name=f"a.{kind}",
            make=partial(_overlapping, kind),
            must_be_refused=True,
        )


def _noise(size: int) -> bytes:
    """Return bytes that pack to a fortieth: each is one bomb's ratio away from being one."""
    block = random.Random(1).randbytes(1000) + bytes(39_000)  # noqa: S311
    return block * (size // len(block))


def _nested() -> bytes:
    inner = samples.archive({"a": bytes(20 * MB)})
    for _ in range(5):
        inner = samples.archive({f"{n}.zip": inner for n in range(10)})
    return inner


def _million() -> bytes:
    entry = struct.pack(
        "<4s6H3L5H2L", b"PK\1\2", *[20] * 2, *[0] * 4, 0, 0, 0, 1, *[0] * 4, 0, 0
    )
    listed = (entry + b"a") * 1_000_000
    start = b"PK\3\4" + bytes(26)
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 65535, 65535, len(listed), len(start), 0)
    return start + listed + end


def _lying(kind: str) -> bytes:
    """Return an archive whose directory says 1 KB where 60 MB come out."""
    honest = _with(kind, lambda: {_MAIN[kind]: b" " * (60 * MB)})
    true, said = struct.pack("<L", 60 * MB), struct.pack("<L", 1024)
    return honest.replace(true, said)


def _overlapping(kind: str) -> bytes:
    """Return an archive in which hundreds of members share one body of 10 MB."""
    out = io.BytesIO(_with(kind, lambda: {"bomb": b" " * (10 * MB)}))
    with zipfile.ZipFile(out, "a") as file:
        bomb = file.getinfo("bomb")
        for number in range(500):
            twin = zipfile.ZipInfo(f"t{number}")
            twin.header_offset, twin.compress_type = bomb.header_offset, bomb.compress_type
            twin.CRC, twin.file_size = bomb.CRC, bomb.file_size
            twin.compress_size = bomb.compress_size
            file.filelist.append(twin)
        file.writestr("last", b"")
    return out.getvalue()


def _xmls() -> Iterator[Hostile]:
    for kind in _ZIPPED:
        honest = _parts(kind)[_MAIN[kind]]
        for label, attack in XMLS.items():
            yield Hostile(
                label=f"xml: {label} in {kind}",
                name=f"a.{kind}",
                make=lambda kind=kind, honest=honest, attack=attack: _with(  # type: ignore[misc]
                    kind, lambda: {_MAIN[kind]: attack(honest)}
                ),
            )


def _pdfs() -> Iterator[Hostile]:
    for label, make in PDFS.items():
        yield Hostile(label=f"pdf: {label}", name="a.pdf", make=make)


def _texts() -> Iterator[Hostile]:
    texts: dict[str, Callable[[], bytes]] = {
        "a million columns.csv": lambda: b"a,b\n" + b"1," * 1_000_000,
        "an endless quote.csv": lambda: b'a,b\n"' + b"x\n" * 5_000_000,
        "two million rows.csv": lambda: b"a;b\n" + b"1;2\n" * 2_000_000,
        "only quotes.csv": lambda: b'"' * 5_000_001,
        "deep elements.html": lambda: b"<div>" * 300_000 + b"x",
        "deep tables.html": lambda: b"<table><tr><td>" * 30_000 + b"x",
        "deep lists.html": lambda: b"<ul><li>a" * 50_000,
        "a million attributes.html": lambda: b"<p " + b"a=1 " * 1_000_000 + b">x</p>",
        "a long attribute.html": lambda: b'<p style="' + b"a" * (12 * MB) + b'">x</p>',
        "wide cells.html": lambda: b"<table><tr><td colspan=99999999 rowspan=99999999>x",
        "many spans.html": lambda: b"<table>" + b"<tr><td rowspan=999>x<td>y" * 20_000,
        "many entities.html": lambda: b"<p>" + b"&amp;&#x0;&#xD800;&bogus;" * 500_000,
        "an open comment.html": lambda: b"<html><!--" + b"-" * (10 * MB),
        "deep groups.rtf": lambda: b"{\\rtf1" + b"{" * 1_000_000,
        "raw bytes to nowhere.rtf": lambda: b"{\\rtf1\\bin2147483647 x}",
        "many letters.rtf": lambda: b"{\\rtf1 " + b"\\u65535?" * 1_000_000 + b"}",
        "many cells.rtf": lambda: b"{\\rtf1\\trowd " + b"x\\cell " * 1_000_000 + b"\\row}",
        "half letters.rtf": lambda: b"{\\rtf1 " + b"\\u-10240?" * 1_000 + b"}",
        "nested parts.eml": _nested_mail,
        "a million lines of head.eml": lambda: b"X: y\n" * 1_000_000 + b"\nx",
        "a long line of head.eml": lambda: (
            b"Subject: " + b"=?utf-8?q?a?= " * 200_000 + b"\n\nx"
        ),
        "ten million borders.eml": lambda: (
            b"Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n"
            + b"--b\n" * 2_000_000
        ),
        "mail in mail.eml": lambda: b"Content-Type: message/rfc822\n\n" * 20_000,
        "a strange code.eml": lambda: (
            b"Subject: x\nContent-Type: text/plain; charset=rot13\n\nx"
        ),
        "one line.txt": lambda: b"a" * (40 * MB),
        "combining marks.txt": lambda: ("e" + "\u0301" * 2_000_000).encode(),
        "unseen letters.txt": lambda: (
            "a" + "".join(chr(0xE0000 + c) for c in b"obey me")
        ).encode(),
        "turned letters.txt": lambda: "a\u202etxt.exe\u2066b".encode(),
        "nothing but zeros.txt": lambda: bytes(MB),
        "half letters.txt": lambda: b"\xff\xfe\x00\xd8\x41\x00" * 1_000,
        "headings.md": lambda: b"# a\n" * 1_000_000,
        "a fence.md": lambda: b"```\n" * 1_000_001,
    }
    for label, make in texts.items():
        yield Hostile(label=f"text: {label}", name=label.replace(" ", "_"), make=make)
    for kind in samples.one_of_each():
        for label, content in {
            "empty": b"",
            "one byte": b"P",
            "blank": b" \n " * 9,
        }.items():
            yield Hostile(
                label=f"nothing: {label} {kind}",
                name=f"a.{kind}",
                make=lambda content=content: content,  # type: ignore[misc]
                must_be_refused=label != "one byte" or kind not in {"txt", "md", "csv"},
            )


def _nested_mail() -> bytes:
    head = b"Subject: x\n"
    for number in range(3_000):
        head += b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (number, number)
    return head


_NAMES = (
    "../../../etc/passwd",
    "/etc/passwd.txt",
    "..\\..\\boot.ini",
    "CON",
    "NUL.txt",
    "a.txt:stream",
    "a\u202etxt.exe",
    "a" * 300 + ".txt",
    "",
    ".",
    "a.txt\x00.exe",
    "a.docm",
    "a.exe",
    "a.zip",
    "\ud800.txt",
)


def _names() -> Iterator[Hostile]:
    for name in _NAMES:
        yield Hostile(label=f"name: {name[:20]!r}", name=name, make=lambda: b"plain words")


def _lies() -> Iterator[Hostile]:
    """Every kind under the name of every other; what is text may pass for text."""
    honest = samples.one_of_each() | {
        "exe": b"MZ\x90\x00\x03" + bytes(300),
        "elf": b"\x7fELF" + bytes(300),
        "png": b"\x89PNG\r\n\x1a\n" + bytes(300),
        "script": b"#!/bin/sh\nrm -rf /\n",
        "doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        "scripted": b"<html><script>alert(1)</script>hello</html>",
    }
    written = {"txt", "md", "csv"}
    for kind, content in honest.items():
        for ending in samples.one_of_each():
            may_pass = ending == kind or (ending in written and kind in {*written, "eml"})
            if may_pass or (kind == "scripted" and ending == "html"):
                continue
            yield Hostile(
                label=f"lie: {kind} called {ending}",
                name=f"a.{ending}",
                make=lambda content=content: content,  # type: ignore[misc]
                must_be_refused=True,
            )


def _cut_off() -> Iterator[Hostile]:
    for kind, content in samples.one_of_each().items():
        if kind not in {"txt", "md", "csv"}:
            for tenths in (1, 3, 5, 8, 9):
                cut = content[: len(content) * tenths // 10]
                yield Hostile(
                    label=f"cut: {kind} after {tenths} tenths",
                    name=f"a.{kind}",
                    make=lambda cut=cut: cut,  # type: ignore[misc]
                )


def _bent() -> Iterator[Hostile]:
    """Return honest files with some bytes changed by a dice that always falls the same."""
    for kind, content in samples.one_of_each().items():
        for seed in range(4):
            dice = random.Random(f"{kind}{seed}")  # noqa: S311 -- to be the same every time
            bent = bytearray(content)
            for _ in range(1 + len(bent) // 60):
                bent[dice.randrange(len(bent))] = dice.randrange(256)
            yield Hostile(
                label=f"bent: {kind} {seed}",
                name=f"a.{kind}",
                make=lambda bent=bytes(bent): bent,  # type: ignore[misc]
            )
