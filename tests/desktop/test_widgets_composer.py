"""The composer: sends on request, counts near the limit, loses nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QLocale, QMimeData, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from core.domain.text_unit import TextUnit
from desktop.style.theme import Scheme, apply_theme, current_tokens
from desktop.widgets.composer import Composer
from desktop.widgets.growing_text import FEWEST_LINES, MOST_LINES, GrowingText
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
def composer(qtbot: QtBot) -> Composer:
    made = Composer()
    qtbot.addWidget(made)
    made.resize(500, 200)
    made.show()
    return made


def field_of(composer: Composer) -> GrowingText:
    return composer.findChildren(GrowingText)[0]


def shown_words(composer: Composer) -> list[str]:
    return [label.text() for label in composer.findChildren(QLabel) if label.isVisible()]


def test_ctrl_enter_submits_the_text(composer: Composer, qtbot: QtBot) -> None:
    QTest.keyClicks(field_of(composer), "On its way")
    with qtbot.wait_signal(composer.submitted) as submitted:
        QTest.keyClick(field_of(composer), Qt.Key.Key_Return, CTRL)
    assert submitted.args == ["On its way"]


def test_ctrl_shift_enter_submits_and_goes_on(composer: Composer, qtbot: QtBot) -> None:
    QTest.keyClicks(field_of(composer), "On its way")
    with qtbot.wait_signal(composer.submitted_and_next):
        QTest.keyClick(field_of(composer), Qt.Key.Key_Return, CTRL | SHIFT)


def test_enter_makes_a_line(composer: Composer, qtbot: QtBot) -> None:
    with qtbot.assert_not_emitted(composer.submitted):
        QTest.keyClicks(field_of(composer), "a")
        QTest.keyClick(field_of(composer), Qt.Key.Key_Return)
        QTest.keyClicks(field_of(composer), "b")
    assert composer.text() == "a\nb"


def test_submitted_text_stays_until_it_is_taken(composer: Composer) -> None:
    composer.set_text("On its way")
    named(composer, "Send").click()
    assert composer.text() == "On its way"


def test_nothing_but_spaces_is_not_sent(composer: Composer, qtbot: QtBot) -> None:
    composer.set_text("  \n ")
    assert not composer.can_send()
    with qtbot.assert_not_emitted(composer.submitted):
        QTest.keyClick(field_of(composer), Qt.Key.Key_Return, CTRL)


def test_typing_is_told_for_the_draft(composer: Composer, qtbot: QtBot) -> None:
    with qtbot.wait_signal(composer.text_edited) as edited:
        QTest.keyClicks(field_of(composer), "a")
    assert edited.args == ["a"]


def test_text_put_in_by_code_is_not_told(composer: Composer, qtbot: QtBot) -> None:
    with qtbot.assert_not_emitted(composer.text_edited):
        composer.set_text("a draft")
    assert composer.text() == "a draft"


def test_counter_sleeps_far_from_the_limit(composer: Composer) -> None:
    composer.set_limit(100)
    composer.set_text("a" * 49)
    assert not any("character" in words for words in shown_words(composer))


def test_counter_wakes_within_fifty_characters(composer: Composer) -> None:
    composer.set_limit(100)
    composer.set_text("a" * 60)
    assert any(words.startswith("40 character") for words in shown_words(composer))


def test_emoji_counts_as_one_character(composer: Composer) -> None:
    composer.set_limit(10)
    composer.set_text("🎉" * 10)
    assert composer.can_send()


def test_limit_can_be_counted_in_bytes(composer: Composer) -> None:
    composer.set_limit(10, TextUnit.UTF8_BYTES)
    composer.set_text("🎉🎉🎉")
    assert not composer.can_send()
    assert any(words.startswith("2 byte") for words in shown_words(composer))


def test_a_link_counts_as_x_counts_it(composer: Composer) -> None:
    composer.set_limit(30, TextUnit.WEIGHTED)
    composer.set_text("Voilà : https://example.org/" + "a" * 60)
    assert not composer.can_send()
    assert any(
        words.startswith("1 character") and words.endswith("an emoji as 2")
        for words in shown_words(composer)
    )
    composer.set_text("À : https://example.org/" + "a" * 60 + " 🎉")
    assert composer.can_send()


def test_room_around_the_text_costs_nothing(composer: Composer) -> None:
    composer.set_limit(5)
    composer.set_text("  hello \n")
    assert composer.can_send()


def test_text_over_the_limit_is_kept_and_not_sent(composer: Composer) -> None:
    composer.set_limit(5)
    composer.set_text("abcdefgh")
    assert not named(composer, "Send").isEnabled()
    assert composer.text() == "abcdefgh"
    assert any(words.startswith("3 character") for words in shown_words(composer))


def test_closed_composer_says_why_and_keeps_the_text(composer: Composer) -> None:
    composer.set_text("half a thought")
    composer.set_disabled_reason("The channel is signed out")
    assert not composer.can_send()
    assert "The channel is signed out" in shown_words(composer)
    assert composer.text() == "half a thought"


def test_closed_window_is_told_above_the_field(composer: Composer) -> None:
    composer.set_banner("The reply window has closed.")
    assert "The reply window has closed." in shown_words(composer)
    composer.set_banner(None)
    assert "The reply window has closed." not in shown_words(composer)


def test_field_grows_with_its_lines_up_to_six(composer: Composer, qtbot: QtBot) -> None:
    field = field_of(composer)
    assert field.lines() == FEWEST_LINES
    composer.set_text("\n".join("abcd"))
    qtbot.waitUntil(lambda: field.lines() == 4)
    composer.set_text("\n".join("abcdefghij"))
    assert field.lines() == MOST_LINES


def test_what_stands_in_an_empty_field_is_shown_whole(qtbot: QtBot) -> None:
    field = GrowingText("Message")
    qtbot.addWidget(field)
    field.setPlaceholderText("Hello!\n\nAn empty line begins another message.")
    assert field.lines() == 3


def test_pasted_markup_stays_text(composer: Composer) -> None:
    pasted = QMimeData()
    pasted.setHtml("<b>bold</b>")
    pasted.setText(MARKUP)
    field_of(composer).insertFromMimeData(pasted)
    assert composer.text() == MARKUP
