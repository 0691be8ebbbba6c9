"""Ask Messenger: what was sent, who a customer is."""

from collections.abc import Collection
from datetime import datetime

from core.domain.outbox import OutboxItem
from core.platforms.base import ChannelSession, Profile
from core.platforms.facebook.limits import ERRORS, conversations_lane, side_lane
from core.platforms.meta.asking import Question
from core.platforms.meta.conversations import our_messages
from core.platforms.meta.errors import read_error
from core.platforms.meta.messages import sent_text
from core.platforms.untyped import optional_words, section, words

PLATFORM = "messenger"
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
    and ids that are known to belong elsewhere are passed over. Only words can be
    recognised: files get new names over there.
    """
    if item.media is not None or not item.text:
        return None
    sent = await our_messages(
        about_conversations(session),
        PLATFORM,
        item.recipient,
        fields="message",
        since=since,
    )
    said = sent_text(item).strip()
    for mid, message in sent:
        if mid not in taken and words(message.get("message")).strip() == said:
            return mid
    return None


async def customer_profile(session: ChannelSession, customer_id: str) -> Profile | None:
    """Return what a customer shows; None for who only commented, as nothing is shown then."""
    answer = await session.http.get_json(
        session.url(customer_id),
        {"fields": "name,first_name,last_name,profile_pic"},
        token=session.token,
        lane=side_lane(session.account_id, "profiles"),
    )
    if read_error(answer.json) is not None or not answer.good:
        return None
    found = section(answer.json)
    parts = (optional_words(found.get(part)) for part in ("first_name", "last_name"))
    return Profile(
        name=optional_words(found.get("name")) or " ".join(filter(None, parts)) or None,
        picture_url=optional_words(found.get("profile_pic")),
    )
