-- Keep channels alive: when each was last looked at and with what result, when its token is
-- to be renewed, and what may have been missed while nobody listened. A channel that is
-- removed keeps its conversations; only its token goes. Looks and renewals are due rows:
-- one companion at a time, under a lease and a fence.

-- Bodies of functions are checked against tables with policies; no row is read here.
set local row_security = on;

alter table social_accounts
    -- By the database's clock, so that a refusal of the token before can be told apart.
    add column token_changed_at timestamptz,
    add column removed_at timestamptz;
grant select (token_changed_at, removed_at) on social_accounts to app_member, app_assistant;
grant update (token_changed_at, removed_at) on social_accounts to app_member;

-- Removing a channel is the owner's, as deleting its row is.
create function app.owner_removes_channels() returns trigger
language plpgsql set search_path = '' as $$
begin
    if new.removed_at is not null and old.removed_at is null
       and app.uid() is not null and not app.has_role(new.user_id, 'owner')
    then
        raise exception 'only the owner of an inbox removes a channel'
            using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
create trigger social_accounts_owner_removes
    before update of removed_at on social_accounts
    for each row execute function app.owner_removes_channels();

-- The result of the last look stands beside when the next is due. `missed` counts customers'
-- messages that a look found and no webhook had brought, `usual_silence` is the longest quiet
-- time of the last weeks in seconds. `renew_begun_at` is set while a renewal is under way: one
-- that is found set has lost its answer.
create table channel_health (
    tenant_id uuid not null references users (id) on delete cascade,
    channel_id uuid not null,
    look_due_at timestamptz not null default now(),
    look_lease_until timestamptz,
    look_fence bigint not null default 0,
    looked_at timestamptz,
    trouble text,
    missing_scopes text[] not null default '{}',
    fields text[] not null default '{}',
    missing_fields text[] not null default '{}',
    subscribed boolean,
    reachable boolean,
    unreachable_why text,
    polled_until timestamptz not null default now(),
    missed int not null default 0 check (missed >= 0),
    missed_at timestamptz,
    usual_silence float8,
    usual_at timestamptz,
    renew_due_at timestamptz,
    renew_lease_until timestamptz,
    renew_fence bigint not null default 0,
    renew_begun_at timestamptz,
    renew_lost int not null default 0 check (renew_lost >= 0),
    renewed_at timestamptz,
    primary key (tenant_id, channel_id),
    foreign key (tenant_id, channel_id)
        references social_accounts (user_id, id) on delete cascade
);
create index idx_channel_health_look on channel_health (look_due_at);
create index idx_channel_health_renew on channel_health (renew_due_at)
    where renew_due_at is not null;

alter table channel_health enable row level security;
alter table channel_health force row level security;
grant select, insert on channel_health to app_member;
grant update (look_due_at, looked_at, trouble, missing_scopes, fields, missing_fields,
    subscribed, polled_until, missed, missed_at, renew_due_at, renew_begun_at, renew_lost,
    renewed_at) on channel_health to app_member;
grant select, insert, update on channel_health to app_service;
create policy "Users can view own channel_health" on channel_health
    for select to app_member
    using (tenant_id = any (array(select app.tenants('agent'))));
create policy "Admins can insert own channel_health" on channel_health
    for insert to app_member
    with check (tenant_id = any (array(select app.tenants('admin'))));
create policy "Admins can update own channel_health" on channel_health
    for update to app_member
    using (tenant_id = any (array(select app.tenants('admin'))))
    with check (tenant_id = any (array(select app.tenants('admin'))));
create policy "Service role works on own channel_health" on channel_health
    for all to app_service
    using (tenant_id = (select app.job_tenant()))
    with check (tenant_id = (select app.job_tenant()));

-- A time in which nobody listened. `open` until the channel has been asked for what was
-- missed, `closed` once all of it is here, `possible` where the platform cannot tell.
create table channel_gaps (
    id uuid primary key default gen_random_uuid(),
    tenant_id uuid not null references users (id) on delete cascade,
    channel_id uuid not null,
    from_at timestamptz not null,
    to_at timestamptz not null,
    state text not null default 'open' check (state in ('open', 'closed', 'possible')),
    found int not null default 0 check (found >= 0),
    seen_at timestamptz,
    created_at timestamptz not null default now(),
    unique (tenant_id, channel_id, from_at),
    check (from_at < to_at),
    foreign key (tenant_id, channel_id)
        references social_accounts (user_id, id) on delete cascade
);

alter table channel_gaps enable row level security;
alter table channel_gaps force row level security;
grant select on channel_gaps to app_member;
grant update (seen_at) on channel_gaps to app_member;
grant select, insert, update on channel_gaps to app_service;
create policy "Users can view own channel_gaps" on channel_gaps
    for select to app_member
    using (tenant_id = any (array(select app.tenants('agent'))));
create policy "Users can update own channel_gaps" on channel_gaps
    for update to app_member
    using (tenant_id = any (array(select app.tenants('agent'))))
    with check (tenant_id = any (array(select app.tenants('agent'))));
create policy "Service role works on own channel_gaps" on channel_gaps
    for all to app_service
    using (tenant_id = (select app.job_tenant()))
    with check (tenant_id = (select app.job_tenant()));

