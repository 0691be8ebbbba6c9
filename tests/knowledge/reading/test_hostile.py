"""Files that mean harm are refused or read; nothing crashes, hangs or stays behind."""

import asyncio
import json
import subprocess
import sys

import pytest

from core.knowledge.reading.limits import WALL_SECONDS
from core.knowledge.reading.reader import read_file
from tests.house.source import ROOT
from tests.knowledge.reading.hostile import hostile_files


def test_there_are_at_least_two_hundred_and_each_has_its_own_name() -> None:
    labels = [each.label for each in hostile_files()]

    assert len(labels) == len(set(labels)) >= 200


async def test_a_spread_of_hostile_files_is_refused_or_read_within_the_limits() -> None:
    """In a small process: a child counts what its parent weighed when it was born."""
    done = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-m", "tests.knowledge.reading.spread"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        timeout=600,
    )
    found = json.loads(done.stdout)

    assert found["files"] > 100
    assert found["wrongly_read"] == found["leaked"] == []
    assert found["slowest_seconds"] < WALL_SECONDS
    assert found["peak_mb"] <= 512


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
