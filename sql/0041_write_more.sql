-- Messages that are more than words and a file: templates, places, cards, choices, and our
-- own reactions. A template is the one thing that may leave after the reply window has
-- closed. A reaction is no message: its item carries none, it shows on the message it was
-- put on, and it may be sent twice, since the second changes nothing.

-- Bodies of functions are checked against tables with policies; no row is read here.
set local row_security = on;


alter table conversation_messages
    drop constraint conversation_messages_message_type_check,
    add constraint conversation_messages_message_type_check check (message_type in (
        'text', 'image', 'audio', 'video', 'document', 'sticker', 'location', 'contacts',
        'interactive', 'button', 'order', 'template', 'share', 'story_mention', 'story_reply',
        'postback', 'call', 'system', 'unsupported')),
    -- What the team has put on a message; the customer's stands in `reactions`.
    add column own_reaction text check (own_reaction <> '');

alter table outbox_items
    alter column message_id drop not null,
    drop constraint outbox_items_check1,
    add constraint outbox_items_carry check (
        coalesce(text, '') <> '' or payload ? 'media' or payload ? 'content'),
    add constraint outbox_items_message check (
        (message_id is null) = coalesce(payload -> 'content' ->> 'kind' = 'reaction', false));

-- The templates of a channel as its platform last told them; `components` is the form that
-- filling one in needs. A template that the platform has forgotten is deleted here.
create table message_templates (
    id uuid primary key default gen_random_uuid(),
    tenant_id uuid not null references users (id) on delete cascade,
    channel_id uuid not null,
    name text not null check (name <> ''),
    language text not null check (language <> ''),
    category text not null default '',
    status text not null,
    reason text not null default '',
    components jsonb not null default '{}',
    synced_at timestamptz not null default now(),
    unique (tenant_id, channel_id, name, language),
    foreign key (tenant_id, channel_id)
        references social_accounts (user_id, id) on delete cascade
);
alter table message_templates enable row level security;
alter table message_templates force row level security;
grant select on message_templates to app_member;
grant select, insert, update, delete on message_templates to app_service;
create policy "Users can view own message_templates" on message_templates
    for select to app_member
    using (tenant_id = any (array(select app.tenants('agent'))));
create policy "Service role works on own message_templates" on message_templates
    for all to app_service
    using (tenant_id = (select app.job_tenant()))
    with check (tenant_id = (select app.job_tenant()));

alter table app_private.deferrable_job no force row level security;
insert into app_private.deferrable_job (job, queue, min_role) values
    ('sync_templates', 'media', 'agent'),
    ('mark_read', 'courtesies', 'agent'),
    ('show_typing', 'courtesies', null);
alter table app_private.deferrable_job force row level security;

grant create on schema app to app_door;

-- Shows our reaction and queues its item. No answer: the assistant's work goes on, nothing
-- moves up in the list. The answer's message is the one that was reacted to.
create function app.enqueue_reaction(
    p_conversation public.conversations, p_outbox uuid, p_message uuid, p_text text,
    p_payload jsonb)
returns table (outcome text, message_id uuid, seq bigint, epoch bigint)
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare
    v_target uuid;
begin
    update public.conversation_messages m
       set own_reaction = nullif(p_payload -> 'content' ->> 'emoji', ''),
           updated_at = pg_catalog.clock_timestamp()
     where m.user_id = p_conversation.user_id and m.conversation_id = p_conversation.id
       and m.platform_message_id = p_payload -> 'content' ->> 'target_platform_id'
       and m.deleted_at is null
    returning m.id into v_target;
    if v_target is null then
        return query select 'not_found', null::uuid, null::bigint, p_conversation.epoch;
        return;
    end if;
    insert into public.outbox_items
        (id, tenant_id, conversation_id, channel_id, seq, origin, text, payload, epoch)
    values
        (p_outbox, p_conversation.user_id, p_conversation.id,
         p_conversation.social_account_id, p_conversation.next_seq, 'member', p_text,
         p_payload, p_conversation.epoch);
    update public.conversations c set next_seq = p_conversation.next_seq + 1
     where c.user_id = p_conversation.user_id and c.id = p_conversation.id;
    perform app_private.announce(
        p_conversation.user_id, 'message_changed', p_conversation.id);
    perform app.wake_v1('outbox');
    return query select 'enqueued', v_target, p_conversation.next_seq, p_conversation.epoch;
end $$;

-- Takes a reaction off its message again, when it could not be sent and is still shown.
create function app.drop_reaction(p_item public.outbox_items) returns void
language sql security definer set search_path = '' as $$
    update public.conversation_messages m set own_reaction = null
     where p_item.message_id is null
       and m.user_id = p_item.tenant_id and m.conversation_id = p_item.conversation_id
       and m.platform_message_id = p_item.payload -> 'content' ->> 'target_platform_id'
       and m.own_reaction = p_item.payload -> 'content' ->> 'emoji'
$$;
alter function app.enqueue_reaction(public.conversations, uuid, uuid, text, jsonb)
    owner to app_door;
alter function app.drop_reaction(public.outbox_items) owner to app_door;

