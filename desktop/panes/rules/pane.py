"""The assistant pane: what it is told, how it would act, what it did, and how well."""

from functools import partial

from PySide6.QtCore import QT_TRANSLATE_NOOP, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from core.domain.errors import Conflict, SocialSyncError
from desktop.bridge.call import Bridge
from desktop.bridge.feed import Feed
from desktop.bridge.trouble import trouble_of
from desktop.panes.rules.book import RuleBook
from desktop.panes.rules.checks import Problem
from desktop.panes.rules.form import NAMES
from desktop.panes.rules.leaving import LeaveQuestion
from desktop.panes.rules.memory import Memory
from desktop.panes.rules.navigation import Navigation
from desktop.panes.rules.page_shelf import PageShelf
from desktop.panes.rules.pages import FORM_PAGES, PageKey, entries
from desktop.panes.rules.pending_count import PendingCount
from desktop.panes.rules.save_bar import SaveBar
from desktop.panes.rules.words import part_words, refused_words
from desktop.style.tokens import Tone
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.toast import ToastStack
from desktop.widgets.verb import Verb, add_verbs


class RulesPane(QWidget):
    """What the owner allows the assistant, and how it does under it."""

    NAME = "rules"
    TITLE = str(QT_TRANSLATE_NOOP("Pane", "Assistant"))
    ICON = "rules"
    SHORTCUT = "Ctrl+4"

    badge_changed = Signal(int)
    """How many examples wait for somebody in charge."""
    open_conversation = Signal(object)
    """ConversationId that another pane should show."""

    def __init__(self, bridge: Bridge, feed: Feed, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._memory = Memory()
        self._is_restored = False
        self._book = RuleBook(bridge, feed, self)
        self._navigation = Navigation(self.tr("Assistant"), entries())
        self._shelf = PageShelf(bridge, feed, self._book)
        self._bar = SaveBar(self._book)
        self._loading = EmptyState("rules", self.tr("Reading the rules…"), "")
        self._broken = EmptyState("failed", "", "", self.tr("Try again"))
        self._pages = QStackedWidget()
        self._toasts = ToastStack(self)
        self._elsewhere: ToastStack | None = None
        self._arrange()
        self._connect()
        add_verbs(self, self._verbs())
        kept = self._memory.page
        self._navigation.mark(kept if kept in list(PageKey) else PageKey.RULES)
        self._pending = PendingCount(bridge, feed, self)
        self._pending.counted.connect(self.badge_changed)
        self._pending.refresh()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Read the rules, and again what no notice tells."""
        super().showEvent(event)
        self._show_page()
        self._book.refresh()

    def leave(self) -> None:
        """Keep what is typed, and ask about it when another pane has come into sight."""
        self._memory.keep_words(self._book.base, self._book.form)
        QTimer.singleShot(0, self._ask_about_words)

    def _verbs(self) -> tuple[Verb, ...]:
        step = self._navigation.step
        return (
            Verb("save", self.tr("Save the rules"), self._book.save, "Ctrl+S"),
            Verb("page-next", self.tr("Next page"), partial(step, 1), "Ctrl+PgDown"),
            Verb("page-back", self.tr("Previous page"), partial(step, -1), "Ctrl+PgUp"),
            Verb("try", self.tr("Try a message"), self._to_try, "T"),
            Verb("rehearse", self.tr("Rehearse the rules"), self._to_rehearsal, "R"),
            Verb("new", self.tr("New advanced rule"), self._to_new_rule, "N"),
            Verb("find", self.tr("Search the decisions"), self._to_search, "Ctrl+F"),
            Verb("next", self.tr("Next decision"), partial(self._step, 1), "J"),
            Verb("back", self.tr("Previous decision"), partial(self._step, -1), "K"),
            Verb("replay", self.tr("Replay the decision"), self._replay, "P"),
            Verb("wrong", self.tr("This was wrong"), self._correct, "W"),
        )

    # Ways to a page

    def show_page(self, key: PageKey) -> None:
        """Bring a page into sight."""
        self._navigation.mark(key.value)
        self._show_page()

    @Slot()
    def _to_try(self) -> None:
        self.show_page(PageKey.TRY)
        self._shelf.trial().focus_first()

    @Slot()
    def _to_rehearsal(self) -> None:
        self.show_page(PageKey.REHEARSAL)
        self._shelf.rehearsal().start()

    @Slot()
    def _to_new_rule(self) -> None:
        self.show_page(PageKey.TRIAGE)
        self._shelf.triage().add()

    @Slot()
    def _to_search(self) -> None:
        self.show_page(PageKey.DECISIONS)
        self._shelf.decisions().log.focus_search()

    def _step(self, by: int) -> None:
        if self._navigation.current() == PageKey.DECISIONS:
            self._shelf.decisions().log.step(by)

    @Slot()
    def _replay(self) -> None:
        if self._navigation.current() == PageKey.DECISIONS:
            self._shelf.decisions().view.replay()

    @Slot()
    def _correct(self) -> None:
        if self._navigation.current() == PageKey.DECISIONS:
            self._shelf.decisions().view.correct()

    @Slot(object)
    def _to_problem(self, problem: Problem) -> None:
        if problem.rule is None:
            self.show_page(PageKey.RULES)
        else:
            self.show_page(PageKey.TRIAGE)
            self._shelf.triage().choose(problem.rule)

    @Slot()
    def _show_page(self) -> None:
        key = PageKey(self._navigation.current())
        self._memory.keep_page(key.value)
        needs_form = key in FORM_PAGES
        self._bar.setVisible(needs_form and self._book.is_read)
        if needs_form and not self._book.is_read:
            waiting = self._pages.currentWidget() is not self._broken
            self._pages.setCurrentWidget(self._loading if waiting else self._broken)
            return
        page = self._shelf.page(key)
        if self._pages.indexOf(page) < 0:
            self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)

    # What is heard

    @Slot()
    def _on_read(self) -> None:
        if not self._is_restored:
            self._is_restored = True
            kept = self._memory.words()
            if kept is not None:
                self._book.restore(*kept)
        self._show_page()
        self._mark_changes()

    @Slot()
    def _mark_changes(self) -> None:
        words = self.tr("not saved")
        triage = self._book.is_changed("triage_rules")
        others = any(self._book.is_changed(n) for n in NAMES if n != "triage_rules")
        self._navigation.show_mark(PageKey.TRIAGE, words if triage else "")
        self._navigation.show_mark(PageKey.RULES, words if others else "")

    @Slot(object)
    def _on_failed(self, error: SocialSyncError) -> None:
        if self._book.is_read:
            return
        trouble = trouble_of(error)
        self._broken.show_words(trouble.title, trouble.next_step)
        if self._navigation.current() in FORM_PAGES:
            self._pages.setCurrentWidget(self._broken)

    @Slot()
    def _on_again(self) -> None:
        self._pages.setCurrentWidget(self._loading)
        self._book.refresh()

    @Slot(object)
    def _on_refused(self, error: SocialSyncError) -> None:
        # A conflict is told in the foot of the pane, where it is settled.
        if not isinstance(error, Conflict):
            self._tell(refused_words(error), Tone.WARNING)

    @Slot()
    def _on_saved(self) -> None:
        self._memory.keep_words(self._book.base, self._book.base)
        self._on_told(self.tr("The rules are saved and in force"))

    @Slot(str)
    def _on_told(self, words: str) -> None:
        self._tell(words, Tone.GOOD)

    def _tell(self, words: str, tone: Tone) -> None:
        """Say what came of something; over whatever is in sight when this pane is not."""
        if not self.isVisible() and self._elsewhere is None:
            self._elsewhere = ToastStack(self.window())
        toasts = self._toasts if self.isVisible() else self._elsewhere
        if toasts is not None:
            toasts.show_toast(words, tone)

    @Slot()
    def _ask_about_words(self) -> None:
        window = self.window()
        if self.isVisible() or not (window.isVisible() and self._book.is_edited):
            return
        if not self._book.can_change:
            return
        parts = [part_words(name) for name in NAMES if self._book.is_changed(name)]
        question = LeaveQuestion(", ".join(parts), window, can_save=not self._book.problems)
        question.save_wanted.connect(self._book.save)
        question.discard_wanted.connect(self._on_discard)
        question.open()

    @Slot()
    def _on_discard(self) -> None:
        self._book.discard()
        self._memory.keep_words(self._book.base, self._book.base)

    def _connect(self) -> None:
        self._navigation.chosen.connect(self._show_page)
        self._book.read.connect(self._on_read)
        self._book.edited.connect(self._mark_changes)
        self._book.failed.connect(self._on_failed)
        self._book.refused.connect(self._on_refused)
        self._book.saved.connect(self._on_saved)
        self._broken.acted.connect(self._on_again)
        self._shelf.refused.connect(self._on_refused)
        self._bar.rehearsal_wanted.connect(self._to_rehearsal)
        self._bar.problem_wanted.connect(self._to_problem)
        self._shelf.open_conversation.connect(self.open_conversation)
        self._shelf.told.connect(self._on_told)

    def _arrange(self) -> None:
        for page in (self._loading, self._broken):
            self._pages.addWidget(page)
        body = QVBoxLayout()
        body.setSpacing(0)
        body.addWidget(self._pages, 1)
        body.addWidget(self._bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._navigation)
        row.addLayout(body, 1)
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
