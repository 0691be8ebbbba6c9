-- Row security for posts, comments, figures and records.

alter table scheduled_posts enable row level security;
alter table scheduled_posts force row level security;
grant select, insert, update, delete on scheduled_posts to app_member;
grant select, update on scheduled_posts to app_service;
create policy "Users can view own scheduled_posts" on scheduled_posts
    for select to app_member
    using (user_id = any (array(select app.tenants('agent'))));
create policy "Users can insert their own scheduled_posts" on scheduled_posts
    for insert to app_member
    with check (user_id = any (array(select app.tenants('agent')))
        and created_by = (select app.uid()));
create policy "Users can update their own scheduled_posts" on scheduled_posts
    for update to app_member
    using (user_id = any (array(select app.tenants('agent')))
        and created_by = (select app.uid()))
    with check (user_id = any (array(select app.tenants('agent')))
        and created_by = (select app.uid()));
create policy "Users can CRUD their own scheduled_posts" on scheduled_posts
    for all to app_member
    using (user_id = any (array(select app.tenants('admin'))))
    with check (user_id = any (array(select app.tenants('admin'))));
create policy "Service role works on own scheduled_posts" on scheduled_posts
    for all to app_service
    using (user_id = (select app.job_tenant()))
    with check (user_id = (select app.job_tenant()));

alter table post_runs enable row level security;
alter table post_runs force row level security;
grant select on post_runs to app_member;
grant select, insert, update on post_runs to app_service;
create policy "Users can SELECT runs for their posts" on post_runs
    for select to app_member
    using (user_id = any (array(select app.tenants('agent'))));
create policy "Service role can INSERT/UPDATE runs" on post_runs
    for all to app_service
    using (user_id = (select app.job_tenant()))
    with check (user_id = (select app.job_tenant()));

alter table monitored_posts enable row level security;
alter table monitored_posts force row level security;
grant select, insert, update, delete on monitored_posts to app_member;
grant select, insert, update on monitored_posts to app_service;
grant select on monitored_posts to app_assistant;
create policy "Users can view own monitored_posts" on monitored_posts
    for select to app_member
    using (user_id = any (array(select app.tenants('agent'))));
create policy "Admins can insert own monitored_posts" on monitored_posts
    for insert to app_member
    with check (user_id = any (array(select app.tenants('admin'))));
create policy "Admins can update own monitored_posts" on monitored_posts
    for update to app_member
    using (user_id = any (array(select app.tenants('admin'))))
    with check (user_id = any (array(select app.tenants('admin'))));
create policy "Owners can delete own monitored_posts" on monitored_posts
    for delete to app_member
    using (user_id = any (array(select app.tenants('owner'))));
create policy "Service role works on own monitored_posts" on monitored_posts
    for all to app_service, app_assistant
    using (user_id = (select app.job_tenant()))
    with check (user_id = (select app.job_tenant()));

alter table monitoring_rules enable row level security;
alter table monitoring_rules force row level security;
grant select, insert, update, delete on monitoring_rules to app_member;
grant select on monitoring_rules to app_service;
grant select on monitoring_rules to app_assistant;
create policy "Users can view own monitoring_rules" on monitoring_rules
    for select to app_member
    using (user_id = any (array(select app.tenants('agent'))));
create policy "Admins can insert own monitoring_rules" on monitoring_rules
    for insert to app_member
    with check (user_id = any (array(select app.tenants('admin'))));
create policy "Admins can update own monitoring_rules" on monitoring_rules
    for update to app_member
    using (user_id = any (array(select app.tenants('admin'))))
    with check (user_id = any (array(select app.tenants('admin'))));
create policy "Admins can delete own monitoring_rules" on monitoring_rules
    for delete to app_member
    using (user_id = any (array(select app.tenants('admin'))));
create policy "Service role works on own monitoring_rules" on monitoring_rules
    for all to app_service, app_assistant
    using (user_id = (select app.job_tenant()))
    with check (user_id = (select app.job_tenant()));

