"""Run a decision again from its snapshot: the same steps, and nothing asked of anybody.

No database, no embedder, no model: passages, numbers and sentences are fed back as they
were answered then. Only our own code can make the outcome differ.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NoReturn
from uuid import UUID

from core.assistant import graph, run
from core.assistant.lookups import Recorded
from core.assistant.nodes import Nodes
from core.assistant.rebuild import rebuilt
from core.assistant.recorded_model import recorded_model
from core.assistant.recording import FORMAT
from core.assistant.state import Case
from core.domain.decision import Proposal
from core.domain.errors import Refused
from core.domain.ids import TenantId
from core.domain.knowledge import Passage
from core.llm.base import ChunkText, ChunkVectors, Vector

_NOBODY = TenantId(UUID(int=0))


async def replay(snapshot: Mapping[str, Any]) -> Proposal:
    """Return what the assistant decides from what a snapshot holds.

    Raises:
        Refused: it was made by an earlier version or a later one, or it is damaged.
    """
    case = recorded_case(snapshot, _NOBODY)
    try:
        found = _Found([rebuilt(Passage, one) for one in snapshot["passages"]])
        look = Recorded(dict(snapshot["lookups"]))
        model = recorded_model(snapshot)
    except (KeyError, TypeError, ValueError) as error:
        raise _damaged() from error
    nodes = Nodes(found, _NoEmbedder(), model, look=look)
    finished = await graph.finished(graph.compiled(nodes), case)
    return run.proposal(finished["proposal"])


def recorded_case(snapshot: Mapping[str, Any], tenant: TenantId) -> Case:
    """Return the case as the assistant was given it.

    Raises:
        Refused: the snapshot cannot be replayed; the error says why.
    """
    made_by = snapshot.get("format", 1)
    if not isinstance(made_by, int) or made_by > FORMAT:
        raise Refused(
            "This decision cannot be replayed: it was made by a later version.",
            "Update SocialSync on this machine.",
        )
    if made_by < FORMAT:
        raise Refused(
            "This decision cannot be replayed: it was made by an earlier version.",
            "Decisions made from now on can be.",
        )
    try:
        told = dict(snapshot["case"])
        return rebuilt(Case, {**told, "tenant": str(tenant), "thread_id": "replay"})
    except (KeyError, TypeError, ValueError) as error:
        raise _damaged() from error


def outcome(proposal: Proposal) -> run.Json:
    """Return a proposal in the form in which a snapshot keeps the outcome."""
    plain = run.plain(proposal)
    del plain["snapshot"]
    return plain


def _damaged() -> Refused:
    return Refused(
        "This decision cannot be replayed: its record is damaged.",
        "Compare it with what the assistant decides today.",
    )


class _Found:
    """A knowledge base that finds what was found then."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._passages = list(passages)

    async def __call__(
        self, tenant: TenantId, query: str, lang: str | None, k: int
    ) -> list[Passage]:
        """Return the recorded passages."""
        del tenant, query, lang
        return self._passages[:k]


class _NoEmbedder:
    """Stands where an embedder must; a replay has everything an embedder would say."""

    name = "recorded"
    dimensions = 0

    async def embed(self, _texts: Sequence[str]) -> list[Vector]:
        """Refuse."""
        self._refuse()

    async def embed_chunks(self, _chunks: Sequence[ChunkText]) -> list[ChunkVectors]:
        """Refuse."""
        self._refuse()

    def _refuse(self) -> NoReturn:
        raise Refused(
            "This decision cannot be replayed: the assistant would ask its embedder.",
            "Compare it with what the assistant decides today.",
        )
