"""Ask a model for an answer of a given form, once more if it has another, and no more.

Every call is noted as it was answered, so that a run can be replayed without the model.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic

from core.assistant import briefs, fence, forms
from core.assistant.forms import F
from core.assistant.run import Json
from core.domain.errors import BudgetSpent, NeedsPerson, SocialSyncError, TooLong
from core.llm.base import ChatModel, Completion, Finish, Turn

MOST_RAW = 20_000
"""What is kept of an answer, in characters; a longer one has no use."""


class Trouble(StrEnum):
    """Why a model was no help."""

    MALFORMED = "malformed"
    REFUSED = "refused"
    SPENT = "spent"
    UNUSABLE = "unusable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How a model is asked."""

    step: str
    max_tokens: int
    temperature: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked(Generic[F]):
    """What came of asking: an answer, or what the trouble was and what to do."""

    answer: F | None = None
    trouble: Trouble | None = None
    why: str = ""
    calls: tuple[Json, ...] = ()


async def ask(
    model: ChatModel, turns: Sequence[Turn], form: type[F], manner: Manner
) -> Asked[F]:
    """Return a model's answer in its form, after two calls at most.

    Raises:
        ModelDown, RateLimited: the model is away; the run is tried again later.
    """
    calls: list[Json] = []
    for said in (turns, briefs.again(turns)):
        try:
            answer = await model.complete(
                said,
                max_tokens=manner.max_tokens,
                temperature=manner.temperature,
                schema=forms.schema_of(form),
            )
        except (NeedsPerson, TooLong) as error:
            return _failed(error, calls)
        calls.append(_noted(manner.step, said, answer))
        if answer.finish is Finish.REFUSED:
            return Asked(
                trouble=Trouble.REFUSED,
                why="The language model will not answer this.",
                calls=tuple(calls),
            )
        found = forms.read(form, answer.text)
        if found is not None:
            return Asked(answer=found, calls=tuple(calls))
    return Asked(
        trouble=Trouble.MALFORMED,
        why="The language model gave no usable answer.",
        calls=tuple(calls),
    )


def _failed(error: SocialSyncError, calls: Sequence[Json]) -> Asked[F]:
    trouble = Trouble.SPENT if isinstance(error, BudgetSpent) else Trouble.UNUSABLE
    return Asked(trouble=trouble, why=str(error), calls=tuple(calls))


def _noted(step: str, turns: Sequence[Turn], answer: Completion) -> Json:
    return {
        "step": step,
        "prompt_hash": fence.digest(turns),
        "model": _storable(answer.model),
        "input_tokens": answer.input_tokens,
        "output_tokens": answer.output_tokens,
        "finish": answer.finish.value,
        "raw": _storable(answer.text[:MOST_RAW]),
    }


def _storable(text: str) -> str:
    """Return a text without what PostgreSQL's JSON cannot hold: zeros, half characters."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()
