"""The API of X, mounted under `/x`: token, fault, limit, effect, answer, in that order."""

from collections.abc import Callable

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from core.sandbox import x_login as login
from core.sandbox.accounts import ReceiptTiming, XAccount
from core.sandbox.call import World, read_form
from core.sandbox.faults import AFTER_ACCEPTANCE, Endpoint, Fault, FaultRule, Faults
from core.sandbox.graph_errors import GraphError
from core.sandbox.x_call import XAnswer, XCall
from core.sandbox.x_errors import (
    XError,
    failed,
    forbidden,
    invalid,
    problem,
    refusal_by,
    too_many,
    unauthorised,
)
from core.sandbox.x_operations import LIMITS, Operation, find

Cut = Callable[[Scope], None]


class XApi:
    """The ASGI application behind every path of the API."""

    def __init__(self, world: World, faults: Faults, cut: Cut) -> None:
        self._world = world
        self._faults = faults
        self._cut = cut

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one call, or cut the connection where a fault wants that."""
        try:
            response = await self._respond(Request(scope, receive))
        except XError as error:
            response = _refused(error)
        if response is None:
            self._cut(scope)
            while (await receive())["type"] != "http.disconnect":
                continue
            return
        await response(scope, receive, send)

    async def _respond(self, request: Request) -> Response | None:
        path = request.path_params["path"]
        operation, parts = find(request.method, path)
        account = _authorise(self._world, request, operation)
        recipient = parts.get("id")
        rule = self._faults.next(operation.endpoint, recipient)
        now = self._world.now()
        if rule is not None and (error := refusal_by(rule, now.timestamp())) is not None:
            raise error
        headers = _count(self._world, account, operation.endpoint)
        answer = await operation.run(await _call(self._world, account, parts, request))
        await self._send_receipts(answer)
        return await self._spoil(rule, _shown(answer, headers))

    async def _send_receipts(self, answer: XAnswer) -> None:
        if answer.receipts is None:
            return
        if self._world.config.receipts.timing is ReceiptTiming.BEFORE_ANSWER:
            await answer.receipts()
        else:
            self._world.courier.start(answer.receipts())

    async def _spoil(self, rule: FaultRule | None, response: Response) -> Response | None:
        """Return the answer as the fault leaves it; None: close without a word."""
        if rule is None or rule.kind not in AFTER_ACCEPTANCE:
            return response
        match rule.kind:
            case Fault.CUT_AFTER_ACCEPT:
                return None
            case Fault.ERROR_AFTER_ACCEPT:
                return _refused(failed())
            case Fault.BROKEN_JSON:
                return Response(b'{"data":{"id":"19', media_type="application/json")
            case _:
                await self._world.config.sleep(rule.seconds)
                return response


async def _call(
    world: World, account: XAccount, parts: dict[str, str], request: Request
) -> XCall:
    try:
        form = read_form(request.headers.get("content-type", ""), await request.body())
    except GraphError as error:
        raise invalid("The body cannot be read.") from error
    return XCall(
        world=world,
        account=account,
        path=parts,
        params={**request.query_params, **form.params},
        files=form.files,
    )


def _authorise(world: World, request: Request, operation: Operation) -> XAccount:
    """Return the account that the token opens; the app's own calls may want the app's token."""
    token = request.headers.get("authorization", "").removeprefix("Bearer ")
    accounts = [one for one in world.config.accounts if isinstance(one, XAccount)]
    app_token = world.state.x.app_token
    if not operation.scope and app_token is not None:
        if token == app_token:
            return accounts[0]
        detail = (
            "Authenticating with OAuth 2.0 User Context is forbidden for this endpoint."
        )
        raise problem(
            403, "unsupported-authentication", "Unsupported Authentication", detail
        )
    scopes = world.state.logins.scopes_of(token, world.now())
    if scopes is not None and accounts:
        if operation.scope and operation.scope not in scopes:
            raise forbidden("Forbidden")
        return accounts[0]
    for account in accounts:
        if account.access_token == token:
            return account
    raise unauthorised()


def _count(world: World, account: XAccount, endpoint: Endpoint) -> dict[str, str]:
    """Count the call, refuse one too many, and return the headers that say what is left."""
    limit = LIMITS[endpoint]
    window = world.state.x.count(account.account_id, endpoint, world.now())
    reset = int(window.ends_at.timestamp())
    if window.used > limit:
        raise too_many(reset, limit)
    return {
        "x-rate-limit-limit": str(limit),
        "x-rate-limit-remaining": str(limit - window.used),
        "x-rate-limit-reset": str(reset),
    }


def _shown(answer: XAnswer, headers: dict[str, str]) -> Response:
    if answer.content is not None:
        return Response(answer.content, media_type=answer.media_type, headers=headers)
    if answer.body is None:
        return Response(status_code=204, headers=headers)
    return JSONResponse(answer.body, status_code=answer.status, headers=headers)


def _refused(error: XError) -> Response:
    return JSONResponse(error.body, status_code=error.status, headers=error.headers)


def build_x(world: World, faults: Faults, cut: Cut) -> Starlette:
    """Return the application: the login pages, and the API for the rest."""

    async def authorise(request: Request) -> Response:
        return await login.authorise(world, request)

    async def token(request: Request) -> Response:
        return await login.token(world, request)

    async def revoke(request: Request) -> Response:
        return await login.revoke(world, request)

    return Starlette(
        routes=[
            Route("/i/oauth2/authorize", authorise),
            Route("/2/oauth2/token", token, methods=["POST"]),
            Route("/2/oauth2/revoke", revoke, methods=["POST"]),
            Route(
                "/{path:path}",
                XApi(world, faults, cut),
                methods=["GET", "POST", "PUT", "DELETE"],
            ),
        ]
    )
