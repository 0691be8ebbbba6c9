"""Publish on a Page, in steps that survive a crash between any two calls.

Each format has two functions: one prepares, over as many steps as it takes, one publishes
and begins by looking whether that was done before.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from core.domain.errors import ChannelSignedOut, NeedsPerson, Refused
from core.domain.outbox import AnswerClass, SendAnswer
from core.platforms.base import ChannelSession
from core.platforms.facebook import films, stories, wall
from core.platforms.facebook.limits import PHOTOS_OF_A_POST, POST_LIMIT
from core.platforms.facebook.making import Making
from core.platforms.publishing import (
    ENDED,
    PostContent,
    PostFormat,
    PublishPhase,
    PublishProgress,
    Quota,
)

_IMAGE: Final = "image"
_VIDEO: Final = "video"
_Step = Callable[[Making], Awaitable[PublishProgress]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Recipe:
    """How one format is made, and how many files of which kinds it takes."""

    prepare: _Step
    publish: _Step
    kinds: frozenset[str] = frozenset()
    fewest: int = 0
    most: int = 0


_RECIPES: Final[Mapping[PostFormat, _Recipe]] = {
    PostFormat.TEXT: _Recipe(prepare=wall.prepare, publish=wall.publish),
    PostFormat.LINK: _Recipe(prepare=wall.prepare, publish=wall.publish),
    PostFormat.IMAGE: _Recipe(
        prepare=wall.prepare,
        publish=wall.publish,
        kinds=frozenset({_IMAGE}),
        fewest=1,
        most=1,
    ),
    PostFormat.CAROUSEL: _Recipe(
        prepare=wall.prepare,
        publish=wall.publish,
        kinds=frozenset({_IMAGE}),
        fewest=2,
        most=PHOTOS_OF_A_POST,
    ),
    PostFormat.VIDEO: _Recipe(
        prepare=films.prepare_video,
        publish=films.publish_video,
        kinds=frozenset({_VIDEO}),
        fewest=1,
        most=1,
    ),
    PostFormat.REEL: _Recipe(
        prepare=films.prepare_reel,
        publish=films.publish_reel,
        kinds=frozenset({_VIDEO}),
        fewest=1,
        most=1,
    ),
    PostFormat.STORY: _Recipe(
        prepare=stories.prepare,
        publish=stories.publish,
        kinds=frozenset({_IMAGE, _VIDEO}),
        fewest=1,
        most=1,
    ),
}

FORMATS: Final = frozenset(format_.value for format_ in _RECIPES)


class FacebookPublishing:
    """Posts, photos, videos, reels and stories of a Page."""

    def problem(self, content: PostContent) -> str:
        """Return why Facebook would never take the post, empty when it may."""
        if len(content.text) > POST_LIMIT:
            return f"A post on Facebook holds up to {POST_LIMIT} characters."
        if content.format is PostFormat.TEXT and not content.text.strip():
            return "There is nothing to publish."
        if content.format is PostFormat.LINK and not content.link:
            return "The post has no link."
        if content.format is PostFormat.STORY and content.text:
            return "A story on Facebook carries no text."
        return _media_problem(content, _RECIPES[content.format])

    async def step(
        self, session: ChannelSession, content: PostContent, progress: PublishProgress
    ) -> PublishProgress:
        """Take one step and return what was reached.

        READY and what has ended come back as they are. A look that Facebook refuses leaves
        a begun post UNCERTAIN: nobody can say then whether it is out.
        """
        making = Making(session=session, content=content, progress=progress)
        if progress.phase in ENDED or progress.phase is PublishPhase.READY:
            return progress
        if problem := self.problem(content):
            refusal = SendAnswer(result=AnswerClass.REFUSED, title=problem)
            return making.failed(refusal)
        recipe = _RECIPES[content.format]
        publishing = progress.phase is PublishPhase.PUBLISHING
        try:
            return await (recipe.publish if publishing else recipe.prepare)(making)
        except (NeedsPerson, Refused) as error:
            end = PublishPhase.UNCERTAIN if publishing else PublishPhase.FAILED
            return replace(progress, phase=end, answer=_answer(error))

    async def quota(self, _session: ChannelSession) -> Quota | None:
        """Return nothing: Facebook does not say how many posts are left."""
        return None


def _media_problem(content: PostContent, recipe: _Recipe) -> str:
    count = len(content.media)
    if not recipe.fewest <= count <= recipe.most:
        wanted = (
            f"{recipe.fewest}"
            if recipe.fewest == recipe.most
            else f"{recipe.fewest} to {recipe.most}"
        )
        return f"A post of this kind takes {wanted} files, not {count}."
    if any(media.kind not in recipe.kinds for media in content.media):
        return "Facebook does not take files of this kind in such a post."
    if any(not media.url for media in content.media):
        return "The file has no address Facebook could fetch it from."
    return ""


def _answer(error: NeedsPerson | Refused) -> SendAnswer:
    signed_out = isinstance(error, ChannelSignedOut)
    result = AnswerClass.RECONNECT if signed_out else AnswerClass.REFUSED
    return SendAnswer(result=result, title=error.title)
