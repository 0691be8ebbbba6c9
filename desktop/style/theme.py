"""Put a theme on the application: palette and the only stylesheet.

The palette is always set, because `colorScheme()` can be unknown and because widgets
that paint by hand find the theme in force through it (`current_tokens`). The stylesheet
holds what a palette cannot say: radii, borders and where the keyboard is.
"""

from __future__ import annotations

from dataclasses import asdict
from enum import Enum
from string import Template
from typing import Final

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from desktop.style.stylesheet import STYLESHEET
from desktop.style.tokens import DARK, LIGHT, Radius, Tokens, Type

_Role = QPalette.ColorRole


class Scheme(Enum):
    """What the person chose in the settings."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


_ROLES: Final = (
    (_Role.Window, "window"),
    (_Role.WindowText, "text"),
    (_Role.Base, "window"),
    (_Role.AlternateBase, "sunken"),
    (_Role.Text, "text"),
    (_Role.Button, "sunken"),
    (_Role.ButtonText, "text"),
    (_Role.BrightText, "on_accent"),
    (_Role.Highlight, "text_selection"),
    (_Role.HighlightedText, "text"),
    (_Role.PlaceholderText, "placeholder"),
    (_Role.ToolTipBase, "toast"),
    (_Role.ToolTipText, "toast_text"),
    (_Role.Link, "accent_text"),
    (_Role.LinkVisited, "accent_text"),
    (_Role.Accent, "accent"),
    (_Role.Light, "raised"),
    (_Role.Midlight, "line"),
    (_Role.Mid, "line"),
    (_Role.Dark, "line_strong"),
    (_Role.Shadow, "line_strong"),
)


def resolve(scheme: Scheme, system: Qt.ColorScheme) -> Tokens:
    """Return the tokens of `scheme`; an unknown system means light."""
    if scheme is Scheme.SYSTEM:
        return DARK if system is Qt.ColorScheme.Dark else LIGHT
    return DARK if scheme is Scheme.DARK else LIGHT


def apply_theme(app: QApplication, scheme: Scheme) -> None:
    """Dress the whole application in `scheme`, at start or while it runs."""
    tokens = resolve(scheme, app.styleHints().colorScheme())
    if app.style().name() != "fusion":
        app.setStyle("Fusion")
    app.setPalette(palette_of(tokens))
    app.setStyleSheet(stylesheet_of(tokens))


def current_tokens() -> Tokens:
    """Return the tokens in force, for widgets that paint by hand.

    Read from the application's palette and not kept in a variable: there is one truth
    about which theme is on, and Qt already tells every widget when it changes.
    """
    window = QGuiApplication.palette().color(_Role.Window).name()
    return DARK if window == DARK.window else LIGHT


def palette_of(tokens: Tokens) -> QPalette:
    """Return the palette of `tokens`, with disabled text in every group of roles."""
    palette = QPalette()
    for role, name in _ROLES:
        palette.setColor(role, QColor(getattr(tokens, name)))
    for role in (_Role.WindowText, _Role.Text, _Role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.disabled))
    return palette


def stylesheet_of(tokens: Tokens) -> str:
    """Return the stylesheet with the colours, sizes and radii of `tokens` filled in."""
    sizes = {
        "size_title": Type.TITLE,
        "size_heading": Type.HEADING,
        "size_body": Type.BODY,
        "size_row": Type.ROW,
        "size_small": Type.SMALL,
        "size_caption": Type.CAPTION,
        "size_tiny": Type.TINY,
        "radius_field": Radius.FIELD,
        "radius_card": Radius.CARD,
    }
    return Template(STYLESHEET).substitute(asdict(tokens), **sizes)


class ThemeSwitch(QObject):
    """Keeps the application in the chosen scheme and follows the system when asked."""

    def __init__(self, app: QApplication, scheme: Scheme) -> None:
        super().__init__(app)
        self._app = app
        self._scheme = scheme
        app.styleHints().colorSchemeChanged.connect(self._on_system_changed)
        apply_theme(app, scheme)

    @property
    def scheme(self) -> Scheme:
        """What the person chose, which may be to follow the system."""
        return self._scheme

    def choose(self, scheme: Scheme) -> None:
        """Change the theme now."""
        self._scheme = scheme
        apply_theme(self._app, scheme)

    @Slot()
    def _on_system_changed(self) -> None:
        if self._scheme is Scheme.SYSTEM:
            apply_theme(self._app, self._scheme)
