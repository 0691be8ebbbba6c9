"""The last step before the socket, and what the sweeper makes of steps never ended."""

import pytest

from tests.sql.conftest import Inbox, Machine, Person

EXPIRE = "update outbox_items set lease_until = now() - interval '1 second'"


def test_sending_begins_once_and_only_under_the_fence(
    inbox: Inbox, agent: Person, companion: Machine
) -> None:
    waiting = agent.reply(inbox.conversation)
    (item,) = companion.claim()
    forged = item._replace(fence=item.fence + 1)
    assert companion.mark_sending(inbox.database.tenant, forged) == "lost"
    assert companion.mark_sending(inbox.database.tenant, item) == "sending"
    assert inbox.delivery(waiting.outbox) == "sending"
    assert companion.mark_sending(inbox.database.tenant, item) == "lost"


def test_a_lease_about_to_end_is_too_short_to_send(
    inbox: Inbox, agent: Person, companion: Machine
) -> None:
    agent.reply(inbox.conversation)
    (item,) = companion.claim(lease=20)
    assert companion.mark_sending(inbox.database.tenant, item, margin=30) == "lost"
    assert inbox.state(item.outbox_id) == "claimed"


@pytest.mark.parametrize(
    "off",
    [
        "update ai_rules set ai_control_enabled = false",
        "update ai_settings set auto_reply_enabled = false",
        "update ai_settings set ai_enabled_for_conversations = false",
        "update social_accounts set assistant_mode = 'draft'",
        "update conversations set assistant_paused = true",
    ],
)
def test_a_switch_thrown_after_the_claim_holds_the_assistants_words(
    inbox: Inbox, agent: Person, companion: Machine, off: str
) -> None:
    companion.reply(inbox.conversation, 0)
    human = agent.reply(inbox.another_conversation())
    items = {item.outbox_id: item for item in companion.claim()}
    inbox.behind.execute(off.encode())
    answers = {
        outbox: companion.mark_sending(inbox.database.tenant, item)
        for outbox, item in items.items()
    }
    assert answers.pop(human.outbox) == "sending"
    assert set(answers.values()) == {"held"}
    assert {inbox.delivery(outbox) for outbox in answers} == {"held"}


def test_an_epoch_raised_after_the_claim_cancels_the_assistants_words(
    inbox: Inbox, companion: Machine
) -> None:
    companion.reply(inbox.conversation, 0)
    (item,) = companion.claim()
    inbox.do("update conversations set epoch = epoch + 1")
    assert companion.mark_sending(inbox.database.tenant, item) == "cancelled"
    assert inbox.state(item.outbox_id) == "cancelled"


def test_a_window_that_closed_in_the_queue_ends_the_message(
    inbox: Inbox, agent: Person, companion: Machine
) -> None:
    agent.reply(inbox.conversation)
    (item,) = companion.claim()
    inbox.do("update conversations set reply_window_ends_at = now() - interval '1 second'")
    assert companion.mark_sending(inbox.database.tenant, item) == "window"
    ended = inbox.one("select * from outbox_items where id = %(id)s", id=item.outbox_id)
    assert (ended.state, ended.error_code) == ("failed", "window_closed")
    assert inbox.delivery(item.outbox_id) == "failed"


def test_a_channel_paused_after_the_claim_gives_the_item_back_uncounted(
    inbox: Inbox, agent: Person, companion: Machine
) -> None:
    agent.reply(inbox.conversation)
    (item,) = companion.claim()
    inbox.do("update social_accounts set paused_at = now()")
    assert companion.mark_sending(inbox.database.tenant, item) == "lost"
    row = inbox.one("select state, attempt from outbox_items")
    assert (row.state, row.attempt) == ("queued", 0)


def test_no_service_sends_for_a_tenant_it_does_not_work_for(
    inbox: Inbox, agent: Person, companion: Machine
) -> None:
    agent.reply(inbox.conversation)
    (item,) = companion.claim()
    elsewhere = Machine(inbox.database.service, inbox.database.other_tenant)
    assert elsewhere.mark_sending(inbox.database.tenant, item) == "lost"
    elsewhere.connection.close()


def test_an_item_claimed_and_never_begun_is_queued_again(
    inbox: Inbox, agent: Person, companion: Machine
) -> None:
    agent.reply(inbox.conversation)
    (item,) = companion.claim()
    assert companion.sweep() == []
    inbox.do(EXPIRE)
    (swept,) = companion.sweep()
    assert (swept.outbox_id, swept.state) == (item.outbox_id, "queued")
    assert companion.mark_sending(inbox.database.tenant, item) == "lost"
    (again,) = companion.claim()
    assert (again.outbox_id, again.attempt) == (item.outbox_id, 2)
    assert again.fence > item.fence


def test_an_item_begun_and_never_finished_is_unknown_and_never_queued(
    inbox: Inbox, agent: Person, companion: Machine
) -> None:
    agent.reply(inbox.conversation)
    (item,) = companion.claim()
    companion.mark_sending(inbox.database.tenant, item)
    inbox.do(EXPIRE)
    (swept,) = companion.sweep()
    assert swept.state == "unknown"
    assert inbox.delivery(item.outbox_id) == "uncertain"
    assert companion.claim() == []


@pytest.mark.parametrize(
    ("age", "statuses_flow", "expected"),
    [
        ("1 minute", True, "unknown"),
        ("3 minutes", False, "unknown"),
        ("3 minutes", True, "needs_human"),
        ("11 minutes", False, "needs_human"),
    ],
)
def test_doubt_goes_to_a_person_in_time(
    inbox: Inbox,
    agent: Person,
    companion: Machine,
    age: str,
    statuses_flow: bool,  # noqa: FBT001 - a column of the table above
    expected: str,
) -> None:
    doubtful = agent.reply(inbox.conversation)
    inbox.put(doubtful.outbox, "unknown")
    inbox.do("update outbox_items set unknown_at = now() - %(age)s::interval", age=age)
    if statuses_flow:
        confirmed = agent.reply(inbox.another_conversation())
        inbox.put(confirmed.outbox, "delivered")
    companion.sweep()
    assert inbox.state(doubtful.outbox) == expected
