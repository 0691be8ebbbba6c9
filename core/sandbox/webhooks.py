"""Webhook bodies in Meta's two dialects, ready to be signed."""

import base64
import hashlib
from collections.abc import Mapping
from datetime import datetime

from core.sandbox.accounts import InstagramAccount, WhatsAppAccount
from core.sandbox.state import Comment, Media, Person, Send

Payload = dict[str, object]

_FAILURES = {
    131026: "Message undeliverable",
    131042: "Business eligibility payment issue",
    131048: "Spam rate limit hit",
    131049: "Message kept back by Meta",
}


def whatsapp_message(
    account: WhatsAppAccount, person: Person, message_id: str, at: datetime, part: Payload
) -> Payload:
    """Return the webhook of a customer's message; `part` holds `type` and its body."""
    profile: Payload = {"name": person.name}
    if person.username:
        profile["username"] = person.username
    message = {"from": person.id, "id": message_id, "timestamp": _seconds(at), **part}
    return _whatsapp(
        account,
        {"contacts": [{"profile": profile, "wa_id": person.id}], "messages": [message]},
    )


def whatsapp_text(text: str) -> Payload:
    """Return the part of a message that carries text."""
    return {"type": "text", "text": {"body": text}}


def whatsapp_image(media: Media, caption: str) -> Payload:
    """Return the part of a message that carries a picture, announced by its id."""
    image: Payload = {
        "mime_type": media.mime_type,
        "sha256": base64.b64encode(hashlib.sha256(media.content).digest()).decode("ascii"),
        "id": media.id,
    }
    if caption:
        image["caption"] = caption
    return {"type": "image", "image": image}


def whatsapp_status(
    account: WhatsAppAccount, send: Send, status: str, at: datetime
) -> Payload:
    """Return the webhook that tells how far a message has come, as of v24: no conversation.

    `status` may name why it failed: `failed:131042`.
    """
    name, _, code = status.partition(":")
    if name == "failed":
        code = code or "131026"
    entry: Payload = {
        "id": send.message_id,
        "status": name,
        "timestamp": _seconds(at),
        "recipient_id": send.recipient,
    }
    if send.opaque_id is not None:
        entry["biz_opaque_callback_data"] = send.opaque_id
    if code:
        entry["errors"] = [_failure(int(code))]
    return _whatsapp(account, {"statuses": [entry]})


def _failure(code: int) -> Payload:
    title = _FAILURES.get(code, "Message failed to send")
    details = "The message could not be delivered."
    return {
        "code": code,
        "title": title,
        "message": title,
        "error_data": {"details": details},
    }


def whatsapp_change(account: WhatsAppAccount, field: str, news: Payload) -> Payload:
    """Return the webhook of any field that is about one number."""
    payload = _whatsapp(account, news)
    for entry in payload["entry"] if isinstance(payload["entry"], list) else []:
        entry["changes"][0]["field"] = field
    return payload


def instagram_message(
    account: InstagramAccount, person_id: str, at: datetime, message: Payload
) -> Payload:
    """Return the webhook of a customer's message."""
    event: Payload = {"message": message}
    return _instagram_messaging(account, at, person_id, account.account_id, event)


def instagram_image(message_id: str, url: str, caption: str) -> Payload:
    """Return a message that carries a picture as an address on the platform's CDN."""
    message: Payload = {
        "mid": message_id,
        "attachments": [{"type": "image", "payload": {"url": url}}],
    }
    if caption:
        message["text"] = caption
    return message


def instagram_echo(account: InstagramAccount, send: Send, at: datetime) -> Payload:
    """Return the echo of our own message: the same field, our id as the sender."""
    sent = send.body.get("message")
    message: Payload = {"mid": send.message_id, "is_echo": True}
    if isinstance(sent, Mapping):
        if "text" in sent:
            message["text"] = sent["text"]
        if "attachment" in sent:
            message["attachments"] = [sent["attachment"]]
    event: Payload = {"message": message}
    return _instagram_messaging(account, at, account.account_id, send.recipient, event)


def instagram_read(account: InstagramAccount, send: Send, at: datetime) -> Payload:
    """Return the webhook that says the customer has seen our message."""
    event: Payload = {"read": {"mid": send.message_id}}
    return _instagram_messaging(account, at, send.recipient, account.account_id, event)


def instagram_comment(account: InstagramAccount, comment: Comment) -> Payload:
    """Return the webhook of a comment in the shape seen in practice (`changes[]`)."""
    value: Payload = {
        "id": comment.id,
        "text": comment.text,
        "media": {"id": comment.post_id, "media_product_type": "FEED"},
    }
    if comment.author is not None:
        value["from"] = {"id": comment.author.id, "username": comment.author.username}
    if comment.parent_id is not None:
        value["parent_id"] = comment.parent_id
    at = int(comment.created_at.timestamp())
    change = {"field": "comments", "value": value}
    entry = {"id": account.account_id, "time": at, "changes": [change]}
    return {"object": "instagram", "entry": [entry]}


def _whatsapp(account: WhatsAppAccount, news: Payload) -> Payload:
    value = {
        "messaging_product": "whatsapp",
        "metadata": {
            "display_phone_number": account.display_phone_number,
            "phone_number_id": account.account_id,
        },
        **news,
    }
    change = {"value": value, "field": "messages"}
    entry = {"id": account.waba_id, "changes": [change]}
    return {"object": "whatsapp_business_account", "entry": [entry]}


def _instagram_messaging(
    account: InstagramAccount, at: datetime, sender: str, recipient: str, event: Payload
) -> Payload:
    parties: Payload = {"sender": {"id": sender}, "recipient": {"id": recipient}}
    return instagram_event(account, at, {**parties, **event})


def instagram_event(account: InstagramAccount, at: datetime, event: Payload) -> Payload:
    """Return the webhook of one event; some come without the names of the parties."""
    milliseconds = int(at.timestamp() * 1000)
    item: Payload = {"timestamp": milliseconds, **event}
    entry = {"time": milliseconds, "id": account.account_id, "messaging": [item]}
    return {"object": "instagram", "entry": [entry]}


def _seconds(at: datetime) -> str:
    return str(int(at.timestamp()))
