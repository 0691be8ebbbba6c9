-- Answering in public: what we owe a comment, and what keeps it from leaving twice.
--
--     queued -> claimed -> sending -> accepted
--                  |          |-> failed
--                  |          `-> unknown -> accepted | needs_human
--                  `-> cancelled
--
-- A deed is a reply, a private reply, or an act on the comment itself. Hiding, showing and
-- removing may be repeated without harm, so that a lost answer to them is simply tried
-- again; a reply whose answer was lost is looked for, and after a while a person's to
-- settle. Deeds of one comment move one at a time, in the order they were asked for.

-- A new reference is checked against every row, which forced row security would hide.
alter table comments no force row level security;
alter table customers no force row level security;
alter table team_members no force row level security;
alter table comments
    add column kind text not null default 'comment' check (
        kind in ('comment', 'mention', 'quote')),
    add column own boolean not null default false,
    add column customer_id uuid,
    add column url text,
    add column platform_at timestamptz not null default now(),
    add column edited_at timestamptz,
    add column hidden_at timestamptz,
    add column shown_at timestamptz,
    add column private_reply_ends_at timestamptz,
    add column handled_at timestamptz,
    add column handled_by uuid,
    add foreign key (user_id, customer_id)
        references customers (user_id, id) on delete set null (customer_id),
    add foreign key (user_id, handled_by)
        references team_members (tenant_id, user_id) on delete set null (handled_by);
alter table comments force row level security;
alter table customers force row level security;
alter table team_members force row level security;
create index idx_comments_thread
    on comments (user_id, monitored_post_id, platform_at desc, id desc);
create index idx_comments_waiting on comments (user_id, platform_at desc, id desc)
    where not own and deleted_at is null and handled_at is null;
create index idx_comments_customer on comments (user_id, customer_id)
    where customer_id is not null;
create index idx_comments_handler on comments (user_id, handled_by)
    where handled_by is not null;

create table comment_deeds (
    id uuid primary key,
    tenant_id uuid not null references users (id) on delete cascade,
    comment_id uuid not null,
    channel_id uuid not null,
    kind text not null check (kind in ('reply', 'private_reply', 'hide', 'show', 'delete')),
    text text,
    state text not null default 'queued' check (state in (
        'queued', 'claimed', 'sending', 'accepted', 'failed', 'unknown', 'needs_human',
        'cancelled')),
    member_id uuid,
    attempt int not null default 0 check (attempt >= 0),
    fence bigint,
    lease_until timestamptz,
    due_at timestamptz not null default now(),
    claimed_by text,
    platform_id text,
    error_code text,
    error_title text,
    error_next text,
    sending_at timestamptz,
    unknown_at timestamptz,
    settled_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (tenant_id, id),
    check (state not in ('claimed', 'sending') or (fence is not null and lease_until is not null)),
    check ((kind in ('reply', 'private_reply')) = (coalesce(text, '') <> '')),
    foreign key (tenant_id, comment_id) references comments (user_id, id) on delete cascade,
    foreign key (tenant_id, channel_id)
        references social_accounts (user_id, id) on delete cascade,
    foreign key (tenant_id, member_id)
        references team_members (tenant_id, user_id) on delete set null (member_id)
);
create index idx_comment_deeds_comment on comment_deeds (tenant_id, comment_id, created_at, id);
create index idx_comment_deeds_channel on comment_deeds (tenant_id, channel_id);
create index idx_comment_deeds_member on comment_deeds (tenant_id, member_id)
    where member_id is not null;
create index idx_comment_deeds_due on comment_deeds (due_at, id) where state = 'queued';
create index idx_comment_deeds_leases on comment_deeds (lease_until)
    where state in ('claimed', 'sending');
create index idx_comment_deeds_unknown on comment_deeds (unknown_at) where state = 'unknown';
-- One private answer to a comment, for ever: the platforms allow no second (CONTRACTS 3.1, 4).
create unique index idx_comment_deeds_private on comment_deeds (tenant_id, comment_id)
    where kind = 'private_reply' and state not in ('failed', 'cancelled');
create trigger comment_deeds_touch before update on comment_deeds
    for each row execute function app.touch();

