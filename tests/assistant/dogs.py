"""A question, what is known about it, and an assistant with a model to consider it."""

from dataclasses import replace

from core.assistant import saver
from core.assistant.graph import open_assistant
from core.assistant.state import Case
from core.domain.decision import Proposal
from core.llm.base import ChatModel
from tests.assistant.cases import LetterEmbedder, Shelf, case, entry
from tests.doubles.scripted_model import Line, ScriptedModel, by_step, opinion, written

ANSWER = "Yes, dogs are allowed on a lead. They stay off the chairs."
DOGS = replace(entry("Are dogs allowed?", ANSWER), phrasings=5)
CATS = replace(entry("Are cats allowed?", "Cats stay at home."), phrasings=5)
QUOTED = f"Hi Léa,\n{ANSWER}"
WORDED = written("Dogs are allowed on a lead.", "dogs are allowed on a lead")
ASKED = "Are dogs allowed?"


async def considered(
    model: ChatModel | None, asked: Case | None = None, shelf: Shelf | None = None
) -> Proposal:
    """Return what the assistant proposes; by default about dogs, which it knows about."""
    async with open_assistant(
        retrieve=shelf or Shelf(DOGS),
        embedder=LetterEmbedder(),
        checkpointer=saver.in_memory(),
        model=model,
    ) as assistant:
        return await assistant.consider(asked or case(ASKED))


def a_model(sorting: Line | None = None, writing: Line | None = None) -> ScriptedModel:
    """Return a model that answers each step with its own line, sensibly by default."""
    return ScriptedModel(by_step(sorting or opinion(), writing or WORDED))
