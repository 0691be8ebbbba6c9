"""Compare how the demo's conversations end with how its script says they should."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

import typer

from core.domain.decision import Decision
from core.kit import Kit
from core.queries import outcomes
from core.queries.outcomes import OutcomeRow
from core.sandbox.customers import PlayedConversation
from core.sandbox.script import ScriptedConversation

_LOOK_SECONDS = 0.3
_PATIENCE_SECONDS = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Waiting:
    played: PlayedConversation
    since: float


class Judge:
    """Prints a line for each conversation as it ends, and the sum at the end."""

    def __init__(self, kit: Kit, *, as_json: bool) -> None:
        self._kit = kit
        self._as_json = as_json
        self._waiting: list[_Waiting] = []
        self._ended = 0
        self._as_scripted = 0
        self._silent = 0

    @property
    def complete(self) -> bool:
        """Return whether every conversation ended at all."""
        return self._silent == 0

    def expect(self, played: PlayedConversation) -> None:
        """Watch a conversation whose customer has said everything."""
        self._waiting.append(_Waiting(played=played, since=self._kit.clock.elapsed()))

    @asynccontextmanager
    async def watching(self, total: int) -> AsyncIterator[asyncio.Task[None]]:
        """Watch until `total` conversations have ended; yields what to wait for."""
        watch = asyncio.create_task(self._watch(total))
        try:
            yield watch
        finally:
            watch.cancel()
            with suppress(asyncio.CancelledError):
                await watch
        self._sum_up(total)

    async def _watch(self, total: int) -> None:
        with self._kit.notices.subscribed() as notices:
            while self._ended < total:
                with suppress(TimeoutError):
                    async with asyncio.timeout(_LOOK_SECONDS):
                        await notices.next()
                for waiting in tuple(self._waiting):
                    await self._look(waiting)

    async def _look(self, waiting: _Waiting) -> None:
        outcome = await outcomes.of_customer(self._kit, waiting.played.person.id)
        took = self._kit.clock.elapsed() - waiting.since
        expected = len(waiting.played.line.fragments)
        if outcome is None or not _has_ended(outcome, expected):
            if took < _PATIENCE_SECONDS:
                return
            self._silent += 1
        self._waiting.remove(waiting)
        self._ended += 1
        self._print(waiting.played.line, outcome, round(took * 1000))

    def _print(
        self, line: ScriptedConversation, outcome: OutcomeRow | None, ms: int
    ) -> None:
        good = outcome is not None and as_scripted(line, outcome)
        self._as_scripted += good
        decision = outcome.decision if outcome is not None else None
        if self._as_json:
            values = {
                "conversation": line.key,
                "expected": line.expected.value,
                "decision": decision,
                "ok": good,
                "ms": ms,
            }
            typer.echo(json.dumps(values, ensure_ascii=False))
            return
        mark = "ok " if good else "NOT"
        reply = outcome.reply if outcome is not None and outcome.reply else ""
        words = " ".join(reply.split())
        reason = outcome.escalation_reason if outcome is not None else ""
        typer.echo(f"{mark}  {line.key:<28} {decision or 'nothing':<9} {reason or words}")

    def _sum_up(self, total: int) -> None:
        if self._as_json:
            typer.echo(
                json.dumps({"conversations": total, "as_scripted": self._as_scripted})
            )
        else:
            typer.echo(f"{self._as_scripted} of {total} conversations ended as scripted.")


def _has_ended(outcome: OutcomeRow, fragments: int) -> bool:
    """Return whether everything was heard, decided on, and what was to be sent was.

    Once a person has the conversation, the assistant decides nothing more in it.
    """
    decided = outcome.undecided == 0 or outcome.status == "escalated"
    return outcome.inbound >= fragments and decided and outcome.unsent == 0


def as_scripted(line: ScriptedConversation, outcome: OutcomeRow) -> bool:
    """Return whether a conversation ended as its script says, on the right grounds."""
    if outcome.decision != line.expected.value:
        return False
    if line.expected is not Decision.RESPOND:
        return True
    sources = {one["name"] for one in outcome.citations}
    sources |= {one["title"] for one in outcome.citations}
    grounded = line.expected_source is None or line.expected_source in sources
    said = outcome.reply or ""
    return grounded and all(part in said for part in line.must_contain)
