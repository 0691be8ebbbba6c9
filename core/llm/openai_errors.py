"""Say what a failure of an OpenAI-compatible server means, and what to do about it.

Servers quote the request in their messages (the key's first letters, the text they could
not read), so what the library raised is looked at here and never passed on or logged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.domain.errors import ModelDown, SocialSyncError
from core.llm import failures
from core.llm.failures import Failure, Service

if TYPE_CHECKING:
    from openai import APIError

_NO_MONEY = frozenset(
    {"insufficient_quota", "billing_hard_limit_reached", "billing_not_active"}
)


def meaning(error: APIError, model: str, service: Service) -> SocialSyncError:
    """Return our error for one of the library's."""
    status = getattr(error, "status_code", None)
    if status is None:
        return _unreached(error, service)
    response = getattr(error, "response", None)
    failure = Failure(
        status=status,
        said=f"{error.code} {error.message}",
        no_money=bool({error.code, error.type} & _NO_MONEY),
        retry_after=None if response is None else failures.retry_after(response.headers),
    )
    return failures.meaning_of(failure, service, model)


def _unreached(error: APIError, service: Service) -> ModelDown:
    from openai import APIConnectionError

    if isinstance(error, APIConnectionError):
        return failures.unreached(service)
    return failures.unreadable(service)
