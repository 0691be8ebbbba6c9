"""How long a text may be somewhere, and how its length is counted there."""

from dataclasses import dataclass
from enum import StrEnum

from core.domain.errors import TooLong
from core.domain.weighing import weigh


class TextUnit(StrEnum):
    """How a platform counts the length of a text."""

    CHARS = "chars"
    UTF8_BYTES = "utf8 bytes"
    WEIGHTED = "weighted characters"

    def measure(self, text: str) -> int:
        """Return the length of `text` in this unit."""
        match self:
            case TextUnit.UTF8_BYTES:
                return len(text.encode("utf-8", "replace"))
            case TextUnit.WEIGHTED:
                return weigh(text)
            case TextUnit.CHARS:
                return len(text)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLimit:
    """How long a text may be on the platform of that title; `most` None: as long as one likes."""

    most: int | None
    unit: TextUnit
    title: str

    def left(self, text: str) -> int | None:
        """Return how much more there is room for, less than 0 if it is too long already."""
        return None if self.most is None else self.most - self.unit.measure(text)

    def require_fits(self, text: str) -> None:
        """Raise TooLong for a text that the platform would not take."""
        left = self.left(text)
        if left is not None and left < 0:
            raise TooLong(
                f"The answer is longer than {self.title} allows ({self.most}).",
                "Shorten it.",
            )
