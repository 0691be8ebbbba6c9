"""Hand-written pairs of statements, with and without a contradiction, in three sets.

`development` was tuned on. `held_out` was written with it and kept back: many of its pairs
say in the other language what a pair of `development` says. `unseen` was written last,
about other trades, and tells how a stranger's documents fare.
"""

import csv
from dataclasses import dataclass
from pathlib import Path

from core.knowledge.facts import Fact, facts

SETS = ("development", "held_out", "unseen")
_SAMPLES = Path(__file__).parent / "samples"


@dataclass(frozen=True, slots=True, kw_only=True)
class SeededPair:
    """Two texts and whether they contradict; `group` says what makes the pair hard."""

    one: str
    other: str
    lang: str
    group: str
    conflict: bool

    def facts(self) -> tuple[list[Fact], list[Fact]]:
        """Return the facts of both texts, each read in its own language."""
        languages = self.lang.split("-")
        return facts(self.one, languages[0]), facts(self.other, languages[-1])


def read_pairs(name: str) -> list[SeededPair]:
    """Return the pairs of one of `SETS`."""
    file = _SAMPLES / f"contradictions_{name}.tsv"
    with file.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [
            SeededPair(
                one=row["one"].replace("\\n", "\n"),
                other=row["other"].replace("\\n", "\n"),
                lang=row["lang"],
                group=row["group"],
                conflict=row["label"] == "conflict",
            )
            for row in rows
        ]
