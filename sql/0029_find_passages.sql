-- Search: the words of a question and its vector, over one tenant's knowledge.
--
-- Words are looked up by a role that row security does not stop: under a policy no index
-- that reads words may be used, because their operators are not leakproof. The function
-- therefore checks the caller's tenant itself, first, and gives back ids and numbers only;
-- what they stand for is read under the caller's own rights.

-- Bodies of functions are checked against tables with policies, and the index works under
-- its own; tables that are rewritten here are freed of theirs one by one.
set local row_security = on;

grant create on schema app to app_indexer;

-- BM25 (k1 1.2, b 0.75) over the fields of every text, frequencies within its language.
-- `p_text` is asked of texts in the question's own language, `p_telling` of the others.
-- Returns the best `p_each` entries, and the scores of `p_also` whatever their rank.
create function app.find_words_v1(
    p_tenant uuid, p_text text, p_telling text, p_lang text, p_within text,
    p_each int, p_also uuid[])
returns table (entry uuid, words float8, question_words float8, is_chosen boolean)
language plpgsql stable security definer set search_path = ''
-- The same plans serve every question; making them takes as long as running them.
set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
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

grant execute on function app.find_words_v1(uuid, text, text, text, text, int, uuid[])
    to app_member, app_service, app_assistant;
alter function app.find_words_v1(uuid, text, text, text, text, int, uuid[])
    owner to app_indexer;
revoke create on schema app from app_indexer;

-- The entries nearest in meaning, under the caller's own rights: the best `p_each`, chunks
-- by the mean of the whole and of its best window, FAQ entries by answer or question.
--
-- Up to some 25,000 texts every vector of the tenant is compared: they lie close together,
-- the processors share the work, and that is exact. Beyond, and where the tenant has a good
-- part of all rows, the graph over all chunks is asked and the planner kept from sorting
-- what it would otherwise read whole. A small tenant must never be looked for in the graph:
-- a third of its answers would get lost among the others' rows.
alter function app.uid() parallel safe;
alter function app.tenants(text) parallel safe;
alter function app.job_tenant() parallel safe;

create function app.find_near_v1(
    p_tenant uuid, p_embedder text, p_vector text, p_within text, p_each int)
returns table (entry uuid)
language plpgsql as $$
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
        select v.chunk_id, -(v.embedding <#> v_vector) as cosine
          from public.knowledge_vectors v
         where v.tenant_id = p_tenant and v.embedder = p_embedder
           and v.chunk_id is not null
           and (v_chunks is null or v.chunk_id = any (v_chunks))
           and (p_within is null
                or exists (select 1 from public.knowledge_chunks c
                            where c.user_id = p_tenant and c.id = v.chunk_id
                              and c.lang_code = p_within))
         order by v.embedding <#> v_vector
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
        select c.chunk_id as entry, (c.cosine + coalesce(w.cosine, c.cosine)) / 2 as cosine
          from wholes c left join windows w using (chunk_id)
        union all
        select e.entry, e.cosine from entries e) n
     order by n.cosine desc, n.entry
     limit p_each;
end $$;

create function app.near_chunks(
    p_tenant uuid, p_embedder text, p_vector halfvec, p_within text, p_limit int)
returns setof uuid
language plpgsql as $$
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
grant execute on function app.find_near_v1(uuid, text, text, text, int),
    app.near_chunks(uuid, text, halfvec, text, int)
    to app_member, app_service, app_assistant;

-- Entries are few beside chunks, and found without reading past all of them.
create index idx_vectors_entries on knowledge_vectors (tenant_id, embedder)
    where chunk_id is null;
