"""`rules rehearse`: what it prints, where it tells of its progress, and how it is ended."""

import json
import os
import signal
import sys
from pathlib import Path

import pytest

from core.actions.rehearse import Progress
from core.cli import rules
from tests.cli.conftest import Call
from tests.fixtures.inbox import Arrange

OFFER = "We sell refurbished chairs to cafés"


@pytest.fixture
def decided(arrange_at_home: Arrange) -> None:
    """A message that a person got to see, as the log has it."""
    arrange_at_home.run("delete from social_accounts")
    conversation = arrange_at_home.conversation(name="Max")
    message = arrange_at_home.inbound(conversation, OFFER)
    arrange_at_home.run(
        "with d as (insert into ai_decisions (user_id, conversation_id, message_id,"
        " decision, confidence, reason, message_text) values (%(tenant)s, %(conversation)s,"
        " %(message)s, 'escalate', 1, 'Nothing known answers.', %(text)s) returning id)"
        " update conversation_messages m set ai_decision_id = d.id from d"
        " where m.id = %(message)s",
        conversation=conversation,
        message=message,
        text=OFFER,
    )


@pytest.mark.usefixtures("decided")
def test_what_would_change_is_printed_with_before_and_after(
    call: Call, tmp_path: Path
) -> None:
    file = tmp_path / "rules.json"
    file.write_text(json.dumps({"ignore_examples": [OFFER]}))
    said = call("rules", "rehearse", "--days", 7, "--file", file, "--json")
    (change,) = said.json["changes"]
    assert said.json["messages"] == 1
    assert (change["customer"], change["text"]) == ("Max", OFFER)
    assert change["before"]["decision"] == "escalate"
    assert change["after"]["decision"] == "ignore"
    assert said.err == "1 of 1 messages\n"


@pytest.mark.usefixtures("decided")
def test_without_a_file_the_rules_in_force_are_rehearsed(call: Call) -> None:
    said = call("rules", "rehearse")
    assert said.code == 0, said.err
    assert said.out == "0 of 1 messages would be decided otherwise.\n"


def test_a_file_that_holds_no_rules_is_refused(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "rules.json"
    file.write_text('{"threshold": 7}')
    said = call("rules", "rehearse", "--file", file)
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("Error: The threshold must lie between 0 and 1.")


def test_a_missing_file_and_odd_days_are_wrong_calls(call: Call, tmp_path: Path) -> None:
    assert call("rules", "rehearse", "--file", tmp_path / "none.json").code == 2
    said = call("rules", "rehearse", "--days", 0)
    assert said.code == 1
    assert "1 to 366 days" in said.err


@pytest.mark.usefixtures("decided")
@pytest.mark.skipif(sys.platform == "win32", reason="a process there is sent no SIGINT")
def test_an_interrupt_ends_it_without_a_traceback_or_a_result(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_progress: Progress) -> None:
        os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setattr(rules, "_told", interrupted)
    said = call("rules", "rehearse", "--json")
    assert (said.code, said.out, said.err) == (130, "", "")
