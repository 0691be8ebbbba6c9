"""Films on a Page: plain videos, reels, and the upload that reels and stories share.

A plain video is one call, after which Facebook fetches and converts it. A reel is begun,
fetched and finished; its id is known from the start, and tells what has become of it.
"""

from dataclasses import replace
from datetime import timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from core.domain.outbox import AnswerClass, SendAnswer
from core.net.client import Call
from core.platforms.facebook.making import (
    LOOK_AGAIN,
    POLL,
    Making,
    node_id,
    raise_if_unprepared,
)
from core.platforms.meta.asking import Raw
from core.platforms.publishing import PublishProgress
from core.platforms.untyped import identifier, moment, section, words

_STATUS: Final = "status,post_id"
_LIST: Final = "id,description,created_time,post_id"
_FETCHED: Final = timedelta(minutes=3)
"""How long Facebook may still be fetching a film whose answer was lost: it is listed only
afterwards."""
_BROKEN: Final = frozenset({"error", "upload_failed", "expired"})
_DONE: Final = "complete"
_UNDER_WAY: Final = frozenset({"in_progress", _DONE})


async def prepare_video(making: Making) -> PublishProgress:
    """Return READY once we know that the Page's videos can be looked at afterwards."""
    await making.listed("videos", "id")
    return making.ready()


async def publish_video(making: Making) -> PublishProgress:
    """Publish a video, or look how far the one is that was published."""
    video = making.handle("video") or await _find_video(making)
    if video is not None:
        return await _follow_video(making, video)
    [media] = making.content.media
    body = {"file_url": media.url, "description": making.content.text, "published": True}
    answer = await making.post("videos", body, node_id)
    if answer.result is AnswerClass.ACCEPTED and answer.platform_message_id:
        return making.waiting(POLL, {"video": answer.platform_message_id})
    if answer.result is AnswerClass.UNKNOWN:
        return making.waiting(_FETCHED)
    return making.concluded(answer)


async def _find_video(making: Making) -> str | None:
    listed = await making.listed("videos", _LIST)
    for row in listed.rows:
        same = words(row.get("description")).strip() == making.content.text.strip()
        if same and moment(row.get("created_time")) >= listed.since:
            return identifier(row.get("id"))
    return None


async def _follow_video(making: Making, video: str) -> PublishProgress:
    found = await making.ask(video, _STATUS)
    state = words(section(found.get("status")).get("video_status"))
    if state in _BROKEN:
        return making.failed(_broken(found))
    if state == "ready":
        return making.published(identifier(found.get("post_id")) or video)
    return making.waiting(POLL, {"video": video})


async def prepare_reel(making: Making) -> PublishProgress:
    """Begin a reel, and have its film fetched."""
    return await _prepare(making, "video_reels")


async def publish_reel(making: Making) -> PublishProgress:
    """Finish a reel, unless it is finished already."""
    finish = {"video_state": "PUBLISHED", "description": making.content.text}
    return await _publish(making, "video_reels", finish)


async def prepare_story(making: Making) -> PublishProgress:
    """Begin a story that is a film."""
    return await _prepare(making, "video_stories")


async def publish_story(making: Making) -> PublishProgress:
    """Finish a story that is a film."""
    return await _publish(making, "video_stories", {})


async def _prepare(making: Making, edge: str) -> PublishProgress:
    """Take the next of three steps: begin, hand over, wait for the film to be there."""
    video, address = making.handle("video"), making.handle("upload_url")
    if video is None or address is None:
        return await _begin(making, edge)
    if making.handle("uploaded") is None:
        return await _hand_over(making, address)
    found = await making.ask(video, _STATUS)
    phase = _phase(found, "uploading_phase")
    if (
        phase == "error"
        or words(section(found.get("status")).get("video_status")) in _BROKEN
    ):
        return making.failed(_broken(found))
    return making.ready() if phase == _DONE else making.preparing({}, POLL)


