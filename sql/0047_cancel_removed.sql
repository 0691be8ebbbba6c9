-- What waits on a channel that is removed never leaves, however much later the account is
-- connected again: it is cancelled, and says why.

-- Bodies of functions are checked against tables with policies; no row is read here.
set local row_security = on;

grant select (removed_at) on social_accounts to app_door;
grant create on schema app to app_door;

-- Cancels what has not begun to leave on a channel; nothing while the channel is in use.
-- Conversations are locked first, as everywhere. Returns how many items and deeds there were.
create function app.cancel_removed_v1(p_channel uuid) returns int
language plpgsql security definer set search_path = '' as $$
declare
    v_title constant text := 'The channel was removed before this was sent.';
    v_tenant uuid;
    v_found record;
    v_count int := 0;
begin
    select a.user_id into v_tenant from public.social_accounts a
     where a.id = p_channel and a.removed_at is not null;
    if v_tenant is null then
        return 0;
    end if;
    for v_found in
        select distinct o.conversation_id from public.outbox_items o
         where o.tenant_id = v_tenant and o.channel_id = p_channel
           and o.state in ('queued', 'claimed', 'held')
         order by o.conversation_id
    loop
        perform 1 from public.conversations c
          where c.user_id = v_tenant and c.id = v_found.conversation_id for no key update;
        with cancelled as (
            update public.outbox_items o
               set state = 'cancelled', lease_until = null, error_title = v_title,
                   settled_at = pg_catalog.clock_timestamp()
             where o.tenant_id = v_tenant and o.conversation_id = v_found.conversation_id
               and o.channel_id = p_channel and o.state in ('queued', 'claimed', 'held')
            returning o.message_id),
        shown as (
            update public.conversation_messages m
               set delivery = 'cancelled', failure = v_title
              from cancelled where m.user_id = v_tenant and m.id = cancelled.message_id)
        select v_count + pg_catalog.count(*) into v_count from cancelled;
        perform app_private.announce(v_tenant, 'outbox_changed', v_found.conversation_id);
    end loop;
    for v_found in
        update public.comment_deeds d
           set state = 'cancelled', lease_until = null, error_title = v_title,
               error_next = null, settled_at = pg_catalog.clock_timestamp()
         where d.tenant_id = v_tenant and d.channel_id = p_channel
           and d.state in ('queued', 'claimed')
        returning d.comment_id
    loop
        v_count := v_count + 1;
        perform app_private.announce(v_tenant, 'comment_changed', v_found.comment_id);
    end loop;
    return v_count;
end $$;

grant execute on function app.cancel_removed_v1(uuid) to app_member, app_service;
revoke execute on function app.cancel_removed_v1(uuid) from public;
alter function app.cancel_removed_v1(uuid) owner to app_door;
revoke create on schema app from app_door;
