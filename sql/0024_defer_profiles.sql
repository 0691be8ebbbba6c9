-- One more kind of background work: Instagram's webhooks name nobody, so who wrote is
-- asked for once, after the message is in the inbox.
alter table app_private.deferrable_job no force row level security;
insert into app_private.deferrable_job (job, queue, min_role)
values ('fetch_profile', 'media', null);
alter table app_private.deferrable_job force row level security;
