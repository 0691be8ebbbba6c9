"""A question that must be answered before something irrevocable is done.

Shown with `open()`, never `exec()`: a nested event loop would lose the tasks of the UI's
own loop. The careful answer is the default one.
"""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.style.tokens import Space
from desktop.widgets.buttons import danger, secondary
from desktop.widgets.label import WrappedLabel

_WIDTH = 420


class Confirm(QDialog):
    """Title, the residual risk in words, and two buttons named after what they do."""

    confirmed = Signal()

    def __init__(self, title: str, risk: str, deed: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.setWindowTitle(title)
        # Where no window manager hands the keyboard back, its keys would stay dead.
        self.finished.connect(parent.window().activateWindow)
        self.setAccessibleName(title)
        self.setAccessibleDescription(risk)
        words = WrappedLabel()
        words.show_text(risk)
        words.setFixedWidth(_WIDTH)
        heading = WrappedLabel(role="heading")
        heading.show_text(title)
        heading.setFixedWidth(_WIDTH)
        do = danger(deed)
        leave = secondary(self.tr("Cancel"))
        do.clicked.connect(self._on_confirmed)
        leave.clicked.connect(self.reject)
        leave.setDefault(True)
        do.setAutoDefault(False)
        buttons = QHBoxLayout()
        buttons.setSpacing(Space.S)
        buttons.addStretch()
        buttons.addWidget(leave)
        buttons.addWidget(do)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.XL, Space.XL, Space.L)
        column.setSpacing(Space.M)
        column.addWidget(heading)
        column.addWidget(words)
        column.addSpacing(Space.S)
        column.addLayout(buttons)
        leave.setFocus()

    @Slot()
    def _on_confirmed(self) -> None:
        self.confirmed.emit()
        self.accept()
