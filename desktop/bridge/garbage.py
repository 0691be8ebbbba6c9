"""Collect Python's cyclic garbage on the UI thread only.

The collector runs in whatever thread happens to allocate. A closed dialog that is part
of a cycle would be destroyed by the engine's thread, and Qt objects with timers or
windows may not be destroyed there: Qt warns at best and crashes at worst. So the
automatic collector is off while the engine's thread lives, and a timer does its work.
"""

import gc

from PySide6.QtCore import QObject, QTimer, Slot

_EVERY = 1_000


class GarbageOnUiThread(QObject):
    """Collects by the interpreter's own thresholds; made and run on the UI thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(self.collect_due)

    def start(self) -> None:
        """Take over from the automatic collector."""
        gc.collect()
        gc.disable()
        self._timer.start()

    def stop(self) -> None:
        """Give back to the automatic collector."""
        self._timer.stop()
        gc.enable()

    @Slot()
    def collect_due(self) -> None:
        """Collect the oldest generation that is due, as the interpreter would."""
        due = [
            generation
            for generation, (count, limit) in enumerate(
                zip(gc.get_count(), gc.get_threshold(), strict=True)
            )
            if count > limit
        ]
        if due:
            gc.collect(due[-1])
