"""Why a person is needed, and why something was decided, in the reader's words."""

import re

from PySide6.QtCore import QCoreApplication

from core.domain.decision import EscalationReason
from desktop.style.tokens import Tone

_GRAVE = frozenset({EscalationReason.CUSTOMER_REQUEST, EscalationReason.TOOL_FAILURE})


def reason_words(reason: EscalationReason) -> str:
    """Return the reason as a short phrase for a pill."""
    translate = QCoreApplication.translate
    words = {
        EscalationReason.CUSTOMER_REQUEST: translate("Escalation", "Asks for a person"),
        EscalationReason.LOW_CONFIDENCE: translate("Escalation", "Assistant unsure"),
        EscalationReason.MANUAL: translate("Escalation", "Raised by a colleague"),
        EscalationReason.MISSING_KNOWLEDGE: translate("Escalation", "No answer on file"),
        EscalationReason.POLICY: translate("Escalation", "Sensitive"),
        EscalationReason.TOOL_FAILURE: translate("Escalation", "Technical problem"),
        EscalationReason.USAGE_LIMIT: translate("Escalation", "Credits used up"),
    }
    return words[reason]


def tone_of(reason: EscalationReason) -> Tone:
    """Return how the pill of a reason looks."""
    return Tone.DANGER if reason in _GRAVE else Tone.WARNING


def decision_reason_words(reason: str) -> str:
    """Return why something was decided, in the reader's language where it is known.

    The engine keeps its reasons in English with every decision; what it says of sources,
    rules and quotes is put into the translated sentence as it stands.
    """
    known = _reasons()
    if reason in known:
        return known[reason]
    for pattern, words in _reasons_about():
        found = pattern.fullmatch(reason)
        if found is not None:
            return words.replace("%1", found[1]).replace("%2", found[found.re.groups])
    two = _TWO_SENTENCES.fullmatch(reason)
    if two is None:
        return reason
    return f"{decision_reason_words(two[1])} {decision_reason_words(two[2])}"


_TWO_SENTENCES = re.compile(
    r"(The reply was held back\.|Answered by “.+”\.) (.+)", re.DOTALL
)


def _reasons() -> dict[str, str]:
    translate = QCoreApplication.translate
    return {
        "Asks for a person.": translate("Reason", "Asks for a person."),
        "Seems to ask for a person.": translate("Reason", "Seems to ask for a person."),
        "Complains.": translate("Reason", "Complains."),
        "Seems to complain.": translate("Reason", "Seems to complain."),
        "May be asking for a person.": translate("Reason", "May be asking for a person."),
        "May be a complaint.": translate("Reason", "May be a complaint."),
        "Reads like an advertisement.": translate("Reason", "Reads like an advertisement."),
        "Only a greeting, thanks or emoji.": translate(
            "Reason", "Only a greeting, thanks or emoji."
        ),
        "Only a sticker.": translate("Reason", "Only a sticker."),
        "Cannot be shown or read here.": translate(
            "Reason", "Cannot be shown or read here."
        ),
        "A file without words: needs eyes.": translate(
            "Reason", "A file without words: needs eyes."
        ),
        "What was found may not answer.": translate(
            "Reason", "What was found may not answer."
        ),
        "Nothing known answers.": translate("Reason", "Nothing known answers."),
        "Says the same as an example to ignore.": translate(
            "Reason", "Says the same as an example to ignore."
        ),
        "The language model would have a person answer.": translate(
            "Reason", "The language model would have a person answer."
        ),
        "What was found may answer; the language model thinks so.": translate(
            "Reason", "What was found may answer; the language model thinks so."
        ),
        "The language model finds no answer in what is known.": translate(
            "Reason", "The language model finds no answer in what is known."
        ),
        "The reply was held back.": translate("Reason", "The reply was held back."),
        "The entry knows too few ways to ask.": translate(
            "Reason", "The entry knows too few ways to ask."
        ),
        "It mentions the matter, but maybe not what is wanted.": translate(
            "Reason", "It mentions the matter, but maybe not what is wanted."
        ),
        "It may hold for another case than the one meant.": translate(
            "Reason", "It may hold for another case than the one meant."
        ),
        "It does not state the fact that is asked for.": translate(
            "Reason", "It does not state the fact that is asked for."
        ),
        "Part of the question is in nothing known.": translate(
            "Reason", "Part of the question is in nothing known."
        ),
    }


def _reasons_about() -> tuple[tuple[re.Pattern[str], str], ...]:
    translate = QCoreApplication.translate
    return (
        (
            re.compile(r"Answered by “(.+)”\.", re.DOTALL),
            translate("Reason", "Answered by “%1”."),
        ),
        (
            re.compile(r"Your rule “(.+)” applies: (.+)\.", re.DOTALL),
            translate("Reason", "Your rule “%1” applies: %2."),
        ),
        (
            re.compile(r"No source says “(.+)”\.", re.DOTALL),
            translate("Reason", "No source says “%1”."),
        ),
        (
            re.compile(r"No source supports: “(.+)”", re.DOTALL),
            translate("Reason", "No source supports: “%1”"),
        ),
    )
