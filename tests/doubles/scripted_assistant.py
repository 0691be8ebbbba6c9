"""An assistant that proposes what a test tells it to, when the test lets it."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from core.assistant.state import Case
from core.domain.decision import Citation, Decision, EscalationReason, Proposal, Verdict
from core.llm.base import ChunkText, ChunkVectors


def answer(text: str, *, confidence: float = 0.95) -> Proposal:
    """Return a proposal to say `text`, standing on one citation."""
    return Proposal(
        verdict=Verdict(
            decision=Decision.RESPOND, confidence=confidence, reason="The hours are known."
        ),
        reply=text,
        citations=(Citation(title="Hours", name="hours.md", quote=text),),
        snapshot={"model": "scripted"},
    )


def silence() -> Proposal:
    """Return a proposal to ignore what was said."""
    return Proposal(
        verdict=Verdict(decision=Decision.IGNORE, confidence=0.9, reason="Only thanks.")
    )


def call_a_person(reason: EscalationReason = EscalationReason.CUSTOMER_REQUEST) -> Proposal:
    """Return a proposal to escalate."""
    verdict = Verdict(
        decision=Decision.ESCALATE,
        confidence=0.9,
        reason="Asked for a person.",
        escalation_reason=reason,
    )
    return Proposal(verdict=verdict, summary="Wants to talk to somebody.")


@dataclass
class ScriptedAssistant:
    """Answers every case with `propose`; `cases` are those it has been shown.

    While `may_finish` is cleared it goes on thinking; `thinking` is set once it has begun.
    """

    propose: Callable[[Case], Proposal] = lambda _case: answer("Bonjour !")
    cases: list[Case] = field(default_factory=list)
    thinking: asyncio.Event = field(default_factory=asyncio.Event)
    may_finish: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.may_finish.set()

    async def consider(self, case: Case) -> Proposal:
        """Return the scripted proposal, once it may."""
        self.cases.append(case)
        self.thinking.set()
        await self.may_finish.wait()
        return self.propose(case)

    async def weigh(self, case: Case) -> Proposal:
        """Return the scripted proposal at once."""
        self.cases.append(case)
        return self.propose(case)


class NoEmbedder:
    """Stands where an embedder must, in engines whose work needs none."""

    name = "none"
    dimensions = 384

    async def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """Refuse: nothing in these tests searches by meaning."""
        raise AssertionError(f"{len(texts)} texts were to be embedded")

    async def embed_chunks(self, chunks: Sequence[ChunkText]) -> list[ChunkVectors]:
        """Refuse as well."""
        raise AssertionError(f"{len(chunks)} chunks were to be embedded")
