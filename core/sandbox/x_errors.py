"""How X says no: problem JSON, and the older list of errors where a limit is hit."""

from core.sandbox.faults import Fault, FaultRule

PROBLEMS = "https://api.x.com/2/problems"


class XError(Exception):
    """A call that X refuses."""

    def __init__(
        self, status: int, body: dict[str, object], headers: dict[str, str] | None = None
    ) -> None:
        super().__init__(str(body))
        self.status = status
        self.body = body
        self.headers = headers or {}


def problem(status: int, kind: str, title: str, detail: str) -> XError:
    """Return a refusal as problem JSON; an empty `kind` is one that says nothing."""
    type_ = f"{PROBLEMS}/{kind}" if kind else "about:blank"
    return XError(
        status, {"title": title, "detail": detail, "type": type_, "status": status}
    )


def invalid(detail: str) -> XError:
    """Return the refusal of a request that makes no sense."""
    return problem(400, "invalid-request", "Invalid Request", detail)


def forbidden(detail: str) -> XError:
    """Return the refusal of what is understood and not allowed."""
    return problem(403, "", "Forbidden", detail)


def unknown(what: str, value: str) -> XError:
    """Return the refusal of an id that nothing has."""
    detail = f"Could not find {what} with id: [{value}]."
    return problem(404, "resource-not-found", "Not Found Error", detail)


def unauthorised() -> XError:
    """Return the refusal of a token."""
    return problem(401, "", "Unauthorized", "Unauthorized")


def too_many(reset: int, limit: int) -> XError:
    """Return the refusal of one call too many, in the shape of old."""
    headers = {
        "x-rate-limit-limit": str(limit),
        "x-rate-limit-remaining": "0",
        "x-rate-limit-reset": str(reset),
    }
    body: dict[str, object] = {"errors": [{"code": 88, "message": "Rate limit exceeded"}]}
    return XError(429, body, headers)


def refusal_by(rule: FaultRule, now: float) -> XError | None:
    """Return the error that stands in for a call, None where the call goes through."""
    match rule.kind:
        case Fault.RATE_LIMITED | Fault.PAIR_LIMITED:
            return too_many(int(now + rule.seconds), 15)
        case Fault.TOKEN_EXPIRED:
            return unauthorised()
        case Fault.WINDOW_CLOSED:
            return forbidden("You cannot send messages to this user.")
        case Fault.USAGE_CAPPED:
            detail = "Usage cap exceeded: Monthly product cap"
            return problem(429, "usage-capped", "UsageCapExceeded", detail)
        case Fault.SERVER_ERROR:
            return failed()
        case _:
            return None


def failed() -> XError:
    """Return the answer of a server that fails, before or after having done the work."""
    return problem(503, "", "Service Unavailable", "Service Unavailable")
