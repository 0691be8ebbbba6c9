"""What a platform's terms let us keep for a while only is gone from wherever it stood."""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from psycopg.sql import SQL, Identifier
from psycopg.types.json import Jsonb

from core.actions import hear, retain
from core.domain.channel import PlatformName
from core.domain.ids import ChannelId
from core.domain.incoming import IncomingComment, Sender
from core.jobs.ticker import TICKS
from core.kit import Kit
from core.queries import comments as query
from core.store import channels
from tests.fixtures.inbox import Arrange, KitOf

WORDS = "Mira asks whether Lyon is served"
GONE = "Expired by LinkedIn's terms."
PAGE = "urn:li:organization:1"
SAID = IncomingComment(
    account_id=PAGE,
    key="urn:li:comment:(urn:li:activity:2,9)",
    at=datetime(2026, 11, 3, tzinfo=UTC),
    post_id="urn:li:share:1",
    sender=Sender(platform_customer_id="urn:li:person:aBcD1"),
    text=WORDS,
)
MIRA = "urn:li:person:aBcD1"


@pytest.fixture
async def service(kit_of: KitOf) -> Kit:
    return await kit_of("service")


def a_page(arrange: Arrange, platform: PlatformName = PlatformName.LINKEDIN) -> ChannelId:
    channel = arrange.channel(platform=platform)
    arrange.run(
        "update social_accounts set account_id = %(account)s where id = %(id)s",
        id=channel,
        account=f"{PAGE}-{channel}",
    )
    return channel


def a_decision(arrange: Arrange) -> UUID:
    snapshot = {
        "case": {"fragments": [WORDS]},
        "reading": {"question": WORDS},
        "sorted": {"sort": "question", "why": WORDS},
        "reply": "Yes, Lyon too.",
        "likely": 0.9,
        "objections": [],
    }
    found: UUID = arrange.value(
        "insert into ai_decisions (user_id, decision, confidence, reason, message_text,"
        " snapshot_json) values (%(tenant)s, 'respond', 0.9, %(words)s, %(words)s,"
        " %(snapshot)s) returning id",
        words=WORDS,
        snapshot=Jsonb(snapshot),
    )
    return found


def a_comment(
    arrange: Arrange, channel: ChannelId, age: str, text: str = WORDS, **columns: Any
) -> UUID:
    """Add a comment of Mira's that we took in `age` ago."""
    known = {"own": False, "author": MIRA, "decision": None, **columns}
    post = arrange.value(
        "insert into monitored_posts (user_id, social_account_id, platform,"
        " platform_post_id) select user_id, id, platform, %(post)s from social_accounts"
        " where id = %(channel)s returning id",
        channel=channel,
        post=str(uuid4()),
    )
    found: UUID = arrange.value(
        "insert into comments (user_id, monitored_post_id, platform_comment_id, author_id,"
        " author_name, author_avatar_url, text, own, ai_decision_id, ai_reply_text,"
        " text_stored_at, author_stored_at) values (%(tenant)s, %(post)s, %(number)s,"
        " %(author)s, 'Mira', 'https://cdn.example/mira.png', %(text)s, %(own)s,"
        " %(decision)s, 'Yes, Lyon too.', now() - %(age)s::interval,"
        " now() - %(age)s::interval) returning id",
        post=post,
        number=str(uuid4()),
        text=text,
        age=age,
        **known,
    )
    return found


async def test_words_and_authors_go_when_their_time_is_over(
    arrange: Arrange, service: Kit
) -> None:
    channel = a_page(arrange)
    old, middle, young = (
        a_comment(arrange, channel, age) for age in ("49 hours", "25 hours", "23 hours")
    )
    await retain.expire(service)
    seen = {
        name: (row["text"], row["author_name"], row["author_avatar_url"] is None)
        for name, row in (
            ("old", arrange.row("comments", old)),
            ("middle", arrange.row("comments", middle)),
            ("young", arrange.row("comments", young)),
        )
    }
    assert seen == {
        "old": (None, None, True),
        "middle": (WORDS, None, True),
        "young": (WORDS, "Mira", False),
    }
    kept = arrange.row("comments", old)
    assert kept["expired_at"] is not None
    assert (kept["author_id"], kept["ai_reply_text"]) == (MIRA, "Yes, Lyon too.")


