import json
from pathlib import Path

import pytest

from core import paths
from tests.cli.conftest import Call

SHAPE = {
    "decision",
    "confidence",
    "reason",
    "matched_rule",
    "reply",
    "citations",
    "ms",
}
CITATION = {"title", "name", "quote", "document_id", "start_char", "end_char"}


@pytest.fixture
def demo(call: Call) -> None:
    """The demo's knowledge and rules."""
    assert call("demo", "load").code == 0


@pytest.mark.usefixtures("demo")
def test_a_message_is_decided_about_in_the_promised_shape(call: Call) -> None:
    decided = call("triage", "When are you open on Sunday?", "--json").json
    assert decided.keys() == SHAPE
    assert decided["decision"] in ("respond", "ignore", "escalate")
    assert 0.0 <= decided["confidence"] <= 1.0
    assert all(one.keys() == CITATION for one in decided["citations"])


@pytest.mark.usefixtures("demo")
def test_many_messages_print_a_line_each_with_its_id(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "messages.jsonl"
    file.write_text(
        '{"id": "a", "text": "I want to talk to a human"}\n'
        '{"id": 2, "fragments": ["Bonjour", "vous ouvrez quand ?"], "lang": "fr"}\n'
        '{"id": "c", "text": "ok thanks"}\n'
    )
    lines = call("triage", "--messages", file).lines
    assert [line["id"] for line in lines] == ["a", 2, "c"]
    assert all(line.keys() == {"id", *SHAPE} for line in lines)
    assert lines[0]["decision"] == "escalate"


@pytest.mark.usefixtures("demo")
def test_trying_a_message_leaves_nothing_behind(call: Call) -> None:
    call("triage", "When are you open on Sunday?")
    assert call("conversations", "list", "--json").json == []
    assert call("status", "--json").json["queued"] == 0


def test_the_demo_is_loaded_with_its_channels(call: Call) -> None:
    loaded = call("demo", "load", "--json").json
    accounts = json.loads((paths.resources_dir() / "demo/channels.json").read_text())
    assert loaded["channels"] == len(accounts)
    assert loaded["documents"]
