"""One line across the window when something keeps messages from coming or going."""

from dataclasses import dataclass

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.actions import connect
from core.domain.channel import ChannelStatus
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
from desktop.window.refusal import refusal_words

_EVERY = 30_000
_SOON = 1_000
_TOLD_FOR = 6_000
_AFTER_CHANGES = 3_000
"""Conversations change many times a second on a busy day; the counts can wait a little."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """A sentence for the banner, and what its button does, if it has one."""

    words: str
    deed: str | None = None
    tone: Tone = Tone.WARNING


class StatusLine(QWidget):
    """Hidden while all is well; asks for the health of the inbox now and then."""

    refused = Signal(str)
    """What the banner's button tried was refused; carries the reason in words."""
    channel_wanted = Signal(object)
    """ChannelId that has to be connected again."""

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
        self._changes = QTimer(self)
        self._changes.setSingleShot(True)
        self._changes.setInterval(_AFTER_CHANGES)
        self._changes.timeout.connect(self.ask)
        self._banner.action_taken.connect(self._on_deed)
        feed.conversations_changed.connect(self._on_conversations_changed)
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
    def _on_conversations_changed(self) -> None:
        if not self._changes.isActive():
            self._changes.start()

    @Slot()
    def _on_deed(self) -> None:
        """Let a paused channel send again, or lead to one that has to be connected."""
        paused = self._paused()
        if paused is not None and paused.status is not ChannelStatus.ACTIVE:
            self.channel_wanted.emit(paused.id)
        elif paused is not None:
            self._bridge.ask(self, connect.resume, paused.id).then(self._on_resumed).failed(
                self._on_refused
            )

    def _on_resumed(self, _result: object) -> None:
        self.ask()

    def _on_refused(self, error: SocialSyncError) -> None:
        self.refused.emit(refusal_words(error))

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
        saying = self._gravest()
        self.setVisible(saying is not None)
        if saying is not None:
            self._banner.set_tone(saying.tone)
            self._banner.show_message(saying.words, saying.deed)

    def _gravest(self) -> Saying | None:
        """Return the gravest thing to say, or None."""
        if self._error is not None:
            trouble = trouble_of(self._error)
            return Saying(words=f"{trouble.title}. {trouble.next_step}")
        if self._companion in (ChildState.RESTARTING, ChildState.GIVEN_UP):
            self._is_back = False
            return self._of_companion(self._companion)
        if self._is_back:
            back = self.tr("The companion runs again. Waiting replies are leaving now.")
            return Saying(words=back, tone=Tone.GOOD)
        return None if self._health is None else self._of_health(self._health)

    def _of_companion(self, state: ChildState) -> Saying:
        words = {
            ChildState.RESTARTING: self.tr(
                "The companion stopped and is being restarted. Sending pauses meanwhile."
            ),
            ChildState.GIVEN_UP: self.tr(
                "The companion does not stay up: messages are neither received nor sent."
                " Its log says why."
            ),
        }
        return Saying(words=words[state])

    def _of_health(self, found: Health) -> Saying | None:
        paused = self._paused()
        if paused is not None:
            is_in = paused.status is ChannelStatus.ACTIVE
            deed = self.tr("Resume sending") if is_in else self.tr("Reconnect…")
            return Saying(words=self._paused_words(paused), deed=deed)
        # Beside a companion of our own, a missing sign of life only means "starting".
        if self._companion is None and not found.companion_alive:
            nobody = self.tr(
                "No companion is running: messages are neither received nor sent."
            )
            return Saying(words=nobody)
        if found.uncertain:
            unsure = self.tr(
                "%n message(s) may not have arrived. Open the conversations marked"
                " “Check sending”.",
                "",
                found.uncertain,
            )
            return Saying(words=unsure)
        return self._of_parked(found.parked) if found.parked else None

    def _of_parked(self, count: int) -> Saying:
        words = self.tr(
            "%n notice(s) from the platforms could not be read. They are kept and can be"
            " replayed on the companion.",
            "",
            count,
        )
        return Saying(words=words)

    def _paused(self) -> ChannelHealth | None:
        """Return the channel that stands still, one that is signed out before others."""
        channels = () if self._health is None else self._health.channels
        found = [each for each in channels if each.paused_reason]
        found.sort(key=lambda each: each.status is ChannelStatus.ACTIVE)
        return found[0] if found else None

    def _paused_words(self, channel: ChannelHealth) -> str:
        if channel.status is ChannelStatus.ACTIVE:
            words = self.tr(
                "Sending is paused on %1 (%2). Replies wait and leave afterwards."
            )
        else:
            words = self.tr(
                "%1 (%2) has signed us out: “%3” Connect it again; replies wait and leave"
                " afterwards."
            )
        platform = channel_mark(channel.platform).name
        said = {"%1": platform, "%2": channel.name, "%3": channel.paused_reason or ""}
        for place, text in said.items():
            words = words.replace(place, text)
        return words
