"""What the window shows before the inbox is open, or when it does not open."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.bridge.trouble import Trouble
from desktop.widgets.empty_state import EmptyState
from desktop.window.rail import Rail


class Waiting(QWidget):
    """An empty navigation beside one sentence."""

    acted = Signal()
    """The one thing one can do about it: try again."""

    def __init__(self, state: EmptyState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        state.acted.connect(self.acted)
        rail = Rail()
        rail.setEnabled(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(rail)
        row.addWidget(state, 1)


def opening() -> Waiting:
    """Return what is shown while the engine opens."""
    translate = QCoreApplication.translate
    title = translate("Waiting", "Opening your inbox…")
    hint = translate("Waiting", "The first time takes longer: the database is being made.")
    return Waiting(EmptyState("inbox", title, hint))


def closing() -> Waiting:
    """Return what is shown while the last drafts are saved and the companion ends."""
    title = QCoreApplication.translate("Waiting", "Closing…")
    return Waiting(EmptyState("inbox", title, ""))


def failed(trouble: Trouble | None) -> Waiting:
    """Return what is shown when the engine did not open, or ended by itself."""
    translate = QCoreApplication.translate
    title = translate("Waiting", "The inbox could not be opened")
    hint = translate("Waiting", "This is a mistake of ours; the report says where.")
    if trouble is not None:
        title, hint = trouble.title, trouble.detail or trouble.next_step
    return Waiting(EmptyState("failed", title, hint, translate("Waiting", "Try again")))
