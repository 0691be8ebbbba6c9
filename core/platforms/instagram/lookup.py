"""Ask Instagram: what was sent, who a customer is."""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Final

from core.domain.outbox import OutboxItem
from core.net.client import Answer
from core.platforms.base import ChannelSession, Profile
from core.platforms.instagram.limits import ERRORS, conversations_lane, side_lane
from core.platforms.instagram.send import sent_text
from core.platforms.meta.errors import content_of, read_error
from core.platforms.untyped import (
    identifier,
    items,
    moment,
    optional_words,
    section,
    words,
)

_RECENT: Final = timedelta(minutes=15)
_MESSAGES: Final = "messages{id,created_time,from,message,attachments}"


async def find_sent(
    session: ChannelSession,
    item: OutboxItem,
    *,
    since: datetime | None,
    taken: Collection[str],
) -> str | None:
    """Return the id of our message with the item's words, sent since it was begun.

    Of several, the oldest: an earlier item comes before a later one with the same words,
    and ids that are known to belong elsewhere are passed over. Without `since`, the last
    quarter of an hour by Instagram's own clock counts. A file is known by nothing but its
    time, so it is found only where it is the one file that nobody else has sent.
    """
    if item.media is None and not item.text:
        return None
    conversation_id = await _conversation(session, item.recipient)
    if conversation_id is None:
        return None
    answer = await _ask(session, conversation_id, {"fields": _MESSAGES})
    earliest = since if since is not None else _lately(answer)
    messages = section(content_of(answer, ERRORS).get("messages")).get("data")
    ours = sorted(
        (at, mid)
        for message in map(section, items(messages))
        if _is_ours(session, message)
        and _is_like(message, item)
        and (mid := identifier(message.get("id"))) is not None
        and mid not in taken
        and (at := moment(message.get("created_time"))) >= earliest
    )
    if not ours or (item.media is not None and len(ours) > 1):
        return None
    return ours[0][1]


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


async def _conversation(session: ChannelSession, customer_id: str) -> str | None:
    params = {"platform": "instagram", "user_id": customer_id, "fields": "id"}
    answer = await _ask(session, f"{session.account_id}/conversations", params)
    found = items(content_of(answer, ERRORS).get("data"))
    return identifier(section(found[0]).get("id")) if found else None


async def _ask(session: ChannelSession, path: str, params: Mapping[str, str]) -> Answer:
    return await session.http.get_json(
        session.url(path),
        params,
        token=session.token,
        lane=conversations_lane(session.account_id),
    )


def _is_like(message: Mapping[str, Any], item: OutboxItem) -> bool:
    """Return whether a listed message may be the item, by its words or by having a file."""
    said = words(message.get("message")).strip()
    if item.media is not None:
        return not said and bool(items(section(message.get("attachments")).get("data")))
    return said == sent_text(item).strip()


def _is_ours(session: ChannelSession, message: Mapping[str, Any]) -> bool:
    return identifier(section(message.get("from")).get("id")) == session.account_id


def _lately(answer: Answer) -> datetime:
    """Return when "just now" began by the platform's clock; without one, never."""
    try:
        return parsedate_to_datetime(answer.headers.get("date", "")) - _RECENT
    except ValueError:
        return datetime.max.replace(tzinfo=UTC)
