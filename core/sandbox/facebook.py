"""Messenger and the Page itself: send, look up people, subscribe."""

from collections.abc import Mapping

from core.domain.channel import PlatformName
from core.sandbox.accounts import FacebookAccount
from core.sandbox.call import SUCCESS, Answer, Call
from core.sandbox.facebook_state import PageMessage, new_message_id
from core.sandbox.facebook_webhooks import (
    OWN_APP,
    page_delivery,
    page_echo,
    page_read,
)
from core.sandbox.faults import Endpoint
from core.sandbox.fields import parse_fields, select
from core.sandbox.graph_errors import GraphError, bad_parameter, no_such_object
from core.sandbox.state import Send

TEXT_LIMIT = 2000
QUICK_REPLY_LIMIT = 13
FILE_LIMITS: Mapping[str, int] = {"image": 8 * 1024 * 1024}
OTHER_FILE_LIMIT = 25 * 1024 * 1024
ATTACHMENT_TYPES = frozenset({"image", "video", "audio", "file", "template"})
SENDER_ACTIONS = frozenset({"typing_on", "typing_off", "mark_seen"})
REACTIONS = frozenset({"react", "unreact"})
MESSAGING_TYPES = frozenset({"RESPONSE", "UPDATE", "MESSAGE_TAG"})
WEBHOOK_FIELDS = frozenset(
    {
        *("feed", "mention", "messages", "message_echoes", "message_deliveries"),
        *("message_reads", "message_reactions", "message_edits", "messaging_postbacks"),
        *("messaging_referrals", "messaging_optins", "messaging_handovers", "standby"),
        "messaging_policy_enforcement",
    }
)


def page_of(call: Call) -> FacebookAccount:
    """Return the token's account, which must be a Page."""
    if not isinstance(call.account, FacebookAccount):
        raise no_such_object(call.node, "this")
    return call.account


async def send_message(call: Call) -> Answer:
    """Accept a message, a private reply, or an action such as "typing"."""
    if "sender_action" in call.params:
        return _act(call)
    message = call.params.get("message")
    if not isinstance(message, Mapping):
        raise bad_parameter("The parameter message is required.")
    kind = _check(message)
    _check_type(call)
    recipient = _recipient(call)
    await _fetch(call, message)
    _spend(call)
    metadata = message.get("metadata")
    send = call.record(
        Endpoint.FACEBOOK_MESSAGES,
        recipient=recipient,
        message_id=new_message_id(),
        type=kind,
        opaque_id=metadata if isinstance(metadata, str) else None,
    )
    _keep(call, send, str(message.get("text", "")))
    return Answer(
        body={"recipient_id": recipient, "message_id": send.message_id},
        receipts=lambda: _receipts(call, send),
    )


def _check_type(call: Call) -> None:
    """Refuse the tags that Meta took away; only a person's remains."""
    kind = call.params.get("messaging_type")
    if kind not in MESSAGING_TYPES:
        raise bad_parameter("The parameter messaging_type is required.")
    if kind == "MESSAGE_TAG" and call.params.get("tag") != "HUMAN_AGENT":
        raise bad_parameter("This message tag is no longer supported.")


def _recipient(call: Call) -> str:
    """Return the person: named by id, or as the author of a comment or post."""
    recipient = call.params.get("recipient")
    if not isinstance(recipient, Mapping):
        raise bad_parameter("The parameter recipient is required.")
    if isinstance(recipient.get("id"), str):
        return str(recipient["id"])
    spoken = _spoken(call, recipient)
    if spoken is None:
        raise GraphError(400, 100, "No matching user found", subcode=2018001)
    author_id, answered = spoken
    if answered:
        raise GraphError(400, 10900, "Activity already replied to")
    return author_id


def _spoken(call: Call, recipient: Mapping[str, object]) -> tuple[str, bool] | None:
    """Return the author of a comment or post, and whether they had their private reply."""
    memory = call.world.state.facebook
    comment = memory.comments.get(str(recipient.get("comment_id")))
    if comment is not None:
        return comment.author_id, comment.privately_answered
    post = memory.posts.get(str(recipient.get("post_id")))
    return None if post is None else (post.author_id, post.privately_answered)


def _spend(call: Call) -> None:
    """Note that a comment or post has had its one private reply."""
    recipient = call.params["recipient"]
    if not isinstance(recipient, Mapping):
        return
    memory = call.world.state.facebook
    comment = memory.comments.get(str(recipient.get("comment_id")))
    post = memory.posts.get(str(recipient.get("post_id")))
    if comment is not None:
        comment.privately_answered = True
    if post is not None:
        post.privately_answered = True


def _act(call: Call) -> Answer:
    action, recipient = call.params["sender_action"], _recipient(call)
    if action in REACTIONS:
        _react(call, str(action))
    elif action not in SENDER_ACTIONS:
        raise bad_parameter("The parameter sender_action is invalid.")
    return Answer(body={"recipient_id": recipient})


