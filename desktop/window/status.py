"""One line across the window when something keeps messages from coming or going."""

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.domain.errors import SocialSyncError
from core.queries import health
from core.queries.health import ChannelHealth, Health
from desktop.bridge.call import Bridge, Call
from desktop.bridge.child import ChildState
from desktop.bridge.feed import Feed
from desktop.bridge.trouble import trouble_of
from desktop.style.channels import channel_mark
from desktop.style.tokens import Space, Tone
from desktop.widgets.banner import Banner

_EVERY = 30_000
_SOON = 1_000
_TOLD_FOR = 6_000


class StatusLine(QWidget):
    """Hidden while all is well; asks for the health of the inbox now and then."""

    def __init__(self, bridge: Bridge, feed: Feed, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._health: Health | None = None
        self._error: SocialSyncError | None = None
        self._companion: ChildState | None = None
        self._is_back = False
        self._asking: Call[Health] | None = None
        self._banner = Banner(Tone.WARNING)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.M, Space.S, Space.M, 0)
        column.addWidget(self._banner)
        self.hide()
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(self.ask)
        self._timer.start()
        feed.channels_changed.connect(self.ask)
        feed.resync.connect(self.ask)
        self.ask()

    @Slot()
    def ask(self) -> None:
        """Ask how the machinery is."""
        if self._asking is None or self._asking.is_over:
            self._asking = (
                self._bridge.ask(self, health.overview)
                .then(self._on_health)
                .failed(self._on_failed)
            )

    @Slot(object)
    def show_companion(self, state: ChildState) -> None:
        """Follow the companion that runs beside this window."""
        self._is_back = self._is_back or (
            self._companion is ChildState.RESTARTING and state is ChildState.RUNNING
        )
        self._companion = state
        self._show()
        if self._is_back:
            QTimer.singleShot(_TOLD_FOR, self._on_told)
        QTimer.singleShot(_SOON, self.ask)

    @Slot()
    def _on_told(self) -> None:
        self._is_back = False
        self._show()

    def _on_health(self, found: Health) -> None:
        self._health, self._error = found, None
        self._show()

    def _on_failed(self, error: SocialSyncError) -> None:
        self._error = error
        self._show()

    def _show(self) -> None:
        words = self._words()
        self.setVisible(bool(words))
        if words:
            self._banner.set_tone(Tone.GOOD if self._is_back else Tone.WARNING)
            self._banner.show_message(words)

    def _words(self) -> str:
        """Return the gravest thing to say, or nothing."""
        if self._error is not None:
            trouble = trouble_of(self._error)
            return f"{trouble.title}. {trouble.next_step}"
        if self._companion in (ChildState.RESTARTING, ChildState.GIVEN_UP):
            self._is_back = False
            return self._companion_words(self._companion)
        if self._is_back:
            return self.tr("The companion runs again. Waiting replies are leaving now.")
        if self._health is None:
            return ""
        paused = next((each for each in self._health.channels if each.paused_reason), None)
        if paused is not None:
            return self._paused_words(paused)
        # Beside a companion of our own, a missing sign of life only means "starting".
        if self._companion is None and not self._health.companion_alive:
            return self.tr(
                "No companion is running: messages are neither received nor sent."
            )
        return ""

    def _companion_words(self, state: ChildState) -> str:
        words = {
            ChildState.RESTARTING: self.tr(
                "The companion stopped and is being restarted. Sending pauses meanwhile."
            ),
            ChildState.GIVEN_UP: self.tr(
                "The companion does not stay up: messages are neither received nor sent."
                " Its log says why."
            ),
        }
        return words[state]

    def _paused_words(self, channel: ChannelHealth) -> str:
        platform = channel_mark(channel.platform).name
        return (
            self.tr("Sending is paused on %1 (%2). Replies wait and leave afterwards.")
            .replace("%1", platform)
            .replace("%2", channel.name)
        )
