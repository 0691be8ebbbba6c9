"""A decision three times: as it was kept, made again, and made under today's rules."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from core.actions import replay_decision
from core.actions.replay_decision import Replayed
from core.domain.errors import SocialSyncError
from core.domain.ids import DecisionId
from desktop.bridge.call import Bridge, Call
from desktop.panes.rules.opinion_card import OpinionCard
from desktop.panes.rules.words import refused_words
from desktop.style.tokens import Space, Tone
from desktop.widgets.banner import Banner
from desktop.widgets.buttons import secondary
from desktop.widgets.label import PlainLabel, WrappedLabel


class ReplayView(QFrame):
    """What came of deciding again; the button for it stands elsewhere."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._id: DecisionId | None = None
        self._asking: Call[Replayed] | None = None
        self.button = secondary(self.tr("Replay"), "refresh")
        self.button.setAccessibleDescription(
            self.tr("Decide again, as it was then and as it would be today.")
        )
        self._hint = WrappedLabel(role="muted")
        self._result = Banner(Tone.GOOD)
        self._again = OpinionCard(self.tr("Decided again"))
        self._today = OpinionCard(self.tr("Under today's rules"))
        self._what = PlainLabel(self.tr("WHAT IS DIFFERENT TODAY"), "section")
        self._differences = WrappedLabel()
        self._body = QWidget()
        self._arrange()
        self.button.clicked.connect(self.run)

    def show_decision(self, decision_id: DecisionId) -> None:
        """Begin anew for another decision."""
        if self._asking is not None:
            self._asking.cancel()
        self._id = decision_id
        self.button.setEnabled(True)
        self._tell("")
        self._result.hide()
        self._body.hide()
        self.hide()

    @Slot()
    def run(self) -> None:
        """Decide again."""
        if self._id is None or not self.button.isEnabled():
            return
        self.button.setEnabled(False)
        self._result.hide()
        self.show()
        self._tell(self.tr("Thinking…"))
        self._asking = (
            self._bridge.ask(self, replay_decision.replay, self._id)
            .then(self._on_replayed)
            .failed(self._on_failed)
            .ended(self._on_ended)
        )

    def _on_replayed(self, replayed: Replayed) -> None:
        if replayed.same:
            self._result.set_tone(Tone.GOOD)
            words = self.tr("From what was kept, the same is decided again.")
        else:
            self._result.set_tone(Tone.WARNING)
            words = self.tr("From what was kept, something else is decided now.")
        self._result.show_message(words)
        # The same card three times would hide that nothing is new.
        self._again.setVisible(replayed.again != replayed.stored)
        self._again.show_opinion(replayed.again)
        self._today.show_opinion(replayed.today)
        self._differences.show_text("\n".join(f"• {each}" for each in replayed.differences))
        for part in (self._what, self._differences):
            part.setVisible(bool(replayed.differences))
        self._body.show()
        self._tell("")

    def _on_failed(self, error: SocialSyncError) -> None:
        self._tell("")
        self._body.hide()
        self._result.set_tone(Tone.WARNING)
        self._result.show_message(refused_words(error))

    def _tell(self, words: str) -> None:
        self._hint.show_text(words)
        self._hint.setVisible(bool(words))

    def _on_ended(self) -> None:
        self.button.setEnabled(True)

    def _arrange(self) -> None:
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(Space.S)
        for part in (self._again, self._today, self._what, self._differences):
            body.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addWidget(self._hint)
        column.addWidget(self._result)
        column.addWidget(self._body)
        self._body.hide()
