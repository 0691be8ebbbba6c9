"""The rules as they are kept, and as they stand in the form, for all pages of the pane."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from core.actions import configure
from core.actions.configure import RuleSet
from core.domain.channel import PlatformName
from core.domain.errors import Conflict, SocialSyncError
from core.queries import health, rights, rules
from core.queries.health import ChannelHealth, Health
from core.queries.rules import RulesRow
from desktop.bridge.call import Bridge
from desktop.bridge.feed import Feed
from desktop.panes.rules.checks import Problem, problems_of
from desktop.panes.rules.form import Form, form_of, merge, rule_set_of


class RuleBook(QObject):
    """Reads, holds what is typed, and saves; a colleague's saving never takes words away."""

    read = Signal()
    """The form was read, or read anew: show it."""
    edited = Signal()
    """Something was typed, or is saved now."""
    channels_read = Signal()
    saved = Signal()
    failed = Signal(object)
    """A SocialSyncError: the rules could not be read."""
    refused = Signal(object)
    """A SocialSyncError: the rules were not saved; everything typed stands as it was."""

    def __init__(self, bridge: Bridge, feed: Feed, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._row: RulesRow | None = None
        self._base = Form()
        self.form = Form()
        self.can_change = False
        self.is_busy = False
        self.clashes: tuple[str, ...] = ()
        self.problems: tuple[Problem, ...] = ()
        self.channels: tuple[ChannelHealth, ...] = ()
        self._is_wanted = False
        for signal in (feed.knowledge_changed, feed.channels_changed, feed.resync):
            signal.connect(self._on_news)

    @property
    def is_read(self) -> bool:
        """Return whether there is something to show."""
        return self._row is not None

    @property
    def is_edited(self) -> bool:
        """Return whether something typed is not saved."""
        return self.form != self._base

    @property
    def reply_language(self) -> str | None:
        """Return the language of replies where the customer's cannot be told."""
        return None if self._row is None else self._row.reply_lang

    @property
    def platforms(self) -> tuple[str, ...]:
        """Return the platforms that messages come by; all before any is connected."""
        connected = {each.platform for each in self.channels}
        return tuple(
            each.value for each in PlatformName if each in connected or not connected
        )

    @property
    def is_enabled(self) -> bool:
        """Return whether the master switch is on."""
        return self._row is not None and self._row.ai_control_enabled

    def is_changed(self, name: str) -> bool:
        """Return whether this part of the form is not saved."""
        return bool(getattr(self.form, name) != getattr(self._base, name))

    def rule_set(self) -> RuleSet:
        """Return the rules as they stand in the form, for trying them out."""
        return rule_set_of(self.form, enabled=self.is_enabled)

    @Slot()
    def refresh(self) -> None:
        """Read again what is kept."""
        self._is_wanted = True
        self._bridge.ask(self, rights.may_change_rules).then(self._on_rights).failed(
            self._on_failed
        )
        self._bridge.ask(self, rules.current).then(self._on_read).failed(self._on_failed)
        self._bridge.ask(self, health.overview).then(self._on_health).failed(
            self._on_failed
        )

    @Slot()
    def _on_news(self) -> None:
        # Until somebody has looked at the rules, nobody waits for what is new in them.
        if self._is_wanted:
            self.refresh()

    def edit(self, **changes: Any) -> None:
        """Take what is typed."""
        form = replace(self.form, **changes)
        if form != self.form:
            self.form = form
            self._check()
            self.edited.emit()

    @property
    def base(self) -> Form:
        """Return the form of what is kept."""
        return self._base

    def restore(self, base: Form, typed: Form) -> None:
        """Take up words that were typed over an older reading and not saved."""
        merged = merge(base, typed, self._base)
        self.clashes = merged.clashes
        self._put(merged.form)

    def _put(self, form: Form) -> None:
        self.form = form
        self._check()
        self.read.emit()
        self.edited.emit()

    @Slot()
    def discard(self) -> None:
        """Go back to what is kept."""
        self.clashes = ()
        self._put(self._base)

    @Slot()
    def take_theirs(self) -> None:
        """Give up what was typed where somebody else saved something else."""
        theirs = {name: getattr(self._base, name) for name in self.clashes}
        self.clashes = ()
        self._put(replace(self.form, **theirs))

    @Slot()
    def save(self) -> None:
        """Keep what is typed, after a look at whether somebody else saved meanwhile."""
        if self.is_edited and self.can_change and not (self.is_busy or self.problems):
            self._set_busy(busy=True)
            self._bridge.ask(self, rules.current).then(self._on_fresh).failed(
                self._on_refused
            )

    def _on_fresh(self, row: RulesRow) -> None:
        known = self.clashes
        self._take(row)
        if self.clashes and self.clashes != known:
            # Shown before it is overwritten: the next press saves what is typed.
            self._set_busy(busy=False)
            self.refused.emit(Conflict("The rules were changed meanwhile."))
            return
        rule_set = rule_set_of(
            self.form, enabled=row.ai_control_enabled, expected_version=row.version
        )
        self._bridge.ask(self, configure.set_rules, rule_set).then(
            self._on_saved, self.form
        ).failed(self._on_refused)

    def _on_saved(self, _nothing: None, form: Form) -> None:
        self._base = form
        self.clashes = ()
        self._set_busy(busy=False)
        self.saved.emit()
        self.refresh()

    def _on_refused(self, error: SocialSyncError) -> None:
        self._set_busy(busy=False)
        self.refused.emit(error)
        self.refresh()

    def _on_rights(self, allowed: bool) -> None:  # noqa: FBT001 - the answer itself
        if allowed is not self.can_change:
            self.can_change = allowed
            self.edited.emit()
            if self.is_read:
                self.read.emit()

    def _on_read(self, row: RulesRow) -> None:
        if not self.is_busy:
            self._take(row)

    def _take(self, row: RulesRow) -> None:
        """Lay the form over a newer reading."""
        is_first = self._row is None
        self._row = row
        theirs = form_of(row)
        if is_first or theirs != self._base:
            merged = merge(self._base, theirs if is_first else self.form, theirs)
            self._base = theirs
            still = [
                name
                for name in self.clashes
                if getattr(merged.form, name) != getattr(theirs, name)
            ]
            self.clashes = tuple(dict.fromkeys([*still, *merged.clashes]))
            self._put(merged.form)
        self.channels_read.emit()

    def _on_health(self, found: Health) -> None:
        if found.channels != self.channels:
            self.channels = found.channels
        self.channels_read.emit()

    def _on_failed(self, error: SocialSyncError) -> None:
        self.failed.emit(error)

    def _check(self) -> None:
        self.problems = problems_of(self.form)

    def _set_busy(self, *, busy: bool) -> None:
        self.is_busy = busy
        self.edited.emit()
