"""Claims: each due row to one worker, in order, under a fence."""

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg import errors

from tests.sql.conftest import Inbox, Machine, Person


def test_a_claim_takes_the_lowest_open_seq_of_each_conversation(
    inbox: Inbox, agent: Person, companion: Machine
) -> None:
    first = agent.reply(inbox.conversation)
    agent.reply(inbox.conversation)
    other = agent.reply(inbox.another_conversation())
    claimed = companion.claim()
    assert {item.outbox_id for item in claimed} == {first.outbox, other.outbox}
    assert {item.attempt for item in claimed} == {1}
    assert len({item.fence for item in claimed}) == 2
    assert companion.claim() == []


@pytest.mark.parametrize("stuck", ["claimed", "sending", "unknown", "needs_human", "held"])
def test_an_open_item_holds_back_the_later_ones(
    inbox: Inbox, agent: Person, companion: Machine, stuck: str
) -> None:
    first = agent.reply(inbox.conversation)
    agent.reply(inbox.conversation)
    inbox.put(first.outbox, stuck)
    assert companion.claim() == []


@pytest.mark.parametrize("ended", ["accepted", "delivered", "read", "failed", "cancelled"])
def test_an_ended_item_lets_the_next_one_go(
    inbox: Inbox, agent: Person, companion: Machine, ended: str
) -> None:
    first = agent.reply(inbox.conversation)
    second = agent.reply(inbox.conversation)
    inbox.put(first.outbox, ended)
    assert [item.outbox_id for item in companion.claim()] == [second.outbox]


def test_what_is_due_later_and_its_followers_wait(
    inbox: Inbox, agent: Person, companion: Machine
) -> None:
    agent.reply(inbox.conversation)
    inbox.do("update outbox_items set due_at = now() + interval '1 minute'")
    agent.reply(inbox.conversation)
    assert companion.claim() == []


@pytest.mark.parametrize(
    "stop",
    [
        b"update social_accounts set paused_at = now(), paused_reason = 'token'",
        b"update social_accounts set status = 'expired'",
    ],
)
def test_a_channel_that_stands_still_keeps_its_items_queued(
    inbox: Inbox, agent: Person, companion: Machine, stop: bytes
) -> None:
    waiting = agent.reply(inbox.conversation)
    inbox.behind.execute(stop)
    assert companion.claim() == []
    inbox.do("update social_accounts set paused_at = null, status = 'active'")
    assert [item.outbox_id for item in companion.claim()] == [waiting.outbox]


def test_workers_claim_each_item_once(inbox: Inbox, agent: Person) -> None:
    for _ in range(40):
        agent.reply(inbox.another_conversation())

    def work(_: int) -> list[UUID]:
        machine = Machine(inbox.database.service, inbox.database.tenant)
        taken: list[UUID] = []
        while batch := machine.claim(limit=3):
            taken += [item.outbox_id for item in batch]
        machine.connection.close()
        return taken

    with ThreadPoolExecutor(4) as workers:
        taken = [item for own in workers.map(work, range(4)) for item in own]
    assert len(taken) == len(set(taken)) <= 40
    # What one worker passed over because another held it for a moment is still there.
    assert len(taken) + len(work(0)) == 40


def test_a_claim_does_not_wait_for_a_row_somebody_holds(
    inbox: Inbox, agent: Person, companion: Machine
) -> None:
    agent.reply(inbox.conversation)
    free = agent.reply(inbox.another_conversation())
    with psycopg.connect(inbox.database.privileged) as holder:
        holder.execute(
            "select from outbox_items where conversation_id = %s for update",
            (inbox.conversation,),
        )
        assert [item.outbox_id for item in companion.claim()] == [free.outbox]


