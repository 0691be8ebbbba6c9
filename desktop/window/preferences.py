"""What the person chose for this window on this machine; nothing of it is shared."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from desktop.style.theme import Scheme

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
    def geometry(self) -> QByteArray | None:
        """Return where the window was, in Qt's own form."""
        stored = self._stored.value("geometry")
        return stored if isinstance(stored, QByteArray) else None

    def choose_scheme(self, scheme: Scheme) -> None:
        """Remember a theme."""
        self._stored.setValue("scheme", scheme.value)

    def choose_language(self, code: str) -> None:
        """Remember a language."""
        self._stored.setValue("language", code)

    def keep_geometry(self, geometry: QByteArray) -> None:
        """Remember where the window is."""
        self._stored.setValue("geometry", geometry)
