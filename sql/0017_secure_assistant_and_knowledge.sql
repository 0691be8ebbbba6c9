-- Row security for what the assistant is told, what it knows, and what arrives.

alter table ai_models enable row level security;
alter table ai_models force row level security;
grant select on ai_models to app_member;
grant select, insert, update on ai_models to app_service;
grant select on ai_models to app_assistant;
create policy "Users can view ai_models" on ai_models
    for select to app_member
    using (true);
create policy "Service role keeps ai_models" on ai_models
    for all to app_service
    using (true)
    with check (true);
create policy "Assistant can view ai_models" on ai_models
    for select to app_assistant
    using (true);

alter table ai_settings enable row level security;
alter table ai_settings force row level security;
grant select, update on ai_settings to app_member;
grant select on ai_settings to app_service;
grant select on ai_settings to app_assistant;
create policy "Users can view own ai_settings" on ai_settings
    for select to app_member
    using (user_id = any (array(select app.tenants('agent'))));
create policy "Admins can update own ai_settings" on ai_settings
    for update to app_member
    using (user_id = any (array(select app.tenants('admin'))))
    with check (user_id = any (array(select app.tenants('admin'))));
create policy "Service role works on own ai_settings" on ai_settings
    for all to app_service, app_assistant
    using (user_id = (select app.job_tenant()))
    with check (user_id = (select app.job_tenant()));

alter table ai_rules enable row level security;
alter table ai_rules force row level security;
grant select, insert, update, delete on ai_rules to app_member;
grant select on ai_rules to app_service;
grant select on ai_rules to app_assistant;
create policy "Users can view own ai_rules" on ai_rules
    for select to app_member
    using (user_id = any (array(select app.tenants('agent'))));
create policy "Admins can update own ai_rules" on ai_rules
    for update to app_member
    using (user_id = any (array(select app.tenants('admin'))))
    with check (user_id = any (array(select app.tenants('admin'))));
create policy "Users can CRUD their own ai_rules" on ai_rules
    for all to app_member
    using (user_id = any (array(select app.tenants('owner'))))
    with check (user_id = any (array(select app.tenants('owner'))));
create policy "Service role works on own ai_rules" on ai_rules
    for all to app_service, app_assistant
    using (user_id = (select app.job_tenant()))
    with check (user_id = (select app.job_tenant()));

alter table triage_rules enable row level security;
alter table triage_rules force row level security;
grant select, insert, update, delete on triage_rules to app_member;
grant select on triage_rules to app_service;
grant select on triage_rules to app_assistant;
create policy "Users can view own triage_rules" on triage_rules
    for select to app_member
    using (tenant_id = any (array(select app.tenants('agent'))));
create policy "Admins can insert own triage_rules" on triage_rules
    for insert to app_member
    with check (tenant_id = any (array(select app.tenants('admin'))));
create policy "Admins can update own triage_rules" on triage_rules
    for update to app_member
    using (tenant_id = any (array(select app.tenants('admin'))))
    with check (tenant_id = any (array(select app.tenants('admin'))));
create policy "Admins can delete own triage_rules" on triage_rules
    for delete to app_member
    using (tenant_id = any (array(select app.tenants('admin'))));
create policy "Service role works on own triage_rules" on triage_rules
    for all to app_service, app_assistant
    using (tenant_id = (select app.job_tenant()))
    with check (tenant_id = (select app.job_tenant()));

alter table ai_decisions enable row level security;
alter table ai_decisions force row level security;
grant select on ai_decisions to app_member;
grant select, insert on ai_decisions to app_service;
grant select, insert on ai_decisions to app_assistant;
create policy "Users can SELECT their own ai_decisions" on ai_decisions
    for select to app_member
    using (user_id = any (array(select app.tenants('agent'))));
create policy "Service role can INSERT ai_decisions" on ai_decisions
    for all to app_service, app_assistant
    using (user_id = (select app.job_tenant()))
    with check (user_id = (select app.job_tenant()));

alter table assistant_threads enable row level security;
alter table assistant_threads force row level security;
grant select, insert, update, delete on assistant_threads to app_service;
grant select, insert, update, delete on assistant_threads to app_assistant;
create policy "Service role works on own assistant_threads" on assistant_threads
    for all to app_service, app_assistant
    using (tenant_id = (select app.job_tenant()))
    with check (tenant_id = (select app.job_tenant()));

alter table assist_requests enable row level security;
alter table assist_requests force row level security;
grant select, insert on assist_requests to app_member;
grant select, update on assist_requests to app_service;
grant select, update on assist_requests to app_assistant;
create policy "Users can view their own assist_requests" on assist_requests
    for select to app_member
    using (tenant_id = any (array(select app.tenants('agent')))
        and requested_by = (select app.uid()));
create policy "Users can insert their own assist_requests" on assist_requests
    for insert to app_member
    with check (tenant_id = any (array(select app.tenants('agent')))
        and requested_by = (select app.uid()));
create policy "Service role works on own assist_requests" on assist_requests
    for all to app_service, app_assistant
    using (tenant_id = (select app.job_tenant()))
    with check (tenant_id = (select app.job_tenant()));

