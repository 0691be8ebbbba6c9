"""One row of every table for a tenant: what matrices and attacks are tried on."""

from uuid import UUID

import psycopg
from psycopg import Connection
from psycopg.rows import TupleRow

_ROWS = """
insert into social_accounts (user_id, platform, account_id, account_name, access_token,
                             refresh_token)
values (%(tenant)s, 'whatsapp', '1555', 'Shop', 'sealed-access', 'sealed-refresh');

insert into people (tenant_id, display_name) values (%(tenant)s, 'Nora');

insert into customers (user_id, social_account_id, person_id, platform_customer_id, name)
select a.user_id, a.id, p.id, '33600000001', 'Nora'
  from social_accounts a join people p on p.tenant_id = a.user_id
 where a.user_id = %(tenant)s;

insert into conversations (user_id, social_account_id, customer_id, platform, assignee_user_id)
select user_id, social_account_id, id, 'whatsapp', %(member)s
  from customers where user_id = %(tenant)s;

insert into ai_decisions (user_id, conversation_id, decision, confidence, reason)
select user_id, id, 'respond', 0.9, 'asks about opening hours'
  from conversations where user_id = %(tenant)s;

insert into decision_rules (tenant_id, digest, rules)
values (%(tenant)s, sha256('rules'), '{}');

insert into decision_corrections (tenant_id, decision_id, member_id, should, example, state)
select d.user_id, d.id, %(member)s, 'ignore', 'When do you open?', 'proposed'
  from ai_decisions d where d.user_id = %(tenant)s;

insert into conversation_messages
    (user_id, conversation_id, direction, origin, platform_message_id, text, ai_decision_id,
     sent_by)
select c.user_id, c.id, 'inbound', 'customer', 'wamid.1', 'When do you open?', d.id, %(member)s
  from conversations c join ai_decisions d on d.conversation_id = c.id
 where c.user_id = %(tenant)s;

insert into blobs (tenant_id, content, size_bytes, sha256, mime_type)
values (%(tenant)s, 'x', 1, sha256('x'), 'image/png');

insert into attachments (tenant_id, message_id, kind, state, blob_id)
select m.user_id, m.id, 'image', 'stored', b.id
  from conversation_messages m join blobs b on b.tenant_id = m.user_id
 where m.user_id = %(tenant)s;

insert into triage_rules (tenant_id, rules_id, name, triage, conditions)
select user_id, id, 'no spam', 'ignore', '{"keywords": ["casino"]}'
  from ai_rules where user_id = %(tenant)s;

insert into ai_triage_rules_advanced (user_id, message_id, triage, rule_id, triage_rule_id)
select m.user_id, m.id, 'ignore', r.rules_id, r.id
  from conversation_messages m join triage_rules r on r.tenant_id = m.user_id
 where m.user_id = %(tenant)s;

insert into drafts (tenant_id, conversation_id, decision_id, text, confidence, threshold,
                    epoch, newest_inbound_id, decided_by)
select m.user_id, m.conversation_id, m.ai_decision_id, 'At nine.', 0.9, 0.8, 0, m.id,
       %(member)s
  from conversation_messages m where m.user_id = %(tenant)s;

insert into support_escalations (user_id, conversation_id, decision_id, message_id, reason,
                                 assigned_to)
select m.user_id, m.conversation_id, m.ai_decision_id, m.id, 'low_confidence', %(member)s
  from conversation_messages m where m.user_id = %(tenant)s;

insert into composer_drafts (tenant_id, conversation_id, user_id, text)
select user_id, id, %(member)s, 'Dear' from conversations where user_id = %(tenant)s;

insert into notes (tenant_id, conversation_id, author_user_id, text)
select user_id, id, %(member)s, 'likes Kenya' from conversations where user_id = %(tenant)s;

insert into labels (tenant_id, name) values (%(tenant)s, 'wholesale');

insert into conversation_labels (tenant_id, conversation_id, label_id)
select c.user_id, c.id, l.id from conversations c join labels l on l.tenant_id = c.user_id
 where c.user_id = %(tenant)s;

insert into saved_replies (tenant_id, shortcut, title, text)
values (%(tenant)s, 'hours', 'Opening hours', 'We open at nine.');

insert into outbox_items (id, tenant_id, conversation_id, channel_id, message_id, seq, origin,
                          text, decision_id, epoch)
select gen_random_uuid(), m.user_id, m.conversation_id, c.social_account_id, m.id, 0,
       'assistant', 'At nine.', m.ai_decision_id, 0
  from conversation_messages m join conversations c on c.id = m.conversation_id
 where m.user_id = %(tenant)s;

insert into assistant_threads (thread_id, tenant_id, conversation_id)
select 'thread of ' || user_id, user_id, id from conversations where user_id = %(tenant)s;

insert into checkpoints (thread_id, checkpoint_id, checkpoint)
values ('thread of ' || %(tenant)s, '1', '{}');

insert into checkpoint_blobs (thread_id, channel, version, type)
values ('thread of ' || %(tenant)s, 'state', '1', 'empty');

insert into checkpoint_writes (thread_id, checkpoint_id, task_id, idx, channel, blob)
values ('thread of ' || %(tenant)s, '1', '1', 0, 'state', '');

insert into assist_requests (tenant_id, requested_by, kind, input)
values (%(tenant)s, %(member)s, 'ask', '{}');

insert into knowledge_documents (user_id, title, name, content, lang_code,
                                 storage_object_id)
select tenant_id, 'Opening hours', 'hours.md', 'We open at nine.', 'en', id
  from blobs where tenant_id = %(tenant)s;

insert into knowledge_chunks (user_id, document_id, chunk_index, content, embedding, embedder,
                              start_char, end_char)
select user_id, id, 0, content, array_fill(0.1, array[1536])::vector, 'test', 0, 16
  from knowledge_documents where user_id = %(tenant)s;

insert into knowledge_windows (tenant_id, chunk_id, window_index, embedder, embedding)
select user_id, id, 0, 'test', array_fill(0.1, array[384])::halfvec
  from knowledge_chunks where user_id = %(tenant)s;

insert into knowledge_vectors (tenant_id, chunk_id, embedder, embedding)
select user_id, id, 'test', array_fill(0.1, array[384])::halfvec
  from knowledge_chunks where user_id = %(tenant)s;

insert into document_versions (tenant_id, document_id, title, content, sha256, kind,
                               page_starts, warnings, lang_code, file_size_bytes)
select user_id, id, title, 'We open at ten.', 'x', 'md', '{}', '{}', 'en', 15
  from knowledge_documents where user_id = %(tenant)s;

insert into staged_chunks (tenant_id, document_id, embedder, text_sha256, whole, windows)
select user_id, id, 'test', 'x', array_fill(0.1, array[384])::vector, '{}'
  from knowledge_documents where user_id = %(tenant)s;

insert into knowledge_conflicts (tenant_id, kind, score, one_document, one_chunk, one_start,
                                 one_end, one_sentence, other_document, other_chunk,
                                 other_start, other_end, other_sentence)
select user_id, 'hours', 0.9, document_id, id, 11, 15, content, document_id, id, 11, 15,
       content
  from knowledge_chunks where user_id = %(tenant)s;

insert into knowledge_expiries (tenant_id, chunk_id, until, start_char, end_char, sentence)
select user_id, id, '2026-01-01', 11, 15, content
  from knowledge_chunks where user_id = %(tenant)s;

insert into faq_qa (user_id, key, question, answer)
values (%(tenant)s, 'hours', 'When do you open?', 'At nine.');

insert into faq_phrasings (tenant_id, faq_id, text)
select user_id, id, question from faq_qa where user_id = %(tenant)s;

insert into knowledge_uses (tenant_id, decision_id, faq_id)
select d.user_id, d.id, f.id from ai_decisions d join faq_qa f on f.user_id = d.user_id
 where d.user_id = %(tenant)s;

insert into knowledge_gaps (tenant_id, question, lang_code)
values (%(tenant)s, 'Do you repair grinders?', 'en');

insert into knowledge_gap_messages (tenant_id, escalation_id, gap_id, text, embedder, embedding,
                                    asked_at)
select e.user_id, e.id, g.id, 'Do you repair grinders?', 'none',
       array_fill(0.0, array[384])::vector::halfvec, now()
  from support_escalations e join knowledge_gaps g on g.tenant_id = e.user_id
 where e.user_id = %(tenant)s;

insert into released_topics (tenant_id, channel_id, topic, title)
select user_id, id, 'category:delivery', 'Delivery'
  from social_accounts where user_id = %(tenant)s;

insert into webhook_events (user_id, platform, body, body_sha256)
values (%(tenant)s, 'whatsapp', 'x', sha256(convert_to(%(tenant)s, 'UTF8')));

insert into inbound_keys (tenant_id, channel_id, kind, platform_id, event_id)
select user_id, id, 'message', 'wamid.1', gen_random_uuid()
  from social_accounts where user_id = %(tenant)s;

insert into waiting_updates (tenant_id, channel_id, target_platform_id, kind, payload, at)
select user_id, id, 'wamid.9', 'status', '{}', now()
  from social_accounts where user_id = %(tenant)s;

insert into scheduled_posts (user_id, channel_id, platform, content_json, publish_at,
                             created_by)
select user_id, id, 'whatsapp', '{}', now(), %(member)s
  from social_accounts where user_id = %(tenant)s;

insert into post_runs (user_id, scheduled_post_id, occurrence)
select user_id, id, '2026-01-01T09:00' from scheduled_posts where user_id = %(tenant)s;

insert into monitored_posts (user_id, social_account_id, platform, platform_post_id)
select user_id, id, 'instagram', 'post.1' from social_accounts where user_id = %(tenant)s;

insert into monitoring_rules (user_id) values (%(tenant)s);

insert into comments (user_id, monitored_post_id, platform_comment_id, text)
select user_id, id, 'comment.1', 'Lovely' from monitored_posts where user_id = %(tenant)s;

insert into comment_deeds (id, tenant_id, comment_id, channel_id, kind)
select gen_random_uuid(), c.user_id, c.id, p.social_account_id, 'hide'
from comments c join monitored_posts p on p.user_id = c.user_id and p.id = c.monitored_post_id
where c.user_id = %(tenant)s;

insert into comment_checkpoint (user_id, monitored_post_id)
select user_id, id from monitored_posts where user_id = %(tenant)s;

insert into analytics_history (user_id, date) values (%(tenant)s, '2026-01-01');

insert into kpi_2h (tenant_id, window_start, window_end)
values (%(tenant)s, '2026-01-01 00:00Z', '2026-01-01 02:00Z');

insert into clusters (tenant_id, scope, scope_ref, label)
select user_id, 'post', id, 'hours' from monitored_posts where user_id = %(tenant)s;

insert into cluster_items (user_id, cluster_id, message_id)
select c.tenant_id, c.id, m.id
  from clusters c join conversation_messages m on m.user_id = c.tenant_id
 where c.tenant_id = %(tenant)s;

insert into audit_log (tenant_id, seq, action, subject_kind, previous_hash, hash)
values (%(tenant)s, 0, 'test', 'nothing', '', '');

insert into tombstones (tenant_id, kind, subject_hash)
values (%(tenant)s, 'customer', 'x');
"""

