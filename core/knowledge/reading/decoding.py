"""Turn the bytes of a text into letters, whichever of the usual encodings they have."""

import re
import unicodedata

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_ZEROS_OF_UTF16 = 0.3
"""Every other byte of western UTF-16 is zero; in no other encoding of text are there any."""

_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\ufeff\ufffe\uffff\U000e0000-\U000e007f]"
)
"""Controls, soft hyphens and marks of byte order, and the invisible tag letters."""
_SURROGATE = re.compile("[\ud800-\udfff]")
TAG_LETTERS = re.compile("[\U000e0020-\U000e007e]{7}")
"""A text in letters that nobody sees but a model reads; the flag of Wales uses five."""


def decoded(content: bytes) -> str:
    """Return the characters with "\\n" as line end and accents composed; NULs stay."""
    text = _raw(content).replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", text)


def clean(text: str) -> str:
    """Return a text as it is stored: composed, without controls, halves and tag letters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.isascii() or not text.isprintable():
        text = _SURROGATE.sub("\ufffd", _UNSEEN.sub("", text))
    return unicodedata.normalize("NFC", text)


def _raw(content: bytes) -> str:
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
