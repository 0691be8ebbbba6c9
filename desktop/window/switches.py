"""What the assistant may do: the master switch and the mode of each channel.

They are read for the menu and the sign on the rail, and written at once when a person
chooses. Whether this member may is for the database to say; a refusal is told in words.
"""

from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from core.actions import configure
from core.actions.configure import Switch
from core.domain.channel import AssistantMode
from core.domain.errors import SocialSyncError
from core.domain.ids import ChannelId
from core.queries import health, rules
from core.queries.health import ChannelHealth, Health
from core.queries.rules import RulesRow
from desktop.bridge.call import Bridge
from desktop.bridge.feed import Feed
from desktop.window.refusal import refusal_words


class Switches(QObject):
    """Follows the switches, and turns them."""

    changed = Signal()
    """What is known of the switches is fresh."""
    stopped = Signal()
    """This person has just stopped the assistant."""
    refused = Signal(str)
    """A switch stays as it was; carries the reason in words."""

    def __init__(self, bridge: Bridge, feed: Feed, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._is_off = False
        self._channels: tuple[ChannelHealth, ...] = ()
        feed.knowledge_changed.connect(self.ask)
        feed.channels_changed.connect(self.ask)
        feed.resync.connect(self.ask)

    @property
    def is_off(self) -> bool:
        """Return whether the master switch is known to be off."""
        return self._is_off

    @property
    def channels(self) -> tuple[ChannelHealth, ...]:
        """Return the channels with the mode of each."""
        return self._channels

    @Slot()
    def ask(self) -> None:
        """Read how the switches stand."""
        self._bridge.ask(self, rules.current).then(self._on_rules)
        self._bridge.ask(self, health.overview).then(self._on_health)

    @Slot()
    def stop(self) -> None:
        """Stop the assistant on all channels; what it was about to send stays here."""
        self._do(configure.set_master, Switch.OFF, then=self._on_stopped)

    @Slot()
    def start(self) -> None:
        """Let the assistant work again, on each channel as its mode says."""
        self._do(configure.set_master, Switch.ON, then=self._on_turned)

    def choose_mode(self, channel: ChannelId, mode: AssistantMode) -> None:
        """Say what the assistant may do on one channel."""
        self._do(configure.set_mode, channel, mode, then=self._on_turned)

    def _do(
        self,
        action: Callable[..., Coroutine[Any, Any, None]],
        *args: object,
        then: Callable[[object], None],
    ) -> None:
        self._bridge.ask(self, action, *args).then(then).failed(self._on_refused)

    def _on_rules(self, found: RulesRow) -> None:
        self._is_off = not found.ai_control_enabled
        self.changed.emit()

    def _on_health(self, found: Health) -> None:
        self._channels = found.channels
        self.changed.emit()

    def _on_stopped(self, _result: object) -> None:
        self.ask()
        self.stopped.emit()

    def _on_turned(self, _result: object) -> None:
        self.ask()

    def _on_refused(self, error: SocialSyncError) -> None:
        self.ask()
        self.refused.emit(refusal_words(error))