async def test_what_we_said_ourselves_stays(arrange: Arrange, service: Kit) -> None:
    channel = a_page(arrange)
    own = a_comment(arrange, channel, "60 days", "Yes, Lyon too.", own=True)
    unmarked = a_comment(
        arrange, channel, "60 days", "Since May.", author=f"{PAGE}-{channel}"
    )
    await retain.expire(service)
    texts = [arrange.row("comments", one)["text"] for one in (own, unmarked)]
    assert texts == ["Yes, Lyon too.", "Since May."]


async def test_platforms_without_such_terms_keep_everything(
    arrange: Arrange, service: Kit
) -> None:
    channel = a_page(arrange, PlatformName.INSTAGRAM)
    comment = a_comment(arrange, channel, "60 days")
    conversation = arrange.conversation(channel)
    arrange.run("update customers set profile_stored_at = now() - interval '60 days'")
    await retain.expire(service)
    assert arrange.row("comments", comment)["text"] == WORDS
    customer = arrange.row("conversations", conversation)["customer_id"]
    assert arrange.row("customers", customer)["name"] == "Nora"


async def test_no_table_holds_the_words_any_more(
    arrange: Arrange, arrange_elsewhere: Arrange, service: Kit
) -> None:
    """Two inboxes, and every place that the words of a comment can get to."""
    for hand in (arrange, arrange_elsewhere):
        plant_everywhere(hand)
    assert tables_with(arrange, WORDS) == [
        "ai_decisions",
        "checkpoints",
        "comments",
        "decision_corrections",
        "knowledge_gap_messages",
        "support_escalations",
        "waiting_updates",
        "webhook_events",
    ]
    await retain.expire(service)
    assert tables_with(arrange, WORDS) == []
    assert tables_with(arrange, "Mira") == []


def plant_everywhere(arrange: Arrange) -> None:
    """Have the words of an old comment stand in every table that takes them."""
    channel = a_page(arrange)
    decision = a_decision(arrange)
    a_comment(arrange, channel, "49 hours", decision=decision)
    conversation = arrange.conversation(a_page(arrange, PlatformName.WHATSAPP))
    arrange.run(
        "insert into decision_corrections (tenant_id, decision_id, should, example, state)"
        " values (%(tenant)s, %(decision)s, 'respond', %(words)s, 'proposed')",
        decision=decision,
        words=WORDS,
    )
    escalation = arrange.value(
        "insert into support_escalations (user_id, conversation_id, decision_id, reason,"
        " summary) values (%(tenant)s, %(conversation)s, %(decision)s, 'missing_knowledge',"
        " %(words)s) returning id",
        conversation=conversation,
        decision=decision,
        words=WORDS,
    )
    arrange.run(
        "with gap as (insert into knowledge_gaps (tenant_id, question, lang_code) values"
        " (%(tenant)s, 'Which towns?', 'en') returning id) insert into"
        " knowledge_gap_messages (tenant_id, escalation_id, gap_id, text, embedder,"
        " embedding, asked_at) select %(tenant)s, %(escalation)s, gap.id, %(words)s, 'm',"
        " array_fill(0.1::real, array[384])::halfvec, now() from gap",
        escalation=escalation,
        words=WORDS,
    )
    arrange.run(
        "insert into waiting_updates (tenant_id, channel_id, target_platform_id, kind,"
        " payload, at, created_at) values (%(tenant)s, %(channel)s, 'c', 'comment_edit',"
        " %(payload)s, now(), now() - interval '49 hours')",
        channel=channel,
        payload=Jsonb({"text": WORDS}),
    )
    arrange.run(
        "insert into customers (user_id, social_account_id, platform_customer_id, name,"
        " username, profile_pic_url, profile_stored_at) values (%(tenant)s, %(channel)s,"
        " 'urn:li:person:M1', 'Mira', 'Mira', 'https://cdn.example/Mira.png',"
        " now() - interval '25 hours')",
        channel=channel,
    )
    a_run(arrange, "49 hours")
    a_body(arrange, "49 hours")


