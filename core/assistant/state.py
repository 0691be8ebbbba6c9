"""What one run of the assistant is given."""

from dataclasses import dataclass
from typing import Protocol

from core.domain.decision import Proposal
from core.domain.ids import ConversationId, TenantId
from core.domain.knowledge import Passage
from core.domain.message import MessageType
from core.llm.base import Turn


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The owner's rules in force; `version` is kept with every decision."""

    instructions: str = ""
    ignore_examples: tuple[str, ...] = ()
    version: int = 0
    reply_language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One customer waiting for an answer: what they said, and what was said before.

    `fragments` are the unanswered texts, oldest first; empty when they sent only files.
    """

    tenant: TenantId
    conversation_id: ConversationId
    thread_id: str
    fragments: tuple[str, ...]
    message_types: tuple[MessageType, ...]
    has_media: bool
    history: tuple[Turn, ...]
    customer_name: str
    rules: Rules
    threshold: float


class Retrieve(Protocol):
    """Finds the passages of one inbox's knowledge that answer a question, best first."""

    async def __call__(
        self, tenant: TenantId, query: str, lang: str | None, k: int
    ) -> list[Passage]:
        """Return at most `k` passages."""
        ...


class Assistant(Protocol):
    """Whoever can consider a case; `graph.open_assistant` opens the one we have."""

    async def consider(self, case: Case) -> Proposal:
        """Return what to do about a case, doing none of it.

        Raises:
            ModelDown: a model is away or takes too long.
        """
        ...

    async def weigh(self, case: Case) -> Proposal:
        """Return the same as `consider`, for a case that nobody waits in.

        It leaves nothing behind from which it could go on.

        Raises:
            ModelDown: a model is away or takes too long.
        """
        ...
