-- After Procrastinate's own set-up, each time its version changes; may be run again.
-- Its functions name their tables without a schema, so they are told where to look: they
-- then work from our doors, whose search path is empty.

do $$
declare
    routine regprocedure;
begin
    for routine in
        select p.oid from pg_catalog.pg_proc p
         where p.pronamespace = 'procrastinate'::regnamespace
    loop
        execute format(
            'alter function %s set search_path = procrastinate, pg_catalog, pg_temp', routine);
    end loop;
end $$;

grant usage on schema procrastinate to app_service;
grant select, insert, update, delete on all tables in schema procrastinate to app_service;
grant usage on all sequences in schema procrastinate to app_service;
grant execute on all functions in schema procrastinate to app_service;

-- Whether a job waits already is asked for every message, also where thousands wait.
create index if not exists idx_waiting_jobs on procrastinate.procrastinate_jobs (task_name, args)
    where status in ('todo', 'doing');
