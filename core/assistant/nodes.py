"""The steps of the graph. Each reads the run, adds what it found, and touches nothing else.

A resumed run executes an interrupted step again from its start (LangGraph promises no
more), so no step may have an effect outside the run: they look things up and propose.
"""

from collections.abc import Awaitable, Callable, Sequence
from time import perf_counter
from typing import TYPE_CHECKING, Literal, Protocol

from core.assistant import (
    answering,
    confidence,
    draft,
    evidence,
    examples,
    guard,
    reading,
    run,
    seeds,
    signals,
    suitability,
    triage,
    verdict,
)
from core.assistant.ignoring import FEWEST_EXAMPLES, Ignoring
from core.assistant.matchers import Matchers
from core.assistant.reading import Reading
from core.assistant.run import Run
from core.assistant.seeds import Seeds
from core.assistant.state import Case, Phrasings, Retrieve
from core.assistant.triage import Sort
from core.domain.knowledge import Passage
from core.knowledge.quote import quote
from core.llm.base import Embedder

if TYPE_CHECKING:
    from langgraph.runtime import Runtime

Node = Callable[[Run, "Runtime[Case]"], Awaitable[Run]]


class Step(Protocol):
    """A node in the form that the graph calls."""

    async def __call__(self, state: Run, *, runtime: "Runtime[Case]") -> Run:
        """Return what the step found out."""
        ...


PASSAGES = 8
"""How many passages are looked at: enough to see which words nobody knows."""
FOREIGN = 0.5
"""What the confidence is multiplied with when the passage is in another language."""


class Nodes:
    """The steps over their collaborators; one instance serves all runs at once."""

    def __init__(
        self, retrieve: Retrieve, embedder: Embedder, phrasings: Phrasings | None = None
    ) -> None:
        """Keep what the steps look things up with."""
        self._retrieve = retrieve
        self._embedder = embedder
        self._seeds = Seeds(embedder)
        self._ignoring = Ignoring(embedder)
        self._matchers = Matchers(phrasings, embedder)

    async def gather(self, _run: Run, runtime: "Runtime[Case]") -> Run:
        """Join the fragments into one question, in one language."""
        return {"reading": run.plain(reading.read(runtime.context))}

    async def rules(self, so_far: Run, runtime: "Runtime[Case]") -> Run:
        """Look for an owner's example that says what to ignore."""
        read = _reading(so_far)
        ignored = runtime.context.rules.ignore_examples
        match = await examples.matching(self._embedder, read.said, read.language, ignored)
        if match is None and len(ignored) >= FEWEST_EXAMPLES:
            ordinary = await self._matchers.ordinary(runtime.context.tenant)
            match = await self._ignoring.match(read.said, ignored, ordinary)
        return {} if match is None else {"match": run.plain(match)}

    async def triage(self, so_far: Run, runtime: "Runtime[Case]") -> Run:
        """Sort the message by what it looks like and what it leans to."""
        read = _reading(so_far)
        seen = signals.read(read.said)
        own = seeds.own_examples(runtime.context.rules)
        leaning = await self._seeds.leaning(read.said, own) if read.question else {}
        found = triage.sort_message(
            read,
            seen,
            leaning,
            runtime.context.message_types,
            bar=seeds.bar_of(runtime.context.rules),
        )
        return {
            "sorted": run.plain(found),
            "signals": {
                **run.plain(seen),
                "leaning": {str(one): much for one, much in leaning.items()},
            },
        }

    async def retrieve(self, so_far: Run, runtime: "Runtime[Case]") -> Run:
        """Find passages for the question."""
        read = _reading(so_far)
        found = await self._retrieve(
            runtime.context.tenant, read.question, read.language, PASSAGES
        )
        return {"passages": [run.plain(passage) for passage in found]}

    async def draft(self, so_far: Run, runtime: "Runtime[Case]") -> Run:
        """Quote the passage that answers, and weigh what speaks for it."""
        read = _reading(so_far)
        passages = in_language(_passages(so_far), read.language)
        if not passages:
            return {}
        matched = None
        if answering.may_prefer(passages):
            matched = await self._matchers.match(
                runtime.context.tenant, read.question, read.language
            )
        field = answering.preferring(
            suitability.ordered(read.question, read.language, passages), matched
        )
        best = field.candidates[0].passage
        cut = await quote(self._embedder, best, read.question)
        seen = evidence.measure(read.question, read.language, field, cut.text)
        likely = answering.blended(confidence.probability(seen), matched, best)
        if best.lang_code != read.language:
            likely *= FOREIGN
        written = draft.write(best, cut, read.language, _name(runtime.context))
        return {
            "draft": {
                "reply": written.reply,
                "citations": [run.plain(one) for one in written.citations],
                "passage": run.plain(best),
                "evidence": run.plain(seen),
                "matched": None if matched is None else run.plain(matched),
                "confidence": likely,
            }
        }

    async def guard(self, so_far: Run, _runtime: "Runtime[Case]") -> Run:
        """Object to whatever the quoted words do not hold."""
        written = so_far["draft"]
        found = guard.objections(
            written["reply"],
            [run.citation(one) for one in written["citations"]],
            _passages(so_far),
            _reading(so_far).language,
        )
        return {"objections": found}

    async def verdict(self, so_far: Run, runtime: "Runtime[Case]") -> Run:
        """Decide what to propose."""
        return {"proposal": run.plain(verdict.propose(so_far, runtime.context))}


def after_rules(so_far: Run) -> Literal["verdict", "triage"]:
    """Route: what the owner's examples name is not looked at any further."""
    return "verdict" if "match" in so_far else "triage"


def after_triage(so_far: Run) -> Literal["retrieve", "verdict"]:
    """Route: only questions are worth a search."""
    return "retrieve" if so_far["sorted"]["sort"] == Sort.QUESTION else "verdict"


def after_draft(so_far: Run) -> Literal["guard", "verdict"]:
    """Route: without a draft there is nothing to guard."""
    return "guard" if "draft" in so_far else "verdict"


def timed(name: str, node: Node) -> Step:
    """Return the step with its duration kept in the run, in milliseconds."""

    async def step(state: Run, *, runtime: "Runtime[Case]") -> Run:
        started = perf_counter()
        found = await node(state, runtime)
        found["timings"] = {name: round((perf_counter() - started) * 1000, 2)}
        return found

    return step


def in_language(passages: Sequence[Passage], language: str) -> list[Passage]:
    """Return the passages a customer can read; all of them when there is none."""
    readable = [passage for passage in passages if passage.lang_code == language]
    return readable or list(passages)


def _reading(so_far: Run) -> Reading:
    return run.built(Reading, so_far["reading"])


def _passages(so_far: Run) -> list[Passage]:
    return [run.passage(values) for values in so_far.get("passages", [])]


def _name(case: Case) -> str:
    """Return whom to greet: nobody who has been answered in this conversation before."""
    has_met = any(turn.speaker.value == "assistant" for turn in case.history)
    return "" if has_met else case.customer_name
