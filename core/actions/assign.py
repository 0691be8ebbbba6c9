"""Keep the list in order: whose a conversation is, and whether it is done."""

from datetime import datetime

from core.domain.errors import NotFound
from core.domain.ids import ConversationId, MemberId
from core.kit import Kit
from core.notices import NoticeKind
from core.store import conversations
from core.store.pool import Unit


async def to_me(kit: Kit, conversation: ConversationId) -> None:
    """Take a conversation."""
    await to(kit, conversation, kit.member.id)


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
    """Close a conversation; the customer's next message opens it again."""
    await _set_status(kit, conversation, "archived")


async def reopen(kit: Kit, conversation: ConversationId) -> None:
    """Put a closed conversation back into the list."""
    await _set_status(kit, conversation, "active")


async def _set_status(kit: Kit, conversation: ConversationId, status: str) -> None:
    async with kit.mine() as unit:
        if await conversations.lock(unit, conversation) is None:
            raise NotFound("That conversation is not in this inbox.")
        if await conversations.set_status(unit, conversation, status):
            await unit.publish(NoticeKind.CONVERSATION_CHANGED, conversation)


async def mark_read(kit: Kit, conversation: ConversationId) -> None:
    """Say that everything in a conversation has been read."""
    await _set_unread(kit, conversation, 0)


async def mark_unread(kit: Kit, conversation: ConversationId) -> None:
    """Make a conversation stand out again."""
    await _set_unread(kit, conversation, 1)


async def _set_unread(kit: Kit, conversation: ConversationId, count: int) -> None:
    async with kit.mine() as unit:
        if await conversations.set_unread(unit, conversation, count):
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
