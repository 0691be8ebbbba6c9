-- The words of the knowledge base, so that a search costs the same in a small inbox beside
-- a large one, and reads some hundred rows where a hundred thousand hold a common word.
--
-- `knowledge_words` has a row for every text that is searched: a chunk, an entry's answer,
-- a way to ask it. `keys` are its words for the index; `counts` has them again, eight bytes
-- each and one for how often, since finding a word in an array takes five times as long. Its words are numbers that hold the tenant, the field and the language:
-- one index serves everybody, yet no tenant's common word is in the way of another's rare
-- one, and frequencies (`knowledge_lexemes`, `knowledge_sizes`) are kept, not counted.

-- Bodies of functions are checked against tables with policies, and the index works under
-- its own; tables that are rewritten here are freed of theirs one by one.
set local row_security = on;

-- The number of a word is stored, so it must never change with a release of PostgreSQL, as
-- its own hash functions may: hence md5.
create function app.word_key(p_tenant uuid, p_field text, p_language text, p_word text)
returns bigint
language sql immutable strict parallel safe as $$
    select ('x' || pg_catalog.substr(pg_catalog.md5(
                p_tenant::text || ' ' || p_field || ' ' || p_language || ' ' || p_word),
            1, 16))::bit(64)::bigint
$$;
-- The languages whose words we know how to stem; the rest share one name.
create function app.text_language(p_lang_code text) returns text
language sql immutable strict parallel safe as $$
    select case when pg_catalog.left(pg_catalog.lower(p_lang_code), 2)
                     in ('en', 'fr', 'es', 'de', 'it', 'pt', 'nl')
                then pg_catalog.left(pg_catalog.lower(p_lang_code), 2) else 'simple' end
$$;
grant execute on function app.word_key(uuid, text, text, text), app.text_language(text)
    to app_member, app_service, app_assistant, app_indexer;
grant execute on function app.text_config(text), app.tenants(text), app.job_tenant(),
    app.uid() to app_indexer;
grant create on schema app to app_indexer;

create table knowledge_words (
    id uuid primary key,
    tenant_id uuid not null references users (id) on delete cascade,
    entry uuid not null,
    field text not null check (field in ('text', 'question')),
    language text not null,
    length int not null,
    keys bigint[] not null,
    counts bytea not null,
    check (length(counts) = 9 * cardinality(keys))
);
-- Compressed, every look at a row would cost more than the row.
alter table knowledge_words alter column keys set storage external;
alter table knowledge_words alter column counts set storage external;
create index idx_words_keys on knowledge_words using gin (keys);
create index idx_words_entry on knowledge_words (tenant_id, entry);

create table knowledge_lexemes (
    tenant_id uuid not null references users (id) on delete cascade,
    key bigint not null,
    spread int not null,
    primary key (tenant_id, key)
) with (fillfactor = 80);

create table knowledge_sizes (
    tenant_id uuid not null references users (id) on delete cascade,
    field text not null,
    language text not null,
    texts bigint not null,
    words bigint not null,
    primary key (tenant_id, field, language)
) with (fillfactor = 50);

alter table knowledge_words enable row level security;
alter table knowledge_words force row level security;
alter table knowledge_lexemes enable row level security;
alter table knowledge_lexemes force row level security;
alter table knowledge_sizes enable row level security;
alter table knowledge_sizes force row level security;
create policy "The index keeps words" on knowledge_words
    for all to app_indexer using (true) with check (true);
create policy "The index keeps frequencies" on knowledge_lexemes
    for all to app_indexer using (true) with check (true);
create policy "The index keeps sizes" on knowledge_sizes
    for all to app_indexer using (true) with check (true);
grant select, insert, update, delete on knowledge_words, knowledge_lexemes, knowledge_sizes
    to app_indexer;

-- How large a knowledge base is decides how its vectors are searched, under the reader's
-- own rights.
grant select on knowledge_sizes to app_member, app_service, app_assistant;
create policy "Users can view own knowledge_sizes" on knowledge_sizes
    for select to app_member
    using (tenant_id = any (array(select app.tenants('agent'))));
create policy "Service role reads own knowledge_sizes" on knowledge_sizes
    for select to app_service, app_assistant
    using (tenant_id = (select app.job_tenant()));

-- Frequencies follow the rows. Whoever changes a tenant's words first takes its row of
-- sizes named '*', so that two writers queue up instead of blocking each other crosswise.
create function app.count_words() returns trigger
language plpgsql security definer set search_path = '' as $$
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
create trigger knowledge_words_count_added after insert on knowledge_words
    referencing new table as changed
    for each statement execute function app.count_words();
create trigger knowledge_words_count_gone after delete on knowledge_words
    referencing old table as changed
    for each statement execute function app.count_words();

-- The rows follow the texts, whoever writes them.
create function app.index_words() returns trigger
language plpgsql security definer set search_path = '' as $$
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
create trigger knowledge_chunks_words_insert after insert on knowledge_chunks
    referencing new table as added
    for each statement execute function app.index_words();
create trigger knowledge_chunks_words_update after update on knowledge_chunks
    referencing new table as added old table as gone
    for each statement execute function app.index_words();
create trigger knowledge_chunks_words_delete after delete on knowledge_chunks
    referencing old table as gone
    for each statement execute function app.index_words();
create trigger faq_qa_words_insert after insert on faq_qa
    referencing new table as added
    for each statement execute function app.index_words();
create trigger faq_qa_words_update after update on faq_qa
    referencing new table as added old table as gone
    for each statement execute function app.index_words();
create trigger faq_qa_words_delete after delete on faq_qa
    referencing old table as gone
    for each statement execute function app.index_words();
create trigger faq_phrasings_words_insert after insert on faq_phrasings
    referencing new table as added
    for each statement execute function app.index_words();
create trigger faq_phrasings_words_update after update on faq_phrasings
    referencing new table as added old table as gone
    for each statement execute function app.index_words();
create trigger faq_phrasings_words_delete after delete on faq_phrasings
    referencing old table as gone
    for each statement execute function app.index_words();
alter function app.count_words() owner to app_indexer;
alter function app.index_words() owner to app_indexer;
revoke create on schema app from app_indexer;

-- A chunk is found by the title of its document too, as by the headings above it.
create or replace function app.index_chunk_words() returns trigger
language plpgsql set search_path = '' as $$
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

-- What is there already is indexed by being touched. Phrasings go by their entry's language.
alter table knowledge_chunks no force row level security;
alter table faq_qa no force row level security;
alter table faq_phrasings no force row level security;
update knowledge_chunks set heading = heading;
update faq_qa set question = question;
update faq_phrasings set text = text;
alter table knowledge_chunks force row level security;
alter table faq_qa force row level security;
alter table faq_phrasings force row level security;
