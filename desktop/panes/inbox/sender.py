"""What is written in the reply field, and its file: kept per conversation, sent once.

The text of each conversation survives a change of conversation at once and a restart of
the app after a pause in typing. Send makes a key; while the same text of the same
conversation is tried again after an error, the same key is used, so that the engine can
tell a repetition from a second message.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from core.actions import annotate, attach, decide, reply
from core.domain.attachment import OutgoingFile
from core.domain.decision import OpenDraft
from core.domain.errors import SocialSyncError
from core.domain.ids import ConversationId, DraftId, MessageId
from core.queries.conversation import ConversationDetail
from desktop.bridge.call import Bridge, Call
from desktop.panes.inbox.attaching import Attaching
from desktop.panes.inbox.keys import time_ordered_key
from desktop.panes.inbox.quoting import Quoting
from desktop.panes.inbox.words import cannot_reply
from desktop.widgets.composer import Composer

_PAUSE = 700


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One press of Send: what, for whom, under which key, and what comes after."""

    conversation_id: ConversationId
    text: str
    file: OutgoingFile | None
    quoting: MessageId | None
    key: UUID
    draft_id: DraftId | None
    then_next: bool


class Sender(QObject):
    """Stands between the reply field and the engine, for one conversation at a time."""

    sent = Signal(object)
    """The conversation whose message has been accepted for delivery."""
    next_wanted = Signal()
    refused = Signal(object)
    """A foreseen error; the text stays in the field."""
    replaced = Signal(str)
    """A suggestion took the place of this text in the field; it can be put back."""

    def __init__(
        self,
        composer: Composer,
        attaching: Attaching,
        quoting: Quoting,
        bridge: Bridge,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._composer = composer
        self._attaching = attaching
        self._quoting = quoting
        self._bridge = bridge
        self._open: ConversationId | None = None
        self._texts: dict[ConversationId, str] = {}
        self._unsaved: set[ConversationId] = set()
        self._attempt: Attempt | None = None
        self._failed: Attempt | None = None
        self._edited: dict[ConversationId, DraftId] = {}
        self._closed_because: str | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.save)
        composer.text_edited.connect(self._on_edited)
        composer.submitted.connect(self._on_submitted)
        composer.submitted_and_next.connect(self._on_submitted_and_next)

    def open(self, conversation_id: ConversationId) -> None:
        """Change to another conversation; what was typed before is saved now."""
        self.save()
        self._open = conversation_id
        self._composer.set_banner(None)
        self._composer.set_text(self._texts.get(conversation_id, ""))
        self._attaching.open(conversation_id)
        self._quoting.open(conversation_id)
        self._close(self.tr("Reading the conversation…"))

    def show_detail(self, detail: ConversationDetail) -> None:
        """Follow the state of the open conversation; typed text is never replaced."""
        if detail.id not in self._texts:
            self._texts[detail.id] = detail.composer_text
            self._composer.set_text(detail.composer_text)
        self._follow_draft(detail.draft)
        self._composer.set_limit(detail.text_limit, detail.text_limit_unit)
        self._attaching.show_detail(detail)
        self._quoting.offer(offered=detail.can_quote and detail.can_reply)
        self._close(None if detail.can_reply else cannot_reply(detail))

    def edit(self, draft: OpenDraft, text: str) -> None:
        """Put a suggestion into the field; sending it then approves the edited draft."""
        before = self._composer.text().strip()
        self._edited[draft.conversation_id] = draft.id
        self._put(draft.conversation_id, text)
        self._composer.set_banner(self.tr("You are editing the suggested reply"))
        self._composer.focus_text()
        if before and before != text:
            self.replaced.emit(before)

    def reword(self, conversation_id: ConversationId, text: str, before: str) -> None:
        """Put other words for the same reply into the field; the old ones can come back."""
        self._put(conversation_id, text)
        self._composer.focus_text()
        if before.strip() != text:
            self.replaced.emit(before)

    def put_back(self, text: str) -> None:
        """Put a text into the field that a suggestion had replaced."""
        if self._open is not None:
            self._edited.pop(self._open, None)
            self._composer.set_banner(None)
            self._put(self._open, text)

    @Slot()
    def save(self) -> None:
        """Hand what was typed to the engine, so that it survives a restart."""
        self._pause.stop()
        for conversation_id in self._unsaved:
            self._bridge.ask(
                self, annotate.save_composer, conversation_id, self._texts[conversation_id]
            )
        self._unsaved.clear()

    def _follow_draft(self, draft: OpenDraft | None) -> None:
        """Leave editing when the draft is gone or another one took its place."""
        if self._open is None or self._open not in self._edited or self._attempt:
            return
        if draft is None or draft.id != self._edited[self._open]:
            del self._edited[self._open]
            self._composer.set_banner(None)

    def _close(self, because: str | None) -> None:
        """Close the field for a reason, or open it; while something travels it is closed."""
        self._closed_because = because
        travels = self._attempt is not None
        self._composer.set_disabled_reason(self.tr("Sending…") if travels else because)

    def _put(self, conversation_id: ConversationId, text: str) -> None:
        self._composer.set_text(text)
        self._on_edited(text, conversation_id)

    @Slot(str)
    def _on_edited(self, text: str, conversation_id: ConversationId | None = None) -> None:
        conversation = conversation_id or self._open
        if conversation is None:
            return
        self._texts[conversation] = text
        self._unsaved.add(conversation)
        self._pause.start()

    @Slot(str)
    def _on_submitted(self, text: str) -> None:
        self._submit(text, then_next=False)

    @Slot(str)
    def _on_submitted_and_next(self, text: str) -> None:
        self._submit(text, then_next=True)

    def _submit(self, text: str, *, then_next: bool) -> None:
        if self._open is None or self._attempt is not None:
            return
        file = self._attaching.file_of(self._open)
        if file is None and not text.strip():
            return
        quoting = self._quoting.quoted_in(self._open)
        attempt = Attempt(
            conversation_id=self._open,
            text=text,
            file=file,
            quoting=quoting,
            key=self._key_for(self._open, text, file, quoting),
            draft_id=self._edited.get(self._open),
            then_next=then_next,
        )
        self._attempt = attempt
        self._close(self._closed_because)
        self._ask(attempt).then(self._on_sent).failed(self._on_refused).ended(
            self._on_ended
        )

    def _ask(self, attempt: Attempt) -> Call[Any]:
        """Hand an attempt to the engine; a file with a draft's words sets the draft aside."""
        to, text, key = attempt.conversation_id, attempt.text, attempt.key
        if attempt.file is not None:
            return self._bridge.ask(
                self,
                attach.send_file,
                to,
                attempt.file,
                text,
                key=key,
                quoting=attempt.quoting,
            )
        if attempt.draft_id is not None:
            return self._bridge.ask(
                self,
                decide.approve_edited,
                attempt.draft_id,
                text,
                quoting=attempt.quoting,
            )
        return self._bridge.ask(
            self, reply.send, to, text, key=key, quoting=attempt.quoting
        )

    def _key_for(
        self,
        conversation_id: ConversationId,
        text: str,
        file: OutgoingFile | None,
        quoting: MessageId | None,
    ) -> UUID:
        """Return the key of the failed attempt at the very same message, or a new one."""
        failed = self._failed
        wanted = (conversation_id, text, file, quoting)
        if failed and wanted == (
            failed.conversation_id,
            failed.text,
            failed.file,
            failed.quoting,
        ):
            return failed.key
        return time_ordered_key()

    def _on_sent(self, _message_id: MessageId | None) -> None:
        attempt, self._attempt = self._attempt, None
        if attempt is None:
            return
        self._failed = None
        self._edited.pop(attempt.conversation_id, None)
        self._attaching.forget(attempt.conversation_id)
        self._quoting.forget(attempt.conversation_id)
        self._texts[attempt.conversation_id] = ""
        self._unsaved.add(attempt.conversation_id)
        self.save()
        if attempt.conversation_id == self._open:
            self._composer.clear()
            self._composer.set_banner(None)
        self.sent.emit(attempt.conversation_id)
        if attempt.then_next:
            self.next_wanted.emit()

    def _on_refused(self, error: SocialSyncError) -> None:
        self._failed, self._attempt = self._attempt, None
        self.refused.emit(error)

    def _on_ended(self) -> None:
        self._attempt = None
        self._close(self._closed_because)
