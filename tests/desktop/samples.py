"""Made-up messages and small questions that several tests of the widgets share."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from PySide6.QtWidgets import QAbstractButton, QWidget

from core.domain.message import DeliveryState
from desktop.widgets.bubble import Bubble, Side

NOW = datetime(2026, 3, 12, 10, 5, tzinfo=UTC)
WORDS = "The grinder arrived, but the hopper is cracked and one screw is missing. "


def bubble(number: int, text: str = "", side: Side | None = None) -> Bubble:
    return Bubble(
        id=number,
        side=side or (Side.INBOUND if number % 3 else Side.OUTBOUND),
        text=text or WORDS * (1 + number % 5),
        at=NOW - timedelta(minutes=10 * (5_000 - number)),
        sender="Noor",
    )


def sent(state: DeliveryState, reason: str = "") -> Bubble:
    return replace(bubble(0, "On its way", Side.OUTBOUND), delivery=state, reason=reason)


def named(parent: QWidget, name: str) -> QAbstractButton:
    buttons = parent.findChildren(QAbstractButton)
    return next(button for button in buttons if button.accessibleName() == name)
