"""What a rehearsal would change, as rows of a list and as counts by kind."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtGui import QGuiApplication

from core.actions.rehearse import Change
from core.domain.decision import Decision
from desktop.panes.rules.counts import Counts
from desktop.panes.rules.words import DECISION_ICONS, DECISION_TONES, decision_words
from desktop.widgets.shelf_cell import ShelfCell, ShelfMark, describe_shelf_cell

Kind = tuple[Decision, Decision]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """A change and how it looks."""

    id: UUID
    change: Change
    cell: ShelfCell


def kind_of(change: Change) -> Kind:
    """Return what became what."""
    return change.before.decision, change.after.decision


def key_of(kind: Kind) -> str:
    """Return a kind as the key of a chip."""
    return f"{kind[0].value}>{kind[1].value}"


def counted(changes: Sequence[Change]) -> list[tuple[Kind, int]]:
    """Return how many changes there are of each kind, most first."""
    return Counter(map(kind_of, changes)).most_common()


def count_words(kind: Kind, count: int) -> str:
    """Return “12 would be answered instead of handed over”."""
    return Counts().changes(*kind, count)


def row_of(change: Change) -> ChangeRow:
    """Return the row of a change."""
    before, after = change.before.decision, change.after.decision
    # Read in the direction of the language, so the later one follows the earlier one.
    was = ShelfMark(
        icon=DECISION_ICONS[before],
        words=decision_words(before),
        tone=DECISION_TONES[before],
    )
    becomes = ShelfMark(
        icon="chevron-left" if QGuiApplication.isRightToLeft() else "chevron-right",
        words=decision_words(after),
        tone=DECISION_TONES[after],
    )
    cell = ShelfCell(
        title=change.customer,
        subtitle=change.text,
        icon=DECISION_ICONS[after],
        badge_tone=DECISION_TONES[after],
        marks=(was, becomes),
    )
    return ChangeRow(id=change.decision_id, change=change, cell=cell)


def cell_of(row: ChangeRow) -> ShelfCell:
    """Return how a row looks."""
    return row.cell


def describe(row: ChangeRow) -> str:
    """Return what a screen reader says of a row."""
    return describe_shelf_cell(row.cell)
