"""Who wants a person: how many are recognised, and how many others are taken for them."""

from collections.abc import Sequence
from random import Random
from typing import Any

from core.assistant.seeds import NONE_OWN, READ_CHARS, Own, Seeds
from core.domain.rule import Costs, complaint_threshold
from core.llm.base import Embedder
from tests.bench import _triage_sets as sets

PERSON = {
    "bitext": frozenset({"contact_human_agent", "complaint", "contact_customer_service"}),
    "nlupp_handoff": frozenset({"handoff"}),
    "handoff_synth_fr": frozenset({"escalate"}),
    "handoff_synth_es": frozenset({"escalate"}),
    "handoff_synth_en": frozenset({"escalate"}),
}
SEEDS = 3
QUESTIONS = 25
BAR = complaint_threshold(Costs())
"""From here on a message goes to a person, at the costs that are shipped."""


async def measured(embedder: Embedder) -> dict[str, Any]:
    """Return the figures of each set, without and with an owner's examples or FAQ."""
    found: dict[str, Any] = {}
    seeds = Seeds(embedder)
    # Read ahead, all at once: one by one each waits for the last.
    await embedder.embed(
        [one.text[:READ_CHARS] for name in PERSON for one in sets.labelled(name)]
    )
    for name, wanted in PERSON.items():
        rows = sets.labelled(name)
        short = "nlupp" if name == "nlupp_handoff" else name
        yes = [one.text for one in rows if one.label in wanted]
        no = [one.text for one in rows if one.label not in wanted]
        found[f"person_{short}"] = {"ours": await _told(seeds, yes, no, NONE_OWN)}
        if len(no) > 2 * QUESTIONS:
            found[f"person_{short}_faq"] = {"ours": await _with_faq(seeds, yes, no)}
        if len(yes) > 2 * 10 and len(no) > 2 * 20:
            own = []
            for seed in range(SEEDS):
                random = _random(seed)
                kept = (tuple(random.sample(yes, 10)), tuple(random.sample(no, 20)))
                own.append(await _told(seeds, yes, no, kept))
            found[f"person_{short}_own10"] = {"ours": sets.averaged(own)}
    return found


async def _with_faq(
    seeds: Seeds, yes: Sequence[str], no: Sequence[str]
) -> dict[str, float]:
    """Return the figures of an inbox whose FAQ answers some of the ordinary questions."""
    rows = [
        await _told(seeds, yes, no, NONE_OWN, _random(seed).sample(list(no), QUESTIONS))
        for seed in range(SEEDS)
    ]
    return sets.averaged(rows)


async def _told(
    seeds: Seeds,
    yes: Sequence[str],
    no: Sequence[str],
    own: Own,
    questions: Sequence[str] = (),
) -> dict[str, float]:
    async def scores(texts: Sequence[str], shown: Sequence[str]) -> list[float]:
        asked = [text for text in texts if text not in shown]
        return [sum((await seeds.leaning(one, own, questions)).values()) for one in asked]

    right, wrong = await scores(yes, own[0]), await scores(no, [*own[1], *questions])
    return {
        **sets.apart(right, wrong),
        "recall": sets.mean([one >= BAR for one in right]),
        "false_alarms": sets.mean([one >= BAR for one in wrong]),
    }


def _random(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - the same draws in every run
