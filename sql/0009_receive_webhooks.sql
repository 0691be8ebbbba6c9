-- What platforms told us, kept as it came before anybody answers 200.
-- The body's hash makes a redelivery a no-op at the door; `inbound_keys` makes each fact in
-- it happen once, for ever. A body has no tenant until its account has been found.

create table webhook_events (
    id uuid primary key default gen_random_uuid(),
    user_id uuid references users (id) on delete cascade,
    platform text not null check (platform in (
        'whatsapp', 'instagram', 'facebook', 'x', 'linkedin', 'sandbox', 'stripe')),
    event_type text,
    payload jsonb,
    body bytea not null,
    body_sha256 bytea not null check (octet_length(body_sha256) = 32),
    processed boolean not null default false,
    error text,
    state text not null default 'pending' check (state in ('pending', 'done', 'parked')),
    attempt int not null default 0,
    fence bigint,
    lease_until timestamptz,
    due_at timestamptz not null default now(),
    received_at timestamptz not null default now(),
    created_at timestamptz not null default now(),
    unique (platform, body_sha256),
    check (processed = (state = 'done'))
);
create index idx_webhooks_platform on webhook_events (platform, created_at desc);
create index idx_webhooks_processed on webhook_events (processed, created_at);
-- Under the claim, oldest first.
create index idx_webhooks_due on webhook_events (received_at, id) where state = 'pending';
create index idx_webhooks_parked on webhook_events (received_at) where state = 'parked';
create index idx_webhooks_tenant on webhook_events (user_id) where user_id is not null;

create table inbound_keys (
    tenant_id uuid not null references users (id) on delete cascade,
    channel_id uuid not null,
    kind text not null,
    platform_id text not null,
    sub text not null default '',
    event_id uuid not null,
    created_at timestamptz not null default now(),
    primary key (tenant_id, channel_id, kind, platform_id, sub),
    foreign key (tenant_id, channel_id)
        references social_accounts (user_id, id) on delete cascade
);

-- Statuses, edits and deletions that overtook their message.
create table waiting_updates (
    id uuid primary key default gen_random_uuid(),
    tenant_id uuid not null references users (id) on delete cascade,
    channel_id uuid not null,
    target_platform_id text not null,
    kind text not null,
    payload jsonb not null,
    at timestamptz not null,
    created_at timestamptz not null default now(),
    foreign key (tenant_id, channel_id)
        references social_accounts (user_id, id) on delete cascade
);
create index idx_waiting_updates_target
    on waiting_updates (tenant_id, channel_id, target_platform_id);
