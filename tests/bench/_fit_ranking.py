"""Where the weights of `core.knowledge.fusion` and `core.knowledge.likelihood` come from.

    python -m tests.bench._fit_ranking

Every development set is put into a database by the code that indexes a team's documents,
and asked through the same query; so is the demo's café. What is learnt from: a set's own
questions; the same with their answers taken away, or with few candidates left; and
questions about other matters. Whole articles are left out in turn, to see whether the weights hold for texts they were not
fitted to.
"""

import asyncio
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from core.config.settings import Settings
from core.domain.errors import NotSetUp
from core.engine import Part, open_engine
from core.knowledge.fusion import Legs, fused, legs_of, look_at
from core.knowledge.likelihood import WEIGHTS, evidence
from core.knowledge.retrieve import EACH, understood
from core.store import candidates
from core.store.candidates import Candidate
from core.store.pool import Login
from tests.assistant.cafe import Cafe, rows
from tests.bench import retrieval
from tests.bench.retrieval import Place, QuerySet
from tests.fixtures.homes import passing_home

Numbers = NDArray[np.float64]

SETS = ("xquad_en", "xquad_es", "piaf_fr", "cnil_fr")
CAFE = "cafe"
STRANGERS = {"piaf_fr": "cnil_fr", "cnil_fr": "piaf_fr"}
FOLDS = 5
ASKED = 400
"""Questions asked of each set."""
FEW = 8
"""One candidate in so many is left to learn from small knowledge bases too."""
ANSWERABLE = 0.7
"""The part of questions that the likelihood assumes to have an answer."""
_RIDGE = 0.3
_DAMPING = 0.001
_STEP, _STEPS = 3.0, 300
_LEGS = ("words", "letters", "place", "meaning")


@dataclass(frozen=True, slots=True)
class Trial:
    """A question, what was found for it, and which of that answers."""

    set_name: str
    fold: int
    is_answerable: bool
    rows: Sequence[Legs]
    right: Sequence[bool]

    @property
    def legs(self) -> Numbers:
        """Return the legs, a row for each candidate."""
        return np.array([[getattr(row, leg) for leg in _LEGS] for row in self.rows])


async def trials() -> list[Trial]:
    """Return what is learnt from."""
    found: list[Trial] = []
    for name in SETS:
        found += [trial async for trial in _of_set(retrieval._read(name))]
    return found + [trial async for trial in _of_cafe()]


async def _of_set(query_set: QuerySet) -> AsyncIterator[Trial]:
    articles = {str(one["id"]): str(one["title"]) for one in query_set.documents}
    stranger = STRANGERS.get(query_set.name)
    strangers = retrieval._read(stranger).queries if stranger else ()
    async with _filled(query_set) as place:
        for query in _some(query_set.queries):
            text, right = str(query["text"]), {str(name) for name in query["rel"]}
            about = {articles[name] for name in right}
            found = await _found(place, text)
            others = [one for one in found if articles[one.name] not in about]
            fold = crc32(min(about).encode()) % FOLDS
            few = [
                one for at, one in enumerate(found) if one.name in right or at % FEW == 0
            ]
            for kept in (found, few):
                yield Trial(query_set.name, fold, *_looked_at(text, kept, right))
            for kept in (others, others[::FEW]):
                yield Trial(query_set.name, fold, *_looked_at(text, kept, set()))
        for query in _some(strangers):
            text = str(query["text"])
            looked_at = _looked_at(text, await _found(place, text), set())
            yield Trial(query_set.name, crc32(text.encode()) % FOLDS, *looked_at)


async def _of_cafe() -> AsyncIterator[Trial]:
    async with _opened() as place:
        cafe = Cafe(
            database=place.kit.database, tenant=place.tenant, embedder=place.embedder
        )
        await cafe.open()
        for row in rows("calibration.tsv"):
            text, fold = row["message"], crc32(row["message"].encode()) % FOLDS
            found, right = await _found(place, text), {row["source"]} - {""}
            yield Trial(CAFE, fold, *_looked_at(text, found, right))
            others = [one for one in found if _source(one) not in right]
            if right:
                yield Trial(CAFE, fold, *_looked_at(text, others, set()))


def _source(one: Candidate) -> str:
    """Return what the café's samples name a source by: the file, or the question."""
    return one.name if one.document_id is not None else one.title