alter table comment_deeds enable row level security;
alter table comment_deeds force row level security;
grant select on comment_deeds to app_member;
grant select, update on comment_deeds to app_service;
create policy "Users can view own comment_deeds" on comment_deeds
    for select to app_member
    using (tenant_id = any (array(select app.tenants('agent'))));
create policy "Service role works on own comment_deeds" on comment_deeds
    for all to app_service
    using (tenant_id = (select app.job_tenant()))
    with check (tenant_id = (select app.job_tenant()));

-- Doors: members write nothing here themselves.
set local row_security = on;
create policy "Doors act on comments for whoever knocks" on comments
    for all to app_door
    using (user_id = any (array(select app.reachable_tenants())))
    with check (user_id = any (array(select app.reachable_tenants())));
create policy "Doors act on comment_deeds for whoever knocks" on comment_deeds
    for all to app_door
    using (tenant_id = any (array(select app.reachable_tenants())))
    with check (tenant_id = any (array(select app.reachable_tenants())));
create policy "Doors know whose post it is for whoever knocks" on monitored_posts
    for select to app_door
    using (user_id = any (array(select app.reachable_tenants())));
grant select, update on comments to app_door;
grant select, insert, update on comment_deeds to app_door;
grant select (id, user_id, social_account_id) on monitored_posts to app_door;
grant create on schema app to app_door;

-- Outcomes: enqueued, duplicate (this id was asked before), not_found, removed (the comment
-- is gone), window_closed and used (for a private reply).
create function app.enqueue_deed_v1(p_comment uuid, p_deed uuid, p_kind text, p_text text)
returns text
language plpgsql security definer set search_path = '' as $$
declare
    v_comment public.comments;
    v_channel uuid;
begin
    select c.* into v_comment from public.comments c
     where c.id = p_comment for no key update;
    if not found then
        return 'not_found';
    elsif exists (select 1 from public.comment_deeds d
                   where d.tenant_id = v_comment.user_id and d.id = p_deed) then
        return 'duplicate';
    elsif v_comment.deleted_at is not null then
        return 'removed';
    elsif p_kind = 'private_reply'
          and v_comment.private_reply_ends_at <= pg_catalog.clock_timestamp() then
        return 'window_closed';
    elsif p_kind = 'private_reply' and exists (
        select 1 from public.comment_deeds d
         where d.tenant_id = v_comment.user_id and d.comment_id = p_comment
           and d.kind = 'private_reply' and d.state not in ('failed', 'cancelled')) then
        return 'used';
    end if;
    select p.social_account_id into v_channel from public.monitored_posts p
     where p.user_id = v_comment.user_id and p.id = v_comment.monitored_post_id;
    insert into public.comment_deeds
        (id, tenant_id, comment_id, channel_id, kind, text, member_id)
    values
        (p_deed, v_comment.user_id, p_comment, v_channel, p_kind, nullif(p_text, ''),
         app.uid());
    if p_kind in ('reply', 'private_reply') and v_comment.handled_at is null then
        update public.comments c
           set handled_at = pg_catalog.clock_timestamp(), handled_by = app.uid()
         where c.user_id = v_comment.user_id and c.id = p_comment;
    end if;
    perform app_private.announce(v_comment.user_id, 'comment_changed', p_comment);
    perform app.wake_v1('comments');
    return 'enqueued';
end $$;

-- Takes back what has not left; a person may also say what became of an uncertain deed.
-- Outcomes: the new state, too_late, not_found.
create function app.settle_deed_v1(p_deed uuid, p_state text) returns text
language plpgsql security definer set search_path = '' as $$
declare
    v_deed public.comment_deeds;
begin
    if p_state not in ('cancelled', 'accepted', 'failed') then
        raise exception 'a deed is cancelled, or was accepted or failed, not %', p_state
            using errcode = 'invalid_parameter_value';
    end if;
    select d.* into v_deed from public.comment_deeds d where d.id = p_deed for no key update;
    if not found then
        return 'not_found';
    elsif (p_state = 'cancelled' and v_deed.state not in ('queued', 'claimed'))
          or (p_state <> 'cancelled' and v_deed.state not in ('unknown', 'needs_human')) then
        return 'too_late';
    end if;
    update public.comment_deeds d
       set state = p_state, lease_until = null, settled_at = pg_catalog.clock_timestamp(),
           error_title = case p_state when 'failed' then 'Marked as not sent by a person.' end,
           error_next = null
     where d.tenant_id = v_deed.tenant_id and d.id = p_deed;
    perform app_private.announce(v_deed.tenant_id, 'comment_changed', v_deed.comment_id);
    return p_state;
