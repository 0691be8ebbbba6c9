"""Kill a companion in the middle of its work, let another go on, and look at what is there."""

import asyncio
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

import psycopg

from core import paths
from core.domain.ids import TenantId
from core.domain.knowledge import DocumentStatus
from core.kit import Kit
from core.queries import knowledge
from tests.crash.index import faults

SHARE = 0.5
"""How much of the texts has been embedded when the kill comes."""
PAUSE = 0.1
RESCUED_AFTER = 60.0
"""A dead worker's jobs are taken up by another within a minute."""

_STAGED = "select encode(text_sha256, 'hex') from staged_chunks"
_UNFINISHED = """
select count(*) filter (where status = 'doing'), count(*) filter (where status = 'todo')
from procrastinate.procrastinate_jobs where task_name = 'ingest_document'
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A home with documents that wait, and a member who looks at it."""

    home: Path
    privileged: str
    tenant: TenantId
    owner: Kit
    texts: int
    """How many chunks the waiting documents have."""


async def killed(scene: Scene, patience: float) -> dict[str, Any]:
    """Have one companion begin and be killed, and another end; return what came of it."""
    first, second = scene.home / "first.notes", scene.home / "second.notes"
    with _companion(scene.home, first) as companion:
        async with asyncio.timeout(patience):
            while len(_notes(first)) < SHARE * scene.texts:  # noqa: ASYNC110 - it happens elsewhere
                await asyncio.sleep(PAUSE)
        companion.send_signal(signal.SIGKILL)
        companion.wait()
    before = _notes(first)
    staged = {str(text) for (text,) in await _rows(scene.privileged, _STAGED)}
    [(doing, waiting)] = await _rows(scene.privileged, _UNFINISHED)
    started = perf_counter()
    with _companion(scene.home, second):
        async with asyncio.timeout(patience + RESCUED_AFTER):
            await until_all_is_read_in(scene.owner)
    after = _notes(second)
    wrong = await faults(scene.privileged, scene.tenant)
    return {
        "texts": scene.texts,
        "embedded_before_the_kill": len(before),
        "staged_at_the_kill": len(staged),
        "jobs_cut_short": doing,
        "jobs_not_begun": waiting,
        "embedded_afterwards": len(after),
        "embedded_twice": sum((Counter(before) & Counter(after)).values()),
        "staged_embedded_again": len(staged & set(after)),
        "seconds_until_all_was_there": round(perf_counter() - started, 1),
        "faults": len(wrong),
        "first_faults": wrong[:5],
    }


async def until_all_is_read_in(kit: Kit) -> None:
    """Wait until no document waits any more."""
    while any(  # noqa: ASYNC110 - the database is asked
        one.status is DocumentStatus.PROCESSING for one in await knowledge.documents(kit)
    ):
        await asyncio.sleep(PAUSE)


@contextmanager
def _companion(home: Path, notes: Path) -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen(  # noqa: S603 - our own module
        [sys.executable, "-m", "tests.bench._ingestion_companion", str(home), str(notes)],
        cwd=paths.installation_dir(),
        stdin=subprocess.PIPE,
    ) as child:
        try:
            yield child
        finally:
            child.kill()


def _notes(file: Path) -> list[str]:
    return file.read_text().split() if file.exists() else []


async def _rows(privileged: str, query: str) -> list[tuple[Any, ...]]:
    async with await psycopg.AsyncConnection.connect(privileged) as line:
        return await (await line.execute(query.encode())).fetchall()
