-- Posts are published in steps that survive a crash between any two: what a step has
-- reached is stored, under the fence of its claim, before the next one is taken.
--
--     status   queued -> publishing -> published | failed | uncertain    (cancelled, skipped)
--     phase    started -> preparing -> ready -> publishing -> published | failed | uncertain
--
-- Only the phase `publishing` may have had an effect that others see: until then a post can
-- be moved or cancelled, from then on it is looked for on the platform before anything else.

-- Bodies of functions are checked against tables with policies; no row is read here.
set local row_security = on;

alter table scheduled_posts
    add column phase text not null default 'started' check (phase in (
        'started', 'preparing', 'ready', 'publishing', 'published', 'failed', 'uncertain')),
    add column handles jsonb not null default '{}',
    -- Null: due at `publish_at`.
    add column next_step_at timestamptz,
    add column begun_at timestamptz,
    add column published_at timestamptz,
    add column error_code text,
    add column error_next text;
create index idx_scheduled_posts_due on scheduled_posts ((coalesce(next_step_at, publish_at)))
    where status in ('queued', 'publishing');

-- How far a post has come is the companion's to write, and what changes its course goes
-- through the doors below.
revoke update on scheduled_posts from app_member;
grant update (content_json, rrule, time_zone) on scheduled_posts to app_member;
create policy "A new post has not begun" on scheduled_posts
    as restrictive for insert to app_member
    with check (status in ('draft', 'queued') and phase = 'started' and fence is null
        and platform_post_id is null and begun_at is null and published_at is null);
create policy "A post that has begun is left alone" on scheduled_posts
    as restrictive for update to app_member
    using (status in ('draft', 'queued') and phase = 'started' and lease_until is null)
    with check (status in ('draft', 'queued') and phase = 'started' and lease_until is null);

create policy "Doors act on scheduled_posts for whoever knocks" on scheduled_posts
    for all to app_door
    using (user_id = any (array(select app.reachable_tenants())))
    with check (user_id = any (array(select app.reachable_tenants())));
create policy "Doors act on post_runs for whoever knocks" on post_runs
    for all to app_door
    using (user_id = any (array(select app.reachable_tenants())))
    with check (user_id = any (array(select app.reachable_tenants())));
grant select, update on scheduled_posts to app_door;
grant select, update on post_runs to app_door;
grant create on schema app to app_door;

-- An agent acts on their own posts, an admin on all.
create function app.move_post_v1(p_post uuid, p_at timestamptz) returns text
language plpgsql security definer set search_path = '' as $$
declare
    v_post public.scheduled_posts;
begin
    select s.* into v_post from public.scheduled_posts s
     where s.id = p_post for no key update;
    if not found then
        return 'not_found';
    elsif v_post.created_by is distinct from app.uid()
          and not app.has_role(v_post.user_id, 'admin') then
        return 'not_yours';
    elsif v_post.status not in ('draft', 'queued', 'publishing')
          or v_post.phase not in ('started', 'preparing', 'ready') then
        return 'too_late';
    end if;
    -- What was prepared is forgotten, because it may be stale by then; whoever works on the
    -- post holds a fence that is no longer there, and walks away.
    update public.scheduled_posts s
       set publish_at = p_at, status = case s.status when 'draft' then 'draft' else 'queued' end,
           phase = 'started', handles = '{}', next_step_at = null, fence = null,
           lease_until = null, retry_count = 0, error_code = null, error_message = null,
           error_next = null
     where s.user_id = v_post.user_id and s.id = p_post;
    perform app_private.announce(v_post.user_id, 'post_changed', p_post);
    perform app.wake_v1('posts');
    return 'moved';
end $$;

-- Cancels what nobody has seen, queues again what has failed, or says what became of a post
-- of which nobody knows. Outcomes: the new status, too_late, not_yours, not_found.
create function app.settle_post_v1(p_post uuid, p_status text) returns text
language plpgsql security definer set search_path = '' as $$
declare
    v_post public.scheduled_posts;
    v_now timestamptz := pg_catalog.clock_timestamp();
