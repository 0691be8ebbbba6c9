"""The sets that triage is measured on, with vectors, and the figures taken from them."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core import paths
from core.assistant.calibrated import (
    calibration_error,
    recalibrated,
    threshold,
)
from core.llm.base import ChunkText, Embedder, Vector
from core.queries.phrasings import as_words

FOLDER = paths.installation_dir().parent / "shared" / "bench"
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A message and what a person says it is."""

    text: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What was guessed for some messages, how surely, and what was right."""

    guesses: Sequence[str]
    sure: Sequence[float]
    labels: Sequence[str]

    @property
    def right(self) -> list[bool]:
        return [a == b for a, b in zip(self.guesses, self.labels, strict=True)]

    def only(self, places: Iterable[int]) -> "Answers":
        kept = list(places)
        return Answers(
            guesses=[self.guesses[at] for at in kept],
            sure=[self.sure[at] for at in kept],
            labels=[self.labels[at] for at in kept],
        )


class Remembering:
    """An embedder that reads each text once; the benchmark asks for the same ones often."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._kept: dict[str, Vector] = {}

    @property
    def name(self) -> str:
        return self._embedder.name

    @property
    def dimensions(self) -> int:
        return self._embedder.dimensions

    async def embed(self, texts: Sequence[str]) -> list[Vector]:
        new = list(dict.fromkeys(text for text in texts if text not in self._kept))
        # As chunks they are read side by side; the vectors are the same.
        made = await self._embedder.embed_chunks([ChunkText(text=text) for text in new])
        self._kept |= {text: one.whole for text, one in zip(new, made, strict=True)}
        return [self._kept[text] for text in texts]

    async def embed_chunks(self, chunks: Sequence[Any]) -> list[Any]:
        return list(await self._embedder.embed_chunks(chunks))


def read(name: str) -> list[dict[str, Any]]:
    """Return the lines of a file of the sets."""
    return [json.loads(line) for line in (FOLDER / name).read_text("utf-8").splitlines()]


def labelled(name: str) -> list[Labelled]:
    """Return the messages of a set."""
    rows = read(f"dev/triage/{name}/queries.jsonl")
    return [Labelled(text=row["text"], label=row["label"]) for row in rows]


def pool(name: str, first: int, count: int) -> dict[str, list[str]]:
    """Return `count` phrasings of each entry."""
    entries: dict[str, list[str]] = {}
    for row in read(f"shared/triage/{name}/faq_pool.jsonl"):
        if first <= row["rank"] < first + count:
            entries.setdefault(row["label"], []).append(row["text"])
    return entries


def with_names(entries: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Return the entries with their name as one more phrasing, for what knows only these."""
    return {name: [*texts, as_words(name)] for name, texts in entries.items()}


def known() -> frozenset[str]:
    """Return the entries of BANKING77 that the hard setting keeps."""
    file: Path = FOLDER / "shared/triage/banking77/known_split.json"
    return frozenset(json.loads(file.read_text("utf-8"))["known"])


def halves(count: int) -> tuple[list[int], list[int]]:
    """Return the places of two halves, the same ones each time."""
    places = list(range(count))
    Random(7).shuffle(places)  # noqa: S311 - the same halves in every run
    return sorted(places[: count // 2]), sorted(places[count // 2 :])


def figures(answers: Answers) -> dict[str, float]:
    """Return accuracy, and coverage at a promised precision.

    A threshold is fixed on one half and kept to on the other, both ways. `whole_` is what is
    covered when it is fixed on all messages, as the sets' own script does on them.
    """
    found = {"acc": mean(answers.right)}
    for promise in (0.95, 0.99):
        covered, kept = [], []
        for fixing, asked in _both_ways(answers):
            bar = threshold(fixing.sure, fixing.right, promise)
            sent = (
                []
                if bar is None
                else [
                    ok
                    for ok, sure in zip(asked.right, asked.sure, strict=True)
                    if sure >= bar
                ]
            )
            covered.append(len(sent) / len(asked.labels))
            kept += sent
        name = f"p{promise * 100:.0f}"
        found[f"cov_{name}"] = mean(covered)
        found[f"whole_cov_{name}"] = _covered(answers, promise)
        found[f"precision_{name}"] = mean(kept) if kept else 0.0
    return found


def _covered(answers: Answers, promise: float) -> float:
    bar = threshold(answers.sure, answers.right, promise)
    return 0.0 if bar is None else mean([sure >= bar for sure in answers.sure])


def errors(answers: Answers) -> dict[str, float]:
    """Return the calibration error as shipped, and after the other half's outcomes."""
    corrected: list[float] = []
    right: list[bool] = []
    for fixing, asked in _both_ways(answers):
        curve = recalibrated(fixing.sure, fixing.right)
        corrected += [curve(sure) for sure in asked.sure]
        right += asked.right
    return {
        "ece_shipped": round(calibration_error(answers.sure, answers.right), 4),
        "ece_recalibrated": round(calibration_error(corrected, right), 4),
    }


def _both_ways(answers: Answers) -> list[tuple[Answers, Answers]]:
    one, other = map(answers.only, halves(len(answers.labels)))
    return [(one, other), (other, one)]


def apart(yes: Sequence[float], no: Sequence[float]) -> dict[str, float]:
    """Return how well scores tell two kinds apart."""
    return {
        "auroc": round(auroc(yes, no), 4),
        "r_fpr5": round(_recall(yes, no, 0.05), 4),
        "r_fpr1": round(_recall(yes, no, 0.01), 4),
        "r_fpr0.1": round(_recall(yes, no, 0.001), 4),
    }


def auroc(yes: Sequence[float], no: Sequence[float]) -> float:
    """Return how often a score of `yes` is above one of `no`; ties count half."""
    below = np.sort(np.array(no))
    places = np.searchsorted(below, yes, "left") + np.searchsorted(below, yes, "right")
    return float(places.mean() / 2 / len(below))


def false_alarms(yes: Sequence[float], no: Sequence[float]) -> float:
    """Return the share of `no` that passes where 95 % of `yes` do."""
    return round(float((np.array(no) >= np.quantile(yes, 0.05)).mean()), 4)


def _recall(yes: Sequence[float], no: Sequence[float], rate: float) -> float:
    from_top = np.sort(np.array(no))[::-1]
    bar = from_top[min(len(from_top) - 1, int(rate * len(from_top)))]
    return float((np.array(yes) > bar).mean())


def mean(values: Sequence[float]) -> float:
    """Return the mean to four digits."""
    return round(float(np.mean(values)), 4)


def averaged(rows: Sequence[dict[str, float]]) -> dict[str, float]:
    """Return the means of figures that were taken several times."""
    return {name: mean([row[name] for row in rows]) for name in rows[0]}


async def nearest(
    embedder: Embedder, entries: Mapping[str, Sequence[str]], asked: Sequence[Labelled]
) -> Answers:
    """Answer with the entry of the nearest phrasing, as sure as its cosine."""
    owners = [label for label, texts in entries.items() for _ in texts]
    rows = await embedder.embed([text for texts in entries.values() for text in texts])
    messages = await embedder.embed([one.text for one in asked])
    cosines = np.array(messages) @ np.array(rows).T
    return Answers(
        guesses=[owners[int(at)] for at in cosines.argmax(axis=1)],
        sure=[float(one) for one in cosines.max(axis=1)],
        labels=[one.label for one in asked],
    )
