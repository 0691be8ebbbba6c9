-- When a customer whose name no payload told was last asked for at their platform: somebody
-- who writes ten times in a minute is asked for once, and again only after a while.

alter table customers add column profile_asked_at timestamptz;