end $$;

-- "Nothing to do here", and back: what leaves the list of comments that wait for us.
create function app.handle_comment_v1(p_comment uuid, p_handled boolean) returns text
language plpgsql security definer set search_path = '' as $$
declare
    v_tenant uuid;
begin
    update public.comments c
       set handled_at = case when p_handled then pg_catalog.clock_timestamp() end,
           handled_by = case when p_handled then app.uid() end
     where c.id = p_comment returning c.user_id into v_tenant;
    if v_tenant is null then
        return 'not_found';
    end if;
    perform app_private.announce(v_tenant, 'comment_changed', p_comment);
    return 'changed';
end $$;

grant execute on function app.enqueue_deed_v1(uuid, uuid, text, text),
    app.settle_deed_v1(uuid, text), app.handle_comment_v1(uuid, boolean)
    to app_member, app_service;
revoke execute on function app.enqueue_deed_v1(uuid, uuid, text, text),
    app.settle_deed_v1(uuid, text), app.handle_comment_v1(uuid, boolean) from public;
alter function app.enqueue_deed_v1(uuid, uuid, text, text) owner to app_door;
alter function app.settle_deed_v1(uuid, text) owner to app_door;
alter function app.handle_comment_v1(uuid, boolean) owner to app_door;
revoke create on schema app from app_door;

-- Claims.
create policy "Claims reach every due deed" on comment_deeds
    for all to app_claimer using (true) with check (true);
create policy "Claims reach every post to look at" on monitored_posts
    for all to app_claimer using (true) with check (true);
grant select (id, tenant_id, comment_id, channel_id, kind, state, attempt, fence, lease_until,
              due_at, created_at, unknown_at),
      update (state, attempt, fence, lease_until, claimed_by, unknown_at, error_title,
              error_next, updated_at)
    on comment_deeds to app_claimer;
grant select (id, user_id, social_account_id, monitoring_enabled, monitoring_ends_at,
              next_check_at, lease_until, fence),
      update (fence, lease_until, updated_at)
    on monitored_posts to app_claimer;
grant create on schema app to app_claimer;

create function app.claim_deeds_v1(
    p_worker text, p_limit int, p_lease_seconds int, p_but uuid[] default '{}')
returns table (tenant_id uuid, deed_id uuid, channel_id uuid, fence bigint, attempt int)
language sql security definer set search_path = '' as $$
    with due as (
        select d.id from public.comment_deeds d
          join public.social_accounts a on a.user_id = d.tenant_id and a.id = d.channel_id
         where d.state = 'queued' and d.due_at <= pg_catalog.now()
           and a.paused_at is null and a.status = 'active'
           and not (d.channel_id = any (p_but))
           and not exists (
               select 1 from public.comment_deeds before
                where before.tenant_id = d.tenant_id and before.comment_id = d.comment_id
                  and (before.created_at, before.id) < (d.created_at, d.id)
                  and before.state in ('queued', 'claimed', 'sending', 'unknown', 'needs_human'))
         order by d.due_at, d.id
         limit p_limit for update of d skip locked)
    update public.comment_deeds d
       set state = 'claimed', fence = pg_catalog.nextval('app.fence'),
           attempt = d.attempt + 1, claimed_by = p_worker,
           lease_until = pg_catalog.now() + pg_catalog.make_interval(secs => p_lease_seconds)
      from due where d.id = due.id
    returning d.tenant_id, d.id, d.channel_id, d.fence, d.attempt
$$;

-- What dead workers left: begun and never finished may have happened, which only matters
-- for what must not happen twice.
create function app.sweep_deeds_v1(p_unknown_after_seconds int)
returns table (tenant_id uuid, deed_id uuid, comment_id uuid, state text)
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare
    v_now timestamptz := pg_catalog.clock_timestamp();
    v_row record;
