"""Decisions as rows of the log."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from core.queries.decisions import DecisionRow
from desktop.panes.rules.words import (
    DECISION_ICONS,
    DECISION_TONES,
    decision_words,
    percent,
)
from desktop.style.channels import channel_mark
from desktop.style.tokens import Tone
from desktop.widgets.shelf_cell import ShelfCell, ShelfMark
from desktop.widgets.when import short_time


def newest_first(row: DecisionRow) -> tuple[float, int]:
    """Return a key that grows with time, since the model puts the largest first."""
    return (row.created_at.timestamp(), row.id.int)


def cell_of(row: DecisionRow, now: datetime) -> ShelfCell:
    """Return how a decision looks in the log."""
    translate = QCoreApplication.translate
    where = f"{channel_mark(row.platform).name} · {short_time(row.created_at, now)}"
    marks = [
        ShelfMark(icon="clock", words=where),
        ShelfMark(icon="assistant", words=percent(row.confidence)),
    ]
    if row.corrected is not None:
        words = translate("Decisions", "Was wrong")
        marks.insert(0, ShelfMark(icon="edit", words=words, tone=Tone.DANGER))
    return ShelfCell(
        title=row.customer or translate("Decisions", "Customer"),
        subtitle=row.text or translate("Decisions", "A message without words"),
        icon=DECISION_ICONS[row.decision],
        badge_tone=DECISION_TONES[row.decision],
        pill=decision_words(row.decision),
        pill_tone=DECISION_TONES[row.decision],
        marks=tuple(marks),
    )
