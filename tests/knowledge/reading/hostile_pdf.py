"""PDFs that never end, grow without limit, or point at themselves."""

import struct
import zlib
from collections.abc import Callable

from tests.knowledge.reading.pdf_writer import Picture, Words, assembled, pdf

MB = 1024 * 1024


def _page(
    content: bytes, resources: bytes = b"<<>>", more: bytes = b""
) -> dict[int, bytes]:
    return {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources "
        + resources
        + more
        + b">>",
        4: content,
    }


def _stream(content: bytes, head: bytes = b"") -> bytes:
    return b"<</Length %d%s>>\nstream\n" % (len(content), head) + content + b"\nendstream"


def _packed(content: bytes, head: bytes = b"") -> bytes:
    return _stream(zlib.compress(content, 9), b"/Filter/FlateDecode" + head)


def _drawn(image: bytes) -> bytes:
    objects = _page(_stream(b"q 500 0 0 500 0 0 cm /I Do Q"), b"<</XObject<</I 5 0 R>>>>")
    return assembled(objects | {5: image})


def _image(filter_name: bytes, data: bytes, width: int, height: int) -> bytes:
    return _drawn(
        _stream(
            data,
            b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceRGB"
            b"/BitsPerComponent 8/Filter/%s" % (width, height, filter_name),
        )
    )


def _looping_pages() -> bytes:
    return assembled(
        {
            1: b"<</Type/Catalog/Pages 2 0 R>>",
            2: b"<</Type/Pages/Count 1000000/Kids[2 0 R 2 0 R]>>",
        }
    )


def _many_pages(count: int) -> bytes:
    kids = b" ".join(b"3 0 R" for _ in range(count))
    return assembled(
        {
            1: b"<</Type/Catalog/Pages 2 0 R>>",
            2: b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids),
            3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        }
    )


def _forms_in_forms() -> bytes:
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F %d 0 R>>>>"
    objects = _page(_stream(b"/F Do"), b"<</XObject<</F 5 0 R>>>>")
    objects[5] = _stream(b"/F Do /F Do /F Do", form % 6)
    objects[6] = _stream(b"/F Do /F Do /F Do", form % 5)
    return assembled(objects)


def _growing_forms() -> bytes:
    """Each form draws the next ten times: ten to the twelfth letters."""
    objects = _page(_stream(b"/F Do"), b"<</XObject<</F 5 0 R>>>>")
    for at in range(5, 17):
        head = (
            b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F %d 0 R>>>>"
        )
        objects[at] = _stream(b"/F Do " * 10, head % (at + 1))
    objects[17] = _stream(b"0 0 9 9 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]")
    return assembled(objects)


def _previous_loop() -> bytes:
    honest = pdf([[Words(text="hello")]])
    start = int(honest.rsplit(b"startxref\n", 1)[1].split()[0])
    return honest.replace(b"trailer\n<<", b"trailer\n<</Prev %d" % start)


def _repeated_filters() -> bytes:
    content = b"BT ET " * MB
    for _ in range(3):
        content = zlib.compress(content, 9)
    head = b"/Filter[/FlateDecode/FlateDecode/FlateDecode]"
    return assembled(_page(_stream(content, head)))


def _locked() -> bytes:
    """Return a PDF whose password nobody knows."""
    honest = pdf([[Words(text="hello")]])
    lock = (
        b"/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -4/O(%s)/U(%s)>>/ID[(aa)(aa)]"
        % (b"o" * 32, b"u" * 32)
    )
    return honest.replace(b"trailer\n<<", b"trailer\n<<" + lock)


def _many_letters() -> bytes:
    text = b"BT /F1 1 Tf " + b"(" + b"a" * 30_000 + b") Tj " + b"ET\n"
    resources = b"<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
    return assembled(_page(_packed(text * 300), resources))


PDFS: dict[str, Callable[[], bytes]] = {
    "pages that hold themselves": _looping_pages,
    "100,000 pages": lambda: _many_pages(100_000),
    "4,999 empty pages": lambda: _many_pages(4_999),
    "forms in a circle": _forms_in_forms,
    "forms that multiply": _growing_forms,
    "a table of places in a circle": _previous_loop,
    "a stream of 200 MB": lambda: assembled(_page(_packed(b"0 0 m " * (35 * MB)))),
    "a stream packed three times": _repeated_filters,
    "nine million letters": _many_letters,
    "a page of a million points": lambda: pdf([[Words(text="x")]]).replace(
        b"[0 0 595 842]", b"[0 0 9e9 9e9]"
    ),
    "white words on a huge page": lambda: pdf(
        [[Words(text="x"), Words(text="y", white=True)]]
    ).replace(b"[0 0 595 842]", b"[0 0 99999 99999]"),
    "an image of 10,000 megapixels": lambda: _image(
        b"FlateDecode", b"x\x9c", 100_000, 100_000
    ),
    "a broken JPEG 2000": lambda: _image(
        b"JPXDecode", b"\0\0\0\x0cjP  \r\n\x87\n" + bytes(999), 9_999, 9_999
    ),
    "a broken JBIG2": lambda: _image(
        b"JBIG2Decode", b"\x97JB2\r\n\x1a\n" + bytes(99), 60_000, 60_000
    ),
    "a scan of 400 megapixels": lambda: pdf([Picture(width=20_000, height=2_000)]),
    "deep arrays": lambda: assembled(_page(_stream(b"[" * 1_000_000))),
    "deep dictionaries": lambda: b"%PDF-1.7\n1 0 obj\n" + b"<</A" * 500_000,
    "deep states": lambda: assembled(_page(_packed(b"q " * 5_000_000))),
    "a password": _locked,
    "a program": lambda: pdf(
        [[Words(text="hello")]],
        extra=b"/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>"
        b"/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(1)>>]>>>>",
    ),
    "no objects": lambda: b"%PDF-1.7\n%%EOF",
    "only zeros": lambda: b"%PDF-1.7\n" + bytes(5 * MB),
    "only comments": lambda: b"%PDF-1.7\n" + b"%\n" * (5 * MB),
    "places outside the file": lambda: pdf([[Words(text="hello")]]).replace(
        b"00000 n", b"99999 n"
    ),
    "a length that lies": lambda: pdf([[Words(text="hello")]]).replace(
        b"/Length ", b"/Length 9999"
    ),
    "a count that lies": lambda: pdf([[Words(text="hello")]]).replace(
        b"/Count 1", b"/Count -5"
    ),
    "a broken font": lambda: pdf([[Words(text="hello")]]).replace(
        b"/Type/Font/Subtype/Type1", b"/Type/Font/Subtype/Type0"
    ),
    "an old table with a size of four billion": lambda: pdf([[Words(text="x")]]).replace(
        b"trailer\n<</Size ", b"trailer\n<</Size 4294967295%"
    ),
    "a head behind other bytes": lambda: (
        b"GIF89a" + struct.pack("<H", 1) + pdf([[Words(text="x")]])
    ),
}
