-- Claims: due rows of every tenant, handed out under a lease and a fence.
--
-- They run as app_claimer, the one role that sees across tenants: of the due tables alone,
-- and there only the columns a claim needs. Rows go to the loops as ids; the work is done
-- in a unit of the row's own tenant. Leases and dues follow the database's clock.

-- Bodies of functions are checked against tables with policies; no row is read here.
set local row_security = on;

create policy "Claims reach every received body" on webhook_events
    for all to app_claimer using (true) with check (true);
create policy "Claims reach every due conversation" on conversations
    for all to app_claimer using (true) with check (true);
create policy "Claims reach every due item" on outbox_items
    for all to app_claimer using (true) with check (true);
create policy "The sweeper shows what became of an item" on conversation_messages
    for all to app_claimer using (true) with check (true);
create policy "Claims know which channels run" on social_accounts
    for select to app_claimer using (true);

grant select, update (fence, lease_until, attempt) on webhook_events to app_claimer;
grant select (id, user_id, status, assistant_paused, assistant_due_at, assistant_lease_until,
              assistant_attempt, assistant_fence),
      update (assistant_fence, assistant_lease_until, assistant_attempt, updated_at)
    on conversations to app_claimer;
grant select (id, tenant_id, conversation_id, channel_id, message_id, seq, state, attempt,
              fence, lease_until, due_at, sending_at, unknown_at, updated_at),
      update (state, attempt, fence, lease_until, claimed_by, unknown_at, error_title,
              error_next, updated_at)
    on outbox_items to app_claimer;
grant select (id, user_id, delivery), update (delivery, updated_at)
    on conversation_messages to app_claimer;
grant select (id, user_id, platform, account_id, status, paused_at)
    on social_accounts to app_claimer;
grant usage on sequence app.fence to app_claimer;
grant create on schema app to app_claimer;

create function app.claim_webhook_events_v1(p_limit int, p_lease_seconds int)
returns table (id uuid, platform text, body bytea, payload jsonb, attempt int, fence bigint,
               received_at timestamptz)
language sql security definer set search_path = '' as $$
    with due as (
        select e.id from public.webhook_events e
         where e.state = 'pending' and e.due_at <= pg_catalog.now()
           and (e.lease_until is null or e.lease_until < pg_catalog.now())
         order by e.received_at, e.id
         limit p_limit for update skip locked),
    claimed as (
        update public.webhook_events e
           set fence = pg_catalog.nextval('app.fence'), attempt = e.attempt + 1,
               lease_until =
                   pg_catalog.now() + pg_catalog.make_interval(secs => p_lease_seconds)
          from due where e.id = due.id
        returning e.id, e.platform, e.body, e.payload, e.attempt, e.fence, e.received_at)
    select * from claimed c order by c.received_at, c.id
$$;

create function app.claim_conversations_v1(p_limit int, p_lease_seconds int)
returns table (tenant_id uuid, conversation_id uuid, fence bigint, attempt int)
language sql security definer set search_path = '' as $$
    with due as (
        select c.id from public.conversations c
         where c.assistant_due_at <= pg_catalog.now() and c.status = 'active'
           and not c.assistant_paused
           and (c.assistant_lease_until is null or c.assistant_lease_until < pg_catalog.now())
         order by c.assistant_due_at
         limit p_limit for update skip locked)
    update public.conversations c
       set assistant_fence = pg_catalog.nextval('app.fence'),
           assistant_attempt = c.assistant_attempt + 1,
           assistant_lease_until =
               pg_catalog.now() + pg_catalog.make_interval(secs => p_lease_seconds)
      from due where c.id = due.id
    returning c.user_id, c.id, c.assistant_fence, c.assistant_attempt
$$;

-- An old snapshot can only overlook that an item in front has been settled, never that
-- one is still open; so at worst a claim comes back with less than it might have.
-- `p_but` are the channels whose senders have their hands full.
create function app.claim_outbox_v1(
    p_worker text, p_limit int, p_lease_seconds int, p_but uuid[] default '{}')
returns table (tenant_id uuid, outbox_id uuid, channel_id uuid, fence bigint, attempt int)
language sql security definer set search_path = '' as $$
    with due as (
        select o.id from public.outbox_items o
          join public.social_accounts a on a.user_id = o.tenant_id and a.id = o.channel_id
         where o.state = 'queued' and o.due_at <= pg_catalog.now()
           and a.paused_at is null and a.status = 'active'
           and not (o.channel_id = any (p_but))
           and not exists (
               select 1 from public.outbox_items before
                where before.tenant_id = o.tenant_id
                  and before.conversation_id = o.conversation_id
                  and before.seq < o.seq
                  and before.state in (
                      'queued', 'claimed', 'sending', 'unknown', 'needs_human', 'held'))
         order by o.due_at, o.id
         limit p_limit for update of o skip locked)
    update public.outbox_items o
       set state = 'claimed', fence = pg_catalog.nextval('app.fence'),
           attempt = o.attempt + 1, claimed_by = p_worker,
           lease_until = pg_catalog.now() + pg_catalog.make_interval(secs => p_lease_seconds)
      from due where o.id = due.id
    returning o.tenant_id, o.id, o.channel_id, o.fence, o.attempt
