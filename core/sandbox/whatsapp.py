"""The WhatsApp Business Cloud API: messages, read receipts, media."""

import hashlib
import re
from collections.abc import Mapping

from core.domain.channel import PlatformName
from core.sandbox.call import SUCCESS, Answer, Call, Json
from core.sandbox.faults import Endpoint
from core.sandbox.graph_errors import GraphError, bad_parameter, no_such_object
from core.sandbox.state import Media, Send, new_node_id, new_wamid
from core.sandbox.webhooks import whatsapp_status
from core.sandbox.whatsapp_bodies import check_message, missing
from core.sandbox.whatsapp_business import check_template

MEDIA_LIMITS: Mapping[str, int] = {
    "image/jpeg": 5_000_000,
    "image/png": 5_000_000,
    "image/webp": 500_000,
    "audio/": 16_000_000,
    "video/": 16_000_000,
    "application/": 100_000_000,
    "text/": 100_000_000,
}
URL_LIFE_SECONDS = 300


async def send_message(call: Call) -> Answer:
    """Accept a message, or a "read" or "typing" sent through the same door."""
    account = call.whatsapp
    if call.params.get("messaging_product") != "whatsapp":
        raise bad_parameter("The parameter messaging_product is required.")
    if call.params.get("status") == "read":
        return _mark_read(call)
    recipient, contact = _recipient(call.params)
    kind = check_message(call.params)
    _check_number(call, recipient, kind)
    if recipient == _digits(account.display_phone_number):
        details = "The recipient is the sender."
        raise GraphError(400, 131021, "Recipient cannot be sender", details=details)
    opaque = call.params.get("biz_opaque_callback_data")
    send = call.record(
        Endpoint.WHATSAPP_MESSAGES,
        recipient=recipient,
        message_id=new_wamid(),
        type=kind,
        opaque_id=opaque if isinstance(opaque, str) else None,
    )
    message: Json = {"id": send.message_id}
    if kind == "template":
        message["message_status"] = "accepted"
    return Answer(
        body={
            "messaging_product": "whatsapp",
            "contacts": [contact],
            "messages": [message],
        },
        receipts=lambda: _statuses(call, send),
    )


def _check_number(call: Call, recipient: str, kind: str) -> None:
    """Refuse what an unregistered number sends, and words outside the reply window."""
    memory = call.world.state.whatsapp
    if call.whatsapp.account_id in memory.unregistered:
        raise GraphError(400, 133010, "Phone number not registered")
    template = call.params.get("template")
    if kind == "template" and isinstance(template, Mapping):
        check_template(call, template)
    elif recipient in memory.closed:
        details = "More than 24 hours have passed since the customer last wrote."
        raise GraphError(400, 131047, "Re-engagement message", details=details)


def _mark_read(call: Call) -> Answer:
    message_id = call.params.get("message_id")
    if not isinstance(message_id, str):
        raise missing("message_id")
    memory = call.world.state.whatsapp
    memory.read.append(message_id)
    if "typing_indicator" in call.params:
        memory.typed.append(message_id)
    return SUCCESS


def _recipient(params: Mapping[str, object]) -> tuple[str, Json]:
    """Return who it goes to and the `contacts` entry; `to` wins over `recipient`."""
    to = params.get("to")
    if params.get("recipient_type") == "group" and isinstance(to, str) and to:
        return to, {"input": to}
    if isinstance(to, str) and _digits(to):
        return _digits(to), {"input": to, "wa_id": _digits(to)}
    user_id = params.get("recipient")
    if isinstance(user_id, str) and user_id:
        return user_id, {"input": user_id, "user_id": user_id}
    raise missing("to")


def _digits(number: str) -> str:
    return re.sub(r"[^0-9]", "", number)


async def _statuses(call: Call, send: Send) -> None:
    """Tell the companion how far the message has come, in the planned order."""
    plan = call.world.config.receipts
    for status in plan.whatsapp:
        await call.world.config.sleep(plan.delay_seconds)
        payload = whatsapp_status(call.whatsapp, send, status, call.world.now())
        for _ in range(plan.copies):
            await call.world.courier.deliver(PlatformName.WHATSAPP, payload)


async def upload_media(call: Call) -> Answer:
    """Keep an uploaded file and return its id."""
    if call.params.get("messaging_product") != "whatsapp":
        raise bad_parameter("The parameter messaging_product is required.")
    if "file" not in call.files:
        raise bad_parameter("The parameter file is required.")
    mime_type, content = call.files["file"]
    limit = max(
        (MEDIA_LIMITS[kind] for kind in MEDIA_LIMITS if mime_type.startswith(kind)),
        default=0,
    )
    if len(content) > limit:
        details = f"{mime_type} of {len(content)} bytes is not accepted"
        raise GraphError(400, 131053, "Media upload error", details=details)
    media = Media(
        id=new_node_id(), mime_type=mime_type, content=content, created_at=call.world.now()
    )
    call.world.state.media[media.id] = media
    return Answer(body={"id": media.id})


async def find_media(call: Call) -> Answer:
    """Return where a file can be fetched during the next five minutes."""
    media = _media(call, "GET")
    expires = int(call.world.now().timestamp()) + URL_LIFE_SECONDS
    return Answer(
        body={
            "messaging_product": "whatsapp",
            "url": f"{call.world.url}/whatsapp_business/attachments/?mid={media.id}&oe={expires}",
            "mime_type": media.mime_type,
            "sha256": hashlib.sha256(media.content).hexdigest(),
            "file_size": str(len(media.content)),
            "id": media.id,
        }
    )


async def delete_media(call: Call) -> Answer:
    """Forget a file."""
    del call.world.state.media[_media(call, "DELETE").id]
    return SUCCESS


def _media(call: Call, method: str) -> Media:
    media = call.world.state.media.get(call.node)
    if media is None:
        raise no_such_object(call.node, method)
    return media
