"""Direct messages on X: send, list, hand out their files."""

from datetime import timedelta

from core.domain.channel import PlatformName
from core.sandbox.call import Json, World
from core.sandbox.faults import Endpoint
from core.sandbox.x_call import XAnswer, XCall, paged
from core.sandbox.x_errors import invalid, unknown
from core.sandbox.x_events import direct_read, direct_sent, wanted
from core.sandbox.x_shapes import short_url, user
from core.sandbox.x_state import XLetter

HISTORY = timedelta(days=30)
TEXT_LIMIT = 10_000
_ALWAYS = ("id", "event_type", "text")


async def send(call: XCall) -> XAnswer:
    """Accept a message to one person."""
    text, media_id = call.text("text"), _attached(call)
    if not text and media_id is None:
        raise invalid("A message must have text or an attachment.")
    if len(text) > TEXT_LIMIT:
        raise invalid("The text of the message is too long.")
    letter = XLetter(
        id=call.state.new_id(call.world.now()),
        sender_id=call.account.account_id,
        recipient_id=call.path["id"],
        text=text,
        created_at=call.world.now(),
        media_id=media_id,
    )
    call.state.letters[letter.id] = letter
    call.record(
        Endpoint.X_MESSAGES,
        recipient=letter.recipient_id,
        message_id=letter.id,
        type="text" if media_id is None else "media",
    )
    data = {"dm_conversation_id": letter.conversation_id, "dm_event_id": letter.id}
    return XAnswer(
        body={"data": data}, status=201, receipts=lambda: _receipts(call.world, letter)
    )


def _attached(call: XCall) -> str | None:
    attachments = call.params.get("attachments")
    if not isinstance(attachments, list) or not attachments:
        return None
    first = attachments[0]
    media_id = first.get("media_id") if isinstance(first, dict) else None
    file = call.state.files.get(str(media_id))
    if (
        file is None
        or not file.whole
        or file.looks_left
        or not file.category.startswith("dm_")
    ):
        raise invalid("The attachment is not a file for messages, or not ready.")
    return file.id


async def _receipts(world: World, letter: XLetter) -> None:
    """Tell the companion that the message exists, and that it was read, as planned."""
    plan = world.config.receipts
    for name, payload in (("sent", direct_sent), ("read", direct_read)):
        event = payload(world, letter)
        if name in plan.x and wanted(world, event):
            await world.config.sleep(plan.delay_seconds)
            for _ in range(plan.copies):
                await world.courier.deliver(PlatformName.X, event)


async def list_all(call: XCall) -> XAnswer:
    """List the account's messages of thirty days, newest first."""
    return _listing(call, list(call.state.letters.values()))


async def list_with(call: XCall) -> XAnswer:
    """List the messages with one person."""
    person = call.path["id"]
    letters = call.state.letters.values()
    return _listing(
        call, [one for one in letters if person in (one.sender_id, one.recipient_id)]
    )


def _listing(call: XCall, found: list[XLetter]) -> XAnswer:
    oldest = call.world.now() - HISTORY
    me = call.account.account_id
    newest = sorted(
        (
            one
            for one in found
            if one.created_at >= oldest and me in (one.sender_id, one.recipient_id)
        ),
        key=lambda one: -int(one.id),
    )
    fields = call.names("dm_event.fields")
    shown = [_shape(one, fields) for one in newest]
    page, meta = paged(call, shown, call.size(1, 100), "pagination_token")
    if not page:
        return XAnswer(body={"meta": meta})
    ids = {one["id"] for one in page}
    includes = _includes(call, [one for one in newest if one.id in ids])
    return XAnswer(body={"data": page, "meta": meta, **includes})


def _shape(letter: XLetter, fields: frozenset[str]) -> Json:
    text = letter.text
    whole: Json = {
        "id": letter.id,
        "event_type": "MessageCreate",
        "sender_id": letter.sender_id,
        "dm_conversation_id": letter.conversation_id,
        "created_at": letter.created_at.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
    }
    if letter.media_id is not None:
        text = f"{text} {short_url(letter.media_id)}".strip()
        whole["attachments"] = {"media_keys": [f"3_{letter.media_id}"]}
    whole["text"] = text
    return {
        name: value for name, value in whole.items() if name in fields or name in _ALWAYS
    }


def _includes(call: XCall, letters: list[XLetter]) -> Json:
    wanted_parts = call.names("expansions")
    includes: Json = {}
    if "sender_id" in wanted_parts:
        senders = sorted({one.sender_id for one in letters})
        includes["users"] = [
            user(call.world, sender, call.names("user.fields")) for sender in senders
        ]
    files = [one for one in letters if one.media_id is not None]
    if "attachments.media_keys" in wanted_parts and files:
        includes["media"] = [
            {"media_key": f"3_{one.media_id}", "type": "photo", "url": file_url(one)}
            for one in files
        ]
    return {"includes": includes} if includes else {}


def file_url(letter: XLetter) -> str:
    """Return the address that a message names for its file; it opens to nobody here."""
    path = f"{letter.id}/{letter.media_id}/file.png"
    return f"https://ton.twitter.com/1.1/ton/data/dm/{path}"


async def download(call: XCall) -> XAnswer:
    """Hand out a message's file to one of the two it belongs to."""
    letter = call.state.letters.get(call.path["id"])
    file = call.state.files.get(call.path["file"])
    if letter is None or file is None or letter.media_id != file.id:
        raise unknown("media", call.path["file"])
    return XAnswer(content=file.content, media_type=file.mime_type)
