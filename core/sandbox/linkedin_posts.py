"""Posts and their files on LinkedIn: upload, wait, publish, list."""

import hashlib
import re
from typing import Any
from urllib.parse import quote

from core.sandbox.faults import Endpoint
from core.sandbox.linkedin_call import RestAnswer, RestCall, RestRefused, bad, missing
from core.sandbox.linkedin_state import LinkedInAsset, LinkedInPost, digits, milliseconds

TEXT_LIMIT = 3000
PART_BYTES = 4 * 1024 * 1024
KINDS = {"images": "image", "videos": "video", "documents": "document"}
_UNESCAPED = re.compile(r"(?<!\\)(?:\\\\)*[|{}@\[\]()<>#*_~]")


def create(call: RestCall) -> RestAnswer:
    """Publish, and answer with an id in a header and nothing else."""
    commentary, content = call.body.get("commentary"), call.body.get("content", {})
    if call.body.get("author") != call.account.account_id:
        raise bad("author must be an organization you administer")
    if not isinstance(commentary, str) or len(unescaped(commentary)) > TEXT_LIMIT:
        raise bad("commentary is missing or too long")
    for asset in _assets(content):
        known = call.state.assets.get(asset)
        if known is None or _status(known) != "AVAILABLE":
            raise bad(f"{asset} is not ready")
    kept = _kept(commentary)
    twin = _twin(call, kept, content)
    if twin is not None:
        message = f"Content is a duplicate of {twin.urn}"
        raise RestRefused(422, "DUPLICATE_POST", message)
    post = call.state.add_post(call.account.account_id, kept, content, call.world.now())
    call.record(Endpoint.LINKEDIN_PUBLISH, call.account.account_id, post.urn)
    return RestAnswer(status=201, headers={"x-restli-id": post.urn})


def _kept(commentary: str) -> str:
    """Return what LinkedIn keeps: up to the first reserved character without a backslash."""
    cut = _UNESCAPED.search(commentary)
    return commentary if cut is None else commentary[: cut.start()]


def unescaped(commentary: str) -> str:
    """Return the plain words."""
    return re.sub(r"\\(.)", r"\1", commentary)


def _twin(call: RestCall, commentary: str, content: Any) -> LinkedInPost | None:
    if not call.state.refuses_duplicates:
        return None
    return next(
        (
            post
            for post in call.state.posts.values()
            if (post.commentary, post.content) == (commentary, content)
        ),
        None,
    )


def _assets(content: Any) -> list[str]:
    """Return the files that a post's content names."""
    if not isinstance(content, dict):
        raise bad("content must be an object")
    named = [
        content.get("media", {}).get("id"),
        content.get("article", {}).get("thumbnail"),
        *(one.get("id") for one in content.get("multiImage", {}).get("images", [])),
    ]
    return [name for name in named if name is not None]


def find(call: RestCall) -> RestAnswer:
    """List an organisation's posts, newest first."""
    call.must("q", "author")
    call.must("author", call.account.account_id)
    if call.headers.get("x-restli-method") != "FINDER":
        raise bad("X-RestLi-Method: FINDER is required")
    count = int(call.params.get("count", "10"))
    newest = list(reversed(call.state.posts.values()))[:count]
    paging = {"start": 0, "count": count, "links": []}
    return RestAnswer(
        body={"paging": paging, "elements": [_shown(post) for post in newest]}
    )


def _shown(post: LinkedInPost) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "id": post.urn,
        "author": post.author,
        "commentary": post.commentary,
        "createdAt": milliseconds(post.published_at),
        "publishedAt": milliseconds(post.published_at),
        "lifecycleState": "PUBLISHED",
        "visibility": "PUBLIC",
    }
    return {**shown, "content": post.content} if post.content else shown


def start_upload(call: RestCall) -> RestAnswer:
    """Hand out addresses to upload to, one a part for videos."""
    if call.params.get("action") == "finalizeUpload":
        return _finalize(call)
    call.must("action", "initializeUpload")
    kind = KINDS[call.path["kind"]]
    request = call.body.get("initializeUploadRequest")
    if not isinstance(request, dict) or request.get("owner") != call.account.account_id:
        raise bad("owner must be an organization you administer")
    asset = LinkedInAsset(
        urn=f"urn:li:{kind}:C4{digits()}",
        owner=call.account.account_id,
        size=int(request.get("fileSizeBytes", 0)),
        polls_left=call.world.config.container_polls,
    )
    call.state.assets[asset.urn] = asset
    value: dict[str, Any] = {kind: asset.urn}
    if kind == "video":
        value |= {"uploadToken": "", "uploadInstructions": _instructions(call, asset)}
    else:
        value["uploadUrl"] = _address(call, asset, 0)
    return RestAnswer(body={"value": value})


def _instructions(call: RestCall, asset: LinkedInAsset) -> list[dict[str, Any]]:
    return [
        {
            "uploadUrl": _address(call, asset, first // PART_BYTES),
            "firstByte": first,
            "lastByte": min(first + PART_BYTES, asset.size) - 1,
        }
        for first in range(0, asset.size, PART_BYTES)
    ]


def _address(call: RestCall, asset: LinkedInAsset, part: int) -> str:
    return f"{call.world.url}/linkedin/dms-uploads/{quote(asset.urn, safe='')}/{part}"


def store_part(call: RestCall) -> RestAnswer:
    """Take the bytes of a part and answer with its ETag."""
    asset = call.state.assets.get(call.path["urn"])
    if asset is None:
        raise missing("the upload")
    if len(call.content) > PART_BYTES and asset.size:
        raise RestRefused(413, "PAYLOAD_TOO_LARGE", "A part holds 4 MB.")
    asset.parts[int(call.path["part"])] = call.content
    etag = hashlib.sha256(call.content).hexdigest()[:16]
    return RestAnswer(status=201 if not asset.size else 200, headers={"etag": f'"{etag}"'})


def _finalize(call: RestCall) -> RestAnswer:
    request = call.body.get("finalizeUploadRequest")
    asked = request if isinstance(request, dict) else {}
    asset = call.state.assets.get(str(asked.get("video")))
    if asset is None:
        raise missing("the video")
    etags = [
        hashlib.sha256(asset.parts[part]).hexdigest()[:16] for part in sorted(asset.parts)
    ]
    whole = sum(map(len, asset.parts.values())) == asset.size
    if asked.get("uploadedPartIds") != etags or not whole:
        raise bad("uploadedPartIds does not match what was uploaded")
    asset.finalized = True
    return RestAnswer(status=200)


def show_file(call: RestCall) -> RestAnswer:
    """Return how far a file is; looking at it is what moves it on."""
    asset = call.state.assets.get(call.path["urn"])
    if asset is None:
        raise missing("the file")
    status = _status(asset)
    if status == "PROCESSING":
        asset.polls_left -= 1
    return RestAnswer(body={"id": asset.urn, "owner": asset.owner, "status": status})


def _status(asset: LinkedInAsset) -> str:
    if asset.broken:
        return "PROCESSING_FAILED"
    if not asset.parts or (asset.size and not asset.finalized):
        return "WAITING_UPLOAD"
    return "PROCESSING" if asset.polls_left > 0 else "AVAILABLE"
