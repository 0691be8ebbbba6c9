"""Combine what the code found with what a language model says: only ever more careful.

The code's proposal stands on measured evidence and the owner's rules. A model may turn an
answer into a person's case, have a person look first, or put the quoted words into better
ones. It may never beat a rule, calm a complaint, or make an answer surer than it was.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from core.assistant import handover, run
from core.assistant.asking import Trouble
from core.assistant.modelled import leaves_to_person
from core.assistant.reading import Reading
from core.assistant.run import Run
from core.assistant.state import Case
from core.assistant.triage import Sort
from core.domain.decision import Citation, Decision, EscalationReason, Proposal, Verdict
from core.domain.knowledge import Passage

_TROUBLED = {
    Trouble.MALFORMED: EscalationReason.TOOL_FAILURE,
    Trouble.UNUSABLE: EscalationReason.TOOL_FAILURE,
    Trouble.REFUSED: EscalationReason.POLICY,
    Trouble.SPENT: EscalationReason.USAGE_LIMIT,
}


def combined(plain: Proposal, so_far: Run, case: Case) -> Proposal:
    """Return the proposal of the code, made more careful by the model's word.

    A run without a model is returned as it is.
    """
    opinion = so_far.get("opinion")
    if opinion is None:
        return plain
    if plain.verdict.decision is Decision.RESPOND:
        return _answered(plain, opinion, so_far, case)
    if plain.verdict.matched_rule is not None or opinion["trouble"] is not None:
        return plain
    if plain.verdict.decision is Decision.IGNORE:
        return _ignored(plain, opinion, so_far, case)
    return _suggested(plain, so_far)


def _answered(
    plain: Proposal, opinion: Mapping[str, Any], so_far: Run, case: Case
) -> Proposal:
    """Return an answer, or hand it to a person where the model had better not answer."""
    if opinion["trouble"] is not None:
        return _held_back(plain, so_far, opinion["why"], Trouble(opinion["trouble"]))
    if leaves_to_person(opinion) and plain.verdict.matched_rule is None:
        return _left_to_person(plain, opinion, so_far)
    written = so_far.get("written", {})
    worded = _worded(plain, written, so_far)
    doubts = (
        opinion["decision"] != "respond"
        or opinion["confidence"] < case.threshold
        or opinion["language"][:2].lower() != plain.language
    )
    return _for_review(worded) if doubts else worded


def _worded(plain: Proposal, written: Mapping[str, Any], so_far: Run) -> Proposal:
    """Return an answer in the model's words, where they may stand."""
    if not written:  # a rule of the owner's has it answered against the model's advice
        return plain
    if written.get("trouble") is not None:
        return _held_back(plain, so_far, written["why"], Trouble(written["trouble"]))
    if not written.get("body"):
        why = "The language model finds no answer in what is known."
        return _escalated(plain, so_far, why, EscalationReason.LOW_CONFIDENCE)
    if written["dangers"]:
        why = written["dangers"][0]
        return _escalated(plain, so_far, why, EscalationReason.POLICY)
    if written["ungrounded"]:
        # The words of the source are at hand, and a person sees them first.
        why = f"{plain.verdict.reason} A freer wording was dropped. {written['ungrounded'][0]}"
        return _for_review(replace(plain, verdict=replace(plain.verdict, reason=why)))
    rewritten = replace(
        plain,
        reply=written["reply"],
        citations=tuple(run.citation(one) for one in written["citations"]),
    )
    stands_on_best = _source(plain.citations[0]) in map(_source, rewritten.citations)
    return rewritten if stands_on_best else _for_review(rewritten)


def _suggested(plain: Proposal, so_far: Run) -> Proposal:
    """Return a suggestion for a person where the evidence was too low to answer."""
    written = so_far.get("written", {})
    is_sound = (
        plain.verdict.escalation_reason is EscalationReason.LOW_CONFIDENCE
        and written.get("body")
        and not written["dangers"]
        and not written["ungrounded"]
        and so_far["opinion"]["decision"] == "respond"
    )
    if not is_sound:
        return plain
    return replace(
        plain,
        verdict=Verdict(
            decision=Decision.RESPOND,
            confidence=so_far["draft"]["confidence"],
            reason="What was found may answer; the language model thinks so.",
            needs_review=True,
        ),
        reply=written["reply"],
        citations=tuple(run.citation(one) for one in written["citations"]),
        summary="",
    )


def _ignored(
    plain: Proposal, opinion: Mapping[str, Any], so_far: Run, case: Case
) -> Proposal:
    """Return what was to be ignored, or a person's case where the model objects."""
    surely_asks = (
        opinion["decision"] == "respond" and opinion["confidence"] >= case.threshold
    )
    if leaves_to_person(opinion) or surely_asks:
        return _left_to_person(plain, opinion, so_far)
    return plain


def _left_to_person(plain: Proposal, opinion: Mapping[str, Any], so_far: Run) -> Proposal:
    read = run.built(Reading, so_far["reading"])
    if opinion["wants_human"]:
        why, sort = EscalationReason.CUSTOMER_REQUEST, Sort.WANTS_HUMAN
    elif opinion["complaint"]:
        why, sort = EscalationReason.POLICY, Sort.COMPLAINT
    else:
        why, sort = EscalationReason.LOW_CONFIDENCE, None
    best = _best(so_far)
    return Proposal(
        verdict=Verdict(
            decision=Decision.ESCALATE,
            confidence=opinion["confidence"],
            reason="The language model would have a person answer.",
            escalation_reason=why,
        ),
        summary=handover.unanswered(
            read.said, read.language, best, is_near=best is not None
        )
        if sort is None
        else handover.of_sort(sort, read.said, read.language),
        language=plain.language,
    )


def _held_back(plain: Proposal, so_far: Run, why: str, trouble: Trouble) -> Proposal:
    return _escalated(plain, so_far, why, _TROUBLED[trouble])


def _escalated(
    plain: Proposal, so_far: Run, why: str, reason: EscalationReason
) -> Proposal:
    read = run.built(Reading, so_far["reading"])
    return Proposal(
        verdict=Verdict(
            decision=Decision.ESCALATE,
            confidence=plain.verdict.confidence,
            reason=f"The reply was held back. {why}",
            escalation_reason=reason,
        ),
        summary=handover.held_back(
            read.said, read.language, run.passage(so_far["draft"]["passage"]), why
        ),
        language=plain.language,
    )


def _best(so_far: Run) -> Passage | None:
    drafted = so_far.get("draft")
    return None if drafted is None else run.passage(drafted["passage"])


def _for_review(proposal: Proposal) -> Proposal:
    return replace(proposal, verdict=replace(proposal.verdict, needs_review=True))


def _source(citation: Citation) -> tuple[Any, Any]:
    return citation.document_id, citation.faq_id
