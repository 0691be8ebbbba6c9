-- What the assistant could not answer, grouped by meaning, so that one answer closes it for
-- all who ask; and the topics that an owner has let it answer by itself on a channel.
-- A group's question is kept without what belongs to a person. The messages are the
-- customers' words: they go with their conversation.

-- Bodies of functions are checked against tables with policies, and the index works under
-- its own.
set local row_security = on;

create table knowledge_gaps (
    id uuid primary key default gen_random_uuid(),
    tenant_id uuid not null references users (id) on delete cascade,
    question text not null check (question <> ''),
    lang_code text not null,
    status text not null default 'open' check (status in ('open', 'answered', 'dismissed')),
    faq_id uuid,
    answered_before int check (answered_before >= 0),
    answered_after int check (answered_after >= 0),
    measured int check (measured >= 0),
    measured_at timestamptz,
    decided_by uuid,
    decided_at timestamptz,
    created_at timestamptz not null default now(),
    unique (tenant_id, id),
    foreign key (tenant_id, faq_id)
        references faq_qa (user_id, id) on delete set null (faq_id),
    foreign key (tenant_id, decided_by)
        references team_members (tenant_id, user_id) on delete set null (decided_by)
);
create index idx_gaps_status on knowledge_gaps (tenant_id, status);
create index idx_gaps_faq on knowledge_gaps (tenant_id, faq_id) where faq_id is not null;

create table knowledge_gap_messages (
    tenant_id uuid not null references users (id) on delete cascade,
    escalation_id uuid not null,
    gap_id uuid not null,
    text text not null check (text <> ''),
    embedder text not null,
    embedding halfvec not null check (vector_dims(embedding) in (384, 1536)),
    answered_before boolean,
    answered_after boolean,
    asked_at timestamptz not null,
    primary key (tenant_id, escalation_id),
    foreign key (tenant_id, escalation_id)
        references support_escalations (user_id, id) on delete cascade,
    foreign key (tenant_id, gap_id)
        references knowledge_gaps (tenant_id, id) on delete cascade
);
create index idx_gap_messages_gap on knowledge_gap_messages (tenant_id, gap_id, asked_at);

-- With none listed for a channel, everything may go out that the other switches allow.
create table released_topics (
    tenant_id uuid not null references users (id) on delete cascade,
    channel_id uuid not null,
    topic text not null check (topic <> ''),
    title text not null,
    released_by uuid,
    released_at timestamptz not null default now(),
    primary key (tenant_id, channel_id, topic),
    foreign key (tenant_id, channel_id)
        references social_accounts (user_id, id) on delete cascade,
    foreign key (tenant_id, released_by)
        references team_members (tenant_id, user_id) on delete set null (released_by)
);

create index idx_escalations_decision on support_escalations (user_id, decision_id)
    where decision_id is not null;

alter table knowledge_gaps enable row level security;
alter table knowledge_gaps force row level security;
grant select, update on knowledge_gaps to app_member;
grant select, insert, update, delete on knowledge_gaps to app_service;
create policy "Users can view own knowledge_gaps" on knowledge_gaps
    for select to app_member
    using (tenant_id = any (array(select app.tenants('agent'))));
create policy "Admins can update own knowledge_gaps" on knowledge_gaps
    for update to app_member
    using (tenant_id = any (array(select app.tenants('admin'))))
    with check (tenant_id = any (array(select app.tenants('admin'))));
create policy "Service role works on own knowledge_gaps" on knowledge_gaps
    for all to app_service
    using (tenant_id = (select app.job_tenant()))
    with check (tenant_id = (select app.job_tenant()));

alter table knowledge_gap_messages enable row level security;
alter table knowledge_gap_messages force row level security;
grant select, update on knowledge_gap_messages to app_member;
grant select, insert, update, delete on knowledge_gap_messages to app_service;
create policy "Users can view own knowledge_gap_messages" on knowledge_gap_messages
    for select to app_member
    using (tenant_id = any (array(select app.tenants('agent'))));
create policy "Admins can update own knowledge_gap_messages" on knowledge_gap_messages
    for update to app_member
    using (tenant_id = any (array(select app.tenants('admin'))))
    with check (tenant_id = any (array(select app.tenants('admin'))));
create policy "Service role works on own knowledge_gap_messages" on knowledge_gap_messages
    for all to app_service
    using (tenant_id = (select app.job_tenant()))
    with check (tenant_id = (select app.job_tenant()));

alter table released_topics enable row level security;
alter table released_topics force row level security;
grant select, insert, delete on released_topics to app_member;
grant select on released_topics to app_service, app_assistant;
create policy "Users can view own released_topics" on released_topics
    for select to app_member
    using (tenant_id = any (array(select app.tenants('agent'))));
create policy "Admins can insert own released_topics" on released_topics
    for insert to app_member
    with check (tenant_id = any (array(select app.tenants('admin'))));
create policy "Admins can delete own released_topics" on released_topics
    for delete to app_member
    using (tenant_id = any (array(select app.tenants('admin'))));
create policy "Service role works on own released_topics" on released_topics
    for all to app_service, app_assistant
    using (tenant_id = (select app.job_tenant()))
    with check (tenant_id = (select app.job_tenant()));

alter table app_private.deferrable_job no force row level security;
insert into app_private.deferrable_job (job, queue, min_role)
values ('group_gaps', 'knowledge', 'admin');
alter table app_private.deferrable_job force row level security;

-- Inboxes with something the assistant could not answer and that stands in no group yet.
create policy "The index looks for what was not answered" on support_escalations
    for select to app_indexer using (true);
create policy "The index knows what is grouped" on knowledge_gap_messages
    for select to app_indexer using (true);
create policy "The index knows what was decided" on ai_decisions
    for select to app_indexer using (true);
grant select (id, user_id, reason, decision_id) on support_escalations to app_indexer;
grant select (tenant_id, escalation_id) on knowledge_gap_messages to app_indexer;
grant select (id, user_id, message_text) on ai_decisions to app_indexer;
grant create on schema app to app_indexer;
create function app.ungrouped_v1() returns setof uuid
language sql stable security definer set search_path = '' as $$
    select distinct e.user_id from public.support_escalations e
      join public.ai_decisions d on d.user_id = e.user_id and d.id = e.decision_id
     where e.reason in ('missing_knowledge', 'low_confidence')
       and pg_catalog.btrim(d.message_text) <> ''
       and not exists (select 1 from public.knowledge_gap_messages m
                        where m.tenant_id = e.user_id and m.escalation_id = e.id)
$$;
grant execute on function app.ungrouped_v1() to app_service;
alter function app.ungrouped_v1() owner to app_indexer;
revoke create on schema app from app_indexer;
