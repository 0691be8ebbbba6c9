"""Count a text as X does, in weighted characters.

Latin, Greek, Cyrillic, Arabic and the like weigh one, everything else (CJK above all) two;
an emoji weighs two however many code points it is put together from, and an address 23
however long it is, since X shortens it (CONTRACTS 5; the ranges are those that X publishes
with its text library, configuration 3).
"""

import re
import unicodedata
from typing import Final

URL_WEIGHT: Final = 23
EMOJI_WEIGHT: Final = 2
_HEAVY: Final = 2
_LIGHT_RANGES: Final = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))

_URL: Final = re.compile(
    r"(?:https?://[^\s<>\"]+"
    r"|(?<![\w@.$#/-])(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+"
    r"(?:com|org|net|info|biz|edu|gov|io|co|app|dev|shop|store|online|site|blog|cafe|eu|fr|de|uk)"
    r"(?![\w.@-]*[\w@])(?:[/?#][^\s<>\"]*)?)",
    re.IGNORECASE | re.ASCII,
)
_TRAILING: Final = ".,:;!?)]}'"
_PART: Final = (
    r"(?:[\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]\ufe0f?"
    r"|[\u00a9\u00ae\u203c\u2049\u2122\u2139]\ufe0f)[\U0001f3fb-\U0001f3ff]?"
)
_EMOJI: Final = re.compile(
    r"[\U0001f1e6-\U0001f1ff]{2}"  # flags
    r"|[0-9#*]\ufe0f?\u20e3"  # keycaps
    rf"|{_PART}(?:\u200d{_PART})*[\U000e0020-\U000e007f]*"
)


def weigh(text: str) -> int:
    """Return the weight of `text`, after the normalisation that X applies (NFC)."""
    normal = unicodedata.normalize("NFC", text)
    weight, at = 0, 0
    for found in _URL.finditer(normal):
        tail = len(found[0]) - len(found[0].rstrip(_TRAILING))
        weight += _weigh_words(normal[at : found.start()]) + URL_WEIGHT
        at = found.end() - tail
    return weight + _weigh_words(normal[at:])


def _weigh_words(text: str) -> int:
    bare, emojis = _EMOJI.subn("", text)
    return emojis * EMOJI_WEIGHT + sum(map(_weight_of, bare))


def _weight_of(character: str) -> int:
    code = ord(character)
    return 1 if any(low <= code <= high for low, high in _LIGHT_RANGES) else _HEAVY
