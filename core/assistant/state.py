"""What one run of the assistant is given."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from core.domain.decision import Proposal
from core.domain.ids import ConversationId, FaqId, TenantId
from core.domain.knowledge import Passage
from core.domain.message import MessageType
from core.domain.model_settings import ModelSettings
from core.domain.rule import Costs, TriageRule
from core.llm.base import Turn, Vector


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The owner's rules in force; `version` is kept with every decision."""

    instructions: str = ""
    ignore_examples: tuple[str, ...] = ()
    escalate_examples: tuple[str, ...] = ()
    respond_examples: tuple[str, ...] = ()
    tone: str = ""
    allow_listed_links: tuple[str, ...] = ()
    triage_rules: tuple[TriageRule, ...] = ()
    """In the owner's order: the first that matches decides."""
    costs: Costs = field(default_factory=Costs)
    version: int = 0
    reply_language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One customer waiting for an answer: what they said, and what was said before.

    `fragments` are the unanswered texts, oldest first; empty when they sent only files.
    `platform`, `labels` and `at`, the moment of their last message, are for rules to ask.
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
    platform: str = ""
    labels: tuple[str, ...] = ()
    at: datetime | None = None
    model: ModelSettings = field(default_factory=ModelSettings)


class Retrieve(Protocol):
    """Finds the passages of one inbox's knowledge that answer a question, best first."""

    async def __call__(
        self, tenant: TenantId, query: str, lang: str | None, k: int
    ) -> list[Passage]:
        """Return at most `k` passages."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Embedded:
    """A text with its vector."""

    text: str
    vector: Vector


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownEntry:
    """A FAQ entry as the matcher knows it: the ways to ask it, each with its vector.

    `copies` of them that lack some words (see `thinning`) are taught beside them, with less
    weight. `category` is what the owner files the entry under, alone or with others.
    """

    id: FaqId
    lang_code: str
    phrasings: tuple[str, ...]
    vectors: tuple[Vector, ...]
    copies: tuple[Embedded, ...] = ()
    category: Embedded | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FaqSet:
    """All entries of an inbox that may answer; the same `version` is the same content.

    `embedder` made all vectors; a question is compared only as that one sees it.
    `unanswered` are messages of customers that nothing known answers, as far as people have
    not said otherwise, and `recent` the last ones of all kinds.
    """

    version: str
    embedder: str
    entries: tuple[KnownEntry, ...]
    unanswered: tuple[Embedded, ...] = ()
    recent: tuple[Embedded, ...] = ()


class Phrasings(Protocol):
    """Knows every phrasing of one inbox's FAQ."""

    async def version(self, tenant: TenantId) -> str:
        """Return what changes whenever the FAQ does; cheap, asked for every message."""
        ...

    async def read(self, tenant: TenantId) -> FaqSet:
        """Return the FAQ with its vectors."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """How likely a suggestion was to be right, as shipped, and whether people found it so."""

    likely: float
    right: bool


class Outcomes(Protocol):
    """Knows what came of one inbox's suggestions."""

    async def read(self, tenant: TenantId) -> tuple[Came, ...]:
        """Return those that people have judged by what they did, newest last."""
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
