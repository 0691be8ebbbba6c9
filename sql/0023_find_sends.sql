-- A status names a message by the platform's id. The item is found, and locked, by that id
-- first: senders lock the item before its message, and so must whoever hears of it.
create index idx_outbox_platform_id
    on outbox_items (tenant_id, channel_id, platform_message_id)
    where platform_message_id is not null;
