"""Uploads on X: begin, pieces, end, and the time it takes to work through a film."""

from core.sandbox.call import Json
from core.sandbox.x_call import XAnswer, XCall
from core.sandbox.x_errors import invalid, unknown
from core.sandbox.x_state import XFile

_MB = 1024 * 1024
LIMITS = {"image": 5 * _MB, "gif": 15 * _MB, "video": 512 * _MB}
PIECE_LIMIT = 5 * _MB
USES = ("tweet", "dm")


async def begin(call: XCall) -> XAnswer:
    """Give an upload its id."""
    use, _, kind = call.text("media_category").partition("_")
    total = call.params.get("total_bytes")
    if use not in USES or kind not in LIMITS or not isinstance(total, int):
        raise invalid("media_category and total_bytes are required.")
    if not 0 < total <= LIMITS[kind]:
        raise invalid("The file is larger than this kind of media may be.")
    file = XFile(
        id=call.state.new_id(call.world.now()),
        mime_type=call.text("media_type"),
        total_bytes=total,
        category=f"{use}_{kind}",
        looks_left=0 if kind == "image" else call.world.config.container_polls,
        failure="" if kind == "image" else call.state.film_failure,
    )
    call.state.files[file.id] = file
    return XAnswer(body={"data": _shape(file)})


async def append(call: XCall) -> XAnswer:
    """Take a piece; X answers without a body."""
    file = _file(call, call.path["id"])
    index = call.text("segment_index")
    _, piece = call.files.get("media", ("", b""))
    if not index.isdigit() or not piece or len(piece) > PIECE_LIMIT:
        raise invalid("segment_index and media are required.")
    file.parts[int(index)] = piece
    return XAnswer()


async def finish(call: XCall) -> XAnswer:
    """End an upload; films are worked on for a while."""
    file = _file(call, call.path["id"])
    if len(file.content) != file.total_bytes:
        raise invalid("The pieces do not make up the announced size.")
    file.whole = True
    return XAnswer(body={"data": {**_shape(file), "size": file.total_bytes}})


async def status(call: XCall) -> XAnswer:
    """Tell how far a file is; each look brings it further."""
    file = _file(call, call.text("media_id"))
    body: Json = {"data": _shape(file)}
    if file.whole and file.looks_left and not file.failure:
        file.looks_left -= 1
    return XAnswer(body=body)


async def describe(call: XCall) -> XAnswer:
    """Keep what a picture shows."""
    file = _file(call, call.text("id"))
    metadata = call.member("metadata").get("alt_text")
    text = metadata.get("text") if isinstance(metadata, dict) else None
    if not isinstance(text, str):
        raise invalid("metadata.alt_text.text is required.")
    file.alt_text = text
    return XAnswer(body={"data": {"id": file.id}})


def _file(call: XCall, media_id: str) -> XFile:
    file = call.state.files.get(media_id)
    if file is None:
        raise unknown("media", media_id)
    return file


def _shape(file: XFile) -> Json:
    shown: Json = {"id": file.id, "media_key": f"3_{file.id}", "expires_after_secs": 86400}
    if file.failure:
        error = {"code": 1, "name": "InvalidMedia", "message": file.failure}
        return {**shown, "processing_info": {"state": "failed", "error": error}}
    if not file.whole or file.category.endswith("image"):
        return shown
    if file.looks_left:
        working = {"state": "in_progress", "check_after_secs": 1}
        return {**shown, "processing_info": working}
    return {**shown, "processing_info": {"state": "succeeded"}}
