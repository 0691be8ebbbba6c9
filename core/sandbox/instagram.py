"""Instagram messaging: send, look up profiles, subscribe."""

import re
from collections.abc import Mapping
from datetime import timedelta

from core.domain.channel import PlatformName
from core.sandbox.call import SUCCESS, Answer, Call, Json
from core.sandbox.faults import Endpoint
from core.sandbox.fields import graph_time, parse_fields, select
from core.sandbox.graph_errors import GraphError, bad_parameter, no_such_object
from core.sandbox.state import Media, Send, ThreadMessage, new_mid, new_node_id
from core.sandbox.webhooks import instagram_echo, instagram_read

TEXT_LIMIT_BYTES = 1000
QUICK_REPLY_LIMIT = 13
FILE_LIMITS: Mapping[str, int] = {"image": 8 * 1024 * 1024}
OTHER_FILE_LIMIT = 25 * 1024 * 1024
ATTACHMENT_TYPES = frozenset(
    {"image", "video", "audio", "file", "like_heart", "MEDIA_SHARE", "template"}
)
REACTIONS = frozenset({"react", "unreact"})
SENDER_ACTIONS = REACTIONS | {"typing_on", "typing_off", "mark_seen"}
_MENTIONED = re.compile(
    r"(mentioned_media|mentioned_comment)\.(?:media_id|comment_id)\((\w+)\)"
)
PRIVATE_REPLY_WINDOW = timedelta(days=7)


async def send_message(call: Call) -> Answer:
    """Accept a message, a private reply to a comment, or an action such as "typing"."""
    recipient = _recipient(call)
    if "sender_action" in call.params:
        return _act(call, recipient)
    message = call.params.get("message")
    if not isinstance(message, Mapping):
        raise bad_parameter("The parameter message is required.")
    kind = _check(message)
    address = await _fetch(call, message)
    metadata = message.get("metadata")
    send = call.record(
        Endpoint.INSTAGRAM_MESSAGES,
        recipient=recipient,
        message_id=new_mid(),
        type=kind,
        opaque_id=metadata if isinstance(metadata, str) else None,
    )
    _keep(call, send, text=str(message.get("text", "")), picture_url=address)
    return Answer(
        body={"recipient_id": recipient, "message_id": send.message_id},
        receipts=lambda: _receipts(call, send),
    )


def _recipient(call: Call) -> str:
    """Return the person: named by id, or as the author of a comment, once per comment."""
    recipient = call.params.get("recipient")
    if not isinstance(recipient, Mapping):
        raise bad_parameter("The parameter recipient is required.")
    if isinstance(recipient.get("id"), str):
        return str(recipient["id"])
    comment = call.world.state.comments.get(str(recipient.get("comment_id")))
    if comment is None or comment.author is None:
        raise GraphError(400, 100, "No matching user found", subcode=2534014)
    if comment.privately_answered:
        text = "A private reply has already been sent for this comment."
        raise GraphError(400, 10, text, subcode=2534025)
    if call.world.now() - comment.created_at > PRIVATE_REPLY_WINDOW:
        text = "This comment is too old to be answered in private."
        raise GraphError(400, 10, text, subcode=2534022)
    comment.privately_answered = True
    return comment.author.id


def _act(call: Call, recipient: str) -> Answer:
    """Take a sign: of typing, of having read, or a reaction, which alone leaves a trace."""
    action = call.params["sender_action"]
    if action not in SENDER_ACTIONS:
        raise bad_parameter("The parameter sender_action is invalid.")
    if action in REACTIONS:
        payload = call.params.get("payload")
        target = payload.get("message_id") if isinstance(payload, Mapping) else None
        reaction = payload.get("reaction") if isinstance(payload, Mapping) else None
        if not isinstance(target, str) or (action == "react" and not reaction):
            raise bad_parameter("The parameter payload is required.")
        call.record(
            Endpoint.INSTAGRAM_ACTIONS,
            recipient=recipient,
            message_id=target,
            type=str(action),
        )
    return Answer(body={"recipient_id": recipient})


def _check(message: Mapping[str, object]) -> str:
    """Return the type of a well-formed message; raise what Instagram would answer."""
    replies = message.get("quick_replies", [])
    if not isinstance(replies, list) or len(replies) > QUICK_REPLY_LIMIT:
        raise bad_parameter(f"quick_replies holds at most {QUICK_REPLY_LIMIT} entries")
    if "text" in message:
        text = message["text"]
        if not isinstance(text, str) or not text.strip():
            raise bad_parameter("The message text is empty.")
        if len(text.encode("utf-8")) > TEXT_LIMIT_BYTES:
            raise bad_parameter(
                f"Length of message[text] exceeds {TEXT_LIMIT_BYTES} bytes."
            )
        return "text"
    attachment = message.get("attachment")
    if (
        not isinstance(attachment, Mapping)
        or attachment.get("type") not in ATTACHMENT_TYPES
    ):
        raise bad_parameter("The message has neither text nor a known attachment.")
    return str(attachment["type"])


