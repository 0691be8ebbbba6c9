"""FAQ entries as a CSV table, taken in and given out."""

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from core.actions import phrase
from core.actions.phrase import Imported
from core.domain.errors import Refused, SocialSyncError
from core.queries import knowledge
from desktop.bridge.call import Bridge
from desktop.widgets.save_place import SavePlace, write_whole


class FaqTables(QObject):
    """Whole or not at all: one bad line of a table leaves everything as it is."""

    told = Signal(str)
    """What has been done, in words."""
    refused = Signal(object)

    def __init__(self, bridge: Bridge, owner: QWidget) -> None:
        super().__init__(owner)
        self._bridge = bridge
        self._place = SavePlace(owner)
        self._place.chosen.connect(self._on_place_chosen)

    @Slot(bytes)
    def take(self, content: bytes) -> None:
        """Add the entries of a table."""
        self._bridge.ask(self, phrase.import_faq_csv, content).then(
            self._on_imported
        ).failed(self._on_refused)

    @Slot(str)
    def refuse(self, words: str) -> None:
        """Say why a file cannot be taken."""
        self.refused.emit(Refused(words))

    @Slot()
    def give(self) -> None:
        """Ask where the entries should be written."""
        self._place.ask(self.tr("Save the FAQ entries"), "faq.csv")

    def _on_imported(self, imported: Imported) -> None:
        added = self.tr("%n entry(ies) added", "", imported.added)
        replaced = self.tr("%n replaced", "", imported.replaced)
        self.told.emit(f"{added}, {replaced}" if imported.replaced else added)

    @Slot(str)
    def _on_place_chosen(self, place: str) -> None:
        self._bridge.ask(self, knowledge.faq_table).then(self._on_table, place).failed(
            self._on_refused
        )

    def _on_table(self, table: str, place: str) -> None:
        try:
            # With the mark of its encoding, or Excel takes each é for two letters.
            write_whole(place, table.encode("utf-8-sig"))
        except Refused as error:
            self.refused.emit(error)
            return
        self.told.emit(self.tr("The FAQ entries are saved"))

    def _on_refused(self, error: SocialSyncError) -> None:
        self.refused.emit(error)
