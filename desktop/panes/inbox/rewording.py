"""Have the typed reply reworded by the language model, and show the words as they come.

The text that was typed comes back when it is stopped, refused or fails, and can be put back
when it is done. Nothing is sent.
"""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot

from core.actions import improve
from core.actions.improve import How
from core.domain.errors import SocialSyncError
from core.domain.ids import ConversationId
from desktop.bridge.call import Bridge, Call
from desktop.bridge.relay import Relay
from desktop.widgets.composer import Composer
from desktop.widgets.wording import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Reworded:
    """A text in other words, whose it is, and what stood there before."""

    conversation_id: ConversationId
    text: str
    before: str


class Rewording(QObject):
    """Stands between the composer and the language model, for one text at a time."""

    reworded = Signal(object)
    """A `Reworded`, for its conversation."""
    refused = Signal(object)
    """A foreseen error; the typed text is back in the field."""

    def __init__(self, composer: Composer, bridge: Bridge, parent: QObject) -> None:
        super().__init__(parent)
        self._composer = composer
        self._bridge = bridge
        self._relay = Relay(self)
        self._open: ConversationId | None = None
        self._before = ""
        self._asking: Call[str] | None = None
        self._was_offered = False
        self._relay.told.connect(self._on_told)
        composer.wording_wanted.connect(self._on_wanted)
        composer.wording_stopped.connect(self.stop)

    def open(self, conversation_id: ConversationId) -> None:
        """Change to another conversation; what was being written is given up before."""
        self.stop()
        self._open = conversation_id
        if not self._was_offered:
            self._was_offered = True
            self._bridge.ask(self, improve.is_possible).then(self._on_possible)

    @Slot()
    def stop(self) -> None:
        """Give up what is being written, and put the typed text back."""
        if self._is_writing():
            assert self._asking is not None  # noqa: S101 - said by `_is_writing`
            self._asking.cancel()
            self._put_back()

    def _is_writing(self) -> bool:
        return self._asking is not None and not self._asking.is_over

    def _on_possible(self, possible: object) -> None:
        self._composer.offer_wording(offered=bool(possible))

    @Slot(object)
    def _on_wanted(self, wording: Wording) -> None:
        text = self._composer.text()
        if self._open is None or self._is_writing() or not text.strip():
            return
        self._before = text
        self._composer.set_reworded(being_reworded=True)
        how = How(wording.value)
        self._asking = (
            self._bridge.ask(
                self, improve.edited, self._open, text, how, tell=self._relay.tell
            )
            .then(self._on_edited)
            .failed(self._on_failed)
        )

    @Slot(object)
    def _on_told(self, so_far: str) -> None:
        # What is still on its way may belong to something that was given up.
        if self._is_writing():
            self._composer.set_text(so_far)

    def _on_edited(self, text: str) -> None:
        self._composer.set_reworded(being_reworded=False)
        if self._open is not None:
            self.reworded.emit(
                Reworded(conversation_id=self._open, text=text, before=self._before)
            )

    def _on_failed(self, error: SocialSyncError) -> None:
        self._put_back()
        self.refused.emit(error)

    def _put_back(self) -> None:
        self._composer.set_reworded(being_reworded=False)
        self._composer.set_text(self._before)