def _react(call: Call, action: str) -> None:
    payload = call.params.get("payload")
    named = payload if isinstance(payload, Mapping) else {}
    message = call.world.state.facebook.message(str(named.get("message_id")))
    if message is None:
        raise bad_parameter("The message to react to does not exist.")
    emoji = named.get("reaction")
    if action == "react" and not (isinstance(emoji, str) and emoji):
        raise bad_parameter("The parameter reaction is required.")
    message.reaction = str(emoji) if action == "react" else ""


def _check(message: Mapping[str, object]) -> str:
    """Return the type of a well-formed message; raise what Messenger would answer."""
    replies = message.get("quick_replies", [])
    if not isinstance(replies, list) or len(replies) > QUICK_REPLY_LIMIT:
        raise bad_parameter(f"quick_replies holds at most {QUICK_REPLY_LIMIT} entries")
    if "text" in message:
        text = message["text"]
        if not isinstance(text, str) or not text.strip():
            raise GraphError(400, 100, "The message is empty.", subcode=2018034)
        if len(text) > TEXT_LIMIT:
            raise bad_parameter(f"message[text] exceeds {TEXT_LIMIT} characters.")
        return "quick_replies" if replies else "text"
    attachment = message.get("attachment")
    kind = attachment.get("type") if isinstance(attachment, Mapping) else None
    if kind not in ATTACHMENT_TYPES:
        raise bad_parameter("The message has neither text nor a known attachment.")
    return str(kind)


async def _fetch(call: Call, message: Mapping[str, object]) -> None:
    """Fetch a file from its address before the message counts."""
    attachment = message.get("attachment")
    payload = attachment.get("payload") if isinstance(attachment, Mapping) else None
    url = payload.get("url") if isinstance(payload, Mapping) else None
    if not isinstance(attachment, Mapping) or not isinstance(url, str):
        return
    failure = GraphError(400, 100, "Upload attachment failure.", subcode=2018047)
    try:
        fetched = await call.world.config.fetch(url)
    except OSError as error:
        raise failure from error
    if fetched.status != 200 or not fetched.content:
        raise failure
    limit = FILE_LIMITS.get(str(attachment["type"]), OTHER_FILE_LIMIT)
    if len(fetched.content) > limit:
        raise GraphError(400, 100, "The file is too large.", subcode=2018109)


def _keep(call: Call, send: Send, text: str) -> None:
    """List our message in the conversation, where a reconciling companion looks for it."""
    thread = call.world.state.facebook.thread(send.account_id, send.recipient)
    thread.messages.append(
        PageMessage(
            id=send.message_id,
            created_at=send.accepted_at,
            sender_id=send.account_id,
            recipient_id=send.recipient,
            text=text,
        )
    )


async def _receipts(call: Call, send: Send) -> None:
    """Send the echo and the marks, in the planned order."""
    plan = call.world.config.receipts
    builders = {"echo": page_echo, "delivery": page_delivery, "read": page_read}
    for receipt in plan.facebook:
        await call.world.config.sleep(plan.delay_seconds)
        payload = builders[receipt](page_of(call), send, call.world.now())
        for _ in range(plan.copies):
            await call.world.courier.deliver(PlatformName.FACEBOOK, payload)


async def show_profile(call: Call) -> Answer:
    """Return what a customer lets the Page see."""
    person = call.world.state.people.get(call.node)
    if person is None:
        raise no_such_object(call.node, "GET")
    first, _, last = person.name.partition(" ")
    profile = {
        "id": person.id,
        "name": person.name,
        "first_name": first,
        "last_name": last,
    }
    return Answer(
        body=select(profile, parse_fields(str(call.params.get("fields", "name"))))
    )


async def describe_page(call: Call) -> Answer:
    """Return the Page itself."""
    page = page_of(call)
    me = {"id": page.account_id, "name": page.name}
    return Answer(body=select(me, parse_fields(str(call.params.get("fields", "id,name")))))


async def subscribe(call: Call) -> Answer:
    """Switch the Page's webhooks on; one field that does not exist refuses them all."""
    wanted = tuple(filter(None, str(call.params.get("subscribed_fields", "")).split(",")))
    unknown = sorted(set(wanted) - WEBHOOK_FIELDS)
    if unknown:
        raise bad_parameter(f"Param subscribed_fields: {unknown[0]} is not known.")
    call.world.state.subscriptions[page_of(call).account_id] = wanted
    return SUCCESS


async def unsubscribe(call: Call) -> Answer:
    """Switch the Page's webhooks off for our app; the other one keeps its own."""
    call.world.state.subscriptions.pop(page_of(call).account_id, None)
    return Answer(body={"success": True})


async def list_subscriptions(call: Call) -> Answer:
    """Return which apps hear of the Page: another one, and ours once it has subscribed."""
    other = {"id": "42", "name": "Another app", "subscribed_fields": ["feed", "messages"]}
    subscribed = call.world.state.subscriptions.get(page_of(call).account_id)
    if subscribed is None:
        return Answer(body={"data": [other]})
    ours = {"id": str(OWN_APP), "name": "Ours", "subscribed_fields": list(subscribed)}
    return Answer(body={"data": [other, ours]})
