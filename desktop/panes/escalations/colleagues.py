"""The button that hands a case to a colleague, who is chosen from a menu."""

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from core.domain.errors import SocialSyncError
from core.domain.member import Member
from core.queries import members
from desktop.bridge.call import Bridge
from desktop.widgets.buttons import ActionButton, Rank
from desktop.widgets.writing import one_line

_LONGEST_NAME = 40


class Colleagues(ActionButton):
    """Reads the team when it is pressed: people come and go."""

    chosen = Signal(object)
    """The `MemberId` of the colleague."""
    refused = Signal(object)

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__("", Rank.SECONDARY, "people", parent)
        self._bridge = bridge
        self._menu = QMenu(self)
        self.setText(self.tr("Hand to…"))
        self.setAccessibleName(self.text())
        self._menu.setAccessibleName(self.tr("Colleagues"))
        self._menu.triggered.connect(self._on_chosen)
        self.clicked.connect(self._on_clicked)

    @Slot()
    def _on_clicked(self) -> None:
        self._bridge.ask(self, members.members).then(self._on_read).failed(self._on_failed)

    def _on_read(self, team: tuple[Member, ...]) -> None:
        self._menu.clear()
        for member in team:
            name = one_line(member.name, _LONGEST_NAME).replace("&", "&&")
            self._menu.addAction(name).setData(member.id)
        self._menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    def _on_failed(self, error: SocialSyncError) -> None:
        self.refused.emit(error)

    @Slot(QAction)
    def _on_chosen(self, action: QAction) -> None:
        self.chosen.emit(action.data())
