"""The control room: rules, records and customers for those outside this process.

Everything here has a twin on `Sandbox`; these are the doors for curl, for the demo's
driver and for tests that kill the companion and then ask what really went out.
"""

from collections.abc import Awaitable, Callable
from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from core.domain.channel import PlatformName
from core.sandbox.faults import BadRule, parse_rule
from core.sandbox.sandbox import Sandbox
from core.sandbox.state import Person, Send

Handler = Callable[[Request], Awaitable[Response]]


class BadOrder(ValueError):
    """A request to the control room makes no sense."""


def control_routes(sandbox: Sandbox) -> list[Route]:
    """Return the routes under `/_sandbox`."""

    async def sends(_request: Request) -> Response:
        """List every send that took effect, in order."""
        return JSONResponse([send_json(send) for send in sandbox.sends()])

    async def deliveries(_request: Request) -> Response:
        """List how each webhook fared."""
        return JSONResponse(
            [
                {"platform": delivery.platform, "statuses": list(delivery.statuses)}
                for delivery in sandbox.world.courier.deliveries
            ]
        )

    async def add_fault(request: Request) -> Response:
        """Put a fault rule in force."""
        sandbox.faults.add(parse_rule(await _object(request)))
        return JSONResponse({"success": True}, status_code=201)

    async def clear_faults(_request: Request) -> Response:
        """Let all calls go well again."""
        sandbox.faults.clear()
        return JSONResponse({"success": True})

    async def reset(_request: Request) -> Response:
        """Forget sends, customers, posts and faults."""
        sandbox.reset()
        return JSONResponse({"success": True})

    async def webhooks(request: Request) -> Response:
        """Say where the companion listens now."""
        order = await _object(request)
        sandbox.listen_at(_text(order, "base"))
        return JSONResponse({"success": True})

    async def write(request: Request) -> Response:
        """Write as a customer, and tell whether the companion took it."""
        order = await _object(request)
        written = await sandbox.write(_person(order), _text(order, "text"))
        return JSONResponse(
            {"message_id": written.id, "statuses": list(written.delivery.statuses)}
        )

    return [
        Route("/_sandbox/sends", _guarded(sends)),
        Route("/_sandbox/deliveries", _guarded(deliveries)),
        Route("/_sandbox/faults", _guarded(add_fault), methods=["POST"]),
        Route("/_sandbox/faults", _guarded(clear_faults), methods=["DELETE"]),
        Route("/_sandbox/reset", _guarded(reset), methods=["POST"]),
        Route("/_sandbox/webhooks", _guarded(webhooks), methods=["POST"]),
        Route("/_sandbox/write", _guarded(write), methods=["POST"]),
    ]


def send_json(send: Send) -> dict[str, object]:
    """Return a send as JSON values."""
    return {**asdict(send), "accepted_at": send.accepted_at.isoformat()}


def _guarded(handler: Handler) -> Handler:
    """Answer 400 with the reason where an order makes no sense."""

    async def answer(request: Request) -> Response:
        try:
            return await handler(request)
        except (BadOrder, BadRule) as error:
            return JSONResponse({"error": str(error)}, status_code=400)

    return answer


async def _object(request: Request) -> dict[str, object]:
    try:
        order = await request.json()
    except ValueError as error:
        raise BadOrder("the body is not JSON") from error
    if not isinstance(order, dict):
        raise BadOrder("the body is not a JSON object")
    return order


def _text(order: dict[str, object], name: str) -> str:
    value = order.get(name)
    if not isinstance(value, str) or not value:
        raise BadOrder(f"{name} is missing")
    return value


def _person(order: dict[str, object]) -> Person:
    platform = _text(order, "platform")
    if platform not in (
        PlatformName.WHATSAPP,
        PlatformName.INSTAGRAM,
        PlatformName.FACEBOOK,
        PlatformName.X,
    ):
        raise BadOrder(f"no customers write from {platform} here")
    return Person(
        platform=PlatformName(platform),
        id=_text(order, "from"),
        name=str(order.get("name", "")),
        username=str(order.get("username", "")),
    )
