"""The language of the interface: chosen by the person, else the system's.

A translator is needed for English too: it holds the plural forms.
"""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator

NAMES: Final = {"en": "English", "fr": "Français"}
"""Each language in its own words, as a person looks for it who cannot read the others."""


def best_language(system: QLocale) -> str:
    """Return the language we have that the system asks for first; English if none."""
    wanted = (name.split("-")[0] for name in system.uiLanguages())
    return next((code for code in wanted if code in NAMES), "en")


class Language(QObject):
    """Installs translators on the application, and takes them out again."""

    def __init__(self, folder: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._folder = folder
        self._installed: list[QTranslator] = []
        self.code = "en"

    def choose(self, code: str) -> None:
        """Speak a language from now on; what is on the screen has to be made again."""
        for translator in self._installed:
            QCoreApplication.removeTranslator(translator)
        self.code = code if code in NAMES else "en"
        # The system's own region decides dates and numbers where the language agrees.
        system = QLocale.system()
        spoken = QLocale(self.code)
        QLocale.setDefault(system if system.language() == spoken.language() else spoken)
        qt_folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        self._installed = [
            self._install(f"qtbase_{self.code}", qt_folder),
            self._install(f"socialsync_{self.code}", str(self._folder)),
        ]

    def _install(self, name: str, folder: str) -> QTranslator:
        translator = QTranslator(self)
        if translator.load(name, folder):
            QCoreApplication.installTranslator(translator)
        return translator
