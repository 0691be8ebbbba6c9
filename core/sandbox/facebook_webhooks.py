"""Webhook bodies about a Page, ready to be signed."""

from collections.abc import Mapping
from datetime import datetime

from core.sandbox.accounts import FacebookAccount
from core.sandbox.facebook_state import PageComment, PagePost
from core.sandbox.state import Send
from core.sandbox.webhooks import Payload

OWN_APP = 1780001


def page_event(
    page: FacebookAccount, person_id: str, at: datetime, event: Payload
) -> Payload:
    """Return the webhook of what a person did in their conversation with the Page."""
    return _messaging(page, at, person_id, page.account_id, event)


def page_message(
    page: FacebookAccount, person_id: str, at: datetime, message: Payload
) -> Payload:
    """Return the webhook of a customer's message."""
    return page_event(page, person_id, at, {"message": message})


def page_image(message_id: str, url: str) -> Payload:
    """Return a message that is a picture on the platform's CDN."""
    attachment = {"type": "image", "payload": {"url": url}}
    return {"mid": message_id, "attachments": [attachment]}


def page_echo(page: FacebookAccount, send: Send, at: datetime) -> Payload:
    """Return the echo of our own message, with the id we sent along."""
    sent = send.body.get("message")
    message: Payload = {"mid": send.message_id, "is_echo": True, "app_id": OWN_APP}
    if isinstance(sent, Mapping):
        for name in ("text", "metadata"):
            if name in sent:
                message[name] = sent[name]
        if "attachment" in sent:
            message["attachments"] = [sent["attachment"]]
    return _messaging(page, at, page.account_id, send.recipient, {"message": message})


def page_delivery(page: FacebookAccount, send: Send, at: datetime) -> Payload:
    """Return the webhook that names a message and a moment up to which all has arrived."""
    body = {"mids": [send.message_id], "watermark": _milliseconds(at)}
    return page_event(page, send.recipient, at, {"delivery": body})


def page_read(page: FacebookAccount, send: Send, at: datetime) -> Payload:
    """Return the webhook that names a moment up to which the customer has read."""
    return page_event(page, send.recipient, at, {"read": {"watermark": _milliseconds(at)}})


def page_policy(page: FacebookAccount, action: str, reason: str, at: datetime) -> Payload:
    """Return Facebook's verdict on a Page; nobody is its sender."""
    item = {
        "recipient": {"id": page.account_id},
        "timestamp": _milliseconds(at),
        "policy-enforcement": {"action": action, "reason": reason},
    }
    return _entry(page, at, {"messaging": [item]})


def comment_change(
    page: FacebookAccount, comment: PageComment, verb: str, at: datetime
) -> Payload:
    """Return the webhook of a comment that was made, changed or removed."""
    value: Payload = {
        "item": "comment",
        "verb": verb,
        "comment_id": comment.id,
        "post_id": comment.post_id,
        "parent_id": comment.parent_id or comment.post_id,
        "from": {"id": comment.author_id, "name": comment.author_name},
        "created_time": _seconds(comment.created_at),
    }
    if verb != "remove":
        value["message"] = comment.text
    return _changes(page, at, "feed", value)


def post_change(
    page: FacebookAccount, post: PagePost, author: str, at: datetime
) -> Payload:
    """Return the webhook of a post on the wall; `author` is the name shown."""
    value: Payload = {
        "item": "status",
        "verb": "add",
        "post_id": post.id,
        "from": {"id": post.author_id, "name": author},
        "message": post.text,
        "created_time": _seconds(post.created_at),
    }
    return _changes(page, at, "feed", value)


def mention_change(page: FacebookAccount, post: PagePost, at: datetime) -> Payload:
    """Return the webhook of a post elsewhere that names the Page, without its author."""
    value: Payload = {
        "item": "post",
        "verb": "add",
        "post_id": post.id,
        "message": post.text,
        "created_time": _seconds(post.created_at),
    }
    return _changes(page, at, "mention", value)


def _changes(page: FacebookAccount, at: datetime, field: str, value: Payload) -> Payload:
    entry = {
        "id": page.account_id,
        "time": _seconds(at),
        "changes": [{"field": field, "value": value}],
    }
    return {"object": "page", "entry": [entry]}


def _messaging(
    page: FacebookAccount, at: datetime, sender: str, recipient: str, event: Payload
) -> Payload:
    item = {
        "sender": {"id": sender},
        "recipient": {"id": recipient},
        "timestamp": _milliseconds(at),
        **event,
    }
    return _entry(page, at, {"messaging": [item]})


def _entry(page: FacebookAccount, at: datetime, content: Payload) -> Payload:
    entry = {"id": page.account_id, "time": _milliseconds(at), **content}
    return {"object": "page", "entry": [entry]}


def _milliseconds(at: datetime) -> int:
    return int(at.timestamp() * 1000)


def _seconds(at: datetime) -> int:
    return int(at.timestamp())
