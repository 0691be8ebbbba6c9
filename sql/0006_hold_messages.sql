-- What was said, the files that came along, and what the team adds around it.

create table conversation_messages (
    id uuid primary key default gen_random_uuid(),
    user_id uuid not null references users (id) on delete cascade,
    conversation_id uuid not null,
    direction text not null check (direction in ('inbound', 'outbound')),
    origin text not null check (origin in ('customer', 'member', 'assistant', 'elsewhere')),
    platform_message_id text,
    sender_id text,
    text text,
    message_type text not null default 'text' check (message_type in (
        'text', 'image', 'audio', 'video', 'document', 'sticker', 'location', 'contacts',
        'interactive', 'button', 'order', 'template', 'share', 'story_mention', 'story_reply',
        'postback', 'system', 'unsupported')),
    media_url text,
    metadata jsonb not null default '{}',
    quoted_platform_id text,
    reactions text[] not null default '{}',
    triage text check (triage in ('ignore', 'escalate', 'auto_reply')),
    confidence numeric(4, 3) check (confidence between 0 and 1),
    ai_decision_id uuid,
    seq bigint,
    delivery text check (delivery in (
        'queued', 'sending', 'accepted', 'delivered', 'read', 'failed', 'uncertain', 'held',
        'cancelled')),
    failure text,
    sent_by uuid,
    platform_at timestamptz not null default now(),
    delivered_at timestamptz,
    read_at timestamptz,
    edited_at timestamptz,
    deleted_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (conversation_id, platform_message_id),
    unique (user_id, id),
    check ((direction = 'inbound') = (origin = 'customer')),
    foreign key (user_id, conversation_id)
        references conversations (user_id, id) on delete cascade,
    foreign key (user_id, ai_decision_id)
        references ai_decisions (user_id, id) on delete set null (ai_decision_id),
    foreign key (user_id, sent_by)
        references team_members (tenant_id, user_id) on delete set null (sent_by)
);
create index idx_messages_conversation on conversation_messages (conversation_id, created_at desc);
create index idx_messages_platform on conversation_messages (platform_message_id);
create index idx_messages_thread
    on conversation_messages (user_id, conversation_id, platform_at desc, id desc);
create index idx_messages_decision on conversation_messages (user_id, ai_decision_id)
    where ai_decision_id is not null;
create index idx_messages_sent_by on conversation_messages (user_id, sent_by)
    where sent_by is not null;

create table blobs (
    id uuid primary key default gen_random_uuid(),
    tenant_id uuid not null references users (id) on delete cascade,
    content bytea not null,
    size_bytes bigint not null check (size_bytes = octet_length(content)),
    sha256 bytea not null check (octet_length(sha256) = 32),
    mime_type text not null,
    created_at timestamptz not null default now(),
    unique (tenant_id, id)
);
alter table blobs alter column content set storage external;
create index idx_blobs_sha256 on blobs (tenant_id, sha256);

-- `message_id` is null while a member's upload waits to be sent.
create table attachments (
    id uuid primary key default gen_random_uuid(),
    tenant_id uuid not null references users (id) on delete cascade,
    message_id uuid,
    kind text not null check (kind in ('image', 'audio', 'video', 'document', 'sticker')),
    state text not null default 'pending' check (state in ('pending', 'stored', 'failed')),
    mime_type text,
    file_name text,
    size_bytes bigint,
    sha256 text,
    platform_media_id text,
    source_url text,
    error text,
    blob_id uuid,
    created_at timestamptz not null default now(),
    unique (tenant_id, id),
    check (state <> 'stored' or blob_id is not null),
    foreign key (tenant_id, message_id)
        references conversation_messages (user_id, id) on delete cascade,
    foreign key (tenant_id, blob_id) references blobs (tenant_id, id)
);
create index idx_attachments_message on attachments (tenant_id, message_id);
create index idx_attachments_pending on attachments (tenant_id, created_at)
    where state = 'pending';
create index idx_attachments_blob on attachments (tenant_id, blob_id) where blob_id is not null;

create table ai_triage_rules_advanced (
    id uuid primary key default gen_random_uuid(),
    user_id uuid not null references users (id) on delete cascade,
    message_id uuid not null,
    triage text not null check (triage in ('ignore', 'escalate', 'auto_reply')),
    confidence numeric(4, 3) check (confidence between 0 and 1),
    rule_id uuid,
    triage_rule_id uuid,
    reason text,
    snapshot_json jsonb not null default '{}',
    created_at timestamptz not null default now(),
    foreign key (user_id, message_id)
        references conversation_messages (user_id, id) on delete cascade,
    foreign key (user_id, rule_id)
        references ai_rules (user_id, id) on delete set null (rule_id),
    foreign key (user_id, triage_rule_id)
        references triage_rules (tenant_id, id) on delete set null (triage_rule_id)
);
create index idx_triage_log_message on ai_triage_rules_advanced (user_id, message_id);

