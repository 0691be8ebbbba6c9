"""Facebook Login: the page in the browser, tokens of people, their Pages.

These addresses ask for no Page's token, so they stand beside the Graph's table.
"""

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

from starlette.requests import Request as HttpRequest
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from core.sandbox.accounts import (
    Account,
    FacebookAccount,
    InstagramAccount,
    WhatsAppAccount,
)
from core.sandbox.call import Json, World
from core.sandbox.facebook_publishing import upload_routes
from core.sandbox.facebook_state import ALL_TASKS, PAGE_SCOPES
from core.sandbox.facebook_webhooks import OWN_APP
from core.sandbox.graph_errors import GraphError, token_refused
from core.sandbox.logins import LoginRefused, Request, Tokens
from core.sandbox.whatsapp_business import SCOPES, token_data

LONG_LIFE = timedelta(seconds=5183944)
Handler = Callable[[HttpRequest], Awaitable[Response]]


def page_routes(world: World) -> list[Route]:
    """Return the routes of the login and of uploads, with and without a version."""
    handlers: tuple[tuple[str, Handler], ...] = (
        ("dialog/oauth", _authorise(world)),
        ("oauth/access_token", _token(world)),
        ("me/permissions", _permissions(world)),
        ("me/accounts", _accounts(world)),
        ("debug_token", _debug(world)),
        ("app", _app(world)),
    )
    logins = [
        Route(f"{prefix}/{path}", handler, methods=["GET"])
        for path, handler in handlers
        for prefix in ("", "/{version:str}")
    ]
    return [*logins, *upload_routes(world)]


def _authorise(world: World) -> Handler:
    async def authorise(request: HttpRequest) -> Response:
        """Consent at once, as a person would, and send the browser back."""
        query = request.query_params
        asked = Request(
            client_id=query.get("client_id", ""),
            redirect_uri=query.get("redirect_uri", ""),
            state=query.get("state", ""),
            scopes=tuple(filter(None, query.get("scope", "").split(","))),
            challenge=query.get("code_challenge"),
        )
        address = world.state.logins.approve(asked, world.now())
        return RedirectResponse(address, status_code=302)

    return authorise


def _token(world: World) -> Handler:
    async def token(request: HttpRequest) -> Response:
        """Change a code for a short token, or a short token for a long one."""
        given = request.query_params
        if not given.get("client_id") or not given.get("client_secret"):
            return _refused(GraphError(400, 101, "Missing client_id or client_secret."))
        if given.get("grant_type") == "fb_exchange_token":
            return _lengthened(world, given.get("fb_exchange_token", ""))
        try:
            tokens = world.state.logins.redeem(
                given.get("code", ""),
                redirect_uri=given.get("redirect_uri", ""),
                verifier=given.get("code_verifier"),
                now=world.now(),
            )
        except LoginRefused as error:
            text = f"This authorization code cannot be used: {error}"
            return _refused(GraphError(400, 100, text, subcode=36009))
        return _granted(world, tokens)

    return token


def _lengthened(world: World, short: str) -> Response:
    scopes = world.state.logins.scopes_of(short, world.now())
    if scopes is None:
        return _refused(token_refused())
    return _granted(
        world, world.state.logins.issue(scopes, world.now(), lifetime=LONG_LIFE)
    )


def _granted(world: World, tokens: Tokens) -> Response:
    seconds = int((tokens.expires_at - world.now()).total_seconds())
    body = {
        "access_token": tokens.access_token,
        "token_type": "bearer",
        "expires_in": seconds,
    }
    return JSONResponse(body)


def _permissions(world: World) -> Handler:
    async def permissions(request: HttpRequest) -> Response:
        """Return what was granted, and what was crossed out."""
        scopes = _scopes(world, request)
        if scopes is None:
            return _refused(token_refused())
        rows = [{"permission": scope, "status": "granted"} for scope in scopes]
        rows += [
            {"permission": scope, "status": "declined"}
            for scope in sorted(world.state.logins.refused)
        ]
        return JSONResponse({"data": rows})

    return permissions


def _accounts(world: World) -> Handler:
    async def accounts(request: HttpRequest) -> Response:
        """Return the Pages of the person, each with its own token."""
        scopes = _scopes(world, request)
        if scopes is None:
            return _refused(token_refused())
        pages = [one for one in world.config.accounts if isinstance(one, FacebookAccount)]
        memory = world.state.facebook
        for page in pages:
            memory.scopes[page.access_token] = scopes
        rows: list[Json] = [
            {
                "id": page.account_id,
                "name": page.name,
                "access_token": page.access_token,
                "tasks": list(memory.tasks.get(page.account_id, ALL_TASKS)),
            }
            for page in pages
        ]
        rows += [
            _linked(one)
            for one in world.config.accounts
            if isinstance(one, InstagramAccount)
        ]
        return JSONResponse({"data": rows if "pages_show_list" in scopes else []})

    return accounts


def _linked(account: InstagramAccount) -> Json:
    """Return the Page that an Instagram account hangs on; nobody has tasks there."""
    return {
        "id": "10" + account.account_id[2:],
        "name": account.name,
        "access_token": account.access_token,
        "instagram_business_account": {
            "id": account.account_id,
            "username": account.username,
            "name": account.name,
        },
    }


def _debug(world: World) -> Handler:
    async def debug(request: HttpRequest) -> Response:
        """Return what a token is worth; a token may ask about itself."""
        token = request.query_params.get("input_token", "")
        state, asking = world.state, _bearer(request)
        by_login = state.logins.scopes_of(token, world.now())
        owned = [
            one
            for one in world.config.accounts
            if by_login is not None or one.access_token == token
        ]
        known = {one.access_token for one in world.config.accounts}
        if not owned or (by_login is None and asking not in known):
            return _refused(token_refused())
        data = token_data(owned, by_login or _scopes_of_accounts(world, owned))
        return JSONResponse({"data": data})

    return debug


def _scopes_of_accounts(world: World, owned: Sequence[Account]) -> tuple[str, ...]:
    """Return what a token may do that no login gave: all its accounts are there for.

    A token that opens a Page alone stays silent, as Page tokens do.
    """
    pages = world.state.facebook.scopes
    found: list[str] = []
    for account in owned:
        if isinstance(account, WhatsAppAccount):
            found += SCOPES
        if isinstance(account, FacebookAccount) and len(owned) > 1:
            found += pages.get(account.access_token, PAGE_SCOPES)
        else:
            found += pages.get(account.access_token, ())
    return tuple(dict.fromkeys(found))


def _app(world: World) -> Handler:
    async def app(request: HttpRequest) -> Response:
        """Return the app that a token belongs to."""
        if _bearer(request) not in {one.access_token for one in world.config.accounts}:
            return _refused(token_refused())
        return JSONResponse({"id": str(OWN_APP), "name": "Ours"})

    return app


def _scopes(world: World, request: HttpRequest) -> tuple[str, ...] | None:
    return world.state.logins.scopes_of(_bearer(request), world.now())


def _bearer(request: HttpRequest) -> str:
    header = request.headers.get("authorization", "").removeprefix("Bearer ")
    return header or request.query_params.get("access_token", "")


def _refused(error: GraphError) -> Response:
    return JSONResponse(error.body(), status_code=error.status)
