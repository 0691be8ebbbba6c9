"""What the person chose for this window on this machine; nothing of it is shared."""

from pathlib import Path

from PySide6.QtCore import QRect, QSettings

from desktop.style.theme import Scheme
from desktop.window.place import Place

_FILE = "desktop.ini"


class Preferences:
    """A small file in the home folder."""

    def __init__(self, home: Path) -> None:
        self._stored = QSettings(str(home / _FILE), QSettings.Format.IniFormat)

    @property
    def scheme(self) -> Scheme:
        """Return the chosen theme; like the system unless one was chosen."""
        stored = str(self._stored.value("scheme", Scheme.SYSTEM.value))
        return next((each for each in Scheme if each.value == stored), Scheme.SYSTEM)

    @property
    def language(self) -> str | None:
        """Return the chosen language, None for the system's."""
        stored = self._stored.value("language")
        return stored if isinstance(stored, str) else None

    @property
    def place(self) -> Place | None:
        """Return where the window was when it was last closed."""
        inside = self._stored.value("window/inside")
        if not isinstance(inside, QRect) or not inside.isValid():
            return None
        # An ini file knows only words: "true" comes back as one.
        maximized = str(self._stored.value("window/maximized")).lower() == "true"
        return Place(inside=inside, is_maximized=maximized)

    def choose_scheme(self, scheme: Scheme) -> None:
        """Remember a theme."""
        self._stored.setValue("scheme", scheme.value)

    def choose_language(self, code: str) -> None:
        """Remember a language."""
        self._stored.setValue("language", code)

    def keep_place(self, place: Place) -> None:
        """Remember where the window is."""
        self._stored.setValue("window/inside", place.inside)
        self._stored.setValue("window/maximized", place.is_maximized)
