from uuid import UUID, uuid4

import pytest

from tests.cli.conftest import TOKEN, Call, SandboxAt
from tests.fixtures.inbox import Arrange


@pytest.fixture
def conversation(arrange_at_home: Arrange) -> str:
    """A conversation in which a customer asked something."""
    conversation = arrange_at_home.conversation(
        name=f"Nora {uuid4()}", last_preview="When do you open?"
    )
    arrange_at_home.inbound(conversation, "When do you open?")
    return str(conversation)


def test_a_conversation_is_listed_and_shown(call: Call, conversation: str) -> None:
    rows = call("conversations", "list", "--json").json
    (row,) = [one for one in rows if one["id"] == conversation]
    assert (row["preview"], row["platform"]) == ("When do you open?", "whatsapp")
    found = call("conversations", "list", "--search", row["customer_name"], "--json").json
    assert [one["id"] for one in found] == [conversation]
    (message,) = call("conversations", "show", conversation, "--json").json
    assert (message["text"], message["direction"]) == ("When do you open?", "inbound")
    assert "< When do you open?" in call("conversations", "show", conversation).out


def test_a_reply_is_queued(call: Call, conversation: str) -> None:
    answer = call("conversations", "reply", conversation, "At nine.", "--json").json
    shown = call("conversations", "show", conversation, "--json").json
    assert [one["text"] for one in shown] == ["When do you open?", "At nine."]
    assert (shown[1]["id"], shown[1]["delivery"]) == (answer["message_id"], "queued")
    assert call("status", "--json").json["queued"] >= 1


def test_an_empty_reply_fails(call: Call, conversation: str) -> None:
    said = call("conversations", "reply", conversation, "  ")
    assert (said.code, said.out) == (1, "")
    assert "empty" in said.err


def test_a_note_is_written(call: Call, conversation: str, arrange_at_home: Arrange) -> None:
    written = call("conversations", "note", conversation, "likes Kenya", "--json").json
    note = arrange_at_home.value(
        "select text from notes where id = %(id)s", id=written["note_id"]
    )
    assert note == "likes Kenya"


def test_a_conversation_is_assigned(call: Call, conversation: str) -> None:
    mine = call("conversations", "assign", conversation, "--json").json["assigned_to"]
    rows = call("conversations", "list", "--filter", "mine", "--json").json
    assert conversation in [row["id"] for row in rows]
    named = call("conversations", "assign", conversation, mine.upper(), "--json").json
    assert named == {"assigned_to": mine}
    call("conversations", "assign", conversation, "nobody")
    rows = call("conversations", "list", "--filter", "mine", "--json").json
    assert conversation not in [row["id"] for row in rows]


def test_a_conversation_is_escalated_and_closed(call: Call, conversation: str) -> None:
    case = call("conversations", "escalate", conversation, "--note", "refund", "--json")
    assert case.json.keys() == {"escalation_id"}
    rows = call("conversations", "list", "--filter", "escalated", "--json").json
    assert conversation in [row["id"] for row in rows]
    assert call("conversations", "close", conversation, "--json").json == {
        "closed": conversation
    }
    rows = call("conversations", "list", "--filter", "archived", "--json").json
    assert conversation in [row["id"] for row in rows]


def test_a_channel_is_added_paused_and_resumed(call: Call, sandbox_at: SandboxAt) -> None:
    added = call(
        "channels", "add", "whatsapp", sandbox_at.number, "--name", "Shop", "--base-url",
        sandbox_at.url, "--json", stdin=f"{TOKEN}\n",
    )  # fmt: skip
    channel = added.json["channel_id"]
    assert TOKEN not in added.out + added.err

    def shown() -> dict[str, object]:
        found = call("channels", "list", "--json").json
        return next(one for one in found if one["id"] == channel)

    assert (shown()["name"], shown()["mode"], shown()["paused_reason"]) == (
        "Shop",
        "draft",
        None,
    )
    call("channels", "pause", channel)
    assert shown()["paused_reason"] == "Paused by a member."
    assert "PAUSED" in call("channels", "list").out
    call("channels", "resume", channel)
    assert shown()["paused_reason"] is None
    call("channels", "mode", channel, "auto")
    assert shown()["mode"] == "auto"


