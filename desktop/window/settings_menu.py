"""The menu below the navigation: the assistant's switches, theme, language, keys."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from core.domain.channel import AssistantMode
from desktop.style.channels import channel_mark
from desktop.style.theme import Scheme
from desktop.widgets.writing import one_line
from desktop.window.language import NAMES

if TYPE_CHECKING:
    # The queries behind it load the database's library, which the window opens without.
    from desktop.window.switches import Switches


class SettingsMenu(QObject):
    """Opens the menu with what is chosen now; says what was chosen instead."""

    scheme_chosen = Signal(object)
    language_chosen = Signal(str)
    keys_wanted = Signal()
    quit_wanted = Signal()

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self._owner = owner

    def open_at(
        self, at: QPoint, scheme: Scheme, language: str, switches: "Switches"
    ) -> QMenu:
        """Open above a point of the screen; returns the menu."""
        menu = QMenu(self._owner)
        menu.setAccessibleName(self.tr("Settings"))
        menu.aboutToHide.connect(menu.deleteLater)
        self._add_assistant(menu, switches)
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

    def _add_assistant(self, menu: QMenu, switches: "Switches") -> None:
        """Offer to stop or start the assistant, and what it may do on each channel."""
        if switches.is_off:
            _add(menu, self.tr("Turn the assistant on again"), switches.start)
        else:
            _add(menu, self.tr("Stop the assistant everywhere"), switches.stop)
        for channel in switches.channels:
            platform = channel_mark(channel.platform).name
            title = self.tr("Assistant on %1 (%2)").replace("%1", platform)
            choices = menu.addMenu(title.replace("%2", one_line(channel.name, 40)))
            choose = partial(switches.choose_mode, channel.id)
            self._choices(choices, self._modes(), channel.mode, choose)
        menu.addSeparator()

    def _modes(self) -> list[tuple[str, object]]:
        return [
            (self.tr("Off: it neither drafts nor sends"), AssistantMode.OFF),
            (self.tr("Suggest: it drafts, a person sends"), AssistantMode.DRAFT),
            (self.tr("Answer: it sends by itself when it is sure"), AssistantMode.AUTO),
        ]

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
