"""The button that adds: files, a folder, an entry, a table of entries."""

from pathlib import Path

from PySide6.QtCore import QFile, QIODevice, QStandardPaths, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from desktop.panes.knowledge.walk import ENDINGS
from desktop.widgets.buttons import ActionButton, Rank

MOST_CSV_BYTES = 5_000_000


class AddButton(ActionButton):
    """Opens a menu; what is chosen is told by signals."""

    paths_chosen = Signal(list)
    """Files and folders of this machine that should be added."""
    entry_wanted = Signal()
    table_chosen = Signal(bytes)
    """The contents of a CSV file of entries."""
    table_refused = Signal(str)
    """The file of entries cannot be taken, in words."""
    export_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", Rank.PRIMARY, "plus", parent)
        self.setText(self.tr("Add"))
        self.setAccessibleName(self.tr("Add to the knowledge base"))
        menu = QMenu(self)
        menu.addAction(self.tr("Files…"), self.choose_files)
        menu.addAction(self.tr("A folder…"), self.choose_folder)
        menu.addSeparator()
        menu.addAction(self.tr("FAQ entry"), self._on_entry)
        menu.addAction(self.tr("Import FAQ from CSV…"), self.choose_table)
        menu.addSeparator()
        # Also for those who may not add: taking words along changes nothing.
        self._export = menu.addAction(self.tr("Export FAQ as CSV…"), self._on_export)
        self.setMenu(menu)

    def allow_changes(self, *, allowed: bool, reason: str) -> None:
        """Leave only the export to those who may not change anything."""
        for action in self.menu().actions():
            action.setEnabled(allowed or action is self._export)
        self.setAccessibleDescription("" if allowed else reason)

    @Slot()
    def choose_files(self) -> QFileDialog:
        """Ask for files; returns the dialog, already open."""
        dialog = self._dialog(self.tr("Add files"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        endings = " ".join(sorted(f"*.{ending}" for ending in ENDINGS))
        dialog.setNameFilters(
            [f"{self.tr('Documents')} ({endings})", f"{self.tr('All files')} (*)"]
        )
        dialog.filesSelected.connect(self._on_paths)
        dialog.open()
        return dialog

    @Slot()
    def choose_folder(self) -> QFileDialog:
        """Ask for a folder; returns the dialog, already open."""
        dialog = self._dialog(self.tr("Add a folder"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.filesSelected.connect(self._on_paths)
        dialog.open()
        return dialog

    @Slot()
    def choose_table(self) -> QFileDialog:
        """Ask for a CSV file of entries; returns the dialog, already open."""
        dialog = self._dialog(self.tr("Import FAQ entries"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(["CSV (*.csv)", f"{self.tr('All files')} (*)"])
        dialog.fileSelected.connect(self._on_table)
        dialog.open()
        return dialog

    @Slot(list)
    def _on_paths(self, paths: list[str]) -> None:
        self.paths_chosen.emit(paths)

    @Slot(str)
    def _on_table(self, path: str) -> None:
        file = QFile(path)
        if file.size() > MOST_CSV_BYTES:
            self.table_refused.emit(self.tr("The table is too large. Split it in two."))
        elif not file.open(QIODevice.OpenModeFlag.ReadOnly):
            self.table_refused.emit(
                self.tr("The file cannot be read: %1").replace("%1", file.errorString())
            )
        else:
            self.table_chosen.emit(file.readAll().data())
            file.close()

    @Slot()
    def _on_entry(self) -> None:
        self.entry_wanted.emit()

    @Slot()
    def _on_export(self) -> None:
        self.export_wanted.emit()

    def _dialog(self, title: str) -> QFileDialog:
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        folder = Path(QStandardPaths.writableLocation(documents))
        dialog = QFileDialog(self.window(), title)
        dialog.setDirectory(str(folder))
        dialog.finished.connect(dialog.deleteLater)
        return dialog
