"""Keep a record of each message that fell under one of the owner's rules."""

from uuid import UUID

from core.domain.decision import Proposal
from core.domain.ids import DecisionId, MessageId
from core.domain.rule import Outcome
from core.store import triage_rules
from core.store.pool import Unit
from core.store.triage_rules import NewMatch


async def log_match(
    unit: Unit, proposal: Proposal, *, message: MessageId, decision: DecisionId
) -> None:
    """Log the rule of a proposal, if there is one, in the transaction that decides.

    What is logged is what the rule asked for; what came of it is the decision's.
    """
    rule = proposal.snapshot.get("rule")
    if not rule:
        return
    await triage_rules.log_match(
        unit,
        NewMatch(
            rule_id=UUID(rule["id"]),
            outcome=Outcome(rule["outcome"]),
            message_id=message,
            decision_id=decision,
            confidence=proposal.verdict.confidence,
            reason=proposal.verdict.reason,
            snapshot={
                "rule": rule,
                "rules_version": proposal.snapshot.get("rules_version"),
                "decision": proposal.verdict.decision.value,
            },
        ),
    )
