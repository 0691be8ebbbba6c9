"""Triage rules as rows of a list."""

from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from core.domain.rule import TriageRule
from desktop.panes.rules.counts import Counts
from desktop.panes.rules.triage_words import conditions_of
from desktop.panes.rules.words import OUTCOME_TONES, outcome_words
from desktop.style.tokens import Tone
from desktop.widgets.shelf_cell import ShelfCell, ShelfMark, describe_shelf_cell


@dataclass(frozen=True, slots=True, kw_only=True)
class TriageRow:
    """A rule and how it looks."""

    id: UUID
    cell: ShelfCell


def row_of(rule: TriageRule, place: int, *, is_wrong: bool, matches: int = 0) -> TriageRow:
    """Return the row of a rule at `place`, from 1, that was met so often in 30 days."""
    translate = QCoreApplication.translate
    marks: list[ShelfMark] = []
    if not rule.enabled:
        marks.append(ShelfMark(icon="pause", words=translate("TriageRule", "Off")))
    if is_wrong:
        words = translate("TriageRule", "To be completed")
        marks.append(ShelfMark(icon="failed", words=words, tone=Tone.DANGER))
    if matches:
        words = Counts().times_a_month(matches)
        marks.append(ShelfMark(icon="check", words=words))
    cell = ShelfCell(
        title=rule.name.strip() or translate("TriageRule", "Rule without a name"),
        subtitle=conditions_of(rule),
        badge=str(place),
        badge_tone=Tone.NEUTRAL,
        pill=outcome_words(rule.outcome),
        pill_tone=OUTCOME_TONES[rule.outcome],
        marks=tuple(marks),
        is_dimmed=not rule.enabled,
    )
    return TriageRow(id=rule.id, cell=cell)


def cell_of(row: TriageRow) -> ShelfCell:
    """Return how a row looks."""
    return row.cell


def describe(row: TriageRow) -> str:
    """Return what a screen reader says of a row."""
    return describe_shelf_cell(row.cell)
