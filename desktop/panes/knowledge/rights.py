"""Controls that only owners and admins may use: off for others, with the reason."""

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from desktop.widgets.writing import safe_tooltip


def locked_words() -> str:
    """Return why a control cannot be used."""
    return QCoreApplication.translate(
        "Knowledge", "Only owners and admins change the knowledge base."
    )


def allow(controls: Iterable[QWidget], *, allowed: bool) -> None:
    """Switch controls on, or off with the reason for the eye and for a screen reader."""
    reason = "" if allowed else locked_words()
    for control in controls:
        control.setEnabled(allowed)
        control.setAccessibleDescription(reason)
        control.setToolTip(safe_tooltip(reason) if reason else "")