$$;

-- What dead or frozen workers left behind. Claimed and never begun goes back to the queue;
-- begun and never finished may have been sent, so it is unknown, waits for the platform's
-- word, and after a while for a person's: sooner where other statuses of that channel flow,
-- because then ours would have come.
create function app.sweep_outbox_v1(p_unknown_after_seconds int, p_unknown_fast_seconds int)
returns table (tenant_id uuid, outbox_id uuid, conversation_id uuid, state text)
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare
    v_now timestamptz := pg_catalog.clock_timestamp();
    v_row record;
begin
    for v_row in
        with stale as (
            select o.id,
                   case o.state when 'claimed' then 'queued' when 'sending' then 'unknown'
                                else 'needs_human' end as next_state
              from public.outbox_items o
             where (o.state in ('claimed', 'sending') and o.lease_until < v_now)
                or (o.state = 'unknown' and o.unknown_at < v_now
                        - pg_catalog.make_interval(secs => p_unknown_after_seconds))
                or (o.state = 'unknown' and o.unknown_at < v_now
                        - pg_catalog.make_interval(secs => p_unknown_fast_seconds)
                    and exists (
                        select 1 from public.outbox_items seen
                         where seen.tenant_id = o.tenant_id
                           and seen.channel_id = o.channel_id
                           and seen.state in ('delivered', 'read')
                           and seen.updated_at > o.unknown_at))
               for update of o skip locked),
        swept as (
            update public.outbox_items o
               set state = stale.next_state,
                   lease_until = null,
                   unknown_at = case stale.next_state when 'unknown' then v_now
                                                      else o.unknown_at end,
                   error_title = case stale.next_state
                       when 'unknown' then 'Nobody knows yet whether this was sent.'
                       when 'needs_human' then 'We could not find out whether this was sent.'
                       end,
                   error_next = case stale.next_state when 'needs_human' then
                       'Look in the platform''s own app, then mark it or send it again.' end
              from stale where o.id = stale.id
            returning o.tenant_id, o.id, o.conversation_id, o.message_id, o.state),
        shown as (
            update public.conversation_messages m
               set delivery = case swept.state when 'queued' then 'queued'
                                               else 'uncertain' end
              from swept where m.user_id = swept.tenant_id and m.id = swept.message_id)
        select * from swept
    loop
        perform app_private.announce(v_row.tenant_id, 'outbox_changed', v_row.conversation_id);
        tenant_id := v_row.tenant_id;
        outbox_id := v_row.id;
        conversation_id := v_row.conversation_id;
        state := v_row.state;
        return next;
    end loop;
end $$;

-- Whose account a received fact is addressed to: never what the payload says it is.
create function app.route_account_v1(p_platform text, p_account_id text)
returns table (tenant_id uuid, channel_id uuid)
language sql stable security definer set search_path = '' as $$
    select a.user_id, a.id from public.social_accounts a
     where a.platform = p_platform and a.account_id = p_account_id and a.status <> 'revoked'
$$;

-- Bodies put aside that a person of this tenant should know of: theirs, and for an owner
-- those that no channel of anybody was found for.
create function app.parked_events_v1() returns bigint
language sql stable security definer set search_path = '' as $$
    select pg_catalog.count(*) from public.webhook_events e
     where e.state = 'parked'
       and (e.user_id = app.acting_tenant()
            or (e.user_id is null
                and (app.job_tenant() is not null
                     or app.has_role(app.acting_tenant(), 'owner'))))
$$;

grant execute on function app.claim_webhook_events_v1(int, int),
    app.claim_outbox_v1(text, int, int, uuid[]), app.sweep_outbox_v1(int, int),
    app.route_account_v1(text, text) to app_service;
grant execute on function app.claim_conversations_v1(int, int) to app_service, app_assistant;
grant execute on function app.parked_events_v1() to app_member, app_service;

-- Last, because whoever gives a function away can no longer grant it.
alter function app.claim_webhook_events_v1(int, int) owner to app_claimer;
alter function app.claim_conversations_v1(int, int) owner to app_claimer;
alter function app.claim_outbox_v1(text, int, int, uuid[]) owner to app_claimer;
alter function app.sweep_outbox_v1(int, int) owner to app_claimer;
alter function app.route_account_v1(text, text) owner to app_claimer;
alter function app.parked_events_v1() owner to app_claimer;
revoke create on schema app from app_claimer;
