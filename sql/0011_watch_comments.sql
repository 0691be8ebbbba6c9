-- What people say under our posts, and how far we have read.

create table monitored_posts (
    id uuid primary key default gen_random_uuid(),
    user_id uuid not null references users (id) on delete cascade,
    social_account_id uuid not null,
    platform text not null check (
        platform in ('whatsapp', 'instagram', 'facebook', 'x', 'linkedin', 'sandbox')),
    platform_post_id text not null,
    caption text,
    media_url text,
    music_title varchar(500),
    posted_at timestamptz,
    source text not null default 'imported' check (source in ('scheduled', 'imported', 'manual')),
    monitoring_enabled boolean not null default true,
    monitoring_started_at timestamptz,
    monitoring_ends_at timestamptz,
    last_check_at timestamptz,
    next_check_at timestamptz,
    fence bigint,
    lease_until timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (user_id, platform, platform_post_id),
    unique (user_id, id),
    foreign key (user_id, social_account_id)
        references social_accounts (user_id, id) on delete cascade
);
create index idx_monitored_posts_next_check on monitored_posts (next_check_at)
    where monitoring_enabled = true;
create index idx_monitored_posts_user on monitored_posts (user_id);
create index idx_monitored_posts_account on monitored_posts (social_account_id);

-- Without a channel the row is the tenant's default.
create table monitoring_rules (
    id uuid primary key default gen_random_uuid(),
    user_id uuid not null references users (id) on delete cascade,
    social_account_id uuid,
    auto_monitor_enabled boolean not null default true,
    auto_monitor_count int not null default 5 check (auto_monitor_count between 1 and 20),
    monitoring_duration_days int not null default 7 check (
        monitoring_duration_days between 1 and 30),
    ai_enabled_for_comments boolean not null default true,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique nulls not distinct (user_id, social_account_id),
    foreign key (user_id, social_account_id)
        references social_accounts (user_id, id) on delete cascade
);

create table comments (
    id uuid primary key default gen_random_uuid(),
    user_id uuid not null references users (id) on delete cascade,
    monitored_post_id uuid not null,
    platform_comment_id text not null,
    parent_id text,
    author_name text,
    author_id text,
    author_avatar_url text,
    text text,
    like_count integer not null default 0,
    triage text check (triage in ('respond', 'ignore', 'escalate', 'user_conversation')),
    ai_decision_id uuid,
    replied_at timestamptz,
    ai_reply_text text,
    deleted_at timestamptz,
    created_at timestamptz not null default now(),
    unique (monitored_post_id, platform_comment_id),
    unique (user_id, id),
    foreign key (user_id, monitored_post_id)
        references monitored_posts (user_id, id) on delete cascade,
    foreign key (user_id, ai_decision_id)
        references ai_decisions (user_id, id) on delete set null (ai_decision_id)
);
create index idx_comments_monitored_post on comments (monitored_post_id);
create index idx_comments_triage on comments (triage);
create index idx_comments_created_at on comments (created_at desc);
create index idx_comments_tenant on comments (user_id, monitored_post_id, created_at desc);
create index idx_comments_decision on comments (user_id, ai_decision_id)
    where ai_decision_id is not null;

create table comment_checkpoint (
    id uuid primary key default gen_random_uuid(),
    user_id uuid not null references users (id) on delete cascade,
    monitored_post_id uuid not null,
    last_cursor text,
    last_check_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (monitored_post_id),
    foreign key (user_id, monitored_post_id)
        references monitored_posts (user_id, id) on delete cascade
);
create index idx_comment_checkpoint_tenant on comment_checkpoint (user_id, monitored_post_id);
