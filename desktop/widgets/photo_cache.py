"""Photos of a thread, decoded once at the size in which they are drawn."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPixmap

PhotoProvider = Callable[[str], "QImage | bytes | None"]
"""Gives the photo of a key as it is known now; None while it is still being fetched."""

_KEPT: Final = 48


class PhotoCache:
    """Asks the provider, decodes no larger than needed, and forgets the oldest."""

    def __init__(self, provider: PhotoProvider) -> None:
        self._provider = provider
        self._pictures: OrderedDict[tuple[str, int, int], QPixmap] = OrderedDict()

    def picture(self, key: str, size: QSize, ratio: float) -> QPixmap | None:
        """Return the photo `key` covering `size`, or None when it is not there yet."""
        wanted = QSize(round(size.width() * ratio), round(size.height() * ratio))
        place = (key, wanted.width(), wanted.height())
        if place in self._pictures:
            self._pictures.move_to_end(place)
            return self._pictures[place]
        image = self._image(key, wanted)
        if image is None or image.isNull():
            return None
        picture = QPixmap.fromImage(_cover(image, wanted))
        picture.setDevicePixelRatio(ratio)
        self._pictures[place] = picture
        while len(self._pictures) > _KEPT:
            self._pictures.popitem(last=False)
        return picture

    def forget(self, key: str) -> None:
        """Drop what is kept of a photo, because it has arrived or changed."""
        for place in [place for place in self._pictures if place[0] == key]:
            del self._pictures[place]

    def _image(self, key: str, wanted: QSize) -> QImage | None:
        given = self._provider(key)
        return _decode(given, wanted) if isinstance(given, bytes) else given


def _decode(content: bytes, wanted: QSize) -> QImage:
    """Decode at about the size needed; a small file can hold an enormous picture."""
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid():
        turned = size.scaled(
            wanted.expandedTo(wanted.transposed()),
            Qt.AspectRatioMode.KeepAspectRatioByExpanding,
        )
        reader.setScaledSize(turned.boundedTo(size))
    return reader.read()


def _cover(image: QImage, wanted: QSize) -> QImage:
    """Scale `image` to cover `wanted` and cut what sticks out."""
    scaled = image.scaled(
        wanted,
        Qt.AspectRatioMode.KeepAspectRatioByExpanding,
        Qt.TransformationMode.SmoothTransformation,
    )
    left = (scaled.width() - wanted.width()) // 2
    top = (scaled.height() - wanted.height()) // 2
    return scaled.copy(left, top, wanted.width(), wanted.height())
