-- What answers were made of, and what in the knowledge base wants a look: statements that
-- contradict each other and dates that have passed. Both are found by a job after a document
-- was read in; places are counted from the start of the chunk, which moves with its text.

create table knowledge_uses (
    tenant_id uuid not null references users (id) on delete cascade,
    decision_id uuid not null,
    document_id uuid,
    faq_id uuid,
    used_at timestamptz not null default now(),
    check (num_nonnulls(document_id, faq_id) = 1),
    unique nulls not distinct (tenant_id, decision_id, document_id, faq_id),
    foreign key (tenant_id, decision_id)
        references ai_decisions (user_id, id) on delete cascade,
    foreign key (tenant_id, document_id)
        references knowledge_documents (user_id, id) on delete cascade,
    foreign key (tenant_id, faq_id) references faq_qa (user_id, id) on delete cascade
);
create index idx_uses_document on knowledge_uses (tenant_id, document_id, used_at)
    where document_id is not null;
create index idx_uses_faq on knowledge_uses (tenant_id, faq_id, used_at)
    where faq_id is not null;

-- A passage may go while its document stays. What a person has dismissed is remembered all
-- the same, by its two sentences; the rest goes with the next look at either document.
create table knowledge_conflicts (
    id uuid primary key default gen_random_uuid(),
    tenant_id uuid not null references users (id) on delete cascade,
    kind text not null,
    score numeric(4, 3) not null check (score between 0 and 1),
    one_document uuid not null,
    one_chunk uuid,
    one_start int not null,
    one_end int not null,
    one_sentence text not null,
    other_document uuid not null,
    other_chunk uuid,
    other_start int not null,
    other_end int not null,
    other_sentence text not null,
    dismissed_at timestamptz,
    dismissed_by uuid,
    created_at timestamptz not null default now(),
    unique (tenant_id, one_chunk, one_start, other_chunk, other_start, kind),
    foreign key (tenant_id, one_document)
        references knowledge_documents (user_id, id) on delete cascade,
    foreign key (tenant_id, other_document)
        references knowledge_documents (user_id, id) on delete cascade,
    foreign key (tenant_id, one_chunk)
        references knowledge_chunks (user_id, id) on delete set null (one_chunk),
    foreign key (tenant_id, other_chunk)
        references knowledge_chunks (user_id, id) on delete set null (other_chunk),
    foreign key (tenant_id, dismissed_by)
        references team_members (tenant_id, user_id) on delete set null (dismissed_by)
);
create index idx_conflicts_open on knowledge_conflicts (tenant_id)
    where dismissed_at is null;
create index idx_conflicts_other on knowledge_conflicts (tenant_id, other_chunk);
create index idx_conflicts_one_document on knowledge_conflicts (tenant_id, one_document);
create index idx_conflicts_other_document
    on knowledge_conflicts (tenant_id, other_document);

create table knowledge_expiries (
    tenant_id uuid not null references users (id) on delete cascade,
    chunk_id uuid not null,
    until date not null,
    start_char int not null,
    end_char int not null,
    sentence text not null,
    primary key (tenant_id, chunk_id, start_char),
    foreign key (tenant_id, chunk_id)
        references knowledge_chunks (user_id, id) on delete cascade
);
create index idx_expiries_until on knowledge_expiries (tenant_id, until);

alter table knowledge_uses enable row level security;
alter table knowledge_uses force row level security;
grant select on knowledge_uses to app_member;
grant select, insert on knowledge_uses to app_service, app_assistant;
create policy "Users can view own knowledge_uses" on knowledge_uses
    for select to app_member
    using (tenant_id = any (array(select app.tenants('agent'))));
create policy "Service role works on own knowledge_uses" on knowledge_uses
    for all to app_service, app_assistant
    using (tenant_id = (select app.job_tenant()))
    with check (tenant_id = (select app.job_tenant()));

alter table knowledge_conflicts enable row level security;
alter table knowledge_conflicts force row level security;
grant select, update on knowledge_conflicts to app_member;
grant select, insert, delete on knowledge_conflicts to app_service;
create policy "Users can view own knowledge_conflicts" on knowledge_conflicts
    for select to app_member
    using (tenant_id = any (array(select app.tenants('agent'))));
create policy "Admins can update own knowledge_conflicts" on knowledge_conflicts
    for update to app_member
    using (tenant_id = any (array(select app.tenants('admin'))))
    with check (tenant_id = any (array(select app.tenants('admin'))));
create policy "Service role works on own knowledge_conflicts" on knowledge_conflicts
    for all to app_service
    using (tenant_id = (select app.job_tenant()))
    with check (tenant_id = (select app.job_tenant()));

alter table knowledge_expiries enable row level security;
alter table knowledge_expiries force row level security;
grant select on knowledge_expiries to app_member;
grant select, insert, delete on knowledge_expiries to app_service;
create policy "Users can view own knowledge_expiries" on knowledge_expiries
    for select to app_member
    using (tenant_id = any (array(select app.tenants('agent'))));
create policy "Service role works on own knowledge_expiries" on knowledge_expiries
    for all to app_service
    using (tenant_id = (select app.job_tenant()))
    with check (tenant_id = (select app.job_tenant()));

-- Decisions so far have their sources in their snapshot.
alter table knowledge_uses no force row level security;
alter table ai_decisions no force row level security;
alter table knowledge_documents no force row level security;
alter table faq_qa no force row level security;
insert into knowledge_uses (tenant_id, decision_id, document_id, faq_id, used_at)
select distinct on (d.user_id, d.id, k.id, f.id) d.user_id, d.id, k.id, f.id, d.created_at
  from ai_decisions d
  cross join lateral jsonb_array_elements(
      case jsonb_typeof(d.snapshot_json -> 'citations')
          when 'array' then d.snapshot_json -> 'citations' else '[]' end) c
  left join knowledge_documents k
         on k.user_id = d.user_id and k.id::text = c ->> 'document_id'
  left join faq_qa f on f.user_id = d.user_id and f.id::text = c ->> 'faq_id'
 where d.decision = 'respond' and num_nonnulls(k.id, f.id) = 1;
alter table knowledge_uses force row level security;
alter table ai_decisions force row level security;
alter table knowledge_documents force row level security;
alter table faq_qa force row level security;
