"""What every platform in the registry owes; a new folder fails until it brings samples.

`samples/<name>.json` holds, for each case below, a payload and the facts in it.
"""

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import UTC
from enum import Enum
from pathlib import Path
from typing import Any

import pytest

from core.domain.channel import PlatformName
from core.domain.errors import BadPayload
from core.domain.incoming import Incoming
from core.platforms.base import Ability, Platform
from core.platforms.registry import platforms

SAMPLES = Path(__file__).parent / "samples"
READABLE = ("text", "media", "edit", "duplicate", "unknown_kind")

ALL = platforms()


@pytest.fixture(params=sorted(ALL), ids=str)
def platform(request: pytest.FixtureRequest) -> Platform:
    name: PlatformName = request.param
    return ALL[name]


@pytest.fixture
def samples(platform: Platform) -> Mapping[str, Any]:
    path = SAMPLES / f"{platform.manifest.name}.json"
    assert path.exists(), f"{platform.manifest.title} brings no samples"
    found: Mapping[str, Any] = json.loads(path.read_text("utf-8"))
    assert set(found) >= {*READABLE, "bad_signature"}
    return found


def shown(fact: Incoming, expected: Mapping[str, Any]) -> dict[str, Any]:
    """Return what of `fact` the sample speaks about, as JSON would have it."""
    seen: dict[str, Any] = {"fact": type(fact).__name__, "at": fact.at.isoformat()}
    for name in expected.keys() - seen.keys():
        value = getattr(fact, name)
        seen[name] = value.value if isinstance(value, Enum) else value
    return {name: seen[name] for name in expected}


@pytest.mark.parametrize("case", READABLE)
def test_a_sample_says_what_it_should(
    case: str, platform: Platform, samples: Mapping[str, Any]
) -> None:
    sample = samples[case]
    facts = platform.read(sample["payload"])
    assert len(facts) == len(sample["expected"])
    for fact, expected in zip(facts, sample["expected"], strict=True):
        assert shown(fact, expected) == expected


@pytest.mark.parametrize("case", READABLE)
def test_facts_carry_aware_times_string_ids_and_their_source(
    case: str, platform: Platform, samples: Mapping[str, Any]
) -> None:
    for fact in platform.read(samples[case]["payload"]):
        assert fact.at.tzinfo is UTC
        assert isinstance(fact.key, str)
        assert fact.key
        assert isinstance(fact.account_id, str)
        assert fact.raw


def test_a_redelivered_fact_has_the_same_keys(
    platform: Platform, samples: Mapping[str, Any]
) -> None:
    [first] = platform.read(samples["text"]["payload"])
    again = platform.read(samples["duplicate"]["payload"])
    keys = [(type(fact), fact.account_id, fact.key, fact.sub) for fact in again]
    assert keys.count((type(first), first.account_id, first.key, first.sub)) == 1
    assert len(set(keys)) == len(keys)


def test_one_bad_signature_is_refused_and_the_good_one_accepted(
    platform: Platform, samples: Mapping[str, Any]
) -> None:
    sample = samples["bad_signature"]
    body, secret = sample["body"].encode(), sample["secret"]
    good, bad = {sample["header"]: sample["good"]}, {sample["header"]: sample["bad"]}
    assert platform.verify(body, good, [secret])
    assert platform.verify(body, good, ["another", secret])
    assert not platform.verify(body, bad, [secret])
    assert not platform.verify(body + b" ", good, [secret])
    assert not platform.verify(body, good, [])
    assert not platform.verify(body, {}, [secret])


def test_reading_changes_nothing_in_the_payload(
    platform: Platform, samples: Mapping[str, Any]
) -> None:
    for case in READABLE:
        payload = samples[case]["payload"]
        before = json.dumps(payload)
        platform.read(payload)
        assert json.dumps(payload) == before


@pytest.mark.parametrize(
    "payload", [None, 5, "text", [], {}, {"entry": []}, [[]], {"object": 1}]
)
def test_what_is_no_envelope_is_refused(payload: Any, platform: Platform) -> None:
    with pytest.raises(BadPayload):
        platform.read(payload)


def test_a_manifest_is_complete(platform: Platform) -> None:
    manifest = platform.manifest
    assert manifest.title
    assert manifest.icon
    assert manifest.colour.startswith("#")
    assert manifest.text_limit > 0
    assert manifest.can & {Ability.MESSAGE, Ability.COMMENT}
    assert all(note.endswith(".") for note in manifest.notes)
    assert (Ability.MEDIA in manifest.can) == bool(manifest.media)
    assert {field.name for field in fields(manifest)} >= {"reply_window", "human_window"}


def test_what_a_platform_can_do_is_what_it_hands_out(platform: Platform) -> None:
    can = platform.manifest.can
    assert (Ability.COMMENT in can) == (platform.comments is not None)
    assert (Ability.PUBLISH in can) == (platform.publishing is not None)
    assert (Ability.CATCH_UP in can) == (platform.catching_up is not None)
    if can & {Ability.HIDE, Ability.PRIVATE_REPLY}:
        assert Ability.COMMENT in can
    assert (Ability.PUBLISH in can) == bool(platform.manifest.formats)
    assert (Ability.PRIVATE_REPLY in can) == (
        platform.manifest.private_reply_window is not None
    )


def test_the_registry_names_each_platform_once() -> None:
    assert all(platform.manifest.name == name for name, platform in ALL.items())
    assert {PlatformName.WHATSAPP, PlatformName.INSTAGRAM, PlatformName.SANDBOX} <= set(ALL)


def test_lengths_are_counted_as_the_platform_counts_them() -> None:
    assert ALL[PlatformName.WHATSAPP].manifest.measure("é€") == 2
    assert ALL[PlatformName.INSTAGRAM].manifest.measure("é€") == 5
