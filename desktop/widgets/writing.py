"""How words written by strangers are put on screen.

A customer's name or message may hold markup, bidirectional overrides, line breaks and
characters outside the basic plane. Everything that paints such words passes through
here first.
"""

from __future__ import annotations

import html
import re
import unicodedata
from typing import Final

from PySide6.QtCore import Qt

FIRST_STRONG_ISOLATE: Final = "\u2068"
POP_ISOLATE: Final = "\u2069"

_SCAN_LIMIT: Final = 400
_BREAKS: Final = {ord("\n"): "\u2028", ord("\r"): "\u200b"}
_PIECE: Final = 12
_ENDLESS: Final = re.compile(r"\S{36,}")
_OVERRIDES: Final = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u202d\u202e"))


def direction_of(
    text: str, otherwise: Qt.LayoutDirection = Qt.LayoutDirection.LeftToRight
) -> Qt.LayoutDirection:
    """Return the direction of the first strong character, or `otherwise`.

    Digits, punctuation and emoji have no direction of their own.
    """
    for character in text[:_SCAN_LIMIT]:
        kind = unicodedata.bidirectional(character)
        if kind == "L":
            return Qt.LayoutDirection.LeftToRight
        if kind in {"R", "AL"}:
            return Qt.LayoutDirection.RightToLeft
    return otherwise


def isolate(text: str) -> str:
    """Fence `text` so that its direction cannot reorder the words around it."""
    return f"{FIRST_STRONG_ISOLATE}{without_overrides(text)}{POP_ISOLATE}"


def without_overrides(text: str) -> str:
    """Drop embeddings and overrides, which only serve to disguise a text."""
    return text.translate(_OVERRIDES)


def with_line_breaks(text: str) -> str:
    """Return `text` as `QTextLayout` breaks it, which takes a new line for nothing.

    One character stands for one, so that positions stay those of the text.
    """
    return text.translate(_BREAKS)


def one_line(text: str, limit: int = _SCAN_LIMIT) -> str:
    """Return the first `limit` characters with all white space made single spaces."""
    return " ".join(without_overrides(text[: limit * 2]).split())[:limit]


def shortened(text: str, limit: int) -> str:
    """Return `text` on one line, cut with an ellipsis behind `limit` characters."""
    whole = one_line(text)
    return whole if len(whole) <= limit else f"{whole[:limit].rstrip()}…"


def breakable(text: str) -> str:
    """Return `text` with places to break in words that no line can hold.

    Links are left as they are: they break at their slashes, and must survive copying.
    """
    return _ENDLESS.sub(lambda word: _with_breaks(word[0]), text)


def _with_breaks(word: str) -> str:
    if "://" in word:
        return word
    pieces = (word[at : at + _PIECE] for at in range(0, len(word), _PIECE))
    return "\u200b".join(pieces)


def initials(name: str) -> str:
    """Return up to two letters that stand for `name` on an avatar.

    First and last word; a name with no letter at all gives its first character, and an
    empty one a question mark.
    """
    words = [word for word in one_line(name).split() if any(map(str.isalnum, word))]
    letters = [next(c for c in word if c.isalnum()) for word in words]
    if not letters:
        return next(iter(name.strip()), "?")
    if direction_of(letters[0]) is Qt.LayoutDirection.RightToLeft:
        return letters[0]
    chosen = letters if len(letters) == 1 else [letters[0], letters[-1]]
    return "".join(chosen).upper()


def safe_tooltip(text: str) -> str:
    """Return `text` escaped for a tooltip, which would otherwise guess it is markup."""
    return f"<p style='white-space:pre-wrap'>{html.escape(without_overrides(text))}</p>"


def utf16_slice(text: str, start: int, end: int | None = None) -> str:
    """Cut `text` at positions counted as Qt counts them, in UTF-16 units.

    `QTextLayout` and cursors count an emoji as two; Python counts it as one, so a plain
    slice would drift after the first emoji.
    """
    units = text.encode("utf-16-le", "surrogatepass")
    stop = len(units) if end is None else end * 2
    return units[start * 2 : stop].decode("utf-16-le", "replace")


def utf16_length(text: str) -> int:
    """Return how many UTF-16 units Qt counts in `text`."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def utf16_position(text: str, index: int) -> int:
    """Return where Qt counts the character that Python finds at `index`."""
    return utf16_length(text[:index])
