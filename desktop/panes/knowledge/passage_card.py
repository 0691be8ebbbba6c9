"""One passage that was found: where it stands, how sure it is, why, and its words."""

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from core.domain.knowledge import Passage
from desktop.panes.knowledge.upload import percent
from desktop.panes.knowledge.words import language_name
from desktop.style.tokens import Space, Tone
from desktop.widgets.buttons import quiet
from desktop.widgets.emphasis import MarkedWords, matching_words
from desktop.widgets.icon_label import IconLabel
from desktop.widgets.label import ElidedLabel
from desktop.widgets.leg_bars import Leg, LegBars
from desktop.widgets.pill import Pill
from desktop.widgets.writing import one_line

_LINES = 5


class PassageCard(QFrame):
    """Opens at the place in its source."""

    opened = Signal(object)
    """The Passage that should be shown where it stands."""

    def __init__(
        self, passage: Passage, query: str, bar: float, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.passage = passage
        answers = passage.likely >= bar
        name = passage.question or passage.title
        self.setAccessibleName(name)
        sure = Pill(percent(passage.likely), Tone.GOOD if answers else Tone.NEUTRAL)
        sure.setAccessibleName(self.tr("%1 sure").replace("%1", percent(passage.likely)))
        opener = quiet(self.tr("Open"))
        opener.setAccessibleName(self.tr("Open %1").replace("%1", name))
        opener.clicked.connect(self._on_open)
        words = MarkedWords(_LINES)
        words.show_words(passage.text, matching_words(passage.text, query))
        legs = LegBars()
        legs.show_legs(legs_of(passage))
        head = QHBoxLayout()
        head.setSpacing(Space.S)
        icon = "comment" if passage.faq_id is not None else "file"
        head.addWidget(IconLabel(icon, "muted", 16))
        head.addWidget(ElidedLabel(name, "strong"), 1)
        head.addWidget(sure)
        head.addWidget(opener)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.S, Space.S, Space.M)
        column.setSpacing(0)
        column.addLayout(head)
        inner = QVBoxLayout()
        inner.setContentsMargins(0, 0, Space.S, 0)
        inner.setSpacing(Space.S)
        inner.addWidget(ElidedLabel(self._place(), "caption"))
        inner.addWidget(words)
        inner.addWidget(legs)
        column.addLayout(inner)

    def _place(self) -> str:
        passage = self.passage
        parts = [language_name(passage.lang_code)]
        if passage.faq_id is not None:
            parts.insert(0, self.tr("FAQ entry"))
        else:
            parts.insert(0, passage.name)
            if passage.page is not None:
                parts.append(self.tr("page %1").replace("%1", str(passage.page)))
            elif passage.chunk_index is not None:
                number = str(passage.chunk_index + 1)
                parts.append(self.tr("passage %1").replace("%1", number))
            if passage.heading:
                parts.append(one_line(passage.heading))
        return " · ".join(parts)

    @Slot()
    def _on_open(self) -> None:
        self.opened.emit(self.passage)


def legs_of(passage: Passage) -> list[Leg]:
    """Return what each way of looking gave to a passage."""
    translate = QCoreApplication.translate
    parts = (
        (translate("Knowledge", "Words"), passage.words),
        (translate("Knowledge", "Letters"), passage.grams),
        (translate("Knowledge", "In one place"), passage.place),
        (translate("Knowledge", "Meaning"), passage.meaning),
    )
    return [Leg(name=name, part=part, words=percent(part)) for name, part in parts]
