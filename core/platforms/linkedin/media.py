"""Hand LinkedIn a picture, video or document, and ask whether it is ready (CONTRACTS 6)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from core.domain.outbox import AnswerClass, SendAnswer
from core.net.client import Answer, Call
from core.platforms.base import ChannelSession
from core.platforms.linkedin.calls import Written, ask, content, write
from core.platforms.linkedin.limits import PART_BYTES, reading, writing
from core.platforms.linkedin.urns import encoded, kind_of, urn
from core.platforms.publishing import PostMedia
from core.platforms.untyped import items, section, words

ENDPOINTS: Final = {"image": "images", "video": "videos", "document": "documents"}
_OUR_HOSTS: Final = (".linkedin.com", ".licdn.com")
_UNKNOWN_ADDRESS: Final = SendAnswer(
    result=AnswerClass.REFUSED, title="LinkedIn named no address to upload to."
)


class UploadStopped(Exception):
    """An upload did not go through; `answer` says why. Nothing has been published."""

    def __init__(self, answer: SendAnswer) -> None:
        super().__init__(answer.title)
        self.answer = answer


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """A stretch of a file and where it goes; `last` is within it."""

    url: str
    first: int
    last: int


async def upload(session: ChannelSession, media: PostMedia) -> str:
    """Hand over a whole file and return its URN.

    One whose upload broke off is never shown: the next attempt asks for a fresh one.

    Raises:
        UploadStopped: LinkedIn or the line refused.
    """
    endpoint, file = ENDPOINTS[media.kind], media.content or b""
    request: dict[str, Any] = {"owner": session.account_id}
    if media.kind == "video":
        request |= {
            "fileSizeBytes": len(file),
            "uploadCaptions": False,
            "uploadThumbnail": False,
        }
    given = section(
        (await _act(session, endpoint, "initializeUpload", request)).get("value")
    )
    asset = urn(given.get(media.kind))
    if asset is None:
        raise UploadStopped(_UNKNOWN_ADDRESS)
    etags = [
        await _put(session, part, file[part.first : part.last + 1], media)
        for part in _parts(given, len(file))
    ]
    if media.kind == "video":
        done = {
            "video": asset,
            "uploadToken": words(given.get("uploadToken")),
            "uploadedPartIds": etags,
        }
        await _act(session, endpoint, "finalizeUpload", done)
    return asset


async def state(session: ChannelSession, asset: str) -> str:
    """Return what LinkedIn says of a file: AVAILABLE, PROCESSING, PROCESSING_FAILED, ..."""
    endpoint = ENDPOINTS.get(kind_of(asset), ENDPOINTS["image"])
    lane = reading(session.account_id, endpoint)
    answer = await ask(session, f"{endpoint}/{encoded(asset)}", lane)
    return words(content(answer).get("status"))


async def _act(
    session: ChannelSession, endpoint: str, action: str, request: Mapping[str, Any]
) -> Mapping[str, Any]:
    call = Call(
        method="POST",
        url=session.url(f"{endpoint}?action={action}"),
        json={f"{action}Request": request},
    )
    return content(
        _checked(await write(session, call, writing(session.account_id, endpoint)))
    )


async def _put(session: ChannelSession, part: _Part, piece: bytes, media: PostMedia) -> str:
    """Store one part and return its ETag, by which the parts are put together."""
    if not _is_linkedins(session, part.url):
        raise UploadStopped(_UNKNOWN_ADDRESS)
    call = Call(
        method="PUT",
        url=part.url,
        headers={
            "Content-Type": "application/octet-stream"
            if media.kind == "video"
            else media.mime_type
        },
        content=piece,
    )
    answer = _checked(await write(session, call, writing(session.account_id, "uploads")))
    return answer.headers.get("etag", "").strip('"')


def _checked(written: Written) -> Answer:
    """Return the answer; a lost one is worth another file, since nobody sees this one."""
    if written.outcome.result is AnswerClass.ACCEPTED and written.answer is not None:
        return written.answer
    outcome = written.outcome
    if outcome.result is AnswerClass.UNKNOWN:
        outcome = SendAnswer(
            result=AnswerClass.NOT_SENT, code=outcome.code, title=outcome.title
        )
    raise UploadStopped(outcome)


def _parts(given: Mapping[str, Any], size: int) -> list[_Part]:
    """Return the parts as LinkedIn wants them: a video in pieces of 4 MB, others whole."""
    told = [section(raw) for raw in items(given.get("uploadInstructions"))]
    parts = [
        _Part(
            url=words(one.get("uploadUrl")),
            first=_number(one.get("firstByte"), at * PART_BYTES),
            last=_number(one.get("lastByte"), min(size, (at + 1) * PART_BYTES) - 1),
        )
        for at, one in enumerate(told)
    ]
    return parts or [_Part(url=words(given.get("uploadUrl")), first=0, last=size - 1)]


def _number(value: Any, default: int) -> int:
    whole = isinstance(value, int) and not isinstance(value, bool) and value >= 0
    return value if whole else default


def _is_linkedins(session: ChannelSession, url: str) -> bool:
    """Return whether the token may go there: to LinkedIn over https, or to the API's host."""
    try:
        parts, own = urlsplit(url), urlsplit(session.base_url)
        if (parts.scheme, parts.netloc) == (own.scheme, own.netloc):
            return True
        host = f".{parts.hostname or ''}"
    except ValueError:
        return False
    return parts.scheme == "https" and host.endswith(_OUR_HOSTS)
