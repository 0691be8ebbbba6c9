"""When a snoozed conversation comes back."""

from datetime import datetime, time, timedelta

from PySide6.QtCore import QCoreApplication

_MORNING = time(9, 0)
_MONDAY = 0


def snooze_choices(now: datetime) -> list[tuple[str, datetime]]:
    """Return the times on offer, in the reader's zone, with their names."""
    translate = QCoreApplication.translate
    local = now.astimezone()
    return [
        (translate("Snooze", "In 1 hour"), local + timedelta(hours=1)),
        (translate("Snooze", "In 3 hours"), local + timedelta(hours=3)),
        (translate("Snooze", "Tomorrow at 9:00"), _morning_after(local, 1)),
        (
            translate("Snooze", "Monday at 9:00"),
            _morning_after(local, _days_to_monday(local)),
        ),
    ]


def _days_to_monday(local: datetime) -> int:
    """Return days until the next Monday, a whole week if today is one."""
    return (_MONDAY - local.weekday() - 1) % 7 + 1


def _morning_after(local: datetime, days: int) -> datetime:
    # Combined without an offset first: the clock may change between today and then.
    day = (local + timedelta(days=days)).date()
    return datetime.combine(day, _MORNING).astimezone()