begin
    if p_status not in ('cancelled', 'queued', 'published', 'failed') then
        raise exception 'a post is cancelled, queued again, was published or failed, not %',
            p_status using errcode = 'invalid_parameter_value';
    end if;
    select s.* into v_post from public.scheduled_posts s
     where s.id = p_post for no key update;
    if not found then
        return 'not_found';
    elsif v_post.created_by is distinct from app.uid()
          and not app.has_role(v_post.user_id, 'admin') then
        return 'not_yours';
    elsif (p_status = 'cancelled' and (
               v_post.status not in ('draft', 'queued', 'publishing')
               or v_post.phase not in ('started', 'preparing', 'ready')))
          or (p_status = 'queued' and v_post.status <> 'failed')
          or (p_status in ('published', 'failed') and v_post.status <> 'uncertain') then
        return 'too_late';
    end if;
    update public.scheduled_posts s
       set status = p_status, fence = null, lease_until = null, next_step_at = null,
           phase = case p_status when 'queued' then 'started' when 'cancelled' then s.phase
                                 else p_status end,
           handles = case p_status when 'queued' then '{}' else s.handles end,
           begun_at = case p_status when 'queued' then null else s.begun_at end,
           retry_count = case p_status when 'queued' then 0 else s.retry_count end,
           published_at = case p_status when 'published' then coalesce(s.begun_at, v_now) end,
           error_code = null,
           error_message = case p_status when 'failed' then
               'Marked as not published by a person.' end,
           error_next = case p_status when 'failed' then 'Try it again, or leave it.' end
     where s.user_id = v_post.user_id and s.id = p_post;
    update public.post_runs r
       set status = case p_status when 'published' then 'success' else 'failed' end,
           finished_at = v_now,
           error = case p_status when 'failed' then 'Marked as not published by a person.' end
     where r.user_id = v_post.user_id and r.scheduled_post_id = p_post
       and r.status = 'uncertain' and p_status in ('published', 'failed');
    perform app_private.announce(v_post.user_id, 'post_changed', p_post);
    perform app.wake_v1('posts');
    return p_status;
end $$;

grant execute on function app.move_post_v1(uuid, timestamptz), app.settle_post_v1(uuid, text)
    to app_member, app_service;
revoke execute on function app.move_post_v1(uuid, timestamptz),
    app.settle_post_v1(uuid, text) from public;
alter function app.move_post_v1(uuid, timestamptz) owner to app_door;
alter function app.settle_post_v1(uuid, text) owner to app_door;
revoke create on schema app from app_door;

create policy "Claims reach every due post" on scheduled_posts
    for all to app_claimer using (true) with check (true);
grant select (id, user_id, channel_id, publish_at, next_step_at, status, fence, lease_until),
      update (status, fence, lease_until, updated_at)
    on scheduled_posts to app_claimer;
grant create on schema app to app_claimer;

create function app.claim_posts_v1(
    p_limit int, p_lease_seconds int, p_but uuid[] default '{}')
returns table (tenant_id uuid, post_id uuid, channel_id uuid, fence bigint)
language sql security definer set search_path = '' as $$
    with due as (
        select s.id from public.scheduled_posts s
          join public.social_accounts a on a.user_id = s.user_id and a.id = s.channel_id
         where s.status in ('queued', 'publishing')
           and coalesce(s.next_step_at, s.publish_at) <= pg_catalog.now()
           and (s.lease_until is null or s.lease_until < pg_catalog.now())
           and a.paused_at is null and a.status = 'active' and a.removed_at is null
           and not (s.channel_id = any (p_but))
         order by coalesce(s.next_step_at, s.publish_at), s.id
         limit p_limit for update of s skip locked)
    update public.scheduled_posts s
       set status = 'publishing', fence = pg_catalog.nextval('app.fence'),
           lease_until = pg_catalog.now() + pg_catalog.make_interval(secs => p_lease_seconds)
      from due where s.id = due.id
    returning s.user_id, s.id, s.channel_id, s.fence
$$;
grant execute on function app.claim_posts_v1(int, int, uuid[]) to app_service;
revoke execute on function app.claim_posts_v1(int, int, uuid[]) from public;
alter function app.claim_posts_v1(int, int, uuid[]) owner to app_claimer;
revoke create on schema app from app_claimer;
