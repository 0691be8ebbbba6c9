"""The button that has a typed text reworded, and stops what is being written."""

from enum import StrEnum

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtWidgets import QMenu, QWidget

from desktop.widgets.buttons import IconButton
from desktop.widgets.writing import safe_tooltip


class Wording(StrEnum):
    """What can be done to a text."""

    IMPROVE = "improve"
    SHORTEN = "shorten"
    TRANSLATE = "translate"


class WordingButton(IconButton):
    """Opens its choices; while somebody writes, a press stops them."""

    wanted = Signal(object)
    """The `Wording` that was chosen."""
    stopped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("assistant", "", parent)
        self._is_running = False
        self._menu = QMenu(self)
        for wording, words in (
            (Wording.IMPROVE, self.tr("Improve the wording")),
            (Wording.SHORTEN, self.tr("Shorten")),
            (Wording.TRANSLATE, self.tr("Translate for the customer")),
        ):
            self._menu.addAction(words).setData(wording)
        self._menu.triggered.connect(self._on_chosen)
        self.clicked.connect(self._on_clicked)
        self.show_running(running=False)
        self.hide()

    def show_running(self, *, running: bool) -> None:
        """Say what a press does now."""
        self._is_running = running
        words = self.tr("Stop writing") if running else self.tr("Reword with the model")
        self.set_icon("close" if running else "assistant")
        self.setAccessibleName(words)
        self.setToolTip(safe_tooltip(words))

    @Slot()
    def _on_clicked(self) -> None:
        if self._is_running:
            self.stopped.emit()
            return
        above = QPoint(0, -self._menu.sizeHint().height())
        self._menu.popup(self.mapToGlobal(above))

    @Slot(object)
    def _on_chosen(self, action: object) -> None:
        data = getattr(action, "data", None)
        if data is not None:
            self.wanted.emit(Wording(data()))
