"""Times as people say them, in the reader's zone and language."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime


def clock_time(at: datetime) -> str:
    """Return the hour and minute of `at` in the reader's zone."""
    local = at.astimezone()
    shown = QLocale().toString(
        QTime(local.hour, local.minute), QLocale.FormatType.ShortFormat
    )
    return str(shown)


def short_time(at: datetime, now: datetime) -> str:
    """Return a time as short as a list row needs: hour, yesterday, weekday or date."""
    days = (now.astimezone().date() - at.astimezone().date()).days
    if days <= 0:
        return clock_time(at)
    if days == 1:
        return QCoreApplication.translate("When", "yesterday")
    if days < 7:
        return QLocale().dayName(
            at.astimezone().isoweekday(), QLocale.FormatType.ShortFormat
        )
    return _date(at, now)


def day_heading(at: datetime, now: datetime) -> str:
    """Return the words that separate one day of a conversation from the day before."""
    days = (now.astimezone().date() - at.astimezone().date()).days
    if days == 0:
        return QCoreApplication.translate("When", "Today")
    if days == 1:
        return QCoreApplication.translate("When", "Yesterday")
    local = at.astimezone().date()
    date = QDate(local.year, local.month, local.day)
    return str(QLocale().toString(date, QLocale.FormatType.LongFormat))


def time_left(until: datetime, now: datetime) -> str:
    """Return how long a reply window stays open, in its largest whole unit."""
    minutes = int((until - now).total_seconds() // 60)
    if minutes < 0:
        return QCoreApplication.translate("When", "closed")
    if minutes < 60:
        words, count = QCoreApplication.translate("When", "%1 min left"), minutes
    elif minutes < 48 * 60:
        words, count = QCoreApplication.translate("When", "%1 h left"), minutes // 60
    else:
        words, count = QCoreApplication.translate("When", "%1 d left"), minutes // 1440
    return words.replace("%1", QLocale().toString(count))


def _date(at: datetime, now: datetime) -> str:
    local = at.astimezone().date()
    date = QDate(local.year, local.month, local.day)
    if local.year == now.astimezone().year:
        # Qt has no "day and month" format of its own, so translators say the order.
        pattern = QCoreApplication.translate("When", "MMM d", "date without year")
        return QLocale().toString(date, pattern)
    return str(QLocale().toString(date, QLocale.FormatType.ShortFormat))
