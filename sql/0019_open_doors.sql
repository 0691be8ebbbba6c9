-- Doors: what members and services may do only in one piece, with its checks.
--
-- They run as app_door, which is bound by row security like everybody else: it reaches the
-- tenants of whoever knocked (`session_user`) and no others, so that a mistake in a door
-- cannot become a hole between tenants. Lock order: conversation, item, message.

-- Bodies of functions are checked against tables with policies; no row is read here.
set local row_security = on;

create policy "Doors act on conversations for whoever knocks" on conversations
    for all to app_door
    using (user_id = any (array(select app.reachable_tenants())))
    with check (user_id = any (array(select app.reachable_tenants())));
create policy "Doors act on messages for whoever knocks" on conversation_messages
    for all to app_door
    using (user_id = any (array(select app.reachable_tenants())))
    with check (user_id = any (array(select app.reachable_tenants())));
create policy "Doors act on the outbox for whoever knocks" on outbox_items
    for all to app_door
    using (tenant_id = any (array(select app.reachable_tenants())))
    with check (tenant_id = any (array(select app.reachable_tenants())));
create policy "Doors act on drafts for whoever knocks" on drafts
    for all to app_door
    using (tenant_id = any (array(select app.reachable_tenants())))
    with check (tenant_id = any (array(select app.reachable_tenants())));
create policy "Doors act on attachments for whoever knocks" on attachments
    for all to app_door
    using (tenant_id = any (array(select app.reachable_tenants())))
    with check (tenant_id = any (array(select app.reachable_tenants())));
create policy "Doors read channels for whoever knocks" on social_accounts
    for select to app_door
    using (user_id = any (array(select app.reachable_tenants())));
create policy "Doors read ai_rules for whoever knocks" on ai_rules
    for select to app_door
    using (user_id = any (array(select app.reachable_tenants())));
create policy "Doors read ai_settings for whoever knocks" on ai_settings
    for select to app_door
    using (user_id = any (array(select app.reachable_tenants())));
create policy "Doors debit credits for whoever knocks" on user_credits
    for all to app_door
    using (user_id = any (array(select app.reachable_tenants())))
    with check (user_id = any (array(select app.reachable_tenants())));
create policy "Doors write the ledger for whoever knocks" on credit_transactions
    for all to app_door
    using (user_id = any (array(select app.reachable_tenants())))
    with check (user_id = any (array(select app.reachable_tenants())));
create policy "Doors write the audit log for whoever knocks" on audit_log
    for insert to app_door
    with check (tenant_id = any (array(select app.reachable_tenants())));

grant select, update on conversations to app_door;
grant select, insert, update on conversation_messages, outbox_items to app_door;
grant select, update on drafts, attachments, user_credits to app_door;
grant select (id, user_id, assistant_mode, paused_at, status) on social_accounts to app_door;
grant select on ai_rules, ai_settings to app_door;
grant select, insert on credit_transactions to app_door;
grant insert on audit_log to app_door;
grant create on schema app to app_door;

-- Notices carry a kind and an id; who may see the thing reads it again.
create function app_private.announce(p_tenant uuid, p_kind text, p_id uuid) returns void
language sql security definer set search_path = '' as $$
    select pg_catalog.pg_notify(n.channel, p_kind || ':' || coalesce(p_id::text, ''))
      from public.notices_channels n where n.tenant_id = p_tenant
$$;
grant execute on function app_private.announce(uuid, text, uuid) to app_door, app_claimer;