def _some(queries: Sequence[dict[str, Any]]) -> Sequence[dict[str, Any]]:
    return queries[:: max(1, len(queries) // ASKED)]


@asynccontextmanager
async def _filled(query_set: QuerySet) -> AsyncIterator[Place]:
    async with _opened() as place:
        await retrieval._fill(place, query_set)
        yield place


@asynccontextmanager
async def _opened() -> AsyncIterator[Place]:
    with passing_home() as home:
        async with open_engine(
            Settings(home=home), frozenset({Part.KNOWLEDGE}), login=Login.SERVICE
        ) as engine:
            if engine.tenant is None or not engine.kit.embedders:
                raise NotSetUp("The benchmark's own inbox could not be made.")
            yield Place(
                kit=engine.kit,
                member=engine.kit,
                tenant=engine.tenant,
                embedder=engine.kit.embedders[0],
            )


async def _found(place: Place, text: str) -> list[Candidate]:
    question = await understood([place.embedder], text, lang=None)
    if question is None:
        return []
    async with place.kit.unit(place.tenant) as unit:
        return await candidates.find(unit, question, each=EACH)


def _looked_at(
    text: str, found: Sequence[Candidate], right: set[str]
) -> tuple[bool, list[Legs], list[bool]]:
    """Return whether there is an answer, the candidates with their legs, and the right ones."""
    is_right = [not right.isdisjoint({one.name, _source(one)}) for one in found]
    return bool(right), legs_of(text, found), is_right


def fitted_legs(tried: Sequence[Trial]) -> Numbers:
    """Return the weights that make the right candidate the likeliest one (gradient ascent).

    A set counts the same however many questions it has, but the smallest only a little.
    """
    rows = [
        (one.legs, np.array(one.right), _share(one, tried))
        for one in tried
        if any(one.right)
    ]
    weights = np.zeros(len(_LEGS))
    for _ in range(_STEPS):
        slope = -2 * _DAMPING * weights
        for legs, right, share in rows:
            scores = legs @ weights
            slope += share * (_mean(legs[right], scores[right]) - _mean(legs, scores))
        weights = weights + _STEP * slope
    normal: Numbers = weights / weights.sum()
    return normal


def _mean(legs: Numbers, scores: Numbers) -> Numbers:
    """Return the mean of some legs, weighed by the odds of their scores."""
    odds = np.exp(scores - scores.max())
    mean: Numbers = odds @ legs / odds.sum()
    return mean


def _share(one: Trial, tried: Sequence[Trial]) -> float:
    same = sum(other.set_name == one.set_name and any(other.right) for other in tried)
    return min(1.0, same / 200) / same


def table(tried: Sequence[Trial]) -> tuple[Numbers, Numbers, Numbers]:
    """Return the evidence with a last column of ones, what was right, and the weights."""
    kinds = [(one.set_name, one.is_answerable) for one in tried]
    evidences, right = [], []
    for one in tried:
        order = sorted(
            zip(fused(one.rows), range(len(one.rows)), strict=True), reverse=True
        )
        looks = [look_at(one.rows[at], score) for score, at in order]
        evidences.append([*evidence(looks).values(), 1.0])
        right.append(float(one.right[order[0][1]]))
    weights = np.array(
        [(ANSWERABLE if kind[1] else 1 - ANSWERABLE) / kinds.count(kind) for kind in kinds]
    )
    return np.array(evidences), np.array(right), weights / weights.mean()


def fitted_likelihood(evidences: Numbers, right: Numbers, weights: Numbers) -> Numbers:
    """Return the weights of a logistic regression with a light ridge (Newton's method)."""
    ridge = np.eye(evidences.shape[1]) * _RIDGE
    ridge[-1, -1] = 1e-6
    found = np.zeros(evidences.shape[1])
    for _ in range(50):
        likely = 1 / (1 + np.exp(-evidences @ found))
        slope = evidences.T @ (weights * (likely - right)) + ridge @ found
        bend = (evidences * (weights * likely * (1 - likely))[:, None]).T @ evidences
        found = found - np.linalg.solve(bend + ridge, slope)
    return found


def off_by(likely: Numbers, right: Numbers, weights: Numbers) -> float:
    """Return the expected calibration error, over ten bins of the same width."""
    bins = np.minimum(9, (likely * 10).astype(int))
    total = sum(
        abs(float((weights * (likely - right))[bins == at].sum())) for at in range(10)
    )
    return total / float(weights.sum())


async def main() -> None:
    """Print the weights, and how they do on the articles left out."""
    tried = [one for one in await trials() if one.rows]
    _say("legs", dict(zip(_LEGS, fitted_legs(tried).round(3).tolist(), strict=True)))
    for fold in range(FOLDS):
        rest = [one for one in tried if one.fold != fold]
        _say(f"  without part {fold}", fitted_legs(rest).round(3).tolist())
    evidences, right, weights = table(tried)
    found = fitted_likelihood(evidences, right, weights)
    _say("BIAS", round(float(found[-1]), 1))
    _say("WEIGHTS", dict(zip(WEIGHTS, found[:-1].round(1).tolist(), strict=True)))
    folds, likely = np.array([one.fold for one in tried]), np.zeros(len(tried))
    for fold in range(FOLDS):
        left = folds == fold
        found = fitted_likelihood(evidences[~left], right[~left], weights[~left])
        likely[left] = 1 / (1 + np.exp(-evidences[left] @ found))
    _say("off by", round(off_by(likely, right, weights), 3))
    _say_bars(tried, likely, right)


def _say(*parts: object) -> None:
    sys.stdout.write(f"{' '.join(map(str, parts))}\n")


def _say_bars(tried: Sequence[Trial], likely: Numbers, right: Numbers) -> None:
    """Say for some bars how many questions pass, of each kind, and how many are right."""
    answerable = np.array([one.is_answerable for one in tried])
    names = np.array([one.set_name for one in tried])
    for bar in (0.04, 0.06, 0.08, 0.1, 0.3, 0.4, 0.5, 0.6, 0.7):
        passed = likely >= bar
        figures = [
            f"{name} {passed[own & answerable].mean():.3f} wrongly "
            f"{passed[own & ~answerable].mean():.3f} "
            f"right {right[own & answerable & passed].mean():.3f}"
            for name in (*SETS, CAFE)
            for own in [names == name]
        ]
        _say(bar, " | ".join(figures))


if __name__ == "__main__":
    asyncio.run(main())
