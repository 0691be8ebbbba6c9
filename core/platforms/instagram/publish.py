"""Publish on Instagram: containers first, then one call that cannot be taken back.

    STARTED -> PREPARING (children, then the container) -> READY -> PUBLISHING -> PUBLISHED

A container is made from addresses that Instagram fetches; it is IN_PROGRESS, then
FINISHED, and dies after a day. Making one is no post: after a crash a second one is made
and the first is forgotten. Publishing is the step that counts. Before it the container is
asked for its state, and one that says PUBLISHED is never published again; after a lost
answer the next step asks too, so the loss heals by itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from core.domain.errors import ChannelSignedOut, PlatformDown, RateLimited
from core.domain.outbox import AnswerClass, SendAnswer
from core.platforms.base import ChannelSession
from core.platforms.instagram import containers, post_check
from core.platforms.instagram.containers import Container, ContainerState
from core.platforms.instagram.publish_errors import REMEDIES, Remedy, class_of, code_in
from core.platforms.publishing import (
    PostContent,
    PostFormat,
    PostMedia,
    PublishPhase,
    PublishProgress,
    Quota,
)

WAIT: Final = timedelta(seconds=60)
"""Between two looks at a container (CONTRACTS 3.4 advises once a minute)."""
PICTURE_WAIT: Final = timedelta(seconds=5)
TOMORROW_WAIT: Final = timedelta(hours=1)
"""The allowance is a rolling day: it comes back post by post."""
SIGNED_OUT_WAIT: Final = timedelta(minutes=15)
_CONTAINER: Final = "container"
_AFRESH: Final = "afresh"
_MISSED: Final = "missed"
_MISSED_LIMIT: Final = 2
_AFRESH_LIMIT: Final = 2
"""Containers thrown away for one post; a file that fails thrice will fail again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    """One step's arguments."""

    session: ChannelSession
    content: PostContent
    progress: PublishProgress

    def reached(
        self, phase: PublishPhase, handles: Mapping[str, str] | None = None, **told: Any
    ) -> PublishProgress:
        """Return the progress with what this step has added."""
        kept = self.progress.handles if handles is None else handles
        cleared: dict[str, Any] = {"wait": timedelta(), "answer": None, **told}
        return replace(self.progress, phase=phase, handles=dict(kept), **cleared)


class Publishing:
    """Publishing on one Instagram account."""

    def problem(self, content: PostContent) -> str:
        """Return why Instagram would never take the post, empty when it may."""
        return post_check.problem(content)

    async def step(
        self, session: ChannelSession, content: PostContent, progress: PublishProgress
    ) -> PublishProgress:
        """Take one step: at most two calls, of which only the last changes anything."""
        task = _Task(session=session, content=content, progress=progress)
        try:
            if progress.phase is PublishPhase.READY:
                return task.reached(PublishPhase.PUBLISHING)
            if progress.phase is PublishPhase.PUBLISHING:
                return await _publish(task)
            if progress.phase in (PublishPhase.STARTED, PublishPhase.PREPARING):
                return await _prepare(task)
        except ChannelSignedOut as error:
            answer = SendAnswer(result=AnswerClass.RECONNECT, title=error.title)
            return task.reached(progress.phase, answer=answer, wait=SIGNED_OUT_WAIT)
        return progress

    async def quota(self, session: ChannelSession) -> Quota | None:
        """Return what is left of the day's posts; the numbers differ by account."""
        return await containers.quota(session)


async def _prepare(task: _Task) -> PublishProgress:
    """Make what is missing, one container at a time, and wait until it is finished."""
    if trouble := _trouble(task.content):
        answer = SendAnswer(result=AnswerClass.REFUSED, title=trouble)
        return task.reached(PublishPhase.FAILED, answer=answer)
    handles = task.progress.handles
    for name, media in _children(task.content):
        if name not in handles:
            return await _make(task, name, _source(media, item=True))
    for name, _ in _children(task.content):
        if f"{name}.ready" not in handles:
            return await _look(task, name)
    if _CONTAINER not in handles:
        return await _make(task, _CONTAINER, _whole(task))
    return await _look(task, _CONTAINER)


