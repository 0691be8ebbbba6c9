"""A chat model that is never told personal data, whichever model stands behind it.

Every call has a mask of its own: what one customer's words were replaced by means nothing
in the next call.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from dataclasses import replace
from typing import Any, cast

from core.llm.base import ChatModel, Completion, Schema, Turn
from core.llm.pii import Mask


class MaskedModel:
    """Hides personal data from `model` in what it is sent, and restores it in what it says."""

    def __init__(self, model: ChatModel) -> None:
        """Stand before `model`, which somebody else closes."""
        self._model = model

    @property
    def name(self) -> str:
        """Return the name of the model behind."""
        return self._model.name

    async def complete(
        self,
        turns: Sequence[Turn],
        *,
        max_tokens: int = 600,
        temperature: float | None = None,
        schema: Schema | None = None,
    ) -> Completion:
        """Return the model's next utterance; see `ChatModel`."""
        mask, hidden = _hidden(turns)
        answer = await self._model.complete(
            hidden, max_tokens=max_tokens, temperature=temperature, schema=schema
        )
        return replace(answer, text=mask.shown(answer.text))

    async def stream(
        self,
        turns: Sequence[Turn],
        *,
        max_tokens: int = 600,
        temperature: float | None = None,
    ) -> AsyncIterator[str]:
        """Yield the model's next utterance in parts; see `ChatModel`."""
        mask, hidden = _hidden(turns)
        parts = self._model.stream(hidden, max_tokens=max_tokens, temperature=temperature)
        async with aclosing(cast(Any, parts)):
            async for part in mask.shown_stream(parts):
                yield part


def _hidden(turns: Sequence[Turn]) -> tuple[Mask, list[Turn]]:
    mask = Mask(turn.text for turn in turns)
    return mask, [replace(turn, text=mask.hidden(turn.text)) for turn in turns]
