"""Spoil payloads the way the world does: fields gone, doubled, of another type, cut bytes."""

import copy
import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from core import paths
from core.domain.channel import PlatformName

_ODD: Final[tuple[Any, ...]] = (
    None,
    True,
    0,
    -1,
    2**63,
    1e308,
    "",
    " ",
    "\x00",
    "\ud800",
    "a" * 5000,
    "‮evil",
    [],
    {},
    [[]],
    [None],
    {"": ""},
    "1763640000",
    1763640000.5,
)
_HOLE: Final = "a deep hole"
_DEEPEST: Final = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """A payload as its platform sends it."""

    platform: PlatformName
    payload: Any


def corpus() -> list[Whole]:
    """Return payloads of every platform: the repository's own, and real ones if there."""
    root = paths.installation_dir()
    found: list[Whole] = []
    for file in sorted((root / "tests" / "platforms" / "samples").glob("*.json")):
        samples = json.loads(file.read_text("utf-8"))
        found += [
            Whole(platform=PlatformName(file.stem), payload=case["payload"])
            for case in samples.values()
            if isinstance(case, dict) and "payload" in case
        ]
    fixtures: Path = root.parent / "shared" / "platforms" / "fixtures"
    for name in PlatformName:
        for file in sorted(fixtures.glob(f"{name}/*.json")):
            if not file.name.startswith(("webhook", "xaa")):
                continue
            payload = json.loads(file.read_text("utf-8"))
            found.append(Whole(platform=name, payload=payload))
    return found


def spoiled(chance: random.Random, whole: Whole) -> bytes:
    """Return the bytes of a payload after one to six misfortunes."""
    payload = copy.deepcopy(whole.payload)
    for _ in range(chance.randint(1, 6)):
        payload = chance.choice(_MISFORTUNES)(chance, payload)
    body = json.dumps(payload, ensure_ascii=chance.random() < 0.5).encode(
        "utf-8", "surrogatepass"
    )
    depth = chance.randint(2, _DEEPEST)
    body = body.replace(f'"{_HOLE}"'.encode(), b"[" * depth + b"]" * depth)
    return _cut(chance, body) if chance.random() < 0.1 else body


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Return every container with a key into it."""
    found: list[tuple[Any, Any]] = []
    left = [value]
    while left:
        here = left.pop()
        keys: list[Any] = []
        if isinstance(here, dict):
            keys = list(here)
        elif isinstance(here, list):
            keys = list(range(len(here)))
        for key in keys:
            found.append((here, key))
            left.append(here[key])
    return found


def _replace(chance: random.Random, payload: Any) -> Any:
    places = _places(payload)
    if not places:
        return copy.deepcopy(chance.choice(_ODD))
    holder, key = chance.choice(places)
    holder[key] = copy.deepcopy(chance.choice(_ODD))
    return payload


def _remove(chance: random.Random, payload: Any) -> Any:
    places = _places(payload)
    if places:
        holder, key = chance.choice(places)
        del holder[key]
    return payload


def _double(chance: random.Random, payload: Any) -> Any:
    lists = [holder[key] for holder, key in _places(payload) if _is_list(holder[key])]
    if lists:
        chosen = chance.choice(lists)
        chosen += copy.deepcopy(chosen)[:20]
    return payload


def _swap(chance: random.Random, payload: Any) -> Any:
    places = _places(payload)
    if len(places) > 1:
        (one, a), (other, b) = chance.sample(places, 2)
        one[a] = copy.deepcopy(other[b])
    return payload


def _bury(chance: random.Random, payload: Any) -> Any:
    places = _places(payload)
    if places:
        holder, key = chance.choice(places)
        holder[key] = _HOLE
    return payload


def _wrap(chance: random.Random, payload: Any) -> Any:
    return chance.choice(([payload], {"entry": payload}, {"data": payload}))


def _is_list(value: object) -> bool:
    return isinstance(value, list)


def _cut(chance: random.Random, body: bytes) -> bytes:
    at = chance.randrange(len(body) + 1)
    return chance.choice(
        (body[:at], body[:at] + bytes([chance.randrange(256)]) + body[at:])
    )


_Misfortune = Callable[[random.Random, Any], Any]
_MISFORTUNES: Final[tuple[_Misfortune, ...]] = (
    _replace,
    _replace,
    _replace,
    _remove,
    _double,
    _swap,
    _bury,
    _wrap,
)