def _trouble(content: PostContent) -> str:
    if found := post_check.problem(content):
        return found
    if any(media.url is None for media in content.media):
        return "The files have no public address that Instagram could fetch them from."
    return ""


def _children(content: PostContent) -> list[tuple[str, PostMedia]]:
    """Return the parts of a carousel by the names of their handles; none for other posts."""
    if content.format is not PostFormat.CAROUSEL:
        return []
    return [(f"child.{n}", media) for n, media in enumerate(content.media)]


def _source(media: PostMedia, *, item: bool) -> dict[str, str]:
    """Return what describes one picture or video, alone or as an `item` of a carousel."""
    film = media.mime_type in post_check.VIDEO_TYPES
    source = {"video_url" if film else "image_url": media.url or ""}
    if media.alt_text and not film:
        source["alt_text"] = media.alt_text
    if item:
        source["is_carousel_item"] = "true"
        if film:
            source["media_type"] = "VIDEO"
    return source


def _whole(task: _Task) -> dict[str, str]:
    """Return what describes the post: a video of its own is a reel that the feed shows too."""
    content = task.content
    caption = {"caption": content.text} if content.text else {}
    if content.format is PostFormat.CAROUSEL:
        names = [name for name, _ in _children(content)]
        children = ",".join(task.progress.handles[name] for name in names)
        return {"media_type": "CAROUSEL", "children": children, **caption}
    source = _source(content.media[0], item=False)
    if content.format is PostFormat.STORY:
        return {"media_type": "STORIES", **source}
    if content.format is PostFormat.IMAGE:
        return {**source, **caption}
    shown = {"share_to_feed": "true"} if content.format is PostFormat.VIDEO else {}
    return {"media_type": "REELS", **source, **shown, **caption}


async def _make(task: _Task, name: str, described: Mapping[str, str]) -> PublishProgress:
    """Make one container; what comes of a lost answer is a container nobody publishes."""
    answer = await containers.make(task.session, described)
    if answer.result is AnswerClass.ACCEPTED and answer.platform_message_id is not None:
        handles = {**task.progress.handles, name: answer.platform_message_id}
        film = "video_url" in described or described.get("media_type") == "CAROUSEL"
        wait = WAIT if film else PICTURE_WAIT
        return task.reached(PublishPhase.PREPARING, handles, wait=wait)
    return _remedied(task, answer)


async def _look(task: _Task, name: str) -> PublishProgress:
    """Ask how far a container has come."""
    container = await containers.look(task.session, task.progress.handles[name])
    if container is None and _may_reappear(task):
        return _lost(task)
    if container is None or container.state is ContainerState.EXPIRED:
        return _afresh(task, SendAnswer(result=AnswerClass.REFUSED, title=_EXPIRED))
    if container.state is ContainerState.ERROR:
        return _failed(task, container)
    if container.state is ContainerState.PUBLISHED:
        return await _published(task)
    if container.state is not ContainerState.FINISHED:
        return task.reached(PublishPhase.PREPARING, wait=WAIT)
    if name == _CONTAINER:
        return task.reached(PublishPhase.READY)
    handles = {**task.progress.handles, f"{name}.ready": "yes"}
    return task.reached(PublishPhase.PREPARING, handles)


async def _publish(task: _Task) -> PublishProgress:
    """Look before the leap, then leap: the container knows whether it was published."""
    container_id = task.progress.handles[_CONTAINER]
    container = await containers.look(task.session, container_id)
    if container is None:
        return _lost(task) if _may_reappear(task) else _forgotten(task)
    match container.state:
        case ContainerState.PUBLISHED:
            return await _published(task)
        case ContainerState.EXPIRED:  # a day unpublished, so it never was
            return _afresh(task, SendAnswer(result=AnswerClass.REFUSED, title=_EXPIRED))
        case ContainerState.ERROR:
            return _failed(task, container)
        case ContainerState.IN_PROGRESS | ContainerState.UNKNOWN:
            return task.reached(PublishPhase.PUBLISHING, wait=WAIT)
    return await _leap(task, container_id)


