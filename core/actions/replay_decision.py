"""Decide again about a message: as it was decided then, and as it would be today."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from core.actions import ruling, snapshots
from core.assistant import replay as recorded
from core.domain import opinion
from core.domain.decision import Proposal
from core.domain.errors import NotFound, NotSetUp
from core.domain.ids import DecisionId
from core.domain.opinion import DIGITS, Opinion
from core.kit import Kit
from core.store import decision_log
from core.store import rules as rules_store

__all__ = ["Opinion", "Replayed", "replay"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """A decision three times: as kept, from what was recorded, and as of today.

    `same` tells whether the recorded inputs gave the stored decision again, to the last
    word; `differences` says what is otherwise, then and today.
    """

    stored: Opinion
    again: Opinion
    today: Opinion
    same: bool
    differences: tuple[str, ...]


async def replay(kit: Kit, decision_id: DecisionId) -> Replayed:
    """Return a decision as it was kept, made again, and made anew.

    Raises:
        NotFound: it is not in this inbox.
        Refused: it was made by an earlier version, which kept too little.
        NotSetUp: this process runs without the assistant.
        ModelDown: a model does not answer.
    """
    if kit.assistant is None:
        raise NotSetUp("This process runs without the assistant.")
    async with kit.mine() as unit:
        kept = await decision_log.one(unit, decision_id)
        if kept is None:
            raise NotFound("That decision is not in this inbox.")
        snapshot = await snapshots.whole(unit, kept.snapshot)
        own = await rules_store.read(unit)
    again = await recorded.replay(snapshot)
    case = recorded.recorded_case(snapshot, kit.member.tenant)
    today = await kit.assistant.weigh(
        replace(
            case, rules=ruling.on_trial(None, own), threshold=ruling.threshold(None, own)
        )
    )
    stored = Opinion(
        decision=kept.decision,
        confidence=round(kept.confidence, DIGITS),
        reason=kept.reason,
        reply=kept.snapshot.get("reply"),
    )
    is_same = recorded.outcome(again) == snapshot.get("outcome") and stored == (
        opinion.of_proposal(again)
    )
    return Replayed(
        stored=stored,
        again=opinion.of_proposal(again),
        today=opinion.of_proposal(today),
        same=is_same,
        differences=(
            *_then(stored, again, same=is_same),
            *_since(snapshot, again, today),
        ),
    )


def _then(stored: Opinion, again: Proposal, *, same: bool) -> Iterator[str]:
    """Say how the recorded inputs lead elsewhere, which only our own code can bring about."""
    if same:
        return
    made = opinion.of_proposal(again)
    yield "Made again from what was recorded, it comes out otherwise: the assistant has changed."
    yield from _between(stored, made, "made again")


def _since(snapshot: dict[str, Any], again: Proposal, today: Proposal) -> Iterator[str]:
    """Say what is otherwise today: what was decided, and what it was decided with."""
    before, after = opinion.of_proposal(again), opinion.of_proposal(today)
    yield from _between(before, after, "today")
    for name, label in _INPUTS.items():
        then, now = snapshot.get(name), today.snapshot.get(name)
        if then != now:
            yield f"{label}: {_said(then)} then, {_said(now)} today."
    then, now = _source(snapshot), _source(today.snapshot)
    if then != now:
        yield f"The nearest passage: {_said(then)} then, {_said(now)} today."


_INPUTS = {
    "rules_version": "The version of the rules",
    "model": "The model",
    "embedder": "The embedder",
    "weights": "The weights of the confidence",
}


def _between(before: Opinion, after: Opinion, when: str) -> Iterator[str]:
    if before.decision is not after.decision:
        yield f"The decision: {before.decision.value} then, {after.decision.value} {when}."
    if before.confidence != after.confidence:
        yield f"The confidence: {before.confidence:.3f} then, {after.confidence:.3f} {when}."
    if before.reason != after.reason:
        yield f"The reason: “{before.reason}” then, “{after.reason}” {when}."
    if before.reply != after.reply:
        yield f"The reply: {_said(before.reply)} then, {_said(after.reply)} {when}."


def _source(snapshot: dict[str, Any]) -> str | None:
    passages = snapshot.get("passages") or [{}]
    title = passages[0].get("title")
    return None if title is None else str(title)


def _said(value: object) -> str:
    if value is None:
        return "none"
    return f"“{value}”" if isinstance(value, str) else str(value)
