"""One call to LinkedIn's REST API, read, and its refusals."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from core.sandbox.accounts import LinkedInAccount
from core.sandbox.call import World
from core.sandbox.faults import Endpoint, Fault, FaultRule
from core.sandbox.linkedin_state import LinkedInState
from core.sandbox.state import Send


class RestRefused(Exception):
    """A call that LinkedIn turns down; becomes `{status, code, message}`."""

    def __init__(
        self, status: int, code: str, message: str, *, service_code: int | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.service_code = service_code

    def body(self) -> dict[str, object]:
        """Return the JSON body; `serviceErrorCode` comes with some errors only."""
        shown: dict[str, object] = {"status": self.status}
        if self.service_code is not None:
            shown["serviceErrorCode"] = self.service_code
        return {**shown, "code": self.code, "message": self.message}


@dataclass(frozen=True, slots=True, kw_only=True)
class RestAnswer:
    """An answer; `body` None is an empty one, as most of LinkedIn's successes have."""

    status: int = 200
    body: Mapping[str, Any] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RestCall:
    """A call whose token and version have been checked; `path` holds the route's parts."""

    world: World
    account: LinkedInAccount
    path: Mapping[str, str]
    params: Mapping[str, str]
    headers: Mapping[str, str]
    body: Mapping[str, Any]
    content: bytes = field(default=b"", repr=False)

    @property
    def state(self) -> LinkedInState:
        """Return what LinkedIn remembers."""
        return self.world.state.linkedin

    def must(self, name: str, expected: str) -> None:
        """Refuse a parameter that says anything but `expected`."""
        if self.params.get(name) != expected:
            raise bad(f"Parameter {name} must be {expected}.")

    def record(self, endpoint: Endpoint, recipient: str, made: str) -> None:
        """Write down that this call has taken effect."""
        state = self.world.state
        state.record(
            Send(
                order=len(state.sends) + 1,
                endpoint=endpoint,
                account_id=self.account.account_id,
                recipient=recipient,
                message_id=made,
                opaque_id=None,
                type=endpoint.value.rpartition(".")[2],
                body=dict(self.body),
                accepted_at=self.world.now(),
            )
        )


def bad(message: str) -> RestRefused:
    """Return the answer to a call that makes no sense."""
    return RestRefused(400, "ILLEGAL_ARGUMENT", message)


def missing(what: str) -> RestRefused:
    """Return the answer for what is not there."""
    return RestRefused(404, "NOT_FOUND", f"Could not find {what}.")


def denied(message: str = "Not enough permissions to access this resource.") -> RestRefused:
    """Return the answer to somebody without the role or the scope."""
    return RestRefused(403, "ACCESS_DENIED", message, service_code=100)


def token_refused() -> RestRefused:
    """Return the answer to a token that is unknown, expired or revoked."""
    message = "The token used in the request has been revoked by the user."
    return RestRefused(401, "REVOKED_ACCESS_TOKEN", message, service_code=65601)


def server_error() -> RestRefused:
    """Return the answer of a server that fails, before or after having done the work."""
    return RestRefused(500, "INTERNAL_SERVER_ERROR", "Internal server error")


def refusal(rule: FaultRule, endpoint: Endpoint) -> RestRefused | None:
    """Return the error that stands in for a call; None where the call goes through.

    LinkedIn sends no Retry-After: what kind of limit it is stands in the message only.
    """
    if rule.kind is Fault.RATE_LIMITED:
        if endpoint is Endpoint.LINKEDIN_REPLIES:
            return RestRefused(429, "TOO_MANY_REQUESTS", "Comment create throttled")
        message = "Resource level throttle APPLICATION DAY limit for calls is reached."
        return RestRefused(429, "TOO_MANY_REQUESTS", message, service_code=101)
    errors = {
        Fault.TOKEN_EXPIRED: token_refused,
        Fault.WINDOW_CLOSED: denied,
        Fault.SERVER_ERROR: server_error,
    }
    make = errors.get(rule.kind)
    return None if make is None else make()
