"""Lists in pages, as Instagram hands them out: cursors, and `next` where there is more."""

import base64
import binascii
from collections.abc import Sequence

from core.sandbox.call import Call, Json
from core.sandbox.graph_errors import bad_parameter

PAGE_LIMIT = 50


def page(call: Call, ids: Sequence[str], edge: str) -> tuple[slice, Json]:
    """Return which part of a list `limit` and `after` ask for, and its `paging`."""
    start = position(ids, str(call.params.get("after", "")))
    limit = _limit(call)
    return slice(start, start + limit), paging(call, ids, slice(start, start + limit), edge)


def paging(call: Call, ids: Sequence[str], part: slice, edge: str) -> Json:
    """Return the `paging` of a part of a list, empty where nothing is shown."""
    shown = ids[part]
    if not shown:
        return {}
    cursors = {"before": _cursor(shown[0]), "after": _cursor(shown[-1])}
    told: Json = {"cursors": cursors}
    if part.stop < len(ids):
        query = f"limit={part.stop - part.start}&after={cursors['after']}"
        told["next"] = f"{call.world.url}/{edge}?{query}"
    return told


def _limit(call: Call) -> int:
    asked = str(call.params.get("limit", PAGE_LIMIT))
    if not asked.isdigit() or int(asked) < 1:
        raise bad_parameter("The parameter limit must be a positive number.")
    return min(int(asked), PAGE_LIMIT)


def _cursor(node_id: str) -> str:
    return base64.urlsafe_b64encode(node_id.encode("ascii")).decode("ascii")


def position(ids: Sequence[str], after: str) -> int:
    """Return where the page after this cursor begins; a deleted anchor is a bad cursor."""
    if not after:
        return 0
    try:
        anchor = base64.urlsafe_b64decode(after).decode("ascii")
    except (binascii.Error, UnicodeDecodeError) as error:
        raise bad_parameter("Invalid cursors values.") from error
    if anchor not in ids:
        raise bad_parameter("Invalid cursors values.")
    return ids.index(anchor) + 1
