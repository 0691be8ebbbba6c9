"""A typed reply in other words: shown as they come, stopped at will, never lost."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from core.actions import improve
from core.actions.improve import How
from core.domain.errors import ModelDown
from core.domain.ids import ConversationId
from desktop.panes.inbox.rewording import Reworded, Rewording
from desktop.widgets.composer import Composer
from desktop.widgets.wording import Wording, WordingButton
from tests.doubles.fake_bridge import FakeBridge
from tests.doubles.inbox_rows import conversation_id

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

HERE, ELSEWHERE = conversation_id(0), conversation_id(1)


class Desk:
    """A composer with what rewords its text, and what has come of it."""

    def __init__(self, qtbot: QtBot) -> None:
        self.bridge = FakeBridge()
        self.composer = Composer()
        qtbot.addWidget(self.composer)
        self.shown: list[str] = []
        self.done: list[Reworded] = []
        self.refusals: list[Exception] = []
        self.bridge.answers(improve.is_possible, value=True)
        self.bridge.computes(improve.edited, self._edited)
        self.rewording = Rewording(self.composer, self.bridge, self.composer)
        self.rewording.reworded.connect(self.done.append)
        self.rewording.refused.connect(self.refusals.append)
        self.rewording.open(HERE)
        self.composer.show()
        self.composer.set_text("we is open")

    def _edited(
        self, _to: ConversationId, text: str, how: How, *, tell: Callable[[str], None]
    ) -> str:
        for so_far in ("We ", "We are open."):
            tell(so_far)
            self.shown.append(self.composer.text())
        assert (text, how) == ("we is open", How.IMPROVE)
        return "We are open."

    @property
    def button(self) -> WordingButton:
        (found,) = self.composer.findChildren(WordingButton)
        return found

    @property
    def field(self) -> Any:
        (found,) = self.composer.findChildren(QPlainTextEdit)
        return found


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk(qtbot)


def test_words_are_shown_as_they_come(desk: Desk) -> None:
    desk.bridge.holds(improve.edited)
    desk.button.wanted.emit(Wording.IMPROVE)
    desk.bridge.release(improve.edited)

    assert desk.shown == ["We ", "We are open."]
    assert desk.done == [
        Reworded(conversation_id=HERE, text="We are open.", before="we is open")
    ]
    assert not desk.field.isReadOnly()


def test_while_it_writes_nothing_can_be_sent_or_typed(desk: Desk) -> None:
    desk.bridge.holds(improve.edited)
    desk.button.wanted.emit(Wording.IMPROVE)

    assert desk.field.isReadOnly()
    assert not desk.composer.can_send()
    assert desk.button.accessibleName() == "Stop writing"


def test_stopping_brings_the_typed_text_back(desk: Desk) -> None:
    desk.bridge.holds(improve.edited)
    desk.button.wanted.emit(Wording.IMPROVE)
    desk.composer.set_text("We a")
    desk.button.click()
    desk.bridge.release(improve.edited)

    assert desk.composer.text() == "we is open"
    assert desk.done == []
    assert desk.composer.can_send()


def test_another_conversation_gets_none_of_it(desk: Desk) -> None:
    desk.bridge.holds(improve.edited)
    desk.button.wanted.emit(Wording.IMPROVE)
    desk.rewording.open(ELSEWHERE)
    desk.bridge.release(improve.edited)

    assert desk.done == []
    assert desk.composer.text() == "we is open"


def test_a_failure_is_told_and_loses_nothing(desk: Desk) -> None:
    desk.bridge.refuses(improve.edited, ModelDown("The model does not answer."))
    desk.button.wanted.emit(Wording.IMPROVE)

    assert desk.composer.text() == "we is open"
    assert [str(error) for error in desk.refusals] == ["The model does not answer."]


def test_nothing_is_offered_without_a_model(qtbot: QtBot) -> None:
    bridge = FakeBridge()
    bridge.answers(improve.is_possible, value=False)
    composer = Composer()
    qtbot.addWidget(composer)
    Rewording(composer, bridge, composer).open(HERE)
    composer.show()

    (button,) = composer.findChildren(WordingButton)
    assert not button.isVisible()
