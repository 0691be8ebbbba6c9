"""Make a stranger's text safe to read: what an eye cannot see must not decide anything.

The message itself stays in the database as it came. Hidden characters are how words are
smuggled past a filter (or past a person): zero-width letters, direction overrides, and
tag characters that spell whole sentences.
"""

import re
import unicodedata
from collections.abc import Iterable

MOST_CHARS = 32_000
"""About 8,000 tokens; what is longer is cut before it is read."""

_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_KEPT_CONTROLS = "\n\t"
_JOINER = "\u200d"
_BLANKS = re.compile(r"[^\S\n]+")


def visible(text: str) -> str:
    """Return the text as a person sees it, composed and without hidden characters.

    A zero-width joiner stays between two emoji, where it makes one picture of them.
    """
    composed = unicodedata.normalize("NFC", _ESCAPES.sub("", text))
    kept = [
        char for at, char in enumerate(composed) if _is_seen(char) or _joins(composed, at)
    ]
    lines = "".join(kept).replace("\t", " ").splitlines()
    return "\n".join(_BLANKS.sub(" ", line).strip() for line in lines).strip()


def bounded(texts: Iterable[str]) -> tuple[list[str], bool]:
    """Return the texts up to `MOST_CHARS` altogether, and whether something was cut."""
    left = MOST_CHARS
    kept: list[str] = []
    is_cut = False
    for text in texts:
        is_cut = is_cut or len(text) > left
        if left:
            kept.append(text[:left])
        left -= min(left, len(text))
    return kept, is_cut


def _is_seen(char: str) -> bool:
    if char in _KEPT_CONTROLS:
        return True
    # Cf: zero-width, direction marks, tags; Cc: controls; Co, Cs: nobody's characters.
    return unicodedata.category(char) not in {"Cf", "Cc", "Co", "Cs"}


def _joins(text: str, at: int) -> bool:
    if text[at] != _JOINER or not 0 < at < len(text) - 1:
        return False
    return _is_picture(text[at - 1]) and _is_picture(text[at + 1])


def _is_picture(char: str) -> bool:
    return unicodedata.category(char) in {"So", "Sk", "Mn"}
