"""Decide what to propose, from everything a run has found out."""

from collections.abc import Mapping
from typing import Any

from core.assistant import doubts, handover, matching_rules, run
from core.assistant.reading import Reading
from core.assistant.run import Run
from core.assistant.state import Case
from core.assistant.triage import Sort
from core.domain.decision import Decision, EscalationReason, Proposal, Verdict

DRAFTED_FROM = 0.6
"""From this confidence on a reply is worth a colleague's look, where the owner asks for more."""
NEAR = 0.2
"""From this confidence on, what was found is worth showing; below, it is beside the point."""

_REASONS = {
    Sort.WANTS_HUMAN: EscalationReason.CUSTOMER_REQUEST,
    Sort.COMPLAINT: EscalationReason.POLICY,
    Sort.NEEDS_EYES: EscalationReason.POLICY,
    Sort.UNREADABLE: EscalationReason.LOW_CONFIDENCE,
}
_IGNORED = {Sort.ADVERTISEMENT, Sort.COURTESY}


def propose(so_far: Run, case: Case) -> Proposal:
    """Return the proposal of a finished run; its snapshot is added by the graph."""
    read = run.built(Reading, so_far["reading"])
    if matching_rules.is_settled(so_far):
        return matching_rules.proposal(so_far, read)
    if "match" in so_far:
        return _ignored_by_example(read, so_far["match"])
    return matching_rules.marked(so_far, _thought_through(so_far, case, read))


def wants_answer(so_far: Run, sort: Sort) -> bool:
    """Return whether a message of this sort is to be answered if the knowledge allows it."""
    if sort in _IGNORED:
        return matching_rules.forbids_ignoring(so_far)
    return sort is Sort.QUESTION


def _thought_through(so_far: Run, case: Case, read: Reading) -> Proposal:
    """Return the proposal for a message that no rule and no example settles."""
    sort = Sort(so_far["sorted"]["sort"])
    if wants_answer(so_far, sort):
        return _answer(so_far, case, read)
    if sort in _IGNORED:
        return Proposal(
            verdict=_verdict(Decision.IGNORE, so_far["sorted"]), language=read.language
        )
    return Proposal(
        verdict=_verdict(Decision.ESCALATE, so_far["sorted"], _REASONS[sort]),
        summary=handover.of_sort(sort, read.said, read.language),
        language=read.language,
    )


def _answer(so_far: Run, case: Case, read: Reading) -> Proposal:
    """Return the drafted reply where it may stand, else hand over what was found."""
    if "draft" not in so_far:
        return _unanswered(read, None)
    drafted = so_far["draft"]
    if drafted["confidence"] < min(case.threshold, DRAFTED_FROM):
        return _unanswered(read, drafted)
    if so_far["objections"]:
        return _held_back(read, drafted, so_far["objections"][0])
    why = doubts.why_looked_at(drafted, so_far["passages"], read)
    return Proposal(
        verdict=Verdict(
            decision=Decision.RESPOND,
            confidence=drafted["confidence"],
            reason=f"Answered by “{drafted['passage']['title']}”. {why}".rstrip(),
            needs_review=bool(why),
        ),
        reply=drafted["reply"],
        citations=tuple(run.citation(one) for one in drafted["citations"]),
        language=read.language,
    )


def _ignored_by_example(read: Reading, match: Mapping[str, Any]) -> Proposal:
    return Proposal(
        verdict=Verdict(
            decision=Decision.IGNORE,
            confidence=match["likeness"],
            reason="Says the same as an example to ignore.",
            matched_rule=match["example"],
        ),
        language=read.language,
    )


def _unanswered(read: Reading, drafted: Mapping[str, Any] | None) -> Proposal:
    likely = drafted["confidence"] if drafted else 0.0
    is_near = likely >= NEAR
    why = EscalationReason.LOW_CONFIDENCE if is_near else EscalationReason.MISSING_KNOWLEDGE
    best = run.passage(drafted["passage"]) if drafted else None
    return Proposal(
        verdict=Verdict(
            decision=Decision.ESCALATE,
            confidence=1.0 - likely,
            reason="What was found may not answer."
            if is_near
            else "Nothing known answers.",
            escalation_reason=why,
        ),
        summary=handover.unanswered(read.said, read.language, best, is_near=is_near),
        language=read.language,
    )


def _held_back(read: Reading, drafted: Mapping[str, Any], why: str) -> Proposal:
    best = run.passage(drafted["passage"])
    return Proposal(
        verdict=Verdict(
            decision=Decision.ESCALATE,
            confidence=drafted["confidence"],
            reason=f"The reply was held back. {why}",
            escalation_reason=EscalationReason.POLICY,
        ),
        summary=handover.held_back(read.said, read.language, best, why),
        language=read.language,
    )


def _verdict(
    decision: Decision, found: Mapping[str, Any], why: EscalationReason | None = None
) -> Verdict:
    return Verdict(
        decision=decision,
        confidence=found["confidence"],
        reason=found["reason"],
        escalation_reason=why,
    )
