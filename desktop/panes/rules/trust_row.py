"""One topic of one channel: how often people agreed, how sure that is, what to do about it."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from core.domain.channel import AssistantMode
from core.domain.topic import TopicKind
from core.queries.trust import TrustRow
from desktop.panes.rules.trust_words import (
    count_words,
    interval_words,
    missing_words,
    mode_words,
    percent,
    topic_words,
)
from desktop.style.channels import channel_mark
from desktop.style.tokens import Space, Tone
from desktop.widgets.buttons import ActionButton, quiet, secondary
from desktop.widgets.interval_bar import Interval, IntervalBar
from desktop.widgets.label import ElidedLabel, PlainLabel
from desktop.widgets.pill import Pill
from desktop.widgets.writing import safe_tooltip

_TOPIC, _SHARE, _DEED = 230, 64, 190


class TrustRowView(QWidget):
    """The buttons only ask: whoever shows the row confirms first."""

    release_wanted = Signal(object)
    withdrawal_wanted = Signal(object)

    def __init__(
        self, row: TrustRow, bar: float, locked: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._row = row
        self._locked = locked
        topic = topic_words(row)
        self.setAccessibleName(f"{topic}, {interval_words(row, bar)}")
        is_whole = row.kind is TopicKind.EVERYTHING
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(ElidedLabel(topic, "strong" if is_whole else ""))
        names.addWidget(ElidedLabel(count_words(row), "small"))
        left = QWidget()
        left.setFixedWidth(_TOPIC)
        left.setLayout(names)
        names.setContentsMargins(0, 0, 0, 0)
        share = PlainLabel(percent(row.precision) if row.decided else "–", "strong")
        share.setFixedWidth(_SHARE)
        share.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        deed = QHBoxLayout()
        deed.setContentsMargins(0, 0, 0, 0)
        deed.addWidget(self._deed(topic), 0, Qt.AlignmentFlag.AlignLeading)
        right = QWidget()
        right.setFixedWidth(_DEED)
        right.setLayout(deed)
        line = QHBoxLayout(self)
        line.setContentsMargins(Space.L, Space.S, Space.L, Space.S)
        line.setSpacing(Space.L)
        line.addWidget(left)
        line.addWidget(IntervalBar(_interval(row, bar)), 1)
        line.addWidget(share)
        line.addWidget(right)

    def _deed(self, topic: str) -> QWidget:
        if self._row.is_released and (
            self._row.kind is TopicKind.EVERYTHING or self._row.is_limited
        ):
            button = quiet(self.tr("Back to drafts…"))
            button.setAccessibleName(self.tr("Back to drafts: %1").replace("%1", topic))
            button.clicked.connect(self._on_withdraw)
            return self._allowed(button)
        if self._row.may_propose:
            button = secondary(self.tr("Let it answer…"), "send")
            button.setAccessibleName(self.tr("Let it answer: %1").replace("%1", topic))
            button.clicked.connect(self._on_release)
            return self._allowed(button)
        return PlainLabel(
            "" if self._row.is_released else missing_words(self._row), "small"
        )

    def _allowed(self, button: ActionButton) -> ActionButton:
        button.setEnabled(self._row.may_change)
        if not self._row.may_change:
            button.setAccessibleDescription(self._locked)
            button.setToolTip(safe_tooltip(self._locked))
        return button

    @Slot()
    def _on_release(self) -> None:
        self.release_wanted.emit(self._row)

    @Slot()
    def _on_withdraw(self) -> None:
        self.withdrawal_wanted.emit(self._row)


def _interval(row: TrustRow, bar: float) -> Interval:
    return Interval(
        low=row.low,
        high=row.high,
        share=row.precision if row.decided else None,
        bar=bar,
        words=interval_words(row, bar),
    )


def channel_head(row: TrustRow) -> QWidget:
    """Return the line over the topics of a channel."""
    head = QWidget()
    line = QHBoxLayout(head)
    line.setContentsMargins(Space.L, Space.M, Space.L, Space.S)
    line.setSpacing(Space.S)
    mark = channel_mark(row.platform)
    line.addWidget(ElidedLabel(f"{row.channel_name} · {mark.name}", "heading"), 1)
    tone = Tone.GOOD if row.mode is AssistantMode.AUTO else Tone.NEUTRAL
    line.addWidget(Pill(mode_words(row), tone))
    return head


def rule_line() -> QFrame:
    """Return a thin line between two rows."""
    line = QFrame()
    line.setProperty("role", "line")
    line.setFixedHeight(1)
    return line