alter table comments enable row level security;
alter table comments force row level security;
grant select on comments to app_member;
grant select, insert, update on comments to app_service;
grant select on comments to app_assistant;
grant update (triage, ai_decision_id)
    on comments to app_assistant;
create policy "Users can view own comments" on comments
    for select to app_member
    using (user_id = any (array(select app.tenants('agent'))));
create policy "Service role works on own comments" on comments
    for all to app_service, app_assistant
    using (user_id = (select app.job_tenant()))
    with check (user_id = (select app.job_tenant()));

alter table comment_checkpoint enable row level security;
alter table comment_checkpoint force row level security;
grant select on comment_checkpoint to app_member;
grant select, insert, update on comment_checkpoint to app_service;
create policy "Users can view own comment_checkpoint" on comment_checkpoint
    for select to app_member
    using (user_id = any (array(select app.tenants('agent'))));
create policy "Service role works on own comment_checkpoint" on comment_checkpoint
    for all to app_service
    using (user_id = (select app.job_tenant()))
    with check (user_id = (select app.job_tenant()));

alter table analytics enable row level security;
alter table analytics force row level security;
grant select on analytics to app_member;
grant select, insert, update, delete on analytics to app_service;
create policy "Users can view own analytics" on analytics
    for select to app_member
    using (user_id = any (array(select app.tenants('agent'))));
create policy "Service role works on own analytics" on analytics
    for all to app_service
    using (user_id = (select app.job_tenant()))
    with check (user_id = (select app.job_tenant()));

alter table analytics_history enable row level security;
alter table analytics_history force row level security;
grant select on analytics_history to app_member;
grant select, insert, update, delete on analytics_history to app_service;
create policy "Users can view own analytics_history" on analytics_history
    for select to app_member
    using (user_id = any (array(select app.tenants('agent'))));
create policy "Service role works on own analytics_history" on analytics_history
    for all to app_service
    using (user_id = (select app.job_tenant()))
    with check (user_id = (select app.job_tenant()));

alter table kpi_2h enable row level security;
alter table kpi_2h force row level security;
grant select on kpi_2h to app_member;
grant select, insert, update, delete on kpi_2h to app_service;
create policy "Users can view own kpi_2h" on kpi_2h
    for select to app_member
    using (tenant_id = any (array(select app.tenants('agent'))));
create policy "Service role works on own kpi_2h" on kpi_2h
    for all to app_service
    using (tenant_id = (select app.job_tenant()))
    with check (tenant_id = (select app.job_tenant()));

alter table clusters enable row level security;
alter table clusters force row level security;
grant select on clusters to app_member;
grant select, insert, update, delete on clusters to app_service;
create policy "Users can view own clusters" on clusters
    for select to app_member
    using (tenant_id = any (array(select app.tenants('agent'))));
create policy "Service role works on own clusters" on clusters
    for all to app_service
    using (tenant_id = (select app.job_tenant()))
    with check (tenant_id = (select app.job_tenant()));

alter table cluster_items enable row level security;
alter table cluster_items force row level security;
grant select on cluster_items to app_member;
grant select, insert, update, delete on cluster_items to app_service;
create policy "Users can view own cluster_items" on cluster_items
    for select to app_member
    using (user_id = any (array(select app.tenants('agent'))));
create policy "Service role works on own cluster_items" on cluster_items
    for all to app_service
    using (user_id = (select app.job_tenant()))
    with check (user_id = (select app.job_tenant()));

alter table audit_log enable row level security;
alter table audit_log force row level security;
grant select on audit_log to app_member;
grant insert on audit_log to app_service;
create policy "Admins can view own audit_log" on audit_log
    for select to app_member
    using (tenant_id = any (array(select app.tenants('admin'))));
create policy "Service role works on own audit_log" on audit_log
    for all to app_service
    using (tenant_id = (select app.job_tenant()))
    with check (tenant_id = (select app.job_tenant()));

