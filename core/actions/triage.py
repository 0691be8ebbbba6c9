"""Have the assistant look at a conversation, and act on what it proposes.

The claim and the reading are one short transaction, the thinking is none, the acting is
another (journey, steps 4 to 6). In between anything may happen: a person answers, the
customer writes on, the owner pulls a switch. So the acting transaction locks the
conversation and checks its epoch and its newest message again before a word is written.
"""

from dataclasses import dataclass
from uuid import uuid4

from core import logs, queue
from core.actions import decide, limit
from core.actions.decide import Considered
from core.actions.in_force import in_force
from core.actions.told import HISTORY, turn_of
from core.assistant.state import Case
from core.domain.decision import autonomous, may_think
from core.domain.errors import NotSetUp, Unavailable
from core.kit import Kit
from core.queue import JobName
from core.store import (
    attention,
    checkpoints,
    conversations,
    customers,
    heard,
    labels,
    rules,
)
from core.store.attention import ClaimedConversation, SwitchRow
from core.store.conversations import Locked
from core.store.pool import Unit

_log = logs.logger(__name__)

MOST_READ = 64_000
"""Characters of one message that are looked at: cut before anybody cleans or weighs them."""
_RETRY_SECONDS = (2.0, 10.0, 60.0)
MAX_TRIES = len(_RETRY_SECONDS) + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """What the reading transaction saw."""

    case: Case
    epoch: int
    fragments: tuple[heard.Fragment, ...]
    threshold: float


async def conversation(kit: Kit, claimed: ClaimedConversation) -> None:
    """Look at one claimed conversation, and leave it considered or due again."""
    assistant = kit.assistant
    if assistant is None:
        raise NotSetUp("The assistant was not opened.", "Start it with the assistant loop.")
    look = await _look(kit, claimed)
    if look is None:
        return
    started = kit.clock.elapsed()
    try:
        with checkpoints.acting_for(claimed.tenant_id):
            proposal = await assistant.consider(look.case)
    except Unavailable as away:
        await _later(kit, claimed, away)
        return
    considered = Considered(
        claimed=claimed,
        epoch=look.epoch,
        fragments=look.fragments,
        text="\n".join(look.case.fragments),
        proposal=proposal,
        threshold=look.threshold,
        duration_ms=round((kit.clock.elapsed() - started) * 1000),
    )
    outcome = await decide.act(kit, considered)
    _log.info(
        "assistant.decided",
        conversation_id=str(claimed.conversation_id),
        decision=proposal.verdict.decision.value,
        outcome=outcome.value,
        ms=considered.duration_ms,
    )


async def _look(kit: Kit, claimed: ClaimedConversation) -> _Look | None:
    """Read what the assistant needs, or end the claim when there is nothing to answer."""
    async with kit.unit(claimed.tenant_id) as unit:
        await unit.repeat_plans()
        held = await conversations.lock(unit, claimed.conversation_id)
        switch = await attention.switches(unit, claimed.conversation_id)
        fragments = tuple(await heard.unanswered(unit, claimed.conversation_id))
        if held is None or switch is None:
            return None
        if held.status != "active":  # a person took it between the claim and now
            await attention.stand_down(unit, held.id, fence=claimed.fence)
            return None
        if not fragments or not may_think(switch.switches()):
            await attention.considered(unit, held.id, fence=claimed.fence, state=None)
            return None
        if switch.credits_remaining <= 0:
            await decide.out_of_credits(unit, claimed)
            return None
        if await limit.may_not_think(unit, claimed):
            return None
        if autonomous(switch.switches()):
            await queue.put_once(unit, JobName.SHOW_TYPING, held.id)
        case = await _case(unit, held, fragments, switch)
        return _Look(
            case=case, epoch=held.epoch, fragments=fragments, threshold=switch.threshold
        )


async def _case(
    unit: Unit,
    held: Locked,
    fragments: tuple[heard.Fragment, ...],
    switch: SwitchRow,
) -> Case:
    customer = await customers.of_conversation(unit, held.id)
    said = await heard.earlier(
        unit, held.id, but=[one.id for one in fragments], limit=HISTORY
    )
    thread = await attention.new_assistant_thread(unit, held.id, uuid4())
    return Case(
        tenant=unit.tenant,
        conversation_id=held.id,
        thread_id=thread,
        fragments=tuple(one.text[:MOST_READ] for one in fragments if one.text.strip()),
        message_types=tuple(one.type for one in fragments),
        has_media=any(one.has_media for one in fragments),
        history=tuple(turn_of(one.direction, one.text) for one in said),
        customer_name=customer.display_name if customer else "",
        rules=in_force(await rules.read(unit)),
        threshold=switch.threshold,
        platform=held.platform.value,
        labels=await labels.around(unit, held.id),
        at=fragments[-1].at,
        model=await rules.model_settings(unit),
    )


async def _later(kit: Kit, claimed: ClaimedConversation, away: Unavailable) -> None:
    """Come back when a model is away; after some tries a person takes over."""
    _log.warning(
        "assistant.away", conversation_id=str(claimed.conversation_id), why=away.title
    )
    if claimed.attempt >= MAX_TRIES:
        await decide.hand_over(kit, claimed, away.title)
        return
    delay = away.retry_after or _RETRY_SECONDS[claimed.attempt - 1]
    async with kit.unit(claimed.tenant_id) as unit:
        await attention.look_again(
            unit, claimed.conversation_id, fence=claimed.fence, delay=delay
        )
