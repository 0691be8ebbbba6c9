from datetime import UTC, datetime, timedelta

import pytest

from core.domain.ids import ConversationId
from core.kit import Kit
from core.queries import inbox
from core.queries.inbox import Cursor, InboxFilter, InboxRow
from tests.fixtures.database import TestDatabase
from tests.fixtures.inbox import Arrange, KitOf

TODAY = datetime(2026, 5, 4, 12, tzinfo=UTC)


@pytest.fixture
async def kit(kit_of: KitOf) -> Kit:
    return await kit_of("agent")


def ago(minutes: float) -> datetime:
    return TODAY - timedelta(minutes=minutes)


def place(row: InboxRow) -> Cursor:
    return Cursor(last_message_at=row.last_message_at, id=row.id)


async def shown(
    kit: Kit, filter: InboxFilter = InboxFilter.ALL, search: str = ""
) -> list[ConversationId]:
    found = await inbox.page(kit, filter=filter, search=search)
    return [row.id for row in found.rows]


async def test_a_row_shows_what_the_list_needs(kit: Kit, arrange: Arrange) -> None:
    conversation = arrange.conversation(
        name="Amira",
        last_message_at=TODAY,
        last_preview="When do you open?",
        last_direction="inbound",
        unread_count=2,
        assistant_state="drafted",
        assignee_user_id=kit.member.id,
    )
    arrange.run(
        "with l as (insert into labels (tenant_id, name) values (%(tenant)s, 'wholesale'),"
        " (%(tenant)s, 'beans') returning id) insert into conversation_labels"
        " (tenant_id, conversation_id, label_id) select %(tenant)s, %(id)s, id from l",
        id=conversation,
    )
    row = await inbox.row(kit, conversation)
    assert row is not None
    assert (row.customer_name, row.preview, row.unread_count) == (
        "Amira",
        "When do you open?",
        2,
    )
    assert (row.assistant_state, row.status, row.has_failed) == ("drafted", "active", False)
    assert (row.assignee_id, row.assignee_name) == (kit.member.id, kit.member.name)
    assert row.labels == ("beans", "wholesale")
    assert row.window_ends_at is not None


async def test_conversations_come_newest_first(kit: Kit, arrange: Arrange) -> None:
    old = arrange.conversation(last_message_at=ago(9))
    new = arrange.conversation(last_message_at=ago(1))
    middle = arrange.conversation(last_message_at=ago(5))
    assert await shown(kit) == [new, middle, old]


@pytest.mark.parametrize(
    ("filter", "names"),
    [
        (InboxFilter.ALL, {"plain", "mine", "escalated", "unread", "drafted"}),
        (InboxFilter.MINE, {"mine"}),
        (InboxFilter.ESCALATED, {"escalated"}),
        (InboxFilter.WAITING, {"unread", "drafted"}),
        (InboxFilter.ARCHIVED, {"archived", "archived and mine"}),
    ],
)
async def test_each_filter_shows_its_own(
    kit: Kit, arrange: Arrange, filter: InboxFilter, names: set[str]
) -> None:
    mine = kit.member.id
    arrange.conversation(name="plain")
    arrange.conversation(name="mine", assignee_user_id=mine)
    arrange.conversation(name="escalated", status="escalated")
    arrange.conversation(name="unread", unread_count=1)
    arrange.conversation(name="drafted", assistant_state="drafted")
    arrange.conversation(name="archived", status="archived", unread_count=1)
    arrange.conversation(name="archived and mine", status="archived", assignee_user_id=mine)
    found = await inbox.page(kit, filter=filter)
    assert {row.customer_name for row in found.rows} == names


async def test_counts_agree_with_what_the_filters_show(kit: Kit, arrange: Arrange) -> None:
    later = datetime(2100, 1, 1, tzinfo=UTC)
    arrange.conversation()
    arrange.conversation(assignee_user_id=kit.member.id, unread_count=3)
    arrange.conversation(status="escalated", assistant_state="drafted")
    arrange.conversation(status="archived", unread_count=3)
    arrange.conversation(snoozed_until=later, unread_count=3)
    counts = await inbox.counts(kit)
    assert (counts.open, counts.mine, counts.escalated, counts.waiting) == (3, 1, 1, 2)
    for filter, count in (
        (InboxFilter.ALL, counts.open),
        (InboxFilter.MINE, counts.mine),
        (InboxFilter.ESCALATED, counts.escalated),
        (InboxFilter.WAITING, counts.waiting),
    ):
        assert len(await shown(kit, filter)) == count


async def test_a_snoozed_conversation_is_hidden_until_its_time(
    kit: Kit, arrange: Arrange
) -> None:
    arrange.conversation(snoozed_until=datetime(2100, 1, 1, tzinfo=UTC))
    woken = arrange.conversation(snoozed_until=datetime(2020, 1, 1, tzinfo=UTC))
    assert await shown(kit) == [woken]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("amira", "Amira"),
        ("mir", "Amira"),
        ("50%", "a discount of 50% today"),
        ("50_", "the code 50_a"),
        ("back\\slash", "a back\\slash"),
        ("  amira ", "Amira"),
    ],
)
async def test_a_search_takes_its_words_literally(
    kit: Kit, arrange: Arrange, words: str, name: str
) -> None:
    for one in ("a discount of 50% today", "the code 50_a", "a back\\slash", "50 kilos"):
        arrange.conversation(name="Somebody", last_preview=one)
    arrange.conversation(name="Amira", last_preview="Hello")
    found = await inbox.page(kit, search=words)
    assert [name in (row.customer_name, row.preview) for row in found.rows] == [True]


