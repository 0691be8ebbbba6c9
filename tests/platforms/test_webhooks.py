"""Signatures and handshakes of Meta's webhooks."""

import hashlib
import hmac
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.platforms.meta.webhooks import handshake, verify

VECTORS = (
    Path(__file__).parents[3]
    / "shared"
    / "platforms"
    / "fixtures"
    / "signatures"
    / "vectors.json"
)
QUERY = {"hub.mode": "subscribe", "hub.verify_token": "ours", "hub.challenge": "<1234>"}


@pytest.fixture
def vectors() -> list[dict[str, Any]]:
    if not VECTORS.exists():
        pytest.skip(f"NO SIGNATURE VECTORS at {VECTORS}")
    found = json.loads(VECTORS.read_text("utf-8"))
    return [row for row in found if row["scheme"] == "meta_x_hub_signature_256"]


def test_the_reference_vectors_are_judged_as_they_say(
    vectors: list[dict[str, Any]],
) -> None:
    assert vectors
    for vector in vectors:
        headers = {vector["header_name"]: vector["header_value"]}
        body = vector["raw_body"].encode()
        assert verify(body, headers, [vector["secret"]]) is vector["valid"]


@pytest.mark.parametrize("name", ["X-Hub-Signature-256", "x-hub-signature-256"])
def test_the_header_is_found_in_any_case(name: str) -> None:
    header = {name: "sha256=" + _hex(b"secret", b"{}")}
    assert verify(b"{}", header, ["secret"])


def _hex(secret: bytes, body: bytes) -> str:
    return hmac.new(secret, body, hashlib.sha256).hexdigest()


def test_an_empty_secret_opens_nothing() -> None:
    header = {"X-Hub-Signature-256": "sha256=" + _hex(b"", b"{}")}
    assert not verify(b"{}", header, [""])


@pytest.mark.parametrize("prefix", ["", "sha1=", "SHA256="])
def test_only_the_documented_form_counts(prefix: str) -> None:
    header = {"X-Hub-Signature-256": prefix + _hex(b"secret", b"{}")}
    assert not verify(b"{}", header, ["secret"])


@given(
    st.binary(),
    st.dictionaries(st.text(), st.text() | st.just("sha256=ö")),
    st.lists(st.text()),
)
def test_verify_never_raises(
    body: bytes, headers: dict[str, str], secrets: list[str]
) -> None:
    headers["X-Hub-Signature-256"] = headers.get("x", "\ud800sha256=")
    assert verify(body, headers, secrets) is False


def test_a_handshake_with_our_token_returns_the_challenge() -> None:
    answer = handshake(QUERY, "ours")
    assert (answer.status, answer.body) == (200, "<1234>")


@pytest.mark.parametrize(
    ("query", "token"),
    [
        (QUERY, "theirs"),
        (QUERY, ""),
        (QUERY | {"hub.verify_token": ""}, ""),
        (QUERY | {"hub.mode": "unsubscribe"}, "ours"),
        ({"hub.challenge": "1"}, "ours"),
        ({}, "ours"),
        (QUERY | {"hub.verify_token": "ö\ud800"}, "ours"),
    ],
)
def test_any_other_handshake_is_turned_away(query: dict[str, str], token: str) -> None:
    answer = handshake(query, token)
    assert (answer.status, answer.body) == (403, "")
