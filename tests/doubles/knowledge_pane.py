"""A knowledge pane over a knowledge base that a test can change, and ways to use it."""

from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from core.actions import phrase, teach
from core.actions.phrase import Imported
from core.domain.ids import DocumentId
from core.domain.knowledge import Document, DocumentStatus, Passage
from core.queries import knowledge, review
from core.queries.knowledge import DocumentRow, DocumentText, LookUp, Overview
from desktop.bridge.feed import Feed
from desktop.panes.knowledge.column import KnowledgeColumn
from desktop.panes.knowledge.pane import KnowledgePane
from desktop.widgets.chips import FilterChips
from desktop.widgets.row_list import RowList
from desktop.widgets.toast import Toast
from tests.doubles.fake_bridge import FakeBridge
from tests.doubles.knowledge_rows import (
    a_document_row,
    a_passage,
    a_review,
    a_text,
    an_entry_row,
    an_overview,
    document_id,
    faq_id,
    found,
)

QUIET = (
    teach.cancel_document,
    teach.reindex_document,
    teach.remove_document,
    teach.dismiss_conflict,
    phrase.change_faq,
    phrase.enable_faq,
    phrase.disable_faq,
    phrase.remove_faq,
)


class Library:
    """A pane, and the answers that it gets."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.bridge = FakeBridge()
        self.feed = Feed()
        self.overview = an_overview(
            documents=(a_document_row(0, 12), a_document_row(1, title="Returns")),
            entries=(an_entry_row(0, 3), an_entry_row(1, question="Dogs allowed?")),
        )
        self.review = a_review()
        self.passages: tuple[Passage, ...] = (a_passage(0),)
        self.added: list[str] = []
        self._panes: list[KnowledgePane] = []
        self.bridge.computes(knowledge.overview, lambda: self.overview)
        self.bridge.computes(review.doubts, lambda: self.review)
        self.bridge.computes(knowledge.document, self._text)
        self.bridge.computes(knowledge.look_up, self._look_up)
        self.bridge.answers(knowledge.near_duplicates, [])
        self.bridge.answers(knowledge.original, b"bytes")
        self.bridge.answers(knowledge.faq_table, "question,answer\né,è\n")
        self.bridge.computes(teach.add_file, self._add_file)
        self.bridge.answers(phrase.add_faq, faq_id(9))
        self.bridge.answers(phrase.import_faq_csv, Imported(added=2, replaced=1))
        for action in QUIET:
            self.bridge.answers(action, None)

    def open(self) -> KnowledgePane:
        pane = KnowledgePane(self.bridge, self.feed)
        # A pane has cycles: unheld, the collector might take it in the middle of a paint.
        self._panes.append(pane)
        self.qtbot.addWidget(pane)
        pane.resize(1300, 800)
        with self.qtbot.waitExposed(pane):
            pane.show()
        pane.activateWindow()
        self.qtbot.waitUntil(pane.isActiveWindow)
        return pane

    def show(self, overview: Overview) -> None:
        """Change the knowledge base, and tell the pane as the engine would."""
        self.overview = overview
        self.feed.knowledge_changed.emit()

    def _text(self, wanted: DocumentId) -> DocumentText:
        row = next(each for each in self.overview.documents if each.document.id == wanted)
        return a_text(row.document)

    def _look_up(self, query: str, *, within: str | None, k: int) -> LookUp:
        kept = [each for each in self.passages if within in (None, each.lang_code)]
        return found(query, tuple(kept[:k]))

    def _add_file(self, _path: str, name: str) -> DocumentId:
        """Take a file as the engine does: it is there at once, and not yet indexed."""
        self.added.append(name)
        number = 100 + len(self.added)
        row = a_document_row(
            number, title=name, name=name, status=DocumentStatus.PROCESSING
        )
        self.overview = an_overview((*self.overview.documents, row), self.overview.entries)
        return document_id(number)


def with_document(overview: Overview, number: int, **changes: Any) -> Overview:
    """Return a knowledge base in which one document has changed."""
    rows: list[DocumentRow] = []
    for row in overview.documents:
        document = row.document
        if document.id == document_id(number):
            values = {name: getattr(document, name) for name in Document.__slots__}
            document = Document(**{**values, **changes})
        rows.append(
            DocumentRow(
                document=document,
                times_used=row.times_used,
                last_used_at=row.last_used_at,
                conflicts=row.conflicts,
            )
        )
    return an_overview(tuple(rows), overview.entries, can_change=overview.can_change)


W = TypeVar("W", bound=QWidget)


def child(parent: QWidget, kind: type[W]) -> W:
    made = parent.findChild(kind)
    assert isinstance(made, kind)
    return made


def rows_of(pane: KnowledgePane) -> RowList:
    return child(child(pane, KnowledgeColumn), RowList)


def listed(pane: KnowledgePane) -> list[str]:
    model = rows_of(pane).model()
    rows = (model.index(at, 0) for at in range(model.rowCount()))
    return [index.data(Qt.ItemDataRole.UserRole).cell.title for index in rows]


def choose(pane: KnowledgePane, at: int) -> None:
    rows = rows_of(pane)
    rows.setCurrentIndex(rows.model().index(at, 0))


def show(pane: KnowledgePane, key: str) -> None:
    """Bring one of the lists into sight, as a click on its chip does."""
    child(pane, FilterChips)._chips[key].click()


def press(pane: KnowledgePane, name: str) -> None:
    action = pane.findChild(QAction, name)
    assert isinstance(action, QAction)
    action.trigger()


def button(parent: QWidget, words: str) -> QAbstractButton:
    """Return the button in sight with these words, seen or spoken."""
    all_buttons = parent.findChildren(QAbstractButton)
    named = [b for b in all_buttons if words in (b.text(), b.accessibleName())]
    seen = [b for b in named if b.isVisible()]
    assert seen, f"no button {words}"
    return seen[0]


def has_button(parent: QWidget, words: str) -> bool:
    return any(
        b.isVisible() and words in (b.text(), b.accessibleName())
        for b in parent.findChildren(QAbstractButton)
    )


def in_sight(parent: QWidget) -> str:
    """Return everything that is written or spoken in what is in sight."""
    seen = [each for each in parent.findChildren(QWidget) if each.isVisible()]
    words = [each.property("text") or each.accessibleName() for each in seen]
    return "\n".join(str(each) for each in words if each)


def toasts(pane: KnowledgePane) -> list[str]:
    return [each.accessibleName() for each in pane.findChildren(Toast) if each.isVisible()]
