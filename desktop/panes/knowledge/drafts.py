"""Entries that were edited and not saved: kept by row, and over the end of the window.

Saving half an answer would have the assistant send it, and asking would stop the window
from closing; so the words wait in a small file of the person's own until they come back.
"""

import json
from dataclasses import asdict
from typing import Final
from uuid import UUID

from PySide6.QtCore import QFile, QFileDevice, QSettings

from core.domain.ids import FaqId
from core.domain.knowledge import FaqText

NEW: Final = "new"
"""The key of the entry that does not exist yet."""
_KEY: Final = "faq"
_OWN: Final = QFileDevice.Permission.ReadOwner | QFileDevice.Permission.WriteOwner


class Drafts:
    """Words by entry; None is the new one."""

    def __init__(self) -> None:
        self._stored = QSettings(
            QSettings.Format.IniFormat, QSettings.Scope.UserScope, "SocialSync", "drafts"
        )
        self._words = _read(str(self._stored.value(_KEY, "")))
        self._were = dict(self._words)

    def of(self, entry: FaqId | None) -> FaqText | None:
        """Return the words of an entry that are not saved."""
        return self._words.get(entry)

    def entries(self) -> frozenset[object]:
        """Return which entries have such words."""
        return frozenset(self._words)

    def keep(self, entry: FaqId | None, words: FaqText) -> None:
        """Keep the words of an entry."""
        self._words[entry] = words

    def forget(self, entry: FaqId | None) -> None:
        """Let go of words that are saved or discarded."""
        self._words.pop(entry, None)

    def store(self) -> None:
        """Write down what has changed since it was last written."""
        if self._words == self._were:
            return
        self._were = dict(self._words)
        words = {
            NEW if entry is None else str(entry): asdict(text)
            for entry, text in self._words.items()
        }
        self._stored.setValue(_KEY, json.dumps(words))
        self._stored.sync()
        QFile.setPermissions(self._stored.fileName(), _OWN)


def _read(stored: str) -> dict[FaqId | None, FaqText]:
    try:
        found = json.loads(stored) if stored else {}
        return {
            None if key == NEW else FaqId(UUID(key)): FaqText(
                question=str(each["question"]),
                answer=str(each["answer"]),
                category=each["category"],
                language=each["language"],
                phrasings=tuple(map(str, each["phrasings"])),
            )
            for key, each in found.items()
        }
    except (ValueError, KeyError, TypeError, AttributeError):
        # A file from another version, or touched by hand: nothing to be kept.
        return {}
