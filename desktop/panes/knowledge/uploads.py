"""The files on their way: two are read at a time, the others wait their turn."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QObject, Signal, Slot

from core.actions import teach
from core.domain.errors import SocialSyncError
from core.domain.ids import DocumentId
from core.domain.knowledge import Document
from desktop.bridge.call import Bridge, Call
from desktop.panes.knowledge.upload import AGAIN, GOING, OVER, Step, Upload, followed
from desktop.panes.knowledge.walk import FolderWalk, FoundFile
from desktop.panes.knowledge.words import reason_of

AT_A_TIME: Final = 2
"""Reading takes a whole core; a third file would only slow the two down."""


class Uploads(QObject):
    """Keeps each file with its step, and moves them on."""

    changed = Signal()
    added = Signal()
    """A file became a document: the list should be read again."""
    overflowed = Signal()
    refused = Signal(object)

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._files: dict[int, Upload] = {}
        self._calls: dict[int, Call[DocumentId]] = {}
        self._next = 1
        self._is_going_on = False
        self._is_quiet = False
        self._walk = FolderWalk(self)
        self._walk.found.connect(self._on_found)
        self._walk.ended.connect(self.changed)
        self._walk.overflowed.connect(self.overflowed)

    def all(self) -> list[Upload]:
        """Return every file of the panel, in the order in which they came."""
        return list(self._files.values())

    def is_walking(self) -> bool:
        """Tell whether folders are still being looked through."""
        return self._walk.is_walking()

    def add(self, paths: Sequence[str]) -> None:
        """Take files and folders of this machine."""
        self._walk.walk(paths)
        self.changed.emit()

    def cancel(self, upload_id: int) -> None:
        """Stop one file, wherever it stands."""
        upload = self._files[upload_id]
        if upload.step is Step.INDEXING and upload.document is not None:
            self._bridge.ask(self, teach.cancel_document, upload.document).then(
                self._on_stopped, upload_id
            ).failed(self._on_refused)
            return
        if upload.step in GOING:
            self._set(replace(upload, step=Step.CANCELLED))
            call = self._calls.pop(upload_id, None)
            if call is not None:
                call.cancel()
            self._go_on()

    @Slot()
    def cancel_all(self) -> None:
        """Stop everything that is not over, and look through no more folders."""
        self._walk.stop()
        # The waiting first, or stopping one that is read would start the next.
        by_step = sorted(self.all(), key=lambda each: each.step is not Step.WAITING)
        with self._told_once():
            for upload in by_step:
                self.cancel(upload.id)

    def retry(self, upload_id: int) -> None:
        """Try a file again: from its bytes, or only its indexing."""
        upload = self._files[upload_id]
        if upload.step not in AGAIN:
            return
        if upload.document is not None and upload.step is Step.FAILED:
            self._set(replace(upload, step=Step.READING, reason="", part=0.0))
            self._bridge.ask(self, teach.reindex_document, upload.document).then(
                self._on_reindexing, upload_id
            ).failed(self._on_failed, upload_id)
        else:
            again = replace(upload, step=Step.WAITING, reason="", document=None, part=0.0)
            self._set(again)
        self._go_on()

    @Slot()
    def clear_finished(self) -> None:
        """Take away what is over."""
        self._files = {
            each.id: each for each in self._files.values() if each.step not in OVER
        }
        self.changed.emit()

    def follow(self, documents: dict[DocumentId, Document]) -> None:
        """Take how far the documents have come from a fresh reading of the list."""
        with self._told_once():
            for upload in self.all():
                if upload.step is Step.INDEXING and upload.document is not None:
                    self._set(followed(upload, documents.get(upload.document)))

    @Slot(list)
    def _on_found(self, files: list[FoundFile]) -> None:
        for file in files:
            step = Step.WAITING if file.can_be_read else Step.SKIPPED
            reason = "" if file.can_be_read else self.tr("files of this kind are not read")
            upload = Upload(
                id=self._next, path=file.path, name=file.name, step=step, reason=reason
            )
            self._files[self._next] = upload
            self._next += 1
        self.changed.emit()
        self._go_on()

    def _go_on(self) -> None:
        """Have the next files read, while there is room."""
        if self._is_going_on:
            return
        self._is_going_on = True
        while len(self._calls) < AT_A_TIME:
            waiting = (each for each in self._files.values() if each.step is Step.WAITING)
            upload = next(waiting, None)
            if upload is None:
                break
            self._read(upload)
        self._is_going_on = False

    def _read(self, upload: Upload) -> None:
        self._set(replace(upload, step=Step.READING))
        call = self._bridge.ask(self, teach.add_file, upload.path, upload.name)
        self._calls[upload.id] = call
        call.then(self._on_read, upload.id).failed(self._on_failed, upload.id).ended(
            self._on_ended
        )

    def _on_ended(self) -> None:
        """Leave no file behind as being read: a bug of ours ends a call without a word."""
        for upload_id in [each for each, call in self._calls.items() if call.is_over]:
            del self._calls[upload_id]
            upload = self._files.get(upload_id)
            if upload is not None and upload.step is Step.READING:
                words = self.tr("something went wrong on our side")
                self._set(replace(upload, step=Step.FAILED, reason=words))
        self._go_on()

    def _on_read(self, document: DocumentId, upload_id: int) -> None:
        self._calls.pop(upload_id, None)
        upload = self._files.get(upload_id)
        if upload is not None:
            self._set(replace(upload, step=Step.INDEXING, document=document))
        self.added.emit()

    def _on_reindexing(self, _nothing: None, upload_id: int) -> None:
        upload = self._files.get(upload_id)
        if upload is not None and upload.step is Step.READING:
            self._set(replace(upload, step=Step.INDEXING))
        self.added.emit()

    def _on_failed(self, error: SocialSyncError, upload_id: int) -> None:
        self._calls.pop(upload_id, None)
        upload = self._files.get(upload_id)
        if upload is not None:
            self._set(replace(upload, step=Step.FAILED, reason=reason_of(error)))

    def _on_stopped(self, _nothing: None, upload_id: int) -> None:
        upload = self._files.get(upload_id)
        if upload is not None:
            self._set(replace(upload, step=Step.CANCELLED, document=None))
        self.added.emit()

    def _on_refused(self, error: SocialSyncError) -> None:
        self.refused.emit(error)

    def _set(self, upload: Upload) -> None:
        self._files[upload.id] = upload
        if not self._is_quiet:
            self.changed.emit()

    @contextmanager
    def _told_once(self) -> Iterator[None]:
        """Tell of many changes with one signal: a thousand would freeze the panel."""
        self._is_quiet = True
        try:
            yield
        finally:
            self._is_quiet = False
            self.changed.emit()
