"""Ask the Graph API, and turn its pages.

A page of results can be empty and still have a next one, and a short one need not be the
last: only a missing `next` is the end (CONTRACTS 3.3, 4).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from core.net.limits import Lane
from core.platforms.base import ChannelSession
from core.platforms.meta.errors import ErrorTable, content_of
from core.platforms.untyped import items, optional_words, section, words

Raw = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """How an account is asked: whose limit it counts against, what refusals mean."""

    session: ChannelSession
    lane: Lane
    errors: ErrorTable

    async def ask(self, path: str, **params: str) -> Raw:
        """Return the JSON object at `path`.

        Raises Unavailable, NeedsPerson or Refused, as the error table says.
        """
        answer = await self.session.http.get_json(
            self.session.url(path), params, token=self.session.token, lane=self.lane
        )
        return content_of(answer, self.errors)


def rows(content: Raw) -> list[Raw]:
    """Return the objects of a page."""
    return [section(row) for row in items(content.get("data"))]


def next_cursor(content: Raw) -> str | None:
    """Return where the next page begins, None when this was the last."""
    paging = section(content.get("paging"))
    following = words(paging.get("next"))
    if not following:
        return None
    named = optional_words(section(paging.get("cursors")).get("after"))
    return named or _after(following)


def _after(address: str) -> str | None:
    """Return the cursor within the address of the next page."""
    try:
        found = parse_qs(urlsplit(address).query).get("after", [])
    except ValueError:
        return None
    return found[0] if found else None
