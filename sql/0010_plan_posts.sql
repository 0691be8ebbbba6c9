-- Posts that publish themselves, and each attempt to do so.
-- A repeated post keeps its own time zone: an occurrence is a local time, and runs once.

create table scheduled_posts (
    id uuid primary key default gen_random_uuid(),
    user_id uuid not null references users (id) on delete cascade,
    channel_id uuid not null,
    platform text not null check (
        platform in ('whatsapp', 'instagram', 'facebook', 'x', 'linkedin', 'sandbox')),
    content_json jsonb not null,
    publish_at timestamptz not null,
    rrule text,
    time_zone text not null default 'UTC',
    status text not null default 'queued' check (status in (
        'draft', 'queued', 'publishing', 'published', 'failed', 'cancelled', 'skipped',
        'uncertain')),
    platform_post_id text,
    error_message text,
    retry_count int not null default 0,
    created_by uuid,
    fence bigint,
    lease_until timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (user_id, id),
    foreign key (user_id, channel_id)
        references social_accounts (user_id, id) on delete cascade,
    foreign key (user_id, created_by)
        references team_members (tenant_id, user_id) on delete set null (created_by)
);
create index idx_scheduled_posts_publish on scheduled_posts (publish_at, status)
    where status in ('queued', 'publishing');
create index idx_scheduled_posts_user on scheduled_posts (user_id, created_at desc);
create index idx_scheduled_posts_channel on scheduled_posts (channel_id, created_at desc);
create index idx_scheduled_posts_platform on scheduled_posts (platform, status);

create table post_runs (
    id uuid primary key default gen_random_uuid(),
    user_id uuid not null references users (id) on delete cascade,
    scheduled_post_id uuid not null,
    occurrence text not null,
    started_at timestamptz not null default now(),
    finished_at timestamptz,
    status text not null default 'running' check (
        status in ('running', 'success', 'failed', 'uncertain')),
    error text,
    platform_post_id text,
    created_at timestamptz not null default now(),
    unique (scheduled_post_id, occurrence),
    foreign key (user_id, scheduled_post_id)
        references scheduled_posts (user_id, id) on delete cascade
);
create index idx_post_runs_scheduled_post on post_runs (scheduled_post_id, created_at desc);
create index idx_post_runs_tenant on post_runs (user_id, scheduled_post_id);
