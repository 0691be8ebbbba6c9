"""What the house asks of a model, whoever runs it.

Two protocols: an embedder turns texts into directions that can be compared, a chat model
continues a conversation. Adapters live beside this module and translate their library's
failures into `Unavailable` and `NeedsPerson`; nothing above them names a vendor.
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

MOST_DIMENSIONS = 1536
"""How many numbers of a vector are stored; an embedder gives at most so many."""

Vector = list[float]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChunkText:
    """A chunk to be indexed: its text, and spans of it that get a vector of their own.

    A span counts code points of `text` and its end is exclusive. Where there are windows,
    they are all that is read: together they cover what matters in the text.
    """

    text: str
    windows: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChunkVectors:
    """The vectors of a chunk: of each window in the same order, and of the whole.

    The whole is the direction of the windows' sum, or the text's own if it has none.
    """

    whole: Vector
    windows: tuple[Vector, ...]


class Embedder(Protocol):
    """Turns texts into vectors of length one: their dot product is the cosine.

    `name` is stored with every vector, because vectors of two embedders cannot be
    compared; it is known before the first text. The same text always gives the same
    vector, whatever it is sent along with.
    """

    @property
    def name(self) -> str:
        """Return the name stored beside every vector."""
        ...

    @property
    def dimensions(self) -> int:
        """Return how many numbers a vector has before it is padded for storage.

        Raises `ModelDown` when only the model knows and it has not answered yet.
        """
        ...

    async def embed(self, texts: Sequence[str]) -> list[Vector]:
        """Return one vector per text, in the same order, ahead of anything indexed.

        Raises one of the families of `core.domain.errors`: `ModelDown` when the model
        is away, `NotSetUp` or `BudgetSpent` when a person must act.
        """
        ...

    async def embed_chunks(self, chunks: Sequence[ChunkText]) -> list[ChunkVectors]:
        """Return the vectors of chunks, in the same order; raises what `embed` raises."""
        ...


class Speaker(StrEnum):
    """Whose words a turn holds, in the terms every chat model shares."""

    SYSTEM = "system"
    USER = "user"
    ASSISTANT = "assistant"


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One utterance of the input to a chat model."""

    speaker: Speaker
    text: str


class Finish(StrEnum):
    """Why a chat model stopped."""

    DONE = "done"
    CUT_OFF = "cut_off"
    """It had more to say than it was allowed."""
    REFUSED = "refused"
    """It, or its provider's filter, will not answer this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """A chat model's answer and what it consumed, for the ledger.

    With a schema `text` is meant to be one JSON object, which nobody has checked yet.
    """

    text: str
    model: str
    input_tokens: int = 0
    output_tokens: int = 0
    finish: Finish = Finish.DONE


Schema = dict[str, Any]
"""A JSON Schema of an object whose properties are all required."""


class ChatModel(Protocol):
    """Continues a conversation.

    Raises one of the families of `core.domain.errors`: `ModelDown` or `RateLimited` when
    the model is away, `NotSetUp` or `BudgetSpent` when a person must act, `TooLong` when
    the turns are more than it reads.
    """

    @property
    def name(self) -> str:
        """Return the model's name as it is kept with every decision."""
        ...

    async def complete(
        self,
        turns: Sequence[Turn],
        *,
        max_tokens: int = 600,
        temperature: float | None = None,
        schema: Schema | None = None,
    ) -> Completion:
        """Return the model's next utterance, in the form of `schema` where one is given."""
        ...

    def stream(
        self,
        turns: Sequence[Turn],
        *,
        max_tokens: int = 600,
        temperature: float | None = None,
    ) -> AsyncIterator[str]:
        """Yield the model's next utterance in parts, as they come.

        Besides what `complete` raises, raises `Refused` when the model will not answer,
        and `TooLong` after the last part when it had more to say.
        """
        ...
