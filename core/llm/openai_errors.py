"""Say what a failure of an OpenAI-compatible server means, and what to do about it.

Servers quote the request in their messages (the key's first letters, the text they could
not read), so what the library raised is looked at here and never passed on or logged.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from core.domain.errors import (
    BudgetSpent,
    ModelDown,
    NotSetUp,
    RateLimited,
    SocialSyncError,
    TooLong,
)

if TYPE_CHECKING:
    from openai import APIError

_NO_MONEY = frozenset(
    {"insufficient_quota", "billing_hard_limit_reached", "billing_not_active"}
)
_TOO_LONG = ("context length", "context_length", "too long", "too large", "tokens")
"""How OpenAI, vLLM, llama.cpp, Ollama and text-embeddings-inference put it."""

_CHECK_URL = "Check SOCIALSYNC_LLM_URL: it usually ends in /v1."


def meaning(error: APIError, model: str) -> SocialSyncError:
    """Return our error for one of the library's; its status decides, then its code."""
    status = getattr(error, "status_code", None)
    if status is None:
        return _unreached(error)
    if {error.code, error.type} & _NO_MONEY or status == 402:
        return BudgetSpent(
            "The account of the embedding service has no credit left.",
            "Add credit at the provider, or set SOCIALSYNC_EMBED_PROVIDER to local.",
        )
    if status == 413 or (status in (400, 422, 500) and _is_too_long(error)):
        return TooLong(
            f"A text is too long for the embedding model “{model}”.",
            "Choose a model that reads longer texts in SOCIALSYNC_EMBED_MODEL.",
        )
    return _by_status(status, model, _retry_after(error))


def unreadable() -> ModelDown:
    """Return what an answer means that is not the one that was asked for."""
    return ModelDown("The embedding server's answer cannot be used.", _CHECK_URL)


def _unreached(error: APIError) -> ModelDown:
    from openai import APIConnectionError

    if isinstance(error, APIConnectionError):
        return ModelDown(
            "The embedding server cannot be reached.",
            "Check that it runs, and SOCIALSYNC_LLM_URL.",
        )
    return unreadable()


def _by_status(status: int, model: str, retry_after: float | None) -> SocialSyncError:
    if status == 429:
        return RateLimited(
            "The embedding server asks us to slow down.",
            "It is tried again by itself.",
            retry_after=retry_after,
        )
    if status >= 500 or status in (408, 409):
        return ModelDown(
            f"The embedding server has a problem of its own ({status}).",
            "It is tried again by itself.",
            retry_after=retry_after,
        )
    if status in (401, 403):
        return NotSetUp(
            "The embedding server does not accept our key.",
            "Set SOCIALSYNC_LLM_API_KEY to a key that may use embeddings.",
        )
    if status == 404:
        return NotSetUp(
            f"The embedding server does not know the model “{model}”.",
            f"Check SOCIALSYNC_EMBED_MODEL. {_CHECK_URL}",
        )
    return NotSetUp(
        f"The embedding server does not accept our request ({status}).",
        f"Check SOCIALSYNC_EMBED_MODEL. {_CHECK_URL}",
    )


def _is_too_long(error: APIError) -> bool:
    said = f"{error.code} {error.message}".lower()
    return any(words in said for words in _TOO_LONG)


def _retry_after(error: APIError) -> float | None:
    """Return for how long the server wants to be left alone, if it says so in seconds."""
    response = getattr(error, "response", None)
    said = None if response is None else response.headers.get("retry-after")
    try:
        seconds = float(said or "nan")
    except ValueError:
        return None
    return seconds if 0 <= seconds < math.inf else None