def test_a_body_that_was_put_aside_is_listed_and_replayed(
    call: Call, arrange_at_home: Arrange
) -> None:
    parked = [
        str(
            arrange_at_home.value(
                "insert into webhook_events (platform, body, body_sha256, state, error, user_id)"
                " values ('whatsapp', 'x', sha256(%(salt)s), 'parked', 'no channel', %(of)s)"
                " returning id",
                salt=uuid4().bytes,
                of=of,
            )
        )
        for of in (None, arrange_at_home.tenant)
    ]
    listed = [one["id"] for one in call("webhook", "list", "--json").json]
    assert set(parked) <= set(listed)
    assert call("status", "--json").json["parked"] >= 2
    for event in parked:
        assert call("webhook", "replay", event, "--json").json == {"queued": event}
    listed = [one["id"] for one in call("webhook", "list", "--json").json]
    assert not set(parked) & set(listed)
    assert call("webhook", "replay", parked[0]).code == 1


def test_status_says_how_the_inbox_is(call: Call) -> None:
    found = call("status", "--json").json
    assert found.keys() == {"companion_alive", "queued", "uncertain", "parked", "channels"}
    assert found["companion_alive"] is False
    assert "companion: not running" in call("status").out


def test_the_doctor_names_the_login_and_the_schema(call: Call) -> None:
    found = call("doctor", "--json").json
    assert (found["database"], found["login"]) == ("embedded", "service")
    assert found["schema"] >= 22
    assert found["secrets_protected_by"] in (
        "file permissions only",
        "key store",
        "passphrase",
    )


def test_the_schema_is_checked_and_up_to_date(call: Call) -> None:
    assert call("migrate", "--json").json["pending"] == []
    assert call("migrate", "--check", "--json").json["pending"] == []


def test_a_template_is_listed_and_sent_when_the_window_is_closed(
    call: Call, conversation: str, arrange_at_home: Arrange
) -> None:
    channel = arrange_at_home.row("conversations", UUID(conversation))["social_account_id"]
    arrange_at_home.value(
        "insert into message_templates (tenant_id, channel_id, name, language, status,"
        " components) values (%(tenant)s, %(channel)s, 'ready', 'fr', 'APPROVED',"
        " %(parts)s::jsonb) returning id",
        channel=channel,
        parts='{"body": {"text": "Bonjour {{1}}", "placeholders": 1}, "sendable": true}',
    )
    arrange_at_home.value(
        "update conversations set reply_window_ends_at = now() - interval '1 hour'"
        " where id = %(id)s returning id",
        id=conversation,
    )
    assert "ready: Bonjour {{1}}" in call("channels", "templates", str(channel)).out
    assert call("conversations", "reply", conversation, "Hello").code == 1
    wish = ("--template", "ready", "--lang", "fr")
    missing = call("conversations", "reply", conversation, *wish)
    assert (missing.code, "takes 1 values" in missing.err) == (1, True)
    unknown = call("conversations", "reply", conversation, "--template", "gone")
    assert "ready (fr)" in unknown.err
    sent = call("conversations", "reply", conversation, *wish, "--value", "Amal", "--json")
    shown = call("conversations", "show", conversation, "--json").json
    assert (shown[-1]["id"], shown[-1]["text"]) == (sent.json["message_id"], "Bonjour Amal")
    assert call("channels", "templates", str(channel), "--sync").code == 0


def test_a_question_a_place_and_a_card_are_queued(call: Call, conversation: str) -> None:
    asked = ("ask", conversation, "Ground?", "--choice", "Yes", "--choice", "No")
    assert call("conversations", *asked).code == 0
    placed = ("place", conversation, "45.5", "--name", "Shop", "--", "-73.6")
    assert call("conversations", *placed).code == 0
    assert call("conversations", "contact", conversation, "Ann", "--phone", "+1").code == 0
    shown = call("conversations", "show", conversation, "--json").json
    assert [one["type"] for one in shown[1:]] == ["interactive", "location", "contacts"]
    assert shown[1]["text"] == "Ground?\n[Yes]\n[No]"


def test_a_reaction_is_queued(
    call: Call, conversation: str, arrange_at_home: Arrange
) -> None:
    [message] = call("conversations", "show", conversation, "--json").json
    assert call("conversations", "react", conversation, message["id"], "👍").code == 0
    [after] = call("conversations", "show", conversation, "--json").json
    assert after["own_reaction"] == "👍"
    queued = arrange_at_home.value(
        "select count(*) from outbox_items where conversation_id = %(id)s",
        id=conversation,
    )
    assert queued == 1