async def test_a_search_and_a_filter_hold_together(kit: Kit, arrange: Arrange) -> None:
    arrange.conversation(name="Amira")
    archived = arrange.conversation(name="Amira", status="archived")
    assert await shown(kit, InboxFilter.ARCHIVED, "amira") == [archived]


async def test_another_tenant_sees_nothing(
    kit_of: KitOf, arrange: Arrange, fresh_database: TestDatabase
) -> None:
    conversation = arrange.conversation(unread_count=1)
    stranger = await kit_of("stranger")
    assert await shown(stranger) == []
    assert await inbox.row(stranger, conversation) is None
    assert (await inbox.counts(stranger)).open == 0
    async with stranger.unit(fresh_database.tenant) as unit:
        assert await unit.value("select count(*) from inbox_rows") == 0


async def test_a_member_who_left_sees_nothing(
    fresh_database: TestDatabase, arrange: Arrange, kit_of: KitOf
) -> None:
    arrange.conversation()
    kit = await kit_of("revoked")
    assert kit.me is None
    async with kit.unit(fresh_database.tenant) as unit:
        assert await unit.value("select count(*) from inbox_rows") == 0


async def seeded(arrange: Arrange, count: int) -> None:
    """Add conversations of which many have the very same time."""
    arrange.run(
        """
        with account as (
            insert into social_accounts (user_id, platform, account_id, account_name)
            values (%(tenant)s, 'whatsapp', 'many', 'Shop') returning id),
        people as (
            insert into customers (user_id, social_account_id, platform_customer_id, name)
            select %(tenant)s, account.id, n::text, 'Customer ' || n
              from account, generate_series(1, %(count)s) n
            returning id, social_account_id, platform_customer_id)
        insert into conversations (user_id, social_account_id, customer_id, platform, status,
                                   last_message_at, last_preview, unread_count)
        select %(tenant)s, social_account_id, id, 'whatsapp',
               case when platform_customer_id::int %% 10 = 0 then 'archived' else 'active' end,
               %(today)s - make_interval(mins => platform_customer_id::int / 7),
               'message ' || platform_customer_id, platform_customer_id::int %% 3
          from people
        """,
        count=count,
        today=TODAY,
    )


@pytest.mark.parametrize("limit", [1, 7, 40, 500])
async def test_pages_downwards_meet_without_gap_or_overlap(
    kit: Kit, arrange: Arrange, limit: int
) -> None:
    await seeded(arrange, 200)
    whole = await shown_all(kit)
    walked: list[ConversationId] = []
    page = await inbox.page(kit, limit=limit)
    walked += [row.id for row in page.rows]
    while page.has_more:
        page = await inbox.page(kit, limit=limit, before=place(page.rows[-1]))
        walked += [row.id for row in page.rows]
    assert walked == whole
    assert len(set(whole)) == 180


@pytest.mark.parametrize("limit", [1, 7, 40, 500])
async def test_pages_upwards_meet_without_gap_or_overlap(
    kit: Kit, arrange: Arrange, limit: int
) -> None:
    await seeded(arrange, 200)
    rows = (await inbox.page(kit, limit=1000)).rows
    walked = [rows[-1].id]
    page = await inbox.page(kit, limit=limit, after=place(rows[-1]))
    walked = [row.id for row in page.rows] + walked
    while page.has_more:
        page = await inbox.page(kit, limit=limit, after=place(page.rows[0]))
        walked = [row.id for row in page.rows] + walked
    assert walked == [row.id for row in rows]


async def shown_all(kit: Kit) -> list[ConversationId]:
    return [row.id for row in (await inbox.page(kit, limit=1000)).rows]


async def test_a_page_says_whether_there_is_more(kit: Kit, arrange: Arrange) -> None:
    for minutes in range(3):
        arrange.conversation(last_message_at=ago(minutes))
    assert (await inbox.page(kit, limit=2)).has_more
    assert not (await inbox.page(kit, limit=3)).has_more


@pytest.mark.parametrize("filter", [InboxFilter.ALL, InboxFilter.WAITING, InboxFilter.MINE])
async def test_a_page_of_a_full_inbox_reads_few_rows(
    kit_of: KitOf, arrange: Arrange, fresh_database: TestDatabase, filter: InboxFilter
) -> None:
    await seeded(arrange, 50_000)
    arrange.run("analyze conversations, customers")
    arrange.run(
        "update conversations set assignee_user_id = %(id)s where user_id = %(tenant)s"
        " and last_preview like '%%7'",
        id=fresh_database.agent_id,
    )
    kit = await kit_of("agent")
    before = rows_read(arrange)
    page = await inbox.page(kit, filter=filter, limit=100)
    assert len(page.rows) == 100
    assert 100 <= await reading_since(kit, arrange, before) < 500


_READ = """
select seq_tup_read + idx_tup_fetch from pg_stat_user_tables where relname = 'conversations'
"""


def rows_read(arrange: Arrange) -> int:
    arrange.run("select pg_stat_force_next_flush()")
    return int(arrange.value(_READ))


async def reading_since(kit: Kit, arrange: Arrange, before: int) -> int:
    """Return how many rows of conversations were read, by the server's own count."""
    async with kit.mine() as unit:
        await unit.execute("select pg_stat_force_next_flush()")
    return rows_read(arrange) - before
