-- When a channel's posts were last listed: some platforms let an app ask a hundred times a day.

alter table channel_health add column posts_listed_at timestamptz;
