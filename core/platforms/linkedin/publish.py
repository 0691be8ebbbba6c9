"""Publish for an organisation: files first, one at a time, then the post itself, once.

    STARTED -> PREPARING (upload, wait for AVAILABLE) -> READY -> PUBLISHING -> PUBLISHED

LinkedIn takes no idempotency key, answers 201 with an empty body, and may lose that answer.
READY therefore notes which posts there are. PUBLISHING looks for one more with our words or
files before it asks; where an answer was lost it only looks, and then leaves it to a person.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from core.domain.outbox import AnswerClass, SendAnswer
from core.net.client import Call
from core.platforms.base import UNDATED, ChannelSession
from core.platforms.linkedin import media
from core.platforms.linkedin.calls import write
from core.platforms.linkedin.limits import PICTURES_LIMIT, POST_LIMIT, writing
from core.platforms.linkedin.media import UploadStopped
from core.platforms.linkedin.posting import file_name, file_ready, post_body
from core.platforms.linkedin.posts import POSTS, ListedPost, latest
from core.platforms.linkedin.urns import post_urn
from core.platforms.publishing import (
    ENDED,
    PostContent,
    PostFormat,
    PostMedia,
    PublishPhase,
    PublishProgress,
    Quota,
)

FORMATS: Final = frozenset({"text", "link", "image", "video", "carousel", "document"})
_KINDS: Final[Mapping[PostFormat, str]] = {
    PostFormat.IMAGE: "image",
    PostFormat.VIDEO: "video",
    PostFormat.CAROUSEL: "image",
    PostFormat.DOCUMENT: "document",
    PostFormat.LINK: "image",
}
_AVAILABLE: Final = "AVAILABLE"
_WORKING: Final = frozenset({"", "WAITING_UPLOAD", "PROCESSING"})
_POLL: Final = timedelta(seconds=5)
_LOOK_PAUSES: Final = (15, 60, 240)
"""Seconds between looks for a post whose answer was lost; lists lag behind."""
_LISTED: Final = 20
_SKEW: Final = timedelta(minutes=5)
_BEFORE, _NEWEST, _LOOKS = "before", "newest", "looks"


class LinkedInPublishing:
    """Publishing, as the platform hands it out."""

    def problem(self, content: PostContent) -> str:
        """Return why LinkedIn would never take the post, empty when it may."""
        if content.format.value not in FORMATS:
            return "LinkedIn has no posts of this kind."
        if len(content.text) > POST_LIMIT:
            return "A post on LinkedIn has at most 3,000 characters."
        return _media_problem(content) or _words_problem(content)

    async def step(
        self, session: ChannelSession, content: PostContent, progress: PublishProgress
    ) -> PublishProgress:
        """Take one step; see the module for the order."""
        if progress.phase in ENDED:
            return progress
        if problem := self.problem(content):
            return _failed(progress, SendAnswer(result=AnswerClass.REFUSED, title=problem))
        if progress.phase in (PublishPhase.READY, PublishPhase.PUBLISHING):
            return await _publish(session, content, progress)
        return await _prepare(session, content, progress)

    async def quota(self, _session: ChannelSession) -> Quota | None:
        """Return nothing: LinkedIn tells no allowance for posts."""
        return None


def _media_problem(content: PostContent) -> str:
    """Return what is wrong with the files of a post."""
    count, kind = len(content.media), _KINDS.get(content.format)
    if any(one.kind != kind or not one.content for one in content.media):
        return "This file does not fit this kind of post, or is empty."
    least, most = {
        PostFormat.TEXT: (0, 0),
        PostFormat.LINK: (0, 1),
        PostFormat.CAROUSEL: (2, PICTURES_LIMIT),
    }.get(content.format, (1, 1))
    if least <= count <= most:
        return ""
    if content.format is PostFormat.CAROUSEL:
        return f"A post with several pictures holds 2 to {PICTURES_LIMIT} of them."
    return "This kind of post takes exactly one file." if least else "Too many files."


def _words_problem(content: PostContent) -> str:
    if content.format is PostFormat.TEXT and not content.text.strip():
        return "There is nothing to publish."
    if content.format is not PostFormat.LINK:
        return ""
    is_address = (content.link or "").startswith(("https://", "http://"))
    return "" if is_address else "The post has no link."


async def _prepare(
    session: ChannelSession, content: PostContent, progress: PublishProgress
) -> PublishProgress:
    """Upload the next file, or ask after the first that is not ready, or be READY."""
    handles = dict(progress.handles)
    for position, one in enumerate(content.media):
        if file_name(position) not in handles:
            return await _upload(session, one, position, progress)
    for position, _one in enumerate(content.media):
        if file_ready(position) not in handles:
            return await _await_file(session, position, progress)
    known = await latest(session, _LISTED)
    handles[_BEFORE] = " ".join(post.published.platform_post_id for post in known)
    if known:
        handles[_NEWEST] = known[0].published.published_at.isoformat()
    return replace(
        progress, phase=PublishPhase.READY, handles=handles, wait=timedelta(), answer=None
    )


async def _upload(
    session: ChannelSession, one: PostMedia, position: int, progress: PublishProgress
) -> PublishProgress:
    try:
        asset = await media.upload(session, one)
    except UploadStopped as stopped:
        return _after_refusal(progress, stopped.answer)
    handles = {**progress.handles, file_name(position): asset}
    return replace(
        progress,
        phase=PublishPhase.PREPARING,
        handles=handles,
        wait=timedelta(),
        answer=None,
    )


async def _await_file(
    session: ChannelSession, position: int, progress: PublishProgress
) -> PublishProgress:
    state = await media.state(session, progress.handles[file_name(position)])
    if state in _WORKING:
        return replace(progress, phase=PublishPhase.PREPARING, wait=_POLL)
    if state != _AVAILABLE:
        title = "LinkedIn could not make anything of the file."
        refused = SendAnswer(result=AnswerClass.REFUSED, code=state, title=title)
        return _failed(progress, refused)
    handles = {**progress.handles, file_ready(position): "1"}
    return replace(
        progress, phase=PublishPhase.PREPARING, handles=handles, wait=timedelta()
    )


async def _publish(
    session: ChannelSession, content: PostContent, progress: PublishProgress
) -> PublishProgress:
    """Look whether the post is there; if nobody has asked for it yet, ask."""
    found = _ours(await latest(session, _LISTED), content, progress)
    if found is not None:
        return _published(progress, found)
    if _LOOKS in progress.handles:
        return _look_again(progress)
    call = Call(
        method="POST", url=session.url(POSTS), json=post_body(session, content, progress)
    )
    written = await write(session, call, writing(session.account_id, POSTS))
    if written.outcome.result is AnswerClass.ACCEPTED:
        name = post_urn(written.created_id)
        if name is not None:
            return _published(progress, name)
        nameless = SendAnswer(
            result=AnswerClass.UNKNOWN, title="LinkedIn did not name the post."
        )
        return _look_again(replace(progress, answer=nameless))
    if written.outcome.result is AnswerClass.UNKNOWN:
        return _look_again(replace(progress, answer=written.outcome))
    return _after_refusal(replace(progress, phase=PublishPhase.READY), written.outcome)


def _ours(
    posts: list[ListedPost], content: PostContent, progress: PublishProgress
) -> str | None:
    """Return the post that came of this progress: its files tell, or else its words.

    Files are handed over for one post and never for another; words may repeat, so those
    that were there before do not count.
    """
    before = frozenset(progress.handles.get(_BEFORE, "").split())
    assets = {
        progress.handles[file_name(position)]
        for position, _one in enumerate(content.media)
        if file_name(position) in progress.handles
    }
    for post in posts:
        if assets & post.assets:
            return post.published.platform_post_id
    for post in posts:
        known = post.published.platform_post_id in before or post.assets
        if not known and _says(post, content, _earliest(progress)):
            return post.published.platform_post_id
    return None


def _earliest(progress: PublishProgress) -> datetime:
    """Return since when a post can be ours: none is older than the newest of before."""
    newest = progress.handles.get(_NEWEST)
    before = UNDATED if newest is None else datetime.fromisoformat(newest)
    begun_at = progress.begun_at
    return before if begun_at is None else max(before, begun_at - _SKEW)


def _says(post: ListedPost, content: PostContent, earliest: datetime) -> bool:
    """Return whether a post has the words and the link, and is not older than our attempt."""
    told = post.published
    same_link = content.format is not PostFormat.LINK or post.link == content.link
    same_words = told.text.strip() == content.text.strip()
    return told.published_at >= earliest and same_link and same_words


def _look_again(progress: PublishProgress) -> PublishProgress:
    """Wait for the list to catch up; after the last look only a person can know."""
    looks = int(progress.handles.get(_LOOKS, "0"))
    if looks >= len(_LOOK_PAUSES):
        return replace(progress, phase=PublishPhase.UNCERTAIN, wait=timedelta())
    return replace(
        progress,
        phase=PublishPhase.PUBLISHING,
        handles={**progress.handles, _LOOKS: str(looks + 1)},
        wait=timedelta(seconds=_LOOK_PAUSES[looks]),
    )


def _after_refusal(progress: PublishProgress, answer: SendAnswer) -> PublishProgress:
    """Return where a refusal leaves a post: to be tried later as it is, or over."""
    if answer.result in (AnswerClass.NOT_SENT, AnswerClass.SLOW_DOWN):
        pause = timedelta(seconds=answer.retry_after or _POLL.total_seconds())
        return replace(progress, wait=pause, answer=answer)
    return _failed(progress, answer)


def _failed(progress: PublishProgress, answer: SendAnswer) -> PublishProgress:
    return replace(progress, phase=PublishPhase.FAILED, wait=timedelta(), answer=answer)


def _published(progress: PublishProgress, post_id: str) -> PublishProgress:
    return replace(
        progress,
        phase=PublishPhase.PUBLISHED,
        wait=timedelta(),
        platform_post_id=post_id,
        answer=SendAnswer(result=AnswerClass.ACCEPTED, platform_message_id=post_id),
    )
