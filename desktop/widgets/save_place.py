"""Ask where something is saved, and write it there whole or not at all."""

from pathlib import Path, PurePosixPath, PureWindowsPath

from PySide6.QtCore import QObject, QSaveFile, QStandardPaths, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from core.domain.errors import Refused

_LONGEST = 120


class SavePlace(QObject):
    """One question at a time; the dialog is open while `ask` has long returned."""

    chosen = Signal(str)
    """The path that the person chose."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self._owner = owner

    def ask(self, title: str, name: str) -> QFileDialog:
        """Ask for a place, suggesting `name` among the downloads; returns the dialog."""
        downloads = QStandardPaths.StandardLocation.DownloadLocation
        folder = Path(QStandardPaths.writableLocation(downloads))
        dialog = QFileDialog(self._owner, title)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDirectory(str(folder))
        dialog.selectFile(plain_name(name))
        dialog.fileSelected.connect(self._on_selected)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    @Slot(str)
    def _on_selected(self, place: str) -> None:
        self.chosen.emit(place)


def write_whole(place: str, content: bytes) -> None:
    """Write `content` to a file; a full disk leaves no half of it under its name.

    Raises:
        Refused: it cannot be written there; says why in the system's words.
    """
    file = QSaveFile(place)
    written = file.open(QSaveFile.OpenModeFlag.WriteOnly) and file.write(content) >= 0
    if not (written and file.commit()):
        raise Refused("The file could not be written.", file.errorString())


def plain_name(name: str) -> str:
    """Return the last part of a name as somebody wrote it, without what hides its kind."""
    last = PureWindowsPath(PurePosixPath(name).name).name
    plain = "".join(
        letter for letter in last if letter.isprintable() and letter not in '<>:"|?*'
    )
    return plain.lstrip(".")[-_LONGEST:] or "file"
