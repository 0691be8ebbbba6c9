"""What a platform we can publish on adds: a post made in steps that survive a crash.

Platforms make posts in several calls, and none takes an idempotency key. So each step
returns what has been reached as a value, the caller stores it before the next one, and a
step begins by asking the platform what has become of the last.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from core.domain.outbox import SendAnswer
from core.platforms.base import ChannelSession


class PostFormat(StrEnum):
    """What kind of post it is; a manifest's `formats` says which a platform takes."""

    TEXT = "text"
    LINK = "link"
    IMAGE = "image"
    VIDEO = "video"
    REEL = "reel"
    STORY = "story"
    CAROUSEL = "carousel"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True, kw_only=True)
class PostMedia:
    """A picture or video: at `url` for platforms that fetch, as `content` for those that don't."""

    kind: str
    mime_type: str
    file_name: str
    alt_text: str = ""
    url: str | None = None
    content: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PostContent:
    """A post to publish."""

    format: PostFormat
    text: str = ""
    link: str | None = None
    media: tuple[PostMedia, ...] = ()


class PublishPhase(StrEnum):
    """How far a post has come."""

    STARTED = "started"
    PREPARING = "preparing"
    """The platform works on our files; ask again after `wait`."""
    READY = "ready"
    """Everything is there; the next step is the one that cannot be taken back."""
    PUBLISHING = "publishing"
    """That step was begun: only the platform knows whether it took effect."""
    PUBLISHED = "published"
    FAILED = "failed"
    UNCERTAIN = "uncertain"


ENDED = frozenset({PublishPhase.PUBLISHED, PublishPhase.FAILED, PublishPhase.UNCERTAIN})


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishProgress:
    """What has been reached, to be stored before the next step.

    `handles` are the platform's ids of what was prepared (containers, uploads), by names of
    the platform's own. `answer` classifies a failure as a send's answer does.
    """

    phase: PublishPhase = PublishPhase.STARTED
    handles: Mapping[str, str] = field(default_factory=dict)
    wait: timedelta = timedelta()
    platform_post_id: str | None = None
    answer: SendAnswer | None = None
    begun_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """How many posts may still be published; None where the platform does not say."""

    used: int | None
    total: int | None
    period: timedelta


class Publishing(Protocol):
    """Publishing on one platform."""

    def problem(self, content: PostContent, /) -> str:
        """Return why the platform would never take the post, empty when it may."""
        ...

    async def step(
        self, session: ChannelSession, content: PostContent, progress: PublishProgress, /
    ) -> PublishProgress:
        """Take one step and return what was reached.

        READY is returned before the step that publishes, so that the caller can store
        PUBLISHING first; called with PUBLISHING, it looks before it leaps: a post that the
        platform already shows is never published again. Raises Unavailable where the step
        may be tried again as it is.
        """
        ...

    async def quota(self, session: ChannelSession, /) -> Quota | None:
        """Return what the platform says is left for today, None when it says nothing."""
        ...
