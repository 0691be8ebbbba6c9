"""The typefaces that travel with the application.

Bundled because a bare Linux machine has neither Inter nor a colour emoji font, and a
customer's smile must not become an empty box.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

from desktop.style.tokens import Type

TEXT_FAMILIES: Final = ("Inter", "Noto Sans Arabic", "Noto Sans", "sans-serif")
EMOJI_FAMILY: Final = "Noto Color Emoji"


def load_fonts(folder: Path) -> list[str]:
    """Register every font file in `folder`; return the families that Qt accepted.

    A folder without fonts gives an empty list, and the system's own are used.
    """
    families: list[str] = []
    for path in sorted((*folder.glob("*.ttf"), *folder.glob("*.otf"))):
        handle = QFontDatabase.addApplicationFont(str(path))
        if handle >= 0:
            families += QFontDatabase.applicationFontFamilies(handle)
    if EMOJI_FAMILY in families:
        QFontDatabase.setApplicationEmojiFontFamilies([EMOJI_FAMILY])
    return families


def use_fonts(app: QApplication) -> None:
    """Make our text face the application's, with Arabic behind it."""
    app.setFont(text_font(Type.BODY))


def text_font(pixels: int, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Return the text face at `pixels` and `weight`, for what is painted by hand."""
    font = QFont()
    font.setFamilies(list(TEXT_FAMILIES))
    font.setPixelSize(pixels)
    font.setWeight(weight)
    return font
