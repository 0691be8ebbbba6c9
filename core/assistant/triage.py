"""Sort a message before any knowledge is looked at: is it for us to answer at all?

What a person should see comes before what nobody needs to see, and both come before an
answer: a complaint about late delivery is not a question about delivery times.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.assistant.reading import Reading
from core.assistant.seeds import Seed
from core.assistant.signals import ADVERTISEMENT, COMPLAINT, Signals
from core.domain.message import MessageType

LIKELY = 0.5
"""What a leaning must reach where nobody has weighed the costs."""


class Sort(StrEnum):
    """What a message is, as far as deciding about it goes."""

    QUESTION = "question"
    WANTS_HUMAN = "wants_human"
    COMPLAINT = "complaint"
    ADVERTISEMENT = "advertisement"
    COURTESY = "courtesy"
    NEEDS_EYES = "needs_eyes"
    UNREADABLE = "unreadable"


_SEEMS = {
    Sort.WANTS_HUMAN: "Seems to ask for a person.",
    Sort.COMPLAINT: "Seems to complain.",
}
_MAY = {
    Sort.WANTS_HUMAN: "May be asking for a person.",
    Sort.COMPLAINT: "May be a complaint.",
}


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
    *,
    bar: float = LIKELY,
) -> Sorted:
    """Return what a message is; from a leaning of `bar` on it is for a person."""
    if not reading.said:
        return _wordless(types)
    wordy = _for_a_person(signals, leaning, bar)
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


def _for_a_person(
    signals: Signals, leaning: Mapping[Seed, float], bar: float
) -> Sorted | None:
    """Return why a person should answer, if one should.

    An advertisement writes of advisers and of anger too; patterns must outweigh it.
    """
    if signals.wants_human and signals.promotion < ADVERTISEMENT:
        return Sorted(sort=Sort.WANTS_HUMAN, confidence=0.96, reason="Asks for a person.")
    if signals.anger >= COMPLAINT and signals.anger >= signals.promotion / 2:
        return Sorted(sort=Sort.COMPLAINT, confidence=0.93, reason="Complains.")
    if signals.promotion >= ADVERTISEMENT or signals.is_courtesy:
        return None
    human, complaint = leaning.get(Seed.HUMAN, 0.0), leaning.get(Seed.COMPLAINT, 0.0)
    whole = human + complaint
    if whole < bar:
        return None
    sort = Sort.WANTS_HUMAN if human >= complaint else Sort.COMPLAINT
    wording = _SEEMS if whole >= LIKELY else _MAY
    return Sorted(sort=sort, confidence=whole, reason=wording[sort])


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
