"""Ctrl+K: everything one can do and every conversation, by typing a few letters."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QObject,
    QSize,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from core.queries import inbox
from core.queries.inbox import InboxFilter, InboxPage, InboxRow
from desktop.bridge.call import Bridge, Call
from desktop.style.channels import channel_mark
from desktop.style.tokens import Space
from desktop.widgets.writing import one_line

_WIDTH, _HEIGHT = 560, 380
_ROW = 32
_PAUSE = 120
_CONVERSATIONS = 8
_RUN = Qt.ItemDataRole.UserRole
_WALKING = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class Palette(QDialog):
    """A field over a list; Enter does what is marked and closes."""

    conversation_chosen = Signal(object)
    """ConversationId of the conversation to open."""

    def __init__(self, actions: Sequence[QAction], bridge: Bridge, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(self.tr("Find anything"))
        self._actions = [action for action in actions if action.isEnabled()]
        self._bridge = bridge
        self._reading: Call[InboxPage] | None = None
        self._field = QLineEdit()
        self._field.setPlaceholderText(self.tr("What do you want to do, or whom to find?"))
        self._field.setAccessibleName(self._field.placeholderText())
        self._field.installEventFilter(self)
        self._list = QListWidget()
        self._list.setAccessibleName(self.tr("Results"))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._on_paused)
        self._field.textChanged.connect(self._on_typed)
        self._field.returnPressed.connect(self._on_entered)
        self._list.itemClicked.connect(self._on_entered)
        card = QFrame()
        card.setProperty("role", "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(Space.M, Space.M, Space.M, Space.M)
        column.setSpacing(Space.S)
        column.addWidget(self._field)
        column.addWidget(self._list)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(card)
        self.resize(_WIDTH, _HEIGHT)
        self._show_actions("")

    def open_over(self, window: QWidget) -> None:
        """Open in the upper middle of the window."""
        middle = window.mapToGlobal(window.rect().center())
        top = window.mapToGlobal(window.rect().topLeft()).y() + window.height() // 6
        self.move(middle.x() - self.width() // 2, top)
        self.show()
        self._field.setFocus()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hand the keys that walk to the list while the field keeps the focus."""
        walks = isinstance(event, QKeyEvent) and event.key() in _WALKING
        if walks and event.type() == QEvent.Type.KeyPress:
            QCoreApplication.sendEvent(self._list, event)
            return True
        return super().eventFilter(watched, event)

    @Slot(str)
    def _on_typed(self, words: str) -> None:
        self._show_actions(words)
        self._pause.start()

    @Slot()
    def _on_paused(self) -> None:
        words = self._field.text().strip()
        if self._reading is not None:
            self._reading.cancel()
        if words:
            self._reading = self._bridge.ask(
                self, inbox.page, filter=InboxFilter.ALL, search=words, limit=_CONVERSATIONS
            ).then(self._on_found)

    def _on_found(self, page: InboxPage) -> None:
        for row in page.rows:
            platform = channel_mark(row.platform).name
            self._add(
                f"{one_line(row.customer_name, 60)}  ·  {platform}", self._opener(row)
            )
        self._mark_first()

    def _opener(self, row: InboxRow) -> Callable[[], None]:
        def open_it() -> None:
            self.conversation_chosen.emit(row.id)

        return open_it

    def _show_actions(self, words: str) -> None:
        self._list.clear()
        for action in self._actions:
            if matches(words, action.text()):
                keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
                self._add(
                    f"{action.text()}  ·  {keys}" if keys else action.text(), action.trigger
                )
        self._mark_first()

    def _add(self, title: str, run: Callable[[], None]) -> None:
        item = QListWidgetItem(title)
        item.setData(_RUN, run)
        item.setSizeHint(QSize(0, _ROW))
        self._list.addItem(item)

    def _mark_first(self) -> None:
        if self._list.currentRow() < 0 and self._list.count():
            self._list.setCurrentRow(0)

    @Slot()
    def _on_entered(self) -> None:
        chosen = self._list.selectedItems()
        # Out of sight first: what runs may open a menu or take the focus.
        self.hide()
        for item in chosen:
            item.data(_RUN)()
        self.close()


def matches(words: str, title: str) -> bool:
    """Return whether each of the words occurs in the title, in any order."""
    return all(word in title.casefold() for word in words.casefold().split())
