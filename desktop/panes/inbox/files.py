"""Save a file that came with a message, where the person says.

Files of strangers are never opened from here, only saved: what may run it is the person's
own decision, in their own file manager. The suggested name keeps nothing of a path.
"""

from pathlib import Path, PurePosixPath, PureWindowsPath

from PySide6.QtCore import QObject, QSaveFile, QStandardPaths, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from core.domain.attachment import Attachment
from core.domain.errors import Refused, SocialSyncError
from core.domain.ids import AttachmentId
from core.queries import conversation
from desktop.bridge.call import Bridge

_LONGEST = 120


class Files(QObject):
    """Asks where, then fetches the bytes and writes them."""

    refused = Signal(object)

    def __init__(self, bridge: Bridge, owner: QWidget) -> None:
        super().__init__(owner)
        self._bridge = bridge
        self._owner = owner
        self._wanted: AttachmentId | None = None

    def save(self, attachment: Attachment) -> QFileDialog:
        """Ask where to save a file; returns the dialog, already open."""
        self._wanted = attachment.id
        downloads = QStandardPaths.StandardLocation.DownloadLocation
        folder = Path(QStandardPaths.writableLocation(downloads))
        dialog = QFileDialog(self._owner, self.tr("Save the file"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDirectory(str(folder))
        dialog.selectFile(safe_name(attachment.file_name or self.tr("file")))
        dialog.fileSelected.connect(self._on_place_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    @Slot(str)
    def _on_place_chosen(self, place: str) -> None:
        if self._wanted is not None:
            self._bridge.ask(self, conversation.media, self._wanted).then(
                self._on_content, place
            ).failed(self._on_refused)

    def _on_content(self, content: bytes, place: str) -> None:
        # Whole or not at all: a full disk must not leave half a file under its name.
        file = QSaveFile(place)
        written = file.open(QSaveFile.OpenModeFlag.WriteOnly) and file.write(content) >= 0
        if not (written and file.commit()):
            self.refused.emit(Refused("The file could not be written.", file.errorString()))

    def _on_refused(self, error: SocialSyncError) -> None:
        self.refused.emit(error)


def safe_name(name: str) -> str:
    """Return the last part of a name as a stranger wrote it, without what hides its kind."""
    last = PureWindowsPath(PurePosixPath(name).name).name
    plain = "".join(
        letter for letter in last if letter.isprintable() and letter not in '<>:"|?*'
    )
    return plain.lstrip(".")[-_LONGEST:] or "file"