_LATEST = {
    "person_links": """
insert into person_links (tenant_id, merge_id, customer_id, person_id)
select c.user_id, gen_random_uuid(), c.id, p.id
from customers c join people p on p.tenant_id = c.user_id
where c.user_id = %(tenant)s limit 1;
""",
    "person_refusals": """
insert into customers (user_id, social_account_id, platform_customer_id)
select user_id, id, 'somebody else' from social_accounts where user_id = %(tenant)s limit 1;
insert into person_refusals (tenant_id, customer_a, customer_b)
select %(tenant)s, least(a.id, b.id), greatest(a.id, b.id)
from customers a join customers b on b.user_id = a.user_id and b.id > a.id
where a.user_id = %(tenant)s limit 1;
""",
    "assistant_usage": """
insert into assistant_usage (tenant_id, conversation_id, day, thoughts)
select user_id, id, '2026-01-01', 1 from conversations where user_id = %(tenant)s;
""",
    "message_templates": """
insert into message_templates (tenant_id, channel_id, name, language, status)
select user_id, id, 'order_ready', 'fr', 'APPROVED' from social_accounts
 where user_id = %(tenant)s;
""",
    "channel_health": """
insert into channel_health (tenant_id, channel_id)
select user_id, id from social_accounts where user_id = %(tenant)s
""",
    "channel_gaps": """
insert into channel_gaps (tenant_id, channel_id, from_at, to_at)
select user_id, id, now() - interval '1 hour', now() from social_accounts
 where user_id = %(tenant)s
""",
    "companion_keys": """
insert into companion_keys (public_key)
values (sha256(convert_to(%(tenant)s, 'UTF8')))
""",
}
"""Rows of tables that the newest step makes: a test fills a database that lacks it."""

_SHARED = """
insert into products (id, name) values ('prod_1', 'Pro');
insert into prices (id, product_id, currency) values ('price_1', 'prod_1', 'eur');
"""


def populate(connection: Connection[TupleRow], tenant: UUID, member: UUID) -> None:
    """Add the rows of a tenant, written by one of its members."""
    # The server takes several statements at once only with the values already in them.
    with psycopg.ClientCursor(connection) as cursor:
        values = {"tenant": str(tenant), "member": str(member)}
        cursor.execute(_ROWS, values)
        for table, rows in _LATEST.items():
            cursor.execute("select to_regclass(%s)", (f"public.{table}",))
            if cursor.fetchone() != (None,):
                cursor.execute(rows.encode(), values)
    connection.commit()


def populate_shared(connection: Connection[TupleRow]) -> None:
    """Add the rows that are everybody's."""
    connection.execute(_SHARED)
    connection.commit()
