"""The vectors of our own examples, read beforehand: the first message waits for none.

Each embedder that runs on this machine has its file beside `resources/triage/examples.tsv`,
made by `build/example_vectors.py`: the digest of the examples, then the vectors in their
order, each number in 16 bits. A file for other examples than ours is as good as none.
"""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np

from core.assistant import written
from core.assistant.written import Written
from core.llm.base import Embedder, Vector

_NUMBER = np.dtype("<f2")
_DIGEST_BYTES = 32


async def vectors(
    embedder: Embedder, examples: Sequence[Written], folder: Path | None = None
) -> list[Vector]:
    """Return the vectors of some of our examples, from the file for the embedder if it fits.

    `folder` is where the files lie, by default beside the examples.

    Raises:
        ModelDown: there is no such file, and the embedder does not answer.
    """
    known = _read(embedder, written.folder() if folder is None else folder)
    if any(one.text not in known for one in examples):
        return await embedder.embed([one.text for one in examples])
    return [known[one.text] for one in examples]


def file_name(embedder: str) -> str:
    """Return how the file for an embedder is called."""
    return f"examples.{embedder}.f16"


def packed(examples: Sequence[Written], found: Sequence[Vector]) -> bytes:
    """Return the content of a file: the vectors of all our examples in their order."""
    return _digest(examples) + np.array(found, dtype=_NUMBER).tobytes()


def _read(embedder: Embedder, folder: Path) -> dict[str, Vector]:
    # By listing, not by asking for it: a server's model may be called "../../anything".
    named = [one for one in folder.iterdir() if one.name == file_name(embedder.name)]
    if not named:
        return {}
    content = named[0].read_bytes()
    examples = written.examples()
    size = _DIGEST_BYTES + len(examples) * embedder.dimensions * _NUMBER.itemsize
    if content[:_DIGEST_BYTES] != _digest(examples) or len(content) != size:
        return {}
    numbers = np.frombuffer(content, dtype=_NUMBER, offset=_DIGEST_BYTES)
    rows = numbers.reshape(len(examples), -1).astype(np.float64).tolist()
    return {one.text: row for one, row in zip(examples, rows, strict=True)}


def _digest(examples: Sequence[Written]) -> bytes:
    return sha256("\n".join(one.text for one in examples).encode()).digest()
