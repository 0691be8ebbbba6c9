"""The panes, in the order of the navigation. A new pane is a folder and a line here."""

from typing import Final

from desktop.panes.comments.pane import CommentsPane
from desktop.panes.escalations.pane import EscalationsPane
from desktop.panes.inbox.pane import InboxPane
from desktop.panes.knowledge.pane import KnowledgePane
from desktop.panes.rules.pane import RulesPane
from desktop.panes.settings.pane import SettingsPane

Pane = InboxPane | EscalationsPane | CommentsPane | KnowledgePane | RulesPane | SettingsPane

PANES: Final[tuple[type[Pane], ...]] = (
    InboxPane,
    EscalationsPane,
    CommentsPane,
    KnowledgePane,
    RulesPane,
    SettingsPane,
)
