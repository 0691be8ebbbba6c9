"""What one kind of mistake costs: a sentence, a slider for the hand, a number for the head."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QSlider, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.panes.rules.curve_reading import STEPS, nearest_step
from desktop.style.tokens import Space
from desktop.widgets.label import WrappedLabel

_LEAST, _MOST = 0.1, 1000.0


class _Slider(QSlider):
    """A slider that leaves the wheel to the page that scrolls."""

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel alone."""
        event.ignore()


class _Number(QDoubleSpinBox):
    """A number that leaves the wheel to the page that scrolls."""

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel alone."""
        event.ignore()


class CostRow(QWidget):
    """In units of one needless escalation."""

    changed = Signal(float)

    def __init__(self, sentence: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = WrappedLabel()
        self._words.show_text(sentence)
        self._slider = _Slider(Qt.Orientation.Horizontal)
        self._slider.setRange(0, len(STEPS) - 1)
        self._slider.setPageStep(3)
        self._slider.setAccessibleName(sentence)
        self._number = _Number()
        self._number.setAccessibleName(sentence)
        self._number.setRange(_LEAST, _MOST)
        self._number.setDecimals(1)
        self._number.setMinimumHeight(34)
        self._number.setFixedWidth(92)
        self._number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._number.setKeyboardTracking(False)
        self._slider.valueChanged.connect(self._on_slid)
        self._number.valueChanged.connect(self._on_typed)
        row = QHBoxLayout()
        row.setSpacing(Space.M)
        row.addWidget(self._slider, 1)
        row.addWidget(self._number)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        column.addWidget(self._words)
        column.addLayout(row)

    def show_cost(self, cost: float) -> None:
        """Show a cost; silent."""
        for control in (self._slider, self._number):
            control.blockSignals(True)  # noqa: FBT003 - Qt's own signature
        self._slider.setValue(nearest_step(cost))
        if round(self._number.value(), 1) != round(cost, 1):
            self._number.setValue(cost)
        for control in (self._slider, self._number):
            control.blockSignals(False)  # noqa: FBT003 - Qt's own signature

    def set_read_only(self, *, read_only: bool) -> None:
        """Show the cost without a way to change it."""
        self._slider.setEnabled(not read_only)
        self._number.setReadOnly(read_only)

    @Slot(int)
    def _on_slid(self, at: int) -> None:
        self.changed.emit(float(STEPS[at]))

    @Slot(float)
    def _on_typed(self, value: float) -> None:
        self.changed.emit(round(value, 1))
