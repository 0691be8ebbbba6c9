"""What every platform owes beyond its samples: nothing collected is unread, nothing untried.

What has been collected lies outside this repository; each platform's own test names every
webhook in it and says what is in there. Here the tables are held against the folder, for
whatever platform there is. What a platform can do beside messages is tried against the
sandbox by the test that is named here.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import pytest

from core.domain.channel import PlatformName
from core.domain.incoming import Incoming
from core.platforms.base import Platform
from core.platforms.registry import platforms
from tests.platforms import (
    test_instagram_reference,
    test_linkedin_reference,
    test_reference_payloads,
)
from tests.platforms.facebook import test_collected_payloads
from tests.platforms.x import test_x_reference

HERE: Final = Path(__file__).parent
FIXTURES: Final = HERE.parents[2] / "shared" / "platforms" / "fixtures"
WEBHOOKS: Final = ("webhook", "flat", "xaa_", "dm_event")
ALL: Final = platforms()
REAL: Final = sorted(name for name in ALL if name is not PlatformName.SANDBOX)

Read = Callable[[Any], list[Incoming]]
Table = Mapping[str, Sequence[Any]]
"""By file: the facts in it, each as the features it must have; or that it is refused."""


def _whatsapp() -> Table:
    return {
        name.removeprefix("whatsapp/"): facts
        for name, facts in test_reference_payloads.EXPECTED.items()
        if name.startswith("whatsapp/")
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """A platform's table, and what reads the files that are no bodies of webhooks."""

    table: Table
    lists: Mapping[str, tuple[Read, Sequence[Any]]]


def _collected() -> Mapping[PlatformName, Collected]:
    instagram = {name: [fact] for name, fact in test_instagram_reference.WEBHOOKS.items()}
    return {
        PlatformName.WHATSAPP: Collected(table=_whatsapp(), lists={}),
        PlatformName.INSTAGRAM: Collected(table=instagram, lists={}),
        PlatformName.FACEBOOK: Collected(table=test_collected_payloads.EXPECTED, lists={}),
        PlatformName.X: Collected(
            table=test_x_reference.WEBHOOKS, lists=test_x_reference.READ
        ),
        PlatformName.LINKEDIN: Collected(table=test_linkedin_reference.WEBHOOKS, lists={}),
    }


COLLECTED: Final = _collected()

TRIED: Final[Mapping[tuple[str, str], str]] = {
    ("whatsapp", "connecting"): "../sandbox/test_whatsapp_business.py",
    ("instagram", "comments"): "instagram/test_instagram_comments.py",
    ("instagram", "publishing"): "instagram/test_instagram_publish.py",
    ("instagram", "connecting"): "instagram/test_instagram_connect.py",
    ("instagram", "catching_up"): "instagram/test_instagram_history.py",
    ("facebook", "comments"): "facebook/test_commenting.py",
    ("facebook", "publishing"): "facebook/test_publishing.py",
    ("facebook", "connecting"): "facebook/test_connecting.py",
    ("facebook", "catching_up"): "facebook/test_catching_up.py",
    ("x", "comments"): "x/test_x_comments.py",
    ("x", "publishing"): "x/test_x_publish.py",
    ("x", "connecting"): "x/test_x_connect.py",
    ("x", "catching_up"): "x/test_x_history.py",
    ("linkedin", "comments"): "test_linkedin_comments.py",
    ("linkedin", "publishing"): "test_linkedin_publish.py",
    ("linkedin", "connecting"): "test_linkedin_connect.py",
    ("linkedin", "catching_up"): "test_linkedin_connect.py",
}
"""By platform and what it can do: the test that does it against the sandbox."""


def _files(name: PlatformName) -> list[Path]:
    folder = FIXTURES / name
    if not folder.exists():
        pytest.skip(f"NO REFERENCE PAYLOADS at {folder}")
    return sorted(path for path in folder.glob("*.json") if path.name.startswith(WEBHOOKS))


@pytest.mark.parametrize("name", REAL, ids=str)
def test_every_collected_webhook_is_named_in_its_platforms_table(
    name: PlatformName,
) -> None:
    collected = COLLECTED[name]
    named = {*collected.table, *collected.lists}
    assert {path.stem for path in _files(name)} <= named


@pytest.mark.parametrize("name", REAL, ids=str)
def test_what_was_collected_is_read_with_text_ids_aware_times_and_the_right_direction(
    name: PlatformName,
) -> None:
    for path in _files(name):
        read, expected = _reader(ALL[name], COLLECTED[name], path.stem)
        if not all(isinstance(wanted, dict) for wanted in expected):
            continue  # a body that is refused: its own test says so
        facts = read(json.loads(path.read_bytes()))
        assert len(facts) == len(expected), path.name
        for fact, wanted in zip(facts, expected, strict=True):
            _check(fact, wanted, path.name)


def _reader(
    platform: Platform, collected: Collected, stem: str
) -> tuple[Read, Sequence[Any]]:
    if stem in collected.lists:
        return collected.lists[stem]
    return lambda payload: list(platform.read(payload)), collected.table[stem]


def _check(fact: Incoming, wanted: Mapping[str, Any], file: str) -> None:
    """Compare what holds for every fact; the rest is the platform's own test's."""
    ids = (fact.account_id, fact.key, fact.sub)
    assert all(type(one) is str for one in ids), file
    assert fact.key, file
    assert fact.at.utcoffset() == timedelta(0), file
    assert type(fact).__name__ == wanted["fact"], file
    if "own" in wanted:
        assert str(getattr(fact, "own", None)) == str(wanted["own"]), file


@pytest.mark.parametrize("ability", ["comments", "publishing", "connecting", "catching_up"])
@pytest.mark.parametrize("name", REAL, ids=str)
def test_what_a_platform_can_do_is_tried_against_the_sandbox(
    name: PlatformName, ability: str
) -> None:
    offered = getattr(ALL[name], ability) is not None
    assert offered == ((name.value, ability) in TRIED)
    if offered:
        text = (HERE / TRIED[name.value, ability]).read_text("utf-8")
        assert "stage" in text.lower() or "sandbox" in text
        assert "async def test_" in text
