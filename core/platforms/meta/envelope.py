"""Open Meta's envelopes: one shape out of the many that arrive.

`{object, entry: [...]}` is the documented one. Entries come as a lone object, changes sit
flat in their entry, and Instagram wraps it all in an array; inside an entry there are
`changes`, `messaging`, or `standby` when another app owns the thread.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from core.domain.errors import BadPayload
from core.domain.incoming import Incoming, IncomingOther
from core.platforms.untyped import (
    Unreadable,
    fingerprint,
    identifier,
    items,
    moment,
    section,
    words,
)

UNREADABLE: Final = "unreadable"
_CONTENTS: Final = ("changes", "messaging", "standby", "field")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What happened to one account; `id` is empty when the platform left it out."""

    id: str
    at: datetime
    raw: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One `field` and its `value`; `raw` is both as they came."""

    field: str
    value: Mapping[str, Any]
    raw: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """An envelope's entries, and what lay among them that is none."""

    entries: tuple[Entry, ...]
    strays: tuple[IncomingOther, ...]


def open_envelope(payload: Any, kind: str) -> Opened:
    """Return what a payload about `kind` holds; raise BadPayload if it is not one.

    A flat body, as other gateways for WhatsApp send it, has no `entry` and is refused.
    """
    envelopes = payload if isinstance(payload, list) else [payload]
    ours = [envelope for envelope in envelopes if _is_envelope(envelope, kind)]
    if not ours:
        raise BadPayload(f"This is not a webhook about {kind}.")
    raws = [raw for envelope in ours for raw in items(envelope["entry"])]
    lost = [envelope for envelope in envelopes if not _is_envelope(envelope, kind)]
    lost += [raw for raw in raws if not _is_entry(raw)]
    return Opened(
        entries=tuple(
            Entry(id=identifier(raw.get("id")) or "", at=moment(raw.get("time")), raw=raw)
            for raw in raws
            if _is_entry(raw)
        ),
        strays=tuple(other(UNREADABLE, raw, account_id="") for raw in lost),
    )


def _is_envelope(envelope: Any, kind: str) -> bool:
    return (
        isinstance(envelope, dict)
        and envelope.get("object") == kind
        and isinstance(envelope.get("entry"), list | dict)
    )


def _is_entry(raw: Any) -> bool:
    """Return whether there is anything to look for in `raw`."""
    return isinstance(raw, dict) and any(name in raw for name in _CONTENTS)


def changes(entry: Entry) -> Iterator[Change]:
    """Return the changes of an entry, whether listed or flat in it."""
    listed = items(entry.raw.get("changes"))
    if "field" in entry.raw and "value" in entry.raw:
        listed = [*listed, {"field": entry.raw["field"], "value": entry.raw["value"]}]
    for raw in listed:
        change = section(raw)
        yield Change(
            field=words(change.get("field")), value=section(change.get("value")), raw=raw
        )


def read_each(
    raws: Iterable[Any], read: Callable[[Mapping[str, Any]], Incoming], account_id: str
) -> list[Incoming]:
    """Read items one by one; an unreadable one is kept as such, beside its neighbours."""
    return [_read_one(raw, read, account_id) for raw in raws]


def _read_one(
    raw: Any, read: Callable[[Mapping[str, Any]], Incoming], account_id: str
) -> Incoming:
    try:
        return read(section(raw))
    except Unreadable:
        return other(UNREADABLE, raw, account_id=account_id)


def other(
    kind: str, raw: Any, *, account_id: str, at: datetime | None = None
) -> IncomingOther:
    """Return a fact that is kept but not acted upon."""
    whole = section(raw) or {"value": raw}
    return IncomingOther(
        account_id=account_id,
        key=identifier(whole.get("id")) or fingerprint(raw),
        at=at or moment(whole.get("timestamp")),
        raw=whole,
        kind=kind or UNREADABLE,
    )
