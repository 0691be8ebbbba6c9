"""The calls that the sandbox's X answers: method, path, what is counted, who answers."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from core.sandbox import x_hooks as hooks
from core.sandbox import x_media as media
from core.sandbox import x_messages as messages
from core.sandbox import x_posts as posts
from core.sandbox.faults import Endpoint
from core.sandbox.x_call import XAnswer, XCall
from core.sandbox.x_errors import unknown
from core.sandbox.x_shapes import user

Handler = Callable[[XCall], Awaitable[XAnswer]]

LIMITS = {
    Endpoint.X_POSTS: 100,
    Endpoint.X_DELETE: 50,
    Endpoint.X_HIDE: 50,
    Endpoint.X_MENTIONS: 300,
    Endpoint.X_SEARCH: 300,
    Endpoint.X_TIMELINE: 900,
    Endpoint.X_MESSAGES: 15,
    Endpoint.X_THREADS: 15,
    Endpoint.X_MEDIA: 500,
    Endpoint.X_USERS: 75,
    Endpoint.X_HOOKS: 450,
}
"""Calls per account in a quarter of an hour (CONTRACTS 5)."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One row of the table; `scope` is what a token from a login must hold."""

    method: str
    path: str
    endpoint: Endpoint
    scope: str
    run: Handler

    def match(self, method: str, path: str) -> dict[str, str] | None:
        """Return the path's variable parts, None when the row is another's."""
        pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[\\w.-]+)", self.path)
        found = re.fullmatch(pattern, path) if method == self.method else None
        return None if found is None else found.groupdict()


async def me(call: XCall) -> XAnswer:
    """Tell whose token this is."""
    shown = user(call.world, call.account.account_id, call.names("user.fields"))
    return XAnswer(body={"data": shown})


async def show_user(call: XCall) -> XAnswer:
    """Show an account."""
    shown = user(call.world, call.path["id"], call.names("user.fields"))
    return XAnswer(body={"data": shown})


_SUBSCRIPTIONS = "2/activity/subscriptions"
OPERATIONS = (
    Operation("GET", "2/users/me", Endpoint.X_USERS, "users.read", me),
    Operation("GET", "2/users/{id}", Endpoint.X_USERS, "users.read", show_user),
    Operation(
        "GET", "2/users/{id}/tweets", Endpoint.X_TIMELINE, "tweet.read", posts.timeline
    ),
    Operation(
        "GET", "2/users/{id}/mentions", Endpoint.X_MENTIONS, "tweet.read", posts.mentions
    ),
    Operation(
        "GET", "2/tweets/search/recent", Endpoint.X_SEARCH, "tweet.read", posts.search
    ),
    Operation("POST", "2/tweets", Endpoint.X_POSTS, "tweet.write", posts.create),
    Operation("DELETE", "2/tweets/{id}", Endpoint.X_DELETE, "tweet.write", posts.delete),
    Operation(
        "PUT", "2/tweets/{id}/hidden", Endpoint.X_HIDE, "tweet.moderate.write", posts.hide
    ),
    Operation("GET", "2/dm_events", Endpoint.X_THREADS, "dm.read", messages.list_all),
    Operation(
        "GET",
        "2/dm_conversations/with/{id}/dm_events",
        Endpoint.X_THREADS,
        "dm.read",
        messages.list_with,
    ),
    Operation(
        "POST",
        "2/dm_conversations/with/{id}/messages",
        Endpoint.X_MESSAGES,
        "dm.write",
        messages.send,
    ),
    Operation(
        "GET",
        "2/dm_conversations/media/{id}/{file}/{name}",
        Endpoint.X_MEDIA,
        "dm.read",
        messages.download,
    ),
    Operation(
        "POST", "2/media/upload/initialize", Endpoint.X_MEDIA, "media.write", media.begin
    ),
    Operation(
        "POST", "2/media/upload/{id}/append", Endpoint.X_MEDIA, "media.write", media.append
    ),
    Operation(
        "POST",
        "2/media/upload/{id}/finalize",
        Endpoint.X_MEDIA,
        "media.write",
        media.finish,
    ),
    Operation("GET", "2/media/upload", Endpoint.X_MEDIA, "media.write", media.status),
    Operation("POST", "2/media/metadata", Endpoint.X_MEDIA, "media.write", media.describe),
    Operation("POST", "2/webhooks", Endpoint.X_HOOKS, "", hooks.create),
    Operation("GET", "2/webhooks", Endpoint.X_HOOKS, "", hooks.list_all),
    Operation("PUT", "2/webhooks/{id}", Endpoint.X_HOOKS, "", hooks.validate),
    Operation("DELETE", "2/webhooks/{id}", Endpoint.X_HOOKS, "", hooks.delete),
    Operation("POST", _SUBSCRIPTIONS, Endpoint.X_HOOKS, "users.read", hooks.subscribe),
    Operation("GET", _SUBSCRIPTIONS, Endpoint.X_HOOKS, "", hooks.list_subscriptions),
    Operation("PUT", _SUBSCRIPTIONS + "/{id}", Endpoint.X_HOOKS, "", hooks.redirect),
    Operation("DELETE", _SUBSCRIPTIONS + "/{id}", Endpoint.X_HOOKS, "", hooks.unsubscribe),
)
"""Calls without a scope are the developer app's own."""


def find(method: str, path: str) -> tuple[Operation, dict[str, str]]:
    """Return the row for a call, and the variable parts of its path."""
    for operation in OPERATIONS:
        parts = operation.match(method, path)
        if parts is not None:
            return operation, parts
    raise unknown("endpoint", path)
