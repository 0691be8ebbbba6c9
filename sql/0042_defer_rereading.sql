-- One more kind of background work: Instagram announces some edits and all mentions without
-- their words, which are then asked for. What to ask waits in waiting_updates, kind 'reread'.
alter table app_private.deferrable_job no force row level security;
insert into app_private.deferrable_job (job, queue, min_role)
values ('fetch_message', 'media', null);
alter table app_private.deferrable_job force row level security;
