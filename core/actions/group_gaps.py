"""Group the questions that were handed to people for want of an answer.

Vectors are made before a transaction is opened. Each look takes what is new, some hundred
questions at a time, and leaves standing groups as they are (`knowledge.gaps`).
"""

from collections.abc import Sequence
from functools import lru_cache
from uuid import uuid4

from core import queue
from core.actions import embed
from core.domain.gap import GapStatus
from core.domain.ids import EscalationId, GapId, TenantId
from core.domain.wording import without_persons
from core.kit import Kit
from core.knowledge.gaps import (
    Asked,
    Grouping,
    Standing,
    central,
    essence,
    grouped,
    spoken,
)
from core.knowledge.language import CERTAIN, Guess, guess
from core.llm.base import Embedder
from core.notices import NoticeKind
from core.queue import JobName
from core.store import grouping
from core.store.grouping import GroupedMessage, NewGapMessage
from core.store.pool import Unit

_AT_ONCE = 500
_TELLING = 48


async def notice(kit: Kit) -> None:
    """Queue a look at every inbox in which something waits to be grouped."""
    if kit.embedder is None:
        return
    async with kit.database.claim() as unit:
        tenants = await grouping.tenants_with_ungrouped(unit)
    for tenant in tenants:
        async with kit.unit(tenant) as unit:
            await queue.put_once(unit, JobName.GROUP_GAPS, tenant)


async def regroup(kit: Kit, tenant: TenantId) -> int:
    """Put what waits into groups; return how many messages that were. Safe to run twice.

    Raises:
        ModelDown: the embedder does not answer; what was grouped is kept.
        Conflict: the inbox has changed to another embedder meanwhile; run it again.
    """
    async with kit.unit(tenant) as unit:
        embedder = await embed.searched_with(kit, unit)
        await grouping.prune(unit)
        standing = await grouping.grouped(unit)
    await _reembed(kit, tenant, embedder, standing)
    done = 0
    while True:
        async with kit.unit(tenant) as unit:
            waiting = await grouping.ungrouped(unit, limit=_AT_ONCE)
        if not waiting:
            return done
        vectors = await embedder.embed([essence(one.text) for one in waiting])
        fresh = [
            NewGapMessage(
                escalation_id=one.escalation_id,
                text=one.text,
                vector=vector,
                asked_at=one.asked_at,
            )
            for one, vector in zip(waiting, vectors, strict=True)
        ]
        async with kit.unit(tenant) as unit:
            await grouping.reserve(unit)
            await embed.hold(unit, embedder)
            await _place(unit, embedder, fresh, [one.lang_code for one in waiting])
            await unit.publish(NoticeKind.FAQ_CHANGED, None)
        done += len(waiting)


async def _reembed(
    kit: Kit, tenant: TenantId, embedder: Embedder, standing: Sequence[GroupedMessage]
) -> None:
    """Give messages of another embedder vectors that can be compared with new ones."""
    old = [one for one in standing if one.embedder != embedder.name]
    for at in range(0, len(old), _AT_ONCE):
        some = old[at : at + _AT_ONCE]
        vectors = await embedder.embed([essence(one.text) for one in some])
        ids = [one.escalation_id for one in some]
        async with kit.unit(tenant) as unit:
            await grouping.reembed(
                unit, embedder.name, list(zip(ids, vectors, strict=True))
            )


async def _place(
    unit: Unit,
    embedder: Embedder,
    fresh: Sequence[NewGapMessage],
    read_as: Sequence[str | None],
) -> None:
    """Find the groups of fresh messages and write them down."""
    stage = _Stage(await grouping.grouped(unit), fresh, read_as)
    found = grouped(stage.fresh, stage.standing)
    homes = dict(enumerate(stage.gaps))
    placed: list[tuple[GapId, NewGapMessage]] = []
    for ids in found.new:
        gap, group = GapId(uuid4()), [stage.asked[one] for one in ids]
        first = stage.message[ids[0]]
        question = _question(group)
        await grouping.open_gap(unit, gap, question, spoken(group), first.asked_at)
        placed += [(gap, stage.message[one]) for one in ids]
    moves = [
        (stage.known[one], homes[at])
        for one, at in found.joined.items()
        if one in stage.known
    ]
    placed += [
        (homes[at], stage.message[one])
        for one, at in found.joined.items()
        if one in stage.message
    ]
    await grouping.put(unit, embedder.name, placed)
    await grouping.move(unit, moves)
    await grouping.grown(unit, stage.reworded(found))
    await grouping.prune(unit)


class _Stage:
    """Standing groups and fresh messages under the small numbers that grouping works with."""

    def __init__(
        self,
        standing: Sequence[GroupedMessage],
        fresh: Sequence[NewGapMessage],
        read_as: Sequence[str | None],
    ) -> None:
        self.known: dict[int, EscalationId] = {}
        self.message: dict[int, NewGapMessage] = {}
        self.asked: dict[int, Asked] = {}
        by_gap: dict[GapId, list[Asked]] = {}
        decided: set[GapId] = set()
        for one in standing:
            asked = self._take(one.text, one.lang_code, _vector(one.vector))
            self.known[asked.id] = one.escalation_id
            by_gap.setdefault(one.gap_id, []).append(asked)
            if one.status is not GapStatus.OPEN:
                decided.add(one.gap_id)
        self.gaps = list(by_gap)
        self.standing = [
            Standing(members=tuple(group), is_firm=len(group) > 1 or gap in decided)
            for gap, group in by_gap.items()
        ]
        self.fresh: list[Asked] = []
        for new, lang in zip(fresh, read_as, strict=True):
            asked = self._take(new.text, lang, new.vector)
            self.message[asked.id] = new
            self.fresh.append(asked)

    def _take(self, text: str, read_as: str | None, vector: Sequence[float]) -> Asked:
        """Number a message; `read_as` is the language it counts for where it is too short."""
        seen = _guessed(text)
        is_sure = seen.confidence >= CERTAIN
        asked = Asked(
            id=len(self.asked),
            text=text,
            lang_code=seen.code if is_sure else read_as or seen.code,
            vector=list(vector),
            is_sure=is_sure,
        )
        self.asked[asked.id] = asked
        return asked

    def reworded(self, found: Grouping) -> list[tuple[GapId, str]]:
        """Return the central questions of the groups that something has joined."""
        grown: dict[int, list[Asked]] = {}
        for one, at in found.joined.items():
            grown.setdefault(at, []).append(self.asked[one])
        return [
            (self.gaps[at], _question([*self.standing[at].members, *joined]))
            for at, joined in grown.items()
        ]


@lru_cache(maxsize=8192)
def _guessed(text: str) -> Guess:
    """Return the language of a text; what stands in a group is looked at each time."""
    return guess(text)


def _vector(literal: str) -> list[float]:
    return [float(number) for number in literal.strip("[]").split(",")]


def _question(group: Sequence[Asked]) -> str:
    """Return what a group asks; some dozen of its messages say it as well as all."""
    some = group[:_TELLING]
    return without_persons(some[central(some)].text)
