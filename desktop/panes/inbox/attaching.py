"""The file that will go with a reply: chosen, dropped or pasted, kept per conversation.

A file belongs to the conversation it was chosen in and never follows the reader into
another one. It is read and checked by the engine at once, so that what the platform
would refuse is said before anybody presses Send.
"""

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, Signal, Slot
from PySide6.QtGui import QImage, QImageWriter
from PySide6.QtWidgets import QFileDialog, QWidget

from core.actions import attach
from core.domain.attachment import OutgoingFile
from core.domain.errors import SocialSyncError, TooManyFiles
from core.domain.ids import ConversationId
from core.queries.conversation import ConversationDetail
from desktop.bridge.call import Bridge, Call
from desktop.panes.inbox.words import file_limits
from desktop.widgets.composer import Composer


class Attaching(QObject):
    """Stands between the composer and the engine for files, as `Sender` does for words."""

    refused = Signal(object)
    """A foreseen error; the file is not taken."""

    def __init__(self, composer: Composer, bridge: Bridge, owner: QWidget) -> None:
        super().__init__(owner)
        self._composer = composer
        self._bridge = bridge
        self._owner = owner
        self._open: ConversationId | None = None
        self._files: dict[ConversationId, OutgoingFile] = {}
        self._reads: dict[ConversationId, tuple[str, Call[OutgoingFile]]] = {}
        composer.attach_wanted.connect(self.choose)
        composer.files_offered.connect(self._on_files_offered)
        composer.picture_offered.connect(self._on_picture_offered)
        composer.file_removed.connect(self._on_removed)

    def open(self, conversation_id: ConversationId) -> None:
        """Change to another conversation, and show the file that waits there."""
        self._open = conversation_id
        self._composer.set_file_hint(None)
        self._show()

    def show_detail(self, detail: ConversationDetail) -> None:
        """Say which files the conversation's platform takes."""
        self._composer.set_file_hint(file_limits(detail.media))

    def file_of(self, conversation_id: ConversationId) -> OutgoingFile | None:
        """Return the file that goes with the next message of a conversation."""
        return self._files.get(conversation_id)

    def forget(self, conversation_id: ConversationId) -> None:
        """Let go of a conversation's file: it was sent, or is not wanted any more."""
        self._files.pop(conversation_id, None)
        _, read = self._reads.pop(conversation_id, ("", None))
        if read is not None:
            read.cancel()
        self._show()

    @Slot()
    def choose(self) -> QFileDialog:
        """Ask for a file; returns the dialog, already open."""
        dialog = QFileDialog(self._owner, self.tr("Attach a file"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._on_path_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    @Slot(str)
    def _on_path_chosen(self, place: str) -> None:
        if self._open is not None:
            path = Path(place)
            read = self._bridge.ask(self, attach.read, self._open, path)
            self._await(self._open, path.name, read)

    @Slot(list)
    def _on_files_offered(self, places: list[str]) -> None:
        if len(places) == 1:
            self._on_path_chosen(places[0])
        else:
            self.refused.emit(
                TooManyFiles("A message carries one file.", "Choose one of them.")
            )

    @Slot(QImage)
    def _on_picture_offered(self, picture: QImage) -> None:
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        if self._open is None or not QImageWriter(buffer, QByteArray(b"png")).write(
            picture
        ):
            return
        content = bytes(buffer.data().data())
        file = OutgoingFile(name=self.tr("picture") + ".png", content=content)
        check = self._bridge.ask(self, attach.accept, self._open, file)
        self._await(self._open, file.name, check)

    def _await(
        self, conversation_id: ConversationId, name: str, read: Call[OutgoingFile]
    ) -> None:
        """Show that a file is coming; it takes the place of the one before."""
        self.forget(conversation_id)
        self._reads[conversation_id] = (name, read)
        self._show()
        read.then(self._on_taken, conversation_id).failed(self._on_refused, conversation_id)

    def _on_taken(self, file: OutgoingFile, conversation_id: ConversationId) -> None:
        self._reads.pop(conversation_id, None)
        self._files[conversation_id] = file
        self._show()

    def _on_refused(self, error: SocialSyncError, conversation_id: ConversationId) -> None:
        self.forget(conversation_id)
        self.refused.emit(error)

    @Slot()
    def _on_removed(self) -> None:
        if self._open is not None:
            self.forget(self._open)

    def _show(self) -> None:
        """Show the open conversation's file, whether it is here or still coming."""
        if self._open in self._files:
            file = self._files[self._open]
            self._composer.show_file(file.name, len(file.content))
        elif self._open in self._reads:
            self._composer.show_arriving_file(self._reads[self._open][0])
        else:
            self._composer.show_no_file()
