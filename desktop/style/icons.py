"""Icons from our own SVG files, tinted with a colour of the theme.

The files are drawn in black on a 24-pixel grid. `QPixmapCache` keeps the tinted
pictures by (name, size, colour, pixel ratio), so a list that paints the same mark on
every row renders it once, and Qt throws the pictures away with the application.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from core.paths import resources_dir

if TYPE_CHECKING:
    from pathlib import Path

_RATIOS: Final = (1.0, 2.0, 3.0)


def icon_names() -> list[str]:
    """Return the name of every icon that exists."""
    return sorted(path.stem for path in _folder().glob("*.svg"))


def pixmap(name: str, size: int, colour: str, ratio: float = 1.0) -> QPixmap:
    """Return the icon `name` at `size` logical pixels in `colour`.

    Raises FileNotFoundError for a name that was never drawn: a missing icon is a bug of
    ours, and an empty square would hide it.
    """
    key = f"socialsync/{name}/{size}/{colour}/{ratio}"
    kept = QPixmap()
    if QPixmapCache.find(key, kept):
        return kept
    drawn = _draw(name, size, colour, ratio)
    QPixmapCache.insert(key, drawn)
    return drawn


def icon(name: str, colour: str, size: int = 20, disabled: str | None = None) -> QIcon:
    """Return a QIcon for buttons and menus, sharp at one, two and three times."""
    made = QIcon()
    for ratio in _RATIOS:
        made.addPixmap(pixmap(name, size, colour, ratio), QIcon.Mode.Normal)
        if disabled is not None:
            made.addPixmap(pixmap(name, size, disabled, ratio), QIcon.Mode.Disabled)
    return made


def _folder() -> Path:
    return resources_dir() / "icons"


def _draw(name: str, size: int, colour: str, ratio: float) -> QPixmap:
    svg = (_folder() / f"{name}.svg").read_bytes()
    tinted = svg.replace(b"#000", QColor(colour).name().encode())
    side = round(size * ratio)
    picture = QPixmap(QSize(side, side))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(tinted)).render(painter, QRectF(0, 0, side, side))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture
