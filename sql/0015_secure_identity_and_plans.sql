-- Row security for people, plans and credits. Forced, so that the owner of the tables is
-- bound by it as well; what app_owner's own functions need has a policy of its own. Bodies
-- have the array form, which is computed once per query and not once per row.

alter table users enable row level security;
alter table users force row level security;
grant select on users to app_member;
grant update (name, locale)
    on users to app_member;
grant select on users to app_service;
create policy "Users can view own colleagues" on users
    for select to app_member
    using (exists (select 1 from team_members m
        where m.user_id = users.id and m.tenant_id = any (array(select app.tenants('agent')))));
create policy "Users can update themselves" on users
    for update to app_member
    using (id = (select app.uid()))
    with check (id = (select app.uid()));
create policy "Service role can view own members" on users
    for select to app_service
    using (exists (select 1 from team_members m
        where m.user_id = users.id and m.tenant_id = (select app.job_tenant())));

alter table team_members enable row level security;
alter table team_members force row level security;
grant select, insert, delete on team_members to app_member;
grant update (role, display_name, revoked_at)
    on team_members to app_member;
grant select on team_members to app_service;
create policy "Users can view own team_members" on team_members
    for select to app_member
    using (tenant_id = any (array(select app.tenants('agent'))));
create policy "Admins can invite team_members below owners" on team_members
    for insert to app_member
    with check (tenant_id = any (array(select app.tenants('admin')))
        and role <> 'owner');
create policy "Admins can update other team_members below owners" on team_members
    for update to app_member
    using (tenant_id = any (array(select app.tenants('admin')))
        and role <> 'owner' and user_id <> (select app.uid()))
    with check (tenant_id = any (array(select app.tenants('admin')))
        and role <> 'owner' and user_id <> (select app.uid()));
create policy "Owners can insert own team_members" on team_members
    for insert to app_member
    with check (tenant_id = any (array(select app.tenants('owner'))));
create policy "Owners can update own team_members" on team_members
    for update to app_member
    using (tenant_id = any (array(select app.tenants('owner'))))
    with check (tenant_id = any (array(select app.tenants('owner'))));
create policy "Owners can delete own team_members" on team_members
    for delete to app_member
    using (tenant_id = any (array(select app.tenants('owner'))));
create policy "Service role works on own team_members" on team_members
    for all to app_service
    using (tenant_id = (select app.job_tenant()))
    with check (tenant_id = (select app.job_tenant()));

alter table user_subscriptions enable row level security;
alter table user_subscriptions force row level security;
grant select on user_subscriptions to app_member;
grant select, insert, update on user_subscriptions to app_service;
create policy "Users can view own user_subscriptions" on user_subscriptions
    for select to app_member
    using (user_id = any (array(select app.tenants('agent'))));
create policy "Service role works on own user_subscriptions" on user_subscriptions
    for all to app_service
    using (user_id = (select app.job_tenant()))
    with check (user_id = (select app.job_tenant()));

alter table user_credits enable row level security;
alter table user_credits force row level security;
grant select on user_credits to app_member;
grant select, insert, update on user_credits to app_service;
grant select on user_credits to app_assistant;
create policy "Users can view own user_credits" on user_credits
    for select to app_member
    using (user_id = any (array(select app.tenants('agent'))));
create policy "Service role works on own user_credits" on user_credits
    for all to app_service, app_assistant
    using (user_id = (select app.job_tenant()))
    with check (user_id = (select app.job_tenant()));

alter table credit_transactions enable row level security;
alter table credit_transactions force row level security;
grant select on credit_transactions to app_member;
grant select, insert on credit_transactions to app_service;
create policy "Admins can view own credit_transactions" on credit_transactions
    for select to app_member
    using (user_id = any (array(select app.tenants('admin'))));
create policy "Service role works on own credit_transactions" on credit_transactions
    for all to app_service
    using (user_id = (select app.job_tenant()))
    with check (user_id = (select app.job_tenant()));

alter table products enable row level security;
alter table products force row level security;
grant select on products to app_member;
grant select, insert, update on products to app_service;
create policy "Users can view products" on products
    for select to app_member
    using (true);
create policy "Service role keeps products" on products
    for all to app_service
    using (true)
    with check (true);

alter table prices enable row level security;
alter table prices force row level security;
grant select on prices to app_member;
grant select, insert, update on prices to app_service;
create policy "Users can view prices" on prices
    for select to app_member
    using (true);
create policy "Service role keeps prices" on prices
    for all to app_service
    using (true)
    with check (true);

-- What the functions of app_owner read: who is asking, before any tenant is known.
create policy "Identity functions read team_members" on team_members
    for select to app_owner using (true);
create policy "Identity functions read users" on users
    for select to app_owner using (true);
alter table app_private.login_user enable row level security;
alter table app_private.login_user force row level security;
create policy "Identity functions keep logins" on app_private.login_user
    for all to app_owner using (true) with check (true);
alter table app_private.service_login enable row level security;
alter table app_private.service_login force row level security;
create policy "Identity functions keep service logins" on app_private.service_login
    for all to app_owner using (true) with check (true);
alter table app_private.gateway enable row level security;
alter table app_private.gateway force row level security;
create policy "Identity functions keep gateways" on app_private.gateway
    for all to app_owner using (true) with check (true);
alter table app_private.ticket enable row level security;
alter table app_private.ticket force row level security;
create policy "Identity functions keep tickets" on app_private.ticket
    for all to app_owner using (true) with check (true);
