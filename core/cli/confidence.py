"""`rules confidence`: how far the assistant's confidence can be believed in this inbox."""

from typing import Annotated

import typer

from core.assistant.calibrated import FEWEST_OUTCOMES
from core.cli.running import Json, run, show, signed_in
from core.config.settings import Settings
from core.queries.confidence import PRECISION, Standing, standing


def confidence(
    precision: Annotated[
        float, typer.Option(help="How many of the replies must be right, as a share.")
    ] = PRECISION,
    as_json: Json = False,
) -> None:
    """Show what people's own edits and approvals say about the assistant's confidence."""

    async def work(own: Settings) -> Standing:
        async with signed_in(own) as engine:
            return await standing(engine.kit, precision=precision)

    found = run(work)
    show(found, lambda: _words(found), as_json=as_json)


def _words(found: Standing) -> str:
    if not found.outcomes:
        return (
            "People have judged no suggestion yet: approve, edit or dismiss drafts first."
        )
    lines = [f"{found.right} of {found.outcomes} judged suggestions were right."]
    if found.learns:
        lines.append(
            f"Confidence is off by {found.error_learnt:.1%} on average"
            f" ({found.error_shipped:.1%} before learning from them)."
        )
    else:
        lines.append(f"The confidence learns from them once there are {FEWEST_OUTCOMES}.")
    share = f"{found.precision:.0%}"
    lines.append(
        f"They do not show yet that {share} are right, from any confidence on."
        if found.bar is None
        else f"From a confidence of {found.bar:.2f} on, {share} are right."
    )
    return "\n".join(lines)
