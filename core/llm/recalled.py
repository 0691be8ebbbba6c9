"""An embedder that remembers what it is asked again and again, whichever one it is.

The assistant compares every message with the same examples, and cuts its quotes out of the
same few passages. Read anew for each message they would be most of its work: a text is
translated and read twice where there is a language pack. What is kept are digests and
vectors: the words of a customer are not held here longer than anywhere else.
"""

from array import array
from collections import OrderedDict
from collections.abc import Sequence
from hashlib import sha256

from core.llm.base import ChunkText, ChunkVectors, Embedder, Vector

KEPT_TEXTS = 4_096
"""At most 25 MB of vectors."""
LONGEST = 2_000
"""Longer texts do not come up again."""


class RecallingEmbedder:
    """Gives the vectors of another embedder, from memory where it has them."""

    def __init__(self, embedder: Embedder, most: int = KEPT_TEXTS) -> None:
        """Remember the embedder, and later the vectors of as many texts; none is known yet."""
        self._embedder = embedder
        self._most = most
        self._kept: OrderedDict[bytes, array[float]] = OrderedDict()

    @property
    def name(self) -> str:
        """Return the name of the embedder that is asked."""
        return self._embedder.name

    @property
    def dimensions(self) -> int:
        """Return how many numbers its vectors have."""
        return self._embedder.dimensions

    async def embed(self, texts: Sequence[str]) -> list[Vector]:
        """Return one vector per text; only what is not known is asked, and once."""
        known = {text: self._recalled(text) for text in texts if _key(text) in self._kept}
        unknown = [text for text in dict.fromkeys(texts) if text not in known]
        if unknown:
            fresh = await self._embedder.embed(unknown)
            for text, vector in zip(unknown, fresh, strict=True):
                known[text] = vector
                self._keep(text, vector)
        return [known[text] for text in texts]

    async def embed_chunks(self, chunks: Sequence[ChunkText]) -> list[ChunkVectors]:
        """Return the vectors of chunks, which nobody asks for twice."""
        return await self._embedder.embed_chunks(chunks)

    def _recalled(self, text: str) -> Vector:
        key = _key(text)
        self._kept.move_to_end(key)
        return self._kept[key].tolist()

    def _keep(self, text: str, vector: Vector) -> None:
        if len(text) > LONGEST:
            return
        self._kept[_key(text)] = array("d", vector)
        if len(self._kept) > self._most:
            self._kept.popitem(last=False)


def _key(text: str) -> bytes:
    return sha256(text.encode("utf-8", "surrogatepass")).digest()
