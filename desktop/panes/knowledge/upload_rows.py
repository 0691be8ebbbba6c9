"""The rows of the upload panel: name, step, a thin bar, and a button of their own."""

from typing import Any, Final

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from desktop.models.list_model import ListModel
from desktop.panes.knowledge.upload import AGAIN, GOING, Step, Upload, step_words
from desktop.style.fonts import text_font
from desktop.style.icons import pixmap
from desktop.style.theme import current_tokens
from desktop.style.tokens import Space, Tone, Type, tone_pair
from desktop.widgets.buttons import IconButton
from desktop.widgets.progress_line import paint_progress
from desktop.widgets.row_list import RowList
from desktop.widgets.writing import direction_of, one_line, safe_tooltip

ROW_HEIGHT: Final = 48
_ICON: Final = 16
_BUTTON: Final = 30
_SIDE: Final = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
_LOOKS: Final = {
    Step.WAITING: ("clock", Tone.NEUTRAL),
    Step.READING: ("sending", Tone.ACCENT),
    Step.INDEXING: ("sending", Tone.ACCENT),
    Step.DONE: ("check", Tone.GOOD),
    Step.FAILED: ("failed", Tone.DANGER),
    Step.SKIPPED: ("minus", Tone.WARNING),
    Step.CANCELLED: ("close", Tone.NEUTRAL),
}


class UploadDelegate(QStyledItemDelegate):
    """Paints everything of a row but its button."""

    @override
    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Ask for a name and a line below it."""
        return QSize(200, ROW_HEIGHT)

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint the row of `index`."""
        upload = index.data(Qt.ItemDataRole.UserRole)
        if upload is not None:
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            _paint_row(painter, option, upload)
            painter.restore()


def _paint_row(painter: QPainter, option: Any, upload: Upload) -> None:
    tokens = current_tokens()
    area: QRect = option.rect
    direction: Qt.LayoutDirection = option.direction
    icon_name, tone = _LOOKS[upload.step]
    colour = tone_pair(tokens, tone).text
    left = area.left() + Space.L + _ICON + Space.S
    room = area.right() - _BUTTON - Space.M - left

    def place(x: int, top: int, width: int, height: int) -> QRect:
        wanted = QRect(x, area.top() + top, width, height)
        return QStyle.visualRect(direction, area, wanted)

    if option.state & QStyle.StateFlag.State_Selected:
        painter.fillRect(area, QColor(tokens.selected))
    mark = pixmap(icon_name, _ICON, colour, painter.device().devicePixelRatioF())
    painter.drawPixmap(place(area.left() + Space.L, 8, _ICON, _ICON), mark)
    _words(painter, place(left, 5, room, 18), upload.name, QFont.Weight.Medium)
    _state(painter, place(left, 22, room, 16), step_words(upload), colour)
    if upload.step in (Step.READING, Step.INDEXING):
        part = upload.part if upload.step is Step.INDEXING and upload.part else -1.0
        bar = QRectF(place(left, 41, room, 3))
        mirrored = direction is Qt.LayoutDirection.RightToLeft
        paint_progress(painter, bar, part, tokens.accent, mirrored=mirrored)


def _words(painter: QPainter, spot: QRect, name: str, weight: QFont.Weight) -> None:
    font = text_font(Type.SMALL, weight)
    # The end of a path tells files apart; its beginning is the folder of them all.
    shown = QFontMetrics(font).elidedText(
        one_line(name, 300), Qt.TextElideMode.ElideMiddle, spot.width()
    )
    painter.setFont(font)
    painter.setPen(QColor(current_tokens().text))
    painter.setLayoutDirection(direction_of(shown))
    painter.drawText(spot, _SIDE, shown)


def _state(painter: QPainter, spot: QRect, words: str, colour: str) -> None:
    font = text_font(Type.CAPTION)
    shown = QFontMetrics(font).elidedText(
        one_line(words, 300), Qt.TextElideMode.ElideRight, spot.width()
    )
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(spot, _SIDE, shown)


class UploadRows(RowList):
    """The list; only the rows in sight carry a real button, however many there are."""

    cancel_wanted = Signal(int)
    retry_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Files on their way"), parent)
        self._buttons: dict[int, tuple[str, QWidget]] = {}
        self._seen = (0, 8)
        self.model_of_uploads: ListModel[Upload] = ListModel(
            _describe, hint=_hint, parent=self
        )
        self.set_rows(self.model_of_uploads)
        self.set_row_delegate(UploadDelegate(self), ROW_HEIGHT)
        self.range_shown.connect(self._on_range_shown)

    def show_uploads(self, uploads: list[Upload]) -> None:
        """Show the files as they now stand."""
        self.model_of_uploads.lay_over(uploads)
        self._place_buttons()

    @Slot(int, int)
    def _on_range_shown(self, first: int, last: int) -> None:
        self._seen = (first, last)
        self._place_buttons()

    def _place_buttons(self) -> None:
        first, last = self._seen
        wanted: dict[int, tuple[int, Upload]] = {}
        for at in range(first, last + 1):
            upload = self.model_of_uploads.row_at(at)
            if upload is not None and upload.step in GOING | AGAIN:
                wanted[upload.id] = (at, upload)
        for upload_id in [each for each in self._buttons if each not in wanted]:
            self._drop_button(upload_id)
        for at, upload in wanted.values():
            self._give_button(at, upload)

    def _give_button(self, at: int, upload: Upload) -> None:
        kind = "cancel" if upload.step in GOING else "retry"
        held = self._buttons.get(upload.id)
        if held is not None and held[0] == kind:
            return
        if held is not None:
            self._drop_button(upload.id)
        name = one_line(upload.name)
        if kind == "cancel":
            words = self.tr("Cancel %1").replace("%1", name)
            button = IconButton("close", words, size=14)
        else:
            words = self.tr("Try %1 again").replace("%1", name)
            button = IconButton("refresh", words, size=16)
        button.setProperty("upload", upload.id)
        button.clicked.connect(self._on_cancel if kind == "cancel" else self._on_retry)
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, Space.M, 0)
        row.addStretch()
        row.addWidget(button)
        self._buttons[upload.id] = (kind, box)
        self.setIndexWidget(self.model_of_uploads.index(at, 0), box)

    def _drop_button(self, upload_id: int) -> None:
        _, box = self._buttons.pop(upload_id)
        at = self.model_of_uploads.position(upload_id)
        if at is not None:
            index = self.model_of_uploads.index(at, 0)
            if self.indexWidget(index) is box:
                # The stub forbids the null pointer that takes a widget away.
                self.setIndexWidget(index, None)  # type: ignore[arg-type]

    @Slot()
    def _on_cancel(self) -> None:
        self.cancel_wanted.emit(self.sender().property("upload"))

    @Slot()
    def _on_retry(self) -> None:
        self.retry_wanted.emit(self.sender().property("upload"))


def _hint(upload: Upload) -> str:
    """Return the reason in full, which hardly ever fits."""
    return safe_tooltip(f"{upload.name}\n{upload.reason}") if upload.reason else ""


def _describe(upload: Upload) -> str:
    return f"{one_line(upload.name)}, {step_words(upload)}"
