-- A comment under a post that nobody has told us of has the channel's posts listed at once.

-- Bodies of functions are checked against tables with policies; no row is read here.
set local row_security = on;

alter table app_private.deferrable_job no force row level security;
insert into app_private.deferrable_job (job, queue, min_role) values
    ('find_posts', 'media', null);
alter table app_private.deferrable_job force row level security;
