"""What the assistant makes of a message: decision, certainty, reason, and the reply."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from core.domain.decision import Citation, Decision
from core.domain.opinion import Opinion
from desktop.panes.rules.words import (
    DECISION_ICONS,
    DECISION_TONES,
    decision_words,
    percent,
    source_of,
)
from desktop.style.tokens import Space
from desktop.widgets.icon_label import IconLabel
from desktop.widgets.label import PlainLabel, WrappedLabel
from desktop.widgets.pill import Pill
from desktop.widgets.quotes import Quotes
from desktop.widgets.reasons import decision_reason_words


class OpinionCard(QFrame):
    """Built once, shown for many messages."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._title = title
        self._icon = IconLabel("assistant", "muted", 18)
        self._heading = PlainLabel(title, "strong")
        self._pill = Pill()
        self._certainty = WrappedLabel(role="muted")
        self._reason = WrappedLabel()
        self._extra = WrappedLabel(role="small")
        self._reply = WrappedLabel()
        self._reply.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._reply_box = QFrame()
        self._reply_box.setProperty("role", "suggestion")
        self._quotes = Quotes()
        self._quotes.quote_only()
        self._arrange()

    def show_opinion(
        self, opinion: Opinion, citations: Sequence[Citation] = (), extra: str = ""
    ) -> None:
        """Show an opinion; `extra` is one more small line, such as how long it took."""
        decision = opinion.decision
        self._icon.show_icon(DECISION_ICONS[decision], "muted")
        self._pill.show_text(decision_words(decision), DECISION_TONES[decision])
        self._certainty.show_text(certainty_words(opinion))
        reason = decision_reason_words(opinion.reason)
        self._reason.show_text(reason)
        self._reason.setVisible(bool(reason))
        self._extra.show_text(extra)
        self._extra.setVisible(bool(extra))
        self._reply.show_text(opinion.reply or "")
        self._reply_box.setVisible(bool(opinion.reply))
        self._quotes.show_sources([source_of(each) for each in citations])
        parts = (self._title, decision_words(decision), reason)
        self.setAccessibleName(". ".join(part for part in parts if part))

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(Space.S)
        head.addWidget(self._icon)
        self._heading.setVisible(bool(self._title))
        head.addWidget(self._heading)
        head.addWidget(self._pill)
        head.addStretch()
        box = QVBoxLayout(self._reply_box)
        box.setContentsMargins(Space.M, Space.S, Space.M, Space.S)
        box.addWidget(self._reply)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        column.setSpacing(Space.S)
        column.addLayout(head)
        for part in (
            self._reason,
            self._certainty,
            self._reply_box,
            self._quotes,
            self._extra,
        ):
            column.addWidget(part)


def certainty_words(opinion: Opinion) -> str:
    """Return how sure the assistant is, as one would say it."""
    translate = QCoreApplication.translate
    sentence = {
        Decision.RESPOND: translate("Rules", "%1 sure that the reply is right."),
        Decision.ESCALATE: translate("Rules", "%1 sure that a person should look."),
        Decision.IGNORE: translate("Rules", "%1 sure that no reply is expected."),
    }[opinion.decision]
    return sentence.replace("%1", percent(opinion.confidence))
