"""Words of strangers: never markup, always in their own direction, cut where Qt cuts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.widgets.label import ElidedLabel, PlainLabel, WrappedLabel
from desktop.widgets.links import find_links, is_followable
from desktop.widgets.preview import preview_lines
from desktop.widgets.when import day_heading, short_time, time_left
from desktop.widgets.writing import (
    breakable,
    direction_of,
    initials,
    isolate,
    one_line,
    safe_tooltip,
    shortened,
    utf16_length,
    utf16_slice,
)

LTR, RTL = Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft
MARKUP = "<img src='file:///etc/hostname'><b>Bobby</b>"
pytestmark = pytest.mark.usefixtures("qapp")

NOW = datetime(2026, 3, 12, 10, 5, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _english() -> None:
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))


@pytest.mark.parametrize("kind", [PlainLabel, WrappedLabel, ElidedLabel])
def test_label_takes_markup_literally(kind: type[PlainLabel], qtbot: QtBot) -> None:
    label = kind(MARKUP)
    qtbot.addWidget(label)
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.text() == MARKUP


def test_markup_paints_as_many_pixels_as_it_has_letters(qtbot: QtBot) -> None:
    literal, guessed = PlainLabel(MARKUP), QLabel("Bobby")
    qtbot.addWidget(literal)
    qtbot.addWidget(guessed)
    assert literal.sizeHint().width() > 3 * guessed.sizeHint().width()


def test_tooltip_of_a_cut_name_is_escaped(qtbot: QtBot) -> None:
    label = ElidedLabel(MARKUP)
    qtbot.addWidget(label)
    label.resize(40, 20)
    label.show()
    assert "<img" not in label.toolTip()
    assert "&lt;img" in label.toolTip()


def test_name_that_fits_needs_no_tooltip(qtbot: QtBot) -> None:
    label = ElidedLabel("Bo")
    qtbot.addWidget(label)
    label.resize(200, 20)
    label.show()
    assert label.toolTip() == ""


def test_wrapped_label_runs_in_the_direction_of_its_words(qtbot: QtBot) -> None:
    label = WrappedLabel()
    qtbot.addWidget(label)
    label.show_text("شكرا 48213")
    assert label.layoutDirection() is RTL


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("Bonjour", LTR),
        ("مرحبا hello", RTL),
        ("123 … 🎉 שלום", RTL),
        ("🎉 Hello مرحبا", LTR),
    ],
)
def test_first_strong_character_gives_the_direction(
    text: str, direction: Qt.LayoutDirection
) -> None:
    assert direction_of(text) is direction


def test_text_without_letters_runs_as_the_window_does() -> None:
    assert direction_of("48213 🎉", RTL) is RTL


def test_override_characters_are_dropped() -> None:
    assert "\u202e" not in isolate("cod\u202etxt.exe")
    assert "\u202e" not in one_line("cod\u202etxt.exe")


def test_long_words_end_in_an_ellipsis() -> None:
    assert shortened("Anna Maria", 4) == "Anna…"
    assert shortened("Anna  Maria", 10) == "Anna Maria"


def test_endless_word_can_be_broken_and_a_link_stays_whole() -> None:
    word, link = "x" * 40, "https://example.org/" + "a" * 40
    assert breakable(f"see {word} at {link}").split("\u200b") == [
        "see " + "x" * 12,
        "x" * 12,
        "x" * 12,
        "x" * 4 + f" at {link}",
    ]


def test_one_line_has_no_breaks() -> None:
    assert one_line("a\n\n b\t c") == "a b c"


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Maëlle Kerguélen", "MK"),
        ("Zoé 🌻", "Z"),
        ("Noor de Wit", "NW"),
        ("سلمى الحداد", "س"),
        ("🌻", "🌻"),
        ("", "?"),
    ],
)
def test_initials_stand_for_a_name(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_tooltip_never_holds_live_markup() -> None:
    assert "<b>" not in safe_tooltip("<b>x</b>")


def test_cut_after_an_emoji_counts_as_qt_counts() -> None:
    text = "🎉🎉 fête"
    assert utf16_slice(text, 5) == "fête"
    assert utf16_length(text) == 9


def test_preview_after_emoji_loses_no_letter() -> None:
    text = "🎉🎉🎉🎉🎉🎉 " + "mot " * 12
    lines = preview_lines(text.strip(), QFont("Inter", 12), 120, 40)
    assert " ".join(lines).split() == text.split()


def test_preview_ends_in_an_ellipsis_when_more_follows() -> None:
    lines = preview_lines("word " * 80, QFont("Inter", 12), 160, 2)
    assert len(lines) == 2
    assert lines[-1].endswith("…")
    assert not lines[0].endswith("…")


def test_preview_that_fits_is_left_alone() -> None:
    assert preview_lines("Merci 🙏", QFont("Inter", 12), 200, 2) == ["Merci 🙏"]


def test_link_is_found_without_its_punctuation() -> None:
    (link,) = find_links("Voir https://example.org/a?b=1).")
    assert link.url == "https://example.org/a?b=1"


def test_link_position_counts_emoji_as_qt_does() -> None:
    (link,) = find_links("🎉🎉 https://example.org")
    assert (link.start, link.end) == (5, 24)


@pytest.mark.parametrize(
    "text",
    [
        "file:///etc/passwd",
        "javascript:alert(1)",
        "smb://host/share",
        "ms-settings:privacy",
        r"\\host\share",
        "data:text/html,x",
    ],
)
def test_other_schemes_stay_text(text: str) -> None:
    assert find_links(text) == ()
    assert not is_followable(text)


def test_host_shown_is_where_the_click_goes() -> None:
    (link,) = find_links("https://bank.example@evil.example/login")
    assert link.host == "evil.example"


def test_lookalike_host_is_shown_in_ascii() -> None:
    (link,) = find_links("https://\u0430pple.example/")
    assert link.host.startswith("xn--")


@pytest.mark.parametrize("text", ["mailto:ines@example.org", "tel:+33612345678"])
def test_mail_and_telephone_can_be_followed(text: str) -> None:
    assert find_links(text)[0].host in text


def test_today_is_told_by_the_hour() -> None:
    at = NOW.astimezone() - timedelta(minutes=1)
    assert short_time(at, NOW) == at.strftime("%H:%M")


def test_yesterday_is_told_by_its_word() -> None:
    assert short_time(NOW - timedelta(days=1), NOW) == "yesterday"


def test_this_week_is_told_by_the_weekday_in_the_readers_language() -> None:
    QLocale.setDefault(QLocale(QLocale.Language.French))
    assert short_time(NOW - timedelta(days=2), NOW) == "mar."


def test_last_year_is_told_by_its_date() -> None:
    assert "2024" in short_time(NOW - timedelta(days=500), NOW)


def test_days_of_a_thread_are_named() -> None:
    assert day_heading(NOW, NOW) == "Today"
    assert day_heading(NOW - timedelta(days=1), NOW) == "Yesterday"


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (timedelta(minutes=24), "24 min left"),
        (timedelta(hours=21, minutes=30), "21 h left"),
        (timedelta(minutes=-1), "closed"),
    ],
)
def test_time_left_is_told_in_its_largest_unit(left: timedelta, words: str) -> None:
    assert time_left(NOW + left, NOW) == words
