"""The panel below the list: what is on its way, as a whole and file by file."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.panes.knowledge.upload import (
    GOING,
    Step,
    Upload,
    percent,
    whole_part,
)
from desktop.panes.knowledge.upload_rows import ROW_HEIGHT, UploadRows
from desktop.panes.knowledge.uploads import Uploads
from desktop.style.tokens import Space
from desktop.widgets.buttons import IconButton, quiet
from desktop.widgets.label import ElidedLabel, PlainLabel
from desktop.widgets.progress_line import ProgressLine

_MOST_ROWS = 5


class UploadPanel(QFrame):
    """Hidden while there is nothing to tell; can be folded to its head."""

    def __init__(self, uploads: Uploads, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "dock")
        self._uploads = uploads
        self._title = ElidedLabel(role="strong")
        self._share = PlainLabel(role="small")
        self._bar = ProgressLine()
        self._rows = UploadRows()
        self._fold = IconButton("chevron-down", self.tr("Fold the files away"), size=16)
        self._unfold = IconButton("chevron-up", self.tr("Show the files"), size=16)
        self._cancel = quiet(self.tr("Cancel all"))
        self._clear = quiet(self.tr("Clear finished"))
        self._arrange()
        self._fold.clicked.connect(self._on_folded)
        self._unfold.clicked.connect(self._on_unfolded)
        self._cancel.clicked.connect(uploads.cancel_all)
        self._clear.clicked.connect(uploads.clear_finished)
        self._rows.cancel_wanted.connect(uploads.cancel)
        self._rows.retry_wanted.connect(uploads.retry)
        uploads.changed.connect(self._on_changed)
        self._on_unfolded()
        self.hide()

    @Slot()
    def _on_changed(self) -> None:
        files = self._uploads.all()
        going = [each for each in files if each.step in GOING]
        is_going = bool(going) or self._uploads.is_walking()
        part = whole_part(files)
        self._rows.show_uploads(files)
        shown = min(_MOST_ROWS, max(1, len(files)))
        self._rows.setFixedHeight(shown * ROW_HEIGHT + 2)
        self._title.show_text(self._title_of(files, going))
        self._share.setText(percent(part) if is_going else "")
        words = self.tr("%1 of the files are done").replace("%1", percent(part))
        self._bar.show_part(part, words)
        self._bar.setVisible(is_going)
        self._cancel.setVisible(is_going)
        self._clear.setVisible(len(going) < len(files))
        self.setVisible(bool(files) or is_going)

    def _title_of(self, files: list[Upload], going: list[Upload]) -> str:
        if self._uploads.is_walking():
            return self.tr("Looking through the folders… %n file(s)", "", len(files))
        if going:
            return self.tr("Adding %n file(s)", "", len(going))
        failed = sum(each.step is Step.FAILED for each in files)
        if failed:
            return self.tr("%n file(s) could not be added", "", failed)
        return self.tr(
            "%n file(s) added", "", sum(each.step is Step.DONE for each in files)
        )

    @Slot()
    def _on_folded(self) -> None:
        self._show_rows(shown=False)
        self._unfold.setFocus()

    @Slot()
    def _on_unfolded(self) -> None:
        self._show_rows(shown=True)

    def _show_rows(self, *, shown: bool) -> None:
        self._rows.setVisible(shown)
        self._fold.setVisible(shown)
        self._unfold.setVisible(not shown)

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(Space.L, 0, Space.S, 0)
        head.addWidget(self._title, 1)
        head.addWidget(self._share)
        head.addWidget(self._fold)
        head.addWidget(self._unfold)
        bar = QHBoxLayout()
        bar.setContentsMargins(Space.L, 0, Space.L, Space.XS)
        bar.addWidget(self._bar)
        foot = QHBoxLayout()
        foot.setContentsMargins(Space.S, 0, Space.S, 0)
        foot.setSpacing(0)
        foot.addWidget(self._cancel)
        foot.addStretch()
        foot.addWidget(self._clear)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, Space.S, 0, Space.S)
        column.setSpacing(Space.XS)
        column.addLayout(head)
        column.addLayout(bar)
        column.addWidget(self._rows)
        column.addLayout(foot)
