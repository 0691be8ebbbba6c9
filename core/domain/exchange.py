"""Notice that the assistant is talking to another machine, before they go on for ever.

Two things give a machine away: it answers faster than anybody reads, or it says the same
whatever it is told. Either has to hold three times in a row, without a colleague having
stepped in: a person who was already typing is fast once, and an impatient one asks twice.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.domain.message import Origin

IN_A_ROW = 3
"""After so many replies of the assistant in a row we look who is on the other side."""
RHYTHM_SECONDS = 2.0
"""Nobody reads a reply and writes the next message in less."""

_NOT_LETTERS = re.compile(r"[\W\d_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One message of a conversation: whose, what, and when it reached us."""

    origin: Origin
    text: str
    at: datetime


def is_with_a_machine(lines: Sequence[Line]) -> bool:
    """Return whether the last messages, oldest first, look like two machines talking."""
    rounds = _rounds(lines)
    if len(rounds) < IN_A_ROW:
        return False
    latest = rounds[-IN_A_ROW:]
    is_fast = all(one.seconds < RHYTHM_SECONDS for one in latest)
    return is_fast or len({one.said for one in latest}) == 1


@dataclass(frozen=True, slots=True, kw_only=True)
class _Round:
    """The customer's answer to one reply of the assistant, and how soon it came."""

    said: str
    seconds: float


def _rounds(lines: Sequence[Line]) -> list[_Round]:
    """Return the rounds since a colleague last wrote; an unanswered reply is none."""
    rounds: list[_Round] = []
    reply: Line | None = None
    for line in lines:
        if line.origin in (Origin.MEMBER, Origin.ELSEWHERE):
            rounds, reply = [], None
        elif line.origin is Origin.ASSISTANT:
            reply = line
        elif reply is not None:
            seconds = (line.at - reply.at).total_seconds()
            rounds.append(_Round(said=_without_numbers(line.text), seconds=seconds))
            reply = None
    return rounds


def _without_numbers(text: str) -> str:
    """Return what stays the same when a machine only counts up a ticket or the time."""
    return _NOT_LETTERS.sub(" ", text.casefold()).strip()
