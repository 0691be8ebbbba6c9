"""How many seeded contradictions are found, and how many alarms are false.

Pairs of statements written by hand, the demo's own documents, which agree with each other,
and those documents with one value changed at a time, as an old copy would have it. The
closeness of two texts comes from the local embedder, as it does for an owner's documents.
"""

import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement
from statistics import quantiles
from time import process_time
from typing import Any

from core import paths
from core.knowledge.amounts import Kind
from core.knowledge.chunking import chunks
from core.knowledge.contradictions import contradictions
from core.knowledge.facts import Fact, facts
from core.llm.base import Embedder
from core.llm.embed import LocalEmbedder
from tests.knowledge.contradiction_pairs import SETS, SeededPair, read_pairs

DEMO = paths.resources_dir() / "demo"
LANGUAGES = ("fr", "en")
NEIGHBOURS = 10
LONG_CHUNK_WORDS = 160
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A chunk of the demo's knowledge with what is read from it."""

    name: str
    lang: str
    text: str
    heading: str
    facts: list[Fact]
    vector: list[float]


async def run() -> dict[str, Any]:
    """Measure precision and recall on every set, false alarms on the demo, and time."""
    async with LocalEmbedder.open(paths.resources_dir() / "models") as embedder:
        pieces = await _demo(embedder)
        return {
            **{name: await _pairs(embedder, read_pairs(name)) for name in SETS},
            "demo": _alarms(pieces),
            "demo_changed": await _changed(embedder, pieces),
            "milliseconds": _times(pieces),
        }


async def _pairs(embedder: Embedder, pairs: Sequence[SeededPair]) -> dict[str, Any]:
    tally: Counter[str] = Counter()
    wrong: list[str] = []
    for pair in pairs:
        one, other = await embedder.embed([pair.one, pair.other])
        found = contradictions(*pair.facts(), closeness=_cosine(one, other))
        outcome = _outcome(conflict=pair.conflict, is_found=bool(found))
        tally[outcome] += 1
        if outcome in {"missed", "false"}:
            wrong.append(f"{outcome} ({pair.group}): {pair.one} | {pair.other}")
    return {
        "conflicts": tally["found"] + tally["missed"],
        "near_pairs": tally["false"] + tally["quiet"],
        "precision": _share(tally["found"], tally["found"] + tally["false"]),
        "recall": _share(tally["found"], tally["found"] + tally["missed"]),
        "wrong": wrong,
    }


def _outcome(*, conflict: bool, is_found: bool) -> str:
    if conflict:
        return "found" if is_found else "missed"
    return "false" if is_found else "quiet"


async def _demo(embedder: Embedder) -> list[Piece]:
    texts = [
        (file.name, lang, chunk.text, chunk.heading)
        for lang in LANGUAGES
        for file in sorted((DEMO / "documents" / lang).iterdir())
        for chunk in chunks(file.read_text("utf-8"))
    ]
    with (DEMO / "faq.csv").open(encoding="utf-8", newline="") as lines:
        texts += [
            ("faq.csv", row["language"], row["answer"], row["question"])
            for row in csv.DictReader(lines)
        ]
    vectors = await embedder.embed([text for _, _, text, _ in texts])
    return [
        Piece(
            name=name,
            lang=lang,
            text=text,
            heading=heading,
            facts=facts(text, lang, heading=heading),
            vector=vector,
        )
        for (name, lang, text, heading), vector in zip(texts, vectors, strict=True)
    ]


def _alarms(pieces: Sequence[Piece]) -> dict[str, Any]:
    """Compare every chunk of the demo with every other, and with itself."""
    pairs = list(combinations_with_replacement(pieces, 2))
    alarms = [
        f"{one.name}: {one.text[each.one.start : each.one.end]} | "
        f"{other.name}: {other.text[each.other.start : each.other.end]}"
        for one, other in pairs
        for each in contradictions(
            one.facts, other.facts, closeness=_cosine(one.vector, other.vector)
        )
    ]
    return {
        "chunks": len(pieces),
        "facts": sum(len(piece.facts) for piece in pieces),
        "pairs": len(pairs),
        "false_alarms": alarms,
    }


async def _changed(embedder: Embedder, pieces: Sequence[Piece]) -> dict[str, Any]:
    """Change one value of one chunk at a time and look for it among all the others."""
    tally: dict[str, Counter[str]] = {
        "same_language": Counter(),
        "other_language": Counter(),
    }
    for piece in pieces:
        for fact in piece.facts:
            text = _with_another_value(piece, fact)
            if text is None:
                continue
            (vector,) = await embedder.embed([text])
            told = facts(text, piece.lang, heading=piece.heading)
            for name, counts in tally.items():
                rivals = [
                    rival
                    for rival in pieces
                    if (rival.lang == piece.lang) == (name == "same_language")
                ]
                counts.update(_found_at(fact, told, vector, rivals))
    return {
        name: {
            "changed": counts["changed"],
            "recall": _share(counts["hit"], counts["changed"]),
            "other_alarms": counts["other"],
        }
        for name, counts in tally.items()
    }


def _with_another_value(piece: Piece, fact: Fact) -> str | None:
    """Return the chunk with another number there; None for what holds no plain number."""
    words = piece.text[fact.start : fact.end]
    first = _DIGITS.search(words)
    if fact.kind in {Kind.EMAIL, Kind.PHONE} or "narrows" in fact.scope or not first:
        return None
    number = int(first.group())
    # Nearby, but still a time of day, a day of a month and below the end of a range.
    changed = number - 1 if 1 < number < 25 else number + 7
    start = fact.start + first.start()
    end = fact.start + first.end()
    return f"{piece.text[:start]}{changed}{piece.text[end:]}"


def _found_at(
    fact: Fact, told: Sequence[Fact], vector: Sequence[float], rivals: Sequence[Piece]
) -> Counter[str]:
    counts: Counter[str] = Counter(changed=1)
    for rival in rivals:
        closeness = _cosine(vector, rival.vector)
        for each in contradictions(told, rival.facts, closeness=closeness):
            counts["hit" if abs(each.one.start - fact.start) < 3 else "other"] += 1
    counts["hit"] = min(1, counts["hit"])
    return counts


def _times(pieces: Sequence[Piece]) -> dict[str, float]:
    """Measure the processor's time, which other programs on the machine do not stretch."""
    words = " ".join(piece.text for piece in pieces if piece.lang == "en").split(" ")
    text = " ".join(words[:LONG_CHUNK_WORDS])
    busiest = sorted(pieces, key=lambda piece: -len(piece.facts))
    reading, comparing = [], []
    for _ in range(50):
        started = process_time()
        told = facts(text, "en")
        read = process_time()
        for rival in busiest[:NEIGHBOURS]:
            contradictions(told, rival.facts, closeness=0.6)
        comparing.append((process_time() - read) * 1000)
        reading.append((read - started) * 1000)
    return {
        "facts_of_160_words_p50": round(quantiles(reading, n=20)[9], 2),
        "facts_of_160_words_p95": round(quantiles(reading, n=20)[18], 2),
        "ten_neighbours_p50": round(quantiles(comparing, n=20)[9], 2),
        "ten_neighbours_p95": round(quantiles(comparing, n=20)[18], 2),
    }


def _cosine(one: Sequence[float], other: Sequence[float]) -> float:
    return sum(left * right for left, right in zip(one, other, strict=True))


def _share(part: int, whole: int) -> float:
    return round(part / whole, 3) if whole else 1.0
