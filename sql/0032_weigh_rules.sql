-- What the owner can say about the assistant: examples for each of the three decisions, a
-- tone, what an error costs, and rules with conditions. The limits stand here too, so that
-- no way into these tables goes round them.

alter table ai_rules
    add column tone text not null default '',
    add column escalate_examples text[] not null default '{}',
    add column respond_examples text[] not null default '{}';

-- In units of one needless escalation.
alter table ai_settings
    add column wrong_reply_cost numeric not null default 4
        check (wrong_reply_cost > 0 and wrong_reply_cost <= 1000),
    add column missed_complaint_cost numeric not null default 20
        check (missed_complaint_cost > 0 and missed_complaint_cost <= 1000);

alter table ai_settings
    add constraint ai_settings_prompt_check check (char_length(system_prompt) <= 8000),
    add constraint ai_settings_tokens_check check (max_tokens <= 32000),
    add constraint ai_settings_languages_check check (cardinality(doc_lang) <= 20);

create function app.fits_v1(p_texts text[], p_most int, p_longest int) returns boolean
language sql immutable parallel safe set search_path = '' as $$
    select pg_catalog.cardinality(p_texts) <= p_most
       and not exists (select 1 from pg_catalog.unnest(p_texts) t
                        where t is null or pg_catalog.btrim(t) = ''
                           or pg_catalog.char_length(t) > p_longest)
$$;
grant execute on function app.fits_v1(text[], int, int) to app_member;

-- A trigger on these columns and not a check on the row: texts that were written before there
-- was a limit must not keep anybody from pulling the master switch.
create function app.bound_rules() returns trigger
language plpgsql set search_path = '' as $$
begin
    if pg_catalog.char_length(new.instructions) > 8000
        or pg_catalog.char_length(new.tone) > 500
        or not app.fits_v1(new.ignore_examples, 200, 1000)
        or not app.fits_v1(new.escalate_examples, 200, 1000)
        or not app.fits_v1(new.respond_examples, 200, 1000)
        or not app.fits_v1(new.allow_listed_links, 200, 300)
    then
        raise check_violation using message = 'rules exceed their limits',
            table = 'ai_rules', constraint = 'ai_rules_limits';
    end if;
    return new;
end $$;
create trigger ai_rules_limits
    before insert or update of instructions, tone, ignore_examples, escalate_examples,
        respond_examples, allow_listed_links on ai_rules
    for each row execute function app.bound_rules();

create function app.count_rule_version() returns trigger
language plpgsql set search_path = '' as $$
begin
    if new.version < old.version then
        raise check_violation using message = 'versions of rules never go back',
            table = 'ai_rules', constraint = 'ai_rules_version';
    end if;
    return new;
end $$;
create trigger ai_rules_version before update of version on ai_rules
    for each row execute function app.count_rule_version();

-- Nothing has written rules with conditions so far. Whatever stands there is put in order,
-- and what would hold for every message is switched off.
alter table triage_rules no force row level security;
update triage_rules t set position = o.place
  from (select id, (row_number() over (partition by tenant_id order by position, created_at, id)
                    - 1)::int as place from triage_rules) o
 where o.id = t.id and t.position <> o.place;
update triage_rules set enabled = false where conditions = '{}';
alter table triage_rules force row level security;

-- A place each, and a hundred places: that is also how many rules there can be.
drop index idx_triage_rules_order;
alter table triage_rules
    add constraint triage_rules_place unique (tenant_id, position)
        deferrable initially deferred,
    add constraint triage_rules_position_check check (position between 0 and 99),
    add constraint triage_rules_name_check
        check (btrim(name) <> '' and char_length(name) <= 80),
    add constraint triage_rules_conditions_check check (
        jsonb_typeof(conditions) = 'object' and octet_length(conditions::text) <= 32768
        and (conditions <> '{}' or not enabled));

create index idx_triage_log_rule on ai_triage_rules_advanced
    (user_id, triage_rule_id, created_at desc);

-- What a rule can ask about a conversation, the assistant may see.
grant select on labels, conversation_labels to app_assistant;
create policy "Assistant can view own labels" on labels
    for select to app_assistant
    using (tenant_id = (select app.job_tenant()));
create policy "Assistant can view own conversation_labels" on conversation_labels
    for select to app_assistant
    using (tenant_id = (select app.job_tenant()));

-- How likely an answer was right, beside the decision: a month of decisions is weighed at
-- other costs without unpacking a hundred thousand snapshots. What the guard held back is
-- answered at no cost, so it has no likelihood here.
alter table ai_decisions
    add column likely float8 generated always as (
        case when jsonb_typeof(snapshot_json -> 'likely') = 'number'
                  and coalesce(snapshot_json -> 'objections', '[]') = '[]'
             then (snapshot_json ->> 'likely')::float8 end) stored,
    add column sort text generated always as (snapshot_json -> 'sorted' ->> 'sort') stored;
create index idx_ai_decisions_weighed on ai_decisions (user_id, created_at desc)
    include (id, decision, sort, likely);

-- Everything that is kept about a case can be read where the queue is.
create or replace view escalation_rows with (security_invoker = true) as
select e.user_id, e.id, e.conversation_id,
       coalesce(c.name, c.username, c.phone_number, c.platform_customer_id) as customer_name,
       v.platform, e.reason, e.status, coalesce(e.summary, '') as summary,
       coalesce(e.notes, '') as notes, coalesce(v.last_preview, '') as last_message_preview,
       e.assigned_to, t.display_name as assigned_name, e.created_at,
       coalesce(v.last_inbound_at, e.created_at) as waiting_since, d.confidence,
       e.decision_id, e.message_id, e.resolved_at, e.updated_at
  from support_escalations e
  join conversations v on v.user_id = e.user_id and v.id = e.conversation_id
  join customers c on c.user_id = v.user_id and c.id = v.customer_id
  left join team_members t on t.tenant_id = e.user_id and t.user_id = e.assigned_to
  left join ai_decisions d on d.user_id = e.user_id and d.id = e.decision_id;
