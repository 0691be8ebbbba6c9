"""Instagram's own login: the page that asks, codes, short and lasting tokens.

A person at the page grants everything but `Logins.refused`. Instagram's own login appends
`#_` to the address it sends the browser to. The login by way of a Page is Facebook's.
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Any

from starlette.requests import Request as HttpRequest
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from core.sandbox.accounts import InstagramAccount
from core.sandbox.call import World, read_form
from core.sandbox.faults import Endpoint
from core.sandbox.graph_errors import GraphError, bad_parameter, token_refused
from core.sandbox.logins import LoginRefused, Request, Tokens

LASTING = timedelta(seconds=5183944)
YOUNGEST = timedelta(hours=24)
BUSINESS = "instagram_business_"
"""How the scopes of Instagram's own login begin."""

_MESSAGES = frozenset({"instagram_business_manage_messages", "instagram_manage_messages"})
_COMMENTS = frozenset({"instagram_business_manage_comments", "instagram_manage_comments"})
_POSTS = frozenset({"instagram_business_content_publish", "instagram_content_publish"})
_BASIC = frozenset({"instagram_business_basic", "instagram_basic"})
SCOPES: Mapping[Endpoint, frozenset[str]] = {
    Endpoint.INSTAGRAM_MESSAGES: _MESSAGES,
    Endpoint.INSTAGRAM_ACTIONS: _MESSAGES,
    Endpoint.INSTAGRAM_THREADS: _MESSAGES,
    Endpoint.INSTAGRAM_COMMENTS: _COMMENTS,
    Endpoint.INSTAGRAM_REPLIES: _COMMENTS,
    Endpoint.INSTAGRAM_CONTAINERS: _POSTS,
    Endpoint.INSTAGRAM_PUBLISH: _POSTS,
    Endpoint.INSTAGRAM_POSTS: _BASIC,
}
"""Of each kind of call, the scopes of which one is enough; either login has its own."""

_Handler = Callable[[World, HttpRequest], Awaitable[Response]]


def require_scope(world: World, token: str, endpoint: Endpoint) -> None:
    """Refuse a call that the token of a login does not cover; pasted tokens cover all."""
    granted = world.state.logins.scopes_of(token, world.now())
    wanted = SCOPES.get(endpoint)
    if granted is not None and wanted is not None and not wanted & set(granted):
        text = "Application does not have permission for this action"
        raise GraphError(400, 10, text)


def login_routes(world: World) -> list[Route]:
    """Return the routes of the login, with and without a version before them."""
    return [
        Route(prefix + path, _guarded(world, handler), methods=[method])
        for method, path, handler in _ROUTES
        for prefix in ("", "/{version}")
    ]


def _guarded(
    world: World, handler: _Handler
) -> Callable[[HttpRequest], Awaitable[Response]]:
    async def answer(request: HttpRequest) -> Response:
        try:
            return await handler(world, request)
        except GraphError as error:
            return JSONResponse(error.body(), status_code=error.status)

    return answer


async def _ask(world: World, request: HttpRequest) -> Response:
    """Consent at once, and send the browser back with a code."""
    return RedirectResponse(_approved(world, request.query_params) + "#_", 302)


async def _redeem(world: World, request: HttpRequest) -> Response:
    """Give a short token for a code of Instagram's login."""
    form = read_form(request.headers.get("content-type", ""), await request.body()).params
    if form.get("grant_type") != "authorization_code":
        return _code_refused("Invalid grant_type")
    try:
        tokens = _redeemed(world, form)
    except LoginRefused as refused:
        return _code_refused(str(refused))
    row = {
        "access_token": tokens.access_token,
        "user_id": _account(world).account_id,
        "permissions": ",".join(tokens.scopes),
    }
    return JSONResponse({"data": [row]})


async def _lengthen(world: World, request: HttpRequest) -> Response:
    """Give a token of sixty days for a short one."""
    asked = request.query_params
    if asked.get("grant_type") != "ig_exchange_token" or not asked.get("client_secret"):
        raise bad_parameter("Unsupported grant type or missing client_secret")
    return _lasting(world, _known(world, asked.get("access_token", "")))


async def _refresh(world: World, request: HttpRequest) -> Response:
    """Give another sixty days for a token that is a day old and not dead."""
    asked = request.query_params
    if asked.get("grant_type") != "ig_refresh_token":
        raise bad_parameter("Unsupported grant type")
    old = _known(world, asked.get("access_token", ""))
    if world.now() - (old.expires_at - LASTING) < YOUNGEST:
        raise bad_parameter("The access token must be at least 24 hours old")
    return _lasting(world, old)


_ROUTES: tuple[tuple[str, str, _Handler], ...] = (
    ("GET", "/oauth/authorize", _ask),
    ("POST", "/oauth/access_token", _redeem),
    ("GET", "/access_token", _lengthen),
    ("GET", "/refresh_access_token", _refresh),
)


def _approved(world: World, asked: Mapping[str, str]) -> str:
    """Return where the browser goes; scopes are parted by commas or blanks."""
    request = Request(
        client_id=asked.get("client_id", ""),
        redirect_uri=asked.get("redirect_uri", ""),
        state=asked.get("state", ""),
        scopes=tuple(asked.get("scope", "").replace(",", " ").split()),
    )
    return world.state.logins.approve(request, world.now())


def _redeemed(world: World, asked: Mapping[str, Any]) -> Tokens:
    if not asked.get("client_id") or not asked.get("client_secret"):
        raise LoginRefused("the app did not say who it is")
    return world.state.logins.redeem(
        str(asked.get("code", "")),
        redirect_uri=str(asked.get("redirect_uri", "")),
        verifier=None,
        now=world.now(),
    )


def _code_refused(why: str) -> Response:
    """Refuse as Instagram's login does, which has an error shape of its own."""
    body = {"error_type": "OAuthException", "code": 400, "error_message": why}
    return JSONResponse(body, status_code=400)


def _known(world: World, token: str) -> Tokens:
    tokens = world.state.logins.find(token, world.now())
    if tokens is None:
        raise token_refused()
    return tokens


def _lasting(world: World, old: Tokens) -> Response:
    tokens = world.state.logins.issue(old.scopes, world.now(), lifetime=LASTING)
    return JSONResponse(_told(world, tokens))


def _told(world: World, tokens: Tokens) -> dict[str, object]:
    left = tokens.expires_at - world.now()
    return {
        "access_token": tokens.access_token,
        "token_type": "bearer",
        "expires_in": int(left.total_seconds()),
    }


def _account(world: World) -> InstagramAccount:
    return world.state.account(InstagramAccount)


def page_id(account: InstagramAccount) -> str:
    """Return the id of the Page that an account is linked to."""
    return "10" + account.account_id[2:]
