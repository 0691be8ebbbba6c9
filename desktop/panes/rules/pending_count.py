"""How many proposed examples wait, for the mark at the pane's name."""

from PySide6.QtCore import QObject, Signal, Slot

from core.actions import correct
from core.actions.correct import PendingExample
from core.domain.errors import SocialSyncError
from core.queries import rights
from desktop.bridge.call import Bridge
from desktop.bridge.feed import Feed


class PendingCount(QObject):
    """Counts for those who may accept them; to others it stays silent."""

    counted = Signal(int)

    def __init__(self, bridge: Bridge, feed: Feed, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        feed.knowledge_changed.connect(self.refresh)
        feed.resync.connect(self.refresh)

    @Slot()
    def refresh(self) -> None:
        """Count again."""
        self._bridge.ask(self, rights.may_change_rules).then(self._on_rights).failed(
            self._on_failed
        )

    def _on_rights(self, allowed: bool) -> None:  # noqa: FBT001 - the answer itself
        if allowed:
            self._bridge.ask(self, correct.pending_examples).then(self._on_read).failed(
                self._on_failed
            )

    def _on_read(self, examples: list[PendingExample]) -> None:
        self.counted.emit(len(examples))

    def _on_failed(self, _error: SocialSyncError) -> None:
        """Leave the mark as it is: the pages say what is wrong."""
