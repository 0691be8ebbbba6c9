-- A run of the assistant is of use while it may be resumed: its decision is kept for good,
-- its checkpoints for some days. They hang on threads by name only, so they go first.
create policy "Upkeep reaches every old thread" on assistant_threads
    for all to app_claimer using (true) with check (true);
grant select (thread_id, created_at), delete on assistant_threads to app_claimer;
create index idx_assistant_threads_age on assistant_threads (created_at);
grant create on schema app to app_claimer;

create function app.forget_runs_v1(p_days int) returns bigint
language plpgsql security definer set search_path = '' as $$
declare
    v_old text[];
begin
    select pg_catalog.array_agg(t.thread_id) into v_old
      from (select t.thread_id from public.assistant_threads t
             where t.created_at < pg_catalog.now() - pg_catalog.make_interval(days => p_days)
             order by t.created_at limit 5000) t;
    if v_old is null then
        return 0;
    end if;
    delete from public.checkpoint_writes w where w.thread_id = any (v_old);
    delete from public.checkpoint_blobs b where b.thread_id = any (v_old);
    delete from public.checkpoints c where c.thread_id = any (v_old);
    delete from public.assistant_threads t where t.thread_id = any (v_old);
    return pg_catalog.cardinality(v_old);
end $$;
grant execute on function app.forget_runs_v1(int) to app_service;
alter function app.forget_runs_v1(int) owner to app_claimer;
revoke create on schema app from app_claimer;
