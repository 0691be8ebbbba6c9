"""Tell the assistant that it was wrong, so that it learns the owner's way."""

from core.actions.configure import require_allowed
from core.domain.decision import Decision
from core.domain.errors import NotFound, Refused
from core.domain.ids import DecisionId
from core.domain.member import Role
from core.domain.rule_check import MOST_EXAMPLE, MOST_EXAMPLES
from core.domain.storable import require_storable
from core.kit import Kit
from core.notices import NoticeKind
from core.store import corrections
from core.store import rules as rules_store
from core.store.corrections import (
    Correction,
    Decided,
    ExampleState,
    PendingExample,
    Proposed,
)
from core.store.pool import Unit

__all__ = [
    "PendingExample",
    "accept_example",
    "pending_examples",
    "refuse_example",
    "was_wrong",
]

MOST_NOTE = 1000


async def was_wrong(
    kit: Kit, decision_id: DecisionId, should: Decision, *, note: str = ""
) -> None:
    """Keep what a decision should have been, and make an example of its message.

    Whoever may change the rules does so at once; anybody else proposes the example. A later
    correction takes the place of an earlier one. A file without words teaches nothing, and
    only the correction is kept.

    Raises:
        NotFound: the decision is not in this inbox.
        Refused: it was decided like that, the note cannot be kept, or the examples are full.
    """
    if len(note.strip()) > MOST_NOTE:
        raise Refused(f"The note has more than {MOST_NOTE} characters.", "Shorten it.")
    require_storable(note, "The note")
    async with kit.mine() as unit:
        about = await corrections.decided(unit, decision_id)
        if about is None:
            raise NotFound("That decision is not in this inbox.")
        if about.corrected is None and about.decision is should:
            raise Refused(
                f"The assistant decided to {should.value} as it is.",
                "Choose what it should have decided instead.",
            )
        example = _example(about)
        state = await _taught(kit, unit, example, should)
        await corrections.keep(
            unit,
            Correction(
                decision_id=decision_id,
                should=should,
                note=note.strip(),
                example=example,
                state=state,
            ),
        )
        await unit.publish(NoticeKind.RULES_CHANGED, unit.tenant)


def _example(about: Decided) -> str:
    whole = " ".join(about.fragments) if about.fragments else about.text
    return " ".join(whole.split())[:MOST_EXAMPLE].strip()


async def _taught(kit: Kit, unit: Unit, example: str, should: Decision) -> ExampleState:
    """Add an example to the rules if this member may, and return what became of it."""
    if not example:
        return ExampleState.NONE
    if kit.member.role is Role.AGENT:
        return ExampleState.PROPOSED
    await _learn(unit, example, should)
    return ExampleState.ADDED


async def _learn(unit: Unit, example: str, should: Decision) -> None:
    own = await rules_store.read(unit)
    if own is not None:
        there = {
            Decision.IGNORE: own.ignore_examples,
            Decision.ESCALATE: own.escalate_examples,
            Decision.RESPOND: own.respond_examples,
        }[should]
        if example not in there and len(there) >= MOST_EXAMPLES:
            raise Refused(
                f"There are {MOST_EXAMPLES} examples of what to {should.value} already.",
                "Take one out of the rules that is no longer needed.",
            )
    require_allowed(allowed=await corrections.learn(unit, example, should))


async def pending_examples(kit: Kit) -> list[PendingExample]:
    """Return the examples that wait for somebody in charge, oldest first."""
    async with kit.mine() as unit:
        return await corrections.pending(unit)


async def accept_example(kit: Kit, decision_id: DecisionId) -> None:
    """Take a proposed example into the rules, as a new version of them.

    Raises:
        NotFound: nothing is proposed for this decision.
        Refused: this member may not change the rules, or the examples are full.
    """
    async with kit.mine() as unit:
        proposed = await _proposed(kit, unit, decision_id)
        await _learn(unit, proposed.example, proposed.should)
        await corrections.settle(unit, decision_id, ExampleState.ADDED)
        await unit.publish(NoticeKind.RULES_CHANGED, unit.tenant)


async def refuse_example(kit: Kit, decision_id: DecisionId) -> None:
    """Put a proposed example aside; the correction itself stays.

    Raises:
        NotFound: nothing is proposed for this decision.
        Refused: this member may not change the rules.
    """
    async with kit.mine() as unit:
        await _proposed(kit, unit, decision_id)
        await corrections.settle(unit, decision_id, ExampleState.REFUSED)
        await unit.publish(NoticeKind.RULES_CHANGED, unit.tenant)


async def _proposed(kit: Kit, unit: Unit, decision_id: DecisionId) -> Proposed:
    require_allowed(allowed=kit.member.role is not Role.AGENT)
    proposed = await corrections.lock_proposed(unit, decision_id)
    if proposed is None:
        raise NotFound(
            "No example is proposed for this decision.", "Somebody may have settled it."
        )
    return proposed
