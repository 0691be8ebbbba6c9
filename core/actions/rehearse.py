"""Try the assistant out: the same thinking as for a customer, and nothing done about it."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

from core.actions import ruling
from core.actions.configure import RuleSet
from core.assistant.state import Case
from core.domain.decision import Proposal
from core.domain.errors import NotSetUp
from core.domain.ids import ConversationId, DecisionId
from core.domain.message import MessageType
from core.domain.opinion import Opinion
from core.kit import Kit
from core.store import rules as rules_store

__all__ = [
    "Change",
    "Opinion",
    "Progress",
    "Rehearsal",
    "Trial",
    "Tried",
    "rehearse",
    "try_message",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A message nobody sent, in one or several fragments."""

    fragments: tuple[str, ...]
    platform: str = "whatsapp"
    sender: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What the assistant would do, and how long it thought, in milliseconds."""

    proposal: Proposal
    ms: int


async def try_message(kit: Kit, trial: Trial, rules: RuleSet | None = None) -> Tried:
    """Return what the assistant would do about a message, under `rules` or those in force.

    Raises:
        NotSetUp: this process runs without the assistant.
        ModelDown: a model does not answer.
    """
    if kit.assistant is None:
        raise NotSetUp("This process runs without the assistant.")
    async with kit.mine() as unit:
        own = await rules_store.read(unit)
    case = Case(
        tenant=kit.member.tenant,
        conversation_id=ConversationId(uuid4()),
        thread_id=str(uuid4()),
        fragments=trial.fragments,
        message_types=(MessageType.TEXT,) * len(trial.fragments),
        has_media=False,
        history=(),
        customer_name=trial.sender,
        rules=ruling.in_force(own) if rules is None else ruling.on_trial(rules, own),
        threshold=ruling.threshold_in_force(own)
        if rules is None
        else ruling.threshold_on_trial(rules, own),
    )
    started = kit.clock.elapsed()
    proposal = await kit.assistant.consider(case)
    return Tried(proposal=proposal, ms=round((kit.clock.elapsed() - started) * 1000))


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a rehearsal has come, in messages (bursts count as one)."""

    done: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A message that the rules on trial decide otherwise than it was decided."""

    decision_id: DecisionId
    conversation_id: ConversationId
    customer: str
    text: str
    before: Opinion
    after: Opinion


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """What a rehearsal found: how many messages it went through, and what changes."""

    messages: int
    changes: tuple[Change, ...]


async def rehearse(
    kit: Kit,
    rules: RuleSet,
    *,
    days: int,
    progress: Callable[[Progress], None] | None = None,
) -> Rehearsal:
    """Decide anew about the real messages of the last days, under rules not yet saved.

    Nothing is written and nothing is sent. Cancelling the task ends it at once.

    Raises:
        Refused: the number of days makes no sense.
        NotSetUp: this process runs without the assistant.
        ModelDown: a model does not answer.
    """
    raise NotImplementedError
