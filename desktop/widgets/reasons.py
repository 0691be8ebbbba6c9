"""Why a person is needed, in words and in how grave it looks."""

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
