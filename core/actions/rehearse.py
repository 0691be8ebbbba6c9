"""Try the assistant out: the same thinking as for a customer, and nothing done about it."""

from dataclasses import dataclass
from uuid import uuid4

from core.assistant.state import Case, Rules
from core.domain.decision import Proposal
from core.domain.errors import NotSetUp
from core.domain.ids import ConversationId
from core.domain.message import MessageType
from core.kit import Kit
from core.store import rules


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


async def try_message(kit: Kit, trial: Trial) -> Tried:
    """Return what the assistant would do about a message under the rules in force.

    Raises:
        NotSetUp: this process runs without the assistant.
        ModelDown: a model does not answer.
    """
    if kit.assistant is None:
        raise NotSetUp("This process runs without the assistant.")
    async with kit.mine() as unit:
        own = await rules.read(unit)
        model = await rules.model_settings(unit)
    case = Case(
        tenant=kit.member.tenant,
        conversation_id=ConversationId(uuid4()),
        thread_id=str(uuid4()),
        fragments=trial.fragments,
        message_types=(MessageType.TEXT,) * len(trial.fragments),
        has_media=False,
        history=(),
        customer_name=trial.sender,
        rules=Rules(
            instructions=own.instructions if own else "",
            ignore_examples=own.ignore_examples if own else (),
            version=own.version if own else 0,
            reply_language=own.reply_lang if own else None,
        ),
        threshold=own.threshold if own else 0.8,
        model=model,
    )
    started = kit.clock.elapsed()
    proposal = await kit.assistant.consider(case)
    return Tried(proposal=proposal, ms=round((kit.clock.elapsed() - started) * 1000))
