"""Answer Graph calls over HTTP: token, fault, effect, answer, in that order.

Faults before acceptance leave no trace in the record of sends; faults after it leave
exactly one entry, whatever the caller gets to see.
"""

import re
from collections.abc import Awaitable, Callable

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.types import Receive, Scope, Send

from core.sandbox.accounts import Account, ReceiptTiming
from core.sandbox.call import Answer, Call, World, read_form
from core.sandbox.facebook_logins import page_routes
from core.sandbox.faults import (
    AFTER_ACCEPTANCE,
    Fault,
    FaultRule,
    Faults,
    refusal,
    unexpected_error,
)
from core.sandbox.graph_errors import GraphError, bad_parameter, token_refused
from core.sandbox.operations import (
    Operation,
    find_operation,
    recipient_of,
    refine,
    resolve_node,
)
from core.sandbox.x import build_x

CutConnection = Callable[[Scope], None]

_VERSION = re.compile(r"v\d+\.\d+$")


class GraphApi:
    """The ASGI application behind every Graph path."""

    def __init__(self, world: World, faults: Faults, cut: CutConnection) -> None:
        self._world = world
        self._faults = faults
        self._cut = cut

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one call, or cut the connection where a fault wants that."""
        try:
            response = await self._respond(Request(scope, receive))
        except GraphError as error:
            response = _refused(error)
        if response is None:
            self._cut(scope)
            await _until_disconnected(receive)
            return
        await response(scope, receive, send)

    async def _respond(self, request: Request) -> Response | None:
        operation, call = await self._read(request)
        endpoint = refine(operation, call)
        rule = self._faults.next(endpoint, recipient_of(call))
        if rule is not None and (error := refusal(rule, endpoint)) is not None:
            raise error
        answer = await operation.run(call)
        await self._send_receipts(answer)
        return await self._spoil(rule, answer)

    async def _read(self, request: Request) -> tuple[Operation, Call]:
        """Return what is asked, once the token is known to be good."""
        segments = request.url.path.strip("/").split("/")
        if _VERSION.match(segments[0]):
            del segments[0]
        accounts = authorise(self._world, request)
        form = read_form(request.headers.get("content-type", ""), await request.body())
        if not segments or len(segments) > 2:
            raise bad_parameter("Unknown path components")
        edge = segments[1] if len(segments) == 2 else ""
        account, node = resolve_node(self._world.state, accounts, segments[0])
        operation = find_operation(request.method, node, edge)
        if operation is None:
            raise bad_parameter(f"Unsupported {request.method.lower()} request")
        call = Call(
            world=self._world,
            account=account,
            node=account.account_id if segments[0] == "me" else segments[0],
            params={**request.query_params, **form.params},
            files=form.files,
        )
        return operation, call

    async def _send_receipts(self, answer: Answer) -> None:
        if answer.receipts is None:
            return
        if self._world.config.receipts.timing is ReceiptTiming.BEFORE_ANSWER:
            await answer.receipts()
        else:
            self._world.courier.start(answer.receipts())

    async def _spoil(self, rule: FaultRule | None, answer: Answer) -> Response | None:
        """Return the answer as the fault leaves it; None: close without a word."""
        if rule is None or rule.kind not in AFTER_ACCEPTANCE:
            return JSONResponse(answer.body)
        match rule.kind:
            case Fault.CUT_AFTER_ACCEPT:
                return None
            case Fault.ERROR_AFTER_ACCEPT:
                return _refused(unexpected_error())
            case Fault.BROKEN_JSON:
                return Response(
                    b'{"messaging_product":"whats', media_type="application/json"
                )
            case _:
                await self._world.config.sleep(rule.seconds)
                return JSONResponse(answer.body)


def authorise(world: World, request: Request) -> list[Account]:
    """Return the accounts that the request's token opens; it is a header or a parameter.

    A token from a login opens every account: one person owns them all here.
    """
    header = request.headers.get("authorization", "")
    presented = header.removeprefix("Bearer ") or request.query_params.get(
        "access_token", ""
    )
    by_login = world.state.logins.scopes_of(presented, world.now()) is not None
    accounts = [
        account
        for account in world.config.accounts
        if by_login or account.access_token == presented
    ]
    if not accounts:
        raise token_refused()
    return accounts


def _refused(error: GraphError) -> Response:
    return JSONResponse(error.body(), status_code=error.status, headers=error.headers)


async def _until_disconnected(receive: Receive) -> None:
    """Wait for the server to notice, or it would answer 500 on our behalf."""
    while (await receive())["type"] != "http.disconnect":
        continue


def build_app(
    world: World, faults: Faults, cut: CutConnection, control: list[Route]
) -> Starlette:
    """Return the whole application: downloads, the control room, and Graph for the rest."""
    return Starlette(
        routes=[
            *page_routes(world),
            *control,
            Route("/whatsapp_business/attachments/", _whatsapp_download(world)),
            Route("/ig_messaging_cdn/", _instagram_download(world)),
            Mount("/x", build_x(world, faults, cut)),
            Route(
                "/{path:path}",
                GraphApi(world, faults, cut),
                methods=["GET", "POST", "DELETE"],
            ),
        ]
    )


def _whatsapp_download(world: World) -> Callable[[Request], Awaitable[Response]]:
    async def download(request: Request) -> Response:
        """Hand out a file to the bearer of a token, while its address is fresh."""
        try:
            authorise(world, request)
        except GraphError as error:
            return _refused(error)
        expires = request.query_params.get("oe", "0")
        stale = not expires.isdigit() or world.now().timestamp() >= int(expires)
        media = world.state.media.get(request.query_params.get("mid", ""))
        if media is None or stale:
            return PlainTextResponse("URL expired", status_code=404)
        return Response(media.content, media_type=media.mime_type)

    return download


def _instagram_download(world: World) -> Callable[[Request], Awaitable[Response]]:
    async def download(request: Request) -> Response:
        """Hand out a file to whoever knows its address, as Instagram's CDN does."""
        media = world.state.media.get(request.query_params.get("asset_id", ""))
        if media is None:
            return PlainTextResponse("URL signature expired", status_code=403)
        return Response(media.content, media_type=media.mime_type)

    return download
