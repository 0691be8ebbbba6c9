"""Why a person is needed, in words and in how grave it looks."""

from PySide6.QtCore import QCoreApplication

from core.domain.decision import EscalationReason
from desktop.style.tokens import Tone

_GRAVE = frozenset({EscalationReason.CUSTOMER_REQUEST, EscalationReason.TOOL_FAILURE})


def reason_words(reason: EscalationReason) -> str:
    """Return the reason as a short phrase for a pill."""
    say = QCoreApplication.translate
    words = {
        EscalationReason.CUSTOMER_REQUEST: say("Escalation", "asks for a person"),
        EscalationReason.LOW_CONFIDENCE: say("Escalation", "assistant unsure"),
        EscalationReason.MANUAL: say("Escalation", "raised by a colleague"),
        EscalationReason.MISSING_KNOWLEDGE: say("Escalation", "knowledge missing"),
        EscalationReason.POLICY: say("Escalation", "your rules"),
        EscalationReason.TOOL_FAILURE: say("Escalation", "something failed"),
        EscalationReason.USAGE_LIMIT: say("Escalation", "credits used up"),
    }
    return words[reason]


def tone_of(reason: EscalationReason) -> Tone:
    """Return how the pill of a reason looks."""
    return Tone.DANGER if reason in _GRAVE else Tone.WARNING
