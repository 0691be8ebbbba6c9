"""What X tells us of: the webhook that is the app's, subscriptions that are the account's.

X lets only the developer app itself, by its own token, register a webhook and list what is
subscribed; private events are subscribed to by the account's token (CONTRACTS 5.1).
"""

import contextlib
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from core.domain.errors import NotFound, NotSetUp, OutcomeUnknown, PlatformDown, Refused
from core.net.client import Answer, Call
from core.platforms.base import ChannelSession
from core.platforms.connecting import SubscriptionReport
from core.platforms.untyped import Unreadable, identifier, items, required, section, words
from core.platforms.x.errors import content_of, read_problem
from core.platforms.x.limits import Endpoint, lane
from core.platforms.x.posts import Raw

EVENTS: Final = (
    "post.mention.create",
    "post.reply.create",
    "post.quote.create",
    "dm.received",
    "dm.sent",
    "dm.read",
    "post.create",
    "post.delete",
)
"""What a channel needs; mentions, replies and quotes each tell of posts the others do not."""
_WELCOME: Final = ("chat.received", "oauth.revoke")
"""What is good to know; X refuses these to some apps."""
_SUBSCRIPTIONS: Final = "2/activity/subscriptions"
_CONFLICT: Final = 409
"""X's answer to what is subscribed already."""


async def make(session: ChannelSession, callback_url: str) -> None:
    """Register the webhook where it is not, and subscribe to what is missing."""
    webhook_id = await _webhook(session, callback_url)
    there = await _subscribed(session)
    for event in EVENTS:
        await _subscribe(session, event, webhook_id, there.get(event))
    for event in _WELCOME:
        with contextlib.suppress(Refused):
            await _subscribe(session, event, webhook_id, there.get(event))


async def end(session: ChannelSession) -> None:
    """End this account's subscriptions, whatever they tell of."""
    for one in (await _subscribed(session)).values():
        known = identifier(one.get("subscription_id"))
        if known is not None:
            with contextlib.suppress(NotFound):
                await _told(session, "DELETE", f"{_SUBSCRIPTIONS}/{known}", None)


async def report(session: ChannelSession) -> SubscriptionReport:
    """Return which events of this account are subscribed."""
    there = await _subscribed(session)
    return SubscriptionReport(
        fields=tuple(sorted(there)),
        missing=tuple(event for event in EVENTS if event not in there),
    )


async def _webhook(session: ChannelSession, callback_url: str) -> str:
    """Return the id of the webhook at this address, registered or validated as needed."""
    if urlsplit(callback_url).port is not None and _is_x(session):
        raise NotSetUp(
            "X calls no address with a port.",
            "Give the companion an https address without.",
        )
    found = await _told(session, "GET", "2/webhooks", None)
    for hook in map(section, items(found.get("data"))):
        if words(hook.get("url")) == callback_url:
            if hook.get("valid") is False:
                await _told(session, "PUT", f"2/webhooks/{_id_of(hook)}", None)
            return _id_of(hook)
    made = await _told(session, "POST", "2/webhooks", {"url": callback_url})
    return _id_of(section(made.get("data")) or made)


def _is_x(session: ChannelSession) -> bool:
    return (urlsplit(session.base_url).hostname or "").endswith("x.com")


def _id_of(hook: Raw) -> str:
    try:
        return required(hook.get("id"), "id")
    except Unreadable as error:
        raise PlatformDown("X named no id for the webhook.") from error


async def _subscribed(session: ChannelSession) -> dict[str, Raw]:
    """Return this account's subscriptions, by event."""
    found = await _told(session, "GET", _SUBSCRIPTIONS, None)
    return {
        words(one.get("event_type")): one
        for one in map(section, items(found.get("data")))
        if section(one.get("filter")).get("user_id") == session.account_id
    }


async def _subscribe(
    session: ChannelSession, event: str, webhook_id: str, there: Raw | None
) -> None:
    """Subscribe to an event, or send what is subscribed to this webhook if it goes elsewhere."""
    if there is None:
        body = {
            "event_type": event,
            "filter": {"user_id": session.account_id},
            "tag": event,
            "webhook_id": webhook_id,
        }
        await _told(session, "POST", _SUBSCRIPTIONS, body)
        return
    elsewhere = words(there.get("webhook_id")) not in ("", webhook_id)
    known = identifier(there.get("subscription_id"))
    if elsewhere and known is not None:
        path = f"{_SUBSCRIPTIONS}/{known}"
        await _told(session, "PUT", path, {"webhook_id": webhook_id})


async def _told(
    session: ChannelSession, method: str, path: str, body: Mapping[str, Any] | None
) -> Mapping[str, Any]:
    """Make a call of the app's; creating a subscription alone is the account's own."""
    private = method == "POST" and path == _SUBSCRIPTIONS
    way = lane(session.account_id, Endpoint.HOOKS)
    call = Call(
        method=method,
        url=session.url(path),
        token=session.token if private else session.app_token or session.token,
        json=body,
    )
    try:
        answer = await session.http.call(call, way)
    except OutcomeUnknown as lost:
        raise PlatformDown(lost.title) from lost
    if private and answer.status == _CONFLICT:
        return {}
    if not private and session.app_token is None and _wants_app(answer):
        raise NotSetUp(
            "X lets only the developer app itself manage webhooks.",
            "Set the app's own token, or register the address in X's developer console.",
        )
    return content_of(answer, session.http.limits.closed_for(way))


def _wants_app(answer: Answer) -> bool:
    problem = read_problem(answer.json)
    return (
        answer.status in (401, 403)
        and problem is not None
        and problem.kind == "unsupported-authentication"
    )
