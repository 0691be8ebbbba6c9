-- Row security for channels, conversations and what hangs on them. No member and no
-- assistant may read a token, whatever they select; messages and the outbox are written
-- through doors alone.

alter table social_accounts enable row level security;
alter table social_accounts force row level security;
grant insert, delete on social_accounts to app_member;
grant select (id, user_id, platform, account_id, account_name, token_expires_at, scopes,
    metadata, status, assistant_mode, paused_reason, paused_at, last_inbound_at, created_at,
    updated_at)
    on social_accounts to app_member;
grant update (account_name, access_token, refresh_token, token_expires_at, scopes,
    metadata, status, assistant_mode, paused_reason, paused_at, updated_at)
    on social_accounts to app_member;
grant select, update on social_accounts to app_service;
grant select (id, user_id, platform, account_id, account_name, token_expires_at, scopes,
    metadata, status, assistant_mode, paused_reason, paused_at, last_inbound_at, created_at,
    updated_at)
    on social_accounts to app_assistant;
create policy "Users can view own social_accounts" on social_accounts
    for select to app_member
    using (user_id = any (array(select app.tenants('agent'))));
create policy "Admins can insert own social_accounts" on social_accounts
    for insert to app_member
    with check (user_id = any (array(select app.tenants('admin'))));
create policy "Admins can update own social_accounts" on social_accounts
    for update to app_member
    using (user_id = any (array(select app.tenants('admin'))))
    with check (user_id = any (array(select app.tenants('admin'))));
create policy "Owners can delete own social_accounts" on social_accounts
    for delete to app_member
    using (user_id = any (array(select app.tenants('owner'))));
create policy "Service role works on own social_accounts" on social_accounts
    for all to app_service, app_assistant
    using (user_id = (select app.job_tenant()))
    with check (user_id = (select app.job_tenant()));

alter table people enable row level security;
alter table people force row level security;
grant select, insert, update, delete on people to app_member;
grant select, insert, update on people to app_service;
grant select on people to app_assistant;
create policy "Users can view own people" on people
    for select to app_member
    using (tenant_id = any (array(select app.tenants('agent'))));
create policy "Users can insert own people" on people
    for insert to app_member
    with check (tenant_id = any (array(select app.tenants('agent'))));
create policy "Users can update own people" on people
    for update to app_member
    using (tenant_id = any (array(select app.tenants('agent'))))
    with check (tenant_id = any (array(select app.tenants('agent'))));
create policy "Owners can delete own people" on people
    for delete to app_member
    using (tenant_id = any (array(select app.tenants('owner'))));
create policy "Service role works on own people" on people
    for all to app_service, app_assistant
    using (tenant_id = (select app.job_tenant()))
    with check (tenant_id = (select app.job_tenant()));

alter table customers enable row level security;
alter table customers force row level security;
grant select, insert, update, delete on customers to app_member;
grant select, insert, update on customers to app_service;
grant select on customers to app_assistant;
create policy "Users can view own customers" on customers
    for select to app_member
    using (user_id = any (array(select app.tenants('agent'))));
create policy "Users can insert own customers" on customers
    for insert to app_member
    with check (user_id = any (array(select app.tenants('agent'))));
create policy "Users can update own customers" on customers
    for update to app_member
    using (user_id = any (array(select app.tenants('agent'))))
    with check (user_id = any (array(select app.tenants('agent'))));
create policy "Owners can delete own customers" on customers
    for delete to app_member
    using (user_id = any (array(select app.tenants('owner'))));
create policy "Service role works on own customers" on customers
    for all to app_service, app_assistant
    using (user_id = (select app.job_tenant()))
    with check (user_id = (select app.job_tenant()));

alter table conversations enable row level security;
alter table conversations force row level security;
grant select, insert, delete on conversations to app_member;
grant update (status, assignee_user_id, metadata, unread_count, snoozed_until, priority,
    lang_code, epoch, assistant_paused, assistant_state, assistant_due_at, assistant_first_due_at,
    assistant_fence, assistant_lease_until, assistant_attempt, updated_at)
    on conversations to app_member;
grant select, insert, update on conversations to app_service;
grant select on conversations to app_assistant;
grant update (status, assignee_user_id, metadata, unread_count, snoozed_until, priority,
    lang_code, epoch, assistant_paused, assistant_state, assistant_due_at, assistant_first_due_at,
    assistant_fence, assistant_lease_until, assistant_attempt, updated_at)
    on conversations to app_assistant;
create policy "Users can view own conversations" on conversations
    for select to app_member
    using (user_id = any (array(select app.tenants('agent'))));
create policy "Users can insert own conversations" on conversations
    for insert to app_member
    with check (user_id = any (array(select app.tenants('agent'))));
create policy "Users can update own conversations" on conversations
    for update to app_member
    using (user_id = any (array(select app.tenants('agent'))))
    with check (user_id = any (array(select app.tenants('agent'))));
create policy "Owners can delete own conversations" on conversations
    for delete to app_member
    using (user_id = any (array(select app.tenants('owner'))));
