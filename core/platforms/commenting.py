"""What a platform whose posts can be answered adds: reading and answering in public.

A platform hands one of these out as `comments`. Reads come as the same facts that its
webhooks bring, so that a poll and a webhook end in the same rows.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.domain.channel import PlatformName
from core.domain.comment import Comment, DeedKind
from core.domain.incoming import Incoming
from core.domain.outbox import SendAnswer
from core.domain.text_unit import TextLimit
from core.platforms.base import Ability, ChannelSession, Manifest, Platform


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentPage:
    """Comments as far as one call told; `cursor` None means that there is nothing further.

    An empty page can still have a `cursor`, and a short one need not be the last.
    """

    facts: tuple[Incoming, ...]
    cursor: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedPost:
    """A post of ours, as the platform lists it."""

    platform_post_id: str
    text: str
    published_at: datetime
    media_url: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentTarget:
    """A comment to act on, with what our database knows of it.

    `kind` is a `CommentKind`; `mentions_us` says that its text names our account.
    """

    post_id: str
    comment_id: str
    parent_id: str | None
    author_id: str | None
    text: str
    kind: str
    at: datetime
    own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """Why a comment cannot be answered from here, and where it can be."""

    title: str
    next_step: str
    url: str | None = None


class Commenting(Protocol):
    """Reading and answering comments on one platform."""

    async def posts(self, session: ChannelSession, limit: int, /) -> list[PublishedPost]:
        """Return our latest posts, newest first."""
        ...

    async def page(
        self, session: ChannelSession, post_id: str, cursor: str | None, /
    ) -> CommentPage:
        """Return comments under a post with their replies, from `cursor` on.

        Raises as `Platform.fetch_media` does.
        """
        ...

    def obstacle(self, target: CommentTarget, account_id: str, /) -> Obstacle | None:
        """Return why the platform would not take an answer to this comment, None if it may.

        A forecast from what is known here; the platform has the last word.
        """
        ...

    async def reply(
        self, session: ChannelSession, target: CommentTarget, text: str, /
    ) -> SendAnswer:
        """Answer in public, once; the answer's id is that of our comment."""
        ...

    async def reply_privately(
        self, session: ChannelSession, target: CommentTarget, text: str, /
    ) -> SendAnswer:
        """Answer the author in a message; REFUSED where the platform has no such thing."""
        ...

    async def find_reply(
        self, session: ChannelSession, target: CommentTarget, text: str, since: datetime, /
    ) -> str | None:
        """Return the id of an answer of unknown outcome, None when it is not there."""
        ...

    async def hide(
        self, session: ChannelSession, target: CommentTarget, /, *, hidden: bool
    ) -> SendAnswer:
        """Hide a comment from others, or show it again; may be repeated without harm."""
        ...

    async def delete(self, session: ChannelSession, target: CommentTarget, /) -> SendAnswer:
        """Remove a comment for good; one that is gone already counts as removed."""
        ...


def target_of(comment: Comment) -> CommentTarget:
    """Return a comment as platforms are told of it."""
    return CommentTarget(
        post_id=comment.post_id,
        comment_id=comment.platform_comment_id,
        parent_id=comment.parent_id,
        author_id=comment.author_id,
        text=comment.text,
        kind=comment.kind,
        at=comment.at,
        own=comment.own,
    )


def obstacle_of(
    platforms: Mapping[PlatformName, Platform], comment: Comment
) -> Obstacle | None:
    """Return why a comment cannot be answered from here, None if it can."""
    platform = platforms.get(comment.platform)
    if platform is None or platform.comments is None:
        return Obstacle(
            title="Comments on this platform cannot be answered from here.",
            next_step="Open it on the platform.",
            url=comment.url,
        )
    return platform.comments.obstacle(target_of(comment), comment.account_id)


_NEEDS: Mapping[DeedKind, Ability] = {
    DeedKind.REPLY: Ability.COMMENT,
    DeedKind.PRIVATE_REPLY: Ability.PRIVATE_REPLY,
    DeedKind.HIDE: Ability.HIDE,
    DeedKind.SHOW: Ability.HIDE,
    DeedKind.DELETE: Ability.COMMENT,
}


def deeds_of(manifest: Manifest) -> frozenset[DeedKind]:
    """Return what a platform lets us do about comments."""
    return frozenset(kind for kind, need in _NEEDS.items() if need in manifest.can)


def limit_of(manifest: Manifest, kind: DeedKind) -> TextLimit:
    """Return how long an answer may be: a public one is a comment, a private one a message."""
    if kind is DeedKind.REPLY:
        unit = manifest.comment_unit or manifest.text_unit
        return TextLimit(most=manifest.comment_limit, unit=unit, title=manifest.title)
    return TextLimit(
        most=manifest.text_limit, unit=manifest.text_unit, title=manifest.title
    )
