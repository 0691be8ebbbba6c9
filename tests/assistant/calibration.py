"""Where the weights of `core.assistant.confidence` come from.

Every question is asked of the café as it is; every phrasing of an FAQ entry of an entry
that does not have it; and every answerable question once more with its source taken away,
so that what is near but beside the point is learnt from too. Right means that the source
quoted is the one that a person named, and that a kind of fact which was asked for and which
the passage holds is in the words quoted.
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import asdict, dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from core.assistant.evidence import Evidence, measure
from core.assistant.nodes import PASSAGES, in_language
from core.assistant.suitability import ordered
from core.assistant.words import looked_up
from core.domain.knowledge import Passage
from core.knowledge.faq import language_of
from core.knowledge.kinds import asked_kinds, share_held
from core.knowledge.language import detect
from core.knowledge.quote import quote
from tests.assistant.cafe import Cafe, entries, rows, source_of, without

Numbers = NDArray[np.float64]

NAMES = tuple(field.name for field in fields(Evidence))
ANSWERABLE = 0.7
"""The part of questions the weights assume to be answerable; in the demo it is 3 of 4."""
BEREFT = 0.25
"""The weight of a question whose source was taken away, beside one that never had any."""
_RIDGE = 0.3
_ASKED = 16
"""More than are looked at, so that enough are left when a source is taken away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """The evidence for one answer, and whether it was right."""

    question: str
    evidence: Evidence
    is_right: bool
    weight: float


async def trials(cafe: Cafe) -> list[Trial]:
    """Return all trials, weighted so that `ANSWERABLE` of them are right."""
    tried = [one async for one in _all(cafe)]
    right = sum(one.weight for one in tried if one.is_right)
    wrong = sum(one.weight for one in tried if not one.is_right)
    scale = right * (1 - ANSWERABLE) / ANSWERABLE / wrong
    return [
        one if one.is_right else replace(one, weight=one.weight * scale) for one in tried
    ]


async def _all(cafe: Cafe) -> AsyncIterator[Trial]:
    for row in rows("calibration.tsv"):
        async for trial in _of(cafe, row["message"], row["language"], row["source"]):
            yield trial
    for entry in entries():
        for phrasing in entry.phrasings:
            await cafe.keep([without(entry, phrasing)])
            async for trial in _of(cafe, phrasing, language_of(entry), entry.question):
                yield trial
        await cafe.keep([entry])


async def _of(
    cafe: Cafe, question: str, language: str, source: str
) -> AsyncIterator[Trial]:
    asked = looked_up(question, language)
    found = await cafe.find(cafe.tenant, asked, detect(question), _ASKED)
    tried = await _trial(cafe, question, language, found[:PASSAGES], source)
    yield tried
    if source:
        left = [passage for passage in found if source_of(passage) != source]
        bereft = await _trial(cafe, question, language, left[:PASSAGES], "")
        yield replace(bereft, weight=BEREFT)


async def _trial(
    cafe: Cafe, question: str, language: str, found: Sequence[Passage], source: str
) -> Trial:
    field = ordered(question, language, in_language(found, language))
    best = field.candidates[0].passage
    words = await quote(cafe.embedder, best, question)
    return Trial(
        question=question,
        evidence=measure(question, language, field, words.text),
        is_right=source_of(best) == source and not _misses(question, best, words.text),
        weight=1.0,
    )


def _misses(question: str, best: Passage, quoted: str) -> bool:
    """Tell whether the quote leaves out the fact, such as the price, that is asked for."""
    kinds = asked_kinds(question)
    return share_held(kinds, best.text) > share_held(kinds, quoted)


def table(tried: Sequence[Trial]) -> tuple[Numbers, Numbers, Numbers]:
    """Return the evidence with a last column of ones, what was right, and the weights."""
    evidence = [[*asdict(one.evidence).values(), 1.0] for one in tried]
    right = [float(one.is_right) for one in tried]
    return np.array(evidence), np.array(right), np.array([one.weight for one in tried])


def fitted(evidence: Numbers, right: Numbers, weights: Numbers) -> Numbers:
    """Return the weights of a logistic regression with a light ridge (Newton's method)."""
    ridge = np.eye(evidence.shape[1]) * _RIDGE
    ridge[-1, -1] = 1e-6
    found = np.zeros(evidence.shape[1])
    for _ in range(50):
        likely = 1 / (1 + np.exp(-evidence @ found))
        slope = evidence.T @ (weights * (likely - right)) + ridge @ found
        bend = (evidence * (weights * likely * (1 - likely))[:, None]).T @ evidence
        found = found - np.linalg.solve(bend + ridge, slope)
    return found


def as_source(found: Numbers) -> str:
    """Return fitted weights as they stand in `core.assistant.confidence`."""
    lines = [f"BIAS = {found[-1]:.2f}", "WEIGHTS: Mapping[str, float] = {"]
    lines += [f'    "{name}": {one:.2f},' for name, one in zip(NAMES, found, strict=False)]
    return "\n".join([*lines, "}"])
