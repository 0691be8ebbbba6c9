"""The menus of a conversation: everything one can do to it, and when it should return."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from core.domain.ids import ConversationId
from core.queries.inbox import InboxRow
from desktop.bridge.call import Bridge
from desktop.panes.inbox.deeds import Deeds
from desktop.panes.inbox.snooze import snooze_choices


class ConversationMenus(QObject):
    """Opens menus that call the deeds; they delete themselves when they close."""

    def __init__(self, bridge: Bridge, deeds: Deeds, owner: QWidget) -> None:
        super().__init__(owner)
        self._bridge = bridge
        self._deeds = deeds
        self._owner = owner

    def open_for(self, row: InboxRow, at: QPoint) -> QMenu:
        """Open the menu of a row; returns it."""
        menu = self._menu(row.customer_name)
        deeds = self._deeds
        _add(menu, self.tr("Assign to me"), partial(deeds.assign_to_me, row.id))
        if row.status == "archived":
            _add(menu, self.tr("Reopen"), partial(deeds.reopen, row.id))
        else:
            _add(menu, self.tr("Resolve"), partial(deeds.archive, row.id))
        _add(menu, self.tr("Mark as unread"), partial(deeds.mark_unread, row.id))
        menu.addSeparator()
        self._add_snoozes(menu.addMenu(self.tr("Snooze")), row.id)
        menu.popup(at)
        return menu

    def open_snooze(self, conversation_id: ConversationId, at: QPoint) -> QMenu:
        """Open the times at which a snoozed conversation may return; returns the menu."""
        menu = self._menu(self.tr("Snooze"))
        self._add_snoozes(menu, conversation_id)
        menu.popup(at)
        return menu

    def _menu(self, name: str) -> QMenu:
        menu = QMenu(self._owner)
        menu.setAccessibleName(name)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _add_snoozes(self, menu: QMenu, conversation_id: ConversationId) -> None:
        for title, until in snooze_choices(self._bridge.now()):
            _add(menu, title, partial(self._deeds.snooze, conversation_id, until))


def _add(menu: QMenu, title: str, run: Callable[[], None]) -> None:
    action = QAction(title, menu)
    action.triggered.connect(run)
    menu.addAction(action)
