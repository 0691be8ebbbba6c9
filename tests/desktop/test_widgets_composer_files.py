"""The composer offers files, and shows the one that will go."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QLocale, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QLabel

from desktop.style.theme import Scheme, apply_theme, current_tokens
from desktop.widgets.composer import Composer
from desktop.widgets.file_chip import FileChip
from desktop.widgets.growing_text import GrowingText
from tests.desktop.samples import named

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

# The offscreen platform says so of every window whose layout has a smallest size.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

LIMITS = "Photos up to 5 MB"
MENU = "/srv/shop/menu été.pdf"


@pytest.fixture(autouse=True)
def _english(qapp: QApplication) -> None:
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    if not qapp.styleSheet() or current_tokens().is_dark:
        apply_theme(qapp, Scheme.LIGHT)


@pytest.fixture
def composer(qtbot: QtBot) -> Composer:
    made = Composer()
    qtbot.addWidget(made)
    made.resize(500, 240)
    made.show()
    made.set_file_hint(LIMITS)
    return made


def field_of(composer: Composer) -> GrowingText:
    return composer.findChildren(GrowingText)[0]


def shown_words(composer: Composer) -> list[str]:
    return [label.text() for label in composer.findChildren(QLabel) if label.isVisible()]


def files(*paths: str) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(path) for path in paths])
    return data


def a_picture() -> QMimeData:
    picture = QImage(4, 3, QImage.Format.Format_RGB32)
    picture.fill(QColor("teal"))
    data = QMimeData()
    data.setImageData(picture)
    return data


def drop(composer: Composer, data: QMimeData) -> bool:
    """Drop onto the composer beside its field; return whether it was welcome."""
    where, copy = QPoint(2, 2), Qt.DropAction.CopyAction
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(where, copy, data, left, none)
    enter.ignore()
    QApplication.sendEvent(composer, enter)
    if enter.isAccepted():
        event = QDropEvent(QPointF(where), copy, data, left, none)
        QApplication.sendEvent(composer, event)
    return enter.isAccepted()


def test_paper_clip_asks_for_a_file_and_tells_the_limits(
    composer: Composer, qtbot: QtBot
) -> None:
    clip = named(composer, "Attach a file")
    assert clip.toolTip().count(LIMITS) == 1
    assert clip.accessibleDescription() == LIMITS
    with qtbot.wait_signal(composer.attach_wanted):
        clip.click()


def test_limits_are_said_while_a_file_waits_to_be_sent(composer: Composer) -> None:
    assert "Ctrl+Enter sends" in shown_words(composer)
    composer.show_file("menu.pdf", 2_621_440)
    assert {"2.5 MB", LIMITS} <= set(shown_words(composer))
    composer.show_no_file()
    assert "Ctrl+Enter sends" in shown_words(composer)


def test_file_can_be_sent_without_words(composer: Composer, qtbot: QtBot) -> None:
    assert not composer.can_send()
    composer.show_file("menu.pdf", 1)
    with qtbot.wait_signal(composer.submitted) as submitted:
        named(composer, "Send").click()
    assert submitted.args == [""]


def test_nothing_is_sent_while_a_file_is_being_read(composer: Composer) -> None:
    composer.set_text("Here is the menu")
    composer.show_arriving_file("menu.pdf")
    assert not composer.can_send()
    composer.show_file("menu.pdf", 1)
    assert composer.can_send()


def test_file_can_be_taken_back(composer: Composer, qtbot: QtBot) -> None:
    composer.show_file("menu.pdf", 1)
    with qtbot.wait_signal(composer.file_removed):
        named(composer, "Remove the file").click()
    composer.show_no_file()
    assert not composer.findChildren(FileChip)[0].isVisible()
    assert not composer.can_send()


def test_pasted_file_is_offered_and_its_path_is_not_typed(
    composer: Composer, qtbot: QtBot
) -> None:
    data = files(MENU)
    data.setText(f"file://{MENU}")
    with qtbot.wait_signal(composer.files_offered) as offered:
        field_of(composer).insertFromMimeData(data)
    assert offered.args == [[MENU]]
    assert composer.text() == ""


def test_pasted_picture_is_offered(composer: Composer, qtbot: QtBot) -> None:
    assert field_of(composer).canInsertFromMimeData(a_picture())
    with qtbot.wait_signal(composer.picture_offered) as offered:
        field_of(composer).insertFromMimeData(a_picture())
    assert offered.args is not None
    assert offered.args[0].size().width() == 4


def test_words_copied_with_their_picture_are_pasted_as_words(
    composer: Composer, qtbot: QtBot
) -> None:
    data = a_picture()
    data.setText("12 €")
    with qtbot.assert_not_emitted(composer.picture_offered):
        field_of(composer).insertFromMimeData(data)
    assert composer.text() == "12 €"


def test_files_may_be_dropped_beside_the_field(composer: Composer, qtbot: QtBot) -> None:
    with qtbot.wait_signal(composer.files_offered) as offered:
        assert drop(composer, files(MENU, "/srv/b.png"))
    assert offered.args == [[MENU, "/srv/b.png"]]


def test_addresses_of_the_web_are_no_files(composer: Composer) -> None:
    data = QMimeData()
    data.setUrls([QUrl("https://example.org/a.png")])
    assert not drop(composer, data)


@pytest.mark.parametrize("reason", ["no files here", "closed"])
def test_composer_that_takes_no_files_says_so_and_offers_none(
    composer: Composer, qtbot: QtBot, reason: str
) -> None:
    if reason == "closed":
        composer.set_disabled_reason("The window is closed")
    else:
        composer.set_file_hint(None)
    assert not named(composer, "Attach a file").isEnabled()
    assert not drop(composer, files(MENU))
    assert not field_of(composer).canInsertFromMimeData(a_picture())
    with qtbot.assert_not_emitted(composer.files_offered):
        field_of(composer).insertFromMimeData(files(MENU))


def test_name_of_a_file_is_shown_as_it_is(composer: Composer) -> None:
    composer.show_file("<b>menu</b>.pdf", 1)
    assert composer.findChildren(FileChip)[0].accessibleName() == "<b>menu</b>.pdf, 1 bytes"
    assert "<b>menu</b>.pdf" in shown_words(composer)
