-- Whether such a job waits already is asked for every message, also where thousands wait:
-- who asks is worked out once, and not once for each of them.

create or replace function app.defer_once_v1(p_job text, p_id uuid) returns bigint
language plpgsql security definer set search_path = '' as $$
declare
    v_args jsonb := pg_catalog.jsonb_build_object('tenant', app.acting_tenant(), 'id', p_id);
begin
    if exists (select 1 from procrastinate.procrastinate_jobs j
                where j.task_name = p_job and j.status in ('todo', 'doing')
                  and j.args = v_args)
    then
        return null;
    end if;
    return app.defer_v1(p_job, p_id);
end $$;
