"""Try the assistant out: the same thinking as for a customer, and nothing done about it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from uuid import uuid4

from core.actions import ruling
from core.actions.configure import RuleSet, check_rule_set
from core.actions.told import HISTORY, turn_of
from core.assistant import recorded_model
from core.assistant.state import Assistant, Case, Rules
from core.domain import opinion
from core.domain.decision import Proposal
from core.domain.errors import NotSetUp, Refused
from core.domain.ids import ConversationId, DecisionId, TenantId
from core.domain.message import MessageType
from core.domain.model_settings import ModelSettings
from core.domain.opinion import Opinion
from core.kit import Kit
from core.store import rehearsals
from core.store import rules as rules_store
from core.store.rehearsals import Decided, Span

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

MOST_DAYS = 366
_AT_ONCE = 6
"""Messages under way: while one waits for its vector, others search and weigh."""
PAGE = 500
"""Messages that are read at a time."""


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
        Refused: something in the rules makes no sense.
        NotSetUp: this process runs without the assistant.
        ModelDown: a model does not answer.
    """
    if kit.assistant is None:
        raise NotSetUp("This process runs without the assistant.")
    if rules is not None:
        check_rule_set(rules)
    async with kit.mine() as unit:
        own = await rules_store.read(unit)
        model = await rules_store.model_settings(unit)
    case = Case(
        tenant=kit.member.tenant,
        conversation_id=ConversationId(uuid4()),
        thread_id=str(uuid4()),
        fragments=trial.fragments,
        message_types=(MessageType.TEXT,) * len(trial.fragments),
        has_media=False,
        history=(),
        customer_name=trial.sender,
        rules=ruling.on_trial(rules, own),
        threshold=ruling.threshold(rules, own),
        model=model,
        platform=trial.platform,
        at=kit.clock.now(),
    )
    started = kit.clock.elapsed()
    proposal = await kit.assistant.weigh(case)
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

    Nothing is written and nothing is sent. A language model is not asked again: what it
    said of a message then is taken as said, so that a rehearsal costs nothing and passes no
    cap. Cancelling the task ends it at once.

    Raises:
        Refused: the number of days makes no sense, or something in the rules.
        NotSetUp: this process runs without the assistant.
        ModelDown: the embedder does not answer.
    """
    if not 1 <= days <= MOST_DAYS:
        raise Refused(f"A rehearsal goes over 1 to {MOST_DAYS} days, not {days}.")
    check_rule_set(rules)
    if kit.assistant is None:
        raise NotSetUp("This process runs without the assistant.")
    async with kit.mine() as unit:
        own = await rules_store.read(unit)
        model = await rules_store.model_settings(unit)
        span = await rehearsals.span(unit, days)
    stage = _Stage(
        assistant=kit.assistant,
        tenant=kit.member.tenant,
        rules=ruling.on_trial(rules, own),
        threshold=ruling.threshold(rules, own),
        model=model,
        total=span.count,
        progress=progress,
    )
    async for page in _pages(kit, span):
        await _each(page, stage.play)
    return Rehearsal(messages=stage.done, changes=stage.found())


async def _pages(kit: Kit, span: Span) -> AsyncIterator[list[Decided]]:
    """Give the decisions of a span in pages, newest first; none is held while it is read."""
    before = None
    while True:
        async with kit.mine() as unit:
            page = await rehearsals.decided(unit, span, before, history=HISTORY, limit=PAGE)
        if page:
            yield page
        if len(page) < PAGE:
            return
        before = (page[-1].created_at, page[-1].id)


async def _each(
    items: Iterable[Decided], work: Callable[[Decided], Awaitable[None]]
) -> None:
    """Do `work` for each item, some at once; the first failure ends all of it."""
    waiting = iter(items)

    async def worker() -> None:
        for item in waiting:
            await work(item)

    tasks = [asyncio.create_task(worker()) for _ in range(_AT_ONCE)]
    try:
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@dataclass(slots=True, kw_only=True)
class _Stage:
    """The rules on trial, and what has come of them so far."""

    assistant: Assistant
    tenant: TenantId
    rules: Rules
    threshold: float
    model: ModelSettings
    total: int
    progress: Callable[[Progress], None] | None
    done: int = 0
    changes: list[tuple[Decided, Change]] = field(default_factory=list)

    async def play(self, decided: Decided) -> None:
        """Decide anew about one burst."""
        with recorded_model.as_then(decided.said):
            proposal = await self.assistant.weigh(self._case(decided))
        before, after = _before(decided), opinion.of_proposal(proposal)
        if (before.decision, before.reply) != (after.decision, after.reply):
            self.changes.append((decided, _change(decided, before, after)))
        self.done += 1
        if self.progress is not None:
            self.progress(Progress(done=self.done, total=max(self.done, self.total)))

    def found(self) -> tuple[Change, ...]:
        """Return the changes, newest first."""
        ordered = sorted(
            self.changes, key=lambda one: (one[0].created_at, one[0].id), reverse=True
        )
        return tuple(change for _, change in ordered)

    def _case(self, decided: Decided) -> Case:
        return Case(
            tenant=self.tenant,
            conversation_id=decided.conversation_id,
            thread_id=str(decided.id),
            fragments=tuple(text for text in decided.fragments if text.strip()),
            message_types=decided.types,
            has_media=decided.has_media,
            history=tuple(turn_of(*said) for said in decided.history),
            customer_name=decided.customer,
            rules=self.rules,
            threshold=self.threshold,
            model=self.model,
            platform=decided.platform,
            labels=decided.labels,
            at=decided.at,
        )


def _before(decided: Decided) -> Opinion:
    return Opinion(
        decision=decided.decision,
        confidence=decided.confidence,
        reason=decided.reason,
        reply=decided.reply,
    )


def _change(decided: Decided, before: Opinion, after: Opinion) -> Change:
    return Change(
        decision_id=decided.id,
        conversation_id=decided.conversation_id,
        customer=decided.customer,
        text="\n".join(text for text in decided.fragments if text.strip()),
        before=before,
        after=after,
    )
