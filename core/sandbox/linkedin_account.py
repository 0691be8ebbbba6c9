"""Who may do what on LinkedIn: logins, roles, subscriptions, notifications kept."""

from datetime import timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from core.sandbox import logins
from core.sandbox.call import World
from core.sandbox.linkedin_call import RestAnswer, RestCall, bad, denied, missing
from core.sandbox.linkedin_state import MEMBER, milliseconds
from core.sandbox.logins import LoginRefused, Tokens

KEPT = timedelta(days=60)
_TOKEN_SECONDS = 5184000
_REFRESH_MINUTES = 525600


def list_roles(call: RestCall) -> RestAnswer:
    """List what the login's member is to which organisation."""
    call.must("q", "roleAssignee")
    role = call.state.role
    element = {
        "organization": call.account.account_id,
        "role": role,
        "state": "APPROVED",
        "roleAssignee": MEMBER,
    }
    return RestAnswer(body={"elements": [element] if role is not None else []})


def show_organisation(call: RestCall) -> RestAnswer:
    """Return an organisation's name."""
    if call.path["id"] != call.account.account_id.rpartition(":")[2]:
        raise missing("the organization")
    name = call.account.name
    vanity = name.lower().replace(" ", "-")
    return RestAnswer(body={"localizedName": name, "vanityName": vanity})


def subscribe(call: RestCall) -> RestAnswer:
    """Deliver this organisation's notifications to an address; administrators only."""
    if call.state.role != "ADMINISTRATOR":
        raise denied()
    webhook = call.body.get("webhook")
    if not isinstance(webhook, str) or not webhook.startswith("http"):
        raise bad("webhook must be an address")
    call.state.subscriptions[call.path["key"]] = webhook
    return RestAnswer(status=204)


def show_subscription(call: RestCall) -> RestAnswer:
    """Return where notifications go; nowhere once the role is gone, without a word."""
    webhook = call.state.subscriptions.get(call.path["key"])
    if webhook is None or call.state.role != "ADMINISTRATOR":
        raise missing("the subscription")
    return RestAnswer(body={"webhook": webhook})


def unsubscribe(call: RestCall) -> RestAnswer:
    """Deliver no longer; a subscription that is not there is named as missing."""
    if call.state.subscriptions.pop(call.path["key"], None) is None:
        raise missing("the subscription")
    return RestAnswer(status=204)


def list_notifications(call: RestCall) -> RestAnswer:
    """List the notifications of sixty days, newest first."""
    call.must("q", "criteria")
    call.must("organizationalEntity", call.account.account_id)
    actions = call.params.get("actions", "").removeprefix("List(").removesuffix(")")
    wanted = actions.split(",")
    oldest = milliseconds(call.world.now() - KEPT)
    found: list[dict[str, Any]] = [
        one
        for one in reversed(call.state.notifications)
        if one["action"] in wanted and one["lastModifiedAt"] >= oldest
    ]
    start, count = int(call.params.get("start", 0)), int(call.params.get("count", 10))
    paging = {"start": start, "count": count, "total": len(found)}
    return RestAnswer(body={"paging": paging, "elements": found[start : start + count]})


def authorize(world: World, request: Request) -> Response:
    """Consent at once, and send the browser back with a code."""
    asked = logins.Request(
        client_id=request.query_params.get("client_id", ""),
        redirect_uri=request.query_params.get("redirect_uri", ""),
        state=request.query_params.get("state", ""),
        scopes=tuple(request.query_params.get("scope", "").split()),
    )
    return RedirectResponse(world.state.logins.approve(asked, world.now()), status_code=302)


def give_tokens(world: World, form: dict[str, object]) -> Response:
    """Redeem a code or refresh; a refresh token stays the same and is not prolonged."""
    if form.get("client_secret") != world.config.app_secret:
        return _login_refused("invalid_client", "Client authentication failed")
    try:
        tokens = _tokens(world, form)
    except LoginRefused as error:
        return _login_refused("invalid_request", str(error))
    body = {
        "access_token": tokens.access_token,
        "expires_in": _TOKEN_SECONDS,
        "refresh_token": tokens.refresh_token,
        "refresh_token_expires_in": _REFRESH_MINUTES,
        "scope": ",".join(tokens.scopes),
    }
    return JSONResponse(body)


def _tokens(world: World, form: dict[str, object]) -> Tokens:
    if form.get("grant_type") == "refresh_token":
        return world.state.logins.rotate(str(form.get("refresh_token")), world.now())
    return world.state.logins.redeem(
        str(form.get("code")),
        redirect_uri=str(form.get("redirect_uri")),
        verifier=None,
        now=world.now(),
    )


def _login_refused(code: str, message: str) -> Response:
    return JSONResponse({"error": code, "error_description": message}, status_code=400)
