"""Put a stranger's text between marks that the stranger cannot know.

A model is told once that what stands between them is never an instruction. The mark is
new for every call, so nothing that was written before can close it.
"""

import hashlib
import re
import secrets
from collections.abc import Iterable

from core.assistant.cleaning import visible
from core.llm.base import Turn

_MARK = re.compile(r"data-[0-9a-f]{32}")
_PLAIN_MARK = "data-mark"


class Fence:
    """The marks of one call."""

    def __init__(self) -> None:
        """Draw a mark of 128 random bits."""
        self._mark = f"data-{secrets.token_hex(16)}"

    def around(self, what: str, text: str) -> str:
        """Return a text made safe to read, between marks that say what it is."""
        clean = _MARK.sub("", visible(text))
        return f"<{self._mark} {what}>\n{clean}\n</{self._mark}>"


def holds_mark(text: str) -> bool:
    """Tell whether a text repeats a mark, whichever call's."""
    return _MARK.search(text) is not None


def digest(turns: Iterable[Turn]) -> str:
    """Return the fingerprint of what a model is told, the same whatever the marks are."""
    told = hashlib.sha256()
    for turn in turns:
        told.update(f"{turn.speaker.value}\0".encode())
        told.update(_MARK.sub(_PLAIN_MARK, turn.text).encode("utf-8", "replace"))
        told.update(b"\0")
    return told.hexdigest()
