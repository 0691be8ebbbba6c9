"""Webhooks on X and what they are told of: registration with its challenge, subscriptions."""

import json
import secrets
from dataclasses import replace
from urllib.parse import urlencode, urlsplit

from core.net.addresses import is_loopback
from core.sandbox.call import Json, World
from core.sandbox.signing import x_signature
from core.sandbox.x_call import XAnswer, XCall
from core.sandbox.x_errors import XError, invalid, problem, unknown
from core.sandbox.x_state import XHook, XSubscription


async def create(call: XCall) -> XAnswer:
    """Register an address once it has proved that it knows our secret."""
    url = call.text("url")
    _check_address(url)
    if any(hook.url == url for hook in call.state.hooks.values()):
        raise _failed("DuplicateUrlFailed")
    if not await _passes(call.world, url):
        raise _failed("CrcValidationFailed")
    now = call.world.now()
    hook = XHook(id=call.state.new_id(now), url=url, created_at=now)
    call.state.hooks[hook.id] = hook
    return XAnswer(body={"data": _shape(hook)})


async def list_all(call: XCall) -> XAnswer:
    """List what is registered."""
    shown = [_shape(hook) for hook in call.state.hooks.values()]
    return XAnswer(body={"data": shown, "meta": {"result_count": len(shown)}})


async def validate(call: XCall) -> XAnswer:
    """Challenge an address again."""
    hook = _hook(call)
    hook.valid = await _passes(call.world, hook.url)
    return XAnswer(body={"data": {"valid": hook.valid}})


async def delete(call: XCall) -> XAnswer:
    """Forget an address."""
    del call.state.hooks[_hook(call).id]
    return XAnswer(body={"data": {"deleted": True}})


async def subscribe(call: XCall) -> XAnswer:
    """Deliver one kind of event of one account."""
    user_id = call.member("filter").get("user_id")
    event_type = call.text("event_type")
    if not event_type or not isinstance(user_id, str):
        raise invalid("event_type and filter.user_id are required.")
    known = call.state.subscriptions.values()
    if any((one.event_type, one.user_id) == (event_type, user_id) for one in known):
        raise problem(409, "duplicate-subscription", "Conflict", "Already subscribed.")
    now = call.world.now()
    made = XSubscription(
        id=call.state.new_id(now),
        event_type=event_type,
        user_id=user_id,
        created_at=now,
        webhook_id=call.text("webhook_id") or None,
        tag=call.text("tag") or None,
    )
    call.state.subscriptions[made.id] = made
    meta = {"total_subscriptions": len(call.state.subscriptions)}
    return XAnswer(body={"data": [_subscription(made)], "meta": meta})


async def list_subscriptions(call: XCall) -> XAnswer:
    """List what is delivered."""
    shown = [_subscription(one) for one in call.state.subscriptions.values()]
    return XAnswer(body={"data": shown, "meta": {"total_subscriptions": len(shown)}})


async def redirect(call: XCall) -> XAnswer:
    """Deliver a subscription's events to another webhook."""
    known = call.state.subscriptions.get(call.path["id"])
    if known is None:
        raise unknown("subscription", call.path["id"])
    changed = replace(known, webhook_id=call.text("webhook_id") or known.webhook_id)
    call.state.subscriptions[known.id] = changed
    return XAnswer(body={"data": _subscription(changed)})


async def unsubscribe(call: XCall) -> XAnswer:
    """Deliver one kind of event no longer."""
    if call.state.subscriptions.pop(call.path["id"], None) is None:
        raise unknown("subscription", call.path["id"])
    meta = {"total_subscriptions": len(call.state.subscriptions)}
    return XAnswer(body={"data": {"deleted": True}, "meta": meta})


async def _passes(world: World, url: str) -> bool:
    """Return whether an address answers the challenge (CRC) with our signature."""
    token = secrets.token_urlsafe(16)
    try:
        answer = await world.config.fetch(f"{url}?{urlencode({'crc_token': token})}")
        said = json.loads(answer.content)
    except (OSError, ValueError):
        return False
    expected = x_signature(world.config.app_secret, token.encode())
    return answer.status == 200 and said == {"response_token": expected}


def _check_address(url: str) -> None:
    """Refuse what X would: plain http and ports; this machine's own addresses may have both."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    here = host == "localhost" or is_loopback(host)
    if not here and (parts.scheme != "https" or parts.port is not None):
        raise _failed("UrlValidationFailed")


def _failed(why: str) -> XError:
    return problem(400, "invalid-request", why, why)


def _hook(call: XCall) -> XHook:
    hook = call.state.hooks.get(call.path["id"])
    if hook is None:
        raise _failed("WebhookIdInvalid")
    return hook


def _shape(hook: XHook) -> Json:
    return {
        "id": hook.id,
        "url": hook.url,
        "valid": hook.valid,
        "created_at": hook.created_at.isoformat(),
    }


def _subscription(one: XSubscription) -> Json:
    shown: Json = {
        "subscription_id": one.id,
        "event_type": one.event_type,
        "filter": {"user_id": one.user_id},
        "created_at": one.created_at.isoformat(),
    }
    return {**shown, **({"webhook_id": one.webhook_id} if one.webhook_id else {})}
