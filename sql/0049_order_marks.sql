-- What a platform tells of a whole conversation, or of our own reaction, may overtake what it
-- is about. So the newest marks stay with the conversation, and apply to a message of ours
-- that becomes known later; and our reactions have a time, as the customers' have: of two,
-- told in any order, the later one stands.

alter table conversations
    add column delivered_up_to timestamptz,
    add column read_up_to timestamptz;
alter table conversation_messages add column own_reacted_at timestamptz;

-- A function is replaced by its owner, whom app_owner may become and is not by itself.
grant create on schema app to app_door;
set local role app_door;

-- As before, and: a reaction made here is as old as its click.
create or replace function app.enqueue_reaction(
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
           own_reacted_at = pg_catalog.clock_timestamp(),
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

set local role app_owner;
revoke create on schema app from app_door;
