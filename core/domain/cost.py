"""What thinking costs: tokens times the prices that `ai_models` lists."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

_THOUSAND = Decimal(1000)
_MICRO = Decimal("0.000001")
"""`cost_usd` is kept to a millionth of a dollar."""
NOTHING = Decimal(0)
MOST_TOKENS = 10_000_000
"""More than any model reads or writes at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """US dollars per 1,000 tokens of one model."""

    input_per_1k: Decimal
    output_per_1k: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Spend:
    """The tokens that one or more calls of a model took."""

    model: str
    input_tokens: int
    output_tokens: int


def spends(snapshot: Mapping[str, Any]) -> tuple[Spend, ...]:
    """Return what a run's snapshot says it spent; a run without a model spent nothing.

    The snapshot lists each call of a model under `calls`. How many tokens it took is the
    word of whoever serves the model: what no call can have taken is not believed.
    """
    return tuple(
        Spend(
            model=str(one["model"]),
            input_tokens=_believed(one.get("input_tokens")),
            output_tokens=_believed(one.get("output_tokens")),
        )
        for one in snapshot.get("calls") or ()
    )


def _believed(tokens: int | None) -> int:
    return min(MOST_TOKENS, max(0, tokens or 0))


def cost_of(spent: Iterable[Spend], prices: Mapping[str, Price]) -> Decimal | None:
    """Return the dollars that calls took, None when one of the models has no known price.

    Rounded once, at the end: a thousand small calls cost what they cost.
    """
    total = NOTHING
    for one in spent:
        price = prices.get(one.model)
        if price is None:
            return None
        total += (
            one.input_tokens * price.input_per_1k + one.output_tokens * price.output_per_1k
        ) / _THOUSAND
    return total.quantize(_MICRO, rounding=ROUND_HALF_EVEN)
