"""Simulated customers: they play a script, several at a time, each run as new people.

Nothing is waited for but the webhooks: whether and how the team answers is for whoever
watches the conversations. A run's id makes its phone numbers and user names, so playing
the demo twice brings new customers instead of old ones who repeat themselves.
"""

import asyncio
import hashlib
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from core.domain.channel import PlatformName
from core.sandbox.accounts import Sleep
from core.sandbox.pictures import draw
from core.sandbox.script import ScriptedComment, ScriptedConversation
from core.sandbox.state import Person
from core.sandbox.writing import Written


class Pen(Protocol):
    """Writes one message as a customer; `Sandbox.write` is one."""

    async def __call__(
        self, person: Person, text: str, picture: bytes | None = None
    ) -> Written:
        """Return once the companion has taken the message."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How fast the play goes: starts per second, and how much pauses are stretched."""

    starts_per_second: float = 2.0
    gap_scale: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayedConversation:
    """A conversation whose last fragment has been taken, or given up."""

    line: ScriptedConversation
    person: Person
    written: tuple[Written, ...]

    @property
    def arrived(self) -> bool:
        """Return whether every fragment reached the companion."""
        return all(written.delivery.arrived for written in self.written)


OnWritten = Callable[[PlayedConversation], None]


async def run_customers(
    script: Sequence[ScriptedConversation],
    *,
    write: Pen,
    on_written: OnWritten,
    pace: Pace,
    sleep: Sleep = asyncio.sleep,
    run_id: str | None = None,
) -> tuple[PlayedConversation, ...]:
    """Play all conversations side by side and return them in the script's order.

    `on_written` hears of each as soon as it is fully written, in the order they end.
    The same `run_id` makes the same people again; without one they are new.
    """
    run = run_id or secrets.token_hex(6)

    async def play(position: int, line: ScriptedConversation) -> PlayedConversation:
        await sleep(position / pace.starts_per_second)
        person = person_of(line, run)
        written = []
        for fragment in line.fragments:
            await sleep(fragment.after_seconds * pace.gap_scale)
            picture = None if fragment.picture is None else draw(fragment.picture)
            written.append(await write(person, fragment.text, picture))
        played = PlayedConversation(line=line, person=person, written=tuple(written))
        on_written(played)
        return played

    async with asyncio.TaskGroup() as stage:
        acts = [
            stage.create_task(play(position, line)) for position, line in enumerate(script)
        ]
    return tuple(act.result() for act in acts)


def person_of(line: ScriptedConversation | ScriptedComment, run_id: str) -> Person:
    """Return who writes this line in this run."""
    digest = hashlib.sha256(f"{run_id}:{line.key}".encode()).digest()
    digits = str(int.from_bytes(digest[:8], "big")).zfill(20)[-14:]
    return Person(
        platform=line.platform,
        id=_id(line.platform, line.language, digits),
        name=line.name,
        username=line.username if line.platform in _NAMED else "",
    )


_NAMED = frozenset({PlatformName.INSTAGRAM, PlatformName.X})
"""Where people go by a user name."""


def _id(platform: PlatformName, language: str, digits: str) -> str:
    """Return an id as the platform gives to people."""
    if platform is PlatformName.WHATSAPP:
        return _phone(language, digits)
    if platform is PlatformName.LINKEDIN:
        return f"urn:li:person:{digits}"
    return f"9{digits}"


def _phone(language: str, digits: str) -> str:
    """Return a number that nobody can have.

    The blocks are those kept free for films in France and Britain; the extra digits make
    it too long to be dialled, and rare enough never to come twice.
    """
    block = "3363998" if language == "fr" else "447700900"
    return block + digits[-(15 - len(block)) :]
