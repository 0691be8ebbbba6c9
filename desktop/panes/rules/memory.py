"""What the pane remembers on this machine: the page in sight, and words not saved."""

import json
from dataclasses import asdict
from datetime import time
from enum import Enum
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import QFile, QFileDevice, QSettings

from core.domain.rule import (
    Conditions,
    Costs,
    Hours,
    Outcome,
    Sentiment,
    TriageRule,
)
from desktop.panes.rules.form import Form

_PAGE: Final = "rules/page"
_BASE: Final = "rules/base"
_FORM: Final = "rules/form"
_OWN: Final = QFileDevice.Permission.ReadOwner | QFileDevice.Permission.WriteOwner
_TEXTS: Final = (
    "ignore_examples",
    "escalate_examples",
    "respond_examples",
    "allow_listed_links",
)


class Memory:
    """A small file of the person's own, beside the drafts of other panes."""

    def __init__(self) -> None:
        self._stored = QSettings(
            QSettings.Format.IniFormat, QSettings.Scope.UserScope, "SocialSync", "drafts"
        )

    @property
    def page(self) -> str:
        """Return the key of the page that was in sight."""
        return str(self._stored.value(_PAGE, ""))

    def keep_page(self, key: str) -> None:
        """Remember a page."""
        self._stored.setValue(_PAGE, key)

    def words(self) -> tuple[Form, Form] | None:
        """Return the rules that were kept when something was typed, and what was typed."""
        base = _read(str(self._stored.value(_BASE, "")))
        form = _read(str(self._stored.value(_FORM, "")))
        return None if base is None or form is None else (base, form)

    def keep_words(self, base: Form, form: Form) -> None:
        """Write down what is typed and not saved; nothing when both are the same."""
        if base == form:
            if self._stored.contains(_FORM):
                self._stored.remove(_BASE)
                self._stored.remove(_FORM)
            return
        for key, value in ((_BASE, base), (_FORM, form)):
            self._stored.setValue(key, json.dumps(asdict(value), default=_plain))
        self._stored.sync()
        QFile.setPermissions(self._stored.fileName(), _OWN)


def _plain(value: object) -> str:
    if isinstance(value, time):
        return value.isoformat("minutes")
    return str(value.value) if isinstance(value, Enum) else str(value)


def _read(stored: str) -> Form | None:
    if not stored:
        return None
    try:
        found = json.loads(stored)
        return Form(
            instructions=str(found["instructions"]),
            tone=str(found["tone"]),
            costs=Costs(**{name: float(cost) for name, cost in found["costs"].items()}),
            triage_rules=tuple(map(_rule, found["triage_rules"])),
            **{name: tuple(map(str, found[name])) for name in _TEXTS},
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        # A file from another version, or touched by hand: nothing to be kept.
        return None


def _rule(found: dict[str, Any]) -> TriageRule:
    asked = found["conditions"]
    mood, hours = asked["sentiment"], asked["hours"]
    return TriageRule(
        id=UUID(found["id"]),
        name=str(found["name"]),
        outcome=Outcome(found["outcome"]),
        enabled=bool(found["enabled"]),
        conditions=Conditions(
            platforms=tuple(asked["platforms"]),
            keywords=tuple(asked["keywords"]),
            pattern=asked["pattern"],
            languages=tuple(asked["languages"]),
            sentiment=None if mood is None else Sentiment(mood),
            labels=tuple(asked["labels"]),
            hours=None if hours is None else _hours(hours),
        ),
    )


def _hours(found: dict[str, Any]) -> Hours:
    return Hours(
        start=time.fromisoformat(found["start"]),
        end=time.fromisoformat(found["end"]),
        days=tuple(int(day) for day in found["days"]),
        zone=str(found["zone"]),
        outside=bool(found["outside"]),
    )
