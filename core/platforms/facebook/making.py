"""One step of making a post: what is asked, what is posted, what that means.

Preparing may be repeated: what it leaves behind is seen by nobody. Publishing may not, so
its answers are told apart more carefully (CONTRACTS 4).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any, Final

from core.domain.errors import PlatformDown, RateLimited
from core.domain.outbox import AnswerClass, SendAnswer
from core.net.client import Call
from core.platforms.base import ChannelSession
from core.platforms.facebook.limits import PUBLISH_ERRORS, pages_lane
from core.platforms.meta.asking import Question, Raw, rows
from core.platforms.meta.calls import send_in_lane
from core.platforms.meta.conversations import lately
from core.platforms.meta.errors import content_of
from core.platforms.publishing import PostContent, PublishPhase, PublishProgress
from core.platforms.untyped import identifier, section

LOOK_AGAIN: Final = timedelta(seconds=20)
"""How long a lost answer rests before we look whether its post is there."""
POLL: Final = timedelta(seconds=10)
_CLOCKS_APART: Final = timedelta(minutes=2)
_LISTED: Final = "25"
_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """A post at one point of its way."""

    session: ChannelSession
    content: PostContent
    progress: PublishProgress

    def handle(self, name: str) -> str | None:
        """Return an id that an earlier step was given."""
        return self.progress.handles.get(name)

    def preparing(
        self, handles: Mapping[str, str], wait: timedelta = timedelta()
    ) -> PublishProgress:
        """Return progress with further handles."""
        return replace(
            self.progress,
            phase=PublishPhase.PREPARING,
            handles={**self.progress.handles, **handles},
            wait=wait,
        )

    def ready(self) -> PublishProgress:
        """Return that only the step is left that cannot be taken back."""
        return replace(self.progress, phase=PublishPhase.READY, wait=timedelta())

    def waiting(
        self, wait: timedelta, handles: Mapping[str, str] = _NOTHING
    ) -> PublishProgress:
        """Return that the last step was taken, and its effect has to be looked for."""
        return replace(
            self.progress,
            phase=PublishPhase.PUBLISHING,
            handles={**self.progress.handles, **handles},
            wait=wait,
        )

    def published(self, post_id: str) -> PublishProgress:
        """Return that the post is out."""
        return replace(
            self.progress,
            phase=PublishPhase.PUBLISHED,
            platform_post_id=post_id,
            wait=timedelta(),
            answer=None,
        )

    def failed(self, answer: SendAnswer) -> PublishProgress:
        """Return that it will not be published as it is."""
        return replace(self.progress, phase=PublishPhase.FAILED, answer=answer)

    async def ask(self, path: str, fields: str) -> Raw:
        """Return what Facebook tells about a node."""
        lane = pages_lane(self.session.account_id)
        question = Question(session=self.session, lane=lane, errors=PUBLISH_ERRORS)
        return await question.ask(path, fields=fields)

    async def listed(self, edge: str, fields: str) -> "Listed":
        """Return the newest things on an edge of the Page."""
        answer = await self.session.http.get_json(
            self.session.url(self.session.account_id, edge),
            {"fields": fields, "limit": _LISTED},
            token=self.session.token,
            lane=pages_lane(self.session.account_id),
        )
        begun = self.progress.begun_at
        return Listed(
            rows=tuple(rows(content_of(answer, PUBLISH_ERRORS))),
            since=lately(answer) if begun is None else begun - _CLOCKS_APART,
        )

    async def post(
        self, edge: str, body: Mapping[str, Any], find: Callable[[Any], str | None]
    ) -> SendAnswer:
        """Post to an edge of the Page; the answer carries the id that `find` reads."""
        url = self.session.url(self.session.account_id, edge)
        call = Call(method="POST", url=url, token=self.session.token, json=body)
        return await self.send(call, find)

    async def send(self, call: Call, find: Callable[[Any], str | None]) -> SendAnswer:
        """Make a call that changes something."""
        lane = pages_lane(self.session.account_id)
        made = self.session.http.call(call, lane)
        return await send_in_lane(self.session, made, lane, PUBLISH_ERRORS, find)

    def concluded(self, answer: SendAnswer) -> PublishProgress:
        """Return what the answer to the publishing step means.

        Raises Unavailable where nothing was published and it may be tried again.
        """
        if answer.result is AnswerClass.ACCEPTED and answer.platform_message_id:
            return self.published(answer.platform_message_id)
        if answer.result is AnswerClass.UNKNOWN:
            return self.waiting(LOOK_AGAIN)
        raise_if_away(answer)
        return self.failed(answer)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """The newest rows of an edge, and since when one of them can be ours."""

    rows: tuple[Raw, ...]
    since: datetime


def node_id(found: Any) -> str | None:
    """Return the id of what was just made."""
    return identifier(section(found).get("id"))


def raise_if_away(answer: SendAnswer) -> None:
    """Raise Unavailable for an answer after which the same may be tried again."""
    if answer.result in (AnswerClass.SLOW_DOWN, AnswerClass.WAIT_PAIR):
        raise RateLimited(
            answer.title or "Too many posts at once.", retry_after=answer.retry_after
        )
    if answer.result is AnswerClass.NOT_SENT:
        raise PlatformDown(answer.title or "Facebook could not be reached.")


def raise_if_unprepared(answer: SendAnswer) -> None:
    """Raise Unavailable as above, and where nobody knows: preparing may be repeated."""
    raise_if_away(answer)
    if answer.result is AnswerClass.UNKNOWN:
        raise PlatformDown(answer.title or "Facebook did not say what came of it.")
