"""Buttons of three ranks, and buttons that are only an icon.

A pane has at most one primary button in sight: the thing that one would do next. Icons
follow the theme, also while the application runs.
"""

from __future__ import annotations

from enum import Enum
from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget
from typing_extensions import override

from desktop.style.icons import icon
from desktop.style.theme import current_tokens
from desktop.widgets.writing import safe_tooltip

_RETINT: Final = (QEvent.Type.PaletteChange, QEvent.Type.ApplicationPaletteChange)


class Rank(Enum):
    """How loudly a button asks to be pressed; the value is its stylesheet role."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    QUIET = "quiet"
    DANGER = "danger"


_ICON_COLOUR: Final = {
    Rank.PRIMARY: "on_accent",
    Rank.SECONDARY: "text",
    Rank.QUIET: "accent_text",
    Rank.DANGER: "on_danger",
}


class ActionButton(QPushButton):
    """A button with words, and an icon when it has a name for one."""

    def __init__(
        self,
        text: str,
        rank: Rank,
        icon_name: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._rank = rank
        self._icon_name = icon_name
        self.setProperty("role", rank.value)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(text)
        self._tint()

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Tint the icon again when the theme changes."""
        super().changeEvent(event)
        if event.type() in _RETINT:
            self._tint()

    def set_icon_name(self, icon_name: str | None) -> None:
        """Show another icon, or none."""
        self._icon_name = icon_name
        self._tint()

    def _tint(self) -> None:
        if self._icon_name is None:
            return
        tokens = current_tokens()
        colour = getattr(tokens, _ICON_COLOUR[self._rank])
        self.setIconSize(QSize(16, 16))
        self.setIcon(icon(self._icon_name, colour, 16, tokens.disabled))


class IconButton(QToolButton):
    """A button without words; its accessible name is also its tooltip."""

    def __init__(
        self,
        icon_name: str,
        accessible_name: str,
        parent: QWidget | None = None,
        *,
        colour: str = "muted",
        size: int = 20,
    ) -> None:
        """Take the name of an icon and of the token that colours it."""
        super().__init__(parent)
        self._icon_name = icon_name
        self._colour = colour
        self._side = size
        self.setAccessibleName(accessible_name)
        self.setToolTip(safe_tooltip(accessible_name))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._tint()

    def set_icon(self, icon_name: str) -> None:
        """Show another icon."""
        self._icon_name = icon_name
        self._tint()

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Tint the icon again when the theme changes."""
        super().changeEvent(event)
        if event.type() in _RETINT:
            self._tint()

    def _tint(self) -> None:
        tokens = current_tokens()
        colour = getattr(tokens, self._colour)
        self.setIconSize(QSize(self._side, self._side))
        self.setIcon(icon(self._icon_name, colour, self._side, tokens.disabled))


def primary(text: str, icon_name: str | None = None) -> ActionButton:
    """Return the button of what one would do next."""
    return ActionButton(text, Rank.PRIMARY, icon_name)


def secondary(text: str, icon_name: str | None = None) -> ActionButton:
    """Return a button for another thing one may do."""
    return ActionButton(text, Rank.SECONDARY, icon_name)


def quiet(text: str, icon_name: str | None = None) -> ActionButton:
    """Return a button that looks like a link."""
    return ActionButton(text, Rank.QUIET, icon_name)


def danger(text: str, icon_name: str | None = None) -> ActionButton:
    """Return a button for what cannot be taken back."""
    return ActionButton(text, Rank.DANGER, icon_name)


def icon_button(icon_name: str, accessible_name: str) -> IconButton:
    """Return a button that is only an icon."""
    return IconButton(icon_name, accessible_name)
