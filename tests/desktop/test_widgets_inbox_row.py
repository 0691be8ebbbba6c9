"""The row of the inbox: what it says, and that it is mirrored."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QLocale, QStringListModel, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from desktop.style.channels import channel_mark
from desktop.style.theme import Scheme, apply_theme, current_tokens
from desktop.style.tokens import Tone
from desktop.widgets.avatar import colour_of
from desktop.widgets.conversation_cell import (
    AiMark,
    ConversationCell,
    ai_mark,
    describe_conversation,
    window_mark,
)
from desktop.widgets.conversation_delegate import ROW_HEIGHT, ConversationDelegate
from desktop.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

Draw = Callable[[ConversationCell, Qt.LayoutDirection], QImage]

LTR, RTL = Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft
NOW = datetime(2026, 3, 12, 10, 5, tzinfo=UTC)
WIDTH = 360
CELL = ConversationCell(
    name="Noor de Wit",
    platform="whatsapp",
    preview="Is the grinder back in stock?",
    at=NOW - timedelta(days=1),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    id: int
    cell: ConversationCell


class OneRow(QStringListModel):
    """A list of a single conversation."""

    def __init__(self, cell: ConversationCell) -> None:
        super().__init__([cell.name])
        self._line = Line(id=1, cell=cell)

    @override
    def data(self, index: object, role: int = 0) -> object:
        del index
        return self._line if role == Qt.ItemDataRole.UserRole else None


@pytest.fixture(autouse=True)
def _plain(qapp: QApplication) -> Iterator[None]:
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    yield
    if current_tokens().is_dark:
        apply_theme(qapp, Scheme.LIGHT)


@pytest.fixture
def draw(qtbot: QtBot) -> Draw:
    def drawn(cell: ConversationCell, direction: Qt.LayoutDirection) -> QImage:
        rows = RowList("Conversations")
        qtbot.addWidget(rows)
        rows.setLayoutDirection(direction)
        model = OneRow(cell)
        model.setParent(rows)
        delegate = ConversationDelegate(to_cell=lambda line: line.cell, now=lambda: NOW)
        delegate.setParent(rows)
        rows.set_row_delegate(delegate, ROW_HEIGHT)
        rows.set_rows(model)
        rows.resize(WIDTH, ROW_HEIGHT)
        rows.show()
        return rows.viewport().grab().toImage()

    return drawn


def has(image: QImage, colour: str, left: int, right: int) -> bool:
    wanted = QColor(colour).rgb()
    return any(
        image.pixel(x, y) == wanted
        for x in range(max(0, left), min(right, image.width()))
        for y in range(image.height())
    )


def test_avatar_stands_where_reading_begins(draw: Draw) -> None:
    image = draw(CELL, LTR)
    assert has(image, colour_of(CELL.name), 0, 70)
    assert not has(image, colour_of(CELL.name), 100, WIDTH)


def test_row_is_mirrored_from_right_to_left(draw: Draw) -> None:
    image = draw(CELL, RTL)
    assert has(image, colour_of(CELL.name), WIDTH - 80, WIDTH)
    assert not has(image, colour_of(CELL.name), 0, WIDTH - 100)


def test_badge_shows_the_channel(draw: Draw) -> None:
    image = draw(CELL, LTR)
    assert has(image, channel_mark("whatsapp").colour, 30, 80)


def test_unread_row_carries_a_counter(draw: Draw) -> None:
    accent = current_tokens().accent
    assert has(draw(replace(CELL, unread=3), LTR), accent, WIDTH - 60, WIDTH)
    assert not has(draw(CELL, LTR), accent, WIDTH - 60, WIDTH)


def test_label_is_painted_on_its_ground(draw: Draw) -> None:
    labelled = replace(CELL, label="wholesale", label_tone=Tone.GOOD)
    assert has(draw(labelled, LTR), current_tokens().good_soft, 60, WIDTH)
    assert not has(draw(CELL, LTR), current_tokens().good_soft, 60, WIDTH)


def test_row_is_painted_in_the_theme_in_force(draw: Draw, qapp: QApplication) -> None:
    apply_theme(qapp, Scheme.DARK)
    image = draw(CELL, LTR)
    assert image.pixelColor(WIDTH - 5, 3).lightness() < 60


@pytest.mark.parametrize(
    "cell",
    [
        replace(CELL, name="", preview=""),
        replace(CELL, name="\u202e" * 20, preview="\n\n"),
        replace(CELL, name="n" * 5_000, preview="🎉" * 5_000),
        replace(CELL, platform="", label="l" * 500, unread=1_000_000),
    ],
    ids=["empty", "only-controls", "enormous", "odd-numbers"],
)
def test_strange_rows_are_painted_without_complaint(
    cell: ConversationCell, draw: Draw
) -> None:
    assert not draw(cell, LTR).isNull()


def test_row_is_read_as_one_sentence() -> None:
    cell = replace(
        CELL,
        unread=2,
        ai=AiMark.ESCALATED,
        ai_reason="asks for a refund",
        reply_until=NOW + timedelta(hours=3),
    )
    words = describe_conversation(cell, NOW)
    for part in ("Noor de Wit", "WhatsApp", "2 unread", "refund", "3 h left", "yesterday"):
        assert part in words


@pytest.mark.parametrize(
    ("left", "tone"),
    [
        (timedelta(hours=20), Tone.NEUTRAL),
        (timedelta(minutes=90), Tone.WARNING),
        (timedelta(minutes=10), Tone.DANGER),
        (timedelta(minutes=-10), Tone.NEUTRAL),
    ],
)
def test_clock_grows_graver_as_the_window_closes(left: timedelta, tone: Tone) -> None:
    assert window_mark(NOW + left, NOW).tone is tone


@pytest.mark.parametrize("state", list(AiMark))
def test_every_state_of_the_assistant_has_a_word(state: AiMark) -> None:
    assert ai_mark(state).word
