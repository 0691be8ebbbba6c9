"""Replace personal data by tokens before a text leaves this machine, and put it back.

Cards, bank accounts, phone numbers, e-mail addresses and numbers that name a person are
found by their form and their check digits. The same value is always the same token, so a
model can still tell that two messages speak of one order; what it writes with tokens is
restored before anybody reads it.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterable

from core.llm.pii_kinds import Found, found_in

_TOKEN = re.compile(r"\[(CARD|IBAN|EMAIL|PHONE|ID)_(\d{1,4})\]")
_LONGEST_TOKEN = len("[EMAIL_9999]")
_BEGUN_TOKEN = re.compile(r"\[[A-Z]{0,5}(?:_\d{0,4})?$")


class Mask:
    """The tokens of one call: texts go out through `hidden` and come back by `shown`."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        """Begin with tokens that none of `texts` holds: a stranger may have typed one."""
        numbers = [int(number) for text in texts for _, number in _TOKEN.findall(text)]
        self._next = max(numbers, default=0) + 1
        self._tokens: dict[str, str] = {}
        self._values: dict[str, str] = {}

    def hidden(self, text: str) -> str:
        """Return the text with every piece of personal data replaced by its token."""
        out: list[str] = []
        end = 0
        for one in found_in(text):
            out += [text[end : one.start], self._token(one)]
            end = one.end
        return "".join([*out, text[end:]])

    def shown(self, text: str) -> str:
        """Return the text with every token of this mask replaced by what it stands for."""
        return _TOKEN.sub(
            lambda match: self._values.get(match.group(), match.group()), text
        )

    async def shown_stream(self, parts: AsyncIterator[str]) -> AsyncIterator[str]:
        """Yield a streamed text with its tokens restored, however they are cut up."""
        held = ""
        async for part in parts:
            held += part
            ready = len(held) - len(_begun(held))
            if ready:
                yield self.shown(held[:ready])
                held = held[ready:]
        if held:
            yield self.shown(held)

    def _token(self, one: Found) -> str:
        # As it is written: what comes back must be what went out, to the letter.
        token = self._tokens.get(one.value)
        if token is None:
            token = f"[{one.kind.value}_{self._next}]"
            self._next += 1
            self._tokens[one.value] = token
            self._values[token] = one.value
        return token


def holds_token(text: str) -> bool:
    """Tell whether a text holds something written like a token."""
    return _TOKEN.search(text) is not None


def _begun(text: str) -> str:
    """Return the end of a text that may become a token with the next part."""
    match = _BEGUN_TOKEN.search(text, max(0, len(text) - _LONGEST_TOKEN))
    return match.group() if match else ""
