-- What must be provable later, who listens where, and which processes live.

-- Each row holds the hash of the one before it: a row changed or removed behind the
-- application's back breaks the chain from there on.
create table audit_log (
    tenant_id uuid not null references users (id) on delete cascade,
    seq bigint not null,
    actor_user_id uuid,
    actor_login name not null default session_user,
    action text not null check (action <> ''),
    subject_kind text not null,
    subject_id uuid,
    detail jsonb not null default '{}',
    previous_hash bytea not null,
    hash bytea not null,
    created_at timestamptz not null default now(),
    primary key (tenant_id, seq)
);

create function app.chain_audit_row() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
    last record;
begin
    -- The tenant's row is the one thing all its writers can queue at.
    perform 1 from public.notices_channels n where n.tenant_id = new.tenant_id for update;
    select a.seq, a.hash into last
      from public.audit_log a where a.tenant_id = new.tenant_id
     order by a.seq desc limit 1;
    new.seq := coalesce(last.seq, 0) + 1;
    new.created_at := pg_catalog.clock_timestamp();
    new.actor_login := session_user;
    new.actor_user_id := app.uid();
    new.previous_hash := coalesce(last.hash, ''::bytea);
    new.hash := pg_catalog.sha256(new.previous_hash || pg_catalog.convert_to(
        pg_catalog.jsonb_build_array(
            new.tenant_id, new.seq, new.actor_user_id, new.actor_login, new.action,
            new.subject_kind, new.subject_id, new.detail,
            pg_catalog.date_part('epoch', new.created_at))::text, 'UTF8'));
    return new;
end $$;
create trigger audit_log_chain
    before insert on audit_log for each row execute function app.chain_audit_row();

-- What was erased, as a keyed hash: enough to keep a replay from bringing it back.
create table tombstones (
    tenant_id uuid not null references users (id) on delete cascade,
    kind text not null,
    subject_hash bytea not null,
    created_at timestamptz not null default now(),
    primary key (tenant_id, kind, subject_hash)
);

-- Notices go to a channel whose name only the tenant's members can read.
create table notices_channels (
    tenant_id uuid primary key references users (id) on delete cascade,
    channel text not null unique check (channel ~ '^n_[0-9a-f]{32}$')
);

-- One holder at a time; every write of a leader names its epoch.
create table app_private.leader (
    name text primary key,
    holder uuid not null,
    epoch bigint not null default 1,
    expires_at timestamptz not null
);

create table app_private.workers (
    id uuid primary key,
    kind text not null,
    host text not null,
    pid int not null,
    beat_at timestamptz not null default now()
);

-- Which background jobs a login may put into the queue, and from which role on; null is
-- for services alone.
create table app_private.deferrable_job (
    job text primary key,
    queue text not null,
    min_role text check (min_role in ('agent', 'admin', 'owner'))
);

insert into app_private.deferrable_job (job, queue, min_role) values
    ('fetch_media', 'media', null),
    ('refresh_token', 'channels', null),
    ('roll_up_kpis', 'insights', null),
    ('find_clusters', 'insights', null),
    ('ingest_document', 'knowledge', 'admin'),
    ('index_faq', 'knowledge', 'admin'),
    ('reembed_knowledge', 'knowledge', 'admin'),
    ('rehearse_rules', 'knowledge', 'admin'),
    ('export_customer', 'people', 'admin'),
    ('erase_customer', 'people', 'owner');
