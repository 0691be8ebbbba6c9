"""What the inbox shows of a conversation in one row."""

from contextlib import suppress

from PySide6.QtCore import QCoreApplication

from core.domain.message import Direction
from core.queries.inbox import InboxRow
from desktop.style.tokens import Tone
from desktop.widgets.conversation_cell import AiMark, ConversationCell
from desktop.widgets.kinds import preview_icon, preview_words


def cell_of(row: InboxRow) -> ConversationCell:
    """Return the cell of an inbox row."""
    return ConversationCell(
        name=row.customer_name,
        platform=row.platform,
        preview=preview_of(row),
        preview_icon=preview_icon(row.preview),
        at=row.last_message_at,
        unread=row.unread_count,
        label=_label_of(row),
        label_tone=Tone.NEUTRAL,
        ai=ai_of(row.assistant_state),
        reply_until=row.window_ends_at,
        failed=row.has_failed,
    )


def preview_of(row: InboxRow) -> str:
    """Return the last words; when they were ours, with who of us wrote them."""
    if row.last_direction is not Direction.OUTBOUND:
        return preview_words(row.preview)
    if ai_of(row.assistant_state) is AiMark.ANSWERED:
        words = QCoreApplication.translate("Inbox", "Assistant: %1")
    else:
        words = QCoreApplication.translate("Inbox", "You: %1")
    return words.replace("%1", preview_words(row.preview))


def ai_of(state: str | None) -> AiMark | None:
    """Return the assistant's mark; a state this version does not know shows none."""
    with suppress(ValueError):
        return AiMark(state)
    return None


def _label_of(row: InboxRow) -> str | None:
    if row.labels:
        return row.labels[0]
    return row.assignee_name
