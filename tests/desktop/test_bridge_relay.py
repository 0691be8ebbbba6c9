"""What an action tells on its way is heard on the UI thread."""

import threading

from PySide6.QtCore import QObject, Slot
from pytestqt.qtbot import QtBot

from desktop.bridge.relay import Relay


class Ear(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.heard: list[tuple[object, str]] = []

    @Slot(object)
    def hear(self, what: object) -> None:
        self.heard.append((what, threading.current_thread().name))


def test_what_another_thread_tells_is_heard_on_this_one_in_order(qtbot: QtBot) -> None:
    relay, ear = Relay(), Ear()
    relay.told.connect(ear.hear)

    def tell_all() -> None:
        for at in range(50):
            relay.tell(at)

    thread = threading.Thread(target=tell_all)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: len(ear.heard) == 50)
    here = threading.current_thread().name
    assert ear.heard == [(at, here) for at in range(50)]


def test_what_this_thread_tells_is_heard_at_once() -> None:
    relay, ear = Relay(), Ear()
    relay.told.connect(ear.hear)
    relay.tell("now")
    assert [what for what, _ in ear.heard] == ["now"]