-- A function is replaced by its owner, whom app_owner may become and is not by itself.
set local role app_door;

-- As before, and: a member's template leaves whatever the window, a reaction goes its own
-- way, and what stands beside the text (a place, a choice) is kept with the message.
create or replace function app.enqueue_reply_v1(
    p_conversation uuid, p_outbox uuid, p_message uuid, p_text text, p_origin text,
    p_epoch bigint, p_decision uuid, p_payload jsonb)
returns table (outcome text, message_id uuid, seq bigint, epoch bigint)
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare
    v_conversation public.conversations;
    v_item record;
    v_media uuid := (p_payload -> 'media' ->> 'attachment_id')::uuid;
    v_kind text := p_payload -> 'content' ->> 'kind';
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

    select coalesce(o.message_id, p_message) as message_id, o.seq into v_item
      from public.outbox_items o
     where o.tenant_id = v_conversation.user_id and o.id = p_outbox;
    if found then
        return query select 'duplicate', v_item.message_id, v_item.seq, v_conversation.epoch;
        return;
    end if;

    v_now := pg_catalog.clock_timestamp();
    if v_conversation.reply_window_ends_at <= v_now
       and (v_kind is distinct from 'template' or p_origin <> 'member')
    then
        return query select 'window_closed', null::uuid, null::bigint, v_conversation.epoch;
        return;
    end if;

    if v_kind = 'reaction' then
        return query select * from app.enqueue_reaction(
            v_conversation, p_outbox, p_message, p_text, p_payload);
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
         quoted_platform_id, ai_decision_id, seq, delivery, sent_by, platform_at, metadata)
    values
        (p_message, v_conversation.user_id, p_conversation, 'outbound', p_origin, p_text,
         coalesce(p_payload -> 'media' ->> 'kind',
                  case v_kind when 'choice' then 'interactive' else v_kind end, 'text'),
         'media:' || v_media,
         p_payload ->> 'quoted', p_decision, v_conversation.next_seq, 'queued',
         app.uid(), v_now, pg_catalog.jsonb_strip_nulls(
             pg_catalog.jsonb_build_object('details', p_payload -> 'details')));
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

-- As before, but no window closes before a template.
create or replace function app.mark_sending_v1(
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
        when v_conversation.reply_window_ends_at <= v_now
             and (v_item.payload -> 'content' ->> 'kind') is distinct from 'template'
            then 'window'
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
    if v_answer = 'window' then
        perform app.drop_reaction(v_item);
    end if;
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

set local role app_owner;
revoke create on schema app from app_door;
grant create on schema app to app_claimer;
grant select (metadata) on social_accounts to app_claimer;
set local role app_claimer;

-- As before, but a reaction of which nobody knows is sent again.
create or replace function app.sweep_outbox_v1(p_unknown_after_seconds int, p_unknown_fast_seconds int)
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
                   case when o.state = 'claimed' or o.message_id is null then 'queued'
                        when o.state = 'sending' then 'unknown'
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

-- WhatsApp addresses what it says about an account by the business account's id, which is
-- noted when a channel is connected; each of its numbers hears it.
create or replace function app.route_account_v1(p_platform text, p_account_id text)
returns table (tenant_id uuid, channel_id uuid)
language sql stable security definer set search_path = '' as $$
    select a.user_id, a.id from public.social_accounts a
     where a.platform = p_platform and a.status <> 'revoked'
       and (a.account_id = p_account_id or a.metadata ->> 'waba_id' = p_account_id)
$$;

set local role app_owner;

-- Who a sender is, by any of their ids: a phone number may be withheld today and shown
-- tomorrow. Asked whenever somebody is not known by the first of them, so it has to find one
-- among a hundred thousand: overlapping arrays use no index under a policy, so it looks with
-- a role that no policy narrows, and names the caller's tenant itself.
create index idx_customers_other_ids on customers using gin (other_ids);
create policy "Claims know customers by every id" on customers
    for select to app_claimer using (true);
grant select (id, user_id, social_account_id, platform_customer_id, other_ids, created_at)
    on customers to app_claimer;
create function app.customer_known_as_v1(p_channel uuid, p_ids text[])
returns table (id uuid, platform_customer_id text)
language sql stable security definer set search_path = '' as $$
    select f.id, f.platform_customer_id
      from (select c.id, c.user_id, c.platform_customer_id, c.created_at, 0 as place
              from public.customers c
             where c.social_account_id = p_channel
               and c.platform_customer_id = any (p_ids)
            union all
            select c.id, c.user_id, c.platform_customer_id, c.created_at,
                   case when p_ids[1] = any (c.other_ids) then 1 else 2 end
              from public.customers c
             where c.social_account_id = p_channel and c.other_ids && p_ids) f
     where f.user_id = app.acting_tenant()
     order by f.platform_customer_id = p_ids[1] desc, f.place, f.created_at
     limit 1
$$;
grant execute on function app.customer_known_as_v1(uuid, text[]) to app_service;
alter function app.customer_known_as_v1(uuid, text[]) owner to app_claimer;
revoke create on schema app from app_claimer;
