-- What people say a decision should have been, the rules that decisions were made under, and
-- the words by which a decision is found again.

-- A snapshot names its rules by their digest. They stand here once per version: a hundred
-- thousand decisions under the same six hundred examples would repeat them as often.
create table decision_rules (
    tenant_id uuid not null references users (id) on delete cascade,
    digest bytea not null check (octet_length(digest) = 32),
    rules jsonb not null,
    created_at timestamptz not null default now(),
    primary key (tenant_id, digest)
);

-- One per decision: whoever corrects later replaces it. `example` is what the assistant is
-- to learn from, in `state` proposed until somebody in charge has added or refused it;
-- none where there are no words.
create table decision_corrections (
    tenant_id uuid not null references users (id) on delete cascade,
    decision_id uuid not null,
    member_id uuid,
    should text not null check (should in ('respond', 'ignore', 'escalate')),
    note text not null default '' check (char_length(note) <= 1000),
    example text not null default '' check (char_length(example) <= 1000),
    state text not null check (state in ('none', 'proposed', 'added', 'refused')),
    created_at timestamptz not null default now(),
    primary key (tenant_id, decision_id),
    check ((example = '') = (state = 'none')),
    foreign key (tenant_id, decision_id)
        references ai_decisions (user_id, id) on delete cascade,
    foreign key (tenant_id, member_id)
        references team_members (tenant_id, user_id) on delete set null (member_id)
);
create index idx_corrections_proposed on decision_corrections (tenant_id, created_at)
    where state = 'proposed';
create index idx_corrections_member on decision_corrections (tenant_id, member_id)
    where member_id is not null;

-- What stood before is in the audit log, without anybody's words: those can be erased.
create function app.audit_correction() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    insert into public.audit_log (tenant_id, action, subject_kind, subject_id, detail)
    values (new.tenant_id, 'decision.corrected', 'decision', new.decision_id,
            pg_catalog.jsonb_build_object('should', new.should, 'example', new.state));
    return null;
end $$;
create trigger decision_corrections_audit
    after insert or update of should, state on decision_corrections
    for each row execute function app.audit_correction();
create policy "Corrections are written into the audit chain" on audit_log
    for insert to app_owner with check (action = 'decision.corrected');

alter table decision_rules enable row level security;
alter table decision_rules force row level security;
grant select on decision_rules to app_member;
grant select, insert on decision_rules to app_service, app_assistant;
create policy "Users can view own decision_rules" on decision_rules
    for select to app_member
    using (tenant_id = any (array(select app.tenants('agent'))));
create policy "Service role works on own decision_rules" on decision_rules
    for all to app_service, app_assistant
    using (tenant_id = (select app.job_tenant()))
    with check (tenant_id = (select app.job_tenant()));

alter table decision_corrections enable row level security;
alter table decision_corrections force row level security;
grant select, insert, update on decision_corrections to app_member;
grant select on decision_corrections to app_service, app_assistant;
create policy "Users can view own decision_corrections" on decision_corrections
    for select to app_member
    using (tenant_id = any (array(select app.tenants('agent'))));
create policy "Users can correct in their own name" on decision_corrections
    for insert to app_member
    with check (tenant_id = any (array(select app.tenants('agent')))
        and member_id = (select app.uid())
        and (state in ('none', 'proposed')
             or tenant_id = any (array(select app.tenants('admin')))));
create policy "Users can replace a correction in their own name" on decision_corrections
    for update to app_member
    using (tenant_id = any (array(select app.tenants('agent'))))
    with check (tenant_id = any (array(select app.tenants('agent')))
        and member_id = (select app.uid()) and state in ('none', 'proposed'));
create policy "Admins can update own decision_corrections" on decision_corrections
    for update to app_member
    using (tenant_id = any (array(select app.tenants('admin'))))
    with check (tenant_id = any (array(select app.tenants('admin'))));
create policy "Assistant can view own decision_corrections" on decision_corrections
    for select to app_assistant
    using (tenant_id = (select app.job_tenant()));
create policy "Service role works on own decision_corrections" on decision_corrections
    for all to app_service
    using (tenant_id = (select app.job_tenant()))
    with check (tenant_id = (select app.job_tenant()));

-- Small letters without accents. Not unaccent(): it may be told other rules one day, and
-- what is stored must not change with them.
create function app.folded_v1(p_text text) returns text
language sql immutable strict parallel safe
return regexp_replace(
    normalize(lower(p_text), nfkd), '[' || u&'\0300' || '-' || u&'\036f' || ']', '', 'g');
grant execute on function app.folded_v1(text) to app_member, app_service, app_assistant;

-- Row security keeps `like` from any index, so a search reads rows: these few bytes of each,
-- and not the snapshot. Written out, because folding costs more than looking.
alter table ai_decisions
    add column words text generated always as (
        app.folded_v1(coalesce(message_text, '') || ' ' || reason)) stored;
create index idx_ai_decisions_page on ai_decisions (user_id, created_at desc, id desc);
