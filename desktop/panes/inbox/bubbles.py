"""Messages as the thread shows them."""

from PySide6.QtCore import QCoreApplication

from core.domain.attachment import MediaKind
from core.domain.message import Direction, Message, MessageType, Origin, Quoted
from desktop.panes.inbox.telling import author, told
from desktop.widgets.bubble import Attachment, AttachmentKind, Bubble, Quote, Side
from desktop.widgets.kinds import preview_words
from desktop.widgets.writing import isolate, one_line

QUOTED_CHARS = 160
"""More than fits into one line of the widest bubble."""

_ATTACHMENT_KINDS = {
    MediaKind.IMAGE: AttachmentKind.PHOTO,
    MediaKind.STICKER: AttachmentKind.PHOTO,
}


def bubble_of(message: Message, customer_name: str) -> Bubble:
    """Return the bubble of a message."""
    inbound = message.direction is Direction.INBOUND
    return Bubble(
        id=message.id,
        side=Side.INBOUND if inbound else Side.OUTBOUND,
        text=_text_of(message),
        at=message.at,
        sender=_sender_of(message, customer_name),
        delivery=message.delivery,
        reason=message.failure or "",
        attachments=tuple(
            Attachment(
                key=str(attachment.id),
                kind=_ATTACHMENT_KINDS.get(attachment.kind, AttachmentKind.FILE),
                name=attachment.file_name or "",
            )
            for attachment in message.attachments
        ),
        by_assistant=message.origin is Origin.ASSISTANT,
        edited=message.edited_at is not None,
        reactions=_reactions_of(message),
        quote=_quote_of(message, customer_name),
    )


def quote_from(message: Message, customer_name: str) -> Quote:
    """Return a message as another one would show it above itself."""
    quoted = Quoted(
        id=message.id,
        origin=message.origin,
        type=message.type,
        text=message.text,
        sender_name=message.sender_name,
        is_deleted=message.deleted_at is not None,
    )
    return _quote(quoted, customer_name)


def _quote_of(message: Message, customer_name: str) -> Quote | None:
    if message.quoted is None or message.deleted_at is not None:
        return None
    return _quote(message.quoted, customer_name)


def _quote(quoted: Quoted, customer_name: str) -> Quote:
    translate = QCoreApplication.translate
    if quoted.origin is None:
        who = translate("Thread", "An earlier message")
        return Quote(of=None, who=who, words=translate("Thread", "It is not here."))
    who = _name_of(quoted.origin, quoted.sender_name, customer_name)
    if quoted.is_deleted:
        words = _deleted()
    else:
        words = one_line(quoted.text, QUOTED_CHARS) or preview_words(f"[{quoted.type}]")
    return Quote(of=quoted.id, who=isolate(who), words=isolate(words))


def _reactions_of(message: Message) -> tuple[str, ...]:
    """Return the customer's reactions, and the team's by name."""
    if message.own_reaction is None or message.deleted_at is not None:
        return message.reactions
    ours = QCoreApplication.translate("Thread", "you: %1")
    return (*message.reactions, ours.replace("%1", message.own_reaction))


def _text_of(message: Message) -> str:
    if message.deleted_at is not None:
        return _deleted()
    return told(message) or _kind_in_words(message)


def _deleted() -> str:
    return QCoreApplication.translate("Thread", "This message was deleted by its author.")


def _kind_in_words(message: Message) -> str:
    """Return what stands for a message that brought neither words nor a file."""
    if message.attachments:
        return ""
    translate = QCoreApplication.translate
    words = {
        MessageType.LOCATION: translate("Thread", "Shared a place"),
        MessageType.CONTACTS: translate("Thread", "Shared a contact"),
        MessageType.ORDER: translate("Thread", "Sent an order"),
        MessageType.SHARE: translate("Thread", "Shared a post"),
        MessageType.STORY_MENTION: translate("Thread", "Mentioned you in a story"),
        MessageType.STORY_REPLY: translate("Thread", "Replied to your story"),
        MessageType.STICKER: translate("Thread", "Sent a sticker"),
    }
    unknown = translate(
        "Thread", "A kind of message that only the platform itself can show"
    )
    return words.get(message.type, unknown)


def _sender_of(message: Message, customer_name: str) -> str:
    customer = author(message) or customer_name
    return _name_of(message.origin, message.sender_name, customer)


def _name_of(origin: Origin, member: str | None, customer: str) -> str:
    translate = QCoreApplication.translate
    names = {
        Origin.CUSTOMER: customer,
        Origin.MEMBER: member or translate("Thread", "A colleague"),
        Origin.ASSISTANT: translate("Thread", "Assistant"),
        Origin.ELSEWHERE: translate("Thread", "Sent outside SocialSync"),
    }
    return names[origin]
