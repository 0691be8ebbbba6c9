-- The whole schema as the migrations leave it, for reading and for comparing: nothing runs
-- this file. Written by `python -m tests.sql.schema_dump`; a test proves that it agrees.
-- Tables of libraries (Procrastinate, LangGraph) are left out: they make their own.

CREATE SCHEMA app;

ALTER SCHEMA app OWNER TO app_owner;

CREATE SCHEMA app_private;

ALTER SCHEMA app_private OWNER TO app_owner;

ALTER SCHEMA public OWNER TO app_owner;

CREATE FUNCTION app.acting_tenant() RETURNS uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
    select case
        when app.job_tenant() is not null then app.job_tenant()
        when nullif(pg_catalog.current_setting('app.tenant', true), '') is not null then
            (select t from app.tenants('agent') t
              where t = pg_catalog.current_setting('app.tenant', true)::uuid)
        else (select pg_catalog.min(t::text)::uuid from app.tenants('agent') t
              having pg_catalog.count(*) = 1)
    end
$$;

ALTER FUNCTION app.acting_tenant() OWNER TO app_owner;

CREATE FUNCTION app.assistant_may_send(p_tenant uuid, p_channel uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
    select exists (select 1 from public.ai_rules r
                    where r.user_id = p_tenant and r.ai_control_enabled)
       and exists (select 1 from public.ai_settings s
                    where s.user_id = p_tenant
                      and s.auto_reply_enabled and s.ai_enabled_for_conversations)
       and exists (select 1 from public.social_accounts a
                    where a.user_id = p_tenant and a.id = p_channel
                      and a.assistant_mode = 'auto')
$$;

ALTER FUNCTION app.assistant_may_send(p_tenant uuid, p_channel uuid) OWNER TO app_door;

CREATE FUNCTION app.audit_correction() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
    insert into public.audit_log (tenant_id, action, subject_kind, subject_id, detail)
    values (new.tenant_id, 'decision.corrected', 'decision', new.decision_id,
            pg_catalog.jsonb_build_object('should', new.should, 'example', new.state));
    return null;
end $$;

ALTER FUNCTION app.audit_correction() OWNER TO app_owner;

CREATE FUNCTION app.audit_v1(p_action text, p_subject_kind text, p_subject uuid, p_detail jsonb) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO ''
    AS $$
    insert into public.audit_log
        (tenant_id, seq, action, subject_kind, subject_id, detail, previous_hash, hash)
    values (app.acting_tenant(), 0, p_action, p_subject_kind, p_subject,
            coalesce(p_detail, '{}'), '', '')
$$;

ALTER FUNCTION app.audit_v1(p_action text, p_subject_kind text, p_subject uuid, p_detail jsonb) OWNER TO app_door;

CREATE FUNCTION app.beat_v1(p_id uuid, p_kind text, p_host text, p_pid integer) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO ''
    AS $$
    insert into app_private.workers as w (id, kind, host, pid, beat_at)
    values (p_id, p_kind, p_host, p_pid, pg_catalog.clock_timestamp())
    on conflict (id) do update set beat_at = excluded.beat_at
$$;

ALTER FUNCTION app.beat_v1(p_id uuid, p_kind text, p_host text, p_pid integer) OWNER TO app_owner;

CREATE FUNCTION app.beat_v2(p_id uuid, p_kind text, p_host text, p_pid integer, p_silence_seconds integer) RETURNS timestamp with time zone
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
    v_now timestamptz := pg_catalog.clock_timestamp();
    v_last timestamptz;
begin
    select pg_catalog.max(w.beat_at) into v_last
      from app_private.workers w where w.kind = p_kind;
    perform app.beat_v1(p_id, p_kind, p_host, p_pid);
    if v_last < v_now - pg_catalog.make_interval(secs => p_silence_seconds) then
        insert into public.channel_gaps (tenant_id, channel_id, from_at, to_at)
        select a.user_id, a.id, v_last, v_now from public.social_accounts a
         where a.removed_at is null
            on conflict do nothing;
        update public.channel_health h set look_due_at = v_now;
        perform app.wake_v1('looks');
        return v_last;
    end if;
    return null;
end $$;

ALTER FUNCTION app.beat_v2(p_id uuid, p_kind text, p_host text, p_pid integer, p_silence_seconds integer) OWNER TO app_owner;

CREATE FUNCTION app.bound_rules() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
    if pg_catalog.char_length(new.instructions) > 8000
        or pg_catalog.char_length(new.tone) > 500
        or not app.fits_v1(new.ignore_examples, 200, 1000)
        or not app.fits_v1(new.escalate_examples, 200, 1000)
        or not app.fits_v1(new.respond_examples, 200, 1000)
        or not app.fits_v1(new.allow_listed_links, 200, 300)
    then
        raise check_violation using message = 'rules exceed their limits',
            table = 'ai_rules', constraint = 'ai_rules_limits';
    end if;
    return new;
end $$;

ALTER FUNCTION app.bound_rules() OWNER TO app_owner;

CREATE FUNCTION app.cancel_assistant_items(p_tenant uuid, p_conversation uuid) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
    v_messages uuid[];
begin
    with cancelled as (
        update public.outbox_items o
           set state = 'cancelled', lease_until = null, settled_at = pg_catalog.now(),
               error_title = 'A person stepped in first.'
         where o.tenant_id = p_tenant and o.conversation_id = p_conversation
           and o.origin = 'assistant' and o.state in ('queued', 'held', 'claimed')
        returning o.message_id)
    select pg_catalog.array_agg(c.message_id) into v_messages from cancelled c;
    update public.conversation_messages m set delivery = 'cancelled'
     where m.user_id = p_tenant and m.id = any (v_messages);
    return coalesce(pg_catalog.cardinality(v_messages), 0);
end $$;

ALTER FUNCTION app.cancel_assistant_items(p_tenant uuid, p_conversation uuid) OWNER TO app_door;

CREATE FUNCTION app.cancel_removed_v1(p_channel uuid) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
    v_title constant text := 'The channel was removed before this was sent.';
    v_tenant uuid;
    v_found record;
    v_count int := 0;
begin
    select a.user_id into v_tenant from public.social_accounts a
     where a.id = p_channel and a.removed_at is not null;
    if v_tenant is null then
        return 0;
    end if;
    for v_found in
        select distinct o.conversation_id from public.outbox_items o
         where o.tenant_id = v_tenant and o.channel_id = p_channel
           and o.state in ('queued', 'claimed', 'held')
         order by o.conversation_id
    loop
        perform 1 from public.conversations c
          where c.user_id = v_tenant and c.id = v_found.conversation_id for no key update;
        with cancelled as (
            update public.outbox_items o
               set state = 'cancelled', lease_until = null, error_title = v_title,
                   settled_at = pg_catalog.clock_timestamp()
             where o.tenant_id = v_tenant and o.conversation_id = v_found.conversation_id
               and o.channel_id = p_channel and o.state in ('queued', 'claimed', 'held')
            returning o.message_id),
        shown as (
            update public.conversation_messages m
               set delivery = 'cancelled', failure = v_title
              from cancelled where m.user_id = v_tenant and m.id = cancelled.message_id)
        select v_count + pg_catalog.count(*) into v_count from cancelled;
        perform app_private.announce(v_tenant, 'outbox_changed', v_found.conversation_id);
    end loop;
    for v_found in
        update public.comment_deeds d
           set state = 'cancelled', lease_until = null, error_title = v_title,
               error_next = null, settled_at = pg_catalog.clock_timestamp()
         where d.tenant_id = v_tenant and d.channel_id = p_channel
           and d.state in ('queued', 'claimed')
        returning d.comment_id
    loop
        v_count := v_count + 1;
        perform app_private.announce(v_tenant, 'comment_changed', v_found.comment_id);
    end loop;
    return v_count;
end $$;

ALTER FUNCTION app.cancel_removed_v1(p_channel uuid) OWNER TO app_door;

CREATE FUNCTION app.cancel_reply_v1(p_message uuid) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
    v_item public.outbox_items := app.lock_item_of_message(p_message);
begin
    if v_item.id is null then
        return 'not_found';
    elsif v_item.state not in ('queued', 'claimed', 'held') then
        return 'too_late';
    end if;
    perform app.settle_item(v_item, 'cancelled', 'Taken back before it was sent.');
    return 'cancelled';
end $$;

ALTER FUNCTION app.cancel_reply_v1(p_message uuid) OWNER TO app_door;

CREATE FUNCTION app.chain_audit_row() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
    last record;
begin
    -- The tenant's row is the one thing all its writers can queue at.
    perform 1 from public.notices_channels n where n.tenant_id = new.tenant_id for update;
    select a.seq, a.hash into last
      from public.audit_log a where a.tenant_id = new.tenant_id
     order by a.seq desc limit 1;
    new.seq := coalesce(last.seq, 0) + 1;
    new.created_at := pg_catalog.clock_timestamp();
    new.actor_login := session_user;
    new.actor_user_id := app.uid();
    new.previous_hash := coalesce(last.hash, ''::bytea);
    new.hash := pg_catalog.sha256(new.previous_hash || pg_catalog.convert_to(
        pg_catalog.jsonb_build_array(
            new.tenant_id, new.seq, new.actor_user_id, new.actor_login, new.action,
            new.subject_kind, new.subject_id, new.detail,
            pg_catalog.date_part('epoch', new.created_at))::text, 'UTF8'));
    return new;
end $$;

ALTER FUNCTION app.chain_audit_row() OWNER TO app_owner;

CREATE FUNCTION app.channels_of_platform_v1(p_platform text) RETURNS TABLE(tenant_id uuid, channel_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
    select a.user_id, a.id from public.social_accounts a
     where a.platform = p_platform order by a.user_id, a.id
$$;

ALTER FUNCTION app.channels_of_platform_v1(p_platform text) OWNER TO app_claimer;

CREATE FUNCTION app.channels_of_v1(p_platforms text[]) RETURNS TABLE(tenant_id uuid, channel_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
    select a.user_id, a.id from public.social_accounts a
     where a.platform = any (p_platforms) and a.status = 'active' and a.paused_at is null
     order by a.user_id, a.id
$$;

ALTER FUNCTION app.channels_of_v1(p_platforms text[]) OWNER TO app_claimer;

CREATE FUNCTION app.claim_conversations_v1(p_limit integer, p_lease_seconds integer) RETURNS TABLE(tenant_id uuid, conversation_id uuid, fence bigint, attempt integer)
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO ''
    AS $$
    with due as (
        select c.id from public.conversations c
         where c.assistant_due_at <= pg_catalog.now() and c.status = 'active'
           and not c.assistant_paused
           and (c.assistant_lease_until is null or c.assistant_lease_until < pg_catalog.now())
         order by c.assistant_due_at
         limit p_limit for update skip locked)
    update public.conversations c
       set assistant_fence = pg_catalog.nextval('app.fence'),
           assistant_attempt = c.assistant_attempt + 1,
           assistant_lease_until =
               pg_catalog.now() + pg_catalog.make_interval(secs => p_lease_seconds)
      from due where c.id = due.id
    returning c.user_id, c.id, c.assistant_fence, c.assistant_attempt
$$;

ALTER FUNCTION app.claim_conversations_v1(p_limit integer, p_lease_seconds integer) OWNER TO app_claimer;

CREATE FUNCTION app.claim_deeds_v1(p_worker text, p_limit integer, p_lease_seconds integer, p_but uuid[] DEFAULT '{}'::uuid[]) RETURNS TABLE(tenant_id uuid, deed_id uuid, channel_id uuid, fence bigint, attempt integer)
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO ''
    AS $$
    with due as (
        select d.id from public.comment_deeds d
          join public.social_accounts a on a.user_id = d.tenant_id and a.id = d.channel_id
         where d.state = 'queued' and d.due_at <= pg_catalog.now()
           and a.paused_at is null and a.status = 'active'
           and not (d.channel_id = any (p_but))
           and not exists (
               select 1 from public.comment_deeds before
                where before.tenant_id = d.tenant_id and before.comment_id = d.comment_id
                  and (before.created_at, before.id) < (d.created_at, d.id)
                  and before.state in ('queued', 'claimed', 'sending', 'unknown', 'needs_human'))
         order by d.due_at, d.id
         limit p_limit for update of d skip locked)
    update public.comment_deeds d
       set state = 'claimed', fence = pg_catalog.nextval('app.fence'),
           attempt = d.attempt + 1, claimed_by = p_worker,
           lease_until = pg_catalog.now() + pg_catalog.make_interval(secs => p_lease_seconds)
      from due where d.id = due.id
    returning d.tenant_id, d.id, d.channel_id, d.fence, d.attempt
$$;

ALTER FUNCTION app.claim_deeds_v1(p_worker text, p_limit integer, p_lease_seconds integer, p_but uuid[]) OWNER TO app_claimer;

CREATE FUNCTION app.claim_looks_v1(p_limit integer, p_lease_seconds integer) RETURNS TABLE(tenant_id uuid, channel_id uuid, fence bigint)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
#variable_conflict use_column
begin
    insert into public.channel_health (tenant_id, channel_id)
    select a.user_id, a.id from public.social_accounts a
     where not exists (select 1 from public.channel_health h
                        where h.tenant_id = a.user_id and h.channel_id = a.id)
        on conflict do nothing;
    return query
    with due as (
        select h.tenant_id, h.channel_id from public.channel_health h
          join public.social_accounts a on a.user_id = h.tenant_id and a.id = h.channel_id
         where h.look_due_at <= pg_catalog.now()
           and (h.look_lease_until is null or h.look_lease_until < pg_catalog.now())
           and (a.removed_at is null or a.access_token is not null)
         order by h.look_due_at
         limit p_limit for update of h skip locked)
    update public.channel_health h
       set look_fence = pg_catalog.nextval('app.fence'),
           look_lease_until =
               pg_catalog.now() + pg_catalog.make_interval(secs => p_lease_seconds)
      from due where h.tenant_id = due.tenant_id and h.channel_id = due.channel_id
    returning h.tenant_id, h.channel_id, h.look_fence;
end $$;

ALTER FUNCTION app.claim_looks_v1(p_limit integer, p_lease_seconds integer) OWNER TO app_claimer;

CREATE FUNCTION app.claim_outbox_v1(p_worker text, p_limit integer, p_lease_seconds integer, p_but uuid[] DEFAULT '{}'::uuid[]) RETURNS TABLE(tenant_id uuid, outbox_id uuid, channel_id uuid, fence bigint, attempt integer)
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO ''
    AS $$
    with due as (
        select o.id from public.outbox_items o
          join public.social_accounts a on a.user_id = o.tenant_id and a.id = o.channel_id
         where o.state = 'queued' and o.due_at <= pg_catalog.now()
           and a.paused_at is null and a.status = 'active'
           and not (o.channel_id = any (p_but))
           and not exists (
               select 1 from public.outbox_items before
                where before.tenant_id = o.tenant_id
                  and before.conversation_id = o.conversation_id
                  and before.seq < o.seq
                  and before.state in (
                      'queued', 'claimed', 'sending', 'unknown', 'needs_human', 'held'))
         order by o.due_at, o.id
         limit p_limit for update of o skip locked)
    update public.outbox_items o
       set state = 'claimed', fence = pg_catalog.nextval('app.fence'),
           attempt = o.attempt + 1, claimed_by = p_worker,
           lease_until = pg_catalog.now() + pg_catalog.make_interval(secs => p_lease_seconds)
      from due where o.id = due.id
    returning o.tenant_id, o.id, o.channel_id, o.fence, o.attempt
$$;

ALTER FUNCTION app.claim_outbox_v1(p_worker text, p_limit integer, p_lease_seconds integer, p_but uuid[]) OWNER TO app_claimer;

CREATE FUNCTION app.claim_posts_to_read_v1(p_limit integer, p_lease_seconds integer) RETURNS TABLE(tenant_id uuid, post_id uuid, channel_id uuid, fence bigint)
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO ''
    AS $$
    with due as (
        select p.id from public.monitored_posts p
          join public.social_accounts a
            on a.user_id = p.user_id and a.id = p.social_account_id
         where p.monitoring_enabled and p.next_check_at <= pg_catalog.now()
           and (p.monitoring_ends_at is null or p.monitoring_ends_at > pg_catalog.now())
           and (p.lease_until is null or p.lease_until < pg_catalog.now())
           and a.paused_at is null and a.status = 'active'
         order by p.next_check_at, p.id
         limit p_limit for update of p skip locked)
    update public.monitored_posts p
       set fence = pg_catalog.nextval('app.fence'),
           lease_until = pg_catalog.now() + pg_catalog.make_interval(secs => p_lease_seconds)
      from due where p.id = due.id
    returning p.user_id, p.id, p.social_account_id, p.fence
$$;

ALTER FUNCTION app.claim_posts_to_read_v1(p_limit integer, p_lease_seconds integer) OWNER TO app_claimer;

CREATE FUNCTION app.claim_posts_v1(p_limit integer, p_lease_seconds integer, p_but uuid[] DEFAULT '{}'::uuid[]) RETURNS TABLE(tenant_id uuid, post_id uuid, channel_id uuid, fence bigint)
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO ''
    AS $$
    with due as (
        select s.id from public.scheduled_posts s
          join public.social_accounts a on a.user_id = s.user_id and a.id = s.channel_id
         where s.status in ('queued', 'publishing')
           and coalesce(s.next_step_at, s.publish_at) <= pg_catalog.now()
           and (s.lease_until is null or s.lease_until < pg_catalog.now())
           and a.paused_at is null and a.status = 'active' and a.removed_at is null
           and not (s.channel_id = any (p_but))
         order by coalesce(s.next_step_at, s.publish_at), s.id
         limit p_limit for update of s skip locked)
    update public.scheduled_posts s
       set status = 'publishing', fence = pg_catalog.nextval('app.fence'),
           lease_until = pg_catalog.now() + pg_catalog.make_interval(secs => p_lease_seconds)
      from due where s.id = due.id
    returning s.user_id, s.id, s.channel_id, s.fence
$$;

ALTER FUNCTION app.claim_posts_v1(p_limit integer, p_lease_seconds integer, p_but uuid[]) OWNER TO app_claimer;

CREATE FUNCTION app.claim_renewals_v1(p_limit integer, p_lease_seconds integer) RETURNS TABLE(tenant_id uuid, channel_id uuid, fence bigint)
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO ''
    AS $$
    with due as (
        select h.tenant_id, h.channel_id from public.channel_health h
          join public.social_accounts a on a.user_id = h.tenant_id and a.id = h.channel_id
         where h.renew_due_at <= pg_catalog.now()
           and (h.renew_lease_until is null or h.renew_lease_until < pg_catalog.now())
           and a.removed_at is null
         order by h.renew_due_at
         limit p_limit for update of h skip locked)
    update public.channel_health h
       set renew_fence = pg_catalog.nextval('app.fence'),
           renew_lease_until =
               pg_catalog.now() + pg_catalog.make_interval(secs => p_lease_seconds)
      from due where h.tenant_id = due.tenant_id and h.channel_id = due.channel_id
    returning h.tenant_id, h.channel_id, h.renew_fence
$$;

ALTER FUNCTION app.claim_renewals_v1(p_limit integer, p_lease_seconds integer) OWNER TO app_claimer;

CREATE FUNCTION app.claim_webhook_events_v1(p_limit integer, p_lease_seconds integer) RETURNS TABLE(id uuid, platform text, body bytea, payload jsonb, attempt integer, fence bigint, received_at timestamp with time zone)
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO ''
    AS $$
    with due as (
        select e.id from public.webhook_events e
         where e.state = 'pending' and e.due_at <= pg_catalog.now()
           and (e.lease_until is null or e.lease_until < pg_catalog.now())
         order by e.received_at, e.id
         limit p_limit for update skip locked),
    claimed as (
        update public.webhook_events e
           set fence = pg_catalog.nextval('app.fence'), attempt = e.attempt + 1,
               lease_until =
                   pg_catalog.now() + pg_catalog.make_interval(secs => p_lease_seconds)
          from due where e.id = due.id
        returning e.id, e.platform, e.body, e.payload, e.attempt, e.fence, e.received_at)
    select * from claimed c order by c.received_at, c.id
$$;

ALTER FUNCTION app.claim_webhook_events_v1(p_limit integer, p_lease_seconds integer) OWNER TO app_claimer;

CREATE FUNCTION app.count_for_plan() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
    perform app.count_storage(new.user_id, false);
    return null;
end $$;

ALTER FUNCTION app.count_for_plan() OWNER TO app_indexer;

CREATE FUNCTION app.count_rule_version() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
    if new.version < old.version then
        raise check_violation using message = 'versions of rules never go back',
            table = 'ai_rules', constraint = 'ai_rules_version';
    end if;
    return new;
end $$;

ALTER FUNCTION app.count_rule_version() OWNER TO app_owner;

CREATE FUNCTION app.count_storage(p_tenant uuid, p_grows boolean) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
    v_used numeric;
    v_limit numeric;
begin
    -- The row is held before the sum is taken: whoever comes second sees the first one's.
    perform 1 from public.user_subscriptions s where s.user_id = p_tenant for update;
    -- A version that will replace its document needs room once.
    select (coalesce((select pg_catalog.sum(greatest(d.file_size_bytes, v.file_size_bytes))
                        from public.knowledge_documents d
                        left join public.document_versions v
                               on v.tenant_id = d.user_id and v.document_id = d.id
                       where d.user_id = p_tenant), 0)
            + coalesce((select pg_catalog.sum(f.text_size_bytes)
                          from public.faq_qa f where f.user_id = p_tenant), 0)) / 1048576.0
      into v_used;
    update public.user_subscriptions s set storage_used_mb = v_used
     where s.user_id = p_tenant and s.storage_used_mb is distinct from v_used::numeric(10, 2);
    select s.storage_limit_mb into v_limit from public.user_subscriptions s
     where s.user_id = p_tenant and s.status = 'active'
     order by s.storage_limit_mb desc nulls first limit 1;
    if p_grows and v_used > v_limit then
        raise exception 'the storage of the plan is full' using errcode = 'SS507';
    end if;
end $$;

ALTER FUNCTION app.count_storage(p_tenant uuid, p_grows boolean) OWNER TO app_indexer;

CREATE FUNCTION app.count_words() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
    if tg_op = 'INSERT' then
        insert into public.knowledge_sizes as s (tenant_id, field, language, texts, words)
        select distinct c.tenant_id, '*', '*', 0, 0 from changed c order by 1
        on conflict (tenant_id, field, language) do update set texts = 0;
        insert into public.knowledge_sizes as s (tenant_id, field, language, texts, words)
        select c.tenant_id, c.field, c.language, pg_catalog.count(*), pg_catalog.sum(c.length)
          from changed c group by 1, 2, 3
        on conflict (tenant_id, field, language) do update
           set texts = s.texts + excluded.texts, words = s.words + excluded.words;
        insert into public.knowledge_lexemes as l (tenant_id, key, spread)
        select c.tenant_id, k.key, pg_catalog.count(*)
          from changed c cross join lateral pg_catalog.unnest(c.keys) as k(key)
         group by c.tenant_id, k.key order by c.tenant_id, k.key
        on conflict (tenant_id, key) do update set spread = l.spread + excluded.spread;
        return null;
    end if;
    -- Only rows that are there are changed: a tenant that is being deleted has none left.
    update public.knowledge_sizes s set texts = 0
     where s.field = '*' and s.tenant_id in (select c.tenant_id from changed c);
    update public.knowledge_sizes s
       set texts = s.texts - g.texts, words = s.words - g.words
      from (select c.tenant_id, c.field, c.language, pg_catalog.count(*) as texts,
                   pg_catalog.sum(c.length) as words
              from changed c group by 1, 2, 3) g
     where s.tenant_id = g.tenant_id and s.field = g.field and s.language = g.language;
    with gone as (
        select c.tenant_id, k.key, pg_catalog.count(*) as times
          from changed c cross join lateral pg_catalog.unnest(c.keys) as k(key)
         group by c.tenant_id, k.key),
    fewer as (
        update public.knowledge_lexemes l set spread = l.spread - g.times
          from gone g
         where l.tenant_id = g.tenant_id and l.key = g.key and l.spread > g.times)
    delete from public.knowledge_lexemes l using gone g
     where l.tenant_id = g.tenant_id and l.key = g.key and l.spread <= g.times;
    return null;
end $$;

ALTER FUNCTION app.count_words() OWNER TO app_indexer;

CREATE FUNCTION app.customer_known_as_v1(p_channel uuid, p_ids text[]) RETURNS TABLE(id uuid, platform_customer_id text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
    select f.id, f.platform_customer_id
      from (select c.id, c.user_id, c.platform_customer_id, c.created_at, 0 as place
              from public.customers c
             where c.social_account_id = p_channel
               and c.platform_customer_id = any (p_ids)
            union all
            select c.id, c.user_id, c.platform_customer_id, c.created_at,
                   case when p_ids[1] = any (c.other_ids) then 1 else 2 end
              from public.customers c
             where c.social_account_id = p_channel and c.other_ids && p_ids) f
     where f.user_id = app.acting_tenant()
     order by f.platform_customer_id = p_ids[1] desc, f.place, f.created_at
     limit 1
$$;

ALTER FUNCTION app.customer_known_as_v1(p_channel uuid, p_ids text[]) OWNER TO app_claimer;

CREATE FUNCTION app.debit_v1(p_kind text, p_source uuid, p_amount integer, p_reason text) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
    v_tenant uuid := app.acting_tenant();
    v_left int;
begin
    if p_amount < 0 then
        raise exception 'a debit cannot add credits' using errcode = 'insufficient_privilege';
    end if;
    select k.credits_remaining into v_left from public.user_credits k
     where k.user_id = v_tenant for no key update;
    if not found then
        raise exception 'this tenant has no credits' using errcode = 'insufficient_privilege';
    end if;
    insert into public.credit_transactions (user_id, amount, reason, kind, source_id)
    values (v_tenant, -p_amount, p_reason, p_kind, p_source)
    on conflict (user_id, kind, source_id) do nothing;
    if found then
        v_left := v_left - p_amount;
        update public.user_credits k set credits_remaining = v_left where k.user_id = v_tenant;
    end if;
    return v_left;
end $$;

ALTER FUNCTION app.debit_v1(p_kind text, p_source uuid, p_amount integer, p_reason text) OWNER TO app_door;

CREATE FUNCTION app.defer_once_v1(p_job text, p_id uuid) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app.defer_once_v1(p_job text, p_id uuid) OWNER TO app_owner;

CREATE FUNCTION app.defer_v1(p_job text, p_id uuid) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
    v_tenant uuid := app.acting_tenant();
    v_job app_private.deferrable_job;
    v_queued bigint;
begin
    select j.* into v_job from app_private.deferrable_job j where j.job = p_job;
    if v_job.job is null or v_tenant is null
       or (app.job_tenant() is null
           and (v_job.min_role is null or not app.has_role(v_tenant, v_job.min_role)))
    then
        raise exception 'this login may not defer %', p_job
            using errcode = 'insufficient_privilege';
    end if;
    insert into procrastinate.procrastinate_jobs (queue_name, task_name, args)
    values (v_job.queue, v_job.job,
            pg_catalog.jsonb_build_object('tenant', v_tenant, 'id', p_id))
    returning id into v_queued;
    return v_queued;
end $$;

ALTER FUNCTION app.defer_v1(p_job text, p_id uuid) OWNER TO app_owner;

CREATE TABLE public.outbox_items (
    id uuid NOT NULL,
    tenant_id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    channel_id uuid NOT NULL,
    message_id uuid,
    seq bigint NOT NULL,
    state text DEFAULT 'queued'::text NOT NULL,
    origin text NOT NULL,
    text text,
    payload jsonb DEFAULT '{}'::jsonb NOT NULL,
    decision_id uuid,
    epoch bigint NOT NULL,
    attempt integer DEFAULT 0 NOT NULL,
    fence bigint,
    lease_until timestamp with time zone,
    due_at timestamp with time zone DEFAULT now() NOT NULL,
    claimed_by text,
    platform_message_id text,
    error_code text,
    error_title text,
    error_next text,
    resend_of uuid,
    sending_at timestamp with time zone,
    unknown_at timestamp with time zone,
    settled_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT outbox_items_attempt_check CHECK ((attempt >= 0)),
    CONSTRAINT outbox_items_carry CHECK (((COALESCE(text, ''::text) <> ''::text) OR (payload ? 'media'::text) OR (payload ? 'content'::text))),
    CONSTRAINT outbox_items_check CHECK (((state <> ALL (ARRAY['claimed'::text, 'sending'::text])) OR ((fence IS NOT NULL) AND (lease_until IS NOT NULL)))),
    CONSTRAINT outbox_items_message CHECK (((message_id IS NULL) = COALESCE((((payload -> 'content'::text) ->> 'kind'::text) = 'reaction'::text), false))),
    CONSTRAINT outbox_items_origin_check CHECK ((origin = ANY (ARRAY['member'::text, 'assistant'::text]))),
    CONSTRAINT outbox_items_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'claimed'::text, 'sending'::text, 'accepted'::text, 'delivered'::text, 'read'::text, 'failed'::text, 'unknown'::text, 'needs_human'::text, 'held'::text, 'cancelled'::text])))
);

ALTER TABLE ONLY public.outbox_items FORCE ROW LEVEL SECURITY;

ALTER TABLE public.outbox_items OWNER TO app_owner;

CREATE FUNCTION app.drop_reaction(p_item public.outbox_items) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO ''
    AS $$
    update public.conversation_messages m set own_reaction = null
     where p_item.message_id is null
       and m.user_id = p_item.tenant_id and m.conversation_id = p_item.conversation_id
       and m.platform_message_id = p_item.payload -> 'content' ->> 'target_platform_id'
       and m.own_reaction = p_item.payload -> 'content' ->> 'emoji'
$$;

ALTER FUNCTION app.drop_reaction(p_item public.outbox_items) OWNER TO app_door;

CREATE FUNCTION app.empty_webhook_bodies_v1(p_days integer) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO ''
    AS $$
    with emptied as (
        update public.webhook_events e set body = ''
         where e.state <> 'pending' and pg_catalog.octet_length(e.body) > 0
           and e.received_at < pg_catalog.now() - pg_catalog.make_interval(days => p_days)
        returning 1)
    select pg_catalog.count(*) from emptied
$$;

ALTER FUNCTION app.empty_webhook_bodies_v1(p_days integer) OWNER TO app_claimer;

CREATE FUNCTION app.enqueue_deed_v1(p_comment uuid, p_deed uuid, p_kind text, p_text text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
    v_comment public.comments;
    v_channel uuid;
begin
    select c.* into v_comment from public.comments c
     where c.id = p_comment for no key update;
    if not found then
        return 'not_found';
    elsif exists (select 1 from public.comment_deeds d
                   where d.tenant_id = v_comment.user_id and d.id = p_deed) then
        return 'duplicate';
    elsif v_comment.deleted_at is not null then
        return 'removed';
    elsif p_kind = 'private_reply'
          and v_comment.private_reply_ends_at <= pg_catalog.clock_timestamp() then
        return 'window_closed';
    elsif p_kind = 'private_reply' and exists (
        select 1 from public.comment_deeds d
         where d.tenant_id = v_comment.user_id and d.comment_id = p_comment
           and d.kind = 'private_reply' and d.state not in ('failed', 'cancelled')) then
        return 'used';
    end if;
    select p.social_account_id into v_channel from public.monitored_posts p
     where p.user_id = v_comment.user_id and p.id = v_comment.monitored_post_id;
    insert into public.comment_deeds
        (id, tenant_id, comment_id, channel_id, kind, text, member_id)
    values
        (p_deed, v_comment.user_id, p_comment, v_channel, p_kind, nullif(p_text, ''),
         app.uid());
    if p_kind in ('reply', 'private_reply') and v_comment.handled_at is null then
        update public.comments c
           set handled_at = pg_catalog.clock_timestamp(), handled_by = app.uid()
         where c.user_id = v_comment.user_id and c.id = p_comment;
    end if;
    perform app_private.announce(v_comment.user_id, 'comment_changed', p_comment);
    perform app.wake_v1('comments');
    return 'enqueued';
end $$;

ALTER FUNCTION app.enqueue_deed_v1(p_comment uuid, p_deed uuid, p_kind text, p_text text) OWNER TO app_door;

CREATE TABLE public.conversations (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id uuid NOT NULL,
    social_account_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    platform text NOT NULL,
    status text DEFAULT 'active'::text NOT NULL,
    last_message_at timestamp with time zone DEFAULT now() NOT NULL,
    assignee_user_id uuid,
    metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
    unread_count integer DEFAULT 0 NOT NULL,
    last_preview text,
    last_direction text,
    last_inbound_at timestamp with time zone,
    reply_window_ends_at timestamp with time zone,
    snoozed_until timestamp with time zone,
    priority smallint DEFAULT 0 NOT NULL,
    lang_code text,
    epoch bigint DEFAULT 0 NOT NULL,
    next_seq bigint DEFAULT 1 NOT NULL,
    assistant_paused boolean DEFAULT false NOT NULL,
    assistant_state text,
    assistant_due_at timestamp with time zone,
    assistant_first_due_at timestamp with time zone,
    assistant_fence bigint,
    assistant_lease_until timestamp with time zone,
    assistant_attempt integer DEFAULT 0 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    delivered_up_to timestamp with time zone,
    read_up_to timestamp with time zone,
    CONSTRAINT conversations_assistant_state_check CHECK ((assistant_state = ANY (ARRAY['answered'::text, 'drafted'::text, 'ignored'::text, 'escalated'::text, 'thinking'::text]))),
    CONSTRAINT conversations_last_direction_check CHECK ((last_direction = ANY (ARRAY['inbound'::text, 'outbound'::text]))),
    CONSTRAINT conversations_platform_check CHECK ((platform = ANY (ARRAY['whatsapp'::text, 'instagram'::text, 'facebook'::text, 'x'::text, 'linkedin'::text, 'sandbox'::text]))),
    CONSTRAINT conversations_status_check CHECK ((status = ANY (ARRAY['active'::text, 'archived'::text, 'escalated'::text]))),
    CONSTRAINT conversations_unread_count_check CHECK ((unread_count >= 0))
);

ALTER TABLE ONLY public.conversations FORCE ROW LEVEL SECURITY;

ALTER TABLE public.conversations OWNER TO app_owner;

CREATE FUNCTION app.enqueue_reaction(p_conversation public.conversations, p_outbox uuid, p_message uuid, p_text text, p_payload jsonb) RETURNS TABLE(outcome text, message_id uuid, seq bigint, epoch bigint)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
#variable_conflict use_column
declare
    v_target uuid;
begin
    update public.conversation_messages m
       set own_reaction = nullif(p_payload -> 'content' ->> 'emoji', ''),
           own_reacted_at = pg_catalog.clock_timestamp(),
           updated_at = pg_catalog.clock_timestamp()
     where m.user_id = p_conversation.user_id and m.conversation_id = p_conversation.id
       and m.platform_message_id = p_payload -> 'content' ->> 'target_platform_id'
       and m.deleted_at is null
    returning m.id into v_target;
    if v_target is null then
        return query select 'not_found', null::uuid, null::bigint, p_conversation.epoch;
        return;
    end if;
    insert into public.outbox_items
        (id, tenant_id, conversation_id, channel_id, seq, origin, text, payload, epoch)
    values
        (p_outbox, p_conversation.user_id, p_conversation.id,
         p_conversation.social_account_id, p_conversation.next_seq, 'member', p_text,
         p_payload, p_conversation.epoch);
    update public.conversations c set next_seq = p_conversation.next_seq + 1
     where c.user_id = p_conversation.user_id and c.id = p_conversation.id;
    perform app_private.announce(
        p_conversation.user_id, 'message_changed', p_conversation.id);
    perform app.wake_v1('outbox');
    return query select 'enqueued', v_target, p_conversation.next_seq, p_conversation.epoch;
end $$;

ALTER FUNCTION app.enqueue_reaction(p_conversation public.conversations, p_outbox uuid, p_message uuid, p_text text, p_payload jsonb) OWNER TO app_door;

CREATE FUNCTION app.enqueue_reply_v1(p_conversation uuid, p_outbox uuid, p_message uuid, p_text text, p_origin text, p_epoch bigint, p_decision uuid, p_payload jsonb) RETURNS TABLE(outcome text, message_id uuid, seq bigint, epoch bigint)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
#variable_conflict use_column
declare
    v_conversation public.conversations;
    v_item record;
    v_media uuid := (p_payload -> 'media' ->> 'attachment_id')::uuid;
    v_kind text := p_payload -> 'content' ->> 'kind';
    v_now timestamptz;
    v_superseded int;
begin
    if p_origin not in ('member', 'assistant') then
        raise exception 'a reply comes from a member or the assistant, not from %', p_origin
            using errcode = 'invalid_parameter_value';
    end if;
    select c.* into v_conversation from public.conversations c
     where c.id = p_conversation for no key update;
    if not found then
        return query select 'not_found', null::uuid, null::bigint, null::bigint;
        return;
    end if;

    select coalesce(o.message_id, p_message) as message_id, o.seq into v_item
      from public.outbox_items o
     where o.tenant_id = v_conversation.user_id and o.id = p_outbox;
    if found then
        return query select 'duplicate', v_item.message_id, v_item.seq, v_conversation.epoch;
        return;
    end if;

    v_now := pg_catalog.clock_timestamp();
    if v_conversation.reply_window_ends_at <= v_now
       and (v_kind is distinct from 'template' or p_origin <> 'member')
    then
        return query select 'window_closed', null::uuid, null::bigint, v_conversation.epoch;
        return;
    end if;

    if v_kind = 'reaction' then
        return query select * from app.enqueue_reaction(
            v_conversation, p_outbox, p_message, p_text, p_payload);
        return;
    end if;

    if p_origin = 'assistant' then
        if p_epoch is distinct from v_conversation.epoch then
            return query select 'stale_epoch', null::uuid, null::bigint, v_conversation.epoch;
            return;
        end if;
        if v_conversation.assistant_paused or v_conversation.status <> 'active'
           or not app.assistant_may_send(
               v_conversation.user_id, v_conversation.social_account_id)
        then
            return query select 'switched_off', null::uuid, null::bigint, v_conversation.epoch;
            return;
        end if;
    else
        v_conversation.epoch := v_conversation.epoch + 1;
        perform app.cancel_assistant_items(v_conversation.user_id, p_conversation);
        update public.drafts d set state = 'superseded', decided_at = v_now
         where d.tenant_id = v_conversation.user_id and d.conversation_id = p_conversation
           and d.state = 'open' and d.decision_id is distinct from p_decision;
        get diagnostics v_superseded = row_count;
        if v_superseded > 0 then
            perform app_private.announce(
                v_conversation.user_id, 'draft_settled', p_conversation);
        end if;
    end if;

    insert into public.conversation_messages
        (id, user_id, conversation_id, direction, origin, text, message_type, media_url,
         quoted_platform_id, ai_decision_id, seq, delivery, sent_by, platform_at, metadata)
    values
        (p_message, v_conversation.user_id, p_conversation, 'outbound', p_origin, p_text,
         coalesce(p_payload -> 'media' ->> 'kind',
                  case v_kind when 'choice' then 'interactive' else v_kind end, 'text'),
         'media:' || v_media,
         p_payload ->> 'quoted', p_decision, v_conversation.next_seq, 'queued',
         app.uid(), v_now, pg_catalog.jsonb_strip_nulls(
             pg_catalog.jsonb_build_object('details', p_payload -> 'details')));
    insert into public.outbox_items
        (id, tenant_id, conversation_id, channel_id, message_id, seq, origin, text, payload,
         decision_id, epoch)
    values
        (p_outbox, v_conversation.user_id, p_conversation, v_conversation.social_account_id,
         p_message, v_conversation.next_seq, p_origin, p_text, coalesce(p_payload, '{}'),
         p_decision, v_conversation.epoch);
    update public.attachments a set message_id = p_message
     where a.tenant_id = v_conversation.user_id and a.id = v_media and a.message_id is null;

    update public.conversations c
       set next_seq = v_conversation.next_seq + 1,
           epoch = v_conversation.epoch,
           status = case c.status when 'archived' then 'active' else c.status end,
           last_message_at = greatest(c.last_message_at, v_now),
           last_preview = pg_catalog.left(coalesce(
               nullif(p_text, ''), '[' || (p_payload -> 'media' ->> 'kind') || ']'), 160),
           last_direction = 'outbound',
           unread_count = case p_origin when 'member' then 0 else c.unread_count end,
           assistant_due_at = case p_origin when 'assistant' then c.assistant_due_at end,
           assistant_first_due_at =
               case p_origin when 'assistant' then c.assistant_first_due_at end,
           assistant_state = case
               when p_origin = 'assistant' then 'answered'
               when c.assistant_state in ('thinking', 'drafted', 'answered') then null
               else c.assistant_state end,
           snoozed_until = case p_origin when 'assistant' then c.snoozed_until end
     where c.user_id = v_conversation.user_id and c.id = p_conversation;

    perform app_private.announce(v_conversation.user_id, 'outbox_changed', p_conversation);
    perform app_private.announce(
        v_conversation.user_id, 'conversation_changed', p_conversation);
    perform app.wake_v1('outbox');
    return query select 'enqueued', p_message, v_conversation.next_seq, v_conversation.epoch;
end $$;

ALTER FUNCTION app.enqueue_reply_v1(p_conversation uuid, p_outbox uuid, p_message uuid, p_text text, p_origin text, p_epoch bigint, p_decision uuid, p_payload jsonb) OWNER TO app_door;

CREATE FUNCTION app.expire_decisions_v1(p_decisions uuid[], p_words text) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO ''
    AS $$
    update public.ai_decisions d
       set message_text = null, reason = p_words, expired_at = pg_catalog.now(),
           snapshot_json = pg_catalog.jsonb_strip_nulls(pg_catalog.jsonb_build_object(
               'reply', d.snapshot_json -> 'reply',
               'citations', d.snapshot_json -> 'citations',
               'language', d.snapshot_json -> 'language',
               'likely', d.snapshot_json -> 'likely',
               'shipped', d.snapshot_json -> 'shipped',
               'weights', d.snapshot_json -> 'weights',
               'objections', case when coalesce(d.snapshot_json -> 'objections', '[]') = '[]'
                                  then '[]'::jsonb else '["expired"]'::jsonb end,
               'sorted', pg_catalog.jsonb_build_object(
                   'sort', d.snapshot_json #> '{sorted,sort}')))
     where d.user_id = app.job_tenant() and d.id = any (p_decisions)
       and d.expired_at is null;
    update public.decision_corrections c set example = '', state = 'none'
     where c.tenant_id = app.job_tenant() and c.decision_id = any (p_decisions)
       and c.example <> '';
$$;

ALTER FUNCTION app.expire_decisions_v1(p_decisions uuid[], p_words text) OWNER TO app_door;

CREATE FUNCTION app.find_near_v1(p_tenant uuid, p_embedder text, p_vector text, p_within text, p_each integer) RETURNS TABLE(entry uuid)
    LANGUAGE plpgsql
    AS $$
#variable_conflict use_column
declare
    c_exact constant int := 25000;
    c_part constant float8 := 0.2;
    c_chunks constant int := 250;
    c_graph constant int := 200;
    v_vector halfvec := p_vector::halfvec;
    v_texts bigint;
    v_all float8;
    v_chunks uuid[];
begin
    select coalesce(sum(s.texts), 0) into v_texts
      from public.knowledge_sizes s where s.tenant_id = p_tenant;
    select greatest(c.reltuples, 0) into v_all
      from pg_catalog.pg_class c where c.oid = 'public.knowledge_chunks'::regclass;
    if v_texts > c_exact and v_texts > c_part * v_all
       and not exists (select 1 from public.knowledge_chunks c
                        where c.user_id = p_tenant and c.embedder < p_embedder)
       and not exists (select 1 from public.knowledge_chunks c
                        where c.user_id = p_tenant and c.embedder > p_embedder)
    then
        v_chunks := array(
            select app.near_chunks(p_tenant, p_embedder, v_vector, p_within, c_graph));
    end if;

    -- Materialized, or a planner that knows nothing yet of a new inbox works the windows out
    -- again for every chunk.
    return query
    with wholes as materialized (
        select v.chunk_id, v.embedding <#> v_vector as distance
          from public.knowledge_vectors v
         where v.tenant_id = p_tenant and v.embedder = p_embedder
           and v.chunk_id is not null
           and (v_chunks is null or v.chunk_id = any (v_chunks))
           and (p_within is null
                or exists (select 1 from public.knowledge_chunks c
                            where c.user_id = p_tenant and c.id = v.chunk_id
                              and c.lang_code = p_within))
         order by distance
         limit c_chunks
    ), windows as materialized (
        select w.chunk_id, max(-(w.embedding <#> v_vector)) as cosine
          from public.knowledge_windows w
         where w.tenant_id = p_tenant and w.embedder = p_embedder
           and w.chunk_id = any (array(select c.chunk_id from wholes c))
         group by w.chunk_id
    ), entries as materialized (
        select coalesce(v.faq_id, p.faq_id) as entry,
               max(-(v.embedding <#> v_vector)) as cosine
          from public.knowledge_vectors v
          left join public.faq_phrasings p
                 on p.tenant_id = v.tenant_id and p.id = v.phrasing_id
          join public.faq_qa f
            on f.user_id = v.tenant_id and f.id = coalesce(v.faq_id, p.faq_id)
         where v.tenant_id = p_tenant and v.embedder = p_embedder
           and v.chunk_id is null and f.enabled
           and (p_within is null or f.lang_code = p_within)
         group by 1 order by 2 desc limit p_each
    )
    select n.entry from (
        select c.chunk_id as entry,
               (coalesce(w.cosine, -c.distance) - c.distance) / 2 as cosine
          from wholes c left join windows w using (chunk_id)
        union all
        select e.entry, e.cosine from entries e) n
     order by n.cosine desc, n.entry
     limit p_each;
end $$;

ALTER FUNCTION app.find_near_v1(p_tenant uuid, p_embedder text, p_vector text, p_within text, p_each integer) OWNER TO app_owner;

CREATE FUNCTION app.find_words_v1(p_tenant uuid, p_text text, p_telling text, p_lang text, p_within text, p_each integer, p_also uuid[]) RETURNS TABLE(entry uuid, words double precision, question_words double precision, is_chosen boolean)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO ''
    SET plan_cache_mode TO 'force_generic_plan'
    SET enable_seqscan TO 'off'
    AS $$
#variable_conflict use_column
declare
    -- As many rows are scored as fit into the time of a search: those with the rarest
    -- words of the question. What shares only its commonest words is found by meaning.
    c_rows constant int := 500;
    c_most constant int := 1000;
    v_keys bigint[];
    v_fields text[];
    v_languages text[];
    v_lengths float8[];
    v_rarities float8[];
    v_rarest bigint[];
    v_off uuid[];
begin
    if not (p_tenant in (select app.tenants('agent'))
            or coalesce(p_tenant = app.job_tenant(), false))
    then
        raise exception 'this login may not search there'
            using errcode = 'insufficient_privilege';
    end if;

    select pg_catalog.array_agg(k.key), pg_catalog.array_agg(k.field),
           pg_catalog.array_agg(k.language), pg_catalog.array_agg(k.mean_length),
           pg_catalog.array_agg(k.rarity),
           pg_catalog.array_agg(k.key) filter (where k.before < c_rows)
      into v_keys, v_fields, v_languages, v_lengths, v_rarities, v_rarest
      from (select l.key, s.field, s.language,
                   greatest(s.words::float8 / greatest(s.texts, 1), 1) as mean_length,
                   pg_catalog.ln(1 + (s.texts - l.spread + 0.5) / (l.spread + 0.5))::float8
                       as rarity,
                   coalesce(pg_catalog.sum(l.spread) over (
                       order by l.spread, l.key
                       rows between unbounded preceding and 1 preceding), 0) as before
              from public.knowledge_sizes s
              cross join lateral pg_catalog.unnest(pg_catalog.to_tsvector(
                  app.text_config(s.language),
                  case when s.language = app.text_language(p_lang)
                       then p_text else p_telling end)) t
              join public.knowledge_lexemes l
                on l.tenant_id = p_tenant
               and l.key = app.word_key(p_tenant, s.field, s.language, t.lexeme)
             where s.tenant_id = p_tenant and s.texts > 0
               and (p_within is null or s.language = app.text_language(p_within))) k;
    if v_keys is null then
        return;
    end if;
    select pg_catalog.array_agg(f.id) into v_off
      from public.faq_qa f where f.user_id = p_tenant and not f.enabled;

    return query
    with looked_at as materialized (
        (select w.id from public.knowledge_words w
          where w.keys operator(pg_catalog.&&) v_rarest limit c_most)
        union
        select w.id from public.knowledge_words w
         where w.tenant_id = p_tenant and w.entry = any (p_also)
    ), asked as materialized (
        select pg_catalog.int8send(a.key) as key, a.field, a.language, a.mean_length, a.rarity
          from unnest(v_keys, v_fields, v_languages, v_lengths, v_rarities)
                   as a(key, field, language, mean_length, rarity)
    ), matched as (
        -- Worked out once for a row and a word, hence the offset: without it the planner
        -- would repeat the look into the row wherever its result is used.
        select w.id, w.entry, w.field, a.rarity,
               1.2 * (0.25 + 0.75 * w.length / a.mean_length) as slack,
               w.counts, pg_catalog.position(w.counts, a.key) as place
          from looked_at l
          join public.knowledge_words w on w.id = l.id
          join asked a on a.field = w.field and a.language = w.language
         where v_off is null or w.entry <> all (v_off)
        offset 0
    ), scored as (
        select m.entry, m.field, pg_catalog.sum(
                   m.rarity * pg_catalog.get_byte(m.counts, m.place + 7) * 2.2
                   / (pg_catalog.get_byte(m.counts, m.place + 7) + m.slack)) as score
          from matched m where m.place > 0
         group by m.id, m.entry, m.field
    ), fields as (
        select s.entry,
               coalesce(pg_catalog.max(s.score) filter (where s.field = 'text'), 0)::float8
                   as words,
               coalesce(pg_catalog.max(s.score) filter (where s.field = 'question'), 0)::float8
                   as question_words
          from scored s
         group by s.entry
    ), placed as (
        select f.*, pg_catalog.row_number() over (
                        order by f.words + f.question_words desc, f.entry) as place
          from fields f
    )
    select p.entry, p.words, p.question_words, p.place <= p_each
      from placed p
     where p.place <= p_each or p.entry = any (p_also);
end $$;

ALTER FUNCTION app.find_words_v1(p_tenant uuid, p_text text, p_telling text, p_lang text, p_within text, p_each integer, p_also uuid[]) OWNER TO app_indexer;

CREATE FUNCTION app.first_tenant_v1() RETURNS uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
    select u.id from public.users u
      join public.team_members m on m.tenant_id = u.id and m.user_id = u.id
     order by u.created_at, u.id limit 1
$$;

ALTER FUNCTION app.first_tenant_v1() OWNER TO app_owner;

CREATE FUNCTION app.fits_v1(p_texts text[], p_most integer, p_longest integer) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path TO ''
    AS $$
    select pg_catalog.cardinality(p_texts) <= p_most
       and not exists (select 1 from pg_catalog.unnest(p_texts) t
                        where t is null or pg_catalog.btrim(t) = ''
                           or pg_catalog.char_length(t) > p_longest)
$$;

ALTER FUNCTION app.fits_v1(p_texts text[], p_most integer, p_longest integer) OWNER TO app_owner;

CREATE FUNCTION app.folded_v1(p_text text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN regexp_replace(NORMALIZE(lower(p_text), NFKD), (((('['::text || '̀'::text) || '-'::text) || 'ͯ'::text) || ']'::text), ''::text, 'g'::text);

ALTER FUNCTION app.folded_v1(p_text text) OWNER TO app_owner;

CREATE FUNCTION app.forget_blob(p_tenant uuid, p_blob uuid) RETURNS void
    LANGUAGE sql
    SET search_path TO ''
    AS $$
    delete from public.blobs b
     where b.tenant_id = p_tenant and b.id = p_blob
       and not exists (select 1 from public.knowledge_documents d
                        where d.user_id = p_tenant and d.storage_object_id = p_blob)
       and not exists (select 1 from public.document_versions v
                        where v.tenant_id = p_tenant and v.blob_id = p_blob)
       and not exists (select 1 from public.attachments a
                        where a.tenant_id = p_tenant and a.blob_id = p_blob)
$$;

ALTER FUNCTION app.forget_blob(p_tenant uuid, p_blob uuid) OWNER TO app_indexer;

CREATE FUNCTION app.forget_file() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
    perform app.forget_blob(old.tenant_id, old.blob_id);
    return null;
end $$;

ALTER FUNCTION app.forget_file() OWNER TO app_indexer;

CREATE FUNCTION app.forget_original() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
    perform app.forget_blob(old.user_id, old.storage_object_id);
    return null;
end $$;

ALTER FUNCTION app.forget_original() OWNER TO app_indexer;

CREATE FUNCTION app.forget_runs_v1(p_days integer) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app.forget_runs_v1(p_days integer) OWNER TO app_claimer;

CREATE FUNCTION app.handle_comment_v1(p_comment uuid, p_handled boolean) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
    v_tenant uuid;
begin
    update public.comments c
       set handled_at = case when p_handled then pg_catalog.clock_timestamp() end,
           handled_by = case when p_handled then app.uid() end
     where c.id = p_comment returning c.user_id into v_tenant;
    if v_tenant is null then
        return 'not_found';
    end if;
    perform app_private.announce(v_tenant, 'comment_changed', p_comment);
    return 'changed';
end $$;

ALTER FUNCTION app.handle_comment_v1(p_comment uuid, p_handled boolean) OWNER TO app_door;

CREATE FUNCTION app.has_role(p_tenant uuid, p_min_role text) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
    select p_tenant in (select app.tenants(p_min_role))
$$;

ALTER FUNCTION app.has_role(p_tenant uuid, p_min_role text) OWNER TO app_owner;

CREATE FUNCTION app.hold_embedder_v1() RETURNS text
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO ''
    AS $$
    select s.embedder from public.ai_settings s where s.user_id = app.acting_tenant() for share
$$;

ALTER FUNCTION app.hold_embedder_v1() OWNER TO app_indexer;

CREATE FUNCTION app.index_chunk_words() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
    if new.tsconfig = 'app.simple'::regconfig then
        new.tsconfig := app.text_config(new.lang_code);
    end if;
    new.tsv := pg_catalog.setweight(pg_catalog.to_tsvector(
                   new.tsconfig,
                   pg_catalog.concat_ws(' ', (
                       select d.title from public.knowledge_documents d
                        where d.user_id = new.user_id and d.id = new.document_id),
                       new.heading)), 'A')
               || pg_catalog.to_tsvector(new.tsconfig, new.content);
    return new;
end $$;

ALTER FUNCTION app.index_chunk_words() OWNER TO app_owner;

CREATE FUNCTION app.index_faq_words() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
    if new.tsconfig = 'app.simple'::regconfig then
        new.tsconfig := app.text_config(new.lang_code);
    end if;
    new.text_size_bytes := pg_catalog.octet_length(new.question)
                           + pg_catalog.octet_length(new.answer);
    new.tsv := pg_catalog.setweight(pg_catalog.to_tsvector(new.tsconfig, new.question), 'A')
               || pg_catalog.setweight(pg_catalog.to_tsvector(
                      new.tsconfig, pg_catalog.array_to_string(new.keywords, ' ')), 'B')
               || pg_catalog.to_tsvector(new.tsconfig, new.answer);
    return new;
end $$;

ALTER FUNCTION app.index_faq_words() OWNER TO app_owner;

CREATE FUNCTION app.index_phrasing_words() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
    new.tsv := pg_catalog.to_tsvector(
        (select f.tsconfig from public.faq_qa f
          where f.user_id = new.tenant_id and f.id = new.faq_id), new.text);
    return new;
end $$;

ALTER FUNCTION app.index_phrasing_words() OWNER TO app_owner;

CREATE FUNCTION app.index_words() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
    c_texts constant text := case tg_table_name
        when 'knowledge_chunks' then
            'select x.id, x.user_id as tenant_id, x.id as entry, ''text'' as field,
                    x.lang_code, x.token_count as length, x.tsv from %s x'
        when 'faq_qa' then
            'select x.id, x.user_id as tenant_id, x.id as entry, ''text'' as field,
                    x.lang_code, pg_catalog.length(x.tsv) as length, x.tsv from %s x'
        else
            'select x.id, x.tenant_id, x.faq_id as entry, ''question'' as field,
                    f.lang_code, pg_catalog.length(x.tsv) as length, x.tsv
               from %s x join public.faq_qa f
                 on f.user_id = x.tenant_id and f.id = x.faq_id' end;
    -- Words that are written the same in two languages are counted in one of them.
    c_changed constant text := case tg_table_name
        when 'faq_phrasings' then 'a.tsv is distinct from g.tsv'
        else '(a.tsv, a.lang_code) is distinct from (g.tsv, g.lang_code)' end;
begin
    if tg_op = 'UPDATE' then
        execute 'delete from public.knowledge_words w
                  using gone g join added a on a.id = g.id
                  where w.id = g.id and (' || c_changed || ')';
    elsif tg_op = 'DELETE' then
        delete from public.knowledge_words w using gone g where w.id = g.id;
    end if;
    if tg_op <> 'DELETE' then
        execute pg_catalog.format(
            'insert into public.knowledge_words
                 (id, tenant_id, entry, field, language, length, keys, counts)
             select t.id, t.tenant_id, t.entry, t.field, app.text_language(t.lang_code),
                    t.length, w.keys, w.counts
               from (%s) t
               cross join lateral (
                   select coalesce(pg_catalog.array_agg(k.key), ''{}'') as keys,
                          coalesce(pg_catalog.string_agg(
                              pg_catalog.int8send(k.key)
                              || pg_catalog.set_byte(''\x00'', 0, least(k.times, 255)),
                              ''''::bytea), ''''::bytea) as counts
                     from (select app.word_key(t.tenant_id, t.field,
                                               app.text_language(t.lang_code), u.lexeme),
                                  pg_catalog.cardinality(u.positions)
                             from pg_catalog.unnest(t.tsv) as u) as k(key, times)) w
             where not exists (select 1 from public.knowledge_words o where o.id = t.id)',
            pg_catalog.format(c_texts, 'added'));
    end if;
    return null;
end $$;

ALTER FUNCTION app.index_words() OWNER TO app_indexer;

CREATE FUNCTION app.job_tenant() RETURNS uuid
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO ''
    AS $$
    select nullif(pg_catalog.current_setting('app.tenant', true), '')::uuid
     where exists (select 1
                     from app_private.service_login s
                     join pg_catalog.pg_roles r on r.oid = s.role_oid and r.rolname = s.rolname
                    where r.rolname = session_user)
$$;

ALTER FUNCTION app.job_tenant() OWNER TO app_owner;

CREATE FUNCTION app.keep_an_owner() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
    if old.role = 'owner' and old.revoked_at is null
       and (tg_op = 'DELETE' or new.role <> 'owner' or new.revoked_at is not null)
       and exists (select 1 from public.users u where u.id = old.tenant_id)
       and not exists (
           select 1 from public.team_members m
            where m.tenant_id = old.tenant_id and m.user_id <> old.user_id
              and m.role = 'owner' and m.revoked_at is null)
    then
        raise exception 'the last owner of an inbox stays its owner'
            using errcode = 'insufficient_privilege';
    end if;
    return case when tg_op = 'DELETE' then old else new end;
end $$;

ALTER FUNCTION app.keep_an_owner() OWNER TO app_owner;

CREATE FUNCTION app.keep_storage() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $_$
declare
    v_tenant uuid;
    v_grown bigint;
    -- A version needs room for what it has more than the document it will replace. When
    -- it does replace it, the document grows into room that it was given before.
    c_sizes constant text := case tg_table_name
        when 'document_versions' then
            'select x.tenant_id as tenant,
                    greatest(x.file_size_bytes - d.file_size_bytes, 0) as bytes
               from %1$I x join public.knowledge_documents d
                 on d.user_id = x.tenant_id and d.id = x.document_id'
        else 'select %2$I as tenant, %3$I as bytes from %1$I' end;
    c_added constant text := pg_catalog.format(c_sizes, 'added', tg_argv[0], tg_argv[1]);
    c_gone constant text := pg_catalog.format(c_sizes, 'gone', tg_argv[0], tg_argv[1]);
    c_changes constant text := case tg_op
        when 'INSERT' then c_added
        when 'DELETE' then 'select tenant, -bytes as bytes from (' || c_gone || ') g'
        else c_added || ' union all select tenant, -bytes from (' || c_gone || ') g' end;
begin
    for v_tenant, v_grown in
        execute 'select c.tenant, pg_catalog.sum(c.bytes) from (' || c_changes
                || ') c group by 1 order by 1'
    loop
        if v_grown <> 0 then
            perform app.count_storage(
                v_tenant,
                v_grown > 0
                and not (tg_table_name = 'knowledge_documents' and tg_op = 'UPDATE'));
        end if;
    end loop;
    return null;
end $_$;

ALTER FUNCTION app.keep_storage() OWNER TO app_indexer;

CREATE FUNCTION app.lead_v1(p_name text, p_holder uuid, p_ttl_seconds integer) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO ''
    AS $$
    insert into app_private.leader as l (name, holder, expires_at)
    values (p_name, p_holder,
            pg_catalog.clock_timestamp() + pg_catalog.make_interval(secs => p_ttl_seconds))
    on conflict (name) do update
       set holder = excluded.holder, expires_at = excluded.expires_at,
           epoch = case l.holder when excluded.holder then l.epoch else l.epoch + 1 end
     where l.holder = excluded.holder or l.expires_at < pg_catalog.clock_timestamp()
    returning epoch
$$;

ALTER FUNCTION app.lead_v1(p_name text, p_holder uuid, p_ttl_seconds integer) OWNER TO app_owner;

CREATE FUNCTION app.lock_item_of_message(p_message uuid) RETURNS public.outbox_items
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
    v_item public.outbox_items;
begin
    perform 1 from public.conversations c
      where (c.user_id, c.id) = (select o.tenant_id, o.conversation_id
                                   from public.outbox_items o where o.message_id = p_message)
        for no key update;
    select o.* into v_item from public.outbox_items o
     where o.message_id = p_message for no key update;
    return v_item;
end $$;

ALTER FUNCTION app.lock_item_of_message(p_message uuid) OWNER TO app_door;

CREATE FUNCTION app.mark_sending_v1(p_tenant uuid, p_id uuid, p_fence bigint, p_margin_seconds integer) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
    v_conversation public.conversations;
    v_item public.outbox_items;
    v_now timestamptz;
    v_running boolean;
    v_answer text;
begin
    -- The conversation first: a person's reply either sees this item as sending, or has
    -- cancelled it before we look.
    select c.* into v_conversation from public.conversations c
     where c.user_id = p_tenant
       and c.id = (select o.conversation_id from public.outbox_items o
                    where o.tenant_id = p_tenant and o.id = p_id)
       for no key update;
    select o.* into v_item from public.outbox_items o
     where o.tenant_id = p_tenant and o.id = p_id for no key update;
    v_now := pg_catalog.clock_timestamp();
    if v_item.id is null or v_item.fence is distinct from p_fence
       or v_item.state <> 'claimed'
       or v_item.lease_until <= v_now + pg_catalog.make_interval(secs => p_margin_seconds)
    then
        return 'lost';
    end if;

    select a.paused_at is null and a.status = 'active' into v_running
      from public.social_accounts a
     where a.user_id = p_tenant and a.id = v_item.channel_id;
    v_answer := case
        when v_item.origin = 'assistant' and v_item.epoch <> v_conversation.epoch
            then 'cancelled'
        when v_item.origin = 'assistant'
             and (v_conversation.assistant_paused
                  or not app.assistant_may_send(p_tenant, v_item.channel_id)) then 'held'
        when v_conversation.reply_window_ends_at <= v_now
             and (v_item.payload -> 'content' ->> 'kind') is distinct from 'template'
            then 'window'
        when not v_running then 'lost'
        else 'sending' end;

    update public.outbox_items o
       set state = case v_answer
               when 'window' then 'failed' when 'lost' then 'queued' else v_answer end,
           lease_until = case v_answer when 'sending' then o.lease_until end,
           sending_at = case v_answer when 'sending' then v_now else o.sending_at end,
           settled_at = case when v_answer in ('window', 'cancelled') then v_now end,
           attempt = case v_answer when 'lost' then o.attempt - 1 else o.attempt end,
           error_code = case v_answer when 'window' then 'window_closed' end,
           error_title = case v_answer
               when 'window' then 'The reply window closed before this could be sent.'
               when 'cancelled' then 'A person stepped in first.'
               when 'held' then 'The assistant is switched off.' end,
           error_next = case v_answer
               when 'window' then 'Wait for the customer to write again, or send a template.'
               end
     where o.tenant_id = p_tenant and o.id = p_id;
    if v_answer = 'window' then
        perform app.drop_reaction(v_item);
    end if;
    if v_answer <> 'lost' then
        update public.conversation_messages m
           set delivery = case v_answer when 'window' then 'failed' else v_answer end,
               failure = case v_answer when 'window' then
                   'The reply window closed before this could be sent.' end
         where m.user_id = p_tenant and m.id = v_item.message_id;
        perform app_private.announce(p_tenant, 'outbox_changed', v_item.conversation_id);
    end if;
    return v_answer;
end $$;

ALTER FUNCTION app.mark_sending_v1(p_tenant uuid, p_id uuid, p_fence bigint, p_margin_seconds integer) OWNER TO app_door;

CREATE FUNCTION app.move_post_v1(p_post uuid, p_at timestamp with time zone) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
    v_post public.scheduled_posts;
begin
    select s.* into v_post from public.scheduled_posts s
     where s.id = p_post for no key update;
    if not found then
        return 'not_found';
    elsif v_post.created_by is distinct from app.uid()
          and not app.has_role(v_post.user_id, 'admin') then
        return 'not_yours';
    elsif v_post.status not in ('draft', 'queued', 'publishing')
          or v_post.phase not in ('started', 'preparing', 'ready') then
        return 'too_late';
    end if;
    -- What was prepared is forgotten, because it may be stale by then; whoever works on the
    -- post holds a fence that is no longer there, and walks away.
    update public.scheduled_posts s
       set publish_at = p_at, status = case s.status when 'draft' then 'draft' else 'queued' end,
           phase = 'started', handles = '{}', next_step_at = null, fence = null,
           lease_until = null, retry_count = 0, error_code = null, error_message = null,
           error_next = null
     where s.user_id = v_post.user_id and s.id = p_post;
    perform app_private.announce(v_post.user_id, 'post_changed', p_post);
    perform app.wake_v1('posts');
    return 'moved';
end $$;

ALTER FUNCTION app.move_post_v1(p_post uuid, p_at timestamp with time zone) OWNER TO app_door;

CREATE FUNCTION app.near_chunks(p_tenant uuid, p_embedder text, p_vector extensions.halfvec, p_within text, p_limit integer) RETURNS SETOF uuid
    LANGUAGE plpgsql
    AS $$
begin
    perform set_config('hnsw.iterative_scan', 'strict_order', true),
            set_config('hnsw.ef_search', '250', true),
            set_config('enable_sort', 'off', true);
    if vector_dims(p_vector) = 384 then
        return query
        select c.id from public.knowledge_chunks c
         where c.user_id = p_tenant and c.embedder = p_embedder and c.dimensions = 384
           and (p_within is null or c.lang_code = p_within)
         order by subvector(c.embedding, 1, 384)::halfvec(384) <#> p_vector::halfvec(384)
         limit p_limit;
    else
        return query
        select c.id from public.knowledge_chunks c
         where c.user_id = p_tenant and c.embedder = p_embedder and c.dimensions = 1536
           and (p_within is null or c.lang_code = p_within)
         order by c.embedding::halfvec(1536) <#> p_vector::halfvec(1536)
         limit p_limit;
    end if;
    perform set_config('enable_sort', 'on', true);
end $$;

ALTER FUNCTION app.near_chunks(p_tenant uuid, p_embedder text, p_vector extensions.halfvec, p_within text, p_limit integer) OWNER TO app_owner;

CREATE FUNCTION app.notice_channel_v1(p_tenant uuid) RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
    select n.channel from public.notices_channels n
     where n.tenant_id = p_tenant and p_tenant in (select app.reachable_tenants())
$$;

ALTER FUNCTION app.notice_channel_v1(p_tenant uuid) OWNER TO app_owner;

CREATE FUNCTION app.owner_allows_auto() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
    if new.assistant_mode = 'auto' and (tg_op = 'INSERT' or old.assistant_mode <> 'auto')
       and app.uid() is not null and not app.has_role(new.user_id, 'owner')
    then
        raise exception 'only the owner of an inbox lets the assistant send by itself'
            using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;

ALTER FUNCTION app.owner_allows_auto() OWNER TO app_owner;

CREATE FUNCTION app.owner_removes_channels() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
    if new.removed_at is not null and old.removed_at is null
       and app.uid() is not null and not app.has_role(new.user_id, 'owner')
    then
        raise exception 'only the owner of an inbox removes a channel'
            using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;

ALTER FUNCTION app.owner_removes_channels() OWNER TO app_owner;

CREATE FUNCTION app.parked_events_v1() RETURNS bigint
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
    select pg_catalog.count(*) from public.webhook_events e
     where e.state = 'parked'
       and (e.user_id = app.acting_tenant()
            or (e.user_id is null
                and (app.job_tenant() is not null
                     or app.has_role(app.acting_tenant(), 'owner'))))
$$;

ALTER FUNCTION app.parked_events_v1() OWNER TO app_claimer;

CREATE FUNCTION app.publish_v1(p_kind text, p_id uuid) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
    v_tenant uuid := app.acting_tenant();
begin
    if v_tenant is null then
        raise exception 'a notice needs a tenant' using errcode = 'insufficient_privilege';
    end if;
    perform app_private.announce(v_tenant, p_kind, p_id);
end $$;

ALTER FUNCTION app.publish_v1(p_kind text, p_id uuid) OWNER TO app_owner;

CREATE FUNCTION app.reachable_tenants() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
    select app.tenants('agent')
    union
    select t from app.job_tenant() t where t is not null
$$;

ALTER FUNCTION app.reachable_tenants() OWNER TO app_owner;

CREATE FUNCTION app.release_reply_v1(p_message uuid) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
    v_item public.outbox_items := app.lock_item_of_message(p_message);
begin
    if v_item.id is null then
        return 'not_found';
    elsif v_item.state <> 'held' then
        return 'too_late';
    end if;
    update public.outbox_items o
       set state = 'queued', origin = 'member', error_title = null,
           due_at = pg_catalog.clock_timestamp()
     where o.tenant_id = v_item.tenant_id and o.id = v_item.id;
    update public.conversation_messages m set delivery = 'queued'
     where m.user_id = v_item.tenant_id and m.id = p_message;
    perform app_private.announce(v_item.tenant_id, 'outbox_changed', v_item.conversation_id);
    perform app.wake_v1('outbox');
    return 'released';
end $$;

ALTER FUNCTION app.release_reply_v1(p_message uuid) OWNER TO app_door;

CREATE FUNCTION app.resend_reply_v1(p_message uuid, p_outbox uuid, p_new_message uuid) RETURNS TABLE(outcome text, message_id uuid, seq bigint, epoch bigint)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
#variable_conflict use_column
declare
    v_item public.outbox_items := app.lock_item_of_message(p_message);
    v_answer record;
begin
    if v_item.id is null then
        return query select 'not_found', null::uuid, null::bigint, null::bigint;
        return;
    elsif v_item.state not in ('unknown', 'needs_human', 'failed')
          and not exists (select 1 from public.outbox_items o
                           where o.tenant_id = v_item.tenant_id and o.id = p_outbox)
    then
        return query select 'too_late', null::uuid, null::bigint, null::bigint;
        return;
    end if;
    select * into v_answer from app.enqueue_reply_v1(
        v_item.conversation_id, p_outbox, p_new_message, v_item.text, 'member', null,
        v_item.decision_id, v_item.payload);
    if v_answer.outcome = 'enqueued' then
        update public.outbox_items o set resend_of = v_item.id
         where o.tenant_id = v_item.tenant_id and o.id = p_outbox;
        if v_item.state <> 'failed' then
            perform app.settle_item(v_item, 'failed', 'Sent again by a person.');
        end if;
    end if;
    return query select v_answer.outcome, v_answer.message_id, v_answer.seq, v_answer.epoch;
end $$;

ALTER FUNCTION app.resend_reply_v1(p_message uuid, p_outbox uuid, p_new_message uuid) OWNER TO app_door;

CREATE FUNCTION app.route_account_v1(p_platform text, p_account_id text) RETURNS TABLE(tenant_id uuid, channel_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
    select a.user_id, a.id from public.social_accounts a
     where a.platform = p_platform and a.status <> 'revoked'
       and (a.account_id = p_account_id or a.metadata ->> 'waba_id' = p_account_id)
$$;

ALTER FUNCTION app.route_account_v1(p_platform text, p_account_id text) OWNER TO app_claimer;

CREATE FUNCTION app.schema_history_v1() RETURNS TABLE(version integer, name text, checksum text, min_app integer)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
    return query select v.version, v.name, v.checksum, v.min_app
                   from app_private.schema_version v order by v.version;
end $$;

ALTER FUNCTION app.schema_history_v1() OWNER TO app_owner;

CREATE FUNCTION app.searched_otherwise_v1(p_embedder text) RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
    select s.user_id from public.ai_settings s
     where s.embedder <> p_embedder
        or exists (select 1 from public.knowledge_chunks c
                    where c.user_id = s.user_id and c.embedder < p_embedder)
        or exists (select 1 from public.knowledge_chunks c
                    where c.user_id = s.user_id and c.embedder > p_embedder)
$$;

ALTER FUNCTION app.searched_otherwise_v1(p_embedder text) OWNER TO app_indexer;

CREATE FUNCTION app.settle_deed_v1(p_deed uuid, p_state text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
    v_deed public.comment_deeds;
begin
    if p_state not in ('cancelled', 'accepted', 'failed') then
        raise exception 'a deed is cancelled, or was accepted or failed, not %', p_state
            using errcode = 'invalid_parameter_value';
    end if;
    select d.* into v_deed from public.comment_deeds d where d.id = p_deed for no key update;
    if not found then
        return 'not_found';
    elsif (p_state = 'cancelled' and v_deed.state not in ('queued', 'claimed'))
          or (p_state <> 'cancelled' and v_deed.state not in ('unknown', 'needs_human')) then
        return 'too_late';
    end if;
    update public.comment_deeds d
       set state = p_state, lease_until = null, settled_at = pg_catalog.clock_timestamp(),
           error_title = case p_state when 'failed' then 'Marked as not sent by a person.' end,
           error_next = null
     where d.tenant_id = v_deed.tenant_id and d.id = p_deed;
    perform app_private.announce(v_deed.tenant_id, 'comment_changed', v_deed.comment_id);
    return p_state;
end $$;

ALTER FUNCTION app.settle_deed_v1(p_deed uuid, p_state text) OWNER TO app_door;

CREATE FUNCTION app.settle_item(p_item public.outbox_items, p_state text, p_title text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
    update public.outbox_items o
       set state = p_state, lease_until = null, error_title = p_title,
           settled_at = pg_catalog.clock_timestamp()
     where o.tenant_id = p_item.tenant_id and o.id = p_item.id;
    update public.conversation_messages m
       set delivery = p_state, failure = case p_state when 'failed' then p_title end
     where m.user_id = p_item.tenant_id and m.id = p_item.message_id;
    perform app_private.announce(p_item.tenant_id, 'outbox_changed', p_item.conversation_id);
    perform app.wake_v1('outbox');
end $$;

ALTER FUNCTION app.settle_item(p_item public.outbox_items, p_state text, p_title text) OWNER TO app_door;

CREATE FUNCTION app.settle_post_v1(p_post uuid, p_status text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
    v_post public.scheduled_posts;
    v_now timestamptz := pg_catalog.clock_timestamp();
begin
    if p_status not in ('cancelled', 'queued', 'published', 'failed') then
        raise exception 'a post is cancelled, queued again, was published or failed, not %',
            p_status using errcode = 'invalid_parameter_value';
    end if;
    select s.* into v_post from public.scheduled_posts s
     where s.id = p_post for no key update;
    if not found then
        return 'not_found';
    elsif v_post.created_by is distinct from app.uid()
          and not app.has_role(v_post.user_id, 'admin') then
        return 'not_yours';
    elsif (p_status = 'cancelled' and (
               v_post.status not in ('draft', 'queued', 'publishing')
               or v_post.phase not in ('started', 'preparing', 'ready')))
          or (p_status = 'queued' and v_post.status <> 'failed')
          or (p_status in ('published', 'failed') and v_post.status <> 'uncertain') then
        return 'too_late';
    end if;
    update public.scheduled_posts s
       set status = p_status, fence = null, lease_until = null, next_step_at = null,
           phase = case p_status when 'queued' then 'started' when 'cancelled' then s.phase
                                 else p_status end,
           handles = case p_status when 'queued' then '{}' else s.handles end,
           begun_at = case p_status when 'queued' then null else s.begun_at end,
           retry_count = case p_status when 'queued' then 0 else s.retry_count end,
           published_at = case p_status when 'published' then coalesce(s.begun_at, v_now) end,
           error_code = null,
           error_message = case p_status when 'failed' then
               'Marked as not published by a person.' end,
           error_next = case p_status when 'failed' then 'Try it again, or leave it.' end
     where s.user_id = v_post.user_id and s.id = p_post;
    update public.post_runs r
       set status = case p_status when 'published' then 'success' else 'failed' end,
           finished_at = v_now,
           error = case p_status when 'failed' then 'Marked as not published by a person.' end
     where r.user_id = v_post.user_id and r.scheduled_post_id = p_post
       and r.status = 'uncertain' and p_status in ('published', 'failed');
    perform app_private.announce(v_post.user_id, 'post_changed', p_post);
    perform app.wake_v1('posts');
    return p_status;
end $$;

ALTER FUNCTION app.settle_post_v1(p_post uuid, p_status text) OWNER TO app_door;

CREATE FUNCTION app.settle_uncertain_v1(p_message uuid, p_state text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
    v_item public.outbox_items := app.lock_item_of_message(p_message);
begin
    if p_state not in ('accepted', 'failed') then
        raise exception 'an uncertain message was either accepted or failed, not %', p_state
            using errcode = 'invalid_parameter_value';
    elsif v_item.id is null then
        return 'not_found';
    elsif v_item.state not in ('unknown', 'needs_human') then
        return 'too_late';
    end if;
    perform app.settle_item(
        v_item, p_state, case p_state when 'failed' then 'Marked as not sent by a person.' end);
    return p_state;
end $$;

ALTER FUNCTION app.settle_uncertain_v1(p_message uuid, p_state text) OWNER TO app_door;

CREATE FUNCTION app.silence_assistant_v1(p_conversation uuid) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
    v_tenant uuid;
    v_cancelled int;
begin
    update public.conversations c
       set epoch = c.epoch + 1, assistant_due_at = null, assistant_first_due_at = null
     where c.id = p_conversation returning c.user_id into v_tenant;
    if v_tenant is null then
        return 0;
    end if;
    v_cancelled := app.cancel_assistant_items(v_tenant, p_conversation);
    perform app_private.announce(v_tenant, 'outbox_changed', p_conversation);
    return v_cancelled;
end $$;

ALTER FUNCTION app.silence_assistant_v1(p_conversation uuid) OWNER TO app_door;

CREATE FUNCTION app.sweep_deeds_v1(p_unknown_after_seconds integer) RETURNS TABLE(tenant_id uuid, deed_id uuid, comment_id uuid, state text)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
#variable_conflict use_column
declare
    v_now timestamptz := pg_catalog.clock_timestamp();
    v_row record;
begin
    for v_row in
        with stale as (
            select d.id,
                   case when d.state = 'claimed' then 'queued'
                        when d.state = 'unknown' then 'needs_human'
                        when d.kind in ('reply', 'private_reply') then 'unknown'
                        else 'queued' end as next_state
              from public.comment_deeds d
             where (d.state in ('claimed', 'sending') and d.lease_until < v_now)
                or (d.state = 'unknown' and d.unknown_at < v_now
                        - pg_catalog.make_interval(secs => p_unknown_after_seconds))
               for update of d skip locked)
        update public.comment_deeds d
           set state = stale.next_state, lease_until = null,
               unknown_at = case stale.next_state when 'unknown' then v_now
                                                  else d.unknown_at end,
               error_title = case stale.next_state
                   when 'unknown' then 'Nobody knows yet whether this was sent.'
                   when 'needs_human' then 'We could not find out whether this was sent.' end,
               error_next = case stale.next_state when 'needs_human' then
                   'Look under the post on the platform, then mark it or answer again.' end
          from stale where d.id = stale.id
        returning d.tenant_id, d.id, d.comment_id, d.state
    loop
        perform app_private.announce(v_row.tenant_id, 'comment_changed', v_row.comment_id);
        tenant_id := v_row.tenant_id;
        deed_id := v_row.id;
        comment_id := v_row.comment_id;
        state := v_row.state;
        return next;
    end loop;
end $$;

ALTER FUNCTION app.sweep_deeds_v1(p_unknown_after_seconds integer) OWNER TO app_claimer;

CREATE FUNCTION app.sweep_outbox_v1(p_unknown_after_seconds integer, p_unknown_fast_seconds integer) RETURNS TABLE(tenant_id uuid, outbox_id uuid, conversation_id uuid, state text)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
#variable_conflict use_column
declare
    v_now timestamptz := pg_catalog.clock_timestamp();
    v_row record;
begin
    for v_row in
        with stale as (
            select o.id,
                   case when o.state = 'claimed' or o.message_id is null then 'queued'
                        when o.state = 'sending' then 'unknown'
                        else 'needs_human' end as next_state
              from public.outbox_items o
             where (o.state in ('claimed', 'sending') and o.lease_until < v_now)
                or (o.state = 'unknown' and o.unknown_at < v_now
                        - pg_catalog.make_interval(secs => p_unknown_after_seconds))
                or (o.state = 'unknown' and o.unknown_at < v_now
                        - pg_catalog.make_interval(secs => p_unknown_fast_seconds)
                    and exists (
                        select 1 from public.outbox_items seen
                         where seen.tenant_id = o.tenant_id
                           and seen.channel_id = o.channel_id
                           and seen.state in ('delivered', 'read')
                           and seen.updated_at > o.unknown_at))
               for update of o skip locked),
        swept as (
            update public.outbox_items o
               set state = stale.next_state,
                   lease_until = null,
                   unknown_at = case stale.next_state when 'unknown' then v_now
                                                      else o.unknown_at end,
                   error_title = case stale.next_state
                       when 'unknown' then 'Nobody knows yet whether this was sent.'
                       when 'needs_human' then 'We could not find out whether this was sent.'
                       end,
                   error_next = case stale.next_state when 'needs_human' then
                       'Look in the platform''s own app, then mark it or send it again.' end
              from stale where o.id = stale.id
            returning o.tenant_id, o.id, o.conversation_id, o.message_id, o.state),
        shown as (
            update public.conversation_messages m
               set delivery = case swept.state when 'queued' then 'queued'
                                               else 'uncertain' end
              from swept where m.user_id = swept.tenant_id and m.id = swept.message_id)
        select * from swept
    loop
        perform app_private.announce(v_row.tenant_id, 'outbox_changed', v_row.conversation_id);
        tenant_id := v_row.tenant_id;
        outbox_id := v_row.id;
        conversation_id := v_row.conversation_id;
        state := v_row.state;
        return next;
    end loop;
end $$;

ALTER FUNCTION app.sweep_outbox_v1(p_unknown_after_seconds integer, p_unknown_fast_seconds integer) OWNER TO app_claimer;

CREATE FUNCTION app.switch_embedder_v1(p_embedder text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
    v_tenant uuid := app.job_tenant();
begin
    perform 1 from public.ai_settings s where s.user_id = v_tenant for update;
    if exists (select 1 from public.knowledge_chunks c
                where c.user_id = v_tenant
                  and not exists (select 1 from public.knowledge_vectors v
                                   where v.tenant_id = v_tenant and v.chunk_id = c.id
                                     and v.embedder = p_embedder))
       or exists (select 1 from public.faq_qa f
                   where f.user_id = v_tenant
                     and not exists (select 1 from public.knowledge_vectors v
                                      where v.tenant_id = v_tenant and v.faq_id = f.id
                                        and v.embedder = p_embedder))
       or exists (select 1 from public.faq_phrasings p
                   where p.tenant_id = v_tenant
                     and not exists (select 1 from public.knowledge_vectors v
                                      where v.tenant_id = v_tenant and v.phrasing_id = p.id
                                        and v.embedder = p_embedder))
    then
        return false;
    end if;
    update public.ai_settings s set embedder = p_embedder, updated_at = pg_catalog.now()
     where s.user_id = v_tenant;
    return true;
end $$;

ALTER FUNCTION app.switch_embedder_v1(p_embedder text) OWNER TO app_indexer;

CREATE FUNCTION app.tenants(min_role text DEFAULT 'agent'::text) RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO ''
    AS $$
    select m.tenant_id
      from public.team_members m
     where m.user_id = app.uid()
       and m.revoked_at is null
       and pg_catalog.array_position(array['agent', 'admin', 'owner'], m.role)
           >= pg_catalog.array_position(array['agent', 'admin', 'owner'], min_role)
$$;

ALTER FUNCTION app.tenants(min_role text) OWNER TO app_owner;

CREATE FUNCTION app.text_config(p_lang_code text) RETURNS regconfig
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path TO ''
    AS $$
    select (case pg_catalog.left(pg_catalog.lower(p_lang_code), 2)
        when 'en' then 'app.english'
        when 'fr' then 'app.french'
        when 'es' then 'app.spanish'
        when 'de' then 'app.german'
        when 'it' then 'app.italian'
        when 'pt' then 'app.portuguese'
        when 'nl' then 'app.dutch'
        else 'app.simple'
    end)::regconfig
$$;

ALTER FUNCTION app.text_config(p_lang_code text) OWNER TO app_owner;

CREATE FUNCTION app.text_language(p_lang_code text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$
    select case when pg_catalog.left(pg_catalog.lower(p_lang_code), 2)
                     in ('en', 'fr', 'es', 'de', 'it', 'pt', 'nl')
                then pg_catalog.left(pg_catalog.lower(p_lang_code), 2) else 'simple' end
$$;

ALTER FUNCTION app.text_language(p_lang_code text) OWNER TO app_owner;

CREATE FUNCTION app.time_comment_author() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
    new.author_stored_at := pg_catalog.now();
    return new;
end $$;

ALTER FUNCTION app.time_comment_author() OWNER TO app_owner;

CREATE FUNCTION app.time_comment_text() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
    new.text_stored_at := pg_catalog.now();
    new.expired_at := null;
    return new;
end $$;

ALTER FUNCTION app.time_comment_text() OWNER TO app_owner;

CREATE FUNCTION app.time_profile() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
    new.profile_stored_at := pg_catalog.now();
    new.expired_at := null;
    return new;
end $$;

ALTER FUNCTION app.time_profile() OWNER TO app_owner;

CREATE FUNCTION app.touch() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
    new.updated_at := pg_catalog.now();
    return new;
end $$;

ALTER FUNCTION app.touch() OWNER TO app_owner;

CREATE FUNCTION app.uid() RETURNS uuid
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO ''
    AS $$
    select case (select g.trusts
                   from app_private.gateway g
                   join pg_catalog.pg_roles r on r.oid = g.role_oid
                  where r.rolname = session_user)
        when 'claims' then
            nullif(coalesce(
                nullif(pg_catalog.current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub',
                pg_catalog.current_setting('request.jwt.claim.sub', true)), '')::uuid
        when 'ticket' then
            (select t.user_id
               from app_private.ticket t
              where t.hash = pg_catalog.sha256(pg_catalog.convert_to(
                        pg_catalog.current_setting('app.ticket', true), 'UTF8'))
                and t.expires_at > pg_catalog.statement_timestamp()
                and t.revoked_at is null)
        else
            (select l.user_id
               from app_private.login_user l
               join pg_catalog.pg_roles r on r.oid = l.role_oid and r.rolname = l.rolname
              where r.rolname = session_user and l.revoked_at is null)
    end
$$;

ALTER FUNCTION app.uid() OWNER TO app_owner;

CREATE FUNCTION app.ungrouped_v1() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
    select distinct e.user_id from public.support_escalations e
      join public.ai_decisions d on d.user_id = e.user_id and d.id = e.decision_id
     where e.reason in ('missing_knowledge', 'low_confidence')
       and pg_catalog.btrim(d.message_text) <> ''
       and not exists (select 1 from public.knowledge_gap_messages m
                        where m.tenant_id = e.user_id and m.escalation_id = e.id)
$$;

ALTER FUNCTION app.ungrouped_v1() OWNER TO app_indexer;

CREATE FUNCTION app.unknown_deeds_v1(p_limit integer) RETURNS TABLE(tenant_id uuid, deed_id uuid, channel_id uuid, fence bigint, attempt integer)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
    select d.tenant_id, d.id, d.channel_id, d.fence, d.attempt from public.comment_deeds d
     where d.state = 'unknown' order by d.unknown_at limit p_limit
$$;

ALTER FUNCTION app.unknown_deeds_v1(p_limit integer) OWNER TO app_claimer;

CREATE FUNCTION app.unknown_outbox_v1(p_limit integer) RETURNS TABLE(tenant_id uuid, outbox_id uuid, channel_id uuid, fence bigint, attempt integer)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
    select o.tenant_id, o.id, o.channel_id, o.fence, o.attempt from public.outbox_items o
     where o.state = 'unknown' order by o.unknown_at, o.id limit p_limit
$$;

ALTER FUNCTION app.unknown_outbox_v1(p_limit integer) OWNER TO app_claimer;

CREATE FUNCTION app.wake_v1(p_loop text) RETURNS void
    LANGUAGE sql
    SET search_path TO ''
    AS $$
    select pg_catalog.pg_notify('socialsync_wake', p_loop)
$$;

ALTER FUNCTION app.wake_v1(p_loop text) OWNER TO app_owner;

CREATE FUNCTION app.word_key(p_tenant uuid, p_field text, p_language text, p_word text) RETURNS bigint
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$
    select ('x' || pg_catalog.substr(pg_catalog.md5(
                p_tenant::text || ' ' || p_field || ' ' || p_language || ' ' || p_word),
            1, 16))::bit(64)::bigint
$$;

ALTER FUNCTION app.word_key(p_tenant uuid, p_field text, p_language text, p_word text) OWNER TO app_owner;

CREATE FUNCTION app.work_figures_v1() RETURNS TABLE(inbound_pending bigint, inbound_parked bigint, inbound_oldest_seconds double precision, assistant_due bigint, outbox_queued bigint, outbox_oldest_seconds double precision, outbox_unknown bigint, outbox_needs_human bigint, channels_paused bigint)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
    select (select pg_catalog.count(*) from public.webhook_events e where e.state = 'pending'),
           (select pg_catalog.count(*) from public.webhook_events e where e.state = 'parked'),
           coalesce((select extract(epoch from pg_catalog.now() - pg_catalog.min(e.received_at))
                       from public.webhook_events e where e.state = 'pending'), 0)::float8,
           (select pg_catalog.count(*) from public.conversations c
             where c.assistant_due_at <= pg_catalog.now() and c.status = 'active'
               and not c.assistant_paused),
           (select pg_catalog.count(*) from public.outbox_items o where o.state = 'queued'),
           coalesce((select extract(epoch from pg_catalog.now() - pg_catalog.min(o.due_at))
                       from public.outbox_items o
                      where o.state = 'queued' and o.due_at <= pg_catalog.now()), 0)::float8,
           (select pg_catalog.count(*) from public.outbox_items o where o.state = 'unknown'),
           (select pg_catalog.count(*) from public.outbox_items o where o.state = 'needs_human'),
           (select pg_catalog.count(*) from public.social_accounts a
             where a.paused_at is not null or a.status <> 'active')
$$;

ALTER FUNCTION app.work_figures_v1() OWNER TO app_claimer;

CREATE FUNCTION app.worker_alive_v1(p_kind text, p_within_seconds integer) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
    select exists (
        select 1 from app_private.workers w
         where w.kind = p_kind
           and w.beat_at > pg_catalog.clock_timestamp()
                           - pg_catalog.make_interval(secs => p_within_seconds))
$$;

ALTER FUNCTION app.worker_alive_v1(p_kind text, p_within_seconds integer) OWNER TO app_owner;

CREATE FUNCTION app_private.add_member_v1(p_tenant uuid, p_email text, p_name text, p_role text) RETURNS uuid
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
    v_user uuid;
begin
    select u.id into v_user from public.users u where u.email = pg_catalog.lower(p_email);
    if v_user is null then
        v_user := pg_catalog.gen_random_uuid();
        insert into public.users (id, email, name)
        values (v_user, pg_catalog.lower(p_email), p_name);
    end if;
    insert into public.team_members (tenant_id, user_id, role, display_name)
    values (p_tenant, v_user, p_role, p_name);
    return v_user;
end $$;

ALTER FUNCTION app_private.add_member_v1(p_tenant uuid, p_email text, p_name text, p_role text) OWNER TO app_owner;

CREATE FUNCTION app_private.announce(p_tenant uuid, p_kind text, p_id uuid) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO ''
    AS $$
    select pg_catalog.pg_notify(n.channel, p_kind || ':' || coalesce(p_id::text, ''))
      from public.notices_channels n where n.tenant_id = p_tenant
$$;

ALTER FUNCTION app_private.announce(p_tenant uuid, p_kind text, p_id uuid) OWNER TO app_owner;

CREATE FUNCTION app_private.bind_member_v1(p_user uuid, p_login name) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
    insert into app_private.login_user as l (role_oid, rolname, user_id)
    select r.oid, r.rolname, p_user from pg_catalog.pg_roles r where r.rolname = p_login
    on conflict (rolname) do update set role_oid = excluded.role_oid;
    update public.team_members m set login_role = p_login where m.user_id = p_user;
end $$;

ALTER FUNCTION app_private.bind_member_v1(p_user uuid, p_login name) OWNER TO app_owner;

CREATE FUNCTION app_private.bind_service_v1(p_kind text, p_login name) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO ''
    AS $$
    insert into app_private.service_login as s (role_oid, rolname, kind)
    select r.oid, r.rolname, p_kind from pg_catalog.pg_roles r where r.rolname = p_login
    on conflict (kind) do update
       set role_oid = excluded.role_oid, rolname = excluded.rolname
$$;

ALTER FUNCTION app_private.bind_service_v1(p_kind text, p_login name) OWNER TO app_owner;

CREATE FUNCTION app_private.create_tenant_v1(p_email text, p_name text) RETURNS uuid
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
    v_tenant uuid := pg_catalog.gen_random_uuid();
    v_grant constant int := 1000000;
begin
    insert into public.users (id, email, name)
    values (v_tenant, pg_catalog.lower(p_email), p_name);
    insert into public.team_members (tenant_id, user_id, role, display_name)
    values (v_tenant, v_tenant, 'owner', p_name);
    insert into public.user_subscriptions (user_id, plan_name, current_period_start)
    values (v_tenant, 'enterprise', pg_catalog.now());
    insert into public.user_credits (user_id, credits_remaining, credits_total, last_reset_at)
    values (v_tenant, v_grant, v_grant, pg_catalog.now());
    insert into public.credit_transactions (user_id, amount, reason, kind, source_id)
    values (v_tenant, v_grant, 'local_plan', 'grant', v_tenant);
    insert into public.ai_rules (user_id) values (v_tenant);
    insert into public.ai_settings (user_id) values (v_tenant);
    insert into public.analytics (user_id) values (v_tenant);
    insert into public.notices_channels (tenant_id, channel)
    values (v_tenant, 'n_' || pg_catalog.replace(pg_catalog.gen_random_uuid()::text, '-', ''));
    return v_tenant;
end $$;

ALTER FUNCTION app_private.create_tenant_v1(p_email text, p_name text) OWNER TO app_owner;

CREATE FUNCTION app_private.make_login_v1(p_login name, p_verifier text, p_group name, p_statement_timeout text) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
    -- Operators of the extensions are looked up, wherever those were installed.
    v_path constant text := (
        select pg_catalog.concat_ws(', ', 'public', pg_catalog.string_agg(
                   distinct pg_catalog.quote_ident(n.nspname), ', ')
                   filter (where n.nspname <> 'public'))
          from pg_catalog.pg_extension e
          join pg_catalog.pg_namespace n on n.oid = e.extnamespace
         where e.extname in ('vector', 'pg_trgm', 'unaccent'));
begin
    if not exists (select 1 from pg_catalog.pg_roles r where r.rolname = p_login) then
        execute pg_catalog.format('create role %I login', p_login);
    end if;
    execute pg_catalog.format('alter role %I with login password %L', p_login, p_verifier);
    execute pg_catalog.format('grant %I to %I', p_group, p_login);
    execute pg_catalog.format('alter role %I set search_path = %s', p_login, v_path);
    execute pg_catalog.format(
        'alter role %I set statement_timeout = %L', p_login, p_statement_timeout);
    execute pg_catalog.format(
        'alter role %I set idle_in_transaction_session_timeout = %L', p_login, '10s');
    execute pg_catalog.format('alter role %I set jit = off', p_login);
    execute pg_catalog.format(
        'grant connect on database %I to %I', pg_catalog.current_database(), p_login);
end $$;

ALTER FUNCTION app_private.make_login_v1(p_login name, p_verifier text, p_group name, p_statement_timeout text) OWNER TO app_owner;

CREATE TEXT SEARCH CONFIGURATION app.dutch (
    PARSER = pg_catalog."default" );

ALTER TEXT SEARCH CONFIGURATION app.dutch
    ADD MAPPING FOR asciiword WITH dutch_stem;

ALTER TEXT SEARCH CONFIGURATION app.dutch
    ADD MAPPING FOR word WITH extensions.unaccent, dutch_stem;

ALTER TEXT SEARCH CONFIGURATION app.dutch
    ADD MAPPING FOR numword WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.dutch
    ADD MAPPING FOR email WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.dutch
    ADD MAPPING FOR url WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.dutch
    ADD MAPPING FOR host WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.dutch
    ADD MAPPING FOR sfloat WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.dutch
    ADD MAPPING FOR version WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.dutch
    ADD MAPPING FOR hword_numpart WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.dutch
    ADD MAPPING FOR hword_part WITH extensions.unaccent, dutch_stem;

ALTER TEXT SEARCH CONFIGURATION app.dutch
    ADD MAPPING FOR hword_asciipart WITH dutch_stem;

ALTER TEXT SEARCH CONFIGURATION app.dutch
    ADD MAPPING FOR numhword WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.dutch
    ADD MAPPING FOR asciihword WITH dutch_stem;

ALTER TEXT SEARCH CONFIGURATION app.dutch
    ADD MAPPING FOR hword WITH extensions.unaccent, dutch_stem;

ALTER TEXT SEARCH CONFIGURATION app.dutch
    ADD MAPPING FOR url_path WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.dutch
    ADD MAPPING FOR file WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.dutch
    ADD MAPPING FOR "float" WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.dutch
    ADD MAPPING FOR "int" WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.dutch
    ADD MAPPING FOR uint WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.dutch OWNER TO app_owner;

CREATE TEXT SEARCH CONFIGURATION app.english (
    PARSER = pg_catalog."default" );

ALTER TEXT SEARCH CONFIGURATION app.english
    ADD MAPPING FOR asciiword WITH english_stem;

ALTER TEXT SEARCH CONFIGURATION app.english
    ADD MAPPING FOR word WITH extensions.unaccent, english_stem;

ALTER TEXT SEARCH CONFIGURATION app.english
    ADD MAPPING FOR numword WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.english
    ADD MAPPING FOR email WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.english
    ADD MAPPING FOR url WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.english
    ADD MAPPING FOR host WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.english
    ADD MAPPING FOR sfloat WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.english
    ADD MAPPING FOR version WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.english
    ADD MAPPING FOR hword_numpart WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.english
    ADD MAPPING FOR hword_part WITH extensions.unaccent, english_stem;

ALTER TEXT SEARCH CONFIGURATION app.english
    ADD MAPPING FOR hword_asciipart WITH english_stem;

ALTER TEXT SEARCH CONFIGURATION app.english
    ADD MAPPING FOR numhword WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.english
    ADD MAPPING FOR asciihword WITH english_stem;

ALTER TEXT SEARCH CONFIGURATION app.english
    ADD MAPPING FOR hword WITH extensions.unaccent, english_stem;

ALTER TEXT SEARCH CONFIGURATION app.english
    ADD MAPPING FOR url_path WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.english
    ADD MAPPING FOR file WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.english
    ADD MAPPING FOR "float" WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.english
    ADD MAPPING FOR "int" WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.english
    ADD MAPPING FOR uint WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.english OWNER TO app_owner;

CREATE TEXT SEARCH CONFIGURATION app.french (
    PARSER = pg_catalog."default" );

ALTER TEXT SEARCH CONFIGURATION app.french
    ADD MAPPING FOR asciiword WITH french_stem;

ALTER TEXT SEARCH CONFIGURATION app.french
    ADD MAPPING FOR word WITH extensions.unaccent, french_stem;

ALTER TEXT SEARCH CONFIGURATION app.french
    ADD MAPPING FOR numword WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.french
    ADD MAPPING FOR email WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.french
    ADD MAPPING FOR url WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.french
    ADD MAPPING FOR host WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.french
    ADD MAPPING FOR sfloat WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.french
    ADD MAPPING FOR version WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.french
    ADD MAPPING FOR hword_numpart WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.french
    ADD MAPPING FOR hword_part WITH extensions.unaccent, french_stem;

ALTER TEXT SEARCH CONFIGURATION app.french
    ADD MAPPING FOR hword_asciipart WITH french_stem;

ALTER TEXT SEARCH CONFIGURATION app.french
    ADD MAPPING FOR numhword WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.french
    ADD MAPPING FOR asciihword WITH french_stem;

ALTER TEXT SEARCH CONFIGURATION app.french
    ADD MAPPING FOR hword WITH extensions.unaccent, french_stem;

ALTER TEXT SEARCH CONFIGURATION app.french
    ADD MAPPING FOR url_path WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.french
    ADD MAPPING FOR file WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.french
    ADD MAPPING FOR "float" WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.french
    ADD MAPPING FOR "int" WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.french
    ADD MAPPING FOR uint WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.french OWNER TO app_owner;

CREATE TEXT SEARCH CONFIGURATION app.german (
    PARSER = pg_catalog."default" );

ALTER TEXT SEARCH CONFIGURATION app.german
    ADD MAPPING FOR asciiword WITH german_stem;

ALTER TEXT SEARCH CONFIGURATION app.german
    ADD MAPPING FOR word WITH extensions.unaccent, german_stem;

ALTER TEXT SEARCH CONFIGURATION app.german
    ADD MAPPING FOR numword WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.german
    ADD MAPPING FOR email WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.german
    ADD MAPPING FOR url WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.german
    ADD MAPPING FOR host WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.german
    ADD MAPPING FOR sfloat WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.german
    ADD MAPPING FOR version WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.german
    ADD MAPPING FOR hword_numpart WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.german
    ADD MAPPING FOR hword_part WITH extensions.unaccent, german_stem;

ALTER TEXT SEARCH CONFIGURATION app.german
    ADD MAPPING FOR hword_asciipart WITH german_stem;

ALTER TEXT SEARCH CONFIGURATION app.german
    ADD MAPPING FOR numhword WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.german
    ADD MAPPING FOR asciihword WITH german_stem;

ALTER TEXT SEARCH CONFIGURATION app.german
    ADD MAPPING FOR hword WITH extensions.unaccent, german_stem;

ALTER TEXT SEARCH CONFIGURATION app.german
    ADD MAPPING FOR url_path WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.german
    ADD MAPPING FOR file WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.german
    ADD MAPPING FOR "float" WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.german
    ADD MAPPING FOR "int" WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.german
    ADD MAPPING FOR uint WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.german OWNER TO app_owner;

CREATE TEXT SEARCH CONFIGURATION app.italian (
    PARSER = pg_catalog."default" );

ALTER TEXT SEARCH CONFIGURATION app.italian
    ADD MAPPING FOR asciiword WITH italian_stem;

ALTER TEXT SEARCH CONFIGURATION app.italian
    ADD MAPPING FOR word WITH extensions.unaccent, italian_stem;

ALTER TEXT SEARCH CONFIGURATION app.italian
    ADD MAPPING FOR numword WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.italian
    ADD MAPPING FOR email WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.italian
    ADD MAPPING FOR url WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.italian
    ADD MAPPING FOR host WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.italian
    ADD MAPPING FOR sfloat WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.italian
    ADD MAPPING FOR version WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.italian
    ADD MAPPING FOR hword_numpart WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.italian
    ADD MAPPING FOR hword_part WITH extensions.unaccent, italian_stem;

ALTER TEXT SEARCH CONFIGURATION app.italian
    ADD MAPPING FOR hword_asciipart WITH italian_stem;

ALTER TEXT SEARCH CONFIGURATION app.italian
    ADD MAPPING FOR numhword WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.italian
    ADD MAPPING FOR asciihword WITH italian_stem;

ALTER TEXT SEARCH CONFIGURATION app.italian
    ADD MAPPING FOR hword WITH extensions.unaccent, italian_stem;

ALTER TEXT SEARCH CONFIGURATION app.italian
    ADD MAPPING FOR url_path WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.italian
    ADD MAPPING FOR file WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.italian
    ADD MAPPING FOR "float" WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.italian
    ADD MAPPING FOR "int" WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.italian
    ADD MAPPING FOR uint WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.italian OWNER TO app_owner;

CREATE TEXT SEARCH CONFIGURATION app.portuguese (
    PARSER = pg_catalog."default" );

ALTER TEXT SEARCH CONFIGURATION app.portuguese
    ADD MAPPING FOR asciiword WITH portuguese_stem;

ALTER TEXT SEARCH CONFIGURATION app.portuguese
    ADD MAPPING FOR word WITH extensions.unaccent, portuguese_stem;

ALTER TEXT SEARCH CONFIGURATION app.portuguese
    ADD MAPPING FOR numword WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.portuguese
    ADD MAPPING FOR email WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.portuguese
    ADD MAPPING FOR url WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.portuguese
    ADD MAPPING FOR host WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.portuguese
    ADD MAPPING FOR sfloat WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.portuguese
    ADD MAPPING FOR version WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.portuguese
    ADD MAPPING FOR hword_numpart WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.portuguese
    ADD MAPPING FOR hword_part WITH extensions.unaccent, portuguese_stem;

ALTER TEXT SEARCH CONFIGURATION app.portuguese
    ADD MAPPING FOR hword_asciipart WITH portuguese_stem;

ALTER TEXT SEARCH CONFIGURATION app.portuguese
    ADD MAPPING FOR numhword WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.portuguese
    ADD MAPPING FOR asciihword WITH portuguese_stem;

ALTER TEXT SEARCH CONFIGURATION app.portuguese
    ADD MAPPING FOR hword WITH extensions.unaccent, portuguese_stem;

ALTER TEXT SEARCH CONFIGURATION app.portuguese
    ADD MAPPING FOR url_path WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.portuguese
    ADD MAPPING FOR file WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.portuguese
    ADD MAPPING FOR "float" WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.portuguese
    ADD MAPPING FOR "int" WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.portuguese
    ADD MAPPING FOR uint WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.portuguese OWNER TO app_owner;

CREATE TEXT SEARCH CONFIGURATION app.simple (
    PARSER = pg_catalog."default" );

ALTER TEXT SEARCH CONFIGURATION app.simple
    ADD MAPPING FOR asciiword WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.simple
    ADD MAPPING FOR word WITH extensions.unaccent, simple;

ALTER TEXT SEARCH CONFIGURATION app.simple
    ADD MAPPING FOR numword WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.simple
    ADD MAPPING FOR email WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.simple
    ADD MAPPING FOR url WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.simple
    ADD MAPPING FOR host WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.simple
    ADD MAPPING FOR sfloat WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.simple
    ADD MAPPING FOR version WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.simple
    ADD MAPPING FOR hword_numpart WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.simple
    ADD MAPPING FOR hword_part WITH extensions.unaccent, simple;

ALTER TEXT SEARCH CONFIGURATION app.simple
    ADD MAPPING FOR hword_asciipart WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.simple
    ADD MAPPING FOR numhword WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.simple
    ADD MAPPING FOR asciihword WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.simple
    ADD MAPPING FOR hword WITH extensions.unaccent, simple;

ALTER TEXT SEARCH CONFIGURATION app.simple
    ADD MAPPING FOR url_path WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.simple
    ADD MAPPING FOR file WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.simple
    ADD MAPPING FOR "float" WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.simple
    ADD MAPPING FOR "int" WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.simple
    ADD MAPPING FOR uint WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.simple OWNER TO app_owner;

CREATE TEXT SEARCH CONFIGURATION app.spanish (
    PARSER = pg_catalog."default" );

ALTER TEXT SEARCH CONFIGURATION app.spanish
    ADD MAPPING FOR asciiword WITH spanish_stem;

ALTER TEXT SEARCH CONFIGURATION app.spanish
    ADD MAPPING FOR word WITH extensions.unaccent, spanish_stem;

ALTER TEXT SEARCH CONFIGURATION app.spanish
    ADD MAPPING FOR numword WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.spanish
    ADD MAPPING FOR email WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.spanish
    ADD MAPPING FOR url WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.spanish
    ADD MAPPING FOR host WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.spanish
    ADD MAPPING FOR sfloat WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.spanish
    ADD MAPPING FOR version WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.spanish
    ADD MAPPING FOR hword_numpart WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.spanish
    ADD MAPPING FOR hword_part WITH extensions.unaccent, spanish_stem;

ALTER TEXT SEARCH CONFIGURATION app.spanish
    ADD MAPPING FOR hword_asciipart WITH spanish_stem;

ALTER TEXT SEARCH CONFIGURATION app.spanish
    ADD MAPPING FOR numhword WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.spanish
    ADD MAPPING FOR asciihword WITH spanish_stem;

ALTER TEXT SEARCH CONFIGURATION app.spanish
    ADD MAPPING FOR hword WITH extensions.unaccent, spanish_stem;

ALTER TEXT SEARCH CONFIGURATION app.spanish
    ADD MAPPING FOR url_path WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.spanish
    ADD MAPPING FOR file WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.spanish
    ADD MAPPING FOR "float" WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.spanish
    ADD MAPPING FOR "int" WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.spanish
    ADD MAPPING FOR uint WITH simple;

ALTER TEXT SEARCH CONFIGURATION app.spanish OWNER TO app_owner;

CREATE SEQUENCE app.fence
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE app.fence OWNER TO app_owner;

CREATE TABLE app_private.deferrable_job (
    job text NOT NULL,
    queue text NOT NULL,
    min_role text,
    CONSTRAINT deferrable_job_min_role_check CHECK ((min_role = ANY (ARRAY['agent'::text, 'admin'::text, 'owner'::text])))
);

ALTER TABLE ONLY app_private.deferrable_job FORCE ROW LEVEL SECURITY;

ALTER TABLE app_private.deferrable_job OWNER TO app_owner;

CREATE TABLE app_private.gateway (
    role_oid oid NOT NULL,
    trusts text NOT NULL,
    CONSTRAINT gateway_trusts_check CHECK ((trusts = ANY (ARRAY['claims'::text, 'ticket'::text])))
);

ALTER TABLE ONLY app_private.gateway FORCE ROW LEVEL SECURITY;

ALTER TABLE app_private.gateway OWNER TO app_owner;

CREATE TABLE app_private.leader (
    name text NOT NULL,
    holder uuid NOT NULL,
    epoch bigint DEFAULT 1 NOT NULL,
    expires_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY app_private.leader FORCE ROW LEVEL SECURITY;

ALTER TABLE app_private.leader OWNER TO app_owner;

CREATE TABLE app_private.library_schema (
    library text NOT NULL,
    version text NOT NULL,
    scripts text[] NOT NULL,
    applied_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

ALTER TABLE ONLY app_private.library_schema FORCE ROW LEVEL SECURITY;

ALTER TABLE app_private.library_schema OWNER TO app_owner;

CREATE TABLE app_private.login_user (
    role_oid oid NOT NULL,
    rolname name NOT NULL,
    user_id uuid NOT NULL,
    revoked_at timestamp with time zone
);

ALTER TABLE ONLY app_private.login_user FORCE ROW LEVEL SECURITY;

ALTER TABLE app_private.login_user OWNER TO app_owner;

CREATE TABLE app_private.schema_version (
    version integer NOT NULL,
    name text NOT NULL,
    checksum text NOT NULL,
    min_app integer NOT NULL,
    applied_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

ALTER TABLE ONLY app_private.schema_version FORCE ROW LEVEL SECURITY;

ALTER TABLE app_private.schema_version OWNER TO app_owner;

CREATE TABLE app_private.service_login (
    role_oid oid NOT NULL,
    rolname name NOT NULL,
    kind text NOT NULL,
    CONSTRAINT service_login_kind_check CHECK ((kind = ANY (ARRAY['service'::text, 'assistant'::text])))
);

ALTER TABLE ONLY app_private.service_login FORCE ROW LEVEL SECURITY;

ALTER TABLE app_private.service_login OWNER TO app_owner;

CREATE TABLE app_private.ticket (
    hash bytea NOT NULL,
    user_id uuid NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone
);

ALTER TABLE ONLY app_private.ticket FORCE ROW LEVEL SECURITY;

ALTER TABLE app_private.ticket OWNER TO app_owner;

CREATE TABLE app_private.workers (
    id uuid NOT NULL,
    kind text NOT NULL,
    host text NOT NULL,
    pid integer NOT NULL,
    beat_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY app_private.workers FORCE ROW LEVEL SECURITY;

ALTER TABLE app_private.workers OWNER TO app_owner;

CREATE TABLE public.ai_decisions (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id uuid NOT NULL,
    conversation_id uuid,
    message_id uuid,
    decision text NOT NULL,
    confidence numeric(4,3) NOT NULL,
    reason text NOT NULL,
    matched_rule text,
    escalation_reason text,
    message_text text,
    snapshot_json jsonb DEFAULT '{}'::jsonb NOT NULL,
    epoch bigint,
    cost_credits integer DEFAULT 0 NOT NULL,
    model text,
    duration_ms integer,
    decided_by text DEFAULT 'assistant'::text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    likely double precision GENERATED ALWAYS AS (
CASE
    WHEN ((jsonb_typeof((snapshot_json -> 'likely'::text)) = 'number'::text) AND (COALESCE((snapshot_json -> 'objections'::text), '[]'::jsonb) = '[]'::jsonb)) THEN ((snapshot_json ->> 'likely'::text))::double precision
    ELSE NULL::double precision
END) STORED,
    sort text GENERATED ALWAYS AS (((snapshot_json -> 'sorted'::text) ->> 'sort'::text)) STORED,
    words text GENERATED ALWAYS AS (app.folded_v1(((COALESCE(message_text, ''::text) || ' '::text) || reason))) STORED,
    input_tokens integer DEFAULT 0 NOT NULL,
    output_tokens integer DEFAULT 0 NOT NULL,
    cost_usd numeric(12,6) DEFAULT 0,
    expired_at timestamp with time zone,
    CONSTRAINT ai_decisions_confidence_check CHECK (((confidence >= (0)::numeric) AND (confidence <= (1)::numeric))),
    CONSTRAINT ai_decisions_cost_credits_check CHECK ((cost_credits >= 0)),
    CONSTRAINT ai_decisions_cost_usd_check CHECK ((cost_usd >= (0)::numeric)),
    CONSTRAINT ai_decisions_decided_by_check CHECK ((decided_by = ANY (ARRAY['assistant'::text, 'policy'::text]))),
    CONSTRAINT ai_decisions_decision_check CHECK ((decision = ANY (ARRAY['respond'::text, 'ignore'::text, 'escalate'::text]))),
    CONSTRAINT ai_decisions_duration_ms_check CHECK ((duration_ms >= 0)),
    CONSTRAINT ai_decisions_escalation_reason_check CHECK ((escalation_reason = ANY (ARRAY['customer_request'::text, 'low_confidence'::text, 'manual_escalation'::text, 'missing_knowledge'::text, 'policy'::text, 'tool_failure'::text, 'usage_limit'::text]))),
    CONSTRAINT ai_decisions_input_tokens_check CHECK ((input_tokens >= 0)),
    CONSTRAINT ai_decisions_message_text_check CHECK ((char_length(message_text) <= 500)),
    CONSTRAINT ai_decisions_output_tokens_check CHECK ((output_tokens >= 0))
);

ALTER TABLE ONLY public.ai_decisions FORCE ROW LEVEL SECURITY;

ALTER TABLE public.ai_decisions OWNER TO app_owner;

CREATE TABLE public.ai_models (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    provider text NOT NULL,
    description text,
    input_cost_per_1k numeric(10,6) DEFAULT 0 NOT NULL,
    output_cost_per_1k numeric(10,6) DEFAULT 0 NOT NULL,
    context_window integer,
    is_active boolean DEFAULT true NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT ai_models_provider_check CHECK ((provider = ANY (ARRAY['local'::text, 'openai'::text, 'anthropic'::text])))
);

ALTER TABLE ONLY public.ai_models FORCE ROW LEVEL SECURITY;

ALTER TABLE public.ai_models OWNER TO app_owner;

CREATE TABLE public.ai_rules (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id uuid NOT NULL,
    instructions text DEFAULT ''::text NOT NULL,
    ignore_examples text[] DEFAULT '{}'::text[] NOT NULL,
    allow_listed_links text[] DEFAULT '{}'::text[] NOT NULL,
    ai_control_enabled boolean DEFAULT true NOT NULL,
    version bigint DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    tone text DEFAULT ''::text NOT NULL,
    escalate_examples text[] DEFAULT '{}'::text[] NOT NULL,
    respond_examples text[] DEFAULT '{}'::text[] NOT NULL
);

ALTER TABLE ONLY public.ai_rules FORCE ROW LEVEL SECURITY;

ALTER TABLE public.ai_rules OWNER TO app_owner;

CREATE TABLE public.ai_settings (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id uuid NOT NULL,
    model_id uuid,
    system_prompt text,
    temperature numeric(3,2) DEFAULT 0.7 NOT NULL,
    max_tokens integer DEFAULT 500 NOT NULL,
    doc_lang text[] DEFAULT '{}'::text[] NOT NULL,
    reply_lang text,
    ai_enabled_for_conversations boolean DEFAULT true NOT NULL,
    auto_reply_enabled boolean DEFAULT true NOT NULL,
    auto_reply_threshold numeric(4,3) DEFAULT 0.800 NOT NULL,
    embedder text DEFAULT 'minilm-l6-v2-int8'::text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    wrong_reply_cost numeric DEFAULT 4 NOT NULL,
    missed_complaint_cost numeric DEFAULT 20 NOT NULL,
    cap_customer_day integer DEFAULT 60 NOT NULL,
    cap_day integer DEFAULT 5000 NOT NULL,
    cap_month integer DEFAULT 100000 NOT NULL,
    cap_usd_customer_day numeric(10,2) DEFAULT 1 NOT NULL,
    cap_usd_day numeric(10,2) DEFAULT 10 NOT NULL,
    cap_usd_month numeric(10,2) DEFAULT 100 NOT NULL,
    CONSTRAINT ai_settings_auto_reply_threshold_check CHECK (((auto_reply_threshold >= (0)::numeric) AND (auto_reply_threshold <= (1)::numeric))),
    CONSTRAINT ai_settings_cap_customer_day_check CHECK (((cap_customer_day >= 1) AND (cap_customer_day <= 1000000))),
    CONSTRAINT ai_settings_cap_day_check CHECK (((cap_day >= 1) AND (cap_day <= 1000000))),
    CONSTRAINT ai_settings_cap_month_check CHECK (((cap_month >= 1) AND (cap_month <= 100000000))),
    CONSTRAINT ai_settings_cap_usd_customer_day_check CHECK (((cap_usd_customer_day >= 0.01) AND (cap_usd_customer_day <= (1000000)::numeric))),
    CONSTRAINT ai_settings_cap_usd_day_check CHECK (((cap_usd_day >= 0.01) AND (cap_usd_day <= (1000000)::numeric))),
    CONSTRAINT ai_settings_cap_usd_month_check CHECK (((cap_usd_month >= 0.01) AND (cap_usd_month <= (1000000)::numeric))),
    CONSTRAINT ai_settings_languages_check CHECK ((cardinality(doc_lang) <= 20)),
    CONSTRAINT ai_settings_max_tokens_check CHECK ((max_tokens > 0)),
    CONSTRAINT ai_settings_missed_complaint_cost_check CHECK (((missed_complaint_cost > (0)::numeric) AND (missed_complaint_cost <= (1000)::numeric))),
    CONSTRAINT ai_settings_prompt_check CHECK ((char_length(system_prompt) <= 8000)),
    CONSTRAINT ai_settings_temperature_check CHECK (((temperature >= (0)::numeric) AND (temperature <= (2)::numeric))),
    CONSTRAINT ai_settings_tokens_check CHECK ((max_tokens <= 32000)),
    CONSTRAINT ai_settings_wrong_reply_cost_check CHECK (((wrong_reply_cost > (0)::numeric) AND (wrong_reply_cost <= (1000)::numeric)))
);

ALTER TABLE ONLY public.ai_settings FORCE ROW LEVEL SECURITY;

ALTER TABLE public.ai_settings OWNER TO app_owner;

CREATE TABLE public.ai_triage_rules_advanced (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id uuid NOT NULL,
    message_id uuid NOT NULL,
    triage text NOT NULL,
    confidence numeric(4,3),
    rule_id uuid,
    triage_rule_id uuid,
    reason text,
    snapshot_json jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT ai_triage_rules_advanced_confidence_check CHECK (((confidence >= (0)::numeric) AND (confidence <= (1)::numeric))),
    CONSTRAINT ai_triage_rules_advanced_triage_check CHECK ((triage = ANY (ARRAY['ignore'::text, 'escalate'::text, 'auto_reply'::text])))
);

ALTER TABLE ONLY public.ai_triage_rules_advanced FORCE ROW LEVEL SECURITY;

ALTER TABLE public.ai_triage_rules_advanced OWNER TO app_owner;

CREATE TABLE public.analytics (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id uuid NOT NULL,
    total_messages integer DEFAULT 0 NOT NULL,
    total_conversations integer DEFAULT 0 NOT NULL,
    auto_replies_sent integer DEFAULT 0 NOT NULL,
    avg_response_time_seconds integer,
    last_calculated_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY public.analytics FORCE ROW LEVEL SECURITY;

ALTER TABLE public.analytics OWNER TO app_owner;

CREATE TABLE public.analytics_history (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id uuid NOT NULL,
    date date NOT NULL,
    messages_count integer DEFAULT 0 NOT NULL,
    conversations_count integer DEFAULT 0 NOT NULL,
    auto_replies_count integer DEFAULT 0 NOT NULL,
    avg_response_time_seconds integer,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY public.analytics_history FORCE ROW LEVEL SECURITY;

ALTER TABLE public.analytics_history OWNER TO app_owner;

CREATE TABLE public.assist_requests (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    tenant_id uuid NOT NULL,
    requested_by uuid NOT NULL,
    kind text NOT NULL,
    input jsonb NOT NULL,
    state text DEFAULT 'pending'::text NOT NULL,
    answer jsonb,
    error text,
    attempt integer DEFAULT 0 NOT NULL,
    fence bigint,
    lease_until timestamp with time zone,
    due_at timestamp with time zone DEFAULT now() NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT assist_requests_kind_check CHECK ((kind = ANY (ARRAY['search'::text, 'ask'::text, 'try'::text, 'improve'::text, 'translate'::text, 'rehearse'::text]))),
    CONSTRAINT assist_requests_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'done'::text, 'failed'::text])))
);

ALTER TABLE ONLY public.assist_requests FORCE ROW LEVEL SECURITY;

ALTER TABLE public.assist_requests OWNER TO app_owner;

CREATE TABLE public.assistant_threads (
    thread_id text NOT NULL,
    tenant_id uuid NOT NULL,
    conversation_id uuid,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY public.assistant_threads FORCE ROW LEVEL SECURITY;

ALTER TABLE public.assistant_threads OWNER TO app_owner;

CREATE TABLE public.assistant_usage (
    tenant_id uuid NOT NULL,
    conversation_id uuid,
    day date NOT NULL,
    thoughts integer DEFAULT 0 NOT NULL,
    input_tokens bigint DEFAULT 0 NOT NULL,
    output_tokens bigint DEFAULT 0 NOT NULL,
    cost_usd numeric(12,6) DEFAULT 0 NOT NULL,
    told text[] DEFAULT '{}'::text[] NOT NULL,
    CONSTRAINT assistant_usage_cost_usd_check CHECK ((cost_usd >= (0)::numeric)),
    CONSTRAINT assistant_usage_input_tokens_check CHECK ((input_tokens >= 0)),
    CONSTRAINT assistant_usage_output_tokens_check CHECK ((output_tokens >= 0)),
    CONSTRAINT assistant_usage_thoughts_check CHECK ((thoughts >= 0))
);

ALTER TABLE ONLY public.assistant_usage FORCE ROW LEVEL SECURITY;

ALTER TABLE public.assistant_usage OWNER TO app_owner;

CREATE TABLE public.attachments (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    tenant_id uuid NOT NULL,
    message_id uuid,
    kind text NOT NULL,
    state text DEFAULT 'pending'::text NOT NULL,
    mime_type text,
    file_name text,
    size_bytes bigint,
    sha256 text,
    platform_media_id text,
    source_url text,
    error text,
    blob_id uuid,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT attachments_check CHECK (((state <> 'stored'::text) OR (blob_id IS NOT NULL))),
    CONSTRAINT attachments_kind_check CHECK ((kind = ANY (ARRAY['image'::text, 'audio'::text, 'video'::text, 'document'::text, 'sticker'::text]))),
    CONSTRAINT attachments_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'stored'::text, 'failed'::text])))
);

ALTER TABLE ONLY public.attachments FORCE ROW LEVEL SECURITY;

ALTER TABLE public.attachments OWNER TO app_owner;

CREATE TABLE public.audit_log (
    tenant_id uuid NOT NULL,
    seq bigint NOT NULL,
    actor_user_id uuid,
    actor_login name DEFAULT SESSION_USER NOT NULL,
    action text NOT NULL,
    subject_kind text NOT NULL,
    subject_id uuid,
    detail jsonb DEFAULT '{}'::jsonb NOT NULL,
    previous_hash bytea NOT NULL,
    hash bytea NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT audit_log_action_check CHECK ((action <> ''::text))
);

ALTER TABLE ONLY public.audit_log FORCE ROW LEVEL SECURITY;

ALTER TABLE public.audit_log OWNER TO app_owner;

CREATE TABLE public.blobs (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    tenant_id uuid NOT NULL,
    content bytea NOT NULL,
    size_bytes bigint NOT NULL,
    sha256 bytea NOT NULL,
    mime_type text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT blobs_check CHECK ((size_bytes = octet_length(content))),
    CONSTRAINT blobs_sha256_check CHECK ((octet_length(sha256) = 32))
);
ALTER TABLE ONLY public.blobs ALTER COLUMN content SET STORAGE EXTERNAL;

ALTER TABLE ONLY public.blobs FORCE ROW LEVEL SECURITY;

ALTER TABLE public.blobs OWNER TO app_owner;

CREATE TABLE public.channel_gaps (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    tenant_id uuid NOT NULL,
    channel_id uuid NOT NULL,
    from_at timestamp with time zone NOT NULL,
    to_at timestamp with time zone NOT NULL,
    state text DEFAULT 'open'::text NOT NULL,
    found integer DEFAULT 0 NOT NULL,
    seen_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT channel_gaps_check CHECK ((from_at < to_at)),
    CONSTRAINT channel_gaps_found_check CHECK ((found >= 0)),
    CONSTRAINT channel_gaps_state_check CHECK ((state = ANY (ARRAY['open'::text, 'closed'::text, 'possible'::text])))
);

ALTER TABLE ONLY public.channel_gaps FORCE ROW LEVEL SECURITY;

ALTER TABLE public.channel_gaps OWNER TO app_owner;

CREATE TABLE public.channel_health (
    tenant_id uuid NOT NULL,
    channel_id uuid NOT NULL,
    look_due_at timestamp with time zone DEFAULT now() NOT NULL,
    look_lease_until timestamp with time zone,
    look_fence bigint DEFAULT 0 NOT NULL,
    looked_at timestamp with time zone,
    trouble text,
    missing_scopes text[] DEFAULT '{}'::text[] NOT NULL,
    fields text[] DEFAULT '{}'::text[] NOT NULL,
    missing_fields text[] DEFAULT '{}'::text[] NOT NULL,
    subscribed boolean,
    reachable boolean,
    unreachable_why text,
    polled_until timestamp with time zone DEFAULT now() NOT NULL,
    missed integer DEFAULT 0 NOT NULL,
    missed_at timestamp with time zone,
    usual_silence double precision,
    usual_at timestamp with time zone,
    renew_due_at timestamp with time zone,
    renew_lease_until timestamp with time zone,
    renew_fence bigint DEFAULT 0 NOT NULL,
    renew_begun_at timestamp with time zone,
    renew_lost integer DEFAULT 0 NOT NULL,
    renewed_at timestamp with time zone,
    posts_listed_at timestamp with time zone,
    CONSTRAINT channel_health_missed_check CHECK ((missed >= 0)),
    CONSTRAINT channel_health_renew_lost_check CHECK ((renew_lost >= 0))
);

ALTER TABLE ONLY public.channel_health FORCE ROW LEVEL SECURITY;

ALTER TABLE public.channel_health OWNER TO app_owner;

CREATE TABLE public.cluster_items (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id uuid NOT NULL,
    cluster_id uuid NOT NULL,
    message_id uuid,
    comment_id uuid,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT cluster_items_check CHECK (((message_id IS NOT NULL) OR (comment_id IS NOT NULL)))
);

ALTER TABLE ONLY public.cluster_items FORCE ROW LEVEL SECURITY;

ALTER TABLE public.cluster_items OWNER TO app_owner;

CREATE TABLE public.clusters (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    tenant_id uuid NOT NULL,
    scope text NOT NULL,
    scope_ref uuid,
    algo text DEFAULT 'hdbscan'::text NOT NULL,
    label text NOT NULL,
    size integer DEFAULT 0 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT clusters_check CHECK (((scope = 'post'::text) = (scope_ref IS NOT NULL))),
    CONSTRAINT clusters_scope_check CHECK ((scope = ANY (ARRAY['global'::text, 'post'::text])))
);

ALTER TABLE ONLY public.clusters FORCE ROW LEVEL SECURITY;

ALTER TABLE public.clusters OWNER TO app_owner;

CREATE TABLE public.comment_checkpoint (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id uuid NOT NULL,
    monitored_post_id uuid NOT NULL,
    last_cursor text,
    last_check_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY public.comment_checkpoint FORCE ROW LEVEL SECURITY;

ALTER TABLE public.comment_checkpoint OWNER TO app_owner;

CREATE TABLE public.comment_deeds (
    id uuid NOT NULL,
    tenant_id uuid NOT NULL,
    comment_id uuid NOT NULL,
    channel_id uuid NOT NULL,
    kind text NOT NULL,
    text text,
    state text DEFAULT 'queued'::text NOT NULL,
    member_id uuid,
    attempt integer DEFAULT 0 NOT NULL,
    fence bigint,
    lease_until timestamp with time zone,
    due_at timestamp with time zone DEFAULT now() NOT NULL,
    claimed_by text,
    platform_id text,
    error_code text,
    error_title text,
    error_next text,
    sending_at timestamp with time zone,
    unknown_at timestamp with time zone,
    settled_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT comment_deeds_attempt_check CHECK ((attempt >= 0)),
    CONSTRAINT comment_deeds_check CHECK (((state <> ALL (ARRAY['claimed'::text, 'sending'::text])) OR ((fence IS NOT NULL) AND (lease_until IS NOT NULL)))),
    CONSTRAINT comment_deeds_check1 CHECK (((kind = ANY (ARRAY['reply'::text, 'private_reply'::text])) = (COALESCE(text, ''::text) <> ''::text))),
    CONSTRAINT comment_deeds_kind_check CHECK ((kind = ANY (ARRAY['reply'::text, 'private_reply'::text, 'hide'::text, 'show'::text, 'delete'::text]))),
    CONSTRAINT comment_deeds_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'claimed'::text, 'sending'::text, 'accepted'::text, 'failed'::text, 'unknown'::text, 'needs_human'::text, 'cancelled'::text])))
);

ALTER TABLE ONLY public.comment_deeds FORCE ROW LEVEL SECURITY;

ALTER TABLE public.comment_deeds OWNER TO app_owner;

CREATE TABLE public.comments (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id uuid NOT NULL,
    monitored_post_id uuid NOT NULL,
    platform_comment_id text NOT NULL,
    parent_id text,
    author_name text,
    author_id text,
    author_avatar_url text,
    text text,
    like_count integer DEFAULT 0 NOT NULL,
    triage text,
    ai_decision_id uuid,
    replied_at timestamp with time zone,
    ai_reply_text text,
    deleted_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    kind text DEFAULT 'comment'::text NOT NULL,
    own boolean DEFAULT false NOT NULL,
    customer_id uuid,
    url text,
    platform_at timestamp with time zone DEFAULT now() NOT NULL,
    edited_at timestamp with time zone,
    hidden_at timestamp with time zone,
    shown_at timestamp with time zone,
    private_reply_ends_at timestamp with time zone,
    handled_at timestamp with time zone,
    handled_by uuid,
    text_stored_at timestamp with time zone DEFAULT now() NOT NULL,
    author_stored_at timestamp with time zone DEFAULT now() NOT NULL,
    expired_at timestamp with time zone,
    CONSTRAINT comments_kind_check CHECK ((kind = ANY (ARRAY['comment'::text, 'mention'::text, 'quote'::text]))),
    CONSTRAINT comments_triage_check CHECK ((triage = ANY (ARRAY['respond'::text, 'ignore'::text, 'escalate'::text, 'user_conversation'::text])))
);

ALTER TABLE ONLY public.comments FORCE ROW LEVEL SECURITY;

ALTER TABLE public.comments OWNER TO app_owner;

CREATE TABLE public.companion_keys (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    public_key bytea NOT NULL,
    published_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT companion_keys_public_key_check CHECK ((length(public_key) = 32))
);

ALTER TABLE ONLY public.companion_keys FORCE ROW LEVEL SECURITY;

ALTER TABLE public.companion_keys OWNER TO app_owner;

CREATE TABLE public.composer_drafts (
    tenant_id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    user_id uuid NOT NULL,
    text text NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY public.composer_drafts FORCE ROW LEVEL SECURITY;

ALTER TABLE public.composer_drafts OWNER TO app_owner;

CREATE TABLE public.conversation_labels (
    tenant_id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    label_id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY public.conversation_labels FORCE ROW LEVEL SECURITY;

ALTER TABLE public.conversation_labels OWNER TO app_owner;

CREATE TABLE public.conversation_messages (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    direction text NOT NULL,
    origin text NOT NULL,
    platform_message_id text,
    sender_id text,
    text text,
    message_type text DEFAULT 'text'::text NOT NULL,
    media_url text,
    metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
    quoted_platform_id text,
    reactions text[] DEFAULT '{}'::text[] NOT NULL,
    triage text,
    confidence numeric(4,3),
    ai_decision_id uuid,
    seq bigint,
    delivery text,
    failure text,
    sent_by uuid,
    platform_at timestamp with time zone DEFAULT now() NOT NULL,
    delivered_at timestamp with time zone,
    read_at timestamp with time zone,
    edited_at timestamp with time zone,
    deleted_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    reacted_at timestamp with time zone,
    own_reaction text,
    own_reacted_at timestamp with time zone,
    CONSTRAINT conversation_messages_check CHECK (((direction = 'inbound'::text) = (origin = 'customer'::text))),
    CONSTRAINT conversation_messages_confidence_check CHECK (((confidence >= (0)::numeric) AND (confidence <= (1)::numeric))),
    CONSTRAINT conversation_messages_delivery_check CHECK ((delivery = ANY (ARRAY['queued'::text, 'sending'::text, 'accepted'::text, 'delivered'::text, 'read'::text, 'failed'::text, 'uncertain'::text, 'held'::text, 'cancelled'::text]))),
    CONSTRAINT conversation_messages_direction_check CHECK ((direction = ANY (ARRAY['inbound'::text, 'outbound'::text]))),
    CONSTRAINT conversation_messages_message_type_check CHECK ((message_type = ANY (ARRAY['text'::text, 'image'::text, 'audio'::text, 'video'::text, 'document'::text, 'sticker'::text, 'location'::text, 'contacts'::text, 'interactive'::text, 'button'::text, 'order'::text, 'template'::text, 'share'::text, 'story_mention'::text, 'story_reply'::text, 'postback'::text, 'call'::text, 'system'::text, 'unsupported'::text]))),
    CONSTRAINT conversation_messages_origin_check CHECK ((origin = ANY (ARRAY['customer'::text, 'member'::text, 'assistant'::text, 'elsewhere'::text]))),
    CONSTRAINT conversation_messages_own_reaction_check CHECK ((own_reaction <> ''::text)),
    CONSTRAINT conversation_messages_triage_check CHECK ((triage = ANY (ARRAY['ignore'::text, 'escalate'::text, 'auto_reply'::text])))
);

ALTER TABLE ONLY public.conversation_messages FORCE ROW LEVEL SECURITY;

ALTER TABLE public.conversation_messages OWNER TO app_owner;

CREATE TABLE public.credit_transactions (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id uuid NOT NULL,
    amount integer NOT NULL,
    reason text NOT NULL,
    kind text NOT NULL,
    source_id uuid NOT NULL,
    metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY public.credit_transactions FORCE ROW LEVEL SECURITY;

ALTER TABLE public.credit_transactions OWNER TO app_owner;

CREATE TABLE public.customers (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id uuid NOT NULL,
    social_account_id uuid NOT NULL,
    person_id uuid,
    platform_customer_id text NOT NULL,
    other_ids text[] DEFAULT '{}'::text[] NOT NULL,
    name text,
    username text,
    phone_number text,
    email text,
    profile_pic_url text,
    lang_code text,
    metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    picture_blob_id uuid,
    picture_of text,
    profile_stored_at timestamp with time zone DEFAULT now() NOT NULL,
    expired_at timestamp with time zone,
    profile_asked_at timestamp with time zone
);

ALTER TABLE ONLY public.customers FORCE ROW LEVEL SECURITY;

ALTER TABLE public.customers OWNER TO app_owner;

CREATE TABLE public.decision_corrections (
    tenant_id uuid NOT NULL,
    decision_id uuid NOT NULL,
    member_id uuid,
    should text NOT NULL,
    note text DEFAULT ''::text NOT NULL,
    example text DEFAULT ''::text NOT NULL,
    state text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT decision_corrections_check CHECK (((example = ''::text) = (state = 'none'::text))),
    CONSTRAINT decision_corrections_example_check CHECK ((char_length(example) <= 1000)),
    CONSTRAINT decision_corrections_note_check CHECK ((char_length(note) <= 1000)),
    CONSTRAINT decision_corrections_should_check CHECK ((should = ANY (ARRAY['respond'::text, 'ignore'::text, 'escalate'::text]))),
    CONSTRAINT decision_corrections_state_check CHECK ((state = ANY (ARRAY['none'::text, 'proposed'::text, 'added'::text, 'refused'::text])))
);

ALTER TABLE ONLY public.decision_corrections FORCE ROW LEVEL SECURITY;

ALTER TABLE public.decision_corrections OWNER TO app_owner;

CREATE TABLE public.decision_rules (
    tenant_id uuid NOT NULL,
    digest bytea NOT NULL,
    rules jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT decision_rules_digest_check CHECK ((octet_length(digest) = 32))
);

ALTER TABLE ONLY public.decision_rules FORCE ROW LEVEL SECURITY;

ALTER TABLE public.decision_rules OWNER TO app_owner;

CREATE TABLE public.document_versions (
    tenant_id uuid NOT NULL,
    document_id uuid NOT NULL,
    title text NOT NULL,
    content text NOT NULL,
    sha256 bytea NOT NULL,
    kind text NOT NULL,
    page_starts integer[] NOT NULL,
    warnings text[] NOT NULL,
    lang_code text NOT NULL,
    file_size_bytes bigint NOT NULL,
    blob_id uuid,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY public.document_versions FORCE ROW LEVEL SECURITY;

ALTER TABLE public.document_versions OWNER TO app_owner;

CREATE TABLE public.drafts (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    tenant_id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    decision_id uuid NOT NULL,
    text text NOT NULL,
    citations jsonb DEFAULT '[]'::jsonb NOT NULL,
    confidence numeric(4,3) NOT NULL,
    threshold numeric(4,3) NOT NULL,
    state text DEFAULT 'open'::text NOT NULL,
    epoch bigint NOT NULL,
    newest_inbound_id uuid NOT NULL,
    decided_by uuid,
    decided_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT drafts_confidence_check CHECK (((confidence >= (0)::numeric) AND (confidence <= (1)::numeric))),
    CONSTRAINT drafts_state_check CHECK ((state = ANY (ARRAY['open'::text, 'approved'::text, 'edited'::text, 'dismissed'::text, 'superseded'::text]))),
    CONSTRAINT drafts_text_check CHECK ((text <> ''::text)),
    CONSTRAINT drafts_threshold_check CHECK (((threshold >= (0)::numeric) AND (threshold <= (1)::numeric)))
);

ALTER TABLE ONLY public.drafts FORCE ROW LEVEL SECURITY;

ALTER TABLE public.drafts OWNER TO app_owner;

CREATE TABLE public.support_escalations (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    decision_id uuid,
    message_id uuid,
    reason text NOT NULL,
    status text DEFAULT 'open'::text NOT NULL,
    summary text DEFAULT ''::text NOT NULL,
    assigned_to uuid,
    resolved_at timestamp with time zone,
    notes text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT support_escalations_reason_check CHECK ((reason = ANY (ARRAY['customer_request'::text, 'low_confidence'::text, 'manual_escalation'::text, 'missing_knowledge'::text, 'policy'::text, 'tool_failure'::text, 'usage_limit'::text]))),
    CONSTRAINT support_escalations_status_check CHECK ((status = ANY (ARRAY['open'::text, 'in_progress'::text, 'resolved'::text])))
);

ALTER TABLE ONLY public.support_escalations FORCE ROW LEVEL SECURITY;

ALTER TABLE public.support_escalations OWNER TO app_owner;

CREATE TABLE public.team_members (
    tenant_id uuid NOT NULL,
    user_id uuid NOT NULL,
    role text NOT NULL,
    display_name text NOT NULL,
    login_role name,
    revoked_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT team_members_display_name_check CHECK ((display_name <> ''::text)),
    CONSTRAINT team_members_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'admin'::text, 'agent'::text])))
);

ALTER TABLE ONLY public.team_members FORCE ROW LEVEL SECURITY;

ALTER TABLE public.team_members OWNER TO app_owner;

CREATE VIEW public.escalation_rows WITH (security_invoker='true') AS
 SELECT e.user_id,
    e.id,
    e.conversation_id,
    COALESCE(c.name, c.username, c.phone_number, c.platform_customer_id) AS customer_name,
    v.platform,
    e.reason,
    e.status,
    COALESCE(e.summary, ''::text) AS summary,
    COALESCE(e.notes, ''::text) AS notes,
    COALESCE(v.last_preview, ''::text) AS last_message_preview,
    e.assigned_to,
    t.display_name AS assigned_name,
    e.created_at,
    COALESCE(v.last_inbound_at, e.created_at) AS waiting_since,
    d.confidence,
    e.decision_id,
    e.message_id,
    e.resolved_at,
    e.updated_at
   FROM ((((public.support_escalations e
     JOIN public.conversations v ON (((v.user_id = e.user_id) AND (v.id = e.conversation_id))))
     JOIN public.customers c ON (((c.user_id = v.user_id) AND (c.id = v.customer_id))))
     LEFT JOIN public.team_members t ON (((t.tenant_id = e.user_id) AND (t.user_id = e.assigned_to))))
     LEFT JOIN public.ai_decisions d ON (((d.user_id = e.user_id) AND (d.id = e.decision_id))));

ALTER VIEW public.escalation_rows OWNER TO app_owner;

CREATE TABLE public.faq_phrasings (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    tenant_id uuid NOT NULL,
    faq_id uuid NOT NULL,
    text text NOT NULL,
    tsv tsvector NOT NULL,
    CONSTRAINT faq_phrasings_text_check CHECK ((text <> ''::text))
);

ALTER TABLE ONLY public.faq_phrasings FORCE ROW LEVEL SECURITY;

ALTER TABLE public.faq_phrasings OWNER TO app_owner;

CREATE TABLE public.faq_qa (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id uuid NOT NULL,
    key text,
    question text NOT NULL,
    answer text NOT NULL,
    category text,
    keywords text[] DEFAULT '{}'::text[] NOT NULL,
    tsv tsvector NOT NULL,
    tsconfig regconfig DEFAULT 'app.simple'::regconfig NOT NULL,
    lang_code text DEFAULT 'en'::text NOT NULL,
    embedding extensions.vector(1536),
    embedder text,
    text_size_bytes bigint DEFAULT 0 NOT NULL,
    enabled boolean DEFAULT true NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT faq_qa_answer_check CHECK ((answer <> ''::text)),
    CONSTRAINT faq_qa_question_check CHECK ((question <> ''::text))
);

ALTER TABLE ONLY public.faq_qa FORCE ROW LEVEL SECURITY;

ALTER TABLE public.faq_qa OWNER TO app_owner;

CREATE TABLE public.inbound_keys (
    tenant_id uuid NOT NULL,
    channel_id uuid NOT NULL,
    kind text NOT NULL,
    platform_id text NOT NULL,
    sub text DEFAULT ''::text NOT NULL,
    event_id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY public.inbound_keys FORCE ROW LEVEL SECURITY;

ALTER TABLE public.inbound_keys OWNER TO app_owner;

CREATE TABLE public.labels (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    tenant_id uuid NOT NULL,
    name text NOT NULL,
    colour text DEFAULT 'neutral'::text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT labels_name_check CHECK ((name <> ''::text))
);

ALTER TABLE ONLY public.labels FORCE ROW LEVEL SECURITY;

ALTER TABLE public.labels OWNER TO app_owner;

CREATE VIEW public.inbox_rows WITH (security_invoker='true') AS
 SELECT v.user_id,
    v.id,
    v.social_account_id AS channel_id,
    v.platform,
    COALESCE(c.name, c.username, c.phone_number, c.platform_customer_id) AS customer_name,
    c.username,
    v.status,
    v.last_message_at,
    COALESCE(v.last_preview, ''::text) AS preview,
    v.last_direction,
    v.unread_count,
    v.assistant_state,
    v.reply_window_ends_at AS window_ends_at,
    v.assignee_user_id AS assignee_id,
    t.display_name AS assignee_name,
    v.snoozed_until,
    (EXISTS ( SELECT 1
           FROM public.outbox_items o
          WHERE ((o.tenant_id = v.user_id) AND (o.conversation_id = v.id) AND ((o.state = ANY (ARRAY['unknown'::text, 'needs_human'::text, 'held'::text])) OR ((o.state = 'failed'::text) AND (o.seq = (v.next_seq - 1))))))) AS has_failed,
    COALESCE(( SELECT array_agg(l.name ORDER BY l.name) AS array_agg
           FROM (public.conversation_labels x
             JOIN public.labels l ON (((l.tenant_id = x.tenant_id) AND (l.id = x.label_id))))
          WHERE ((x.tenant_id = v.user_id) AND (x.conversation_id = v.id))), '{}'::text[]) AS labels,
    ((((COALESCE(c.name, ''::text) || ' '::text) || COALESCE(c.username, ''::text)) || ' '::text) || COALESCE(c.phone_number, ''::text)) AS customer_words
   FROM ((public.conversations v
     JOIN public.customers c ON (((c.user_id = v.user_id) AND (c.id = v.customer_id))))
     LEFT JOIN public.team_members t ON (((t.tenant_id = v.user_id) AND (t.user_id = v.assignee_user_id))));

ALTER VIEW public.inbox_rows OWNER TO app_owner;

CREATE TABLE public.knowledge_chunks (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id uuid NOT NULL,
    document_id uuid NOT NULL,
    chunk_index integer NOT NULL,
    heading text,
    content text NOT NULL,
    tsv tsvector NOT NULL,
    tsconfig regconfig DEFAULT 'app.simple'::regconfig NOT NULL,
    lang_code text DEFAULT 'en'::text NOT NULL,
    embedding extensions.vector(1536),
    embedder text,
    start_char integer NOT NULL,
    end_char integer NOT NULL,
    token_count integer DEFAULT 0 NOT NULL,
    metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    dimensions integer DEFAULT 384 NOT NULL,
    CONSTRAINT knowledge_chunks_check CHECK (((end_char >= start_char) AND (start_char >= 0))),
    CONSTRAINT knowledge_chunks_dimensions_check CHECK ((dimensions = ANY (ARRAY[384, 1536])))
);

ALTER TABLE ONLY public.knowledge_chunks FORCE ROW LEVEL SECURITY;

ALTER TABLE public.knowledge_chunks OWNER TO app_owner;

CREATE TABLE public.knowledge_conflicts (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    tenant_id uuid NOT NULL,
    kind text NOT NULL,
    score numeric(4,3) NOT NULL,
    one_document uuid NOT NULL,
    one_chunk uuid,
    one_start integer NOT NULL,
    one_end integer NOT NULL,
    one_sentence text NOT NULL,
    other_document uuid NOT NULL,
    other_chunk uuid,
    other_start integer NOT NULL,
    other_end integer NOT NULL,
    other_sentence text NOT NULL,
    dismissed_at timestamp with time zone,
    dismissed_by uuid,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT knowledge_conflicts_score_check CHECK (((score >= (0)::numeric) AND (score <= (1)::numeric)))
);

ALTER TABLE ONLY public.knowledge_conflicts FORCE ROW LEVEL SECURITY;

ALTER TABLE public.knowledge_conflicts OWNER TO app_owner;

CREATE TABLE public.knowledge_documents (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id uuid NOT NULL,
    title text NOT NULL,
    name text NOT NULL,
    bucket_id text DEFAULT 'kb'::text NOT NULL,
    object_name text,
    storage_object_id uuid,
    content text DEFAULT ''::text NOT NULL,
    sha256 bytea,
    tsconfig regconfig DEFAULT 'app.simple'::regconfig NOT NULL,
    lang_code text DEFAULT 'en'::text NOT NULL,
    status text DEFAULT 'processing'::text NOT NULL,
    error text,
    file_size_bytes bigint DEFAULT 0 NOT NULL,
    chunk_count integer DEFAULT 0 NOT NULL,
    last_ingested_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    kind text DEFAULT 'txt'::text NOT NULL,
    page_starts integer[] DEFAULT '{}'::integer[] NOT NULL,
    warnings text[] DEFAULT '{}'::text[] NOT NULL,
    chunks_done integer DEFAULT 0 NOT NULL,
    chunks_total integer DEFAULT 0 NOT NULL,
    CONSTRAINT knowledge_documents_status_check CHECK ((status = ANY (ARRAY['processing'::text, 'indexed'::text, 'failed'::text])))
);

ALTER TABLE ONLY public.knowledge_documents FORCE ROW LEVEL SECURITY;

ALTER TABLE public.knowledge_documents OWNER TO app_owner;

CREATE TABLE public.knowledge_expiries (
    tenant_id uuid NOT NULL,
    chunk_id uuid NOT NULL,
    until date NOT NULL,
    start_char integer NOT NULL,
    end_char integer NOT NULL,
    sentence text NOT NULL
);

ALTER TABLE ONLY public.knowledge_expiries FORCE ROW LEVEL SECURITY;

ALTER TABLE public.knowledge_expiries OWNER TO app_owner;

CREATE TABLE public.knowledge_gap_messages (
    tenant_id uuid NOT NULL,
    escalation_id uuid NOT NULL,
    gap_id uuid NOT NULL,
    text text NOT NULL,
    embedder text NOT NULL,
    embedding extensions.halfvec NOT NULL,
    answered_before boolean,
    answered_after boolean,
    asked_at timestamp with time zone NOT NULL,
    CONSTRAINT knowledge_gap_messages_embedding_check CHECK ((extensions.vector_dims(embedding) = ANY (ARRAY[384, 1536]))),
    CONSTRAINT knowledge_gap_messages_text_check CHECK ((text <> ''::text))
);

ALTER TABLE ONLY public.knowledge_gap_messages FORCE ROW LEVEL SECURITY;

ALTER TABLE public.knowledge_gap_messages OWNER TO app_owner;

CREATE TABLE public.knowledge_gaps (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    tenant_id uuid NOT NULL,
    question text NOT NULL,
    lang_code text NOT NULL,
    status text DEFAULT 'open'::text NOT NULL,
    faq_id uuid,
    answered_before integer,
    answered_after integer,
    measured integer,
    measured_at timestamp with time zone,
    decided_by uuid,
    decided_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT knowledge_gaps_answered_after_check CHECK ((answered_after >= 0)),
    CONSTRAINT knowledge_gaps_answered_before_check CHECK ((answered_before >= 0)),
    CONSTRAINT knowledge_gaps_measured_check CHECK ((measured >= 0)),
    CONSTRAINT knowledge_gaps_question_check CHECK ((question <> ''::text)),
    CONSTRAINT knowledge_gaps_status_check CHECK ((status = ANY (ARRAY['open'::text, 'answered'::text, 'dismissed'::text])))
);

ALTER TABLE ONLY public.knowledge_gaps FORCE ROW LEVEL SECURITY;

ALTER TABLE public.knowledge_gaps OWNER TO app_owner;

CREATE TABLE public.knowledge_lexemes (
    tenant_id uuid NOT NULL,
    key bigint NOT NULL,
    spread integer NOT NULL
)
WITH (fillfactor='80');

ALTER TABLE ONLY public.knowledge_lexemes FORCE ROW LEVEL SECURITY;

ALTER TABLE public.knowledge_lexemes OWNER TO app_owner;

CREATE TABLE public.knowledge_sizes (
    tenant_id uuid NOT NULL,
    field text NOT NULL,
    language text NOT NULL,
    texts bigint NOT NULL,
    words bigint NOT NULL
)
WITH (fillfactor='50');

ALTER TABLE ONLY public.knowledge_sizes FORCE ROW LEVEL SECURITY;

ALTER TABLE public.knowledge_sizes OWNER TO app_owner;

CREATE TABLE public.knowledge_uses (
    tenant_id uuid NOT NULL,
    decision_id uuid NOT NULL,
    document_id uuid,
    faq_id uuid,
    used_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT knowledge_uses_check CHECK ((num_nonnulls(document_id, faq_id) = 1))
);

ALTER TABLE ONLY public.knowledge_uses FORCE ROW LEVEL SECURITY;

ALTER TABLE public.knowledge_uses OWNER TO app_owner;

CREATE TABLE public.knowledge_vectors (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    tenant_id uuid NOT NULL,
    chunk_id uuid,
    faq_id uuid,
    phrasing_id uuid,
    embedder text NOT NULL,
    embedding extensions.halfvec NOT NULL,
    CONSTRAINT knowledge_vectors_check CHECK ((num_nonnulls(chunk_id, faq_id, phrasing_id) = 1)),
    CONSTRAINT knowledge_vectors_embedding_check CHECK ((extensions.vector_dims(embedding) = ANY (ARRAY[384, 1536])))
);
ALTER TABLE ONLY public.knowledge_vectors ALTER COLUMN embedding SET STORAGE PLAIN;

ALTER TABLE ONLY public.knowledge_vectors FORCE ROW LEVEL SECURITY;

ALTER TABLE public.knowledge_vectors OWNER TO app_owner;

CREATE TABLE public.knowledge_windows (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    tenant_id uuid NOT NULL,
    chunk_id uuid NOT NULL,
    window_index integer NOT NULL,
    embedder text NOT NULL,
    embedding extensions.halfvec NOT NULL,
    CONSTRAINT knowledge_windows_embedding_check CHECK ((extensions.vector_dims(embedding) = ANY (ARRAY[384, 1536]))),
    CONSTRAINT knowledge_windows_window_index_check CHECK ((window_index >= 0))
);

ALTER TABLE ONLY public.knowledge_windows FORCE ROW LEVEL SECURITY;

ALTER TABLE public.knowledge_windows OWNER TO app_owner;

CREATE TABLE public.knowledge_words (
    id uuid NOT NULL,
    tenant_id uuid NOT NULL,
    entry uuid NOT NULL,
    field text NOT NULL,
    language text NOT NULL,
    length integer NOT NULL,
    keys bigint[] NOT NULL,
    counts bytea NOT NULL,
    CONSTRAINT knowledge_words_check CHECK ((length(counts) = (9 * cardinality(keys)))),
    CONSTRAINT knowledge_words_field_check CHECK ((field = ANY (ARRAY['text'::text, 'question'::text])))
);
ALTER TABLE ONLY public.knowledge_words ALTER COLUMN keys SET STORAGE EXTERNAL;
ALTER TABLE ONLY public.knowledge_words ALTER COLUMN counts SET STORAGE EXTERNAL;

ALTER TABLE ONLY public.knowledge_words FORCE ROW LEVEL SECURITY;

ALTER TABLE public.knowledge_words OWNER TO app_owner;

CREATE TABLE public.kpi_2h (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    tenant_id uuid NOT NULL,
    window_start timestamp with time zone NOT NULL,
    window_end timestamp with time zone NOT NULL,
    messages_count integer DEFAULT 0 NOT NULL,
    comments_count integer DEFAULT 0 NOT NULL,
    frt_p50_seconds integer,
    auto_reply_rate numeric(4,3),
    escalate_count integer DEFAULT 0 NOT NULL,
    ignored_count integer DEFAULT 0 NOT NULL,
    posts_active integer DEFAULT 0 NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT kpi_2h_auto_reply_rate_check CHECK (((auto_reply_rate >= (0)::numeric) AND (auto_reply_rate <= (1)::numeric))),
    CONSTRAINT kpi_2h_check CHECK ((window_end > window_start))
);

ALTER TABLE ONLY public.kpi_2h FORCE ROW LEVEL SECURITY;

ALTER TABLE public.kpi_2h OWNER TO app_owner;

CREATE TABLE public.message_templates (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    tenant_id uuid NOT NULL,
    channel_id uuid NOT NULL,
    name text NOT NULL,
    language text NOT NULL,
    category text DEFAULT ''::text NOT NULL,
    status text NOT NULL,
    reason text DEFAULT ''::text NOT NULL,
    components jsonb DEFAULT '{}'::jsonb NOT NULL,
    synced_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT message_templates_language_check CHECK ((language <> ''::text)),
    CONSTRAINT message_templates_name_check CHECK ((name <> ''::text))
);

ALTER TABLE ONLY public.message_templates FORCE ROW LEVEL SECURITY;

ALTER TABLE public.message_templates OWNER TO app_owner;

CREATE TABLE public.monitored_posts (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id uuid NOT NULL,
    social_account_id uuid NOT NULL,
    platform text NOT NULL,
    platform_post_id text NOT NULL,
    caption text,
    media_url text,
    music_title character varying(500),
    posted_at timestamp with time zone,
    source text DEFAULT 'imported'::text NOT NULL,
    monitoring_enabled boolean DEFAULT true NOT NULL,
    monitoring_started_at timestamp with time zone,
    monitoring_ends_at timestamp with time zone,
    last_check_at timestamp with time zone,
    next_check_at timestamp with time zone,
    fence bigint,
    lease_until timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT monitored_posts_platform_check CHECK ((platform = ANY (ARRAY['whatsapp'::text, 'instagram'::text, 'facebook'::text, 'x'::text, 'linkedin'::text, 'sandbox'::text]))),
    CONSTRAINT monitored_posts_source_check CHECK ((source = ANY (ARRAY['scheduled'::text, 'imported'::text, 'manual'::text])))
);

ALTER TABLE ONLY public.monitored_posts FORCE ROW LEVEL SECURITY;

ALTER TABLE public.monitored_posts OWNER TO app_owner;

CREATE TABLE public.monitoring_rules (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id uuid NOT NULL,
    social_account_id uuid,
    auto_monitor_enabled boolean DEFAULT true NOT NULL,
    auto_monitor_count integer DEFAULT 5 NOT NULL,
    monitoring_duration_days integer DEFAULT 7 NOT NULL,
    ai_enabled_for_comments boolean DEFAULT true NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT monitoring_rules_auto_monitor_count_check CHECK (((auto_monitor_count >= 1) AND (auto_monitor_count <= 20))),
    CONSTRAINT monitoring_rules_monitoring_duration_days_check CHECK (((monitoring_duration_days >= 1) AND (monitoring_duration_days <= 30)))
);

ALTER TABLE ONLY public.monitoring_rules FORCE ROW LEVEL SECURITY;

ALTER TABLE public.monitoring_rules OWNER TO app_owner;

CREATE TABLE public.notes (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    tenant_id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    author_user_id uuid,
    text text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT notes_text_check CHECK ((text <> ''::text))
);

ALTER TABLE ONLY public.notes FORCE ROW LEVEL SECURITY;

ALTER TABLE public.notes OWNER TO app_owner;

CREATE TABLE public.notices_channels (
    tenant_id uuid NOT NULL,
    channel text NOT NULL,
    CONSTRAINT notices_channels_channel_check CHECK ((channel ~ '^n_[0-9a-f]{32}$'::text))
);

ALTER TABLE ONLY public.notices_channels FORCE ROW LEVEL SECURITY;

ALTER TABLE public.notices_channels OWNER TO app_owner;

CREATE TABLE public.people (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    tenant_id uuid NOT NULL,
    display_name text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY public.people FORCE ROW LEVEL SECURITY;

ALTER TABLE public.people OWNER TO app_owner;

CREATE TABLE public.person_links (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    tenant_id uuid NOT NULL,
    merge_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    person_id uuid NOT NULL,
    previous_person_id uuid,
    linked_by uuid,
    linked_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    undone_at timestamp with time zone,
    undone_by uuid
);

ALTER TABLE ONLY public.person_links FORCE ROW LEVEL SECURITY;

ALTER TABLE public.person_links OWNER TO app_owner;

CREATE TABLE public.person_refusals (
    tenant_id uuid NOT NULL,
    customer_a uuid NOT NULL,
    customer_b uuid NOT NULL,
    refused_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT person_refusals_check CHECK ((customer_a < customer_b))
);

ALTER TABLE ONLY public.person_refusals FORCE ROW LEVEL SECURITY;

ALTER TABLE public.person_refusals OWNER TO app_owner;

CREATE TABLE public.post_runs (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id uuid NOT NULL,
    scheduled_post_id uuid NOT NULL,
    occurrence text NOT NULL,
    started_at timestamp with time zone DEFAULT now() NOT NULL,
    finished_at timestamp with time zone,
    status text DEFAULT 'running'::text NOT NULL,
    error text,
    platform_post_id text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT post_runs_status_check CHECK ((status = ANY (ARRAY['running'::text, 'success'::text, 'failed'::text, 'uncertain'::text])))
);

ALTER TABLE ONLY public.post_runs FORCE ROW LEVEL SECURITY;

ALTER TABLE public.post_runs OWNER TO app_owner;

CREATE TABLE public.prices (
    id text NOT NULL,
    product_id text NOT NULL,
    active boolean DEFAULT true NOT NULL,
    currency text NOT NULL,
    unit_amount bigint,
    recurring_interval text,
    metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT prices_recurring_interval_check CHECK ((recurring_interval = ANY (ARRAY['day'::text, 'week'::text, 'month'::text, 'year'::text])))
);

ALTER TABLE ONLY public.prices FORCE ROW LEVEL SECURITY;

ALTER TABLE public.prices OWNER TO app_owner;

CREATE TABLE public.products (
    id text NOT NULL,
    active boolean DEFAULT true NOT NULL,
    name text NOT NULL,
    description text,
    metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY public.products FORCE ROW LEVEL SECURITY;

ALTER TABLE public.products OWNER TO app_owner;

CREATE TABLE public.released_topics (
    tenant_id uuid NOT NULL,
    channel_id uuid NOT NULL,
    topic text NOT NULL,
    title text NOT NULL,
    released_by uuid,
    released_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT released_topics_topic_check CHECK ((topic <> ''::text))
);

ALTER TABLE ONLY public.released_topics FORCE ROW LEVEL SECURITY;

ALTER TABLE public.released_topics OWNER TO app_owner;

CREATE TABLE public.saved_replies (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    tenant_id uuid NOT NULL,
    shortcut text NOT NULL,
    title text NOT NULL,
    text text NOT NULL,
    lang_code text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT saved_replies_shortcut_check CHECK ((shortcut <> ''::text)),
    CONSTRAINT saved_replies_text_check CHECK ((text <> ''::text))
);

ALTER TABLE ONLY public.saved_replies FORCE ROW LEVEL SECURITY;

ALTER TABLE public.saved_replies OWNER TO app_owner;

CREATE TABLE public.scheduled_posts (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id uuid NOT NULL,
    channel_id uuid NOT NULL,
    platform text NOT NULL,
    content_json jsonb NOT NULL,
    publish_at timestamp with time zone NOT NULL,
    rrule text,
    time_zone text DEFAULT 'UTC'::text NOT NULL,
    status text DEFAULT 'queued'::text NOT NULL,
    platform_post_id text,
    error_message text,
    retry_count integer DEFAULT 0 NOT NULL,
    created_by uuid,
    fence bigint,
    lease_until timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    phase text DEFAULT 'started'::text NOT NULL,
    handles jsonb DEFAULT '{}'::jsonb NOT NULL,
    next_step_at timestamp with time zone,
    begun_at timestamp with time zone,
    published_at timestamp with time zone,
    error_code text,
    error_next text,
    CONSTRAINT scheduled_posts_phase_check CHECK ((phase = ANY (ARRAY['started'::text, 'preparing'::text, 'ready'::text, 'publishing'::text, 'published'::text, 'failed'::text, 'uncertain'::text]))),
    CONSTRAINT scheduled_posts_platform_check CHECK ((platform = ANY (ARRAY['whatsapp'::text, 'instagram'::text, 'facebook'::text, 'x'::text, 'linkedin'::text, 'sandbox'::text]))),
    CONSTRAINT scheduled_posts_status_check CHECK ((status = ANY (ARRAY['draft'::text, 'queued'::text, 'publishing'::text, 'published'::text, 'failed'::text, 'cancelled'::text, 'skipped'::text, 'uncertain'::text])))
);

ALTER TABLE ONLY public.scheduled_posts FORCE ROW LEVEL SECURITY;

ALTER TABLE public.scheduled_posts OWNER TO app_owner;

CREATE TABLE public.social_accounts (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id uuid NOT NULL,
    platform text NOT NULL,
    account_id text NOT NULL,
    account_name text NOT NULL,
    access_token text,
    refresh_token text,
    token_expires_at timestamp with time zone,
    scopes text[] DEFAULT '{}'::text[] NOT NULL,
    metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
    status text DEFAULT 'active'::text NOT NULL,
    assistant_mode text DEFAULT 'draft'::text NOT NULL,
    paused_reason text,
    paused_at timestamp with time zone,
    last_inbound_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    token_changed_at timestamp with time zone,
    removed_at timestamp with time zone,
    CONSTRAINT social_accounts_assistant_mode_check CHECK ((assistant_mode = ANY (ARRAY['off'::text, 'draft'::text, 'auto'::text]))),
    CONSTRAINT social_accounts_platform_check CHECK ((platform = ANY (ARRAY['whatsapp'::text, 'instagram'::text, 'facebook'::text, 'x'::text, 'linkedin'::text, 'sandbox'::text]))),
    CONSTRAINT social_accounts_status_check CHECK ((status = ANY (ARRAY['active'::text, 'expired'::text, 'revoked'::text])))
);

ALTER TABLE ONLY public.social_accounts FORCE ROW LEVEL SECURITY;

ALTER TABLE public.social_accounts OWNER TO app_owner;

CREATE TABLE public.staged_chunks (
    tenant_id uuid NOT NULL,
    document_id uuid NOT NULL,
    embedder text NOT NULL,
    text_sha256 bytea NOT NULL,
    whole extensions.vector NOT NULL,
    windows extensions.halfvec[] NOT NULL
);

ALTER TABLE ONLY public.staged_chunks FORCE ROW LEVEL SECURITY;

ALTER TABLE public.staged_chunks OWNER TO app_owner;

CREATE TABLE public.tombstones (
    tenant_id uuid NOT NULL,
    kind text NOT NULL,
    subject_hash bytea NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY public.tombstones FORCE ROW LEVEL SECURITY;

ALTER TABLE public.tombstones OWNER TO app_owner;

CREATE TABLE public.triage_rules (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    tenant_id uuid NOT NULL,
    rules_id uuid NOT NULL,
    name text NOT NULL,
    "position" integer DEFAULT 0 NOT NULL,
    conditions jsonb DEFAULT '{}'::jsonb NOT NULL,
    triage text NOT NULL,
    enabled boolean DEFAULT true NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT triage_rules_conditions_check CHECK (((jsonb_typeof(conditions) = 'object'::text) AND (octet_length((conditions)::text) <= 32768) AND ((conditions <> '{}'::jsonb) OR (NOT enabled)))),
    CONSTRAINT triage_rules_name_check CHECK (((btrim(name) <> ''::text) AND (char_length(name) <= 80))),
    CONSTRAINT triage_rules_position_check CHECK ((("position" >= 0) AND ("position" <= 99))),
    CONSTRAINT triage_rules_triage_check CHECK ((triage = ANY (ARRAY['ignore'::text, 'escalate'::text, 'auto_reply'::text])))
);

ALTER TABLE ONLY public.triage_rules FORCE ROW LEVEL SECURITY;

ALTER TABLE public.triage_rules OWNER TO app_owner;

CREATE TABLE public.user_credits (
    user_id uuid NOT NULL,
    credits_remaining integer DEFAULT 0 NOT NULL,
    credits_total integer DEFAULT 0 NOT NULL,
    last_reset_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY public.user_credits FORCE ROW LEVEL SECURITY;

ALTER TABLE public.user_credits OWNER TO app_owner;

CREATE TABLE public.user_subscriptions (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id uuid NOT NULL,
    plan_name text NOT NULL,
    stripe_subscription_id text,
    status text DEFAULT 'active'::text NOT NULL,
    current_period_start timestamp with time zone,
    current_period_end timestamp with time zone,
    storage_limit_mb numeric(10,2),
    storage_used_mb numeric(10,2) DEFAULT 0 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT user_subscriptions_plan_name_check CHECK ((plan_name = ANY (ARRAY['free'::text, 'starter'::text, 'pro'::text, 'enterprise'::text]))),
    CONSTRAINT user_subscriptions_status_check CHECK ((status = ANY (ARRAY['active'::text, 'canceled'::text, 'past_due'::text])))
);

ALTER TABLE ONLY public.user_subscriptions FORCE ROW LEVEL SECURITY;

ALTER TABLE public.user_subscriptions OWNER TO app_owner;

CREATE TABLE public.users (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    email text NOT NULL,
    name text NOT NULL,
    locale text DEFAULT 'en'::text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT users_email_check CHECK (((email = lower(email)) AND (email ~~ '_%@_%'::text))),
    CONSTRAINT users_name_check CHECK ((name <> ''::text))
);

ALTER TABLE ONLY public.users FORCE ROW LEVEL SECURITY;

ALTER TABLE public.users OWNER TO app_owner;

CREATE TABLE public.waiting_updates (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    tenant_id uuid NOT NULL,
    channel_id uuid NOT NULL,
    target_platform_id text NOT NULL,
    kind text NOT NULL,
    payload jsonb NOT NULL,
    at timestamp with time zone NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY public.waiting_updates FORCE ROW LEVEL SECURITY;

ALTER TABLE public.waiting_updates OWNER TO app_owner;

CREATE TABLE public.webhook_events (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id uuid,
    platform text NOT NULL,
    event_type text,
    payload jsonb,
    body bytea NOT NULL,
    body_sha256 bytea NOT NULL,
    processed boolean DEFAULT false NOT NULL,
    error text,
    state text DEFAULT 'pending'::text NOT NULL,
    attempt integer DEFAULT 0 NOT NULL,
    fence bigint,
    lease_until timestamp with time zone,
    due_at timestamp with time zone DEFAULT now() NOT NULL,
    received_at timestamp with time zone DEFAULT now() NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT webhook_events_body_sha256_check CHECK ((octet_length(body_sha256) = 32)),
    CONSTRAINT webhook_events_check CHECK ((processed = (state = 'done'::text))),
    CONSTRAINT webhook_events_platform_check CHECK ((platform = ANY (ARRAY['whatsapp'::text, 'instagram'::text, 'facebook'::text, 'x'::text, 'linkedin'::text, 'sandbox'::text, 'stripe'::text]))),
    CONSTRAINT webhook_events_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'done'::text, 'parked'::text])))
);

ALTER TABLE ONLY public.webhook_events FORCE ROW LEVEL SECURITY;

ALTER TABLE public.webhook_events OWNER TO app_owner;

ALTER TABLE ONLY app_private.deferrable_job
    ADD CONSTRAINT deferrable_job_pkey PRIMARY KEY (job);

ALTER TABLE ONLY app_private.gateway
    ADD CONSTRAINT gateway_pkey PRIMARY KEY (role_oid);

ALTER TABLE ONLY app_private.leader
    ADD CONSTRAINT leader_pkey PRIMARY KEY (name);

ALTER TABLE ONLY app_private.library_schema
    ADD CONSTRAINT library_schema_pkey PRIMARY KEY (library);

ALTER TABLE ONLY app_private.login_user
    ADD CONSTRAINT login_user_pkey PRIMARY KEY (role_oid);

ALTER TABLE ONLY app_private.login_user
    ADD CONSTRAINT login_user_rolname_key UNIQUE (rolname);

ALTER TABLE ONLY app_private.schema_version
    ADD CONSTRAINT schema_version_pkey PRIMARY KEY (version);

ALTER TABLE ONLY app_private.service_login
    ADD CONSTRAINT service_login_kind_key UNIQUE (kind);

ALTER TABLE ONLY app_private.service_login
    ADD CONSTRAINT service_login_pkey PRIMARY KEY (role_oid);

ALTER TABLE ONLY app_private.service_login
    ADD CONSTRAINT service_login_rolname_key UNIQUE (rolname);

ALTER TABLE ONLY app_private.ticket
    ADD CONSTRAINT ticket_pkey PRIMARY KEY (hash);

ALTER TABLE ONLY app_private.workers
    ADD CONSTRAINT workers_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ai_decisions
    ADD CONSTRAINT ai_decisions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ai_decisions
    ADD CONSTRAINT ai_decisions_user_id_id_key UNIQUE (user_id, id);

ALTER TABLE ONLY public.ai_models
    ADD CONSTRAINT ai_models_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ai_models
    ADD CONSTRAINT ai_models_provider_name_key UNIQUE (provider, name);

ALTER TABLE ONLY public.ai_rules
    ADD CONSTRAINT ai_rules_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ai_rules
    ADD CONSTRAINT ai_rules_user_id_id_key UNIQUE (user_id, id);

ALTER TABLE ONLY public.ai_rules
    ADD CONSTRAINT ai_rules_user_id_key UNIQUE (user_id);

ALTER TABLE ONLY public.ai_settings
    ADD CONSTRAINT ai_settings_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ai_settings
    ADD CONSTRAINT ai_settings_user_id_id_key UNIQUE (user_id, id);

ALTER TABLE ONLY public.ai_settings
    ADD CONSTRAINT ai_settings_user_id_key UNIQUE (user_id);

ALTER TABLE ONLY public.ai_triage_rules_advanced
    ADD CONSTRAINT ai_triage_rules_advanced_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.analytics_history
    ADD CONSTRAINT analytics_history_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.analytics_history
    ADD CONSTRAINT analytics_history_user_id_date_key UNIQUE (user_id, date);

ALTER TABLE ONLY public.analytics
    ADD CONSTRAINT analytics_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.analytics
    ADD CONSTRAINT analytics_user_id_key UNIQUE (user_id);

ALTER TABLE ONLY public.assist_requests
    ADD CONSTRAINT assist_requests_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.assist_requests
    ADD CONSTRAINT assist_requests_tenant_id_id_key UNIQUE (tenant_id, id);

ALTER TABLE ONLY public.assistant_threads
    ADD CONSTRAINT assistant_threads_pkey PRIMARY KEY (thread_id);

ALTER TABLE ONLY public.assistant_threads
    ADD CONSTRAINT assistant_threads_tenant_id_thread_id_key UNIQUE (tenant_id, thread_id);

ALTER TABLE ONLY public.assistant_usage
    ADD CONSTRAINT assistant_usage_tenant_id_conversation_id_day_key UNIQUE NULLS NOT DISTINCT (tenant_id, conversation_id, day);

ALTER TABLE ONLY public.attachments
    ADD CONSTRAINT attachments_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.attachments
    ADD CONSTRAINT attachments_tenant_id_id_key UNIQUE (tenant_id, id);

ALTER TABLE ONLY public.audit_log
    ADD CONSTRAINT audit_log_pkey PRIMARY KEY (tenant_id, seq);

ALTER TABLE ONLY public.blobs
    ADD CONSTRAINT blobs_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.blobs
    ADD CONSTRAINT blobs_tenant_id_id_key UNIQUE (tenant_id, id);

ALTER TABLE ONLY public.channel_gaps
    ADD CONSTRAINT channel_gaps_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.channel_gaps
    ADD CONSTRAINT channel_gaps_tenant_id_channel_id_from_at_key UNIQUE (tenant_id, channel_id, from_at);

ALTER TABLE ONLY public.channel_health
    ADD CONSTRAINT channel_health_pkey PRIMARY KEY (tenant_id, channel_id);

ALTER TABLE ONLY public.cluster_items
    ADD CONSTRAINT cluster_items_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.clusters
    ADD CONSTRAINT clusters_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.clusters
    ADD CONSTRAINT clusters_tenant_id_id_key UNIQUE (tenant_id, id);

ALTER TABLE ONLY public.comment_checkpoint
    ADD CONSTRAINT comment_checkpoint_monitored_post_id_key UNIQUE (monitored_post_id);

ALTER TABLE ONLY public.comment_checkpoint
    ADD CONSTRAINT comment_checkpoint_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.comment_deeds
    ADD CONSTRAINT comment_deeds_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.comment_deeds
    ADD CONSTRAINT comment_deeds_tenant_id_id_key UNIQUE (tenant_id, id);

ALTER TABLE ONLY public.comments
    ADD CONSTRAINT comments_monitored_post_id_platform_comment_id_key UNIQUE (monitored_post_id, platform_comment_id);

ALTER TABLE ONLY public.comments
    ADD CONSTRAINT comments_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.comments
    ADD CONSTRAINT comments_user_id_id_key UNIQUE (user_id, id);

ALTER TABLE ONLY public.companion_keys
    ADD CONSTRAINT companion_keys_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.companion_keys
    ADD CONSTRAINT companion_keys_public_key_key UNIQUE (public_key);

ALTER TABLE ONLY public.composer_drafts
    ADD CONSTRAINT composer_drafts_pkey PRIMARY KEY (tenant_id, conversation_id, user_id);

ALTER TABLE ONLY public.conversation_labels
    ADD CONSTRAINT conversation_labels_pkey PRIMARY KEY (tenant_id, conversation_id, label_id);

ALTER TABLE ONLY public.conversation_messages
    ADD CONSTRAINT conversation_messages_conversation_id_platform_message_id_key UNIQUE (conversation_id, platform_message_id);

ALTER TABLE ONLY public.conversation_messages
    ADD CONSTRAINT conversation_messages_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.conversation_messages
    ADD CONSTRAINT conversation_messages_user_id_id_key UNIQUE (user_id, id);

ALTER TABLE ONLY public.conversations
    ADD CONSTRAINT conversations_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.conversations
    ADD CONSTRAINT conversations_social_account_id_customer_id_key UNIQUE (social_account_id, customer_id);

ALTER TABLE ONLY public.conversations
    ADD CONSTRAINT conversations_user_id_id_key UNIQUE (user_id, id);

ALTER TABLE ONLY public.credit_transactions
    ADD CONSTRAINT credit_transactions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.credit_transactions
    ADD CONSTRAINT credit_transactions_user_id_kind_source_id_key UNIQUE (user_id, kind, source_id);

ALTER TABLE ONLY public.customers
    ADD CONSTRAINT customers_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.customers
    ADD CONSTRAINT customers_social_account_id_platform_customer_id_key UNIQUE (social_account_id, platform_customer_id);

ALTER TABLE ONLY public.customers
    ADD CONSTRAINT customers_user_id_id_key UNIQUE (user_id, id);

ALTER TABLE ONLY public.decision_corrections
    ADD CONSTRAINT decision_corrections_pkey PRIMARY KEY (tenant_id, decision_id);

ALTER TABLE ONLY public.decision_rules
    ADD CONSTRAINT decision_rules_pkey PRIMARY KEY (tenant_id, digest);

ALTER TABLE ONLY public.document_versions
    ADD CONSTRAINT document_versions_pkey PRIMARY KEY (tenant_id, document_id);

ALTER TABLE ONLY public.drafts
    ADD CONSTRAINT drafts_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.drafts
    ADD CONSTRAINT drafts_tenant_id_id_key UNIQUE (tenant_id, id);

ALTER TABLE ONLY public.faq_phrasings
    ADD CONSTRAINT faq_phrasings_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.faq_phrasings
    ADD CONSTRAINT faq_phrasings_tenant_id_faq_id_text_key UNIQUE (tenant_id, faq_id, text);

ALTER TABLE ONLY public.faq_phrasings
    ADD CONSTRAINT faq_phrasings_tenant_id_id_key UNIQUE (tenant_id, id);

ALTER TABLE ONLY public.faq_qa
    ADD CONSTRAINT faq_qa_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.faq_qa
    ADD CONSTRAINT faq_qa_user_id_id_key UNIQUE (user_id, id);

ALTER TABLE ONLY public.faq_qa
    ADD CONSTRAINT faq_qa_user_id_key_lang_code_key UNIQUE (user_id, key, lang_code);

ALTER TABLE ONLY public.inbound_keys
    ADD CONSTRAINT inbound_keys_pkey PRIMARY KEY (tenant_id, channel_id, kind, platform_id, sub);

ALTER TABLE ONLY public.knowledge_chunks
    ADD CONSTRAINT knowledge_chunks_document_id_chunk_index_key UNIQUE (document_id, chunk_index);

ALTER TABLE ONLY public.knowledge_chunks
    ADD CONSTRAINT knowledge_chunks_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.knowledge_chunks
    ADD CONSTRAINT knowledge_chunks_user_id_id_key UNIQUE (user_id, id);

ALTER TABLE ONLY public.knowledge_conflicts
    ADD CONSTRAINT knowledge_conflicts_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.knowledge_conflicts
    ADD CONSTRAINT knowledge_conflicts_tenant_id_one_chunk_one_start_other_chu_key UNIQUE (tenant_id, one_chunk, one_start, other_chunk, other_start, kind);

ALTER TABLE ONLY public.knowledge_documents
    ADD CONSTRAINT knowledge_documents_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.knowledge_documents
    ADD CONSTRAINT knowledge_documents_user_id_id_key UNIQUE (user_id, id);

ALTER TABLE ONLY public.knowledge_expiries
    ADD CONSTRAINT knowledge_expiries_pkey PRIMARY KEY (tenant_id, chunk_id, start_char);

ALTER TABLE ONLY public.knowledge_gap_messages
    ADD CONSTRAINT knowledge_gap_messages_pkey PRIMARY KEY (tenant_id, escalation_id);

ALTER TABLE ONLY public.knowledge_gaps
    ADD CONSTRAINT knowledge_gaps_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.knowledge_gaps
    ADD CONSTRAINT knowledge_gaps_tenant_id_id_key UNIQUE (tenant_id, id);

ALTER TABLE ONLY public.knowledge_lexemes
    ADD CONSTRAINT knowledge_lexemes_pkey PRIMARY KEY (tenant_id, key);

ALTER TABLE ONLY public.knowledge_sizes
    ADD CONSTRAINT knowledge_sizes_pkey PRIMARY KEY (tenant_id, field, language);

ALTER TABLE ONLY public.knowledge_uses
    ADD CONSTRAINT knowledge_uses_tenant_id_decision_id_document_id_faq_id_key UNIQUE NULLS NOT DISTINCT (tenant_id, decision_id, document_id, faq_id);

ALTER TABLE ONLY public.knowledge_vectors
    ADD CONSTRAINT knowledge_vectors_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.knowledge_vectors
    ADD CONSTRAINT knowledge_vectors_tenant_id_chunk_id_embedder_key UNIQUE (tenant_id, chunk_id, embedder);

ALTER TABLE ONLY public.knowledge_vectors
    ADD CONSTRAINT knowledge_vectors_tenant_id_faq_id_embedder_key UNIQUE (tenant_id, faq_id, embedder);

ALTER TABLE ONLY public.knowledge_vectors
    ADD CONSTRAINT knowledge_vectors_tenant_id_phrasing_id_embedder_key UNIQUE (tenant_id, phrasing_id, embedder);

ALTER TABLE ONLY public.knowledge_windows
    ADD CONSTRAINT knowledge_windows_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.knowledge_windows
    ADD CONSTRAINT knowledge_windows_tenant_id_chunk_id_embedder_window_index_key UNIQUE (tenant_id, chunk_id, embedder, window_index);

ALTER TABLE ONLY public.knowledge_words
    ADD CONSTRAINT knowledge_words_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.kpi_2h
    ADD CONSTRAINT kpi_2h_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.kpi_2h
    ADD CONSTRAINT kpi_2h_tenant_id_window_start_key UNIQUE (tenant_id, window_start);

ALTER TABLE ONLY public.labels
    ADD CONSTRAINT labels_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.labels
    ADD CONSTRAINT labels_tenant_id_id_key UNIQUE (tenant_id, id);

ALTER TABLE ONLY public.labels
    ADD CONSTRAINT labels_tenant_id_name_key UNIQUE (tenant_id, name);

ALTER TABLE ONLY public.message_templates
    ADD CONSTRAINT message_templates_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.message_templates
    ADD CONSTRAINT message_templates_tenant_id_channel_id_name_language_key UNIQUE (tenant_id, channel_id, name, language);

ALTER TABLE ONLY public.monitored_posts
    ADD CONSTRAINT monitored_posts_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.monitored_posts
    ADD CONSTRAINT monitored_posts_user_id_id_key UNIQUE (user_id, id);

ALTER TABLE ONLY public.monitored_posts
    ADD CONSTRAINT monitored_posts_user_id_platform_platform_post_id_key UNIQUE (user_id, platform, platform_post_id);

ALTER TABLE ONLY public.monitoring_rules
    ADD CONSTRAINT monitoring_rules_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.monitoring_rules
    ADD CONSTRAINT monitoring_rules_user_id_social_account_id_key UNIQUE NULLS NOT DISTINCT (user_id, social_account_id);

ALTER TABLE ONLY public.notes
    ADD CONSTRAINT notes_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.notes
    ADD CONSTRAINT notes_tenant_id_id_key UNIQUE (tenant_id, id);

ALTER TABLE ONLY public.notices_channels
    ADD CONSTRAINT notices_channels_channel_key UNIQUE (channel);

ALTER TABLE ONLY public.notices_channels
    ADD CONSTRAINT notices_channels_pkey PRIMARY KEY (tenant_id);

ALTER TABLE ONLY public.outbox_items
    ADD CONSTRAINT outbox_items_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.outbox_items
    ADD CONSTRAINT outbox_items_tenant_id_conversation_id_seq_key UNIQUE (tenant_id, conversation_id, seq);

ALTER TABLE ONLY public.outbox_items
    ADD CONSTRAINT outbox_items_tenant_id_id_key UNIQUE (tenant_id, id);

ALTER TABLE ONLY public.outbox_items
    ADD CONSTRAINT outbox_items_tenant_id_message_id_key UNIQUE (tenant_id, message_id);

ALTER TABLE ONLY public.people
    ADD CONSTRAINT people_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.people
    ADD CONSTRAINT people_tenant_id_id_key UNIQUE (tenant_id, id);

ALTER TABLE ONLY public.person_links
    ADD CONSTRAINT person_links_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.person_refusals
    ADD CONSTRAINT person_refusals_pkey PRIMARY KEY (tenant_id, customer_a, customer_b);

ALTER TABLE ONLY public.post_runs
    ADD CONSTRAINT post_runs_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.post_runs
    ADD CONSTRAINT post_runs_scheduled_post_id_occurrence_key UNIQUE (scheduled_post_id, occurrence);

ALTER TABLE ONLY public.prices
    ADD CONSTRAINT prices_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.products
    ADD CONSTRAINT products_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.released_topics
    ADD CONSTRAINT released_topics_pkey PRIMARY KEY (tenant_id, channel_id, topic);

ALTER TABLE ONLY public.saved_replies
    ADD CONSTRAINT saved_replies_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.saved_replies
    ADD CONSTRAINT saved_replies_tenant_id_id_key UNIQUE (tenant_id, id);

ALTER TABLE ONLY public.saved_replies
    ADD CONSTRAINT saved_replies_tenant_id_shortcut_key UNIQUE (tenant_id, shortcut);

ALTER TABLE ONLY public.scheduled_posts
    ADD CONSTRAINT scheduled_posts_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.scheduled_posts
    ADD CONSTRAINT scheduled_posts_user_id_id_key UNIQUE (user_id, id);

ALTER TABLE ONLY public.social_accounts
    ADD CONSTRAINT social_accounts_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.social_accounts
    ADD CONSTRAINT social_accounts_user_id_id_key UNIQUE (user_id, id);

ALTER TABLE ONLY public.social_accounts
    ADD CONSTRAINT social_accounts_user_id_platform_account_id_key UNIQUE (user_id, platform, account_id);

ALTER TABLE ONLY public.staged_chunks
    ADD CONSTRAINT staged_chunks_pkey PRIMARY KEY (tenant_id, document_id, embedder, text_sha256);

ALTER TABLE ONLY public.support_escalations
    ADD CONSTRAINT support_escalations_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.support_escalations
    ADD CONSTRAINT support_escalations_user_id_id_key UNIQUE (user_id, id);

ALTER TABLE ONLY public.team_members
    ADD CONSTRAINT team_members_pkey PRIMARY KEY (tenant_id, user_id);

ALTER TABLE ONLY public.tombstones
    ADD CONSTRAINT tombstones_pkey PRIMARY KEY (tenant_id, kind, subject_hash);

ALTER TABLE ONLY public.triage_rules
    ADD CONSTRAINT triage_rules_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.triage_rules
    ADD CONSTRAINT triage_rules_place UNIQUE (tenant_id, "position") DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.triage_rules
    ADD CONSTRAINT triage_rules_tenant_id_id_key UNIQUE (tenant_id, id);

ALTER TABLE ONLY public.user_credits
    ADD CONSTRAINT user_credits_pkey PRIMARY KEY (user_id);

ALTER TABLE ONLY public.user_subscriptions
    ADD CONSTRAINT user_subscriptions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.user_subscriptions
    ADD CONSTRAINT user_subscriptions_user_id_stripe_subscription_id_key UNIQUE (user_id, stripe_subscription_id);

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_email_key UNIQUE (email);

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.waiting_updates
    ADD CONSTRAINT waiting_updates_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.webhook_events
    ADD CONSTRAINT webhook_events_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.webhook_events
    ADD CONSTRAINT webhook_events_platform_body_sha256_key UNIQUE (platform, body_sha256);

CREATE UNIQUE INDEX drafts_one_open ON public.drafts USING btree (tenant_id, conversation_id) WHERE (state = 'open'::text);

CREATE INDEX idx_ai_decisions_conversation ON public.ai_decisions USING btree (user_id, conversation_id, created_at DESC);

CREATE INDEX idx_ai_decisions_decision ON public.ai_decisions USING btree (decision, created_at DESC);

CREATE INDEX idx_ai_decisions_message ON public.ai_decisions USING btree (message_id);

CREATE INDEX idx_ai_decisions_page ON public.ai_decisions USING btree (user_id, created_at DESC, id DESC);

CREATE INDEX idx_ai_decisions_user ON public.ai_decisions USING btree (user_id, created_at DESC);

CREATE INDEX idx_ai_decisions_weighed ON public.ai_decisions USING btree (user_id, created_at DESC) INCLUDE (id, decision, sort, likely);

CREATE INDEX idx_ai_rules_user ON public.ai_rules USING btree (user_id);

CREATE INDEX idx_ai_settings_model ON public.ai_settings USING btree (model_id);

CREATE INDEX idx_analytics_history_user_date ON public.analytics_history USING btree (user_id, date DESC);

CREATE INDEX idx_assist_requests_due ON public.assist_requests USING btree (due_at) WHERE (state = 'pending'::text);

CREATE INDEX idx_assist_requests_member ON public.assist_requests USING btree (tenant_id, requested_by);

CREATE INDEX idx_assistant_threads_age ON public.assistant_threads USING btree (created_at);

CREATE INDEX idx_assistant_threads_conversation ON public.assistant_threads USING btree (tenant_id, conversation_id);

CREATE INDEX idx_attachments_blob ON public.attachments USING btree (tenant_id, blob_id) WHERE (blob_id IS NOT NULL);

CREATE INDEX idx_attachments_message ON public.attachments USING btree (tenant_id, message_id);

CREATE INDEX idx_attachments_pending ON public.attachments USING btree (tenant_id, created_at) WHERE (state = 'pending'::text);

CREATE INDEX idx_blobs_sha256 ON public.blobs USING btree (tenant_id, sha256);

CREATE INDEX idx_channel_health_look ON public.channel_health USING btree (look_due_at);

CREATE INDEX idx_channel_health_renew ON public.channel_health USING btree (renew_due_at) WHERE (renew_due_at IS NOT NULL);

CREATE INDEX idx_chunks_document ON public.knowledge_chunks USING btree (document_id, chunk_index);

CREATE INDEX idx_chunks_embedder ON public.knowledge_chunks USING btree (user_id, embedder);

CREATE INDEX idx_chunks_embedding ON public.knowledge_chunks USING hnsw (((extensions.subvector(embedding, 1, 384))::extensions.halfvec(384)) extensions.halfvec_ip_ops) WITH (m='24', ef_construction='200') WHERE (dimensions = 384);

CREATE INDEX idx_chunks_embedding_wide ON public.knowledge_chunks USING hnsw (((embedding)::extensions.halfvec(1536)) extensions.halfvec_ip_ops) WITH (m='24', ef_construction='200') WHERE (dimensions = 1536);

CREATE INDEX idx_chunks_tenant ON public.knowledge_chunks USING btree (user_id, document_id);

CREATE INDEX idx_chunks_tsv ON public.knowledge_chunks USING gin (tsv);

CREATE INDEX idx_cluster_items_cluster ON public.cluster_items USING btree (user_id, cluster_id);

CREATE INDEX idx_cluster_items_comment ON public.cluster_items USING btree (user_id, comment_id) WHERE (comment_id IS NOT NULL);

CREATE INDEX idx_cluster_items_message ON public.cluster_items USING btree (user_id, message_id) WHERE (message_id IS NOT NULL);

CREATE INDEX idx_clusters_tenant ON public.clusters USING btree (tenant_id, created_at DESC);

CREATE INDEX idx_comment_checkpoint_tenant ON public.comment_checkpoint USING btree (user_id, monitored_post_id);

CREATE INDEX idx_comment_deeds_channel ON public.comment_deeds USING btree (tenant_id, channel_id);

CREATE INDEX idx_comment_deeds_comment ON public.comment_deeds USING btree (tenant_id, comment_id, created_at, id);

CREATE INDEX idx_comment_deeds_due ON public.comment_deeds USING btree (due_at, id) WHERE (state = 'queued'::text);

CREATE INDEX idx_comment_deeds_leases ON public.comment_deeds USING btree (lease_until) WHERE (state = ANY (ARRAY['claimed'::text, 'sending'::text]));

CREATE INDEX idx_comment_deeds_member ON public.comment_deeds USING btree (tenant_id, member_id) WHERE (member_id IS NOT NULL);

CREATE UNIQUE INDEX idx_comment_deeds_private ON public.comment_deeds USING btree (tenant_id, comment_id) WHERE ((kind = 'private_reply'::text) AND (state <> ALL (ARRAY['failed'::text, 'cancelled'::text])));

CREATE INDEX idx_comment_deeds_unknown ON public.comment_deeds USING btree (unknown_at) WHERE (state = 'unknown'::text);

CREATE INDEX idx_comments_authors_kept ON public.comments USING btree (monitored_post_id, author_stored_at) WHERE ((author_name IS NOT NULL) OR (author_avatar_url IS NOT NULL));

CREATE INDEX idx_comments_created_at ON public.comments USING btree (created_at DESC);

CREATE INDEX idx_comments_customer ON public.comments USING btree (user_id, customer_id) WHERE (customer_id IS NOT NULL);

CREATE INDEX idx_comments_decision ON public.comments USING btree (user_id, ai_decision_id) WHERE (ai_decision_id IS NOT NULL);

CREATE INDEX idx_comments_handler ON public.comments USING btree (user_id, handled_by) WHERE (handled_by IS NOT NULL);

CREATE INDEX idx_comments_kept ON public.comments USING btree (monitored_post_id, text_stored_at) WHERE (text IS NOT NULL);

CREATE INDEX idx_comments_monitored_post ON public.comments USING btree (monitored_post_id);

CREATE INDEX idx_comments_tenant ON public.comments USING btree (user_id, monitored_post_id, created_at DESC);

CREATE INDEX idx_comments_thread ON public.comments USING btree (user_id, monitored_post_id, platform_at DESC, id DESC);

CREATE INDEX idx_comments_triage ON public.comments USING btree (triage);

CREATE INDEX idx_comments_waiting ON public.comments USING btree (user_id, platform_at DESC, id DESC) WHERE ((NOT own) AND (deleted_at IS NULL) AND (handled_at IS NULL));

CREATE INDEX idx_conflicts_one_document ON public.knowledge_conflicts USING btree (tenant_id, one_document);

CREATE INDEX idx_conflicts_open ON public.knowledge_conflicts USING btree (tenant_id) WHERE (dismissed_at IS NULL);

CREATE INDEX idx_conflicts_other ON public.knowledge_conflicts USING btree (tenant_id, other_chunk);

CREATE INDEX idx_conflicts_other_document ON public.knowledge_conflicts USING btree (tenant_id, other_document);

CREATE INDEX idx_conversation_labels_label ON public.conversation_labels USING btree (tenant_id, label_id);

CREATE INDEX idx_conversations_assignee ON public.conversations USING btree (user_id, assignee_user_id, last_message_at DESC, id DESC) WHERE (assignee_user_id IS NOT NULL);

CREATE INDEX idx_conversations_assistant_due ON public.conversations USING btree (assistant_due_at) WHERE ((assistant_due_at IS NOT NULL) AND (status = 'active'::text) AND (NOT assistant_paused));

CREATE INDEX idx_conversations_customer ON public.conversations USING btree (user_id, customer_id);

CREATE INDEX idx_conversations_inbox ON public.conversations USING btree (user_id, status, last_message_at DESC, id DESC);

CREATE INDEX idx_conversations_open ON public.conversations USING btree (user_id, last_message_at DESC, id DESC) WHERE (status <> 'archived'::text);

CREATE INDEX idx_conversations_social_account ON public.conversations USING btree (social_account_id, last_message_at DESC);

CREATE INDEX idx_conversations_status ON public.conversations USING btree (status, last_message_at DESC);

CREATE INDEX idx_conversations_waiting ON public.conversations USING btree (user_id, last_message_at DESC, id DESC) WHERE ((unread_count > 0) OR (assistant_state = 'drafted'::text));

CREATE INDEX idx_corrections_member ON public.decision_corrections USING btree (tenant_id, member_id) WHERE (member_id IS NOT NULL);

CREATE INDEX idx_corrections_proposed ON public.decision_corrections USING btree (tenant_id, created_at) WHERE (state = 'proposed'::text);

CREATE INDEX idx_credit_transactions_user ON public.credit_transactions USING btree (user_id, created_at DESC);

CREATE INDEX idx_customers_email ON public.customers USING btree (user_id, lower(email)) WHERE (email IS NOT NULL);

CREATE INDEX idx_customers_full_name ON public.customers USING btree (user_id, lower(name)) WHERE (name IS NOT NULL);

CREATE INDEX idx_customers_name ON public.customers USING gin ((((((COALESCE(name, ''::text) || ' '::text) || COALESCE(username, ''::text)) || ' '::text) || COALESCE(phone_number, ''::text))) extensions.gin_trgm_ops);

CREATE INDEX idx_customers_other_ids ON public.customers USING gin (other_ids);

CREATE INDEX idx_customers_person ON public.customers USING btree (user_id, person_id) WHERE (person_id IS NOT NULL);

CREATE INDEX idx_customers_phone ON public.customers USING btree (user_id, phone_number) WHERE (phone_number IS NOT NULL);

CREATE INDEX idx_customers_picture ON public.customers USING btree (user_id, picture_blob_id) WHERE (picture_blob_id IS NOT NULL);

CREATE INDEX idx_customers_username ON public.customers USING btree (user_id, lower(username)) WHERE (username IS NOT NULL);

CREATE INDEX idx_documents_blob ON public.knowledge_documents USING btree (user_id, storage_object_id);

CREATE INDEX idx_drafts_conversation ON public.drafts USING btree (tenant_id, conversation_id, created_at DESC);

CREATE INDEX idx_drafts_decision ON public.drafts USING btree (tenant_id, decision_id);

CREATE INDEX idx_escalations_decision ON public.support_escalations USING btree (user_id, decision_id) WHERE (decision_id IS NOT NULL);

CREATE INDEX idx_escalations_queue ON public.support_escalations USING btree (user_id, status, created_at);

CREATE INDEX idx_escalations_resolved ON public.support_escalations USING btree (user_id, conversation_id, resolved_at DESC) WHERE (status = 'resolved'::text);

CREATE INDEX idx_expiries_until ON public.knowledge_expiries USING btree (tenant_id, until);

CREATE INDEX idx_faq_tsv ON public.faq_qa USING gin (tsv);

CREATE INDEX idx_faq_user ON public.faq_qa USING btree (user_id, enabled);

CREATE INDEX idx_gap_messages_gap ON public.knowledge_gap_messages USING btree (tenant_id, gap_id, asked_at);

CREATE INDEX idx_gaps_faq ON public.knowledge_gaps USING btree (tenant_id, faq_id) WHERE (faq_id IS NOT NULL);

CREATE INDEX idx_gaps_status ON public.knowledge_gaps USING btree (tenant_id, status);

CREATE INDEX idx_knowledge_docs_sha256 ON public.knowledge_documents USING btree (user_id, sha256);

CREATE INDEX idx_knowledge_docs_status ON public.knowledge_documents USING btree (status);

CREATE INDEX idx_knowledge_docs_user ON public.knowledge_documents USING btree (user_id, created_at DESC);

CREATE INDEX idx_messages_conversation ON public.conversation_messages USING btree (conversation_id, created_at DESC);

CREATE INDEX idx_messages_decision ON public.conversation_messages USING btree (user_id, ai_decision_id) WHERE (ai_decision_id IS NOT NULL);

CREATE INDEX idx_messages_platform ON public.conversation_messages USING btree (platform_message_id);

CREATE INDEX idx_messages_sent_by ON public.conversation_messages USING btree (user_id, sent_by) WHERE (sent_by IS NOT NULL);

CREATE INDEX idx_messages_thread ON public.conversation_messages USING btree (user_id, conversation_id, platform_at DESC, id DESC);

CREATE INDEX idx_monitored_posts_account ON public.monitored_posts USING btree (social_account_id);

CREATE INDEX idx_monitored_posts_next_check ON public.monitored_posts USING btree (next_check_at) WHERE (monitoring_enabled = true);

CREATE INDEX idx_monitored_posts_user ON public.monitored_posts USING btree (user_id);

CREATE INDEX idx_notes_conversation ON public.notes USING btree (tenant_id, conversation_id, created_at);

CREATE INDEX idx_outbox_confirmed ON public.outbox_items USING btree (tenant_id, channel_id, updated_at DESC) WHERE (state = ANY (ARRAY['delivered'::text, 'read'::text]));

CREATE INDEX idx_outbox_decision ON public.outbox_items USING btree (tenant_id, decision_id) WHERE (decision_id IS NOT NULL);

CREATE INDEX idx_outbox_due ON public.outbox_items USING btree (due_at, id) WHERE (state = 'queued'::text);

CREATE INDEX idx_outbox_leases ON public.outbox_items USING btree (lease_until) WHERE (state = ANY (ARRAY['claimed'::text, 'sending'::text]));

CREATE INDEX idx_outbox_open ON public.outbox_items USING btree (tenant_id, conversation_id, seq) WHERE (state = ANY (ARRAY['queued'::text, 'claimed'::text, 'sending'::text, 'unknown'::text, 'needs_human'::text, 'held'::text]));

CREATE INDEX idx_outbox_platform_id ON public.outbox_items USING btree (tenant_id, channel_id, platform_message_id) WHERE (platform_message_id IS NOT NULL);

CREATE INDEX idx_outbox_resend ON public.outbox_items USING btree (tenant_id, resend_of) WHERE (resend_of IS NOT NULL);

CREATE INDEX idx_outbox_unknown ON public.outbox_items USING btree (unknown_at) WHERE (state = 'unknown'::text);

CREATE INDEX idx_person_links_customer ON public.person_links USING btree (tenant_id, customer_id, linked_at DESC);

CREATE INDEX idx_person_links_linked_by ON public.person_links USING btree (tenant_id, linked_by) WHERE (linked_by IS NOT NULL);

CREATE INDEX idx_person_links_merge ON public.person_links USING btree (tenant_id, merge_id);

CREATE INDEX idx_person_links_person ON public.person_links USING btree (tenant_id, person_id);

CREATE INDEX idx_person_links_previous ON public.person_links USING btree (tenant_id, previous_person_id) WHERE (previous_person_id IS NOT NULL);

CREATE INDEX idx_person_links_undone_by ON public.person_links USING btree (tenant_id, undone_by) WHERE (undone_by IS NOT NULL);

CREATE INDEX idx_person_refusals_b ON public.person_refusals USING btree (tenant_id, customer_b);

CREATE INDEX idx_phrasings_tsv ON public.faq_phrasings USING gin (tsv);

CREATE INDEX idx_post_runs_scheduled_post ON public.post_runs USING btree (scheduled_post_id, created_at DESC);

CREATE INDEX idx_post_runs_tenant ON public.post_runs USING btree (user_id, scheduled_post_id);

CREATE INDEX idx_prices_product ON public.prices USING btree (product_id);

CREATE INDEX idx_scheduled_posts_channel ON public.scheduled_posts USING btree (channel_id, created_at DESC);

CREATE INDEX idx_scheduled_posts_due ON public.scheduled_posts USING btree (COALESCE(next_step_at, publish_at)) WHERE (status = ANY (ARRAY['queued'::text, 'publishing'::text]));

CREATE INDEX idx_scheduled_posts_platform ON public.scheduled_posts USING btree (platform, status);

CREATE INDEX idx_scheduled_posts_publish ON public.scheduled_posts USING btree (publish_at, status) WHERE (status = ANY (ARRAY['queued'::text, 'publishing'::text]));

CREATE INDEX idx_scheduled_posts_user ON public.scheduled_posts USING btree (user_id, created_at DESC);

CREATE INDEX idx_social_accounts_platform ON public.social_accounts USING btree (platform, account_id);

CREATE INDEX idx_social_accounts_user ON public.social_accounts USING btree (user_id);

CREATE INDEX idx_team_members_user ON public.team_members USING btree (user_id);

CREATE INDEX idx_triage_log_message ON public.ai_triage_rules_advanced USING btree (user_id, message_id);

CREATE INDEX idx_triage_log_rule ON public.ai_triage_rules_advanced USING btree (user_id, triage_rule_id, created_at DESC);

CREATE INDEX idx_triage_rules_rules ON public.triage_rules USING btree (tenant_id, rules_id);

CREATE INDEX idx_uses_document ON public.knowledge_uses USING btree (tenant_id, document_id, used_at) WHERE (document_id IS NOT NULL);

CREATE INDEX idx_uses_faq ON public.knowledge_uses USING btree (tenant_id, faq_id, used_at) WHERE (faq_id IS NOT NULL);

CREATE INDEX idx_vectors_entries ON public.knowledge_vectors USING btree (tenant_id, embedder) WHERE (chunk_id IS NULL);

CREATE INDEX idx_vectors_tenant ON public.knowledge_vectors USING btree (tenant_id, embedder);

CREATE INDEX idx_versions_blob ON public.document_versions USING btree (tenant_id, blob_id);

CREATE INDEX idx_waiting_updates_target ON public.waiting_updates USING btree (tenant_id, channel_id, target_platform_id);

CREATE INDEX idx_webhooks_due ON public.webhook_events USING btree (received_at, id) WHERE (state = 'pending'::text);

CREATE INDEX idx_webhooks_parked ON public.webhook_events USING btree (received_at) WHERE (state = 'parked'::text);

CREATE INDEX idx_webhooks_platform ON public.webhook_events USING btree (platform, created_at DESC);

CREATE INDEX idx_webhooks_processed ON public.webhook_events USING btree (processed, created_at);

CREATE INDEX idx_webhooks_tenant ON public.webhook_events USING btree (user_id) WHERE (user_id IS NOT NULL);

CREATE INDEX idx_words_entry ON public.knowledge_words USING btree (tenant_id, entry);

CREATE INDEX idx_words_keys ON public.knowledge_words USING gin (keys) WITH (gin_pending_list_limit='64');

CREATE UNIQUE INDEX support_escalations_one_open ON public.support_escalations USING btree (user_id, conversation_id) WHERE (status <> 'resolved'::text);

CREATE TRIGGER ai_rules_limits BEFORE INSERT OR UPDATE OF instructions, tone, ignore_examples, escalate_examples, respond_examples, allow_listed_links ON public.ai_rules FOR EACH ROW EXECUTE FUNCTION app.bound_rules();

CREATE TRIGGER ai_rules_touch BEFORE UPDATE ON public.ai_rules FOR EACH ROW EXECUTE FUNCTION app.touch();

CREATE TRIGGER ai_rules_version BEFORE UPDATE OF version ON public.ai_rules FOR EACH ROW EXECUTE FUNCTION app.count_rule_version();

CREATE TRIGGER ai_settings_touch BEFORE UPDATE ON public.ai_settings FOR EACH ROW EXECUTE FUNCTION app.touch();

CREATE TRIGGER analytics_touch BEFORE UPDATE ON public.analytics FOR EACH ROW EXECUTE FUNCTION app.touch();

CREATE TRIGGER assist_requests_touch BEFORE UPDATE ON public.assist_requests FOR EACH ROW EXECUTE FUNCTION app.touch();

CREATE TRIGGER attachments_forget_file AFTER DELETE OR UPDATE OF blob_id ON public.attachments FOR EACH ROW WHEN ((old.blob_id IS NOT NULL)) EXECUTE FUNCTION app.forget_file();

CREATE TRIGGER audit_log_chain BEFORE INSERT ON public.audit_log FOR EACH ROW EXECUTE FUNCTION app.chain_audit_row();

CREATE TRIGGER comment_checkpoint_touch BEFORE UPDATE ON public.comment_checkpoint FOR EACH ROW EXECUTE FUNCTION app.touch();

CREATE TRIGGER comment_deeds_touch BEFORE UPDATE ON public.comment_deeds FOR EACH ROW EXECUTE FUNCTION app.touch();

CREATE TRIGGER comments_time_author BEFORE UPDATE OF author_name, author_avatar_url ON public.comments FOR EACH ROW WHEN ((((new.author_name IS NOT NULL) AND (new.author_name IS DISTINCT FROM old.author_name)) OR ((new.author_avatar_url IS NOT NULL) AND (new.author_avatar_url IS DISTINCT FROM old.author_avatar_url)))) EXECUTE FUNCTION app.time_comment_author();

CREATE TRIGGER comments_time_text BEFORE UPDATE OF text ON public.comments FOR EACH ROW WHEN (((new.text IS NOT NULL) AND (new.text IS DISTINCT FROM old.text))) EXECUTE FUNCTION app.time_comment_text();

CREATE TRIGGER composer_drafts_touch BEFORE UPDATE ON public.composer_drafts FOR EACH ROW EXECUTE FUNCTION app.touch();

CREATE TRIGGER conversation_messages_touch BEFORE UPDATE ON public.conversation_messages FOR EACH ROW EXECUTE FUNCTION app.touch();

CREATE TRIGGER conversations_touch BEFORE UPDATE ON public.conversations FOR EACH ROW EXECUTE FUNCTION app.touch();

CREATE TRIGGER customers_time_profile BEFORE UPDATE OF name, username, phone_number, email, profile_pic_url ON public.customers FOR EACH ROW WHEN ((((new.name IS NOT NULL) AND (new.name IS DISTINCT FROM old.name)) OR ((new.username IS NOT NULL) AND (new.username IS DISTINCT FROM old.username)) OR ((new.phone_number IS NOT NULL) AND (new.phone_number IS DISTINCT FROM old.phone_number)) OR ((new.email IS NOT NULL) AND (new.email IS DISTINCT FROM old.email)) OR ((new.profile_pic_url IS NOT NULL) AND (new.profile_pic_url IS DISTINCT FROM old.profile_pic_url)))) EXECUTE FUNCTION app.time_profile();

CREATE TRIGGER customers_touch BEFORE UPDATE ON public.customers FOR EACH ROW EXECUTE FUNCTION app.touch();

CREATE TRIGGER decision_corrections_audit AFTER INSERT OR UPDATE OF should, state ON public.decision_corrections FOR EACH ROW EXECUTE FUNCTION app.audit_correction();

CREATE TRIGGER document_versions_forget AFTER DELETE OR UPDATE OF blob_id ON public.document_versions FOR EACH ROW EXECUTE FUNCTION app.forget_file();

CREATE TRIGGER document_versions_storage_delete AFTER DELETE ON public.document_versions REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION app.keep_storage('tenant_id', 'file_size_bytes');

CREATE TRIGGER document_versions_storage_insert AFTER INSERT ON public.document_versions REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION app.keep_storage('tenant_id', 'file_size_bytes');

CREATE TRIGGER document_versions_storage_update AFTER UPDATE ON public.document_versions REFERENCING OLD TABLE AS gone NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION app.keep_storage('tenant_id', 'file_size_bytes');

CREATE TRIGGER faq_phrasings_index_words BEFORE INSERT OR UPDATE OF text, tsv ON public.faq_phrasings FOR EACH ROW EXECUTE FUNCTION app.index_phrasing_words();

CREATE TRIGGER faq_phrasings_words_delete AFTER DELETE ON public.faq_phrasings REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION app.index_words();

CREATE TRIGGER faq_phrasings_words_insert AFTER INSERT ON public.faq_phrasings REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION app.index_words();

CREATE TRIGGER faq_phrasings_words_update AFTER UPDATE ON public.faq_phrasings REFERENCING OLD TABLE AS gone NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION app.index_words();

CREATE TRIGGER faq_qa_index_words BEFORE INSERT OR UPDATE OF question, answer, keywords, tsconfig, lang_code, tsv ON public.faq_qa FOR EACH ROW EXECUTE FUNCTION app.index_faq_words();

CREATE TRIGGER faq_qa_storage_delete AFTER DELETE ON public.faq_qa REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION app.keep_storage('user_id', 'text_size_bytes');

CREATE TRIGGER faq_qa_storage_insert AFTER INSERT ON public.faq_qa REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION app.keep_storage('user_id', 'text_size_bytes');

CREATE TRIGGER faq_qa_storage_update AFTER UPDATE ON public.faq_qa REFERENCING OLD TABLE AS gone NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION app.keep_storage('user_id', 'text_size_bytes');

CREATE TRIGGER faq_qa_touch BEFORE UPDATE ON public.faq_qa FOR EACH ROW EXECUTE FUNCTION app.touch();

CREATE TRIGGER faq_qa_words_delete AFTER DELETE ON public.faq_qa REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION app.index_words();

CREATE TRIGGER faq_qa_words_insert AFTER INSERT ON public.faq_qa REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION app.index_words();

CREATE TRIGGER faq_qa_words_update AFTER UPDATE ON public.faq_qa REFERENCING OLD TABLE AS gone NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION app.index_words();

CREATE TRIGGER knowledge_chunks_index_words BEFORE INSERT OR UPDATE OF content, heading, tsconfig, lang_code, tsv ON public.knowledge_chunks FOR EACH ROW EXECUTE FUNCTION app.index_chunk_words();

CREATE TRIGGER knowledge_chunks_words_delete AFTER DELETE ON public.knowledge_chunks REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION app.index_words();

CREATE TRIGGER knowledge_chunks_words_insert AFTER INSERT ON public.knowledge_chunks REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION app.index_words();

CREATE TRIGGER knowledge_chunks_words_update AFTER UPDATE ON public.knowledge_chunks REFERENCING OLD TABLE AS gone NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION app.index_words();

CREATE TRIGGER knowledge_documents_forget_original AFTER DELETE OR UPDATE OF storage_object_id ON public.knowledge_documents FOR EACH ROW EXECUTE FUNCTION app.forget_original();

CREATE TRIGGER knowledge_documents_storage_delete AFTER DELETE ON public.knowledge_documents REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION app.keep_storage('user_id', 'file_size_bytes');

CREATE TRIGGER knowledge_documents_storage_insert AFTER INSERT ON public.knowledge_documents REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION app.keep_storage('user_id', 'file_size_bytes');

CREATE TRIGGER knowledge_documents_storage_update AFTER UPDATE ON public.knowledge_documents REFERENCING OLD TABLE AS gone NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION app.keep_storage('user_id', 'file_size_bytes');

CREATE TRIGGER knowledge_documents_touch BEFORE UPDATE ON public.knowledge_documents FOR EACH ROW EXECUTE FUNCTION app.touch();

CREATE TRIGGER knowledge_words_count_added AFTER INSERT ON public.knowledge_words REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION app.count_words();

CREATE TRIGGER knowledge_words_count_gone AFTER DELETE ON public.knowledge_words REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION app.count_words();

CREATE TRIGGER kpi_2h_touch BEFORE UPDATE ON public.kpi_2h FOR EACH ROW EXECUTE FUNCTION app.touch();

CREATE TRIGGER monitored_posts_touch BEFORE UPDATE ON public.monitored_posts FOR EACH ROW EXECUTE FUNCTION app.touch();

CREATE TRIGGER monitoring_rules_touch BEFORE UPDATE ON public.monitoring_rules FOR EACH ROW EXECUTE FUNCTION app.touch();

CREATE TRIGGER outbox_items_touch BEFORE UPDATE ON public.outbox_items FOR EACH ROW EXECUTE FUNCTION app.touch();

CREATE TRIGGER prices_touch BEFORE UPDATE ON public.prices FOR EACH ROW EXECUTE FUNCTION app.touch();

CREATE TRIGGER products_touch BEFORE UPDATE ON public.products FOR EACH ROW EXECUTE FUNCTION app.touch();

CREATE TRIGGER saved_replies_touch BEFORE UPDATE ON public.saved_replies FOR EACH ROW EXECUTE FUNCTION app.touch();

CREATE TRIGGER scheduled_posts_touch BEFORE UPDATE ON public.scheduled_posts FOR EACH ROW EXECUTE FUNCTION app.touch();

CREATE TRIGGER social_accounts_owner_allows_auto BEFORE INSERT OR UPDATE OF assistant_mode ON public.social_accounts FOR EACH ROW EXECUTE FUNCTION app.owner_allows_auto();

CREATE TRIGGER social_accounts_owner_removes BEFORE UPDATE OF removed_at ON public.social_accounts FOR EACH ROW EXECUTE FUNCTION app.owner_removes_channels();

CREATE TRIGGER social_accounts_touch BEFORE UPDATE ON public.social_accounts FOR EACH ROW EXECUTE FUNCTION app.touch();

CREATE TRIGGER support_escalations_touch BEFORE UPDATE ON public.support_escalations FOR EACH ROW EXECUTE FUNCTION app.touch();

CREATE TRIGGER team_members_keep_an_owner BEFORE DELETE OR UPDATE ON public.team_members FOR EACH ROW EXECUTE FUNCTION app.keep_an_owner();

CREATE TRIGGER triage_rules_touch BEFORE UPDATE ON public.triage_rules FOR EACH ROW EXECUTE FUNCTION app.touch();

CREATE TRIGGER user_credits_touch BEFORE UPDATE ON public.user_credits FOR EACH ROW EXECUTE FUNCTION app.touch();

CREATE TRIGGER user_subscriptions_storage AFTER INSERT ON public.user_subscriptions FOR EACH ROW EXECUTE FUNCTION app.count_for_plan();

CREATE TRIGGER user_subscriptions_touch BEFORE UPDATE ON public.user_subscriptions FOR EACH ROW EXECUTE FUNCTION app.touch();

CREATE TRIGGER users_touch BEFORE UPDATE ON public.users FOR EACH ROW EXECUTE FUNCTION app.touch();

ALTER TABLE ONLY app_private.login_user
    ADD CONSTRAINT login_user_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY app_private.ticket
    ADD CONSTRAINT ticket_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ai_decisions
    ADD CONSTRAINT ai_decisions_user_id_conversation_id_fkey FOREIGN KEY (user_id, conversation_id) REFERENCES public.conversations(user_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ai_decisions
    ADD CONSTRAINT ai_decisions_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ai_rules
    ADD CONSTRAINT ai_rules_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ai_settings
    ADD CONSTRAINT ai_settings_model_id_fkey FOREIGN KEY (model_id) REFERENCES public.ai_models(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.ai_settings
    ADD CONSTRAINT ai_settings_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ai_triage_rules_advanced
    ADD CONSTRAINT ai_triage_rules_advanced_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ai_triage_rules_advanced
    ADD CONSTRAINT ai_triage_rules_advanced_user_id_message_id_fkey FOREIGN KEY (user_id, message_id) REFERENCES public.conversation_messages(user_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ai_triage_rules_advanced
    ADD CONSTRAINT ai_triage_rules_advanced_user_id_rule_id_fkey FOREIGN KEY (user_id, rule_id) REFERENCES public.ai_rules(user_id, id) ON DELETE SET NULL (rule_id);

ALTER TABLE ONLY public.ai_triage_rules_advanced
    ADD CONSTRAINT ai_triage_rules_advanced_user_id_triage_rule_id_fkey FOREIGN KEY (user_id, triage_rule_id) REFERENCES public.triage_rules(tenant_id, id) ON DELETE SET NULL (triage_rule_id);

ALTER TABLE ONLY public.analytics_history
    ADD CONSTRAINT analytics_history_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.analytics
    ADD CONSTRAINT analytics_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.assist_requests
    ADD CONSTRAINT assist_requests_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.assist_requests
    ADD CONSTRAINT assist_requests_tenant_id_requested_by_fkey FOREIGN KEY (tenant_id, requested_by) REFERENCES public.team_members(tenant_id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.assistant_threads
    ADD CONSTRAINT assistant_threads_tenant_id_conversation_id_fkey FOREIGN KEY (tenant_id, conversation_id) REFERENCES public.conversations(user_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.assistant_threads
    ADD CONSTRAINT assistant_threads_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.assistant_usage
    ADD CONSTRAINT assistant_usage_tenant_id_conversation_id_fkey FOREIGN KEY (tenant_id, conversation_id) REFERENCES public.conversations(user_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.assistant_usage
    ADD CONSTRAINT assistant_usage_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.attachments
    ADD CONSTRAINT attachments_tenant_id_blob_id_fkey FOREIGN KEY (tenant_id, blob_id) REFERENCES public.blobs(tenant_id, id);

ALTER TABLE ONLY public.attachments
    ADD CONSTRAINT attachments_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.attachments
    ADD CONSTRAINT attachments_tenant_id_message_id_fkey FOREIGN KEY (tenant_id, message_id) REFERENCES public.conversation_messages(user_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.audit_log
    ADD CONSTRAINT audit_log_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.blobs
    ADD CONSTRAINT blobs_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.channel_gaps
    ADD CONSTRAINT channel_gaps_tenant_id_channel_id_fkey FOREIGN KEY (tenant_id, channel_id) REFERENCES public.social_accounts(user_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.channel_gaps
    ADD CONSTRAINT channel_gaps_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.channel_health
    ADD CONSTRAINT channel_health_tenant_id_channel_id_fkey FOREIGN KEY (tenant_id, channel_id) REFERENCES public.social_accounts(user_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.channel_health
    ADD CONSTRAINT channel_health_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.cluster_items
    ADD CONSTRAINT cluster_items_user_id_cluster_id_fkey FOREIGN KEY (user_id, cluster_id) REFERENCES public.clusters(tenant_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.cluster_items
    ADD CONSTRAINT cluster_items_user_id_comment_id_fkey FOREIGN KEY (user_id, comment_id) REFERENCES public.comments(user_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.cluster_items
    ADD CONSTRAINT cluster_items_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.cluster_items
    ADD CONSTRAINT cluster_items_user_id_message_id_fkey FOREIGN KEY (user_id, message_id) REFERENCES public.conversation_messages(user_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.clusters
    ADD CONSTRAINT clusters_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.clusters
    ADD CONSTRAINT clusters_tenant_id_scope_ref_fkey FOREIGN KEY (tenant_id, scope_ref) REFERENCES public.monitored_posts(user_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.comment_checkpoint
    ADD CONSTRAINT comment_checkpoint_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.comment_checkpoint
    ADD CONSTRAINT comment_checkpoint_user_id_monitored_post_id_fkey FOREIGN KEY (user_id, monitored_post_id) REFERENCES public.monitored_posts(user_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.comment_deeds
    ADD CONSTRAINT comment_deeds_tenant_id_channel_id_fkey FOREIGN KEY (tenant_id, channel_id) REFERENCES public.social_accounts(user_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.comment_deeds
    ADD CONSTRAINT comment_deeds_tenant_id_comment_id_fkey FOREIGN KEY (tenant_id, comment_id) REFERENCES public.comments(user_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.comment_deeds
    ADD CONSTRAINT comment_deeds_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.comment_deeds
    ADD CONSTRAINT comment_deeds_tenant_id_member_id_fkey FOREIGN KEY (tenant_id, member_id) REFERENCES public.team_members(tenant_id, user_id) ON DELETE SET NULL (member_id);

ALTER TABLE ONLY public.comments
    ADD CONSTRAINT comments_user_id_ai_decision_id_fkey FOREIGN KEY (user_id, ai_decision_id) REFERENCES public.ai_decisions(user_id, id) ON DELETE SET NULL (ai_decision_id);

ALTER TABLE ONLY public.comments
    ADD CONSTRAINT comments_user_id_customer_id_fkey FOREIGN KEY (user_id, customer_id) REFERENCES public.customers(user_id, id) ON DELETE SET NULL (customer_id);

ALTER TABLE ONLY public.comments
    ADD CONSTRAINT comments_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.comments
    ADD CONSTRAINT comments_user_id_handled_by_fkey FOREIGN KEY (user_id, handled_by) REFERENCES public.team_members(tenant_id, user_id) ON DELETE SET NULL (handled_by);

ALTER TABLE ONLY public.comments
    ADD CONSTRAINT comments_user_id_monitored_post_id_fkey FOREIGN KEY (user_id, monitored_post_id) REFERENCES public.monitored_posts(user_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.composer_drafts
    ADD CONSTRAINT composer_drafts_tenant_id_conversation_id_fkey FOREIGN KEY (tenant_id, conversation_id) REFERENCES public.conversations(user_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.composer_drafts
    ADD CONSTRAINT composer_drafts_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.composer_drafts
    ADD CONSTRAINT composer_drafts_tenant_id_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES public.team_members(tenant_id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.conversation_labels
    ADD CONSTRAINT conversation_labels_tenant_id_conversation_id_fkey FOREIGN KEY (tenant_id, conversation_id) REFERENCES public.conversations(user_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.conversation_labels
    ADD CONSTRAINT conversation_labels_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.conversation_labels
    ADD CONSTRAINT conversation_labels_tenant_id_label_id_fkey FOREIGN KEY (tenant_id, label_id) REFERENCES public.labels(tenant_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.conversation_messages
    ADD CONSTRAINT conversation_messages_user_id_ai_decision_id_fkey FOREIGN KEY (user_id, ai_decision_id) REFERENCES public.ai_decisions(user_id, id) ON DELETE SET NULL (ai_decision_id);

ALTER TABLE ONLY public.conversation_messages
    ADD CONSTRAINT conversation_messages_user_id_conversation_id_fkey FOREIGN KEY (user_id, conversation_id) REFERENCES public.conversations(user_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.conversation_messages
    ADD CONSTRAINT conversation_messages_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.conversation_messages
    ADD CONSTRAINT conversation_messages_user_id_sent_by_fkey FOREIGN KEY (user_id, sent_by) REFERENCES public.team_members(tenant_id, user_id) ON DELETE SET NULL (sent_by);

ALTER TABLE ONLY public.conversations
    ADD CONSTRAINT conversations_user_id_assignee_user_id_fkey FOREIGN KEY (user_id, assignee_user_id) REFERENCES public.team_members(tenant_id, user_id) ON DELETE SET NULL (assignee_user_id);

ALTER TABLE ONLY public.conversations
    ADD CONSTRAINT conversations_user_id_customer_id_fkey FOREIGN KEY (user_id, customer_id) REFERENCES public.customers(user_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.conversations
    ADD CONSTRAINT conversations_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.conversations
    ADD CONSTRAINT conversations_user_id_social_account_id_fkey FOREIGN KEY (user_id, social_account_id) REFERENCES public.social_accounts(user_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.credit_transactions
    ADD CONSTRAINT credit_transactions_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.customers
    ADD CONSTRAINT customers_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.customers
    ADD CONSTRAINT customers_user_id_person_id_fkey FOREIGN KEY (user_id, person_id) REFERENCES public.people(tenant_id, id) ON DELETE SET NULL (person_id);

ALTER TABLE ONLY public.customers
    ADD CONSTRAINT customers_user_id_picture_blob_id_fkey FOREIGN KEY (user_id, picture_blob_id) REFERENCES public.blobs(tenant_id, id) ON DELETE SET NULL (picture_blob_id);

ALTER TABLE ONLY public.customers
    ADD CONSTRAINT customers_user_id_social_account_id_fkey FOREIGN KEY (user_id, social_account_id) REFERENCES public.social_accounts(user_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.decision_corrections
    ADD CONSTRAINT decision_corrections_tenant_id_decision_id_fkey FOREIGN KEY (tenant_id, decision_id) REFERENCES public.ai_decisions(user_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.decision_corrections
    ADD CONSTRAINT decision_corrections_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.decision_corrections
    ADD CONSTRAINT decision_corrections_tenant_id_member_id_fkey FOREIGN KEY (tenant_id, member_id) REFERENCES public.team_members(tenant_id, user_id) ON DELETE SET NULL (member_id);

ALTER TABLE ONLY public.decision_rules
    ADD CONSTRAINT decision_rules_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.document_versions
    ADD CONSTRAINT document_versions_tenant_id_blob_id_fkey FOREIGN KEY (tenant_id, blob_id) REFERENCES public.blobs(tenant_id, id);

ALTER TABLE ONLY public.document_versions
    ADD CONSTRAINT document_versions_tenant_id_document_id_fkey FOREIGN KEY (tenant_id, document_id) REFERENCES public.knowledge_documents(user_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.document_versions
    ADD CONSTRAINT document_versions_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.drafts
    ADD CONSTRAINT drafts_tenant_id_conversation_id_fkey FOREIGN KEY (tenant_id, conversation_id) REFERENCES public.conversations(user_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.drafts
    ADD CONSTRAINT drafts_tenant_id_decided_by_fkey FOREIGN KEY (tenant_id, decided_by) REFERENCES public.team_members(tenant_id, user_id) ON DELETE SET NULL (decided_by);

ALTER TABLE ONLY public.drafts
    ADD CONSTRAINT drafts_tenant_id_decision_id_fkey FOREIGN KEY (tenant_id, decision_id) REFERENCES public.ai_decisions(user_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.drafts
    ADD CONSTRAINT drafts_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.drafts
    ADD CONSTRAINT drafts_tenant_id_newest_inbound_id_fkey FOREIGN KEY (tenant_id, newest_inbound_id) REFERENCES public.conversation_messages(user_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.faq_phrasings
    ADD CONSTRAINT faq_phrasings_tenant_id_faq_id_fkey FOREIGN KEY (tenant_id, faq_id) REFERENCES public.faq_qa(user_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.faq_phrasings
    ADD CONSTRAINT faq_phrasings_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.faq_qa
    ADD CONSTRAINT faq_qa_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.inbound_keys
    ADD CONSTRAINT inbound_keys_tenant_id_channel_id_fkey FOREIGN KEY (tenant_id, channel_id) REFERENCES public.social_accounts(user_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.inbound_keys
    ADD CONSTRAINT inbound_keys_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.knowledge_chunks
    ADD CONSTRAINT knowledge_chunks_user_id_document_id_fkey FOREIGN KEY (user_id, document_id) REFERENCES public.knowledge_documents(user_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.knowledge_chunks
    ADD CONSTRAINT knowledge_chunks_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.knowledge_conflicts
    ADD CONSTRAINT knowledge_conflicts_tenant_id_dismissed_by_fkey FOREIGN KEY (tenant_id, dismissed_by) REFERENCES public.team_members(tenant_id, user_id) ON DELETE SET NULL (dismissed_by);

ALTER TABLE ONLY public.knowledge_conflicts
    ADD CONSTRAINT knowledge_conflicts_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.knowledge_conflicts
    ADD CONSTRAINT knowledge_conflicts_tenant_id_one_chunk_fkey FOREIGN KEY (tenant_id, one_chunk) REFERENCES public.knowledge_chunks(user_id, id) ON DELETE SET NULL (one_chunk);

ALTER TABLE ONLY public.knowledge_conflicts
    ADD CONSTRAINT knowledge_conflicts_tenant_id_one_document_fkey FOREIGN KEY (tenant_id, one_document) REFERENCES public.knowledge_documents(user_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.knowledge_conflicts
    ADD CONSTRAINT knowledge_conflicts_tenant_id_other_chunk_fkey FOREIGN KEY (tenant_id, other_chunk) REFERENCES public.knowledge_chunks(user_id, id) ON DELETE SET NULL (other_chunk);

ALTER TABLE ONLY public.knowledge_conflicts
    ADD CONSTRAINT knowledge_conflicts_tenant_id_other_document_fkey FOREIGN KEY (tenant_id, other_document) REFERENCES public.knowledge_documents(user_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.knowledge_documents
    ADD CONSTRAINT knowledge_documents_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.knowledge_expiries
    ADD CONSTRAINT knowledge_expiries_tenant_id_chunk_id_fkey FOREIGN KEY (tenant_id, chunk_id) REFERENCES public.knowledge_chunks(user_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.knowledge_expiries
    ADD CONSTRAINT knowledge_expiries_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.knowledge_gap_messages
    ADD CONSTRAINT knowledge_gap_messages_tenant_id_escalation_id_fkey FOREIGN KEY (tenant_id, escalation_id) REFERENCES public.support_escalations(user_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.knowledge_gap_messages
    ADD CONSTRAINT knowledge_gap_messages_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.knowledge_gap_messages
    ADD CONSTRAINT knowledge_gap_messages_tenant_id_gap_id_fkey FOREIGN KEY (tenant_id, gap_id) REFERENCES public.knowledge_gaps(tenant_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.knowledge_gaps
    ADD CONSTRAINT knowledge_gaps_tenant_id_decided_by_fkey FOREIGN KEY (tenant_id, decided_by) REFERENCES public.team_members(tenant_id, user_id) ON DELETE SET NULL (decided_by);

ALTER TABLE ONLY public.knowledge_gaps
    ADD CONSTRAINT knowledge_gaps_tenant_id_faq_id_fkey FOREIGN KEY (tenant_id, faq_id) REFERENCES public.faq_qa(user_id, id) ON DELETE SET NULL (faq_id);

ALTER TABLE ONLY public.knowledge_gaps
    ADD CONSTRAINT knowledge_gaps_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.knowledge_lexemes
    ADD CONSTRAINT knowledge_lexemes_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.knowledge_sizes
    ADD CONSTRAINT knowledge_sizes_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.knowledge_uses
    ADD CONSTRAINT knowledge_uses_tenant_id_decision_id_fkey FOREIGN KEY (tenant_id, decision_id) REFERENCES public.ai_decisions(user_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.knowledge_uses
    ADD CONSTRAINT knowledge_uses_tenant_id_document_id_fkey FOREIGN KEY (tenant_id, document_id) REFERENCES public.knowledge_documents(user_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.knowledge_uses
    ADD CONSTRAINT knowledge_uses_tenant_id_faq_id_fkey FOREIGN KEY (tenant_id, faq_id) REFERENCES public.faq_qa(user_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.knowledge_uses
    ADD CONSTRAINT knowledge_uses_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.knowledge_vectors
    ADD CONSTRAINT knowledge_vectors_tenant_id_chunk_id_fkey FOREIGN KEY (tenant_id, chunk_id) REFERENCES public.knowledge_chunks(user_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.knowledge_vectors
    ADD CONSTRAINT knowledge_vectors_tenant_id_faq_id_fkey FOREIGN KEY (tenant_id, faq_id) REFERENCES public.faq_qa(user_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.knowledge_vectors
    ADD CONSTRAINT knowledge_vectors_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.knowledge_vectors
    ADD CONSTRAINT knowledge_vectors_tenant_id_phrasing_id_fkey FOREIGN KEY (tenant_id, phrasing_id) REFERENCES public.faq_phrasings(tenant_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.knowledge_windows
    ADD CONSTRAINT knowledge_windows_tenant_id_chunk_id_fkey FOREIGN KEY (tenant_id, chunk_id) REFERENCES public.knowledge_chunks(user_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.knowledge_windows
    ADD CONSTRAINT knowledge_windows_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.knowledge_words
    ADD CONSTRAINT knowledge_words_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.kpi_2h
    ADD CONSTRAINT kpi_2h_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.labels
    ADD CONSTRAINT labels_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.message_templates
    ADD CONSTRAINT message_templates_tenant_id_channel_id_fkey FOREIGN KEY (tenant_id, channel_id) REFERENCES public.social_accounts(user_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.message_templates
    ADD CONSTRAINT message_templates_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.monitored_posts
    ADD CONSTRAINT monitored_posts_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.monitored_posts
    ADD CONSTRAINT monitored_posts_user_id_social_account_id_fkey FOREIGN KEY (user_id, social_account_id) REFERENCES public.social_accounts(user_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.monitoring_rules
    ADD CONSTRAINT monitoring_rules_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.monitoring_rules
    ADD CONSTRAINT monitoring_rules_user_id_social_account_id_fkey FOREIGN KEY (user_id, social_account_id) REFERENCES public.social_accounts(user_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.notes
    ADD CONSTRAINT notes_tenant_id_author_user_id_fkey FOREIGN KEY (tenant_id, author_user_id) REFERENCES public.team_members(tenant_id, user_id) ON DELETE SET NULL (author_user_id);

ALTER TABLE ONLY public.notes
    ADD CONSTRAINT notes_tenant_id_conversation_id_fkey FOREIGN KEY (tenant_id, conversation_id) REFERENCES public.conversations(user_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.notes
    ADD CONSTRAINT notes_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.notices_channels
    ADD CONSTRAINT notices_channels_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.outbox_items
    ADD CONSTRAINT outbox_items_tenant_id_channel_id_fkey FOREIGN KEY (tenant_id, channel_id) REFERENCES public.social_accounts(user_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.outbox_items
    ADD CONSTRAINT outbox_items_tenant_id_conversation_id_fkey FOREIGN KEY (tenant_id, conversation_id) REFERENCES public.conversations(user_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.outbox_items
    ADD CONSTRAINT outbox_items_tenant_id_decision_id_fkey FOREIGN KEY (tenant_id, decision_id) REFERENCES public.ai_decisions(user_id, id) ON DELETE SET NULL (decision_id);

ALTER TABLE ONLY public.outbox_items
    ADD CONSTRAINT outbox_items_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.outbox_items
    ADD CONSTRAINT outbox_items_tenant_id_message_id_fkey FOREIGN KEY (tenant_id, message_id) REFERENCES public.conversation_messages(user_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.outbox_items
    ADD CONSTRAINT outbox_items_tenant_id_resend_of_fkey FOREIGN KEY (tenant_id, resend_of) REFERENCES public.outbox_items(tenant_id, id) ON DELETE SET NULL (resend_of);

ALTER TABLE ONLY public.people
    ADD CONSTRAINT people_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.person_links
    ADD CONSTRAINT person_links_tenant_id_customer_id_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES public.customers(user_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.person_links
    ADD CONSTRAINT person_links_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.person_links
    ADD CONSTRAINT person_links_tenant_id_linked_by_fkey FOREIGN KEY (tenant_id, linked_by) REFERENCES public.team_members(tenant_id, user_id) ON DELETE SET NULL (linked_by);

ALTER TABLE ONLY public.person_links
    ADD CONSTRAINT person_links_tenant_id_person_id_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES public.people(tenant_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.person_links
    ADD CONSTRAINT person_links_tenant_id_previous_person_id_fkey FOREIGN KEY (tenant_id, previous_person_id) REFERENCES public.people(tenant_id, id) ON DELETE SET NULL (previous_person_id);

ALTER TABLE ONLY public.person_links
    ADD CONSTRAINT person_links_tenant_id_undone_by_fkey FOREIGN KEY (tenant_id, undone_by) REFERENCES public.team_members(tenant_id, user_id) ON DELETE SET NULL (undone_by);

ALTER TABLE ONLY public.person_refusals
    ADD CONSTRAINT person_refusals_tenant_id_customer_a_fkey FOREIGN KEY (tenant_id, customer_a) REFERENCES public.customers(user_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.person_refusals
    ADD CONSTRAINT person_refusals_tenant_id_customer_b_fkey FOREIGN KEY (tenant_id, customer_b) REFERENCES public.customers(user_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.person_refusals
    ADD CONSTRAINT person_refusals_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.post_runs
    ADD CONSTRAINT post_runs_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.post_runs
    ADD CONSTRAINT post_runs_user_id_scheduled_post_id_fkey FOREIGN KEY (user_id, scheduled_post_id) REFERENCES public.scheduled_posts(user_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.prices
    ADD CONSTRAINT prices_product_id_fkey FOREIGN KEY (product_id) REFERENCES public.products(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.released_topics
    ADD CONSTRAINT released_topics_tenant_id_channel_id_fkey FOREIGN KEY (tenant_id, channel_id) REFERENCES public.social_accounts(user_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.released_topics
    ADD CONSTRAINT released_topics_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.released_topics
    ADD CONSTRAINT released_topics_tenant_id_released_by_fkey FOREIGN KEY (tenant_id, released_by) REFERENCES public.team_members(tenant_id, user_id) ON DELETE SET NULL (released_by);

ALTER TABLE ONLY public.saved_replies
    ADD CONSTRAINT saved_replies_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.scheduled_posts
    ADD CONSTRAINT scheduled_posts_user_id_channel_id_fkey FOREIGN KEY (user_id, channel_id) REFERENCES public.social_accounts(user_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.scheduled_posts
    ADD CONSTRAINT scheduled_posts_user_id_created_by_fkey FOREIGN KEY (user_id, created_by) REFERENCES public.team_members(tenant_id, user_id) ON DELETE SET NULL (created_by);

ALTER TABLE ONLY public.scheduled_posts
    ADD CONSTRAINT scheduled_posts_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.social_accounts
    ADD CONSTRAINT social_accounts_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.staged_chunks
    ADD CONSTRAINT staged_chunks_tenant_id_document_id_fkey FOREIGN KEY (tenant_id, document_id) REFERENCES public.knowledge_documents(user_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.staged_chunks
    ADD CONSTRAINT staged_chunks_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.support_escalations
    ADD CONSTRAINT support_escalations_user_id_assigned_to_fkey FOREIGN KEY (user_id, assigned_to) REFERENCES public.team_members(tenant_id, user_id) ON DELETE SET NULL (assigned_to);

ALTER TABLE ONLY public.support_escalations
    ADD CONSTRAINT support_escalations_user_id_conversation_id_fkey FOREIGN KEY (user_id, conversation_id) REFERENCES public.conversations(user_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.support_escalations
    ADD CONSTRAINT support_escalations_user_id_decision_id_fkey FOREIGN KEY (user_id, decision_id) REFERENCES public.ai_decisions(user_id, id) ON DELETE SET NULL (decision_id);

ALTER TABLE ONLY public.support_escalations
    ADD CONSTRAINT support_escalations_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.support_escalations
    ADD CONSTRAINT support_escalations_user_id_message_id_fkey FOREIGN KEY (user_id, message_id) REFERENCES public.conversation_messages(user_id, id) ON DELETE SET NULL (message_id);

ALTER TABLE ONLY public.team_members
    ADD CONSTRAINT team_members_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.team_members
    ADD CONSTRAINT team_members_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.tombstones
    ADD CONSTRAINT tombstones_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.triage_rules
    ADD CONSTRAINT triage_rules_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.triage_rules
    ADD CONSTRAINT triage_rules_tenant_id_rules_id_fkey FOREIGN KEY (tenant_id, rules_id) REFERENCES public.ai_rules(user_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.user_credits
    ADD CONSTRAINT user_credits_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.user_subscriptions
    ADD CONSTRAINT user_subscriptions_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.waiting_updates
    ADD CONSTRAINT waiting_updates_tenant_id_channel_id_fkey FOREIGN KEY (tenant_id, channel_id) REFERENCES public.social_accounts(user_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.waiting_updates
    ADD CONSTRAINT waiting_updates_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.webhook_events
    ADD CONSTRAINT webhook_events_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

CREATE POLICY "Defer reads what may be deferred" ON app_private.deferrable_job FOR SELECT TO app_owner USING (true);

CREATE POLICY "Heartbeat functions keep the workers" ON app_private.workers TO app_owner USING (true) WITH CHECK (true);

CREATE POLICY "Identity functions keep gateways" ON app_private.gateway TO app_owner USING (true) WITH CHECK (true);

CREATE POLICY "Identity functions keep logins" ON app_private.login_user TO app_owner USING (true) WITH CHECK (true);

CREATE POLICY "Identity functions keep service logins" ON app_private.service_login TO app_owner USING (true) WITH CHECK (true);

CREATE POLICY "Identity functions keep tickets" ON app_private.ticket TO app_owner USING (true) WITH CHECK (true);

CREATE POLICY "Leadership functions keep the leader" ON app_private.leader TO app_owner USING (true) WITH CHECK (true);

CREATE POLICY "The runner keeps its history" ON app_private.schema_version TO app_owner USING (true) WITH CHECK (true);

CREATE POLICY "The runner keeps the libraries' history" ON app_private.library_schema TO app_owner USING (true) WITH CHECK (true);

ALTER TABLE app_private.deferrable_job ENABLE ROW LEVEL SECURITY;

ALTER TABLE app_private.gateway ENABLE ROW LEVEL SECURITY;

ALTER TABLE app_private.leader ENABLE ROW LEVEL SECURITY;

ALTER TABLE app_private.library_schema ENABLE ROW LEVEL SECURITY;

ALTER TABLE app_private.login_user ENABLE ROW LEVEL SECURITY;

ALTER TABLE app_private.schema_version ENABLE ROW LEVEL SECURITY;

ALTER TABLE app_private.service_login ENABLE ROW LEVEL SECURITY;

ALTER TABLE app_private.ticket ENABLE ROW LEVEL SECURITY;

ALTER TABLE app_private.workers ENABLE ROW LEVEL SECURITY;

CREATE POLICY "A new post has not begun" ON public.scheduled_posts AS RESTRICTIVE FOR INSERT TO app_member WITH CHECK (((status = ANY (ARRAY['draft'::text, 'queued'::text])) AND (phase = 'started'::text) AND (fence IS NULL) AND (platform_post_id IS NULL) AND (begun_at IS NULL) AND (published_at IS NULL)));

CREATE POLICY "A post that has begun is left alone" ON public.scheduled_posts AS RESTRICTIVE FOR UPDATE TO app_member USING (((status = ANY (ARRAY['draft'::text, 'queued'::text])) AND (phase = 'started'::text) AND (lease_until IS NULL))) WITH CHECK (((status = ANY (ARRAY['draft'::text, 'queued'::text])) AND (phase = 'started'::text) AND (lease_until IS NULL)));

CREATE POLICY "Admins can delete own document_versions" ON public.document_versions FOR DELETE TO app_member USING ((tenant_id = ANY (ARRAY( SELECT app.tenants('admin'::text) AS tenants))));

CREATE POLICY "Admins can delete own faq_phrasings" ON public.faq_phrasings FOR DELETE TO app_member USING ((tenant_id = ANY (ARRAY( SELECT app.tenants('admin'::text) AS tenants))));

CREATE POLICY "Admins can delete own faq_qa" ON public.faq_qa FOR DELETE TO app_member USING ((user_id = ANY (ARRAY( SELECT app.tenants('admin'::text) AS tenants))));

CREATE POLICY "Admins can delete own knowledge_documents" ON public.knowledge_documents FOR DELETE TO app_member USING ((user_id = ANY (ARRAY( SELECT app.tenants('admin'::text) AS tenants))));

CREATE POLICY "Admins can delete own knowledge_vectors" ON public.knowledge_vectors FOR DELETE TO app_member USING ((tenant_id = ANY (ARRAY( SELECT app.tenants('admin'::text) AS tenants))));

CREATE POLICY "Admins can delete own labels" ON public.labels FOR DELETE TO app_member USING ((tenant_id = ANY (ARRAY( SELECT app.tenants('admin'::text) AS tenants))));

CREATE POLICY "Admins can delete own monitoring_rules" ON public.monitoring_rules FOR DELETE TO app_member USING ((user_id = ANY (ARRAY( SELECT app.tenants('admin'::text) AS tenants))));

CREATE POLICY "Admins can delete own notes" ON public.notes FOR DELETE TO app_member USING ((tenant_id = ANY (ARRAY( SELECT app.tenants('admin'::text) AS tenants))));

CREATE POLICY "Admins can delete own released_topics" ON public.released_topics FOR DELETE TO app_member USING ((tenant_id = ANY (ARRAY( SELECT app.tenants('admin'::text) AS tenants))));

CREATE POLICY "Admins can delete own saved_replies" ON public.saved_replies FOR DELETE TO app_member USING ((tenant_id = ANY (ARRAY( SELECT app.tenants('admin'::text) AS tenants))));

CREATE POLICY "Admins can delete own triage_rules" ON public.triage_rules FOR DELETE TO app_member USING ((tenant_id = ANY (ARRAY( SELECT app.tenants('admin'::text) AS tenants))));

CREATE POLICY "Admins can insert own channel_health" ON public.channel_health FOR INSERT TO app_member WITH CHECK ((tenant_id = ANY (ARRAY( SELECT app.tenants('admin'::text) AS tenants))));

CREATE POLICY "Admins can insert own document_versions" ON public.document_versions FOR INSERT TO app_member WITH CHECK ((tenant_id = ANY (ARRAY( SELECT app.tenants('admin'::text) AS tenants))));

CREATE POLICY "Admins can insert own faq_phrasings" ON public.faq_phrasings FOR INSERT TO app_member WITH CHECK ((tenant_id = ANY (ARRAY( SELECT app.tenants('admin'::text) AS tenants))));

CREATE POLICY "Admins can insert own faq_qa" ON public.faq_qa FOR INSERT TO app_member WITH CHECK ((user_id = ANY (ARRAY( SELECT app.tenants('admin'::text) AS tenants))));

CREATE POLICY "Admins can insert own knowledge_documents" ON public.knowledge_documents FOR INSERT TO app_member WITH CHECK ((user_id = ANY (ARRAY( SELECT app.tenants('admin'::text) AS tenants))));

CREATE POLICY "Admins can insert own knowledge_vectors" ON public.knowledge_vectors FOR INSERT TO app_member WITH CHECK ((tenant_id = ANY (ARRAY( SELECT app.tenants('admin'::text) AS tenants))));

CREATE POLICY "Admins can insert own labels" ON public.labels FOR INSERT TO app_member WITH CHECK ((tenant_id = ANY (ARRAY( SELECT app.tenants('admin'::text) AS tenants))));

CREATE POLICY "Admins can insert own monitored_posts" ON public.monitored_posts FOR INSERT TO app_member WITH CHECK ((user_id = ANY (ARRAY( SELECT app.tenants('admin'::text) AS tenants))));

CREATE POLICY "Admins can insert own monitoring_rules" ON public.monitoring_rules FOR INSERT TO app_member WITH CHECK ((user_id = ANY (ARRAY( SELECT app.tenants('admin'::text) AS tenants))));

CREATE POLICY "Admins can insert own released_topics" ON public.released_topics FOR INSERT TO app_member WITH CHECK ((tenant_id = ANY (ARRAY( SELECT app.tenants('admin'::text) AS tenants))));

CREATE POLICY "Admins can insert own saved_replies" ON public.saved_replies FOR INSERT TO app_member WITH CHECK ((tenant_id = ANY (ARRAY( SELECT app.tenants('admin'::text) AS tenants))));

CREATE POLICY "Admins can insert own social_accounts" ON public.social_accounts FOR INSERT TO app_member WITH CHECK ((user_id = ANY (ARRAY( SELECT app.tenants('admin'::text) AS tenants))));

CREATE POLICY "Admins can insert own triage_rules" ON public.triage_rules FOR INSERT TO app_member WITH CHECK ((tenant_id = ANY (ARRAY( SELECT app.tenants('admin'::text) AS tenants))));

CREATE POLICY "Admins can invite team_members below owners" ON public.team_members FOR INSERT TO app_member WITH CHECK (((tenant_id = ANY (ARRAY( SELECT app.tenants('admin'::text) AS tenants))) AND (role <> 'owner'::text)));

CREATE POLICY "Admins can update other team_members below owners" ON public.team_members FOR UPDATE TO app_member USING (((tenant_id = ANY (ARRAY( SELECT app.tenants('admin'::text) AS tenants))) AND (role <> 'owner'::text) AND (user_id <> ( SELECT app.uid() AS uid)))) WITH CHECK (((tenant_id = ANY (ARRAY( SELECT app.tenants('admin'::text) AS tenants))) AND (role <> 'owner'::text) AND (user_id <> ( SELECT app.uid() AS uid))));

CREATE POLICY "Admins can update own ai_rules" ON public.ai_rules FOR UPDATE TO app_member USING ((user_id = ANY (ARRAY( SELECT app.tenants('admin'::text) AS tenants)))) WITH CHECK ((user_id = ANY (ARRAY( SELECT app.tenants('admin'::text) AS tenants))));

CREATE POLICY "Admins can update own ai_settings" ON public.ai_settings FOR UPDATE TO app_member USING ((user_id = ANY (ARRAY( SELECT app.tenants('admin'::text) AS tenants)))) WITH CHECK ((user_id = ANY (ARRAY( SELECT app.tenants('admin'::text) AS tenants))));

CREATE POLICY "Admins can update own channel_health" ON public.channel_health FOR UPDATE TO app_member USING ((tenant_id = ANY (ARRAY( SELECT app.tenants('admin'::text) AS tenants)))) WITH CHECK ((tenant_id = ANY (ARRAY( SELECT app.tenants('admin'::text) AS tenants))));

CREATE POLICY "Admins can update own decision_corrections" ON public.decision_corrections FOR UPDATE TO app_member USING ((tenant_id = ANY (ARRAY( SELECT app.tenants('admin'::text) AS tenants)))) WITH CHECK ((tenant_id = ANY (ARRAY( SELECT app.tenants('admin'::text) AS tenants))));

CREATE POLICY "Admins can update own document_versions" ON public.document_versions FOR UPDATE TO app_member USING ((tenant_id = ANY (ARRAY( SELECT app.tenants('admin'::text) AS tenants)))) WITH CHECK ((tenant_id = ANY (ARRAY( SELECT app.tenants('admin'::text) AS tenants))));

CREATE POLICY "Admins can update own faq_phrasings" ON public.faq_phrasings FOR UPDATE TO app_member USING ((tenant_id = ANY (ARRAY( SELECT app.tenants('admin'::text) AS tenants)))) WITH CHECK ((tenant_id = ANY (ARRAY( SELECT app.tenants('admin'::text) AS tenants))));

CREATE POLICY "Admins can update own faq_qa" ON public.faq_qa FOR UPDATE TO app_member USING ((user_id = ANY (ARRAY( SELECT app.tenants('admin'::text) AS tenants)))) WITH CHECK ((user_id = ANY (ARRAY( SELECT app.tenants('admin'::text) AS tenants))));

CREATE POLICY "Admins can update own knowledge_conflicts" ON public.knowledge_conflicts FOR UPDATE TO app_member USING ((tenant_id = ANY (ARRAY( SELECT app.tenants('admin'::text) AS tenants)))) WITH CHECK ((tenant_id = ANY (ARRAY( SELECT app.tenants('admin'::text) AS tenants))));

CREATE POLICY "Admins can update own knowledge_documents" ON public.knowledge_documents FOR UPDATE TO app_member USING ((user_id = ANY (ARRAY( SELECT app.tenants('admin'::text) AS tenants)))) WITH CHECK ((user_id = ANY (ARRAY( SELECT app.tenants('admin'::text) AS tenants))));

CREATE POLICY "Admins can update own knowledge_gap_messages" ON public.knowledge_gap_messages FOR UPDATE TO app_member USING ((tenant_id = ANY (ARRAY( SELECT app.tenants('admin'::text) AS tenants)))) WITH CHECK ((tenant_id = ANY (ARRAY( SELECT app.tenants('admin'::text) AS tenants))));

CREATE POLICY "Admins can update own knowledge_gaps" ON public.knowledge_gaps FOR UPDATE TO app_member USING ((tenant_id = ANY (ARRAY( SELECT app.tenants('admin'::text) AS tenants)))) WITH CHECK ((tenant_id = ANY (ARRAY( SELECT app.tenants('admin'::text) AS tenants))));

CREATE POLICY "Admins can update own knowledge_vectors" ON public.knowledge_vectors FOR UPDATE TO app_member USING ((tenant_id = ANY (ARRAY( SELECT app.tenants('admin'::text) AS tenants)))) WITH CHECK ((tenant_id = ANY (ARRAY( SELECT app.tenants('admin'::text) AS tenants))));

CREATE POLICY "Admins can update own labels" ON public.labels FOR UPDATE TO app_member USING ((tenant_id = ANY (ARRAY( SELECT app.tenants('admin'::text) AS tenants)))) WITH CHECK ((tenant_id = ANY (ARRAY( SELECT app.tenants('admin'::text) AS tenants))));

CREATE POLICY "Admins can update own monitored_posts" ON public.monitored_posts FOR UPDATE TO app_member USING ((user_id = ANY (ARRAY( SELECT app.tenants('admin'::text) AS tenants)))) WITH CHECK ((user_id = ANY (ARRAY( SELECT app.tenants('admin'::text) AS tenants))));

CREATE POLICY "Admins can update own monitoring_rules" ON public.monitoring_rules FOR UPDATE TO app_member USING ((user_id = ANY (ARRAY( SELECT app.tenants('admin'::text) AS tenants)))) WITH CHECK ((user_id = ANY (ARRAY( SELECT app.tenants('admin'::text) AS tenants))));

CREATE POLICY "Admins can update own notes" ON public.notes FOR UPDATE TO app_member USING ((tenant_id = ANY (ARRAY( SELECT app.tenants('admin'::text) AS tenants)))) WITH CHECK ((tenant_id = ANY (ARRAY( SELECT app.tenants('admin'::text) AS tenants))));

CREATE POLICY "Admins can update own saved_replies" ON public.saved_replies FOR UPDATE TO app_member USING ((tenant_id = ANY (ARRAY( SELECT app.tenants('admin'::text) AS tenants)))) WITH CHECK ((tenant_id = ANY (ARRAY( SELECT app.tenants('admin'::text) AS tenants))));

CREATE POLICY "Admins can update own social_accounts" ON public.social_accounts FOR UPDATE TO app_member USING ((user_id = ANY (ARRAY( SELECT app.tenants('admin'::text) AS tenants)))) WITH CHECK ((user_id = ANY (ARRAY( SELECT app.tenants('admin'::text) AS tenants))));

CREATE POLICY "Admins can update own triage_rules" ON public.triage_rules FOR UPDATE TO app_member USING ((tenant_id = ANY (ARRAY( SELECT app.tenants('admin'::text) AS tenants)))) WITH CHECK ((tenant_id = ANY (ARRAY( SELECT app.tenants('admin'::text) AS tenants))));

CREATE POLICY "Admins can view own audit_log" ON public.audit_log FOR SELECT TO app_member USING ((tenant_id = ANY (ARRAY( SELECT app.tenants('admin'::text) AS tenants))));

CREATE POLICY "Admins can view own credit_transactions" ON public.credit_transactions FOR SELECT TO app_member USING ((user_id = ANY (ARRAY( SELECT app.tenants('admin'::text) AS tenants))));

CREATE POLICY "Assistant can view ai_models" ON public.ai_models FOR SELECT TO app_assistant USING (true);

CREATE POLICY "Assistant can view own conversation_labels" ON public.conversation_labels FOR SELECT TO app_assistant USING ((tenant_id = ( SELECT app.job_tenant() AS job_tenant)));

CREATE POLICY "Assistant can view own decision_corrections" ON public.decision_corrections FOR SELECT TO app_assistant USING ((tenant_id = ( SELECT app.job_tenant() AS job_tenant)));

CREATE POLICY "Assistant can view own labels" ON public.labels FOR SELECT TO app_assistant USING ((tenant_id = ( SELECT app.job_tenant() AS job_tenant)));

CREATE POLICY "Claims know customers by every id" ON public.customers FOR SELECT TO app_claimer USING (true);

CREATE POLICY "Claims know which channels run" ON public.social_accounts FOR SELECT TO app_claimer USING (true);

CREATE POLICY "Claims reach every due conversation" ON public.conversations TO app_claimer USING (true) WITH CHECK (true);

CREATE POLICY "Claims reach every due deed" ON public.comment_deeds TO app_claimer USING (true) WITH CHECK (true);

CREATE POLICY "Claims reach every due item" ON public.outbox_items TO app_claimer USING (true) WITH CHECK (true);

CREATE POLICY "Claims reach every due post" ON public.scheduled_posts TO app_claimer USING (true) WITH CHECK (true);

CREATE POLICY "Claims reach every post to look at" ON public.monitored_posts TO app_claimer USING (true) WITH CHECK (true);

CREATE POLICY "Claims reach every received body" ON public.webhook_events TO app_claimer USING (true) WITH CHECK (true);

CREATE POLICY "Claims reach the health of every channel" ON public.channel_health TO app_claimer USING (true) WITH CHECK (true);

CREATE POLICY "Corrections are written into the audit chain" ON public.audit_log FOR INSERT TO app_owner WITH CHECK ((action = 'decision.corrected'::text));

CREATE POLICY "Doors act on attachments for whoever knocks" ON public.attachments TO app_door USING ((tenant_id = ANY (ARRAY( SELECT app.reachable_tenants() AS reachable_tenants)))) WITH CHECK ((tenant_id = ANY (ARRAY( SELECT app.reachable_tenants() AS reachable_tenants))));

CREATE POLICY "Doors act on comment_deeds for whoever knocks" ON public.comment_deeds TO app_door USING ((tenant_id = ANY (ARRAY( SELECT app.reachable_tenants() AS reachable_tenants)))) WITH CHECK ((tenant_id = ANY (ARRAY( SELECT app.reachable_tenants() AS reachable_tenants))));

CREATE POLICY "Doors act on comments for whoever knocks" ON public.comments TO app_door USING ((user_id = ANY (ARRAY( SELECT app.reachable_tenants() AS reachable_tenants)))) WITH CHECK ((user_id = ANY (ARRAY( SELECT app.reachable_tenants() AS reachable_tenants))));

CREATE POLICY "Doors act on conversations for whoever knocks" ON public.conversations TO app_door USING ((user_id = ANY (ARRAY( SELECT app.reachable_tenants() AS reachable_tenants)))) WITH CHECK ((user_id = ANY (ARRAY( SELECT app.reachable_tenants() AS reachable_tenants))));

CREATE POLICY "Doors act on drafts for whoever knocks" ON public.drafts TO app_door USING ((tenant_id = ANY (ARRAY( SELECT app.reachable_tenants() AS reachable_tenants)))) WITH CHECK ((tenant_id = ANY (ARRAY( SELECT app.reachable_tenants() AS reachable_tenants))));

CREATE POLICY "Doors act on messages for whoever knocks" ON public.conversation_messages TO app_door USING ((user_id = ANY (ARRAY( SELECT app.reachable_tenants() AS reachable_tenants)))) WITH CHECK ((user_id = ANY (ARRAY( SELECT app.reachable_tenants() AS reachable_tenants))));

CREATE POLICY "Doors act on post_runs for whoever knocks" ON public.post_runs TO app_door USING ((user_id = ANY (ARRAY( SELECT app.reachable_tenants() AS reachable_tenants)))) WITH CHECK ((user_id = ANY (ARRAY( SELECT app.reachable_tenants() AS reachable_tenants))));

CREATE POLICY "Doors act on scheduled_posts for whoever knocks" ON public.scheduled_posts TO app_door USING ((user_id = ANY (ARRAY( SELECT app.reachable_tenants() AS reachable_tenants)))) WITH CHECK ((user_id = ANY (ARRAY( SELECT app.reachable_tenants() AS reachable_tenants))));

CREATE POLICY "Doors act on the outbox for whoever knocks" ON public.outbox_items TO app_door USING ((tenant_id = ANY (ARRAY( SELECT app.reachable_tenants() AS reachable_tenants)))) WITH CHECK ((tenant_id = ANY (ARRAY( SELECT app.reachable_tenants() AS reachable_tenants))));

CREATE POLICY "Doors debit credits for whoever knocks" ON public.user_credits TO app_door USING ((user_id = ANY (ARRAY( SELECT app.reachable_tenants() AS reachable_tenants)))) WITH CHECK ((user_id = ANY (ARRAY( SELECT app.reachable_tenants() AS reachable_tenants))));

CREATE POLICY "Doors know whose post it is for whoever knocks" ON public.monitored_posts FOR SELECT TO app_door USING ((user_id = ANY (ARRAY( SELECT app.reachable_tenants() AS reachable_tenants))));

CREATE POLICY "Doors read ai_rules for whoever knocks" ON public.ai_rules FOR SELECT TO app_door USING ((user_id = ANY (ARRAY( SELECT app.reachable_tenants() AS reachable_tenants))));

CREATE POLICY "Doors read ai_settings for whoever knocks" ON public.ai_settings FOR SELECT TO app_door USING ((user_id = ANY (ARRAY( SELECT app.reachable_tenants() AS reachable_tenants))));

CREATE POLICY "Doors read channels for whoever knocks" ON public.social_accounts FOR SELECT TO app_door USING ((user_id = ANY (ARRAY( SELECT app.reachable_tenants() AS reachable_tenants))));

CREATE POLICY "Doors write the audit log for whoever knocks" ON public.audit_log FOR INSERT TO app_door WITH CHECK ((tenant_id = ANY (ARRAY( SELECT app.reachable_tenants() AS reachable_tenants))));

CREATE POLICY "Doors write the ledger for whoever knocks" ON public.credit_transactions TO app_door USING ((user_id = ANY (ARRAY( SELECT app.reachable_tenants() AS reachable_tenants)))) WITH CHECK ((user_id = ANY (ARRAY( SELECT app.reachable_tenants() AS reachable_tenants))));

CREATE POLICY "Expired words go from own corrections" ON public.decision_corrections TO app_door USING ((tenant_id = ( SELECT app.job_tenant() AS job_tenant))) WITH CHECK ((tenant_id = ( SELECT app.job_tenant() AS job_tenant)));

CREATE POLICY "Expired words go from own decisions" ON public.ai_decisions TO app_door USING ((user_id = ( SELECT app.job_tenant() AS job_tenant))) WITH CHECK ((user_id = ( SELECT app.job_tenant() AS job_tenant)));

CREATE POLICY "Founding adds ai_rules" ON public.ai_rules FOR INSERT TO app_owner WITH CHECK (true);

CREATE POLICY "Founding adds ai_settings" ON public.ai_settings FOR INSERT TO app_owner WITH CHECK (true);

CREATE POLICY "Founding adds analytics" ON public.analytics FOR INSERT TO app_owner WITH CHECK (true);

CREATE POLICY "Founding adds credit_transactions" ON public.credit_transactions FOR INSERT TO app_owner WITH CHECK (true);

CREATE POLICY "Founding adds notices_channels" ON public.notices_channels FOR INSERT TO app_owner WITH CHECK (true);

CREATE POLICY "Founding adds team_members" ON public.team_members FOR INSERT TO app_owner WITH CHECK (true);

CREATE POLICY "Founding adds user_credits" ON public.user_credits FOR INSERT TO app_owner WITH CHECK (true);

CREATE POLICY "Founding adds user_subscriptions" ON public.user_subscriptions FOR INSERT TO app_owner WITH CHECK (true);

CREATE POLICY "Founding adds users" ON public.users FOR INSERT TO app_owner WITH CHECK (true);

CREATE POLICY "Founding binds logins to team_members" ON public.team_members FOR UPDATE TO app_owner USING (true) WITH CHECK (true);

CREATE POLICY "Identity functions read team_members" ON public.team_members FOR SELECT TO app_owner USING (true);

CREATE POLICY "Identity functions read users" ON public.users FOR SELECT TO app_owner USING (true);

CREATE POLICY "Members can view companion_keys" ON public.companion_keys FOR SELECT TO app_member USING (true);

CREATE POLICY "Notices find their channel" ON public.notices_channels FOR SELECT TO app_owner USING (true);

CREATE POLICY "Owners can delete own attachments" ON public.attachments FOR DELETE TO app_member USING ((tenant_id = ANY (ARRAY( SELECT app.tenants('owner'::text) AS tenants))));

CREATE POLICY "Owners can delete own blobs" ON public.blobs FOR DELETE TO app_member USING ((tenant_id = ANY (ARRAY( SELECT app.tenants('owner'::text) AS tenants))));

CREATE POLICY "Owners can delete own conversations" ON public.conversations FOR DELETE TO app_member USING ((user_id = ANY (ARRAY( SELECT app.tenants('owner'::text) AS tenants))));

CREATE POLICY "Owners can delete own customers" ON public.customers FOR DELETE TO app_member USING ((user_id = ANY (ARRAY( SELECT app.tenants('owner'::text) AS tenants))));

CREATE POLICY "Owners can delete own monitored_posts" ON public.monitored_posts FOR DELETE TO app_member USING ((user_id = ANY (ARRAY( SELECT app.tenants('owner'::text) AS tenants))));

CREATE POLICY "Owners can delete own people" ON public.people FOR DELETE TO app_member USING ((tenant_id = ANY (ARRAY( SELECT app.tenants('owner'::text) AS tenants))));

CREATE POLICY "Owners can delete own social_accounts" ON public.social_accounts FOR DELETE TO app_member USING ((user_id = ANY (ARRAY( SELECT app.tenants('owner'::text) AS tenants))));

CREATE POLICY "Owners can delete own team_members" ON public.team_members FOR DELETE TO app_member USING ((tenant_id = ANY (ARRAY( SELECT app.tenants('owner'::text) AS tenants))));

CREATE POLICY "Owners can insert own team_members" ON public.team_members FOR INSERT TO app_member WITH CHECK ((tenant_id = ANY (ARRAY( SELECT app.tenants('owner'::text) AS tenants))));

CREATE POLICY "Owners can update own team_members" ON public.team_members FOR UPDATE TO app_member USING ((tenant_id = ANY (ARRAY( SELECT app.tenants('owner'::text) AS tenants)))) WITH CHECK ((tenant_id = ANY (ARRAY( SELECT app.tenants('owner'::text) AS tenants))));

CREATE POLICY "Owners can view own tombstones" ON public.tombstones FOR SELECT TO app_member USING ((tenant_id = ANY (ARRAY( SELECT app.tenants('owner'::text) AS tenants))));

CREATE POLICY "Service role can INSERT ai_decisions" ON public.ai_decisions TO app_service, app_assistant USING ((user_id = ( SELECT app.job_tenant() AS job_tenant))) WITH CHECK ((user_id = ( SELECT app.job_tenant() AS job_tenant)));

CREATE POLICY "Service role can INSERT/UPDATE runs" ON public.post_runs TO app_service USING ((user_id = ( SELECT app.job_tenant() AS job_tenant))) WITH CHECK ((user_id = ( SELECT app.job_tenant() AS job_tenant)));

CREATE POLICY "Service role can view own members" ON public.users FOR SELECT TO app_service USING ((EXISTS ( SELECT 1
   FROM public.team_members m
  WHERE ((m.user_id = users.id) AND (m.tenant_id = ( SELECT app.job_tenant() AS job_tenant))))));

CREATE POLICY "Service role keeps ai_models" ON public.ai_models TO app_service USING (true) WITH CHECK (true);

CREATE POLICY "Service role keeps companion_keys" ON public.companion_keys TO app_service USING (true) WITH CHECK (true);

CREATE POLICY "Service role keeps prices" ON public.prices TO app_service USING (true) WITH CHECK (true);

CREATE POLICY "Service role keeps products" ON public.products TO app_service USING (true) WITH CHECK (true);

CREATE POLICY "Service role reads own knowledge_sizes" ON public.knowledge_sizes FOR SELECT TO app_service, app_assistant USING ((tenant_id = ( SELECT app.job_tenant() AS job_tenant)));

CREATE POLICY "Service role receives webhook_events before they have a tenant" ON public.webhook_events TO app_service USING (true) WITH CHECK (true);

CREATE POLICY "Service role works on own ai_rules" ON public.ai_rules TO app_service, app_assistant USING ((user_id = ( SELECT app.job_tenant() AS job_tenant))) WITH CHECK ((user_id = ( SELECT app.job_tenant() AS job_tenant)));

CREATE POLICY "Service role works on own ai_settings" ON public.ai_settings TO app_service, app_assistant USING ((user_id = ( SELECT app.job_tenant() AS job_tenant))) WITH CHECK ((user_id = ( SELECT app.job_tenant() AS job_tenant)));

CREATE POLICY "Service role works on own ai_triage_rules_advanced" ON public.ai_triage_rules_advanced TO app_service, app_assistant USING ((user_id = ( SELECT app.job_tenant() AS job_tenant))) WITH CHECK ((user_id = ( SELECT app.job_tenant() AS job_tenant)));

CREATE POLICY "Service role works on own analytics" ON public.analytics TO app_service USING ((user_id = ( SELECT app.job_tenant() AS job_tenant))) WITH CHECK ((user_id = ( SELECT app.job_tenant() AS job_tenant)));

CREATE POLICY "Service role works on own analytics_history" ON public.analytics_history TO app_service USING ((user_id = ( SELECT app.job_tenant() AS job_tenant))) WITH CHECK ((user_id = ( SELECT app.job_tenant() AS job_tenant)));

CREATE POLICY "Service role works on own assist_requests" ON public.assist_requests TO app_service, app_assistant USING ((tenant_id = ( SELECT app.job_tenant() AS job_tenant))) WITH CHECK ((tenant_id = ( SELECT app.job_tenant() AS job_tenant)));

CREATE POLICY "Service role works on own assistant_threads" ON public.assistant_threads TO app_service, app_assistant USING ((tenant_id = ( SELECT app.job_tenant() AS job_tenant))) WITH CHECK ((tenant_id = ( SELECT app.job_tenant() AS job_tenant)));

CREATE POLICY "Service role works on own assistant_usage" ON public.assistant_usage TO app_service, app_assistant USING ((tenant_id = ( SELECT app.job_tenant() AS job_tenant))) WITH CHECK ((tenant_id = ( SELECT app.job_tenant() AS job_tenant)));

CREATE POLICY "Service role works on own attachments" ON public.attachments TO app_service, app_assistant USING ((tenant_id = ( SELECT app.job_tenant() AS job_tenant))) WITH CHECK ((tenant_id = ( SELECT app.job_tenant() AS job_tenant)));

CREATE POLICY "Service role works on own audit_log" ON public.audit_log TO app_service USING ((tenant_id = ( SELECT app.job_tenant() AS job_tenant))) WITH CHECK ((tenant_id = ( SELECT app.job_tenant() AS job_tenant)));

CREATE POLICY "Service role works on own blobs" ON public.blobs TO app_service USING ((tenant_id = ( SELECT app.job_tenant() AS job_tenant))) WITH CHECK ((tenant_id = ( SELECT app.job_tenant() AS job_tenant)));

CREATE POLICY "Service role works on own channel_gaps" ON public.channel_gaps TO app_service USING ((tenant_id = ( SELECT app.job_tenant() AS job_tenant))) WITH CHECK ((tenant_id = ( SELECT app.job_tenant() AS job_tenant)));

CREATE POLICY "Service role works on own channel_health" ON public.channel_health TO app_service USING ((tenant_id = ( SELECT app.job_tenant() AS job_tenant))) WITH CHECK ((tenant_id = ( SELECT app.job_tenant() AS job_tenant)));

CREATE POLICY "Service role works on own cluster_items" ON public.cluster_items TO app_service USING ((user_id = ( SELECT app.job_tenant() AS job_tenant))) WITH CHECK ((user_id = ( SELECT app.job_tenant() AS job_tenant)));

CREATE POLICY "Service role works on own clusters" ON public.clusters TO app_service USING ((tenant_id = ( SELECT app.job_tenant() AS job_tenant))) WITH CHECK ((tenant_id = ( SELECT app.job_tenant() AS job_tenant)));

CREATE POLICY "Service role works on own comment_checkpoint" ON public.comment_checkpoint TO app_service USING ((user_id = ( SELECT app.job_tenant() AS job_tenant))) WITH CHECK ((user_id = ( SELECT app.job_tenant() AS job_tenant)));

CREATE POLICY "Service role works on own comment_deeds" ON public.comment_deeds TO app_service USING ((tenant_id = ( SELECT app.job_tenant() AS job_tenant))) WITH CHECK ((tenant_id = ( SELECT app.job_tenant() AS job_tenant)));

CREATE POLICY "Service role works on own comments" ON public.comments TO app_service, app_assistant USING ((user_id = ( SELECT app.job_tenant() AS job_tenant))) WITH CHECK ((user_id = ( SELECT app.job_tenant() AS job_tenant)));

CREATE POLICY "Service role works on own conversation_labels" ON public.conversation_labels TO app_service USING ((tenant_id = ( SELECT app.job_tenant() AS job_tenant))) WITH CHECK ((tenant_id = ( SELECT app.job_tenant() AS job_tenant)));

CREATE POLICY "Service role works on own conversation_messages" ON public.conversation_messages TO app_service, app_assistant USING ((user_id = ( SELECT app.job_tenant() AS job_tenant))) WITH CHECK ((user_id = ( SELECT app.job_tenant() AS job_tenant)));

CREATE POLICY "Service role works on own conversations" ON public.conversations TO app_service, app_assistant USING ((user_id = ( SELECT app.job_tenant() AS job_tenant))) WITH CHECK ((user_id = ( SELECT app.job_tenant() AS job_tenant)));

CREATE POLICY "Service role works on own credit_transactions" ON public.credit_transactions TO app_service USING ((user_id = ( SELECT app.job_tenant() AS job_tenant))) WITH CHECK ((user_id = ( SELECT app.job_tenant() AS job_tenant)));

CREATE POLICY "Service role works on own customers" ON public.customers TO app_service, app_assistant USING ((user_id = ( SELECT app.job_tenant() AS job_tenant))) WITH CHECK ((user_id = ( SELECT app.job_tenant() AS job_tenant)));

CREATE POLICY "Service role works on own decision_corrections" ON public.decision_corrections TO app_service USING ((tenant_id = ( SELECT app.job_tenant() AS job_tenant))) WITH CHECK ((tenant_id = ( SELECT app.job_tenant() AS job_tenant)));

CREATE POLICY "Service role works on own decision_rules" ON public.decision_rules TO app_service, app_assistant USING ((tenant_id = ( SELECT app.job_tenant() AS job_tenant))) WITH CHECK ((tenant_id = ( SELECT app.job_tenant() AS job_tenant)));

CREATE POLICY "Service role works on own document_versions" ON public.document_versions TO app_service USING ((tenant_id = ( SELECT app.job_tenant() AS job_tenant))) WITH CHECK ((tenant_id = ( SELECT app.job_tenant() AS job_tenant)));

CREATE POLICY "Service role works on own drafts" ON public.drafts TO app_service, app_assistant USING ((tenant_id = ( SELECT app.job_tenant() AS job_tenant))) WITH CHECK ((tenant_id = ( SELECT app.job_tenant() AS job_tenant)));

CREATE POLICY "Service role works on own faq_phrasings" ON public.faq_phrasings TO app_service, app_assistant USING ((tenant_id = ( SELECT app.job_tenant() AS job_tenant))) WITH CHECK ((tenant_id = ( SELECT app.job_tenant() AS job_tenant)));

CREATE POLICY "Service role works on own faq_qa" ON public.faq_qa TO app_service, app_assistant USING ((user_id = ( SELECT app.job_tenant() AS job_tenant))) WITH CHECK ((user_id = ( SELECT app.job_tenant() AS job_tenant)));

CREATE POLICY "Service role works on own inbound_keys" ON public.inbound_keys TO app_service USING ((tenant_id = ( SELECT app.job_tenant() AS job_tenant))) WITH CHECK ((tenant_id = ( SELECT app.job_tenant() AS job_tenant)));

CREATE POLICY "Service role works on own knowledge_chunks" ON public.knowledge_chunks TO app_service, app_assistant USING ((user_id = ( SELECT app.job_tenant() AS job_tenant))) WITH CHECK ((user_id = ( SELECT app.job_tenant() AS job_tenant)));

CREATE POLICY "Service role works on own knowledge_conflicts" ON public.knowledge_conflicts TO app_service USING ((tenant_id = ( SELECT app.job_tenant() AS job_tenant))) WITH CHECK ((tenant_id = ( SELECT app.job_tenant() AS job_tenant)));

CREATE POLICY "Service role works on own knowledge_documents" ON public.knowledge_documents TO app_service, app_assistant USING ((user_id = ( SELECT app.job_tenant() AS job_tenant))) WITH CHECK ((user_id = ( SELECT app.job_tenant() AS job_tenant)));

CREATE POLICY "Service role works on own knowledge_expiries" ON public.knowledge_expiries TO app_service USING ((tenant_id = ( SELECT app.job_tenant() AS job_tenant))) WITH CHECK ((tenant_id = ( SELECT app.job_tenant() AS job_tenant)));

CREATE POLICY "Service role works on own knowledge_gap_messages" ON public.knowledge_gap_messages TO app_service USING ((tenant_id = ( SELECT app.job_tenant() AS job_tenant))) WITH CHECK ((tenant_id = ( SELECT app.job_tenant() AS job_tenant)));

CREATE POLICY "Service role works on own knowledge_gaps" ON public.knowledge_gaps TO app_service USING ((tenant_id = ( SELECT app.job_tenant() AS job_tenant))) WITH CHECK ((tenant_id = ( SELECT app.job_tenant() AS job_tenant)));

CREATE POLICY "Service role works on own knowledge_uses" ON public.knowledge_uses TO app_service, app_assistant USING ((tenant_id = ( SELECT app.job_tenant() AS job_tenant))) WITH CHECK ((tenant_id = ( SELECT app.job_tenant() AS job_tenant)));

CREATE POLICY "Service role works on own knowledge_vectors" ON public.knowledge_vectors TO app_service, app_assistant USING ((tenant_id = ( SELECT app.job_tenant() AS job_tenant))) WITH CHECK ((tenant_id = ( SELECT app.job_tenant() AS job_tenant)));

CREATE POLICY "Service role works on own knowledge_windows" ON public.knowledge_windows TO app_service, app_assistant USING ((tenant_id = ( SELECT app.job_tenant() AS job_tenant))) WITH CHECK ((tenant_id = ( SELECT app.job_tenant() AS job_tenant)));

CREATE POLICY "Service role works on own kpi_2h" ON public.kpi_2h TO app_service USING ((tenant_id = ( SELECT app.job_tenant() AS job_tenant))) WITH CHECK ((tenant_id = ( SELECT app.job_tenant() AS job_tenant)));

CREATE POLICY "Service role works on own labels" ON public.labels TO app_service USING ((tenant_id = ( SELECT app.job_tenant() AS job_tenant))) WITH CHECK ((tenant_id = ( SELECT app.job_tenant() AS job_tenant)));

CREATE POLICY "Service role works on own message_templates" ON public.message_templates TO app_service USING ((tenant_id = ( SELECT app.job_tenant() AS job_tenant))) WITH CHECK ((tenant_id = ( SELECT app.job_tenant() AS job_tenant)));

CREATE POLICY "Service role works on own monitored_posts" ON public.monitored_posts TO app_service, app_assistant USING ((user_id = ( SELECT app.job_tenant() AS job_tenant))) WITH CHECK ((user_id = ( SELECT app.job_tenant() AS job_tenant)));

CREATE POLICY "Service role works on own monitoring_rules" ON public.monitoring_rules TO app_service, app_assistant USING ((user_id = ( SELECT app.job_tenant() AS job_tenant))) WITH CHECK ((user_id = ( SELECT app.job_tenant() AS job_tenant)));

CREATE POLICY "Service role works on own notes" ON public.notes TO app_service USING ((tenant_id = ( SELECT app.job_tenant() AS job_tenant))) WITH CHECK ((tenant_id = ( SELECT app.job_tenant() AS job_tenant)));

CREATE POLICY "Service role works on own notices_channels" ON public.notices_channels TO app_service, app_assistant USING ((tenant_id = ( SELECT app.job_tenant() AS job_tenant))) WITH CHECK ((tenant_id = ( SELECT app.job_tenant() AS job_tenant)));

CREATE POLICY "Service role works on own outbox_items" ON public.outbox_items TO app_service, app_assistant USING ((tenant_id = ( SELECT app.job_tenant() AS job_tenant))) WITH CHECK ((tenant_id = ( SELECT app.job_tenant() AS job_tenant)));

CREATE POLICY "Service role works on own people" ON public.people TO app_service, app_assistant USING ((tenant_id = ( SELECT app.job_tenant() AS job_tenant))) WITH CHECK ((tenant_id = ( SELECT app.job_tenant() AS job_tenant)));

CREATE POLICY "Service role works on own person_links" ON public.person_links TO app_service USING ((tenant_id = ( SELECT app.job_tenant() AS job_tenant))) WITH CHECK ((tenant_id = ( SELECT app.job_tenant() AS job_tenant)));

CREATE POLICY "Service role works on own person_refusals" ON public.person_refusals TO app_service USING ((tenant_id = ( SELECT app.job_tenant() AS job_tenant))) WITH CHECK ((tenant_id = ( SELECT app.job_tenant() AS job_tenant)));

CREATE POLICY "Service role works on own released_topics" ON public.released_topics TO app_service, app_assistant USING ((tenant_id = ( SELECT app.job_tenant() AS job_tenant))) WITH CHECK ((tenant_id = ( SELECT app.job_tenant() AS job_tenant)));

CREATE POLICY "Service role works on own saved_replies" ON public.saved_replies TO app_service USING ((tenant_id = ( SELECT app.job_tenant() AS job_tenant))) WITH CHECK ((tenant_id = ( SELECT app.job_tenant() AS job_tenant)));

CREATE POLICY "Service role works on own scheduled_posts" ON public.scheduled_posts TO app_service USING ((user_id = ( SELECT app.job_tenant() AS job_tenant))) WITH CHECK ((user_id = ( SELECT app.job_tenant() AS job_tenant)));

CREATE POLICY "Service role works on own social_accounts" ON public.social_accounts TO app_service, app_assistant USING ((user_id = ( SELECT app.job_tenant() AS job_tenant))) WITH CHECK ((user_id = ( SELECT app.job_tenant() AS job_tenant)));

CREATE POLICY "Service role works on own staged_chunks" ON public.staged_chunks TO app_service USING ((tenant_id = ( SELECT app.job_tenant() AS job_tenant))) WITH CHECK ((tenant_id = ( SELECT app.job_tenant() AS job_tenant)));

CREATE POLICY "Service role works on own support_escalations" ON public.support_escalations TO app_service, app_assistant USING ((user_id = ( SELECT app.job_tenant() AS job_tenant))) WITH CHECK ((user_id = ( SELECT app.job_tenant() AS job_tenant)));

CREATE POLICY "Service role works on own team_members" ON public.team_members TO app_service USING ((tenant_id = ( SELECT app.job_tenant() AS job_tenant))) WITH CHECK ((tenant_id = ( SELECT app.job_tenant() AS job_tenant)));

CREATE POLICY "Service role works on own tombstones" ON public.tombstones TO app_service USING ((tenant_id = ( SELECT app.job_tenant() AS job_tenant))) WITH CHECK ((tenant_id = ( SELECT app.job_tenant() AS job_tenant)));

CREATE POLICY "Service role works on own triage_rules" ON public.triage_rules TO app_service, app_assistant USING ((tenant_id = ( SELECT app.job_tenant() AS job_tenant))) WITH CHECK ((tenant_id = ( SELECT app.job_tenant() AS job_tenant)));

CREATE POLICY "Service role works on own user_credits" ON public.user_credits TO app_service, app_assistant USING ((user_id = ( SELECT app.job_tenant() AS job_tenant))) WITH CHECK ((user_id = ( SELECT app.job_tenant() AS job_tenant)));

CREATE POLICY "Service role works on own user_subscriptions" ON public.user_subscriptions TO app_service USING ((user_id = ( SELECT app.job_tenant() AS job_tenant))) WITH CHECK ((user_id = ( SELECT app.job_tenant() AS job_tenant)));

CREATE POLICY "Service role works on own waiting_updates" ON public.waiting_updates TO app_service USING ((tenant_id = ( SELECT app.job_tenant() AS job_tenant))) WITH CHECK ((tenant_id = ( SELECT app.job_tenant() AS job_tenant)));

CREATE POLICY "The audit chain queues at the tenant's row" ON public.notices_channels FOR UPDATE TO app_owner USING (true) WITH CHECK (true);

CREATE POLICY "The audit chain reads its last row" ON public.audit_log FOR SELECT TO app_owner USING (true);

CREATE POLICY "The heartbeat has every channel looked at" ON public.channel_health TO app_owner USING (true) WITH CHECK (true);

CREATE POLICY "The heartbeat knows every channel" ON public.social_accounts FOR SELECT TO app_owner USING (true);

CREATE POLICY "The heartbeat marks every silence" ON public.channel_gaps TO app_owner USING (true) WITH CHECK (true);

CREATE POLICY "The index adds up entries" ON public.faq_qa FOR SELECT TO app_indexer USING (true);

CREATE POLICY "The index drops files that nothing refers to" ON public.blobs TO app_indexer USING (true) WITH CHECK (true);

CREATE POLICY "The index keeps frequencies" ON public.knowledge_lexemes TO app_indexer USING (true) WITH CHECK (true);

CREATE POLICY "The index keeps sizes" ON public.knowledge_sizes TO app_indexer USING (true) WITH CHECK (true);

CREATE POLICY "The index keeps the storage of plans" ON public.user_subscriptions TO app_indexer USING (true) WITH CHECK (true);

CREATE POLICY "The index keeps words" ON public.knowledge_words TO app_indexer USING (true) WITH CHECK (true);

CREATE POLICY "The index knows chunks" ON public.knowledge_chunks FOR SELECT TO app_indexer USING (true);

CREATE POLICY "The index knows phrasings" ON public.faq_phrasings FOR SELECT TO app_indexer USING (true);

CREATE POLICY "The index knows what is grouped" ON public.knowledge_gap_messages FOR SELECT TO app_indexer USING (true);

CREATE POLICY "The index knows what was decided" ON public.ai_decisions FOR SELECT TO app_indexer USING (true);

CREATE POLICY "The index knows which files documents refer to" ON public.knowledge_documents FOR SELECT TO app_indexer USING (true);

CREATE POLICY "The index knows which files messages refer to" ON public.attachments FOR SELECT TO app_indexer USING (true);

CREATE POLICY "The index knows which files versions refer to" ON public.document_versions FOR SELECT TO app_indexer USING (true);

CREATE POLICY "The index looks for missing vectors" ON public.knowledge_vectors FOR SELECT TO app_indexer USING (true);

CREATE POLICY "The index looks for what was not answered" ON public.support_escalations FOR SELECT TO app_indexer USING (true);

CREATE POLICY "The index switches embedders" ON public.ai_settings TO app_indexer USING (true) WITH CHECK (true);

CREATE POLICY "The sweeper shows what became of an item" ON public.conversation_messages TO app_claimer USING (true) WITH CHECK (true);

CREATE POLICY "Upkeep reaches every old thread" ON public.assistant_threads TO app_claimer USING (true) WITH CHECK (true);

CREATE POLICY "Users can CRUD their own ai_rules" ON public.ai_rules TO app_member USING ((user_id = ANY (ARRAY( SELECT app.tenants('owner'::text) AS tenants)))) WITH CHECK ((user_id = ANY (ARRAY( SELECT app.tenants('owner'::text) AS tenants))));

CREATE POLICY "Users can CRUD their own composer_drafts" ON public.composer_drafts TO app_member USING (((tenant_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))) AND (user_id = ( SELECT app.uid() AS uid)))) WITH CHECK (((tenant_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))) AND (user_id = ( SELECT app.uid() AS uid))));

CREATE POLICY "Users can CRUD their own scheduled_posts" ON public.scheduled_posts TO app_member USING ((user_id = ANY (ARRAY( SELECT app.tenants('admin'::text) AS tenants)))) WITH CHECK ((user_id = ANY (ARRAY( SELECT app.tenants('admin'::text) AS tenants))));

CREATE POLICY "Users can SELECT runs for their posts" ON public.post_runs FOR SELECT TO app_member USING ((user_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can SELECT their own ai_decisions" ON public.ai_decisions FOR SELECT TO app_member USING ((user_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can correct in their own name" ON public.decision_corrections FOR INSERT TO app_member WITH CHECK (((tenant_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))) AND (member_id = ( SELECT app.uid() AS uid)) AND ((state = ANY (ARRAY['none'::text, 'proposed'::text])) OR (tenant_id = ANY (ARRAY( SELECT app.tenants('admin'::text) AS tenants))))));

CREATE POLICY "Users can delete own conversation_labels" ON public.conversation_labels FOR DELETE TO app_member USING ((tenant_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can delete own person_refusals" ON public.person_refusals FOR DELETE TO app_member USING ((tenant_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can insert own attachments" ON public.attachments FOR INSERT TO app_member WITH CHECK ((tenant_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can insert own blobs" ON public.blobs FOR INSERT TO app_member WITH CHECK ((tenant_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can insert own conversation_labels" ON public.conversation_labels FOR INSERT TO app_member WITH CHECK ((tenant_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can insert own conversations" ON public.conversations FOR INSERT TO app_member WITH CHECK ((user_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can insert own customers" ON public.customers FOR INSERT TO app_member WITH CHECK ((user_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can insert own people" ON public.people FOR INSERT TO app_member WITH CHECK ((tenant_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can insert own person_links" ON public.person_links FOR INSERT TO app_member WITH CHECK ((tenant_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can insert own person_refusals" ON public.person_refusals FOR INSERT TO app_member WITH CHECK ((tenant_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can insert own support_escalations" ON public.support_escalations FOR INSERT TO app_member WITH CHECK ((user_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can insert their own assist_requests" ON public.assist_requests FOR INSERT TO app_member WITH CHECK (((tenant_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))) AND (requested_by = ( SELECT app.uid() AS uid))));

CREATE POLICY "Users can insert their own notes" ON public.notes FOR INSERT TO app_member WITH CHECK (((tenant_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))) AND (author_user_id = ( SELECT app.uid() AS uid))));

CREATE POLICY "Users can insert their own scheduled_posts" ON public.scheduled_posts FOR INSERT TO app_member WITH CHECK (((user_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))) AND (created_by = ( SELECT app.uid() AS uid))));

CREATE POLICY "Users can replace a correction in their own name" ON public.decision_corrections FOR UPDATE TO app_member USING ((tenant_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants)))) WITH CHECK (((tenant_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))) AND (member_id = ( SELECT app.uid() AS uid)) AND (state = ANY (ARRAY['none'::text, 'proposed'::text]))));

CREATE POLICY "Users can update own channel_gaps" ON public.channel_gaps FOR UPDATE TO app_member USING ((tenant_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants)))) WITH CHECK ((tenant_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can update own conversations" ON public.conversations FOR UPDATE TO app_member USING ((user_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants)))) WITH CHECK ((user_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can update own customers" ON public.customers FOR UPDATE TO app_member USING ((user_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants)))) WITH CHECK ((user_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can update own drafts" ON public.drafts FOR UPDATE TO app_member USING ((tenant_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants)))) WITH CHECK ((tenant_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can update own people" ON public.people FOR UPDATE TO app_member USING ((tenant_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants)))) WITH CHECK ((tenant_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can update own person_links" ON public.person_links FOR UPDATE TO app_member USING ((tenant_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants)))) WITH CHECK ((tenant_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can update own support_escalations" ON public.support_escalations FOR UPDATE TO app_member USING ((user_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants)))) WITH CHECK ((user_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can update their own notes" ON public.notes FOR UPDATE TO app_member USING (((tenant_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))) AND (author_user_id = ( SELECT app.uid() AS uid)))) WITH CHECK (((tenant_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))) AND (author_user_id = ( SELECT app.uid() AS uid))));

CREATE POLICY "Users can update their own scheduled_posts" ON public.scheduled_posts FOR UPDATE TO app_member USING (((user_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))) AND (created_by = ( SELECT app.uid() AS uid)))) WITH CHECK (((user_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))) AND (created_by = ( SELECT app.uid() AS uid))));

CREATE POLICY "Users can update themselves" ON public.users FOR UPDATE TO app_member USING ((id = ( SELECT app.uid() AS uid))) WITH CHECK ((id = ( SELECT app.uid() AS uid)));

CREATE POLICY "Users can view ai_models" ON public.ai_models FOR SELECT TO app_member USING (true);

CREATE POLICY "Users can view own ai_rules" ON public.ai_rules FOR SELECT TO app_member USING ((user_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can view own ai_settings" ON public.ai_settings FOR SELECT TO app_member USING ((user_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can view own ai_triage_rules_advanced" ON public.ai_triage_rules_advanced FOR SELECT TO app_member USING ((user_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can view own analytics" ON public.analytics FOR SELECT TO app_member USING ((user_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can view own analytics_history" ON public.analytics_history FOR SELECT TO app_member USING ((user_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can view own assistant_usage" ON public.assistant_usage FOR SELECT TO app_member USING ((tenant_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can view own attachments" ON public.attachments FOR SELECT TO app_member USING ((tenant_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can view own blobs" ON public.blobs FOR SELECT TO app_member USING ((tenant_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can view own channel_gaps" ON public.channel_gaps FOR SELECT TO app_member USING ((tenant_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can view own channel_health" ON public.channel_health FOR SELECT TO app_member USING ((tenant_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can view own cluster_items" ON public.cluster_items FOR SELECT TO app_member USING ((user_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can view own clusters" ON public.clusters FOR SELECT TO app_member USING ((tenant_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can view own colleagues" ON public.users FOR SELECT TO app_member USING ((EXISTS ( SELECT 1
   FROM public.team_members m
  WHERE ((m.user_id = users.id) AND (m.tenant_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants)))))));

CREATE POLICY "Users can view own comment_checkpoint" ON public.comment_checkpoint FOR SELECT TO app_member USING ((user_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can view own comment_deeds" ON public.comment_deeds FOR SELECT TO app_member USING ((tenant_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can view own comments" ON public.comments FOR SELECT TO app_member USING ((user_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can view own conversation_labels" ON public.conversation_labels FOR SELECT TO app_member USING ((tenant_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can view own conversation_messages" ON public.conversation_messages FOR SELECT TO app_member USING ((user_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can view own conversations" ON public.conversations FOR SELECT TO app_member USING ((user_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can view own customers" ON public.customers FOR SELECT TO app_member USING ((user_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can view own decision_corrections" ON public.decision_corrections FOR SELECT TO app_member USING ((tenant_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can view own decision_rules" ON public.decision_rules FOR SELECT TO app_member USING ((tenant_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can view own document_versions" ON public.document_versions FOR SELECT TO app_member USING ((tenant_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can view own drafts" ON public.drafts FOR SELECT TO app_member USING ((tenant_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can view own faq_phrasings" ON public.faq_phrasings FOR SELECT TO app_member USING ((tenant_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can view own faq_qa" ON public.faq_qa FOR SELECT TO app_member USING ((user_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can view own knowledge_chunks" ON public.knowledge_chunks FOR SELECT TO app_member USING ((user_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can view own knowledge_conflicts" ON public.knowledge_conflicts FOR SELECT TO app_member USING ((tenant_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can view own knowledge_documents" ON public.knowledge_documents FOR SELECT TO app_member USING ((user_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can view own knowledge_expiries" ON public.knowledge_expiries FOR SELECT TO app_member USING ((tenant_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can view own knowledge_gap_messages" ON public.knowledge_gap_messages FOR SELECT TO app_member USING ((tenant_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can view own knowledge_gaps" ON public.knowledge_gaps FOR SELECT TO app_member USING ((tenant_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can view own knowledge_sizes" ON public.knowledge_sizes FOR SELECT TO app_member USING ((tenant_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can view own knowledge_uses" ON public.knowledge_uses FOR SELECT TO app_member USING ((tenant_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can view own knowledge_vectors" ON public.knowledge_vectors FOR SELECT TO app_member USING ((tenant_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can view own knowledge_windows" ON public.knowledge_windows FOR SELECT TO app_member USING ((tenant_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can view own kpi_2h" ON public.kpi_2h FOR SELECT TO app_member USING ((tenant_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can view own labels" ON public.labels FOR SELECT TO app_member USING ((tenant_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can view own message_templates" ON public.message_templates FOR SELECT TO app_member USING ((tenant_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can view own monitored_posts" ON public.monitored_posts FOR SELECT TO app_member USING ((user_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can view own monitoring_rules" ON public.monitoring_rules FOR SELECT TO app_member USING ((user_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can view own notes" ON public.notes FOR SELECT TO app_member USING ((tenant_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can view own notices_channels" ON public.notices_channels FOR SELECT TO app_member USING ((tenant_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can view own outbox_items" ON public.outbox_items FOR SELECT TO app_member USING ((tenant_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can view own people" ON public.people FOR SELECT TO app_member USING ((tenant_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can view own person_links" ON public.person_links FOR SELECT TO app_member USING ((tenant_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can view own person_refusals" ON public.person_refusals FOR SELECT TO app_member USING ((tenant_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can view own released_topics" ON public.released_topics FOR SELECT TO app_member USING ((tenant_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can view own saved_replies" ON public.saved_replies FOR SELECT TO app_member USING ((tenant_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can view own scheduled_posts" ON public.scheduled_posts FOR SELECT TO app_member USING ((user_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can view own social_accounts" ON public.social_accounts FOR SELECT TO app_member USING ((user_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can view own support_escalations" ON public.support_escalations FOR SELECT TO app_member USING ((user_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can view own team_members" ON public.team_members FOR SELECT TO app_member USING ((tenant_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can view own triage_rules" ON public.triage_rules FOR SELECT TO app_member USING ((tenant_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can view own user_credits" ON public.user_credits FOR SELECT TO app_member USING ((user_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can view own user_subscriptions" ON public.user_subscriptions FOR SELECT TO app_member USING ((user_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))));

CREATE POLICY "Users can view prices" ON public.prices FOR SELECT TO app_member USING (true);

CREATE POLICY "Users can view products" ON public.products FOR SELECT TO app_member USING (true);

CREATE POLICY "Users can view their own assist_requests" ON public.assist_requests FOR SELECT TO app_member USING (((tenant_id = ANY (ARRAY( SELECT app.tenants('agent'::text) AS tenants))) AND (requested_by = ( SELECT app.uid() AS uid))));

ALTER TABLE public.ai_decisions ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.ai_models ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.ai_rules ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.ai_settings ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.ai_triage_rules_advanced ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.analytics ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.analytics_history ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.assist_requests ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.assistant_threads ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.assistant_usage ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.attachments ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.audit_log ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.blobs ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.channel_gaps ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.channel_health ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.cluster_items ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.clusters ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.comment_checkpoint ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.comment_deeds ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.comments ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.companion_keys ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.composer_drafts ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.conversation_labels ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.conversation_messages ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.conversations ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.credit_transactions ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.customers ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.decision_corrections ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.decision_rules ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.document_versions ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.drafts ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.faq_phrasings ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.faq_qa ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.inbound_keys ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.knowledge_chunks ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.knowledge_conflicts ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.knowledge_documents ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.knowledge_expiries ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.knowledge_gap_messages ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.knowledge_gaps ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.knowledge_lexemes ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.knowledge_sizes ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.knowledge_uses ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.knowledge_vectors ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.knowledge_windows ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.knowledge_words ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.kpi_2h ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.labels ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.message_templates ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.monitored_posts ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.monitoring_rules ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.notes ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.notices_channels ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.outbox_items ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.people ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.person_links ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.person_refusals ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.post_runs ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.prices ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.products ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.released_topics ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.saved_replies ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.scheduled_posts ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.social_accounts ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.staged_chunks ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.support_escalations ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.team_members ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.tombstones ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.triage_rules ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.user_credits ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.user_subscriptions ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.users ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.waiting_updates ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.webhook_events ENABLE ROW LEVEL SECURITY;

GRANT USAGE ON SCHEMA app TO app_member;
GRANT USAGE ON SCHEMA app TO app_service;
GRANT USAGE ON SCHEMA app TO app_assistant;
GRANT USAGE ON SCHEMA app TO app_claimer;
GRANT USAGE ON SCHEMA app TO app_door;
GRANT USAGE ON SCHEMA app TO app_indexer;

GRANT USAGE ON SCHEMA app_private TO app_claimer;
GRANT USAGE ON SCHEMA app_private TO app_door;

REVOKE USAGE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO app_member;
GRANT USAGE ON SCHEMA public TO app_service;
GRANT USAGE ON SCHEMA public TO app_assistant;
GRANT USAGE ON SCHEMA public TO app_claimer;
GRANT USAGE ON SCHEMA public TO app_door;
GRANT USAGE ON SCHEMA public TO app_indexer;

REVOKE ALL ON FUNCTION app.acting_tenant() FROM PUBLIC;
GRANT ALL ON FUNCTION app.acting_tenant() TO app_member;
GRANT ALL ON FUNCTION app.acting_tenant() TO app_service;
GRANT ALL ON FUNCTION app.acting_tenant() TO app_assistant;
GRANT ALL ON FUNCTION app.acting_tenant() TO app_claimer;
GRANT ALL ON FUNCTION app.acting_tenant() TO app_door;
GRANT ALL ON FUNCTION app.acting_tenant() TO app_indexer;

REVOKE ALL ON FUNCTION app.assistant_may_send(p_tenant uuid, p_channel uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION app.audit_correction() FROM PUBLIC;

REVOKE ALL ON FUNCTION app.audit_v1(p_action text, p_subject_kind text, p_subject uuid, p_detail jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION app.audit_v1(p_action text, p_subject_kind text, p_subject uuid, p_detail jsonb) TO app_member;
GRANT ALL ON FUNCTION app.audit_v1(p_action text, p_subject_kind text, p_subject uuid, p_detail jsonb) TO app_service;
GRANT ALL ON FUNCTION app.audit_v1(p_action text, p_subject_kind text, p_subject uuid, p_detail jsonb) TO app_assistant;

REVOKE ALL ON FUNCTION app.beat_v1(p_id uuid, p_kind text, p_host text, p_pid integer) FROM PUBLIC;
GRANT ALL ON FUNCTION app.beat_v1(p_id uuid, p_kind text, p_host text, p_pid integer) TO app_service;
GRANT ALL ON FUNCTION app.beat_v1(p_id uuid, p_kind text, p_host text, p_pid integer) TO app_assistant;

REVOKE ALL ON FUNCTION app.beat_v2(p_id uuid, p_kind text, p_host text, p_pid integer, p_silence_seconds integer) FROM PUBLIC;
GRANT ALL ON FUNCTION app.beat_v2(p_id uuid, p_kind text, p_host text, p_pid integer, p_silence_seconds integer) TO app_service;
GRANT ALL ON FUNCTION app.beat_v2(p_id uuid, p_kind text, p_host text, p_pid integer, p_silence_seconds integer) TO app_assistant;

REVOKE ALL ON FUNCTION app.bound_rules() FROM PUBLIC;

REVOKE ALL ON FUNCTION app.cancel_assistant_items(p_tenant uuid, p_conversation uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION app.cancel_removed_v1(p_channel uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app.cancel_removed_v1(p_channel uuid) TO app_member;
GRANT ALL ON FUNCTION app.cancel_removed_v1(p_channel uuid) TO app_service;

REVOKE ALL ON FUNCTION app.cancel_reply_v1(p_message uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app.cancel_reply_v1(p_message uuid) TO app_member;
GRANT ALL ON FUNCTION app.cancel_reply_v1(p_message uuid) TO app_service;

REVOKE ALL ON FUNCTION app.chain_audit_row() FROM PUBLIC;

REVOKE ALL ON FUNCTION app.channels_of_platform_v1(p_platform text) FROM PUBLIC;
GRANT ALL ON FUNCTION app.channels_of_platform_v1(p_platform text) TO app_service;

REVOKE ALL ON FUNCTION app.channels_of_v1(p_platforms text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION app.channels_of_v1(p_platforms text[]) TO app_service;

REVOKE ALL ON FUNCTION app.claim_conversations_v1(p_limit integer, p_lease_seconds integer) FROM PUBLIC;
GRANT ALL ON FUNCTION app.claim_conversations_v1(p_limit integer, p_lease_seconds integer) TO app_service;
GRANT ALL ON FUNCTION app.claim_conversations_v1(p_limit integer, p_lease_seconds integer) TO app_assistant;

REVOKE ALL ON FUNCTION app.claim_deeds_v1(p_worker text, p_limit integer, p_lease_seconds integer, p_but uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION app.claim_deeds_v1(p_worker text, p_limit integer, p_lease_seconds integer, p_but uuid[]) TO app_service;

REVOKE ALL ON FUNCTION app.claim_looks_v1(p_limit integer, p_lease_seconds integer) FROM PUBLIC;
GRANT ALL ON FUNCTION app.claim_looks_v1(p_limit integer, p_lease_seconds integer) TO app_service;

REVOKE ALL ON FUNCTION app.claim_outbox_v1(p_worker text, p_limit integer, p_lease_seconds integer, p_but uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION app.claim_outbox_v1(p_worker text, p_limit integer, p_lease_seconds integer, p_but uuid[]) TO app_service;

REVOKE ALL ON FUNCTION app.claim_posts_to_read_v1(p_limit integer, p_lease_seconds integer) FROM PUBLIC;
GRANT ALL ON FUNCTION app.claim_posts_to_read_v1(p_limit integer, p_lease_seconds integer) TO app_service;

REVOKE ALL ON FUNCTION app.claim_posts_v1(p_limit integer, p_lease_seconds integer, p_but uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION app.claim_posts_v1(p_limit integer, p_lease_seconds integer, p_but uuid[]) TO app_service;

REVOKE ALL ON FUNCTION app.claim_renewals_v1(p_limit integer, p_lease_seconds integer) FROM PUBLIC;
GRANT ALL ON FUNCTION app.claim_renewals_v1(p_limit integer, p_lease_seconds integer) TO app_service;

REVOKE ALL ON FUNCTION app.claim_webhook_events_v1(p_limit integer, p_lease_seconds integer) FROM PUBLIC;
GRANT ALL ON FUNCTION app.claim_webhook_events_v1(p_limit integer, p_lease_seconds integer) TO app_service;

REVOKE ALL ON FUNCTION app.count_for_plan() FROM PUBLIC;

REVOKE ALL ON FUNCTION app.count_rule_version() FROM PUBLIC;

REVOKE ALL ON FUNCTION app.count_storage(p_tenant uuid, p_grows boolean) FROM PUBLIC;

REVOKE ALL ON FUNCTION app.count_words() FROM PUBLIC;

REVOKE ALL ON FUNCTION app.customer_known_as_v1(p_channel uuid, p_ids text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION app.customer_known_as_v1(p_channel uuid, p_ids text[]) TO app_service;

REVOKE ALL ON FUNCTION app.debit_v1(p_kind text, p_source uuid, p_amount integer, p_reason text) FROM PUBLIC;
GRANT ALL ON FUNCTION app.debit_v1(p_kind text, p_source uuid, p_amount integer, p_reason text) TO app_member;
GRANT ALL ON FUNCTION app.debit_v1(p_kind text, p_source uuid, p_amount integer, p_reason text) TO app_service;
GRANT ALL ON FUNCTION app.debit_v1(p_kind text, p_source uuid, p_amount integer, p_reason text) TO app_assistant;

REVOKE ALL ON FUNCTION app.defer_once_v1(p_job text, p_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app.defer_once_v1(p_job text, p_id uuid) TO app_member;
GRANT ALL ON FUNCTION app.defer_once_v1(p_job text, p_id uuid) TO app_service;

REVOKE ALL ON FUNCTION app.defer_v1(p_job text, p_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app.defer_v1(p_job text, p_id uuid) TO app_member;
GRANT ALL ON FUNCTION app.defer_v1(p_job text, p_id uuid) TO app_service;
GRANT ALL ON FUNCTION app.defer_v1(p_job text, p_id uuid) TO app_assistant;

GRANT SELECT ON TABLE public.outbox_items TO app_member;
GRANT SELECT,UPDATE ON TABLE public.outbox_items TO app_service;
GRANT SELECT ON TABLE public.outbox_items TO app_assistant;
GRANT SELECT,INSERT,UPDATE ON TABLE public.outbox_items TO app_door;

GRANT SELECT(id) ON TABLE public.outbox_items TO app_claimer;

GRANT SELECT(tenant_id) ON TABLE public.outbox_items TO app_claimer;

GRANT SELECT(conversation_id) ON TABLE public.outbox_items TO app_claimer;

GRANT SELECT(channel_id) ON TABLE public.outbox_items TO app_claimer;

GRANT SELECT(message_id) ON TABLE public.outbox_items TO app_claimer;

GRANT SELECT(seq) ON TABLE public.outbox_items TO app_claimer;

GRANT SELECT(state),UPDATE(state) ON TABLE public.outbox_items TO app_claimer;

GRANT SELECT(attempt),UPDATE(attempt) ON TABLE public.outbox_items TO app_claimer;

GRANT SELECT(fence),UPDATE(fence) ON TABLE public.outbox_items TO app_claimer;

GRANT SELECT(lease_until),UPDATE(lease_until) ON TABLE public.outbox_items TO app_claimer;

GRANT SELECT(due_at) ON TABLE public.outbox_items TO app_claimer;

GRANT UPDATE(claimed_by) ON TABLE public.outbox_items TO app_claimer;

GRANT UPDATE(error_title) ON TABLE public.outbox_items TO app_claimer;

GRANT UPDATE(error_next) ON TABLE public.outbox_items TO app_claimer;

GRANT SELECT(sending_at) ON TABLE public.outbox_items TO app_claimer;

GRANT SELECT(unknown_at),UPDATE(unknown_at) ON TABLE public.outbox_items TO app_claimer;

GRANT SELECT(updated_at),UPDATE(updated_at) ON TABLE public.outbox_items TO app_claimer;

REVOKE ALL ON FUNCTION app.drop_reaction(p_item public.outbox_items) FROM PUBLIC;

REVOKE ALL ON FUNCTION app.empty_webhook_bodies_v1(p_days integer) FROM PUBLIC;
GRANT ALL ON FUNCTION app.empty_webhook_bodies_v1(p_days integer) TO app_service;

REVOKE ALL ON FUNCTION app.enqueue_deed_v1(p_comment uuid, p_deed uuid, p_kind text, p_text text) FROM PUBLIC;
GRANT ALL ON FUNCTION app.enqueue_deed_v1(p_comment uuid, p_deed uuid, p_kind text, p_text text) TO app_member;
GRANT ALL ON FUNCTION app.enqueue_deed_v1(p_comment uuid, p_deed uuid, p_kind text, p_text text) TO app_service;

GRANT SELECT,INSERT,DELETE ON TABLE public.conversations TO app_member;
GRANT SELECT,INSERT,UPDATE ON TABLE public.conversations TO app_service;
GRANT SELECT ON TABLE public.conversations TO app_assistant;
GRANT SELECT,UPDATE ON TABLE public.conversations TO app_door;

GRANT SELECT(id) ON TABLE public.conversations TO app_claimer;

GRANT SELECT(user_id) ON TABLE public.conversations TO app_claimer;

GRANT UPDATE(status) ON TABLE public.conversations TO app_member;
GRANT UPDATE(status) ON TABLE public.conversations TO app_assistant;
GRANT SELECT(status) ON TABLE public.conversations TO app_claimer;

GRANT UPDATE(assignee_user_id) ON TABLE public.conversations TO app_member;
GRANT UPDATE(assignee_user_id) ON TABLE public.conversations TO app_assistant;

GRANT UPDATE(metadata) ON TABLE public.conversations TO app_member;
GRANT UPDATE(metadata) ON TABLE public.conversations TO app_assistant;

GRANT UPDATE(unread_count) ON TABLE public.conversations TO app_member;
GRANT UPDATE(unread_count) ON TABLE public.conversations TO app_assistant;

GRANT UPDATE(snoozed_until) ON TABLE public.conversations TO app_member;
GRANT UPDATE(snoozed_until) ON TABLE public.conversations TO app_assistant;

GRANT UPDATE(priority) ON TABLE public.conversations TO app_member;
GRANT UPDATE(priority) ON TABLE public.conversations TO app_assistant;

GRANT UPDATE(lang_code) ON TABLE public.conversations TO app_member;
GRANT UPDATE(lang_code) ON TABLE public.conversations TO app_assistant;

GRANT UPDATE(epoch) ON TABLE public.conversations TO app_member;
GRANT UPDATE(epoch) ON TABLE public.conversations TO app_assistant;

GRANT UPDATE(assistant_paused) ON TABLE public.conversations TO app_member;
GRANT UPDATE(assistant_paused) ON TABLE public.conversations TO app_assistant;
GRANT SELECT(assistant_paused) ON TABLE public.conversations TO app_claimer;

GRANT UPDATE(assistant_state) ON TABLE public.conversations TO app_member;
GRANT UPDATE(assistant_state) ON TABLE public.conversations TO app_assistant;

GRANT UPDATE(assistant_due_at) ON TABLE public.conversations TO app_member;
GRANT UPDATE(assistant_due_at) ON TABLE public.conversations TO app_assistant;
GRANT SELECT(assistant_due_at) ON TABLE public.conversations TO app_claimer;

GRANT UPDATE(assistant_first_due_at) ON TABLE public.conversations TO app_member;
GRANT UPDATE(assistant_first_due_at) ON TABLE public.conversations TO app_assistant;

GRANT UPDATE(assistant_fence) ON TABLE public.conversations TO app_member;
GRANT UPDATE(assistant_fence) ON TABLE public.conversations TO app_assistant;
GRANT SELECT(assistant_fence),UPDATE(assistant_fence) ON TABLE public.conversations TO app_claimer;

GRANT UPDATE(assistant_lease_until) ON TABLE public.conversations TO app_member;
GRANT UPDATE(assistant_lease_until) ON TABLE public.conversations TO app_assistant;
GRANT SELECT(assistant_lease_until),UPDATE(assistant_lease_until) ON TABLE public.conversations TO app_claimer;

GRANT UPDATE(assistant_attempt) ON TABLE public.conversations TO app_member;
GRANT UPDATE(assistant_attempt) ON TABLE public.conversations TO app_assistant;
GRANT SELECT(assistant_attempt),UPDATE(assistant_attempt) ON TABLE public.conversations TO app_claimer;

GRANT UPDATE(updated_at) ON TABLE public.conversations TO app_member;
GRANT UPDATE(updated_at) ON TABLE public.conversations TO app_assistant;
GRANT UPDATE(updated_at) ON TABLE public.conversations TO app_claimer;

REVOKE ALL ON FUNCTION app.enqueue_reaction(p_conversation public.conversations, p_outbox uuid, p_message uuid, p_text text, p_payload jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION app.enqueue_reply_v1(p_conversation uuid, p_outbox uuid, p_message uuid, p_text text, p_origin text, p_epoch bigint, p_decision uuid, p_payload jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION app.enqueue_reply_v1(p_conversation uuid, p_outbox uuid, p_message uuid, p_text text, p_origin text, p_epoch bigint, p_decision uuid, p_payload jsonb) TO app_member;
GRANT ALL ON FUNCTION app.enqueue_reply_v1(p_conversation uuid, p_outbox uuid, p_message uuid, p_text text, p_origin text, p_epoch bigint, p_decision uuid, p_payload jsonb) TO app_service;
GRANT ALL ON FUNCTION app.enqueue_reply_v1(p_conversation uuid, p_outbox uuid, p_message uuid, p_text text, p_origin text, p_epoch bigint, p_decision uuid, p_payload jsonb) TO app_assistant;

REVOKE ALL ON FUNCTION app.expire_decisions_v1(p_decisions uuid[], p_words text) FROM PUBLIC;
GRANT ALL ON FUNCTION app.expire_decisions_v1(p_decisions uuid[], p_words text) TO app_service;

REVOKE ALL ON FUNCTION app.find_near_v1(p_tenant uuid, p_embedder text, p_vector text, p_within text, p_each integer) FROM PUBLIC;
GRANT ALL ON FUNCTION app.find_near_v1(p_tenant uuid, p_embedder text, p_vector text, p_within text, p_each integer) TO app_member;
GRANT ALL ON FUNCTION app.find_near_v1(p_tenant uuid, p_embedder text, p_vector text, p_within text, p_each integer) TO app_service;
GRANT ALL ON FUNCTION app.find_near_v1(p_tenant uuid, p_embedder text, p_vector text, p_within text, p_each integer) TO app_assistant;

REVOKE ALL ON FUNCTION app.find_words_v1(p_tenant uuid, p_text text, p_telling text, p_lang text, p_within text, p_each integer, p_also uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION app.find_words_v1(p_tenant uuid, p_text text, p_telling text, p_lang text, p_within text, p_each integer, p_also uuid[]) TO app_member;
GRANT ALL ON FUNCTION app.find_words_v1(p_tenant uuid, p_text text, p_telling text, p_lang text, p_within text, p_each integer, p_also uuid[]) TO app_service;
GRANT ALL ON FUNCTION app.find_words_v1(p_tenant uuid, p_text text, p_telling text, p_lang text, p_within text, p_each integer, p_also uuid[]) TO app_assistant;

REVOKE ALL ON FUNCTION app.first_tenant_v1() FROM PUBLIC;
GRANT ALL ON FUNCTION app.first_tenant_v1() TO app_service;
GRANT ALL ON FUNCTION app.first_tenant_v1() TO app_assistant;

REVOKE ALL ON FUNCTION app.fits_v1(p_texts text[], p_most integer, p_longest integer) FROM PUBLIC;
GRANT ALL ON FUNCTION app.fits_v1(p_texts text[], p_most integer, p_longest integer) TO app_member;

REVOKE ALL ON FUNCTION app.folded_v1(p_text text) FROM PUBLIC;
GRANT ALL ON FUNCTION app.folded_v1(p_text text) TO app_member;
GRANT ALL ON FUNCTION app.folded_v1(p_text text) TO app_service;
GRANT ALL ON FUNCTION app.folded_v1(p_text text) TO app_assistant;
GRANT ALL ON FUNCTION app.folded_v1(p_text text) TO app_door;

REVOKE ALL ON FUNCTION app.forget_blob(p_tenant uuid, p_blob uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION app.forget_file() FROM PUBLIC;

REVOKE ALL ON FUNCTION app.forget_original() FROM PUBLIC;

REVOKE ALL ON FUNCTION app.forget_runs_v1(p_days integer) FROM PUBLIC;
GRANT ALL ON FUNCTION app.forget_runs_v1(p_days integer) TO app_service;

REVOKE ALL ON FUNCTION app.handle_comment_v1(p_comment uuid, p_handled boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION app.handle_comment_v1(p_comment uuid, p_handled boolean) TO app_member;
GRANT ALL ON FUNCTION app.handle_comment_v1(p_comment uuid, p_handled boolean) TO app_service;

REVOKE ALL ON FUNCTION app.has_role(p_tenant uuid, p_min_role text) FROM PUBLIC;
GRANT ALL ON FUNCTION app.has_role(p_tenant uuid, p_min_role text) TO app_member;
GRANT ALL ON FUNCTION app.has_role(p_tenant uuid, p_min_role text) TO app_service;
GRANT ALL ON FUNCTION app.has_role(p_tenant uuid, p_min_role text) TO app_assistant;
GRANT ALL ON FUNCTION app.has_role(p_tenant uuid, p_min_role text) TO app_claimer;
GRANT ALL ON FUNCTION app.has_role(p_tenant uuid, p_min_role text) TO app_door;

REVOKE ALL ON FUNCTION app.hold_embedder_v1() FROM PUBLIC;
GRANT ALL ON FUNCTION app.hold_embedder_v1() TO app_member;
GRANT ALL ON FUNCTION app.hold_embedder_v1() TO app_service;

REVOKE ALL ON FUNCTION app.index_chunk_words() FROM PUBLIC;

REVOKE ALL ON FUNCTION app.index_faq_words() FROM PUBLIC;

REVOKE ALL ON FUNCTION app.index_phrasing_words() FROM PUBLIC;

REVOKE ALL ON FUNCTION app.index_words() FROM PUBLIC;

REVOKE ALL ON FUNCTION app.job_tenant() FROM PUBLIC;
GRANT ALL ON FUNCTION app.job_tenant() TO app_member;
GRANT ALL ON FUNCTION app.job_tenant() TO app_service;
GRANT ALL ON FUNCTION app.job_tenant() TO app_assistant;
GRANT ALL ON FUNCTION app.job_tenant() TO app_claimer;
GRANT ALL ON FUNCTION app.job_tenant() TO app_door;
GRANT ALL ON FUNCTION app.job_tenant() TO app_indexer;

REVOKE ALL ON FUNCTION app.keep_an_owner() FROM PUBLIC;

REVOKE ALL ON FUNCTION app.keep_storage() FROM PUBLIC;

REVOKE ALL ON FUNCTION app.lead_v1(p_name text, p_holder uuid, p_ttl_seconds integer) FROM PUBLIC;
GRANT ALL ON FUNCTION app.lead_v1(p_name text, p_holder uuid, p_ttl_seconds integer) TO app_service;
GRANT ALL ON FUNCTION app.lead_v1(p_name text, p_holder uuid, p_ttl_seconds integer) TO app_assistant;

REVOKE ALL ON FUNCTION app.lock_item_of_message(p_message uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION app.mark_sending_v1(p_tenant uuid, p_id uuid, p_fence bigint, p_margin_seconds integer) FROM PUBLIC;
GRANT ALL ON FUNCTION app.mark_sending_v1(p_tenant uuid, p_id uuid, p_fence bigint, p_margin_seconds integer) TO app_service;

REVOKE ALL ON FUNCTION app.move_post_v1(p_post uuid, p_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION app.move_post_v1(p_post uuid, p_at timestamp with time zone) TO app_member;
GRANT ALL ON FUNCTION app.move_post_v1(p_post uuid, p_at timestamp with time zone) TO app_service;

REVOKE ALL ON FUNCTION app.near_chunks(p_tenant uuid, p_embedder text, p_vector extensions.halfvec, p_within text, p_limit integer) FROM PUBLIC;
GRANT ALL ON FUNCTION app.near_chunks(p_tenant uuid, p_embedder text, p_vector extensions.halfvec, p_within text, p_limit integer) TO app_member;
GRANT ALL ON FUNCTION app.near_chunks(p_tenant uuid, p_embedder text, p_vector extensions.halfvec, p_within text, p_limit integer) TO app_service;
GRANT ALL ON FUNCTION app.near_chunks(p_tenant uuid, p_embedder text, p_vector extensions.halfvec, p_within text, p_limit integer) TO app_assistant;

REVOKE ALL ON FUNCTION app.notice_channel_v1(p_tenant uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app.notice_channel_v1(p_tenant uuid) TO app_member;
GRANT ALL ON FUNCTION app.notice_channel_v1(p_tenant uuid) TO app_service;
GRANT ALL ON FUNCTION app.notice_channel_v1(p_tenant uuid) TO app_assistant;

REVOKE ALL ON FUNCTION app.owner_allows_auto() FROM PUBLIC;

REVOKE ALL ON FUNCTION app.owner_removes_channels() FROM PUBLIC;

REVOKE ALL ON FUNCTION app.parked_events_v1() FROM PUBLIC;
GRANT ALL ON FUNCTION app.parked_events_v1() TO app_member;
GRANT ALL ON FUNCTION app.parked_events_v1() TO app_service;

REVOKE ALL ON FUNCTION app.publish_v1(p_kind text, p_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app.publish_v1(p_kind text, p_id uuid) TO app_member;
GRANT ALL ON FUNCTION app.publish_v1(p_kind text, p_id uuid) TO app_service;
GRANT ALL ON FUNCTION app.publish_v1(p_kind text, p_id uuid) TO app_assistant;

REVOKE ALL ON FUNCTION app.reachable_tenants() FROM PUBLIC;
GRANT ALL ON FUNCTION app.reachable_tenants() TO app_member;
GRANT ALL ON FUNCTION app.reachable_tenants() TO app_service;
GRANT ALL ON FUNCTION app.reachable_tenants() TO app_assistant;
GRANT ALL ON FUNCTION app.reachable_tenants() TO app_claimer;
GRANT ALL ON FUNCTION app.reachable_tenants() TO app_door;

REVOKE ALL ON FUNCTION app.release_reply_v1(p_message uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app.release_reply_v1(p_message uuid) TO app_member;
GRANT ALL ON FUNCTION app.release_reply_v1(p_message uuid) TO app_service;

REVOKE ALL ON FUNCTION app.resend_reply_v1(p_message uuid, p_outbox uuid, p_new_message uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app.resend_reply_v1(p_message uuid, p_outbox uuid, p_new_message uuid) TO app_member;
GRANT ALL ON FUNCTION app.resend_reply_v1(p_message uuid, p_outbox uuid, p_new_message uuid) TO app_service;

REVOKE ALL ON FUNCTION app.route_account_v1(p_platform text, p_account_id text) FROM PUBLIC;
GRANT ALL ON FUNCTION app.route_account_v1(p_platform text, p_account_id text) TO app_service;

REVOKE ALL ON FUNCTION app.schema_history_v1() FROM PUBLIC;
GRANT ALL ON FUNCTION app.schema_history_v1() TO app_member;
GRANT ALL ON FUNCTION app.schema_history_v1() TO app_service;
GRANT ALL ON FUNCTION app.schema_history_v1() TO app_assistant;

REVOKE ALL ON FUNCTION app.searched_otherwise_v1(p_embedder text) FROM PUBLIC;
GRANT ALL ON FUNCTION app.searched_otherwise_v1(p_embedder text) TO app_service;

REVOKE ALL ON FUNCTION app.settle_deed_v1(p_deed uuid, p_state text) FROM PUBLIC;
GRANT ALL ON FUNCTION app.settle_deed_v1(p_deed uuid, p_state text) TO app_member;
GRANT ALL ON FUNCTION app.settle_deed_v1(p_deed uuid, p_state text) TO app_service;

REVOKE ALL ON FUNCTION app.settle_item(p_item public.outbox_items, p_state text, p_title text) FROM PUBLIC;

REVOKE ALL ON FUNCTION app.settle_post_v1(p_post uuid, p_status text) FROM PUBLIC;
GRANT ALL ON FUNCTION app.settle_post_v1(p_post uuid, p_status text) TO app_member;
GRANT ALL ON FUNCTION app.settle_post_v1(p_post uuid, p_status text) TO app_service;

REVOKE ALL ON FUNCTION app.settle_uncertain_v1(p_message uuid, p_state text) FROM PUBLIC;
GRANT ALL ON FUNCTION app.settle_uncertain_v1(p_message uuid, p_state text) TO app_member;
GRANT ALL ON FUNCTION app.settle_uncertain_v1(p_message uuid, p_state text) TO app_service;

REVOKE ALL ON FUNCTION app.silence_assistant_v1(p_conversation uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app.silence_assistant_v1(p_conversation uuid) TO app_member;
GRANT ALL ON FUNCTION app.silence_assistant_v1(p_conversation uuid) TO app_service;
GRANT ALL ON FUNCTION app.silence_assistant_v1(p_conversation uuid) TO app_assistant;

REVOKE ALL ON FUNCTION app.sweep_deeds_v1(p_unknown_after_seconds integer) FROM PUBLIC;
GRANT ALL ON FUNCTION app.sweep_deeds_v1(p_unknown_after_seconds integer) TO app_service;

REVOKE ALL ON FUNCTION app.sweep_outbox_v1(p_unknown_after_seconds integer, p_unknown_fast_seconds integer) FROM PUBLIC;
GRANT ALL ON FUNCTION app.sweep_outbox_v1(p_unknown_after_seconds integer, p_unknown_fast_seconds integer) TO app_service;

REVOKE ALL ON FUNCTION app.switch_embedder_v1(p_embedder text) FROM PUBLIC;
GRANT ALL ON FUNCTION app.switch_embedder_v1(p_embedder text) TO app_service;

REVOKE ALL ON FUNCTION app.tenants(min_role text) FROM PUBLIC;
GRANT ALL ON FUNCTION app.tenants(min_role text) TO app_member;
GRANT ALL ON FUNCTION app.tenants(min_role text) TO app_service;
GRANT ALL ON FUNCTION app.tenants(min_role text) TO app_assistant;
GRANT ALL ON FUNCTION app.tenants(min_role text) TO app_claimer;
GRANT ALL ON FUNCTION app.tenants(min_role text) TO app_door;
GRANT ALL ON FUNCTION app.tenants(min_role text) TO app_indexer;

REVOKE ALL ON FUNCTION app.text_config(p_lang_code text) FROM PUBLIC;
GRANT ALL ON FUNCTION app.text_config(p_lang_code text) TO app_member;
GRANT ALL ON FUNCTION app.text_config(p_lang_code text) TO app_service;
GRANT ALL ON FUNCTION app.text_config(p_lang_code text) TO app_assistant;
GRANT ALL ON FUNCTION app.text_config(p_lang_code text) TO app_indexer;

REVOKE ALL ON FUNCTION app.text_language(p_lang_code text) FROM PUBLIC;
GRANT ALL ON FUNCTION app.text_language(p_lang_code text) TO app_member;
GRANT ALL ON FUNCTION app.text_language(p_lang_code text) TO app_service;
GRANT ALL ON FUNCTION app.text_language(p_lang_code text) TO app_assistant;
GRANT ALL ON FUNCTION app.text_language(p_lang_code text) TO app_indexer;

REVOKE ALL ON FUNCTION app.time_comment_author() FROM PUBLIC;

REVOKE ALL ON FUNCTION app.time_comment_text() FROM PUBLIC;

REVOKE ALL ON FUNCTION app.time_profile() FROM PUBLIC;

REVOKE ALL ON FUNCTION app.touch() FROM PUBLIC;

REVOKE ALL ON FUNCTION app.uid() FROM PUBLIC;
GRANT ALL ON FUNCTION app.uid() TO app_member;
GRANT ALL ON FUNCTION app.uid() TO app_service;
GRANT ALL ON FUNCTION app.uid() TO app_assistant;
GRANT ALL ON FUNCTION app.uid() TO app_claimer;
GRANT ALL ON FUNCTION app.uid() TO app_door;
GRANT ALL ON FUNCTION app.uid() TO app_indexer;

REVOKE ALL ON FUNCTION app.ungrouped_v1() FROM PUBLIC;
GRANT ALL ON FUNCTION app.ungrouped_v1() TO app_service;

REVOKE ALL ON FUNCTION app.unknown_deeds_v1(p_limit integer) FROM PUBLIC;
GRANT ALL ON FUNCTION app.unknown_deeds_v1(p_limit integer) TO app_service;

REVOKE ALL ON FUNCTION app.unknown_outbox_v1(p_limit integer) FROM PUBLIC;
GRANT ALL ON FUNCTION app.unknown_outbox_v1(p_limit integer) TO app_service;

REVOKE ALL ON FUNCTION app.wake_v1(p_loop text) FROM PUBLIC;
GRANT ALL ON FUNCTION app.wake_v1(p_loop text) TO app_door;
GRANT ALL ON FUNCTION app.wake_v1(p_loop text) TO app_member;
GRANT ALL ON FUNCTION app.wake_v1(p_loop text) TO app_service;
GRANT ALL ON FUNCTION app.wake_v1(p_loop text) TO app_assistant;

REVOKE ALL ON FUNCTION app.word_key(p_tenant uuid, p_field text, p_language text, p_word text) FROM PUBLIC;
GRANT ALL ON FUNCTION app.word_key(p_tenant uuid, p_field text, p_language text, p_word text) TO app_member;
GRANT ALL ON FUNCTION app.word_key(p_tenant uuid, p_field text, p_language text, p_word text) TO app_service;
GRANT ALL ON FUNCTION app.word_key(p_tenant uuid, p_field text, p_language text, p_word text) TO app_assistant;
GRANT ALL ON FUNCTION app.word_key(p_tenant uuid, p_field text, p_language text, p_word text) TO app_indexer;

REVOKE ALL ON FUNCTION app.work_figures_v1() FROM PUBLIC;
GRANT ALL ON FUNCTION app.work_figures_v1() TO app_service;

REVOKE ALL ON FUNCTION app.worker_alive_v1(p_kind text, p_within_seconds integer) FROM PUBLIC;
GRANT ALL ON FUNCTION app.worker_alive_v1(p_kind text, p_within_seconds integer) TO app_member;
GRANT ALL ON FUNCTION app.worker_alive_v1(p_kind text, p_within_seconds integer) TO app_service;
GRANT ALL ON FUNCTION app.worker_alive_v1(p_kind text, p_within_seconds integer) TO app_assistant;

REVOKE ALL ON FUNCTION app_private.add_member_v1(p_tenant uuid, p_email text, p_name text, p_role text) FROM PUBLIC;

REVOKE ALL ON FUNCTION app_private.announce(p_tenant uuid, p_kind text, p_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app_private.announce(p_tenant uuid, p_kind text, p_id uuid) TO app_door;
GRANT ALL ON FUNCTION app_private.announce(p_tenant uuid, p_kind text, p_id uuid) TO app_claimer;

REVOKE ALL ON FUNCTION app_private.bind_member_v1(p_user uuid, p_login name) FROM PUBLIC;

REVOKE ALL ON FUNCTION app_private.bind_service_v1(p_kind text, p_login name) FROM PUBLIC;

REVOKE ALL ON FUNCTION app_private.create_tenant_v1(p_email text, p_name text) FROM PUBLIC;

REVOKE ALL ON FUNCTION app_private.make_login_v1(p_login name, p_verifier text, p_group name, p_statement_timeout text) FROM PUBLIC;

GRANT USAGE ON SEQUENCE app.fence TO app_claimer;

GRANT SELECT ON TABLE public.ai_decisions TO app_member;
GRANT SELECT,INSERT ON TABLE public.ai_decisions TO app_service;
GRANT SELECT,INSERT ON TABLE public.ai_decisions TO app_assistant;

GRANT SELECT(id) ON TABLE public.ai_decisions TO app_indexer;
GRANT SELECT(id) ON TABLE public.ai_decisions TO app_door;

GRANT SELECT(user_id) ON TABLE public.ai_decisions TO app_indexer;
GRANT SELECT(user_id) ON TABLE public.ai_decisions TO app_door;

GRANT UPDATE(reason) ON TABLE public.ai_decisions TO app_door;

GRANT SELECT(message_text) ON TABLE public.ai_decisions TO app_indexer;
GRANT UPDATE(message_text) ON TABLE public.ai_decisions TO app_door;

GRANT SELECT(snapshot_json),UPDATE(snapshot_json) ON TABLE public.ai_decisions TO app_door;

GRANT SELECT(expired_at),UPDATE(expired_at) ON TABLE public.ai_decisions TO app_door;

GRANT SELECT ON TABLE public.ai_models TO app_member;
GRANT SELECT,INSERT,UPDATE ON TABLE public.ai_models TO app_service;
GRANT SELECT ON TABLE public.ai_models TO app_assistant;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.ai_rules TO app_member;
GRANT SELECT ON TABLE public.ai_rules TO app_service;
GRANT SELECT ON TABLE public.ai_rules TO app_assistant;
GRANT SELECT ON TABLE public.ai_rules TO app_door;

GRANT SELECT,UPDATE ON TABLE public.ai_settings TO app_member;
GRANT SELECT ON TABLE public.ai_settings TO app_service;
GRANT SELECT ON TABLE public.ai_settings TO app_assistant;
GRANT SELECT ON TABLE public.ai_settings TO app_door;

GRANT SELECT(user_id) ON TABLE public.ai_settings TO app_indexer;

GRANT SELECT(embedder),UPDATE(embedder) ON TABLE public.ai_settings TO app_indexer;

GRANT UPDATE(updated_at) ON TABLE public.ai_settings TO app_indexer;

GRANT SELECT ON TABLE public.ai_triage_rules_advanced TO app_member;
GRANT SELECT,INSERT ON TABLE public.ai_triage_rules_advanced TO app_service;
GRANT SELECT,INSERT ON TABLE public.ai_triage_rules_advanced TO app_assistant;

GRANT SELECT ON TABLE public.analytics TO app_member;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.analytics TO app_service;

GRANT SELECT ON TABLE public.analytics_history TO app_member;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.analytics_history TO app_service;

GRANT SELECT,INSERT ON TABLE public.assist_requests TO app_member;
GRANT SELECT,UPDATE ON TABLE public.assist_requests TO app_service;
GRANT SELECT,UPDATE ON TABLE public.assist_requests TO app_assistant;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.assistant_threads TO app_service;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.assistant_threads TO app_assistant;
GRANT DELETE ON TABLE public.assistant_threads TO app_claimer;

GRANT SELECT(thread_id) ON TABLE public.assistant_threads TO app_claimer;

GRANT SELECT(created_at) ON TABLE public.assistant_threads TO app_claimer;

GRANT SELECT ON TABLE public.assistant_usage TO app_member;
GRANT SELECT,INSERT,UPDATE ON TABLE public.assistant_usage TO app_service;
GRANT SELECT,INSERT,UPDATE ON TABLE public.assistant_usage TO app_assistant;

GRANT SELECT,INSERT,DELETE ON TABLE public.attachments TO app_member;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.attachments TO app_service;
GRANT SELECT ON TABLE public.attachments TO app_assistant;
GRANT SELECT,UPDATE ON TABLE public.attachments TO app_door;

GRANT SELECT(tenant_id) ON TABLE public.attachments TO app_indexer;

GRANT SELECT(blob_id) ON TABLE public.attachments TO app_indexer;

GRANT SELECT ON TABLE public.audit_log TO app_member;
GRANT INSERT ON TABLE public.audit_log TO app_service;
GRANT INSERT ON TABLE public.audit_log TO app_door;

GRANT SELECT,INSERT,DELETE ON TABLE public.blobs TO app_member;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.blobs TO app_service;
GRANT DELETE ON TABLE public.blobs TO app_indexer;

GRANT SELECT(id) ON TABLE public.blobs TO app_indexer;

GRANT SELECT(tenant_id) ON TABLE public.blobs TO app_indexer;

GRANT SELECT ON TABLE public.channel_gaps TO app_member;
GRANT SELECT,INSERT,UPDATE ON TABLE public.channel_gaps TO app_service;

GRANT UPDATE(seen_at) ON TABLE public.channel_gaps TO app_member;

GRANT SELECT,INSERT ON TABLE public.channel_health TO app_member;
GRANT SELECT,INSERT,UPDATE ON TABLE public.channel_health TO app_service;

GRANT SELECT(tenant_id),INSERT(tenant_id) ON TABLE public.channel_health TO app_claimer;

GRANT SELECT(channel_id),INSERT(channel_id) ON TABLE public.channel_health TO app_claimer;

GRANT UPDATE(look_due_at) ON TABLE public.channel_health TO app_member;
GRANT SELECT(look_due_at) ON TABLE public.channel_health TO app_claimer;

GRANT SELECT(look_lease_until),UPDATE(look_lease_until) ON TABLE public.channel_health TO app_claimer;

GRANT SELECT(look_fence),UPDATE(look_fence) ON TABLE public.channel_health TO app_claimer;

GRANT UPDATE(looked_at) ON TABLE public.channel_health TO app_member;

GRANT UPDATE(trouble) ON TABLE public.channel_health TO app_member;

GRANT UPDATE(missing_scopes) ON TABLE public.channel_health TO app_member;

GRANT UPDATE(fields) ON TABLE public.channel_health TO app_member;

GRANT UPDATE(missing_fields) ON TABLE public.channel_health TO app_member;

GRANT UPDATE(subscribed) ON TABLE public.channel_health TO app_member;

GRANT UPDATE(polled_until) ON TABLE public.channel_health TO app_member;

GRANT UPDATE(missed) ON TABLE public.channel_health TO app_member;

GRANT UPDATE(missed_at) ON TABLE public.channel_health TO app_member;

GRANT UPDATE(renew_due_at) ON TABLE public.channel_health TO app_member;
GRANT SELECT(renew_due_at) ON TABLE public.channel_health TO app_claimer;

GRANT SELECT(renew_lease_until),UPDATE(renew_lease_until) ON TABLE public.channel_health TO app_claimer;

GRANT SELECT(renew_fence),UPDATE(renew_fence) ON TABLE public.channel_health TO app_claimer;

GRANT UPDATE(renew_begun_at) ON TABLE public.channel_health TO app_member;

GRANT UPDATE(renew_lost) ON TABLE public.channel_health TO app_member;

GRANT UPDATE(renewed_at) ON TABLE public.channel_health TO app_member;

GRANT SELECT ON TABLE public.cluster_items TO app_member;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.cluster_items TO app_service;

GRANT SELECT ON TABLE public.clusters TO app_member;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.clusters TO app_service;

GRANT SELECT ON TABLE public.comment_checkpoint TO app_member;
GRANT SELECT,INSERT,UPDATE ON TABLE public.comment_checkpoint TO app_service;

GRANT SELECT ON TABLE public.comment_deeds TO app_member;
GRANT SELECT,UPDATE ON TABLE public.comment_deeds TO app_service;
GRANT SELECT,INSERT,UPDATE ON TABLE public.comment_deeds TO app_door;

GRANT SELECT(id) ON TABLE public.comment_deeds TO app_claimer;

GRANT SELECT(tenant_id) ON TABLE public.comment_deeds TO app_claimer;

GRANT SELECT(comment_id) ON TABLE public.comment_deeds TO app_claimer;

GRANT SELECT(channel_id) ON TABLE public.comment_deeds TO app_claimer;

GRANT SELECT(kind) ON TABLE public.comment_deeds TO app_claimer;

GRANT SELECT(state),UPDATE(state) ON TABLE public.comment_deeds TO app_claimer;

GRANT SELECT(attempt),UPDATE(attempt) ON TABLE public.comment_deeds TO app_claimer;

GRANT SELECT(fence),UPDATE(fence) ON TABLE public.comment_deeds TO app_claimer;

GRANT SELECT(lease_until),UPDATE(lease_until) ON TABLE public.comment_deeds TO app_claimer;

GRANT SELECT(due_at) ON TABLE public.comment_deeds TO app_claimer;

GRANT UPDATE(claimed_by) ON TABLE public.comment_deeds TO app_claimer;

GRANT UPDATE(error_title) ON TABLE public.comment_deeds TO app_claimer;

GRANT UPDATE(error_next) ON TABLE public.comment_deeds TO app_claimer;

GRANT SELECT(unknown_at),UPDATE(unknown_at) ON TABLE public.comment_deeds TO app_claimer;

GRANT SELECT(created_at) ON TABLE public.comment_deeds TO app_claimer;

GRANT UPDATE(updated_at) ON TABLE public.comment_deeds TO app_claimer;

GRANT SELECT ON TABLE public.comments TO app_member;
GRANT SELECT,INSERT,UPDATE ON TABLE public.comments TO app_service;
GRANT SELECT ON TABLE public.comments TO app_assistant;
GRANT SELECT,UPDATE ON TABLE public.comments TO app_door;

GRANT UPDATE(triage) ON TABLE public.comments TO app_assistant;

GRANT UPDATE(ai_decision_id) ON TABLE public.comments TO app_assistant;

GRANT SELECT ON TABLE public.companion_keys TO app_member;
GRANT SELECT,INSERT,UPDATE ON TABLE public.companion_keys TO app_service;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.composer_drafts TO app_member;

GRANT SELECT,INSERT,DELETE ON TABLE public.conversation_labels TO app_member;
GRANT SELECT,INSERT,DELETE ON TABLE public.conversation_labels TO app_service;
GRANT SELECT ON TABLE public.conversation_labels TO app_assistant;

GRANT SELECT ON TABLE public.conversation_messages TO app_member;
GRANT SELECT,INSERT,UPDATE ON TABLE public.conversation_messages TO app_service;
GRANT SELECT ON TABLE public.conversation_messages TO app_assistant;
GRANT SELECT,INSERT,UPDATE ON TABLE public.conversation_messages TO app_door;

GRANT SELECT(id) ON TABLE public.conversation_messages TO app_claimer;

GRANT SELECT(user_id) ON TABLE public.conversation_messages TO app_claimer;

GRANT UPDATE(triage) ON TABLE public.conversation_messages TO app_assistant;

GRANT UPDATE(confidence) ON TABLE public.conversation_messages TO app_assistant;

GRANT UPDATE(ai_decision_id) ON TABLE public.conversation_messages TO app_assistant;

GRANT SELECT(delivery),UPDATE(delivery) ON TABLE public.conversation_messages TO app_claimer;

GRANT UPDATE(updated_at) ON TABLE public.conversation_messages TO app_assistant;
GRANT UPDATE(updated_at) ON TABLE public.conversation_messages TO app_claimer;

GRANT SELECT ON TABLE public.credit_transactions TO app_member;
GRANT SELECT,INSERT ON TABLE public.credit_transactions TO app_service;
GRANT SELECT,INSERT ON TABLE public.credit_transactions TO app_door;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.customers TO app_member;
GRANT SELECT,INSERT,UPDATE ON TABLE public.customers TO app_service;
GRANT SELECT ON TABLE public.customers TO app_assistant;

GRANT SELECT(id) ON TABLE public.customers TO app_claimer;

GRANT SELECT(user_id) ON TABLE public.customers TO app_claimer;

GRANT SELECT(social_account_id) ON TABLE public.customers TO app_claimer;

GRANT SELECT(platform_customer_id) ON TABLE public.customers TO app_claimer;

GRANT SELECT(other_ids) ON TABLE public.customers TO app_claimer;

GRANT SELECT(created_at) ON TABLE public.customers TO app_claimer;

GRANT SELECT,INSERT,UPDATE ON TABLE public.decision_corrections TO app_member;
GRANT SELECT ON TABLE public.decision_corrections TO app_service;
GRANT SELECT ON TABLE public.decision_corrections TO app_assistant;

GRANT SELECT(tenant_id) ON TABLE public.decision_corrections TO app_door;

GRANT SELECT(decision_id) ON TABLE public.decision_corrections TO app_door;

GRANT SELECT(example),UPDATE(example) ON TABLE public.decision_corrections TO app_door;

GRANT UPDATE(state) ON TABLE public.decision_corrections TO app_door;

GRANT SELECT ON TABLE public.decision_rules TO app_member;
GRANT SELECT,INSERT ON TABLE public.decision_rules TO app_service;
GRANT SELECT,INSERT ON TABLE public.decision_rules TO app_assistant;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.document_versions TO app_member;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.document_versions TO app_service;

GRANT SELECT(tenant_id) ON TABLE public.document_versions TO app_indexer;

GRANT SELECT(document_id) ON TABLE public.document_versions TO app_indexer;

GRANT SELECT(file_size_bytes) ON TABLE public.document_versions TO app_indexer;

GRANT SELECT(blob_id) ON TABLE public.document_versions TO app_indexer;

GRANT SELECT ON TABLE public.drafts TO app_member;
GRANT SELECT,INSERT,UPDATE ON TABLE public.drafts TO app_service;
GRANT SELECT,INSERT,UPDATE ON TABLE public.drafts TO app_assistant;
GRANT SELECT,UPDATE ON TABLE public.drafts TO app_door;

GRANT UPDATE(state) ON TABLE public.drafts TO app_member;

GRANT UPDATE(decided_by) ON TABLE public.drafts TO app_member;

GRANT UPDATE(decided_at) ON TABLE public.drafts TO app_member;

GRANT SELECT,INSERT,UPDATE ON TABLE public.support_escalations TO app_member;
GRANT SELECT,INSERT,UPDATE ON TABLE public.support_escalations TO app_service;
GRANT SELECT,INSERT,UPDATE ON TABLE public.support_escalations TO app_assistant;

GRANT SELECT(id) ON TABLE public.support_escalations TO app_indexer;

GRANT SELECT(user_id) ON TABLE public.support_escalations TO app_indexer;

GRANT SELECT(decision_id) ON TABLE public.support_escalations TO app_indexer;

GRANT SELECT(reason) ON TABLE public.support_escalations TO app_indexer;

GRANT SELECT,INSERT,DELETE ON TABLE public.team_members TO app_member;
GRANT SELECT ON TABLE public.team_members TO app_service;

GRANT UPDATE(role) ON TABLE public.team_members TO app_member;

GRANT UPDATE(display_name) ON TABLE public.team_members TO app_member;

GRANT UPDATE(revoked_at) ON TABLE public.team_members TO app_member;

GRANT SELECT ON TABLE public.escalation_rows TO app_member;
GRANT SELECT ON TABLE public.escalation_rows TO app_service;
GRANT SELECT ON TABLE public.escalation_rows TO app_assistant;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.faq_phrasings TO app_member;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.faq_phrasings TO app_service;
GRANT SELECT ON TABLE public.faq_phrasings TO app_assistant;

GRANT SELECT(id) ON TABLE public.faq_phrasings TO app_indexer;

GRANT SELECT(tenant_id) ON TABLE public.faq_phrasings TO app_indexer;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.faq_qa TO app_member;
GRANT SELECT,INSERT,UPDATE ON TABLE public.faq_qa TO app_service;
GRANT SELECT ON TABLE public.faq_qa TO app_assistant;

GRANT SELECT(id) ON TABLE public.faq_qa TO app_indexer;

GRANT SELECT(user_id) ON TABLE public.faq_qa TO app_indexer;

GRANT SELECT(tsconfig) ON TABLE public.faq_qa TO app_indexer;

GRANT SELECT(lang_code) ON TABLE public.faq_qa TO app_indexer;

GRANT SELECT(text_size_bytes) ON TABLE public.faq_qa TO app_indexer;

GRANT SELECT(enabled) ON TABLE public.faq_qa TO app_indexer;

GRANT SELECT,INSERT ON TABLE public.inbound_keys TO app_service;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.labels TO app_member;
GRANT SELECT ON TABLE public.labels TO app_service;
GRANT SELECT ON TABLE public.labels TO app_assistant;

GRANT SELECT ON TABLE public.inbox_rows TO app_member;
GRANT SELECT ON TABLE public.inbox_rows TO app_service;
GRANT SELECT ON TABLE public.inbox_rows TO app_assistant;

GRANT SELECT ON TABLE public.knowledge_chunks TO app_member;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.knowledge_chunks TO app_service;
GRANT SELECT ON TABLE public.knowledge_chunks TO app_assistant;

GRANT SELECT(id) ON TABLE public.knowledge_chunks TO app_indexer;

GRANT SELECT(user_id) ON TABLE public.knowledge_chunks TO app_indexer;

GRANT SELECT(embedder) ON TABLE public.knowledge_chunks TO app_indexer;

GRANT SELECT,UPDATE ON TABLE public.knowledge_conflicts TO app_member;
GRANT SELECT,INSERT,DELETE ON TABLE public.knowledge_conflicts TO app_service;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.knowledge_documents TO app_member;
GRANT SELECT,INSERT,UPDATE ON TABLE public.knowledge_documents TO app_service;
GRANT SELECT ON TABLE public.knowledge_documents TO app_assistant;

GRANT SELECT(id) ON TABLE public.knowledge_documents TO app_indexer;

GRANT SELECT(user_id) ON TABLE public.knowledge_documents TO app_indexer;

GRANT SELECT(storage_object_id) ON TABLE public.knowledge_documents TO app_indexer;

GRANT SELECT(file_size_bytes) ON TABLE public.knowledge_documents TO app_indexer;

GRANT SELECT ON TABLE public.knowledge_expiries TO app_member;
GRANT SELECT,INSERT,DELETE ON TABLE public.knowledge_expiries TO app_service;

GRANT SELECT,UPDATE ON TABLE public.knowledge_gap_messages TO app_member;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.knowledge_gap_messages TO app_service;

GRANT SELECT(tenant_id) ON TABLE public.knowledge_gap_messages TO app_indexer;

GRANT SELECT(escalation_id) ON TABLE public.knowledge_gap_messages TO app_indexer;

GRANT SELECT,UPDATE ON TABLE public.knowledge_gaps TO app_member;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.knowledge_gaps TO app_service;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.knowledge_lexemes TO app_indexer;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.knowledge_sizes TO app_indexer;
GRANT SELECT ON TABLE public.knowledge_sizes TO app_member;
GRANT SELECT ON TABLE public.knowledge_sizes TO app_service;
GRANT SELECT ON TABLE public.knowledge_sizes TO app_assistant;

GRANT SELECT ON TABLE public.knowledge_uses TO app_member;
GRANT SELECT,INSERT ON TABLE public.knowledge_uses TO app_service;
GRANT SELECT,INSERT ON TABLE public.knowledge_uses TO app_assistant;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.knowledge_vectors TO app_member;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.knowledge_vectors TO app_service;
GRANT SELECT ON TABLE public.knowledge_vectors TO app_assistant;

GRANT SELECT(tenant_id) ON TABLE public.knowledge_vectors TO app_indexer;

GRANT SELECT(chunk_id) ON TABLE public.knowledge_vectors TO app_indexer;

GRANT SELECT(faq_id) ON TABLE public.knowledge_vectors TO app_indexer;

GRANT SELECT(phrasing_id) ON TABLE public.knowledge_vectors TO app_indexer;

GRANT SELECT(embedder) ON TABLE public.knowledge_vectors TO app_indexer;

GRANT SELECT ON TABLE public.knowledge_windows TO app_member;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.knowledge_windows TO app_service;
GRANT SELECT ON TABLE public.knowledge_windows TO app_assistant;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.knowledge_words TO app_indexer;

GRANT SELECT ON TABLE public.kpi_2h TO app_member;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.kpi_2h TO app_service;

GRANT SELECT ON TABLE public.message_templates TO app_member;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.message_templates TO app_service;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.monitored_posts TO app_member;
GRANT SELECT,INSERT,UPDATE ON TABLE public.monitored_posts TO app_service;
GRANT SELECT ON TABLE public.monitored_posts TO app_assistant;

GRANT SELECT(id) ON TABLE public.monitored_posts TO app_door;
GRANT SELECT(id) ON TABLE public.monitored_posts TO app_claimer;

GRANT SELECT(user_id) ON TABLE public.monitored_posts TO app_door;
GRANT SELECT(user_id) ON TABLE public.monitored_posts TO app_claimer;

GRANT SELECT(social_account_id) ON TABLE public.monitored_posts TO app_door;
GRANT SELECT(social_account_id) ON TABLE public.monitored_posts TO app_claimer;

GRANT SELECT(monitoring_enabled) ON TABLE public.monitored_posts TO app_claimer;

GRANT SELECT(monitoring_ends_at) ON TABLE public.monitored_posts TO app_claimer;

GRANT SELECT(next_check_at) ON TABLE public.monitored_posts TO app_claimer;

GRANT SELECT(fence),UPDATE(fence) ON TABLE public.monitored_posts TO app_claimer;

GRANT SELECT(lease_until),UPDATE(lease_until) ON TABLE public.monitored_posts TO app_claimer;

GRANT UPDATE(updated_at) ON TABLE public.monitored_posts TO app_claimer;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.monitoring_rules TO app_member;
GRANT SELECT ON TABLE public.monitoring_rules TO app_service;
GRANT SELECT ON TABLE public.monitoring_rules TO app_assistant;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.notes TO app_member;
GRANT SELECT ON TABLE public.notes TO app_service;

GRANT SELECT ON TABLE public.notices_channels TO app_member;
GRANT SELECT ON TABLE public.notices_channels TO app_service;
GRANT SELECT ON TABLE public.notices_channels TO app_assistant;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.people TO app_member;
GRANT SELECT,INSERT,UPDATE ON TABLE public.people TO app_service;
GRANT SELECT ON TABLE public.people TO app_assistant;

GRANT SELECT,INSERT,UPDATE ON TABLE public.person_links TO app_member;
GRANT SELECT ON TABLE public.person_links TO app_service;

GRANT SELECT,INSERT,DELETE ON TABLE public.person_refusals TO app_member;
GRANT SELECT ON TABLE public.person_refusals TO app_service;

GRANT SELECT ON TABLE public.post_runs TO app_member;
GRANT SELECT,INSERT,UPDATE ON TABLE public.post_runs TO app_service;
GRANT SELECT,UPDATE ON TABLE public.post_runs TO app_door;

GRANT SELECT ON TABLE public.prices TO app_member;
GRANT SELECT,INSERT,UPDATE ON TABLE public.prices TO app_service;

GRANT SELECT ON TABLE public.products TO app_member;
GRANT SELECT,INSERT,UPDATE ON TABLE public.products TO app_service;

GRANT SELECT,INSERT,DELETE ON TABLE public.released_topics TO app_member;
GRANT SELECT ON TABLE public.released_topics TO app_service;
GRANT SELECT ON TABLE public.released_topics TO app_assistant;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.saved_replies TO app_member;
GRANT SELECT ON TABLE public.saved_replies TO app_service;

GRANT SELECT,INSERT,DELETE ON TABLE public.scheduled_posts TO app_member;
GRANT SELECT,UPDATE ON TABLE public.scheduled_posts TO app_service;
GRANT SELECT,UPDATE ON TABLE public.scheduled_posts TO app_door;

GRANT SELECT(id) ON TABLE public.scheduled_posts TO app_claimer;

GRANT SELECT(user_id) ON TABLE public.scheduled_posts TO app_claimer;

GRANT SELECT(channel_id) ON TABLE public.scheduled_posts TO app_claimer;

GRANT UPDATE(content_json) ON TABLE public.scheduled_posts TO app_member;

GRANT SELECT(publish_at) ON TABLE public.scheduled_posts TO app_claimer;

GRANT UPDATE(rrule) ON TABLE public.scheduled_posts TO app_member;

GRANT UPDATE(time_zone) ON TABLE public.scheduled_posts TO app_member;

GRANT SELECT(status),UPDATE(status) ON TABLE public.scheduled_posts TO app_claimer;

GRANT SELECT(fence),UPDATE(fence) ON TABLE public.scheduled_posts TO app_claimer;

GRANT SELECT(lease_until),UPDATE(lease_until) ON TABLE public.scheduled_posts TO app_claimer;

GRANT UPDATE(updated_at) ON TABLE public.scheduled_posts TO app_claimer;

GRANT SELECT(next_step_at) ON TABLE public.scheduled_posts TO app_claimer;

GRANT INSERT,DELETE ON TABLE public.social_accounts TO app_member;
GRANT SELECT,UPDATE ON TABLE public.social_accounts TO app_service;

GRANT SELECT(id) ON TABLE public.social_accounts TO app_member;
GRANT SELECT(id) ON TABLE public.social_accounts TO app_assistant;
GRANT SELECT(id) ON TABLE public.social_accounts TO app_door;
GRANT SELECT(id) ON TABLE public.social_accounts TO app_claimer;

GRANT SELECT(user_id) ON TABLE public.social_accounts TO app_member;
GRANT SELECT(user_id) ON TABLE public.social_accounts TO app_assistant;
GRANT SELECT(user_id) ON TABLE public.social_accounts TO app_door;
GRANT SELECT(user_id) ON TABLE public.social_accounts TO app_claimer;

GRANT SELECT(platform) ON TABLE public.social_accounts TO app_member;
GRANT SELECT(platform) ON TABLE public.social_accounts TO app_assistant;
GRANT SELECT(platform) ON TABLE public.social_accounts TO app_claimer;

GRANT SELECT(account_id) ON TABLE public.social_accounts TO app_member;
GRANT SELECT(account_id) ON TABLE public.social_accounts TO app_assistant;
GRANT SELECT(account_id) ON TABLE public.social_accounts TO app_claimer;

GRANT SELECT(account_name),UPDATE(account_name) ON TABLE public.social_accounts TO app_member;
GRANT SELECT(account_name) ON TABLE public.social_accounts TO app_assistant;

GRANT UPDATE(access_token) ON TABLE public.social_accounts TO app_member;
GRANT SELECT(access_token) ON TABLE public.social_accounts TO app_claimer;

GRANT UPDATE(refresh_token) ON TABLE public.social_accounts TO app_member;

GRANT SELECT(token_expires_at),UPDATE(token_expires_at) ON TABLE public.social_accounts TO app_member;
GRANT SELECT(token_expires_at) ON TABLE public.social_accounts TO app_assistant;

GRANT SELECT(scopes),UPDATE(scopes) ON TABLE public.social_accounts TO app_member;
GRANT SELECT(scopes) ON TABLE public.social_accounts TO app_assistant;

GRANT SELECT(metadata),UPDATE(metadata) ON TABLE public.social_accounts TO app_member;
GRANT SELECT(metadata) ON TABLE public.social_accounts TO app_assistant;
GRANT SELECT(metadata) ON TABLE public.social_accounts TO app_claimer;

GRANT SELECT(status),UPDATE(status) ON TABLE public.social_accounts TO app_member;
GRANT SELECT(status) ON TABLE public.social_accounts TO app_assistant;
GRANT SELECT(status) ON TABLE public.social_accounts TO app_door;
GRANT SELECT(status) ON TABLE public.social_accounts TO app_claimer;

GRANT SELECT(assistant_mode),UPDATE(assistant_mode) ON TABLE public.social_accounts TO app_member;
GRANT SELECT(assistant_mode) ON TABLE public.social_accounts TO app_assistant;
GRANT SELECT(assistant_mode) ON TABLE public.social_accounts TO app_door;

GRANT SELECT(paused_reason),UPDATE(paused_reason) ON TABLE public.social_accounts TO app_member;
GRANT SELECT(paused_reason) ON TABLE public.social_accounts TO app_assistant;

GRANT SELECT(paused_at),UPDATE(paused_at) ON TABLE public.social_accounts TO app_member;
GRANT SELECT(paused_at) ON TABLE public.social_accounts TO app_assistant;
GRANT SELECT(paused_at) ON TABLE public.social_accounts TO app_door;
GRANT SELECT(paused_at) ON TABLE public.social_accounts TO app_claimer;

GRANT SELECT(last_inbound_at) ON TABLE public.social_accounts TO app_member;
GRANT SELECT(last_inbound_at) ON TABLE public.social_accounts TO app_assistant;

GRANT SELECT(created_at) ON TABLE public.social_accounts TO app_member;
GRANT SELECT(created_at) ON TABLE public.social_accounts TO app_assistant;

GRANT SELECT(updated_at),UPDATE(updated_at) ON TABLE public.social_accounts TO app_member;
GRANT SELECT(updated_at) ON TABLE public.social_accounts TO app_assistant;

GRANT SELECT(token_changed_at),UPDATE(token_changed_at) ON TABLE public.social_accounts TO app_member;
GRANT SELECT(token_changed_at) ON TABLE public.social_accounts TO app_assistant;

GRANT SELECT(removed_at),UPDATE(removed_at) ON TABLE public.social_accounts TO app_member;
GRANT SELECT(removed_at) ON TABLE public.social_accounts TO app_assistant;
GRANT SELECT(removed_at) ON TABLE public.social_accounts TO app_claimer;
GRANT SELECT(removed_at) ON TABLE public.social_accounts TO app_door;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.staged_chunks TO app_service;

GRANT SELECT ON TABLE public.tombstones TO app_member;
GRANT SELECT,INSERT ON TABLE public.tombstones TO app_service;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.triage_rules TO app_member;
GRANT SELECT ON TABLE public.triage_rules TO app_service;
GRANT SELECT ON TABLE public.triage_rules TO app_assistant;

GRANT SELECT ON TABLE public.user_credits TO app_member;
GRANT SELECT,INSERT,UPDATE ON TABLE public.user_credits TO app_service;
GRANT SELECT ON TABLE public.user_credits TO app_assistant;
GRANT SELECT,UPDATE ON TABLE public.user_credits TO app_door;

GRANT SELECT ON TABLE public.user_subscriptions TO app_member;
GRANT SELECT,INSERT,UPDATE ON TABLE public.user_subscriptions TO app_service;

GRANT SELECT(user_id) ON TABLE public.user_subscriptions TO app_indexer;

GRANT SELECT(status) ON TABLE public.user_subscriptions TO app_indexer;

GRANT SELECT(storage_limit_mb) ON TABLE public.user_subscriptions TO app_indexer;

GRANT SELECT(storage_used_mb),UPDATE(storage_used_mb) ON TABLE public.user_subscriptions TO app_indexer;

GRANT UPDATE(updated_at) ON TABLE public.user_subscriptions TO app_indexer;

GRANT SELECT ON TABLE public.users TO app_member;
GRANT SELECT ON TABLE public.users TO app_service;

GRANT UPDATE(name) ON TABLE public.users TO app_member;

GRANT UPDATE(locale) ON TABLE public.users TO app_member;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.waiting_updates TO app_service;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.webhook_events TO app_service;
GRANT SELECT ON TABLE public.webhook_events TO app_claimer;

GRANT UPDATE(body) ON TABLE public.webhook_events TO app_claimer;

GRANT UPDATE(attempt) ON TABLE public.webhook_events TO app_claimer;

GRANT UPDATE(fence) ON TABLE public.webhook_events TO app_claimer;

GRANT UPDATE(lease_until) ON TABLE public.webhook_events TO app_claimer;

ALTER DEFAULT PRIVILEGES FOR ROLE app_owner REVOKE ALL ON FUNCTIONS FROM PUBLIC;
