-- Channels, the people who write on them, and the conversations of the inbox.
-- Every child carries its tenant, and points at its parent by both: a row cannot be hung
-- under somebody else's, whatever id is guessed.

create table social_accounts (
    id uuid primary key default gen_random_uuid(),
    user_id uuid not null references users (id) on delete cascade,
    platform text not null check (
        platform in ('whatsapp', 'instagram', 'facebook', 'x', 'linkedin', 'sandbox')),
    account_id text not null,
    account_name text not null,
    access_token text,
    refresh_token text,
    token_expires_at timestamptz,
    scopes text[] not null default '{}',
    metadata jsonb not null default '{}',
    status text not null default 'active' check (status in ('active', 'expired', 'revoked')),
    assistant_mode text not null default 'draft' check (
        assistant_mode in ('off', 'draft', 'auto')),
    paused_reason text,
    paused_at timestamptz,
    last_inbound_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (user_id, platform, account_id),
    unique (user_id, id)
);
create index idx_social_accounts_user on social_accounts (user_id);
create index idx_social_accounts_platform on social_accounts (platform, account_id);

-- One human being over several channels.
create table people (
    id uuid primary key default gen_random_uuid(),
    tenant_id uuid not null references users (id) on delete cascade,
    display_name text not null,
    created_at timestamptz not null default now(),
    unique (tenant_id, id)
);

create table customers (
    id uuid primary key default gen_random_uuid(),
    user_id uuid not null references users (id) on delete cascade,
    social_account_id uuid not null,
    person_id uuid,
    platform_customer_id text not null,
    other_ids text[] not null default '{}',
    name text,
    username text,
    phone_number text,
    email text,
    profile_pic_url text,
    lang_code text,
    metadata jsonb not null default '{}',
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (social_account_id, platform_customer_id),
    unique (user_id, id),
    foreign key (user_id, social_account_id)
        references social_accounts (user_id, id) on delete cascade,
    foreign key (user_id, person_id)
        references people (tenant_id, id) on delete set null (person_id)
);
create index idx_customers_name on customers using gin (
    (coalesce(name, '') || ' ' || coalesce(username, '') || ' ' || coalesce(phone_number, ''))
    gin_trgm_ops);
create index idx_customers_person on customers (user_id, person_id) where person_id is not null;

-- `epoch` rises with every act of a person that must silence the assistant; `next_seq`
-- numbers what we say. Both change only while this row is locked.
create table conversations (
    id uuid primary key default gen_random_uuid(),
    user_id uuid not null references users (id) on delete cascade,
    social_account_id uuid not null,
    customer_id uuid not null,
    platform text not null check (
        platform in ('whatsapp', 'instagram', 'facebook', 'x', 'linkedin', 'sandbox')),
    status text not null default 'active' check (status in ('active', 'archived', 'escalated')),
    last_message_at timestamptz not null default now(),
    assignee_user_id uuid,
    metadata jsonb not null default '{}',
    unread_count int not null default 0 check (unread_count >= 0),
    last_preview text,
    last_direction text check (last_direction in ('inbound', 'outbound')),
    last_inbound_at timestamptz,
    reply_window_ends_at timestamptz,
    snoozed_until timestamptz,
    priority smallint not null default 0,
    lang_code text,
    epoch bigint not null default 0,
    next_seq bigint not null default 1,
    assistant_paused boolean not null default false,
    assistant_state text check (
        assistant_state in ('answered', 'drafted', 'ignored', 'escalated', 'thinking')),
    assistant_due_at timestamptz,
    assistant_first_due_at timestamptz,
    assistant_fence bigint,
    assistant_lease_until timestamptz,
    assistant_attempt int not null default 0,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (social_account_id, customer_id),
    unique (user_id, id),
    foreign key (user_id, social_account_id)
        references social_accounts (user_id, id) on delete cascade,
    foreign key (user_id, customer_id) references customers (user_id, id) on delete cascade,
    foreign key (user_id, assignee_user_id)
        references team_members (tenant_id, user_id) on delete set null (assignee_user_id)
);
create index idx_conversations_social_account
    on conversations (social_account_id, last_message_at desc);
create index idx_conversations_status on conversations (status, last_message_at desc);
create index idx_conversations_inbox
    on conversations (user_id, status, last_message_at desc, id desc);
create index idx_conversations_open
    on conversations (user_id, last_message_at desc, id desc) where status <> 'archived';
create index idx_conversations_assignee
    on conversations (user_id, assignee_user_id, last_message_at desc, id desc)
    where assignee_user_id is not null;
create index idx_conversations_waiting
    on conversations (user_id, last_message_at desc, id desc)
    where unread_count > 0 or assistant_state = 'drafted';
create index idx_conversations_customer on conversations (user_id, customer_id);
-- Under the claim of the assistant's due rows.
create index idx_conversations_assistant_due
    on conversations (assistant_due_at)
    where assistant_due_at is not null and status = 'active' and not assistant_paused;
