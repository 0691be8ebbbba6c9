"""A person answers a customer.

The key is made when Send is pressed: pressing twice, or retrying a lost connection, is
one message. Enqueueing is one database function that checks rights, window and order
and silences the assistant, so that no caller can forget any of it.
"""

from typing import Any
from uuid import UUID, uuid5

from core.domain.errors import AlreadyDecided, NotFound, Refused, WindowClosed
from core.domain.ids import ConversationId, MessageId, OutboxId
from core.domain.message import Origin
from core.domain.outbox import OutboxState
from core.kit import Kit
from core.platforms.base import Ability, Manifest
from core.store import channels, conversations, outbox, reactions, settlements
from core.store.outbox import Enqueued, Reply
from core.store.pool import Unit


async def send(
    kit: Kit,
    conversation: ConversationId,
    text: str,
    *,
    key: UUID,
    quoting: MessageId | None = None,
) -> MessageId:
    """Answer a customer; the message leaves as soon as a companion runs.

    `quoting` is a message of the same conversation that the answer shows above itself.

    Raises:
        Refused: the text is empty or longer than the platform takes, or it takes no quotes.
        WindowClosed: the platform's reply window has ended.
        NotFound: there is no such conversation in this inbox, or no such message to quote.
    """
    async with kit.mine() as unit:
        quoted = await quotable(kit, unit, conversation, quoting)
        return await enqueue_text(kit, unit, conversation, text, key=key, quoted=quoted)


async def quotable(
    kit: Kit, unit: Unit, conversation: ConversationId, message: MessageId | None
) -> str | None:
    """Return the platform's id of a message to quote, None where none is quoted.

    Raises:
        Refused: the platform shows no quotes above messages from here.
        NotFound: there is no such message, or its platform has not taken it yet.
    """
    if message is None:
        return None
    manifest = await manifest_of(kit, unit, conversation)
    if Ability.QUOTE not in manifest.can:
        raise Refused(
            f"{manifest.title} shows no quotes above messages from here.",
            "Send the reply without a quote.",
        )
    quoted = await reactions.platform_id_of(unit, conversation, message)
    if quoted is None:
        raise NotFound("That message cannot be quoted.")
    return quoted


def quoting(platform_id: str | None) -> dict[str, Any]:
    """Return what a payload says of the message it quotes."""
    return {} if platform_id is None else {"quoted": platform_id}


async def enqueue_text(
    kit: Kit,
    unit: Unit,
    conversation: ConversationId,
    text: str,
    *,
    key: UUID,
    quoted: str | None = None,
) -> MessageId:
    """Answer a customer within a transaction that does more; raises as `send` does."""
    _check_text(await manifest_of(kit, unit, conversation), text)
    reply = Reply(
        id=OutboxId(key),
        conversation_id=conversation,
        message_id=MessageId(uuid5(key, "message")),
        text=text.strip(),
        origin=Origin.MEMBER,
        payload=quoting(quoted) or None,
    )
    return written(await outbox.enqueue(unit, reply))


async def manifest_of(kit: Kit, unit: Unit, conversation: ConversationId) -> Manifest:
    """Return what a conversation's platform takes; the conversation is locked for a reply.

    Raises:
        NotFound: there is no such conversation in this inbox.
        Refused: its channel was removed.
    """
    held = await conversations.lock(unit, conversation)
    channel = None if held is None else await channels.get(unit, held.channel_id)
    if channel is None:
        raise NotFound("That conversation is not in this inbox.")
    if channel.removed_at is not None:
        raise Refused(
            "The channel of this conversation was removed.",
            "Connect the account again to reply.",
        )
    return kit.platforms[channel.platform].manifest


def _check_text(manifest: Manifest, text: str) -> None:
    if not text.strip():
        raise Refused("The message is empty.", "Write something first.")
    length = manifest.measure(text.strip())
    if length > manifest.text_limit:
        raise Refused(
            f"The message is too long for {manifest.title}: {length} of "
            f"{manifest.text_limit} {manifest.text_unit}.",
            "Shorten it or send it in two parts.",
        )


def written(answer: Enqueued) -> MessageId:
    """Return the message the door wrote, or raise what it said instead."""
    if answer.outcome in ("enqueued", "duplicate") and answer.message_id is not None:
        return answer.message_id
    if answer.outcome == "window_closed":
        raise WindowClosed(
            "The platform's reply window has ended.",
            "Wait until the customer writes again, or send a template.",
        )
    raise NotFound("That conversation is not in this inbox.")


async def cancel(kit: Kit, message: MessageId) -> None:
    """Take back a message that has not left yet.

    Raises:
        AlreadyDecided: it is on its way or gone already.
    """
    async with kit.mine() as unit:
        _done(await settlements.cancel(unit, message))


async def release(kit: Kit, message: MessageId) -> None:
    """Send a reply of the assistant that a switch holds back; it becomes this member's.

    Raises:
        AlreadyDecided: it is no longer held.
    """
    async with kit.mine() as unit:
        _done(await settlements.release(unit, message))


async def resend(kit: Kit, message: MessageId, *, key: UUID) -> MessageId:
    """Send a failed or uncertain message again, as a new one that names the old.

    Only after a person has said so: if the first one did arrive after all, the customer
    reads it twice.

    Raises:
        AlreadyDecided: the message has been settled meanwhile.
        WindowClosed: the platform's reply window has ended.
    """
    fresh = MessageId(uuid5(key, "message"))
    async with kit.mine() as unit:
        answer = await settlements.resend(unit, message, item=OutboxId(key), fresh=fresh)
        if answer.outcome == "too_late":
            _done(answer.outcome)
        return written(answer)


async def confirm_sent(kit: Kit, message: MessageId) -> None:
    """Settle an uncertain message as sent: a person saw it on the platform.

    Raises:
        AlreadyDecided: it is no longer uncertain.
    """
    async with kit.mine() as unit:
        _done(await settlements.settle_uncertain(unit, message, OutboxState.ACCEPTED))


async def mark_not_sent(kit: Kit, message: MessageId) -> None:
    """Settle an uncertain message as not sent: a person looked, and it is not there.

    Raises:
        AlreadyDecided: it is no longer uncertain.
    """
    async with kit.mine() as unit:
        _done(await settlements.settle_uncertain(unit, message, OutboxState.FAILED))


def _done(answer: str) -> None:
    """Raise what a door answered when it did not do as asked."""
    if answer == "too_late":
        raise AlreadyDecided("That message has moved on meanwhile.")
    if answer == "not_found":
        raise NotFound("That message is not in this inbox.")
