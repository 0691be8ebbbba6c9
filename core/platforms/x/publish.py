"""Publish on X: files first, then one post, once.

X takes no key against doubles. What keeps us from posting twice: the newest id of our own
timeline is noted before anything is posted, and whatever became of the call, only a look
at what is newer decides whether it is made again. X itself refuses the same words twice,
which closes the moment in which a post exists that the timeline does not show yet; a
picture without words has no such guard, and is only looked for after a lost answer.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from core.domain.errors import PlatformDown, RateLimited
from core.domain.outbox import AnswerClass, SendAnswer
from core.net.client import Call
from core.platforms.base import ChannelSession
from core.platforms.publishing import (
    ENDED,
    PostContent,
    PostMedia,
    PublishPhase,
    PublishProgress,
    Quota,
)
from core.platforms.x.calls import an_id, change
from core.platforms.x.comments import text_problem
from core.platforms.x.errors import is_duplicate
from core.platforms.x.limits import (
    GIF,
    GIF_BYTES,
    IMAGE_BYTES,
    IMAGE_TYPES,
    PICTURES,
    VIDEO_BYTES,
    VIDEO_TYPES,
    Endpoint,
)
from core.platforms.x.posts import same_words
from core.platforms.x.reading import newest, own_posts
from core.platforms.x.uploads import Blob, describe, hand_over, look

_AFTER: Final = "after"
_LOST: Final = "lost"
_DOUBTED: Final = "doubted"
_NOTHING_YET: Final = "0"
_LOST_LIMIT: Final = 3
_LOOK_AGAIN: Final = timedelta(seconds=30)
_READY: Final = "ready"
_WORKING: Final = "working"


class Publisher:
    """The state machine; every step makes at most the calls that one file takes."""

    def problem(self, content: PostContent) -> str:
        """Return why X would never take the post, empty when it may."""
        words = words_of(content)
        problem = text_problem(words) if words.strip() or not content.media else ""
        return problem or _media_problem(content.media)

    async def step(
        self, session: ChannelSession, content: PostContent, progress: PublishProgress
    ) -> PublishProgress:
        """Take one step; see `Publishing.step`."""
        if progress.phase in ENDED:
            return progress
        if problem := self.problem(content):
            answer = SendAnswer(result=AnswerClass.REFUSED, title=problem)
            return replace(progress, phase=PublishPhase.FAILED, answer=answer)
        progress = replace(progress, wait=timedelta())
        match progress.phase:
            case PublishPhase.STARTED:
                return await _start(session, content, progress)
            case PublishPhase.PREPARING:
                return await _prepare(session, content, progress)
            case PublishPhase.READY:
                return replace(progress, phase=PublishPhase.PUBLISHING)
            case _:
                return await _publish(session, content, progress)

    async def quota(self, _session: ChannelSession) -> Quota | None:
        """Return None: X tells what is left only in the answer to a post."""
        return None


def words_of(content: PostContent) -> str:
    """Return the text as it is posted, with its address at the end."""
    return "\n".join(part for part in (content.text.strip(), content.link or "") if part)


async def _start(
    session: ChannelSession, content: PostContent, progress: PublishProgress
) -> PublishProgress:
    """Note where our timeline ends, before anything of this post can be in it."""
    latest = newest(await own_posts(session, {"max_results": "5"}))
    phase = PublishPhase.PREPARING if content.media else PublishPhase.READY
    handles = {**progress.handles, _AFTER: latest or _NOTHING_YET}
    return replace(progress, phase=phase, handles=handles)


async def _prepare(
    session: ChannelSession, content: PostContent, progress: PublishProgress
) -> PublishProgress:
    """Bring the first file that is not ready one step further."""
    for number, media in enumerate(content.media):
        if progress.handles.get(f"state{number}") == _READY:
            continue
        if f"media{number}" not in progress.handles:
            return await _upload(session, number, media, progress)
        return await _wait_for(session, number, media, progress)
    return replace(progress, phase=PublishPhase.READY)


async def _upload(
    session: ChannelSession, number: int, media: PostMedia, progress: PublishProgress
) -> PublishProgress:
    blob = Blob(
        content=media.content or b"",
        mime_type=media.mime_type,
        file_name=media.file_name,
        use="tweet",
    )
    answer = await hand_over(session, blob)
    if answer.platform_message_id is None:
        return _failed(answer, progress)
    handles = {f"media{number}": answer.platform_message_id, f"state{number}": _WORKING}
    return _with(progress, handles)


async def _wait_for(
    session: ChannelSession, number: int, media: PostMedia, progress: PublishProgress
) -> PublishProgress:
    """Ask after a file that was uploaded; describe it once X is done with it.

    A description that is not taken does not keep the post from going out.
    """
    media_id = progress.handles[f"media{number}"]
    if media.mime_type in VIDEO_TYPES or media.mime_type == GIF:
        working = await look(session, media_id)
        if working.problem:
            answer = SendAnswer(result=AnswerClass.REFUSED, title=working.problem)
            return replace(progress, phase=PublishPhase.FAILED, answer=answer)
        if working.wait is not None:
            return replace(progress, wait=timedelta(seconds=working.wait))
    if media.alt_text:
        await describe(session, media_id, media.alt_text)
    return _with(progress, {f"state{number}": _READY})


async def _publish(
    session: ChannelSession, content: PostContent, progress: PublishProgress
) -> PublishProgress:
    """Look whether it is there; post it if not, and look again if nobody knows."""
    found = await _find(session, content, progress)
    if found is not None:
        return replace(progress, phase=PublishPhase.PUBLISHED, platform_post_id=found)
    lost = int(progress.handles.get(_LOST, "0"))
    if lost and lost < _LOST_LIMIT and not words_of(content):
        again = _with(progress, {_LOST: str(lost + 1)})
        return replace(again, wait=_LOOK_AGAIN)
    if lost >= _LOST_LIMIT:
        title = "X does not show the post, and may still have taken it."
        answer = SendAnswer(result=AnswerClass.UNKNOWN, title=title)
        return replace(progress, phase=PublishPhase.UNCERTAIN, answer=answer)
    call = Call(
        method="POST",
        url=session.url("2/tweets"),
        token=session.token,
        json=_body(content, progress.handles),
    )
    answer = await change(session, call, Endpoint.POST, an_id)
    if answer.result is AnswerClass.ACCEPTED:
        return replace(
            progress,
            phase=PublishPhase.PUBLISHED,
            platform_post_id=answer.platform_message_id,
        )
    return _doubtful(answer, progress, lost)


async def _find(
    session: ChannelSession, content: PostContent, progress: PublishProgress
) -> str | None:
    """Return our post with these words since the start; the oldest, if there are several."""
    after = progress.handles.get(_AFTER, _NOTHING_YET)
    since = {"since_id": after} if after != _NOTHING_YET else {}
    posts = await own_posts(session, {"exclude": "replies,retweets", **since})
    wanted = words_of(content)
    matching = [post.id for post in posts if same_words(post.text, wanted)]
    return matching[-1] if matching else None


def _doubtful(answer: SendAnswer, progress: PublishProgress, lost: int) -> PublishProgress:
    """Return what to do after a call that was not accepted.

    "You have said that already" may mean a post of ours that the list does not show yet:
    one whose answer was lost, or whose maker was killed. Without a lost answer it is
    believed the second time.
    """
    duplicate = is_duplicate(answer)
    if answer.result is AnswerClass.UNKNOWN or (duplicate and lost):
        again = _with(progress, {_LOST: str(lost + 1)})
    elif duplicate and _DOUBTED not in progress.handles:
        again = _with(progress, {_DOUBTED: "yes"})
    else:
        return _failed(answer, progress)
    return replace(again, wait=_LOOK_AGAIN, answer=answer)


def _body(content: PostContent, handles: Mapping[str, str]) -> dict[str, Any]:
    body: dict[str, Any] = {"text": words} if (words := words_of(content)) else {}
    ids = [handles[f"media{number}"] for number in range(len(content.media))]
    return {**body, "media": {"media_ids": ids}} if ids else body


def _failed(answer: SendAnswer, progress: PublishProgress) -> PublishProgress:
    """Return the end of the post; raise where the same step may simply be taken again."""
    match answer.result:
        case AnswerClass.SLOW_DOWN:
            raise RateLimited(
                answer.title or "X asks us to slow down.", retry_after=answer.retry_after
            )
        case AnswerClass.NOT_SENT:
            raise PlatformDown(
                answer.title or "X could not be reached.", retry_after=answer.retry_after
            )
        case _:
            return replace(progress, phase=PublishPhase.FAILED, answer=answer)


def _with(progress: PublishProgress, handles: Mapping[str, str]) -> PublishProgress:
    return replace(progress, handles={**progress.handles, **handles})


def _media_problem(media: tuple[PostMedia, ...]) -> str:
    films = [one for one in media if one.mime_type in VIDEO_TYPES or one.mime_type == GIF]
    if len(media) > PICTURES or (films and len(media) > 1):
        return f"X takes up to {PICTURES} pictures in a post, or one film."
    return next(filter(None, map(_file_problem, media)), "")


def _file_problem(media: PostMedia) -> str:
    limit = _LIMITS.get(media.mime_type)
    if limit is None:
        return "X does not take files of this kind in posts."
    if not media.content:
        return f"The file {media.file_name} is missing."
    return "" if len(media.content) <= limit else f"{media.file_name} is too large for X."


_LIMITS: Final[Mapping[str, int]] = {
    **dict.fromkeys(IMAGE_TYPES, IMAGE_BYTES),
    **dict.fromkeys(VIDEO_TYPES, VIDEO_BYTES),
    GIF: GIF_BYTES,
}
