-- What lists, screens and monitors read: views that run with the reader's own rights, and
-- the few figures that a monitor may have over all tenants.

-- Bodies of functions are checked against tables with policies; no row is read here.
set local row_security = on;

create view inbox_rows with (security_invoker = true) as
select v.user_id, v.id, v.social_account_id as channel_id, v.platform,
       coalesce(c.name, c.username, c.phone_number, c.platform_customer_id) as customer_name,
       c.username, v.status, v.last_message_at, coalesce(v.last_preview, '') as preview,
       v.last_direction, v.unread_count, v.assistant_state,
       v.reply_window_ends_at as window_ends_at, v.assignee_user_id as assignee_id,
       t.display_name as assignee_name, v.snoozed_until,
       exists (select 1 from outbox_items o
                where o.tenant_id = v.user_id and o.conversation_id = v.id
                  and (o.state in ('unknown', 'needs_human', 'held')
                       or (o.state = 'failed' and o.seq = v.next_seq - 1))) as has_failed,
       coalesce((select array_agg(l.name order by l.name) from conversation_labels x
                   join labels l on l.tenant_id = x.tenant_id and l.id = x.label_id
                  where x.tenant_id = v.user_id and x.conversation_id = v.id), '{}') as labels,
       coalesce(c.name, '') || ' ' || coalesce(c.username, '') || ' '
           || coalesce(c.phone_number, '') as customer_words
  from conversations v
  join customers c on c.user_id = v.user_id and c.id = v.customer_id
  left join team_members t on t.tenant_id = v.user_id and t.user_id = v.assignee_user_id;

create view escalation_rows with (security_invoker = true) as
select e.user_id, e.id, e.conversation_id,
       coalesce(c.name, c.username, c.phone_number, c.platform_customer_id) as customer_name,
       v.platform, e.reason, e.status, coalesce(e.summary, '') as summary,
       coalesce(e.notes, '') as notes, coalesce(v.last_preview, '') as last_message_preview,
       e.assigned_to, t.display_name as assigned_name, e.created_at,
       coalesce(v.last_inbound_at, e.created_at) as waiting_since, d.confidence
  from support_escalations e
  join conversations v on v.user_id = e.user_id and v.id = e.conversation_id
  join customers c on c.user_id = v.user_id and c.id = v.customer_id
  left join team_members t on t.tenant_id = e.user_id and t.user_id = e.assigned_to
  left join ai_decisions d on d.user_id = e.user_id and d.id = e.decision_id;

grant select on inbox_rows, escalation_rows to app_member, app_service, app_assistant;

grant update (body) on webhook_events to app_claimer;
grant create on schema app to app_claimer;

create function app.work_figures_v1()
returns table (inbound_pending bigint, inbound_parked bigint, inbound_oldest_seconds float8,
               assistant_due bigint, outbox_queued bigint, outbox_oldest_seconds float8,
               outbox_unknown bigint, outbox_needs_human bigint, channels_paused bigint)
language sql stable security definer set search_path = '' as $$
    select (select pg_catalog.count(*) from public.webhook_events e where e.state = 'pending'),
           (select pg_catalog.count(*) from public.webhook_events e where e.state = 'parked'),
           coalesce((select extract(epoch from pg_catalog.now() - pg_catalog.min(e.received_at))
                       from public.webhook_events e where e.state = 'pending'), 0)::float8,
           (select pg_catalog.count(*) from public.conversations c
             where c.assistant_due_at <= pg_catalog.now() and c.status = 'active'
               and not c.assistant_paused),
           (select pg_catalog.count(*) from public.outbox_items o where o.state = 'queued'),
           coalesce((select extract(epoch from pg_catalog.now() - pg_catalog.min(o.due_at))
                       from public.outbox_items o
                      where o.state = 'queued' and o.due_at <= pg_catalog.now()), 0)::float8,
           (select pg_catalog.count(*) from public.outbox_items o where o.state = 'unknown'),
           (select pg_catalog.count(*) from public.outbox_items o where o.state = 'needs_human'),
           (select pg_catalog.count(*) from public.social_accounts a
             where a.paused_at is not null or a.status <> 'active')
$$;

-- Sends nobody knows the outcome of, longest first: to be looked for, never to be sent.
create function app.unknown_outbox_v1(p_limit int)
returns table (tenant_id uuid, outbox_id uuid, channel_id uuid, fence bigint, attempt int)
language sql stable security definer set search_path = '' as $$
    select o.tenant_id, o.id, o.channel_id, o.fence, o.attempt from public.outbox_items o
     where o.state = 'unknown' order by o.unknown_at, o.id limit p_limit
$$;

-- Raw bodies past their time are emptied; the row and its key stay, so that a redelivery
-- of one is still recognised.
create function app.empty_webhook_bodies_v1(p_days int) returns bigint
language sql security definer set search_path = '' as $$
    with emptied as (
        update public.webhook_events e set body = ''
         where e.state <> 'pending' and pg_catalog.octet_length(e.body) > 0
           and e.received_at < pg_catalog.now() - pg_catalog.make_interval(days => p_days)
        returning 1)
    select pg_catalog.count(*) from emptied
$$;

-- The inbox of a machine that works alone: the one that was founded first.
create function app.first_tenant_v1() returns uuid
language sql stable security definer set search_path = '' as $$
    select u.id from public.users u
      join public.team_members m on m.tenant_id = u.id and m.user_id = u.id
     order by u.created_at, u.id limit 1
$$;

grant execute on function
    app.work_figures_v1(), app.unknown_outbox_v1(int), app.empty_webhook_bodies_v1(int)
    to app_service;
grant execute on function app.first_tenant_v1() to app_service, app_assistant;

-- Last, because whoever gives a function away can no longer grant it.
alter function app.work_figures_v1() owner to app_claimer;
alter function app.unknown_outbox_v1(int) owner to app_claimer;
alter function app.empty_webhook_bodies_v1(int) owner to app_claimer;
revoke create on schema app from app_claimer;
