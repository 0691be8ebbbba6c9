"""Messages to the café, decided with the real embedder, replayed without it."""

import json
from dataclasses import replace

from core.assistant import replay, saver
from core.assistant.graph import open_assistant
from core.domain.decision import Decision
from tests.assistant.cafe import BETWEEN_FRAGMENTS, Cafe, rows
from tests.assistant.cases import case

EVERY = 4


async def test_what_the_real_embedder_said_replays_to_the_same_decision(cafe: Cafe) -> None:
    decided: list[Decision] = []
    async with open_assistant(
        retrieve=cafe.find, embedder=cafe.embedder, checkpointer=saver.in_memory()
    ) as opened:
        for row in rows("held_out.tsv")[::EVERY]:
            asked = case(*row["message"].split(BETWEEN_FRAGMENTS))
            proposal = await opened.weigh(replace(asked, tenant=cafe.tenant))
            kept = json.loads(json.dumps(proposal.snapshot))
            assert replay.outcome(await replay.replay(kept)) == kept["outcome"]
            decided.append(proposal.verdict.decision)
    assert set(decided) == set(Decision)
