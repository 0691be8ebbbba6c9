"""All keys on one sheet: the window's own, and those of the pane in sight."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.style.tokens import Space, Tone
from desktop.widgets.buttons import secondary
from desktop.widgets.label import PlainLabel
from desktop.widgets.pill import Pill

Group = tuple[str, Sequence[QAction]]


class KeySheet(QDialog):
    """Title by title, what each key does; Escape closes it."""

    def __init__(self, groups: Sequence[Group], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        # Where no window manager hands the keyboard back, its keys would stay dead.
        self.finished.connect(parent.window().activateWindow)
        columns = QHBoxLayout()
        columns.setSpacing(Space.XL * 2)
        for title, actions in groups:
            columns.addLayout(self._column(title, actions))
        close = secondary(self.tr("Close"))
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addWidget(
            PlainLabel(
                self.tr("Single letters work when no text field is in use."), "small"
            )
        )
        foot.addStretch()
        foot.addWidget(close)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(Space.XL, Space.XL, Space.XL, Space.L)
        outer.setSpacing(Space.L)
        outer.addWidget(PlainLabel(self.windowTitle(), "title"))
        outer.addLayout(columns)
        outer.addLayout(foot)

    def _column(self, title: str, actions: Sequence[QAction]) -> QVBoxLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.L)
        grid.setVerticalSpacing(Space.S)
        shown = [action for action in actions if not action.shortcut().isEmpty()]
        for row, action in enumerate(shown):
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            grid.addWidget(Pill(keys, Tone.NEUTRAL), row, 0, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(PlainLabel(action.text()), row, 1)
        grid.setColumnStretch(1, 1)
        column = QVBoxLayout()
        column.setSpacing(Space.M)
        column.addWidget(PlainLabel(title, "section"))
        column.addLayout(grid)
        column.addStretch()
        return column
