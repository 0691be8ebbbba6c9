"""The look: readable colours, a palette that is always set, icons that exist."""

from __future__ import annotations

import re
from dataclasses import fields
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QTableView

from core.paths import resources_dir
from desktop.style.channels import LETTERS_COLOUR, ChannelMark, channel_mark, known_marks
from desktop.style.fonts import EMOJI_FAMILY, load_fonts
from desktop.style.icons import icon, icon_names, pixmap
from desktop.style.stylesheet import STYLESHEET
from desktop.style.theme import (
    Scheme,
    ThemeSwitch,
    apply_theme,
    current_tokens,
    resolve,
    stylesheet_of,
)
from desktop.style.tokens import AVATAR_COLOURS, DARK, LIGHT, ON_AVATAR, TEXT_PAIRS, Tokens

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

READABLE = 4.5
VISIBLE = 3.0


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.fixture
def dressed(qapp: QApplication) -> Iterator[QApplication]:
    yield qapp
    apply_theme(qapp, Scheme.LIGHT)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_text_is_readable_on_its_ground(tokens: Tokens, text: str, ground: str) -> None:
    assert contrast(getattr(tokens, text), getattr(tokens, ground)) >= READABLE


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["window", "sunken", "selected"])
def test_focus_ring_stands_out(tokens: Tokens, ground: str) -> None:
    assert contrast(tokens.focus, getattr(tokens, ground)) >= VISIBLE


@pytest.mark.parametrize("colour", AVATAR_COLOURS)
def test_initials_are_readable_on_every_avatar(colour: str) -> None:
    assert contrast(ON_AVATAR, colour) >= READABLE


@pytest.mark.parametrize("mark", known_marks(), ids=lambda mark: mark.name)
def test_letters_are_readable_on_every_channel(mark: ChannelMark) -> None:
    assert contrast(LETTERS_COLOUR, mark.colour) >= READABLE


def test_platform_without_a_mark_gets_its_letters() -> None:
    assert channel_mark("mastodon").letters == "MA"


def test_every_colour_is_a_full_hex_number() -> None:
    names = [field.name for field in fields(Tokens) if field.name != "is_dark"]
    values = [getattr(tokens, name) for tokens in (LIGHT, DARK) for name in names]
    assert all(re.fullmatch(r"#[0-9a-f]{6}", value) for value in values)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_stylesheet_has_no_name_left_to_fill(tokens: Tokens) -> None:
    assert "$" not in stylesheet_of(tokens)


@pytest.mark.parametrize(
    "control", ["QLineEdit", "QPlainTextEdit", "QPushButton", "QToolButton", "QComboBox"]
)
def test_keyboard_users_see_which_control_has_the_focus(control: str) -> None:
    assert f"{control}:focus" in STYLESHEET


def test_unknown_system_scheme_means_light() -> None:
    assert resolve(Scheme.SYSTEM, Qt.ColorScheme.Unknown) is LIGHT


def test_system_scheme_is_followed() -> None:
    assert resolve(Scheme.SYSTEM, Qt.ColorScheme.Dark) is DARK


def test_choice_of_the_person_beats_the_system() -> None:
    assert resolve(Scheme.LIGHT, Qt.ColorScheme.Dark) is LIGHT


def test_theme_is_switched_while_the_application_runs(dressed: QApplication) -> None:
    switch = ThemeSwitch(dressed, Scheme.LIGHT)
    switch.choose(Scheme.DARK)
    assert current_tokens() is DARK
    assert dressed.palette().color(QPalette.ColorRole.WindowText) == QColor(DARK.text)
    switch.setParent(None)


def test_table_does_not_paint_its_own_selection(
    dressed: QApplication, qtbot: QtBot
) -> None:
    apply_theme(dressed, Scheme.LIGHT)
    table = QTableView()
    qtbot.addWidget(table)
    table.ensurePolished()
    assert table.palette().color(QPalette.ColorRole.Highlight).alpha() == 0


@pytest.mark.parametrize("name", icon_names())
@pytest.mark.usefixtures("qapp")
def test_icon_draws_something_in_the_colour_asked_for(name: str) -> None:
    image = pixmap(name, 24, "#ff0000").toImage()
    pixels = [image.pixelColor(x, y) for x in range(24) for y in range(24)]
    inked = [pixel for pixel in pixels if pixel.alpha() > 200]
    assert inked
    assert all(pixel.red() > 200 and pixel.green() < 60 for pixel in inked)


@pytest.mark.usefixtures("qapp")
def test_icon_is_drawn_once_per_size_colour_and_ratio() -> None:
    first = pixmap("inbox", 20, "#123456", 2.0)
    assert pixmap("inbox", 20, "#123456", 2.0).cacheKey() == first.cacheKey()
    assert pixmap("inbox", 20, "#123456", 1.0).cacheKey() != first.cacheKey()


@pytest.mark.usefixtures("qapp")
def test_icon_is_sharp_on_dense_screens() -> None:
    picture = icon("send", "#000000", 16).pixmap(QSize(16, 16), 2.0)
    assert picture.width() == 32


@pytest.mark.usefixtures("qapp")
def test_icon_that_was_never_drawn_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        pixmap("no-such-icon", 16, "#000000")


@pytest.mark.usefixtures("qapp")
def test_bundled_fonts_are_accepted() -> None:
    families = load_fonts(resources_dir() / "fonts")
    assert {"Inter", EMOJI_FAMILY, "Noto Sans Arabic"} <= set(families)


@pytest.mark.usefixtures("qapp")
def test_folder_without_fonts_leaves_the_system_fonts(tmp_path: Path) -> None:
    assert load_fonts(tmp_path) == []
