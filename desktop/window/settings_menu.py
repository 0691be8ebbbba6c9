"""The menu below the navigation: theme, language, keys."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from desktop.style.theme import Scheme
from desktop.window.language import NAMES


class SettingsMenu(QObject):
    """Opens the menu with what is chosen now; says what was chosen instead."""

    scheme_chosen = Signal(object)
    language_chosen = Signal(str)
    keys_wanted = Signal()
    quit_wanted = Signal()

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self._owner = owner

    def open_at(self, at: QPoint, scheme: Scheme, language: str) -> QMenu:
        """Open above a point of the screen; returns the menu."""
        menu = QMenu(self._owner)
        menu.setAccessibleName(self.tr("Settings"))
        menu.aboutToHide.connect(menu.deleteLater)
        themes = menu.addMenu(self.tr("Appearance"))
        self._choices(themes, self._schemes(), scheme, self.scheme_chosen.emit)
        languages = menu.addMenu(self.tr("Language"))
        named = [(title, code) for code, title in NAMES.items()]
        self._choices(languages, named, language, self.language_chosen.emit)
        menu.addSeparator()
        _add(menu, self.tr("Keyboard shortcuts"), self.keys_wanted.emit)
        menu.addSeparator()
        _add(menu, self.tr("Quit"), self.quit_wanted.emit)
        menu.popup(at - QPoint(0, menu.sizeHint().height()))
        return menu

    def _schemes(self) -> list[tuple[str, object]]:
        return [
            (self.tr("Like the system"), Scheme.SYSTEM),
            (self.tr("Light"), Scheme.LIGHT),
            (self.tr("Dark"), Scheme.DARK),
        ]

    @staticmethod
    def _choices(
        menu: QMenu,
        choices: list[tuple[str, object]] | list[tuple[str, str]],
        current: object,
        choose: Callable[..., object],
    ) -> None:
        group = QActionGroup(menu)
        for title, value in choices:
            action = QAction(title, menu)
            action.setCheckable(True)
            action.setChecked(value == current)
            action.triggered.connect(partial(_choose, choose, value))
            group.addAction(action)
            menu.addAction(action)


def _choose(choose: Callable[..., object], value: object, *_checked: bool) -> None:
    choose(value)


def _add(menu: QMenu, title: str, run: Callable[..., object]) -> None:
    action = QAction(title, menu)
    action.triggered.connect(partial(_run, run))
    menu.addAction(action)


def _run(run: Callable[..., object], *_checked: bool) -> None:
    run()
