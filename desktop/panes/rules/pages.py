"""The pages of the pane, in the order in which they are listed."""

from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from desktop.panes.rules.navigation import Entry


class PageKey(StrEnum):
    """A page, as it is remembered."""

    RULES = "rules"
    TRIAGE = "triage"
    TRY = "try"
    REHEARSAL = "rehearsal"
    DECISIONS = "decisions"
    TRUST = "trust"
    GAPS = "gaps"


FORM_PAGES = (PageKey.RULES, PageKey.TRIAGE, PageKey.TRY, PageKey.REHEARSAL)
"""Those that show, or work with, the form that is saved."""


def entries() -> list[Entry]:
    """Return the pages in words."""
    translate = QCoreApplication.translate
    named = (
        (PageKey.RULES, translate("RulesPages", "Rules"), "rules"),
        (PageKey.TRIAGE, translate("RulesPages", "Advanced rules"), "filter"),
        (PageKey.TRY, translate("RulesPages", "Try it"), "comment"),
        (PageKey.REHEARSAL, translate("RulesPages", "Rehearsal"), "play"),
        (PageKey.DECISIONS, translate("RulesPages", "Decisions"), "clock"),
        (PageKey.TRUST, translate("RulesPages", "Trust"), "insights"),
        (PageKey.GAPS, translate("RulesPages", "Missing answers"), "knowledge"),
    )
    return [Entry(key=key.value, title=title, icon=icon) for key, title, icon in named]
