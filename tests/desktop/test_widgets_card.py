"""The assistant's card: how sure, why, on which words, and who decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QApplication, QLabel

from desktop.style.theme import Scheme, apply_theme, current_tokens
from desktop.widgets.assistant_card import AssistantCard, EscalationNote, Suggestion
from desktop.widgets.pill import Pill
from desktop.widgets.quotes import Quotes, Source
from tests.desktop.samples import named

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

# The offscreen platform says so of every window whose layout has a smallest size.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
MARKUP = "<b>bold</b><img src='file:///etc/hostname'>"


@pytest.fixture(autouse=True)
def _english(qapp: QApplication) -> None:
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    # Dressing the application again restyles every widget there is: only when needed.
    if not qapp.styleSheet() or current_tokens().is_dark:
        apply_theme(qapp, Scheme.LIGHT)


@pytest.fixture
def card(qtbot: QtBot) -> AssistantCard:
    made = AssistantCard()
    qtbot.addWidget(made)
    made.resize(600, 300)
    return made


def suggestion(confidence: float = 0.71) -> Suggestion:
    return Suggestion(
        title="Suggested reply",
        text="We send a new one today.",
        confidence=confidence,
        threshold=0.8,
        sources=(Source(title="Damage", quote="Replaced whole.", place="§2"),),
    )


def pill_of(card: AssistantCard) -> str:
    return card.findChildren(Pill)[0].text()


def test_card_says_how_sure_the_assistant_is(card: AssistantCard) -> None:
    card.show_suggestion(suggestion())
    assert pill_of(card) == "confidence 0.71 · below the threshold 0.80"


def test_card_says_when_the_assistant_is_sure(card: AssistantCard) -> None:
    card.show_suggestion(suggestion(0.93))
    assert pill_of(card) == "confidence 0.93 · above the threshold 0.80"


def test_confidence_is_written_in_the_readers_language(card: AssistantCard) -> None:
    QLocale.setDefault(QLocale(QLocale.Language.French))
    card.show_suggestion(suggestion())
    assert "0,71" in pill_of(card)


def test_approve_is_told(card: AssistantCard, qtbot: QtBot) -> None:
    card.show_suggestion(suggestion())
    with qtbot.wait_signal(card.approved):
        named(card, "Approve").click()


def test_edit_hands_the_text_over(card: AssistantCard, qtbot: QtBot) -> None:
    card.show_suggestion(suggestion())
    with qtbot.wait_signal(card.edit_wanted) as wanted:
        named(card, "Edit").click()
    assert wanted.args == ["We send a new one today."]


def test_dismiss_is_told(card: AssistantCard, qtbot: QtBot) -> None:
    card.show_suggestion(suggestion())
    with qtbot.wait_signal(card.dismissed):
        named(card, "Dismiss").click()


def test_quotes_open_on_request(card: AssistantCard) -> None:
    card.show_suggestion(suggestion())
    quotes = card.findChildren(Quotes)[0]
    quote = next(label for label in card.findChildren(QLabel) if "Replaced" in label.text())
    assert not quote.isVisible()
    quotes.open()
    assert quote.isVisible()


def test_source_can_be_opened(card: AssistantCard, qtbot: QtBot) -> None:
    card.show_suggestion(suggestion())
    card.findChildren(Quotes)[0].open()
    with qtbot.wait_signal(card.source_opened) as opened:
        named(card, "Open Damage §2").click()
    assert opened.args == [0]


def test_escalation_offers_no_approval(card: AssistantCard) -> None:
    card.show_escalation(
        EscalationNote(title="Needs you", reason="Refund", checks=("Order paid",))
    )
    assert not named(card, "Approve").isVisible()
    assert any("Order paid" in label.text() for label in card.findChildren(QLabel))


def test_busy_card_cannot_be_pressed_twice(card: AssistantCard) -> None:
    card.show_suggestion(suggestion())
    card.set_busy("Sending…")
    assert not named(card, "Approve").isEnabled()
    card.set_busy(None)
    assert named(card, "Approve").isEnabled()


def test_cleared_card_is_hidden(card: AssistantCard) -> None:
    card.show_suggestion(suggestion())
    card.clear()
    assert not card.isVisible()


def test_markup_in_a_suggestion_is_text(card: AssistantCard) -> None:
    card.show_escalation(EscalationNote(title=MARKUP, reason=MARKUP, checks=(MARKUP,)))
    labels = [label for label in card.findChildren(QLabel) if label.text() == MARKUP]
    assert len(labels) == 3
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in labels)


def test_building_a_card_opens_no_stray_window(qapp: QApplication) -> None:
    before = [w for w in qapp.topLevelWidgets() if w.isVisible()]
    made = AssistantCard()
    made.show_suggestion(suggestion())
    after = [w for w in qapp.topLevelWidgets() if w.isVisible() and w is not made]
    assert len(after) == len(before)
    made.close()
