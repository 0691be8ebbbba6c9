"""How far the assistant's confidence can be believed in this inbox, by what people did."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from core.assistant.calibrated import (
    FEWEST_OUTCOMES,
    calibration_error,
    recalibrated,
    threshold,
)
from core.assistant.state import Came
from core.domain.errors import Refused
from core.kit import Kit
from core.queries.experience import outcomes_of

PRECISION = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the judged suggestions say.

    The errors are how far promises were from what came, on average: as shipped, and as
    learnt from one half of the outcomes for the other. `bar` is the lowest confidence from
    which on suggestions were right as often as asked for, at a risk of 10 %; None where the
    outcomes do not show that.
    """

    outcomes: int
    right: int
    learns: bool
    error_shipped: float
    error_learnt: float
    precision: float
    bar: float | None


async def standing(kit: Kit, *, precision: float = PRECISION) -> Standing:
    """Return how far confidence can be believed, and from where on it keeps `precision`.

    Raises:
        Refused: the precision makes no sense.
    """
    if not 0.5 <= precision < 1.0:
        raise Refused("Ask for a precision from 0.5 to below 1.")
    async with kit.mine() as unit:
        came = await outcomes_of(unit)
    return await asyncio.to_thread(_standing, came, precision)


def _standing(came: Sequence[Came], precision: float) -> Standing:
    likely, right = [one.likely for one in came], [one.right for one in came]
    curve = recalibrated(likely, right)
    return Standing(
        outcomes=len(came),
        right=sum(right),
        learns=len(came) >= FEWEST_OUTCOMES,
        error_shipped=calibration_error(likely, right),
        error_learnt=_learnt_error(came),
        precision=precision,
        bar=threshold([curve(one) for one in likely], right, precision),
    )


def _learnt_error(came: Sequence[Came]) -> float:
    """Return the error on each half of the outcomes with what the other half teaches."""
    promised: list[float] = []
    right: list[bool] = []
    for shown, asked in ((came[::2], came[1::2]), (came[1::2], came[::2])):
        curve = recalibrated([one.likely for one in shown], [one.right for one in shown])
        promised += [curve(one.likely) for one in asked]
        right += [one.right for one in asked]
    return calibration_error(promised, right)
