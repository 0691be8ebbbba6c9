"""What a message looks like before anybody asks what it means: cheap, and in any language."""

import re
from dataclasses import dataclass

from core.assistant import lexicon
from core.knowledge.language import straightened

COMPLAINT = 1.0
"""From this much anger on, a person answers."""
ADVERTISEMENT = 2.5
"""From this much promotion on, nobody needs to."""
MOST_THANKS_WORDS = 16

_LINK = re.compile(
    r"https?://|\bwww\.|\b[a-z0-9-]+\.(?:com|net|org|io|info|biz|shop|xyz|example)\b"
)
_HANDLE = re.compile(r"(?<!\w)@[\w.]{3,}")
_MONEY = re.compile(r"[$€£]\s?\d|\d[\d .,]*\s?[$€£]")
_LARGE = re.compile(r"\d[\d .,]{3,}")
_PERCENT = re.compile(r"\d ?%")
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_SHOUTED_LETTERS = 12
_SHOUTED_SHARE = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Signals:
    """What was seen; `anger` and `promotion` are sums of weights without an upper end."""

    asks: bool
    wants_human: bool
    is_courtesy: bool
    anger: float
    promotion: float


def read(text: str) -> Signals:
    """Return the signals of a cleaned text."""
    folded = straightened(text)
    return Signals(
        asks=bool(lexicon.ASKS.search(folded)),
        wants_human=bool(lexicon.WANTS_HUMAN.search(folded)),
        is_courtesy=is_courtesy(text),
        anger=_anger(text, folded),
        promotion=_promotion(text, folded),
    )


def is_courtesy(text: str) -> bool:
    """Tell whether a text only greets, thanks or smiles, so that no answer is missing."""
    folded = straightened(text)
    words = _WORD.findall(folded)
    if not words:
        return True
    if lexicon.ASKS.search(folded):
        return False
    around = lexicon.COURTESY | lexicon.AROUND_COURTESY
    if any(word in lexicon.COURTESY for word in words) and around.issuperset(words):
        return True
    is_thanks = bool({"merci", "thanks", "thank", "thx", "gracias"}.intersection(words[:4]))
    return (
        is_thanks
        and len(words) <= MOST_THANKS_WORDS
        and not lexicon.NOT_MERELY_THANKS.search(folded)
        and not _anger(text, folded)
    )


def _anger(text: str, folded: str) -> float:
    words = sum(
        weight * len({match.group() for match in pattern.finditer(folded)})
        for weight, pattern in lexicon.ANGER.items()
    )
    return words + 0.4 * _is_shouted(text) + 0.3 * ("!!" in text)


def _is_shouted(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    capitals = sum(char.isupper() for char in letters)
    return len(letters) >= _SHOUTED_LETTERS and capitals >= _SHOUTED_SHARE * len(letters)


def _promotion(text: str, folded: str) -> float:
    """Return how much this is an advertisement; a link alone is not one."""
    signs = {match.group().strip() for match in lexicon.PROMOTION.finditer(folded)}
    if not signs:
        return 0.0
    surface = (
        1.0 * bool(_LINK.search(folded))
        + 0.6 * bool(_HANDLE.search(text))
        + 0.6 * bool(_MONEY.search(text))
        + 0.4 * bool(_LARGE.search(text))
        + 0.4 * bool(_PERCENT.search(text))
    )
    return 0.6 * len(signs) + surface
