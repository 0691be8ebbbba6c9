-- Background work: a look at a document that was just read in, and vectors of another
-- embedder, which is queued once however many companions notice.
-- Bodies of functions are checked against tables with policies, and the index works under
-- its own; tables that are rewritten here are freed of theirs one by one.
set local row_security = on;

alter table app_private.deferrable_job no force row level security;
insert into app_private.deferrable_job (job, queue, min_role)
values ('review_document', 'knowledge', null);
alter table app_private.deferrable_job force row level security;

create function app.defer_once_v1(p_job text, p_id uuid) returns bigint
language plpgsql security definer set search_path = '' as $$
begin
    if exists (select 1 from procrastinate.procrastinate_jobs j
                where j.task_name = p_job and j.status in ('todo', 'doing')
                  and j.args = pg_catalog.jsonb_build_object(
                          'tenant', app.acting_tenant(), 'id', p_id))
    then
        return null;
    end if;
    return app.defer_v1(p_job, p_id);
end $$;
grant execute on function app.defer_once_v1(text, uuid) to app_member, app_service;

grant select (embedder) on knowledge_chunks to app_indexer;
grant create on schema app to app_indexer;
-- Inboxes that are searched with another embedder, or have rows of another one left over.
create function app.searched_otherwise_v1(p_embedder text) returns setof uuid
language sql stable security definer set search_path = '' as $$
    select s.user_id from public.ai_settings s
     where s.embedder <> p_embedder
        or exists (select 1 from public.knowledge_chunks c
                    where c.user_id = s.user_id and c.embedder < p_embedder)
        or exists (select 1 from public.knowledge_chunks c
                    where c.user_id = s.user_id and c.embedder > p_embedder)
$$;
grant execute on function app.searched_otherwise_v1(text) to app_service;
alter function app.searched_otherwise_v1(text) owner to app_indexer;
revoke create on schema app from app_indexer;
