"""The fields of one triage rule, and the sentence that says what they come to."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from core.domain.rule import Conditions, Outcome, Sentiment, TriageRule
from desktop.panes.rules.checks import Problem
from desktop.panes.rules.hours_field import HoursField
from desktop.panes.rules.section import PageBody
from desktop.panes.rules.triage_words import sentence_of
from desktop.panes.rules.words import LANGUAGES, language_name, mood_words, outcome_words
from desktop.style.channels import channel_mark
from desktop.style.tokens import Space
from desktop.widgets.choice import Choice
from desktop.widgets.label import PlainLabel, WrappedLabel
from desktop.widgets.line_list import LineList
from desktop.widgets.switch import Switch
from desktop.widgets.toggle_chips import ToggleChips

_LONGEST_NAME = 80


class TriageEditor(PageBody):
    """Gives back the rule with each change; nothing is saved from here."""

    edited = Signal(object)
    """The TriageRule as it stands now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rule: TriageRule | None = None
        self._platforms: tuple[str, ...] = ()
        self._name = self._line(self.tr("Name of the rule"), self.tr("Name"))
        self._name.setMaxLength(_LONGEST_NAME)
        self._enabled = Switch(self.tr("On"))
        self._outcome = Choice(self.tr("What then"))
        self._channels = ToggleChips(self.tr("Channels"))
        self._words = self._lines(self.tr("Word"), self.tr("A word, then Enter"))
        self._pattern = self._line(self.tr("Pattern"), r"\b[A-Z]{2}-\d{5}\b")
        self._languages = ToggleChips(self.tr("Languages"))
        self._mood = Choice(self.tr("Mood"))
        self._labels = self._lines(self.tr("Label"), self.tr("A label, then Enter"))
        self._hours = HoursField()
        self._sentence = WrappedLabel()
        self._problems = {
            name: WrappedLabel(role="danger")
            for name in ("name", "pattern", "hours", "conditions")
        }
        self._fill()
        self._arrange()
        self._connect()

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """Say at each field what is wrong with it."""
        wrong = {each.field: each.words for each in problems}
        for name, label in self._problems.items():
            label.show_text(wrong.get(name, ""))
            label.setVisible(name in wrong)

    def show_rule(self, rule: TriageRule) -> None:
        """Show a rule; silent, and without moving the cursor of who is typing."""
        if rule == self._rule:
            return
        self._rule = rule
        asked = rule.conditions
        for field, text in ((self._name, rule.name), (self._pattern, asked.pattern or "")):
            if field.text() != text:
                field.setText(text)
        self._enabled.setChecked(rule.enabled)
        self._outcome.setCurrentIndex(self._outcome.findData(rule.outcome))
        self._offer(self._languages, LANGUAGES, asked.languages, language_name)
        self._offer(self._channels, self._platforms, asked.platforms, _platform_name)
        self._mood.setCurrentIndex(max(0, self._mood.findData(asked.sentiment)))
        for lines, texts in ((self._words, asked.keywords), (self._labels, asked.labels)):
            if lines.texts() != texts:
                lines.show_texts(texts)
        self._hours.show_hours(asked.hours)
        self._sentence.show_text(sentence_of(rule))

    def offer_platforms(self, platforms: tuple[str, ...]) -> None:
        """Offer these platforms, and those that a rule names already."""
        self._platforms = platforms

    def set_read_only(self, *, read_only: bool) -> None:
        """Show the rule without a way to change it."""
        for field in (self._name, self._pattern):
            field.setReadOnly(read_only)
        for lines in (self._words, self._labels, self._hours):
            lines.set_read_only(read_only=read_only)
        for control in (
            self._enabled,
            self._outcome,
            self._channels,
            self._languages,
            self._mood,
        ):
            control.setEnabled(not read_only)

    @Slot()
    def focus_first(self) -> None:
        """Put the cursor where one would begin."""
        self._name.setFocus()
        self._name.selectAll()

    @Slot()
    def _on_edited(self) -> None:
        if self._rule is None:
            return
        rule = replace(
            self._rule,
            name=self._name.text(),
            enabled=self._enabled.isChecked(),
            outcome=Outcome(self._outcome.currentData()),
            conditions=Conditions(
                platforms=self._channels.chosen(),
                keywords=self._words.texts(),
                pattern=self._pattern.text() or None,
                languages=self._languages.chosen(),
                sentiment=self._chosen_mood(),
                labels=self._labels.texts(),
                hours=self._hours.hours(),
            ),
        )
        if rule != self._rule:
            self._rule = rule
            self._sentence.show_text(sentence_of(rule))
            self.edited.emit(rule)

    def _chosen_mood(self) -> Sentiment | None:
        # Qt keeps a plain word of it.
        mood = self._mood.currentData()
        return None if mood is None else Sentiment(mood)

    @staticmethod
    def _offer(
        chips: ToggleChips,
        usual: Sequence[str],
        chosen: Sequence[str],
        name_of: Callable[[str], str],
    ) -> None:
        keys = dict.fromkeys([*usual, *chosen])
        chips.set_choices([(key, name_of(key)) for key in keys])
        chips.choose(chosen)

    @staticmethod
    def _line(name: str, hint: str) -> QLineEdit:
        field = QLineEdit()
        field.setAccessibleName(name)
        field.setPlaceholderText(hint)
        field.setMinimumHeight(36)
        field.setAcceptDrops(False)
        return field

    def _lines(self, name: str, hint: str) -> LineList:
        return LineList(name, self.tr("Remove"), hint)

    def _fill(self) -> None:
        for outcome in (Outcome.ESCALATE, Outcome.AUTO_REPLY, Outcome.IGNORE):
            self._outcome.addItem(outcome_words(outcome), outcome)
        self._mood.addItem(self.tr("any"), None)
        for mood in Sentiment:
            self._mood.addItem(mood_words(mood), mood)

    def _connect(self) -> None:
        for signal in (
            self._name.textEdited,
            self._pattern.textEdited,
            self._enabled.clicked,
            self._outcome.activated,
            self._mood.activated,
            self._channels.changed,
            self._languages.changed,
            self._words.changed,
            self._labels.changed,
            self._hours.changed,
        ):
            signal.connect(self._on_edited)

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(Space.M)
        head.addWidget(self._name, 1)
        head.addWidget(self._enabled)
        summary = QFrame()
        summary.setProperty("role", "suggestion")
        inside = QVBoxLayout(summary)
        inside.setContentsMargins(Space.M, Space.S, Space.M, Space.S)
        inside.addWidget(self._sentence)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.XL)
        column.setSpacing(Space.S)
        column.addLayout(head)
        column.addWidget(self._problems["name"])
        column.addWidget(summary)
        column.addWidget(self._problems["conditions"])
        for title, field in (
            (self.tr("THEN"), self._outcome),
            (self.tr("WHEN IT COMES BY"), self._channels),
            (self.tr("WHEN IT CONTAINS ONE OF THESE"), self._words),
            (self.tr("WHEN IT MATCHES THE PATTERN"), self._pattern),
            (self.tr("WHEN IT IS WRITTEN IN"), self._languages),
            (self.tr("WHEN IT SOUNDS"), self._mood),
            (self.tr("WHEN THE CONVERSATION CARRIES A LABEL"), self._labels),
            (self.tr("WHEN IT ARRIVES"), self._hours),
        ):
            column.addSpacing(Space.XS)
            column.addWidget(PlainLabel(title, "section"))
            column.addWidget(field)
            if field is self._pattern:
                column.addWidget(self._problems["pattern"])
        column.addWidget(self._problems["hours"])
        column.addStretch()


def _platform_name(platform: str) -> str:
    return channel_mark(platform).name
