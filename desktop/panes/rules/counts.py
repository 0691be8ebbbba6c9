"""Texts with a number in them, in their plural forms.

`lupdate` makes plural entries of `self.tr` alone, so these live in a QObject.
"""

from PySide6.QtCore import QObject

from core.domain.decision import Decision


class Counts(QObject):
    """Says how many there are of something; made where it is needed, and let go."""

    def changes(self, before: Decision, after: Decision, count: int) -> str:
        """Return “12 would be answered instead of handed over”."""
        if before is after:
            return self.tr("%n would get another reply", "", count)
        if after is Decision.RESPOND:
            return self._answered(before, count)
        if after is Decision.IGNORE:
            return self._ignored(before, count)
        if before is Decision.RESPOND:
            return self.tr("%n would be handed over instead of answered", "", count)
        return self.tr("%n would be handed over instead of ignored", "", count)

    def _answered(self, before: Decision, count: int) -> str:
        if before is Decision.IGNORE:
            return self.tr("%n would be answered instead of ignored", "", count)
        return self.tr("%n would be answered instead of handed over", "", count)

    def _ignored(self, before: Decision, count: int) -> str:
        if before is Decision.RESPOND:
            return self.tr("%n would be ignored instead of answered", "", count)
        return self.tr("%n would be ignored instead of handed over", "", count)

    def answered_by_team(self, count: int) -> str:
        """Return how many messages a colleague has answered."""
        return self.tr("%n answered by your team", "", count)

    def messages(self, count: int) -> str:
        """Return how many messages there are."""
        return self.tr("%n message(s)", "", count)

    def times_a_month(self, count: int) -> str:
        """Return how often something happened in 30 days."""
        return self.tr("%n time(s) in 30 days", "", count)

    def not_known_yet(self, count: int) -> str:
        """Return how many decisions nobody has shown to be right or wrong."""
        return self.tr("%n not known yet", "", count)

    def outcomes_needed(self, count: int) -> str:
        """Return how many more outcomes there must be."""
        return self.tr("%n more outcome(s) needed", "", count)
