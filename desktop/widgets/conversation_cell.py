"""What one row of the inbox shows, and how it is read aloud."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Final

from PySide6.QtCore import QCoreApplication

from desktop.style.channels import channel_mark
from desktop.style.tokens import Tone
from desktop.widgets.when import short_time, time_left
from desktop.widgets.writing import one_line

_SOON: Final = timedelta(hours=2)
_VERY_SOON: Final = timedelta(minutes=30)


class AiMark(Enum):
    """What the assistant did with a conversation; the values are those of its state."""

    THINKING = "thinking"
    ANSWERED = "answered"
    DRAFTED = "drafted"
    IGNORED = "ignored"
    ESCALATED = "escalated"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationCell:
    """The contents of a row, already chosen by the pane."""

    name: str
    platform: str
    preview: str
    at: datetime
    preview_icon: str | None = None
    """Before the preview, where a word stands for a photo, a voice or another file."""
    unread: int = 0
    label: str | None = None
    label_tone: Tone = Tone.NEUTRAL
    ai: AiMark | None = None
    ai_reason: str = ""
    reply_until: datetime | None = None
    """When free replies end; None where the platform never closes the window."""
    failed: bool = False
    """A message of ours was not sent, or nobody knows whether it was."""
    draft: bool = False
    """Somebody has begun to write a reply."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """An icon with a word and the tone it is painted in."""

    icon: str
    word: str
    tone: Tone


def ai_mark(mark: AiMark) -> Mark:
    """Return how the assistant's state is shown."""
    translate = QCoreApplication.translate
    marks = {
        AiMark.THINKING: Mark(
            icon="assistant",
            word=translate("Conversation", "Reading…"),
            tone=Tone.NEUTRAL,
        ),
        AiMark.ANSWERED: Mark(
            icon="assistant", word=translate("Conversation", "Answered"), tone=Tone.GOOD
        ),
        AiMark.DRAFTED: Mark(
            icon="assistant",
            word=translate("Conversation", "Reply suggested"),
            tone=Tone.ACCENT,
        ),
        AiMark.IGNORED: Mark(
            icon="spark-off",
            word=translate("Conversation", "No reply needed"),
            tone=Tone.NEUTRAL,
        ),
        AiMark.ESCALATED: Mark(
            icon="escalation",
            word=translate("Conversation", "Needs a person"),
            tone=Tone.DANGER,
        ),
    }
    return marks[mark]


def failed_mark() -> Mark:
    """Return how a row says that one of our messages waits for a person.

    It failed, is held back, or nobody knows whether it arrived: the thread says which.
    """
    words = QCoreApplication.translate("Conversation", "Check sending")
    return Mark(icon="failed", word=words, tone=Tone.DANGER)


def window_mark(until: datetime, now: datetime) -> Mark:
    """Return the clock of a reply window, graver as its end comes near."""
    left = until - now
    if left < timedelta(0):
        words = QCoreApplication.translate("Conversation", "Window closed")
        return Mark(icon="lock", word=words, tone=Tone.NEUTRAL)
    tone = Tone.NEUTRAL
    if left < _SOON:
        tone = Tone.DANGER if left < _VERY_SOON else Tone.WARNING
    return Mark(icon="clock", word=time_left(until, now), tone=tone)


def describe_conversation(cell: ConversationCell, now: datetime) -> str:
    """Return the row as one sentence for a screen reader."""
    parts = [one_line(cell.name, 80), channel_mark(cell.platform).name]
    if cell.unread:
        unread = QCoreApplication.translate("Conversation", "%1 unread")
        parts.append(unread.replace("%1", str(cell.unread)))
    if cell.failed:
        parts.append(failed_mark().word)
    parts += [short_time(cell.at, now), one_line(cell.preview, 160)]
    if cell.ai is not None:
        word = ai_mark(cell.ai).word
        parts.append(f"{word}: {cell.ai_reason}" if cell.ai_reason else word)
    if cell.label:
        parts.append(cell.label)
    if cell.reply_until is not None:
        parts.append(window_mark(cell.reply_until, now).word)
    return ", ".join(parts)