create function app.publish_v1(p_kind text, p_id uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare
    v_tenant uuid := app.acting_tenant();
begin
    if v_tenant is null then
        raise exception 'a notice needs a tenant' using errcode = 'insufficient_privilege';
    end if;
    perform app_private.announce(v_tenant, p_kind, p_id);
end $$;

create function app.wake_v1(p_loop text) returns void
language sql set search_path = '' as $$
    select pg_catalog.pg_notify('socialsync_wake', p_loop)
$$;

create function app.notice_channel_v1(p_tenant uuid) returns text
language sql stable security definer set search_path = '' as $$
    select n.channel from public.notices_channels n
     where n.tenant_id = p_tenant and p_tenant in (select app.reachable_tenants())
$$;

-- Every switch that lets the assistant's words leave by themselves; a missing row is off.
create function app.assistant_may_send(p_tenant uuid, p_channel uuid) returns boolean
language sql stable security definer set search_path = '' as $$
    select exists (select 1 from public.ai_rules r
                    where r.user_id = p_tenant and r.ai_control_enabled)
       and exists (select 1 from public.ai_settings s
                    where s.user_id = p_tenant
                      and s.auto_reply_enabled and s.ai_enabled_for_conversations)
       and exists (select 1 from public.social_accounts a
                    where a.user_id = p_tenant and a.id = p_channel
                      and a.assistant_mode = 'auto')
$$;

-- Cancels what the assistant has not yet sent; the caller holds the conversation's lock.
create function app.cancel_assistant_items(p_tenant uuid, p_conversation uuid) returns int
language plpgsql security definer set search_path = '' as $$
declare
    v_messages uuid[];
begin
    with cancelled as (
        update public.outbox_items o
           set state = 'cancelled', lease_until = null, settled_at = pg_catalog.now(),
               error_title = 'A person stepped in first.'
         where o.tenant_id = p_tenant and o.conversation_id = p_conversation
           and o.origin = 'assistant' and o.state in ('queued', 'held', 'claimed')
        returning o.message_id)
    select pg_catalog.array_agg(c.message_id) into v_messages from cancelled c;
    update public.conversation_messages m set delivery = 'cancelled'
     where m.user_id = p_tenant and m.id = any (v_messages);
    return coalesce(pg_catalog.cardinality(v_messages), 0);
end $$;

-- Queues a reply: the message, the item that carries it and its place in the order are one
-- transaction with the checks. Outcomes: enqueued, duplicate (this id was queued before),
-- not_found, window_closed, and for the assistant stale_epoch (a person acted since it
-- looked) and switched_off. A person's reply beats the assistant: the epoch rises, what the
-- assistant has waiting is cancelled, open drafts are superseded.
create function app.enqueue_reply_v1(
    p_conversation uuid, p_outbox uuid, p_message uuid, p_text text, p_origin text,
    p_epoch bigint, p_decision uuid, p_payload jsonb)
returns table (outcome text, message_id uuid, seq bigint, epoch bigint)
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare
    v_conversation public.conversations;
    v_item record;
    v_media uuid := (p_payload -> 'media' ->> 'attachment_id')::uuid;
    v_now timestamptz;
    v_superseded int;
begin
    if p_origin not in ('member', 'assistant') then
        raise exception 'a reply comes from a member or the assistant, not from %', p_origin
            using errcode = 'invalid_parameter_value';
    end if;
    select c.* into v_conversation from public.conversations c
     where c.id = p_conversation for no key update;
    if not found then
        return query select 'not_found', null::uuid, null::bigint, null::bigint;
        return;
    end if;

    select o.message_id, o.seq into v_item from public.outbox_items o
     where o.tenant_id = v_conversation.user_id and o.id = p_outbox;
    if found then
        return query select 'duplicate', v_item.message_id, v_item.seq, v_conversation.epoch;
        return;
    end if;

    v_now := pg_catalog.clock_timestamp();
    if v_conversation.reply_window_ends_at <= v_now then
        return query select 'window_closed', null::uuid, null::bigint, v_conversation.epoch;
        return;
    end if;

    if p_origin = 'assistant' then
        if p_epoch is distinct from v_conversation.epoch then
            return query select 'stale_epoch', null::uuid, null::bigint, v_conversation.epoch;
            return;
        end if;
        if v_conversation.assistant_paused or v_conversation.status <> 'active'
           or not app.assistant_may_send(
               v_conversation.user_id, v_conversation.social_account_id)
        then
            return query select 'switched_off', null::uuid, null::bigint, v_conversation.epoch;
            return;
        end if;
    else
        v_conversation.epoch := v_conversation.epoch + 1;
        perform app.cancel_assistant_items(v_conversation.user_id, p_conversation);
        update public.drafts d set state = 'superseded', decided_at = v_now
         where d.tenant_id = v_conversation.user_id and d.conversation_id = p_conversation
           and d.state = 'open' and d.decision_id is distinct from p_decision;
        get diagnostics v_superseded = row_count;
        if v_superseded > 0 then
            perform app_private.announce(
                v_conversation.user_id, 'draft_settled', p_conversation);
        end if;
    end if;

    insert into public.conversation_messages
        (id, user_id, conversation_id, direction, origin, text, message_type, media_url,
         quoted_platform_id, ai_decision_id, seq, delivery, sent_by, platform_at)
    values
        (p_message, v_conversation.user_id, p_conversation, 'outbound', p_origin, p_text,
         coalesce(p_payload -> 'media' ->> 'kind', 'text'), 'media:' || v_media,
         p_payload ->> 'quoted', p_decision, v_conversation.next_seq, 'queued',
         app.uid(), v_now);
    insert into public.outbox_items
        (id, tenant_id, conversation_id, channel_id, message_id, seq, origin, text, payload,
         decision_id, epoch)
    values
        (p_outbox, v_conversation.user_id, p_conversation, v_conversation.social_account_id,
         p_message, v_conversation.next_seq, p_origin, p_text, coalesce(p_payload, '{}'),
         p_decision, v_conversation.epoch);
    update public.attachments a set message_id = p_message
     where a.tenant_id = v_conversation.user_id and a.id = v_media and a.message_id is null;

    update public.conversations c
       set next_seq = v_conversation.next_seq + 1,
           epoch = v_conversation.epoch,
           status = case c.status when 'archived' then 'active' else c.status end,
           last_message_at = greatest(c.last_message_at, v_now),
           last_preview = pg_catalog.left(coalesce(
               nullif(p_text, ''), '[' || (p_payload -> 'media' ->> 'kind') || ']'), 160),
           last_direction = 'outbound',
           unread_count = case p_origin when 'member' then 0 else c.unread_count end,
           assistant_due_at = case p_origin when 'assistant' then c.assistant_due_at end,
           assistant_first_due_at =
               case p_origin when 'assistant' then c.assistant_first_due_at end,
           assistant_state = case
               when p_origin = 'assistant' then 'answered'
               when c.assistant_state in ('thinking', 'drafted', 'answered') then null
               else c.assistant_state end,
           snoozed_until = case p_origin when 'assistant' then c.snoozed_until end
     where c.user_id = v_conversation.user_id and c.id = p_conversation;

    perform app_private.announce(v_conversation.user_id, 'outbox_changed', p_conversation);
    perform app_private.announce(
        v_conversation.user_id, 'conversation_changed', p_conversation);
    perform app.wake_v1('outbox');
    return query select 'enqueued', p_message, v_conversation.next_seq, v_conversation.epoch;
end $$;

-- The last step before the socket. Only the answer `sending` allows the call:
-- held (a switch is off; a person may release it), cancelled (a person acted meanwhile),
-- window (the reply window closed while it waited), lost (another worker's, or too little
-- of the lease is left to send safely, or the channel is paused and the item waits on).
create function app.mark_sending_v1(
    p_tenant uuid, p_id uuid, p_fence bigint, p_margin_seconds int)
returns text
language plpgsql security definer set search_path = '' as $$
declare
    v_conversation public.conversations;
    v_item public.outbox_items;
    v_now timestamptz;
    v_running boolean;
    v_answer text;
begin
    -- The conversation first: a person's reply either sees this item as sending, or has
    -- cancelled it before we look.
    select c.* into v_conversation from public.conversations c
     where c.user_id = p_tenant
       and c.id = (select o.conversation_id from public.outbox_items o
                    where o.tenant_id = p_tenant and o.id = p_id)
       for no key update;
    select o.* into v_item from public.outbox_items o
     where o.tenant_id = p_tenant and o.id = p_id for no key update;
    v_now := pg_catalog.clock_timestamp();
    if v_item.id is null or v_item.fence is distinct from p_fence
       or v_item.state <> 'claimed'
       or v_item.lease_until <= v_now + pg_catalog.make_interval(secs => p_margin_seconds)
    then
        return 'lost';
    end if;

    select a.paused_at is null and a.status = 'active' into v_running
      from public.social_accounts a
     where a.user_id = p_tenant and a.id = v_item.channel_id;
    v_answer := case
        when v_item.origin = 'assistant' and v_item.epoch <> v_conversation.epoch
            then 'cancelled'
        when v_item.origin = 'assistant'
             and (v_conversation.assistant_paused
                  or not app.assistant_may_send(p_tenant, v_item.channel_id)) then 'held'
        when v_conversation.reply_window_ends_at <= v_now then 'window'
        when not v_running then 'lost'
        else 'sending' end;

    update public.outbox_items o
       set state = case v_answer
               when 'window' then 'failed' when 'lost' then 'queued' else v_answer end,
           lease_until = case v_answer when 'sending' then o.lease_until end,
           sending_at = case v_answer when 'sending' then v_now else o.sending_at end,
           settled_at = case when v_answer in ('window', 'cancelled') then v_now end,
           attempt = case v_answer when 'lost' then o.attempt - 1 else o.attempt end,
           error_code = case v_answer when 'window' then 'window_closed' end,
           error_title = case v_answer
               when 'window' then 'The reply window closed before this could be sent.'
               when 'cancelled' then 'A person stepped in first.'
               when 'held' then 'The assistant is switched off.' end,
           error_next = case v_answer
               when 'window' then 'Wait for the customer to write again, or send a template.'
               end
     where o.tenant_id = p_tenant and o.id = p_id;
    if v_answer <> 'lost' then
        update public.conversation_messages m
           set delivery = case v_answer when 'window' then 'failed' else v_answer end,
               failure = case v_answer when 'window' then
                   'The reply window closed before this could be sent.' end
         where m.user_id = p_tenant and m.id = v_item.message_id;
        perform app_private.announce(p_tenant, 'outbox_changed', v_item.conversation_id);
    end if;
    return v_answer;
end $$;

-- For a pause or a take-over: the assistant falls silent in one conversation at once.
create function app.silence_assistant_v1(p_conversation uuid) returns int
language plpgsql security definer set search_path = '' as $$
declare
    v_tenant uuid;
    v_cancelled int;
begin
    update public.conversations c
       set epoch = c.epoch + 1, assistant_due_at = null, assistant_first_due_at = null
     where c.id = p_conversation returning c.user_id into v_tenant;
    if v_tenant is null then
        return 0;
    end if;
    v_cancelled := app.cancel_assistant_items(v_tenant, p_conversation);
    perform app_private.announce(v_tenant, 'outbox_changed', p_conversation);
    return v_cancelled;
end $$;

-- Locks the item that carries a message, its conversation first.
create function app.lock_item_of_message(p_message uuid) returns public.outbox_items
language plpgsql security definer set search_path = '' as $$
declare
    v_item public.outbox_items;
begin
    perform 1 from public.conversations c
      where (c.user_id, c.id) = (select o.tenant_id, o.conversation_id
                                   from public.outbox_items o where o.message_id = p_message)
        for no key update;
    select o.* into v_item from public.outbox_items o
     where o.message_id = p_message for no key update;
    return v_item;
end $$;

-- Writes an end that a person chose, on item and message alike.
create function app.settle_item(p_item public.outbox_items, p_state text, p_title text)
returns void
language plpgsql security definer set search_path = '' as $$
begin
    update public.outbox_items o
       set state = p_state, lease_until = null, error_title = p_title,
           settled_at = pg_catalog.clock_timestamp()
     where o.tenant_id = p_item.tenant_id and o.id = p_item.id;
    update public.conversation_messages m
       set delivery = p_state, failure = case p_state when 'failed' then p_title end
     where m.user_id = p_item.tenant_id and m.id = p_item.message_id;
    perform app_private.announce(p_item.tenant_id, 'outbox_changed', p_item.conversation_id);
    perform app.wake_v1('outbox');
end $$;

-- Takes back a reply that has not begun to leave: cancelled, too_late or not_found.
create function app.cancel_reply_v1(p_message uuid) returns text
language plpgsql security definer set search_path = '' as $$
declare
    v_item public.outbox_items := app.lock_item_of_message(p_message);
begin
    if v_item.id is null then
        return 'not_found';
    elsif v_item.state not in ('queued', 'claimed', 'held') then
        return 'too_late';
    end if;
    perform app.settle_item(v_item, 'cancelled', 'Taken back before it was sent.');
    return 'cancelled';
end $$;

-- Sends what a switch had held, as the words of the person who releases it: released,
-- too_late or not_found.
create function app.release_reply_v1(p_message uuid) returns text
language plpgsql security definer set search_path = '' as $$
declare
    v_item public.outbox_items := app.lock_item_of_message(p_message);
begin
    if v_item.id is null then
        return 'not_found';
    elsif v_item.state <> 'held' then
        return 'too_late';
    end if;
    update public.outbox_items o
       set state = 'queued', origin = 'member', error_title = null,
           due_at = pg_catalog.clock_timestamp()
     where o.tenant_id = v_item.tenant_id and o.id = v_item.id;
    update public.conversation_messages m set delivery = 'queued'
     where m.user_id = v_item.tenant_id and m.id = p_message;
    perform app_private.announce(v_item.tenant_id, 'outbox_changed', v_item.conversation_id);
    perform app.wake_v1('outbox');
    return 'released';
end $$;

-- A person who looked says what became of an uncertain message: accepted or failed. The
-- conversation moves on; a later status of the platform may still correct it.
create function app.settle_uncertain_v1(p_message uuid, p_state text) returns text
language plpgsql security definer set search_path = '' as $$
declare
    v_item public.outbox_items := app.lock_item_of_message(p_message);
begin
    if p_state not in ('accepted', 'failed') then
        raise exception 'an uncertain message was either accepted or failed, not %', p_state
            using errcode = 'invalid_parameter_value';
    elsif v_item.id is null then
        return 'not_found';
    elsif v_item.state not in ('unknown', 'needs_human') then
        return 'too_late';
    end if;
    perform app.settle_item(
        v_item, p_state, case p_state when 'failed' then 'Marked as not sent by a person.' end);
    return p_state;
end $$;

-- "Send again", once a person has confirmed it: a new message linked to the old one, which
-- ends as failed. The one path that can lead to a duplicate; the dialog says so.
create function app.resend_reply_v1(p_message uuid, p_outbox uuid, p_new_message uuid)
returns table (outcome text, message_id uuid, seq bigint, epoch bigint)
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare
    v_item public.outbox_items := app.lock_item_of_message(p_message);
    v_answer record;
begin
    if v_item.id is null then
        return query select 'not_found', null::uuid, null::bigint, null::bigint;
        return;
    elsif v_item.state not in ('unknown', 'needs_human', 'failed')
          and not exists (select 1 from public.outbox_items o
                           where o.tenant_id = v_item.tenant_id and o.id = p_outbox)
    then
        return query select 'too_late', null::uuid, null::bigint, null::bigint;
        return;
    end if;
    select * into v_answer from app.enqueue_reply_v1(
        v_item.conversation_id, p_outbox, p_new_message, v_item.text, 'member', null,
        v_item.decision_id, v_item.payload);
    if v_answer.outcome = 'enqueued' then
        update public.outbox_items o set resend_of = v_item.id
         where o.tenant_id = v_item.tenant_id and o.id = p_outbox;
        if v_item.state <> 'failed' then
            perform app.settle_item(v_item, 'failed', 'Sent again by a person.');
        end if;
    end if;
    return query select v_answer.outcome, v_answer.message_id, v_answer.seq, v_answer.epoch;
end $$;

-- Takes what a piece of work cost, once however often it is told; returns what is left.
-- The step that crosses zero is finished, the next one does not begin.
create function app.debit_v1(p_kind text, p_source uuid, p_amount int, p_reason text)
returns int
language plpgsql security definer set search_path = '' as $$
declare
    v_tenant uuid := app.acting_tenant();
    v_left int;
begin
    if p_amount < 0 then
        raise exception 'a debit cannot add credits' using errcode = 'insufficient_privilege';
    end if;
    select k.credits_remaining into v_left from public.user_credits k
     where k.user_id = v_tenant for no key update;
    if not found then
        raise exception 'this tenant has no credits' using errcode = 'insufficient_privilege';
    end if;
    insert into public.credit_transactions (user_id, amount, reason, kind, source_id)
    values (v_tenant, -p_amount, p_reason, p_kind, p_source)
    on conflict (user_id, kind, source_id) do nothing;
    if found then
        v_left := v_left - p_amount;
        update public.user_credits k set credits_remaining = v_left where k.user_id = v_tenant;
    end if;
    return v_left;
end $$;

create function app.audit_v1(p_action text, p_subject_kind text, p_subject uuid, p_detail jsonb)
returns void
language sql security definer set search_path = '' as $$
    insert into public.audit_log
        (tenant_id, seq, action, subject_kind, subject_id, detail, previous_hash, hash)
    values (app.acting_tenant(), 0, p_action, p_subject_kind, p_subject,
            coalesce(p_detail, '{}'), '', '')
$$;

-- Puts a background job into the queue, if this login may; the job reads everything but
-- the two ids from the rows.
create function app.defer_v1(p_job text, p_id uuid) returns bigint
language plpgsql security definer set search_path = '' as $$
declare
    v_tenant uuid := app.acting_tenant();
    v_job app_private.deferrable_job;
    v_queued bigint;
begin
    select j.* into v_job from app_private.deferrable_job j where j.job = p_job;
    if v_job.job is null or v_tenant is null
       or (app.job_tenant() is null
           and (v_job.min_role is null or not app.has_role(v_tenant, v_job.min_role)))
    then
        raise exception 'this login may not defer %', p_job
            using errcode = 'insufficient_privilege';
    end if;
    insert into procrastinate.procrastinate_jobs (queue_name, task_name, args)
    values (v_job.queue, v_job.job,
            pg_catalog.jsonb_build_object('tenant', v_tenant, 'id', p_id))
    returning id into v_queued;
    return v_queued;
end $$;

-- One row says who leads; the epoch is named in every write of a leader. Null: somebody
-- else holds it.
create function app.lead_v1(p_name text, p_holder uuid, p_ttl_seconds int) returns bigint
language sql security definer set search_path = '' as $$
    insert into app_private.leader as l (name, holder, expires_at)
    values (p_name, p_holder,
            pg_catalog.clock_timestamp() + pg_catalog.make_interval(secs => p_ttl_seconds))
    on conflict (name) do update
       set holder = excluded.holder, expires_at = excluded.expires_at,
           epoch = case l.holder when excluded.holder then l.epoch else l.epoch + 1 end
     where l.holder = excluded.holder or l.expires_at < pg_catalog.clock_timestamp()
    returning epoch
$$;

create function app.beat_v1(p_id uuid, p_kind text, p_host text, p_pid int) returns void
language sql security definer set search_path = '' as $$
    insert into app_private.workers as w (id, kind, host, pid, beat_at)
    values (p_id, p_kind, p_host, p_pid, pg_catalog.clock_timestamp())
    on conflict (id) do update set beat_at = excluded.beat_at
$$;

create function app.worker_alive_v1(p_kind text, p_within_seconds int) returns boolean
language sql stable security definer set search_path = '' as $$
    select exists (
        select 1 from app_private.workers w
         where w.kind = p_kind
           and w.beat_at > pg_catalog.clock_timestamp()
                           - pg_catalog.make_interval(secs => p_within_seconds))
$$;

grant execute on function app.wake_v1(text), app.uid(), app.acting_tenant() to app_door;
grant execute on function
    app.publish_v1(text, uuid), app.wake_v1(text), app.notice_channel_v1(uuid),
    app.enqueue_reply_v1(uuid, uuid, uuid, text, text, bigint, uuid, jsonb),
    app.silence_assistant_v1(uuid), app.debit_v1(text, uuid, int, text),
    app.audit_v1(text, text, uuid, jsonb), app.defer_v1(text, uuid),
    app.worker_alive_v1(text, int)
    to app_member, app_service, app_assistant;
grant execute on function
    app.cancel_reply_v1(uuid), app.release_reply_v1(uuid), app.settle_uncertain_v1(uuid, text),
    app.resend_reply_v1(uuid, uuid, uuid)
    to app_member, app_service;
grant execute on function app.mark_sending_v1(uuid, uuid, bigint, int) to app_service;
grant execute on function app.lead_v1(text, uuid, int), app.beat_v1(uuid, text, text, int)
    to app_service, app_assistant;

-- Last, because whoever gives a function away can no longer grant it.
alter function app.assistant_may_send(uuid, uuid) owner to app_door;
alter function app.cancel_assistant_items(uuid, uuid) owner to app_door;
alter function app.enqueue_reply_v1(uuid, uuid, uuid, text, text, bigint, uuid, jsonb) owner to app_door;
alter function app.mark_sending_v1(uuid, uuid, bigint, int) owner to app_door;
alter function app.silence_assistant_v1(uuid) owner to app_door;
alter function app.lock_item_of_message(uuid) owner to app_door;
alter function app.settle_item(public.outbox_items, text, text) owner to app_door;
alter function app.cancel_reply_v1(uuid) owner to app_door;
alter function app.release_reply_v1(uuid) owner to app_door;
alter function app.settle_uncertain_v1(uuid, text) owner to app_door;
alter function app.resend_reply_v1(uuid, uuid, uuid) owner to app_door;
alter function app.debit_v1(text, uuid, int, text) owner to app_door;
alter function app.audit_v1(text, text, uuid, jsonb) owner to app_door;
revoke create on schema app from app_door;
