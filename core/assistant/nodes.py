"""The steps of the graph. Each reads the run, adds what it found, and touches nothing else.

A resumed run executes an interrupted step again from its start (LangGraph promises no
more), so no step may have an effect outside the run: they look things up and propose.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from time import perf_counter
from typing import TYPE_CHECKING, Literal, Protocol

from core.assistant import (
    answering,
    careful,
    confidence,
    draft,
    evidence,
    examples,
    guard,
    lookups,
    matching_rules,
    modelled,
    reading,
    run,
    seeds,
    signals,
    suitability,
    triage,
    verdict,
)
from core.assistant.calibrated import Curve
from core.assistant.curves import Curves
from core.assistant.faq_matcher import Matched
from core.assistant.ignoring import FEWEST_EXAMPLES, Ignoring
from core.assistant.lookups import Look
from core.assistant.matchers import Matchers
from core.assistant.modelled import Modelled
from core.assistant.reading import Reading
from core.assistant.rebuild import rebuilt
from core.assistant.run import Json, Run
from core.assistant.seeds import Seed, Seeds
from core.assistant.state import Case, Outcomes, Phrasings, Retrieve
from core.assistant.triage import Sort
from core.assistant.words import looked_up
from core.domain.ids import TenantId
from core.domain.knowledge import Passage
from core.knowledge.quote import Quote, quote
from core.llm.base import ChatModel, Embedder

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
        self,
        retrieve: Retrieve,
        embedder: Embedder,
        model: ChatModel | None = None,
        phrasings: Phrasings | None = None,
        outcomes: Outcomes | None = None,
        *,
        look: Look = lookups.anew,
    ) -> None:
        """Keep what the steps look things up with; what an embedder says comes by `look`."""
        self._modelled = None if model is None else Modelled(model)
        self._retrieve = retrieve
        self._embedder = embedder
        self._seeds = Seeds(embedder)
        self._ignoring = Ignoring(embedder)
        self._matchers = Matchers(phrasings, embedder)
        self._curves = Curves(outcomes)
        self._look = look

    async def gather(self, _run: Run, runtime: "Runtime[Case]") -> Run:
        """Join the fragments into one question, in one language."""
        return {"reading": run.plain(reading.read(runtime.context))}

    async def rules(self, so_far: Run, runtime: "Runtime[Case]") -> Run:
        """Look for an owner's rule that decides, then for an example of what to ignore."""
        read = _reading(so_far)
        ruled = await asyncio.to_thread(matching_rules.matched, read, runtime.context)
        if ruled:
            return ruled
        match = await self._look(
            "ignore_example", lambda: self._match(read, runtime.context)
        )
        return {} if match is None else {"match": match}

    async def _match(self, read: Reading, case: Case) -> Json | None:
        """Return the example a message repeats, or resembles once there are enough."""
        own = case.rules.ignore_examples
        found = await examples.matching(self._embedder, read.said, read.language, own)
        if found is None and len(own) >= FEWEST_EXAMPLES:
            ordinary = await self._matchers.ordinary(case.tenant)
            found = await self._ignoring.match(read.said, own, ordinary)
        return None if found is None else run.plain(found)

    async def triage(self, so_far: Run, runtime: "Runtime[Case]") -> Run:
        """Sort the message by what it looks like and what it leans to."""
        read = _reading(so_far)
        seen = signals.read(read.said)
        own = runtime.context.rules
        leaning = await self._leaning(read.said, runtime.context) if read.question else {}
        found = triage.sort_message(
            read, seen, leaning, runtime.context.message_types, bar=seeds.bar_of(own)
        )
        result: Run = {
            "sorted": run.plain(found),
            "signals": {
                **run.plain(seen),
                "leaning": {str(one): much for one, much in leaning.items()},
            },
        }
        if self._modelled is not None:
            result.update(await self._modelled.opinion(result, read, runtime.context))
        return result

    async def _leaning(self, said: str, case: Case) -> dict[Seed, float]:
        async def ask() -> Json:
            own = seeds.own_examples(case.rules)
            usual = await self._matchers.ordinary(case.tenant)
            leaning = await self._seeds.leaning(said, own, usual)
            return {str(one): much for one, much in leaning.items()}

        answered: dict[str, float] = await self._look("leaning", ask)
        return {Seed(name): much for name, much in answered.items()}

    async def retrieve(self, so_far: Run, runtime: "Runtime[Case]") -> Run:
        """Find passages for the question."""
        read = _reading(so_far)
        asked = looked_up(read.question or read.said, read.language)
        found = await self._retrieve(runtime.context.tenant, asked, read.language, PASSAGES)
        return {"passages": [run.plain(passage) for passage in found]}

    async def draft(self, so_far: Run, runtime: "Runtime[Case]") -> Run:
        """Quote the passage that answers, and weigh what speaks for it."""
        read = _reading(so_far)
        passages = in_language(_passages(so_far), read.language)
        if not passages:
            return {}
        asked = read.question or read.said
        matched = None
        if answering.may_prefer(passages):
            matched = await self._matched(runtime.context.tenant, asked, read.language)
        field = answering.preferring(
            suitability.ordered(asked, read.language, passages), matched
        )
        best = field.candidates[0].passage
        cut = await self._quote(best, asked, looked_up(asked, read.language))
        seen = evidence.measure(asked, read.language, field, cut.text)
        likely = answering.blended(confidence.probability(seen), matched, best)
        if best.lang_code != read.language:
            likely *= FOREIGN
        curve = await self._curve(runtime.context.tenant)
        written = draft.write(best, cut, read.language, _name(runtime.context))
        result: Run = {
            "draft": {
                "reply": written.reply,
                "citations": [run.plain(one) for one in written.citations],
                "passage": run.plain(best),
                "evidence": run.plain(seen),
                "matched": None if matched is None else run.plain(matched),
                "shipped": likely,
                "confidence": curve(likely),
            }
        }
        if self._modelled is not None:
            so_far = {**so_far, **result}
            name = _name(runtime.context)
            result.update(
                await self._modelled.reply(so_far, passages, runtime.context, name)
            )
        return result

    async def _matched(self, tenant: TenantId, asked: str, language: str) -> Matched | None:
        async def ask() -> Json | None:
            found = await self._matchers.match(tenant, asked, language)
            return None if found is None else run.plain(found)

        told = await self._look("matched", ask)
        return None if told is None else rebuilt(Matched, told)

    async def _curve(self, tenant: TenantId) -> Curve:
        async def ask() -> Json:
            return run.plain(await self._curves.of(tenant))

        return run.built(Curve, await self._look("curve", ask))

    async def _quote(self, best: Passage, question: str, searched: str) -> Quote:
        async def ask() -> Json:
            cut = await quote(self._embedder, best, question, searched=searched)
            return run.plain(cut)

        return run.built(Quote, await self._look("quote", ask))

    async def guard(self, so_far: Run, runtime: "Runtime[Case]") -> Run:
        """Object to whatever the quoted words do not hold."""
        written = so_far["draft"]
        found = guard.objections(
            written["reply"],
            [run.citation(one) for one in written["citations"]],
            _passages(so_far),
            _reading(so_far).language,
        )
        result: Run = {"objections": found}
        if "written" in so_far:  # somebody else's words: reading them may take a moment
            result.update(
                await asyncio.to_thread(
                    modelled.guarded, so_far, _passages(so_far), runtime.context
                )
            )
        return result

    async def verdict(self, so_far: Run, runtime: "Runtime[Case]") -> Run:
        """Decide what to propose."""
        plain = verdict.propose(so_far, runtime.context)
        return {"proposal": run.plain(careful.combined(plain, so_far, runtime.context))}


def after_rules(so_far: Run) -> Literal["verdict", "triage"]:
    """Route: what the owner's rules or examples settle is not looked at any further."""
    is_settled = "match" in so_far or matching_rules.is_settled(so_far)
    return "verdict" if is_settled else "triage"


def after_triage(so_far: Run) -> Literal["retrieve", "verdict"]:
    """Route: only questions are worth a search, and what the owner wants answered."""
    sort = Sort(so_far["sorted"]["sort"])
    return "retrieve" if verdict.wants_answer(so_far, sort) else "verdict"


def after_draft(so_far: Run) -> Literal["guard", "verdict"]:
    """Route: without a draft there is nothing to guard."""
    return "guard" if "draft" in so_far else "verdict"


def timed(name: str, node: Node) -> Step:
    """Return the step with its duration in milliseconds, and what models answered it."""

    async def step(state: Run, *, runtime: "Runtime[Case]") -> Run:
        started = perf_counter()
        with lookups.noting() as answered:
            found = await node(state, runtime)
        found["timings"] = {name: round((perf_counter() - started) * 1000, 2)}
        if answered:
            found["lookups"] = answered
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
