"""Read JSON that nobody has promised anything about.

Ids arrive as strings, integers or floats, times in three notations, lists as a single
object. Each reader here takes anything and gives one type, or raises `Unreadable`, which
costs one item and not its neighbours.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from core.platforms.base import UNDATED

_UNSTORABLE: Final = re.compile(r"\x00")
_SURROGATES: Final = re.compile(r"[\ud800-\udfff]")
_EXACT_FLOATS: Final = 2**53
_MILLISECONDS_FROM: Final = 10**11
_EARLIEST: Final = datetime(2004, 1, 1, tzinfo=UTC)
_LATEST: Final = datetime(2100, 1, 1, tzinfo=UTC)
_NOTHING: Final[Mapping[str, Any]] = {}


class Unreadable(Exception):
    """One item lacks what it needs to be understood; never leaves `read`."""


def section(value: Any) -> Mapping[str, Any]:
    """Return a JSON object, empty when it is anything else."""
    return value if isinstance(value, dict) else _NOTHING


def items(value: Any) -> Sequence[Any]:
    """Return a JSON array; a lone object counts as an array of one."""
    if isinstance(value, list):
        return value
    return [value] if isinstance(value, dict) and value else []


def words(value: Any) -> str:
    """Return a text that a database can hold; empty when it is no text.

    NUL and half surrogate pairs are legal in JSON and refused by PostgreSQL.
    """
    if not isinstance(value, str):
        return ""
    text = _UNSTORABLE.sub("", value)
    if _SURROGATES.search(text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def optional_words(value: Any) -> str | None:
    """Return a text, None when it is absent or empty."""
    return words(value) or None


def identifier(value: Any) -> str | None:
    """Return an id as a string, None when it cannot be one."""
    if isinstance(value, str):
        return value if value and words(value) == value else None
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return str(value) if abs(value) < 10**40 else None
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT_FLOATS:
        return str(int(value))
    return None


def required(value: Any, name: str) -> str:
    """Return an id without which the item means nothing."""
    found = identifier(value)
    if found is None:
        raise Unreadable(name)
    return found


def moment(*candidates: Any) -> datetime:
    """Return the first readable time, in UTC: seconds, milliseconds, or ISO 8601."""
    for candidate in candidates:
        found = _moment(candidate)
        if found is not None and _EARLIEST <= found <= _LATEST:
            return found
    return UNDATED


def _moment(value: Any) -> datetime | None:
    if isinstance(value, str):
        try:
            value = float(value)
        except ValueError:
            return _iso(value)
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    try:
        seconds = value / 1000 if value >= _MILLISECONDS_FROM else value
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _iso(value: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(value)
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def fingerprint(value: Any) -> str:
    """Return a key for something that has no id of its own: equal content, equal key."""
    canonical = json.dumps(value, sort_keys=True, ensure_ascii=True, default=str)
    return "sha256:" + hashlib.sha256(canonical.encode("ascii")).hexdigest()
