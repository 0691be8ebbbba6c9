"""Ask the Conversations API, which Messenger and Instagram share, what was said."""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Final

from core.domain.outbox import OutboxItem
from core.net.client import Answer
from core.platforms.base import ChannelSession
from core.platforms.meta.asking import Question, rows
from core.platforms.meta.errors import content_of
from core.platforms.untyped import identifier, items, moment, section, words

_RECENT: Final = timedelta(minutes=15)
_MESSAGES: Final = "messages{id,created_time,from,message}"


async def find_sent(
    question: Question,
    platform: str,
    item: OutboxItem,
    *,
    since: datetime | None,
    taken: Collection[str],
) -> str | None:
    """Return the id of our message with the item's words, sent since it was begun.

    Of several, the oldest: an earlier item comes before a later one with the same words,
    and ids that are known to belong elsewhere are passed over. Without `since`, the last
    quarter of an hour by the platform's own clock counts. `platform` is `messenger` or
    `instagram`. Only words can be recognised: files get new names over there.
    """
    if item.media is not None or not item.text:
        return None
    session = question.session
    conversation_id = await _conversation(question, platform, item.recipient)
    if conversation_id is None:
        return None
    answer = await session.http.get_json(
        session.url(conversation_id),
        {"fields": _MESSAGES},
        token=session.token,
        lane=question.lane,
    )
    earliest = since if since is not None else lately(answer)
    messages = section(content_of(answer, question.errors).get("messages")).get("data")
    ours = [
        (moment(message.get("created_time")), mid)
        for message in map(section, items(messages))
        if is_ours(session, message)
        and words(message.get("message")).strip() == item.text.strip()
        and (mid := identifier(message.get("id"))) is not None
        and mid not in taken
    ]
    return next((mid for at, mid in sorted(ours) if at >= earliest), None)


async def _conversation(question: Question, platform: str, customer_id: str) -> str | None:
    found = await question.ask(
        f"{question.session.account_id}/conversations",
        platform=platform,
        user_id=customer_id,
        fields="id",
    )
    listed = rows(found)
    return identifier(listed[0].get("id")) if listed else None


def is_ours(session: ChannelSession, message: Mapping[str, Any]) -> bool:
    """Return whether the account wrote a message of the Conversations API."""
    return identifier(section(message.get("from")).get("id")) == session.account_id


def lately(answer: Answer) -> datetime:
    """Return when "just now" began by the platform's clock; without one, never."""
    try:
        return parsedate_to_datetime(answer.headers.get("date", "")) - _RECENT
    except ValueError:
        return datetime.max.replace(tzinfo=UTC)
