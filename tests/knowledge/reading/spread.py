"""Read a spread of the hostile files in this process's children, and say how it went.

    python -m tests.knowledge.reading.spread

A program of its own, because a child's peak of memory counts what its parent weighed when
the child was born, and a test session weighs much.
"""

import asyncio
import json
import resource
import sys
from contextlib import suppress
from time import monotonic

from core.domain.errors import BadDocument
from core.knowledge.reading.reader import read_file
from tests.knowledge.reading.hostile import Hostile, hostile_files

_SLOW = ("two million rows", "many cells", "a stream of 200 MB", "many spans")
"""The whole set is run by `tests/bench/hostile.py`."""
_EACH = 3
_PER_MB = 1024 * (1024 if sys.platform == "darwin" else 1)
_SECRET = "root:"  # noqa: S105 - how a file of users begins that some try to read


def _spread() -> list[Hostile]:
    """Return every third of the many alike, and all of the others but the slowest."""
    files = [each for each in hostile_files() if not each.label.endswith(_SLOW)]
    alike = ("lie", "cut", "bent", "nothing", "xml", "zip")
    return [
        each
        for at, each in enumerate(files)
        if at % _EACH == 0 or not each.label.startswith(alike)
    ]


async def _text_of(hostile: Hostile, content: bytes) -> str:
    """Return what was read, nothing of a file that was refused."""
    with suppress(BadDocument):
        return (await read_file(hostile.name, content)).text
    return ""


async def _report() -> dict[str, object]:
    wrongly_read: list[str] = []
    leaked: list[str] = []
    slowest = 0.0
    spread = _spread()
    for hostile in spread:
        content = hostile.make()
        started = monotonic()
        text = await _text_of(hostile, content)
        slowest = max(slowest, monotonic() - started)
        if text and hostile.must_be_refused:
            wrongly_read.append(hostile.label)
        if _SECRET in text:
            leaked.append(hostile.label)
    return {
        "files": len(spread),
        "wrongly_read": wrongly_read,
        "leaked": leaked,
        "slowest_seconds": round(slowest, 1),
        "peak_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // _PER_MB,
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asyncio.run(_report())))
