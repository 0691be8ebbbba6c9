-- Figures about the inbox, rolled up so that the insights never count messages.

create table analytics (
    id uuid primary key default gen_random_uuid(),
    user_id uuid not null unique references users (id) on delete cascade,
    total_messages int not null default 0,
    total_conversations int not null default 0,
    auto_replies_sent int not null default 0,
    avg_response_time_seconds int,
    last_calculated_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);

create table analytics_history (
    id uuid primary key default gen_random_uuid(),
    user_id uuid not null references users (id) on delete cascade,
    date date not null,
    messages_count int not null default 0,
    conversations_count int not null default 0,
    auto_replies_count int not null default 0,
    avg_response_time_seconds int,
    created_at timestamptz not null default now(),
    unique (user_id, date)
);
create index idx_analytics_history_user_date on analytics_history (user_id, date desc);

create table kpi_2h (
    id uuid primary key default gen_random_uuid(),
    tenant_id uuid not null references users (id) on delete cascade,
    window_start timestamptz not null,
    window_end timestamptz not null,
    messages_count int not null default 0,
    comments_count int not null default 0,
    frt_p50_seconds int,
    auto_reply_rate numeric(4, 3) check (auto_reply_rate between 0 and 1),
    escalate_count int not null default 0,
    ignored_count int not null default 0,
    posts_active int not null default 0,
    updated_at timestamptz not null default now(),
    unique (tenant_id, window_start),
    check (window_end > window_start)
);

create table clusters (
    id uuid primary key default gen_random_uuid(),
    tenant_id uuid not null references users (id) on delete cascade,
    scope text not null check (scope in ('global', 'post')),
    scope_ref uuid,
    algo text not null default 'hdbscan',
    label text not null,
    size int not null default 0,
    created_at timestamptz not null default now(),
    unique (tenant_id, id),
    check ((scope = 'post') = (scope_ref is not null)),
    foreign key (tenant_id, scope_ref)
        references monitored_posts (user_id, id) on delete cascade
);
create index idx_clusters_tenant on clusters (tenant_id, created_at desc);

create table cluster_items (
    id uuid primary key default gen_random_uuid(),
    user_id uuid not null references users (id) on delete cascade,
    cluster_id uuid not null,
    message_id uuid,
    comment_id uuid,
    created_at timestamptz not null default now(),
    check (message_id is not null or comment_id is not null),
    foreign key (user_id, cluster_id) references clusters (tenant_id, id) on delete cascade,
    foreign key (user_id, message_id)
        references conversation_messages (user_id, id) on delete cascade,
    foreign key (user_id, comment_id) references comments (user_id, id) on delete cascade
);
create index idx_cluster_items_cluster on cluster_items (user_id, cluster_id);
create index idx_cluster_items_message on cluster_items (user_id, message_id)
    where message_id is not null;
create index idx_cluster_items_comment on cluster_items (user_id, comment_id)
    where comment_id is not null;
