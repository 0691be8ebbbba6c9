"""A message nobody sent: what would the assistant do about it?"""

import re

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from core.actions import rehearse
from core.actions.rehearse import Trial, Tried
from core.domain import opinion
from core.domain.decision import Decision
from core.domain.errors import SocialSyncError
from core.domain.rule import reply_threshold
from desktop.bridge.call import Bridge, Call
from desktop.panes.rules.book import RuleBook
from desktop.panes.rules.opinion_card import OpinionCard
from desktop.panes.rules.section import PageBody, scrolled
from desktop.panes.rules.words import duration_words, percent, quoted, trouble_words
from desktop.style.channels import channel_mark
from desktop.style.tokens import Space, Tone
from desktop.widgets.buttons import primary
from desktop.widgets.choice import Choice
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.growing_text import GrowingText
from desktop.widgets.label import PlainLabel, WrappedLabel
from desktop.widgets.pill import Pill


class TryPage(QWidget):
    """Thinks as for a customer, with the form as it stands, and does nothing about it."""

    def __init__(
        self, bridge: Bridge, book: RuleBook, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._book = book
        self._asking: Call[Tried] | None = None
        self._text = GrowingText(self.tr("Message of a customer"), most_lines=12)
        self._text.setAcceptDrops(False)
        self._text.setPlaceholderText(
            self.tr(
                "Hello! Are you open on Sunday?\n\nAn empty line begins a second message."
            )
        )
        self._platform = Choice(self.tr("Comes by"))
        self._try = primary(self.tr("Try it"), "play")
        self._under = Pill()
        self._card = OpinionCard()
        self._summary = WrappedLabel()
        self._handed = QFrame()
        self._facts = WrappedLabel(role="muted")
        self._result = QWidget()
        self._waiting = EmptyState(
            "assistant",
            self.tr("Write a message as a customer would"),
            self.tr("You see what would be decided, why, and the reply. Nothing is sent."),
        )
        self._thinking = EmptyState("assistant", self.tr("Thinking…"), "")
        self._broken = EmptyState("failed", "", "", self.tr("Try again"))
        self._pages = QStackedWidget()
        self._arrange()
        self._try.clicked.connect(self.run)
        self._text.submitted.connect(self.run)
        self._text.textChanged.connect(self._show_button)
        self._broken.acted.connect(self.run)
        book.edited.connect(self._show_rules)
        book.channels_read.connect(self._offer_platforms)
        book.read.connect(self._show_rules)
        self._show_button()

    @Slot()
    def focus_first(self) -> None:
        """Put the cursor into the message."""
        self._text.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def run(self) -> None:
        """Ask what would be done about the message."""
        fragments = fragments_of(self._text.toPlainText())
        if not fragments or not self._book.is_read:
            return
        if self._asking is not None:
            self._asking.cancel()
        trial = Trial(fragments=fragments, platform=self._platform.currentData())
        self._pages.setCurrentWidget(self._thinking)
        self._asking = (
            self._bridge.ask(self, rehearse.try_message, trial, self._book.rule_set())
            .then(self._on_tried)
            .failed(self._on_failed)
        )

    def _on_tried(self, tried: Tried) -> None:
        proposal = tried.proposal
        verdict = proposal.verdict
        took = self.tr("Thought for %1.").replace("%1", duration_words(tried.ms))
        self._card.show_opinion(opinion.of_proposal(proposal), proposal.citations, took)
        self._summary.show_text(proposal.summary)
        self._handed.setVisible(bool(proposal.summary))
        facts = [self._fate(tried)]
        if verdict.matched_rule and verdict.matched_rule not in verdict.reason:
            matched = self.tr("Decided by %1").replace("%1", quoted(verdict.matched_rule))
            facts.insert(0, matched)
        told = "\n".join(fact for fact in facts if fact)
        self._facts.show_text(told)
        self._facts.setVisible(bool(told))
        self._pages.setCurrentWidget(self._result)

    def _fate(self, tried: Tried) -> str:
        """Return what would become of a reply, as far as rules can tell."""
        verdict = tried.proposal.verdict
        threshold = reply_threshold(self._book.form.costs)
        if verdict.decision is not Decision.RESPOND:
            return ""
        if verdict.needs_review:
            return self.tr("It would wait as a suggestion: a person should look first.")
        words = (
            self.tr("It would go out by itself where the channel allows it (from %1 on).")
            if verdict.confidence >= threshold
            else self.tr("It would wait as a suggestion: below the %1 that you ask for.")
        )
        return words.replace("%1", percent(threshold))

    def _on_failed(self, error: SocialSyncError) -> None:
        self._broken.show_words(*trouble_words(error))
        self._pages.setCurrentWidget(self._broken)

    @Slot()
    def _show_rules(self) -> None:
        if self._book.is_edited:
            self._under.show_text(self.tr("with your unsaved changes"), Tone.ACCENT)
        else:
            self._under.show_text(self.tr("with the rules in force"), Tone.NEUTRAL)

    @Slot()
    def _offer_platforms(self) -> None:
        held = [self._platform.itemData(at) for at in range(self._platform.count())]
        if held != list(self._book.platforms):
            chosen = self._platform.currentData()
            self._platform.clear()
            for platform in self._book.platforms:
                self._platform.addItem(channel_mark(platform).name, platform)
            self._platform.setCurrentIndex(max(0, self._platform.findData(chosen)))

    @Slot()
    def _show_button(self) -> None:
        self._try.setEnabled(bool(self._text.toPlainText().strip()))

    def _arrange(self) -> None:
        self._handed.setProperty("role", "fact")
        handed = QVBoxLayout(self._handed)
        handed.setContentsMargins(Space.M, Space.S, Space.M, Space.M)
        handed.setSpacing(Space.XS)
        handed.addWidget(PlainLabel(self.tr("WHAT YOUR COLLEAGUE READS"), "section"))
        handed.addWidget(self._summary)
        result = QVBoxLayout(self._result)
        result.setContentsMargins(0, 0, 0, 0)
        result.setSpacing(Space.M)
        result.addWidget(self._card)
        result.addWidget(self._facts)
        result.addWidget(self._handed)
        result.addStretch()
        for page in (self._waiting, self._thinking, self._broken, self._result):
            self._pages.addWidget(page)
        head = QHBoxLayout()
        head.setSpacing(Space.S)
        head.addWidget(PlainLabel(self.tr("Try it"), "title"))
        head.addWidget(self._under)
        head.addStretch()
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(self._platform)
        row.addStretch()
        row.addWidget(self._try)
        inner = PageBody()
        column = QVBoxLayout(inner)
        column.setContentsMargins(Space.XL, Space.XL, Space.XL, Space.XL)
        column.setSpacing(Space.M)
        column.addLayout(head)
        column.addWidget(self._text)
        column.addLayout(row)
        column.addWidget(self._pages, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(inner))


def fragments_of(text: str) -> tuple[str, ...]:
    """Return the messages in a text: empty lines stand between them."""
    parts = (part.strip() for part in re.split(r"\n\s*\n", text))
    return tuple(part for part in parts if part)
