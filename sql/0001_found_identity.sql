-- Who is asking, and whose inbox it is.
--
-- Nobody logs in as app_owner, which owns everything. A person has a login of their own,
-- and `session_user` alone says who that is: settings, claims and SET ROLE change nothing.
-- Services name the tenant they work for in `app.tenant`, for one transaction at a time.

create schema app;

-- From here on a function can be executed by whom we name, not by everybody.
alter default privileges revoke execute on functions from public;

revoke all on schema public from public;
grant usage on schema public, app to app_member, app_service, app_assistant, app_claimer, app_door;
grant usage on schema app_private to app_claimer, app_door;

-- Ours, also beside Supabase's auth.users: nothing here points into a schema that is not ours.
create table users (
    id uuid primary key default gen_random_uuid(),
    email text not null check (email = lower(email) and email like '_%@_%'),
    name text not null check (name <> ''),
    locale text not null default 'en',
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (email)
);

-- A tenant is the user who owns the inbox; its members are the people who work in it.
create table team_members (
    tenant_id uuid not null references users (id) on delete cascade,
    user_id uuid not null references users (id) on delete cascade,
    role text not null check (role in ('owner', 'admin', 'agent')),
    display_name text not null check (display_name <> ''),
    login_role name,
    revoked_at timestamptz,
    created_at timestamptz not null default now(),
    primary key (tenant_id, user_id)
);
create index idx_team_members_user on team_members (user_id);

-- Role oids differ in a restored cluster: identity then fails closed until the names are
-- bound again, so both are kept.
create table app_private.login_user (
    role_oid oid primary key,
    rolname name not null unique,
    user_id uuid not null references users (id) on delete cascade,
    revoked_at timestamptz
);

create table app_private.service_login (
    role_oid oid primary key,
    rolname name not null unique,
    kind text not null unique check (kind in ('service', 'assistant'))
);

-- Logins that stand in for many people: PostgREST proves whom it serves by claims, a
-- pooler by a ticket whose hash is here.
create table app_private.gateway (
    role_oid oid primary key,
    trusts text not null check (trusts in ('claims', 'ticket'))
);

create table app_private.ticket (
    hash bytea primary key,
    user_id uuid not null references users (id) on delete cascade,
    expires_at timestamptz not null,
    revoked_at timestamptz
);

create function app.uid() returns uuid
language sql stable parallel safe security definer set search_path = '' as $$
    select case (select g.trusts
                   from app_private.gateway g
                   join pg_catalog.pg_roles r on r.oid = g.role_oid
                  where r.rolname = session_user)
        when 'claims' then
            nullif(coalesce(
                nullif(pg_catalog.current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub',
                pg_catalog.current_setting('request.jwt.claim.sub', true)), '')::uuid
        when 'ticket' then
            (select t.user_id
               from app_private.ticket t
              where t.hash = pg_catalog.sha256(pg_catalog.convert_to(
                        pg_catalog.current_setting('app.ticket', true), 'UTF8'))
                and t.expires_at > pg_catalog.statement_timestamp()
                and t.revoked_at is null)
        else
            (select l.user_id
               from app_private.login_user l
               join pg_catalog.pg_roles r on r.oid = l.role_oid and r.rolname = l.rolname
              where r.rolname = session_user and l.revoked_at is null)
    end
$$;

create function app.tenants(min_role text default 'agent') returns setof uuid
language sql stable security definer set search_path = '' as $$
    select m.tenant_id
      from public.team_members m
     where m.user_id = app.uid()
       and m.revoked_at is null
       and pg_catalog.array_position(array['agent', 'admin', 'owner'], m.role)
           >= pg_catalog.array_position(array['agent', 'admin', 'owner'], min_role)
$$;

-- Null for people: only the logins of services may name a tenant.
create function app.job_tenant() returns uuid
language sql stable security definer set search_path = '' as $$
    select nullif(pg_catalog.current_setting('app.tenant', true), '')::uuid
     where exists (select 1
                     from app_private.service_login s
                     join pg_catalog.pg_roles r on r.oid = s.role_oid and r.rolname = s.rolname
                    where r.rolname = session_user)
$$;

-- Whose rows a door may touch on behalf of whoever knocked.
create function app.reachable_tenants() returns setof uuid
language sql stable security definer set search_path = '' as $$
    select app.tenants('agent')
    union
    select t from app.job_tenant() t where t is not null
$$;

-- The one tenant an action is about, where it does not follow from a row. A person who is
-- a member of several says which in `app.tenant`; saying another one than theirs is null.
create function app.acting_tenant() returns uuid
language sql stable security definer set search_path = '' as $$
    select case
        when app.job_tenant() is not null then app.job_tenant()
        when nullif(pg_catalog.current_setting('app.tenant', true), '') is not null then
            (select t from app.tenants('agent') t
              where t = pg_catalog.current_setting('app.tenant', true)::uuid)
        else (select pg_catalog.min(t::text)::uuid from app.tenants('agent') t
              having pg_catalog.count(*) = 1)
    end
$$;

create function app.has_role(p_tenant uuid, p_min_role text) returns boolean
language sql stable security definer set search_path = '' as $$
    select p_tenant in (select app.tenants(p_min_role))
$$;

grant execute on function app.uid(), app.tenants(text), app.job_tenant(),
    app.reachable_tenants(), app.acting_tenant(), app.has_role(uuid, text)
    to app_member, app_service, app_assistant, app_claimer, app_door;

-- A tenant without an owner could never be administered again, by anybody.
create function app.keep_an_owner() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    if old.role = 'owner' and old.revoked_at is null
       and (tg_op = 'DELETE' or new.role <> 'owner' or new.revoked_at is not null)
       and exists (select 1 from public.users u where u.id = old.tenant_id)
       and not exists (
           select 1 from public.team_members m
            where m.tenant_id = old.tenant_id and m.user_id <> old.user_id
              and m.role = 'owner' and m.revoked_at is null)
    then
        raise exception 'the last owner of an inbox stays its owner'
            using errcode = 'insufficient_privilege';
    end if;
    return case when tg_op = 'DELETE' then old else new end;
end $$;

create trigger team_members_keep_an_owner
    before update or delete on team_members
    for each row execute function app.keep_an_owner();

-- One clock for `updated_at`: the database's, whoever writes.
create function app.touch() returns trigger
language plpgsql set search_path = '' as $$
begin
    new.updated_at := pg_catalog.now();
    return new;
end $$;

-- What every process reads before it trusts itself with this database.
create function app.schema_history_v1()
returns table (version int, name text, checksum text, min_app int)
language plpgsql stable security definer set search_path = '' as $$
begin
    return query select v.version, v.name, v.checksum, v.min_app
                   from app_private.schema_version v order by v.version;
end $$;
grant execute on function app.schema_history_v1() to app_member, app_service, app_assistant;
