"""The navigation: one button per pane, with its count, and the settings below."""

from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.style.fonts import text_font
from desktop.style.icons import icon, pixmap
from desktop.style.theme import current_tokens
from desktop.style.tokens import Space, Type
from desktop.widgets.writing import safe_tooltip

_WIDTH: Final = 64
_ICON: Final = 22
_RATIOS: Final = (1.0, 2.0, 3.0)
_MOST: Final = 99


class RailButton(QToolButton):
    """An icon on the dark rail, with a count in its corner."""

    def __init__(self, icon_name: str, title: str, keys: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon_name = icon_name
        self._title = title
        self._count = 0
        self.setProperty("role", "rail")
        self.setIconSize(QSize(_ICON, _ICON))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip(safe_tooltip(f"{title}  {keys}".strip()))
        self.setAccessibleName(title)
        self._tint()

    def show_count(self, count: int) -> None:
        """Show how many wait; nothing for none."""
        self._count = count
        waiting = self.tr("%1, %n waiting", None, count).replace("%1", self._title)
        self.setAccessibleName(waiting if count else self._title)
        self.update()

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Tint the icon again when the theme changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the button and its count."""
        super().paintEvent(event)
        if self._count:
            self._paint_count()

    def _paint_count(self) -> None:
        tokens = current_tokens()
        words = f"{_MOST}+" if self._count > _MOST else str(self._count)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(text_font(Type.CAPTION - 1, QFont.Weight.Bold))
        width = max(16.0, painter.fontMetrics().horizontalAdvance(words) + 8.0)
        left = 1.0 if self.isRightToLeft() else self.width() - width - 1
        pill = QRectF(left, 1, width, 16)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.accent))
        painter.drawRoundedRect(pill, 8, 8)
        painter.setPen(QColor(tokens.on_accent))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, words)
        painter.end()

    def _tint(self) -> None:
        tokens, made = current_tokens(), QIcon()
        states = {
            QIcon.State.Off: tokens.rail_text,
            QIcon.State.On: tokens.rail_text_active,
        }
        for state, colour in states.items():
            for ratio in _RATIOS:
                picture = pixmap(self._icon_name, _ICON, colour, ratio)
                made.addPixmap(picture, QIcon.Mode.Normal, state)
        self.setIcon(made)


class OffSign(QToolButton):
    """Says that the assistant is off; hidden while it works."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "off")
        self.setIconSize(QSize(_ICON - 4, _ICON - 4))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        self.setText(self.tr("Assistant\noff"))
        words = self.tr("The assistant is off. Press for the settings.")
        self.setAccessibleName(words)
        self.setToolTip(safe_tooltip(words))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._tint()
        self.hide()

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Tint the icon again when the theme changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()

    def _tint(self) -> None:
        self.setIcon(icon("spark-off", current_tokens().warning_text, _ICON - 4))


class Rail(QWidget):
    """The column of buttons; says which pane is wanted."""

    pane_chosen = Signal(str)
    settings_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("Navigation"))
        self.setFixedWidth(_WIDTH)
        self._buttons: dict[str, RailButton] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._settings = RailButton("settings", self.tr("Settings"), "", self)
        self._settings.clicked.connect(self.settings_wanted)
        self._off = OffSign(self)
        self._off.clicked.connect(self.settings_wanted)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(Space.XS, Space.L, Space.XS, Space.L)
        self._column.setSpacing(Space.S)
        self._column.addStretch()
        self._column.addWidget(self._off, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addWidget(self._settings, 0, Qt.AlignmentFlag.AlignHCenter)

    def add_pane(self, name: str, title: str, icon_name: str, keys: str) -> None:
        """Add the button of a pane below the others."""
        button = RailButton(icon_name, title, keys, self)
        button.setObjectName(name)
        button.setCheckable(True)
        button.clicked.connect(partial(self._on_clicked, name))
        self._group.addButton(button)
        place = len(self._buttons)
        self._column.insertWidget(place, button, 0, Qt.AlignmentFlag.AlignHCenter)
        self._buttons[name] = button

    def mark(self, name: str) -> None:
        """Show which pane is in sight."""
        self._buttons[name].setChecked(True)

    def show_count(self, name: str, count: int) -> None:
        """Show how many wait in a pane."""
        self._buttons[name].show_count(count)

    def show_assistant_off(self, *, is_off: bool) -> None:
        """Show or hide the sign that the assistant is off."""
        self._off.setVisible(is_off)

    def settings_button(self) -> QWidget:
        """Return where the menu of settings opens."""
        return self._settings

    def _on_clicked(self, name: str) -> None:
        self.pane_chosen.emit(name)
