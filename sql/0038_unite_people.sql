-- One person over several channels: what members say belongs together, and how to take it
-- back. A link is one customer's step into a person; those of one merge are undone at once.

create table person_links (
    id uuid primary key default gen_random_uuid(),
    tenant_id uuid not null references users (id) on delete cascade,
    merge_id uuid not null,
    customer_id uuid not null,
    person_id uuid not null,
    previous_person_id uuid,
    linked_by uuid,
    linked_at timestamptz not null default clock_timestamp(),
    undone_at timestamptz,
    undone_by uuid,
    foreign key (tenant_id, customer_id) references customers (user_id, id) on delete cascade,
    foreign key (tenant_id, person_id) references people (tenant_id, id) on delete cascade,
    foreign key (tenant_id, previous_person_id)
        references people (tenant_id, id) on delete set null (previous_person_id),
    foreign key (tenant_id, linked_by)
        references team_members (tenant_id, user_id) on delete set null (linked_by),
    foreign key (tenant_id, undone_by)
        references team_members (tenant_id, user_id) on delete set null (undone_by)
);
create index idx_person_links_merge on person_links (tenant_id, merge_id);
create index idx_person_links_customer on person_links (tenant_id, customer_id, linked_at desc);
create index idx_person_links_person on person_links (tenant_id, person_id);
create index idx_person_links_previous on person_links (tenant_id, previous_person_id)
    where previous_person_id is not null;
create index idx_person_links_linked_by on person_links (tenant_id, linked_by)
    where linked_by is not null;
create index idx_person_links_undone_by on person_links (tenant_id, undone_by)
    where undone_by is not null;

-- "Not the same": a suggestion that is not made again. The smaller id comes first.
create table person_refusals (
    tenant_id uuid not null references users (id) on delete cascade,
    customer_a uuid not null,
    customer_b uuid not null,
    refused_at timestamptz not null default now(),
    primary key (tenant_id, customer_a, customer_b),
    check (customer_a < customer_b),
    foreign key (tenant_id, customer_a) references customers (user_id, id) on delete cascade,
    foreign key (tenant_id, customer_b) references customers (user_id, id) on delete cascade
);
create index idx_person_refusals_b on person_refusals (tenant_id, customer_b);

alter table person_links enable row level security;
alter table person_links force row level security;
grant select, insert, update on person_links to app_member;
grant select on person_links to app_service;
create policy "Users can view own person_links" on person_links
    for select to app_member
    using (tenant_id = any (array(select app.tenants('agent'))));
create policy "Users can insert own person_links" on person_links
    for insert to app_member
    with check (tenant_id = any (array(select app.tenants('agent'))));
create policy "Users can update own person_links" on person_links
    for update to app_member
    using (tenant_id = any (array(select app.tenants('agent'))))
    with check (tenant_id = any (array(select app.tenants('agent'))));
create policy "Service role works on own person_links" on person_links
    for all to app_service
    using (tenant_id = (select app.job_tenant()))
    with check (tenant_id = (select app.job_tenant()));

alter table person_refusals enable row level security;
alter table person_refusals force row level security;
grant select, insert, delete on person_refusals to app_member;
grant select on person_refusals to app_service;
create policy "Users can view own person_refusals" on person_refusals
    for select to app_member
    using (tenant_id = any (array(select app.tenants('agent'))));
create policy "Users can insert own person_refusals" on person_refusals
    for insert to app_member
    with check (tenant_id = any (array(select app.tenants('agent'))));
create policy "Users can delete own person_refusals" on person_refusals
    for delete to app_member
    using (tenant_id = any (array(select app.tenants('agent'))));
create policy "Service role works on own person_refusals" on person_refusals
    for all to app_service
    using (tenant_id = (select app.job_tenant()))
    with check (tenant_id = (select app.job_tenant()));

-- What two customers of one person are recognised by.
create index idx_customers_username on customers (user_id, lower(username))
    where username is not null;
create index idx_customers_phone on customers (user_id, phone_number)
    where phone_number is not null;
create index idx_customers_email on customers (user_id, lower(email)) where email is not null;
create index idx_customers_full_name on customers (user_id, lower(name))
    where name is not null;

-- A picture is fetched once per address and kept with us: the window loads nothing from
-- the internet, and the platforms' addresses expire.
alter table customers no force row level security;
alter table blobs no force row level security;
alter table customers
    add column picture_blob_id uuid,
    add column picture_of text,
    add foreign key (user_id, picture_blob_id)
        references blobs (tenant_id, id) on delete set null (picture_blob_id);
alter table customers force row level security;
alter table blobs force row level security;
create index idx_customers_picture on customers (user_id, picture_blob_id)
    where picture_blob_id is not null;

alter table app_private.deferrable_job no force row level security;
insert into app_private.deferrable_job (job, queue, min_role)
values ('fetch_picture', 'media', null);
alter table app_private.deferrable_job force row level security;