alter table knowledge_documents enable row level security;
alter table knowledge_documents force row level security;
grant select, insert, update, delete on knowledge_documents to app_member;
grant select, insert, update on knowledge_documents to app_service;
grant select on knowledge_documents to app_assistant;
create policy "Users can view own knowledge_documents" on knowledge_documents
    for select to app_member
    using (user_id = any (array(select app.tenants('agent'))));
create policy "Admins can insert own knowledge_documents" on knowledge_documents
    for insert to app_member
    with check (user_id = any (array(select app.tenants('admin'))));
create policy "Admins can update own knowledge_documents" on knowledge_documents
    for update to app_member
    using (user_id = any (array(select app.tenants('admin'))))
    with check (user_id = any (array(select app.tenants('admin'))));
create policy "Admins can delete own knowledge_documents" on knowledge_documents
    for delete to app_member
    using (user_id = any (array(select app.tenants('admin'))));
create policy "Service role works on own knowledge_documents" on knowledge_documents
    for all to app_service, app_assistant
    using (user_id = (select app.job_tenant()))
    with check (user_id = (select app.job_tenant()));

alter table knowledge_chunks enable row level security;
alter table knowledge_chunks force row level security;
grant select on knowledge_chunks to app_member;
grant select, insert, update, delete on knowledge_chunks to app_service;
grant select on knowledge_chunks to app_assistant;
create policy "Users can view own knowledge_chunks" on knowledge_chunks
    for select to app_member
    using (user_id = any (array(select app.tenants('agent'))));
create policy "Service role works on own knowledge_chunks" on knowledge_chunks
    for all to app_service, app_assistant
    using (user_id = (select app.job_tenant()))
    with check (user_id = (select app.job_tenant()));

alter table knowledge_windows enable row level security;
alter table knowledge_windows force row level security;
grant select on knowledge_windows to app_member;
grant select, insert, update, delete on knowledge_windows to app_service;
grant select on knowledge_windows to app_assistant;
create policy "Users can view own knowledge_windows" on knowledge_windows
    for select to app_member
    using (tenant_id = any (array(select app.tenants('agent'))));
create policy "Service role works on own knowledge_windows" on knowledge_windows
    for all to app_service, app_assistant
    using (tenant_id = (select app.job_tenant()))
    with check (tenant_id = (select app.job_tenant()));

alter table faq_qa enable row level security;
alter table faq_qa force row level security;
grant select, insert, update, delete on faq_qa to app_member;
grant select, insert, update on faq_qa to app_service;
grant select on faq_qa to app_assistant;
create policy "Users can view own faq_qa" on faq_qa
    for select to app_member
    using (user_id = any (array(select app.tenants('agent'))));
create policy "Admins can insert own faq_qa" on faq_qa
    for insert to app_member
    with check (user_id = any (array(select app.tenants('admin'))));
create policy "Admins can update own faq_qa" on faq_qa
    for update to app_member
    using (user_id = any (array(select app.tenants('admin'))))
    with check (user_id = any (array(select app.tenants('admin'))));
create policy "Admins can delete own faq_qa" on faq_qa
    for delete to app_member
    using (user_id = any (array(select app.tenants('admin'))));
create policy "Service role works on own faq_qa" on faq_qa
    for all to app_service, app_assistant
    using (user_id = (select app.job_tenant()))
    with check (user_id = (select app.job_tenant()));

alter table faq_phrasings enable row level security;
alter table faq_phrasings force row level security;
grant select, insert, update, delete on faq_phrasings to app_member;
grant select, insert, update, delete on faq_phrasings to app_service;
grant select on faq_phrasings to app_assistant;
create policy "Users can view own faq_phrasings" on faq_phrasings
    for select to app_member
    using (tenant_id = any (array(select app.tenants('agent'))));
create policy "Admins can insert own faq_phrasings" on faq_phrasings
    for insert to app_member
    with check (tenant_id = any (array(select app.tenants('admin'))));
create policy "Admins can update own faq_phrasings" on faq_phrasings
    for update to app_member
    using (tenant_id = any (array(select app.tenants('admin'))))
    with check (tenant_id = any (array(select app.tenants('admin'))));
create policy "Admins can delete own faq_phrasings" on faq_phrasings
    for delete to app_member
    using (tenant_id = any (array(select app.tenants('admin'))));
create policy "Service role works on own faq_phrasings" on faq_phrasings
    for all to app_service, app_assistant
    using (tenant_id = (select app.job_tenant()))
    with check (tenant_id = (select app.job_tenant()));

alter table webhook_events enable row level security;
alter table webhook_events force row level security;
grant select, insert, update, delete on webhook_events to app_service;
create policy "Service role receives webhook_events before they have a tenant" on webhook_events
    for all to app_service
    using (true)
    with check (true);

alter table inbound_keys enable row level security;
alter table inbound_keys force row level security;
grant select, insert on inbound_keys to app_service;
create policy "Service role works on own inbound_keys" on inbound_keys
    for all to app_service
    using (tenant_id = (select app.job_tenant()))
    with check (tenant_id = (select app.job_tenant()));

alter table waiting_updates enable row level security;
alter table waiting_updates force row level security;
grant select, insert, update, delete on waiting_updates to app_service;
create policy "Service role works on own waiting_updates" on waiting_updates
    for all to app_service
    using (tenant_id = (select app.job_tenant()))
    with check (tenant_id = (select app.job_tenant()));
