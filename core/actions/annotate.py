"""Write beside a conversation: notes for colleagues, and words not sent yet."""

from uuid import UUID, uuid4

from core.actions import assign
from core.domain.errors import Refused
from core.domain.ids import ConversationId
from core.domain.note import claims
from core.kit import Kit
from core.notices import NoticeKind
from core.store import threads


async def note(kit: Kit, conversation: ConversationId, text: str) -> UUID:
    """Add a private note; one that only says "mine" takes the conversation.

    Raises:
        Refused: it is empty.
        NotFound: there is no such conversation in this inbox.
    """
    if not text.strip():
        raise Refused("The note is empty.", "Write something first.")
    written = uuid4()
    async with kit.mine() as unit:
        await threads.add_note(unit, conversation, written, kit.member.id, text.strip())
        if claims(text):
            await assign.take(unit, conversation, kit.member.id)
        await unit.publish(NoticeKind.CONVERSATION_CHANGED, conversation)
    return written


async def save_composer(kit: Kit, conversation: ConversationId, text: str) -> None:
    """Keep what this member is typing, so that it follows them and survives a crash."""
    async with kit.mine() as unit:
        await threads.save_composer(unit, conversation, kit.member.id, text)
