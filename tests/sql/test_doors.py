"""The other doors: taking back, releasing, settling, paying, deferring, leading."""

from uuid import uuid4

import psycopg
import pytest
from psycopg import errors

from tests.sql.conftest import Inbox, Machine, Person

CANCEL = "select app.cancel_reply_v1(%(message)s)"
RELEASE = "select app.release_reply_v1(%(message)s)"
SETTLE = "select app.settle_uncertain_v1(%(message)s, %(state)s)"
CANCEL_REMOVED = "select app.cancel_removed_v1(%(channel)s)"
RESEND = "select app.resend_reply_v1(%(message)s, %(outbox)s, %(new)s)"
DEBIT = "select app.debit_v1('decision', %(source)s, %(amount)s, 'message_sent')"
DEFER = "select app.defer_v1(%(job)s, %(id)s)"
DEFER_ONCE = "select app.defer_once_v1(%(job)s, %(id)s)"


def test_a_reply_is_taken_back_until_it_begins_to_leave(
    inbox: Inbox, agent: Person, companion: Machine
) -> None:
    queued = agent.reply(inbox.conversation)
    assert agent.calls(CANCEL, message=queued.message_id) == "cancelled"
    assert inbox.delivery(queued.outbox) == "cancelled"
    leaving = agent.reply(inbox.conversation)
    companion.mark_sending(inbox.database.tenant, companion.claim()[0])
    assert agent.calls(CANCEL, message=leaving.message_id) == "too_late"
    assert agent.calls(CANCEL, message=uuid4()) == "not_found"


def test_what_a_switch_held_leaves_when_a_person_releases_it(
    inbox: Inbox, agent: Person, companion: Machine
) -> None:
    held = companion.reply(inbox.conversation, 0)
    (item,) = companion.claim()
    inbox.do("update ai_rules set ai_control_enabled = false")
    assert companion.mark_sending(inbox.database.tenant, item) == "held"
    assert agent.calls(RELEASE, message=held.message_id) == "released"
    (again,) = companion.claim()
    assert companion.mark_sending(inbox.database.tenant, again) == "sending"
    assert agent.calls(RELEASE, message=held.message_id) == "too_late"


@pytest.mark.parametrize("state", ["accepted", "failed"])
def test_a_person_settles_an_uncertain_message_and_the_next_one_goes(
    inbox: Inbox, agent: Person, companion: Machine, state: str
) -> None:
    doubtful = agent.reply(inbox.conversation)
    following = agent.reply(inbox.conversation)
    assert agent.calls(SETTLE, message=doubtful.message_id, state=state) == "too_late"
    inbox.do(
        "update outbox_items set state = 'needs_human' where id = %(id)s",
        id=doubtful.outbox,
    )
    assert agent.calls(SETTLE, message=doubtful.message_id, state=state) == state
    assert inbox.delivery(doubtful.outbox) == state
    assert [item.outbox_id for item in companion.claim()] == [following.outbox]


def test_a_message_sent_again_is_a_new_one_linked_to_the_old(
    inbox: Inbox, agent: Person
) -> None:
    doubtful = agent.reply(inbox.conversation, "At nine.")
    again = {"message": doubtful.message_id, "outbox": uuid4(), "new": uuid4()}
    assert agent.calls(RESEND, **again)[0] == "too_late"
    inbox.do("update outbox_items set state = 'unknown'")
    assert agent.calls(RESEND, **again)[0] == "enqueued"
    assert agent.calls(RESEND, **again)[0] == "duplicate"
    assert inbox.state(doubtful.outbox) == "failed"
    new = inbox.one("select * from outbox_items where id = %(id)s", id=again["outbox"])
    assert (new.resend_of, new.text, new.state) == (doubtful.outbox, "At nine.", "queued")


def test_silencing_the_assistant_cancels_its_words_and_raises_the_epoch(
    inbox: Inbox, agent: Person, companion: Machine
) -> None:
    waiting = companion.reply(inbox.conversation, 0)
    silence = "select app.silence_assistant_v1(%(conversation)s)"
    assert agent.calls(silence, conversation=inbox.conversation) == 1
    assert inbox.state(waiting.outbox) == "cancelled"
    assert companion.reply(inbox.conversation, 0).outcome == "stale_epoch"


