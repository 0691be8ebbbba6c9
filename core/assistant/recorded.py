"""A model that says again what a model said: a run can be replayed without the vendor.

It is given the `calls` of a decision's snapshot. A prompt that is word for word the same
gets its own answer; one that has changed since (another version, an edited passage) gets
the answer of its turn, and is counted as strayed.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

from core.assistant import fence
from core.domain.errors import NotFound
from core.llm.base import Completion, Finish, Schema, Turn


class RecordedModel:
    """Answers from the calls of one run, in their order."""

    def __init__(self, calls: Sequence[Mapping[str, Any]], name: str) -> None:
        """Stand for the model called `name`; `calls` are as the snapshot holds them."""
        self._left = list(calls)
        self._strayed: list[str] = []
        self.name = name

    @property
    def strayed(self) -> tuple[str, ...]:
        """Return the steps whose prompts were not those of the recording."""
        return tuple(self._strayed)

    async def complete(
        self,
        turns: Sequence[Turn],
        *,
        max_tokens: int = 600,  # noqa: ARG002 - part of the protocol
        temperature: float | None = None,  # noqa: ARG002
        schema: Schema | None = None,  # noqa: ARG002
    ) -> Completion:
        """Return the recorded answer.

        Raises:
            NotFound: the run asked less often when it was recorded.
        """
        call = self._next(fence.digest(turns))
        return Completion(
            text=call["raw"],
            model=call["model"],
            input_tokens=call["input_tokens"],
            output_tokens=call["output_tokens"],
            finish=Finish(call["finish"]),
        )

    async def stream(
        self,
        turns: Sequence[Turn],
        *,
        max_tokens: int = 600,
        temperature: float | None = None,
    ) -> AsyncIterator[str]:
        """Yield the recorded answer in one part; raises as `complete` does."""
        answer = await self.complete(turns, max_tokens=max_tokens, temperature=temperature)
        yield answer.text

    def _next(self, digest: str) -> Mapping[str, Any]:
        same = [call for call in self._left if call["prompt_hash"] == digest]
        if not same and not self._left:
            raise NotFound(
                "The recording holds no more answers of the language model.",
                "The message is treated in another way now; try it out afresh.",
            )
        found = same[0] if same else self._left[0]
        if not same:
            self._strayed.append(str(found["step"]))
        self._left.remove(found)
        return found