begin
    for v_row in
        with stale as (
            select d.id,
                   case when d.state = 'claimed' then 'queued'
                        when d.state = 'unknown' then 'needs_human'
                        when d.kind in ('reply', 'private_reply') then 'unknown'
                        else 'queued' end as next_state
              from public.comment_deeds d
             where (d.state in ('claimed', 'sending') and d.lease_until < v_now)
                or (d.state = 'unknown' and d.unknown_at < v_now
                        - pg_catalog.make_interval(secs => p_unknown_after_seconds))
               for update of d skip locked)
        update public.comment_deeds d
           set state = stale.next_state, lease_until = null,
               unknown_at = case stale.next_state when 'unknown' then v_now
                                                  else d.unknown_at end,
               error_title = case stale.next_state
                   when 'unknown' then 'Nobody knows yet whether this was sent.'
                   when 'needs_human' then 'We could not find out whether this was sent.' end,
               error_next = case stale.next_state when 'needs_human' then
                   'Look under the post on the platform, then mark it or answer again.' end
          from stale where d.id = stale.id
        returning d.tenant_id, d.id, d.comment_id, d.state
    loop
        perform app_private.announce(v_row.tenant_id, 'comment_changed', v_row.comment_id);
        tenant_id := v_row.tenant_id;
        deed_id := v_row.id;
        comment_id := v_row.comment_id;
        state := v_row.state;
        return next;
    end loop;
end $$;

create function app.unknown_deeds_v1(p_limit int)
returns table (tenant_id uuid, deed_id uuid, channel_id uuid, fence bigint, attempt int)
language sql stable security definer set search_path = '' as $$
    select d.tenant_id, d.id, d.channel_id, d.fence, d.attempt from public.comment_deeds d
     where d.state = 'unknown' order by d.unknown_at limit p_limit
$$;

create function app.claim_posts_to_read_v1(p_limit int, p_lease_seconds int)
returns table (tenant_id uuid, post_id uuid, channel_id uuid, fence bigint)
language sql security definer set search_path = '' as $$
    with due as (
        select p.id from public.monitored_posts p
          join public.social_accounts a
            on a.user_id = p.user_id and a.id = p.social_account_id
         where p.monitoring_enabled and p.next_check_at <= pg_catalog.now()
           and (p.monitoring_ends_at is null or p.monitoring_ends_at > pg_catalog.now())
           and (p.lease_until is null or p.lease_until < pg_catalog.now())
           and a.paused_at is null and a.status = 'active'
         order by p.next_check_at, p.id
         limit p_limit for update of p skip locked)
    update public.monitored_posts p
       set fence = pg_catalog.nextval('app.fence'),
           lease_until = pg_catalog.now() + pg_catalog.make_interval(secs => p_lease_seconds)
      from due where p.id = due.id
    returning p.user_id, p.id, p.social_account_id, p.fence
$$;

-- Channels whose posts should be listed again, over every tenant.
create function app.channels_of_v1(p_platforms text[])
returns table (tenant_id uuid, channel_id uuid)
language sql stable security definer set search_path = '' as $$
    select a.user_id, a.id from public.social_accounts a
     where a.platform = any (p_platforms) and a.status = 'active' and a.paused_at is null
     order by a.user_id, a.id
$$;

grant execute on function app.claim_deeds_v1(text, int, int, uuid[]),
    app.sweep_deeds_v1(int), app.unknown_deeds_v1(int),
    app.claim_posts_to_read_v1(int, int), app.channels_of_v1(text[]) to app_service;
revoke execute on function app.claim_deeds_v1(text, int, int, uuid[]),
    app.sweep_deeds_v1(int), app.unknown_deeds_v1(int),
    app.claim_posts_to_read_v1(int, int), app.channels_of_v1(text[]) from public;
alter function app.claim_deeds_v1(text, int, int, uuid[]) owner to app_claimer;
alter function app.sweep_deeds_v1(int) owner to app_claimer;
alter function app.unknown_deeds_v1(int) owner to app_claimer;
alter function app.claim_posts_to_read_v1(int, int) owner to app_claimer;
alter function app.channels_of_v1(text[]) owner to app_claimer;
revoke create on schema app from app_claimer;
