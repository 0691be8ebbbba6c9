-- The beginning of an inbox: its owner, and everything that exists once per tenant, so
-- that no query has to ask whether it does. A fresh install has a local plan with a large
-- grant; the assistant's decisions draw on it from the first one.

-- Bodies of functions are checked against tables with policies; no row is read here.
set local row_security = on;

create policy "Founding adds users" on users
    for insert to app_owner with check (true);
create policy "Founding adds team_members" on team_members
    for insert to app_owner with check (true);
create policy "Founding binds logins to team_members" on team_members
    for update to app_owner using (true) with check (true);
create policy "Founding adds user_subscriptions" on user_subscriptions
    for insert to app_owner with check (true);
create policy "Founding adds user_credits" on user_credits
    for insert to app_owner with check (true);
create policy "Founding adds credit_transactions" on credit_transactions
    for insert to app_owner with check (true);
create policy "Founding adds ai_rules" on ai_rules
    for insert to app_owner with check (true);
create policy "Founding adds ai_settings" on ai_settings
    for insert to app_owner with check (true);
create policy "Founding adds analytics" on analytics
    for insert to app_owner with check (true);
create policy "Founding adds notices_channels" on notices_channels
    for insert to app_owner with check (true);

create function app_private.create_tenant_v1(p_email text, p_name text) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
    v_tenant uuid := pg_catalog.gen_random_uuid();
    v_grant constant int := 1000000;
begin
    insert into public.users (id, email, name)
    values (v_tenant, pg_catalog.lower(p_email), p_name);
    insert into public.team_members (tenant_id, user_id, role, display_name)
    values (v_tenant, v_tenant, 'owner', p_name);
    insert into public.user_subscriptions (user_id, plan_name, current_period_start)
    values (v_tenant, 'enterprise', pg_catalog.now());
    insert into public.user_credits (user_id, credits_remaining, credits_total, last_reset_at)
    values (v_tenant, v_grant, v_grant, pg_catalog.now());
    insert into public.credit_transactions (user_id, amount, reason, kind, source_id)
    values (v_tenant, v_grant, 'local_plan', 'grant', v_tenant);
    insert into public.ai_rules (user_id) values (v_tenant);
    insert into public.ai_settings (user_id) values (v_tenant);
    insert into public.analytics (user_id) values (v_tenant);
    insert into public.notices_channels (tenant_id, channel)
    values (v_tenant, 'n_' || pg_catalog.replace(pg_catalog.gen_random_uuid()::text, '-', ''));
    return v_tenant;
end $$;

-- A person joins a tenant: known by e-mail if they are here already.
create function app_private.add_member_v1(
    p_tenant uuid, p_email text, p_name text, p_role text)
returns uuid
language plpgsql security definer set search_path = '' as $$
declare
    v_user uuid;
begin
    select u.id into v_user from public.users u where u.email = pg_catalog.lower(p_email);
    if v_user is null then
        v_user := pg_catalog.gen_random_uuid();
        insert into public.users (id, email, name)
        values (v_user, pg_catalog.lower(p_email), p_name);
    end if;
    insert into public.team_members (tenant_id, user_id, role, display_name)
    values (p_tenant, v_user, p_role, p_name);
    return v_user;
end $$;

-- Identity is bound by oid and name together: a role that was dropped and made again under
-- the same name is a stranger until this is called.
create function app_private.bind_member_v1(p_user uuid, p_login name) returns void
language plpgsql security definer set search_path = '' as $$
begin
    insert into app_private.login_user as l (role_oid, rolname, user_id)
    select r.oid, r.rolname, p_user from pg_catalog.pg_roles r where r.rolname = p_login
    on conflict (rolname) do update set role_oid = excluded.role_oid;
    update public.team_members m set login_role = p_login where m.user_id = p_user;
end $$;

create function app_private.bind_service_v1(p_kind text, p_login name) returns void
language sql security definer set search_path = '' as $$
    insert into app_private.service_login as s (role_oid, rolname, kind)
    select r.oid, r.rolname, p_kind from pg_catalog.pg_roles r where r.rolname = p_login
    on conflict (kind) do update
       set role_oid = excluded.role_oid, rolname = excluded.rolname
$$;

-- Makes or repairs a login, with the rights of the privileged role that calls it. The
-- password comes as a SCRAM verifier, computed where the password is.
create function app_private.make_login_v1(
    p_login name, p_verifier text, p_group name, p_statement_timeout text)
returns void
language plpgsql set search_path = '' as $$
declare
    -- Operators of the extensions are looked up, wherever those were installed.
    v_path constant text := (
        select pg_catalog.concat_ws(', ', 'public', pg_catalog.string_agg(
                   distinct pg_catalog.quote_ident(n.nspname), ', ')
                   filter (where n.nspname <> 'public'))
          from pg_catalog.pg_extension e
          join pg_catalog.pg_namespace n on n.oid = e.extnamespace
         where e.extname in ('vector', 'pg_trgm', 'unaccent'));
begin
    if not exists (select 1 from pg_catalog.pg_roles r where r.rolname = p_login) then
        execute pg_catalog.format('create role %I login', p_login);
    end if;
    execute pg_catalog.format('alter role %I with login password %L', p_login, p_verifier);
    execute pg_catalog.format('grant %I to %I', p_group, p_login);
    execute pg_catalog.format('alter role %I set search_path = %s', p_login, v_path);
    execute pg_catalog.format(
        'alter role %I set statement_timeout = %L', p_login, p_statement_timeout);
    execute pg_catalog.format(
        'alter role %I set idle_in_transaction_session_timeout = %L', p_login, '10s');
    execute pg_catalog.format('alter role %I set jit = off', p_login);
    execute pg_catalog.format(
        'grant connect on database %I to %I', pg_catalog.current_database(), p_login);
end $$;
