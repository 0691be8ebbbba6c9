-- The outbox: what we owe a customer, and what keeps it from leaving twice.
--
--     queued -> claimed -> sending -> accepted -> delivered -> read
--                  |          |-> failed
--                  |          `-> unknown -> accepted | needs_human
--                  `-> held, cancelled
--
-- An item is open while it may still leave or may have left unseen. Only the lowest open
-- `seq` of a conversation moves, so that one uncertain message holds back the later ones;
-- an item that is no longer open never becomes open again, which is what lets a claim
-- trust an old snapshot. Rows are locked in one order: conversation, item, message.

create sequence app.fence;

create table outbox_items (
    id uuid primary key,
    tenant_id uuid not null references users (id) on delete cascade,
    conversation_id uuid not null,
    channel_id uuid not null,
    message_id uuid not null,
    seq bigint not null,
    state text not null default 'queued' check (state in (
        'queued', 'claimed', 'sending', 'accepted', 'delivered', 'read', 'failed', 'unknown',
        'needs_human', 'held', 'cancelled')),
    origin text not null check (origin in ('member', 'assistant')),
    text text,
    payload jsonb not null default '{}',
    decision_id uuid,
    epoch bigint not null,
    attempt int not null default 0 check (attempt >= 0),
    fence bigint,
    lease_until timestamptz,
    due_at timestamptz not null default now(),
    claimed_by text,
    platform_message_id text,
    error_code text,
    error_title text,
    error_next text,
    resend_of uuid,
    sending_at timestamptz,
    unknown_at timestamptz,
    settled_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (tenant_id, conversation_id, seq),
    unique (tenant_id, message_id),
    unique (tenant_id, id),
    check (state not in ('claimed', 'sending') or (fence is not null and lease_until is not null)),
    check (coalesce(text, '') <> '' or payload ? 'media'),
    foreign key (tenant_id, conversation_id)
        references conversations (user_id, id) on delete cascade,
    foreign key (tenant_id, channel_id)
        references social_accounts (user_id, id) on delete cascade,
    foreign key (tenant_id, message_id)
        references conversation_messages (user_id, id) on delete cascade,
    foreign key (tenant_id, decision_id)
        references ai_decisions (user_id, id) on delete set null (decision_id),
    foreign key (tenant_id, resend_of)
        references outbox_items (tenant_id, id) on delete set null (resend_of)
);
-- Under the claim: what is due, and whether something open stands before it.
create index idx_outbox_due on outbox_items (due_at, id) where state = 'queued';
create index idx_outbox_open on outbox_items (tenant_id, conversation_id, seq)
    where state in ('queued', 'claimed', 'sending', 'unknown', 'needs_human', 'held');
-- Under the sweeper: expired leases, aging doubts, and proof that statuses flow.
create index idx_outbox_leases on outbox_items (lease_until)
    where state in ('claimed', 'sending');
create index idx_outbox_unknown on outbox_items (unknown_at) where state = 'unknown';
create index idx_outbox_confirmed on outbox_items (tenant_id, channel_id, updated_at desc)
    where state in ('delivered', 'read');
create index idx_outbox_resend on outbox_items (tenant_id, resend_of)
    where resend_of is not null;
create index idx_outbox_decision on outbox_items (tenant_id, decision_id)
    where decision_id is not null;
