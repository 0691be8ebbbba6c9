"""The calls that posts are made of: containers, their state, the list of posts, the quota."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from core.domain.errors import NotFound
from core.domain.outbox import SendAnswer
from core.net.client import Answer
from core.net.limits import Lane
from core.platforms.base import ChannelSession
from core.platforms.instagram.limits import side_lane
from core.platforms.instagram.publish_errors import LOOK_ERRORS, POST_ERRORS
from core.platforms.meta.calls import send_in_lane
from core.platforms.meta.errors import content_of
from core.platforms.publishing import Quota
from core.platforms.untyped import identifier, items, moment, section, words

_RECENT: Final = "25"


class ContainerState(StrEnum):
    """Instagram's `status_code`."""

    IN_PROGRESS = "IN_PROGRESS"
    FINISHED = "FINISHED"
    ERROR = "ERROR"
    EXPIRED = "EXPIRED"
    PUBLISHED = "PUBLISHED"
    UNKNOWN = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Container:
    """How far a container has come; `status` carries the error code in words."""

    state: ContainerState
    status: str


def read_container(found: Mapping[str, Any]) -> Container:
    """Return a container's state; a word nobody knows yet is UNKNOWN, and is asked again."""
    told = words(found.get("status_code"))
    known = told in set(ContainerState)
    return Container(
        state=ContainerState(told) if known else ContainerState.UNKNOWN,
        status=words(found.get("status")),
    )


def read_quota(found: Mapping[str, Any]) -> Quota | None:
    """Return the allowance of `content_publishing_limit`, None when it says nothing."""
    rows = items(found.get("data"))
    if not rows:
        return None
    row = section(rows[0])
    config = section(row.get("config"))
    return Quota(
        used=_whole(row.get("quota_usage")),
        total=_whole(config.get("quota_total")),
        period=timedelta(seconds=_whole(config.get("quota_duration")) or 86400),
    )


async def make(session: ChannelSession, described: Mapping[str, str]) -> SendAnswer:
    """Make a container; the answer's id is the container's."""
    return await _post(session, "media", described)


async def publish(session: ChannelSession, container_id: str) -> SendAnswer:
    """Publish a finished container; the answer's id is the post's."""
    return await _post(session, "media_publish", {"creation_id": container_id})


async def look(session: ChannelSession, container_id: str) -> Container | None:
    """Return how far a container is, None when Instagram knows it no longer."""
    answer = await session.http.get_json(
        session.url(container_id),
        {"fields": "status_code,status"},
        token=session.token,
        lane=_lane(session),
    )
    try:
        return read_container(content_of(answer, LOOK_ERRORS))
    except NotFound:
        return None


async def find_post(session: ChannelSession, caption: str, since: datetime) -> str | None:
    """Return the id of our newest post with this caption since a moment."""
    answer = await session.http.get_json(
        session.url(session.account_id, "media"),
        {"fields": "id,caption,timestamp", "limit": _RECENT},
        token=session.token,
        lane=_lane(session),
    )
    for raw in map(section, items(_told(answer).get("data"))):
        same = words(raw.get("caption")).strip() == caption.strip()
        if same and moment(raw.get("timestamp")) >= since.replace(microsecond=0):
            return identifier(raw.get("id"))
    return None


async def quota(session: ChannelSession) -> Quota | None:
    """Return how much of the day's allowance is used, from Instagram's own mouth."""
    answer = await session.http.get_json(
        session.url(session.account_id, "content_publishing_limit"),
        {"fields": "quota_usage,config"},
        token=session.token,
        lane=_lane(session),
    )
    return read_quota(_told(answer))


def _told(answer: Answer) -> Mapping[str, Any]:
    """Return an answer's body, empty where Instagram will not say."""
    try:
        return content_of(answer, LOOK_ERRORS)
    except NotFound:
        return {}


async def _post(session: ChannelSession, edge: str, body: Mapping[str, str]) -> SendAnswer:
    url = session.url(session.account_id, edge)
    lane = _lane(session)
    call = session.http.post_json(url, body, token=session.token, lane=lane)
    return await send_in_lane(session, call, lane, POST_ERRORS, _id)


def _id(found: Any) -> str | None:
    return identifier(section(found).get("id"))


def _lane(session: ChannelSession) -> Lane:
    return side_lane(session.account_id, "publishing")


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
