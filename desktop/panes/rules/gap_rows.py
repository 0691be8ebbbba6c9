"""Gaps as rows of a list, and as words."""

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from core.domain.gap import Effect, Gap, GapStatus
from desktop.panes.rules.counts import Counts
from desktop.style.tokens import Tone
from desktop.widgets.shelf_cell import ShelfCell, ShelfMark, describe_shelf_cell


def cell_of(gap: Gap) -> ShelfCell:
    """Return how a gap is painted: how many ask it stands where a file has its kind."""
    translate = QCoreApplication.translate
    marks = []
    if gap.effect is not None:
        marks.append(
            ShelfMark(icon="check", words=effect_words(gap.effect), tone=Tone.GOOD)
        )
    elif gap.replied:
        words = Counts().answered_by_team(gap.replied)
        marks.append(ShelfMark(icon="send", words=words, tone=Tone.ACCENT))
    else:
        words = translate("Gaps", "Nobody has answered yet")
        marks.append(ShelfMark(icon="clock", words=words))
    return ShelfCell(
        title=gap.question,
        subtitle=asked_words(gap),
        badge=str(gap.messages) if gap.messages < 1000 else "999+",
        badge_tone=Tone.WARNING if gap.status is GapStatus.OPEN else Tone.NEUTRAL,
        marks=tuple(marks),
        is_dimmed=gap.status is GapStatus.DISMISSED,
    )


def describe(gap: Gap) -> str:
    """Return a row for a screen reader."""
    return describe_shelf_cell(cell_of(gap))


def asked_words(gap: Gap) -> str:
    """Return how often and when a gap was asked about."""
    translate = QCoreApplication.translate
    words = Counts().messages(gap.messages)
    last = translate("Gaps", "last on %1").replace("%1", _day(gap))
    return f"{words} · {last}"


def effect_words(effect: Effect) -> str:
    """Return how many of the messages are answered now."""
    words = QCoreApplication.translate("Gaps", "Now answered: %1 of %2")
    return words.replace("%1", str(effect.after)).replace("%2", str(effect.total))


def before_words(effect: Effect) -> str:
    """Return how many were answered before, where that was measured."""
    if effect.before is None:
        return ""
    words = QCoreApplication.translate("Gaps", "Before: %1")
    return words.replace("%1", str(effect.before))


def _day(gap: Gap) -> str:
    local = gap.last_at.astimezone().date()
    date = QDate(local.year, local.month, local.day)
    return str(QLocale().toString(date, QLocale.FormatType.ShortFormat))
