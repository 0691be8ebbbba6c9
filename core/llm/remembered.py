"""The last texts' vectors, by digest: a burst asks for the same message several times."""

from collections import OrderedDict
from hashlib import sha256

from core.llm.base import Vector

KEPT_TEXTS = 256


class Remembered:
    """A small memory of vectors by text; the least recently wanted goes first."""

    def __init__(self) -> None:
        self._kept: OrderedDict[bytes, Vector] = OrderedDict()

    def get(self, text: str) -> Vector | None:
        """Return the vector of a text, if it is still known."""
        key = _key(text)
        vector = self._kept.get(key)
        if vector is not None:
            self._kept.move_to_end(key)
        return vector

    def keep(self, text: str, vector: Vector) -> None:
        """Remember the vector of a text."""
        self._kept[_key(text)] = vector
        if len(self._kept) > KEPT_TEXTS:
            self._kept.popitem(last=False)


def _key(text: str) -> bytes:
    return sha256(text.encode("utf-8", "surrogatepass")).digest()
