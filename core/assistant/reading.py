"""Read a case: one question out of a burst of fragments, and the language to answer in."""

from dataclasses import dataclass

from core.assistant import cleaning, signals
from core.assistant.state import Case
from core.knowledge.language import CERTAIN, FALLBACK, guess
from core.knowledge.sentences import sentences
from core.llm.base import Speaker


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the customer said, and what of it is to be answered.

    `said` is everything, `question` leaves out sentences that only greet or thank.
    """

    said: str
    question: str
    language: str
    is_cut: bool


def read(case: Case) -> Reading:
    """Return the reading of a case; a burst of fragments is one question."""
    cleaned = [text for text in map(cleaning.visible, case.fragments) if text]
    fragments, is_cut = cleaning.bounded(cleaned)
    said = "\n".join(fragments)
    return Reading(
        said=said,
        question="\n".join(filter(None, map(_without_courtesies, fragments))),
        language=_language(said, case),
        is_cut=is_cut,
    )


def _without_courtesies(fragment: str) -> str:
    kept = [
        words
        for words in (span.of(fragment) for span in sentences(fragment))
        if not signals.is_courtesy(words)
    ]
    return " ".join(kept)


def _language(said: str, case: Case) -> str:
    """Return the customer's language, from what they said before when this is too short."""
    now = guess(said)
    if now.confidence >= CERTAIN:
        return now.code
    before = " ".join(turn.text for turn in case.history if turn.speaker is Speaker.USER)
    whole = guess(f"{cleaning.visible(before)[-2000:]}\n{said}")
    if whole.confidence >= CERTAIN:
        return whole.code
    if now.confidence > 0:
        return now.code
    return case.rules.reply_language or FALLBACK
