"""A platform whose comments are a list in memory, and whose answers a test chooses."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from core.domain.incoming import IncomingComment, Sender
from core.domain.outbox import AnswerClass, SendAnswer
from core.platforms.base import Ability, ChannelSession, Manifest, Platform
from core.platforms.commenting import (
    CommentPage,
    CommentTarget,
    Obstacle,
    PublishedPost,
)

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
POST = "post.9"
ACCOUNT = "1784140"


def said(key: str, text: str = "Lovely", **more: Any) -> IncomingComment:
    """Return somebody's comment; the later the key in the alphabet, the later it was made."""
    comment = IncomingComment(
        account_id=ACCOUNT,
        key=key,
        at=NOON + timedelta(minutes=sum(map(ord, key)) % 50),
        post_id=POST,
        sender=Sender(platform_customer_id="fan.1", username="fan"),
        text=text,
    )
    return replace(comment, **more)


Answering = Callable[[CommentTarget, str], SendAnswer]


def accepting(_target: CommentTarget, text: str) -> SendAnswer:
    """Accept, with an id made of the words."""
    return SendAnswer(result=AnswerClass.ACCEPTED, platform_message_id=f"ours:{text}")


@dataclass(slots=True, kw_only=True)
class ScriptedComments:
    """What stands under one post, newest first, `page_size` to a page."""

    standing: list[IncomingComment] = field(default_factory=list)
    listed: list[PublishedPost] = field(default_factory=list)
    page_size: int = 2
    answer: Answering = accepting
    found: str | None = None
    calls: list[tuple[str, str]] = field(default_factory=list)
    pages: int = 0
    wall: Obstacle | None = None
    manifest: dict[str, Any] = field(default_factory=dict)

    async def posts(self, _session: ChannelSession, limit: int, /) -> list[PublishedPost]:
        """Return the newest posts."""
        return self.listed[:limit]

    async def page(
        self, _session: ChannelSession, _post: str, cursor: str | None, /
    ) -> CommentPage:
        """Return one page, and count it."""
        self.pages += 1
        start = int(cursor or 0)
        end = start + self.page_size
        more = end < len(self.standing)
        return CommentPage(
            facts=tuple(self.standing[start:end]), cursor=str(end) if more else None
        )

    def obstacle(self, _target: CommentTarget, _account: str, /) -> Obstacle | None:
        """Return what the test put in the way."""
        return self.wall

    async def reply(
        self, _session: ChannelSession, target: CommentTarget, text: str, /
    ) -> SendAnswer:
        """Answer as the test wants."""
        return self._do("reply", target, text)

    async def reply_privately(
        self, _session: ChannelSession, target: CommentTarget, text: str, /
    ) -> SendAnswer:
        """Answer as the test wants."""
        return self._do("private", target, text)

    async def find_reply(
        self,
        _session: ChannelSession,
        _target: CommentTarget,
        _text: str,
        _since: datetime,
        /,
    ) -> str | None:
        """Return what the test says is there."""
        return self.found

    async def hide(
        self, _session: ChannelSession, target: CommentTarget, /, *, hidden: bool
    ) -> SendAnswer:
        """Hide or show as the test wants."""
        return self._do("hide" if hidden else "show", target, "")

    async def delete(
        self, _session: ChannelSession, target: CommentTarget, /
    ) -> SendAnswer:
        """Remove as the test wants."""
        return self._do("delete", target, "")

    def _do(self, kind: str, target: CommentTarget, text: str) -> SendAnswer:
        self.calls.append((kind, target.comment_id))
        return self.answer(target, text)


class _Commented:
    """A platform with other comments than its own."""

    def __init__(self, inner: Platform, comments: ScriptedComments) -> None:
        self._inner = inner
        self.comments = comments

    @property
    def manifest(self) -> Manifest:
        manifest = self._inner.manifest
        return replace(
            manifest,
            can=manifest.can | {Ability.COMMENT, Ability.HIDE, Ability.PRIVATE_REPLY},
            private_reply_window=timedelta(days=7),
            comment_limit=300,
            **self.comments.manifest,
        )

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


def commented(inner: Platform, comments: ScriptedComments) -> Platform:
    """Return `inner` with scripted comments."""
    return cast("Platform", _Commented(inner, comments))


def listing(*posts: str, at: datetime = NOON) -> Sequence[PublishedPost]:
    """Return posts as a platform lists them."""
    return [
        PublishedPost(platform_post_id=post, text=f"About {post}", published_at=at)
        for post in posts
    ]