create policy "Service role works on own conversations" on conversations
    for all to app_service, app_assistant
    using (user_id = (select app.job_tenant()))
    with check (user_id = (select app.job_tenant()));

alter table conversation_messages enable row level security;
alter table conversation_messages force row level security;
grant select on conversation_messages to app_member;
grant select, insert, update on conversation_messages to app_service;
grant select on conversation_messages to app_assistant;
grant update (triage, confidence, ai_decision_id, updated_at)
    on conversation_messages to app_assistant;
create policy "Users can view own conversation_messages" on conversation_messages
    for select to app_member
    using (user_id = any (array(select app.tenants('agent'))));
create policy "Service role works on own conversation_messages" on conversation_messages
    for all to app_service, app_assistant
    using (user_id = (select app.job_tenant()))
    with check (user_id = (select app.job_tenant()));

alter table blobs enable row level security;
alter table blobs force row level security;
grant select, insert, delete on blobs to app_member;
grant select, insert, update, delete on blobs to app_service;
create policy "Users can view own blobs" on blobs
    for select to app_member
    using (tenant_id = any (array(select app.tenants('agent'))));
create policy "Users can insert own blobs" on blobs
    for insert to app_member
    with check (tenant_id = any (array(select app.tenants('agent'))));
create policy "Owners can delete own blobs" on blobs
    for delete to app_member
    using (tenant_id = any (array(select app.tenants('owner'))));
create policy "Service role works on own blobs" on blobs
    for all to app_service
    using (tenant_id = (select app.job_tenant()))
    with check (tenant_id = (select app.job_tenant()));

alter table attachments enable row level security;
alter table attachments force row level security;
grant select, insert, delete on attachments to app_member;
grant select, insert, update, delete on attachments to app_service;
grant select on attachments to app_assistant;
create policy "Users can view own attachments" on attachments
    for select to app_member
    using (tenant_id = any (array(select app.tenants('agent'))));
create policy "Users can insert own attachments" on attachments
    for insert to app_member
    with check (tenant_id = any (array(select app.tenants('agent'))));
create policy "Owners can delete own attachments" on attachments
    for delete to app_member
    using (tenant_id = any (array(select app.tenants('owner'))));
create policy "Service role works on own attachments" on attachments
    for all to app_service, app_assistant
    using (tenant_id = (select app.job_tenant()))
    with check (tenant_id = (select app.job_tenant()));

alter table ai_triage_rules_advanced enable row level security;
alter table ai_triage_rules_advanced force row level security;
grant select on ai_triage_rules_advanced to app_member;
grant select, insert on ai_triage_rules_advanced to app_service;
grant select, insert on ai_triage_rules_advanced to app_assistant;
create policy "Users can view own ai_triage_rules_advanced" on ai_triage_rules_advanced
    for select to app_member
    using (user_id = any (array(select app.tenants('agent'))));
create policy "Service role works on own ai_triage_rules_advanced" on ai_triage_rules_advanced
    for all to app_service, app_assistant
    using (user_id = (select app.job_tenant()))
    with check (user_id = (select app.job_tenant()));

alter table drafts enable row level security;
alter table drafts force row level security;
grant select on drafts to app_member;
grant update (state, decided_by, decided_at)
    on drafts to app_member;
grant select, insert, update on drafts to app_service;
grant select, insert, update on drafts to app_assistant;
create policy "Users can view own drafts" on drafts
    for select to app_member
    using (tenant_id = any (array(select app.tenants('agent'))));
create policy "Users can update own drafts" on drafts
    for update to app_member
    using (tenant_id = any (array(select app.tenants('agent'))))
    with check (tenant_id = any (array(select app.tenants('agent'))));
create policy "Service role works on own drafts" on drafts
    for all to app_service, app_assistant
    using (tenant_id = (select app.job_tenant()))
    with check (tenant_id = (select app.job_tenant()));

alter table support_escalations enable row level security;
alter table support_escalations force row level security;
grant select, insert, update on support_escalations to app_member;
grant select, insert, update on support_escalations to app_service;
grant select, insert, update on support_escalations to app_assistant;
create policy "Users can view own support_escalations" on support_escalations
    for select to app_member
    using (user_id = any (array(select app.tenants('agent'))));
create policy "Users can insert own support_escalations" on support_escalations
    for insert to app_member
    with check (user_id = any (array(select app.tenants('agent'))));
create policy "Users can update own support_escalations" on support_escalations
    for update to app_member
    using (user_id = any (array(select app.tenants('agent'))))
    with check (user_id = any (array(select app.tenants('agent'))));
create policy "Service role works on own support_escalations" on support_escalations
    for all to app_service, app_assistant
    using (user_id = (select app.job_tenant()))
    with check (user_id = (select app.job_tenant()));

alter table composer_drafts enable row level security;
alter table composer_drafts force row level security;
grant select, insert, update, delete on composer_drafts to app_member;
create policy "Users can CRUD their own composer_drafts" on composer_drafts
    for all to app_member
    using (tenant_id = any (array(select app.tenants('agent')))
        and user_id = (select app.uid()))
    with check (tenant_id = any (array(select app.tenants('agent')))
        and user_id = (select app.uid()));

