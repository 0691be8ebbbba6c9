"""The client of OpenAI's library, told nothing by the environment but our settings.

No other key, no proxy, no redirect to somewhere else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from core.config.secret import Secret

if TYPE_CHECKING:
    from openai import AsyncOpenAI, Omit

OPENAI_URL: Final = "https://api.openai.com/v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """Where to ask, and for what."""

    model: str
    url: str = OPENAI_URL
    key: Secret | None = None


def client_of(server: Server) -> AsyncOpenAI:
    """Return a client; loading the library takes most of a second, so not in a loop."""
    from openai import AsyncOpenAI, DefaultAsyncHttpx2Client

    return AsyncOpenAI(
        api_key="none" if server.key is None else server.key.reveal(),
        # Empty rather than absent: what is absent is looked for in the environment.
        admin_api_key="",
        webhook_secret="",
        base_url=server.url,
        max_retries=0,
        timeout=None,
        http_client=DefaultAsyncHttpx2Client(follow_redirects=False, trust_env=False),
    )


def headers_of(server: Server) -> dict[str, str | Omit]:
    """Return what keeps the environment's organisation, and a key we have not, at home."""
    from openai import omit

    headers: dict[str, str | Omit] = {
        "OpenAI-Organization": omit,
        "OpenAI-Project": omit,
    }
    if server.key is None:
        headers["Authorization"] = omit
    return headers
