"""Who a customer is elsewhere, beside the thread."""

from uuid import UUID

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QImageWriter, QPixmap
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from core.actions import unite
from core.domain.errors import Conflict
from core.domain.ids import CustomerId
from core.queries import people
from desktop.panes.inbox.faces import FacesCard
from desktop.panes.inbox.portraits import Portraits
from tests.doubles.face_rows import nobody_else, somewhere_else
from tests.doubles.fake_bridge import FakeBridge

ME = CustomerId(UUID(int=70))

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


class Beside:
    """The card, shown for one customer."""

    def __init__(self, qtbot: QtBot) -> None:
        self.bridge = FakeBridge()
        self.bridge.computes(people.faces, somewhere_else)
        for action in (unite.same, unite.not_same, unite.undo):
            self.bridge.answers(action, None)
        self.card = FacesCard(self.bridge)
        qtbot.addWidget(self.card)

    def press(self, words: str) -> None:
        for button in self.card.findChildren(QPushButton):
            if button.text() == words:
                button.click()
                return
        raise AssertionError(words)


@pytest.fixture
def beside(qtbot: QtBot) -> Beside:
    shown = Beside(qtbot)
    shown.card.show_customer(ME)
    return shown


def test_a_customer_known_here_only_takes_no_room(beside: Beside) -> None:
    assert not beside.card.isHidden()
    beside.bridge.computes(people.faces, nobody_else)
    beside.card.show_customer(ME)
    assert beside.card.isHidden()


def test_another_face_opens_its_conversation(qtbot: QtBot, beside: Beside) -> None:
    with qtbot.waitSignal(beside.card.open_conversation) as opened:
        beside.press("Open")
    identity = somewhere_else(ME).identities[0]
    assert opened.args == [identity.conversation_id]


def test_what_was_united_is_separated_again(beside: Beside) -> None:
    beside.press("Separate")
    assert beside.bridge.asked(unite.undo) == [
        ((somewhere_else(ME).identities[0].merge_id,), {})
    ]


def test_a_supposition_is_confirmed_or_refused(beside: Beside) -> None:
    other = somewhere_else(ME).suggestions[0].customer_id
    beside.press("The same")
    beside.press("Somebody else")
    assert beside.bridge.asked(unite.same) == [((ME, other), {})]
    assert beside.bridge.asked(unite.not_same) == [((ME, other), {})]


def test_a_refusal_is_passed_on_and_leaves_the_card_usable(
    qtbot: QtBot, beside: Beside
) -> None:
    beside.bridge.refuses(unite.undo, Conflict("That was taken back already."))
    with qtbot.waitSignal(beside.card.refused):
        beside.press("Separate")
    assert beside.card.isEnabled()


def picture() -> bytes:
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    image.fill(0xFF336699)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())


def test_a_portrait_is_asked_for_once_and_cut_to_a_square(qtbot: QtBot) -> None:
    bridge = FakeBridge()
    bridge.answers(people.picture, picture())
    card = FacesCard(bridge)
    qtbot.addWidget(card)
    portraits = Portraits(bridge, card)
    first = portraits.portrait(ME, 40, 1.0)
    again = portraits.portrait(ME, 40, 1.0)
    found = first or again
    assert isinstance(found, QPixmap)
    assert (found.width(), found.height()) == (40, 40)
    assert len(bridge.asked(people.picture)) == 1
