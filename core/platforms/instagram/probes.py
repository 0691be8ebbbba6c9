"""Find out which scopes a token lacks, by reading what each of them opens."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from core.net.client import Answer
from core.platforms.base import ChannelSession
from core.platforms.instagram.limits import ERRORS, side_lane
from core.platforms.meta.errors import content_of, read_error

_PERMISSIONS: Final = frozenset({3, 10, *range(200, 300)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """A cheap question that only the bearer of a scope is answered."""

    edge: str
    params: tuple[tuple[str, str], ...] = (("limit", "1"), ("fields", "id"))


_MESSAGES: Final = Probe(
    edge="conversations",
    params=(("platform", "instagram"), ("limit", "1"), ("fields", "id")),
)
_POSTS: Final = Probe(edge="media")
_PUBLISH: Final = Probe(
    edge="content_publishing_limit", params=(("fields", "quota_usage"),)
)
PROBES: Final = {
    "instagram_business_basic": _POSTS,
    "instagram_business_manage_messages": _MESSAGES,
    "instagram_business_content_publish": _PUBLISH,
    "instagram_basic": _POSTS,
    "instagram_manage_messages": _MESSAGES,
    "instagram_content_publish": _PUBLISH,
}
"""Scopes without a row (comments, Pages) show only when they are used."""


async def missing(session: ChannelSession, scopes: Sequence[str]) -> tuple[str, ...]:
    """Return which of `scopes` the platform says the token lacks.

    Raises as `Platform.fetch_media` does: a dead token lacks nothing and everything.
    """
    lacking = []
    for scope in scopes:
        probe = PROBES.get(scope)
        if probe is not None and _is_refused(await _ask(session, probe)):
            lacking.append(scope)
    return tuple(lacking)


async def _ask(session: ChannelSession, probe: Probe) -> Answer:
    return await session.http.get_json(
        session.url(session.account_id, probe.edge),
        dict(probe.params),
        token=session.token,
        lane=side_lane(session.account_id, "account"),
    )


def _is_refused(answer: Answer) -> bool:
    error = read_error(answer.json)
    if error is not None and error.code in _PERMISSIONS:
        return True
    content_of(answer, ERRORS)
    return False
