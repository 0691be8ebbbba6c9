"""What to do about a message: above all one that did not go out, or may not have.

Sending an uncertain message again may give the customer the same words twice. So that is
never one click: the choice opens a question that says so.
"""

from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from core.actions import compose, reply
from core.domain.errors import SocialSyncError
from core.domain.message import DeliveryState, Message
from desktop.bridge.call import Bridge, Call
from desktop.panes.inbox.keys import time_ordered_key
from desktop.panes.inbox.quoting import Quoting
from desktop.panes.inbox.reacting import add_reactions, is_at_platform
from desktop.widgets.confirm import Confirm

_OnMessage = Callable[..., Coroutine[Any, Any, None]]


class Repair(QWidget):
    """Menus and questions about single messages; invisible itself."""

    settled = Signal()
    refused = Signal(object)
    quote_wanted = Signal(object)
    """The message that the next reply should show above itself."""

    def __init__(self, bridge: Bridge, quoting: Quoting, parent: QWidget) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._quoting = quoting
        self._message: Message | None = None
        self._reacts = False
        self.hide()

    def offer_reactions(self, *, offered: bool) -> None:
        """Offer to put a sign on a message, where the platform knows such signs."""
        self._reacts = offered

    def open_menu(self, message: Message, at: QPoint) -> QMenu:
        """Open the menu of a message at a point of the screen; returns it."""
        self._message = message
        menu = QMenu(self)
        menu.setAccessibleName(self.tr("Message"))
        menu.aboutToHide.connect(menu.deleteLater)
        for title, run in self._choices(message):
            action = QAction(title, menu)
            action.triggered.connect(run)
            menu.addAction(action)
        if self._reacts and is_at_platform(message):
            words = (self.tr("React"), self.tr("Take our reaction back"))
            add_reactions(menu, *words, message, self._react)
        menu.popup(at)
        return menu

    def _choices(self, message: Message) -> list[tuple[str, Callable[[], object]]]:
        choices: list[tuple[str, Callable[[], object]]] = []
        if self._quoting.can_quote(message):
            choices.append((self.tr("Reply to this message"), self._quote))
        if message.text:
            choices.append((self.tr("Copy the text"), self._copy))
        match message.delivery:
            case DeliveryState.UNCERTAIN:
                choices.append((self.tr("Send again…"), self.ask_resend))
                choices.append((self.tr("It has arrived"), self._mark_sent))
                choices.append((self.tr("It was not sent"), self._mark_not_sent))
            case DeliveryState.FAILED:
                choices.append((self.tr("Send again"), self._resend))
            case DeliveryState.HELD:
                choices.append((self.tr("Send it as yours"), self._release))
                choices.append((self.tr("Withdraw"), self._withdraw))
            case DeliveryState.QUEUED:
                choices.append((self.tr("Withdraw"), self._withdraw))
        return choices

    def ask_resend(self) -> Confirm:
        """Ask before an uncertain message is sent a second time; returns the question."""
        question = Confirm(
            self.tr("Send this message again?"),
            self.tr(
                "The platform never told us whether it took this message. If it did, the"
                " customer will read the same words twice. Look at the conversation in the"
                " app of the platform first if you can."
            ),
            self.tr("Send again"),
            self.window(),
        )
        question.confirmed.connect(self._resend)
        question.open()
        return question

    def _react(self, emoji: str) -> None:
        if self._message is not None:
            message = self._message
            call = self._bridge.ask(
                self,
                compose.react,
                message.conversation_id,
                message.id,
                emoji,
                key=time_ordered_key(),
            )
            self._follow(call)

    def _quote(self) -> None:
        if self._message is not None:
            self.quote_wanted.emit(self._message)

    def _copy(self) -> None:
        if self._message is not None:
            QGuiApplication.clipboard().setText(self._message.text)

    def _resend(self) -> None:
        if self._message is not None:
            key = time_ordered_key()
            self._follow(self._bridge.ask(self, reply.resend, self._message.id, key=key))

    def _mark_sent(self) -> None:
        self._settle(reply.confirm_sent)

    def _mark_not_sent(self) -> None:
        self._settle(reply.mark_not_sent)

    def _release(self) -> None:
        self._settle(reply.release)

    def _withdraw(self) -> None:
        self._settle(reply.cancel)

    def _settle(self, action: _OnMessage) -> None:
        if self._message is not None:
            self._follow(self._bridge.ask(self, action, self._message.id))

    def _follow(self, call: Call[Any]) -> None:
        call.then(self._on_settled).failed(self._on_refused)

    def _on_settled(self, _result: object) -> None:
        self.settled.emit()

    def _on_refused(self, error: SocialSyncError) -> None:
        self.refused.emit(error)
