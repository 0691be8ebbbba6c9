"""LinkedIn's dialect below `/linkedin`: its REST API, uploads and login pages.

Like Graph's: token, version, fault, effect, answer, in that order. `Linkedin-Version` and
`X-Restli-Protocol-Version` are wanted with every call, and URNs in paths percent-encoded.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.utils import format_datetime
from urllib.parse import unquote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from core.sandbox import linkedin_account as account
from core.sandbox import linkedin_comments as comments
from core.sandbox import linkedin_posts as posts
from core.sandbox.accounts import LinkedInAccount
from core.sandbox.call import World, read_form
from core.sandbox.faults import AFTER_ACCEPTANCE, Endpoint, Fault, FaultRule, Faults
from core.sandbox.linkedin_call import (
    RestAnswer,
    RestCall,
    RestRefused,
    bad,
    denied,
    missing,
    refusal,
    server_error,
    token_refused,
)

VERSIONS = re.compile(r"2026(0[1-9]|1[0-2])$")
"""Versions that are alive; others answer 426."""


@dataclass(frozen=True, slots=True)
class _Route:
    """One row of the table; `patched` rows want `X-RestLi-Method: PARTIAL_UPDATE`."""

    method: str
    path: re.Pattern[str]
    endpoint: Endpoint
    run: Callable[[RestCall], RestAnswer]
    patched: bool = False


def _at(path: str) -> re.Pattern[str]:
    return re.compile(f"/{path}$")


_THREAD = r"rest/socialActions/(?P<urn>[^/]+)/comments"
_FILES = r"rest/(?P<kind>images|videos|documents)"
_KEY = r"rest/eventSubscriptions/(?P<key>\([^/]+\))"
_ROUTES = (
    _Route("GET", _at(_THREAD), Endpoint.LINKEDIN_COMMENTS, comments.page),
    _Route("POST", _at(_THREAD), Endpoint.LINKEDIN_REPLIES, comments.create),
    _Route(
        "POST",
        _at(_THREAD + r"/(?P<id>[^/]+)"),
        Endpoint.LINKEDIN_COMMENTS,
        comments.edit,
        patched=True,
    ),
    _Route(
        "DELETE",
        _at(_THREAD + r"/(?P<id>[^/]+)"),
        Endpoint.LINKEDIN_COMMENTS,
        comments.delete,
    ),
    _Route("GET", _at("rest/posts"), Endpoint.LINKEDIN_POSTS, posts.find),
    _Route("POST", _at("rest/posts"), Endpoint.LINKEDIN_PUBLISH, posts.create),
    _Route("POST", _at(_FILES), Endpoint.LINKEDIN_MEDIA, posts.start_upload),
    _Route(
        "GET", _at(_FILES + r"/(?P<urn>[^/]+)"), Endpoint.LINKEDIN_MEDIA, posts.show_file
    ),
    _Route(
        "PUT",
        _at(r"dms-uploads/(?P<urn>[^/]+)/(?P<part>\d+)"),
        Endpoint.LINKEDIN_UPLOADS,
        posts.store_part,
    ),
    _Route(
        "GET", _at("rest/organizationAcls"), Endpoint.LINKEDIN_ACCOUNT, account.list_roles
    ),
    _Route(
        "GET",
        _at(r"rest/organizations/(?P<id>\d+)"),
        Endpoint.LINKEDIN_ACCOUNT,
        account.show_organisation,
    ),
    _Route("PUT", _at(_KEY), Endpoint.LINKEDIN_ACCOUNT, account.subscribe),
    _Route("GET", _at(_KEY), Endpoint.LINKEDIN_ACCOUNT, account.show_subscription),
    _Route("DELETE", _at(_KEY), Endpoint.LINKEDIN_ACCOUNT, account.unsubscribe),
    _Route(
        "GET",
        _at("rest/organizationalEntityNotifications"),
        Endpoint.LINKEDIN_HISTORY,
        account.list_notifications,
    ),
)


class RestApi:
    """The ASGI application behind `/linkedin`."""

    def __init__(self, world: World, faults: Faults, cut: Callable[[Scope], None]) -> None:
        self._world = world
        self._faults = faults
        self._cut = cut

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one call, or cut the connection where a fault wants that."""
        request = Request(scope, receive)
        try:
            response = await self._respond(request)
        except RestRefused as error:
            response = _refused(error)
        if response is None:
            self._cut(scope)
            while (await receive())["type"] != "http.disconnect":
                continue
            return
        # By this clock alone do callers know when LinkedIn's day ends.
        response.headers["date"] = format_datetime(self._world.now(), usegmt=True)
        await response(scope, receive, send)

    async def _respond(self, request: Request) -> Response | None:
        path = _path(request)
        if path == "/oauth/v2/authorization":
            return account.authorize(self._world, request)
        if path == "/oauth/v2/accessToken":
            return await self._give_tokens(request)
        hosted = self._authorised(request)
        route, parts = _route(request, path)
        rule = self._faults.next(route.endpoint, parts.get("urn"))
        if rule is not None and (error := refusal(rule, route.endpoint)) is not None:
            raise error
        answer = route.run(await self._read(request, hosted, parts))
        return await self._spoil(rule, answer)

    async def _give_tokens(self, request: Request) -> Response:
        rule = self._faults.next(Endpoint.LINKEDIN_LOGIN, None)
        if rule is not None and (error := refusal(rule, Endpoint.LINKEDIN_LOGIN)):
            raise error
        kind = request.headers.get("content-type", "")
        form = read_form(kind, await request.body())
        return account.give_tokens(self._world, dict(form.params))

    def _authorised(self, request: Request) -> LinkedInAccount:
        """Return the organisation that the token opens; a login opens the one there is."""
        presented = request.headers.get("authorization", "").removeprefix("Bearer ")
        hosted = [
            one for one in self._world.config.accounts if isinstance(one, LinkedInAccount)
        ]
        logins = self._world.state.logins
        if hosted and logins.scopes_of(presented, self._world.now()) is not None:
            return hosted[0]
        for one in hosted:
            if one.access_token == presented:
                return one
        raise token_refused()

    async def _read(
        self, request: Request, hosted: LinkedInAccount, parts: Mapping[str, str]
    ) -> RestCall:
        content = await request.body()
        is_json = request.headers.get("content-type", "") == "application/json"
        try:
            body = json.loads(content) if content and is_json else {}
        except ValueError as error:
            raise bad("The body is not JSON.") from error
        return RestCall(
            world=self._world,
            account=hosted,
            path=parts,
            params=dict(request.query_params),
            headers={name.lower(): value for name, value in request.headers.items()},
            body=body,
            content=content,
        )

    async def _spoil(self, rule: FaultRule | None, answer: RestAnswer) -> Response | None:
        """Return the answer as the fault leaves it; None: close without a word."""
        if rule is None or rule.kind not in AFTER_ACCEPTANCE:
            return _shown(answer)
        match rule.kind:
            case Fault.CUT_AFTER_ACCEPT:
                return None
            case Fault.ERROR_AFTER_ACCEPT:
                return _refused(server_error())
            case Fault.BROKEN_JSON:
                return Response(b'{"id":"urn:li:', media_type="application/json")
            case _:
                await self._world.config.sleep(rule.seconds)
                return _shown(answer)


