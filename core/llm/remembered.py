"""The last texts and their vectors: a burst asks for the same message several times."""

from collections import OrderedDict

from core.llm.base import Vector

KEPT_TEXTS = 256


class Remembered:
    """A small memory of vectors by text; the least recently wanted goes first."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Vector] = OrderedDict()

    def get(self, text: str) -> Vector | None:
        """Return the vector of a text, if it is still known."""
        vector = self._kept.get(text)
        if vector is not None:
            self._kept.move_to_end(text)
        return vector

    def keep(self, text: str, vector: Vector) -> None:
        """Remember the vector of a text."""
        self._kept[text] = vector
        if len(self._kept) > KEPT_TEXTS:
            self._kept.popitem(last=False)
