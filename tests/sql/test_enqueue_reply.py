"""The door through which every reply enters the outbox."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import psycopg
import pytest
from psycopg import errors

from tests.sql.conftest import Inbox, Machine, Person

CONVERSATION = "select * from conversations where id = %(id)s"


def test_a_reply_becomes_a_message_and_an_item_with_the_next_seq(
    inbox: Inbox, agent: Person
) -> None:
    first = agent.reply(inbox.conversation, "At nine.")
    second = agent.reply(inbox.conversation, "Except on Sundays.")
    assert (first.outcome, first.seq, second.seq) == ("enqueued", 1, 2)
    message = inbox.one(
        "select * from conversation_messages where id = %(id)s", id=second.message_id
    )
    assert (message.text, message.delivery, message.sent_by, message.origin) == (
        "Except on Sundays.",
        "queued",
        inbox.database.agent_id,
        "member",
    )
    conversation = inbox.one(CONVERSATION, id=inbox.conversation)
    assert conversation.last_preview == "Except on Sundays."
    assert conversation.last_direction == "outbound"


def test_the_same_id_twice_is_one_reply(inbox: Inbox, agent: Person) -> None:
    outbox = uuid4()
    first = agent.reply(inbox.conversation, outbox=outbox)
    again = agent.reply(inbox.conversation, outbox=outbox)
    assert (again.outcome, again.message_id) == ("duplicate", first.message_id)
    assert inbox.one("select count(*) from conversation_messages").count == 1


def test_one_key_pressed_twenty_times_at_once_is_one_reply(inbox: Inbox) -> None:
    outbox = uuid4()

    def press(_: int) -> str:
        person = Person(inbox.database.agent)
        try:
            return str(person.reply(inbox.conversation, outbox=outbox).outcome)
        finally:
            person.connection.close()

    with ThreadPoolExecutor(20) as presses:
        outcomes = list(presses.map(press, range(20)))
    assert sorted(outcomes) == ["duplicate"] * 19 + ["enqueued"]


def test_replies_written_at_once_get_each_seq_once(inbox: Inbox) -> None:
    def write(_: int) -> list[int]:
        person = Person(inbox.database.agent)
        try:
            return [person.reply(inbox.conversation).seq for _ in range(5)]
        finally:
            person.connection.close()

    with ThreadPoolExecutor(6) as writers:
        taken = sorted(seq for own in writers.map(write, range(6)) for seq in own)
    assert taken == list(range(1, 31))


def test_a_closed_window_takes_no_reply(inbox: Inbox, agent: Person) -> None:
    inbox.do("update conversations set reply_window_ends_at = now() - interval '1 second'")
    assert agent.reply(inbox.conversation).outcome == "window_closed"
    assert inbox.one("select count(*) from outbox_items").count == 0


def test_a_channel_without_a_window_never_closes(inbox: Inbox, agent: Person) -> None:
    inbox.do("update conversations set reply_window_ends_at = null")
    assert agent.reply(inbox.conversation).outcome == "enqueued"


def test_the_assistant_answers_the_epoch_it_saw(inbox: Inbox, companion: Machine) -> None:
    assert companion.reply(inbox.conversation, 0).outcome == "enqueued"
    assert companion.reply(inbox.conversation, 7).outcome == "stale_epoch"
    assert inbox.one(CONVERSATION, id=inbox.conversation).assistant_state == "answered"


def test_a_person_cancels_what_the_assistant_has_waiting(
    inbox: Inbox, agent: Person, companion: Machine
) -> None:
    waiting = companion.reply(inbox.conversation, 0)
    claimed = companion.claim()
    answer = agent.reply(inbox.conversation)
    assert answer.epoch == 1
    assert inbox.state(waiting.outbox) == "cancelled"
    assert inbox.delivery(waiting.outbox) == "cancelled"
    assert companion.mark_sending(inbox.database.tenant, claimed[0]) == "lost"
    assert companion.reply(inbox.conversation, 0).outcome == "stale_epoch"


def test_a_person_leaves_what_is_already_leaving(
    inbox: Inbox, agent: Person, companion: Machine
) -> None:
    leaving = companion.reply(inbox.conversation, 0)
    assert companion.mark_sending(inbox.database.tenant, companion.claim()[0]) == "sending"
    agent.reply(inbox.conversation)
    assert inbox.state(leaving.outbox) == "sending"


def test_a_persons_reply_settles_what_waited_for_one(inbox: Inbox, agent: Person) -> None:
    inbox.do(
        "update conversations set unread_count = 3, assistant_due_at = now(),"
        " assistant_state = 'drafted'"
    )
    _add_draft(inbox)
    agent.reply(inbox.conversation)
    assert inbox.one("select state from drafts").state == "superseded"
    conversation = inbox.one(CONVERSATION, id=inbox.conversation)
    assert conversation.unread_count == 0
    assert conversation.assistant_due_at is None
    assert conversation.assistant_state is None


def test_a_reply_opens_an_archived_conversation_again(inbox: Inbox, agent: Person) -> None:
    inbox.do("update conversations set status = 'archived'")
    agent.reply(inbox.conversation)
    assert inbox.one(CONVERSATION, id=inbox.conversation).status == "active"


@pytest.mark.parametrize(
    "off",
    [
        "update ai_rules set ai_control_enabled = false",
        "update ai_settings set auto_reply_enabled = false",
        "update ai_settings set ai_enabled_for_conversations = false",
        "update social_accounts set assistant_mode = 'draft'",
        "update conversations set assistant_paused = true",
        "update conversations set status = 'escalated'",
        "delete from ai_rules",
    ],
)
def test_any_switch_keeps_the_assistant_from_replying(
    inbox: Inbox, companion: Machine, off: str
) -> None:
    inbox.behind.execute(off.encode())
    assert companion.reply(inbox.conversation, 0).outcome == "switched_off"
    assert inbox.one("select count(*) from outbox_items").count == 0


def test_nobody_replies_in_another_tenants_conversation(inbox: Inbox) -> None:
    for conninfo in (inbox.database.stranger, inbox.database.revoked):
        person = Person(conninfo)
        assert person.reply(inbox.conversation).outcome == "not_found"
        person.connection.close()
    machine = Machine(inbox.database.service, inbox.database.other_tenant)
    assert machine.reply(inbox.conversation, 0).outcome == "not_found"
    machine.connection.close()


def test_members_cannot_write_around_the_door(inbox: Inbox, agent: Person) -> None:
    agent.reply(inbox.conversation)
    for forbidden in (
        "insert into outbox_items select * from outbox_items",
        "update outbox_items set state = 'queued'",
        "insert into conversation_messages select * from conversation_messages",
        "update conversations set next_seq = 1",
    ):
        with pytest.raises(errors.InsufficientPrivilege):
            agent.connection.execute(forbidden.encode())


def test_a_reply_is_announced_to_the_tenant_and_wakes_the_sender(
    inbox: Inbox, agent: Person
) -> None:
    channel = agent.calls(
        "select app.notice_channel_v1(%(tenant)s)", tenant=inbox.database.tenant
    )
    with psycopg.connect(inbox.database.owner, autocommit=True) as listener:
        listener.execute(f'listen "{channel}"')
        listener.execute("listen socialsync_wake")
        agent.reply(inbox.conversation)
        heard = {
            (notice.channel, notice.payload)
            for notice in listener.notifies(timeout=5, stop_after=3)
        }
    assert heard == {
        (channel, f"outbox_changed:{inbox.conversation}"),
        (channel, f"conversation_changed:{inbox.conversation}"),
        ("socialsync_wake", "outbox"),
    }


def test_a_file_sent_along_belongs_to_the_message(inbox: Inbox, agent: Person) -> None:
    attachment, message = uuid4(), uuid4()
    agent.connection.execute(
        "insert into attachments (id, tenant_id, kind) values (%s, %s, 'image')",
        (attachment, inbox.database.tenant),
    )
    agent.connection.execute(
        """
        select app.enqueue_reply_v1(%(conversation)s, %(outbox)s, %(message)s, '', 'member',
            null, null, jsonb_build_object('media', jsonb_build_object(
                'attachment_id', %(attachment)s::text, 'kind', 'image')))
        """,
        {
            "conversation": inbox.conversation,
            "outbox": uuid4(),
            "message": message,
            "attachment": attachment,
        },
    )
    kept = inbox.one("select * from conversation_messages where id = %(id)s", id=message)
    assert (kept.message_type, kept.media_url) == ("image", f"media:{attachment}")
    assert inbox.one("select message_id from attachments").message_id == message


def _add_draft(inbox: Inbox) -> None:
    decision, message = uuid4(), uuid4()
    params = {
        "tenant": inbox.database.tenant,
        "conversation": inbox.conversation,
        "decision": decision,
        "message": message,
    }
    inbox.do(
        """
        insert into ai_decisions (id, user_id, conversation_id, decision, confidence, reason)
        values (%(decision)s, %(tenant)s, %(conversation)s, 'respond', 0.7, 'hours')
        """,
        **params,
    )
    inbox.do(
        """
        insert into conversation_messages (id, user_id, conversation_id, direction, origin)
        values (%(message)s, %(tenant)s, %(conversation)s, 'inbound', 'customer')
        """,
        **params,
    )
    inbox.do(
        """
        insert into drafts (tenant_id, conversation_id, decision_id, text, confidence,
                            threshold, epoch, newest_inbound_id)
        values (%(tenant)s, %(conversation)s, %(decision)s, 'At nine.', 0.7, 0.8, 0,
                %(message)s)
        """,
        **params,
    )
