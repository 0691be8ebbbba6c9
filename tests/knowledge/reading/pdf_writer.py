"""A small writer of PDFs: texts at places, in sizes and colours, with a scan or a lock."""

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

A4 = (595, 842)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Some words on a page; `y` counts from the lower edge."""

    text: str
    x: float = 72
    y: float = 770
    size: float = 11
    bold: bool = False
    white: bool = False
    mode: int = 0
    raw: bool = False

    def drawn(self) -> bytes:
        escaped = "".join(f"\\{c}" if c in "()\\" else c for c in self.text)
        if self.raw:
            escaped = self.text
        colour = "1 g" if self.white else "0 g"
        font = "F2" if self.bold else "F1"
        return (
            f"BT {colour} {self.mode} Tr /{font} {self.size} Tf "
            f"1 0 0 1 {self.x} {self.y} Tm ({escaped}) Tj ET\n"
        ).encode("cp1252")


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A page that is one picture, as a scanner makes them."""

    width: int = 100
    height: int = 140


Content = Sequence[Words] | Picture


def pdf(pages: Iterable[Content], *, title: str = "", extra: bytes = b"") -> bytes:
    """Return a PDF with these pages; `extra` is put into its catalogue."""
    objects: dict[int, bytes] = {
        3: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        4: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>",
    }
    kids = []
    for content in pages:
        page = max(objects) + 1
        kids.append(page)
        if isinstance(content, Picture):
            objects[page + 2] = _image(content)
            stream = b"q 595 0 0 842 0 0 cm /I1 Do Q"
            resources = b"<</XObject<</I1 %d 0 R>>>>" % (page + 2)
        else:
            stream = b"".join(words.drawn() for words in content)
            resources = b"<</Font<</F1 3 0 R/F2 4 0 R>>>>"
        objects[page + 1] = _stream(stream)
        objects[page] = (
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents %d 0 R/Resources %s>>"
            % (*A4, page + 1, resources)
        )
    listed = b" ".join(b"%d 0 R" % kid for kid in kids)
    objects[1] = b"<</Type/Catalog/Pages 2 0 R%s>>" % extra
    objects[2] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), listed)
    info = max(objects) + 1
    objects[info] = b"<</Title(%s)>>" % title.encode("latin-1")
    return assembled(objects, b"/Info %d 0 R" % info)


def lines(texts: Iterable[str], *, x: float = 72, top: float = 770) -> list[Words]:
    """Return lines below each other, as a typesetter leaves them."""
    return [Words(text=text, x=x, y=top - 14 * at) for at, text in enumerate(texts)]


def table(
    rows: Iterable[Sequence[str]], columns: Sequence[float], top: float = 700
) -> list[Words]:
    """Return a table whose cells begin at the given places."""
    return [
        Words(text=cell, x=x, y=top - 18 * at)
        for at, row in enumerate(rows)
        for cell, x in zip(row, columns, strict=True)
        if cell
    ]


def assembled(objects: dict[int, bytes], trailer: bytes = b"") -> bytes:
    """Return a file of numbered objects with its table of places."""
    out = bytearray(b"%PDF-1.7\n")
    places = {}
    for number in sorted(objects):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, objects[number])
    start = len(out)
    size = max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        state = b"n" if number in places else b"f"
        out += b"%010d 00000 %s \n" % (places.get(number, 0), state)
    out += b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (
        size,
        trailer,
        start,
    )
    return bytes(out)


def _stream(content: bytes, more: bytes = b"") -> bytes:
    packed = zlib.compress(content)
    head = b"<</Length %d/Filter/FlateDecode%s>>" % (len(packed), more)
    return head + b"\nstream\n" + packed + b"\nendstream"


def _image(picture: Picture) -> bytes:
    shape = b"/Type/XObject/Subtype/Image/Width %d/Height %d" % (
        picture.width,
        picture.height,
    )
    return _stream(
        bytes(picture.width * picture.height),
        shape + b"/ColorSpace/DeviceGray/BitsPerComponent 8",
    )