async def _fetch(call: Call, message: Mapping[str, object]) -> str:
    """Fetch a file from its address before the message counts; return where it is kept."""
    attachment = message.get("attachment")
    payload = attachment.get("payload") if isinstance(attachment, Mapping) else None
    url = payload.get("url") if isinstance(payload, Mapping) else None
    if not isinstance(attachment, Mapping) or not isinstance(url, str):
        return ""
    try:
        fetched = await call.world.config.fetch(url)
    except OSError as error:
        raise _upload_failed() from error
    limit = FILE_LIMITS.get(str(attachment["type"]), OTHER_FILE_LIMIT)
    if fetched.status != 200 or not 0 < len(fetched.content) <= limit:
        raise _upload_failed()
    media = Media(
        id=new_node_id(),
        mime_type=fetched.headers.get("content-type", "").partition(";")[0],
        content=fetched.content,
        created_at=call.world.now(),
    )
    call.world.state.media[media.id] = media
    return f"{call.world.url}/ig_messaging_cdn/?asset_id={media.id}"


def _upload_failed() -> GraphError:
    return GraphError(400, 100, "Upload attachment failure.", subcode=2018047)


def _keep(call: Call, send: Send, *, text: str, picture_url: str) -> None:
    """List our message in the conversation, where a reconciling companion looks for it."""
    thread = call.world.state.thread(send.account_id, send.recipient)
    thread.messages.append(
        ThreadMessage(
            id=send.message_id,
            created_at=send.accepted_at,
            sender_id=send.account_id,
            recipient_id=send.recipient,
            text=text,
            picture_url=picture_url,
        )
    )


async def _receipts(call: Call, send: Send) -> None:
    """Send the echo and the read mark, in the planned order."""
    plan = call.world.config.receipts
    builders = {"echo": instagram_echo, "read": instagram_read}
    for receipt in plan.instagram:
        await call.world.config.sleep(plan.delay_seconds)
        payload = builders[receipt](call.instagram, send, call.world.now())
        for _ in range(plan.copies):
            await call.world.courier.deliver(PlatformName.INSTAGRAM, payload)


async def show_profile(call: Call) -> Answer:
    """Return what a customer lets the business see."""
    person = call.world.state.people.get(call.node)
    if person is None:
        raise no_such_object(call.node, "GET")
    profile = {"id": person.id, "name": person.name, "username": person.username}
    return Answer(
        body=select(profile, parse_fields(str(call.params.get("fields", "name"))))
    )


async def describe_account(call: Call) -> Answer:
    """Return the account itself; `user_id` is the id that webhooks use."""
    account = call.instagram
    me: Json = {
        "id": "app" + account.account_id[3:],
        "user_id": account.account_id,
        "username": account.username,
        "name": account.name,
        "account_type": "BUSINESS",
        "instagram_business_account": {
            "id": account.account_id,
            "username": account.username,
            "name": account.name,
        },
    }
    asked = str(call.params.get("fields", "id"))
    me |= {name: _mentioned(call, name, node) for name, node in _MENTIONED.findall(asked)}
    return Answer(body=select(me, parse_fields(_MENTIONED.sub(r"\1", asked))))


def _mentioned(call: Call, name: str, node_id: str) -> Json:
    """Return a post or comment of somebody else's that names the account."""
    comment = call.world.state.comments.get(node_id)
    post = call.world.state.posts.get(comment.post_id if comment else node_id)
    if post is None or (comment is None) != (name == "mentioned_media"):
        raise no_such_object(node_id, "GET")
    media: Json = {
        "id": post.id,
        "caption": post.caption,
        "timestamp": graph_time(post.published_at),
        "permalink": f"{call.world.url}/p/{post.id}/",
    }
    if comment is None:
        return media
    at = graph_time(comment.created_at)
    return {"id": comment.id, "text": comment.text, "timestamp": at, "media": media}


async def subscribe(call: Call) -> Answer:
    """Switch the account's webhooks on for `subscribed_fields`."""
    wanted = str(call.params.get("subscribed_fields", ""))
    call.world.state.subscriptions[call.node] = tuple(filter(None, wanted.split(",")))
    return SUCCESS


async def unsubscribe(call: Call) -> Answer:
    """Switch the account's webhooks off."""
    call.world.state.subscriptions.pop(call.node, None)
    return Answer(body={"success": True})


async def list_subscriptions(call: Call) -> Answer:
    """Return which fields the account's webhooks are on for."""
    subscribed = call.world.state.subscriptions.get(call.node)
    if subscribed is None:
        return Answer(body={"data": []})
    return Answer(body={"data": [{"id": "sandbox", "subscribed_fields": list(subscribed)}]})