def a_run(arrange: Arrange, age: str) -> str:
    """Add a run of the assistant about no conversation, with its checkpoint."""
    thread = str(uuid4())
    arrange.run(
        "insert into assistant_threads (thread_id, tenant_id, created_at)"
        " values (%(thread)s, %(tenant)s, now() - %(age)s::interval)",
        thread=thread,
        age=age,
    )
    arrange.run(
        "insert into checkpoints (thread_id, checkpoint_id, checkpoint)"
        " values (%(thread)s, 'c', %(state)s)",
        thread=thread,
        state=Jsonb({"text": WORDS}),
    )
    return thread


def a_body(
    arrange: Arrange,
    age: str,
    *,
    state: str = "done",
    platform: PlatformName = PlatformName.LINKEDIN,
) -> UUID:
    found: UUID = arrange.value(
        "insert into webhook_events (platform, payload, body, body_sha256, processed,"
        " state, received_at) values (%(platform)s, %(payload)s, %(body)s,"
        " sha256(gen_random_uuid()::text::bytea), %(state)s = 'done', %(state)s,"
        " now() - %(age)s::interval) returning id",
        platform=platform,
        payload=Jsonb({"text": WORDS}),
        body=json.dumps({"text": WORDS}).encode(),
        state=state,
        age=age,
    )
    return found


def tables_with(arrange: Arrange, words: str) -> list[str]:
    """Return every table of the schema in which `words` stand in any column of a row."""
    tables = arrange.line.execute(
        "select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace"
        " where n.nspname = 'public' and c.relkind = 'r' order by 1"
    ).fetchall()
    return [table for (table,) in tables if _holds(arrange, table, words)]


def _holds(arrange: Arrange, table: str, words: str) -> bool:
    """Return whether any row has the words in its text, or their bytes in its files."""
    query = SQL("select exists (select from {} t where t::text like any(%s))").format(
        Identifier(table)
    )
    sought = [f"%{words}%", f"%{words.encode().hex()}%"]
    row = arrange.line.execute(query, (sought,)).fetchone()
    return row is not None and bool(row[0])


async def test_a_decision_keeps_what_is_ours_and_what_weighs_it(
    arrange: Arrange, service: Kit
) -> None:
    channel = a_page(arrange)
    decision = a_decision(arrange)
    a_comment(arrange, channel, "49 hours", decision=decision)
    before = arrange.row("ai_decisions", decision)
    await retain.expire(service)
    after = arrange.row("ai_decisions", decision)
    assert (after["message_text"], after["reason"]) == (None, GONE)
    assert after["snapshot_json"]["reply"] == "Yes, Lyon too."
    for name in ("decision", "confidence", "likely", "sort", "created_at"):
        assert after[name] == before[name], name


async def test_webhooks_are_emptied_once_they_are_settled(
    arrange: Arrange, service: Kit
) -> None:
    a_page(arrange)
    settled, parked = (
        a_body(arrange, "49 hours", state=state) for state in ("done", "parked")
    )
    kept = [
        a_body(arrange, "49 hours", state="pending"),
        a_body(arrange, "47 hours"),
        a_body(arrange, "49 hours", platform=PlatformName.WHATSAPP),
    ]
    digest = arrange.row("webhook_events", settled)["body_sha256"]
    await retain.expire(service)
    for one in (settled, parked):
        row = arrange.row("webhook_events", one)
        assert (bytes(row["body"]), row["payload"]) == (b"", None)
    assert arrange.row("webhook_events", settled)["body_sha256"] == digest
    assert all(arrange.row("webhook_events", one)["payload"] for one in kept)


