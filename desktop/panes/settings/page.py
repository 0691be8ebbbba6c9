"""A page that scrolls up and down only, not wider than is read well."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.style.tokens import Space

WIDEST = 760


class PageBody(QWidget):
    """What a page scrolls: as wide as the page, and only as high as its words then are."""

    @override
    def minimumSizeHint(self) -> QSize:
        """Ask for a little width; the height follows from the real one."""
        return QSize(200, 0)


def scrolled(inner: PageBody) -> QScrollArea:
    """Return the page around `inner`."""
    inner.setMaximumWidth(WIDEST)
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setWidget(inner)
    return scroll


def step(*parts: QWidget, deeds: tuple[QWidget, ...]) -> QWidget:
    """Return a step: its parts below each other, then its buttons."""
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(Space.M)
    for part in parts:
        column.addWidget(part)
    row = QHBoxLayout()
    row.setSpacing(Space.S)
    for deed in deeds:
        row.addWidget(deed)
    row.addStretch()
    column.addLayout(row)
    column.addStretch(1)
    return whole
