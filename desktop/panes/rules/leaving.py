"""What becomes of words that are not saved when one goes elsewhere."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.style.tokens import Space
from desktop.widgets.buttons import primary, quiet, secondary
from desktop.widgets.label import WrappedLabel

_WIDTH = 440


class LeaveQuestion(QDialog):
    """Asked with `open()`; to close it is to keep everything for later."""

    save_wanted = Signal()
    discard_wanted = Signal()

    def __init__(self, parts: str, parent: QWidget, *, can_save: bool) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        title = self.tr("Save the rules?")
        self.setWindowTitle(title)
        self.finished.connect(parent.window().activateWindow)
        told = self.tr("Not saved: %1. The assistant still follows the rules as they were.")
        told = told.replace("%1", parts)
        self.setAccessibleName(title)
        self.setAccessibleDescription(told)
        heading, words = WrappedLabel(role="heading"), WrappedLabel()
        for label, text in ((heading, title), (words, told)):
            label.show_text(text)
            label.setFixedWidth(_WIDTH)
        save = primary(self.tr("Save"))
        later = secondary(self.tr("Keep for later"))
        discard = quiet(self.tr("Discard"))
        save.setEnabled(can_save)
        save.clicked.connect(self._on_save)
        discard.clicked.connect(self._on_discard)
        later.clicked.connect(self.reject)
        later.setDefault(True)
        buttons = QHBoxLayout()
        buttons.setSpacing(Space.S)
        buttons.addWidget(discard)
        buttons.addStretch()
        buttons.addWidget(later)
        buttons.addWidget(save)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.XL, Space.XL, Space.L)
        column.setSpacing(Space.M)
        column.addWidget(heading)
        column.addWidget(words)
        column.addSpacing(Space.S)
        column.addLayout(buttons)
        later.setFocus()

    @Slot()
    def _on_save(self) -> None:
        self.save_wanted.emit()
        self.accept()

    @Slot()
    def _on_discard(self) -> None:
        self.discard_wanted.emit()
        self.accept()
