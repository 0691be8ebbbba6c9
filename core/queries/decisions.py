"""The log of decisions: a page of it, and everything about one."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from core.domain.decision import Citation, Decision
from core.domain.errors import NotFound
from core.domain.ids import DecisionId
from core.domain.storable import require_storable
from core.kit import Kit
from core.store import decision_log
from core.store.decision_log import DecisionRow, Wanted
from core.store.decisions import citations_of

__all__ = ["DecisionDetail", "DecisionRow", "one", "page"]

MOST_ROWS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionDetail:
    """A decision with its reply, the words it stood on, and what it can be replayed from."""

    row: DecisionRow
    reply: str | None
    citations: tuple[Citation, ...]
    snapshot: dict[str, Any]


async def page(
    kit: Kit,
    *,
    search: str = "",
    decision: Decision | None = None,
    before: UUID | None = None,
    limit: int = 50,
) -> list[DecisionRow]:
    """Return a page of the log, newest first: the top, or what is older than `before`.

    `search` looks in the message, the reason and the customer's name, whatever the accents.

    Raises:
        NotFound: `before` is not in this inbox's log.
        Refused: the search holds half a character, which no text does.
    """
    words = " ".join(search.replace("\x00", " ").split())
    require_storable(words, "The search")
    async with kit.mine() as unit:
        place = None
        if before is not None:
            at = await decision_log.made_at(unit, before)
            if at is None:
                raise NotFound(
                    "That decision is no longer in the log.", "Start at the top."
                )
            place = (before, at)
        wanted = Wanted(
            search=words,
            decision=decision,
            before=place,
            limit=max(1, min(limit, MOST_ROWS)),
        )
        return await decision_log.page(unit, wanted)


async def one(kit: Kit, decision_id: DecisionId) -> DecisionDetail:
    """Return everything about a decision.

    Raises:
        NotFound: it is not in this inbox.
    """
    async with kit.mine() as unit:
        kept = await decision_log.one(unit, decision_id)
    if kept is None:
        raise NotFound("That decision is not in this inbox.")
    return DecisionDetail(
        row=kept.row(),
        reply=kept.snapshot.get("reply"),
        citations=citations_of(kept.snapshot.get("citations") or []),
        snapshot=kept.snapshot,
    )
