"""A thing the person can do, as a value: shown in menus, the palette and the key sheet.

A pane lists its verbs in one table and turns them into actions; the window reads those
from the pane without knowing them. Single letters work because Qt hands a letter to a
text field that has the focus before any shortcut sees it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True)
class Verb:
    """One thing to do; `run` is a bound method of the widget that offers it."""

    name: str
    """Stable, for code and tests; the title is for people and translated."""
    title: str
    run: Callable[[], None]
    keys: str = ""
    """A portable key sequence, `Ctrl+K` or `J`; never Alt and a letter, which types ł."""


def add_verbs(owner: QWidget, verbs: Iterable[Verb]) -> dict[str, QAction]:
    """Give `owner` an action for each verb and return them by name.

    The keys work while `owner` is on screen, wherever in its window the focus is.
    """
    return {verb.name: _action_of(owner, verb) for verb in verbs}


def _action_of(owner: QWidget, verb: Verb) -> QAction:
    action = QAction(verb.title, owner)
    action.setObjectName(verb.name)
    action.setShortcut(QKeySequence(verb.keys))
    action.triggered.connect(verb.run)
    owner.addAction(action)
    return action
