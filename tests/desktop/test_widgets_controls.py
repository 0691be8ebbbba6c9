"""Controls, the composer, the assistant's card and what comes up over the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QLocale, QMimeData, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton, QWidget

from desktop.style.theme import Scheme, apply_theme, current_tokens
from desktop.style.tokens import Tone
from desktop.widgets.assistant_card import AssistantCard, EscalationNote, Suggestion
from desktop.widgets.avatar import Avatar, colour_of
from desktop.widgets.banner import Banner
from desktop.widgets.buttons import icon_button, primary
from desktop.widgets.chips import FilterChips
from desktop.widgets.composer import Composer
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.growing_text import FEWEST_LINES, MOST_LINES, GrowingText
from desktop.widgets.pill import Pill
from desktop.widgets.quotes import Quotes, Source
from desktop.widgets.search_field import SearchField
from desktop.widgets.toast import ToastStack

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


def named(parent: QWidget, name: str) -> QAbstractButton:
    buttons = parent.findChildren(QAbstractButton)
    return next(button for button in buttons if button.accessibleName() == name)


# Buttons, pills, avatars


def test_icon_follows_the_theme(qapp: QApplication, qtbot: QtBot) -> None:
    button = icon_button("search", "Search")
    qtbot.addWidget(button)
    before = button.icon().pixmap(20).toImage()
    apply_theme(qapp, Scheme.DARK)
    qapp.processEvents()
    assert button.icon().pixmap(20).toImage() != before


def test_icon_button_is_read_by_its_name(qtbot: QtBot) -> None:
    button = icon_button("search", "Search & find")
    qtbot.addWidget(button)
    assert button.accessibleName() == "Search & find"
    assert "&amp;" in button.toolTip()


def test_colour_of_a_person_is_always_the_same() -> None:
    assert colour_of("Noor de Wit") == colour_of(" noor de wit ")


def test_avatar_is_read_with_its_channel(qtbot: QtBot) -> None:
    avatar = Avatar()
    qtbot.addWidget(avatar)
    avatar.set_person("Noor", "whatsapp")
    assert avatar.accessibleName() == "Noor, WhatsApp"


def test_empty_pill_takes_no_room(qtbot: QtBot) -> None:
    pill = Pill("12 open", Tone.GOOD)
    qtbot.addWidget(pill)
    pill.show_text("", Tone.GOOD)
    assert pill.sizeHint().width() == 0


# Chips and search


@pytest.fixture
def chips(qtbot: QtBot) -> FilterChips:
    made = FilterChips("Filters")
    qtbot.addWidget(made)
    made.set_choices([("all", "All"), ("mine", "Mine"), ("waiting", "Waiting")])
    made.show()
    return made


def test_first_chip_is_on(chips: FilterChips) -> None:
    assert chips.current() == "all"


def test_pressed_chip_is_told_and_the_only_one_on(chips: FilterChips, qtbot: QtBot) -> None:
    with qtbot.wait_signal(chips.chosen) as chosen:
        named(chips, "Mine").click()
    assert chosen.args == ["mine"]
    assert sum(button.isChecked() for button in chips.findChildren(QPushButton)) == 1


def test_chip_chosen_by_code_is_not_told(chips: FilterChips, qtbot: QtBot) -> None:
    with qtbot.assert_not_emitted(chips.chosen):
        chips.choose("waiting")
    assert chips.current() == "waiting"


def test_arrows_walk_the_chips(chips: FilterChips, qtbot: QtBot) -> None:
    with qtbot.wait_signal(chips.chosen) as chosen:
        QTest.keyClick(chips, Qt.Key.Key_Left)
    assert chosen.args == ["waiting"]


def test_arrows_walk_the_other_way_from_right_to_left(
    chips: FilterChips, qtbot: QtBot
) -> None:
    chips.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    with qtbot.wait_signal(chips.chosen) as chosen:
        QTest.keyClick(chips, Qt.Key.Key_Left)
    assert chosen.args == ["mine"]


def test_new_choices_keep_the_one_that_was_on(chips: FilterChips) -> None:
    chips.choose("mine")
    chips.set_choices([("all", "All"), ("mine", "Mine (3)")])
    assert chips.current() == "mine"


@pytest.fixture
def search(qtbot: QtBot) -> SearchField:
    made = SearchField("Search customers")
    qtbot.addWidget(made)
    made.show()
    return made


def test_search_waits_for_a_pause(search: SearchField, qtbot: QtBot) -> None:
    with qtbot.wait_signal(search.searched) as searched:
        QTest.keyClicks(search, "noor")
    assert searched.args == ["noor"]


def test_enter_searches_at_once(search: SearchField, qtbot: QtBot) -> None:
    QTest.keyClicks(search, "noor")
    with qtbot.wait_signal(search.searched, timeout=100):
        QTest.keyClick(search, Qt.Key.Key_Return)


def test_same_words_are_not_searched_twice(search: SearchField, qtbot: QtBot) -> None:
    QTest.keyClicks(search, "noor")
    QTest.keyClick(search, Qt.Key.Key_Return)
    with qtbot.assert_not_emitted(search.searched):
        QTest.keyClick(search, Qt.Key.Key_Return)


def test_escape_empties_the_search(search: SearchField, qtbot: QtBot) -> None:
    QTest.keyClicks(search, "noor")
    QTest.keyClick(search, Qt.Key.Key_Return)
    with qtbot.wait_signal(search.searched) as searched:
        QTest.keyClick(search, Qt.Key.Key_Escape)
    assert searched.args == [""]


# Composer


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
    composer.set_limit(10, lambda text: len(text.encode()))
    composer.set_text("🎉🎉🎉")
    assert not composer.can_send()


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


def test_pasted_markup_stays_text(composer: Composer) -> None:
    pasted = QMimeData()
    pasted.setHtml("<b>bold</b>")
    pasted.setText(MARKUP)
    field_of(composer).insertFromMimeData(pasted)
    assert composer.text() == MARKUP


# Assistant's card


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


# Over the window


def test_banner_hides_until_it_has_something_to_say(qtbot: QtBot) -> None:
    banner = Banner()
    qtbot.addWidget(banner)
    assert not banner.isVisible()
    banner.show_message("Signed out", "Sign in")
    assert banner.isVisible()
    with qtbot.wait_signal(banner.action_taken):
        named(banner, "Sign in").click()


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(800, 500)
    made.show()
    return made


def test_fourth_toast_takes_the_place_of_the_first(window: QWidget) -> None:
    stack = ToastStack(window)
    first = stack.show_toast("0", Tone.GOOD)
    for number in range(1, 4):
        stack.show_toast(str(number), Tone.GOOD)
    assert len(stack.toasts()) == 3
    assert first not in stack.toasts()


def test_toasts_do_not_cover_each_other(window: QWidget) -> None:
    stack = ToastStack(window)
    low = stack.show_toast("low", Tone.GOOD)
    stack.show_toast("a longer text " * 8, Tone.GOOD)
    one, two = (toast.geometry() for toast in stack.toasts())
    assert not one.intersects(two)
    assert window.rect().contains(low.geometry())


def test_action_of_a_toast_is_told_and_ends_it(window: QWidget, qtbot: QtBot) -> None:
    stack = ToastStack(window)
    toast = stack.show_toast("Archived", Tone.GOOD, "Undo")
    with qtbot.wait_signals([toast.acted, toast.gone]):
        named(toast, "Undo").click()
    assert stack.toasts() == ()


def test_failure_stays_until_it_is_closed(window: QWidget) -> None:
    toast = ToastStack(window).show_toast("Not sent", Tone.DANGER)
    assert not toast._timer.isActive()
    named(toast, "Close this message").click()
    assert not toast.isVisible()


def test_empty_state_offers_what_to_do(qtbot: QtBot) -> None:
    state = EmptyState("inbox", "Nothing waits", "All is answered.", "Show all")
    qtbot.addWidget(state)
    with qtbot.wait_signal(state.acted):
        named(state, "Show all").click()
    assert state.accessibleName() == "Nothing waits. All is answered."


# All of them


@pytest.mark.usefixtures("card", "composer", "chips", "search")
def test_every_control_has_a_name(qapp: QApplication) -> None:
    nameless = [
        widget
        for widget in qapp.allWidgets()
        if isinstance(widget, QAbstractButton)
        and widget.property("role") is not None
        and widget.isVisible()
        and not widget.accessibleName()
    ]
    assert nameless == []


def test_building_a_card_opens_no_stray_window(qapp: QApplication) -> None:
    before = [w for w in qapp.topLevelWidgets() if w.isVisible()]
    made = AssistantCard()
    made.show_suggestion(suggestion())
    after = [w for w in qapp.topLevelWidgets() if w.isVisible() and w is not made]
    assert len(after) == len(before)
    made.close()


def test_primary_button_wears_its_rank(qtbot: QtBot) -> None:
    button = primary("Send", "send")
    qtbot.addWidget(button)
    assert button.property("role") == "primary"
