"""The login pages of X: authorise, redeem with PKCE, rotate, revoke."""

import base64
import binascii
from urllib.parse import unquote

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from core.sandbox.call import World, read_form
from core.sandbox.graph_errors import GraphError
from core.sandbox.logins import LoginRefused, Tokens
from core.sandbox.logins import Request as Asked

CLIENT_SECRET = "sandbox-client-secret"  # noqa: S105 - opens nothing but the sandbox
PUBLIC = "public"
"""A client id that needs no secret; every other is a confidential client's."""


async def authorise(world: World, request: Request) -> Response:
    """Consent at once, and send the browser back."""
    query = request.query_params
    asked = Asked(
        client_id=query.get("client_id", ""),
        redirect_uri=query.get("redirect_uri", ""),
        state=query.get("state", ""),
        scopes=tuple(query.get("scope", "").split()),
        challenge=query.get("code_challenge"),
    )
    method = query.get("code_challenge_method")
    if query.get("response_type") != "code" or not asked.challenge or method != "S256":
        return _refused("invalid_request", "a challenge with S256 is required")
    return RedirectResponse(world.state.logins.approve(asked, world.now()), status_code=302)


async def token(world: World, request: Request) -> Response:
    """Give tokens for a code or for a refresh token, which is then dead."""
    body = await request.body()
    try:
        form = read_form(request.headers.get("content-type", ""), body).params
    except GraphError:
        return _refused("invalid_request", "the body is no form")
    if not _is_client(
        request.headers.get("authorization", ""), str(form.get("client_id", ""))
    ):
        return _refused("unauthorized_client", "Missing valid authorization header", 401)
    logins, now = world.state.logins, world.now()
    try:
        if form.get("grant_type") == "refresh_token":
            tokens = logins.rotate(str(form.get("refresh_token", "")), now)
        else:
            tokens = logins.redeem(
                str(form.get("code", "")),
                redirect_uri=str(form.get("redirect_uri", "")),
                verifier=str(form.get("code_verifier", "")),
                now=now,
            )
    except LoginRefused as error:
        return _refused("invalid_request", str(error))
    return JSONResponse(_shape(world, tokens))


async def revoke(world: World, request: Request) -> Response:
    """Take a token back."""
    form = read_form(request.headers.get("content-type", ""), await request.body()).params
    world.state.logins.revoke(str(form.get("token", "")))
    return JSONResponse({"revoked": True})


def _is_client(header: str, client_id: str) -> bool:
    """Return whether a confidential client has shown its secret, or a public one its name."""
    if not header.startswith("Basic "):
        return client_id == PUBLIC
    try:
        pair = base64.b64decode(header.removeprefix("Basic "), validate=True).decode()
    except (binascii.Error, ValueError):
        return False
    return unquote(pair.partition(":")[2]) == CLIENT_SECRET


def _shape(world: World, tokens: Tokens) -> dict[str, object]:
    lifetime = (tokens.expires_at - world.now()).total_seconds()
    shown: dict[str, object] = {
        "token_type": "bearer",
        "expires_in": int(lifetime),
        "access_token": tokens.access_token,
        "scope": " ".join(tokens.scopes),
    }
    if "offline.access" in tokens.scopes:
        shown["refresh_token"] = tokens.refresh_token
    return shown


def _refused(error: str, why: str, status: int = 400) -> Response:
    return JSONResponse({"error": error, "error_description": why}, status_code=status)