def test_conversations_are_claimed_when_their_quiet_time_is_over(
    inbox: Inbox, companion: Machine
) -> None:
    claim = b"select * from app.claim_conversations_v1(10, 60)"
    assert companion.connection.execute(claim).fetchall() == []
    inbox.do("update conversations set assistant_due_at = now()")
    (row,) = companion.connection.execute(claim).fetchall()
    assert row[:2] == (inbox.database.tenant, inbox.conversation)
    assert companion.connection.execute(claim).fetchall() == []
    inbox.do("update conversations set assistant_lease_until = now() - interval '1 second'")
    (again,) = companion.connection.execute(claim).fetchall()
    assert (again[3], again[2] > row[2]) == (2, True)


@pytest.mark.parametrize(
    "silence",
    [
        b"update conversations set assistant_paused = true",
        b"update conversations set status = 'escalated'",
        b"update conversations set status = 'archived'",
    ],
)
def test_silenced_conversations_are_not_claimed(
    inbox: Inbox, companion: Machine, silence: bytes
) -> None:
    inbox.do("update conversations set assistant_due_at = now()")
    inbox.behind.execute(silence)
    claim = b"select * from app.claim_conversations_v1(10, 60)"
    assert companion.connection.execute(claim).fetchall() == []


def test_received_bodies_are_claimed_oldest_first(inbox: Inbox, companion: Machine) -> None:
    for age in (1, 3, 2):
        inbox.do(
            """
            insert into webhook_events (platform, body, body_sha256, received_at)
            values ('whatsapp', %(age)s::text::bytea, sha256(%(age)s::text::bytea),
                    now() - make_interval(secs => %(age)s))
            """,
            age=age,
        )
    claim = b"select body, attempt from app.claim_webhook_events_v1(2, 60)"
    assert companion.connection.execute(claim).fetchall() == [(b"3", 1), (b"2", 1)]
    assert companion.connection.execute(claim).fetchall() == [(b"1", 1)]
    inbox.do("update webhook_events set lease_until = now() - interval '1 second'")
    assert companion.connection.execute(claim).fetchall() == [(b"3", 2), (b"2", 2)]


def test_an_account_leads_to_the_channels_that_are_it(
    inbox: Inbox, companion: Machine
) -> None:
    route = "select * from app.route_account_v1('whatsapp', %s)"
    assert companion.connection.execute(route, ("1555",)).fetchall() == [
        (inbox.database.tenant, inbox.channel)
    ]
    assert companion.connection.execute(route, ("1556",)).fetchall() == []


def test_claims_are_for_services_alone(inbox: Inbox, agent: Person) -> None:
    calls = (
        b"select app.claim_outbox_v1('me', 1, 60)",
        b"select app.claim_conversations_v1(1, 60)",
        b"select app.claim_webhook_events_v1(1, 60)",
        b"select app.sweep_outbox_v1(0, 0)",
        b"select app.route_account_v1('whatsapp', '1')",
        b"select app.lead_v1('ticker', gen_random_uuid(), 15)",
    )
    with psycopg.connect(inbox.database.assistant, autocommit=True) as assistant:
        for call in calls:
            with pytest.raises(errors.InsufficientPrivilege):
                agent.connection.execute(call)
        for call in (calls[0], calls[2], calls[3], calls[4]):
            with pytest.raises(errors.InsufficientPrivilege):
                assistant.execute(call)


def test_no_two_claims_share_a_fence(inbox: Inbox, companion: Machine) -> None:
    inbox.do("update conversations set assistant_due_at = now()")
    body = uuid4().bytes
    inbox.do(
        "insert into webhook_events (platform, body, body_sha256)"
        " values ('whatsapp', %(body)s, sha256(%(body)s))",
        body=body,
    )
    companion.reply(inbox.conversation, 0)
    fences = [
        row[0]
        for query in (
            b"select fence from app.claim_conversations_v1(1, 60)",
            b"select fence from app.claim_outbox_v1('here', 1, 60)",
            b"select fence from app.claim_webhook_events_v1(1, 60)",
        )
        for row in companion.connection.execute(query).fetchall()
    ]
    assert len(set(fences)) == 3