def test_strangers_open_no_door_to_our_messages(inbox: Inbox, agent: Person) -> None:
    ours = agent.reply(inbox.conversation)
    inbox.do("update outbox_items set state = 'needs_human'")
    stranger = Person(inbox.database.stranger)
    assert stranger.calls(CANCEL, message=ours.message_id) == "not_found"
    assert stranger.calls(SETTLE, message=ours.message_id, state="failed") == "not_found"
    new = {"outbox": uuid4(), "new": uuid4()}
    assert stranger.calls(RESEND, message=ours.message_id, **new)[0] == "not_found"
    silence = "select app.silence_assistant_v1(%(conversation)s)"
    assert stranger.calls(silence, conversation=inbox.conversation) == 0
    inbox.do(
        "update social_accounts set removed_at = now() where id = %(id)s", id=inbox.channel
    )
    assert stranger.calls(CANCEL_REMOVED, channel=inbox.channel) == 0
    assert inbox.state(ours.outbox) == "needs_human"
    stranger.connection.close()


def test_a_cost_is_taken_once_and_the_ledger_sums_to_the_balance(
    inbox: Inbox, companion: Machine
) -> None:
    def debit(source: object, amount: int) -> int:
        row = companion.connection.execute(
            DEBIT, {"source": source, "amount": amount}
        ).fetchone()
        assert row is not None
        return int(row[0])

    source = uuid4()
    before = debit(uuid4(), 0)
    assert debit(source, 3) == before - 3
    assert debit(source, 3) == before - 3
    sums = inbox.one(
        """
        select k.credits_remaining, sum(t.amount) as ledger
          from user_credits k join credit_transactions t using (user_id)
         where user_id = %(tenant)s group by 1
        """,
        tenant=inbox.database.tenant,
    )
    assert sums.credits_remaining == sums.ledger == before - 3
    with pytest.raises(errors.InsufficientPrivilege):
        debit(uuid4(), -1)


def test_each_role_defers_what_its_list_allows(inbox: Inbox, companion: Machine) -> None:
    def may(person: Person, job: str) -> bool:
        try:
            return person.calls(DEFER, job=job, id=uuid4()) is not None
        except errors.InsufficientPrivilege:
            return False

    people = {role: Person(getattr(inbox.database, role)) for role in ("agent", "owner")}
    assert not may(people["agent"], "ingest_document")
    assert may(people["owner"], "ingest_document")
    assert not may(people["owner"], "fetch_media")
    assert not may(people["owner"], "drop_everything")
    companion.connection.execute(DEFER, {"job": "fetch_media", "id": uuid4()})
    jobs = inbox.behind.execute(
        "select task_name, args ->> 'tenant' from procrastinate.procrastinate_jobs order by id"
    ).fetchall()
    assert jobs == [
        ("ingest_document", str(inbox.database.tenant)),
        ("fetch_media", str(inbox.database.tenant)),
    ]
    for person in people.values():
        with pytest.raises(errors.InsufficientPrivilege):
            person.connection.execute("select from procrastinate.procrastinate_jobs")
        person.connection.close()


def test_a_job_that_waits_is_found_among_thousands_and_not_put_again(
    inbox: Inbox, companion: Machine
) -> None:
    wanted = {"job": "show_typing", "id": uuid4()}

    def put() -> int | None:
        [queued] = companion.connection.execute(DEFER_ONCE, wanted).fetchone() or [None]
        return queued

    assert put() is not None
    inbox.do(
        """
        insert into procrastinate.procrastinate_jobs (queue_name, task_name, args)
        select 'live', 'show_typing',
               jsonb_build_object('tenant', %(tenant)s::uuid, 'id', gen_random_uuid())
        from generate_series(1, 2000)
        """,
        tenant=inbox.database.tenant,
    )
    inbox.do("analyze procrastinate.procrastinate_jobs")
    plan = inbox.one(
        """
        explain (format json) select from procrastinate.procrastinate_jobs
         where task_name = 'show_typing' and status in ('todo', 'doing')
           and args = jsonb_build_object('tenant', %(tenant)s::uuid, 'id', %(id)s::uuid)
        """,
        tenant=inbox.database.tenant,
        id=wanted["id"],
    )
    assert "idx_waiting_jobs" in str(plan)
    assert put() is None