alter table notes enable row level security;
alter table notes force row level security;
grant select, insert, update, delete on notes to app_member;
grant select on notes to app_service;
create policy "Users can view own notes" on notes
    for select to app_member
    using (tenant_id = any (array(select app.tenants('agent'))));
create policy "Users can insert their own notes" on notes
    for insert to app_member
    with check (tenant_id = any (array(select app.tenants('agent')))
        and author_user_id = (select app.uid()));
create policy "Users can update their own notes" on notes
    for update to app_member
    using (tenant_id = any (array(select app.tenants('agent')))
        and author_user_id = (select app.uid()))
    with check (tenant_id = any (array(select app.tenants('agent')))
        and author_user_id = (select app.uid()));
create policy "Admins can update own notes" on notes
    for update to app_member
    using (tenant_id = any (array(select app.tenants('admin'))))
    with check (tenant_id = any (array(select app.tenants('admin'))));
create policy "Admins can delete own notes" on notes
    for delete to app_member
    using (tenant_id = any (array(select app.tenants('admin'))));
create policy "Service role works on own notes" on notes
    for all to app_service
    using (tenant_id = (select app.job_tenant()))
    with check (tenant_id = (select app.job_tenant()));

alter table labels enable row level security;
alter table labels force row level security;
grant select, insert, update, delete on labels to app_member;
grant select on labels to app_service;
create policy "Users can view own labels" on labels
    for select to app_member
    using (tenant_id = any (array(select app.tenants('agent'))));
create policy "Admins can insert own labels" on labels
    for insert to app_member
    with check (tenant_id = any (array(select app.tenants('admin'))));
create policy "Admins can update own labels" on labels
    for update to app_member
    using (tenant_id = any (array(select app.tenants('admin'))))
    with check (tenant_id = any (array(select app.tenants('admin'))));
create policy "Admins can delete own labels" on labels
    for delete to app_member
    using (tenant_id = any (array(select app.tenants('admin'))));
create policy "Service role works on own labels" on labels
    for all to app_service
    using (tenant_id = (select app.job_tenant()))
    with check (tenant_id = (select app.job_tenant()));

alter table conversation_labels enable row level security;
alter table conversation_labels force row level security;
grant select, insert, delete on conversation_labels to app_member;
grant select, insert, delete on conversation_labels to app_service;
create policy "Users can view own conversation_labels" on conversation_labels
    for select to app_member
    using (tenant_id = any (array(select app.tenants('agent'))));
create policy "Users can insert own conversation_labels" on conversation_labels
    for insert to app_member
    with check (tenant_id = any (array(select app.tenants('agent'))));
create policy "Users can delete own conversation_labels" on conversation_labels
    for delete to app_member
    using (tenant_id = any (array(select app.tenants('agent'))));
create policy "Service role works on own conversation_labels" on conversation_labels
    for all to app_service
    using (tenant_id = (select app.job_tenant()))
    with check (tenant_id = (select app.job_tenant()));

alter table saved_replies enable row level security;
alter table saved_replies force row level security;
grant select, insert, update, delete on saved_replies to app_member;
grant select on saved_replies to app_service;
create policy "Users can view own saved_replies" on saved_replies
    for select to app_member
    using (tenant_id = any (array(select app.tenants('agent'))));
create policy "Admins can insert own saved_replies" on saved_replies
    for insert to app_member
    with check (tenant_id = any (array(select app.tenants('admin'))));
create policy "Admins can update own saved_replies" on saved_replies
    for update to app_member
    using (tenant_id = any (array(select app.tenants('admin'))))
    with check (tenant_id = any (array(select app.tenants('admin'))));
create policy "Admins can delete own saved_replies" on saved_replies
    for delete to app_member
    using (tenant_id = any (array(select app.tenants('admin'))));
create policy "Service role works on own saved_replies" on saved_replies
    for all to app_service
    using (tenant_id = (select app.job_tenant()))
    with check (tenant_id = (select app.job_tenant()));

alter table outbox_items enable row level security;
alter table outbox_items force row level security;
grant select on outbox_items to app_member;
grant select, update on outbox_items to app_service;
grant select on outbox_items to app_assistant;
create policy "Users can view own outbox_items" on outbox_items
    for select to app_member
    using (tenant_id = any (array(select app.tenants('agent'))));
create policy "Service role works on own outbox_items" on outbox_items
    for all to app_service, app_assistant
    using (tenant_id = (select app.job_tenant()))
    with check (tenant_id = (select app.job_tenant()));

-- Letting the assistant write to customers by itself is the owner's alone to allow.
create function app.owner_allows_auto() returns trigger
language plpgsql set search_path = '' as $$
begin
    if new.assistant_mode = 'auto' and (tg_op = 'INSERT' or old.assistant_mode <> 'auto')
       and app.uid() is not null and not app.has_role(new.user_id, 'owner')
    then
        raise exception 'only the owner of an inbox lets the assistant send by itself'
            using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
create trigger social_accounts_owner_allows_auto
    before insert or update of assistant_mode on social_accounts
    for each row execute function app.owner_allows_auto();
