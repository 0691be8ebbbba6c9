"""Hand files to X: begin, append piece by piece, finish, wait until they are worked through.

An upload reaches nobody, so what would be uncertain for a message may be repeated here. An
id is good for a day (CONTRACTS 5).
"""

from dataclasses import dataclass, replace
from typing import Final

from core.domain.outbox import AnswerClass, SendAnswer
from core.net.client import Call, Upload
from core.platforms.base import ChannelSession
from core.platforms.untyped import section, words
from core.platforms.x.calls import an_id, ask, change, judged
from core.platforms.x.limits import CHUNK_BYTES, GIF, VIDEO_TYPES, Endpoint, lane
from core.platforms.x.posts import Raw

_PATH: Final = "2/media/upload"
_DONE: Final = "done"
_LOOKS: Final = 5
_LONGEST_LOOK_SECONDS: Final = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Blob:
    """A file to hand over; `use` is `dm` or `tweet`, as X's media categories begin."""

    content: bytes
    mime_type: str
    file_name: str
    use: str

    @property
    def category(self) -> str:
        """Return what X calls such a file in such a place."""
        if self.mime_type == GIF:
            return f"{self.use}_gif"
        return f"{self.use}_{'video' if self.mime_type in VIDEO_TYPES else 'image'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Working:
    """How far X is with a file: look again after `wait` seconds, None once it is over.

    `problem` says why the file is no good.
    """

    wait: float | None
    problem: str = ""


async def hand_over(session: ChannelSession, blob: Blob) -> SendAnswer:
    """Upload a file and return its id in the place of a message's; it may not be ready."""
    begun = await change(session, _begin(session, blob), Endpoint.MEDIA, an_id)
    if begun.platform_message_id is None:
        return _repeatable(begun)
    for number in range(0, len(blob.content), CHUNK_BYTES):
        piece = await _append(session, blob, begun.platform_message_id, number)
        if piece.result is not AnswerClass.ACCEPTED:
            return _repeatable(piece)
    finish = Call(
        method="POST",
        url=session.url(_PATH, begun.platform_message_id, "finalize"),
        token=session.token,
    )
    return _repeatable(await change(session, finish, Endpoint.MEDIA, an_id))


async def look(session: ChannelSession, media_id: str) -> Working:
    """Ask how far X is with a file; raises as `ask` does."""
    params = {"command": "STATUS", "media_id": media_id}
    found = await ask(session, _PATH, params, Endpoint.MEDIA)
    return _working(section(section(found.get("data")).get("processing_info")))


async def ready(session: ChannelSession, blob: Blob) -> SendAnswer:
    """Upload a file and wait for it a little; NOT_SENT where X needs longer."""
    answer = await hand_over(session, blob)
    if answer.platform_message_id is None or not blob.category.endswith(("gif", "video")):
        return answer
    for _ in range(_LOOKS):
        working = await look(session, answer.platform_message_id)
        if working.problem:
            return SendAnswer(result=AnswerClass.REFUSED, title=working.problem)
        if working.wait is None:
            return answer
        await session.http.limits.pause(min(working.wait, _LONGEST_LOOK_SECONDS))
    title = "X is still working on the file."
    return SendAnswer(result=AnswerClass.NOT_SENT, title=title, retry_after=30.0)


async def describe(session: ChannelSession, media_id: str, alt_text: str) -> SendAnswer:
    """Say what a picture shows, for those who cannot see it; may be repeated."""
    body = {"id": media_id, "metadata": {"alt_text": {"text": alt_text}}}
    url = session.url("2/media/metadata")
    call = Call(method="POST", url=url, token=session.token, json=body)
    return await change(session, call, Endpoint.MEDIA, an_id)


def _begin(session: ChannelSession, blob: Blob) -> Call:
    return Call(
        method="POST",
        url=session.url(_PATH, "initialize"),
        token=session.token,
        json={
            "media_type": blob.mime_type,
            "total_bytes": len(blob.content),
            "media_category": blob.category,
        },
    )


async def _append(
    session: ChannelSession, blob: Blob, media_id: str, at: int
) -> SendAnswer:
    upload = Upload(
        file_name=blob.file_name,
        content=blob.content[at : at + CHUNK_BYTES],
        mime_type="application/octet-stream",
        fields={"segment_index": str(at // CHUNK_BYTES)},
        part="media",
        may_be_empty=True,
    )
    calling = session.http.post_file(
        session.url(_PATH, media_id, "append"),
        upload,
        token=session.token,
        lane=lane(session.account_id, Endpoint.MEDIA),
    )
    return await judged(session, calling, Endpoint.MEDIA, lambda _: _DONE)


def _repeatable(answer: SendAnswer) -> SendAnswer:
    unknown = answer.result is AnswerClass.UNKNOWN
    return replace(answer, result=AnswerClass.NOT_SENT) if unknown else answer


def _working(info: Raw) -> Working:
    state = words(info.get("state"))
    if state == "failed":
        why = words(section(info.get("error")).get("message"))
        return Working(wait=None, problem=why or "X cannot use the file.")
    if state in ("", "succeeded"):
        return Working(wait=None)
    seconds = info.get("check_after_secs")
    return Working(wait=float(seconds) if isinstance(seconds, int | float) else 5.0)
