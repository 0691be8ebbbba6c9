"""Keep the list in order: whose a conversation is, and whether it is done."""

from datetime import datetime

from core import queue
from core.domain.errors import NotFound
from core.domain.ids import ConversationId, MemberId
from core.kit import Kit
from core.notices import NoticeKind
from core.queue import JobName
from core.store import conversations, escalations, settlements
from core.store.conversations import Locked
from core.store.pool import Unit


async def to_me(kit: Kit, conversation: ConversationId) -> None:
    """Take a conversation; what the assistant was about to say in it is withdrawn.

    Raises:
        NotFound: no such conversation in this inbox.
    """
    async with kit.mine() as unit:
        await _changed(unit, conversation, await take(unit, conversation, kit.member.id))


async def take(unit: Unit, conversation: ConversationId, member: MemberId) -> bool:
    """Give a conversation to the member who says "mine"; False if it is not here.

    A run of the assistant in flight becomes stale, and what it has queued is cancelled. A
    suggestion that waits stays: it is there for whoever answers.
    """
    if await conversations.lock(unit, conversation) is None:
        return False
    taken = await conversations.assign(unit, conversation, member)
    await settlements.silence_assistant(unit, conversation)
    return taken


async def to(kit: Kit, conversation: ConversationId, member: MemberId | None) -> None:
    """Give a conversation to a member, or to nobody.

    Raises:
        NotFound: no such conversation or member in this inbox.
    """
    async with kit.mine() as unit:
        await _changed(
            unit, conversation, await conversations.assign(unit, conversation, member)
        )


async def archive(kit: Kit, conversation: ConversationId) -> None:
    """Close a conversation and its escalation; the customer's next message opens it again.

    Raises:
        NotFound: no such conversation in this inbox.
    """
    async with kit.mine() as unit:
        await _lock(unit, conversation)
        case = await escalations.open_id(unit, conversation)
        if case is not None:
            await escalations.resolve(unit, case, "")
            await unit.publish(NoticeKind.ESCALATION_CHANGED, case)
        if await conversations.set_status(unit, conversation, "archived"):
            await unit.publish(NoticeKind.CONVERSATION_CHANGED, conversation)


async def reopen(kit: Kit, conversation: ConversationId) -> None:
    """Put a closed conversation back into the list; one that is not closed stays as it is.

    Raises:
        NotFound: no such conversation in this inbox.
    """
    async with kit.mine() as unit:
        held = await _lock(unit, conversation)
        if held.status == "archived":
            await conversations.set_status(unit, conversation, "active")
            await unit.publish(NoticeKind.CONVERSATION_CHANGED, conversation)


async def _lock(unit: Unit, conversation: ConversationId) -> Locked:
    held = await conversations.lock(unit, conversation)
    if held is None:
        raise NotFound("That conversation is not in this inbox.")
    return held


async def mark_read(kit: Kit, conversation: ConversationId) -> None:
    """Say that everything in a conversation has been read, to the customer as well."""
    async with kit.mine() as unit:
        if await conversations.mark_read(unit, conversation):
            await queue.put_once(unit, JobName.MARK_READ, conversation)
            await unit.publish(NoticeKind.CONVERSATION_CHANGED, conversation)


async def mark_unread(kit: Kit, conversation: ConversationId) -> None:
    """Make a conversation stand out again."""
    async with kit.mine() as unit:
        if await conversations.mark_unread(unit, conversation):
            await unit.publish(NoticeKind.CONVERSATION_CHANGED, conversation)


async def snooze(kit: Kit, conversation: ConversationId, until: datetime | None) -> None:
    """Hide a conversation until a moment (or bring it back); a new message ends it early."""
    async with kit.mine() as unit:
        await _changed(
            unit, conversation, await conversations.snooze(unit, conversation, until)
        )


async def _changed(unit: Unit, conversation: ConversationId, found: object) -> None:
    if not found:
        raise NotFound("That conversation is not in this inbox.")
    await unit.publish(NoticeKind.CONVERSATION_CHANGED, conversation)
