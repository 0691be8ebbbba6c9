"""Say what a failure of Anthropic's API means, and what to do about it.

What the library raised is looked at here and never passed on or logged, see `failures`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from core.domain.errors import ModelDown, SocialSyncError
from core.llm import failures
from core.llm.failures import CHAT, Failure

if TYPE_CHECKING:
    from anthropic import APIError

SERVICE: Final = replace(
    CHAT, check="Check SOCIALSYNC_LLM_URL: usually it is not set for Anthropic."
)
_NO_MONEY: Final = "credit balance"
_STATUS: Final[Mapping[str, int]] = {
    "invalid_request_error": 400,
    "authentication_error": 401,
    "billing_error": 402,
    "permission_error": 403,
    "not_found_error": 404,
    "rate_limit_error": 429,
    "timeout_error": 504,
    "overloaded_error": 529,
}
"""The status of an error that comes in a stream, whose own status was a good one."""


def meaning(error: APIError, model: str) -> SocialSyncError:
    """Return our error for one of the library's."""
    status = getattr(error, "status_code", None)
    if status is None:
        return _unreached(error)
    kind = str(getattr(error, "type", None))
    said = str(getattr(error, "api_message", None) or error.message)
    response = getattr(error, "response", None)
    failure = Failure(
        status=status if status >= 300 else _STATUS.get(kind, 500),
        said=said,
        no_money=kind == "billing_error" or _NO_MONEY in said.lower(),
        retry_after=None if response is None else failures.retry_after(response.headers),
    )
    return failures.meaning_of(failure, SERVICE, model)


def _unreached(error: APIError) -> ModelDown:
    from anthropic import APIConnectionError

    if isinstance(error, APIConnectionError):
        return failures.unreached(SERVICE)
    return failures.unreadable(SERVICE)