async def _leap(task: _Task, container_id: str) -> PublishProgress:
    """Publish a container that was finished a moment ago; believe a refusal only after a look."""
    answer = await containers.publish(task.session, container_id)
    if answer.result is AnswerClass.ACCEPTED:
        post_id = answer.platform_message_id
        return task.reached(PublishPhase.PUBLISHED, platform_post_id=post_id, answer=answer)
    if answer.result is AnswerClass.UNKNOWN:
        return task.reached(PublishPhase.PUBLISHING, wait=WAIT)
    ending = _remedied(task, answer)
    if ending.phase is not PublishPhase.FAILED:
        return ending
    again = await containers.look(task.session, container_id)
    out = again is not None and again.state is ContainerState.PUBLISHED
    return await _published(task) if out else ending


async def _published(task: _Task) -> PublishProgress:
    """Return that the post is out, with its id where Instagram's list shows which it is."""
    begun = task.progress.begun_at or datetime.fromtimestamp(0, UTC)
    post_id = await containers.find_post(task.session, task.content.text, begun)
    answer = SendAnswer(result=AnswerClass.ACCEPTED, platform_message_id=post_id)
    return task.reached(PublishPhase.PUBLISHED, platform_post_id=post_id, answer=answer)


def _remedied(task: _Task, answer: SendAnswer) -> PublishProgress:
    """Return where an answer other than success leads, as its code's row says."""
    code = code_in(answer.code or "")
    remedy = REMEDIES.get(code) if code is not None else None
    phase = task.progress.phase
    if remedy is Remedy.TOMORROW:
        return task.reached(phase, answer=answer, wait=TOMORROW_WAIT)
    if remedy is Remedy.UNREADY:
        return task.reached(PublishPhase.PREPARING, wait=WAIT)
    if remedy is Remedy.AFRESH:
        return _afresh(task, answer)
    match answer.result:
        case AnswerClass.SLOW_DOWN:
            raise RateLimited(answer.title, retry_after=answer.retry_after)
        case AnswerClass.NOT_SENT | AnswerClass.UNKNOWN:
            raise PlatformDown(answer.title or "Instagram did not take the step.")
        case AnswerClass.RECONNECT:
            raise ChannelSignedOut(answer.title, "Connect the channel again.")
    return task.reached(PublishPhase.FAILED, answer=answer)


def _failed(task: _Task, container: Container) -> PublishProgress:
    """Return what becomes of a post whose container failed while it was prepared."""
    code = code_in(container.status)
    remedy = REMEDIES.get(code, Remedy.AFRESH) if code is not None else Remedy.REFUSED
    answer = SendAnswer(
        result=class_of(code),
        code=str(code) if code is not None else None,
        title=container.status or "Instagram could not prepare the post.",
    )
    if remedy in (Remedy.AGAIN, Remedy.AFRESH, Remedy.UNREADY):
        return _afresh(task, answer)
    return task.reached(PublishPhase.FAILED, answer=answer)


def _may_reappear(task: _Task) -> bool:
    """Return whether a missing container is looked for once more (24/2207008 heals)."""
    return int(task.progress.handles.get(_MISSED, "0")) < _MISSED_LIMIT


def _lost(task: _Task) -> PublishProgress:
    times = int(task.progress.handles.get(_MISSED, "0")) + 1
    handles = {**task.progress.handles, _MISSED: str(times)}
    return task.reached(task.progress.phase, handles, wait=WAIT)


def _forgotten(task: _Task) -> PublishProgress:
    answer = SendAnswer(result=AnswerClass.UNKNOWN, title=_LOST)
    return task.reached(PublishPhase.UNCERTAIN, answer=answer)


def _afresh(task: _Task, why: SendAnswer) -> PublishProgress:
    """Begin again with new containers, a bounded number of times."""
    times = int(task.progress.handles.get(_AFRESH, "0"))
    if times >= _AFRESH_LIMIT:
        return task.reached(PublishPhase.FAILED, answer=why)
    return task.reached(PublishPhase.STARTED, {_AFRESH: str(times + 1)}, wait=WAIT)


_EXPIRED: Final = "Instagram threw the prepared post away before it was published."
_LOST: Final = "Instagram no longer says whether the post was published."
