-- What a tenant has paid for, and what the assistant's work has cost.
-- `credit_transactions` is the ledger: rows are added, never changed, and their sum is
-- the balance in `user_credits`.

create table user_subscriptions (
    id uuid primary key default gen_random_uuid(),
    user_id uuid not null references users (id) on delete cascade,
    plan_name text not null check (plan_name in ('free', 'starter', 'pro', 'enterprise')),
    stripe_subscription_id text,
    status text not null default 'active' check (status in ('active', 'canceled', 'past_due')),
    current_period_start timestamptz,
    current_period_end timestamptz,
    storage_limit_mb numeric(10, 2),
    storage_used_mb numeric(10, 2) not null default 0,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (user_id, stripe_subscription_id)
);

create table user_credits (
    user_id uuid primary key references users (id) on delete cascade,
    credits_remaining int not null default 0,
    credits_total int not null default 0,
    last_reset_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);

create table credit_transactions (
    id uuid primary key default gen_random_uuid(),
    user_id uuid not null references users (id) on delete cascade,
    amount int not null,
    reason text not null,
    kind text not null,
    source_id uuid not null,
    metadata jsonb not null default '{}',
    created_at timestamptz not null default now(),
    unique (user_id, kind, source_id)
);
create index idx_credit_transactions_user on credit_transactions (user_id, created_at desc);

-- Stripe's catalogue, mirrored by its webhooks; the same for every tenant.
create table products (
    id text primary key,
    active boolean not null default true,
    name text not null,
    description text,
    metadata jsonb not null default '{}',
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);

create table prices (
    id text primary key,
    product_id text not null references products (id) on delete cascade,
    active boolean not null default true,
    currency text not null,
    unit_amount bigint,
    recurring_interval text check (recurring_interval in ('day', 'week', 'month', 'year')),
    metadata jsonb not null default '{}',
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
create index idx_prices_product on prices (product_id);
