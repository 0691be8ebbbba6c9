"""At which hours a rule holds."""

from datetime import time

from PySide6.QtCore import QLocale, Qt, QTime, QTimeZone, Signal, Slot
from PySide6.QtWidgets import (
    QCompleter,
    QHBoxLayout,
    QLineEdit,
    QTimeEdit,
    QVBoxLayout,
    QWidget,
)

from core.domain.rule import Hours
from desktop.style.tokens import Space
from desktop.widgets.choice import Choice
from desktop.widgets.label import PlainLabel
from desktop.widgets.switch import Switch
from desktop.widgets.toggle_chips import ToggleChips

_DAYS = tuple(range(7))
_OPEN = Hours(start=time(9), end=time(18), days=(0, 1, 2, 3, 4))


class HoursField(QWidget):
    """Hidden behind a switch until the hour matters."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._switch = Switch(self.tr("Only at certain hours"))
        self._side = Choice(self.tr("Within or outside these hours"))
        self._side.addItem(self.tr("between"), userData=False)
        self._side.addItem(self.tr("outside"), userData=True)
        self._start = self._time(self.tr("Beginning"))
        self._end = self._time(self.tr("End"))
        self._days = ToggleChips(self.tr("Days of the week"))
        self._zone = QLineEdit()
        self._zone.setAccessibleName(self.tr("Time zone"))
        self._zone.setMinimumHeight(36)
        self._zone.setAcceptDrops(False)
        self._offer_zones()
        self._body = QWidget()
        self._arrange()
        self._switch.clicked.connect(self._on_switched)
        self._side.activated.connect(self.changed)
        self._start.timeChanged.connect(self.changed)
        self._end.timeChanged.connect(self.changed)
        self._days.changed.connect(self.changed)
        self._zone.textEdited.connect(self.changed)

    def show_hours(self, hours: Hours | None) -> None:
        """Show hours; silent. None shows that any hour will do."""
        self.blockSignals(True)  # noqa: FBT003 - Qt's own signature
        shown = hours or Hours(
            start=_OPEN.start, end=_OPEN.end, days=_OPEN.days, zone=own_zone()
        )
        self._switch.setChecked(hours is not None)
        self._body.setVisible(hours is not None)
        self._side.setCurrentIndex(int(shown.outside))
        self._start.setTime(QTime(shown.start.hour, shown.start.minute))
        self._end.setTime(QTime(shown.end.hour, shown.end.minute))
        names = [
            QLocale().dayName(day + 1, QLocale.FormatType.ShortFormat) for day in _DAYS
        ]
        self._days.set_choices([(str(day), names[day]) for day in _DAYS])
        self._days.choose([str(day) for day in shown.days])
        if self._zone.text() != shown.zone:
            self._zone.setText(shown.zone)
            self._zone.setCursorPosition(0)
        self.blockSignals(False)  # noqa: FBT003 - Qt's own signature

    def hours(self) -> Hours | None:
        """Return the hours that are chosen."""
        if not self._switch.isChecked():
            return None
        return Hours(
            start=_time_of(self._start),
            end=_time_of(self._end),
            days=tuple(int(day) for day in self._days.chosen()),
            zone=self._zone.text().strip(),
            outside=bool(self._side.currentData()),
        )

    def set_read_only(self, *, read_only: bool) -> None:
        """Show the hours without a way to change them."""
        for control in (self._switch, self._side, self._days):
            control.setEnabled(not read_only)
        for field in (self._start, self._end, self._zone):
            field.setReadOnly(read_only)

    @Slot()
    def _on_switched(self) -> None:
        self._body.setVisible(self._switch.isChecked())
        self.changed.emit()

    def _time(self, name: str) -> QTimeEdit:
        field = QTimeEdit()
        field.setAccessibleName(name)
        field.setMinimumHeight(36)
        field.setAlignment(Qt.AlignmentFlag.AlignCenter)
        field.setKeyboardTracking(False)
        return field

    def _offer_zones(self) -> None:
        names = [bytes(each.data()).decode() for each in QTimeZone.availableTimeZoneIds()]
        completer = QCompleter(names, self._zone)
        completer.setFilterMode(completer.filterMode().MatchContains)
        completer.setCaseSensitivity(completer.caseSensitivity().CaseInsensitive)
        popup = completer.popup()
        if popup is not None:
            popup.setAccessibleName(self.tr("Time zones"))
        completer.activated.connect(self.changed)
        self._zone.setCompleter(completer)

    def _arrange(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(Space.S)
        first.addWidget(self._side)
        first.addWidget(self._start)
        first.addWidget(PlainLabel(self.tr("and")))
        first.addWidget(self._end)
        first.addStretch()
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(Space.S)
        body.addLayout(first)
        body.addWidget(self._days)
        body.addWidget(self._zone)
        top = QHBoxLayout()
        top.addWidget(self._switch)
        top.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addLayout(top)
        column.addWidget(self._body)


def own_zone() -> str:
    """Return the zone of this machine."""
    return bytes(QTimeZone.systemTimeZoneId().data()).decode() or "UTC"


def _time_of(field: QTimeEdit) -> time:
    return time(field.time().hour(), field.time().minute())
