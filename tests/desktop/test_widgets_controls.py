"""Buttons, chips, the search, and what comes up over the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton, QWidget

from desktop.style.theme import Scheme, apply_theme, current_tokens
from desktop.style.tokens import Tone
from desktop.widgets.assistant_card import AssistantCard
from desktop.widgets.avatar import Avatar, colour_of
from desktop.widgets.banner import Banner
from desktop.widgets.buttons import icon_button, primary
from desktop.widgets.chips import FilterChips
from desktop.widgets.composer import Composer
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.pill import Pill
from desktop.widgets.search_field import SearchField
from desktop.widgets.toast import ToastStack
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


@pytest.mark.usefixtures("chips", "search")
def test_every_control_has_a_name(qapp: QApplication, qtbot: QtBot) -> None:
    for made in (Composer(), AssistantCard()):
        qtbot.addWidget(made)
        made.show()
    nameless = [
        widget
        for widget in qapp.allWidgets()
        if isinstance(widget, QAbstractButton)
        and widget.property("role") is not None
        and widget.isVisible()
        and not widget.accessibleName()
    ]
    assert nameless == []


def test_primary_button_wears_its_rank(qtbot: QtBot) -> None:
    button = primary("Send", "send")
    qtbot.addWidget(button)
    assert button.property("role") == "primary"
