"""The surface of a thread: which bubbles are shown where, and how they are painted.

Stays at the bottom while messages arrive, unless the reader scrolled up; then it keeps
its place and offers a button. `ThreadView` adds the mouse and the keyboard.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from datetime import datetime
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt, Signal, Slot
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QAccessibleInterface,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget
from typing_extensions import override

from desktop.style.theme import current_tokens
from desktop.widgets.accessible_items import AccessibleItems, install_accessible_items
from desktop.widgets.bubble import Bubble, spoken
from desktop.widgets.bubble_box import BubbleBox
from desktop.widgets.bubble_painter import BubblePainter, BubbleState
from desktop.widgets.jump_button import JumpButton
from desktop.widgets.photo_cache import PhotoCache, PhotoProvider
from desktop.widgets.thread_column import Anchor, ThreadColumn
from desktop.widgets.thread_reading import Reading, copied_text

_NEAR: Final = 3
_RELAY: Final = (
    QEvent.Type.FontChange,
    QEvent.Type.LanguageChange,
    QEvent.Type.LayoutDirectionChange,
    QEvent.Type.LocaleChange,
)


class ThreadSurface(QAbstractScrollArea):
    """Shows bubbles, keeps the reader's place, and knows what lies under a point."""

    older_wanted = Signal()
    """The reader nears the start; answer with `prepend` or `end_of_history`."""

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = ThreadColumn(now)
        self._photos = PhotoCache(lambda _key: None)
        self._reading = Reading()
        self._anchor: Anchor | None = None
        """The bubble that keeps its place; None while stuck to the bottom."""
        self._shown_anchor: Anchor | None = None
        """The first bubble in sight, and where, as it was last placed."""
        self._shown_value = 0
        self._placing = False
        self._may_ask_older = False
        self._accessible: AccessibleItems | None = None
        self._jump = JumpButton(self)
        self._jump.clicked.connect(self.scroll_to_end)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Messages"))
        self.viewport().setMouseTracking(True)
        self.verticalScrollBar().setSingleStep(40)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        install_accessible_items()

    # What the pane says

    def set_bubbles(self, bubbles: Sequence[Bubble]) -> None:
        """Show another conversation, oldest first, from its end."""
        self._reading.forget()
        self._may_ask_older = bool(bubbles)
        self._jump.forget()
        self._column.replace_all(bubbles)
        self._place(None)

    def clear(self) -> None:
        """Show nothing."""
        self.set_bubbles(())

    def append(self, bubbles: Sequence[Bubble]) -> None:
        """Add newer bubbles; known ones are replaced where they stand."""
        fresh = [bubble for bubble in bubbles if not self._column.replace(bubble)]
        self._column.extend(fresh)
        if self._anchor is not None:
            self._jump.count(len(fresh))
        self._place(self._anchor)

    def prepend(self, bubbles: Sequence[Bubble]) -> None:
        """Add older bubbles above; the reader's place does not move."""
        fresh = [b for b in bubbles if self._column.index_of(b.id) is None]
        at_top = self._column.anchor_at(self.verticalScrollBar().value())
        self._column.prepend(fresh)
        self._reading.shift(len(fresh))
        self._may_ask_older = bool(fresh)
        if at_top is not None and self._anchor is not None:
            moved = Anchor(index=at_top.index + len(fresh), offset=at_top.offset)
            self._place(moved)
        else:
            self._place(None)

    def end_of_history(self) -> None:
        """Nothing older exists; do not ask again for this conversation."""
        self._may_ask_older = False

    def update_bubble(self, bubble: Bubble) -> None:
        """Show the new contents of a bubble, if it is here."""
        if self._column.replace(bubble):
            self._place(self._anchor)

    def remove_bubble(self, bubble_id: Hashable) -> None:
        """Take a bubble away, if it is here."""
        if self._column.remove(bubble_id) is not None:
            self._reading.forget()
            self._place(None if self._anchor is None else self._at_top())

    def set_photo_provider(self, provider: PhotoProvider) -> None:
        """Ask `provider` for photos; see `photo_arrived` for those that take a while."""
        self._photos = PhotoCache(provider)
        self.viewport().update()

    def photo_arrived(self, key: str) -> None:
        """Ask again for a photo that was not there before."""
        self._photos.forget(key)
        self.viewport().update()

    @Slot()
    def scroll_to_end(self) -> None:
        """Go to the newest message and stay there."""
        self._jump.forget()
        self._place(None)

    # What others read

    def count(self) -> int:
        """Return how many messages are shown."""
        return len(self._column)

    def bubble(self, index: int) -> Bubble:
        """Return the message at a place."""
        return self._column.bubble(index)

    def current(self) -> int | None:
        """Return the place of the message that the keyboard is on."""
        return self._reading.current

    def selected_text(self) -> str:
        """Return the selected text."""
        selection = self._reading.selection
        return "" if selection is None else copied_text(selection, self._column.bubble)

    def is_at_end(self) -> bool:
        """Tell whether the newest message is in sight and stays so."""
        return self._anchor is None

    def screen_rect(self, index: int) -> QRect:
        """Return where a message is on the screen, in sight or not."""
        top = self._column.top(index) - self.verticalScrollBar().value()
        corner = self.viewport().mapToGlobal(QPoint(0, top))
        return QRect(
            corner.x(), corner.y(), self.viewport().width(), self._height_of(index)
        )

    def index_at_screen(self, x: int, y: int) -> int | None:
        """Return the message at a position on the screen."""
        local = self.viewport().mapFromGlobal(QPoint(x, y))
        if not len(self._column) or not self.viewport().rect().contains(local):
            return None
        return self._column.index_at(local.y() + self.verticalScrollBar().value())

    def spoken_item(self, index: int, /) -> str:
        """Return who wrote a message, when, what, and how far it has come."""
        return spoken(self.bubble(index))

    def accessible_interface(self) -> QAccessibleInterface:
        """Return the description of this view for screen readers."""
        # Qt keeps the C++ half; without a reference Python would drop the other half.
        if self._accessible is None:
            self._accessible = AccessibleItems(self)
        return self._accessible

    # Qt

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out again when the width changes, keeping the reader's place."""
        super().resizeEvent(event)
        if self._column.width != self.viewport().width():
            self._column.measure_again(self.viewport().width(), self.layoutDirection())
        self._place(self._anchor)
        self._jump.place_in(self.viewport().geometry())

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Lay out again when the font, the language or the direction changes."""
        super().changeEvent(event)
        if event.type() in _RELAY:
            self._column.measure_again(self.viewport().width(), self.layoutDirection())
            self._place(self._anchor)
        self.viewport().update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bubbles in sight."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        bubbles = BubblePainter(painter, current_tokens(), self._photos.picture)
        value = self.verticalScrollBar().value()
        for index in self._column.visible(value, self.viewport().height()):
            painter.save()
            painter.translate(0, self._column.top(index) - value)
            bubbles.paint(self._column.box(index), self._column.width, self._state(index))
            painter.restore()
        painter.end()

    # Placing

    @Slot(int)
    def _on_scrolled(self, value: int) -> None:
        if self._placing or not len(self._column):
            return
        bar = self.verticalScrollBar()
        if value >= bar.maximum():
            self.scroll_to_end()
            return
        far = self.viewport().height() * _NEAR
        before = self._shown_anchor
        if before is not None and abs(value - self._shown_value) < far:
            # What was in sight moves by exactly what the reader scrolled, whatever the
            # bubbles that come in above turn out to measure.
            moved = before.offset + self._shown_value - value
            self._place(Anchor(index=before.index, offset=moved))
        else:
            self._place(self._column.anchor_at(value))

    def _place(self, anchor: Anchor | None) -> None:
        """Show the thread with `anchor` in its place, or its end without one."""
        height = self.viewport().height()
        value = self._column.settle(anchor, height)
        bottom = max(0, self._column.total() - height)
        self._placing = True
        bar = self.verticalScrollBar()
        bar.setPageStep(height)
        bar.setRange(0, bottom)
        bar.setValue(value)
        self._placing = False
        self._shown_value = value
        self._shown_anchor = self._column.anchor_at(value)
        self._anchor = None if anchor is None or value >= bottom else self._shown_anchor
        if self._anchor is None:
            self._jump.forget()
        self.viewport().update()
        if self._may_ask_older and value < height:
            self._may_ask_older = False
            self.older_wanted.emit()

    def _at_top(self) -> Anchor | None:
        return self._column.anchor_at(self.verticalScrollBar().value())

    # Details

    def _state(self, index: int) -> BubbleState:
        here = self._reading.current == index and self.hasFocus()
        selection = self._reading.selection
        length = self._column.box(index).text_length()
        return BubbleState(
            selected=None if selection is None else selection.part(index, length),
            focused=here,
            target=self._reading.target if here else None,
        )

    def _height_of(self, index: int) -> int:
        return self._column.top(index + 1) - self._column.top(index)

    def _box_at(self, point: QPointF) -> tuple[int, BubbleBox, QPointF] | None:
        if not len(self._column):
            return None
        y = point.y() + self.verticalScrollBar().value()
        index = self._column.index_at(y)
        return (
            index,
            self._column.box(index),
            QPointF(point.x(), y - self._column.top(index)),
        )

    def _show_current(self) -> None:
        index = self._reading.current
        if index is None:
            return
        height = self.viewport().height()
        self._column.box(index)
        top = self._column.top(index) - self.verticalScrollBar().value()
        high = self._height_of(index)
        if top < 0 or high > height:
            self._place(Anchor(index=index, offset=0))
        elif top + high > height:
            self._place(Anchor(index=index, offset=height - high))
        self.viewport().update()
        focus = QAccessibleEvent(self, QAccessible.Event.Focus)
        focus.setChild(index)
        QAccessible.updateAccessibility(focus)