-- What the companion can open: a member seals a token to the newest of these, on a machine
-- whose own key the companion does not have.
create table companion_keys (
    id uuid primary key default gen_random_uuid(),
    public_key bytea not null unique check (length(public_key) = 32),
    published_at timestamptz not null default now()
);
alter table companion_keys enable row level security;
alter table companion_keys force row level security;
grant select on companion_keys to app_member;
grant select, insert, update on companion_keys to app_service;
create policy "Members can view companion_keys" on companion_keys
    for select to app_member using (true);
create policy "Service role keeps companion_keys" on companion_keys
    for all to app_service using (true) with check (true);

create policy "Claims reach the health of every channel" on channel_health
    for all to app_claimer using (true) with check (true);
-- What the heartbeat, a function of app_owner, marks when nobody has listened.
create policy "The heartbeat knows every channel" on social_accounts
    for select to app_owner using (true);
create policy "The heartbeat has every channel looked at" on channel_health
    for all to app_owner using (true) with check (true);
create policy "The heartbeat marks every silence" on channel_gaps
    for all to app_owner using (true) with check (true);
grant select (tenant_id, channel_id, look_due_at, look_lease_until, look_fence, renew_due_at,
              renew_lease_until, renew_fence),
      insert (tenant_id, channel_id),
      update (look_lease_until, look_fence, renew_lease_until, renew_fence)
    on channel_health to app_claimer;
grant select (removed_at, access_token) on social_accounts to app_claimer;
grant create on schema app to app_claimer;

-- Channels to look at. One without a row gets it here, so that no channel is forgotten; one
-- that was removed is looked at until its token is gone.
create function app.claim_looks_v1(p_limit int, p_lease_seconds int)
returns table (tenant_id uuid, channel_id uuid, fence bigint)
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
begin
    insert into public.channel_health (tenant_id, channel_id)
    select a.user_id, a.id from public.social_accounts a
     where not exists (select 1 from public.channel_health h
                        where h.tenant_id = a.user_id and h.channel_id = a.id)
        on conflict do nothing;
    return query
    with due as (
        select h.tenant_id, h.channel_id from public.channel_health h
          join public.social_accounts a on a.user_id = h.tenant_id and a.id = h.channel_id
         where h.look_due_at <= pg_catalog.now()
           and (h.look_lease_until is null or h.look_lease_until < pg_catalog.now())
           and (a.removed_at is null or a.access_token is not null)
         order by h.look_due_at
         limit p_limit for update of h skip locked)
    update public.channel_health h
       set look_fence = pg_catalog.nextval('app.fence'),
           look_lease_until =
               pg_catalog.now() + pg_catalog.make_interval(secs => p_lease_seconds)
      from due where h.tenant_id = due.tenant_id and h.channel_id = due.channel_id
    returning h.tenant_id, h.channel_id, h.look_fence;
end $$;

create function app.claim_renewals_v1(p_limit int, p_lease_seconds int)
returns table (tenant_id uuid, channel_id uuid, fence bigint)
language sql security definer set search_path = '' as $$
    with due as (
        select h.tenant_id, h.channel_id from public.channel_health h
          join public.social_accounts a on a.user_id = h.tenant_id and a.id = h.channel_id
         where h.renew_due_at <= pg_catalog.now()
           and (h.renew_lease_until is null or h.renew_lease_until < pg_catalog.now())
           and a.removed_at is null
         order by h.renew_due_at
         limit p_limit for update of h skip locked)
    update public.channel_health h
       set renew_fence = pg_catalog.nextval('app.fence'),
           renew_lease_until =
               pg_catalog.now() + pg_catalog.make_interval(secs => p_lease_seconds)
      from due where h.tenant_id = due.tenant_id and h.channel_id = due.channel_id
    returning h.tenant_id, h.channel_id, h.renew_fence
$$;

-- A companion says that it lives. The first to do so after `p_silence_seconds` in which none
-- did marks the silence on every channel, and has all of them looked at, now.
create function app.beat_v2(
    p_id uuid, p_kind text, p_host text, p_pid int, p_silence_seconds int)
returns timestamptz
language plpgsql security definer set search_path = '' as $$
declare
    v_now timestamptz := pg_catalog.clock_timestamp();
    v_last timestamptz;
begin
    select pg_catalog.max(w.beat_at) into v_last
      from app_private.workers w where w.kind = p_kind;
    perform app.beat_v1(p_id, p_kind, p_host, p_pid);
    if v_last < v_now - pg_catalog.make_interval(secs => p_silence_seconds) then
        insert into public.channel_gaps (tenant_id, channel_id, from_at, to_at)
        select a.user_id, a.id, v_last, v_now from public.social_accounts a
         where a.removed_at is null
            on conflict do nothing;
        update public.channel_health h set look_due_at = v_now;
        perform app.wake_v1('looks');
        return v_last;
    end if;
    return null;
end $$;

grant execute on function app.claim_looks_v1(int, int), app.claim_renewals_v1(int, int),
    app.beat_v2(uuid, text, text, int, int) to app_service;
grant execute on function app.beat_v2(uuid, text, text, int, int) to app_assistant;

-- Last, because whoever gives a function away can no longer grant it.
alter function app.claim_looks_v1(int, int) owner to app_claimer;
alter function app.claim_renewals_v1(int, int) owner to app_claimer;
revoke create on schema app from app_claimer;
