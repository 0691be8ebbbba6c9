"""Ask Instagram: what was sent, who a customer is."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, Final

from core.domain.outbox import OutboxItem
from core.platforms.base import ChannelSession, Profile
from core.platforms.instagram.limits import ERRORS, conversations_lane, side_lane
from core.platforms.meta.asking import Question
from core.platforms.meta.conversations import our_messages
from core.platforms.meta.errors import read_error
from core.platforms.meta.messages import sent_text
from core.platforms.untyped import (
    items,
    optional_words,
    section,
    words,
)

PLATFORM: Final = "instagram"
"""What the Conversations API calls it."""


def about_conversations(session: ChannelSession) -> Question:
    """Return how the Conversations API is asked."""
    lane = conversations_lane(session.account_id)
    return Question(session=session, lane=lane, errors=ERRORS)


async def find_sent(
    session: ChannelSession,
    item: OutboxItem,
    *,
    since: datetime | None,
    taken: Collection[str],
) -> str | None:
    """Return the id of our message with the item's words, sent since it was begun.

    Of several, the oldest: an earlier item comes before a later one with the same words,
    and ids that are known to belong elsewhere are passed over. A file is known by nothing
    but its time, so it is found only where it is the one file that nobody else has sent.
    """
    if item.media is None and not item.text:
        return None
    sent = await our_messages(
        about_conversations(session),
        PLATFORM,
        item.recipient,
        fields="message,attachments",
        since=since,
    )
    ours = [mid for mid, message in sent if mid not in taken and _is_like(message, item)]
    if not ours or (item.media is not None and len(ours) > 1):
        return None
    return ours[0]


async def customer_profile(session: ChannelSession, customer_id: str) -> Profile | None:
    """Return what a customer shows; None for who only commented, as nothing is shown then."""
    answer = await session.http.get_json(
        session.url(customer_id),
        {"fields": "name,username,profile_pic"},
        token=session.token,
        lane=side_lane(session.account_id, "profiles"),
    )
    if read_error(answer.json) is not None or not answer.good:
        return None
    found = section(answer.json)
    return Profile(
        name=optional_words(found.get("name")),
        username=optional_words(found.get("username")),
        picture_url=optional_words(found.get("profile_pic")),
    )


def _is_like(message: Mapping[str, Any], item: OutboxItem) -> bool:
    """Return whether a listed message may be the item, by its words or by having a file."""
    said = words(message.get("message")).strip()
    if item.media is not None:
        return not said and bool(items(section(message.get("attachments")).get("data")))
    return said == sent_text(item).strip()
