"""The messages of a conversation, drawn by hand so that thousands open at once.

Up and Down walk the messages, Left and Right the links and photos of the current one,
Enter opens. Text is selected by mouse, or with Shift and the arrows, across messages.
Nothing is opened here: links, photos and uncertain deliveries leave as signals.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
)
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from desktop.widgets.bubble_box import Target, TargetKind
from desktop.widgets.thread_reading import Place, Selection
from desktop.widgets.thread_surface import ThreadSurface

_Key = Qt.Key
_STEPS: Final = {_Key.Key_Up: -1, _Key.Key_Down: 1, _Key.Key_K: -1, _Key.Key_J: 1}
_SIDEWAYS: Final = {_Key.Key_Left: -1, _Key.Key_Right: 1}
_OPENING: Final = (_Key.Key_Return, _Key.Key_Enter)
_SHIFT: Final = Qt.KeyboardModifier.ShiftModifier
_CONTROL: Final = Qt.KeyboardModifier.ControlModifier
_DRAG_STEP: Final = 24


class ThreadView(ThreadSurface):
    """A thread one can read, select from, and act on."""

    link_opened = Signal(str)
    attachment_opened = Signal(str)
    look_wanted = Signal(object, QPoint)
    """A person wants to settle the uncertain message with this id."""
    menu_wanted = Signal(object, QPoint)
    """A context menu is wanted for the message with this id, at this screen position."""

    _pressed: tuple[Target, int, QPointF] | None = None
    _dragging = False

    # Mouse

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a click on what can be opened, or a selection."""
        hit = self._box_at(event.position())
        if hit is None or event.button() is not Qt.MouseButton.LeftButton:
            return
        index, box, local = hit
        target = box.target_at(local)
        self._pressed = None if target is None else (target, index, event.position())
        place = Place(index, box.position_at(local))
        keep = event.modifiers() & _SHIFT and self._reading.selection is not None
        anchor = (
            self._reading.selection.anchor if keep and self._reading.selection else place
        )
        self._reading.selection = Selection(anchor, place)
        self._reading.current, self._reading.target = index, None
        self._dragging = True
        self.viewport().update()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Extend the selection, scrolling when the mouse leaves the view."""
        hit = self._box_at(event.position())
        if hit is None:
            return
        index, box, local = hit
        if not self._dragging:
            self._show_cursor(box.target_at(local), inside=box.text_rect.contains(local))
            return
        selection = self._reading.selection
        if selection is not None:
            place = Place(index, box.position_at(local))
            self._reading.selection = Selection(selection.anchor, place)
        self._scroll_while_dragging(event.position().y())
        self.viewport().update()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open what was pressed, if the mouse did not wander."""
        self._dragging = False
        pressed, self._pressed = self._pressed, None
        if pressed is None:
            return
        target, index, begun = pressed
        wandered = (event.position() - begun).manhattanLength()
        if wandered < QApplication.startDragDistance():
            self._open(index, target)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select the word under the mouse."""
        hit = self._box_at(event.position())
        if hit is None:
            return
        index, box, local = hit
        position = box.position_at(local)
        mode = box.text.CursorMode.SkipWords
        end = box.text.nextCursorPosition(position, mode)
        start = box.text.previousCursorPosition(end, mode)
        self._reading.selection = Selection(Place(index, start), Place(index, end))
        self.viewport().update()

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for a menu on the message under the mouse, or on the current one."""
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            hit = self._box_at(QPointF(event.pos()))
            index = None if hit is None else hit[0]
        else:
            index = self._reading.current
        if index is not None:
            self.menu_wanted.emit(self._column.bubble(index).id, event.globalPos())

    # Keyboard

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk, select, copy and open; the rest scrolls."""
        if not (self._select_by_key(event) or self._walk_by_key(event)):
            super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Put the keyboard on the newest message when it comes by Tab."""
        super().focusInEvent(event)
        by_tab = event.reason() in (
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
        )
        if by_tab and self._reading.current is None:
            self._reading.walk(1, self.count())
            self._show_current()
        self.viewport().update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring off the current message."""
        super().focusOutEvent(event)
        self.viewport().update()

    def copy(self) -> None:
        """Put the selected text, or else the current message, on the clipboard."""
        words = self.selected_text()
        if not words and self._reading.current is not None:
            words = self._column.bubble(self._reading.current).text
        if words:
            QGuiApplication.clipboard().setText(words)

    def select_all(self) -> None:
        """Select every message."""
        if self.count():
            last = self.count() - 1
            end = self._column.box(last).text_length()
            self._reading.selection = Selection(Place(0, 0), Place(last, end))
            self.viewport().update()

    def _select_by_key(self, event: QKeyEvent) -> bool:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.select_all()
        elif event.modifiers() & _SHIFT and self._reading.current is not None:
            return self._extend_by_key(event)
        else:
            return False
        return True

    def _walk_by_key(self, event: QKeyEvent) -> bool:
        key = _Key(event.key())
        if key in _STEPS:
            self._reading.walk(_STEPS[key], self.count())
            self._reading.selection = None
            self._show_current()
        elif key in _SIDEWAYS and self._reading.current is not None:
            targets = self._column.box(self._reading.current).targets
            self._reading.next_target(_SIDEWAYS[key], len(targets))
            self.viewport().update()
        elif key in _OPENING and self._reading.current is not None:
            self._open_current(self._reading.current)
        else:
            return False
        return True

    def _extend_by_key(self, event: QKeyEvent) -> bool:
        key = _Key(event.key())
        current = self._reading.current
        if current is None or key not in (*_STEPS, *_SIDEWAYS):
            return False
        selection = self._reading.selection or Selection(
            Place(current, 0), Place(current, 0)
        )
        if key in _SIDEWAYS:
            caret = self._caret_beside(selection.caret, key, event.modifiers())
        else:
            self._reading.walk(_STEPS[key], self.count())
            caret = self._caret_at_edge(selection.anchor)
        self._reading.selection = Selection(selection.anchor, caret)
        self._show_current()
        return True

    def _caret_beside(
        self, caret: Place, key: Qt.Key, modifiers: Qt.KeyboardModifier
    ) -> Place:
        text = self._column.box(caret.index).text
        modes = text.CursorMode
        mode = modes.SkipWords if modifiers & _CONTROL else modes.SkipCharacters
        beyond: Callable[..., int] = text.nextCursorPosition
        if _SIDEWAYS[key] < 0:
            beyond = text.previousCursorPosition
        return Place(caret.index, beyond(caret.position, mode))

    def _caret_at_edge(self, anchor: Place) -> Place:
        index = self._reading.current or 0
        downwards = index >= anchor.index
        end = self._column.box(index).text_length()
        return Place(index, end if downwards else 0)

    # Details

    def _open_current(self, index: int) -> None:
        targets = self._column.box(index).targets
        place = self._reading.target or 0
        if place < len(targets):
            self._open(index, targets[place])

    def _open(self, index: int, target: Target) -> None:
        if target.kind is TargetKind.LINK:
            self.link_opened.emit(target.value)
        elif target.kind is TargetKind.ATTACHMENT:
            self.attachment_opened.emit(target.value)
        elif target.kind is TargetKind.QUOTE:
            self._go_to_quoted(index)
        else:
            at = self._below(index, target)
            self.look_wanted.emit(self._column.bubble(index).id, at)

    def _go_to_quoted(self, index: int) -> None:
        """Put the reader on the message that this one answers.

        Where it is not read yet, the reader is led to the start, which brings older ones.
        """
        quote = self._column.bubble(index).quote
        place = None if quote is None else self._column.index_of(quote.of)
        if place is None:
            self.verticalScrollBar().setValue(0)
            return
        self._reading.current, self._reading.target = place, None
        self._reading.selection = None
        self._show_current()

    def _below(self, index: int, target: Target) -> QPoint:
        """Return the point of the screen under a target, for the menu that it opens."""
        top = self._column.top(index) - self.verticalScrollBar().value()
        corner = target.rects[0].bottomLeft().toPoint() + QPoint(0, top)
        return self.viewport().mapToGlobal(corner)

    def _show_cursor(self, target: Target | None, *, inside: bool) -> None:
        shape = Qt.CursorShape.IBeamCursor if inside else Qt.CursorShape.ArrowCursor
        if target is not None:
            shape = Qt.CursorShape.PointingHandCursor
        self.viewport().setCursor(shape)

    def _scroll_while_dragging(self, y: float) -> None:
        bar = self.verticalScrollBar()
        if y < 0:
            bar.setValue(bar.value() - _DRAG_STEP)
        elif y > self.viewport().height():
            bar.setValue(bar.value() + _DRAG_STEP)