create table drafts (
    id uuid primary key default gen_random_uuid(),
    tenant_id uuid not null references users (id) on delete cascade,
    conversation_id uuid not null,
    decision_id uuid not null,
    text text not null check (text <> ''),
    citations jsonb not null default '[]',
    confidence numeric(4, 3) not null check (confidence between 0 and 1),
    threshold numeric(4, 3) not null check (threshold between 0 and 1),
    state text not null default 'open' check (
        state in ('open', 'approved', 'edited', 'dismissed', 'superseded')),
    epoch bigint not null,
    newest_inbound_id uuid not null,
    decided_by uuid,
    decided_at timestamptz,
    created_at timestamptz not null default now(),
    unique (tenant_id, id),
    foreign key (tenant_id, conversation_id)
        references conversations (user_id, id) on delete cascade,
    foreign key (tenant_id, decision_id)
        references ai_decisions (user_id, id) on delete cascade,
    foreign key (tenant_id, newest_inbound_id)
        references conversation_messages (user_id, id) on delete cascade,
    foreign key (tenant_id, decided_by)
        references team_members (tenant_id, user_id) on delete set null (decided_by)
);
create unique index drafts_one_open on drafts (tenant_id, conversation_id) where state = 'open';
create index idx_drafts_conversation on drafts (tenant_id, conversation_id, created_at desc);
create index idx_drafts_decision on drafts (tenant_id, decision_id);

create table support_escalations (
    id uuid primary key default gen_random_uuid(),
    user_id uuid not null references users (id) on delete cascade,
    conversation_id uuid not null,
    decision_id uuid,
    message_id uuid,
    reason text not null check (reason in (
        'customer_request', 'low_confidence', 'manual_escalation', 'missing_knowledge',
        'policy', 'tool_failure', 'usage_limit')),
    status text not null default 'open' check (status in ('open', 'in_progress', 'resolved')),
    summary text not null default '',
    assigned_to uuid,
    resolved_at timestamptz,
    notes text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (user_id, id),
    foreign key (user_id, conversation_id)
        references conversations (user_id, id) on delete cascade,
    foreign key (user_id, decision_id)
        references ai_decisions (user_id, id) on delete set null (decision_id),
    foreign key (user_id, message_id)
        references conversation_messages (user_id, id) on delete set null (message_id),
    foreign key (user_id, assigned_to)
        references team_members (tenant_id, user_id) on delete set null (assigned_to)
);
-- A conversation waits for one person at a time.
create unique index support_escalations_one_open
    on support_escalations (user_id, conversation_id) where status <> 'resolved';
create index idx_escalations_queue on support_escalations (user_id, status, created_at);

create table composer_drafts (
    tenant_id uuid not null references users (id) on delete cascade,
    conversation_id uuid not null,
    user_id uuid not null,
    text text not null,
    updated_at timestamptz not null default now(),
    primary key (tenant_id, conversation_id, user_id),
    foreign key (tenant_id, conversation_id)
        references conversations (user_id, id) on delete cascade,
    foreign key (tenant_id, user_id)
        references team_members (tenant_id, user_id) on delete cascade
);

create table notes (
    id uuid primary key default gen_random_uuid(),
    tenant_id uuid not null references users (id) on delete cascade,
    conversation_id uuid not null,
    author_user_id uuid,
    text text not null check (text <> ''),
    created_at timestamptz not null default now(),
    unique (tenant_id, id),
    foreign key (tenant_id, conversation_id)
        references conversations (user_id, id) on delete cascade,
    foreign key (tenant_id, author_user_id)
        references team_members (tenant_id, user_id) on delete set null (author_user_id)
);
create index idx_notes_conversation on notes (tenant_id, conversation_id, created_at);

create table labels (
    id uuid primary key default gen_random_uuid(),
    tenant_id uuid not null references users (id) on delete cascade,
    name text not null check (name <> ''),
    colour text not null default 'neutral',
    created_at timestamptz not null default now(),
    unique (tenant_id, name),
    unique (tenant_id, id)
);

create table conversation_labels (
    tenant_id uuid not null references users (id) on delete cascade,
    conversation_id uuid not null,
    label_id uuid not null,
    created_at timestamptz not null default now(),
    primary key (tenant_id, conversation_id, label_id),
    foreign key (tenant_id, conversation_id)
        references conversations (user_id, id) on delete cascade,
    foreign key (tenant_id, label_id) references labels (tenant_id, id) on delete cascade
);
create index idx_conversation_labels_label on conversation_labels (tenant_id, label_id);

create table saved_replies (
    id uuid primary key default gen_random_uuid(),
    tenant_id uuid not null references users (id) on delete cascade,
    shortcut text not null check (shortcut <> ''),
    title text not null,
    text text not null check (text <> ''),
    lang_code text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (tenant_id, shortcut),
    unique (tenant_id, id)
);
