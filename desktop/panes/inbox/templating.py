"""Templates in the reply field's place: offered when the window is closed, else on demand.

The list is read whenever the conversation is, so that a template that was just approved is
there; what is being filled in stays. A channel of which nothing is known is asked for once.
"""

from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot

from core.actions import compose, sync_templates
from core.actions.compose import Chosen
from core.domain.errors import SocialSyncError
from core.domain.ids import ChannelId, ConversationId, MessageId
from core.domain.rich import RichKind, Template, TemplateValues
from core.queries import templates
from core.queries.conversation import ConversationDetail
from core.queries.templates import Templates
from desktop.bridge.call import Bridge
from desktop.panes.inbox.keys import time_ordered_key
from desktop.panes.inbox.template_form import TemplateForm
from desktop.widgets.composer import Composer

_Wish = tuple[ConversationId, Template, TemplateValues]


class Templating(QObject):
    """Stands between the form and the engine, for one conversation at a time."""

    sent = Signal(object)
    """The conversation whose template has been accepted for delivery."""
    refused = Signal(object)

    def __init__(
        self, form: TemplateForm, composer: Composer, bridge: Bridge, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._form = form
        self._composer = composer
        self._bridge = bridge
        self._detail: ConversationDetail | None = None
        self._wanted: ConversationId | None = None
        self._asked: set[ChannelId] = set()
        self._failed: tuple[_Wish, UUID] | None = None
        form.submitted.connect(self._on_submitted)
        form.refresh_wanted.connect(self._on_refresh_wanted)
        form.closed.connect(self._on_closed)
        form.hide()

    @property
    def is_possible(self) -> bool:
        """Return whether the open conversation's platform knows templates."""
        return self._detail is not None and RichKind.TEMPLATE in self._detail.rich

    def open(self, _conversation_id: ConversationId) -> None:
        """Change to another conversation."""
        self._detail = None
        self._wanted = None
        self._form.show_templates(())
        self._show()

    def show_detail(self, detail: ConversationDetail) -> None:
        """Follow the state of the open conversation."""
        self._detail = detail
        self._show()

    @Slot()
    def want(self) -> None:
        """Show the form although words may be sent as well."""
        if self._detail is not None and self.is_possible:
            self._wanted = self._detail.id
            self._show()
            self._form.focus_first()

    def _show(self) -> None:
        """Show the form where it is needed or wanted, the reply field elsewhere."""
        detail = self._detail
        needed = detail is not None and self.is_possible and self._is_shut(detail)
        shown = needed or (detail is not None and detail.id == self._wanted)
        self._form.setVisible(shown)
        self._composer.setVisible(not shown)
        if not shown or detail is None:
            return
        why = self.tr(
            "The reply window is closed. A template is what can be sent until the"
            " customer writes again."
        )
        wish = self.tr("Send a template instead of words of your own.")
        self._form.show_reason(why if needed else wish, can_close=not needed)
        self._bridge.ask(self, templates.of_conversation, detail.id).then(
            self._on_read, detail.id
        ).failed(self._on_refused)

    def _is_shut(self, detail: ConversationDetail) -> bool:
        return not detail.can_reply and detail.cannot_reply_reason == "window_closed"

    def _on_read(self, found: Templates, conversation_id: ConversationId) -> None:
        if self._detail is None or self._detail.id != conversation_id:
            return
        self._form.show_templates(found.ready)
        if found.read_at is None and found.channel not in self._asked:
            self._asked.add(found.channel)
            self._bridge.ask(self, sync_templates.ask, found.channel).failed(
                self._on_refused
            )

    @Slot()
    def _on_refresh_wanted(self) -> None:
        if self._detail is not None:
            self._bridge.ask(self, sync_templates.ask, self._detail.channel.id).failed(
                self._on_refused
            )

    @Slot()
    def _on_closed(self) -> None:
        self._wanted = None
        self._show()

    @Slot(object, object)
    def _on_submitted(self, template: Template, values: TemplateValues) -> None:
        if self._detail is None:
            return
        wish = (self._detail.id, template, values)
        key = self._key_for(wish)
        self._failed = (wish, key)
        chosen = Chosen(name=template.name, language=template.language, values=values)
        self._form.show_sending(is_sending=True)
        self._bridge.ask(self, compose.template, self._detail.id, chosen, key=key).then(
            self._on_sent, self._detail.id
        ).failed(self._on_refused).ended(self._on_ended)

    def _key_for(self, wish: _Wish) -> UUID:
        """Return the key of the failed attempt at the very same template, or a new one."""
        if self._failed is not None and self._failed[0] == wish:
            return self._failed[1]
        return time_ordered_key()

    def _on_sent(self, _message: MessageId, conversation_id: ConversationId) -> None:
        self._failed = None
        self._form.forget_values()
        if self._wanted == conversation_id:
            self._on_closed()
        self.sent.emit(conversation_id)

    def _on_refused(self, error: SocialSyncError) -> None:
        self.refused.emit(error)

    def _on_ended(self) -> None:
        self._form.show_sending(is_sending=False)