def test_one_holder_leads_until_it_falls_silent(inbox: Inbox, companion: Machine) -> None:
    def lead(holder: object) -> int | None:
        row = companion.connection.execute(
            "select app.lead_v1('ticker', %s, 15)", (holder,)
        ).fetchone()
        return None if row is None else row[0]

    first, second = uuid4(), uuid4()
    assert (lead(first), lead(second), lead(first)) == (1, None, 1)
    inbox.do("update app_private.leader set expires_at = now() - interval '1 second'")
    assert (lead(second), lead(first)) == (2, None)


def test_a_worker_is_alive_while_its_heart_beats(
    inbox: Inbox, agent: Person, companion: Machine
) -> None:
    alive = "select app.worker_alive_v1('companion', 30)"
    assert agent.calls(alive) is False
    companion.connection.execute(
        "select app.beat_v1(gen_random_uuid(), 'companion', 'here', 1)"
    )
    assert agent.calls(alive) is True
    inbox.do("update app_private.workers set beat_at = now() - interval '1 minute'")
    assert agent.calls(alive) is False


def test_the_audit_log_is_a_chain_that_shows_a_broken_link(
    inbox: Inbox, agent: Person
) -> None:
    for action in ("first", "second", "third"):
        agent.connection.execute(
            "select app.audit_v1(%s, 'conversation', %s, '{}')",
            (action, inbox.conversation),
        )
    broken = """
        select count(*) from (
            select previous_hash is distinct from
                       lag(hash, 1, ''::bytea) over (partition by tenant_id order by seq)
                or hash is distinct from sha256(previous_hash || convert_to(jsonb_build_array(
                       tenant_id, seq, actor_user_id, actor_login, action, subject_kind,
                       subject_id, detail, date_part('epoch', created_at))::text, 'UTF8'))
                   as is_broken
              from audit_log) links where is_broken
    """
    rows = inbox.behind.execute(
        "select seq, action, actor_user_id from audit_log order by seq"
    ).fetchall()
    agent_id = inbox.database.agent_id
    assert rows == [(1, "first", agent_id), (2, "second", agent_id), (3, "third", agent_id)]
    assert inbox.one(broken).count == 0
    inbox.do("update audit_log set action = 'nothing' where seq = 2")
    assert inbox.one(broken).count == 1
    inbox.do("delete from audit_log where seq = 2")
    assert inbox.one(broken).count == 1


def test_only_the_owner_lets_the_assistant_send_by_itself(inbox: Inbox) -> None:
    inbox.do("update social_accounts set assistant_mode = 'draft'")
    raised = "update social_accounts set assistant_mode = 'auto'"
    with psycopg.connect(inbox.database.admin) as admin:
        admin.execute("update social_accounts set assistant_mode = 'off'")
        with pytest.raises(errors.InsufficientPrivilege, match="only the owner"):
            admin.execute(raised)
    with psycopg.connect(inbox.database.owner) as owner:
        assert owner.execute(raised).rowcount == 1


def test_parked_bodies_are_counted_for_those_they_concern(inbox: Inbox) -> None:
    for number, user in enumerate(
        (None, inbox.database.tenant, inbox.database.other_tenant)
    ):
        inbox.do(
            """
            insert into webhook_events (platform, user_id, body, body_sha256, state)
            values ('whatsapp', %(user)s, '', sha256(%(body)s), 'parked')
            """,
            user=user,
            body=bytes([number]),
        )
    counts = {}
    for role in ("owner", "agent", "revoked"):
        person = Person(getattr(inbox.database, role))
        counts[role] = person.calls("select app.parked_events_v1()")
        person.connection.close()
    assert counts == {"owner": 2, "agent": 1, "revoked": 0}
