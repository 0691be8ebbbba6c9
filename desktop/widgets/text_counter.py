"""How much room is left in a text, told near the limit only, as the platform counts."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QWidget

from core.domain.text_unit import TextUnit
from desktop.widgets.label import PlainLabel

_COUNTS_WITHIN: Final = 50


class TextCounter(PlainLabel):
    """Hidden while there is room to spare, red once there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "caption", parent)

    def show_left(self, left: int | None, unit: TextUnit) -> None:
        """Show how much more there is room for; None where there is no limit."""
        counting = left is not None and left <= _COUNTS_WITHIN
        self.setVisible(counting)
        if left is None or not counting:
            return
        role = "danger" if left < 0 else "caption"
        if self.property("role") != role:
            self.setProperty("role", role)
            self.style().polish(self)
        count = self._over_words(-left, unit) if left < 0 else self._left_words(left, unit)
        about = self._about(unit)
        self.setText(f"{count} · {about}" if about else count)

    def _over_words(self, count: int, unit: TextUnit) -> str:
        if unit is TextUnit.UTF8_BYTES:
            return self.tr("%n byte(s) too many", "", count)
        return self.tr("%n character(s) too many", "", count)

    def _left_words(self, count: int, unit: TextUnit) -> str:
        if unit is TextUnit.UTF8_BYTES:
            return self.tr("%n byte(s) left", "", count)
        return self.tr("%n character(s) left", "", count)

    def _about(self, unit: TextUnit) -> str:
        """Return why the count runs ahead of, or behind, the letters that one sees."""
        if unit is TextUnit.UTF8_BYTES:
            return self.tr("an accent counts as 2, an emoji as 4 or more")
        if unit is TextUnit.WEIGHTED:
            return self.tr("a link counts as 23, an emoji as 2")
        return ""
