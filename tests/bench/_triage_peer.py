"""Has semantic-router answer the same messages, over the same vectors, where it is there."""

import asyncio
import importlib.util
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from core import paths
from core.llm.base import Embedder
from tests.bench import _triage_sets as sets
from tests.bench._triage_sets import Answers, Labelled

PEER_VENV = paths.installation_dir() / ".venv-peers"


async def compared(
    embedder: Embedder, entries: Mapping[str, Sequence[str]], asked: Sequence[Labelled]
) -> dict[str, Any]:
    """Return the peer's figures over the same vectors, or why there are none."""
    python = _peer_python()
    if python is None:
        return {"skipped": f"semantic-router is neither here nor in {PEER_VENV}"}
    texts = [text for own in entries.values() for text in own]
    texts += [one.text for one in asked]
    given = {
        "entries": entries,
        "messages": [one.text for one in asked],
        "vectors": dict(zip(texts, await embedder.embed(texts), strict=True)),
    }
    done = await asyncio.to_thread(
        subprocess.run,
        [python, str(Path(__file__).with_name("_semantic_router.py"))],
        input=json.dumps(given).encode(),
        capture_output=True,
        check=True,
        timeout=240,
    )
    answers = json.loads(done.stdout)
    return {"version": answers["version"]} | {
        way: sets.figures(
            Answers(
                guesses=[name for name, _ in answers[way]],
                sure=[score for _, score in answers[way]],
                labels=[one.label for one in asked],
            )
        )
        for way in ("mean", "max", "sum")
    }


def _peer_python() -> str | None:
    if importlib.util.find_spec("semantic_router") is not None:
        return sys.executable
    python = PEER_VENV / "bin" / "python"
    return str(python) if python.is_file() else None
