"""A conversation on a channel where the assistant may send, ready for the doors."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, LiteralString
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg import Connection
from psycopg.rows import TupleRow, namedtuple_row

from tests.fixtures.database import TestDatabase


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbox:
    """One tenant's inbox as the doors see it; `behind` looks past every policy."""

    database: TestDatabase
    behind: Connection[TupleRow]
    channel: UUID
    conversation: UUID

    def one(self, query: LiteralString, **params: object) -> Any:
        """Return one row, looked at from behind, as a named tuple."""
        with self.behind.cursor(row_factory=namedtuple_row) as cursor:
            return cursor.execute(query, params).fetchone()

    def do(self, query: LiteralString, **params: object) -> int:
        """Change something from behind; return how many rows that touched."""
        return self.behind.execute(query, params).rowcount

    def state(self, outbox: UUID) -> str:
        """Return an item's state."""
        return str(
            self.one("select state from outbox_items where id = %(id)s", id=outbox).state
        )

    def delivery(self, outbox: UUID) -> str:
        """Return what the thread shows under an item's message."""
        query: LiteralString = """
            select m.delivery from conversation_messages m
              join outbox_items o on o.message_id = m.id where o.id = %(id)s
        """
        return str(self.one(query, id=outbox).delivery)

    def put(self, outbox: UUID, state: str) -> None:
        """Put an item into a state that it would take others to reach."""
        self.do(
            """
            update outbox_items
               set state = %(state)s, fence = 1, lease_until = now() + interval '1 minute',
                   unknown_at = now()
             where id = %(id)s
            """,
            state=state,
            id=outbox,
        )

    def another_conversation(self) -> UUID:
        """Let another customer write on the same channel."""
        return _add_conversation(self.behind, self.database.tenant, self.channel)


@pytest.fixture
def inbox(shared_database: TestDatabase) -> Iterator[Inbox]:
    """An inbox of its own for each test, in a database of the module's."""
    with psycopg.connect(shared_database.privileged, autocommit=True) as behind:
        channel = uuid4()
        behind.execute(
            """
            insert into social_accounts (id, user_id, platform, account_id, account_name,
                                         assistant_mode)
            values (%s, %s, 'whatsapp', '1555', 'Shop', 'auto')
            """,
            (channel, shared_database.tenant),
        )
        conversation = _add_conversation(behind, shared_database.tenant, channel)
        yield Inbox(
            database=shared_database,
            behind=behind,
            channel=channel,
            conversation=conversation,
        )
        behind.execute(_START_OVER)


_START_OVER = """
delete from social_accounts;
delete from webhook_events;
insert into ai_rules (user_id) select tenant_id from team_members where role = 'owner'
    on conflict (user_id) do update set ai_control_enabled = true;
update ai_settings set auto_reply_enabled = true, ai_enabled_for_conversations = true;
"""


def _add_conversation(behind: Connection[TupleRow], tenant: UUID, channel: UUID) -> UUID:
    customer, conversation = uuid4(), uuid4()
    behind.execute(
        """
        insert into customers (id, user_id, social_account_id, platform_customer_id)
        values (%s, %s, %s, %s)
        """,
        (customer, tenant, channel, customer.hex),
    )
    behind.execute(
        """
        insert into conversations (id, user_id, social_account_id, customer_id, platform,
                                   reply_window_ends_at)
        values (%s, %s, %s, %s, 'whatsapp', now() + interval '1 day')
        """,
        (conversation, tenant, channel, customer),
    )
    return conversation


class Person:
    """A member at their desk."""

    def __init__(self, conninfo: str) -> None:
        self.connection = psycopg.connect(conninfo, autocommit=True)

    def reply(
        self, conversation: UUID, text: str = "At nine.", *, outbox: UUID | None = None
    ) -> Any:
        """Press Send."""
        return _enqueue(
            self.connection, conversation, outbox or uuid4(), "member", None, text
        )

    def calls(self, query: LiteralString, **params: object) -> Any:
        """Return the one value of a door's answer."""
        row = self.connection.execute(query, params).fetchone()
        return None if row is None else row[0]


class Machine:
    """The companion at work for one tenant."""

    def __init__(self, conninfo: str, tenant: UUID) -> None:
        self.connection = psycopg.connect(conninfo, autocommit=True)
        # A session's setting stands in for the one that each unit makes for itself.
        self.connection.execute(
            "select set_config('app.tenant', %s, false)", (str(tenant),)
        )

    def reply(self, conversation: UUID, epoch: int, *, outbox: UUID | None = None) -> Any:
        """Queue what the assistant proposes."""
        outbox = outbox or uuid4()
        return _enqueue(self.connection, conversation, outbox, "assistant", epoch, "Nine.")

    def claim(self, *, limit: int = 50, lease: int = 60) -> list[Any]:
        """Take what is due."""
        with self.connection.cursor(row_factory=namedtuple_row) as cursor:
            return cursor.execute(
                "select * from app.claim_outbox_v1('here', %s, %s)", (limit, lease)
            ).fetchall()

    def mark_sending(self, tenant: UUID, item: Any, *, margin: int = 30) -> str:
        """Take the last step before the socket."""
        row = self.connection.execute(
            "select app.mark_sending_v1(%s, %s, %s, %s)",
            (tenant, item.outbox_id, item.fence, margin),
        ).fetchone()
        assert row is not None
        return str(row[0])

    def sweep(self, *, after: int = 600, fast: int = 120) -> list[Any]:
        """Look for what dead workers left behind."""
        with self.connection.cursor(row_factory=namedtuple_row) as cursor:
            return cursor.execute(
                "select * from app.sweep_outbox_v1(%s, %s)", (after, fast)
            ).fetchall()


def _enqueue(
    connection: Connection[TupleRow],
    conversation: UUID,
    outbox: UUID,
    origin: str,
    epoch: int | None,
    text: str,
) -> Any:
    with connection.cursor(row_factory=namedtuple_row) as cursor:
        answer = cursor.execute(
            "select %(outbox)s as outbox, e.* from app.enqueue_reply_v1(%(conversation)s,"
            " %(outbox)s, %(message)s, %(text)s, %(origin)s, %(epoch)s, null, '{}') e",
            {
                "conversation": conversation,
                "outbox": outbox,
                "message": uuid4(),
                "text": text,
                "origin": origin,
                "epoch": epoch,
            },
        ).fetchone()
    assert answer is not None
    return answer


@pytest.fixture
def agent(inbox: Inbox) -> Iterator[Person]:
    person = Person(inbox.database.agent)
    yield person
    person.connection.close()


@pytest.fixture
def companion(inbox: Inbox) -> Iterator[Machine]:
    machine = Machine(inbox.database.service, inbox.database.tenant)
    yield machine
    machine.connection.close()
