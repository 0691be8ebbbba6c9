-- What a platform's terms let us keep for a while only: what others wrote in public, and who
-- they are. The rows stay with their ids and with what we answered; the words go.
-- Times count from when we took the words in, by the database's clock: a comment of last
-- year that is read today may be kept as long as one of today.

-- Bodies of functions are checked against tables with policies; no row is read here.
set local row_security = on;

alter table comments
    add column text_stored_at timestamptz not null default now(),
    add column author_stored_at timestamptz not null default now(),
    add column expired_at timestamptz;
alter table customers
    add column profile_stored_at timestamptz not null default now(),
    add column expired_at timestamptz;
alter table ai_decisions
    add column expired_at timestamptz;
-- What is here already counts from now: until this step no platform asked for it.

create index idx_comments_kept on comments (monitored_post_id, text_stored_at)
    where text is not null;
create index idx_comments_authors_kept on comments (monitored_post_id, author_stored_at)
    where author_name is not null or author_avatar_url is not null;

create function app.time_comment_text() returns trigger
language plpgsql set search_path = '' as $$
begin
    new.text_stored_at := pg_catalog.now();
    new.expired_at := null;
    return new;
end $$;
create trigger comments_time_text before update of text on comments
    for each row when (new.text is not null and new.text is distinct from old.text)
    execute function app.time_comment_text();

create function app.time_comment_author() returns trigger
language plpgsql set search_path = '' as $$
begin
    new.author_stored_at := pg_catalog.now();
    return new;
end $$;
create trigger comments_time_author
    before update of author_name, author_avatar_url on comments
    for each row when (
        (new.author_name is not null and new.author_name is distinct from old.author_name)
        or (new.author_avatar_url is not null
            and new.author_avatar_url is distinct from old.author_avatar_url))
    execute function app.time_comment_author();

create function app.time_profile() returns trigger
language plpgsql set search_path = '' as $$
begin
    new.profile_stored_at := pg_catalog.now();
    new.expired_at := null;
    return new;
end $$;
create trigger customers_time_profile
    before update of name, username, phone_number, email, profile_pic_url on customers
    for each row when (
        (new.name is not null and new.name is distinct from old.name)
        or (new.username is not null and new.username is distinct from old.username)
        or (new.phone_number is not null
            and new.phone_number is distinct from old.phone_number)
        or (new.email is not null and new.email is distinct from old.email)
        or (new.profile_pic_url is not null
            and new.profile_pic_url is distinct from old.profile_pic_url))
    execute function app.time_profile();

-- Whose channels they are: work across tenants begins with a list of ids, and is done in a
-- unit of each tenant.
grant create on schema app to app_claimer;
create function app.channels_of_platform_v1(p_platform text)
returns table (tenant_id uuid, channel_id uuid)
language sql stable security definer set search_path = '' as $$
    select a.user_id, a.id from public.social_accounts a
     where a.platform = p_platform order by a.user_id, a.id
$$;
grant execute on function app.channels_of_platform_v1(text) to app_service;
alter function app.channels_of_platform_v1(text) owner to app_claimer;
revoke create on schema app from app_claimer;

-- Decisions are written once and never again, but for this: the words they were made about
-- go, and with them whatever was read out of these. Our reply, its sources and the figures
-- that weigh the assistant stay.
create policy "Expired words go from own decisions" on ai_decisions
    for all to app_door
    using (user_id = (select app.job_tenant()))
    with check (user_id = (select app.job_tenant()));
create policy "Expired words go from own corrections" on decision_corrections
    for all to app_door
    using (tenant_id = (select app.job_tenant()))
    with check (tenant_id = (select app.job_tenant()));
grant select (id, user_id, snapshot_json, expired_at),
      update (message_text, reason, snapshot_json, expired_at) on ai_decisions to app_door;
grant select (tenant_id, decision_id, example), update (example, state)
    on decision_corrections to app_door;
grant execute on function app.folded_v1(text), app.job_tenant() to app_door;

grant create on schema app to app_door;
create function app.expire_decisions_v1(p_decisions uuid[], p_words text) returns void
language sql security definer set search_path = '' as $$
    update public.ai_decisions d
       set message_text = null, reason = p_words, expired_at = pg_catalog.now(),
           snapshot_json = pg_catalog.jsonb_strip_nulls(pg_catalog.jsonb_build_object(
               'reply', d.snapshot_json -> 'reply',
               'citations', d.snapshot_json -> 'citations',
               'language', d.snapshot_json -> 'language',
               'likely', d.snapshot_json -> 'likely',
               'shipped', d.snapshot_json -> 'shipped',
               'weights', d.snapshot_json -> 'weights',
               'objections', case when coalesce(d.snapshot_json -> 'objections', '[]') = '[]'
                                  then '[]'::jsonb else '["expired"]'::jsonb end,
               'sorted', pg_catalog.jsonb_build_object(
                   'sort', d.snapshot_json #> '{sorted,sort}')))
     where d.user_id = app.job_tenant() and d.id = any (p_decisions)
       and d.expired_at is null;
    update public.decision_corrections c set example = '', state = 'none'
     where c.tenant_id = app.job_tenant() and c.decision_id = any (p_decisions)
       and c.example <> '';
$$;
grant execute on function app.expire_decisions_v1(uuid[], text) to app_service;
alter function app.expire_decisions_v1(uuid[], text) owner to app_door;
revoke create on schema app from app_door;
