"""How Graph writes things: times, and exactly the members that `fields` asks for."""

import re
from collections.abc import Mapping
from datetime import datetime

from core.sandbox.graph_errors import bad_parameter

Selection = dict[str, "Selection"]

_MODIFIER = re.compile(r"\.\w+\([^)]*\)")  # messages.limit(20){...}
_PART = re.compile(r"[A-Za-z0-9_]+|[{},]")


def parse_fields(text: str) -> Selection:
    """Return the tree that a `fields` value describes."""
    root: Selection = {}
    open_levels = [root]
    last = ""
    for part in _PART.findall(_MODIFIER.sub("", text)):
        if part == "{" and last in open_levels[-1]:
            open_levels.append(open_levels[-1][last])
        elif part == "}" and len(open_levels) > 1:
            open_levels.pop()
        elif part in "{}":
            raise bad_parameter("Syntax error in the parameter fields.")
        elif part != ",":
            open_levels[-1][part] = {}
            last = part
    if len(open_levels) > 1:
        raise bad_parameter("Syntax error in the parameter fields.")
    return root


def select(node: Mapping[str, object], wanted: Selection) -> dict[str, object]:
    """Return the wanted members of `node`, and always its id, as Graph does.

    Members the node does not have are left out without a word, also as Graph does.
    """
    chosen: dict[str, object] = {}
    for name in wanted | {"id": {}}:
        if name in node:
            chosen[name] = _inside(node[name], wanted.get(name, {}))
    return chosen


def _inside(value: object, wanted: Selection) -> object:
    """Apply a nested selection to a list of `{"data": [...]}`, a node or a plain value."""
    if not wanted or not isinstance(value, Mapping):
        return value
    data = value.get("data")
    if isinstance(data, list):
        return {**value, "data": [select(item, wanted) for item in data]}
    return select(value, wanted)


def graph_time(at: datetime) -> str:
    """Return a time as Graph writes it, with `+0000`."""
    return at.strftime("%Y-%m-%dT%H:%M:%S%z")
