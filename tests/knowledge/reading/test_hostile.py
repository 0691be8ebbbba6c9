"""Files that mean harm are refused or read; nothing crashes, hangs or stays behind."""

import resource
import sys
from contextlib import suppress
from time import monotonic

import pytest

from core.domain.errors import BadDocument
from core.knowledge.reading.limits import WALL_SECONDS
from core.knowledge.reading.reader import read_file
from tests.knowledge.reading.hostile import Hostile, hostile_files

_SLOW = ("two million rows", "many cells", "a stream of 200 MB", "many spans")
"""The whole set is run by `tests/bench/hostile.py`."""
_SPREAD = 3
_MB_PER_UNIT = 1024 if sys.platform == "darwin" else 1
_MOST_KB = 512 * 1024 * _MB_PER_UNIT


def test_there_are_at_least_two_hundred_and_each_has_its_own_name() -> None:
    labels = [each.label for each in hostile_files()]

    assert len(labels) == len(set(labels)) >= 200


def _spread() -> list[Hostile]:
    """Return every third of the many alike, and all of the others but the slowest."""
    files = [each for each in hostile_files() if not each.label.endswith(_SLOW)]
    alike = ("lie", "cut", "bent", "nothing", "xml", "zip")
    return [
        each
        for at, each in enumerate(files)
        if at % _SPREAD == 0 or not each.label.startswith(alike)
    ]


async def test_a_spread_of_hostile_files_is_refused_or_read_within_the_limits() -> None:
    wrongly_read: list[str] = []
    for hostile in _spread():
        content = hostile.make()
        started = monotonic()
        text = await _text_of(hostile, content)
        assert "root:" not in text, hostile.label
        if text and hostile.must_be_refused:
            wrongly_read.append(hostile.label)
        assert monotonic() - started < WALL_SECONDS, hostile.label

    assert wrongly_read == []
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss <= _MOST_KB


async def _text_of(hostile: Hostile, content: bytes) -> str:
    """Return what was read, nothing of a file that was refused."""
    with suppress(BadDocument):
        return (await read_file(hostile.name, content)).text
    return ""


async def test_what_only_looks_harmful_is_read() -> None:
    by_label = {each.label: each for each in hostile_files()}
    nested = by_label["zip: a nested bomb in docx"]
    outside = by_label["zip: ways out in docx"]

    for each in (nested, outside):
        assert (await read_file(each.name, each.make())).text == "Retours sous 30 jours."


@pytest.mark.parametrize("label", ["an inclusion", "a style sheet"])
async def test_what_points_at_other_files_is_not_followed(label: str) -> None:
    hostile = next(
        each for each in hostile_files() if each.label == f"xml: {label} in docx"
    )

    assert (await read_file(hostile.name, hostile.make())).text == "Retours sous 30 jours."
