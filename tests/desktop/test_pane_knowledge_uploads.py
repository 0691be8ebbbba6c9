"""Files dropped on the knowledge pane, each with its progress and a way out."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
)
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTableView,
    QWidget,
)

from core.actions import teach
from core.domain.errors import BadDocument, BudgetSpent
from core.domain.knowledge import DocumentStatus
from core.queries import knowledge
from desktop.bridge.thread import Ending
from desktop.panes.knowledge import walk
from desktop.panes.knowledge.upload import Step
from desktop.panes.knowledge.upload_panel import UploadPanel
from desktop.panes.knowledge.upload_rows import UploadRows
from desktop.panes.knowledge.uploads import Uploads
from desktop.widgets.drop_veil import DropVeil
from tests.doubles.knowledge_pane import (
    Library,
    button,
    child,
    has_button,
    in_sight,
    press,
    toasts,
    with_document,
)
from tests.doubles.knowledge_rows import document_id

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


NO_KEYS = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)


def files(folder: Path, *names: str) -> list[str]:
    made = [folder / name for name in names]
    for path in made:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("words", "utf-8")
    return [str(path) for path in made]


def mime_of(paths: list[str]) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(path) for path in paths])
    return mime


def drag_over(widget: QWidget, mime: QMimeData) -> bool:
    event = QDragEnterEvent(
        QPoint(200, 200),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def drop(library: Library, pane: QWidget, paths: list[str]) -> None:
    mime = mime_of(paths)
    drag_over(pane, mime)
    event = QDropEvent(
        QPointF(200, 200),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    with library.qtbot.waitSignal(child_uploads(pane)._walk.ended):
        QApplication.sendEvent(pane, event)


def child_uploads(pane: QWidget) -> Uploads:
    found = pane.findChild(Uploads)
    assert isinstance(found, Uploads)
    return found


def steps(pane: QWidget) -> dict[str, Step]:
    return {each.name: each.step for each in child_uploads(pane).all()}


def test_veil_comes_up_with_files_and_leaves_with_them(
    library: Library, tmp_path: Path
) -> None:
    pane = library.open()
    veil = child(pane, DropVeil)
    assert drag_over(pane, mime_of(files(tmp_path, "a.pdf")))
    assert veil.isVisible()
    assert "Drop to add" in veil.accessibleName()
    QApplication.sendEvent(pane, QDragLeaveEvent())
    assert not veil.isVisible()
    words = QMimeData()
    words.setText("only words")
    drag_over(pane, words)
    assert not veil.isVisible()


def test_files_are_read_two_at_a_time(library: Library, tmp_path: Path) -> None:
    library.bridge.holds(teach.add_file)
    pane = library.open()
    drop(library, pane, files(tmp_path, "a.pdf", "b.pdf", "c.pdf"))
    assert len(library.bridge.asked(teach.add_file)) == 2
    assert steps(pane) == {
        "a.pdf": Step.READING,
        "b.pdf": Step.READING,
        "c.pdf": Step.WAITING,
    }
    library.bridge.release(teach.add_file)
    assert len(library.bridge.asked(teach.add_file)) == 3
    assert set(steps(pane).values()) == {Step.INDEXING}


def test_folders_are_walked_and_what_is_hidden_is_passed_over(
    library: Library, tmp_path: Path
) -> None:
    top = tmp_path / "docs"
    files(top, "terms.pdf", "sub/prices.xlsx", ".git/config.txt", ".hidden.md", "~$x.docx")
    pane = library.open()
    drop(library, pane, [str(top)])
    assert sorted(library.added) == ["docs/sub/prices.xlsx", "docs/terms.pdf"]


def test_files_that_are_not_read_are_listed_with_the_reason(
    library: Library, tmp_path: Path
) -> None:
    pane = library.open()
    drop(library, pane, files(tmp_path, "photo.jpg", "menu.pdf"))
    assert steps(pane)["photo.jpg"] is Step.SKIPPED
    assert library.added == ["menu.pdf"]
    rows = child(pane, UploadRows).model()
    said = rows.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "photo.jpg, Left out · files of this kind are not read"


def test_files_of_one_name_from_two_folders_stay_two(
    library: Library, tmp_path: Path
) -> None:
    pane = library.open()
    drop(library, pane, files(tmp_path, "fr/prices.pdf", "en/prices.pdf", "terms.pdf"))
    assert sorted(library.added) == ["en/prices.pdf", "fr/prices.pdf", "terms.pdf"]


def test_walk_stops_at_a_number_nobody_drops_on_purpose(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(walk, "MOST_FILES", 3)
    library.bridge.holds(teach.add_file)
    pane = library.open()
    drop(library, pane, files(tmp_path, *(f"{number}.md" for number in range(9))))
    assert len(child_uploads(pane).all()) == 3
    assert any("the rest was left out" in words for words in toasts(pane))


def test_progress_follows_the_document_until_it_is_done(
    library: Library, tmp_path: Path
) -> None:
    pane = library.open()
    drop(library, pane, files(tmp_path, "a.pdf"))
    library.show(with_document(library.overview, 101, chunks_done=1, chunks_total=4))
    rows = child(pane, UploadRows).model()
    said = rows.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "a.pdf, Reading in, 25%"
    library.show(with_document(library.overview, 101, status=DocumentStatus.INDEXED))
    assert steps(pane) == {"a.pdf": Step.DONE}
    assert "added" in in_sight(child(pane, UploadPanel))


def test_file_that_is_being_read_can_be_cancelled(library: Library, tmp_path: Path) -> None:
    library.bridge.holds(teach.add_file)
    pane = library.open()
    drop(library, pane, files(tmp_path, "a.pdf", "b.pdf", "c.pdf"))
    button(pane, "Cancel a.pdf").click()
    assert steps(pane)["a.pdf"] is Step.CANCELLED
    assert steps(pane)["c.pdf"] is Step.READING
    library.bridge.release(teach.add_file)
    assert library.added == ["b.pdf", "c.pdf"]


def test_file_that_is_being_indexed_can_be_cancelled(
    library: Library, tmp_path: Path
) -> None:
    pane = library.open()
    drop(library, pane, files(tmp_path, "a.pdf"))
    button(pane, "Cancel a.pdf").click()
    assert library.bridge.asked(teach.cancel_document) == [((document_id(101),), {})]
    assert steps(pane) == {"a.pdf": Step.CANCELLED}


def test_everything_can_be_cancelled_at_once(library: Library, tmp_path: Path) -> None:
    library.bridge.holds(teach.add_file)
    pane = library.open()
    drop(library, pane, files(tmp_path, *(f"{number}.md" for number in range(5))))
    button(pane, "Cancel all").click()
    assert set(steps(pane).values()) == {Step.CANCELLED}
    assert len(library.bridge.asked(teach.add_file)) == 2
    button(pane, "Clear finished").click()
    assert not child(pane, UploadPanel).isVisible()


def test_file_that_was_refused_says_why_and_can_be_tried_again(
    library: Library, tmp_path: Path
) -> None:
    error = BadDocument("The file is damaged.", "Save it again.")
    library.bridge.refuses(teach.add_file, error)
    pane = library.open()
    drop(library, pane, files(tmp_path, "a.pdf"))
    rows = child(pane, UploadRows).model()
    said = rows.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "a.pdf, Failed · The file is damaged. Save it again."
    assert "The file is damaged." in rows.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    library.bridge.holds(teach.add_file)
    button(pane, "Try a.pdf again").click()
    assert steps(pane) == {"a.pdf": Step.READING}


def test_full_storage_is_said_as_storage(library: Library, tmp_path: Path) -> None:
    library.bridge.refuses(teach.add_file, BudgetSpent("Full."))
    pane = library.open()
    drop(library, pane, files(tmp_path, "a.pdf"))
    assert child_uploads(pane).all()[0].reason == "The storage of your plan is full"


def test_document_that_failed_to_be_indexed_is_tried_again_without_its_bytes(
    library: Library, tmp_path: Path
) -> None:
    pane = library.open()
    drop(library, pane, files(tmp_path, "a.pdf"))
    failed = DocumentStatus.FAILED
    library.show(with_document(library.overview, 101, status=failed, error="Too long."))
    button(pane, "Try a.pdf again").click()
    assert library.bridge.asked(teach.reindex_document) == [((document_id(101),), {})]
    assert len(library.bridge.asked(teach.add_file)) == 1


def test_panel_folds_away_and_comes_back(library: Library, tmp_path: Path) -> None:
    library.bridge.holds(teach.add_file)
    pane = library.open()
    drop(library, pane, files(tmp_path, "a.pdf"))
    button(pane, "Fold the files away").click()
    assert not child(pane, UploadRows).isVisible()
    button(pane, "Show the files").click()
    assert child(pane, UploadRows).isVisible()


def test_copied_files_are_pasted(library: Library, tmp_path: Path) -> None:
    pane = library.open()
    QGuiApplication.clipboard().setMimeData(mime_of(files(tmp_path, "a.pdf")))
    with library.qtbot.waitSignal(child_uploads(pane)._walk.ended):
        press(pane, "paste")
    assert library.added == ["a.pdf"]


def test_only_rows_in_sight_carry_buttons(library: Library, tmp_path: Path) -> None:
    library.bridge.holds(teach.add_file)
    pane = library.open()
    drop(library, pane, files(tmp_path, *(f"{number:03}.md" for number in range(300))))
    rows = child(pane, UploadRows)
    assert rows.model().rowCount() == 300
    assert has_button(pane, "Cancel 000.md")
    assert len(rows._buttons) < 20
    rows.scrollToBottom()
    assert has_button(pane, "Cancel 299.md")


def test_model_of_the_panel_keeps_the_promises_of_qt(
    library: Library, tmp_path: Path
) -> None:
    pane = library.open()
    model = child(pane, UploadRows).model()
    strict = QAbstractItemModelTester.FailureReportingMode.Fatal
    tester = QAbstractItemModelTester(model, strict)
    drop(library, pane, files(tmp_path, "a.pdf", "b.jpg"))
    button(pane, "Clear finished").click()
    assert tester.model() is model
    assert model.rowCount() == 1


def test_list_that_was_read_too_early_does_not_end_an_upload(
    library: Library, tmp_path: Path
) -> None:
    early = library.overview
    pane = library.open()
    library.bridge.answers(knowledge.overview, early)
    drop(library, pane, files(tmp_path, "a.pdf"))
    assert steps(pane) == {"a.pdf": Step.INDEXING}
    library.bridge.computes(knowledge.overview, lambda: library.overview)
    library.show(library.overview)
    assert steps(pane) == {"a.pdf": Step.INDEXING}
    library.show(early)
    assert steps(pane) == {"a.pdf": Step.CANCELLED}


def test_cancelling_many_files_tells_the_panel_once(
    library: Library, tmp_path: Path
) -> None:
    library.bridge.holds(teach.add_file)
    pane = library.open()
    drop(library, pane, files(tmp_path, *(f"{number}.md" for number in range(50))))
    told: list[None] = []
    uploads = child_uploads(pane)
    uploads.changed.connect(lambda: told.append(None))
    uploads.cancel_all()
    # Once for the walk that ends, once for all files.
    assert len(told) <= 2


def test_crash_of_ours_leaves_no_file_as_being_read(
    library: Library, tmp_path: Path
) -> None:
    library.bridge.holds(teach.add_file)
    pane = library.open()
    drop(library, pane, files(tmp_path, "a.pdf", "b.pdf", "c.pdf"))
    call = child_uploads(pane)._calls[1]
    call._on_ok = call._on_refused = None
    call.settle(Ending(result=None))
    assert steps(pane)["a.pdf"] is Step.FAILED
    assert steps(pane)["c.pdf"] is Step.READING


def test_files_may_be_dropped_on_any_part_of_the_pane(
    library: Library, tmp_path: Path
) -> None:
    """The window itself looks for the widget below, as it does for a real drag."""
    pane = library.open()
    press(pane, "new")
    mime = mime_of(files(tmp_path, "a.pdf"))
    parts = (QPlainTextEdit, QLineEdit, QComboBox, QTableView)
    seen = [e for kind in parts for e in pane.findChildren(kind) if e.isVisible()]
    assert len(seen) >= len(parts)
    for widget in seen:
        at = widget.mapTo(pane, widget.rect().center())
        how = (Qt.DropAction.CopyAction, mime, *NO_KEYS)
        enter = QDragEnterEvent(at, *how)
        QApplication.sendEvent(pane.windowHandle(), enter)
        assert child(pane, DropVeil).isVisible(), type(widget).__name__
        move = QDragMoveEvent(at + QPoint(1, 1), *how)
        QApplication.sendEvent(pane.windowHandle(), move)
        assert move.isAccepted(), type(widget).__name__
        with library.qtbot.waitSignal(child_uploads(pane)._walk.ended):
            QApplication.sendEvent(pane.windowHandle(), QDropEvent(at.toPointF(), *how))
        assert not child(pane, DropVeil).isVisible()
    assert library.added == ["a.pdf"] * len(seen)
