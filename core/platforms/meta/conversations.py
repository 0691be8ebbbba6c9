"""Ask the Conversations API, which Messenger and Instagram share, what was said."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Final

from core.net.client import Answer
from core.platforms.base import ChannelSession
from core.platforms.meta.asking import Question, rows
from core.platforms.meta.errors import content_of
from core.platforms.untyped import identifier, items, moment, section

_RECENT: Final = timedelta(minutes=15)
Raw = Mapping[str, Any]


async def our_messages(
    question: Question,
    platform: str,
    customer_id: str,
    *,
    fields: str,
    since: datetime | None,
) -> list[tuple[str, Raw]]:
    """Return the account's messages to a customer since a moment with their ids, oldest first.

    Without `since`, the last quarter of an hour by the platform's own clock counts.
    `platform` is `messenger` or `instagram`, `fields` what is told of each message beside
    its id, time and author. Raises as questions do.
    """
    session = question.session
    conversation_id = await _conversation(question, platform, customer_id)
    if conversation_id is None:
        return []
    answer = await session.http.get_json(
        session.url(conversation_id),
        {"fields": f"messages{{id,created_time,from,{fields}}}"},
        token=session.token,
        lane=question.lane,
    )
    earliest = since if since is not None else lately(answer)
    listed = section(content_of(answer, question.errors).get("messages")).get("data")
    ours = [
        (at, mid, message)
        for message in map(section, items(listed))
        if is_ours(session, message)
        and (mid := identifier(message.get("id"))) is not None
        and (at := moment(message.get("created_time"))) >= earliest
    ]
    ours.sort(key=lambda found: found[:2])
    return [(mid, message) for _, mid, message in ours]


async def _conversation(question: Question, platform: str, customer_id: str) -> str | None:
    found = await question.ask(
        f"{question.session.account_id}/conversations",
        platform=platform,
        user_id=customer_id,
        fields="id",
    )
    listed = rows(found)
    return identifier(listed[0].get("id")) if listed else None


def is_ours(session: ChannelSession, message: Raw) -> bool:
    """Return whether the account wrote a message of the Conversations API."""
    return identifier(section(message.get("from")).get("id")) == session.account_id


def lately(answer: Answer) -> datetime:
    """Return when "just now" began by the platform's clock; without one, never."""
    try:
        return parsedate_to_datetime(answer.headers.get("date", "")) - _RECENT
    except ValueError:
        return datetime.max.replace(tzinfo=UTC)
