"""Conversations the assistant has claimed and read, and what it proposes about them."""

from dataclasses import dataclass
from datetime import UTC, datetime

from core.actions import decide
from core.actions.decide import Considered
from core.domain.channel import AssistantMode
from core.domain.decision import (
    Citation,
    Decision,
    EscalationReason,
    Proposal,
    Verdict,
)
from core.domain.ids import ConversationId, DraftId
from core.kit import Kit
from core.queries import conversation as query
from core.store import attention, heard
from tests.fixtures.inbox import Arrange, KitOf

PAST = datetime(2020, 1, 1, tzinfo=UTC)
HOURS = Citation(title="Opening hours", name="hours.md", quote="We open at nine.")
RESPOND = Proposal(
    verdict=Verdict(decision=Decision.RESPOND, confidence=0.9, reason="asks the hours"),
    reply="We open at nine.",
    citations=(HOURS,),
)
IGNORE = Proposal(
    verdict=Verdict(decision=Decision.IGNORE, confidence=0.95, reason="thanks")
)
ESCALATE = Proposal(
    verdict=Verdict(
        decision=Decision.ESCALATE,
        confidence=0.9,
        reason="wants a person",
        escalation_reason=EscalationReason.CUSTOMER_REQUEST,
    ),
    summary="Wants a refund for the grinder.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A conversation the assistant has claimed and read."""

    conversation: ConversationId
    considered: Considered


async def claimed(
    kit: Kit,
    arrange: Arrange,
    *,
    mode: AssistantMode = AssistantMode.DRAFT,
    proposal: Proposal = RESPOND,
) -> Case:
    """Have a customer write, and the assistant read it, as `triage` does."""
    conversation = arrange.conversation(arrange.channel(mode=mode), unread_count=1)
    arrange.inbound(conversation, "When do you open?")
    return Case(
        conversation=conversation,
        considered=await looked_at(kit, arrange, conversation, proposal),
    )


async def looked_at(
    kit: Kit, arrange: Arrange, conversation: ConversationId, proposal: Proposal
) -> Considered:
    arrange.run(
        "update conversations set assistant_due_at = now() - interval '1 s',"
        " assistant_lease_until = null where id = %(id)s",
        id=conversation,
    )
    async with kit.database.claim() as unit:
        (due,) = await attention.claim_due(unit, limit=1, lease=60)
    async with kit.unit(arrange.tenant) as unit:
        fragments = tuple(await heard.unanswered(unit, conversation))
    return Considered(
        claimed=due,
        epoch=arrange.row("conversations", conversation)["epoch"],
        fragments=fragments,
        text="When do you open?",
        proposal=proposal,
        threshold=0.8,
        duration_ms=12,
    )


async def drafted(kit_of: KitOf, arrange: Arrange) -> tuple[Kit, ConversationId, DraftId]:
    """Return a member, a conversation, and the suggestion that waits in it."""
    case = await claimed(companion := await kit_of("service"), arrange)
    await decide.act(companion, case.considered)
    member = await kit_of("agent")
    found = (await query.detail(member, case.conversation)).draft
    assert found is not None
    return member, case.conversation, found.id
