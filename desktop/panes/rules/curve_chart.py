"""What the cost of a wrong reply means, as two curves and a marker that can be moved."""

from collections.abc import Callable, Sequence
from math import exp, log
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from core.queries.rules import CurvePoint
from desktop.panes.rules.curve_reading import STEPS, at_cost, nearest_step, step_from
from desktop.panes.rules.words import number, percent
from desktop.style.fonts import text_font
from desktop.style.theme import current_tokens
from desktop.style.tokens import Type

_LEFT: Final = 44
_RIGHT: Final = 14
_TOP: Final = 12
_BOTTOM: Final = 24
_BETWEEN: Final = 30
_SHARES: Final = 0.62
_TICKS: Final = (1, 2, 5, 10, 20, 50, 100)
_STEPS: Final = {Qt.Key.Key_Right: 1, Qt.Key.Key_Up: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: -1}  # fmt: skip


class CurveChart(QWidget):
    """Above, which share is answered; below, how many answers would be wrong."""

    picked = Signal(float)
    """The person chose another cost, by mouse or by arrows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._points: Sequence[CurvePoint] = ()
        self._cost = 1.0
        self._can_pick = True
        self.setAccessibleName(self.tr("What the cost of a wrong reply means"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_curve(self, points: Sequence[CurvePoint]) -> None:
        """Show other points, by rising cost."""
        self._points = points
        self.update()

    def show_cost(self, cost: float, summary: str) -> None:
        """Move the marker; `summary` says to a screen reader what stands there."""
        self._cost = cost
        self.setAccessibleDescription(summary)
        self.update()

    def allow_picking(self, *, allowed: bool) -> None:
        """Let the marker be moved, or only looked at."""
        self._can_pick = allowed
        shape = Qt.CursorShape.SplitHCursor if allowed else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)

    @override
    def sizeHint(self) -> QSize:
        """Ask for room for both curves."""
        return QSize(420, 260)

    @override
    def minimumSizeHint(self) -> QSize:
        """Ask for the height, and for a width at which the labels do not touch."""
        return QSize(280, 260)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from step to step with the arrows."""
        by = _STEPS.get(Qt.Key(event.key()))
        if by is None or not self._can_pick:
            super().keyPressEvent(event)
            return
        self.picked.emit(step_from(self._cost, by))

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Put the marker under the mouse."""
        self._pick_at(event.position().x())

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Have the marker follow while the button is down."""
        self._pick_at(event.position().x())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the curves and the marker."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(text_font(Type.CAPTION))
        if self._points:
            self._paint_shares(painter)
            self._paint_errors(painter)
            self._paint_ticks(painter)
            self._paint_marker(painter)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(current_tokens().focus), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
        painter.end()

    # Places

    def _upper(self) -> QRectF:
        room = self.height() - _TOP - _BOTTOM - _BETWEEN
        return QRectF(_LEFT, _TOP, self.width() - _LEFT - _RIGHT, room * _SHARES)

    def _lower(self) -> QRectF:
        upper = self._upper()
        top = upper.bottom() + _BETWEEN
        return QRectF(_LEFT, top, upper.width(), self.height() - _BOTTOM - top)

    def _range(self) -> tuple[float, float]:
        if len(self._points) < 2:
            return STEPS[0], STEPS[-1]
        return self._points[0].wrong_reply_cost, self._points[-1].wrong_reply_cost

    def _x(self, cost: float) -> float:
        low, high = self._range()
        part = (log(max(cost, low)) - log(low)) / (log(high) - log(low))
        return _LEFT + min(part, 1.0) * self._upper().width()

    def _pick_at(self, x: float) -> None:
        if not self._can_pick or len(self._points) < 2:
            return
        low, high = self._range()
        part = min(max((x - _LEFT) / self._upper().width(), 0.0), 1.0)
        cost = STEPS[nearest_step(exp(log(low) + part * (log(high) - log(low))))]
        if cost != self._cost:
            self.picked.emit(float(cost))

    def _line(self, area: QRectF, value: Callable[[CurvePoint], float]) -> QPolygonF:
        """Return a curve in an area; `value` lies between 0 and 1."""
        return QPolygonF(
            [
                QPointF(self._x(each.wrong_reply_cost), _height(area, value(each)))
                for each in self._points
            ]
        )

    def _most_errors(self) -> float:
        return max(1.0, *(each.expected_errors for each in self._points))

    # Paint

    def _paint_shares(self, painter: QPainter) -> None:
        tokens, area = current_tokens(), self._upper()
        # What is neither answered nor handed over was ignored: it stays blank above.
        seen = self._line(area, lambda each: each.answered + each.escalated)
        self._fill(painter, area, seen, tokens.sunken)
        line = self._line(area, lambda each: each.answered)
        self._fill(painter, area, line, tokens.accent_soft)
        painter.setPen(QPen(QColor(tokens.accent), 2))
        painter.drawPolyline(line)
        for share in (0.0, 0.5, 1.0):
            self._axis_words(painter, _height(area, share), percent(share))
        # Where the curve never comes: more is answered at low costs, on the left.
        painter.setPen(QColor(tokens.accent_text))
        inside = area.adjusted(8, 0, -8, -6)
        bottom = Qt.AlignmentFlag.AlignBottom
        painter.drawText(
            inside, Qt.AlignmentFlag.AlignLeft | bottom, self.tr("answered by itself")
        )
        painter.setPen(QColor(tokens.muted))
        inside = area.adjusted(8, seen.last().y() - area.top() + 6, -8, 0)
        painter.drawText(
            inside,
            Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop,
            self.tr("goes to a person"),
        )

    def _paint_errors(self, painter: QPainter) -> None:
        tokens, area = current_tokens(), self._lower()
        most = self._most_errors()
        line = self._line(area, lambda each: each.expected_errors / most)
        self._fill(painter, area, line, tokens.warning_soft)
        painter.setPen(QPen(QColor(tokens.warning), 2))
        painter.drawPolyline(line)
        painter.setPen(QPen(QColor(tokens.line_strong), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        self._axis_words(painter, area.top(), number(most))
        self._axis_words(painter, area.bottom(), "0")
        painter.setPen(QColor(tokens.warning_text))
        above = QRectF(area.left() + 8, area.top() - 20, area.width() - 8, 18)
        painter.drawText(
            above, Qt.AlignmentFlag.AlignLeft, self.tr("wrong answers per 100 messages")
        )

    def _paint_ticks(self, painter: QPainter) -> None:
        painter.setPen(QColor(current_tokens().muted))
        low, high = self._range()
        top = self._lower().bottom() + 4
        for tick in _TICKS:
            if low <= tick <= high:
                spot = QRectF(self._x(tick) - 20, top, 40, 16)
                painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, number(tick))

    def _paint_marker(self, painter: QPainter) -> None:
        tokens, here = current_tokens(), at_cost(self._points, self._cost)
        x = self._x(self._cost)
        painter.setPen(QPen(QColor(tokens.text), 1.25, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x, _TOP), QPointF(x, self._lower().bottom()))
        spots = (
            (_height(self._upper(), here.answered), tokens.accent),
            (
                _height(self._lower(), here.expected_errors / self._most_errors()),
                tokens.warning,
            ),
        )
        for y, colour in spots:
            painter.setPen(QPen(QColor(tokens.window), 2))
            painter.setBrush(QColor(colour))
            painter.drawEllipse(QPointF(x, y), 5.5, 5.5)

    @staticmethod
    def _fill(painter: QPainter, area: QRectF, line: QPolygonF, colour: str) -> None:
        under = QPolygonF(line)
        under.append(QPointF(line.last().x(), area.bottom()))
        under.append(QPointF(line.first().x(), area.bottom()))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        painter.drawPolygon(under)

    @staticmethod
    def _axis_words(painter: QPainter, y: float, words: str) -> None:
        painter.setPen(QColor(current_tokens().muted))
        side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(0, y - 9, _LEFT - 6, 18), side, words)


def _height(area: QRectF, share: float) -> float:
    return area.bottom() - area.height() * min(max(share, 0.0), 1.0)
