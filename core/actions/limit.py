"""Keep the assistant within bounds: caps on what it may use, and no talk between machines.

Looked at twice. Before thinking, so that nothing is spent beyond a cap; and in the deciding
transaction, where the count is exact, so that of many who think at once no more decide than
a cap allows. Dollars are counted once they are spent: what runs over is at most the thoughts
in flight. The inbox goes on in any case; people are told of a cap once.
"""

from dataclasses import dataclass

from core import logs
from core.actions import escalate
from core.actions.configure import require_allowed
from core.domain import cap as caps_domain
from core.domain import cost
from core.domain.cap import OF_A_CUSTOMER, Cap, Caps
from core.domain.decision import EscalationReason, Proposal
from core.domain.errors import Refused
from core.domain.exchange import IN_A_ROW, is_with_a_machine
from core.domain.ids import ConversationId
from core.kit import Kit
from core.notices import NoticeKind
from core.store import attention, usage
from core.store.attention import ClaimedConversation
from core.store.pool import Unit
from core.store.usage import Thought

_log = logs.logger(__name__)

_LOOKED_AT = 4 * IN_A_ROW
_MACHINE = (
    "This looks like an automatic answer to our automatic answers. The assistant has "
    "stopped. To check: is there a person on the other side?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Over:
    """A cap that was reached, beside all that are in force."""

    cap: Cap
    caps: Caps


async def set_caps(kit: Kit, new: Caps) -> None:
    """Put other caps in force, from the next message on.

    Raises:
        Refused: a cap makes no sense, or this member is neither owner nor admin.
    """
    wrong = caps_domain.wrong_in(new)
    if wrong is not None:
        raise Refused(wrong, "Nothing was changed.")
    async with kit.mine() as unit:
        require_allowed(allowed=await usage.write_caps(unit, new))
        await unit.publish(NoticeKind.RULES_CHANGED, unit.tenant)


async def may_not_think(unit: Unit, claimed: ClaimedConversation) -> bool:
    """Return whether something forbids a look; if so, the claim is ended and people told.

    The caller holds the conversation's row.
    """
    conversation = claimed.conversation_id
    standing = await usage.standing(unit, conversation)
    over = caps_domain.reached(standing.caps, standing.used)
    if over is not None:
        await end_over(unit, claimed, Over(cap=over, caps=standing.caps))
        return True
    if is_with_a_machine(await usage.latest(unit, conversation, limit=_LOOKED_AT)):
        why = escalate.Reason(reason=EscalationReason.POLICY, summary=_MACHINE)
        await escalate.open_for(unit, conversation, why)
        await attention.considered(
            unit, conversation, fence=claimed.fence, state="escalated"
        )
        return True
    return False


async def thought_of(unit: Unit, proposal: Proposal) -> Thought:
    """Return what a finished thought took, at the prices known for its models."""
    spent = cost.spends(proposal.snapshot)
    names = sorted({one.model for one in spent})
    prices = await usage.prices(unit, names) if names else {}
    return Thought(
        input_tokens=sum(one.input_tokens for one in spent),
        output_tokens=sum(one.output_tokens for one in spent),
        cost_usd=cost.cost_of(spent, prices),
    )


async def note_thought(
    unit: Unit, conversation: ConversationId, thought: Thought
) -> Over | None:
    """Count a finished thought; return the cap that was reached before it, if one was."""
    # Counted first: that holds the inbox's row, and what is read behind it is exact.
    await usage.add(unit, conversation, thought)
    standing = await usage.standing(unit, conversation)
    over = caps_domain.reached(standing.caps, usage.without(standing.used, thought))
    return None if over is None else Over(cap=over, caps=standing.caps)


async def end_over(unit: Unit, claimed: ClaimedConversation, over: Over) -> None:
    """End a claim at a cap: one case for people, however many customers write on.

    A customer's own cap is that conversation's case. An inbox's cap is told once, in the
    conversation that met it first; the others stay unread, where people see them.
    """
    conversation = claimed.conversation_id
    is_told = over.cap not in OF_A_CUSTOMER and not await usage.first_to_tell(
        unit, over.cap, getattr(over.caps, over.cap)
    )
    _log.info("assistant.capped", conversation_id=str(conversation), cap=over.cap.value)
    if not is_told:
        why = escalate.Reason(
            reason=EscalationReason.USAGE_LIMIT,
            summary=caps_domain.told_as(over.cap, over.caps),
        )
        await escalate.open_for(unit, conversation, why)
    await attention.considered(
        unit, conversation, fence=claimed.fence, state=None if is_told else "escalated"
    )
