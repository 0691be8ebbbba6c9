"""Who the customer is on other channels: what the team has said, and what may be so."""

from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from core.actions import unite
from core.domain.errors import SocialSyncError
from core.domain.ids import CustomerId, MergeId
from core.domain.person import Faces, Identity, Likeness, Resemblance
from core.queries import people
from desktop.bridge.call import Bridge
from desktop.style.channels import channel_mark
from desktop.style.tokens import Space
from desktop.widgets.avatar import Avatar
from desktop.widgets.buttons import quiet
from desktop.widgets.label import ElidedLabel, PlainLabel, WrappedLabel
from desktop.widgets.when import short_time


class FacesCard(QWidget):
    """Hidden while the customer is known here only."""

    open_conversation = Signal(object)
    """ConversationId of the same person on another channel."""
    changed = Signal()
    refused = Signal(object)

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._customer: CustomerId | None = None
        self._title = PlainLabel(self.tr("ALSO KNOWN AS"), "section")
        self._known = QVBoxLayout()
        self._asking = PlainLabel(self.tr("THE SAME PERSON?"), "section")
        self._supposed = QVBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        for part in (self._title, self._known, self._asking, self._supposed):
            if isinstance(part, QLayout):
                column.addLayout(part)
            else:
                column.addWidget(part)
        self.hide()

    def show_customer(self, customer: CustomerId) -> None:
        """Read who else a customer is."""
        if customer != self._customer:
            self.hide()
        self._customer = customer
        self._bridge.ask(self, people.faces, customer).then(self._on_faces)

    def _on_faces(self, faces: Faces) -> None:
        if faces.customer_id != self._customer:
            return
        _empty(self._known)
        _empty(self._supposed)
        for identity in faces.identities:
            self._known.addWidget(self._card(identity, self._known_buttons(identity)))
        for resemblance in faces.suggestions:
            self._supposed.addWidget(
                self._card(resemblance, self._supposed_buttons(resemblance))
            )
        self._title.setVisible(bool(faces.identities))
        self._asking.setVisible(bool(faces.suggestions))
        self.setVisible(bool(faces.identities or faces.suggestions))

    def _known_buttons(self, identity: Identity) -> list[tuple[str, Callable[[], None]]]:
        buttons: list[tuple[str, Callable[[], None]]] = []
        if identity.conversation_id is not None:
            where = identity.conversation_id
            buttons.append((self.tr("Open"), partial(self.open_conversation.emit, where)))
        if identity.merge_id is not None:
            merge: MergeId = identity.merge_id
            buttons.append(
                (self.tr("Separate"), partial(self._do, unite.undo, merge)),
            )
        return buttons

    def _supposed_buttons(self, other: Resemblance) -> list[tuple[str, Callable[[], None]]]:
        me, them = self._customer, other.customer_id
        return [
            (self.tr("The same"), partial(self._do, unite.same, me, them)),
            (self.tr("Somebody else"), partial(self._do, unite.not_same, me, them)),
        ]

    def _do(self, action: Callable[..., Coroutine[Any, Any, Any]], *args: Any) -> None:
        self.setEnabled(False)
        self._bridge.ask(self, action, *args).then(self._on_done).failed(
            self._on_refused
        ).ended(self._on_ended)

    def _on_done(self, _result: object) -> None:
        if self._customer is not None:
            self.show_customer(self._customer)
        self.changed.emit()

    def _on_refused(self, error: SocialSyncError) -> None:
        self.refused.emit(error)

    def _on_ended(self) -> None:
        self.setEnabled(True)

    def _card(
        self, identity: Identity, buttons: list[tuple[str, Callable[[], None]]]
    ) -> QFrame:
        avatar = Avatar(28)
        avatar.set_person(identity.display_name, identity.platform)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(ElidedLabel(identity.display_name, "strong"))
        line = WrappedLabel(role="small")
        line.show_text(self._line(identity))
        words.addWidget(line)
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(avatar, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        foot = QHBoxLayout()
        foot.setSpacing(Space.XS)
        foot.addStretch()
        for title, act in buttons:
            button = quiet(title)
            button.setAccessibleName(f"{title}: {identity.display_name}")
            button.clicked.connect(act)
            foot.addWidget(button)
        card = QFrame()
        card.setProperty("role", "fact")
        card.setAccessibleName(f"{identity.display_name}: {self._line(identity)}")
        column = QVBoxLayout(card)
        column.setContentsMargins(Space.M, Space.S, Space.S, Space.XS)
        column.setSpacing(0)
        column.addLayout(row)
        column.addLayout(foot)
        return card

    def _line(self, identity: Identity) -> str:
        """Return where this face is seen, how it is recognised, and how much was said."""
        parts = [channel_mark(identity.platform).name]
        if isinstance(identity, Resemblance):
            parts.append(self._why(identity.why))
        elif identity.username and identity.name:
            parts.append(f"@{identity.username}")
        if identity.comments:
            parts.append(self.tr("%n comment(s)", None, identity.comments))
        if identity.last_message_at is not None:
            parts.append(short_time(identity.last_message_at, self._bridge.now()))
        return " · ".join(parts)

    def _why(self, why: Likeness) -> str:
        return {
            Likeness.SAME_USERNAME_HERE: self.tr("same user name on this account"),
            Likeness.SAME_PHONE: self.tr("same phone number"),
            Likeness.SAME_EMAIL: self.tr("same e-mail address"),
            Likeness.SAME_USERNAME: self.tr("same user name"),
            Likeness.SAME_NAME: self.tr("same name"),
        }[why]


def _empty(layout: QLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.deleteLater()
