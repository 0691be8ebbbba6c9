-- After LangGraph's own set-up, each time its version changes; may be run again.
-- A checkpoint knows its thread alone; assistant_threads knows whose thread that is.

do $$
declare
    guarded text;
begin
    foreach guarded in array array['checkpoints', 'checkpoint_blobs', 'checkpoint_writes'] loop
        execute format('alter table %I enable row level security', guarded);
        execute format('alter table %I force row level security', guarded);
        execute format('grant select, insert, update, delete on %I to app_service, app_assistant',
                       guarded);
        execute format('drop policy if exists "Runs reach the threads of their tenant" on %I',
                       guarded);
        execute format($policy$
            create policy "Runs reach the threads of their tenant" on %1$I
                for all to app_service, app_assistant
                using (exists (select 1 from assistant_threads t
                                where t.thread_id = %1$I.thread_id
                                  and t.tenant_id = (select app.job_tenant())))
                with check (exists (select 1 from assistant_threads t
                                     where t.thread_id = %1$I.thread_id
                                       and t.tenant_id = (select app.job_tenant())))
            $policy$, guarded);
        execute format('grant select (thread_id), delete on %I to app_claimer', guarded);
        execute format('drop policy if exists "Upkeep reaches every old run" on %I', guarded);
        execute format('create policy "Upkeep reaches every old run" on %I '
                       'for all to app_claimer using (true) with check (true)', guarded);
    end loop;
end $$;

alter table checkpoint_migrations enable row level security;
alter table checkpoint_migrations force row level security;
drop policy if exists "LangGraph's set-up keeps its own history" on checkpoint_migrations;
create policy "LangGraph's set-up keeps its own history" on checkpoint_migrations
    for all to app_owner using (true) with check (true);