async def _begin(making: Making, edge: str) -> PublishProgress:
    addresses: list[str] = []

    def find(found: Any) -> str | None:
        addresses.append(words(section(found).get("upload_url")))
        return identifier(section(found).get("video_id"))

    answer = await making.post(edge, {"upload_phase": "start"}, find)
    video = answer.platform_message_id
    if answer.result is not AnswerClass.ACCEPTED or video is None:
        raise_if_unprepared(answer)
        return making.failed(answer)
    if not _is_facebooks(making, addresses[-1]):
        title = "Facebook named an address for the film that is not its own."
        return making.failed(SendAnswer(result=AnswerClass.REFUSED, title=title))
    return making.preparing({"video": video, "upload_url": addresses[-1]})


def _is_facebooks(making: Making, address: str) -> bool:
    """Return whether our token may go to `address`: Facebook's own, or the API's server."""
    try:
        there, api = urlsplit(address), urlsplit(making.session.base_url)
    except ValueError:
        return False
    if (there.scheme, there.netloc) == (api.scheme, api.netloc):
        return True
    host = there.hostname or ""
    return there.scheme == "https" and f".{host}".endswith(".facebook.com")


async def _hand_over(making: Making, address: str) -> PublishProgress:
    """Tell the upload server where the film lies; it wants the token in its own way."""
    [media] = making.content.media
    headers = {
        "Authorization": f"OAuth {making.session.token.reveal()}",
        "file_url": media.url or "",
    }
    call = Call(method="POST", url=address, headers=headers)
    answer = await making.send(call, lambda found: "1" if _succeeded(found) else None)
    if answer.result is AnswerClass.ACCEPTED:
        return making.preparing({"uploaded": "1"}, POLL)
    raise_if_unprepared(answer)
    return making.failed(answer)


def _succeeded(found: Any) -> bool:
    return section(found).get("success") is True


async def _publish(making: Making, edge: str, finish: Raw) -> PublishProgress:
    """Finish, once: the film's own status tells whether that was done before."""
    video = making.handle("video") or ""
    found = await making.ask(video, _STATUS)
    phase = _phase(found, "publishing_phase")
    if phase == _DONE:
        post = making.handle("post") or identifier(found.get("post_id")) or video
        return making.published(post)
    if (
        phase == "error"
        or words(section(found.get("status")).get("video_status")) in _BROKEN
    ):
        return making.failed(_broken(found))
    if phase in _UNDER_WAY or making.handle("finished") is not None:
        return making.waiting(POLL)
    return await _finish(making, edge, {"video_id": video, **finish})


async def _finish(making: Making, edge: str, body: Raw) -> PublishProgress:
    posts: list[str] = []

    def find(found: Any) -> str | None:
        posts.extend(filter(None, [identifier(section(found).get("post_id"))]))
        return "1" if _succeeded(found) else None

    answer = await making.post(edge, {"upload_phase": "finish", **body}, find)
    if answer.result is AnswerClass.ACCEPTED:
        named = {"post": posts[-1]} if posts else {}
        return making.waiting(POLL, {"finished": "1", **named})
    if answer.result is AnswerClass.UNKNOWN:
        return making.waiting(LOOK_AGAIN)
    return making.concluded(replace(answer, platform_message_id=None))


def _phase(found: Raw, name: str) -> str:
    return words(section(section(found.get("status")).get(name)).get("status"))


def _broken(found: Raw) -> SendAnswer:
    """Return the refusal, in Facebook's words where it has any."""
    status = section(found.get("status"))
    for name in ("uploading_phase", "processing_phase", "publishing_phase"):
        why = words(section(section(status.get(name)).get("error")).get("message"))
        if why:
            return SendAnswer(result=AnswerClass.REFUSED, title=why)
    return SendAnswer(
        result=AnswerClass.REFUSED, title="Facebook could not use this video."
    )
