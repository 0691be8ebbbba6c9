"""Templates and reactions at the doors of the outbox."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

import pytest
from psycopg import errors
from psycopg.rows import namedtuple_row
from psycopg.types.json import Jsonb

from tests.sql.conftest import Inbox, Machine, Person

TEMPLATE = {"content": {"kind": "template", "name": "hello", "language": "fr"}}
ENQUEUE = "select * from app.enqueue_reply_v1(%s, %s, %s, %s, %s, %s, null, %s)"
CLOSE = "update conversations set reply_window_ends_at = now() - interval '1 hour'"
ITEMS = "select * from outbox_items order by seq"


def enqueue(
    who: Person | Machine,
    inbox: Inbox,
    payload: Mapping[str, Any],
    *,
    origin: str = "member",
    text: str = "Bonjour",
) -> Any:
    epoch = None if origin == "member" else 0
    values = (inbox.conversation, uuid4(), uuid4(), text, origin, epoch, Jsonb(payload))
    with who.connection.cursor(row_factory=namedtuple_row) as cursor:
        return cursor.execute(ENQUEUE, values).fetchone()


def said(inbox: Inbox, platform_id: str) -> UUID:
    """Have the customer write; return the message."""
    message = uuid4()
    inbox.do(
        "insert into conversation_messages (id, user_id, conversation_id, direction, origin,"
        " platform_message_id, text) values (%(id)s, %(tenant)s, %(conversation)s,"
        " 'inbound', 'customer', %(platform_id)s, 'Hello?')",
        id=message,
        tenant=inbox.database.tenant,
        conversation=inbox.conversation,
        platform_id=platform_id,
    )
    return message


def reaction(target: str, emoji: str = "👍") -> Mapping[str, Any]:
    content = {"kind": "reaction", "target_platform_id": target, "emoji": emoji}
    return {"content": content}


def test_a_members_template_may_leave_after_the_window(
    inbox: Inbox, agent: Person, companion: Machine
) -> None:
    inbox.do(CLOSE)
    assert agent.reply(inbox.conversation).outcome == "window_closed"
    assert enqueue(agent, inbox, TEMPLATE).outcome == "enqueued"
    [item] = companion.claim()
    assert companion.mark_sending(inbox.database.tenant, item) == "sending"
    kind = inbox.one("select message_type from conversation_messages").message_type
    assert kind == "template"


@pytest.mark.parametrize("kind", ["location", "contacts", "choice", "reaction", "text"])
def test_nothing_else_may(inbox: Inbox, agent: Person, kind: str) -> None:
    inbox.do(CLOSE)
    payload = {"content": {"kind": kind, "target_platform_id": "wamid.1", "emoji": "x"}}
    assert enqueue(agent, inbox, payload).outcome == "window_closed"


def test_the_assistant_sends_no_template_after_the_window(
    inbox: Inbox, companion: Machine
) -> None:
    inbox.do(CLOSE)
    answer = enqueue(companion, inbox, TEMPLATE, origin="assistant")
    assert answer.outcome == "window_closed"


def test_a_reaction_shows_and_changes_nothing_else(inbox: Inbox, agent: Person) -> None:
    theirs = said(inbox, "wamid.1")
    before = inbox.one("select * from conversations")
    answer = enqueue(agent, inbox, reaction("wamid.1"), text="👍")
    assert (answer.outcome, answer.message_id) == ("enqueued", theirs)
    message = inbox.one("select * from conversation_messages")
    assert message.own_reaction == "👍"
    item = inbox.one(ITEMS)
    assert (item.message_id, item.seq) == (None, before.next_seq)
    after = inbox.one("select * from conversations")
    kept = ("epoch", "unread_count", "last_preview", "last_direction", "assistant_state")
    assert [getattr(after, name) for name in kept] == [
        getattr(before, name) for name in kept
    ]


def test_a_reaction_to_nothing_is_not_found(inbox: Inbox, agent: Person) -> None:
    assert enqueue(agent, inbox, reaction("wamid.9")).outcome == "not_found"


def test_a_reaction_in_doubt_is_queued_again(
    inbox: Inbox, agent: Person, companion: Machine
) -> None:
    said(inbox, "wamid.1")
    enqueue(agent, inbox, reaction("wamid.1"))
    [item] = companion.claim()
    assert companion.mark_sending(inbox.database.tenant, item) == "sending"
    inbox.do("update outbox_items set lease_until = now() - interval '1 minute'")
    companion.sweep()
    assert inbox.one(ITEMS).state == "queued"


def test_a_reaction_whose_window_closes_on_the_way_is_taken_off(
    inbox: Inbox, agent: Person, companion: Machine
) -> None:
    said(inbox, "wamid.1")
    enqueue(agent, inbox, reaction("wamid.1"))
    inbox.do(CLOSE)
    [item] = companion.claim()
    assert companion.mark_sending(inbox.database.tenant, item) == "window"
    assert inbox.one("select * from conversation_messages").own_reaction is None


def test_only_a_reaction_carries_no_message(inbox: Inbox, agent: Person) -> None:
    agent.reply(inbox.conversation)
    with pytest.raises(errors.CheckViolation):
        inbox.do("update outbox_items set message_id = null")
