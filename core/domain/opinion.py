"""What the assistant thinks of a message, in the four values that people compare."""

from dataclasses import dataclass

from core.domain.decision import Decision, Proposal


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """A decision with its reasons; `reply` is None where none was written."""

    decision: Decision
    confidence: float
    reason: str
    reply: str | None = None


def of_proposal(proposal: Proposal) -> Opinion:
    """Return the opinion that a proposal holds."""
    verdict = proposal.verdict
    return Opinion(
        decision=verdict.decision,
        confidence=verdict.confidence,
        reason=verdict.reason,
        reply=proposal.reply,
    )
