"""How every hostile or broken file ends: refused or read, how long it took, how much.

The files are made by `tests/knowledge/reading/hostile.py`, the same ones every time.
"""

import resource
import sys
from collections import Counter
from time import perf_counter
from typing import Any

from core.domain.errors import BadDocument
from core.knowledge.reading.reader import read_file
from tests.knowledge.reading.hostile import Hostile, hostile_files

_UNITS_PER_MB = 1024 * 1024 if sys.platform == "darwin" else 1024
SLOWEST = 5


async def run() -> dict[str, Any]:
    """Try every file, one after the other."""
    ends: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    seconds: dict[str, float] = {}
    wrong: list[str] = []
    for hostile in hostile_files():
        content = hostile.make()
        started = perf_counter()
        end, reason = await _end_of(hostile, content)
        seconds[hostile.label] = round(perf_counter() - started, 2)
        ends[end] += 1
        reasons[reason] += 1
        if end == "crashed" or (end == "read" and hostile.must_be_refused):
            wrong.append(hostile.label)
    slowest = sorted(seconds, key=lambda label: -seconds[label])[:SLOWEST]
    return {
        "files": sum(ends.values()),
        "ends": dict(ends),
        "reasons": dict(reasons.most_common()),
        "wrong": wrong,
        "worst_s": max(seconds.values()),
        "slowest": {label: seconds[label] for label in slowest},
        "worst_mb": _worst_memory(),
    }


async def _end_of(hostile: Hostile, content: bytes) -> tuple[str, str]:
    """Return how a file ended; what is neither read nor refused counts as a crash of ours."""
    try:
        await read_file(hostile.name, content)
    except BadDocument as refusal:
        return "refused", refusal.title
    except Exception as error:  # noqa: BLE001 -- to be counted, not to stop the others
        return "crashed", repr(error)[:80]
    return "read", "-"


def _worst_memory() -> float:
    """Return the most that any child of this process has held in memory."""
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return round(peak / _UNITS_PER_MB, 1)
