import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from core.cli.conversations import app
from core.domain.ids import ConversationId
from tests.doubles import files
from tests.fixtures.database import TestDatabase
from tests.fixtures.inbox import Arrange


@pytest.fixture
def conversation(
    arrange: Arrange,
    fresh_database: TestDatabase,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> ConversationId:
    """A conversation of the inbox that this machine's member is signed in to."""
    monkeypatch.setenv("SOCIALSYNC_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("SOCIALSYNC_DATABASE_URL", fresh_database.agent)
    monkeypatch.setenv("SOCIALSYNC_KEY", "a passphrase of tests")
    return arrange.conversation()


def reply(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["reply", *map(str, arguments)])


def test_a_file_is_queued_with_its_words(
    conversation: ConversationId, arrange: Arrange, tmp_path: Path
) -> None:
    photo = tmp_path / "été.png"
    photo.write_bytes(files.PNG)
    done = reply(conversation, "Voilà", "--file", photo, "--json")
    assert done.exit_code == 0, done.output
    message = json.loads(done.stdout)["message_id"]
    row = arrange.row("conversation_messages", message)
    assert (row["text"], row["message_type"]) == ("Voilà", "image")
    assert arrange.value("select file_name from attachments") == "été.png"


def test_a_file_that_lies_is_one_line_and_nothing_is_queued(
    conversation: ConversationId, arrange: Arrange, tmp_path: Path
) -> None:
    lie = tmp_path / "invoice.pdf"
    lie.write_bytes(files.PROGRAM)
    done = reply(conversation, "", "--file", lie)
    assert done.exit_code == 1
    assert done.stderr.startswith("Error: Files of this kind are not sent.")
    assert done.stderr.count("\n") == 1
    assert arrange.value("select count(*) from outbox_items") == 0
