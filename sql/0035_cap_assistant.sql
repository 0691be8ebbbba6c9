-- What a decision cost, and how far the assistant may go: for each customer and for the
-- whole inbox, in thoughts and, where a model costs money, in dollars. A thought counts once
-- it is over, also when a person was faster or the customer wrote on: it cost as much. Days
-- are those of UTC. The rows are few and small, so the look before each thought stays cheap.

alter table ai_decisions
    add column input_tokens int not null default 0 check (input_tokens >= 0),
    add column output_tokens int not null default 0 check (output_tokens >= 0),
    -- Null: nobody has said what the model costs.
    add column cost_usd numeric(12, 6) default 0 check (cost_usd >= 0);

alter table ai_settings
    add column cap_customer_day int not null default 60
        check (cap_customer_day between 1 and 1000000),
    add column cap_day int not null default 5000 check (cap_day between 1 and 1000000),
    add column cap_month int not null default 100000
        check (cap_month between 1 and 100000000),
    add column cap_usd_customer_day numeric(10, 2) not null default 1
        check (cap_usd_customer_day between 0.01 and 1000000),
    add column cap_usd_day numeric(10, 2) not null default 10
        check (cap_usd_day between 0.01 and 1000000),
    add column cap_usd_month numeric(10, 2) not null default 100
        check (cap_usd_month between 0.01 and 1000000);

-- A row without a conversation is the inbox's own sum. `told` holds the caps that people
-- have been told of: a cap that stops a thousand conversations is one notice.
create table assistant_usage (
    tenant_id uuid not null references users (id) on delete cascade,
    conversation_id uuid,
    day date not null,
    thoughts int not null default 0 check (thoughts >= 0),
    input_tokens bigint not null default 0 check (input_tokens >= 0),
    output_tokens bigint not null default 0 check (output_tokens >= 0),
    cost_usd numeric(12, 6) not null default 0 check (cost_usd >= 0),
    told text[] not null default '{}',
    unique nulls not distinct (tenant_id, conversation_id, day),
    foreign key (tenant_id, conversation_id)
        references conversations (user_id, id) on delete cascade
);

alter table assistant_usage enable row level security;
alter table assistant_usage force row level security;
grant select on assistant_usage to app_member;
grant select, insert, update on assistant_usage to app_service, app_assistant;
create policy "Users can view own assistant_usage" on assistant_usage
    for select to app_member
    using (tenant_id = any (array(select app.tenants('agent'))));
create policy "Service role works on own assistant_usage" on assistant_usage
    for all to app_service, app_assistant
    using (tenant_id = (select app.job_tenant()))
    with check (tenant_id = (select app.job_tenant()));

-- What was said before a person closed a case is theirs: neither is it answered afterwards,
-- nor does it count when we look who is talking. Asked before each thought.
create index idx_escalations_resolved
    on support_escalations (user_id, conversation_id, resolved_at desc)
    where status = 'resolved';
