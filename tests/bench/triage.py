"""How well messages are sorted without a language model, beside what most products do.

Everything goes through the assistant's own code with the product's embedder: the FAQ
matcher on BANKING77 (all 77 entries known, and 50 of them) and CLINC150, what an owner
ignores, and who wants a person. Beside it runs the plain nearest phrasing with its cosine
as confidence, and semantic-router where it is installed: in this Python, or in a virtual
environment `.venv-peers` in the checkout, which it is given the same vectors in.

The sets lie beside the checkout, in `../shared/bench`; they are not ours to distribute.
Thresholds are fixed on one half of the messages and kept to on the other.
"""

import asyncio
from collections.abc import Mapping, Sequence
from random import Random
from time import perf_counter
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from core.assistant.faq_matcher import FaqMatcher
from core.assistant.ignoring import Ignoring
from core.assistant.state import Embedded, FaqSet, KnownEntry
from core.config.settings import Settings
from core.domain.ids import FaqId
from core.knowledge.language import guess
from core.llm.base import Embedder
from core.llm.embedders import language_pack, open_embedders
from core.queries.phrasings import MOST_RECENT, categories_of, copies_of, with_vectors
from tests.bench import _triage_peer as peer
from tests.bench import _triage_person
from tests.bench import _triage_sets as sets
from tests.bench._triage_sets import FOLDER, Answers, Labelled, Remembering
from tests.fixtures.homes import passing_home

GOALS: Mapping[str, Mapping[str, float]] = {
    "banking77_k5": {"acc": 0.80, "cov_p95": 0.60},
    "banking77_k10": {"acc": 0.87, "cov_p95": 0.76, "cov_p99": 0.46},
    "banking77_50_of_77_k10": {"cov_p95": 0.32},
    "banking77_50_of_77_k10_after_200": {"cov_p95": 0.42},
    "clinc150_k5": {"auroc": 0.955, "fpr95": 0.25},
    "clinc150_k15": {"auroc": 0.97, "fpr95": 0.17},
    "ignore_en_k10": {"r_fpr1": 0.90, "r_fpr0.1": 0.82},
    "ignore_fr_k10": {"r_fpr1": 0.97, "r_fpr0.1": 0.90},
    "person_nlupp": {"r_fpr1": 0.80, "r_fpr5": 0.93},
    "person_nlupp_own10": {"r_fpr1": 0.85, "r_fpr5": 0.95},
}
"""RETRIEVAL.md, section 6; they speak of other messages of the same kinds."""
ESCALATED = 200
DRAWS = (0, 5)
"""Different phrasings of each entry, by the rank of the first."""
SEEDS = 3


async def run() -> dict[str, Any]:
    """Measure everything; says so when the sets are not there."""
    if not FOLDER.is_dir():
        return {"skipped": f"the query sets are not there: {FOLDER} is missing"}
    started = perf_counter()
    with passing_home() as home:
        settings = Settings(home=home)
        pack = await asyncio.to_thread(language_pack, settings)
        async with open_embedders(
            settings, language=lambda text: guess(text).code, workers=2, pack=pack
        ) as opened:
            embedder = Remembering(opened.wanted)
            found = {
                "embedder": embedder.name,
                **await _banking(embedder),
                **await _clinc(embedder),
                **await _ignore(embedder),
                **await _triage_person.measured(embedder),
            }
    found = {
        name: {**value, "goal": GOALS[name]} if name in GOALS else value
        for name, value in found.items()
    }
    return {**found, "seconds": round(perf_counter() - started, 1)}


async def _banking(embedder: Embedder) -> dict[str, Any]:
    asked = sets.labelled("banking77")
    known = sets.known()
    found: dict[str, Any] = {}
    for count in (5, 10):
        name = f"banking77_k{count}"
        draws = [sets.pool("banking77", first, count) for first in DRAWS]
        found[name] = await _compared(embedder, draws, asked)
        if count == 10:
            near = [{one: texts for one, texts in d.items() if one in known} for d in draws]
            found[f"banking77_50_of_77_k{count}"] = await _compared(embedder, near, asked)
            found[f"banking77_50_of_77_k{count}_after_200"] = await _after(
                embedder, near, asked, known
            )
            found["semantic_router"] = {
                name: await peer.compared(embedder, sets.with_names(draws[0]), asked),
                f"banking77_50_of_77_k{count}": await peer.compared(
                    embedder, sets.with_names(near[0]), asked
                ),
            }
    return found


async def _compared(
    embedder: Embedder, draws: Sequence[dict[str, list[str]]], asked: Sequence[Labelled]
) -> dict[str, Any]:
    """Return our figures and those of the nearest phrasing, averaged over the draws.

    The nearest phrasing is given the entries' names as one more phrasing each.
    """
    ours, unnamed, plain = [], [], []
    for entries in draws:
        ours.append(await _figures(embedder, entries, asked))
        unnamed.append(await _figures(embedder, entries, asked, named=False))
        nearest = await sets.nearest(embedder, sets.with_names(entries), asked)
        plain.append(sets.figures(nearest))
    return {
        "ours": sets.averaged(ours),
        "ours_without_names": sets.averaged(unnamed),
        "nearest": sets.averaged(plain),
    }


async def _figures(
    embedder: Embedder,
    entries: Mapping[str, Sequence[str]],
    asked: Sequence[Labelled],
    *,
    named: bool = True,
) -> dict[str, float]:
    answers, times = await _matched(embedder, entries, asked, named=named)
    return {**sets.figures(answers), **sets.errors(answers), **times}