async def test_a_second_run_changes_nothing(arrange: Arrange, service: Kit) -> None:
    channel = a_page(arrange)
    comment = a_comment(arrange, channel, "49 hours", decision=a_decision(arrange))
    await retain.expire(service)
    first = arrange.row("comments", comment)
    await retain.expire(service)
    assert arrange.row("comments", comment) == first


async def test_more_than_one_batch_is_worked_off(
    arrange: Arrange, service: Kit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retain, "BATCH_ROWS", 2)
    channel = a_page(arrange)
    comments = [a_comment(arrange, channel, "49 hours") for _ in range(5)]
    await retain.expire(service)
    assert [arrange.row("comments", one)["text"] for one in comments] == [None] * 5


async def test_a_run_has_an_end_and_the_next_goes_on(
    arrange: Arrange, service: Kit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retain, "BATCH_ROWS", 1)
    monkeypatch.setattr(retain, "MOST_BATCHES", 2)
    channel = a_page(arrange)
    ages = ("52 hours", "51 hours", "50 hours")
    comments = [a_comment(arrange, channel, age) for age in ages]
    await retain.expire(service)
    texts = [arrange.row("comments", one)["text"] for one in comments]
    assert texts == [None, None, WORDS]
    await retain.expire(service)
    assert arrange.row("comments", comments[-1])["text"] is None


async def test_new_words_begin_a_new_time(arrange: Arrange, service: Kit) -> None:
    channel = a_page(arrange)
    comment = a_comment(arrange, channel, "49 hours")
    arrange.run(
        "update comments set text = 'Another question' where id = %(id)s", id=comment
    )
    await retain.expire(service)
    assert arrange.row("comments", comment)["text"] == "Another question"


async def test_a_later_look_at_the_post_does_not_bring_the_words_back(
    arrange: Arrange, service: Kit, kit_of: KitOf
) -> None:
    member = await kit_of("owner")
    async with service.unit(arrange.tenant) as unit:
        channel = await channels.get(unit, a_page(arrange))
        assert channel is not None
        heard = await hear.comment(service, unit, channel, SAID)
    arrange.run("update comments set text_stored_at = now() - interval '49 hours'")
    await retain.expire(service)
    async with service.unit(arrange.tenant) as unit:
        assert await hear.shown(service, unit, channel, SAID) is False
    shown = await query.one(member, heard)
    assert (shown.comment.text, shown.expired) == ("", GONE)
    assert shown.comment.edited_at is None


async def test_runs_about_other_channels_may_still_be_resumed(
    arrange: Arrange, service: Kit
) -> None:
    a_page(arrange)
    elsewhere = arrange.conversation(a_page(arrange, PlatformName.WHATSAPP))
    young, other = a_run(arrange, "47 hours"), a_run(arrange, "49 hours")
    arrange.run(
        "update assistant_threads set conversation_id = %(id)s where thread_id = %(thread)s",
        id=elsewhere,
        thread=other,
    )
    await retain.expire(service)
    left = arrange.line.execute("select thread_id from assistant_threads").fetchall()
    assert {thread for (thread,) in left} == {young, other}


async def test_no_member_may_have_decisions_forgotten(
    arrange: Arrange, kit_of: KitOf
) -> None:
    allowed = [
        arrange.value(
            "select has_function_privilege(%(role)s,"
            " 'app.expire_decisions_v1(uuid[], text)', 'execute')",
            role=role,
        )
        for role in ("app_member", "app_assistant", "app_service")
    ]
    assert allowed == [False, False, True]
    assert (await kit_of("owner")).me is not None


def test_the_clock_runs_it_more_often_than_once_an_hour() -> None:
    [tick] = [tick for tick in TICKS if tick.run is retain.expire]
    assert tick.seconds < 3600
