"""Our own example messages, in three languages: what the house knows before an owner speaks.

They lie in `resources/triage/examples.tsv`, written for this purpose: wishes for a person,
complaints, advertisements, and ordinary messages that are none of these.
"""

import csv
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from core import paths


class Kind(StrEnum):
    """What an example is an example of."""

    HUMAN = "human"
    COMPLAINT = "complaint"
    ADVERTISEMENT = "advertisement"
    ORDINARY = "ordinary"


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """An example message."""

    kind: Kind
    text: str


def folder() -> Path:
    """Return where the examples lie."""
    return paths.resources_dir() / "triage"


def examples() -> list[Written]:
    """Return the examples in the order of their file."""
    with (folder() / "examples.tsv").open(encoding="utf-8", newline="") as table:
        rows = csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [Written(kind=Kind(row["sort"]), text=row["text"]) for row in rows]