alter table tombstones enable row level security;
alter table tombstones force row level security;
grant select on tombstones to app_member;
grant select, insert on tombstones to app_service;
create policy "Owners can view own tombstones" on tombstones
    for select to app_member
    using (tenant_id = any (array(select app.tenants('owner'))));
create policy "Service role works on own tombstones" on tombstones
    for all to app_service
    using (tenant_id = (select app.job_tenant()))
    with check (tenant_id = (select app.job_tenant()));

alter table notices_channels enable row level security;
alter table notices_channels force row level security;
grant select on notices_channels to app_member;
grant select on notices_channels to app_service;
grant select on notices_channels to app_assistant;
create policy "Users can view own notices_channels" on notices_channels
    for select to app_member
    using (tenant_id = any (array(select app.tenants('agent'))));
create policy "Service role works on own notices_channels" on notices_channels
    for all to app_service, app_assistant
    using (tenant_id = (select app.job_tenant()))
    with check (tenant_id = (select app.job_tenant()));

create policy "The audit chain reads its last row" on audit_log
    for select to app_owner using (true);
create policy "Notices find their channel" on notices_channels
    for select to app_owner using (true);
create policy "The audit chain queues at the tenant's row" on notices_channels
    for update to app_owner using (true) with check (true);

alter table app_private.leader enable row level security;
alter table app_private.leader force row level security;
create policy "Leadership functions keep the leader" on app_private.leader
    for all to app_owner using (true) with check (true);
alter table app_private.workers enable row level security;
alter table app_private.workers force row level security;
create policy "Heartbeat functions keep the workers" on app_private.workers
    for all to app_owner using (true) with check (true);
alter table app_private.deferrable_job enable row level security;
alter table app_private.deferrable_job force row level security;
create policy "Defer reads what may be deferred" on app_private.deferrable_job
    for select to app_owner using (true);

-- Every table that says when it changed says so by the database's clock.
create trigger users_touch before update on users
    for each row execute function app.touch();
create trigger user_subscriptions_touch before update on user_subscriptions
    for each row execute function app.touch();
create trigger user_credits_touch before update on user_credits
    for each row execute function app.touch();
create trigger products_touch before update on products
    for each row execute function app.touch();
create trigger prices_touch before update on prices
    for each row execute function app.touch();
create trigger social_accounts_touch before update on social_accounts
    for each row execute function app.touch();
create trigger customers_touch before update on customers
    for each row execute function app.touch();
create trigger conversations_touch before update on conversations
    for each row execute function app.touch();
create trigger ai_settings_touch before update on ai_settings
    for each row execute function app.touch();
create trigger ai_rules_touch before update on ai_rules
    for each row execute function app.touch();
create trigger triage_rules_touch before update on triage_rules
    for each row execute function app.touch();
create trigger assist_requests_touch before update on assist_requests
    for each row execute function app.touch();
create trigger conversation_messages_touch before update on conversation_messages
    for each row execute function app.touch();
create trigger support_escalations_touch before update on support_escalations
    for each row execute function app.touch();
create trigger composer_drafts_touch before update on composer_drafts
    for each row execute function app.touch();
create trigger saved_replies_touch before update on saved_replies
    for each row execute function app.touch();
create trigger outbox_items_touch before update on outbox_items
    for each row execute function app.touch();
create trigger knowledge_documents_touch before update on knowledge_documents
    for each row execute function app.touch();
create trigger faq_qa_touch before update on faq_qa
    for each row execute function app.touch();
create trigger scheduled_posts_touch before update on scheduled_posts
    for each row execute function app.touch();
create trigger monitored_posts_touch before update on monitored_posts
    for each row execute function app.touch();
create trigger monitoring_rules_touch before update on monitoring_rules
    for each row execute function app.touch();
create trigger comment_checkpoint_touch before update on comment_checkpoint
    for each row execute function app.touch();
create trigger analytics_touch before update on analytics
    for each row execute function app.touch();
create trigger kpi_2h_touch before update on kpi_2h
    for each row execute function app.touch();
