"""Sort a message before any knowledge is looked at: is it for us to answer at all?

What a person should see comes before what nobody needs to see, and both come before an
answer: a complaint about late delivery is not a question about delivery times.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.assistant import seeds
from core.assistant.reading import Reading
from core.assistant.seeds import Seed
from core.assistant.signals import ADVERTISEMENT, COMPLAINT, Signals
from core.domain.message import MessageType


class Sort(StrEnum):
    """What a message is, as far as deciding about it goes."""

    QUESTION = "question"
    WANTS_HUMAN = "wants_human"
    COMPLAINT = "complaint"
    ADVERTISEMENT = "advertisement"
    COURTESY = "courtesy"
    NEEDS_EYES = "needs_eyes"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorted:
    """A sort, how sure we are of it (a probability), and why, for the owner to read."""

    sort: Sort
    confidence: float
    reason: str


def sort_message(
    reading: Reading,
    signals: Signals,
    leaning: Mapping[Seed, float],
    types: Sequence[MessageType],
) -> Sorted:
    """Return what a message is."""
    if not reading.said:
        return _wordless(types)
    wordy = _for_a_person(signals, leaning)
    if wordy is not None:
        return wordy
    if signals.promotion >= ADVERTISEMENT:
        return Sorted(
            sort=Sort.ADVERTISEMENT, confidence=0.93, reason="Reads like an advertisement."
        )
    if not reading.question:
        return Sorted(
            sort=Sort.COURTESY, confidence=0.97, reason="Only a greeting, thanks or emoji."
        )
    return Sorted(sort=Sort.QUESTION, confidence=0.9, reason="Asks for something.")


def _for_a_person(signals: Signals, leaning: Mapping[Seed, float]) -> Sorted | None:
    """Return why a person should answer, if one should.

    An advertisement writes of advisers and of anger too; patterns must outweigh it.
    """
    if signals.wants_human and signals.promotion < ADVERTISEMENT:
        return Sorted(sort=Sort.WANTS_HUMAN, confidence=0.96, reason="Asks for a person.")
    if signals.anger >= COMPLAINT and signals.anger >= signals.promotion / 2:
        return Sorted(sort=Sort.COMPLAINT, confidence=0.93, reason="Complains.")
    if signals.promotion >= ADVERTISEMENT or signals.is_courtesy:
        return None
    if leaning.get(Seed.HUMAN, 0.0) >= seeds.SURE:
        return Sorted(
            sort=Sort.WANTS_HUMAN, confidence=0.85, reason="Seems to ask for a person."
        )
    if leaning.get(Seed.COMPLAINT, 0.0) >= seeds.SURE:
        return Sorted(sort=Sort.COMPLAINT, confidence=0.85, reason="Seems to complain.")
    return None


def _wordless(types: Sequence[MessageType]) -> Sorted:
    if types and set(types) <= {MessageType.STICKER}:
        return Sorted(sort=Sort.COURTESY, confidence=0.95, reason="Only a sticker.")
    if MessageType.UNSUPPORTED in types or not types:
        return Sorted(
            sort=Sort.UNREADABLE, confidence=0.99, reason="Cannot be shown or read here."
        )
    return Sorted(
        sort=Sort.NEEDS_EYES, confidence=0.97, reason="A file without words: needs eyes."
    )
