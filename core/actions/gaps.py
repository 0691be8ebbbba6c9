"""Close the gaps of the knowledge base: what was not answered becomes an entry that answers.

A job groups the questions that were handed to people for want of an answer (`group_gaps`).
What a person then wrote becomes the draft of an entry; an admin edits and keeps it, and the group's own
messages are considered again, so that everybody sees what the entry changed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from core import queue
from core.actions import phrase
from core.actions.group_gaps import regroup
from core.actions.rehearse import Trial, try_message
from core.actions.teach import permit
from core.domain.decision import Decision
from core.domain.errors import AlreadyDecided, NotFound, NotSetUp
from core.domain.gap import DraftedEntry, Effect, Gap, GapMessage, GapStatus
from core.domain.ids import FaqId, GapId
from core.domain.knowledge import FaqText
from core.kit import Kit
from core.knowledge import drafting
from core.notices import NoticeKind
from core.queue import JobName
from core.store import faqs, gaps
from core.store.gaps import Answered
from core.store.pool import Unit

__all__ = [
    "Measuring",
    "approve",
    "dismiss",
    "draft_entry",
    "look_again",
    "measure",
    "regroup",
]

MOST_MEASURED = 60
"""Messages of a group that are considered again: the newest, some seconds' work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measuring:
    """How far a measurement has come."""

    done: int
    total: int


Progress = Callable[[Measuring], None]


async def look_again(kit: Kit) -> None:
    """Queue a look at this inbox now.

    Raises:
        Refused: this member is no admin.
    """
    permit(kit)
    async with kit.mine() as unit:
        await queue.put_once(unit, JobName.GROUP_GAPS, kit.member.tenant)


async def draft_entry(kit: Kit, gap: GapId) -> DraftedEntry:
    """Return the entry that a person's answer would make; it is kept by `approve` alone.

    A gap that was answered before gives its entry, with the new ways to ask it.

    Raises:
        NotFound: the gap is gone.
    """
    async with kit.mine() as unit:
        found, messages = await _read(unit, gap)
        known = {one.id: one for one in await faqs.all_of(unit)}
    standing = None if found.faq_id is None else known.get(found.faq_id)
    return drafting.drafted(found, messages, standing)


async def approve(
    kit: Kit, gap: GapId, entry: FaqText, progress: Progress | None = None
) -> Effect | None:
    """Keep an entry for a gap, and measure what it changes.

    Without an assistant in this process nothing is measured; `measure` does it later.

    Raises:
        NotFound: the gap is gone.
        AlreadyDecided: somebody has answered or dismissed it.
        Refused: this member is no admin.
        BadDocument: the question or the answer is missing.
        Conflict: another entry asks the same in the same language.
        BudgetSpent: the plan's storage is full.
        ModelDown: a model does not answer.
    """
    permit(kit)
    async with kit.mine() as unit:
        found, messages = await _read(unit, gap)
    if found.status is GapStatus.ANSWERED:
        raise AlreadyDecided("Somebody has written an entry for this already.")
    some = messages[:MOST_MEASURED]
    steps = _Steps(progress, 2 * len(some))
    before = await _considered(kit, some, steps)
    faq = await _kept(kit, found.faq_id, entry)
    async with kit.mine() as unit:
        if not await gaps.settle(unit, gap, GapStatus.ANSWERED, faq=faq, by=kit.member.id):
            raise _gone()
        await gaps.keep_before(unit, gap, before)
    return await _measured(kit, gap, some, steps)


async def _kept(kit: Kit, faq: FaqId | None, entry: FaqText) -> FaqId:
    """Change the entry that was written for a gap before, or write a new one."""
    if faq is not None:
        await phrase.change_faq(kit, faq, entry)
        return faq
    return await phrase.add_faq(kit, entry)


async def dismiss(kit: Kit, gap: GapId) -> None:
    """Put a gap aside; questions of the kind join it in silence from now on.

    Raises:
        NotFound: the gap is gone.
        Refused: this member is no admin.
    """
    permit(kit)
    async with kit.mine() as unit:
        if not await gaps.settle(
            unit, gap, GapStatus.DISMISSED, faq=None, by=kit.member.id
        ):
            raise _gone()
        await unit.publish(NoticeKind.FAQ_CHANGED, None)


async def measure(kit: Kit, gap: GapId, progress: Progress | None = None) -> Effect:
    """Consider a gap's messages again and keep how many are answered now.

    Raises:
        NotFound: the gap is gone.
        Refused: this member is no admin.
        NotSetUp: this process runs without the assistant.
        ModelDown: a model does not answer.
    """
    permit(kit)
    async with kit.mine() as unit:
        _, messages = await _read(unit, gap)
    some = messages[:MOST_MEASURED]
    found = await _measured(kit, gap, some, _Steps(progress, len(some)))
    if found is None:
        raise NotSetUp("This process runs without the assistant.")
    return found


async def _measured(
    kit: Kit, gap: GapId, some: Sequence[GapMessage], steps: "_Steps"
) -> Effect | None:
    if kit.assistant is None:
        return None
    after = await _considered(kit, some, steps)
    async with kit.mine() as unit:
        await gaps.keep_after(unit, gap, after)
        found = await gaps.get(unit, gap)
        await unit.publish(NoticeKind.FAQ_CHANGED, None)
    if found is None:
        raise _gone()
    return found.effect


class _Steps:
    """Counts considered messages for whoever watches."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress = progress
        self._total = total
        self._done = 0

    def step(self) -> None:
        self._done += 1
        if self._progress is not None:
            self._progress(Measuring(done=self._done, total=self._total))


async def _considered(
    kit: Kit, messages: Sequence[GapMessage], steps: _Steps
) -> list[Answered]:
    """Ask the assistant about each message, as if it came now; nothing is sent or kept."""
    if kit.assistant is None:
        return []
    found: list[Answered] = []
    for one in messages:
        tried = await try_message(kit, Trial(fragments=(one.text,)))
        decision = tried.proposal.verdict.decision
        found.append(
            Answered(escalation_id=one.escalation_id, answered=decision is Decision.RESPOND)
        )
        steps.step()
    return found


async def _read(unit: Unit, gap: GapId) -> tuple[Gap, list[GapMessage]]:
    found = await gaps.get(unit, gap)
    if found is None:
        raise _gone()
    return found, await gaps.messages_of(unit, gap)


def _gone() -> NotFound:
    return NotFound("This group of questions is gone.", "Read the list again.")