def _path(request: Request) -> str:
    """Return the path below the mount as it was sent, still encoded."""
    sent = request.scope.get("raw_path") or request.url.path.encode("ascii")
    return str(sent.decode("ascii")).partition("?")[0].removeprefix("/linkedin")


def _route(request: Request, path: str) -> tuple[_Route, dict[str, str]]:
    """Return the row for a call and the parts of its path, decoded."""
    _check_headers(request, path)
    patched = request.headers.get("x-restli-method") == "PARTIAL_UPDATE"
    for route in _ROUTES:
        matched = route.path.fullmatch(path)
        if matched and (route.method, route.patched) == (request.method, patched):
            parts = matched.groupdict()
            if any(":" in part for name, part in parts.items() if name == "urn"):
                raise bad("URNs in a path must be encoded.")
            return route, {name: unquote(part) for name, part in parts.items()}
    raise missing("the resource")


def _check_headers(request: Request, path: str) -> None:
    if not path.startswith("/rest/"):
        return
    version = request.headers.get("linkedin-version", "")
    if not VERSIONS.fullmatch(version):
        message = f"Requested version {version} is not active"
        raise RestRefused(426, "NONEXISTENT_VERSION", message)
    if request.headers.get("x-restli-protocol-version") != "2.0.0":
        raise denied("X-Restli-Protocol-Version 2.0.0 is required.")


def _shown(answer: RestAnswer) -> Response:
    headers = dict(answer.headers)
    if answer.body is None:
        return Response(status_code=answer.status, headers=headers)
    return JSONResponse(answer.body, status_code=answer.status, headers=headers)


def _refused(error: RestRefused) -> Response:
    return JSONResponse(error.body(), status_code=error.status)
