"""The graph that considers a case: gather, rules, triage, retrieve, draft, guard, verdict.

It proposes and never acts, so a run that was cut short may be run again. With a language
model it is resumed: each step is durable before the next begins, and no answer is paid for
twice. Without one a run takes milliseconds, and to keep it would cost more than to take it
again: it leaves no checkpoint.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from core.assistant import modelled, recording, run
from core.assistant.nodes import Nodes, after_draft, after_rules, after_triage, timed
from core.assistant.run import Run
from core.assistant.state import Assistant, Case, Outcomes, Phrasings, Retrieve
from core.domain.decision import Proposal
from core.domain.errors import ModelDown
from core.llm.base import ChatModel, Embedder

if TYPE_CHECKING:
    from langchain_core.runnables import RunnableConfig
    from langgraph.checkpoint.base import BaseCheckpointSaver
    from langgraph.graph.state import CompiledStateGraph

    Graph = CompiledStateGraph[Run, Case, Run, Run]

MOST_SECONDS = 60.0
MOST_STEPS = 10
"""More than the longest way through the graph; a run beyond it is a bug, and ends."""


class GraphAssistant:
    """The assistant over a compiled graph."""

    def __init__(
        self, graph: "Graph", traceless: "Graph", embedder: str, model: str | None
    ) -> None:
        """Keep the graph, the same without checkpoints, and the models for the snapshots."""
        self._graph = graph
        self._traceless = traceless
        self._embedder = embedder
        self._model = model

    async def consider(self, case: Case) -> Proposal:
        """Return what to do about a case, doing none of it.

        A thread that was cut short goes on where it stopped.

        Raises:
            ModelDown: a model is away or takes too long.
        """
        return await self._concluded(self._finished(case), case)

    async def weigh(self, case: Case) -> Proposal:
        """Return what to do about a case that nobody waits in; raises as `consider` does."""
        return await self._concluded(finished(self._traceless, case), case)

    async def _concluded(self, running: Awaitable[Run], case: Case) -> Proposal:
        try:
            async with asyncio.timeout(MOST_SECONDS):
                found = await running
        except TimeoutError as late:
            raise ModelDown("The assistant took too long to answer.") from late
        return replace(
            run.proposal(found["proposal"]),
            snapshot={
                **recording.snapshot(found, case, self._model or self._embedder),
                "embedder": self._embedder,
                **modelled.snapshot(found),
            },
        )

    async def _finished(self, case: Case) -> Run:
        if self._model is None:
            return await finished(self._traceless, case)
        config: RunnableConfig = {
            "configurable": {"thread_id": case.thread_id},
            "recursion_limit": MOST_STEPS,
        }
        standing = await self._graph.aget_state(config)
        start: Run | None = None if standing.next else Run()
        found = await self._graph.ainvoke(start, config, context=case, durability="sync")
        return cast(Run, found)


async def finished(traceless: "Graph", case: Case) -> Run:
    """Return a run from its beginning to its end, over a graph without checkpoints."""
    config: RunnableConfig = {"recursion_limit": MOST_STEPS}
    return cast(Run, await traceless.ainvoke(Run(), config, context=case))


@asynccontextmanager
async def open_assistant(
    *,
    retrieve: Retrieve,
    embedder: Embedder,
    checkpointer: "BaseCheckpointSaver[Any]",
    model: ChatModel | None = None,
    phrasings: Phrasings | None = None,
    outcomes: Outcomes | None = None,
) -> AsyncIterator[Assistant]:
    """Open the assistant over one saver of checkpoints, see `saver`.

    With a `model`, messages are sorted and replies written with its help, see `careful`.
    Without `phrasings` a FAQ is only searched, never learnt, and without `outcomes` its
    confidence stays as shipped.
    """
    nodes = Nodes(retrieve, embedder, model, phrasings, outcomes)
    yield GraphAssistant(
        compiled(nodes, checkpointer),
        compiled(nodes),
        embedder.name,
        None if model is None else model.name,
    )


def compiled(
    nodes: Nodes, checkpointer: "BaseCheckpointSaver[Any] | None" = None
) -> "Graph":
    """Return the graph over these steps; without a saver it leaves no checkpoints."""
    from langgraph.graph import END, START, StateGraph

    graph: StateGraph[Run, Case, Run, Run] = StateGraph(Run, context_schema=Case)
    for name, node in {
        "gather": nodes.gather,
        "rules": nodes.rules,
        "triage": nodes.triage,
        "retrieve": nodes.retrieve,
        "draft": nodes.draft,
        "guard": nodes.guard,
        "verdict": nodes.verdict,
    }.items():
        graph.add_node(name, timed(name, node))
    graph.add_edge(START, "gather")
    graph.add_edge("gather", "rules")
    graph.add_conditional_edges("rules", after_rules)
    graph.add_conditional_edges("triage", after_triage)
    graph.add_edge("retrieve", "draft")
    graph.add_conditional_edges("draft", after_draft)
    graph.add_edge("guard", "verdict")
    graph.add_edge("verdict", END)
    return graph.compile(checkpointer=checkpointer)