async def _matched(
    embedder: Embedder,
    entries: Mapping[str, Sequence[str]],
    asked: Sequence[Labelled],
    escalated: Sequence[str] = (),
    *,
    named: bool = True,
) -> tuple[Answers, dict[str, float]]:
    """Answer with the product's matcher; also how long fitting and matching took.

    As an inbox has, it has seen some messages of the kind before; nobody has told it what
    they ask. Each entry is filed under its class's name, unless they are not `named`.
    """
    ids = {FaqId(uuid5(NAMESPACE_URL, label)): label for label in entries}
    texts = [one.text for one in asked]
    seen = _random(0).sample([*texts, *escalated], MOST_RECENT)
    categories = await categories_of(embedder, list(entries) if named else [])
    faq = FaqSet(
        version="1",
        embedder=embedder.name,
        entries=tuple(
            [
                await _entry(embedder, one, entries[label], categories.get(label))
                for one, label in ids.items()
            ]
        ),
        unanswered=await with_vectors(embedder, escalated),
        recent=await with_vectors(embedder, seen),
    )
    vectors = await embedder.embed(texts)
    started = perf_counter()
    matcher = await asyncio.to_thread(FaqMatcher, faq)
    fitted = perf_counter()
    matches = [
        matcher.match(text, vector, "en")
        for text, vector in zip(texts, vectors, strict=True)
    ]
    return Answers(
        guesses=[ids[match.entry] for match in matches],
        sure=[match.probability for match in matches],
        labels=[one.label for one in asked],
    ), {
        "fit_s": fitted - started,
        "match_ms": (perf_counter() - fitted) / len(asked) * 1000,
    }


async def _entry(
    embedder: Embedder, known: FaqId, texts: Sequence[str], category: Embedded | None
) -> KnownEntry:
    copies = await copies_of(embedder, texts)
    return KnownEntry(
        id=known,
        lang_code="en",
        phrasings=tuple(texts),
        vectors=tuple(await embedder.embed(texts)),
        copies=tuple(copy for text in texts for copy in copies[text]),
        category=category,
    )


async def _after(
    embedder: Embedder,
    draws: Sequence[dict[str, list[str]]],
    asked: Sequence[Labelled],
    known: frozenset[str],
) -> dict[str, Any]:
    """Return the figures once messages that nothing answers were handed over."""
    ours = []
    for at, entries in enumerate(draws):
        strangers = [one for one in asked if one.label not in known]
        seen = {one.text for one in _random(at).sample(strangers, ESCALATED)}
        rest = [one for one in asked if one.text not in seen]
        answers, _ = await _matched(embedder, entries, rest, sorted(seen))
        ours.append({**sets.figures(answers), **sets.errors(answers)})
    return {"ours": sets.averaged(ours)}


async def _clinc(embedder: Embedder) -> dict[str, Any]:
    asked = sets.labelled("clinc150")
    found = {}
    for count in (5, 15):
        entries = sets.pool("clinc150", 0, count)
        answers, times = await _matched(embedder, entries, asked)
        unnamed, _ = await _matched(embedder, entries, asked, named=False)
        plain = await sets.nearest(embedder, sets.with_names(entries), asked)
        found[f"clinc150_k{count}"] = {
            "ours": {**_scope(answers), **sets.errors(answers), **times},
            "ours_without_names": {**_scope(unnamed), **sets.errors(unnamed)},
            "nearest": _scope(plain),
        }
    return found


def _scope(answers: Answers) -> dict[str, float]:
    """Return how well questions within the FAQ are told from those outside."""
    inside = [at for at, label in enumerate(answers.labels) if label != "oos"]
    outside = [at for at, label in enumerate(answers.labels) if label == "oos"]
    within, without = answers.only(inside), answers.only(outside)
    return {
        "acc": sets.mean(within.right),
        "auroc": round(sets.auroc(within.sure, without.sure), 4),
        "fpr95": sets.false_alarms(within.sure, without.sure),
    }


async def _ignore(embedder: Embedder) -> dict[str, Any]:
    found = {}
    for name, code in (("en", "spam_en"), ("fr", "spam_fr_mt")):
        spam = [one.text for one in sets.labelled(code) if one.label == "spam"]
        ordinary = _ordinary(name)
        for count in (3, 10, 20):
            rows = []
            for seed in range(SEEDS):
                random = _random(seed)
                shown, usual = random.sample(spam, count), random.sample(ordinary, 20)
                ignoring = Ignoring(embedder)
                yes = await ignoring.likely(
                    [t for t in spam if t not in shown], shown, usual
                )
                no = await ignoring.likely(
                    [t for t in ordinary if t not in usual], shown, usual
                )
                rows.append(sets.apart(yes, no))
            found[f"ignore_{name}_k{count}"] = {"ours": sets.averaged(rows)}
    return found


def _ordinary(language: str) -> list[str]:
    """Return messages that a support desk must answer."""
    if language == "en":
        rows = sets.labelled("banking77")[:600]
        rows += sets.labelled("bitext") + sets.labelled("nlupp_handoff")
        return [one.text for one in rows]
    names = ("retrieval/cnil_fr", "retrieval/piaf_fr", "triage/handoff_synth_fr")
    return [row["text"] for name in names for row in sets.read(f"dev/{name}/queries.jsonl")]


def _random(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - the same draws in every run
