"""Say what a model's server means when it fails, whoever's library told us.

Pure. Servers quote the request in their messages (the key's first letters, the text they
could not read), so only what is told here reaches a log or a screen.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from core.domain.errors import (
    BudgetSpent,
    ModelDown,
    NotSetUp,
    RateLimited,
    SocialSyncError,
    TooLong,
)

CHECK_URL: Final = "Check SOCIALSYNC_LLM_URL: it usually ends in /v1."
_TOO_LONG = ("context length", "context_length", "too long", "too large", "tokens")
"""How OpenAI, Anthropic, vLLM, llama.cpp, Ollama and text-embeddings-inference put it."""


class UnreadableAnswer(Exception):
    """An answer does not hold what was asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """How a service and the settings about it are called in our errors."""

    server: str
    account: str
    model: str
    key_for: str
    model_setting: str
    without: str
    """How to do without the service."""
    check: str


EMBEDDINGS: Final = Service(
    server="embedding server",
    account="embedding service",
    model="embedding model",
    key_for="a key that may use embeddings",
    model_setting="SOCIALSYNC_EMBED_MODEL",
    without="set SOCIALSYNC_EMBED_PROVIDER to local",
    check=CHECK_URL,
)
CHAT: Final = Service(
    server="language model's server",
    account="language model",
    model="language model",
    key_for="a key that may use this model",
    model_setting="SOCIALSYNC_LLM_MODEL",
    without="set SOCIALSYNC_LLM_PROVIDER to local",
    check=CHECK_URL,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """What a library told of one failed call."""

    status: int
    said: str
    """The server's code and message, to look into and never to repeat."""
    no_money: bool = False
    retry_after: float | None = None


def meaning_of(failure: Failure, service: Service, model: str) -> SocialSyncError:
    """Return our error; the status decides, then what the server said."""
    status = failure.status
    if failure.no_money or status == 402:
        return BudgetSpent(
            f"The account of the {service.account} has no credit left.",
            f"Add credit at the provider, or {service.without}.",
        )
    if status == 413 or (status in (400, 422, 500) and is_too_long(failure.said)):
        return TooLong(
            f"A text is too long for the {service.model} “{model}”.",
            f"Choose a model that reads longer texts in {service.model_setting}.",
        )
    return _by_status(failure, service, model)


def unreadable(service: Service) -> ModelDown:
    """Return what an answer means that is not the one that was asked for."""
    return ModelDown(f"The {service.server}'s answer cannot be used.", service.check)


def unreached(service: Service) -> ModelDown:
    """Return what it means that nobody answers at the address."""
    return ModelDown(
        f"The {service.server} cannot be reached.",
        "Check that it runs, and SOCIALSYNC_LLM_URL.",
    )


def too_slow(service: Service) -> ModelDown:
    """Return what it means that an answer did not come in time."""
    return ModelDown(
        f"The {service.server} does not answer in time.", "Check that it is well."
    )


def is_too_long(said: str) -> bool:
    """Tell whether a server complains of a text's length."""
    lowered = said.lower()
    return any(words in lowered for words in _TOO_LONG)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Return for how long the server wants to be left alone, if it says so in seconds."""
    try:
        seconds = float(headers.get("retry-after") or "nan")
    except ValueError:
        return None
    return seconds if 0 <= seconds < math.inf else None


def _by_status(failure: Failure, service: Service, model: str) -> SocialSyncError:
    status = failure.status
    if status == 429:
        return RateLimited(
            f"The {service.server} asks us to slow down.",
            "It is tried again by itself.",
            retry_after=failure.retry_after,
        )
    if status >= 500 or status in (408, 409):
        return ModelDown(
            f"The {service.server} has a problem of its own ({status}).",
            "It is tried again by itself.",
            retry_after=failure.retry_after,
        )
    if status in (401, 403):
        return NotSetUp(
            f"The {service.server} does not accept our key.",
            f"Set SOCIALSYNC_LLM_API_KEY to {service.key_for}.",
        )
    if status == 404:
        return NotSetUp(
            f"The {service.server} does not know the model “{model}”.",
            f"Check {service.model_setting}. {service.check}",
        )
    return NotSetUp(
        f"The {service.server} does not accept our request ({status}).",
        f"Check {service.model_setting}. {service.check}",
    )
