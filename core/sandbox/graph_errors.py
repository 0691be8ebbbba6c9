"""Refusals in the words of the Graph API."""

import secrets
from collections.abc import Mapping


class GraphError(Exception):
    """A call that the platform turns down; becomes an `error` body with `status`."""

    def __init__(
        self,
        status: int,
        code: int,
        message: str,
        *,
        subcode: int | None = None,
        details: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.subcode = subcode
        self.details = details
        self.headers = dict(headers or {})

    def body(self) -> dict[str, object]:
        """Return the JSON body; optional members are left out, as Meta leaves them out."""
        error: dict[str, object] = {
            "message": f"(#{self.code}) {self.message}",
            "type": "OAuthException",
            "code": self.code,
        }
        if self.subcode is not None:
            error["error_subcode"] = self.subcode
        if self.details:
            error["error_data"] = {"messaging_product": "whatsapp", "details": self.details}
        error["fbtrace_id"] = "A" + secrets.token_urlsafe(16)
        return {"error": error}


def token_refused() -> GraphError:
    """Return what a missing, unknown or expired token is answered with."""
    return GraphError(
        401, 190, "Error validating access token: it is invalid or has expired."
    )


def no_such_object(node: str, method: str) -> GraphError:
    """Return the answer for an id that this token cannot see."""
    return GraphError(
        400,
        100,
        f"Unsupported {method.lower()} request. Object with ID '{node}' does not exist "
        "or cannot be loaded due to missing permissions.",
        subcode=33,
    )


def bad_parameter(message: str) -> GraphError:
    """Return the answer to a call whose parameters make no sense."""
    return GraphError(400, 100, message)
