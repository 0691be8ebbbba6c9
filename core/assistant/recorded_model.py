"""A chat model that says again what one said then."""

from collections.abc import Mapping, Sequence
from typing import Any

from core.assistant.rebuild import rebuilt
from core.domain.errors import Refused
from core.llm.base import Completion


class RecordedModel:
    """Hands out recorded completions in the order in which they were asked for."""

    def __init__(self, outputs: Sequence[Mapping[str, Any]]) -> None:
        """Keep the completions as `Run.model_outputs` holds them."""
        self._left = [rebuilt(Completion, one) for one in outputs]
        self.name = self._left[0].model if self._left else "recorded"

    async def complete(self, *_turns: object, **_wishes: object) -> Completion:
        """Return what was answered at this point.

        Raises:
            Refused: no more was asked then.
        """
        if not self._left:
            raise Refused(
                "This decision cannot be replayed: the assistant would ask its model again.",
                "Compare it with what the assistant decides today.",
            )
        return self._left.pop(0)
