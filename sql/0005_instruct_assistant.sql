-- What the owner allows the assistant, and the record of what it decided.

create table ai_models (
    id uuid primary key default gen_random_uuid(),
    name text not null,
    provider text not null check (provider in ('local', 'openai', 'anthropic')),
    description text,
    input_cost_per_1k numeric(10, 6) not null default 0,
    output_cost_per_1k numeric(10, 6) not null default 0,
    context_window int,
    is_active boolean not null default true,
    created_at timestamptz not null default now(),
    unique (provider, name)
);

create table ai_settings (
    id uuid primary key default gen_random_uuid(),
    user_id uuid not null unique references users (id) on delete cascade,
    model_id uuid references ai_models (id) on delete set null,
    system_prompt text,
    temperature numeric(3, 2) not null default 0.7 check (temperature between 0 and 2),
    max_tokens int not null default 500 check (max_tokens > 0),
    doc_lang text[] not null default '{}',
    reply_lang text,
    ai_enabled_for_conversations boolean not null default true,
    auto_reply_enabled boolean not null default true,
    auto_reply_threshold numeric(4, 3) not null default 0.800 check (
        auto_reply_threshold between 0 and 1),
    embedder text not null default 'minilm-l6-v2-int8',
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (user_id, id)
);
create index idx_ai_settings_model on ai_settings (model_id);

create table ai_rules (
    id uuid primary key default gen_random_uuid(),
    user_id uuid not null unique references users (id) on delete cascade,
    instructions text not null default '',
    ignore_examples text[] not null default '{}',
    allow_listed_links text[] not null default '{}',
    ai_control_enabled boolean not null default true,
    version bigint not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (user_id, id)
);
create index idx_ai_rules_user on ai_rules (user_id);

-- Conditions the owner can state exactly; each match is logged in ai_triage_rules_advanced.
create table triage_rules (
    id uuid primary key default gen_random_uuid(),
    tenant_id uuid not null references users (id) on delete cascade,
    rules_id uuid not null,
    name text not null,
    position int not null default 0,
    conditions jsonb not null default '{}',
    triage text not null check (triage in ('ignore', 'escalate', 'auto_reply')),
    enabled boolean not null default true,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (tenant_id, id),
    foreign key (tenant_id, rules_id) references ai_rules (user_id, id) on delete cascade
);
create index idx_triage_rules_order on triage_rules (tenant_id, position);
create index idx_triage_rules_rules on triage_rules (tenant_id, rules_id);

create table ai_decisions (
    id uuid primary key default gen_random_uuid(),
    user_id uuid not null references users (id) on delete cascade,
    conversation_id uuid,
    message_id uuid,
    decision text not null check (decision in ('respond', 'ignore', 'escalate')),
    confidence numeric(4, 3) not null check (confidence between 0 and 1),
    reason text not null,
    matched_rule text,
    escalation_reason text check (escalation_reason in (
        'customer_request', 'low_confidence', 'manual_escalation', 'missing_knowledge',
        'policy', 'tool_failure', 'usage_limit')),
    message_text text check (char_length(message_text) <= 500),
    snapshot_json jsonb not null default '{}',
    epoch bigint,
    cost_credits int not null default 0 check (cost_credits >= 0),
    model text,
    duration_ms int check (duration_ms >= 0),
    decided_by text not null default 'assistant' check (decided_by in ('assistant', 'policy')),
    created_at timestamptz not null default now(),
    unique (user_id, id),
    foreign key (user_id, conversation_id)
        references conversations (user_id, id) on delete cascade
);
create index idx_ai_decisions_user on ai_decisions (user_id, created_at desc);
create index idx_ai_decisions_message on ai_decisions (message_id);
create index idx_ai_decisions_decision on ai_decisions (decision, created_at desc);
create index idx_ai_decisions_conversation
    on ai_decisions (user_id, conversation_id, created_at desc);

-- Whose run a LangGraph thread is; its own tables know only the thread.
create table assistant_threads (
    thread_id text primary key,
    tenant_id uuid not null references users (id) on delete cascade,
    conversation_id uuid,
    created_at timestamptz not null default now(),
    unique (tenant_id, thread_id),
    foreign key (tenant_id, conversation_id)
        references conversations (user_id, id) on delete cascade
);
create index idx_assistant_threads_conversation
    on assistant_threads (tenant_id, conversation_id);

-- A member whose own machine has no model asks here; the assistant's loop answers.
create table assist_requests (
    id uuid primary key default gen_random_uuid(),
    tenant_id uuid not null references users (id) on delete cascade,
    requested_by uuid not null,
    kind text not null check (kind in ('search', 'ask', 'try', 'improve', 'translate', 'rehearse')),
    input jsonb not null,
    state text not null default 'pending' check (state in ('pending', 'done', 'failed')),
    answer jsonb,
    error text,
    attempt int not null default 0,
    fence bigint,
    lease_until timestamptz,
    due_at timestamptz not null default now(),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (tenant_id, id),
    foreign key (tenant_id, requested_by)
        references team_members (tenant_id, user_id) on delete cascade
);
create index idx_assist_requests_due on assist_requests (due_at) where state = 'pending';
create index idx_assist_requests_member on assist_requests (tenant_id, requested_by);
