"""Read the text out of a file, as it will be stored and quoted.

The result is what every offset refers to: one encoding, one kind of line end, composed
accents. What cannot be read is refused here, with a reason for the person who added it.
"""

import csv
import io
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import PurePath

from core.domain.errors import BadDocument

LARGEST_BYTES = 10 * 1024 * 1024
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_ZEROS_OF_UTF16 = 0.3
"""Every other byte of western UTF-16 is zero; in no other encoding of text are there any."""


def read_text(name: str, content: bytes) -> str:
    """Return the text of a file to be stored; `name` tells its kind by its ending.

    Raises:
        BadDocument: the kind is not read, or the file is too large, empty or not text.
    """
    reader = _READERS.get(PurePath(name).suffix.lower())
    if reader is None:
        raise BadDocument(
            f"Files like “{PurePath(name).name}” cannot be read.",
            f"Add one of these kinds: {', '.join(sorted(_READERS))}.",
        )
    if len(content) > LARGEST_BYTES:
        raise BadDocument(
            "The file is larger than 10 MB.", "Split it into several documents."
        )
    text = reader(decoded(content))
    if not any(char.isalnum() for char in text):
        raise BadDocument("The file holds no text.", "Check that it is the right one.")
    return text


def title_of(name: str, text: str) -> str:
    """Return the document's first heading where it has one, else its file name in words."""
    for line in text.splitlines():
        if line.startswith("# "):
            return line[2:].strip(" #")
    words = PurePath(name).stem.replace("_", " ").replace("-", " ").split()
    stem = " ".join(words) or name
    return stem[0].upper() + stem[1:]


def decoded(content: bytes) -> str:
    """Return the characters of a text file, whichever of the usual encodings it has.

    Raises:
        BadDocument: it is not a text file.
    """
    text = _raw_text(content).replace("\r\n", "\n").replace("\r", "\n")
    if "\x00" in text:
        raise BadDocument("The file is not a text file.", "Export it as text and add that.")
    return unicodedata.normalize("NFC", text)


def _raw_text(content: bytes) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    if content.count(0) > len(content) * _ZEROS_OF_UTF16:
        is_little = content[1::2].count(0) >= content[::2].count(0)
        return content.decode("utf-16-le" if is_little else "utf-16-be", errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        # What Windows programs wrote for decades; the five bytes it leaves open become �.
        return content.decode("cp1252", errors="replace")


def _table_text(text: str) -> str:
    """Write every row as a line that can be read alone: "Product: Espresso; Price: 2,20 €"."""
    try:
        dialect = csv.Sniffer().sniff(text[:4096], delimiters=",;\t|")
    except csv.Error:
        dialect = csv.excel
    rows = [
        row for row in csv.reader(io.StringIO(text), dialect) if any(map(str.strip, row))
    ]
    if len(rows) < 2:
        return text
    header, *records = rows
    return "\n".join(_record_line(header, record) for record in records)


def _record_line(header: list[str], record: list[str]) -> str:
    cells = (
        f"{name.strip()}: {value.strip()}" if name.strip() else value.strip()
        for name, value in zip(header, record, strict=False)
        if value.strip()
    )
    return "- " + "; ".join(cells)


def _as_it_is(text: str) -> str:
    return text


_READERS: Mapping[str, Callable[[str], str]] = {
    ".txt": _as_it_is,
    ".md": _as_it_is,
    ".markdown": _as_it_is,
    ".csv": _table_text,
}
