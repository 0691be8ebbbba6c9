"""Words of other people, as old as a test wants them, in every table that takes them."""

import json
from typing import Any
from uuid import UUID, uuid4

from psycopg.sql import SQL, Identifier
from psycopg.types.json import Jsonb

from core.domain.channel import PlatformName
from core.domain.ids import ChannelId
from tests.fixtures.inbox import Arrange

WORDS = "Mira asks whether Lyon is served"
PAGE = "urn:li:organization:1"
MIRA = "urn:li:person:aBcD1"


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
        "with picture as (insert into blobs (tenant_id, content, size_bytes, sha256,"
        " mime_type) values (%(tenant)s, 'Mira', 4, sha256('Mira'), 'image/png')"
        " returning id) insert into customers (user_id, social_account_id,"
        " platform_customer_id, name, username, profile_pic_url, picture_of,"
        " picture_blob_id, profile_stored_at) select %(tenant)s, %(channel)s,"
        " 'urn:li:person:M1', 'Mira', 'Mira', 'https://cdn.example/Mira.png',"
        " 'https://cdn.example/Mira.png', picture.id, now() - interval '25 hours'"
        " from picture",
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
