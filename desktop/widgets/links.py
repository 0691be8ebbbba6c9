"""Finds the links in a message that a person may follow.

Only four schemes count: anything else (`file:`, `smb:`, `javascript:`, a handler of the
system) stays text. The host is taken from the parsed address in its ASCII form, so that
what is shown is where the click would really go.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QUrl

from desktop.widgets.writing import utf16_position

_LINK: Final = re.compile(
    r"\b(?:https?://|mailto:|tel:)[^\s<>\"'«»\u2066-\u2069]+", re.IGNORECASE
)
_SCHEMES: Final = ("http", "https", "mailto", "tel")
_TRAILING: Final = ".,;:!?)]}…"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A followable part of a text, at positions counted in UTF-16 units."""

    start: int
    end: int
    url: str
    host: str
    """Where it leads: a host name, an address, or a number."""


def find_links(text: str) -> tuple[Link, ...]:
    """Return the links in `text`, without the punctuation that follows them."""
    found = (_link(text, match) for match in _LINK.finditer(text))
    return tuple(link for link in found if link is not None)


def is_followable(url: str) -> bool:
    """Tell whether `url` is of a kind that may be handed to the system."""
    return QUrl(url, QUrl.ParsingMode.StrictMode).scheme() in _SCHEMES


def _link(text: str, match: re.Match[str]) -> Link | None:
    written = match.group().rstrip(_TRAILING)
    url = QUrl(written, QUrl.ParsingMode.TolerantMode)
    if not url.isValid() or url.scheme() not in _SCHEMES:
        return None
    host = url.host(QUrl.ComponentFormattingOption.FullyEncoded) or url.path()
    if not host:
        return None
    start = match.start()
    return Link(
        start=utf16_position(text, start),
        end=utf16_position(text, start + len(written)),
        url=bytes(url.toEncoded().data()).decode("ascii"),
        host=host,
    )
